//! What a record leaves open and the author should ask before she relies on it.
//!
//! Lives here: when each question is due. Not here: the questions
//! (`service-directory/words.toml`). A new question goes there first, then here.

use std::collections::BTreeMap;

use super::{
    index::{How, Near},
    matching::Met,
    reasons::Teller,
    service::{Service, Setting, State},
    words::say,
};
use crate::english::listed;

impl Teller<'_> {
    pub(super) fn ask_first(&self, service: &Service, near: Near, met: &Met<'_>) -> Vec<String> {
        let words = &self.words.ask;
        let mut said = Vec::new();
        if service.state == State::Unknown {
            said.push(say(&words.open, &[("status", &service.status)]));
        }
        if !met.may_help.is_empty() {
            said.push(say(&words.need, &[("needs", &self.needs(&met.may_help))]));
        }
        self.ask_about_area(service, near, &mut said);
        if service.setting == Setting::Unknown {
            said.push(match service.setting_words.as_slice() {
                [] => words.setting.clone(),
                some => say(&words.setting_text, &[("text", &some.join("; "))]),
            });
        }
        if !service.specialist_for.is_empty() {
            let text = service.specialist_for.join("; ");
            let sentence = if service.partner_in.is_empty() {
                &words.specialist
            } else {
                &words.specialist_partner
            };
            said.push(say(sentence, &[("text", &text)]));
        }
        self.ask_about_levels(service, met, &mut said);
        if !service.partner_in.is_empty() {
            said.push(words.partner_work.clone());
        }
        if service.referral_routes.is_empty() {
            said.push(words.referral.clone());
        }
        said
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
    fn ask_about_levels(&self, service: &Service, met: &Met<'_>, said: &mut Vec<String>) {
        let mut by_level: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for need in &self.ask.needs {
            let theme = need.theme.as_str();
            let met = met.stated.contains(&theme)
                || met.may_help.contains(&theme)
                || met.via_prime.iter().any(|(t, _)| *t == theme);
            if let Some(level) = need.level.as_deref().filter(|_| met)
                && !service.levels.iter().any(|l| l == level)
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
