//! Who may reach which page: permission is the type a handler takes.
//!
//! Lives here: [`SignedIn`] for authors, one type for each other role, [`Anyone`] for
//! whoever is signed in. A handler that takes one of them can be reached by nobody else.
//! Not here: what each may do in the store (`store::AuthorStore`, `store::KeeperStore`
//! …). A new role is a type and a line of `holders!` here, its pages in [`home`] and in
//! the navigation (`templates.rs`), and its column in `tests/http/role-matrix.md`.

use std::{future::Future, sync::Arc};

use axum::{
    extract::{FromRequestParts, State},
    http::{Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, Utc};

use super::{
    error::Error,
    pages::replies,
    recorded::Seen,
    state::AppState,
    visit::{Visit, asks_as_autosave, session_cookie},
};
use crate::{
    directory::Directory,
    store::{
        Account, AuthorStore, CheckerStore, KeeperStore, RecordsStore, Role, Roles, Session,
        StoreError, Token,
    },
};

/// The page that somebody's work begins at: that of the first of her roles.
#[must_use]
pub fn home(roles: Roles) -> &'static str {
    match roles.first() {
        Some(Role::Author) => "/reports",
        Some(Role::Countersigner) => "/checks",
        Some(Role::DirectoryEditor) => "/directory/mine",
        Some(Role::AreaLead) => "/area",
        Some(Role::Administrator) => "/accounts",
        Some(Role::Auditor) => "/audit",
        Some(Role::Assessor) => "/centre",
        None => "/directory",
    }
}

/// `GET /`: to where the work of whoever is signed in begins.
pub async fn go_home(State(state): State<AppState>, mut parts: Parts) -> Response {
    match Anyone::from_request_parts(&mut parts, &state).await {
        Ok(person) => Redirect::to(home(person.account.roles)).into_response(),
        Err(turned_away) => turned_away,
    }
}

/// Marks an answer that turned somebody away because nobody is signed in.
#[derive(Debug, Clone, Copy)]
pub struct NobodySignedIn;

/// Whoever is signed in, with a way to answer: for what is nobody's own.
pub struct Anyone {
    /// Their account.
    pub account: Account,
    /// When the session ends, whatever happens.
    pub ends_at: DateTime<Utc>,
    /// The request.
    pub visit: Visit,
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

/// The directory editor who is signed in, with a way to answer her.
pub struct Keeper {
    /// Her account.
    pub account: Account,
    /// The request.
    pub visit: Visit,
}

impl Keeper {
    /// The entries of her organisations, and nobody else's.
    ///
    /// # Errors
    /// The store fails.
    pub async fn entries<'a>(&self, state: &'a AppState) -> Result<KeeperStore<'a>, StoreError> {
        state.store().as_keeper(self.account.id).await
    }
}

/// The countersigner who is signed in, with a way to answer her.
pub struct Countersigner {
    /// Her account.
    pub account: Account,
    /// The request.
    pub visit: Visit,
}

impl Countersigner {
    /// What she was asked to check, and no other report.
    #[must_use]
    pub fn checks<'a>(&self, state: &'a AppState) -> CheckerStore<'a> {
        state.store().as_checker(self.account.id)
    }
}

/// The women's centre assessor who is signed in, with a way to answer her.
pub struct Assessor {
    /// Her account.
    pub account: Account,
    /// The request.
    pub visit: Visit,
}

/// The area lead who is signed in, with a way to answer her.
pub struct AreaLead {
    /// Her account.
    pub account: Account,
    /// The request.
    pub visit: Visit,
}

/// The administrator who is signed in, with a way to answer her.
pub struct Administrator {
    /// Her account.
    pub account: Account,
    /// The request.
    pub visit: Visit,
}

impl Administrator {
    /// Records duty: what no other role may do.
    #[must_use]
    pub fn records<'a>(&self, state: &'a AppState) -> RecordsStore<'a> {
        state.store().as_records_keeper(self.account.id)
    }
}

