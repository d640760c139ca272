//! The tabular data package: one CSV file an entity, and `datapackage.json`.
//!
//! Lives here: taking a document apart into rows. A row that stands in several places
//! of a document, such as a telephone number, is written once.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::{Map, Value};

use super::columns::{self, Spelling, Table};
use crate::directory::open_referral::{Feed, types};

/// Writes the package into files that `open` makes by name.
///
/// # Errors
/// A file cannot be made or written.
pub fn package<W: Write>(
    feed: &Feed,
    spelling: Spelling,
    mut open: impl FnMut(&str) -> io::Result<W>,
) -> io::Result<()> {
    let description = columns::description(feed.directory().version(), spelling);
    let mut file = open("datapackage.json")?;
    serde_json::to_writer_pretty(&mut file, &description)?;
    file.write_all(b"\n")?;
    file.flush()?;

    let mut files = Files::open(spelling, open)?;
    let mut organizations = BTreeSet::new();
    let mut units = BTreeSet::new();
    let writer = feed.writer();
    for record in feed.records() {
        let document = writer.service(&record);
        if let Some(organization) = &document.organization
            && organizations.insert(organization.id)
        {
            files.row(&columns::ORGANIZATIONS, organization, &[])?;
        }
        for unit in document.capacities.iter().filter_map(|c| c.unit.as_ref()) {
            if units.insert(unit.id) {
                files.row(&columns::UNITS, unit, &[])?;
            }
        }
        files.service(&document)?;
    }
    for taxonomy in feed.published().taxonomies() {
        files.row(&columns::TAXONOMIES, taxonomy, &[])?;
    }
    for term in feed.published().terms() {
        files.row(&columns::TERMS, term, &[])?;
    }
    files.close()
}

struct Files<W: Write>(Vec<(&'static str, csv::Writer<W>)>);

impl<W: Write> Files<W> {
    fn open(spelling: Spelling, mut open: impl FnMut(&str) -> io::Result<W>) -> io::Result<Self> {
        let mut files = Vec::new();
        for table in columns::ALL {
            let mut file = csv::Writer::from_writer(open(&table.file(spelling))?);
            file.write_record(table.columns)?;
            files.push((table.name, file));
        }
        Ok(Self(files))
    }

    fn close(self) -> io::Result<()> {
        self.0
            .into_iter()
            .try_for_each(|(_, mut file)| file.flush())
    }

    /// One row, with columns that stand in no property of their own.
    fn row(
        &mut self,
        table: &Table,
        part: &impl Serialize,
        also: &[(&str, String)],
    ) -> io::Result<()> {
        let Value::Object(mut properties) = serde_json::to_value(part)? else {
            return Ok(());
        };
        for (column, value) in also {
            properties.insert((*column).to_owned(), value.as_str().into());
        }
        let file = self.0.iter_mut().find(|(name, _)| *name == table.name);
        let Some((_, file)) = file else {
            return Ok(());
        };
        let cells = table.columns.iter().map(|column| cell(&properties, column));
        file.write_record(cells)?;
        Ok(())
    }

    fn rows<T: Serialize>(&mut self, table: &Table, parts: &[T]) -> io::Result<()> {
        parts.iter().try_for_each(|part| self.row(table, part, &[]))
    }

    fn service(&mut self, document: &types::Service) -> io::Result<()> {
        self.row(&columns::SERVICES, document, &[])?;
        self.rows(&columns::SERVICE_AREAS, &document.service_areas)?;
        self.rows(&columns::SCHEDULES, &document.schedules)?;
        self.rows(&columns::LANGUAGES, &document.languages)?;
        self.rows(&columns::COST_OPTIONS, &document.cost_options)?;
        self.rows(&columns::ATTRIBUTES, &document.attributes)?;
        for place in &document.service_at_locations {
            self.row(&columns::AT_LOCATIONS, place, &[])?;
            if let Some(location) = &place.location {
                self.row(&columns::LOCATIONS, location, &[])?;
                self.rows(&columns::ADDRESSES, &location.addresses)?;
                self.rows(&columns::ACCESSIBILITY, &location.accessibility)?;
            }
        }
        self.rows(&columns::CONTACTS, &document.contacts)?;
        let contact = document.contacts.first();
        for phone in &document.phones {
            let contact = contact.map(|c| ("contact_id", c.id.to_string()));
            self.row(&columns::PHONES, phone, contact.as_slice())?;
        }
        for funding in &document.funding {
            self.row(&columns::FUNDING, funding, &[])?;
            self.rows(&columns::ATTRIBUTES, &funding.attributes)?;
        }
        for capacity in &document.capacities {
            let unit = capacity.unit.as_ref();
            let unit = unit.map(|u| ("unit_id", u.id.to_string()));
            self.row(&columns::CAPACITIES, capacity, unit.as_slice())?;
        }
        Ok(())
    }
}

fn cell(properties: &Map<String, Value>, column: &str) -> String {
    match properties.get(column) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
