//! Where signing in leads that was opened from a page with unsaved text: back to it.

use axum::response::Response;
use serde::Serialize;

use crate::web::{error::Error, templates::Page, visit::Anyone};

/// Tells the author to go back to the page she came from.
#[derive(Debug, Serialize)]
pub struct SignedInAgainPage {}

impl Page for SignedInAgainPage {
    const NAME: &'static str = "signed_in_again.html";
    const HTML: &'static str = include_str!("signed_in_again.html");

    fn title(&self) -> String {
        "You are signed in again".into()
    }

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

/// `GET /signed-in-again`.
///
/// # Errors
/// The page cannot be rendered.
pub async fn show(person: Anyone) -> Result<Response, Error> {
    person.visit.page(&SignedInAgainPage {})
}
