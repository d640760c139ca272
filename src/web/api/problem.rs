//! What the read API says when it cannot answer: JSON (RFC 9457), never a page.
//!
//! Lives here: kinds of refusal and their words, for the programmer who reads them.
//! To add one, add a constructor.

use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::super::{error::Error, visit::ErrorChain};
use crate::store::StoreError;

const KIND: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Why there is no answer.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    status: u16,
    title: &'static str,
    /// The parameter that is wrong, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    /// What is wrong.
    detail: String,
    /// What would be right.
    #[serde(skip_serializing_if = "String::is_empty")]
    expected: String,
}

impl Problem {
    fn new(code: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status: code.as_u16(),
            title,
            parameter: None,
            detail: detail.into(),
            expected: String::new(),
        }
    }

    /// A parameter that is wrong, and what would be right.
    #[must_use]
    pub fn parameter(name: &str, detail: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            parameter: Some(name.to_owned()),
            expected: expected.into(),
            ..Self::new(StatusCode::BAD_REQUEST, "A parameter is wrong", detail)
        }
    }

    /// No such thing, or none that may be known.
    #[must_use]
    pub fn no_such(what: &str, id: &str) -> Self {
        let detail = format!("There is no {what} with the id {id:?}.");
        Self::new(StatusCode::NOT_FOUND, "Not found", detail)
    }

    /// No such address.
    #[must_use]
    pub fn no_such_address() -> Self {
        Self {
            expected: format!("the addresses of {}/openapi.json", super::PREFIX),
            ..Self::new(
                StatusCode::NOT_FOUND,
                "Not found",
                "There is nothing at this address.",
            )
        }
    }

    /// The service itself failed.
    #[must_use]
    pub fn broken() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something failed",
            "Foreword could not answer. Try again in a moment.",
        )
    }

    /// From an answer that some layer gave without words.
    fn of(code: StatusCode) -> Self {
        match code {
            StatusCode::NOT_FOUND => Self::no_such_address(),
            StatusCode::METHOD_NOT_ALLOWED => Self {
                expected: "GET, HEAD or OPTIONS".to_owned(),
                ..Self::new(code, "Not allowed", "This address can only be read.")
            },
            StatusCode::GATEWAY_TIMEOUT | StatusCode::REQUEST_TIMEOUT => Self::new(
                code,
                "That took too long",
                "Foreword gave up. Ask for less at once, with `per_page` or more parameters.",
            ),
            code if code.is_client_error() => {
                Self::new(code, "Not understood", "This request could not be read.")
            }
            code => Self {
                status: code.as_u16(),
                ..Self::broken()
            },
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = [(header::CONTENT_TYPE, KIND)];
        let code = StatusCode::from_u16(self.status);
        let code = code.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (code, kind, Json(self)).into_response()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Error::broken(&ErrorChain(&error)).note();
        Self::broken()
    }
}

/// Gives every refusal its words, also those of the layers around an address.
pub async fn show(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let code = response.status();
    if let Some(error) = response.extensions_mut().remove::<Error>() {
        error.note();
        return Problem::of(code).into_response();
    }
    let refused = code.is_client_error() || code.is_server_error();
    let has_words = response.headers().get(header::CONTENT_TYPE) == Some(&KIND);
    if refused && !has_words {
        let mut told = Problem::of(code).into_response();
        if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
            told.headers_mut().insert(header::ALLOW, allow);
        }
        return told;
    }
    response
}
