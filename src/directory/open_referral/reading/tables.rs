//! Services out of a tabular data package: a CSV file for each kind of thing.
//!
//! Lives here: the tables and how they join. Not here: what a property means
//! (`document`); a row and all that belongs to it is put together as the JSON document
//! that it is the other form of. Of a table that others point into, only a hash and a
//! place in the file are held for each row, so that its texts need not fit in memory.
//! Another table is a line of [`TABLES`] and of [`Join::service`].

mod table;

use std::{
    collections::HashMap,
    io::{self, Read, Seek},
};

use serde_json::{Map, Value};

use self::table::Table;
use super::{
    cycles::Cycles,
    stream::{At, Found, Stopped, Unread},
};

/// A file of the package: anything that can be read from any place.
pub trait Anywhere: Read + Seek {}

impl<T: Read + Seek> Anywhere for T {}

/// Where the files of a package are.
pub trait Package {
    /// The file of this name, where there is one.
    ///
    /// # Errors
    /// It is there and cannot be opened.
    fn open(&self, name: &str) -> io::Result<Option<Box<dyn Anywhere>>>;
}

/// Terms held whole: a package uses few of them often.
const TERMS_HELD: usize = 10_000;

/// The tables that belong to services, each with the names it goes by (the UK profile
/// has three in the singular) and the columns that it is looked up by.
const TABLES: [(&str, &[&str], &[&str]); 15] = [
    (
        "organizations",
        &["organizations.csv", "organization.csv"],
        &["id"],
    ),
    (
        "attributes",
        &["attributes.csv", "attribute.csv"],
        &["link_id"],
    ),
    (
        "taxonomy_terms",
        &["taxonomy_terms.csv", "taxonomy_term.csv"],
        &["id"],
    ),
    ("taxonomies", &["taxonomies.csv", "taxonomy.csv"], &["id"]),
    (
        "service_at_location",
        &["service_at_location.csv", "service_at_locations.csv"],
        &["service_id"],
    ),
    ("locations", &["locations.csv", "location.csv"], &["id"]),
    (
        "addresses",
        &["addresses.csv", "address.csv"],
        &["location_id"],
    ),
    ("accessibility", &["accessibility.csv"], &["location_id"]),
    (
        "phones",
        &["phones.csv", "phone.csv"],
        &["service_id", "location_id", "contact_id"],
    ),
    (
        "contacts",
        &["contacts.csv", "contact.csv"],
        &["service_id"],
    ),
    (
        "schedules",
        &["schedules.csv", "schedule.csv"],
        &["service_id", "service_at_location_id"],
    ),
    ("funding", &["funding.csv"], &["service_id"]),
    (
        "service_areas",
        &["service_areas.csv", "service_area.csv"],
        &["service_id"],
    ),
    (
        "languages",
        &["languages.csv", "language.csv"],
        &["service_id"],
    ),
    (
        "cost_options",
        &["cost_options.csv", "cost_option.csv"],
        &["service_id"],
    ),
];

/// The two of HSDS 3.1.
const TABLES_31: [(&str, &[&str], &[&str]); 2] = [
    (
        "service_capacity",
        &["service_capacity.csv", "service_capacities.csv"],
        &["service_id"],
    ),
    ("units", &["units.csv", "unit.csv"], &["id"]),
];

const SERVICES: [&str; 2] = ["services.csv", "service.csv"];

/// A row that could not be read in a table other than that of the services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The file.
    pub table: String,
    /// The line it begins on, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub what: Unread,
}

/// What the whole package showed.
#[derive(Debug, Default)]
pub struct PackageNotes {
    /// Rows passed over, no more than [`MOST_FAULTS`].
    pub faults: Vec<RowFault>,
    /// How many there were.
    pub faults_in_all: u64,
    /// Its taxonomies.
    pub cycles: Cycles,
}

/// As many faults of rows as are told.
pub const MOST_FAULTS: usize = 100;

/// Which file it was, and why reading stopped.
pub type StoppedIn<E> = (String, Stopped<E>);

/// Gives every service of a package to `take`, with all that belongs to it.
///
/// # Errors
/// Why it stopped, and in which file.
pub fn services<E>(
    package: &dyn Package,
    take: &mut dyn FnMut(At, Found) -> Result<(), E>,
) -> Result<PackageNotes, StoppedIn<E>> {
    let mut notes = PackageNotes::default();
    let Some(mut services) = Table::open(package, &SERVICES, &[], &mut notes)? else {
        return Err((SERVICES[0].to_owned(), Stopped::NoList));
    };
    for column in ["id", "name"] {
        if !services.has(column) {
            let reason = format!("there is no column `{column}`");
            let stopped = Stopped::Syntax {
                line: 1,
                column: 1,
                reason,
            };
            return Err((services.name, stopped));
        }
    }
    let mut join = Join::default();
    for (name, files, keys) in TABLES.iter().chain(&TABLES_31) {
        if let Some(table) = Table::open(package, files, keys, &mut notes)? {
            join.tables.insert(name, table);
        }
    }
    let mut at = At::default();
    while let Some((line, row)) = services.next_row().map_err(|e| e.widen(&services.name))? {
        at = At {
            item: at.item + 1,
            line,
        };
        let found = match row {
            Ok(row) => join
                .service(row)
                .map(Value::Object)
                .map(Ok)
                .map_err(|(name, e)| (name, Stopped::Source(e)))?,
            Err(unread) => Err(unread),
        };
        take(at, found).map_err(|stopped| (services.name.clone(), Stopped::Taker(stopped)))?;
    }
    Ok(notes)
}

