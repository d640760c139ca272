//! The tables of the data package: their files, columns and keys.
//!
//! Lives here: HSDS's names, with the three that the UK profile spells another way.
//! Columns that neither has are HSDS 3.1's. Not here: filling them (`package`).

use serde_json::{Value, json};

/// How three of the files are called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Spelling {
    /// As HSDS: `attributes.csv`, `addresses.csv`, `schedules.csv`.
    #[default]
    Hsds,
    /// As the UK profile: `attribute.csv`, `address.csv`, `schedule.csv`.
    UkProfile,
}

/// One table.
pub(super) struct Table {
    /// The entity's name, which is also the property of a document that holds it.
    pub(super) name: &'static str,
    file: &'static str,
    pub(super) columns: &'static [&'static str],
}

/// Columns that hold an id of another table, and which.
const KEYS: [(&str, &str); 8] = [
    ("organization_id", "organization"),
    ("service_id", "service"),
    ("location_id", "location"),
    ("contact_id", "contact"),
    ("taxonomy_term_id", "taxonomy_term"),
    ("parent_id", "taxonomy_term"),
    ("taxonomy_id", "taxonomy"),
    ("unit_id", "unit"),
];

/// Columns that are not text.
const KINDS: [(&str, &str); 7] = [
    ("minimum_age", "number"),
    ("maximum_age", "number"),
    ("latitude", "number"),
    ("longitude", "number"),
    ("available", "number"),
    ("maximum", "number"),
    ("assured_date", "date"),
];

macro_rules! tables {
    ($($name:ident = $entity:literal in $file:literal: [$($column:literal),* $(,)?];)*) => {
        $(pub(super) const $name: Table = Table {
            name: $entity,
            file: $file,
            columns: &[$($column),*],
        };)*

        /// Every table, in the order of HSDS.
        pub(super) const ALL: &[&Table] = &[$(&$name),*];
    };
}

tables! {
    ORGANIZATIONS = "organization" in "organizations": ["id", "name", "description", "email", "website"];
    SERVICES = "service" in "services": [
        "id", "organization_id", "name", "description", "url", "email", "status",
        "interpretation_services", "application_process", "eligibility_description",
        "minimum_age", "maximum_age", "assured_date", "assurer_email", "alert", "last_modified",
    ];
    ATTRIBUTES = "attribute" in "attributes": [
        "id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label",
    ];
    AT_LOCATIONS = "service_at_location" in "service_at_location": ["id", "service_id", "location_id"];
    LOCATIONS = "location" in "locations": [
        "id", "location_type", "name", "description", "latitude", "longitude",
    ];
    PHONES = "phone" in "phones": ["id", "service_id", "contact_id", "number", "description"];
    CONTACTS = "contact" in "contacts": ["id", "service_id", "name", "title"];
    ADDRESSES = "address" in "addresses": [
        "id", "location_id", "address_1", "address_2", "city", "region", "state_province",
        "postal_code", "country", "address_type",
    ];
    SCHEDULES = "schedule" in "schedules": [
        "id", "service_id", "freq", "byday", "description", "opens_at", "closes_at", "notes",
    ];
    FUNDING = "funding" in "funding": ["id", "service_id", "source"];
    SERVICE_AREAS = "service_area" in "service_areas": [
        "id", "service_id", "name", "extent", "extent_type", "uri",
    ];
    LANGUAGES = "language" in "languages": ["id", "service_id", "name", "code"];
    ACCESSIBILITY = "accessibility" in "accessibility": ["id", "location_id", "description", "details"];
    TERMS = "taxonomy_term" in "taxonomy_terms": [
        "id", "code", "name", "description", "parent_id", "taxonomy", "taxonomy_id",
    ];
    COST_OPTIONS = "cost_option" in "cost_options": [
        "id", "service_id", "option", "amount", "amount_description",
    ];
    TAXONOMIES = "taxonomy" in "taxonomies": ["id", "name", "description", "version"];
    CAPACITIES = "service_capacity" in "service_capacity": [
        "id", "service_id", "unit_id", "available", "maximum", "description", "updated",
    ];
    UNITS = "unit" in "units": ["id", "name"];
}

impl Table {
    /// Its file.
    pub(super) fn file(&self, spelling: Spelling) -> String {
        let singular = ["attribute", "address", "schedule"];
        match spelling {
            Spelling::UkProfile if singular.contains(&self.name) => format!("{}.csv", self.name),
            _ => format!("{}.csv", self.file),
        }
    }

    /// What `datapackage.json` says of it.
    fn resource(&self, spelling: Spelling) -> Value {
        let fields = self.columns.iter().map(|column| {
            let kind = KINDS.iter().find(|(name, _)| name == column);
            json!({ "name": column, "type": kind.map_or("string", |(_, kind)| *kind) })
        });
        let keys = KEYS
            .iter()
            .filter(|(column, _)| self.columns.contains(column));
        let keys = keys.map(|(column, other)| {
            // A table names itself as nothing.
            let other = if *other == self.name { "" } else { other };
            json!({ "fields": column, "reference": { "resource": other, "fields": "id" } })
        });
        json!({
            "name": self.name,
            "path": self.file(spelling),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "profile": "tabular-data-resource",
            "schema": {
                "primaryKey": "id",
                "fields": fields.collect::<Vec<_>>(),
                "foreignKeys": keys.collect::<Vec<_>>(),
            },
        })
    }
}

/// `datapackage.json`.
pub(super) fn description(version: &str, spelling: Spelling) -> Value {
    let resources = ALL.iter().map(|table| table.resource(spelling));
    json!({
        "name": "foreword-directory",
        "title": "Foreword's directory of services",
        "description": "Services for women on community orders in England and Wales, as Open Referral UK 3.0.",
        "profile": "tabular-data-package",
        "version": version,
        "homepage": "https://github.com/OpenReferralUK/uk-profile",
        "resources": resources.collect::<Vec<_>>(),
    })
}
