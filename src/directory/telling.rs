//! Every fact of a record as a labelled line in words, what is not known included.
//!
//! Lives here: which facts there are, in what order, and how each reads. Not here: the
//! labels and phrases (`[fact_label]` and `[fact]` of `words.toml`). The same lines
//! serve a service's page, a report's snapshot of it and the history of its changes,
//! so that all three mean the same. A new fact is a line in [`Telling::all`] and a
//! label there.

use chrono::Timelike;
use serde::{Deserialize, Serialize};

use super::{
    Directory, Record, Service, Setting, State,
    facts::{Capacity, Funding, Location, Often, Opening},
    vocabulary::term,
    words::{FactLabels, FactWords, say},
};
use crate::english::{capital, day, listed};

/// One fact of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which fact: stays the same whatever the words become.
    pub key: String,
    /// What it is called on a page.
    pub label: String,
    /// What the record says; that it says nothing, where it does not.
    pub says: String,
    /// False where it says nothing.
    pub known: bool,
}

impl Directory {
    /// Every fact of a record, in the order of a page. For anything that leaves, give
    /// the [`super::PublicRecord`].
    #[must_use]
    pub fn tell(&self, record: &Record) -> Vec<Told> {
        let services = self.read(vec![record.clone()]);
        let telling = services.first().map(|service| Telling {
            directory: self,
            service,
            labels: &self.words.fact_label,
            words: &self.words.fact,
        });
        telling.map(|t| t.all()).unwrap_or_default()
    }
}

struct Telling<'a> {
    directory: &'a Directory,
    service: &'a Service,
    labels: &'a FactLabels,
    words: &'a FactWords,
}

/// Declares the lines: key and label are one name, so that they cannot drift apart.
macro_rules! lines {
    ($telling:ident; $($key:ident: $says:expr,)*) => {
        vec![$($telling.line(stringify!($key), &$telling.labels.$key, $says),)*]
    };
}

