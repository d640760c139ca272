//! Checking an assessment and signing it: what she saw, and nothing else.
//!
//! Not here: writing it (`assessment`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    address,
    assessment::{read, writable},
};
use crate::{
    case::Assessment,
    store::{KeptReferral, Replied},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, summary},
        form::Form,
        pages::referrals::reply::{ReplyView, reply_view},
        state::AppState,
        templates::Page,
        visit::Assessor,
    },
};

/// The page before she signs.
#[derive(Debug, Serialize)]
pub struct SignReplyPage {
    href: String,
    name: String,
    says: String,
    reply: ReplyView,
    alone: Vec<(String, String)>,
    seen: i64,
    field: FieldView,
    errors: Vec<ErrorLine>,
    fictional: bool,
}

impl Page for SignReplyPage {
    const NAME: &'static str = "centre_sign.html";
    const HTML: &'static str = include_str!("sign.html");

    fn title(&self) -> String {
        "Check and sign the assessment".into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |field: FieldView| Self {
            href: "/centre/1".into(),
            name: "Angela <Hart>".into(),
            says: "By signing <you>…".into(),
            reply: ReplyView::sample(),
            alone: vec![("Safe <contact>".into(), "Text & wait".into())],
            seen: 3,
            errors: summary([&field]),
            field,
            fictional: true,
        };
        vec![page(accept()), page(accept().error("Say that she knows"))]
    }
}

fn accept() -> FieldView {
    FieldView::new(Control::Checkboxes, "accept", "Before you sign").hinted_options([(
        "yes",
        "This is the centre’s assessment, and she knows what it says",
        String::new(),
    )])
}

fn sign_page(
    state: &AppState,
    kept: &KeptReferral,
    assessment: &Assessment,
    seen: i64,
) -> SignReplyPage {
    let texts = &state.pack().consultancy;
    let referral = kept.referral.as_ref();
    let label = |name: &str| texts.text(name).map_or("", |t| t.label.as_str()).to_owned();
    let alone = [
        ("safe_contact", &assessment.safe_contact),
        ("safety", &assessment.safety),
        ("not_for_court", &assessment.not_for_court),
    ];
    let alone = alone.into_iter().filter(|(_, text)| !text.is_empty());
    SignReplyPage {
        href: address(kept.id),
        name: referral
            .and_then(|r| r.text("name"))
            .unwrap_or_default()
            .to_owned(),
        says: texts.sign.clone(),
        reply: reply_view(assessment, state.interview()),
        alone: alone
            .map(|(name, text)| (label(name), text.clone()))
            .collect(),
        seen,
        field: accept(),
        errors: Vec::new(),
        fictional: referral.is_some_and(|r| r.fictional),
    }
}

/// `GET /centre/{id}/sign`.
///
/// # Errors
/// No such referral to this centre, nothing is written that could be signed, or the store
/// fails.
pub async fn check(
    State(state): State<AppState>,
    assessor: Assessor,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let kept = writable(&state, &assessor, &id).await?;
    let draft = state
        .store()
        .as_assessor(assessor.account.id)
        .draft(kept.id);
    let Some(draft) = draft.await? else {
        return Ok(to_the_form(&kept));
    };
    match read(&state, &Form::new(draft.form)) {
        Ok(assessment) => {
            let page = sign_page(&state, &kept, &assessment, draft.revision);
            assessor.visit.page(&page)
        }
        Err(_) => Ok(to_the_form(&kept)),
    }
}

fn to_the_form(kept: &KeptReferral) -> Response {
    Redirect::to(&format!("{}/assessment", address(kept.id))).into_response()
}

/// `POST /centre/{id}/sign`: signs what she saw, and nothing else.
///
/// # Errors
/// As [`check`].
pub async fn sign(
    State(state): State<AppState>,
    assessor: Assessor,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let kept = writable(&state, &assessor, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let store = state.store().as_assessor(assessor.account.id);
    let Some(draft) = store.draft(kept.id).await? else {
        return Ok(to_the_form(&kept));
    };
    let Ok(assessment) = read(&state, &Form::new(draft.form)) else {
        return Ok(to_the_form(&kept));
    };
    if form.one("accept") != "yes" {
        let mut page = sign_page(&state, &kept, &assessment, draft.revision);
        page.field = page.field.error("Confirm that she knows what it says");
        page.errors = summary([&page.field]);
        return assessor.visit.refused(&page);
    }
    match store.sign(kept.id, &assessment, seen, state.now()).await? {
        Replied::Now(_) => Ok(Redirect::to(&address(kept.id)).into_response()),
        Replied::Closed => Err(Error::not_found()),
        // Somebody went on writing: she reads it again before she signs.
        Replied::Stale => {
            let page = sign_page(&state, &kept, &assessment, draft.revision);
            assessor.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}
