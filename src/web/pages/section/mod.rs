//! One section of the draft in its author's hand: where she edits it, settles what the
//! answers have changed since, and goes back to an earlier version.
//!
//! Lives here: opening a section, which all of these pages do, and what they show alike.
//! Not here: comparing and merging texts (`report::edited`). A page more is a file with
//! its template, and opens with [`Opened::of`].

pub mod changes;
pub mod edit;
pub mod preview;
pub mod versions;

use serde::Serialize;
use serde_json::{Value, json};

use super::report::{ReportStrip, open};
use crate::{
    case::{SectionEdit, revision::Write},
    interview::Interview,
    report::{
        self,
        document::Document,
        edited::{Piece, difference, joined},
        html,
    },
    store::{LoadedReport, ReportId},
    web::{error::Error, links, state::AppState, visit::SignedIn},
};

/// A section of one report, as it stands.
pub struct Opened {
    /// The report.
    pub report: LoadedReport,
    /// Id of the section.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// What the answers give now.
    pub drafted: String,
    /// What its paragraphs rest on, once each.
    pub rests_on: Vec<EvidenceView>,
}

impl Opened {
    /// A section that may be edited, of a report of hers.
    ///
    /// # Errors
    /// There is no such report of hers, it has no such section, or a passage fails.
    pub async fn of(
        state: &AppState,
        author: &SignedIn,
        report: &str,
        section: &str,
    ) -> Result<Self, Error> {
        let report = open(state, author, report).await?;
        let templates = &state.pack().templates;
        if !templates.can_be_edited(section, report.case.format) {
            return Err(Error::not_found());
        }
        let heading = templates.heading(section).unwrap_or_default().to_owned();
        let directory = state.directory().await?;
        let drafted = state
            .pack()
            .draft_with(&report.case, &directory, state.today());
        let (draft, _) = drafted.map_err(|e| Error::broken(&e))?;
        let found = draft.sections.iter().find(|s| s.id == section);
        let evidence = found.into_iter().flat_map(|s| &s.passages);
        let evidence = evidence.flat_map(|p| &p.evidence);
        Ok(Self {
            drafted: found.map(drafted_now).unwrap_or_default(),
            rests_on: EvidenceView::once(evidence, report.id, state.interview()),
            id: section.to_owned(),
            heading,
            report,
        })
    }

    /// The author's own text, where she has edited it.
    #[must_use]
    pub fn edit(&self) -> Option<&SectionEdit> {
        self.report.case.edits.get(&self.id)
    }

    /// True where the answers give something else than when she last decided.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.edit()
            .is_some_and(|edit| edit.based_on != self.drafted)
    }

    /// The page where it is edited.
    #[must_use]
    pub fn address(&self) -> String {
        links::edit(self.report.id, &self.id)
    }

    /// The section in the draft.
    #[must_use]
    pub fn in_draft(&self) -> String {
        format!(
            "{}/draft#section-{}",
            links::report(self.report.id),
            self.id
        )
    }

    /// Where the case file keeps it.
    #[must_use]
    pub fn place(&self) -> String {
        SectionEdit::place(&self.id)
    }

    /// The write that makes this her text; none where it is so already. A text that says
    /// what the draft says is no edit.
    #[must_use]
    pub fn write(&self, edit: &SectionEdit) -> Option<Write> {
        if self.edit() == Some(edit) {
            return None;
        }
        if edit.text == self.drafted {
            return self.edit().map(|_| self.take());
        }
        Some(Write::new(self.place(), json!(edit)))
    }

    /// The write that takes the section as the answers give it.
    #[must_use]
    pub fn take(&self) -> Write {
        Write::new(self.place(), Value::Null)
    }

    /// What names the section on each of these pages.
    #[must_use]
    pub fn strip(&self) -> SectionStrip {
        SectionStrip {
            report: ReportStrip::of(&self.report),
            heading: self.heading.clone(),
            address: self.address(),
            in_draft: self.in_draft(),
            edited: self.edit().is_some(),
            changed: self.has_changed(),
        }
    }
}

/// A section as its answers give it.
fn drafted_now(section: &report::Section) -> String {
    match &section.edited {
        Some(edited) => edited.drafted.clone(),
        None => joined(&section.passages),
    }
}

/// Names a section on each of its pages.
#[derive(Debug, Clone, Serialize)]
pub struct SectionStrip {
    /// The report.
    pub report: ReportStrip,
    /// Heading of the section.
    pub heading: String,
    address: String,
    in_draft: String,
    edited: bool,
    changed: bool,
}

impl SectionStrip {
    /// One for samples.
    #[must_use]
    pub fn sample(edited: bool, changed: bool) -> Self {
        Self {
            report: ReportStrip::sample(true),
            heading: "Offence <analysis>".into(),
            address: "/reports/1/draft/offence".into(),
            in_draft: "/reports/1/draft#section-offence".into(),
            edited,
            changed,
        }
    }
}

/// Something a paragraph rests on, with the page that changes it.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    label: String,
    /// Page that changes it; empty for whoever may open none.
    pub href: String,
    sources: Vec<String>,
    verified: bool,
}

impl EvidenceView {
    /// Each thing once, in the order it comes.
    #[must_use]
    pub fn once<'a>(
        evidence: impl IntoIterator<Item = &'a report::Evidence>,
        id: ReportId,
        interview: &Interview,
    ) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for one in evidence {
            let href = match &one.prompt {
                Some(prompt) => links::prompt(id, prompt),
                None => links::for_place(id, &one.place, interview),
            };
            if all.iter().all(|seen| seen.href != href) {
                all.push(Self {
                    label: one.label.clone(),
                    href,
                    sources: one.sources.clone(),
                    verified: one.verified,
                });
            }
        }
        all
    }

    /// One for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            label: "What <happened>".into(),
            href: "/reports/x/prompts/offence-account".into(),
            sources: vec!["Police information (verified)".into()],
            verified: true,
        }
    }
}

/// Two texts of a section, compared.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DifferenceView {
    pieces: Vec<Piece>,
    /// True where they say the same.
    same: bool,
}

impl DifferenceView {
    /// What was taken out of one and put into the other.
    #[must_use]
    pub fn of(before: &str, after: &str) -> Self {
        let pieces = difference(before, after);
        Self {
            same: pieces.iter().all(|p| matches!(p, Piece::Kept(_))),
            pieces,
        }
    }

    /// One for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self::of("She <b>acted</b> alone.", "She said she acted & ran.")
    }
}

/// Markdown as a page shows it that has its own first heading.
#[must_use]
pub fn as_html(markdown: &str) -> String {
    html::to_html(&Document::from_markdown(markdown), 0)
}
