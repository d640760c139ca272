//! Reading Open Referral documents as records.
pub mod stream;
mod text;
