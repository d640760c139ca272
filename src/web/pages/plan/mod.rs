//! Her support and development plan: made from the proposal, kept, printed, reviewed.
//!
//! Lives here: opening it, and what its pages share. Not here: what a plan is
//! (`consultancy::plan`), its sentences (`report-templates/plan/`), or keeping it
//! (`store`). To add a form: a [`forms::Kind`], its fields and its reading.

pub mod forms;
mod going;
pub mod moved;
pub mod papers;
pub mod reviews;
pub mod show;
mod step;
mod view;

use chrono::{Datelike, NaiveDate};

use super::report::open;
use crate::{
    interview::typed,
    store::{LoadedReport, PlanKept, ReportId},
    web::{
        error::Error,
        form::{DateTyped, Form},
        links,
        state::AppState,
        visit::SignedIn,
    },
};

/// Years in which a day of a plan can be.
const YEARS: std::ops::RangeInclusive<i32> = 2015..=2099;

/// Where the plan of a report is.
fn home(id: ReportId) -> String {
    format!("{}/plan", links::report(id))
}

/// One of the author's own reports with its plan, which has to be there.
async fn opened(
    state: &AppState,
    author: &SignedIn,
    id: &str,
) -> Result<(LoadedReport, PlanKept), Error> {
    let report = open(state, author, id).await?;
    let kept = author.reports(state).plan(report.id).await?;
    Ok((report, kept.ok_or_else(Error::not_found)?))
}

/// What is wrong with a form: the field, and what.
type Faults = Vec<(String, String)>;

fn fault(faults: &mut Faults, name: &str, what: impl Into<String>) {
    faults.push((name.to_owned(), what.into()));
}

/// A day that was typed; `None` where nothing was, or no such day.
fn date(form: &Form, name: &str, label: &str, faults: &mut Faults) -> Option<NaiveDate> {
    let DateTyped { day, month, year } = form.date(name);
    if [&day, &month, &year].iter().all(|part| part.is_empty()) {
        return None;
    }
    let real = typed::day(&day, &month, &year).filter(|d| YEARS.contains(&d.year()));
    if real.is_none() {
        let what = format!("{label} must be a real date, such as 20 11 2026");
        fault(faults, name, what);
    }
    real
}

/// A day as its three boxes show it.
fn boxes(date: Option<NaiveDate>) -> DateTyped {
    date.map_or_else(DateTyped::default, |date| DateTyped {
        day: date.day().to_string(),
        month: date.month().to_string(),
        year: date.year().to_string(),
    })
}

/// A text that was typed, no longer than it may be.
fn text(form: &Form, name: &str, most: u32, faults: &mut Faults) -> String {
    let typed = form.one(name);
    if typed.chars().count() > most as usize {
        fault(
            faults,
            name,
            format!("Say it in {most} characters or fewer"),
        );
    }
    typed.to_owned()
}

/// A number that was typed; `None` where nothing was, or no such number.
fn count(form: &Form, name: &str, most: u32, faults: &mut Faults) -> Option<u32> {
    let typed = form.one(name);
    if typed.is_empty() {
        return None;
    }
    let number = typed.parse().ok().filter(|n| *n <= most);
    if number.is_none() {
        fault(faults, name, format!("Enter a whole number up to {most}"));
    }
    number
}
