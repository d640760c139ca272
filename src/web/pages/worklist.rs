//! What is outstanding over all of an author's reports, by hearing date and then by
//! how long it has waited. Read from what lists keep of a report: none is opened for it.

use std::cmp::Reverse;

use axum::{extract::State, response::Response};
use chrono::NaiveDate;
use serde::Serialize;

use super::enquiries::view::{Tag, ago, chosen, hearing_in, slot, tag};
use crate::{
    review::{
        EnquiryTexts,
        enquiries::{Entry, Standing},
    },
    store::ReportRow,
    web::{error::Error, links, state::AppState, templates::Page, visit::SignedIn, words},
};

/// Every open enquiry.
#[derive(Debug, Serialize)]
pub struct WorklistPage {
    said: String,
    /// Of hearings to come, and of reports with no hearing day.
    rows: Vec<Row>,
    /// Of hearings that have been.
    past: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    href: String,
    report: String,
    case_number: String,
    example: bool,
    hearing: String,
    hearing_in: String,
    name: String,
    agency: String,
    tag: Tag,
    lines: Vec<String>,
}

impl WorklistPage {
    fn new(reports: &[ReportRow], texts: &EnquiryTexts, today: NaiveDate) -> Self {
        let mut open: Vec<(&ReportRow, Entry)> = reports
            .iter()
            .flat_map(|report| {
                let enquiries = report.enquiries.as_deref().unwrap_or_default();
                let register = texts.register(enquiries, today).into_iter();
                register.map(move |entry| (report, entry))
            })
            .filter(|(_, entry)| entry.is_outstanding())
            .collect();
        open.sort_by_key(|(report, entry)| {
            let waited = entry.waiting.unwrap_or(i64::MIN);
            let hearing = (report.hearing_date.is_none(), report.hearing_date);
            (hearing, Reverse(waited), report.id.to_string())
        });
        let mut about: Vec<_> = open.iter().map(|(report, _)| report.id).collect();
        about.sort_by_key(ToString::to_string);
        about.dedup();
        let said = format!(
            "{} in {}.",
            words::count(open.len(), "enquiry").replace("enquirys", "enquiries") + " outstanding",
            words::count(about.len(), "report")
        );
        let (past, rows) = open
            .iter()
            .partition(|(report, _)| report.hearing_date.is_some_and(|day| day < today));
        let shown = |some: Vec<&(&ReportRow, Entry)>| {
            let rows = some.into_iter();
            rows.map(|(report, entry)| Row::new(report, entry, today))
                .collect()
        };
        Self {
            said,
            rows: shown(rows),
            past: shown(past),
        }
    }
}

impl Row {
    fn new(report: &ReportRow, entry: &Entry, today: NaiveDate) -> Self {
        let enquiry = &entry.enquiry;
        let mut lines = Vec::new();
        if let Some(days) = entry.waiting {
            lines.push(format!("Sent {}", ago(days)));
        }
        if let Some(last) = enquiry.chased.iter().max() {
            lines.push(format!("Chased {}", ago((today - *last).num_days())));
        }
        if let (Standing::Late, Some(expected)) = (entry.standing, enquiry.expected) {
            lines.push(format!("Reply was expected by {}", words::day(expected)));
        }
        if let Some(way) = enquiry.if_outstanding {
            lines.push(format!("At the finish: {}", chosen(way)));
        }
        let hearing = report.hearing_date;
        Self {
            href: format!(
                "{}/enquiries#{}",
                links::report(report.id),
                slot(entry.number, enquiry.kind)
            ),
            report: match report.name.trim() {
                "" => "No name yet".into(),
                name => name.to_owned(),
            },
            case_number: report.case_number.clone().unwrap_or_default(),
            example: report.fictional,
            hearing: hearing.map_or_else(|| "Not set".into(), words::day),
            hearing_in: hearing
                .map(|day| hearing_in(day, today))
                .unwrap_or_default(),
            name: entry.name.clone(),
            agency: entry.agency.clone(),
            tag: tag(entry.standing),
            lines,
        }
    }
}

impl Page for WorklistPage {
    const NAME: &'static str = "worklist.html";
    const HTML: &'static str = include_str!("worklist.html");

    fn title(&self) -> String {
        "Enquiries outstanding".into()
    }

    fn samples() -> Vec<Self> {
        let row = |standing, example| Row {
            href: "/reports/1/enquiries#enquiry-0".into(),
            report: "<i>Angela</i> Example".into(),
            case_number: "26WB0001".into(),
            example,
            hearing: "3 December 2026".into(),
            hearing_in: "in 3 days".into(),
            name: "Police: domestic abuse".into(),
            agency: "A <force>".into(),
            tag: tag(standing),
            lines: vec!["Sent 9 days ago".into(), "Chased 2 days ago".into()],
        };
        let rows = || vec![row(Standing::Late, true), row(Standing::NotAsked, false)];
        let page = |rows, past| Self {
            said: "2 things outstanding in 2 reports.".into(),
            rows,
            past,
        };
        vec![
            page(rows(), Vec::new()),
            page(rows(), rows()),
            page(Vec::new(), rows()),
            page(Vec::new(), Vec::new()),
        ]
    }
}

/// `GET /worklist`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, author: SignedIn) -> Result<Response, Error> {
    let reports = author.reports(&state).list_with_enquiries().await?;
    let texts = &state.pack().enquiries;
    let page = WorklistPage::new(&reports, texts, state.today());
    author.visit.page(&page)
}
