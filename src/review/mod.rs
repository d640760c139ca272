//! Checks of the whole: what must not leave, and what is still to be settled.
//!
//! Lives here: judgement on a drafted report. Not here: the law (`sentencing`) or
//! the finding itself (`finding`). Wording and quality checks will live beside
//! these, each in a file of its own.

pub mod enquiries;
mod leaving;
mod missing;
pub mod outbound;
mod said;
pub mod services;
mod signing;

pub use enquiries::EnquiryTexts;
pub use leaving::leaving;
pub use missing::missing;
pub use outbound::OutboundTexts;
pub use services::ServiceTexts;
pub use signing::{Reader, SigningTexts};
