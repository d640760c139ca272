//! What every page of one report shares: opening it, and the strip that names it.

use serde::Serialize;

use crate::{
    case::CaseFile,
    pack::Judged,
    report::Draft,
    store::{Action, AuditEntry, LoadedReport, ReportId},
    web::{error::Error, state::AppState, visit::SignedIn, words},
};

/// Names the report on each of its pages.
#[derive(Debug, Clone, Serialize)]
pub struct ReportStrip {
    /// Address of its task list.
    pub href: String,
    /// Her name.
    pub name: String,
    /// Hearing date and court, in words.
    pub hearing: String,
    /// Kind of report, in words.
    pub format: &'static str,
    /// True where it describes nobody.
    pub fictional: bool,
}

impl ReportStrip {
    /// The strip of a report.
    #[must_use]
    pub fn of(report: &LoadedReport) -> Self {
        let case = &report.case;
        let name = &case.woman.name;
        let name = [&name.title, &name.first, &name.last];
        let name: Vec<_> = name
            .iter()
            .map(|n| n.trim())
            .filter(|n| !n.is_empty())
            .collect();
        let on = case
            .hearing
            .date
            .map_or_else(|| "hearing date not set".into(), words::day);
        let court = case.hearing.court.trim();
        Self {
            href: format!("/reports/{}", report.id),
            name: if name.is_empty() {
                "No name yet".into()
            } else {
                name.join(" ")
            },
            hearing: if court.is_empty() {
                on
            } else {
                format!("{court}, {on}")
            },
            format: words::format(case.format),
            fictional: case.fictional,
        }
    }

    /// A strip for samples.
    #[must_use]
    pub fn sample(fictional: bool) -> Self {
        Self {
            href: "/reports/1".into(),
            name: "Ms Angela <Hart>".into(),
            hearing: "Reading Magistrates' Court, 3 December 2026".into(),
            format: words::FORMATS[0].2,
            fictional,
        }
    }
}

/// One of the author's own reports, by the id in an address.
///
/// # Errors
/// There is no such report, or it is not hers: the same page for both. Where hers was erased,
/// she is told so.
pub async fn open(state: &AppState, author: &SignedIn, id: &str) -> Result<LoadedReport, Error> {
    open_by(state, author, id.parse().map_err(|_| Error::not_found())?).await
}

/// The same by the id itself.
///
/// # Errors
/// As [`open`].
pub async fn open_by(
    state: &AppState,
    author: &SignedIn,
    id: ReportId,
) -> Result<LoadedReport, Error> {
    let reports = author.reports(state);
    if let Some(report) = reports.load(id).await? {
        return Ok(report);
    }
    let erased = reports.erased_at(id).await?;
    Err(erased.map_or_else(Error::not_found, Error::erased))
}

/// The draft of a case as it stands today.
///
/// # Errors
/// The directory cannot be read, or a passage fails.
pub async fn drafted(state: &AppState, case: &CaseFile) -> Result<Draft, Error> {
    Ok(judged(state, case).await?.draft)
}

/// The same, with every finding and what was looked for in it.
///
/// # Errors
/// As [`drafted`].
pub async fn judged(state: &AppState, case: &CaseFile) -> Result<Judged, Error> {
    let directory = state.directory().await?;
    let judged = state.pack().judge(case, &directory, state.today());
    judged.map_err(|e| Error::broken(&e))
}

/// Writes down that somebody looked at a report or took it out.
///
/// # Errors
/// The store fails.
pub async fn note(
    state: &AppState,
    author: &SignedIn,
    report: ReportId,
    action: Action,
) -> Result<(), Error> {
    let entry = AuditEntry {
        account: Some(author.account.id),
        report: Some(report),
        action,
    };
    Ok(state.store().audit(&entry, state.now()).await?)
}
