//! Writing a record as a service document.
//!
//! Lives here: the document's own properties and short lists. Beside it: its
//! attributes (`attributes`), where it works and is (`places`). Not here: which part
//! stands where (the table in `open_referral`). A writer takes a [`PublicRecord`] and
//! nothing else, so that what must not leave cannot.

mod attributes;
mod places;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::Number;
use uuid::Uuid;

use self::attributes::Attributes;
pub(super) use self::{attributes::facts_of, places::locations};
use super::{
    fact, fits,
    ids::{self, Ids},
    published::Published,
    types,
};
use crate::{
    case::Day,
    directory::{
        Directory, PublicRecord, State,
        facts::{Capacity, Funding, Often, Opening},
        service,
        vocabulary::term,
    },
};

/// The two letters of RFC 5545 for each day.
pub(super) const DAYS: [(Day, &str); 7] = [
    (Day::Monday, "MO"),
    (Day::Tuesday, "TU"),
    (Day::Wednesday, "WE"),
    (Day::Thursday, "TH"),
    (Day::Friday, "FR"),
    (Day::Saturday, "SA"),
    (Day::Sunday, "SU"),
];

/// Times of day, without seconds.
pub(super) const CLOCK: &str = "%H:%M";

/// Writes records of one directory.
pub struct Writer<'d> {
    directory: &'d Directory,
    published: Arc<Published>,
}

impl<'d> Writer<'d> {
    /// A writer against the geography and taxonomies of `directory`.
    #[must_use]
    pub fn new(directory: &'d Directory) -> Self {
        Self::with(directory, Arc::new(Published::of(directory)))
    }

    /// A writer with the taxonomies of `directory` at hand.
    pub(super) fn with(directory: &'d Directory, published: Arc<Published>) -> Self {
        Self {
            directory,
            published,
        }
    }

    /// The taxonomies and terms.
    #[must_use]
    pub fn published(&self) -> &Published {
        &self.published
    }

    /// The service as a list shows it: its own properties and who runs it.
    #[must_use]
    pub fn brief(&self, record: &PublicRecord) -> types::Service {
        self.own(record, &self.read(record))
    }

    /// Only what every service has, and when it last changed.
    #[must_use]
    pub fn minimal(&self, record: &PublicRecord) -> types::Service {
        let service = self.read(record);
        types::Service {
            id: ids::recorded(&record.id),
            name: record.name.clone(),
            status: self.status(&service).to_owned(),
            last_modified: record.facts.modified,
            ..types::Service::default()
        }
    }

    /// The service with everything beneath it.
    #[must_use]
    pub fn service(&self, record: &PublicRecord) -> types::Service {
        let service = self.read(record);
        let mut document = self.own(record, &service);
        let id = document.id;
        let mut ids = Ids::of(id);
        let facts = &record.facts;
        document.service_areas = self.areas(record, &mut ids);
        document.service_at_locations = places::locations(record, &mut ids);
        document.phones = phones(record, &mut ids);
        if !document.phones.is_empty() {
            document.contacts = vec![types::Contact {
                id: ids.next("contact", ""),
                service_id: Some(id),
                name: record.organisation.clone(),
                phones: document.phones.clone(),
                ..types::Contact::default()
            }];
        }
        let schedules = facts.openings.iter();
        document.schedules = schedules.map(|o| schedule(o, id, &mut ids)).collect();
        let languages = facts.languages.iter().map(|name| types::Language {
            id: ids.next("language", name),
            service_id: Some(id),
            name: name.clone(),
            ..types::Language::default()
        });
        document.languages = languages.collect();
        if !facts.cost.is_empty() {
            document.cost_options = vec![types::CostOption {
                id: ids.next("cost", &facts.cost),
                service_id: Some(id),
                amount_description: facts.cost.clone(),
                ..types::CostOption::default()
            }];
        }
        let funding = facts.funding.iter();
        document.funding = funding.map(|f| self.funding(f, id, &mut ids)).collect();
        let capacities = facts.capacity.iter();
        document.capacities = capacities.map(|c| capacity(c, id, &mut ids)).collect();
        let mut attributes = Attributes::new(&self.published, id, "service", &mut ids);
        attributes.terms(&facts.terms);
        attributes.record(record);
        attributes.derived(&service, &self.published);
        document.attributes = attributes.done();
        document
    }

    /// The service at each of its places, each with its service in brief.
    #[must_use]
    pub fn at_locations(&self, record: &PublicRecord) -> Vec<types::ServiceAtLocation> {
        let mut ids = Ids::of(ids::recorded(&record.id));
        let mut places = places::locations(record, &mut ids);
        if !places.is_empty() {
            let brief = self.brief(record);
            for place in &mut places {
                place.service = Some(Box::new(brief.clone()));
            }
        }
        places
    }

