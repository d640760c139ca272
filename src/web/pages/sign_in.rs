//! Signing in and out.

use std::net::SocketAddr;

use axum::{
    Extension, Json,
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use serde::{Deserialize, Serialize};

use crate::{
    store::{AccountId, Action, SignIn, Token},
    web::{
        carrying::carries_to,
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        openid::OpenId,
        pages::arriving::{self, Arrived, arrive_with_password, note},
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
    let address = address_of(from);
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
            let jar = CookieJar::from_headers(&headers);
            arrive_with_password(&state, jar, visit, arrived).await
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

/// Where a request came from, as attempts are counted by it.
pub fn address_of(from: Option<Extension<ConnectInfo<SocketAddr>>>) -> String {
    from.map_or_else(String::new, |Extension(ConnectInfo(a))| a.ip().to_string())
}

/// The form that the sign-in page holds, and its address.
#[must_use]
pub fn typed_of(form: &Form) -> Option<arriving::Typed> {
    Typed::carried_by(form).map(|typed| (typed.to, typed.pairs))
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
