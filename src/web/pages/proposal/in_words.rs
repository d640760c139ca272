//! The proposal in words: one paragraph, the requirements as a table, and the plain text
//! that fits the official tool's box.
//!
//! Lives here: the page. Not here: any wording or the limit (`sentencing`), or what is
//! withheld (`pack`).

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use crate::{
    sentencing::ProposalWords,
    web::{
        error::Error,
        findings::FindingView,
        pages::leaving,
        pages::report::{ReportStrip, open},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words::characters_of,
    },
};

/// What is proposed, in words to copy.
#[derive(Debug, Serialize)]
pub struct InWordsPage {
    report: ReportStrip,
    words: ProposalWords,
    text: String,
    /// `1,873 of 4,000 characters`.
    counted: String,
    /// True where no sentence has been chosen yet.
    empty: bool,
    /// Why it cannot be copied, where something in it must not leave.
    held_back: Vec<FindingView>,
}

impl InWordsPage {
    fn new(report: ReportStrip, words: ProposalWords, most: u32, empty: bool) -> Self {
        let text = words.text();
        Self {
            report,
            counted: characters_of(words.characters(), most),
            text,
            words,
            empty,
            held_back: Vec::new(),
        }
    }
}

impl Page for InWordsPage {
    const NAME: &'static str = "proposal_in_words.html";
    const HTML: &'static str = include_str!("in_words.html");

    fn title(&self) -> String {
        format!("The proposal in words – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let row = crate::sentencing::RequirementWords {
            name: "Unpaid work <requirement>".into(),
            amount: "80 hours".into(),
            place: "Newbury & Thatcham".into(),
            ..Default::default()
        };
        let words = |fits, shortened| ProposalWords {
            paragraph: "An 18-month community order is proposed.".into(),
            requirements: vec![row.clone()],
            shortened,
            fits,
        };
        let strip = || ReportStrip::sample(true);
        vec![
            Self::new(strip(), words(true, false), 4000, false),
            Self::new(strip(), words(false, true), 4000, false),
            Self::new(strip(), ProposalWords::default(), 4000, true),
            Self {
                held_back: FindingView::samples(),
                ..Self::new(strip(), words(true, false), 4000, false)
            },
        ]
    }
}

/// `GET /reports/{id}/proposal/words`.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let words = state.pack().proposal_in_words(&report.case, state.today());
    let empty = report.case.proposal.order.is_none();
    let most = state.law().about.official_box_characters;
    let mut page = InWordsPage::new(ReportStrip::of(&report), words, most, empty);
    page.held_back = leaving::held_back(
        &state,
        &report.case,
        &page.text,
        ("The proposal in words", "proposal"),
        report.id,
    );
    author.visit.page(&page)
}
