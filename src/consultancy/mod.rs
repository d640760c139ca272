//! Asking a women's centre to assess her for the court: what travels, with whose consent,
//! what comes back, and which days do not fit.
//!
//! Lives here: shapes and judgements, without a clock or a database. Not here: any
//! sentence (`report-templates/consultancy/`), keeping it (`store::consultancy`), or a
//! page. What a centre's reply looks like in a case file is `case::Assessment`; a further
//! field that may travel is a row of `sharing.toml`.

mod adopting;
mod centres;
pub mod plan;
mod referral;
mod said;
mod sharing;
mod texts;
mod turnaround;

#[cfg(test)]
mod tests;

pub use adopting::{Adopted, taken_in, taken_out};
pub use centres::{AsksCentre, Centre, Offers, centres};
pub use referral::{Consent, ConsentHow, Referral, Shared};
pub use sharing::{Offered, SharingField, offered};
pub use texts::{ConsultancyTexts, DeclineReason, TextField};
pub use turnaround::Standing;
