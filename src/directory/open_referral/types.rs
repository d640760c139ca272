//! The standard's documents as types, the same for writing and reading.
//!
//! Lives here: the properties Foreword knows, of ORUK 3.0, and of HSDS 3.0 and 3.1
//! where the UK profile says nothing. Not here: which part of a record stands where
//! (the table in `open_referral`). A property that is not known is passed over on
//! reading; one that is empty is left out on writing, save where the standard
//! requires it. A null is for the reader to take out first.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Number;
use uuid::Uuid;

/// Writes a type of the standard: every property may be missing when read, and is
/// left out when empty, save those in brackets.
macro_rules! documents {
    ($($(#[$about:meta])* $name:ident [$($needed:ident: $required:ty),*] {
        $($(#[$told:meta])* $field:ident: $of:ty,)*
    })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        #[expect(missing_docs, reason = "each is the standard's property of that name")]
        pub struct $name {
            $(pub $needed: $required,)*
            $($(#[$told])* #[serde(skip_serializing_if = "Empty::is_empty")] pub $field: $of,)*
        }
    )*};
}

/// What is left out when it says nothing.
trait Empty {
    fn is_empty(&self) -> bool;
}

impl Empty for String {
    fn is_empty(&self) -> bool {
        str::is_empty(self)
    }
}

impl<T> Empty for Option<T> {
    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T> Empty for Vec<T> {
    fn is_empty(&self) -> bool {
        <[T]>::is_empty(self)
    }
}

documents! {
    /// A service, with everything beneath it.
    Service [id: Uuid, name: String, status: String] {
        organization_id: Option<Uuid>,
        description: String,
        url: String,
        email: String,
        interpretation_services: String,
        application_process: String,
        eligibility_description: String,
        minimum_age: Option<Number>,
        maximum_age: Option<Number>,
        assured_date: Option<NaiveDate>,
        assurer_email: String,
        alert: String,
        #[serde(with = "millis")]
        last_modified: Option<DateTime<Utc>>,
        organization: Option<Organization>,
        service_areas: Vec<ServiceArea>,
        service_at_locations: Vec<ServiceAtLocation>,
        phones: Vec<Phone>,
        contacts: Vec<Contact>,
        schedules: Vec<Schedule>,
        languages: Vec<Language>,
        cost_options: Vec<CostOption>,
        funding: Vec<Funding>,
        capacities: Vec<Capacity>,
        attributes: Vec<Attribute>,
    }

    /// Who runs a service.
    Organization [id: Uuid, name: String, description: String] {
        website: String,
        email: String,
    }

    /// A service at a place: alone in a list, it says which service.
    ServiceAtLocation [id: Uuid] {
        service_id: Option<Uuid>,
        location_id: Option<Uuid>,
        location: Option<Location>,
        service: Option<Box<Service>>,
    }

    /// A place.
    Location [id: Uuid, location_type: String] {
        name: String,
        description: String,
        latitude: Option<f64>,
        longitude: Option<f64>,
        addresses: Vec<Address>,
        accessibility: Vec<Accessibility>,
        phones: Vec<Phone>,
    }

    /// Where to write or go.
    Address [id: Uuid, address_1: String, city: String, state_province: String, postal_code: String, country: String, address_type: String] {
        location_id: Option<Uuid>,
        address_2: String,
        region: String,
    }

    /// Getting in and taking part.
    Accessibility [id: Uuid] {
        location_id: Option<Uuid>,
        description: String,
        details: String,
    }

    /// Where a service works.
    ServiceArea [id: Uuid] {
        service_id: Option<Uuid>,
        name: String,
        extent: String,
        extent_type: String,
        uri: String,
    }

    /// A way to reach it.
    Contact [id: Uuid] {
        service_id: Option<Uuid>,
        name: String,
        title: String,
        phones: Vec<Phone>,
    }

    /// A telephone number.
    Phone [id: Uuid, number: String] {
        service_id: Option<Uuid>,
        description: String,
    }

    /// Days and hours.
    Schedule [id: Uuid] {
        service_id: Option<Uuid>,
        freq: String,
        byday: String,
        opens_at: String,
        closes_at: String,
        description: String,
        notes: String,
    }

    /// A language it works in.
    Language [id: Uuid] {
        service_id: Option<Uuid>,
        name: String,
        code: String,
    }

    /// What it costs.
    CostOption [id: Uuid] {
        service_id: Option<Uuid>,
        option: String,
        amount: Option<Number>,
        amount_description: String,
    }

    /// Who pays for it.
    Funding [id: Uuid] {
        service_id: Option<Uuid>,
        source: String,
        attributes: Vec<Attribute>,
    }

    /// How much room there is (HSDS 3.1).
    Capacity [id: Uuid] {
        service_id: Option<Uuid>,
        unit: Option<Unit>,
        available: Option<u32>,
        maximum: Option<u32>,
        description: String,
        #[serde(with = "millis")]
        updated: Option<DateTime<Utc>>,
    }

    /// What is counted (HSDS 3.1).
    Unit [id: Uuid, name: String] {
    }

    /// A term that something states, or a fact in `value`.
    Attribute [id: Uuid] {
        link_id: Option<Uuid>,
        link_type: String,
        link_entity: String,
        taxonomy_term_id: Option<Uuid>,
        taxonomy_term: Option<TaxonomyTerm>,
        value: Option<String>,
        label: String,
    }

    /// A published list of terms.
    Taxonomy [id: Uuid, name: String, description: String] {
        version: String,
        taxonomy_terms: Vec<TaxonomyTerm>,
    }

    /// A term.
    TaxonomyTerm [id: Uuid, name: String, description: String] {
        code: String,
        parent_id: Option<Uuid>,
        taxonomy: String,
        taxonomy_id: Option<Uuid>,
    }
}

impl Attribute {
    /// Taxonomy and code of its term, as a record states it: `facility/creche`.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        let term = self.taxonomy_term.as_ref()?;
        Some(format!("{}/{}", term.taxonomy, term.code))
    }
}

/// Moments as the standard writes them: UTC, to the millisecond.
mod millis {
    use chrono::{DateTime, SecondsFormat, Utc};
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "serde's `with` passes a reference")]
    pub fn serialize<S: Serializer>(at: &Option<DateTime<Utc>>, s: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => s.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => s.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<DateTime<Utc>>, D::Error> {
        Option::deserialize(d)
    }
}
