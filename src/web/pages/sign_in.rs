//! Signing in and out.

use std::net::SocketAddr;

use axum::{
    Extension,
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    store::{AccountId, Action, AuditEntry, SessionLimits, SignIn, Token},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        state::AppState,
        templates::Page,
        visit::{Visit, cookie, session_cookie},
        words,
    },
};

/// The sign-in form.
#[derive(Debug, Serialize)]
pub struct SignInPage {
    /// True while nobody has an account, so that the page can say what to do.
    no_accounts: bool,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl SignInPage {
    fn new(email: &str, next: &str, no_accounts: bool) -> Self {
        Self {
            no_accounts,
            fields: vec![
                FieldView::hidden("next", next),
                FieldView::new(Control::Email, "email", "Email address")
                    .value(email)
                    .autocomplete("username"),
                FieldView::new(Control::Password, "password", "Password")
                    .autocomplete("current-password"),
            ],
            errors: Vec::new(),
        }
    }

    fn at_fault(mut self, field: &str, what: &str) -> Self {
        mark(&mut self.fields, &[(field.to_owned(), what.to_owned())]);
        self.errors = summary(&self.fields);
        self
    }
}

impl Page for SignInPage {
    const NAME: &'static str = "sign_in.html";
    const HTML: &'static str = include_str!("sign_in.html");

    fn title(&self) -> String {
        "Sign in".into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let new = || Self::new("sam@example.org", "/reports", false);
        vec![
            new(),
            Self::new("", "", true),
            new().at_fault("email", WRONG),
        ]
    }
}

const WRONG: &str = "Email address or password is not right. Check both and try again";

/// Where to go after signing in.
#[derive(Debug, Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Query(Next { next }): Query<Next>,
) -> Result<Response, Error> {
    let no_accounts = !state.store().has_accounts().await?;
    visit.page(&SignInPage::new("", &next, no_accounts))
}

/// `POST /sign-in`.
///
/// # Errors
/// The store fails.
pub async fn accept(
    State(state): State<AppState>,
    visit: Visit,
    headers: HeaderMap,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let (email, next) = (form.one("email"), form.one("next"));
    let page = SignInPage::new(email, next, false);
    if email.is_empty() {
        return visit.refused(&page.at_fault("email", "Enter your email address"));
    }
    let Some(password) = form.get("password").filter(|p| !p.is_empty()) else {
        return visit.refused(&page.at_fault("password", "Enter your password"));
    };
    let address = from.map_or_else(String::new, |Extension(ConnectInfo(a))| a.ip().to_string());
    let now = state.now();
    match state
        .store()
        .sign_in(email, password, &address, now)
        .await?
    {
        SignIn::Welcome(account) => {
            note(&state, Action::SignedIn, Some(account.id), now).await?;
            let jar = with_new_session(&state, account.id, &headers).await?;
            Ok((jar, Redirect::to(local(next))).into_response())
        }
        SignIn::Wrong => {
            note(&state, Action::SignInRefused, None, now).await?;
            visit.refused(&page.at_fault("email", WRONG))
        }
        SignIn::Wait { until } => {
            note(&state, Action::SignInRefused, None, now).await?;
            let said = format!(
                "There have been too many attempts. Wait until {} and try again",
                words::moment(until)
            );
            let page = page.at_fault("email", &said);
            visit.page_as(StatusCode::TOO_MANY_REQUESTS, &page)
        }
    }
}

/// `POST /sign-out`.
///
/// # Errors
/// The store fails.
pub async fn sign_out(
    State(state): State<AppState>,
    headers: HeaderMap,
    OurForm(_): OurForm,
) -> Result<Response, Error> {
    let jar = CookieJar::from_headers(&headers);
    let name = session_cookie(state.setting());
    if let Some(token) = jar.get(name).and_then(|c| Token::parse(c.value())) {
        let now = state.now();
        let account = state
            .store()
            .session(&token, now)
            .await?
            .map(|s| s.account.id);
        state.store().end_session(&token).await?;
        note(&state, Action::SignedOut, account, now).await?;
    }
    let jar = jar.remove(cookie(name, String::new(), state.setting()));
    Ok((jar, Redirect::to("/sign-in")).into_response())
}

/// A new session for an account, as the cookie that carries it. Always a new token:
/// one that was known before signing in must not become a session's.
///
/// # Errors
/// The store fails.
pub async fn with_new_session(
    state: &AppState,
    account: AccountId,
    headers: &HeaderMap,
) -> Result<CookieJar, Error> {
    let token = Token::random()?;
    let limits = SessionLimits::default();
    state
        .store()
        .start_session(account, &token, limits, state.now())
        .await?;
    let name = session_cookie(state.setting());
    let jar = CookieJar::from_headers(headers);
    Ok(jar.add(cookie(name, token.text(), state.setting())))
}

async fn note(
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

/// `next`, if it is a page of ours; anything else could lead to another site.
fn local(next: &str) -> &str {
    let ours =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if ours { next } else { "/reports" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(local("/reports/1"), "/reports/1");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "x",
        ] {
            assert_eq!(local(elsewhere), "/reports", "{elsewhere}");
        }
    }
}
