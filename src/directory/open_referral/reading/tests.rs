//! What becomes of documents good, sparse and bad. All of them are fictional.

mod judged;
mod packages;
mod records;
mod round;

use chrono::NaiveDate;
use serde_json::Value;

use super::*;
use crate::content::ContentFiles;

fn directory() -> Directory {
    Directory::load(&ContentFiles::embedded().unwrap()).unwrap()
}

fn today() -> NaiveDate {
    "2026-11-25".parse().unwrap()
}

const FEED: &str = "https://feed.example/services";

fn read(directory: &Directory, service: Value) -> Result<Taken, Reason> {
    Reader::new(directory, FEED, today()).read(&Ok(service))
}

fn codes(reasons: &[Reason]) -> Vec<&str> {
    reasons.iter().map(|r| r.code).collect()
}