impl Telling<'_> {
    fn all(&self) -> Vec<Told> {
        let (s, f) = (self.service, &self.service.facts);
        lines! { self;
            description: s.description.clone(),
            status: self.status(),
            referral_state: self.referral_state(),
            setting: self.setting(),
            needs: self.needs(),
            offers: s.service_types.join("; "),
            levels: capital(&listed(&s.levels)),
            pathways: self.terms("pathway"),
            specialist: self.words_and_terms(&s.specialist_for, "specialist-for"),
            eligibility: self.eligibility(),
            area: self.area(),
            places: self.places(),
            openings: joined(f.openings.iter().map(|o| opening(self.words, o))),
            childcare: self.either(&[term::CRECHE, term::CHILDCARE]),
            residential: self.either(&[term::RESIDENTIAL, term::RESIDENTIAL_CHILDREN]),
            outreach: self.either(&[term::OUTREACH]),
            rural: self.either(&[term::RURAL]),
            remote: self.either(&[term::REMOTE]),
            travel: self.either(&[term::TRAVEL_PAID]),
            in_custody: self.either(&[term::IN_PRISON]),
            female_worker: self.either(&[term::FEMALE_WORKER]),
            cost: f.cost.clone(),
            languages: f.languages.join(", "),
            interpreting: f.interpreting.clone(),
            access: self.words_and_terms(&f.accessibility, "access"),
            referral: self.words_and_terms(&[s.referral_routes.as_str()], "referral-route"),
            orders: self.terms("order-fit"),
            court_assessment: days(f.court_assessment_days, &self.words.working_days),
            capacity: joined(f.capacity.iter().map(|c| capacity(self.words, c))),
            waiting: days(f.waiting_days, &self.words.days),
            not_before: f.not_before.map(day).unwrap_or_default(),
            funding: joined(f.funding.iter().map(|f| self.funding(f))),
            contract: self.contract(),
            contact: self.contact(),
            conflicts: self.conflicts(),
            note: s.note.clone(),
            owner: f.owner.clone(),
            verified: self.verified(),
            next_check: f.next_check.map(day).unwrap_or_default(),
            as_at: s.as_at.text.clone(),
            confidence: s.confidence.clone(),
            source: s.source.clone(),
        }
    }

    fn line(&self, key: &str, label: &str, says: String) -> Told {
        let known = !says.trim().is_empty();
        Told {
            key: key.to_owned(),
            label: label.to_owned(),
            says: if known {
                says
            } else {
                self.words.unknown.clone()
            },
            known,
        }
    }

    fn status(&self) -> String {
        let sentence = match self.service.state {
            State::Listed => &self.words.listed,
            State::Historic => &self.words.historic,
            State::NotOpen => &self.words.not_open,
            State::Unknown => &self.words.unsettled,
        };
        say(sentence, &[("status", &self.service.status)])
    }

    fn referral_state(&self) -> String {
        let alert = self.service.facts.alert.as_str();
        let state = self.terms("referral-state");
        joined([state, alert.to_owned()].into_iter())
    }

    fn setting(&self) -> String {
        let words = self.service.setting_words.join("; ");
        let says = match self.service.setting {
            Setting::WomenOnly => &self.words.women_only,
            Setting::MixedWithWomensSession => &self.words.womens_session,
            Setting::Mixed => &self.words.mixed,
            Setting::Unknown if words.is_empty() => return String::new(),
            Setting::Unknown => &self.words.setting_unsettled,
        };
        let mut said = say(says, &[("text", &words)]);
        if let Some(source) = self.source_of("gender-setting/") {
            said = format!(
                "{said} {}",
                say(&self.words.according, &[("source", source)])
            );
        }
        said
    }

    /// Whose word the first term of a taxonomy is, where it is not the record's own.
    fn source_of(&self, taxonomy: &str) -> Option<&str> {
        let mut terms = self.service.facts.terms.iter();
        let stated = terms.find(|t| t.term.starts_with(taxonomy) && !t.source.is_empty())?;
        Some(&stated.source)
    }

    fn needs(&self) -> String {
        let ids = self.service.theme_ids();
        let names: Vec<&str> = ids
            .iter()
            .map(|id| self.directory.theme_words(id))
            .collect();
        capital(&names.join("; "))
    }

    /// The terms of a taxonomy that are stated, then those denied.
    fn terms(&self, taxonomy: &str) -> String {
        let of = |no: bool| {
            let vocabulary = self.directory.vocabulary();
            let terms = self.service.facts.terms.iter().filter(move |t| t.no == no);
            terms
                .filter_map(|t| vocabulary.term(&t.term))
                .filter(|t| t.taxonomy == taxonomy)
                .map(|t| t.name.clone())
                .collect::<Vec<_>>()
                .join("; ")
        };
        let (yes, no) = (of(false), of(true));
        let denied = (!no.is_empty()).then(|| say(&self.words.not, &[("text", &no)]));
        joined([yes, denied.unwrap_or_default()].into_iter())
    }

    fn words_and_terms<T: AsRef<str>>(&self, words: &[T], taxonomy: &str) -> String {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        joined([words.join("; "), self.terms(taxonomy)].into_iter())
    }

    /// Yes with what it is, no, or nothing where the record says neither.
    fn either(&self, keys: &[&str]) -> String {
        let vocabulary = self.directory.vocabulary();
        let said = |no: bool| {
            let stated = |key: &&&str| {
                let mut terms = self.service.facts.terms.iter();
                terms.any(|t| t.term == ***key && t.no == no)
            };
            let names = keys.iter().filter(stated).map(|key| vocabulary.name(key));
            names.map(str::to_owned).collect::<Vec<_>>().join("; ")
        };
        let (yes, no) = (said(false), said(true));
        match (yes.is_empty(), no.is_empty()) {
            (true, true) => String::new(),
            (false, true) => say(&self.words.yes, &[("text", &yes)]),
            (true, false) => say(&self.words.no, &[("text", &no)]),
            (false, false) => joined(
                [
                    say(&self.words.yes, &[("text", &yes)]),
                    say(&self.words.no, &[("text", &no)]),
                ]
                .into_iter(),
            ),
        }
    }

    fn eligibility(&self) -> String {
        let facts = &self.service.facts;
        let ages = match (facts.minimum_age, facts.maximum_age) {
            (Some(from), Some(to)) => {
                let (from, to) = (from.to_string(), to.to_string());
                say(&self.words.ages, &[("from", &from), ("to", &to)])
            }
            (Some(from), None) => say(&self.words.age_from, &[("from", &from.to_string())]),
            (None, Some(to)) => say(&self.words.age_to, &[("to", &to.to_string())]),
            (None, None) => String::new(),
        };
        joined([facts.eligibility.clone(), ages].into_iter())
    }

    fn area(&self) -> String {
        let area = &self.service.area;
        let names: Vec<&str> = area
            .local_authorities
            .iter()
            .filter_map(|gss| self.directory.geography().authority(gss))
            .map(|a| a.name.as_str())
            .collect();
        let all = listed(&names);
        if all.is_empty() || all == area.text {
            return area.text.clone();
        }
        say(&self.words.area, &[("text", &area.text), ("named", &all)])
    }

    fn places(&self) -> String {
        let service = self.service;
        let recorded = service.facts.locations.iter().map(|l| self.place(l));
        let words = [&service.area.locality, &service.delivery_locations];
        joined(recorded.chain(words.into_iter().cloned()))
    }

    fn place(&self, place: &Location) -> String {
        let parts = [&place.name, &place.address, &place.town, &place.postcode];
        let parts: Vec<&str> = parts.into_iter().map(String::as_str).collect();
        let said = parts.into_iter().filter(|p| !p.is_empty());
        let said = said.collect::<Vec<_>>().join(", ");
        if place.internal {
            say(&self.words.internal, &[("text", &said)])
        } else {
            said
        }
    }

    fn funding(&self, funding: &Funding) -> String {
        let ends = funding.ends.map(day);
        let ends = ends.map(|on| say(&self.words.funded_until, &[("date", &on)]));
        joined(
            [
                funding.funder.clone(),
                ends.unwrap_or_default(),
                funding.note.clone(),
            ]
            .into_iter(),
        )
    }

    fn contract(&self) -> String {
        let service = self.service;
        let own = service.contract.iter();
        let own = own.map(|c| say(&self.words.holds, &[("contract", c)]));
        let part = service.partner_contracts.iter();
        let part = part.map(|c| say(&self.words.partner, &[("contract", c)]));
        joined(own.chain(part))
    }

    fn contact(&self) -> String {
        let facts = &self.service.facts;
        let phones = facts.phones.iter().map(|phone| {
            if phone.what.is_empty() {
                phone.number.clone()
            } else {
                format!("{} ({})", phone.number, phone.what)
            }
        });
        joined(phones.chain([facts.email.clone(), self.service.website.clone()]))
    }

    fn conflicts(&self) -> String {
        joined(self.service.facts.conflicts.iter().map(|c| {
            let values = [
                ("about", c.about.as_str()),
                ("one", &c.one),
                ("one_source", &c.one_source),
                ("other", &c.other),
                ("other_source", &c.other_source),
            ];
            say(&self.words.conflict, &values)
        }))
    }

    fn verified(&self) -> String {
        let Some(verified) = &self.service.facts.verified else {
            return String::new();
        };
        let on = day(verified.on);
        let values = [
            ("date", on.as_str()),
            ("by", &verified.by),
            ("how", &verified.how),
        ];
        say(&self.words.verified, &values)
    }
}

