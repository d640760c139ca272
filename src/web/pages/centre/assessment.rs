//! Writing an assessment.
//!
//! Lives here: saving as it is typed, by a person or by the page's script; a save that saw
//! an older text is shown beside the newer one and lays nothing over it. Not here: the
//! fields (`fields`), or signing (`signing`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    address,
    fields::{Group, groups},
    open, reading,
};
use crate::{
    case::Assessment,
    store::{DraftSave, KeptDraft, KeptReferral},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        saving::{Keeping, told_refused, told_saved},
        state::AppState,
        templates::Page,
        visit::Assessor,
        words,
    },
};

/// A field that somebody else filled in otherwise meanwhile.
#[derive(Debug, Serialize)]
struct Meanwhile {
    label: String,
    theirs: String,
}

/// The form.
#[derive(Debug, Serialize)]
pub struct AssessmentPage {
    href: String,
    name: String,
    intro: String,
    groups: Vec<Group>,
    keeping: Keeping,
    saved: String,
    /// Who saved meanwhile, and when.
    stale: String,
    meanwhile: Vec<Meanwhile>,
    errors: Vec<ErrorLine>,
    fictional: bool,
}

impl AssessmentPage {
    fn new(
        state: &AppState,
        kept: &KeptReferral,
        form: &Form,
        seen: i64,
        faults: &[(String, String)],
    ) -> Self {
        let texts = &state.pack().consultancy;
        let mut groups = groups(texts, state.interview(), form);
        for group in &mut groups {
            mark(&mut group.fields, faults);
        }
        let errors = summary(groups.iter().flat_map(|g| &g.fields));
        let referral = kept.referral.as_ref();
        Self {
            href: address(kept.id),
            name: referral
                .and_then(|r| r.text("name"))
                .unwrap_or_default()
                .to_owned(),
            intro: texts.intro.clone(),
            groups,
            keeping: Keeping::nothing(seen, false),
            saved: String::new(),
            stale: String::new(),
            meanwhile: Vec::new(),
            errors,
            fictional: referral.is_some_and(|r| r.fictional),
        }
    }

    /// The same beside what somebody else saved meanwhile.
    fn stale(mut self, theirs: &KeptDraft, mine: &Form) -> Self {
        let kept = Form::new(theirs.form.clone());
        self.stale = format!("{} saved this on {}", theirs.by, words::moment(theirs.at));
        let fields = self.groups.iter().flat_map(|g| &g.fields);
        self.meanwhile = fields
            .filter_map(|field| {
                let (theirs, mine) = (value(field, &kept), value(field, mine));
                (theirs != mine).then(|| Meanwhile {
                    label: field.label.clone(),
                    theirs: if theirs.is_empty() {
                        "Empty".into()
                    } else {
                        theirs
                    },
                })
            })
            .collect();
        self
    }
}

/// What a form holds for a field, on one line.
fn value(field: &FieldView, form: &Form) -> String {
    match field.control {
        Control::Date => {
            let date = form.date(&field.name);
            let parts = [date.day, date.month, date.year];
            parts.join(" ").trim().to_owned()
        }
        Control::Checkboxes => form.all(&field.name).join(", "),
        _ => form.one(&field.name).to_owned(),
    }
}

impl Page for AssessmentPage {
    const NAME: &'static str = "centre_assessment.html";
    const HTML: &'static str = include_str!("assessment.html");

    fn title(&self) -> String {
        match self.name.as_str() {
            "" => "Assessment".into(),
            name => format!("Assessment: {name}"),
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |error: &str| {
            let field = FieldView::new(Control::Line, "signer_role", "Your <role>");
            let fields = vec![
                FieldView::new(Control::Date, "met_on", "Day you met her"),
                if error.is_empty() {
                    field
                } else {
                    field.error(error)
                },
            ];
            Self {
                href: "/centre/1".into(),
                name: "Angela <Hart>".into(),
                intro: "Saved as you go.".into(),
                errors: summary(&fields),
                groups: vec![Group {
                    heading: "Meeting <her>".into(),
                    intro: "How & when.".into(),
                    fields,
                }],
                keeping: Keeping::nothing(1, false),
                saved: "Saved".into(),
                stale: String::new(),
                meanwhile: Vec::new(),
                fictional: true,
            }
        };
        let stale = Self {
            stale: "Noor <Centre> saved this".into(),
            meanwhile: vec![Meanwhile {
                label: "Strengths".into(),
                theirs: "<Hers>".into(),
            }],
            ..page("")
        };
        vec![page(""), page("Enter your role"), stale]
    }
}

/// A referral whose assessment may be written now.
pub(super) async fn writable(
    state: &AppState,
    assessor: &Assessor,
    id: &str,
) -> Result<KeptReferral, Error> {
    use crate::store::ReferralState::{Accepted, Replied, TakenBack};
    let kept = open(state, assessor, id).await?;
    if [Accepted, Replied, TakenBack].contains(&kept.state) {
        Ok(kept)
    } else {
        Err(Error::not_found())
    }
}

/// `GET /centre/{id}/assessment`.
///
/// # Errors
/// No such referral to this centre, it was not accepted, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    assessor: Assessor,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let kept = writable(&state, &assessor, &id).await?;
    let draft = state
        .store()
        .as_assessor(assessor.account.id)
        .draft(kept.id);
    let draft = draft.await?;
    let seen = draft.as_ref().map_or(0, |d| d.revision);
    let saved = draft
        .as_ref()
        .map(|d| format!("Saved by {} on {}", d.by, words::moment(d.at)));
    let form = Form::new(draft.map(|d| d.form).unwrap_or_default());
    let mut page = AssessmentPage::new(&state, &kept, &form, seen, &[]);
    page.saved = saved.unwrap_or_default();
    assessor.visit.page(&page)
}

/// `POST /centre/{id}/assessment`: saves what is typed, whatever it is; `act=check` then
/// goes on to signing, where nothing is wrong with it.
///
/// # Errors
/// No such referral to this centre, it is closed, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    assessor: Assessor,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let kept = writable(&state, &assessor, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let store = state.store().as_assessor(assessor.account.id);
    let typed = form.carried(&["seen", "act", "tried"]);
    let now = state.now();
    match store.save_draft(kept.id, &typed, seen, now).await? {
        DraftSave::Closed => Err(Error::not_found()),
        DraftSave::Stale(theirs) => {
            if assessor.visit.is_autosave() {
                let why = format!(
                    "Not saved: {} has saved this assessment since. What you typed stays here. Choose Save to see both.",
                    theirs.by
                );
                return Ok(told_refused(&why));
            }
            let page = AssessmentPage::new(&state, &kept, &form, theirs.revision, &[]);
            let page = page.stale(&theirs, &form);
            assessor.visit.page_as(StatusCode::CONFLICT, &page)
        }
        DraftSave::Saved { revision } if assessor.visit.is_autosave() => {
            Ok(told_saved(now, revision))
        }
        DraftSave::Saved { revision } => {
            let there = address(kept.id);
            if form.one("act") != "check" {
                return Ok(Redirect::to(&format!("{there}/assessment")).into_response());
            }
            match read(&state, &form) {
                Ok(_) => Ok(Redirect::to(&format!("{there}/sign")).into_response()),
                Err(faults) => {
                    let page = AssessmentPage::new(&state, &kept, &form, revision, &faults);
                    assessor.visit.refused(&page)
                }
            }
        }
    }
}

pub(super) fn read(state: &AppState, form: &Form) -> Result<Assessment, Vec<(String, String)>> {
    let texts = &state.pack().consultancy;
    reading::read(texts, state.interview(), form, state.today())
}
