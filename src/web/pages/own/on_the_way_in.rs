//! Setting a second step up on the way in, where the installation asks for it: between the
//! password and the session.
//!
//! Not here: the page (`second_step`), or typing a code at sign-in (`sign_in_code`).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;

use super::second_step::{CameFrom, SecondStepPage, confirmed};
use crate::{
    store::{Account, Action, SecondStep, Token},
    web::{
        csrf::OurForm,
        error::Error,
        pages::{
            arriving::{go_on, held_cookie, held_token, note, with_new_session},
            sign_in_code::CodePage,
        },
        state::AppState,
        visit::{Visit, session_cookie},
    },
};

/// `GET /sign-in/second-step`: setting it up on the way in, where the installation asks
/// for it.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    jar: CookieJar,
) -> Result<Response, Error> {
    match coming_in(&state, &jar).await? {
        Some((_, page)) => visit.page(&page),
        None => visit.page_as(StatusCode::GONE, &CodePage::gone()),
    }
}

/// Whoever is on her way in without a second step, with her page. Not who has one: her
/// code is asked for elsewhere, and nothing here lets anybody past it.
async fn coming_in(
    state: &AppState,
    jar: &CookieJar,
) -> Result<Option<(Account, SecondStepPage)>, Error> {
    let Some(token) = held_token(state, jar) else {
        return Ok(None);
    };
    let store = state.store();
    let Some((account, _)) = store.held_sign_in(&token, state.now()).await? else {
        return Ok(None);
    };
    let step = store.second_step(&account).await?;
    if !matches!(step, SecondStep::Begun(_)) {
        return Ok(None);
    }
    let removal = store.removal_to_tell(account.id).await?;
    let page = SecondStepPage::new(&step).telling(removal).on_the_way_in();
    Ok(Some((account, page)))
}

/// `POST /sign-in/second-step`: the code that turns it on signs her in; and going on from
/// the recovery codes, once she has them.
///
/// # Errors
/// The store fails.
pub async fn act(
    State(state): State<AppState>,
    visit: Visit,
    jar: CookieJar,
    from: CameFrom,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    if form.one("act") == "go-on" {
        return leave_codes(&state, visit, jar).await;
    }
    let Some((account, page)) = coming_in(&state, &jar).await? else {
        return visit.page_as(StatusCode::GONE, &CodePage::gone());
    };
    let codes = match confirmed(&state, &account, &form, from).await? {
        Ok(codes) => codes,
        Err((status, what)) => return visit.page_as(status, &page.at_fault("code", &what)),
    };
    let now = state.now();
    state.store().told_of_removal(account.id, now).await?;
    note(&state, Action::SignedIn, Some(account.id), now).await?;
    let jar = with_new_session(&state, account.id, jar).await?;
    let session = jar.get(session_cookie(state.setting()));
    let session = session.and_then(|c| Token::parse(c.value()));
    let session = session.ok_or_else(|| Error::broken("a session without a token"))?;
    let visit = visit.signed_in_as(&account, session);
    let page = visit.page(&page.with_codes(codes))?;
    Ok((jar, page).into_response())
}

/// On from the recovery codes to where she was going: in the session that she has by now,
/// which must be that of whoever was on her way in.
async fn leave_codes(state: &AppState, visit: Visit, jar: CookieJar) -> Result<Response, Error> {
    let (store, now) = (state.store(), state.now());
    let session = jar.get(session_cookie(state.setting()));
    let session = match session.and_then(|c| Token::parse(c.value())) {
        Some(token) => store.session(&token, now).await?,
        None => None,
    };
    let held = match held_token(state, &jar) {
        Some(token) => {
            let held = store.held_sign_in(&token, now).await?;
            store.let_go_of_sign_in(&token).await?;
            held
        }
        None => None,
    };
    let Some(session) = session else {
        return visit.page_as(StatusCode::GONE, &CodePage::gone());
    };
    let jar_after = jar.clone().remove(held_cookie(state, String::new()));
    let hers = held.filter(|(account, _)| account.id == session.account.id);
    let Some((account, held)) = hers else {
        // She read the codes for longer than a sign-in is held: she is in all the same.
        return Ok((jar_after, Redirect::to("/")).into_response());
    };
    let answer = go_on(state, visit, &account, &jar, held).await?;
    Ok((jar_after, answer).into_response())
}