fn days(days: Option<u16>, sentence: &str) -> String {
    days.map(|days| say(sentence, &[("days", &days.to_string())]))
        .unwrap_or_default()
}

/// Days and hours, and what happens then.
pub(super) fn opening(words: &FactWords, opening: &Opening) -> String {
    let days: Vec<&str> = opening.days.iter().map(|d| d.name()).collect();
    let clock = |time: chrono::NaiveTime| format!("{:02}:{:02}", time.hour(), time.minute());
    let hours = match (opening.from, opening.to) {
        (Some(from), Some(to)) => say(&words.hours, &[("from", &clock(from)), ("to", &clock(to))]),
        (Some(from), None) => say(&words.hours_from, &[("from", &clock(from))]),
        _ => String::new(),
    };
    let often = match opening.often {
        Often::Weekly => "",
        Often::Monthly => &words.monthly,
    };
    let when = [listed(&days), hours, often.to_owned()];
    let when: Vec<String> = when.into_iter().filter(|p| !p.is_empty()).collect();
    let when = when.join(", ");
    match (opening.what.is_empty(), when.is_empty()) {
        (true, _) => when,
        (false, true) => opening.what.clone(),
        (false, false) => format!("{}: {when}", capital(&opening.what)),
    }
}

/// How much room there is, and when that was so.
pub(super) fn capacity(words: &FactWords, capacity: &Capacity) -> String {
    let number = |n: Option<u32>| n.map(|n| n.to_string());
    let unit = capacity.unit.as_str();
    let room = match (number(capacity.available), number(capacity.maximum)) {
        (Some(free), Some(all)) => {
            let values = [("free", free.as_str()), ("all", &all), ("unit", unit)];
            say(&words.room, &values)
        }
        (Some(free), None) => say(&words.room_free, &[("free", &free), ("unit", unit)]),
        (None, Some(all)) => say(&words.room_all, &[("all", &all), ("unit", unit)]),
        (None, None) => String::new(),
    };
    let on = capacity.updated.map(day);
    let on = on.map(|on| say(&words.as_of, &[("date", &on)]));
    joined([room, on.unwrap_or_default(), capacity.note.clone()].into_iter())
}

/// What is said, with semicolons between; nothing where nothing is.
fn joined(parts: impl Iterator<Item = String>) -> String {
    let said: Vec<String> = parts.filter(|p| !p.trim().is_empty()).collect();
    said.join("; ")
}
