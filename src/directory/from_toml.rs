//! Reading `service-directory/services.toml`.
//!
//! Lives here: the keys of a record and what makes one unfit. Not here: what its words
//! are taken to mean (`reader`). A new key is read in [`read_one`], named in [`KEYS`]
//! and told in `service-directory/README.md`.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    as_at::AsAt,
    facts::{Facts, Stated},
    geography::Geography,
    reader::Reader,
    readings::READINGS,
    record::Record,
    service::{Area, Service},
    tables::{Block, Lines, Placed},
    vocabulary::TERMS,
};
use crate::content::{ContentError, ContentFiles, line_of};

pub(super) const FILE: &str = "service-directory/services.toml";

const KEYS: [&str; 51] = [
    "id",
    "name",
    "organisation",
    "kind",
    "area_text",
    "la_gss",
    "pdu",
    "pcc_slug",
    "probation_region",
    "locality",
    "setting",
    "service_types",
    "contract",
    "delivery_locations",
    "recorded_contract_end",
    "partner_in",
    "referral_routes",
    "specialist_for",
    "status",
    "as_at",
    "confidence",
    "website",
    "source",
    "note",
    "description",
    "terms",
    "not_terms",
    "term_sources",
    "eligibility",
    "minimum_age",
    "maximum_age",
    "cost",
    "languages",
    "interpreting",
    "accessibility",
    "openings",
    "court_assessment_days",
    "waiting_days",
    "not_before",
    "capacity",
    "alert",
    "funding",
    "owner",
    "owner_mailbox",
    "verified",
    "next_check",
    "locations",
    "phones",
    "email",
    "conflicts",
    "internal_only",
];

/// A record with the lines needed to tell faults between records.
struct Read {
    record: Record,
    id_line: usize,
    contract_line: usize,
    partner_in: Vec<Placed>,
}

