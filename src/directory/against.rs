//! What speaks against a service for her.
//!
//! Lives here: when each of those sentences is true of a record. Not here: the sentences
//! (`service-directory/words.toml`), what keeps a service out altogether, or how much
//! each weighs (`weighing`). What a record does not say never speaks against it; it is
//! asked about (`questions`).

use std::collections::BTreeMap;

use super::{
    as_at::Dated,
    checking::Freshness,
    reasons::{One, Teller},
    service::{Service, Setting},
    wanted::{Has, Wanted},
    words::say,
};
use crate::{
    english::{day, listed},
    needs::Wish,
};

impl Teller<'_> {
    pub(super) fn against(&self, one: &One<'_>) -> Vec<String> {
        let service = one.service;
        let mut said = Vec::new();
        self.setting_against(one, &mut said);
        said.extend(self.age_of_record(service, one.fresh));
        self.partnership_against(one, &mut said);
        self.referrals_against(one, &mut said);
        self.her_wants_against(one, &mut said);
        self.order_against(one, &mut said);
        let words = &self.words.against;
        if let Some(end) = service.recorded_contract_end {
            said.push(say(&words.contract_end, &[("date", &day(end))]));
        }
        for conflict in &service.facts.conflicts {
            let values = [
                ("about", conflict.about.as_str()),
                ("one", &conflict.one),
                ("one_source", &conflict.one_source),
                ("other", &conflict.other),
                ("other_source", &conflict.other_source),
            ];
            said.push(say(&words.conflict, &values));
        }
        if !service.facts.alert.is_empty() {
            said.push(say(&words.alert, &[("text", &service.facts.alert)]));
        }
        said
    }

    fn setting_against(&self, one: &One<'_>, said: &mut Vec<String>) {
        let sentence = match one.row.setting {
            Setting::Mixed => &self.words.setting.mixed,
            Setting::MixedWithWomensSession => &self.words.setting.mixed_with_session,
            Setting::WomenOnly | Setting::Unknown => return,
        };
        said.push(say(sentence, &[("text", &self.setting_text(one.service))]));
    }

    fn age_of_record(&self, service: &Service, fresh: Freshness) -> Option<String> {
        let words = &self.words.against;
        if !fresh.stale {
            return None;
        }
        let days = fresh.days.unwrap_or_default().to_string();
        let old = fresh.days.is_none_or(|days| days > i64::from(fresh.limit));
        if let Some(due) = service.facts.next_check.filter(|_| !old) {
            return Some(say(&words.due, &[("date", &day(due))]));
        }
        if let Some(verified) = &service.facts.verified
            && fresh.checked_on == Some(verified.on)
        {
            let values = [("date", &*day(verified.on)), ("days", &*days)];
            return Some(say(&words.verified, &values));
        }
        let Some(dated) = service.as_at.date.filter(|_| fresh.days.is_some()) else {
            return Some(say(&words.undated, &[("text", &service.as_at.text)]));
        };
        let date = dated.printed();
        Some(match dated {
            Dated::Day(_) => say(&words.dated, &[("date", &date), ("days", &days)]),
            Dated::Month(_) | Dated::Year(_) => say(&words.dated_roughly, &[("date", &date)]),
        })
    }

    fn partnership_against(&self, one: &One<'_>, said: &mut Vec<String>) {
        let mut primes: Vec<&str> = Vec::new();
        for partnership in &one.met.partner_in {
            if !primes.contains(&partnership.prime_organisation.as_str()) {
                primes.push(&partnership.prime_organisation);
            }
        }
        if !primes.is_empty() {
            let prime = listed(&primes);
            said.push(say(&self.words.against.partner, &[("prime", &prime)]));
        }
    }

    fn referrals_against(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.against;
        let (service, row) = (one.service, one.row);
        if self.wanted.paused(row) {
            said.push(words.paused.clone());
        }
        let waiting = service.facts.waiting_days.filter(|days| *days > 0);
        if let Some(days) = waiting {
            said.push(say(&words.waiting, &[("days", &days.to_string())]));
        } else if self.wanted.has_waiting_list(row) {
            said.push(words.waiting_unknown.clone());
        }
        if let Some(from) = service.facts.not_before.filter(|d| *d > self.ask.today) {
            let late = self.wanted.starts_too_late(row);
            let sentence = if late {
                &words.not_before_hearing
            } else {
                &words.not_before
            };
            said.push(say(sentence, &[("date", &day(from))]));
        }
        if row.full() {
            said.push(say(&words.full, &[("text", &self.room(service))]));
        }
        if let (Some(days), Some(left)) = (
            service.facts.court_assessment_days,
            self.wanted.working_days(),
        ) && self.wanted.assesses_too_slowly(row)
        {
            let (days, left) = (days.to_string(), left.to_string());
            said.push(say(&words.assessment, &[("days", &days), ("left", &left)]));
        }
        if !service.referral_routes.is_empty() && !service.reachable {
            said.push(say(&words.routes, &[("text", &service.referral_routes)]));
        }
    }

    fn her_wants_against(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.against;
        let (wanted, row) = (self.wanted, one.row);
        self.levels_against(one, said);
        if wanted.childcare != Wish::Open && wanted.childcare(row) == Has::No {
            said.push(words.childcare.clone());
        }
        if wanted.children_with_her != Wish::Open && wanted.children_with_her(row) == Has::No {
            said.push(words.children.clone());
        }
        let lacking = row.denied.and(wanted.access);
        if !lacking.is_empty() {
            let text = self.terms(lacking);
            said.push(say(&words.access, &[("text", &text)]));
        }
        if wanted.openings(one.openings) == Has::No {
            let times = self.times(one.service.facts.openings.iter());
            said.push(say(&words.times, &[("times", &times)]));
        }
    }

    /// One sentence for each level she has that the record's levels do not reach.
    fn levels_against(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.against;
        let mut by_level: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (need, wanted) in self.ask.needs.iter().zip(&self.wanted.needs) {
            if let Some(level) = need.level.as_deref()
                && one.is_for(&need.theme)
                && Wanted::level(one.row, wanted.level) == Has::No
            {
                by_level.entry(level).or_default().push(&need.theme);
            }
        }
        for (level, themes) in by_level {
            let needs = self.needs(&themes);
            let levels = listed(&one.service.levels);
            let sentence = if levels.is_empty() {
                &words.level_denied
            } else {
                &words.level
            };
            let values = [
                ("levels", levels.as_str()),
                ("level", level),
                ("needs", needs.as_str()),
            ];
            said.push(say(sentence, &values));
        }
    }

    fn order_against(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.against;
        let (wanted, row) = (self.wanted, one.row);
        let order = || self.order_in_view();
        if wanted.order(row) == Has::No {
            said.push(say(&words.order_denied, &[("order", &order())]));
        } else if wanted.fits_other_orders(row) {
            let text = self.terms(row.stated.and(wanted.terms.any_order));
            said.push(say(&words.order, &[("text", &text), ("order", &order())]));
        }
        if wanted.funding_unconfirmed(row) {
            said.push(words.funding_unconfirmed.clone());
        }
        let order_ends = self.ask.order.as_ref().and_then(|o| o.ends);
        if let (true, Some(date), Some(ends)) = (
            wanted.outlives_funding(row),
            one.service.facts.funded_until(),
            order_ends,
        ) {
            let (date, ends) = (day(date), day(ends));
            said.push(say(
                &words.funding_ends,
                &[("date", &date), ("ends", &ends)],
            ));
        }
    }

    /// What the service would have to fit, in words.
    pub(super) fn order_in_view(&self) -> String {
        let order = self.ask.order.iter().flat_map(|o| &o.fits);
        let vocabulary = &self.directory.vocabulary;
        self.terms(vocabulary.set(order.map(String::as_str)))
    }
}

impl One<'_> {
    /// Whether it is here for a need.
    pub(super) fn is_for(&self, theme: &str) -> bool {
        let met = &self.met;
        met.stated.contains(&theme)
            || met.may_help.contains(&theme)
            || met.via_prime.iter().any(|(t, _)| *t == theme)
    }
}
