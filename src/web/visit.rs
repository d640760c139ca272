//! One request: its nonce, its token, and who is signed in.
//!
//! Lives here: cookies, and [`Visit`], through which a handler answers with a page. Not
//! here: who may reach which page (`guard.rs`), or proving that a form is ours
//! (`csrf.rs`).

use std::fmt;

use axum::{
    Extension,
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine as _, engine::general_purpose::STANDARD};

pub use super::guard::{
    Administrator, Anyone, AreaLead, Assessor, Auditor, Countersigner, Keeper, NobodySignedIn,
    SignedIn, session,
};
use super::{
    error::Error,
    state::{AppState, Setting},
    templates::{Chrome, Page, Who},
};
use crate::store::{Account, Session, SessionLimits, Token};

/// One answer's nonce for scripts.
#[derive(Clone)]
pub struct Nonce(String);

impl Nonce {
    fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 18];
        getrandom::fill(&mut bytes)?;
        Ok(Self(STANDARD.encode(bytes)))
    }

    /// The nonce as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The secret that this browser's forms are bound to: its session's, or before
/// signing in that of a cookie which says nothing about anybody.
#[derive(Clone)]
pub struct FormSecret(pub Token);

/// Name of the session's cookie. `__Host-` ties it to this host over TLS; browsers
/// refuse that prefix without TLS, so a trial on one's own machine goes without.
#[must_use]
pub fn session_cookie(setting: Setting) -> &'static str {
    if setting.tls {
        "__Host-foreword"
    } else {
        "foreword"
    }
}

fn visitor_cookie(setting: Setting) -> &'static str {
    if setting.tls {
        "__Host-foreword-visitor"
    } else {
        "foreword-visitor"
    }
}

/// A cookie that scripts cannot read and other sites cannot send with a form.
#[must_use]
pub fn cookie(name: &'static str, value: String, setting: Setting) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(setting.tls)
        .same_site(SameSite::Lax)
        .build()
}

/// Gives each request its nonce and its form secret.
pub async fn begin(
    State(state): State<AppState>,
    jar: CookieJar,
    mut request: Request,
    next: Next,
) -> Response {
    let setting = state.setting();
    let held = [session_cookie(setting), visitor_cookie(setting)]
        .into_iter()
        .find_map(|name| Token::parse(jar.get(name)?.value()));
    let fresh = held.is_none();
    let (Ok(nonce), Ok(token)) = (Nonce::random(), held.map_or_else(Token::random, Ok)) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let page = !request.uri().path().starts_with("/assets/");
    let visitor = token.text();
    request.extensions_mut().insert(nonce);
    request.extensions_mut().insert(FormSecret(token));
    let response = next.run(request).await;
    let names_one = response.headers().contains_key(header::SET_COOKIE);
    if fresh && page && !names_one {
        let jar = CookieJar::new().add(cookie(visitor_cookie(setting), visitor, setting));
        return (jar, response).into_response();
    }
    response
}

/// One request, as a handler needs it to answer with a page.
pub struct Visit {
    state: AppState,
    nonce: Nonce,
    secret: FormSecret,
    path: String,
    who: Option<Who>,
    autosave: bool,
}

/// Header of the requests that the page's own script sends: it wants words to show
/// in the page, not another page. Other sites cannot send it with a form.
pub const AUTOSAVE: &str = "foreword-autosave";

/// True where the page's own script is asking.
#[must_use]
pub fn asks_as_autosave(headers: &HeaderMap) -> bool {
    headers.contains_key(AUTOSAVE)
}

impl Visit {
    /// True where the page's own script is asking, and wants words and no page.
    #[must_use]
    pub fn is_autosave(&self) -> bool {
        self.autosave
    }

    /// The token that this browser's forms need.
    #[must_use]
    pub fn token_for_forms(&self) -> String {
        self.secret.0.csrf()
    }

    /// The visit of somebody who has just signed in: her name on the page, and forms
    /// bound to her new session.
    #[must_use]
    pub fn signed_in_as(mut self, account: &Account, token: Token) -> Self {
        let ends = SessionLimits::default().absolute;
        self.who = Some(who(account, ends.num_seconds()));
        self.secret = FormSecret(token);
        self
    }

    /// The visit with how many replies and checks an author waits for.
    #[must_use]
    pub fn with_waiting(mut self, waiting: usize) -> Self {
        if let Some(who) = &mut self.who {
            who.waiting = waiting;
        }
        self
    }

    /// The visit at another address than the one asked for.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// Answers with a page.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub fn page<P: Page>(&self, page: &P) -> Result<Response, Error> {
        self.page_as(StatusCode::OK, page)
    }

    /// Answers with a page that shows what is wrong with a form.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub fn refused<P: Page>(&self, page: &P) -> Result<Response, Error> {
        self.page_as(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// Answers with a page and a status.
    ///
    /// # Errors
    /// A template that cannot be rendered.
    pub fn page_as<P: Page>(&self, status: StatusCode, page: &P) -> Result<Response, Error> {
        let chrome = Chrome::around(
            page,
            self.nonce.as_str(),
            self.secret.0.csrf(),
            self.who.clone(),
            &self.path,
        );
        let html = self.state.templates().render(page, &chrome);
        let html = html.map_err(|e| Error::broken(&ErrorChain(&e)))?;
        Ok((status, Html(html)).into_response())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit
where
    AppState: axum::extract::FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let missing = |_| Error::broken("a request came past `visit::begin`");
        let Extension(nonce) = Extension::from_request_parts(parts, state)
            .await
            .map_err(missing)?;
        let Extension(secret) = Extension::from_request_parts(parts, state)
            .await
            .map_err(missing)?;
        let state: AppState = axum::extract::FromRef::from_ref(state);
        let session = parts.extensions.get::<Session>();
        let now = state.now();
        Ok(Self {
            who: session.map(|s| who(&s.account, (s.ends_at - now).num_seconds())),
            state,
            nonce,
            secret,
            path: parts.uri.path().to_owned(),
            autosave: asks_as_autosave(&parts.headers),
        })
    }
}

fn who(account: &Account, ends_in: i64) -> Who {
    Who {
        name: account.display_name.clone(),
        account: account.id.to_string(),
        roles: account.roles,
        waiting: 0,
        idle: SessionLimits::default().idle.num_seconds(),
        ends_in,
    }
}

/// An error with its causes, for the log.
pub struct ErrorChain<'a>(pub &'a dyn std::error::Error);

impl fmt::Display for ErrorChain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}
