//! Where a row of the law comes from, and how far it can be relied on: asked the same
//! way of every kind of row.
//!
//! Lives here: reading it off a row. Not here: what is a fault in it (`verify`) or how
//! a page shows it. A new kind of row is one line in the list below.

use chrono::NaiveDate;

use super::{
    Change, GuidelineRange, ListedOffence, Programme, Requirement, Rule, SpecialCourt,
    messages::MessageSource,
};

/// What a row says about its source.
#[derive(Debug, Clone, Copy)]
pub struct Provenance<'a> {
    /// The row's id or code.
    pub what: &'a str,
    /// Which Act, guideline or other source.
    pub citation: &'a str,
    /// Its address; empty where none is given.
    pub url: &'a str,
    /// The day it was last looked at.
    pub checked: Option<NaiveDate>,
    /// True where somebody has read it.
    pub verified: bool,
    /// What still has to be read.
    pub to_check: &'a str,
}

/// A row that names its source.
pub trait Sourced {
    /// What it says about it.
    fn provenance(&self) -> Provenance<'_>;
}

/// Each kind of row, with the fields that hold its id and its source.
macro_rules! sourced {
    ($($row:ty: $what:ident, $citation:ident;)+) => {$(
        impl Sourced for $row {
            fn provenance(&self) -> Provenance<'_> {
                Provenance {
                    what: &self.$what,
                    citation: &self.$citation,
                    url: &self.url,
                    checked: self.checked,
                    verified: self.verified,
                    to_check: &self.to_check,
                }
            }
        }
    )+};
}

sourced! {
    Requirement: id, statute;
    Rule: code, citation;
    ListedOffence: id, source_words;
    GuidelineRange: requirement, citation;
    Change: id, citation;
    Programme: id, citation;
    SpecialCourt: id, citation;
    // It has no id: whoever asks knows the message that it belongs to.
    MessageSource: citation, citation;
}
