//! How long a record may go unchecked before it is marked: a limit for everywhere, and
//! others for the areas that set their own.
//!
//! Lives here: reading `service-directory/checking.toml` and saying whether a record is
//! stale. Not here: what is said of a stale record (`reasons`), nor what a report asks
//! for before it names one. Another kind of area is one more [`Breadth`].

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Directory,
    as_at::Dated,
    geography::Geography,
    place::Place,
    service::Service,
    tables::{Block, Lines},
};
use crate::content::{ContentError, ContentFiles, line_of};

pub(super) const FILE: &str = "service-directory/checking.toml";

/// A limit of more days than this is a slip of the pen, not a practice.
const MOST_DAYS: u32 = 366;

/// When a record was last checked, and whether that is too long ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Freshness {
    /// The day it was last checked, or else the last day its source's date can mean;
    /// absent where there is none, or it has not come yet.
    pub checked_on: Option<NaiveDate>,
    /// Whole days since then.
    pub days: Option<i64>,
    /// Days it may go unchecked here.
    pub limit: u32,
    /// It has gone longer, has no date, or was due to be checked before today.
    pub stale: bool,
}

/// How wide an area is that sets a limit, the narrowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Breadth {
    Pdu,
    PoliceArea,
    Region,
}

impl Breadth {
    const ALL: [Self; 3] = [Self::Pdu, Self::PoliceArea, Self::Region];

    fn key(self) -> &'static str {
        match self {
            Self::Pdu => "pdu",
            Self::PoliceArea => "police_area",
            Self::Region => "region",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Pdu => "probation delivery unit",
            Self::PoliceArea => "police area",
            Self::Region => "probation region",
        }
    }

    /// The geography's id of the area so named.
    fn id(self, geography: &Geography, name: &str) -> Option<String> {
        match self {
            Self::Pdu => geography.unit_named(name).map(|u| u.id.clone()),
            Self::PoliceArea => geography
                .police_areas()
                .find(|p| p.slug == name || p.name == name)
                .map(|p| p.slug.clone()),
            Self::Region => geography.regions().iter().find(|r| *r == name).cloned(),
        }
    }

    fn ids(self, place: &Place) -> Vec<&str> {
        match self {
            Self::Pdu => place.pdus.iter().map(|p| p.id.as_str()).collect(),
            Self::PoliceArea => place.pcc.iter().map(|p| p.id.as_str()).collect(),
            Self::Region => place.regions.iter().map(String::as_str).collect(),
        }
    }
}

/// The limits.
#[derive(Debug, Clone, Default)]
pub(super) struct Checking {
    default: u32,
    areas: HashMap<(Breadth, String), u32>,
}

impl Checking {
    /// Reads and checks the file; faults are told in `faults`.
    pub(super) fn load(
        files: &ContentFiles,
        geography: &Geography,
        faults: &mut Vec<ContentError>,
    ) -> Self {
        let mut checking = Self::default();
        let text = match files.text(FILE) {
            Ok(text) => text,
            Err(fault) => {
                faults.push(fault);
                return checking;
            }
        };
        let (root, broken) = DeTable::parse_recoverable(text);
        if !broken.is_empty() {
            faults.extend(broken.iter().map(|e| {
                let line = e.span().map(|s| line_of(text, s.start));
                ContentError::new(FILE, line, e.message().trim().to_owned())
            }));
            return checking;
        }
        let lines = Lines::of(text);
        let span = root.span();
        let root = Spanned::new(span, DeValue::Table(root.into_inner()));
        let Some(mut top) = Block::new(FILE, &lines, &root, faults) else {
            return checking;
        };
        top.only(&["default_days", "area"]);
        checking.default = days(&mut top, "default_days");
        if let DeValue::Table(table) = root.get_ref()
            && let Some(area) = table.get("area")
        {
            checking.load_areas(&lines, area, geography, faults);
        }
        checking
    }

