//! Checks of the whole: what must not leave, and what is still to be settled.
//!
//! Lives here: judgement on a drafted report. Not here: the law (`sentencing`) or
//! the finding itself (`finding`). The quality check will live beside these, in files of
//! its own.

pub mod enquiries;
mod leaving;
mod missing;
mod said;
pub mod services;
mod signing;
pub mod wording;

pub use enquiries::EnquiryTexts;
pub use leaving::leaving;
pub use missing::missing;
pub use services::ServiceTexts;
pub use signing::{Reader, SigningTexts};
pub use wording::{WordingFinding, WordingRules};
