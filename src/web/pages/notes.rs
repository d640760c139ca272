//! The author's own notes beside a section: what to ask again, what to look up.
//!
//! Lives here: their page, and how other pages show them. Not here: leaving them out
//! of exports (`CaseFile::for_export`). To show them on one more page, give it a
//! [`NotesView`] and the component `report.notes`.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    conflict::ConflictPage,
    report::{ReportStrip, open},
};
use crate::{
    case::{CaseFile, revision::Write},
    interview::{Interview, Section, paragraphs},
    store::{LoadedReport, Stale},
    web::{
        asking::{Faults, Said},
        csrf::OurForm,
        error::Error,
        fields::{Control, FieldView},
        form::Form,
        saving::{self, Keeping, ReportForm},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// Name of the one field.
const FIELD: &str = "notes";

/// Notes as other pages show them.
#[derive(Debug, Clone, Serialize)]
pub struct NotesView {
    /// Id of their heading in the page.
    id: String,
    /// The section they stand beside.
    title: String,
    /// What they say.
    text: String,
    /// Where they are changed.
    href: String,
}

impl NotesView {
    /// The notes beside a section; `prompt` is the page to come back to.
    #[must_use]
    pub fn beside(report: &LoadedReport, section: &Section, prompt: Option<&str>) -> Self {
        let back = prompt.map_or_else(String::new, |id| format!("?from={id}"));
        Self {
            id: format!("notes-{}", section.id),
            title: section.title.clone(),
            text: held(&report.case, section).to_owned(),
            href: format!("/reports/{}/notes/{}{back}", report.id, section.id),
        }
    }

    /// For samples of pages.
    #[must_use]
    pub fn sample(section: &str) -> Self {
        Self {
            id: format!("notes-{section}"),
            title: "Health & more".into(),
            text: "Ring the <surgery>.\nThen the centre.".into(),
            href: format!("/reports/1/notes/{section}"),
        }
    }
}

/// The notes of every section that has any, in the order of the task list.
#[must_use]
pub fn written(report: &LoadedReport, interview: &Interview) -> Vec<NotesView> {
    let sections = interview.sections.iter();
    sections
        .filter(|section| !held(&report.case, section).is_empty())
        .map(|section| NotesView::beside(report, section, None))
        .collect()
}

fn held<'a>(case: &'a CaseFile, section: &Section) -> &'a str {
    case.notes.get(&section.id).map_or("", String::as_str)
}

/// The page where notes are written.
#[derive(Debug, Serialize)]
pub struct NotesPage {
    report: ReportStrip,
    section: String,
    field: FieldView,
    /// What somebody else saved meanwhile, while both texts are brought together.
    saved_meanwhile: String,
    keeping: Keeping,
    /// The prompt to come back to; empty for the section.
    from: String,
    back: String,
    back_text: &'static str,
    action: String,
}

/// Where an author came from, so that she gets back there.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    #[serde(default)]
    from: String,
}

/// A section in its report.
struct At<'a> {
    report: &'a LoadedReport,
    section: &'a Section,
    /// A prompt of the pack, or nothing.
    from: &'a str,
}

impl<'a> At<'a> {
    fn new(
        report: &'a LoadedReport,
        interview: &'a Interview,
        section: &str,
        from: &str,
    ) -> Result<Self, Error> {
        Ok(Self {
            report,
            section: interview.section(section).ok_or_else(Error::not_found)?,
            from: interview.prompt(from).map_or("", |p| p.id.as_str()),
        })
    }

    fn address(&self) -> String {
        format!("/reports/{}/notes/{}", self.report.id, self.section.id)
    }

    fn place(&self) -> String {
        format!("notes.{}", self.section.id)
    }

    fn back(&self) -> String {
        match self.from {
            "" => format!("/reports/{}/sections/{}", self.report.id, self.section.id),
            prompt => format!("/reports/{}/prompts/{prompt}", self.report.id),
        }
    }

    fn held(&self) -> &str {
        held(&self.report.case, self.section)
    }

    fn page(&self, text: &str, keeping: Keeping) -> NotesPage {
        NotesPage {
            report: ReportStrip::of(self.report),
            section: self.section.title.clone(),
            field: FieldView::new(Control::Text, FIELD, "")
                .rows(14)
                .value(text)
                .label_hidden(format!("Your notes: {}", self.section.title)),
            saved_meanwhile: if keeping.brings_together() {
                self.held().to_owned()
            } else {
                String::new()
            },
            keeping,
            from: self.from.to_owned(),
            back: self.back(),
            back_text: if self.from.is_empty() {
                "The section"
            } else {
                "The prompt"
            },
            action: self.address(),
        }
    }
}

impl Page for NotesPage {
    const NAME: &'static str = "notes.html";
    const HTML: &'static str = include_str!("notes.html");

    fn title(&self) -> String {
        format!("Your notes: {} – {}", self.section, self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let report = super::samples::report();
        let section = Section {
            id: "health".into(),
            title: "Health & more".into(),
            ..Section::default()
        };
        let at = |from| At {
            report: &report,
            section: &section,
            from,
        };
        let mut both = at("alcohol").page("Mine <b>first</b>", Keeping::sample(false));
        both.saved_meanwhile = "Theirs & more".into();
        vec![at("").page("", Keeping::nothing(3, false)), both]
    }
}

/// `GET /reports/{id}/notes/{section}`.
///
/// # Errors
/// There is no such report of hers or no such section.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    Query(query): Query<From>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&report, state.interview(), &section, &query.from)?;
    saving::show(&state, &author, &report, &at).await
}

/// `POST /reports/{id}/notes/{section}`: saves, and goes back to where she came from.
///
/// # Errors
/// There is no such report of hers or no such section, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&report, state.interview(), &section, form.one("from"))?;
    saving::save(&state, &author, &report, &at, &form).await
}

impl ReportForm for At<'_> {
    type Page = NotesPage;

    fn address(&self) -> String {
        self.address()
    }

    fn held(&self) -> Form {
        let text = self.held().to_owned();
        Form::new(vec![
            (FIELD.to_owned(), text),
            ("from".to_owned(), self.from.to_owned()),
        ])
    }

    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults> {
        let typed = typed(form);
        if typed == self.held() {
            return Ok(Vec::new());
        }
        let value = match typed.as_str() {
            "" => Value::Null,
            text => Value::from(text),
        };
        Ok(vec![Write::new(self.place(), value)])
    }

    fn page(
        &self,
        form: &Form,
        _: &[(String, String)],
        keeping: Keeping,
    ) -> Result<NotesPage, Error> {
        Ok(self.page(form.get(FIELD).unwrap_or_default(), keeping))
    }

    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error> {
        let says = |text: &str| -> Vec<Said> {
            match text {
                "" => vec!["Nothing".into()],
                text => vec![text.into()],
            }
        };
        let page = ConflictPage::between(self.report, stale, form, self.address());
        let about = format!("Notes: {}", self.section.title);
        Ok(page.saying(&about, says(self.held()), says(&typed(form))))
    }

    fn onwards(&self, _: &LoadedReport) -> String {
        self.back()
    }
}

fn typed(form: &Form) -> String {
    paragraphs(form.get(FIELD).unwrap_or_default())
}
