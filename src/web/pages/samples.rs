//! Samples that several pages share: a report, and prompts of every kind.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::prompt::{PromptPage, sample};
use crate::{
    case::{CaseFile, Visibility},
    interview::{Choice, Field, Kind, OnPage, Prompt},
    store::{LoadedReport, ReportId, StateName},
};

/// Answers of the sample report: prompt, state and visibility.
const STATES: [(&str, &str, &str); 4] = [
    ("text", "answered", "record-only"),
    ("known", "known-from-record", "in-report"),
    ("passed-on", "answered", "escalate"),
    ("declined", "prefers-not-to-say", "in-report"),
];

/// A report with hostile words in it.
pub fn report() -> LoadedReport {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let mut case = CaseFile::new();
    case.woman.name.first = "Angela <script>alert(1)</script>".into();
    let answer = |state: &str, visibility: &str| {
        json!({
            "state": state,
            "value": "She said <b>this</b> & \"that\"",
            "sources": [{"kind": "police", "detail": "<i>log</i>", "on": "2026-11-17", "verified": false},
                {"kind": "her-account", "detail": "Interview, 19 November 2026", "on": "2026-11-19"}],
            "visibility": visibility,
            "escalation": {"to": "Duty <manager>"}
        })
    };
    for (id, state, visibility) in STATES {
        if let Ok(answer) = serde_json::from_value(answer(state, visibility)) {
            case.answers.insert(id.into(), answer);
        }
    }
    LoadedReport {
        signed: None,
        id: ReportId::new(at),
        case: case.into(),
        revision: 3,
        pack_version: "1".into(),
        content_read: None,
        created_at: at,
        updated_at: at,
        has_unsent: false,
        state: StateName::default(),
    }
}

fn option(id: &str) -> Choice {
    Choice {
        id: id.into(),
        label: format!("Option <{id}>"),
        hint: if id == "a" {
            "Help & more".into()
        } else {
            String::new()
        },
        alone: id == "c",
        ..Choice::default()
    }
}

fn field(id: &str, kind: Kind) -> Field {
    let many = if id == "many" { 12 } else { 3 };
    let options = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    Field {
        id: id.into(),
        label: format!("Field {id}"),
        hint: "Help <here>".into(),
        kind,
        options: options[..many].iter().map(|o| option(o)).collect(),
        record_only: id == "b.c",
        page: OnPage {
            heading: if id == "text" { "What <helps>" } else { "" }.into(),
            hint: if id == "text" { "For a <plan>" } else { "" }.into(),
            under: if id == "lines" { "few" } else { "" }.into(),
        },
        ..Field::default()
    }
}

fn prompt(id: &str, kind: Kind) -> Prompt {
    Prompt {
        id: id.into(),
        ask: format!("What of <{id}>?"),
        short: id.into(),
        kind,
        record_name: "offence".into(),
        options: vec![option("a"), option("b")],
        fields: [
            ("title", Kind::Line),
            ("b.c", Kind::Date),
            ("many", Kind::Choice),
            ("few", Kind::Choice),
            ("some", Kind::Choices),
            ("number", Kind::Number),
            ("time", Kind::Time),
            ("text", Kind::Text),
            ("lines", Kind::Lines),
        ]
        .map(|(id, kind)| field(id, kind))
        .into(),
        why: "Because <it> matters".into(),
        say: "“What <helps>?”".into(),
        avoid: "“Addict” & more".into(),
        ..Prompt::default()
    }
}

/// Prompts that are lists.
pub fn records() -> Vec<Prompt> {
    vec![
        prompt("offences", Kind::Records),
        Prompt {
            sensitive: true,
            ..prompt("children", Kind::Records)
        },
    ]
}

/// Pages of prompts of every kind, as answers and as facts, right and wrong.
pub fn prompts() -> Vec<PromptPage> {
    let kinds = [
        Kind::Line,
        Kind::Text,
        Kind::Date,
        Kind::Number,
        Kind::Time,
        Kind::Choice,
        Kind::Choices,
        Kind::Area,
        Kind::Lines,
        Kind::Group,
        Kind::Records,
    ];
    let mut pages = Vec::new();
    for kind in kinds {
        let plain = prompt("text", kind);
        let fact = Prompt {
            place: "hearing".into(),
            why: String::new(),
            ..plain.clone()
        };
        let sensitive = Prompt {
            sensitive: true,
            ..plain.clone()
        };
        for prompt in [plain, fact, sensitive] {
            pages.push(sample(&prompt, &[]));
            let fault = |name: &str| (name.to_owned(), "Enter <something>".to_owned());
            let faults = ["value", "title", "source.0.kind", "state", "escalation.to"].map(fault);
            pages.push(sample(&prompt, &faults));
        }
    }
    for (id, ..) in STATES {
        for sensitive in [true, false] {
            let prompt = Prompt {
                sensitive,
                visibility: Visibility::RecordOnly,
                ..prompt(id, Kind::Text)
            };
            let faults = [
                "record.detail",
                "record.on",
                "source.1.kind",
                "escalation.to",
            ];
            let faults = faults.map(|name| (name.to_owned(), "Enter <something>".to_owned()));
            pages.push(sample(&prompt, &[]));
            pages.push(sample(&prompt, &faults));
        }
    }
    pages
}
