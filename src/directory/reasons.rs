//! What is said of a match: why it is here, and why another is not.
//!
//! Lives here: when each of those sentences is true of a record. Not here: what speaks
//! against it (`against`), what to ask (`questions`), phrases they share (`parts`), the
//! sentences (`service-directory/words.toml`) or the order (`weighing`). A new sentence goes there
//! first, then where it is true, here.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Directory,
    avoid::Whether,
    checking::Freshness,
    compact::{Hours, Row},
    distance::{Spot, SpotKind},
    facts::Opening,
    found::{Ask, Why},
    geography::Geography,
    index::{How, Near},
    service::{Partnership, Service, Setting},
    vocabulary::TermSet,
    wanted::{Has, Wanted},
    words::{Words, say},
};
use crate::{
    english::{capital, day, listed},
    needs::Wish,
};

/// The asked needs as one service meets them.
pub(super) struct Met<'a> {
    pub(super) stated: Vec<&'a str>,
    pub(super) via_prime: Vec<(&'a str, &'a Partnership)>,
    pub(super) may_help: Vec<&'a str>,
    /// The contracts covering her authority that a partner delivers part of.
    pub(super) partner_in: Vec<&'a Partnership>,
}

/// One service to be put into words, with what it was judged by.
pub(super) struct One<'a> {
    pub(super) service: &'a Arc<Service>,
    pub(super) row: &'a Row,
    pub(super) openings: &'a [Hours],
    pub(super) languages: &'a [u32],
    pub(super) avoided: Whether,
    pub(super) near: Near,
    pub(super) met: Met<'a>,
    /// Groups of hers that it is a specialist for.
    pub(super) specialist: TermSet,
    /// Whether it has been checked lately.
    pub(super) fresh: Freshness,
}

pub(super) struct Teller<'a> {
    pub(super) directory: &'a Directory,
    pub(super) words: &'a Words,
    pub(super) geography: &'a Geography,
    pub(super) ask: &'a Ask<'a>,
    pub(super) wanted: &'a Wanted,
}

