//! Enquiries of other agencies, judged: which are open, which should have been made,
//! what is told too thinly, and the wording for asking the court for time.
//!
//! Lives here: judgement. Not here: any sentence (`report-templates/quality/` and
//! `letters/`), what an enquiry holds (`case`), what the report prints (`report`), or
//! what the law waits for (`sentencing`). To add a check, write its finding in
//! `quality/enquiries.toml`, name it in `content::FINDINGS`, and return it from `check`.

mod check;
mod content;
mod standing;
mod time;

pub use content::{EnquiryTexts, KindText, TimeSource};
pub use standing::{Entry, Standing};

#[cfg(test)]
mod tests;