    /// What the record's words are taken to mean.
    fn read(&self, record: &PublicRecord) -> service::Service {
        self.directory.read_one((**record).clone())
    }

    fn own(&self, record: &PublicRecord, service: &service::Service) -> types::Service {
        let facts = &record.facts;
        let organization = organization(record);
        types::Service {
            id: ids::recorded(&record.id),
            name: record.name.clone(),
            status: self.status(service).to_owned(),
            organization_id: Some(organization.id),
            description: record.description.clone(),
            url: fitting(&record.website, fits::web_address),
            email: fitting(&facts.email, fits::email),
            interpretation_services: facts.interpreting.clone(),
            application_process: record.referral_routes.clone(),
            eligibility_description: facts.eligibility.clone(),
            minimum_age: facts.minimum_age.map(Number::from),
            maximum_age: facts.maximum_age.map(Number::from),
            assured_date: facts.verified.as_ref().map(|v| v.on),
            assurer_email: fitting(&facts.owner_mailbox, fits::email),
            alert: facts.alert.clone(),
            last_modified: facts.modified,
            organization: Some(organization),
            ..types::Service::default()
        }
    }

    /// The standard's word for whether it is working. It has none for a source that
    /// does not settle that: such a service may be offered, and its status words and
    /// confidence stand among its facts.
    pub(super) fn status(&self, service: &service::Service) -> &'static str {
        let closed = self.directory.vocabulary().place(term::CLOSED);
        match service.state {
            State::Historic => "defunct",
            State::NotOpen => "inactive",
            _ if closed.is_some_and(|place| service.stated.has(place)) => "temporarily closed",
            State::Listed | State::Unknown => "active",
        }
    }

    fn funding(&self, funding: &Funding, service: Uuid, ids: &mut Ids) -> types::Funding {
        let id = ids.next("funding", &funding.funder);
        let mut attributes = Attributes::new(&self.published, id, "funding", ids);
        if let Some(ends) = funding.ends {
            attributes.fact(fact::FUNDING_END_DATE, &ends.to_string());
        }
        attributes.fact(fact::FUNDING_NOTE, &funding.note);
        types::Funding {
            id,
            service_id: Some(service),
            source: funding.funder.clone(),
            attributes: attributes.done(),
        }
    }
}

/// Who runs it.
pub(super) fn organization(record: &PublicRecord) -> types::Organization {
    types::Organization {
        id: ids::organization(&record.organisation),
        name: record.organisation.clone(),
        // Required, and no record says more of an organisation than its name.
        description: record.organisation.clone(),
        ..types::Organization::default()
    }
}

fn fitting(text: &str, fits: fn(&str) -> bool) -> String {
    if fits(text) {
        text.to_owned()
    } else {
        String::new()
    }
}

fn phones(record: &PublicRecord, ids: &mut Ids) -> Vec<types::Phone> {
    let phones = record.facts.phones.iter();
    phones
        .map(|phone| types::Phone {
            id: ids.next("phone", &phone.number),
            number: phone.number.clone(),
            service_id: Some(ids::recorded(&record.id)),
            description: phone.what.clone(),
        })
        .collect()
}

fn schedule(opening: &Opening, service: Uuid, ids: &mut Ids) -> types::Schedule {
    let days: Vec<&str> = opening
        .days
        .iter()
        .filter_map(|day| DAYS.iter().find(|(d, _)| d == day))
        .map(|(_, letters)| *letters)
        .collect();
    let time = |at: Option<NaiveTime>| {
        at.map(|at| at.format(CLOCK).to_string())
            .unwrap_or_default()
    };
    let mut schedule = types::Schedule {
        service_id: Some(service),
        freq: match opening.often {
            Often::Weekly => "WEEKLY".to_owned(),
            Often::Monthly => "MONTHLY".to_owned(),
        },
        byday: days.join(","),
        opens_at: time(opening.from),
        closes_at: time(opening.to),
        description: opening.what.clone(),
        ..types::Schedule::default()
    };
    let says = [
        &schedule.freq,
        &schedule.byday,
        &schedule.opens_at,
        &schedule.closes_at,
        &schedule.description,
    ];
    schedule.id = ids.next("schedule", &says.map(String::as_str).join("|"));
    schedule
}

fn capacity(capacity: &Capacity, service: Uuid, ids: &mut Ids) -> types::Capacity {
    types::Capacity {
        id: ids.next("capacity", &capacity.unit),
        service_id: Some(service),
        unit: Some(types::Unit {
            id: ids::unit(&capacity.unit),
            name: capacity.unit.clone(),
        }),
        available: capacity.available,
        maximum: capacity.maximum,
        description: capacity.note.clone(),
        updated: capacity.updated.map(midnight),
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}
