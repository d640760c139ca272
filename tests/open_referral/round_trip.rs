//! What is exported and taken in again is the same record, in each form.

use std::{
    io::{self, Cursor},
    sync::Arc,
};

use foreword::directory::{
    Record,
    facts::{Facts, Funding, Phone, Stated},
    open_referral::{
        Feed,
        export::{self, Spelling},
        reading::{
            Reader,
            stream::{self, Form},
            tables::{self, Anywhere, Package},
        },
    },
};

use super::{
    documents::{SEED, full},
    exporting::Folder,
};

impl Package for Folder {
    fn open(&self, name: &str) -> io::Result<Option<Box<dyn Anywhere>>> {
        let file = self.bytes(name);
        Ok(file.map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn Anywhere>))
    }
}

/// The fictional full record, and one that holds what does not fit the standard.
fn fictional() -> Vec<Record> {
    let text = |words: &str| words.to_owned();
    let mut full = full();
    full.description = text("Fictional. Fish & chips: 2 < 3.");
    let mut odd = Record {
        id: text("c2a5be0e-6f2b-4f6c-9a55-0e3b9a1f2d19"),
        name: text("Odd centre (fictional)"),
        organisation: text("Odd Charity (fictional)"),
        status: text("opened (source)"),
        website: text("ask at the desk"),
        source: text("written for a test"),
        // Every record has these; one read from a document without them is given words.
        as_at: text("undated").into(),
        confidence: text("none: fictional"),
        ..Record::default()
    };
    odd.area.text = text("not recorded");
    odd.facts = Facts {
        terms: vec![
            Stated {
                no: true,
                source: text("its leaflet, \"2026\""),
                ..Stated::yes("facility/creche")
            },
            Stated::yes("access/step-free"),
        ],
        accessibility: vec![text("Ramp, at the back."), text("Lift.")],
        funding: vec![
            Funding {
                funder: text("One funder"),
                ..Funding::default()
            },
            Funding {
                funder: text("Another"),
                ends: "2027-03-31".parse().ok(),
                ..Funding::default()
            },
        ],
        phones: vec![
            Phone {
                number: text("0118 496 0001"),
                ..Phone::default()
            },
            Phone {
                number: text("0118 496 0002"),
                what: text("after hours"),
            },
        ],
        owner_mailbox: text("nobody in particular"),
        email: text("by post only"),
        ..Facts::default()
    };
    vec![full, odd]
}

fn all() -> Feed {
    Feed::of(Arc::new(SEED.with_records(fictional())))
}

/// The records as exported: what stays behind is left out.
fn sent(feed: &Feed) -> Vec<Record> {
    feed.records().map(|public| (*public).clone()).collect()
}

fn assert_same(sent: &[Record], taken: Vec<Record>) {
    assert_eq!(sent.len(), taken.len());
    for (sent, mut taken) in sent.iter().zip(taken) {
        assert!(taken.facts.origin.is_some(), "each says where it came from");
        taken.facts.origin.clone_from(&sent.facts.origin);
        let (sent, taken) = (
            serde_json::to_value(sent).unwrap(),
            serde_json::to_value(&taken).unwrap(),
        );
        assert_eq!(taken, sent, "{sent:#}\n{taken:#}");
    }
}

fn reader() -> Reader<'static> {
    Reader::new(&SEED, "a test", "2026-11-25".parse().unwrap())
}

#[test]
fn records_come_back_the_same_from_json_and_from_lines() {
    let feed = all();
    let sent = sent(&feed);
    let (mut page, mut lines) = (Vec::new(), Vec::new());
    export::json(&feed, &mut page).unwrap();
    export::ndjson(&feed, &mut lines).unwrap();
    for (bytes, form) in [(page, Form::Whole), (lines, Form::Lines)] {
        let mut taken = Vec::new();
        stream::services(bytes.as_slice(), form, &mut |_, found| {
            taken.push(reader().read(&found).unwrap().record);
            Ok::<(), ()>(())
        })
        .unwrap();
        assert_same(&sent, taken);
    }
}

#[test]
fn records_come_back_the_same_from_a_package_of_either_spelling() {
    let feed = all();
    let sent = sent(&feed);
    for spelling in [Spelling::Hsds, Spelling::UkProfile] {
        let package = Folder::of(&feed, spelling);
        let mut taken = Vec::new();
        let notes = tables::services(&package, &mut |_, found| {
            taken.push(reader().read(&found).unwrap().record);
            Ok::<(), ()>(())
        });
        assert_eq!(notes.unwrap().faults_in_all, 0);
        assert_same(&sent, taken);
    }
}
