//! Checks of the whole: what must not leave, and what is still to be settled.
//!
//! Lives here: judgement on a drafted report. Not here: the law (`sentencing`) or
//! the finding itself (`finding`). The quality check (`quality`), the wording check
//! (`wording`) and the last look at what leaves (`outbound`) are rooms of their own.

mod addendum;
mod edits;
pub mod enquiries;
mod leaving;
mod missing;
pub mod outbound;
pub mod quality;
mod said;
pub mod second;
pub mod services;
mod signing;
pub mod wording;

pub use addendum::AddendumTexts;
pub use edits::EditTexts;
pub use enquiries::EnquiryTexts;
pub use leaving::{leaving, leaving_of};
pub use missing::missing;
pub use outbound::OutboundTexts;
pub use quality::QualityTexts;
pub use second::SecondTexts;
pub use services::ServiceTexts;
pub use signing::{Reader, SigningTexts};
pub use wording::{WordingFinding, WordingRules};