/// The auditor who is signed in, with a way to answer her.
pub struct Auditor {
    /// Her account.
    pub account: Account,
    /// The request.
    pub visit: Visit,
}

impl FromRequestParts<AppState> for Anyone {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let Some(session) = session(parts, state).await.map_err(Error::into_response)? else {
            return Err(turned_away(parts));
        };
        Seen::by(parts, session.account.id);
        parts.extensions.insert(session.clone());
        let visit = Visit::from_request_parts(parts, state);
        let visit = visit.await.map_err(Error::into_response)?;
        let visit = counting(state, &session.account, visit)
            .await
            .map_err(|fault| Error::from(fault).into_response())?;
        Ok(Self {
            account: session.account,
            ends_at: session.ends_at,
            visit,
        })
    }
}

/// The visit with the count that an author's navigation shows. A page's own script asks
/// for no page, and so for no count.
async fn counting(state: &AppState, account: &Account, visit: Visit) -> Result<Visit, StoreError> {
    if visit.is_autosave() || !account.roles.has(Role::Author) {
        return Ok(visit);
    }
    let awaiting = state.store().as_author(account.id).awaiting().await?;
    let waiting = replies::count(&awaiting, state.today());
    Ok(visit.with_waiting(waiting))
}

impl Anyone {
    /// The directory as they may see it: a refuge's address is for authors alone.
    ///
    /// # Errors
    /// The store fails.
    pub async fn directory(&self, state: &AppState) -> Result<Arc<Directory>, StoreError> {
        if self.account.roles.has(Role::Author) {
            state.directory().await
        } else {
            state.public_directory().await
        }
    }

    /// The same person, where she holds the role that a page is for.
    async fn with_role(role: Role, parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let person = Self::from_request_parts(parts, state).await?;
        if person.account.roles.has(role) {
            return Ok(person);
        }
        Seen::refused(parts);
        Err(Error::not_for(person.account.roles).into_response())
    }
}

/// Somebody who holds one role: what a handler takes to be open to that role alone.
macro_rules! holders {
    ($($holder:ident, $role:ident;)*) => {$(
        impl FromRequestParts<AppState> for $holder {
            type Rejection = Response;

            async fn from_request_parts(
                parts: &mut Parts,
                state: &AppState,
            ) -> Result<Self, Response> {
                let person = Anyone::with_role(Role::$role, parts, state).await?;
                Ok(Self {
                    account: person.account,
                    visit: person.visit,
                })
            }
        }
    )*};
}

holders! {
    SignedIn, Author;
    Countersigner, Countersigner;
    Assessor, Assessor;
    Keeper, DirectoryEditor;
    AreaLead, AreaLead;
    Administrator, Administrator;
    Auditor, Auditor;
}

/// The session that the request carries.
pub fn session(
    parts: &Parts,
    state: &AppState,
) -> impl Future<Output = Result<Option<Session>, Error>> + use<> {
    let jar = CookieJar::from_headers(&parts.headers);
    let held = jar.get(session_cookie(state.setting()));
    let token = held.and_then(|c| Token::parse(c.value()));
    let state = state.clone();
    async move {
        let Some(token) = token else { return Ok(None) };
        Ok(state.store().session(&token, state.now()).await?)
    }
}

/// What somebody gets who is not signed in: the sign-in page, or words for a script.
fn turned_away(parts: &Parts) -> Response {
    if asks_as_autosave(&parts.headers) {
        return Error::signed_out().into_response();
    }
    let mut response = Redirect::to(&sign_in_and_return(parts)).into_response();
    response.extensions_mut().insert(NobodySignedIn);
    response
}

/// Where to send somebody whose session has ended: back here afterwards, if *here*
/// is a page; a form that was sent cannot be sent again by a link.
fn sign_in_and_return(parts: &Parts) -> String {
    let path = parts.uri.path();
    if parts.method == Method::GET && path != "/" {
        format!("/sign-in?next={path}")
    } else {
        "/sign-in".to_owned()
    }
}
