//! The guideline's range for a requirement at the level the court indicated: above or
//! below it is advice, and goes once the author has given the reason.
//!
//! Lives here: that comparison. Not here: the ranges, which are data and say themselves
//! that nobody has verified them.

use super::{
    check::{Asked, Matter},
    pack::LawPack,
    rows::{GuidelineRange, Level, source},
};
use crate::{
    case::{Indication, OrderKind},
    finding::{Basis, Finding, Source},
};

/// The level the court indicated, where it indicated one.
#[must_use]
pub(super) fn level(indication: Option<Indication>) -> Option<Level> {
    match indication? {
        Indication::CommunityLow => Some(Level::Low),
        Indication::CommunityMedium => Some(Level::Medium),
        Indication::CommunityHigh => Some(Level::High),
        Indication::AllOptions
        | Indication::CustodyThreshold
        | Indication::Community
        | Indication::CustodyNotConsidered
        | Indication::NoneGiven => None,
    }
}

impl LawPack {
    /// The guideline's range for a requirement at the level the court indicated, where it
    /// indicated one and the guideline has a range for it.
    #[must_use]
    pub fn range_indicated(
        &self,
        requirement: &str,
        indication: Option<Indication>,
    ) -> Option<&GuidelineRange> {
        self.range(requirement, level(indication)?)
    }
}

impl GuidelineRange {
    /// Where an amount and a period stand: above it, below it, or within it. None where
    /// neither is given.
    #[must_use]
    pub fn stands(&self, amount: Option<u32>, months: Option<u32>) -> Option<Stands> {
        let amount = amount.filter(|n| *n > 0);
        let months = months.filter(|n| *n > 0);
        let over = |mine: Option<u32>, limit: Option<u32>| matches!((mine, limit), (Some(m), Some(l)) if m > l);
        if over(amount, self.max) || over(months, self.max_months) {
            Some(Stands::Above)
        } else if matches!((amount, self.min), (Some(n), Some(least)) if n < least) {
            Some(Stands::Below)
        } else {
            amount.or(months).map(|_| Stands::Within)
        }
    }

    /// Where the range is published.
    #[must_use]
    pub fn source(&self) -> Source {
        source(&self.citation, &self.url, self.checked, self.verified)
    }
}

/// Where a requirement stands against a guideline's range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// More than the range.
    Above,
    /// Less than the range.
    Below,
    /// Within it.
    Within,
}

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let proposal = &matter.case.proposal;
    let Some(level) = level(matter.case.hearing.indication) else {
        return Vec::new();
    };
    if proposal.order != Some(OrderKind::CommunityOrder) {
        return Vec::new();
    }
    let outside = matter
        .asked
        .iter()
        .filter_map(|a| outside(matter, a, level));
    outside.collect()
}

fn outside(matter: &Matter<'_>, a: &Asked<'_>, level: Level) -> Option<Finding> {
    let given = |reason: &String| !reason.trim().is_empty();
    if a.proposed.range_reason.as_ref().is_some_and(given) {
        return None;
    }
    let range = matter.law.pack.range(&a.row.id, level)?;
    let code = match range.stands(a.proposed.amount, a.proposed.months)? {
        Stands::Above => "guideline.above",
        Stands::Below => "guideline.below",
        Stands::Within => return None,
    };
    Some(say(matter, a, code, range))
}

fn say(matter: &Matter<'_>, a: &Asked<'_>, code: &str, range: &GuidelineRange) -> Finding {
    let key = match range.level {
        Level::Low => "level.low",
        Level::Medium => "level.medium",
        Level::High => "level.high",
    };
    let with = [
        ("name", a.row.name.clone()),
        ("level", matter.law.pack.words(key).to_owned()),
        ("range", range.words.clone()),
    ];
    let indicated = Basis::new("the level the court indicated", "hearing.indication");
    matter
        .law
        .say(code, &with)
        .sourced(range.source())
        .resting_on([indicated])
        .at(a.at("range_reason"))
}
