//! What an author is told of a report of hers that was erased: calmly, and without a word of
//! what was in it.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use super::Error;
use crate::web::words;

impl Error {
    /// A report of hers that was erased.
    #[must_use]
    pub fn erased(at: DateTime<Utc>) -> Self {
        let erased = format!(
            "This report was erased on {}, by two people who look after records. Nothing of what was in it is left here.",
            words::moment(at)
        );
        let says = [
            erased.as_str(),
            "If you need to know why, ask the person who looks after records. The number at the end of the address tells her which report it was.",
        ];
        Self::new(StatusCode::GONE, "This report was erased", &says)
    }
}
