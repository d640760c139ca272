//! Records duty, for administrators: whose time is over, what must be kept, and erasing a
//! report with two people.
//!
//! Lives here: one file a page, and what they share. Not here: the rules
//! (`crate::records`), or what erasing is (`store::records`). No page here says whom a report
//! is about; a restricted report shows its number and its dates alone.

pub mod erasing;
mod forms;
pub mod holding;
pub mod list;
pub mod one;

use chrono::NaiveDate;

use crate::{
    records::{Due, Held, RecordsTexts, Time},
    store::OnRecord,
    web::words,
};

/// The longest reason or note.
pub(super) const LONGEST: u32 = 1000;

/// What the rules want to know of a report.
fn held(report: &OnRecord) -> Held {
    Held {
        practice: report.practice,
        last_change: words::day_of(report.last_change),
        signed: report.signed_at.map(words::day_of),
        hearing: report.hearing,
        referral: report.referral_at.map(words::day_of),
        has_plan: report.has_plan,
        plan_ends: report.plan_ends,
    }
}

/// Until when a report is kept, and how it stands to that.
fn due<'t>(
    texts: &'t RecordsTexts,
    report: &OnRecord,
    today: NaiveDate,
) -> Option<(Due<'t>, Time)> {
    let due = texts.retention.due(&held(report))?;
    Some((due, texts.retention.time(due.on, today)))
}

/// Whose it is, in words.
fn owner(report: &OnRecord) -> String {
    if report.restricted {
        "Restricted".to_owned()
    } else {
        report.owner.clone()
    }
}

/// What is wrong with a reason that must be given.
fn fault_of(typed: &str) -> Option<String> {
    match typed.chars().count() {
        0 => Some("Enter a reason".into()),
        n if n > LONGEST as usize => {
            Some(format!("The reason must be {LONGEST} characters or less"))
        }
        _ => None,
    }
}
