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
    /// Her age in years, where it is known.
    pub age: Option<u8>,
    /// The day of the hearing, where an assessment for the court is wanted.
    pub hearing: Option<NaiveDate>,
    /// Working days from today to the hearing, where the caller has the bank holidays;
    /// weekdays are counted otherwise.
    pub working_days: Option<usize>,
    /// How many candidates, and how many of those kept out, are told in full; the
    /// rest are counted. `None` tells all.
    pub most: Option<usize>,
    /// How many of the best candidates are passed over, as earlier pages told them.
    pub skip: usize,
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
            age: None,
            hearing: None,
            working_days: None,
            most: None,
            skip: 0,
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
    /// Services that may help, the best first: of all of them, the part asked for.
    pub candidates: Vec<Candidate>,
    /// How many may help.
    pub total: usize,
    /// How many better ones were passed over, as the ask said.
    pub skipped: usize,
    /// Services in or near her area that are not offered, and why: first those that
    /// mention a need of hers.
    pub excluded: Vec<Excluded>,
    /// How many are not offered.
    pub excluded_total: usize,
    /// How many are not offered for each reason.
    pub excluded_by: Vec<(Why, usize)>,
    /// Theme ids that no candidate's record, nor its contract, mentions.
    pub unmet: Vec<String>,
    /// Needs with nothing suitable, each with what there nearly is: those unmet, and
    /// those that only services for lower levels mention.
    pub gaps: Vec<Gap>,
    /// How many of the places she must avoid were not understood, so that no service
    /// could be kept out for them. For the screen only.
    pub avoid_not_understood: usize,
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

/// Why a service is not offered. The order is the one they are told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It takes no referrals any more.
    Closed,
    /// She needs a women-only service and its record says that it is not.
    Mixed,
    /// All its places are where she must not go. For the screen only: see
    /// [`Why::may_leave`].
    Avoid,
    /// She is younger or older than it takes.
    Age,
    /// It has not opened.
    NotOpen,
    /// It has ended.
    Historic,
    /// It works elsewhere in the police area.
    OtherArea,
    /// Its record does not say where it works.
    NoArea,
    /// Its record does not mention her needs.
    OtherNeed,
}

impl Why {
    /// Every reason, in the order they are told in.
    pub const ALL: [Self; 9] = [
        Self::Closed,
        Self::Mixed,
        Self::Avoid,
        Self::Age,
        Self::NotOpen,
        Self::Historic,
        Self::OtherArea,
        Self::NoArea,
        Self::OtherNeed,
    ];

    /// False where the reason itself says something that somebody who hurt her could
    /// use: it stays on the author's screen, out of reports, files and figures.
    #[must_use]
    pub fn may_leave(self) -> bool {
        self != Self::Avoid
    }
}

/// A service that is not offered.
#[derive(Debug, Clone)]
pub struct Excluded {
    /// The service.
    pub service: Arc<Service>,
    /// The kind of reason.
    pub why: Why,
    /// The reason in words. It names no place that she must avoid.
    pub reason: String,
}

/// What the directory says of one service for her.
#[derive(Debug, Clone)]
pub enum Judged {
    /// It may help.
    Offered(Box<Candidate>),
    /// It is not offered, and why.
    KeptOut(Excluded),
    /// It works elsewhere.
    NotHere,
}

/// A need with nothing suitable.
#[derive(Debug, Clone)]
pub struct Gap {
    /// Theme id.
    pub theme: String,
    /// Her level, where she has one.
    pub level: Option<String>,
    /// What kind of gap.
    pub kind: GapKind,
    /// How many candidates do not mention it and are broad enough to be asked.
    pub worth_asking: usize,
    /// How many services mention it and are not offered, for each reason.
    pub kept_out: Vec<(Why, usize)>,
    /// The first few of those.
    pub nearly: Vec<Excluded>,
    /// All that in a sentence, fit to leave: it gives away no place she must avoid.
    pub says: String,
}

/// What kind of gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// Nothing mentions the need.
    Nothing,
    /// Only services that are not offered mention it.
    OnlyKeptOut,
    /// Every candidate that mentions it states levels that do not reach hers.
    LowerLevels,
}
