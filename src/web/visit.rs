//! One request: its nonce, its token, and who is signed in.
//!
//! Lives here: cookies, the [`SignedIn`] author, and [`Visit`], through which a
//! handler answers with a page. Not here: proving that a form is ours (`csrf.rs`).
//! A handler that takes [`SignedIn`] can be reached by nobody else.

use std::{fmt, future::Future};

use axum::{
    Extension,
    extract::{FromRequestParts, Request, State},
    http::{StatusCode, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    error::Error,
    state::{AppState, Setting},
    templates::{Chrome, Page},
};
use crate::store::{Account, AuthorStore, Token};

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
    name: Option<String>,
}

impl Visit {
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
            self.name.clone(),
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
        let name = parts
            .extensions
            .get::<Account>()
            .map(|a| a.display_name.clone());
        Ok(Self {
            state: axum::extract::FromRef::from_ref(state),
            nonce,
            secret,
            path: parts.uri.path().to_owned(),
            name,
        })
    }
}

/// The author who is signed in, with a way to answer her.
pub struct SignedIn {
    /// Her account.
    pub account: Account,
    /// The request.
    pub visit: Visit,
}

impl SignedIn {
    /// Her reports, and nobody else's.
    #[must_use]
    pub fn reports<'a>(&self, state: &'a AppState) -> AuthorStore<'a> {
        state.store().as_author(self.account.id)
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let Some(account) = account(parts, state).await.map_err(Error::into_response)? else {
            return Err(Redirect::to(&sign_in_and_return(parts)).into_response());
        };
        parts.extensions.insert(account.clone());
        let visit = Visit::from_request_parts(parts, state);
        let visit = visit.await.map_err(Error::into_response)?;
        Ok(Self { account, visit })
    }
}

/// The account whose session the request carries.
fn account(
    parts: &Parts,
    state: &AppState,
) -> impl Future<Output = Result<Option<Account>, Error>> + use<> {
    let jar = CookieJar::from_headers(&parts.headers);
    let held = jar.get(session_cookie(state.setting()));
    let token = held.and_then(|c| Token::parse(c.value()));
    let state = state.clone();
    async move {
        let Some(token) = token else { return Ok(None) };
        let session = state.store().session(&token, state.now()).await?;
        Ok(session.map(|s| s.account))
    }
}

/// Where to send somebody whose session has ended: back here afterwards, if *here*
/// is a page; a form that was sent cannot be sent again by a link.
fn sign_in_and_return(parts: &Parts) -> String {
    let path = parts.uri.path();
    if parts.method == axum::http::Method::GET && path != "/" {
        format!("/sign-in?next={path}")
    } else {
        "/sign-in".to_owned()
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