/// One row as an object; empty values are left out.
type Row = Map<String, Value>;

type Joined<T> = Result<T, (String, io::Error)>;

#[derive(Default)]
struct Join {
    tables: HashMap<&'static str, Table>,
    terms: HashMap<String, Option<Row>>,
}

impl Join {
    fn service(&mut self, mut service: Row) -> Joined<Row> {
        let id = text(&service, "id");
        let organization = text(&service, "organization_id");
        if let Some(row) = self.rows("organizations", "id", &organization)?.pop() {
            service.insert("organization".into(), row.into());
        }
        let attributes = self.attributes(&id)?;
        put(&mut service, "attributes", attributes);
        let mut links = Vec::new();
        for mut link in self.rows("service_at_location", "service_id", &id)? {
            if let Some(location) = self.location(&text(&link, "location_id"))? {
                link.insert("location".into(), location.into());
            }
            let schedules = self.rows("schedules", "service_at_location_id", &text(&link, "id"))?;
            put(&mut link, "schedules", schedules);
            links.push(link);
        }
        put(&mut service, "service_at_locations", links);
        let mut contacts = self.rows("contacts", "service_id", &id)?;
        for contact in &mut contacts {
            let phones = self.rows("phones", "contact_id", &text(contact, "id"))?;
            put(contact, "phones", phones);
        }
        put(&mut service, "contacts", contacts);
        let mut funding = self.rows("funding", "service_id", &id)?;
        for one in &mut funding {
            let attributes = self.attributes(&text(one, "id"))?;
            put(one, "attributes", attributes);
        }
        put(&mut service, "funding", funding);
        let mut capacities = self.rows("service_capacity", "service_id", &id)?;
        for one in &mut capacities {
            if let Some(unit) = self.rows("units", "id", &text(one, "unit_id"))?.pop() {
                one.insert("unit".into(), unit.into());
            }
        }
        put(&mut service, "capacities", capacities);
        for table in [
            "phones",
            "schedules",
            "service_areas",
            "languages",
            "cost_options",
        ] {
            let rows = self.rows(table, "service_id", &id)?;
            put(&mut service, table, rows);
        }
        Ok(service)
    }

    fn location(&mut self, id: &str) -> Joined<Option<Row>> {
        let Some(mut location) = self.rows("locations", "id", id)?.pop() else {
            return Ok(None);
        };
        for table in ["addresses", "accessibility", "phones"] {
            let rows = self.rows(table, "location_id", id)?;
            put(&mut location, table, rows);
        }
        Ok(Some(location))
    }

    fn attributes(&mut self, of: &str) -> Joined<Vec<Row>> {
        let mut attributes = self.rows("attributes", "link_id", of)?;
        for attribute in &mut attributes {
            if let Some(term) = self.term(&text(attribute, "taxonomy_term_id"))? {
                attribute.insert("taxonomy_term".into(), term.into());
            }
        }
        Ok(attributes)
    }

    fn term(&mut self, id: &str) -> Joined<Option<Row>> {
        if let Some(held) = self.terms.get(id) {
            return Ok(held.clone());
        }
        let mut term = self.rows("taxonomy_terms", "id", id)?.pop();
        if let Some(term) = &mut term
            && text(term, "taxonomy").is_empty()
        {
            let taxonomy = self
                .rows("taxonomies", "id", &text(term, "taxonomy_id"))?
                .pop();
            let name = taxonomy.map(|t| text(&t, "name")).unwrap_or_default();
            term.insert("taxonomy".into(), name.into());
        }
        if self.terms.len() < TERMS_HELD {
            self.terms.insert(id.to_owned(), term.clone());
        }
        Ok(term)
    }

    fn rows(&mut self, table: &'static str, column: &str, value: &str) -> Joined<Vec<Row>> {
        match self.tables.get_mut(table) {
            Some(table) if !value.is_empty() => {
                let name = table.name.clone();
                table.rows(column, value).map_err(|e| (name, e))
            }
            _ => Ok(Vec::new()),
        }
    }
}

fn text(row: &Row, key: &str) -> String {
    let value = row.get(key).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}

fn put(row: &mut Row, key: &str, rows: Vec<Row>) {
    if !rows.is_empty() {
        let rows = rows.into_iter().map(Value::Object).collect();
        row.insert(key.to_owned(), Value::Array(rows));
    }
}