    fn load_areas(
        &mut self,
        lines: &Lines,
        areas: &Spanned<DeValue<'_>>,
        geography: &Geography,
        faults: &mut Vec<ContentError>,
    ) {
        let DeValue::Array(areas) = areas.get_ref() else {
            let reason = "an area is written as [[area]], with two brackets";
            faults.push(ContentError::new(FILE, None, reason));
            return;
        };
        for value in areas {
            let Some(mut block) = Block::new(FILE, lines, value, faults) else {
                continue;
            };
            block.only(&["pdu", "police_area", "region", "days"]);
            let days = days(&mut block, "days");
            let named: Vec<(Breadth, String)> = Breadth::ALL
                .into_iter()
                .filter_map(|breadth| Some((breadth, block.optional(breadth.key())?)))
                .collect();
            let [(breadth, name)] = named.as_slice() else {
                let line = block.line("days");
                block.fault(
                    line,
                    "an area needs exactly one of pdu, police_area, region",
                );
                continue;
            };
            let line = block.line(breadth.key());
            let Some(id) = breadth.id(geography, name) else {
                let reason = format!(
                    "there is no {} “{name}” in service-directory/geography/",
                    breadth.words()
                );
                block.fault(line, reason);
                continue;
            };
            if self.areas.insert((*breadth, id), days).is_some() {
                block.fault(line, format!("“{name}” has a limit already"));
            }
        }
    }

    fn limit(&self, place: &Place) -> u32 {
        Breadth::ALL
            .into_iter()
            .find_map(|breadth| {
                let set = breadth.ids(place).into_iter();
                set.filter_map(|id| self.areas.get(&(breadth, id.to_owned())))
                    .min()
                    .copied()
            })
            .unwrap_or(self.default)
    }
}

fn days(block: &mut Block<'_, '_>, key: &str) -> u32 {
    let line = block.line(key);
    if !block.has(key) {
        block.fault(line, format!("`{key}` is missing; write {key} = 30"));
        return 0;
    }
    let Some(days) = block.typed::<i64>(key) else {
        return 0; // told already
    };
    match u32::try_from(days) {
        Ok(days) if (1..=MOST_DAYS).contains(&days) => days,
        _ => {
            let reason = format!("`{key}` is a number of days from 1 to {MOST_DAYS}, not {days}");
            block.fault(line, reason);
            0
        }
    }
}

impl Directory {
    /// Days a record may go unchecked for a woman who lives there.
    #[must_use]
    pub fn check_by(&self, place: &Place) -> u32 {
        self.checking.limit(place)
    }

    /// As [`Directory::check_by`], or the limit for anywhere where it is not known where
    /// she lives.
    #[must_use]
    pub fn check_by_default(&self, place: Option<&Place>) -> u32 {
        place.map_or(self.checking.default, |place| self.check_by(place))
    }

    /// When the record was last checked, and whether that is too long ago for a woman
    /// who lives at `place`; for anywhere without one.
    #[must_use]
    pub fn stale(&self, service: &Service, place: Option<&Place>, today: NaiveDate) -> Freshness {
        Freshness::of(service, self.check_by_default(place), today)
    }
}

impl Freshness {
    /// The same, where the limit is known already.
    pub(super) fn of(service: &Service, limit: u32, today: NaiveDate) -> Self {
        let facts = &service.facts;
        let verified = facts.verified.as_ref().map(|v| v.on);
        let checked_on = verified
            .filter(|on| *on <= today)
            .or_else(|| service.as_at.date.and_then(|date| come(date, today)));
        let days = checked_on.map(|on| (today - on).num_days());
        let due = facts.next_check.is_some_and(|next| next < today);
        Self {
            checked_on,
            days,
            limit,
            stale: due || days.is_none_or(|days| days > i64::from(limit)),
        }
    }
}

/// The last day a date can mean that has come: no age is overstated, and a day still to
/// come proves nothing.
fn come(date: Dated, today: NaiveDate) -> Option<NaiveDate> {
    let (Dated::Day(first) | Dated::Month(first) | Dated::Year(first)) = date;
    (first <= today).then(|| date.last_day().min(today))
}
