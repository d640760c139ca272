//! The texts of `report-templates/quality/inspection.toml` and `consistency.toml`, read
//! and checked at start.
//!
//! Lives here: their shape, and refusing what does not fit the prompts or the program,
//! with file and line. Not here: any sentence, or judging by them.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{levels::Level, phrases::Phrase};
use crate::{
    content::{ContentError, ContentFiles, SourceRow, line_of},
    english::nearest,
    finding::Source,
    interview::Interview,
    review::said::{self, FindingText, Said},
};

const QUESTIONS: &str = "report-templates/quality/inspection.toml";
const CONSISTENCY: &str = "report-templates/quality/consistency.toml";

/// Every finding about consistency, and the names each offers to its words.
const FINDINGS: [(&str, &[&str]); 10] = [
    ("consistency.need-unanswered", &["need", "level"]),
    ("consistency.requirement-without-need", &["requirement"]),
    ("consistency.need-not-found", &["requirement", "need"]),
    ("consistency.harm-told-twice", &["words", "levels"]),
    ("consistency.reoffending-told-twice", &["words", "band"]),
    ("consistency.risk-of-what", &["words"]),
    ("consistency.harm-and-predictor", &["level", "band"]),
    ("consistency.partner", &["level", "band"]),
    ("consistency.imminent", &[]),
    ("consistency.figure", &["words", "held"]),
];

/// Every small word this room needs.
const WORDS: [&str; 13] = [
    "declined",
    "met",
    "no-enquiry",
    "no-service",
    "not",
    "not-asked",
    "not-made",
    "nothing",
    "partly",
    "record-only",
    "replied",
    "told",
    "untold",
];

/// Prompts and fields that the program itself looks at.
const LOOKED_AT: [&str; 10] = [
    "rosh.children",
    "rosh.public",
    "rosh.known_adults",
    "rosh.staff",
    "rosh-when.imminence",
    "reoffending.band",
    "reoffending.csrp_band",
    "sara.partner",
    "victim-known",
    "offence-harm",
];

/// What is said and asked in a quality check.
#[derive(Debug)]
pub struct QualityTexts {
    /// That the questions are a paraphrase: stands over them wherever they are shown.
    pub label: String,
    pub(super) words: BTreeMap<String, String>,
    pub(super) questions: Vec<Question>,
    pub(super) said: Said,
    pub(super) levels: Vec<Level>,
    pub(super) risk: Risk,
    pub(super) figures: Figures,
}

/// One question.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) id: String,
    pub(super) asks: String,
    pub(super) summary: String,
    pub(super) source: Source,
    pub(super) parts: Vec<PartText>,
}

/// One part of a question.
#[derive(Debug)]
pub(super) struct PartText {
    pub(super) looks_for: String,
    pub(super) better: String,
    pub(super) all: Vec<Named>,
    pub(super) any: Vec<Named>,
    pub(super) check: Option<Check>,
}

/// A prompt, or a field of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) prompt: String,
    pub(super) field: Option<String>,
}

impl Named {
    pub(super) fn of(text: &str) -> Self {
        let (prompt, field) = match text.split_once('.') {
            Some((prompt, field)) => (prompt, Some(field.to_owned())),
            None => (text, None),
        };
        Self {
            prompt: prompt.to_owned(),
            field,
        }
    }
}

/// What the program looks at that no single prompt shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    Enquiries,
    OtherSources,
    HerWords,
    Link,
    Motivation,
    Victims,
    Order,
    NeedsAnswered,
    ReasonsTraced,
    Complete,
}

impl Check {
    const ALL: [(&str, Self); 10] = [
        ("enquiries", Self::Enquiries),
        ("other-sources", Self::OtherSources),
        ("her-words", Self::HerWords),
        ("link", Self::Link),
        ("motivation", Self::Motivation),
        ("victims", Self::Victims),
        ("order", Self::Order),
        ("needs-answered", Self::NeedsAnswered),
        ("reasons-traced", Self::ReasonsTraced),
        ("complete", Self::Complete),
    ];

    fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == id).map(|c| c.1)
    }
}

/// Phrases in which a level of risk is read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Risk {
    pub(super) sections: Vec<String>,
    pub(super) harm: Vec<String>,
    pub(super) reoffending: Vec<String>,
    pub(super) of_what: Vec<String>,
    pub(super) turned_round: Vec<String>,
}

/// Phrases in which a figure of the proposal is read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figures {
    pub(super) sections: Vec<String>,
    /// Passages that speak of other sentences than the one proposed.
    pub(super) but: Vec<String>,
    pub(super) order: Vec<Phrase>,
    pub(super) requirement: Vec<OfRequirement>,
}

