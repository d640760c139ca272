//! What a record leaves open and the author should ask before she relies on it.
//!
//! Lives here: when each question is due. Not here: the questions
//! (`service-directory/words.toml`). A new question goes there first, then here.

use std::collections::BTreeMap;

use super::{
    avoid::Whether,
    index::{How, Near},
    reasons::{One, Teller},
    service::{Service, Setting, State},
    wanted::{Has, Wanted},
    words::say,
};
use crate::{english::listed, needs::Wish};

impl Teller<'_> {
    pub(super) fn ask_first(&self, one: &One<'_>) -> Vec<String> {
        let words = &self.words.ask;
        let (service, met) = (one.service, &one.met);
        let mut said = Vec::new();
        if service.state == State::Unknown {
            said.push(say(&words.open, &[("status", &service.status)]));
        }
        if !met.may_help.is_empty() {
            said.push(say(&words.need, &[("needs", &self.needs(&met.may_help))]));
        }
        self.ask_about_area(service, one.near, &mut said);
        if matches!(one.avoided, Whether::Unknown | Whether::InPart) {
            said.push(words.seen.clone());
        }
        if one.row.setting == Setting::Unknown {
            said.push(match service.setting_words.as_slice() {
                [] => words.setting.clone(),
                some => say(&words.setting_text, &[("text", &some.join("; "))]),
            });
        }
        self.ask_whom_it_is_for(one, &mut said);
        self.ask_about_levels(one, &mut said);
        self.ask_about_wants(one, &mut said);
        self.ask_about_order(one, &mut said);
        if !service.partner_in.is_empty() {
            said.push(words.partner_work.clone());
        }
        self.ask_about_referral(one, &mut said);
        said
    }

    /// A specialist for a group that she is not known to be in stays, with a question.
    fn ask_whom_it_is_for(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.ask;
        let service = one.service;
        if !one.specialist.is_empty() {
            return;
        }
        let text = if service.specialist_for.is_empty() {
            self.terms(one.row.stated.and(self.wanted.terms.groups))
        } else {
            service.specialist_for.join("; ")
        };
        if !text.is_empty() {
            let sentence = if service.partner_in.is_empty() {
                &words.specialist
            } else {
                &words.specialist_partner
            };
            said.push(say(sentence, &[("text", &text)]));
        }
    }

    /// What of that which she needs the record does not speak of.
    fn ask_about_wants(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.ask;
        let (wanted, row, facts) = (self.wanted, one.row, &one.service.facts);
        if wanted.childcare != Wish::Open && wanted.childcare(row) == Has::Unknown {
            said.push(words.childcare.clone());
        }
        if wanted.children_with_her != Wish::Open
            && row.residential()
            && wanted.children_with_her(row) == Has::Unknown
        {
            said.push(words.children.clone());
        }
        let not_listed = self.languages(one, Has::Unknown);
        if !not_listed.is_empty() {
            let languages = listed(&not_listed);
            let recorded = listed(&facts.languages);
            let sentence = if recorded.is_empty() {
                &words.language
            } else {
                &words.language_listed
            };
            let values = [("languages", &*languages), ("listed", &*recorded)];
            said.push(say(sentence, &values));
            if !facts.interpreting.is_empty() {
                let text = [("text", facts.interpreting.as_str())];
                said.push(say(&words.interpreting, &text));
            }
        }
        let unknown = wanted.access.without(row.stated).without(row.denied);
        if !unknown.is_empty() {
            let text = self.terms(unknown);
            said.push(say(&words.access, &[("text", &text)]));
        }
        if wanted.travel_hard && wanted.travel(row).is_empty() {
            said.push(words.travel.clone());
        }
        if wanted.is_busy() && wanted.openings(one.openings) == Has::Unknown {
            said.push(words.days.clone());
        }
    }

    fn ask_about_order(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.ask;
        if self.wanted.asks_for_order()
            && self.wanted.order(one.row) == Has::Unknown
            && !self.wanted.fits_other_orders(one.row)
        {
            let order = self.order_in_view();
            said.push(say(&words.order, &[("order", &order)]));
        }
        let unknown = one.service.facts.court_assessment_days.is_none();
        if unknown && self.wanted.working_days().is_some() && self.assesses(one) {
            said.push(words.assessment.clone());
        }
    }

    /// Only of a service that a report author can ask for an assessment is it worth
    /// asking how long that takes.
    fn assesses(&self, one: &One<'_>) -> bool {
        let by_court = one.row.stated.and(self.wanted.terms.by_court);
        !by_court.is_empty() || one.service.reachable
    }

    fn ask_about_referral(&self, one: &One<'_>, said: &mut Vec<String>) {
        let words = &self.words.ask;
        let service = one.service;
        if service.referral_routes.is_empty() && !service.reachable {
            said.push(words.referral.clone());
        }
        let capacity = &service.facts.capacity;
        let room_known = capacity.iter().any(|c| c.available.is_some());
        let referrals = one.row.stated.and(self.wanted.terms.referrals);
        match (!referrals.is_empty(), room_known) {
            (false, false) => said.push(words.referrals_and_room.clone()),
            (false, true) => said.push(words.referrals.clone()),
            (true, false) => said.push(words.room.clone()),
            (true, true) => {}
        }
    }

    fn ask_about_area(&self, service: &Service, near: Near, said: &mut Vec<String>) {
        let words = &self.words.ask;
        let area = self.area(near);
        let text = service.area.text.as_str();
        match near.how {
            How::Named => {
                let named = |gss: &String| service.area.local_authorities.contains(gss);
                let here = &self.ask.place.local_authorities;
                if !here.iter().all(|a| named(&a.gss)) {
                    let shared: Vec<&str> = here
                        .iter()
                        .filter(|a| named(&a.gss))
                        .map(|a| a.name.as_str())
                        .collect();
                    let values = [
                        ("label", self.ask.place.label.as_str()),
                        ("named", &*listed(&shared)),
                    ];
                    said.push(say(&words.address, &values));
                }
            }
            How::SameUnit => {
                let values = [("area", area), ("named", &*self.named(service))];
                said.push(say(&words.other_authority, &values));
            }
            How::Police => {
                let police = self.police(near);
                let bound = service.contract.is_some() || !service.partner_in.is_empty();
                if !bound && !text.to_lowercase().contains(&police.to_lowercase()) {
                    said.push(say(&words.area, &[("area", area), ("text", text)]));
                }
                if service.delivery_locations.is_empty() && service.partner_in.is_empty() {
                    said.push(say(&words.r#where, &[("police", &police)]));
                }
            }
            How::Region => said.push(say(&words.area, &[("area", area), ("text", text)])),
            How::UnitNamed | How::National => {}
        }
    }

    /// One question for each level she has among the needs this service would meet,
    /// unless its record answers it.
    fn ask_about_levels(&self, one: &One<'_>, said: &mut Vec<String>) {
        let mut by_level: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (need, wanted) in self.ask.needs.iter().zip(&self.wanted.needs) {
            let theme = need.theme.as_str();
            if let Some(level) = need.level.as_deref().filter(|_| one.is_for(theme))
                && Wanted::level(one.row, wanted.level) == Has::Unknown
            {
                by_level.entry(level).or_default().push(theme);
            }
        }
        for (level, themes) in by_level {
            let values = [("level", level), ("needs", &*self.needs(&themes))];
            said.push(say(&self.words.ask.level, &values));
        }
    }
}
