//! Reading the parameters of a list: the union of those that the UK profile, HSDS and
//! the old UK standard document, so that a reader of any of them is understood.
//!
//! Lives here: which parameter stands at which address, what it may be, and the words
//! for one that is wrong. A parameter that is not known is refused, not passed over: a
//! list that silently ignores what it was asked looks like a true answer. A new
//! parameter is a line in [`KNOWN`], an arm in [`Asked::take`], and its words in
//! `openapi.json`.

use std::str::FromStr;

use axum::extract::Query as Pairs;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::problem::Problem;
use crate::{
    case::Day,
    directory::open_referral::{Feed, Near, Query},
};

/// How many parts a page has where nothing is said.
pub(super) const PER_PAGE: usize = 50;
/// The most it may have.
const MOST_PER_PAGE: usize = 1_000;
/// The farthest anybody may look: the length of Great Britain, in metres.
const FARTHEST: f64 = 1_000_000.0;
/// The oldest anybody is.
const OLDEST: f64 = 130.0;

/// The lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address {
    Services,
    AtLocations,
    Organizations,
    Taxonomies,
    Terms,
}

use Address::{AtLocations, Organizations, Services, Taxonomies, Terms};

const ALL: &[Address] = &[Services, AtLocations, Organizations, Taxonomies, Terms];
const OF_SERVICES: &[Address] = &[Services, AtLocations, Organizations];
const BOTH: &[Address] = &[Services, AtLocations];

/// Every parameter, and the lists it can be asked of.
pub(super) const KNOWN: [(&str, &[Address]); 17] = [
    ("page", ALL),
    ("per_page", ALL),
    ("format", ALL),
    ("search", OF_SERVICES),
    ("taxonomy_term_id", OF_SERVICES),
    (
        "taxonomy_id",
        &[Services, AtLocations, Organizations, Terms],
    ),
    ("organization_id", BOTH),
    ("modified_after", BOTH),
    ("minimal", &[Services]),
    ("full", &[Services, AtLocations, Organizations]),
    ("minimum_age", BOTH),
    ("maximum_age", BOTH),
    ("start_time", BOTH),
    ("end_time", BOTH),
    ("day", BOTH),
    ("postcode", BOTH),
    ("proximity", BOTH),
];

/// How much of each part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Minimal,
    Brief,
    Full,
}

impl Shape {
    /// Another, where it is asked; the least of two that are.
    fn or(self, other: Self, asked: bool) -> Self {
        if asked && self != Self::Minimal {
            other
        } else {
            self
        }
    }
}

/// What is asked of a list.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) query: Query,
    /// From 1.
    pub(super) page: usize,
    /// `None` for all on one page.
    pub(super) per_page: Option<usize>,
    pub(super) shape: Shape,
    /// All of it line by line, without pages.
    pub(super) lines: bool,
    postcode: Option<String>,
    metres: Option<f64>,
}

impl Asked {
    /// Reads what stands after the `?` of an address.
    pub(super) fn read(
        address: Address,
        query: Option<&str>,
        feed: &Feed,
    ) -> Result<Self, Problem> {
        let mut asked = Self {
            query: Query::default(),
            page: 1,
            per_page: None,
            shape: Shape::Brief,
            lines: false,
            postcode: None,
            metres: None,
        };
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in pairs(query)? {
            if !KNOWN
                .iter()
                .any(|(n, at)| *n == name && at.contains(&address))
            {
                return Err(unknown(address, &name));
            }
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let again = matches!(name.as_str(), "search" | "taxonomy_term_id" | "taxonomy_id");
            if seen.contains(&name) && !again {
                return Err(Problem::parameter(&name, "It stands twice.", "It once."));
            }
            asked.take(&name, value)?;
            seen.push(name);
        }
        if asked.shape != Shape::Minimal && !asked.lines {
            asked.per_page.get_or_insert(PER_PAGE);
        }
        asked.place(feed)?;
        Ok(asked)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        let query = &mut self.query;
        match name {
            "page" => self.page = whole(name, value, usize::MAX)?,
            "per_page" => self.per_page = Some(whole(name, value, MOST_PER_PAGE)?),
            "format" => self.lines = one_of(name, value, &[("json", false), ("ndjson", true)])?,
            "search" => query
                .search
                .extend(value.split_whitespace().map(str::to_owned)),
            "taxonomy_term_id" => ids(name, value, &mut query.terms)?,
            "taxonomy_id" => ids(name, value, &mut query.taxonomies)?,
            "organization_id" => query.organization = Some(id(name, value)?),
            "modified_after" => query.modified_after = Some(moment(name, value)?),
            "minimal" => self.shape = self.shape.or(Shape::Minimal, truth(name, value)?),
            "full" => self.shape = self.shape.or(Shape::Full, truth(name, value)?),
            "minimum_age" => query.minimum_age = Some(number(name, value, OLDEST, "years")?),
            "maximum_age" => query.maximum_age = Some(number(name, value, OLDEST, "years")?),
            "start_time" => query.open.starts = Some(clock(name, value)?),
            "end_time" => query.open.ends = Some(clock(name, value)?),
            "day" => query.open.day = Some(day(name, value)?),
            "postcode" => self.postcode = Some(value.to_owned()),
            "proximity" => self.metres = Some(number(name, value, FARTHEST, "metres")?),
            _ => {}
        }
        Ok(())
    }

