//! Reading a record: what its words and terms are taken to mean.
//!
//! Lives here: the step from a [`Record`] to a [`Service`], the same for the file, the
//! database and an import. Not here: the word lists (`readings`) or the keys of the
//! file (`from_toml`).

use std::collections::HashMap;

use super::{
    geography::Geography,
    readings::Readings,
    record::Record,
    service::{NamedNeed, Partnership, Service, Setting, State},
    vocabulary::{TermSet, Vocabulary, term},
};

/// What a record is read against.
pub(super) struct Reader<'r> {
    pub(super) geography: &'r Geography,
    pub(super) readings: &'r Readings,
    pub(super) vocabulary: &'r Vocabulary,
}

impl Reader<'_> {
    /// The records as services, each partner tied to the contracts it delivers part of.
    pub(super) fn services(&self, records: Vec<Record>) -> Vec<Service> {
        let contracts: HashMap<String, Partnership> = records
            .iter()
            .filter_map(|record| {
                let contract = record.contract.clone()?;
                let prime = Partnership {
                    contract: contract.clone(),
                    prime: record.id.clone(),
                    prime_organisation: record.organisation.clone(),
                };
                Some((contract, prime))
            })
            .collect();
        records
            .into_iter()
            .map(|record| self.service(record, &contracts))
            .collect()
    }

    /// One record by itself.
    pub(super) fn one(&self, record: Record) -> Service {
        self.service(record, &HashMap::new())
    }

    fn service(&self, record: Record, contracts: &HashMap<String, Partnership>) -> Service {
        let terms = |no: bool| {
            let of = record.facts.terms.iter().filter(move |t| t.no == no);
            self.vocabulary.set(of.map(|t| t.term.as_str()))
        };
        let (stated, denied) = (terms(false), terms(true));
        let has = |key: &str| self.vocabulary.place(key).is_some_and(|p| stated.has(p));
        let words = record.service_types.iter().chain(&record.specialist_for);
        let mut themes = self.readings.themes(words);
        for named in self.themes_of(stated) {
            // Said already in the record's own words, which are the ones to quote.
            if !themes.iter().any(|n| n.theme == named.theme) {
                themes.push(named);
            }
        }
        let mut levels = Readings::levels(&record.service_types);
        for (level, key) in [
            ("low", term::LOW),
            ("medium", term::MEDIUM),
            ("high", term::HIGH),
        ] {
            if has(key) && !levels.iter().any(|l| l == level) {
                levels.push(level.to_owned());
            }
        }
        let by_term = [
            term::BY_PROBATION,
            term::BY_COURT,
            term::BY_AUTHOR,
            term::BY_HERSELF,
        ];
        Service {
            setting: setting(&has).unwrap_or_else(|| self.readings.setting(&record.setting_words)),
            broad: self.readings.broad(&record.kind, &record.service_types),
            reachable: by_term.into_iter().any(has)
                || self.readings.reachable(&record.referral_routes),
            state: self
                .readings
                .state(&record.status)
                .unwrap_or(State::Unknown),
            partner_in: record
                .partner_contracts
                .iter()
                .filter_map(|contract| contracts.get(contract).cloned())
                .collect(),
            themes,
            levels,
            stated,
            denied,
            record,
        }
    }

    fn themes_of(&self, stated: TermSet) -> Vec<NamedNeed> {
        stated
            .places()
            .filter_map(|place| self.vocabulary.at(place))
            .flat_map(|term| {
                let key = term.key();
                let named = |theme: &str| NamedNeed {
                    theme: theme.to_owned(),
                    word: term.name.clone(),
                };
                let themes = self.readings.themes_of_term(&key).map(named);
                themes.collect::<Vec<_>>()
            })
            .collect()
    }
}

/// Who comes through the door, where a term says so; the more cautious where two do.
fn setting(has: &impl Fn(&str) -> bool) -> Option<Setting> {
    [
        (term::MIXED, Setting::Mixed),
        (term::WOMENS_SESSION, Setting::MixedWithWomensSession),
        (term::WOMEN_ONLY, Setting::WomenOnly),
    ]
    .into_iter()
    .find(|(key, _)| has(key))
    .map(|(_, setting)| setting)
}
