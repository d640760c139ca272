//! Foreword's journeys: whole uses of the product through HTTP, a real database,
//! a real browser and real documents. One binary, a module a kind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on stops and says why"
)]

mod browser;
mod commands;
mod documents;
mod faults;
mod harness;
mod http;
mod imports;
mod open_referral;
mod rooms;
mod storage;