    /// Where a postcode is, for coverage or distance.
    fn place(&mut self, feed: &Feed) -> Result<(), Problem> {
        let Some(postcode) = &self.postcode else {
            return match self.metres {
                Some(_) => Err(Problem::parameter(
                    "proximity",
                    "It says how near, and nothing says to what.",
                    "`postcode` beside it, such as postcode=RG14&proximity=5000",
                )),
                None => Ok(()),
            };
        };
        let wanted =
            "a postcode or postcode district of England or Wales, such as RG14 1AA or RG14";
        let place = feed.directory().place(postcode);
        let place = place.map_err(|e| Problem::parameter("postcode", e.to_string(), wanted))?;
        if place.outcode.is_none() {
            let detail = format!("{postcode:?} is not a postcode.");
            return Err(Problem::parameter("postcode", detail, wanted));
        }
        self.query.near = Some(Near {
            place,
            metres: self.metres,
        });
        Ok(())
    }
}

fn pairs(query: Option<&str>) -> Result<Vec<(String, String)>, Problem> {
    let uri = format!("/?{}", query.unwrap_or_default());
    let uri = uri.parse().map_err(|_| unreadable())?;
    let pairs = Pairs::<Vec<(String, String)>>::try_from_uri(&uri);
    pairs.map(|Pairs(pairs)| pairs).map_err(|_| unreadable())
}

fn unreadable() -> Problem {
    let expected = "name=value pairs with & between them";
    Problem::parameter("", "The parameters could not be read.", expected)
}

fn unknown(address: Address, name: &str) -> Problem {
    let known: Vec<&str> = KNOWN
        .iter()
        .filter(|(_, at)| at.contains(&address))
        .map(|(name, _)| *name)
        .collect();
    let detail = "This address has no such parameter.";
    Problem::parameter(name, detail, format!("one of {}", known.join(", ")))
}

fn wrong(name: &str, value: &str, expected: impl Into<String>) -> Problem {
    Problem::parameter(name, format!("{value:?} is not understood."), expected)
}

fn whole(name: &str, value: &str, most: usize) -> Result<usize, Problem> {
    let upto = if most == usize::MAX {
        String::new()
    } else {
        format!(" to {most}")
    };
    let number = usize::from_str(value)
        .ok()
        .filter(|n| (1..=most).contains(n));
    number.ok_or_else(|| wrong(name, value, format!("a whole number from 1{upto}")))
}

fn number(name: &str, value: &str, most: f64, unit: &str) -> Result<f64, Problem> {
    let number = f64::from_str(value).ok();
    let number = number.filter(|n| (0.0..=most).contains(n));
    number.ok_or_else(|| wrong(name, value, format!("a number of {unit} from 0 to {most}")))
}

fn id(name: &str, value: &str) -> Result<Uuid, Problem> {
    let expected = "an id as this API gives it, such as 068a3b2d-dfea-52bf-a961-dfc59b2f5d53";
    Uuid::try_parse(value).map_err(|_| wrong(name, value, expected))
}

/// Several ids, all of which must hold, with commas between them.
fn ids(name: &str, value: &str, into: &mut Vec<Uuid>) -> Result<(), Problem> {
    for one in value.split(',') {
        into.push(id(name, one.trim())?);
    }
    Ok(())
}

fn truth(name: &str, value: &str) -> Result<bool, Problem> {
    one_of(name, value, &[("true", true), ("false", false)])
}

fn one_of<T: Copy>(name: &str, value: &str, all: &[(&str, T)]) -> Result<T, Problem> {
    let mut of = all.iter();
    let found = of.find(|(word, _)| value.eq_ignore_ascii_case(word));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
        wrong(name, value, format!("one of {}", words.join(", ")))
    })
}

/// A moment, or the start of a day.
fn moment(name: &str, value: &str) -> Result<DateTime<Utc>, Problem> {
    // A `+` before the offset reads as a space in an address.
    let written = value.replace(' ', "+");
    let moment = DateTime::parse_from_rfc3339(&written).map(|at| at.to_utc());
    let day = |_| NaiveDate::from_str(value).map(|d| d.and_time(NaiveTime::MIN).and_utc());
    moment.or_else(day).map_err(|_| {
        wrong(
            name,
            value,
            "a moment such as 2026-11-25T09:30:00Z, or a day",
        )
    })
}

fn clock(name: &str, value: &str) -> Result<NaiveTime, Problem> {
    let time = NaiveTime::parse_from_str(value, "%H:%M");
    time.or_else(|_| NaiveTime::parse_from_str(value, "%H:%M:%S"))
        .map_err(|_| wrong(name, value, "a time such as 09:30"))
}

/// `monday`, `mon` or `MO`.
fn day(name: &str, value: &str) -> Result<Day, Problem> {
    let given = value.to_lowercase();
    let matches = |day: &Day| {
        let name = day.name().to_lowercase();
        given == name || given == name[..3] || given == name[..2]
    };
    Day::ALL
        .into_iter()
        .find(matches)
        .ok_or_else(|| wrong(name, value, "a day such as monday or MO"))
}
