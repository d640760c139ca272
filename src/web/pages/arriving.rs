//! Somebody who has proved who she is, however she did: her new session, and on to where
//! she was going.
//!
//! Not here: the proof, by a password (`sign_in.rs`) or a provider (`openid.rs`).

use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, Utc};

use crate::{
    store::{Account, AccountId, Action, AuditEntry, Roles, SessionLimits, Token},
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
    let answer = match typed {
        Some(typed) => typed_again(state, visit, &account, &jar, typed).await,
        None => Ok(Redirect::to(local(&next, account.roles)).into_response()),
    };
    Ok((jar, answer).into_response())
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
