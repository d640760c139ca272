//! Rows of the law as the law page shows them.
//!
//! Lives here: limits, dates and sources of a row in words. Not here: any figure; each
//! comes from the row. To show more of a row, add a field to its view.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    sentencing::{
        Change, DateTest, LawPack, OrderWithRequirements, Requirement, Rule, Sourced, Status, Unit,
    },
    web::words,
};

/// Where a row comes from and how far it can be relied on.
#[derive(Debug, Clone, Serialize)]
pub struct StandingView {
    citation: String,
    url: String,
    status: &'static str,
    colour: &'static str,
    /// From when to when it covers.
    covers: String,
    /// Which date of a case selects it; empty where none does.
    selected_by: String,
    checked: String,
    verified: bool,
    to_check: String,
}

/// One requirement.
#[derive(Debug, Clone, Serialize)]
pub struct RequirementView {
    name: String,
    orders: String,
    limits: Vec<String>,
    conditions: Vec<String>,
    notes: String,
    /// Changes it waits for, where it has not commenced.
    waits_for: Vec<String>,
    standing: StandingView,
}

/// One general rule.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    title: String,
    says: String,
    standing: StandingView,
}

/// One change in the law.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    title: String,
    effect: String,
    commencement: String,
    /// The day it came in; empty where none is known.
    since: String,
    /// It was in force on the day the page is about.
    by_then: bool,
    /// Who recorded its commencement, and when, where an administrator did.
    recorded: String,
    standing: StandingView,
}

/// One row that nobody has verified.
#[derive(Debug, Clone, Serialize)]
pub struct UnverifiedView {
    what: String,
    citation: String,
    to_check: String,
}

/// Whom a row covers.
struct Cover {
    status: Status,
    date_test: Option<DateTest>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl StandingView {
    fn of(row: &impl Sourced, cover: &Cover, pack: &LawPack) -> Self {
        let said = row.provenance();
        let (status, colour) = status(cover.status);
        let test = cover.date_test.map(|test| match test {
            DateTest::Conviction => "date.conviction",
            DateTest::Offence => "date.offence",
            DateTest::Order => "date.order",
        });
        let words_of = |key: &str| pack.about.words.get(key).cloned();
        Self {
            citation: said.citation.into(),
            url: if said.url.starts_with("https://") {
                said.url.into()
            } else {
                String::new()
            },
            status,
            colour,
            covers: covers(cover.from, cover.to),
            selected_by: test.and_then(words_of).unwrap_or_default(),
            checked: said.checked.map(words::day).unwrap_or_default(),
            verified: said.verified,
            to_check: said.to_check.into(),
        }
    }

    fn sample(verified: bool) -> Self {
        let url = "https://www.legislation.gov.uk/";
        Self {
            citation: "Sentencing Act 2020, Sch 9 & <more>".into(),
            url: if verified { url.into() } else { String::new() },
            status: "In force",
            colour: "green",
            covers: "from 1 December 2020".into(),
            selected_by: "the date of conviction".into(),
            checked: "22 November 2026".into(),
            verified,
            to_check: "Read <b>it</b>".into(),
        }
    }
}

impl RequirementView {
    /// The row of a requirement.
    #[must_use]
    pub fn of(row: &Requirement, pack: &LawPack) -> Self {
        let conditions = row.conditions.iter().map(|c| c.words.clone());
        Self {
            name: row.name.clone(),
            orders: orders(&row.applies_to),
            limits: limits(row),
            conditions: row
                .preconditions
                .iter()
                .map(|p| p.says.clone())
                .chain(conditions)
                .collect(),
            notes: row.notes.clone(),
            waits_for: waits_for(row, pack),
            standing: StandingView::of(
                row,
                &Cover {
                    status: row.status,
                    date_test: Some(row.date_test),
                    from: row.from,
                    to: row.to,
                },
                pack,
            ),
        }
    }

    /// One verified and one not.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let one = |verified| Self {
            name: "curfew <requirement>".into(),
            orders: "Community order".into(),
            limits: vec!["2 to 20 hours a day".into()],
            conditions: vec!["the court <has> information".into()],
            notes: String::new(),
            waits_for: vec!["Sentencing Act <2026> s.14".into()],
            standing: StandingView::sample(verified),
        };
        vec![one(true), one(false)]
    }
}

impl RuleView {
    /// A rule.
    #[must_use]
    pub fn of(row: &Rule, pack: &LawPack) -> Self {
        Self {
            title: row.title.clone(),
            says: row.says.clone(),
            standing: StandingView::of(
                row,
                &Cover {
                    status: row.status,
                    date_test: Some(row.date_test),
                    from: row.from,
                    to: row.to,
                },
                pack,
            ),
        }
    }

