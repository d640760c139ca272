//! What goes wrong at the web edge, as one kind page each: never a blank page, a
//! type's name or a panic's text.
//!
//! Lives here: kinds of error, their words and their status. Not here: faults of a
//! form, which its own page shows beside the field. To add a kind, add a constructor
//! with its words.

mod erased;

use axum::{
    Json,
    body::Body,
    extract::{FromRequestParts, Request, State},
    http::{Response as HttpResponse, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    state::AppState,
    templates::Page,
    visit::{ErrorChain, Visit, asks_as_autosave},
    words,
};
use crate::store::{Role, Roles, SaveError, SignedMark, StoreError};

/// One web error: what the page says, and what the log says.
#[derive(Debug, Clone)]
pub struct Error {
    status: StatusCode,
    page: ErrorPage,
    /// What the page's own script goes by.
    state: &'static str,
    /// For the log only.
    cause: Option<String>,
}

/// States of a page's text, as its script knows them (`assets/autosave.js`), that an
/// error leaves it in. Those of a save that was judged are in `saving/answer.rs`.
pub mod state {
    /// Nobody is signed in.
    pub const SIGNED_OUT: &str = "signed-out";
    /// The form is bound to a session that has ended since.
    pub const OLD_TOKEN: &str = "old-token";
    /// There is no such report, or it is somebody else's.
    pub const GONE: &str = "gone";
    /// It will not be taken in however often it is sent.
    pub const REFUSED: &str = "refused";
    /// It may be taken in when it is sent again.
    pub const FAILED: &str = "failed";
}

/// What the page says.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    heading: String,
    /// Paragraphs: what happened, and what to do.
    says: Vec<String>,
}

impl Error {
    fn new(status: StatusCode, heading: &str, says: &[&str]) -> Self {
        Self {
            status,
            page: ErrorPage {
                heading: heading.to_owned(),
                says: says.iter().map(|s| (*s).to_owned()).collect(),
            },
            state: match status {
                StatusCode::UNAUTHORIZED => state::SIGNED_OUT,
                StatusCode::NOT_FOUND => state::GONE,
                status if status.is_client_error() => state::REFUSED,
                _ => state::FAILED,
            },
            cause: None,
        }
    }

    /// True where the form is bound to a session that has ended since.
    #[must_use]
    pub fn is_old_token(&self) -> bool {
        self.state == state::OLD_TOKEN
    }

