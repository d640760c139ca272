//! The store's contract, run on SQLite and on PostgreSQL.
//!
//! To add a case: write `async fn a_sentence_about_behaviour(bed: Bed)` in the file it
//! belongs to and name it in that file's `on_both_engines!`. A case that is not named
//! there is dead code, and the compiler says so.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a case is a test, though a macro puts `#[test]` on it"
)]

mod accounts;
mod addenda;
mod audit;
mod backup;
mod bed;
mod colleagues;
mod content;
mod directory;
mod importing;
mod keepers;
mod migrations;
mod opened;
mod opening;
mod plans;
mod records;
mod report_keys;
mod reports;
mod review;
mod saving;
mod second_step;
mod secrecy;
mod sessions;
mod sign_in;
mod signing;
mod unmet;
mod unsent;
mod versions;
mod whole;

/// Makes a test on each engine from each case.
macro_rules! on_both_engines {
    ($($case:ident),+ $(,)?) => {$(
        mod $case {
            use crate::storage::bed::Bed;

            #[tokio::test]
            async fn on_sqlite() {
                super::$case(Bed::sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::$case(Bed::postgres().await).await;
            }
        }
    )+};
}
use on_both_engines;
