//! The directory as Open Referral UK 3.0: every document and every answer of the read
//! API against the profile's own schemas (`schemas/`, under their own licence).
//!
//! Every record here that is not of the directory is fictional and says so.

mod answers;
mod api;
mod asking;
mod documents;
mod exporting;
mod profile;
mod round_trip;