    /// One verified and one not.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let one = |verified| Self {
            title: "Serious & <enough>".into(),
            says: "A community order is a power.".into(),
            standing: StandingView::sample(verified),
        };
        vec![one(true), one(false)]
    }
}

impl UnverifiedView {
    /// What of a row nobody has read; none where somebody has.
    #[must_use]
    pub fn of(what: &str, row: &impl Sourced) -> Option<Self> {
        let said = row.provenance();
        (!said.verified).then(|| Self {
            what: what.to_owned(),
            citation: said.citation.to_owned(),
            to_check: said.to_check.to_owned(),
        })
    }

    /// One.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![Self {
            what: "Conditional <discharge>".into(),
            citation: "Sentencing Act 2020, Part 5".into(),
            to_check: "The longest & shortest".into(),
        }]
    }
}

impl ChangeView {
    /// Every change, the newest first; those without a day last.
    #[must_use]
    pub fn timeline(pack: &LawPack, on: NaiveDate) -> Vec<Self> {
        let mut rows: Vec<&Change> = pack.changes().iter().collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.from));
        rows.into_iter()
            .map(|row| Self::of(row, pack, on))
            .collect()
    }

    fn of(row: &Change, pack: &LawPack, on: NaiveDate) -> Self {
        Self {
            since: row.from.map(words::day).unwrap_or_default(),
            by_then: row.from.is_some_and(|from| from <= on),
            recorded: row
                .recorded
                .as_ref()
                .map(|r| format!("Recorded by {} on {}", r.by, words::day(r.on)))
                .unwrap_or_default(),
            title: row.title.clone(),
            effect: row.effect.clone(),
            commencement: row.commencement.clone(),
            standing: StandingView::of(
                row,
                &Cover {
                    status: row.status,
                    date_test: row.date_test,
                    from: row.from,
                    to: None,
                },
                pack,
            ),
        }
    }

    /// One verified and one not.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let one = |verified| Self {
            title: "A <change>".into(),
            effect: "Something & more.".into(),
            commencement: "Section 49".into(),
            since: if verified {
                "22 March 2026".into()
            } else {
                String::new()
            },
            by_then: verified,
            recorded: "Recorded by <A. Admin> on 1 May 2027".into(),
            standing: StandingView::sample(verified),
        };
        vec![one(true), one(false)]
    }
}

fn status(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::InForce => ("In force", "green"),
        Status::OlderCases => ("Older cases only", "yellow"),
        Status::Historic => ("No longer in force", "grey"),
        Status::LimitedPurposes => ("In force for limited purposes", "yellow"),
        Status::NotCommenced => ("Not commenced as far as known", "orange"),
    }
}

/// The sections a row waits for, each with its status in the pack.
fn waits_for(row: &Requirement, pack: &LawPack) -> Vec<String> {
    if row.status != Status::NotCommenced {
        return Vec::new();
    }
    let named = |id: &String| pack.changes().iter().find(|c| c.id == *id);
    let changes = row.commenced_by.iter().filter_map(named);
    changes
        .map(|c| match c.from {
            Some(from) => format!("{} ({}: in force {})", c.citation, c.id, words::day(from)),
            None => format!("{} ({})", c.citation, c.id),
        })
        .collect()
}

fn covers(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from.map(words::day), to.map(words::day)) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, _) => String::new(),
    }
}

fn orders(orders: &[OrderWithRequirements]) -> String {
    let name = |order: &OrderWithRequirements| match order {
        OrderWithRequirements::Community => "Community order",
        OrderWithRequirements::Suspended => "Suspended sentence order",
    };
    let names: Vec<&str> = orders.iter().map(name).collect();
    names.join("; ")
}

/// The figures of a row, each from the row. Empty where the row gives none.
fn limits(row: &Requirement) -> Vec<String> {
    let unit = match row.unit {
        Unit::Hours => "hours",
        Unit::Days | Unit::DaysOrPeriod => "days",
        Unit::ActivityDays => "activity days",
        Unit::HoursPerDay => "hours a day",
        Unit::Period | Unit::None => "",
    };
    let amount = match (row.min, row.max) {
        (Some(min), Some(max)) => Some(format!("{min} to {max} {unit}")),
        (None, Some(max)) => Some(format!("up to {max} {unit}")),
        (Some(min), None) => Some(format!("at least {min} {unit}")),
        (None, None) => None,
    };
    let only = if row.max_months_for.is_empty() {
        String::new()
    } else {
        format!(" ({})", orders(&row.max_months_for).to_lowercase())
    };
    [
        amount,
        row.max_hours_per_7_days
            .map(|hours| format!("up to {hours} hours in any 7 days")),
        row.max_months
            .map(|months| format!("up to {months} months{only}")),
        row.under_age
            .map(|age| format!("only under {age} when convicted")),
        row.review_over_months
            .map(|months| format!("reviewed by the court if over {months} months")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
