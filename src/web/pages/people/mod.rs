//! People: accounts, teams and areas; and who may see which report beside its author.
//!
//! Lives here: one file a page, named for what it shows. Not here: what is allowed
//! (`web::guard`, and the store, which holds every rule), or signing in (`sign_in`).

pub mod access;
pub mod account;
mod account_form;
pub mod accounts;
pub mod area;
pub mod colleagues;
pub mod glass;
pub mod openings;
pub mod password;
pub mod reading;
pub mod teams;
