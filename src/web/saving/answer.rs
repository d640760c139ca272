//! What the page's own script is told of a save. Its words are shown as they are, and
//! heard by people who listen to the page; its states are those of
//! `assets/autosave.js`. What goes wrong around a save is told by `error.rs`.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    store::{SignedMark, Unsent},
    web::{
        pages::conflict::{ConflictPage, Texts},
        words,
    },
};

/// One answer to a script.
#[derive(Debug, Serialize)]
pub struct Answer<'a> {
    #[serde(skip)]
    status: StatusCode,
    state: &'static str,
    message: String,
    /// The report's revision now, on which the page rests from here.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<i64>,
    /// Time of day, where it is safe on the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// Both texts, where somebody has saved there since.
    #[serde(skip_serializing_if = "Option::is_none")]
    clash: Option<Texts<'a>>,
}

impl<'a> Answer<'a> {
    fn new(status: StatusCode, state: &'static str, message: String) -> Self {
        Self {
            status,
            state,
            message,
            revision: None,
            at: None,
            clash: None,
        }
    }

    /// It is in the report.
    pub fn saved(at: DateTime<Utc>, revision: i64) -> Self {
        let at = words::time(at);
        Self {
            revision: Some(revision),
            ..Self::new(StatusCode::OK, "saved", format!("Saved {at}")).at(at)
        }
    }

    /// It was not saved, for a reason that only a person can settle.
    pub fn refused(message: &str) -> Self {
        Self::new(StatusCode::CONFLICT, "refused", message.to_owned())
    }

    /// It is kept until a person adds it; `next` is how.
    pub fn kept(at: DateTime<Utc>, next: &str) -> Self {
        let at = words::time(at);
        let message = format!("Kept {at}. {next}");
        Self::new(StatusCode::OK, "kept", message).at(at)
    }

    /// There is nothing to keep.
    pub fn nothing_yet() -> Self {
        Self::new(StatusCode::OK, "kept", "Nothing typed yet.".into())
    }

    /// It is kept, and something is wrong with it.
    pub fn faulty(faults: &[(String, String)], kept: Option<&Unsent>) -> Self {
        let reason = faults.first().map_or("", |(_, what)| what.as_str());
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        match kept {
            Some(kept) => {
                let at = words::time(kept.at);
                let message = format!("Kept {at}, not yet part of the report: {reason}");
                Self::new(status, "faulty", message).at(at)
            }
            None => Self::new(
                status,
                "refused",
                format!("Not saved, and too long to be kept for you: {reason}"),
            ),
        }
    }

    /// Somebody has saved there since; it is kept, and both texts are here.
    pub fn changed(page: &'a ConflictPage) -> Self {
        let message = "Changed elsewhere: choose. What you typed is kept.".to_owned();
        Self {
            clash: Some(page.texts()),
            ..Self::new(StatusCode::CONFLICT, "changed", message)
        }
    }

    /// The report is signed; it is kept, and will not be part of it.
    pub fn signed(mark: &SignedMark) -> Self {
        let message = format!(
            "Not saved: {} signed this report on {}. What you typed since is kept, and stays here for you to copy.",
            mark.by,
            words::moment(mark.at)
        );
        Self::new(StatusCode::CONFLICT, "signed", message)
    }

    fn at(mut self, at: String) -> Self {
        self.at = Some(at);
        self
    }
}

impl IntoResponse for Answer<'_> {
    fn into_response(self) -> Response {
        (self.status, Json(self)).into_response()
    }
}
