//! The quality check of one report: the inspectors' questions with what shows each, and
//! where the report does not agree with itself. For its author, and for whoever checks it.
//!
//! Not here: any judgement (`review::quality`) or any sentence of it
//! (`report-templates/quality/`).

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::report::{ReportStrip, open};
use crate::{
    review::quality::{Judged, Part, Piece, Quality, Shown},
    store::LoadedReport,
    web::{
        error::Error,
        findings::{FindingView, sourced},
        links,
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// Who reads a page about a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Its author, who can follow each link and change what is there.
    Author,
    /// Whoever checks it: nothing that is kept on the record, and no page of hers.
    Checker,
}

/// How far something is shown, as a tag.
#[derive(Debug, Clone, Serialize)]
struct ShownTag {
    text: String,
    colour: &'static str,
}

#[derive(Debug, Serialize)]
struct PieceView {
    label: String,
    note: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct PartView {
    looks_for: String,
    shown: ShownTag,
    evidence: Vec<PieceView>,
    better: String,
}

#[derive(Debug, Serialize)]
struct QuestionView {
    id: String,
    asks: String,
    summary: String,
    shown: ShownTag,
    parts: Vec<PartView>,
    source: String,
}

/// The quality check of a report.
#[derive(Debug, Serialize)]
pub struct QualityPage {
    report: ReportStrip,
    back: String,
    back_text: &'static str,
    label: String,
    /// How many are shown, in words.
    said: String,
    questions: Vec<QuestionView>,
    consistency: Vec<FindingView>,
    /// True for its author, who can change what is wanting.
    author: bool,
}

impl QualityPage {
    /// The page of a report, for its author or for whoever checks it.
    #[must_use]
    pub fn new(state: &AppState, report: &LoadedReport, quality: &Quality, reader: Reader) -> Self {
        let interview = state.interview();
        let finding = |f| {
            let view = FindingView::new(f, report.id, interview);
            match reader {
                Reader::Author => view,
                Reader::Checker => view.without_links(),
            }
        };
        let shown = quality.questions.iter().filter(|q| q.shown == Shown::Met);
        let view = View {
            state,
            report,
            reader,
        };
        Self {
            report: ReportStrip::of(report),
            back: match reader {
                Reader::Author => format!("{}/draft", links::report(report.id)),
                Reader::Checker => links::check(report.id),
            },
            back_text: "Draft",
            label: state.pack().quality.label.clone(),
            said: format!(
                "{} of {} shown",
                shown.count(),
                words::count(quality.questions.len(), "question")
            ),
            questions: quality.questions.iter().map(|q| view.question(q)).collect(),
            consistency: quality.consistency.iter().map(finding).collect(),
            author: reader == Reader::Author,
        }
    }
}

struct View<'a> {
    state: &'a AppState,
    report: &'a LoadedReport,
    reader: Reader,
}

impl View<'_> {
    fn question(&self, question: &Judged) -> QuestionView {
        QuestionView {
            id: question.id.clone(),
            asks: question.asks.clone(),
            summary: question.summary.clone(),
            shown: self.tag(question.shown),
            parts: question.parts.iter().map(|p| self.part(p)).collect(),
            source: sourced(&question.source),
        }
    }

    fn part(&self, part: &Part) -> PartView {
        let told = part.evidence.iter();
        let told = told.filter(|p| self.reader == Reader::Author || !p.on_record);
        PartView {
            looks_for: part.looks_for.clone(),
            shown: self.tag(part.shown),
            evidence: told.map(|p| self.piece(p)).collect(),
            better: part.better.clone(),
        }
    }

    fn piece(&self, piece: &Piece) -> PieceView {
        let href = match self.reader {
            Reader::Author => links::for_place(self.report.id, &piece.at, self.state.interview()),
            Reader::Checker => String::new(),
        };
        PieceView {
            label: piece.label.clone(),
            note: piece.note.clone(),
            href,
        }
    }

    fn tag(&self, shown: Shown) -> ShownTag {
        let (word, colour) = match shown {
            Shown::Met => ("met", "green"),
            Shown::Partly => ("partly", "yellow"),
            Shown::Not => ("not", "grey"),
        };
        ShownTag {
            text: self.state.pack().quality.word(word).to_owned(),
            colour,
        }
    }
}

impl Page for QualityPage {
    const NAME: &'static str = "quality.html";
    const HTML: &'static str = include_str!("quality.html");

    fn title(&self) -> String {
        format!("Quality check – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let tag = |colour| ShownTag {
            text: "Partly <shown>".into(),
            colour,
        };
        let question = |id: &str, href: &str| QuestionView {
            id: id.into(),
            asks: "Does it draw on <sources> & more?".into(),
            summary: "Sources".into(),
            shown: tag("yellow"),
            parts: vec![
                PartView {
                    looks_for: "The sources are <named>".into(),
                    shown: tag("green"),
                    evidence: vec![PieceView {
                        label: "Sources <used>".into(),
                        note: "not asked".into(),
                        href: href.into(),
                    }],
                    better: String::new(),
                },
                PartView {
                    looks_for: "Her words".into(),
                    shown: tag("grey"),
                    evidence: Vec::new(),
                    better: "Add a <phrase>.".into(),
                },
            ],
            source: "Inspectors (not verified)".into(),
        };
        let page = |author, href: &str| Self {
            report: ReportStrip::sample(true),
            back: "/reports/1/draft".into(),
            back_text: "Draft",
            label: "A <paraphrase>.".into(),
            said: "1 of 9 questions shown".into(),
            questions: vec![question("a", href), question("b", href)],
            consistency: Vec::new(),
            author,
        };
        let told = Self {
            consistency: FindingView::samples()[2..].to_vec(),
            ..page(true, "/reports/1/prompts/sources-used")
        };
        vec![told, page(false, "")]
    }
}

/// `GET /reports/{id}/quality`.
///
/// # Errors
/// No such report of this author's, or a passage fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let quality = checked(&state, &report).await?;
    let page = QualityPage::new(&state, &report, &quality, Reader::Author);
    author.visit.page(&page)
}

/// The quality check of a report as it stands.
///
/// # Errors
/// A passage fails, or the store does.
pub async fn checked(state: &AppState, report: &LoadedReport) -> Result<Quality, Error> {
    let directory = state.directory().await?;
    let (pack, today) = (state.pack(), state.today());
    let (draft, _) = pack
        .draft_with(&report.case, &directory, today)
        .map_err(|e| Error::broken(&e))?;
    Ok(pack.quality_check(&report.case, &draft, today))
}
