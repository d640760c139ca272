//! A service as a result of a search shows it: what it is, where, who comes, whether it
//! takes referrals, how old that is, and what is not known.
//!
//! Lives here: the few facts of a result. Not here: all of them (`service`), or finding
//! it. One more fact is a field of [`HitView`] and a line in `search.html`.

use serde::Serialize;

use crate::{
    directory::{
        AreaFit, Directory, Service, State, Told,
        court::kind_in_plain_words,
        map::{Pin, recorded_places},
        search::Hit,
    },
    web::pages::candidate,
};

/// Facts that an author asks about first, by their keys: said to be unknown in a result.
const ASKED_FIRST: [&str; 6] = [
    "openings",
    "childcare",
    "capacity",
    "waiting",
    "languages",
    "access",
];

/// One result.
#[derive(Debug, Clone, Serialize)]
pub struct HitView {
    number: usize,
    id: String,
    href: String,
    name: String,
    organisation: String,
    kind: String,
    /// Why it cannot be offered; empty where it can.
    ended: &'static str,
    internal: bool,
    /// Area, distance and setting, in a few words each.
    facts: Vec<String>,
    /// What its record says it helps with.
    helps: String,
    referrals: Fact,
    /// When it was checked, or what its source is dated.
    checked: Fact,
    stale: bool,
    /// Labels of what is not known.
    unknown: String,
}

#[derive(Debug, Clone, Default, Serialize)]
struct Fact {
    label: String,
    says: String,
}

impl HitView {
    /// A result with its number in the list.
    #[must_use]
    pub fn of(directory: &Directory, number: usize, hit: &Hit) -> Self {
        let service = &hit.service;
        let told = directory.tell(service);
        let fact = |key: &str| {
            let line = told.iter().find(|t| t.key == key);
            line.map(|t| Fact {
                label: t.label.clone(),
                says: t.says.clone(),
            })
            .unwrap_or_default()
        };
        let mut facts: Vec<String> = Vec::new();
        match hit.fit {
            Some(AreaFit::LocalAuthority) | None => facts.push(area(service)),
            Some(fit) => facts.push(candidate::fit(fit).into()),
        }
        if hit.fit.is_some() {
            facts.push(match &hit.nearest {
                Some((km, place)) if *km < 1.0 => format!("Under 1 km, to {}", place.name),
                Some((km, place)) => format!("About {km:.0} km, to {}", place.name),
                None => "No place recorded".into(),
            });
        }
        facts.push(candidate::setting(service.setting).into());
        let known = |key| told.iter().any(|t| t.key == key && t.known);
        Self {
            number,
            id: service.id.clone(),
            href: candidate::entry(&service.id),
            name: service.name.clone(),
            organisation: other_than(&service.organisation, &service.name),
            kind: kind_in_plain_words(directory, &service.kind),
            ended: ended(service.state),
            internal: service.facts.internal_only,
            facts,
            helps: if known("needs") {
                fact("needs").says
            } else if known("offers") {
                fact("offers").says
            } else {
                String::new()
            },
            referrals: fact("referral_state"),
            checked: if known("verified") {
                fact("verified")
            } else {
                fact("as_at")
            },
            stale: hit.stale,
            unknown: unknown(&told, &ASKED_FIRST),
        }
    }

    /// A result with hostile words in it.
    #[must_use]
    pub fn sample(number: usize) -> Self {
        let fact = |label: &str| Fact {
            label: label.into(),
            says: "Not <b>known</b>".into(),
        };
        Self {
            number,
            id: format!("sample-{number}"),
            href: format!("/directory/services/sample-{number}"),
            name: "The <b>Centre</b>".into(),
            organisation: "Us & Co".into(),
            kind: "A women's centre".into(),
            ended: if number == 2 { "Has ended" } else { "" },
            internal: number == 2,
            facts: vec!["Reading & Wokingham".into(), "About 12 km".into()],
            helps: "Accommodation; finance".into(),
            referrals: fact("Taking referrals now"),
            checked: fact("Last checked"),
            stale: number == 1,
            unknown: "days and hours; childcare".into(),
        }
    }
}

/// A service to be put on a map by its number.
#[must_use]
pub fn pin<'s>(directory: &Directory, number: usize, service: &'s Service) -> Pin<'s> {
    Pin {
        number,
        id: &service.id,
        name: &service.name,
        places: recorded_places(service, directory.geography()),
    }
}

/// Why it cannot be offered, in a few words; empty where it can.
#[must_use]
pub fn ended(state: State) -> &'static str {
    match state {
        State::Historic => "Has ended",
        State::NotOpen => "Not open yet",
        State::Listed | State::Unknown => "",
    }
}

/// The organisation, where the name does not already say it.
#[must_use]
pub fn other_than(organisation: &str, name: &str) -> String {
    if name.contains(organisation) {
        String::new()
    } else {
        organisation.to_owned()
    }
}

/// Labels of some facts that are not known, in one line.
#[must_use]
pub fn unknown(told: &[Told], keys: &[&str]) -> String {
    let unknown = told.iter().filter(|t| !t.known);
    let asked = unknown.filter(|t| keys.contains(&t.key.as_str()));
    let labels: Vec<String> = asked.map(|t| t.label.to_lowercase()).collect();
    labels.join("; ")
}

fn area(service: &Service) -> String {
    match service.area.text.as_str() {
        "" => "Where it works is not recorded".into(),
        text => text.to_owned(),
    }
}