/// Phrases for the amount of one requirement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfRequirement {
    pub(super) id: String,
    pub(super) says: Vec<Phrase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    label: String,
    words: BTreeMap<String, String>,
    question: Vec<QuestionRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionRow {
    id: String,
    asks: String,
    summary: String,
    source: SourceRow,
    part: Vec<PartRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRow {
    looks_for: Spanned<String>,
    better: String,
    #[serde(default)]
    all: Vec<Spanned<String>>,
    #[serde(default)]
    any: Vec<Spanned<String>>,
    check: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsistencyFile {
    finding: Vec<FindingText>,
    level: Vec<Level>,
    risk: Risk,
    figures: Figures,
}

impl QualityTexts {
    /// Reads and checks the texts.
    ///
    /// # Errors
    /// Every fault found, each with its file, and its line where it has one.
    pub fn load(files: &ContentFiles, interview: &Interview) -> Result<Self, Vec<ContentError>> {
        let questions: QuestionFile = files.toml(QUESTIONS).map_err(|e| vec![e])?;
        let consistency: ConsistencyFile = files.toml(CONSISTENCY).map_err(|e| vec![e])?;
        let text = files.text(QUESTIONS).map_err(|e| vec![e])?;
        let mut faults = question_faults(&questions, text, interview);
        faults.extend(consistency_faults(&consistency, interview));
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            label: questions.label,
            words: questions.words,
            questions: questions.question.into_iter().map(question).collect(),
            said: Said::of(consistency.finding),
            levels: consistency.level,
            risk: consistency.risk,
            figures: consistency.figures,
        })
    }

    /// One of the file's small words.
    #[must_use]
    pub fn word(&self, id: &str) -> &str {
        self.words.get(id).map_or("", String::as_str)
    }
}

fn question(row: QuestionRow) -> Question {
    Question {
        id: row.id,
        asks: row.asks,
        summary: row.summary,
        source: row.source.source(),
        parts: row.part.into_iter().map(part).collect(),
    }
}

fn part(row: PartRow) -> PartText {
    let named = |rows: &[Spanned<String>]| rows.iter().map(|n| Named::of(n.get_ref())).collect();
    PartText {
        all: named(&row.all),
        any: named(&row.any),
        check: row.check.and_then(|c| Check::named(c.get_ref())),
        looks_for: row.looks_for.into_inner(),
        better: row.better,
    }
}

fn question_faults(file: &QuestionFile, text: &str, interview: &Interview) -> Vec<ContentError> {
    let mut faults = Vec::new();
    let mut fault = |line: Option<usize>, reason: String| {
        faults.push(ContentError::new(QUESTIONS, line, reason));
    };
    if file.label.trim().is_empty() {
        fault(
            None,
            "`label` must say whose words the questions are".into(),
        );
    }
    for word in WORDS.iter().filter(|w| !file.words.contains_key(**w)) {
        fault(None, format!("[words] lacks \"{word}\""));
    }
    for row in &file.question {
        if row.part.is_empty() {
            fault(
                None,
                format!("question \"{}\" has no [[question.part]]", row.id),
            );
        }
        for part in &row.part {
            let line = |of: &Spanned<String>| Some(line_of(text, of.span().start));
            for named in part.all.iter().chain(&part.any) {
                if let Err(reason) = exists(named.get_ref(), interview) {
                    fault(line(named), reason);
                }
            }
            if let Some(check) = part
                .check
                .as_ref()
                .filter(|c| Check::named(c.get_ref()).is_none())
            {
                let known = Check::ALL.iter().map(|(name, _)| *name);
                let near = nearest(check.get_ref(), known);
                fault(
                    line(check),
                    format!("the program has no check \"{}\"{near}", check.get_ref()),
                );
            }
            let alone = part.all.is_empty() != (part.any.is_empty() && part.check.is_none());
            if !alone {
                let reason =
                    "a part looks either at `all` of some prompts, or at `any` or a `check`";
                fault(line(&part.looks_for), reason.into());
            }
        }
    }
    faults
}

/// Whether a prompt, and its field, exist.
fn exists(named: &str, interview: &Interview) -> Result<(), String> {
    let Named { prompt, field } = Named::of(named);
    let Some(found) = interview.prompt(&prompt) else {
        let near = nearest(&prompt, interview.prompts().map(|(_, p)| p.id.as_str()));
        return Err(format!("there is no prompt \"{prompt}\"{near}"));
    };
    match field {
        Some(field) if found.field(&field).is_none() => {
            let near = nearest(&field, found.fields.iter().map(|f| f.id.as_str()));
            Err(format!(
                "the prompt \"{prompt}\" has no field \"{field}\"{near}"
            ))
        }
        _ => Ok(()),
    }
}

fn consistency_faults(file: &ConsistencyFile, interview: &Interview) -> Vec<ContentError> {
    let mut reasons = said::lacking(&file.finding, &FINDINGS);
    for named in LOOKED_AT {
        if let Err(reason) = exists(named, interview) {
            reasons.push(format!(
                "the program looks at `{named}` for this, and {reason}"
            ));
        }
    }
    let bands = interview.prompt("rosh").and_then(|p| p.field("public"));
    let bands: Vec<&str> = bands
        .map(|f| f.options.iter().map(|o| o.id.as_str()).collect())
        .unwrap_or_default();
    let levels: Vec<&str> = file.level.iter().map(|l| l.id.as_str()).collect();
    if levels != bands || file.level.iter().any(|l| l.words.is_empty()) {
        let bands = bands.join(", ");
        reasons.push(format!(
            "there must be a [[level]] with words for each of: {bands}"
        ));
    }
    for phrase in file.risk.harm.iter().chain(&file.risk.reoffending) {
        if !phrase.contains("{level}") {
            reasons.push(format!("[risk] \"{phrase}\" names no {{level}}"));
        }
    }
    let fault = |reason| ContentError::new(CONSISTENCY, None, reason);
    reasons.into_iter().map(fault).collect()
}