    /// True where the service failed, so that the same may be taken in later.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.state == state::FAILED
    }

    /// Writes its cause in the log, where it has one.
    pub fn note(&self) {
        if let Some(cause) = &self.cause {
            tracing::error!(status = self.status.as_u16(), cause, "request failed");
        }
    }

    /// Nobody is signed in, or not any more.
    #[must_use]
    pub fn signed_out() -> Self {
        let says = [
            "You are not signed in any more. Sign in again to save; what you typed stays on this page.",
        ];
        Self::new(
            StatusCode::UNAUTHORIZED,
            "You are not signed in any more",
            &says,
        )
    }

    /// A form of our own that is bound to a session which has ended since.
    #[must_use]
    pub fn old_token() -> Self {
        let mut error = Self::not_our_form();
        error.state = state::OLD_TOKEN;
        error
    }

    /// A form that names one report, sent to another.
    #[must_use]
    pub fn crossed() -> Self {
        let says = [
            "What was sent names another report than the one it was sent to. Nothing was saved or kept, so that one woman's words can never reach another's report.",
            "Go back to the page where you typed it, copy it, open the report again and paste it there.",
        ];
        Self::new(
            StatusCode::BAD_REQUEST,
            "This text belongs to another report",
            &says,
        )
    }

    /// Nothing at this address, or nothing that this person may see: the same words
    /// for both, so that nobody learns which reports exist.
    #[must_use]
    pub fn not_found() -> Self {
        let says = [
            "There is nothing at this address that you can open.",
            "If you typed or pasted it, check that it is complete. A report can be opened only by its author and by whoever she asked to check it, and a directory entry changed only by those who keep it.",
        ];
        Self::new(StatusCode::NOT_FOUND, "Page not found", &says)
    }

    /// A page for people with another role: whoever is signed in holds these.
    #[must_use]
    pub fn not_for(roles: Roles) -> Self {
        let named = |role: Role| match role.title() {
            title if title.starts_with('a') => format!("an {title}"),
            title => format!("a {title}"),
        };
        let titles: Vec<String> = roles.iter().map(named).collect();
        let you = match titles.as_slice() {
            [] => "Your account has no role yet.".to_owned(),
            some => format!("You are signed in as {}.", crate::english::listed(some)),
        };
        let why = if roles.has(Role::Author) {
            "Each page is for the people whose work it is: the entries of the directory for those who run a service, accounts for administrators, the record of who did what for auditors."
        } else {
            "Reports, and everything about the women they are for, can be opened only by the people who write them and those they ask to check them. Every other page is for the people whose work it is."
        };
        let then = "You have done nothing wrong. If you need more than this, ask the person who looks after accounts.";
        let heading = "This page is not part of your account";
        Self::new(StatusCode::FORBIDDEN, heading, &[&you, why, then])
    }

    /// A form that did not come from one of our pages, or from one that is too old.
    #[must_use]
    pub fn not_our_form() -> Self {
        let says = [
            "For safety, Foreword takes in a form only from a page it has just given you. Nothing was saved.",
            "This happens when you signed in or out in another window after opening the page. Use your browser's back button to see what you typed, copy it, then reload the page and send it again.",
        ];
        Self::new(StatusCode::FORBIDDEN, "This page has expired", &says)
    }

    /// More was sent than is taken in.
    #[must_use]
    pub fn too_large() -> Self {
        let says = [
            "What you sent is larger than Foreword takes in, and nothing of it was saved.",
            "Use your browser's back button and shorten the text, or choose a smaller file.",
        ];
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "That is too large", &says)
    }

    /// A request that nothing of ours would send.
    #[must_use]
    pub fn not_understood() -> Self {
        let says = [
            "Foreword could not read what the browser sent. Nothing was saved.",
            "Go back, reload the page and try again.",
        ];
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "That could not be read",
            &says,
        )
    }

    /// Bytes that are no text.
    #[must_use]
    pub fn not_text() -> Self {
        let says = [
            "What was sent is not text that Foreword can read. Nothing was saved, and nothing was changed.",
            "Go back, reload the page and type it again. If you pasted it, paste it as plain text.",
        ];
        Self::new(StatusCode::BAD_REQUEST, "That is not text", &says)
    }

    /// What cannot be saved as it stands.
    #[must_use]
    pub fn unfit(reason: &str) -> Self {
        let says = [
            "Saving this would leave the report in a form that cannot be read again, so nothing was changed. What you typed is kept: open the page again to see it.",
            reason,
        ];
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "That could not be saved",
            &says,
        )
    }

    /// Late for a report that was signed meanwhile.
    #[must_use]
    pub fn signed(mark: &SignedMark) -> Self {
        let signed = format!(
            "{} signed this report on {}. What you just sent came after that, and was not added to it.",
            mark.by,
            words::moment(mark.at)
        );
        let says = [
            signed.as_str(),
            "Use your browser's back button to see what you typed, and copy it if you need it.",
        ];
        Self::new(StatusCode::CONFLICT, "This report is signed", &says)
    }

    /// The service itself failed. `cause` goes to the log, never to the page.
    #[must_use]
    pub fn broken(cause: &(impl std::fmt::Display + ?Sized)) -> Self {
        let says = [
            "Something in Foreword failed. What you saved before is safe; what you just sent may not have been saved.",
            "Use your browser's back button to see what you typed, copy it, and try again in a moment. If it goes on, tell the person who runs this service.",
        ];
        let mut error = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Sorry, something went wrong",
            &says,
        );
        error.cause = Some(cause.to_string());
        error
    }

    /// A body that could not be taken in.
    #[must_use]
    pub fn of_body(status: StatusCode, cause: &impl std::fmt::Display) -> Self {
        let mut error = match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            status if status.is_client_error() => Self::not_understood(),
            _ => return Self::broken(cause),
        };
        error.cause = Some(cause.to_string());
        error
    }

    /// From an answer that some layer gave without a page.
    fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::not_found()),
            StatusCode::UNAUTHORIZED => Some(Self::signed_out()),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::too_large()),
            StatusCode::METHOD_NOT_ALLOWED => {
                let mut error = Self::not_found();
                error.status = status;
                Some(error)
            }
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
                let says = [
                    "Foreword took too long to answer and gave up. What you saved before is safe.",
                    "Try again in a moment.",
                ];
                Some(Self::new(status, "That took too long", &says))
            }
            status if status.is_client_error() => Some(Self {
                status,
                ..Self::not_understood()
            }),
            status if status.is_server_error() => Some(Self::broken("an answer without a page")),
            _ => None,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::broken(&ErrorChain(&error))
    }
}

impl From<SaveError> for Error {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::NoSuchReport => Self::not_found(),
            SaveError::TooMuch { .. } => Self::too_large(),
            SaveError::Unfit(fault) => Self::unfit(&fault.to_string()),
            SaveError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Error {
    /// Leaves the error on the answer; [`show`] turns it into a page, because only it
    /// knows the visit.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What a page's own script is told of an error.
#[derive(Debug, Serialize)]
struct Told {
    state: &'static str,
    message: String,
}

/// Gives every error its page.
pub async fn show(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let to_a_script = asks_as_autosave(&parts.headers);
    let visit = Visit::from_request_parts(&mut parts, &state).await;
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let told = response.extensions_mut().remove::<Error>();
    let has_page = response.headers().contains_key("content-type")
        && !response.headers()["content-type"]
            .as_bytes()
            .starts_with(b"text/plain");
    let error = match told {
        Some(error) => error,
        None if has_page => return response,
        None => match Error::of_status(response.status()) {
            Some(error) => error,
            None => return response,
        },
    };
    error.note();
    if to_a_script {
        let message = error.page.says.join(" ");
        return (
            error.status,
            Json(Told {
                state: error.state,
                message,
            }),
        )
            .into_response();
    }
    let page = visit.and_then(|visit| visit.page_as(error.status, &error.page));
    page.unwrap_or_else(|_| (error.status, error.page.says.join("\n\n")).into_response())
}

/// A panic becomes an error like any other; its text goes to the log alone.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands over the box"
)]
pub fn of_panic(panic: Box<dyn std::any::Any + Send + 'static>) -> HttpResponse<Body> {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    Error::broken(text.unwrap_or("a panic without words")).into_response()
}

impl Page for ErrorPage {
    const NAME: &'static str = "error.html";
    const HTML: &'static str = include_str!("pages/error.html");

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        vec![
            Error::not_found().page,
            Error::not_our_form().page,
            Error::too_large().page,
            Error::not_understood().page,
            Error::unfit("offences[0].title: missing").page,
            Error::crossed().page,
            Error::signed_out().page,
            Error::not_for(Role::Author.into()).page,
            Error::not_for(Role::DirectoryEditor.into()).page,
            Error::not_for([Role::Administrator, Role::Auditor].into()).page,
            Error::not_for(Roles::default()).page,
            Error::broken("secret").page,
        ]
    }
}
