//! What she needs of a service to be able to use it safely: who is there, childcare,
//! language, access, places to stay away from, days she cannot come.
//!
//! Lives here: the type, which the directory matches against. Not here: which answer
//! says so; that is data.

use serde::Deserialize;

use crate::case::Slot;

/// How much something matters to her, the least first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// She has not said, or it does not matter.
    #[default]
    Open,
    /// She would rather.
    Prefers,
    /// She could not use it otherwise.
    Needs,
}

/// What she needs of a service to be able to use it. Everything unknown is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wants {
    /// A women-only service.
    pub women_only: Wish,
    /// Somewhere for her children while she is there.
    pub childcare: Wish,
    /// To have her children with her where she would live in.
    pub children_with_her: Wish,
    /// Languages she needs, by their English names; empty where English will do.
    pub languages: Vec<String>,
    /// Terms of access she needs, such as `access/step-free`.
    pub access: Vec<String>,
    /// Groups she belongs to that a specialist serves, such as `specialist-for/migrant`.
    pub specialist: Vec<String>,
    /// Places that are not safe for her, as the author typed them. Never printed.
    pub avoid: Vec<String>,
    /// When she cannot come.
    pub busy: Vec<Slot>,
    /// She cannot easily travel: outreach, remote work and paid travel matter.
    pub travel_hard: bool,
}
