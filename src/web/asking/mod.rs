//! Prompts of the interview as form fields, and their values as words.
//!
//! Lives here: which control each [`Kind`](crate::interview::Kind) gets, and what
//! goes beside an answer: its state and visibility (`about.rs`) and its sources
//! (`sources.rs`, and `picks.rs` for those named before). Not here: reading what was typed (`interview::from_form`) or
//! judging it (`interview::validate`). To add a kind, teach it to `view.rs` and
//! `said.rs`.

pub mod about;
mod guidance;
pub mod picks;
mod said;
mod source_fields;
pub mod sources;
mod view;
pub mod writing;

pub use guidance::{Guidance, named};
pub use said::{Said, record as said_record, said};
pub use view::{Part, parts, views};

use serde_json::Value;

/// The value at a dotted name inside an object.
fn within<'a>(value: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    name.split('.').try_fold(value?, |at, part| at.get(part))
}

/// Field name and what is wrong with what was typed in it.
pub type Faults = Vec<(String, String)>;

/// The interview's faults as pages carry them.
#[must_use]
pub fn told(faults: Vec<crate::interview::FieldFault>) -> Faults {
    faults.into_iter().map(|f| (f.field, f.message)).collect()
}

/// Takes away what was left empty, and groups with nothing in them: what a form for
/// facts sends as *empty this* is, in a value that is written whole, simply absent.
pub fn drop_nulls(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.values_mut().for_each(drop_nulls);
        fields.retain(|_, v| !v.is_null() && v.as_object().is_none_or(|o| !o.is_empty()));
    }
}
