//! Which days do not fit: a reply after the hearing, a consent that ends first, a place
//! that is not held long enough.
//!
//! Lives here: that judgement. Not here: any sentence (`turnaround.toml`), or a clock.

use chrono::NaiveDate;

use super::{ConsultancyTexts, Referral};
use crate::{
    case::{CaseFile, CentreAssessment, Use},
    english::day,
    finding::Finding,
};

/// How a referral stands, as far as its days are concerned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Day the consent was withdrawn.
    pub withdrawn: Option<NaiveDate>,
    /// True where the centre has replied or declined: nothing is awaited.
    pub answered: bool,
}

impl ConsultancyTexts {
    /// What does not fit in the days of a referral, as the hearing stands now.
    #[must_use]
    pub fn days(
        &self,
        referral: &Referral,
        standing: Standing,
        hearing: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Vec<Finding> {
        let centre = referral.centre.as_str();
        let reply_by = day(referral.reply_by);
        let said = |code: &str, with: &[(&str, &str)]| {
            let mut all = vec![("centre", centre), ("reply_by", &reply_by)];
            all.extend(with);
            self.said.say(code, &all)
        };
        if let Some(on) = standing.withdrawn {
            let on = day(on);
            return said("consultancy.consent-withdrawn", &[("on", &on)])
                .into_iter()
                .collect();
        }
        if standing.answered {
            return Vec::new();
        }
        let mut found = Vec::new();
        if let Some(hearing) = hearing.filter(|h| referral.reply_by >= *h) {
            let is = day(hearing);
            let moved = referral.hearing.filter(|was| *was > referral.reply_by);
            found.extend(match moved {
                Some(was) => said(
                    "consultancy.hearing-moved",
                    &[("hearing", &is), ("was", &day(was))],
                ),
                None => said("consultancy.reply-after-hearing", &[("hearing", &is)]),
            });
        }
        if referral.consent.until < referral.reply_by {
            let until = day(referral.consent.until);
            found.extend(said("consultancy.consent-ends", &[("until", &until)]));
        }
        if referral.reply_by < today {
            found.extend(said("consultancy.overdue", &[]));
        }
        found
    }

    /// What is said where a centre needs longer than there is. `left` is how many working
    /// days are left before the hearing.
    #[must_use]
    pub fn too_slow(
        &self,
        centre: &str,
        days: Option<u16>,
        left: Option<usize>,
        hearing: Option<NaiveDate>,
    ) -> Option<Finding> {
        let (days, left, hearing) = (days?, left?, hearing?);
        if usize::from(days) <= left {
            return None;
        }
        let with = [
            ("centre", centre),
            ("days", &days.to_string()),
            ("left", &left.to_string()),
            ("hearing", &day(hearing)),
        ];
        self.said.say("consultancy.too-slow", &with)
    }

    /// What does not fit in the assessments that a report has taken in: places held that
    /// lapse before the hearing, and offers of which the report says nothing yet.
    #[must_use]
    pub fn in_report(&self, case: &CaseFile) -> Vec<Finding> {
        let all = case.assessments.iter();
        all.flat_map(|one| self.of_one(one, case.hearing.date))
            .collect()
    }

    fn of_one(&self, one: &CentreAssessment, hearing: Option<NaiveDate>) -> Vec<Finding> {
        let mut found = Vec::new();
        for (at, item) in one.reply.package.iter().enumerate() {
            let with = [("centre", one.centre.as_str()), ("item", &item.what)];
            let decided = one.decided(at);
            if decided.is_none() {
                let said = self.said.say("consultancy.not-decided", &with);
                found.extend(said.map(|f| f.at("assessments")));
            }
            let dropped = decided.is_some_and(|d| d.made == Use::NotProposed);
            let lapses = item.held_until.zip(hearing).filter(|(held, on)| held < on);
            if let Some((held, on)) = lapses.filter(|_| !dropped) {
                let (until, on) = (day(held), day(on));
                let with = [&with[..], &[("until", &until), ("hearing", &on)]].concat();
                let said = self.said.say("consultancy.place-lapses", &with);
                found.extend(said.map(|f| f.at("proposal.assessments")));
            }
        }
        found
    }
}
