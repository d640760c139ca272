//! What was typed in a form that could not be taken in, carried to where it can be: by
//! way of signing in, past a page of an earlier session, or around a failure.
//!
//! Lives here: holding a form's body until its answer is known. Not here: the page that
//! shows it (`pages/typed.rs`), or faults of what was typed (`saving`). It works for
//! every form of a report or an entry, so that no page can forget it.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request, State},
    http::{Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    csrf::{Pairs, comes_from_elsewhere},
    error::Error,
    form::Form,
    pages::{sign_in::SignInPage, typed::TypedPage},
    state::AppState,
    templates::report_in,
    visit::{NobodySignedIn, Visit, asks_as_autosave, session},
};
use crate::store::ReportId;

/// The largest form: 100,000 letters of any script, as browsers write them, and more.
pub const LARGEST_FORM: usize = 2 * 1024 * 1024;

/// A form up to this size is read to its end before it is refused: a browser that is
/// answered while it still sends shows its own error, and none of our words.
const READ_TO_THE_END: usize = 4 * LARGEST_FORM;

/// True for the addresses whose forms are carried: those that take in what is typed
/// for reports and directory entries. Passwords are never carried.
#[must_use]
pub fn carries_to(path: &str) -> bool {
    let ours = ["/reports/", "/checks/", "/directory/mine/"];
    ours.iter().any(|start| path.starts_with(start)) && !path.contains(['\\', '\r', '\n', '?', '#'])
}

/// Why a form was not taken in, where sending it again may help.
enum Why {
    NobodySignedIn,
    OldPage,
    Failure,
}

impl Why {
    fn of(response: &Response) -> Option<Self> {
        let told = response.extensions();
        if told.get::<NobodySignedIn>().is_some() {
            return Some(Self::NobodySignedIn);
        }
        match told.get::<Error>() {
            Some(error) if error.is_old_token() => Some(Self::OldPage),
            Some(error) if error.is_failure() => Some(Self::Failure),
            None if response.status().is_server_error() => Some(Self::Failure),
            _ => None,
        }
    }
}

/// Holds what was typed until the answer is known, and shows it where it was not taken
/// in. A page's own script keeps its text itself.
pub async fn hold(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !is_held(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, READ_TO_THE_END).await else {
        return Error::too_large().into_response();
    };
    if body.len() > LARGEST_FORM {
        return Error::too_large().into_response();
    }
    let asked = parts.clone();
    let sent = Request::from_parts(parts, Body::from(body.clone()));
    let response = next.run(sent).await;
    let Some(why) = Why::of(&response) else {
        return response;
    };
    let status = response.status();
    let Some(page) = shown(&state, asked, body, why, status).await else {
        return response;
    };
    if let Some(error) = response.extensions().get::<Error>() {
        error.note();
    }
    page
}

fn is_held(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|k| k.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST
        && carries_to(request.uri().path())
        && kind.starts_with("application/x-www-form-urlencoded")
        && !asks_as_autosave(request.headers())
}

/// The page that shows what was typed; none where the form is not of our own page.
async fn shown(
    state: &AppState,
    mut asked: Parts,
    body: Bytes,
    why: Why,
    status: StatusCode,
) -> Option<Response> {
    if comes_from_elsewhere(&asked.headers) {
        return None;
    }
    let to = asked.uri.path().to_owned();
    let form = read(state, asked.clone(), body).await?;
    if crosses(&to, &form) {
        return Some(Error::crossed().into_response());
    }
    if let Some(session) = session(&asked, state).await.ok().flatten() {
        asked.extensions.insert(session);
    }
    let account = asked.extensions.get::<crate::store::Session>();
    let account = account.map(|s| s.account.id);
    let visit = Visit::from_request_parts(&mut asked, state).await.ok()?;
    let page = match why {
        Why::NobodySignedIn => {
            let page = SignInPage::carrying(&to, &form).beside(state.openid());
            return visit.page_as(StatusCode::UNAUTHORIZED, &page).ok();
        }
        // Only whoever may open the report gets a button that sends to it.
        Why::OldPage => {
            let account = account?;
            if let Some(report) = authors_report(&to) {
                state.store().as_author(account).load(report).await.ok()??;
            }
            TypedPage::of_an_old_page(&to, &form)
        }
        Why::Failure => TypedPage::of_a_failure(&to, &form),
    };
    visit.page_as(status, &page).ok()
}

/// The report that a form is about and that only its author may open. Whoever checks one
/// is told by the form's own page whether she still may, and keeps what she typed.
#[must_use]
pub fn authors_report(to: &str) -> Option<ReportId> {
    report_in(to).filter(|_| to.starts_with("/reports/"))
}

async fn read(state: &AppState, asked: Parts, body: Bytes) -> Option<Form> {
    let request = Request::from_parts(asked, Body::from(body));
    let axum_extra::extract::Form(pairs) = Pairs::from_request(request, state).await.ok()?;
    Some(Form::new(pairs))
}

/// True where a form names another report than its address does.
fn crosses(to: &str, form: &Form) -> bool {
    match (report_in(to), form.get("report")) {
        (Some(here), Some(named)) => named != here.to_string(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_forms_of_reports_and_entries_are_carried_through_signing_in() {
        assert!(carries_to("/reports/1/prompts/alcohol"));
        assert!(carries_to("/reports/start"));
        assert!(carries_to("/checks/1"));
        assert!(carries_to("/directory/mine/1/edit"));
        for other in [
            "/sign-in",
            "/set-up/x",
            "//evil.example/reports/",
            "/reports/\\evil",
            "",
        ] {
            assert!(!carries_to(other), "{other}");
        }
    }
}
