//! The draft as it stands: what to settle, the report itself, and under each passage
//! what it rests on, with a way to change that.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::enquiries::{TimeView, finish::FinishView};
use super::leaving::must_not_leave;
use super::notes::{self, NotesView};
use super::relied_on::ReliedOnView;
use super::report::open_by;
use super::second::{Checks, SaidView, SecondView};
use super::section::EvidenceView;
use crate::{
    finding::Severity,
    interview::Interview,
    pack::Judged,
    report::{self, ReportTemplates, document::Document, html, plain},
    review::outbound::Hit,
    sentencing::About,
    store::ReportId,
    web::{
        error::Error,
        findings::FindingView,
        links,
        state::AppState,
        templates::Page,
        visit::SignedIn,
        wording::{Of, WordingList},
        words,
    },
};

/// Something that a passage rests on.
#[derive(Debug, Serialize)]
pub struct PassageView {
    id: String,
    /// HTML made from Markdown by `report::html`, which escapes every text.
    html: String,
    evidence: Vec<EvidenceView>,
    /// Sentences of the author's own that no answer bears out.
    unsupported: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SectionView {
    id: String,
    heading: String,
    /// Level of the heading within this page.
    level: u8,
    passages: Vec<PassageView>,
    copy: CopyView,
    /// Where its author edits it; empty where she cannot.
    edit: String,
    /// True where the text is its author's.
    edited: bool,
    /// True where the answers have changed since she edited it.
    changed: bool,
    /// What a second person said about it.
    said: Vec<SaidView>,
}

/// A section as plain text, for the box of the official tool that it goes into.
#[derive(Debug, Serialize)]
struct CopyView {
    id: String,
    text: String,
    /// `812 of 4,000 characters`.
    counted: String,
    /// True where the box does not take that much.
    over: bool,
    /// The heading of the official report that it goes under; empty where there is none.
    official: String,
    /// True where something in it must not leave, so that it is not offered to copy.
    held_back: bool,
}

/// The section that goes into the official tool's short box, for the sentence proposed.
const PROPOSAL: &str = "proposal";

/// The draft of one report.
#[derive(Debug, Serialize)]
pub struct DraftPage {
    name: String,
    back: String,
    base: String,
    fictional: bool,
    findings: Vec<FindingView>,
    to_settle: usize,
    /// True where some of it must not leave, which a page of its own settles.
    leaving: bool,
    /// What the wording check says.
    wording: WordingList,
    sections: Vec<SectionView>,
    /// What to do about enquiries that are open; none where nothing is.
    finish: Option<FinishView>,
    /// True where no prompt is still needed, so that finishing is near.
    complete: bool,
    time: Option<TimeView>,
    /// The author's notes, where she has written any.
    notes: Vec<NotesView>,
    /// Services whose entries have changed since they were chosen.
    changed: Vec<ReliedOnView>,
    seen: i64,
    /// Who signed it, once somebody has.
    signed: Option<String>,
    /// How its check by a second person stands.
    second: SecondView,
    /// What she said about the whole, or about what is there no more.
    said: Vec<SaidView>,
}

impl Page for DraftPage {
    const NAME: &'static str = "draft.html";
    const HTML: &'static str = include_str!("draft.html");

    fn title(&self) -> String {
        "Draft report".into()
    }

    fn fictional(&self) -> bool {
        self.fictional
    }

