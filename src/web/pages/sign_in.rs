//! Signing in and out.

use std::net::SocketAddr;

use axum::{
    Extension, Json,
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    store::{Account, AccountId, Action, AuditEntry, Roles, SessionLimits, SignIn, Token},
    web::{
        carrying::{authors_report, carries_to},
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        guard::home,
        openid::OpenId,
        pages::typed::TypedPage,
        state::AppState,
        templates::Page,
        visit::{Anyone, Visit, cookie, session_cookie},
        words,
    },
};

/// The sign-in form.
#[derive(Debug, Serialize)]
pub struct SignInPage {
    /// True while nobody has an account, so that the page can say what to do.
    no_accounts: bool,
    /// What was typed in a form that was sent after the session had ended, carried
    /// along until somebody is signed in.
    typed: Option<Typed>,
    /// What to call the provider one can sign in with instead; nothing where there is
    /// none.
    elsewhere: String,
    /// Where that begins.
    elsewhere_link: String,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl SignInPage {
    fn new(email: &str, next: &str, no_accounts: bool) -> Self {
        Self {
            no_accounts,
            typed: None,
            elsewhere: String::new(),
            elsewhere_link: link_elsewhere(next),
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

    /// The page for somebody who sent a form after the session had ended.
    #[must_use]
    pub fn carrying(to: &str, form: &Form) -> Self {
        let mut page = Self::new("", "", false);
        page.typed = Some(Typed {
            to: to.to_owned(),
            pairs: form.carried(&[]),
        });
        page
    }

    /// The page with a way to sign in at a provider, where there is one.
    #[must_use]
    pub fn beside(self, provider: Option<&OpenId>) -> Self {
        self.called(provider.map_or("", OpenId::name))
    }

    fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.elsewhere);
        self
    }

    fn at_fault(mut self, field: &str, what: &str) -> Self {
        mark(&mut self.fields, &[(field.to_owned(), what.to_owned())]);
        self.errors = summary(&self.fields);
        self
    }
}

/// A form on its way, by way of signing in. It is shown to whoever signs in, who may
/// then send it; it is never saved without that.
#[derive(Debug, Serialize)]
struct Typed {
    to: String,
    pairs: Vec<(String, String)>,
}

/// What the names of a carried form begin with on the sign-in page.
const CARRIED: &str = "typed.";

impl Typed {
    /// The form that the sign-in page carries.
    fn carried_by(form: &Form) -> Option<Self> {
        let to = form.one("typed-for");
        let pairs = form.pairs().iter().filter_map(|(name, value)| {
            let name = name.strip_prefix(CARRIED)?;
            Some((name.to_owned(), value.clone()))
        });
        carries_to(to).then(|| Self {
            to: to.to_owned(),
            pairs: pairs.collect(),
        })
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
        let carrying = || {
            Self::carrying(
                "/reports/1/prompts/alcohol",
                &Form::new(vec![("value".into(), "She <b>said</b> \"this\"".into())]),
            )
        };
        vec![
            new(),
            Self::new("", "", true),
            new().at_fault("email", WRONG),
            carrying(),
            carrying().called("the County's sign-in"),
            new().called("the County's sign-in"),
        ]
    }
}

const WRONG: &str = "Email address or password is not right. Check both and try again";

/// Where to go after signing in.
#[derive(Debug, Deserialize)]
pub struct Next {
    #[serde(default)]
    pub next: String,
}

/// Where signing in with a provider begins, on the way to a page of ours.
fn link_elsewhere(next: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/sign-in/openid?next={next}")
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
    visit.page(&SignInPage::new("", &next, no_accounts).beside(state.openid()))
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
    let mut page = SignInPage::new(email, next, false).beside(state.openid());
    page.typed = Typed::carried_by(&form);
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
            let arrived = Arrived {
                account,
                next: next.to_owned(),
                typed: page.typed.map(|typed| (typed.to, typed.pairs)),
            };
            arrive(&state, visit, CookieJar::from_headers(&headers), arrived).await
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

/// Somebody who has proved who she is, and where she was going.
pub struct Arrived {
    /// Her account.
    pub account: Account,
    /// The page of ours she wanted, if any.
    pub next: String,
    /// A form that was sent after the session had ended, and its address.
    pub typed: Option<(String, Vec<(String, String)>)>,
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
        Some((to, pairs)) => typed_again(state, visit, &account, &jar, Typed { to, pairs }).await,
        None => Ok(Redirect::to(local(&next, account.roles)).into_response()),
    };
    Ok((jar, answer).into_response())
}

/// The form that the sign-in page holds, and its address.
#[must_use]
pub fn typed_of(form: &Form) -> Option<(String, Vec<(String, String)>)> {
    Typed::carried_by(form).map(|typed| (typed.to, typed.pairs))
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
    typed: Typed,
) -> Result<Response, Error> {
    if let Some(report) = authors_report(&typed.to) {
        let hers = state.store().as_author(account.id).load(report).await?;
        hers.ok_or_else(Error::not_found)?;
    }
    let session = jar.get(session_cookie(state.setting()));
    let token = session.and_then(|c| Token::parse(c.value()));
    let token = token.ok_or_else(|| Error::broken("a session without a token"))?;
    let visit = visit.signed_in_as(account, token).at(&typed.to);
    visit.page(&TypedPage::signed_in_again(
        &typed.to,
        &Form::new(typed.pairs),
    ))
}

/// `GET /session`: who is signed in, for how long, and the token for forms; for the
/// scripts of our own pages. Asking counts as being there, which keeps the session.
pub async fn session(person: Anyone, State(state): State<AppState>) -> Response {
    let ends_in = (person.ends_at - state.now()).num_seconds();
    let standing = Standing {
        account: person.account.id,
        csrf: person.visit.token_for_forms(),
        ends_in,
    };
    Json(standing).into_response()
}

#[derive(Debug, Serialize)]
struct Standing {
    account: AccountId,
    csrf: String,
    ends_in: i64,
}

/// `POST /sign-out`. Nothing of ours is in the browser but the cookie and, until they
/// are told otherwise, pages it may keep to go back to.
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
    let clear = [("clear-site-data", "\"cache\", \"storage\"")];
    Ok((jar, clear, Redirect::to("/sign-in")).into_response())
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
