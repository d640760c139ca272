//! Reading `service-directory/services.toml`.
//!
//! Lives here: the keys of a record and what makes one unfit. Not here: how its
//! words are read (`readings`). A new key is read in [`read_one`], named in [`KEYS`]
//! and told in `service-directory/README.md`.

use std::collections::HashMap;

use chrono::NaiveDate;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    as_at::AsAt,
    geography::Geography,
    readings::{READINGS, Readings},
    service::{Area, Partnership, Service, State},
    tables::{Block, Lines, Placed},
};
use crate::content::{ContentError, ContentFiles, line_of};

pub(super) const FILE: &str = "service-directory/services.toml";

const KEYS: [&str; 24] = [
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
];

/// What a record is read against.
pub(super) struct Reader<'r> {
    pub(super) geography: &'r Geography,
    pub(super) readings: &'r Readings,
}

/// A service with the lines needed to tell faults between records.
struct Read {
    service: Service,
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
        join(read, faults)
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
        let kind = block.needed("kind");
        let service_types = plain(block.list("service_types"));
        let specialist_for = plain(block.list("specialist_for"));
        let setting_words = plain(block.list("setting"));
        let (status, state) = self.status(&mut block);
        let referral_routes = block.text("referral_routes");
        let service = Service {
            id,
            name: block.needed("name"),
            organisation: block.needed("organisation"),
            area: self.area(&mut block),
            setting: self.readings.setting(&setting_words),
            setting_words,
            themes: self
                .readings
                .themes(service_types.iter().chain(&specialist_for)),
            broad: self.readings.broad(&kind, &service_types),
            levels: Readings::levels(&service_types),
            kind,
            service_types,
            specialist_for,
            contract: block.optional("contract"),
            delivery_locations: block.optional("delivery_locations").unwrap_or_default(),
            partner_in: Vec::new(),
            reachable: self.readings.reachable(&referral_routes),
            referral_routes,
            state,
            status,
            as_at: AsAt::read(&block.needed("as_at")),
            confidence: block.needed("confidence"),
            website: website(&mut block),
            source: block.needed("source"),
            note: block.text("note"),
            recorded_contract_end: contract_end(&mut block),
        };
        Read {
            service,
            id_line,
            contract_line: block.line("contract"),
            partner_in: block.optional_list("partner_in"),
        }
    }

    fn status(&self, block: &mut Block<'_, '_>) -> (String, State) {
        let status = block.needed("status");
        let state = self.readings.state(&status).unwrap_or_else(|| {
            if !status.is_empty() {
                let line = block.line("status");
                block.fault(
                    line,
                    format!("nobody has decided how to read the status “{status}”; use one that stands in {READINGS}, or add it there"),
                );
            }
            State::Unknown
        });
        (status, state)
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

/// Checks what only the whole file shows, and ties each partner to its contracts.
fn join(read: Vec<Read>, faults: &mut Vec<ContentError>) -> Vec<Service> {
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut contracts: HashMap<String, Partnership> = HashMap::new();
    for Read {
        service,
        id_line,
        contract_line,
        ..
    } in &read
    {
        if let Some(first) = ids.insert(service.id.clone(), *id_line) {
            let reason = format!("the id “{}” stands already on line {first}", service.id);
            faults.push(ContentError::new(FILE, Some(*id_line), reason));
        }
        let Some(contract) = &service.contract else {
            continue;
        };
        let prime = Partnership {
            contract: contract.clone(),
            prime: service.id.clone(),
            prime_organisation: service.organisation.clone(),
        };
        if contracts.insert(contract.clone(), prime).is_some() {
            let reason = format!("the contract “{contract}” is held by another record already");
            faults.push(ContentError::new(FILE, Some(*contract_line), reason));
        }
    }
    read.into_iter()
        .map(|mut read| {
            for (line, contract) in read.partner_in {
                match contracts.get(&contract) {
                    Some(prime) => read.service.partner_in.push(prime.clone()),
                    None => faults.push(ContentError::new(
                        FILE,
                        Some(line),
                        format!("`partner_in`: no record holds the contract “{contract}”"),
                    )),
                }
            }
            read.service
        })
        .collect()
}
