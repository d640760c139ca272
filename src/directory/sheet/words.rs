//! The sentences of a sheet and the words that are never printed on one.
//!
//! Lives here: reading and checking `service-directory/sheet.toml`, and telling whether a
//! text reveals anything. Not here: what is printed (`sheet`). A further sentence is
//! named below with its blanks and written in the file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    content::{ContentError, ContentFiles},
    directory::{
        readings::Readings,
        search::words_of,
        words::{check_blanks, declare},
    },
};

const FILE: &str = "service-directory/sheet.toml";

/// Letters from which on a revealing word also counts inside a web address.
const LONG: usize = 4;

declare! {
    /// What is said.
    Says "says" {
        title []
        hidden_name []
        hidden_name_note []
        run_by ["organisation"]
        help ["help"]
        women_only []
        womens_session []
        mixed []
        female_worker []
        opening ["text"]
        stay []
        stay_children []
        remote []
        outreach []
        address ["text"]
        travel []
        no_travel []
        cost ["text"]
        creche []
        childcare []
        no_childcare []
        languages ["languages"]
        interpreting ["text"]
        phone ["number"]
        phone_for ["what", "number"]
        email ["email"]
        website ["website"]
        checked ["date"]
        unchecked []
    }
    /// What to ask, where it is not known.
    Asks "ask" {
        help []
        setting []
        when []
        place []
        travel []
        cost []
        children []
        languages []
        access []
        phone []
    }
    /// Headings of the parts.
    Headings "headings" {
        help []
        who []
        when []
        place []
        travel []
        cost []
        children []
        languages []
        access []
        phone []
    }
}

/// All of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::directory) struct SheetWords {
    beginnings: Vec<String>,
    words: Vec<String>,
    pub(super) help: BTreeMap<String, String>,
    pub(super) access: BTreeMap<String, String>,
    pub(super) says: Says,
    pub(super) ask: Asks,
    pub(super) headings: Headings,
}

impl SheetWords {
    /// Reads and checks the file; faults are told in `faults`.
    pub(in crate::directory) fn load(
        files: &ContentFiles,
        readings: &Readings,
        faults: &mut Vec<ContentError>,
    ) -> Self {
        let read = files.toml::<Self>(FILE).unwrap_or_else(|fault| {
            faults.push(fault);
            Self::default()
        });
        check_blanks(files, FILE, BLANKS, faults);
        for theme in read.help.keys().filter(|theme| !readings.knows(theme)) {
            let reason = format!("`help.{theme}`: there is no such theme");
            faults.push(ContentError::new(FILE, None, reason));
        }
        let own = read.help.values().chain(read.access.values());
        for line in own.filter(|line| read.reveals(line)) {
            let reason = format!("“{line}” holds a revealing word of this file's own list");
            faults.push(ContentError::new(FILE, None, reason));
        }
        read
    }

    /// Whether a text holds a word that shows why she has the sheet.
    pub(super) fn reveals(&self, text: &str) -> bool {
        let words = words_of(text);
        let begins = |beginning: &String| {
            let parts = words_of(beginning);
            let mut windows = words.windows(parts.len().max(1));
            windows.any(|w| {
                w.iter()
                    .zip(&parts)
                    .all(|(w, part)| w.starts_with(part.as_str()))
            })
        };
        words.iter().any(|w| self.words.contains(w)) || self.beginnings.iter().any(begins)
    }

    /// Whether an address on the web reveals it, where words run together.
    pub(super) fn address_reveals(&self, address: &str) -> bool {
        let joined = words_of(address).concat();
        let all = self.beginnings.iter().chain(&self.words);
        let mut long = all.filter(|word| word.len() >= LONG);
        self.reveals(address) || long.any(|word| joined.contains(&words_of(word).concat()))
    }
}