    fn samples() -> Vec<Self> {
        let section = SectionView {
            id: "offence".into(),
            edit: "/reports/x/draft/offence".into(),
            edited: true,
            changed: true,
            heading: "Offence analysis".into(),
            level: 3,
            passages: vec![PassageView::sample()],
            said: SaidView::samples()[..1].to_vec(),
            copy: CopyView::new("offence", "She <acted> alone.".into(), 10),
        };
        let page = |findings: Vec<FindingView>, sections| Self {
            name: "Ms O'Neill & Co".into(),
            back: "/reports/x".into(),
            base: "/reports/x".into(),
            fictional: true,
            to_settle: findings.len(),
            leaving: !findings.is_empty(),
            findings,
            wording: WordingList::sample(),
            sections,
            notes: vec![NotesView::sample("offence"), NotesView::sample("safety")],
            finish: None,
            complete: false,
            time: None,
            changed: Vec::new(),
            seen: 7,
            signed: None,
            second: SecondView::default(),
            said: Vec::new(),
        };
        let open = Self {
            complete: true,
            finish: Some(FinishView::sample("draft")),
            time: Some(TimeView::sample()),
            changed: ReliedOnView::samples()[1..2].to_vec(),
            second: SecondView::sample(),
            said: SaidView::samples()[1..].to_vec(),
            ..page(FindingView::samples(), Vec::new())
        };
        vec![
            open,
            page(FindingView::samples(), vec![section]),
            Self {
                signed: Some("Sam <Author> on 25 November 2026".into()),
                ..page(Vec::new(), Vec::new())
            },
        ]
    }
}

/// `GET /reports/{id}/draft`.
///
/// # Errors
/// No such report of this author's, or a passage fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<ReportId>,
) -> Result<Response, Error> {
    let loaded = open_by(&state, &author, id).await?;
    let directory = state.directory().await?;
    let judged = state
        .pack()
        .judge(&loaded.case, &directory, state.today())
        .map_err(|e| Error::broken(&e))?;
    let Judged {
        draft,
        findings,
        looked,
    } = judged;
    let interview = state.interview();
    let enquiries = &state.pack().enquiries;
    let register = enquiries.register(&loaded.case.enquiries, state.today());
    let law = state.law();
    let checks = Checks::of(&state, &author, &loaded).await?;
    let said = checks.said(&draft);
    let of = Of {
        id,
        case: &loaded.case,
        interview,
        signed: loaded.signed.is_some(),
    };
    let wording = state.pack().wording_of(&draft, &loaded.case);
    let sections = draft
        .sections
        .iter()
        .map(|s| {
            let templates = &state.pack().templates;
            let mut view = section(s, id, interview, &law.about, templates, &looked.hits);
            if loaded.signed.is_none() && templates.can_be_edited(&s.id, loaded.case.format) {
                view.edit = links::edit(id, &s.id);
            }
            view.said = SaidView::about(&said, &s.id);
            view
        })
        .collect();
    let mut changed = ReliedOnView::all(&loaded, &state, &directory);
    changed.retain(ReliedOnView::is_news);
    let page = DraftPage {
        name: report::words::short_name(&loaded.case.woman.name),
        back: links::report(id),
        base: links::report(id),
        fictional: loaded.case.fictional,
        to_settle: findings
            .iter()
            .filter(|f| f.severity > Severity::Advise)
            .count(),
        leaving: findings.iter().any(must_not_leave),
        findings: findings
            .iter()
            .map(|f| FindingView::new(f, id, interview))
            .collect(),
        wording: WordingList::new(&wording, of, &draft),
        sections,
        finish: FinishView::new(&register, &loaded, "draft", None),
        complete: interview.progress(&loaded.case).needed.is_empty(),
        time: TimeView::of(&state, &loaded.case)?,
        notes: notes::written(&loaded, interview),
        changed,
        seen: loaded.revision,
        signed: loaded
            .signed
            .as_ref()
            .map(|mark| format!("{} on {}", mark.by, words::moment(mark.at))),
        second: checks.view(&loaded, &said),
        said: SaidView::elsewhere(&said, &draft),
    };
    author.visit.page(&page)
}

impl CopyView {
    fn new(id: &str, text: String, most: u32) -> Self {
        let used = text.chars().count();
        Self {
            id: id.to_owned(),
            counted: words::characters_of(used, most),
            over: used > most as usize,
            official: String::new(),
            held_back: false,
            text,
        }
    }

    fn of(
        section: &report::Section,
        about: &About,
        templates: &ReportTemplates,
        stops: &[Hit],
    ) -> Self {
        let markdown: Vec<&str> = section.passages.iter().map(|p| p.markdown.trim()).collect();
        let document = Document::from_markdown(&markdown.join("\n\n"));
        let text = plain::to_unwrapped(&document).trim_end().to_owned();
        let most = if section.id == PROPOSAL {
            about.official_box_characters
        } else {
            about.official_text_characters
        };
        let where_ = Hit::of_section(&section.heading);
        let held_back = stops.iter().any(|hit| !hit.allowed && hit.where_ == where_);
        let text = if held_back { String::new() } else { text };
        let official = templates.official(&section.id).unwrap_or_default();
        Self {
            held_back,
            official: official.to_owned(),
            ..Self::new(&section.id, text, most)
        }
    }
}

fn section(
    section: &report::Section,
    id: ReportId,
    interview: &Interview,
    about: &About,
    templates: &ReportTemplates,
    stops: &[Hit],
) -> SectionView {
    SectionView {
        id: section.id.clone(),
        edit: String::new(),
        edited: section.edited.is_some(),
        changed: section.edited.as_ref().is_some_and(|e| e.changed),
        heading: section.heading.clone(),
        level: section.level + 1,
        passages: section
            .passages
            .iter()
            .map(|p| PassageView::new(p, id, interview))
            .collect(),
        said: Vec::new(),
        copy: CopyView::of(section, about, templates, stops),
    }
}

impl PassageView {
    /// A passage with a way to change each thing it rests on.
    #[must_use]
    pub fn new(passage: &report::Passage, id: ReportId, interview: &Interview) -> Self {
        Self {
            id: passage.id.replace('/', "-"),
            evidence: EvidenceView::once(&passage.evidence, id, interview),
            unsupported: passage.unsupported.clone(),
            html: html::to_html(&Document::from_markdown(&passage.markdown), 1),
        }
    }

    /// The same for somebody who may open none of the pages that change it.
    #[must_use]
    pub fn without_links(mut self) -> Self {
        for evidence in &mut self.evidence {
            evidence.href.clear();
        }
        self
    }

    /// One for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            id: "offence/account".into(),
            html: "<p class=\"govuk-body\">She acted alone.</p>".into(),
            evidence: vec![EvidenceView::sample()],
            unsupported: vec!["She has <four> cats.".into()],
        }
    }
}
