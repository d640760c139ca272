//! What is asked of the directory and what it answers.
//!
//! Lives here: the types that pages, reports and the command line share. Not here: the
//! matching itself. A preference she has is a new field of [`Ask`].

use std::sync::Arc;

use chrono::NaiveDate;

use super::{index::AreaFit, place::Place, service::Service};
use crate::needs::Wants;

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask<'p> {
    /// Where she will live.
    pub place: &'p Place,
    /// What she needs help with. Empty asks for every service in the area.
    pub needs: Vec<NeedAsked>,
    /// What she needs of a service to be able to use it. Nothing by default.
    pub wants: Wants,
    /// The order it would be part of, where one is in view.
    pub order: Option<OrderInView>,
    /// The day of the hearing, where an assessment for the court is wanted.
    pub hearing: Option<NaiveDate>,
    /// How many candidates, and how many of those kept out, are told in full; the
    /// rest are counted. `None` tells all.
    pub most: Option<usize>,
    /// The day it is asked; ages are counted to it.
    pub today: NaiveDate,
}

/// An order that a service would be part of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderInView {
    /// What the service must fit, such as `order-fit/rar`; several where the proposal
    /// has several requirements a service could deliver.
    pub fits: Vec<String>,
    /// The last day of the order, where length and hearing are known.
    pub ends: Option<NaiveDate>,
}

impl<'p> Ask<'p> {
    /// An ask for some themes, without levels.
    #[must_use]
    pub fn new(place: &'p Place, themes: &[&str], today: NaiveDate) -> Self {
        let needs = themes.iter().map(|theme| NeedAsked {
            theme: (*theme).to_owned(),
            level: None,
        });
        Self::of(place, needs.collect(), today)
    }

    /// An ask for some needs, with nothing else known of her.
    #[must_use]
    pub fn of(place: &'p Place, needs: Vec<NeedAsked>, today: NaiveDate) -> Self {
        Self {
            place,
            needs,
            wants: Wants::default(),
            order: None,
            hearing: None,
            most: None,
            today,
        }
    }
}

/// One need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedAsked {
    /// Theme id.
    pub theme: String,
    /// `low`, `medium` or `high`, where she has a level.
    pub level: Option<String>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// Theme ids asked for, in the order asked.
    pub needs: Vec<String>,
    /// Services that may help, the best first.
    pub candidates: Vec<Candidate>,
    /// Services in or near her area that are not offered, and why.
    pub excluded: Vec<Excluded>,
    /// Theme ids that no candidate's record, nor its contract, mentions.
    pub unmet: Vec<String>,
}

/// A service that may help.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The service.
    pub service: Arc<Service>,
    /// How near its area is to hers.
    pub fit: AreaFit,
    /// About how many kilometres away, rounded; absent where no place is recorded.
    pub km: Option<f64>,
    /// The distance in words, with what it was measured to.
    pub distance: Option<String>,
    /// Theme ids asked for that its record mentions, or the contract it partners in.
    pub for_needs: Vec<String>,
    /// Those of `for_needs` that only the prime provider's contract mentions.
    pub via_prime: Vec<String>,
    /// Theme ids asked for that its record does not mention and it is broad enough
    /// to be asked about.
    pub may_help: Vec<String>,
    /// Why it is here.
    pub reasons: Vec<String>,
    /// What is unknown and should be asked.
    pub ask_first: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
}

/// Why a service is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It has ended.
    Historic,
    /// It has not opened.
    NotOpen,
    /// It works elsewhere in the police area.
    OtherArea,
    /// Its record does not mention her needs.
    OtherNeed,
    /// Its record does not say where it works.
    NoArea,
}

/// A service that is not offered.
#[derive(Debug, Clone)]
pub struct Excluded {
    /// The service.
    pub service: Arc<Service>,
    /// The kind of reason.
    pub why: Why,
    /// The reason in words.
    pub reason: String,
}