impl Reader<'_> {
    /// Every service of the file. Faults are told in `faults`.
    pub(super) fn read(
        &self,
        files: &ContentFiles,
        faults: &mut Vec<ContentError>,
    ) -> Vec<Service> {
        let text = match files.text(FILE) {
            Ok(text) => text,
            Err(fault) => {
                faults.push(fault);
                return Vec::new();
            }
        };
        let (root, broken) = DeTable::parse_recoverable(text);
        if !broken.is_empty() {
            faults.extend(broken.iter().map(|e| {
                let line = e.span().map(|s| line_of(text, s.start));
                ContentError::new(FILE, line, e.message().trim().to_owned())
            }));
            return Vec::new();
        }
        let found = root.get_ref().get("service").map(Spanned::get_ref);
        let Some(DeValue::Array(blocks)) = found else {
            let reason = "there is no [[service]] in this file";
            faults.push(ContentError::new(FILE, None, reason));
            return Vec::new();
        };
        let lines = Lines::of(text);
        let read: Vec<Read> = blocks
            .iter()
            .filter_map(|value| Some(self.read_one(Block::new(FILE, &lines, value, faults)?)))
            .collect();
        self.join(read, faults)
    }

    fn read_one(&self, mut block: Block<'_, '_>) -> Read {
        block.only(&KEYS);
        let id = block.needed("id");
        let id_line = block.line("id");
        if !id.is_empty() && uuid::Uuid::try_parse(&id).is_err() {
            block.fault(
                id_line,
                format!("“{id}” is not an id; make one with a UUID generator"),
            );
        }
        let status = block.needed("status");
        if !status.is_empty() && self.readings.state(&status).is_none() {
            let line = block.line("status");
            block.fault(
                line,
                format!("nobody has decided how to read the status “{status}”; use one that stands in {READINGS}, or add it there"),
            );
        }
        let partner_in = block.optional_list("partner_in");
        let record = Record {
            id,
            name: block.needed("name"),
            organisation: block.needed("organisation"),
            kind: block.needed("kind"),
            description: block.optional("description").unwrap_or_default(),
            area: self.area(&mut block),
            setting_words: plain(block.list("setting")),
            service_types: plain(block.list("service_types")),
            specialist_for: plain(block.list("specialist_for")),
            contract: block.optional("contract"),
            delivery_locations: block.optional("delivery_locations").unwrap_or_default(),
            partner_contracts: plain(partner_in.clone()),
            referral_routes: block.text("referral_routes"),
            status,
            as_at: AsAt::read(&block.needed("as_at")),
            confidence: block.needed("confidence"),
            website: website(&mut block),
            source: block.needed("source"),
            note: block.text("note"),
            recorded_contract_end: contract_end(&mut block),
            facts: self.facts(&mut block),
        };
        Read {
            record,
            id_line,
            contract_line: block.line("contract"),
            partner_in,
        }
    }

    fn facts(&self, block: &mut Block<'_, '_>) -> Facts {
        Facts {
            terms: self.terms(block),
            eligibility: block.optional("eligibility").unwrap_or_default(),
            minimum_age: block.typed("minimum_age"),
            maximum_age: block.typed("maximum_age"),
            cost: block.optional("cost").unwrap_or_default(),
            languages: plain(block.optional_list("languages")),
            interpreting: block.optional("interpreting").unwrap_or_default(),
            accessibility: plain(block.optional_list("accessibility")),
            openings: block.typed("openings").unwrap_or_default(),
            court_assessment_days: block.typed("court_assessment_days"),
            waiting_days: block.typed("waiting_days"),
            not_before: block.typed("not_before"),
            capacity: block.typed("capacity").unwrap_or_default(),
            alert: block.optional("alert").unwrap_or_default(),
            funding: block.typed("funding").unwrap_or_default(),
            owner: block.optional("owner").unwrap_or_default(),
            owner_mailbox: block.optional("owner_mailbox").unwrap_or_default(),
            verified: block.typed("verified"),
            next_check: block.typed("next_check"),
            locations: block.typed("locations").unwrap_or_default(),
            phones: block.typed("phones").unwrap_or_default(),
            email: block.optional("email").unwrap_or_default(),
            conflicts: block.typed("conflicts").unwrap_or_default(),
            internal_only: block.typed("internal_only").unwrap_or_default(),
            origin: None,
            modified: None,
        }
    }

    /// Terms stated (`terms`) and denied (`not_terms`), each with its own source where
    /// `term_sources` names one.
    fn terms(&self, block: &mut Block<'_, '_>) -> Vec<Stated> {
        let sources: BTreeMap<String, String> = block.typed("term_sources").unwrap_or_default();
        let mut terms = Vec::new();
        for (key, no) in [("terms", false), ("not_terms", true)] {
            for (line, term) in block.optional_list(key) {
                if self.vocabulary.place(&term).is_none() {
                    block.fault(
                        line,
                        format!("`{key}`: there is no term “{term}” in {TERMS}; write it as taxonomy/code"),
                    );
                    continue;
                }
                if terms.iter().any(|t: &Stated| t.term == term) {
                    block.fault(
                        line,
                        format!("the term “{term}” stands twice, or is both stated and denied"),
                    );
                    continue;
                }
                let source = sources.get(&term).cloned().unwrap_or_default();
                terms.push(Stated { term, no, source });
            }
        }
        for term in sources
            .keys()
            .filter(|s| !terms.iter().any(|t| t.term == **s))
        {
            let line = block.line("term_sources");
            block.fault(
                line,
                format!(
                    "`term_sources` names “{term}”, which the record neither states nor denies"
                ),
            );
        }
        terms
    }

    fn area(&self, block: &mut Block<'_, '_>) -> Area {
        let text = block.needed("area_text");
        let local_authorities = self.resolve(block, "la_gss", "local authority", |g, named| {
            g.authority_named(named).map(|a| a.gss.clone())
        });
        let pdus = self.resolve(block, "pdu", "probation delivery unit", |g, named| {
            g.unit_named(named).map(|u| u.id.clone())
        });
        let police_areas = self.resolve(block, "pcc_slug", "police area", |g, named| {
            g.police_area(named).map(|p| p.slug.clone())
        });
        let regions = self.resolve(block, "probation_region", "probation region", |g, named| {
            g.regions().iter().find(|r| *r == named).cloned()
        });
        Area {
            national: self.readings.national(&text),
            text,
            local_authorities,
            pdus,
            police_areas,
            regions,
            locality: block.text("locality"),
        }
    }

    fn resolve(
        &self,
        block: &mut Block<'_, '_>,
        key: &str,
        what: &str,
        find: impl Fn(&Geography, &str) -> Option<String>,
    ) -> Vec<String> {
        let named = if key == "pdu" {
            block.optional_list(key)
        } else {
            block.list(key)
        };
        let mut found = Vec::new();
        for (line, name) in named {
            match find(self.geography, &name) {
                Some(id) => found.push(id),
                None => block.fault(
                    line,
                    format!("`{key}`: there is no {what} “{name}” in service-directory/geography/"),
                ),
            }
        }
        found
    }

    /// Checks what only the whole file shows, and reads each record.
    fn join(&self, read: Vec<Read>, faults: &mut Vec<ContentError>) -> Vec<Service> {
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        let mut contracts: HashSet<&str> = HashSet::new();
        for one in &read {
            let (id, line) = (one.record.id.as_str(), one.id_line);
            if let Some(first) = ids.insert(id, line) {
                let reason = format!("the id “{id}” stands already on line {first}");
                faults.push(ContentError::new(FILE, Some(line), reason));
            }
            if let Some(contract) = &one.record.contract
                && !contracts.insert(contract)
            {
                let reason = format!("the contract “{contract}” is held by another record already");
                faults.push(ContentError::new(FILE, Some(one.contract_line), reason));
            }
        }
        for (line, contract) in read.iter().flat_map(|one| &one.partner_in) {
            if !contracts.contains(contract.as_str()) {
                let reason = format!("`partner_in`: no record holds the contract “{contract}”");
                faults.push(ContentError::new(FILE, Some(*line), reason));
            }
        }
        self.services(read.into_iter().map(|one| one.record).collect())
    }
}

fn plain(placed: Vec<Placed>) -> Vec<String> {
    placed.into_iter().map(|(_, text)| text).collect()
}

fn website(block: &mut Block<'_, '_>) -> String {
    let website = block.text("website");
    let web = website.starts_with("https://") || website.starts_with("http://");
    if !website.is_empty() && !web {
        let line = block.line("website");
        block.fault(
            line,
            format!("“{website}” is not a web address; it must begin with https://"),
        );
        return String::new();
    }
    website
}

fn contract_end(block: &mut Block<'_, '_>) -> Option<NaiveDate> {
    let text = block.optional("recorded_contract_end")?;
    let day = text.parse().ok();
    if day.is_none() {
        let line = block.line("recorded_contract_end");
        block.fault(
            line,
            format!("“{text}” is not a date; write it as 2026-12-31"),
        );
    }
    day
}
