//! The texts of `report-templates/quality/enquiries.toml` and the wording for asking
//! the court for time, read and checked at start.
//!
//! Lives here: their shape, and the lists of what the program asks of them. Not here:
//! any sentence. A text that is missing, or that names what the program does not offer,
//! is refused with its file.

use std::collections::BTreeMap;

use serde::Deserialize;
use tera::Tera;

use super::time;
use crate::{
    case::EnquiryKind,
    content::{self, ContentError, ContentFiles, SourceRow},
    finding::{Finding, Source},
    review::said::{self, FindingText, Said},
};

const FILE: &str = "report-templates/quality/enquiries.toml";

/// Every finding this room gives, and the names each offers to its words.
const FINDINGS: [(&str, &[&str]); 8] = [
    ("enquiry.absence-claimed", &["name", "words"]),
    ("enquiry.concerns-no-summary", &["name"]),
    ("enquiry.days", &["name", "days"]),
    ("enquiry.no-choice", &["name", "open"]),
    ("enquiry.no-effect", &["name"]),
    ("enquiry.no-summary", &["name"]),
    ("enquiry.not-recorded", &["name"]),
    ("enquiry.summary-without-reply", &["name"]),
];

/// Every small word this room puts into findings.
const WORDS: [&str; 7] = [
    "days.chased-first",
    "days.future",
    "days.reply-first",
    "days.reply-not-marked",
    "days.sent-not-sent",
    "open.awaited",
    "open.not-sent",
];

/// What is said about one kind of enquiry.
#[derive(Debug, Clone)]
pub struct KindText {
    /// Which kind.
    pub kind: EnquiryKind,
    /// What pages call it.
    pub name: String,
    /// What the court reads in the middle of a sentence.
    pub in_text: String,
    /// The agency's name until the author gives it.
    pub agency: String,
    /// True where inspectors look for it in every case.
    pub expected: bool,
    /// Why it is asked.
    pub why: String,
    /// Why the reply matters to the court.
    pub matters: String,
    /// Where `why` comes from.
    pub source: Option<Source>,
}

/// Something known about how much time may be asked for.
#[derive(Debug, Clone)]
pub struct TimeSource {
    /// What it says, restated.
    pub says: String,
    /// Where it says so.
    pub source: Source,
}

/// Everything the program says about enquiries outside the report.
#[derive(Debug)]
pub struct EnquiryTexts {
    pub(super) kinds: Vec<KindText>,
    pub(super) words: BTreeMap<String, String>,
    pub(super) absence: Vec<String>,
    findings: Said,
    pub(super) time: Tera,
    /// What to know before asking the court for time.
    pub about_time: String,
    /// What that rests on.
    pub time_sources: Vec<TimeSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: Vec<KindRow>,
    words: BTreeMap<String, String>,
    absence: Absence,
    finding: Vec<FindingText>,
    time: TimeRow,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindRow {
    id: EnquiryKind,
    name: String,
    in_text: String,
    agency: String,
    #[serde(default)]
    expected: bool,
    #[serde(default)]
    why: String,
    matters: String,
    source: Option<SourceRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Absence {
    phrases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeRow {
    about: String,
    source: Vec<TimeSourceRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeSourceRow {
    says: String,
    citation: String,
    url: Option<String>,
    checked: toml::value::Datetime,
    verified: bool,
}

impl EnquiryTexts {
    /// Reads and checks the texts.
    ///
    /// # Errors
    /// Every fault found, each with its file.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let mut faults = lacking(&file);
        let time = time::load(files).map_err(|e| faults.push(e));
        let (Ok(time), true) = (time, faults.is_empty()) else {
            return Err(faults);
        };
        Ok(Self {
            kinds: file.kind.into_iter().map(kind).collect(),
            words: file.words,
            absence: file.absence.phrases,
            findings: Said::of(file.finding),
            time,
            about_time: file.time.about,
            time_sources: file.time.source.into_iter().map(time_source).collect(),
        })
    }

    /// What is said about a kind.
    #[must_use]
    pub fn kind(&self, kind: EnquiryKind) -> Option<&KindText> {
        self.kinds.iter().find(|k| k.kind == kind)
    }

    /// The kinds that inspectors look for in every case.
    pub fn expected(&self) -> impl Iterator<Item = &KindText> {
        self.kinds.iter().filter(|k| k.expected)
    }

    pub(super) fn word(&self, id: &str) -> &str {
        self.words.get(id).map_or("", String::as_str)
    }

    /// A finding by its code, filled in. The loader has made sure that it is there.
    pub(super) fn say(&self, code: &str, with: &[(&str, &str)]) -> Option<Finding> {
        self.findings.say(code, with)
    }
}

/// What the file lacks, or names that the program does not know.
fn lacking(file: &File) -> Vec<ContentError> {
    let mut reasons = Vec::new();
    for kind in [
        EnquiryKind::PoliceDomesticAbuse,
        EnquiryKind::ChildrensServices,
        EnquiryKind::Other,
    ] {
        let rows = file.kind.iter().filter(|k| k.id == kind).count();
        if rows != 1 {
            let id = kind.id();
            reasons.push(format!("there must be one [[kind]] with id \"{id}\""));
        }
    }
    for word in WORDS.iter().filter(|w| !file.words.contains_key(**w)) {
        reasons.push(format!("[words] lacks \"{word}\""));
    }
    reasons.extend(said::lacking(&file.finding, &FINDINGS));
    let fault = |reason| ContentError::new(FILE, None, reason);
    reasons.into_iter().map(fault).collect()
}

fn kind(row: KindRow) -> KindText {
    KindText {
        kind: row.id,
        name: row.name,
        in_text: row.in_text,
        agency: row.agency,
        expected: row.expected,
        why: row.why,
        matters: row.matters,
        source: row.source.as_ref().map(SourceRow::source),
    }
}

fn time_source(row: TimeSourceRow) -> TimeSource {
    TimeSource {
        says: row.says,
        source: Source {
            citation: row.citation,
            url: row.url,
            checked: content::day(&row.checked),
            verified: row.verified,
        },
    }
}
