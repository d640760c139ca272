//! Somebody who has proved who she is, however she did: her new session, and on to where
//! she was going.
//!
//! Not here: the proof, by a password (`sign_in.rs`) or a provider (`openid.rs`).

use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use chrono::{DateTime, Utc};

use crate::{
    store::{Account, AccountId, Action, AuditEntry, Held, Roles, SessionLimits, Token},
    web::{
        carrying::authors_report,
        error::Error,
        form::Form,
        guard::home,
        pages::typed::TypedPage,
        state::AppState,
        visit::{Visit, cookie, session_cookie},
    },
};

/// A form that was sent after the session had ended: its address, and what it held.
pub type Typed = (String, Vec<(String, String)>);

/// Somebody who has proved who she is, and where she was going.
pub struct Arrived {
    /// Her account.
    pub account: Account,
    /// The page of ours she wanted, if any.
    pub next: String,
    /// A form that was sent after the session had ended, and its address.
    pub typed: Option<Typed>,
}

/// Signs her in: a new session, and on to where she was going, or to what she typed.
///
/// # Errors
/// The store fails.
pub async fn arrive(
    state: &AppState,
    visit: Visit,
    jar: CookieJar,
    arrived: Arrived,
) -> Result<Response, Error> {
    let Arrived {
        account,
        next,
        typed,
    } = arrived;
    note(state, Action::SignedIn, Some(account.id), state.now()).await?;
    let jar = with_new_session(state, account.id, jar).await?;
    let held = Held { next, typed };
    let answer = go_on(state, visit, &account, &jar, held).await;
    Ok((jar, answer).into_response())
}

/// On to where she was going, or to what she typed, in the session that the jar holds.
///
/// # Errors
/// The store fails.
pub async fn go_on(
    state: &AppState,
    visit: Visit,
    account: &Account,
    jar: &CookieJar,
    held: Held,
) -> Result<Response, Error> {
    match held.typed {
        Some(typed) => typed_again(state, visit, account, jar, typed).await,
        None => Ok(Redirect::to(local(&held.next, account.roles)).into_response()),
    }
}

/// Goes on with somebody whose password is right: to the code of her second step, to
/// setting one up where the installation asks for it, or in. There is no session before
/// the code is right.
///
/// # Errors
/// The store fails.
pub async fn arrive_with_password(
    state: &AppState,
    jar: CookieJar,
    visit: Visit,
    arrived: Arrived,
) -> Result<Response, Error> {
    let (store, now, id) = (state.store(), state.now(), arrived.account.id);
    let on = store.second_step_since(id).await?.is_some();
    if !on && !state.requires_second_step() {
        return arrive_told(state, jar, visit, arrived).await;
    }
    let to = if on {
        "/sign-in/code"
    } else {
        store.begin_second_step(id, now).await?;
        "/sign-in/second-step"
    };
    let token = Token::random()?;
    let held = Held {
        next: arrived.next,
        typed: arrived.typed,
    };
    store.hold_sign_in(&token, id, &held, now).await?;
    let jar = jar.add(held_cookie(state, token.text()));
    Ok((jar, Redirect::to(to)).into_response())
}

/// Signs her in, and tells her first where somebody took her second step off.
async fn arrive_told(
    state: &AppState,
    jar: CookieJar,
    visit: Visit,
    mut arrived: Arrived,
) -> Result<Response, Error> {
    let removal = state.store().removal_to_tell(arrived.account.id).await?;
    if removal.is_some() && arrived.typed.is_none() {
        "/account/second-step".clone_into(&mut arrived.next);
    }
    arrive(state, visit, jar, arrived).await
}

/// The cookie of a sign-in that is held between the password and the code.
#[must_use]
pub fn held_cookie(state: &AppState, value: String) -> Cookie<'static> {
    let name = if state.setting().tls {
        "__Host-foreword-held"
    } else {
        "foreword-held"
    };
    cookie(name, value, state.setting())
}

/// The sign-in that a browser holds, if it names one.
#[must_use]
pub fn held_token(state: &AppState, jar: &CookieJar) -> Option<Token> {
    let held = held_cookie(state, String::new());
    Token::parse(jar.get(held.name())?.value())
}

/// Records that somebody was not signed in.
///
/// # Errors
/// The store fails.
pub async fn note_refusal(state: &AppState) -> Result<(), Error> {
    note(state, Action::SignInRefused, None, state.now()).await
}

/// Shows what was typed before signing in, if it was meant for a report of hers.
async fn typed_again(
    state: &AppState,
    visit: Visit,
    account: &Account,
    jar: &CookieJar,
    (to, pairs): Typed,
) -> Result<Response, Error> {
    if let Some(report) = authors_report(&to) {
        let hers = state.store().as_author(account.id).load(report).await?;
        hers.ok_or_else(Error::not_found)?;
    }
    let session = jar.get(session_cookie(state.setting()));
    let token = session.and_then(|c| Token::parse(c.value()));
    let token = token.ok_or_else(|| Error::broken("a session without a token"))?;
    let visit = visit.signed_in_as(account, token).at(&to);
    visit.page(&TypedPage::signed_in_again(&to, &Form::new(pairs)))
}

/// A new session for an account, as the cookie that carries it. Always a new token:
/// one that was known before signing in must not become a session's.
///
/// # Errors
/// The store fails.
pub async fn with_new_session(
    state: &AppState,
    account: AccountId,
    jar: CookieJar,
) -> Result<CookieJar, Error> {
    let token = Token::random()?;
    let limits = SessionLimits::default();
    state
        .store()
        .start_session(account, &token, limits, state.now())
        .await?;
    let name = session_cookie(state.setting());
    Ok(jar.add(cookie(name, token.text(), state.setting())))
}

/// Records an act of signing in or out.
///
/// # Errors
/// The store fails.
pub async fn note(
    state: &AppState,
    action: Action,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let entry = AuditEntry {
        account,
        report: None,
        action,
    };
    Ok(state.store().audit(&entry, now).await?)
}

/// `next`, if it is a page of ours; anything else could lead to another site, and
/// gives way to where somebody's work begins.
fn local(next: &str, roles: Roles) -> &str {
    let ours =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if ours { next } else { home(roles) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Role;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(local("/reports/1", Role::Author.into()), "/reports/1");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "x",
        ] {
            assert_eq!(
                local(elsewhere, Role::Author.into()),
                "/reports",
                "{elsewhere}"
            );
            let editors = local(elsewhere, Role::DirectoryEditor.into());
            assert_eq!(editors, "/directory/mine", "{elsewhere}");
        }
    }
}
