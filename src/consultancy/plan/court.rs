//! Reviews: the day, the small goals set at each, and what is said of the time since.
//!
//! Lives here: their shape, the days an order's interval makes, and what a note to the
//! bench may draw on: recorded progress and nothing else. Not here: what the law says of
//! reviews (`sentencing::reviews`), or any sentence (`report-templates/plan/`).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{About, Entry, How, Plan};

/// One review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CourtReview {
    /// Its number in the plan, which it keeps.
    pub number: u32,
    /// The day, once the court has set it.
    pub on: Option<NaiveDate>,
    /// Appointments she was offered since the review before; none where nobody counted.
    pub offered: Option<u32>,
    /// Those she came to.
    pub attended: Option<u32>,
    /// Those she missed for a reason that was accepted.
    pub excused: Option<u32>,
    /// What she did since.
    pub did: String,
    /// What got in the way.
    pub hindered: String,
    /// What helped.
    pub helped: String,
    /// Small goals until the next.
    pub goals: Vec<SmallGoal>,
    /// What is for the record, and never printed.
    pub record: String,
}

/// A small goal, set at one review for the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmallGoal {
    /// What it is.
    pub what: String,
    /// How it went, once that was said at the next review.
    pub how: Option<How>,
}

/// The most reviews that are made at once: an order of three years, each month.
const MOST: u32 = 36;

/// The days of an interval, the first one interval after `starts`, none after the order.
#[must_use]
pub fn days(starts: NaiveDate, every: u32, months: u32) -> Vec<NaiveDate> {
    if every == 0 {
        return Vec::new();
    }
    let all = (1..=MOST).map_while(|n| n.checked_mul(every).filter(|m| *m <= months));
    all.filter_map(|months| starts.checked_add_months(Months::new(months)))
        .collect()
}

/// What a note to the bench may draw on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since<'a> {
    /// The review the note is for.
    pub review: &'a CourtReview,
    /// Its place among the reviews, from 1.
    pub nth: usize,
    /// The day of the review before, where there was one.
    pub before: Option<NaiveDate>,
    /// Small goals that were agreed at the review before.
    pub agreed: Vec<&'a SmallGoal>,
    /// What was recorded since and may be printed, in order of its days.
    pub recorded: Vec<&'a Entry>,
}

impl CourtReview {
    /// Appointments missed without a reason that was accepted, where all were counted and
    /// the count can be right.
    #[must_use]
    pub fn missed(&self) -> Option<u32> {
        let met = self.attended?.checked_add(self.excused.unwrap_or(0))?;
        self.offered?.checked_sub(met)
    }
}

impl Plan {
    /// A review by its number.
    #[must_use]
    pub fn review(&self, number: u32) -> Option<&CourtReview> {
        self.reviews.iter().find(|review| review.number == number)
    }

    /// The number of the next review.
    #[must_use]
    pub fn next_review(&self) -> u32 {
        let highest = self.reviews.iter().map(|review| review.number).max();
        highest.unwrap_or(0).saturating_add(1)
    }

    /// Reviews by their day; those without one last, in the order they were made.
    #[must_use]
    pub fn reviews_in_order(&self) -> Vec<&CourtReview> {
        let mut all: Vec<&CourtReview> = self.reviews.iter().collect();
        all.sort_by_key(|review| (review.on.is_none(), review.on));
        all
    }

    /// The review before another.
    #[must_use]
    pub fn review_before(&self, number: u32) -> Option<&CourtReview> {
        let all = self.reviews_in_order();
        let at = all.iter().position(|review| review.number == number)?;
        all.get(at.checked_sub(1)?).copied()
    }

    /// What a note for a review may draw on.
    #[must_use]
    pub fn since(&self, number: u32) -> Option<Since<'_>> {
        let review = self.review(number)?;
        let before = self.review_before(number);
        let from = before.and_then(|before| before.on);
        let mut recorded: Vec<&Entry> = self
            .progress
            .iter()
            .filter(|entry| !entry.record_only)
            .filter(|entry| from.is_none_or(|from| entry.on > from))
            .filter(|entry| review.on.is_none_or(|on| entry.on <= on))
            .collect();
        recorded.sort_by_key(|entry| entry.on);
        // What was said last of a thing is what stands.
        let last = |at: usize, about: &About| recorded[at + 1..].iter().all(|e| e.about != *about);
        let latest = recorded.iter().enumerate();
        let recorded = latest
            .filter(|(at, entry)| last(*at, &entry.about))
            .map(|(_, entry)| *entry)
            .collect();
        let order = self.reviews_in_order();
        let place = order.iter().position(|r| r.number == number)?;
        Some(Since {
            review,
            nth: place + 1,
            before: from,
            agreed: before.map_or_else(Vec::new, |before| before.goals.iter().collect()),
            recorded,
        })
    }
}