impl Teller<'_> {
    pub(super) fn reasons(&self, one: &One<'_>) -> Vec<String> {
        let service = one.service;
        let words = &self.words.for_need;
        let mut said = vec![self.where_it_works(service, one.near)];
        if service.setting == Setting::WomenOnly {
            said.push(self.words.setting.women_only.clone());
        }
        if !one.met.stated.is_empty() {
            said.push(self.stated(service, &one.met.stated));
        }
        said.extend(self.via_prime(&one.met));
        if !one.specialist.is_empty() {
            let groups = self.terms(one.specialist);
            said.push(say(&words.specialist, &[("groups", &groups)]));
        }
        if !service.delivery_locations.is_empty() {
            let text = [("text", service.delivery_locations.as_str())];
            said.push(say(&words.places, &text));
        }
        if !service.levels.is_empty() {
            let levels = listed(&service.levels);
            said.push(say(&words.levels, &[("levels", &levels)]));
        }
        self.for_her(one, &mut said);
        said
    }

    /// What of that which she needs the record states.
    fn for_her(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.for_her;
        let (wanted, row, facts) = (self.wanted, one.row, &one.service.facts);
        let mut tell = |sentence: &String, text: String| {
            if !text.is_empty() {
                said.push(say(sentence, &[("text", &text)]));
            }
        };
        if wanted.childcare != Wish::Open {
            tell(
                &words.childcare,
                self.terms(row.stated.and(wanted.terms.childcare)),
            );
        }
        if wanted.residential {
            let terms = row.stated.and(wanted.terms.residential);
            tell(&words.residential, self.terms(terms));
        }
        tell(&words.access, self.terms(row.stated.and(wanted.access)));
        if wanted.travel_hard {
            tell(&words.travel, self.terms(wanted.travel(row)));
        }
        if let Some(order) = &self.ask.order {
            tell(&words.order, self.stated_of(row, &order.fits));
        }
        let spoken = self.languages(one, Has::Yes);
        if !spoken.is_empty() {
            let languages = [("languages", &*listed(&spoken))];
            said.push(say(&words.languages, &languages));
        }
        if wanted.openings(one.openings) == Has::Yes {
            let free =
                |(_, hours): &(&Opening, &Hours)| hours.days != 0 && wanted.can_come(**hours);
            let openings = facts.openings.iter().zip(one.openings).filter(free);
            let times = self.times(openings.map(|(opening, _)| opening));
            said.push(say(&words.times, &[("times", &times)]));
        }
        if !row.stated.and(wanted.terms.open).is_empty() {
            said.push(words.referrals.clone());
        }
        if !row.full() && facts.capacity.iter().any(|c| c.available.is_some()) {
            said.push(say(&words.room, &[("text", &self.room(one.service))]));
        }
        if let (Some(days), Some(left)) = (facts.court_assessment_days, wanted.working_days())
            && !wanted.assesses_too_slowly(row)
        {
            let (days, left) = (days.to_string(), left.to_string());
            said.push(say(&words.assessment, &[("days", &days), ("left", &left)]));
        }
        if let Some(verified) = &facts.verified
            && !one.fresh.stale
        {
            let values = [
                ("date", &*day(verified.on)),
                ("by", &verified.by),
                ("how", &verified.how),
            ];
            said.push(say(&words.verified, &values));
        }
    }

    fn where_it_works(&self, service: &Service, near: Near) -> String {
        let words = &self.words.works_here;
        let area = self.area(near);
        let text = service.area.text.as_str();
        match near.how {
            How::Named => say(&words.named, &[("area", area)]),
            How::UnitNamed => {
                let pdu = self.unit(near);
                say(&words.pdu_named, &[("area", area), ("pdu", &pdu)])
            }
            How::SameUnit => {
                let (named, pdu) = (self.named(service), self.unit(near));
                let values = [("area", area), ("named", &*named), ("pdu", &*pdu)];
                say(&words.same_pdu, &values)
            }
            How::Police => {
                let police = self.police(near);
                let sentence = if service.contract.is_some() {
                    &words.contract
                } else if service.partner_in.is_empty() {
                    &words.police
                } else {
                    &words.partner
                };
                let values = [("area", area), ("police", police.as_str()), ("text", text)];
                say(sentence, &values)
            }
            How::Region => {
                let region = self.authority(near).map_or("", |a| a.region.as_str());
                let values = [("area", area), ("region", region), ("text", text)];
                say(&words.region, &values)
            }
            How::National => say(&words.national, &[("text", text)]),
        }
    }

    fn stated(&self, service: &Service, themes: &[&str]) -> String {
        let needs = self.needs(themes);
        let mut quoted: Vec<&str> = Vec::new();
        for named in &service.themes {
            let asked = themes.contains(&named.theme.as_str());
            if asked && !quoted.contains(&named.word.as_str()) {
                quoted.push(&named.word);
            }
        }
        // A contract's words are the themes themselves; quoting them says nothing more.
        let plain = service.contract.is_some() || quoted.join("; ") == needs;
        if plain {
            return say(&self.words.for_need.stated_plainly, &[("needs", &needs)]);
        }
        let values = [("needs", needs.as_str()), ("words", &quoted.join("”, “"))];
        say(&self.words.for_need.stated, &values)
    }

    fn via_prime(&self, met: &Met<'_>) -> Vec<String> {
        let mut by_contract: BTreeMap<&str, (Vec<&str>, &str)> = BTreeMap::new();
        for (theme, prime) in &met.via_prime {
            let entry = by_contract
                .entry(&prime.contract)
                .or_insert_with(|| (Vec::new(), &prime.prime_organisation));
            entry.0.push(theme);
        }
        by_contract
            .into_iter()
            .map(|(contract, (themes, prime))| {
                let needs = capital(&self.needs(&themes));
                let values = [
                    ("needs", needs.as_str()),
                    ("contract", contract),
                    ("prime", prime),
                ];
                say(&self.words.for_need.via_prime, &values)
            })
            .collect()
    }

    pub(super) fn kept_out(&self, service: &Service, why: Why) -> String {
        let words = &self.words.kept_out;
        let asked: Vec<&str> = self.ask.needs.iter().map(|n| n.theme.as_str()).collect();
        let here = self.ask.place.local_authorities.first();
        match why {
            Why::Historic | Why::NotOpen => {
                let values = [
                    ("status", service.status.as_str()),
                    ("as_at", &service.as_at.text),
                ];
                let not_open = why == Why::NotOpen;
                say(
                    if not_open {
                        &words.not_open
                    } else {
                        &words.historic
                    },
                    &values,
                )
            }
            Why::OtherArea => {
                let area = here.map_or("", |a| &a.name);
                let named = self.named(service);
                say(&words.other_area, &[("area", area), ("named", &named)])
            }
            Why::OtherNeed => say(&words.other_need, &[("needs", &self.needs(&asked))]),
            Why::NoArea => say(&words.no_area, &[("text", &service.area.text)]),
            Why::Closed => words.closed.clone(),
            Why::Mixed => say(&words.mixed, &[("text", &self.setting_text(service))]),
            Why::Avoid => words.avoid.clone(),
            Why::Age => {
                let text = |age: Option<u8>| age.map(|a| a.to_string()).unwrap_or_default();
                let (from, to) = (service.facts.minimum_age, service.facts.maximum_age);
                let sentence = match (from, to) {
                    (Some(_), Some(_)) => &words.age,
                    (_, None) => &words.age_from,
                    (None, _) => &words.age_to,
                };
                let (from, to, age) = (text(from), text(to), text(self.ask.age));
                say(sentence, &[("from", &from), ("to", &to), ("age", &age)])
            }
        }
    }

    pub(super) fn distance(&self, km: f64, spot: &Spot) -> String {
        let words = &self.words.distance;
        let sentence = match spot.kind {
            SpotKind::Exact => &words.exact,
            SpotKind::Town => &words.town,
            SpotKind::Authority => &words.authority,
        };
        let km = format!("{km:.0}");
        say(sentence, &[("km", &km), ("place", &spot.name)])
    }
}
