//! Writing a section in one's own words, from what the answers give or from the author's
//! text and a new draft brought together; beside it the section as it will be read.
//!
//! Lives here: the page and its form, for both. Not here: what merging gives
//! (`report::edited`). What is typed is kept as it is typed; only *Save* makes a version.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{EvidenceView, Opened, SectionStrip, as_html, preview::previewed};
use crate::{
    case::{LONGEST_EDIT, SectionEdit, revision::Write},
    interview::paragraphs,
    report::edited::{Conflict, merged},
    store::{LoadedReport, Stale},
    web::{
        asking::{Faults, Said},
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        pages::conflict::ConflictPage,
        saving::{self, Keeping, ReportForm},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// Name of the text.
const TEXT: &str = "text";
/// Name of what it is based on.
const BASED_ON: &str = "based-on";

/// The page where a section is written.
#[derive(Debug, Serialize)]
pub struct EditPage {
    section: SectionStrip,
    field: FieldView,
    errors: Vec<ErrorLine>,
    based_on: String,
    /// The text as it will be read: HTML made by `report::html`, which escapes every text.
    preview: String,
    preview_at: String,
    /// What both her text and the new draft changed, where they are brought together.
    conflicts: Vec<Conflict>,
    merging: bool,
    /// What somebody else saved meanwhile, while both texts are brought together.
    saved_meanwhile: String,
    rests_on: Vec<EvidenceView>,
    keeping: Keeping,
    action: String,
}

/// A section that is being written.
struct Writing<'a> {
    at: &'a Opened,
    state: &'a AppState,
    /// Her text and the new draft brought together, where that is what is written.
    conflicts: Option<Vec<Conflict>>,
    /// The text that the page opens with.
    opens_with: SectionEdit,
}

impl<'a> Writing<'a> {
    fn her_text(at: &'a Opened, state: &'a AppState) -> Self {
        let fresh = || SectionEdit {
            text: at.drafted.clone(),
            based_on: at.drafted.clone(),
        };
        Self {
            at,
            state,
            conflicts: None,
            opens_with: at.edit().cloned().unwrap_or_else(fresh),
        }
    }

    /// None where she has not edited the section.
    fn brought_together(at: &'a Opened, state: &'a AppState) -> Option<Self> {
        let edit = at.edit()?;
        let merged = merged(&edit.based_on, &edit.text, &at.drafted);
        Some(Self {
            at,
            state,
            conflicts: Some(merged.conflicts),
            opens_with: SectionEdit {
                text: merged.text,
                based_on: at.drafted.clone(),
            },
        })
    }

    fn typed(form: &Form) -> String {
        paragraphs(form.get(TEXT).unwrap_or_default())
    }

    /// What the text is based on: the draft that the page showed when it was opened.
    fn based_on<'f>(&'f self, form: &'f Form) -> &'f str {
        form.get(BASED_ON).unwrap_or(&self.opens_with.based_on)
    }

    fn saved(&self) -> &str {
        let edit = self.at.edit();
        edit.map_or(self.at.drafted.as_str(), |edit| edit.text.as_str())
    }
}

impl ReportForm for Writing<'_> {
    type Page = EditPage;

    fn address(&self) -> String {
        match self.conflicts {
            Some(_) => format!("{}/merge", self.at.address()),
            None => self.at.address(),
        }
    }

    fn held(&self) -> Form {
        Form::new(vec![
            (TEXT.to_owned(), self.opens_with.text.clone()),
            (BASED_ON.to_owned(), self.opens_with.based_on.clone()),
        ])
    }

    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults> {
        let text = Self::typed(form);
        if let Some(fault) = SectionEdit::fault(&text) {
            return Err(vec![(TEXT.to_owned(), fault)]);
        }
        let edit = SectionEdit {
            text,
            based_on: self.based_on(form).to_owned(),
        };
        Ok(self.at.write(&edit).into_iter().collect())
    }

    fn page(
        &self,
        form: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<EditPage, Error> {
        let text = form.get(TEXT).unwrap_or_default();
        let most = u32::try_from(LONGEST_EDIT).ok();
        let mut fields = [FieldView::new(Control::Text, TEXT, "Text of the section")
            .rows(20)
            .max(most)
            .strong()
            .value(text)];
        mark(&mut fields, faults);
        let errors = summary(&fields);
        let [field] = fields;
        let saved_meanwhile = if keeping.brings_together() {
            self.saved()
        } else {
            ""
        };
        Ok(EditPage {
            section: self.at.strip(),
            field,
            errors,
            based_on: self.based_on(form).to_owned(),
            preview: previewed(self.state, &self.at.report, &self.at.id, text),
            preview_at: format!("{}/preview", self.at.address()),
            conflicts: self.conflicts.clone().unwrap_or_default(),
            merging: self.conflicts.is_some(),
            saved_meanwhile: saved_meanwhile.to_owned(),
            rests_on: self.at.rests_on.clone(),
            keeping,
            action: self.address(),
        })
    }

    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error> {
        let says = |text: &str| -> Vec<Said> { vec![text.into()] };
        let page = ConflictPage::between(&self.at.report, stale, form, self.address());
        let (saved, typed) = (says(self.saved()), says(&Self::typed(form)));
        Ok(page.saying(&self.at.heading, saved, typed))
    }

    fn onwards(&self, _: &LoadedReport) -> String {
        self.at.in_draft()
    }

    /// A version is made by a person's own *Save*; what is typed meanwhile is kept.
    fn adds(&self) -> bool {
        true
    }

    fn is_there(&self, now: &LoadedReport, form: &Form) -> bool {
        let saved = now.case.edits.get(&self.at.id);
        saved.is_some_and(|edit| edit.text == Self::typed(form))
    }
}

/// `GET /reports/{id}/draft/{section}`.
///
/// # Errors
/// There is no such report of hers, or no such section that may be edited.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
) -> Result<Response, Error> {
    let at = Opened::of(&state, &author, &id, &section).await?;
    saving::show(&state, &author, &at.report, &Writing::her_text(&at, &state)).await
}

