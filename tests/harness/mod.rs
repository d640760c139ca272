//! What the tests stand on: the program itself started as a child, a throw-away
//! PostgreSQL, the tools it is tested with, and a real browser.
//!
//! Not here: any expectation about Foreword. To add a tool, name its package in
//! `tools.rs` and in `.ci/system-tools`.

#![allow(dead_code, reason = "each journey uses a part of what stands here")]

pub mod browser;
pub mod durable;
pub mod postgres;
pub mod service;
pub mod telephone;
pub mod tools;

/// Something to add to a signed report, for tests that are about what comes after.
pub fn addendum() -> foreword::store::Addendum {
    foreword::store::Addendum {
        reason: "A reply came.".into(),
        text: "The police replied on 30 November.".into(),
        docx: b"an addendum".to_vec(),
        versions: "law 1".into(),
    }
}

/// Something to sign, for tests that are about what comes after.
pub fn signed_text() -> foreword::store::SignedDocument {
    foreword::store::SignedDocument {
        title: "Pre-sentence report".into(),
        markdown: "## About this report".into(),
        docx: b"a document".to_vec(),
        versions: "law 1".into(),
        left_open: Vec::new(),
        checked: None,
    }
}
