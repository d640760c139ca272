//! What is said of a match: why it is here, and what speaks against it.
//!
//! Lives here: when each sentence is true of a record. Not here: what to ask
//! (`questions`), the sentences (`service-directory/words.toml`) or the order
//! (`matching`). A new sentence goes there first, then where it is true, here.

use std::collections::BTreeMap;

use super::{
    as_at::Dated,
    distance::Spot,
    found::{Ask, Why},
    geography::Geography,
    index::{How, Near},
    matching::Met,
    readings::Readings,
    service::{Service, Setting},
    words::{Words, say},
};
use crate::english::{capital, day, listed};

pub(super) struct Teller<'a> {
    pub(super) words: &'a Words,
    pub(super) readings: &'a Readings,
    pub(super) geography: &'a Geography,
    pub(super) ask: &'a Ask<'a>,
    /// Days a record may go unchecked where she lives.
    pub(super) check_by: u32,
}

impl Teller<'_> {
    pub(super) fn reasons(&self, service: &Service, near: Near, met: &Met<'_>) -> Vec<String> {
        let mut said = vec![self.where_it_works(service, near)];
        if service.setting == Setting::WomenOnly {
            said.push(self.words.setting.women_only.clone());
        }
        if !met.stated.is_empty() {
            said.push(self.stated(service, &met.stated));
        }
        said.extend(self.via_prime(met));
        if !service.delivery_locations.is_empty() {
            let text = [("text", service.delivery_locations.as_str())];
            said.push(say(&self.words.for_need.places, &text));
        }
        if !service.levels.is_empty() {
            let levels = listed(&service.levels);
            said.push(say(&self.words.for_need.levels, &[("levels", &levels)]));
        }
        said
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
                say(
                    &words.region,
                    &[("area", area), ("region", region), ("text", text)],
                )
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

    pub(super) fn against(&self, service: &Service, met: &Met<'_>) -> Vec<String> {
        let words = &self.words.against;
        let mut said = Vec::new();
        let text = service.setting_words.join("; ");
        match service.setting {
            Setting::Mixed => said.push(say(&self.words.setting.mixed, &[("text", &text)])),
            Setting::MixedWithWomensSession => {
                said.push(say(
                    &self.words.setting.mixed_with_session,
                    &[("text", &text)],
                ));
            }
            Setting::WomenOnly | Setting::Unknown => {}
        }
        said.extend(self.age(service));
        let mut primes: Vec<&str> = Vec::new();
        for partnership in &met.partner_in {
            if !primes.contains(&partnership.prime_organisation.as_str()) {
                primes.push(&partnership.prime_organisation);
            }
        }
        if !primes.is_empty() {
            said.push(say(&words.partner, &[("prime", &listed(&primes))]));
        }
        if let Some(end) = service.recorded_contract_end {
            said.push(say(&words.contract_end, &[("date", &day(end))]));
        }
        if !service.referral_routes.is_empty() && !service.reachable {
            said.push(say(&words.routes, &[("text", &service.referral_routes)]));
        }
        said
    }

    fn age(&self, service: &Service) -> Option<String> {
        let words = &self.words.against;
        let Some(dated) = service.as_at.date else {
            return Some(say(&words.undated, &[("text", &service.as_at.text)]));
        };
        let days = (self.ask.today - dated.last_day()).num_days();
        if days <= i64::from(self.check_by) {
            return None;
        }
        let date = dated.printed();
        Some(match dated {
            Dated::Day(_) => {
                let days = days.to_string();
                say(&words.dated, &[("date", &date), ("days", &days)])
            }
            Dated::Month(_) | Dated::Year(_) => say(&words.dated_roughly, &[("date", &date)]),
        })
    }

    pub(super) fn kept_out(&self, service: &Service, why: Why) -> String {
        let words = &self.words.kept_out;
        let place = &self.ask.place;
        let asked: Vec<&str> = self.ask.needs.iter().map(|n| n.theme.as_str()).collect();
        let (named, needs) = (self.named(service), self.needs(&asked));
        let values = [
            ("status", service.status.as_str()),
            ("as_at", &service.as_at.text),
            (
                "area",
                place.local_authorities.first().map_or("", |a| &a.name),
            ),
            ("named", &named),
            ("needs", &needs),
            ("text", &service.area.text),
        ];
        let sentence = match why {
            Why::Historic => &words.historic,
            Why::NotOpen => &words.not_open,
            Why::OtherArea => &words.other_area,
            Why::OtherNeed => &words.other_need,
            Why::NoArea => &words.no_area,
        };
        say(sentence, &values)
    }

    pub(super) fn distance(&self, km: f64, spot: &Spot) -> String {
        let words = &self.words.distance;
        let sentence = if spot.town {
            &words.town
        } else {
            &words.authority
        };
        say(
            sentence,
            &[("km", &format!("{km:.0}")), ("place", &spot.name)],
        )
    }

    /// Needs in words. They have "and" and commas in them, so semicolons part them.
    pub(super) fn needs(&self, themes: &[&str]) -> String {
        let prints: Vec<&str> = themes.iter().map(|t| self.readings.prints(t)).collect();
        prints.join("; ")
    }

    pub(super) fn area(&self, near: Near) -> &str {
        let here = self.ask.place.local_authorities.get(near.authority);
        here.map_or(&self.ask.place.label, |a| &a.name)
    }

    pub(super) fn authority(&self, near: Near) -> Option<&super::geography::Authority> {
        let here = self.ask.place.local_authorities.get(near.authority)?;
        self.geography.authority(&here.gss)
    }

    /// A police area's name before the words "police area": `Metropolitan Police` and
    /// `London, City of` stand so in the official list.
    pub(super) fn police(&self, near: Near) -> String {
        let name = self
            .authority(near)
            .and_then(|a| self.geography.police_area(&a.police_area))
            .map_or("", |p| p.name.as_str());
        match name.split_once(", ") {
            Some((last, first)) => format!("{first} {last}"),
            None => name.trim_end_matches(" Police").to_owned(),
        }
    }

    pub(super) fn unit(&self, near: Near) -> String {
        let units: Vec<&str> = self
            .authority(near)
            .into_iter()
            .flat_map(|a| &a.pdus)
            .filter_map(|id| self.geography.unit(id))
            .map(|u| u.name.as_str())
            .collect();
        listed(&units)
    }

    pub(super) fn named(&self, service: &Service) -> String {
        let names: Vec<&str> = service
            .area
            .local_authorities
            .iter()
            .filter_map(|gss| self.geography.authority(gss))
            .map(|a| a.name.as_str())
            .collect();
        if names.is_empty() {
            service.area.text.clone()
        } else {
            listed(&names)
        }
    }
}