/// `POST /reports/{id}/draft/{section}`: saves a version, and goes back to the draft.
///
/// # Errors
/// As [`show`], or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let at = Opened::of(&state, &author, &id, &section).await?;
    let writing = Writing::her_text(&at, &state);
    saving::save(&state, &author, &at.report, &writing, &form).await
}

/// `GET /reports/{id}/draft/{section}/merge`: her text with what the answers changed.
///
/// # Errors
/// As [`show`].
pub async fn show_merged(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
) -> Result<Response, Error> {
    let at = Opened::of(&state, &author, &id, &section).await?;
    match Writing::brought_together(&at, &state) {
        Some(writing) => saving::show(&state, &author, &at.report, &writing).await,
        None => Ok(Redirect::to(&at.address()).into_response()),
    }
}

/// `POST /reports/{id}/draft/{section}/merge`.
///
/// # Errors
/// As [`show`], or the store fails.
pub async fn save_merged(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let at = Opened::of(&state, &author, &id, &section).await?;
    // Where the edit was given up meanwhile, what she typed is an edit like any other.
    let writing = Writing::brought_together(&at, &state);
    let writing = writing.unwrap_or_else(|| Writing::her_text(&at, &state));
    saving::save(&state, &author, &at.report, &writing, &form).await
}

impl Page for EditPage {
    const NAME: &'static str = "section_edit.html";
    const HTML: &'static str = include_str!("edit.html");

    fn title(&self) -> String {
        let what = if self.merging {
            "Bring together"
        } else {
            "Edit"
        };
        format!(
            "{what}: {} – {}",
            self.section.heading, self.section.report.name
        )
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.section.report.fictional
    }

    fn samples() -> Vec<Self> {
        let text = "She **acted** <b>alone</b>.\n\n- one";
        let page = |edited, changed, keeping| Self {
            section: SectionStrip::sample(edited, changed),
            field: FieldView::new(Control::Text, TEXT, "Text of the section")
                .max(Some(20_000))
                .value(text),
            errors: Vec::new(),
            based_on: "She \"acted\" <alone>.".into(),
            preview: as_html(text),
            preview_at: "/reports/1/draft/offence/preview".into(),
            conflicts: Vec::new(),
            merging: false,
            saved_meanwhile: String::new(),
            rests_on: vec![EvidenceView::sample()],
            keeping,
            action: "/reports/1/draft/offence".into(),
        };
        let mut refused = page(true, true, Keeping::sample(true));
        refused.field = refused.field.error("This section must be <shorter>");
        refused.errors = summary([&refused.field]);
        refused.saved_meanwhile = "Theirs & more".into();
        let conflict = Conflict {
            mine: "She <b>drank</b>.".into(),
            drafted: String::new(),
        };
        let together = Self {
            conflicts: vec![conflict],
            merging: true,
            ..page(true, true, Keeping::nothing(3, true))
        };
        let clean = Self {
            merging: true,
            rests_on: Vec::new(),
            ..page(true, false, Keeping::nothing(3, true))
        };
        vec![
            page(false, false, Keeping::nothing(3, true)),
            refused,
            together,
            clean,
        ]
    }
}
