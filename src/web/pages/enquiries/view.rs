//! One line of the register or the worklist, in words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    case::{Enquiry, EnquiryKind, IfOutstanding},
    review::{
        EnquiryTexts,
        enquiries::{Entry, Standing},
    },
    store::ReportId,
    web::{form::Form, links, words},
};

/// A coloured word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// The word.
    pub text: &'static str,
    /// Its colour; `No record` and `No concerns` are never green.
    pub colour: &'static str,
}

/// How an enquiry stands, as a coloured word.
#[must_use]
pub fn tag(standing: Standing) -> Tag {
    let (text, colour) = match standing {
        Standing::NotAsked => ("Not yet asked", "red"),
        Standing::NotMade => ("Not being asked", "grey"),
        Standing::Awaited => ("No reply yet", "yellow"),
        Standing::Late => ("Reply overdue", "orange"),
        Standing::Concerns => ("Concerns", "purple"),
        Standing::NoConcerns => ("No concerns reported", "blue"),
        Standing::NoRecord => ("No record held", "grey"),
        Standing::Refused => ("No answer given", "grey"),
    };
    Tag { text, colour }
}

/// What the author chose to do without a reply, in her own terms.
#[must_use]
pub fn chosen(way: IfOutstanding) -> &'static str {
    match way {
        IfOutstanding::AskForAdjournment => "Ask the court for time",
        IfOutstanding::ProceedAndSaySo => "Go ahead, and say so in the report",
        IfOutstanding::AvoidDependentRequirements => "Avoid requirements that depend on it",
    }
}

/// How long ago: `today`, `1 day ago`.
#[must_use]
pub fn ago(days: i64) -> String {
    match days {
        0 => "today".into(),
        1 => "1 day ago".into(),
        days if days < 0 => "still to come".into(),
        days => format!("{days} days ago"),
    }
}

/// How far off the hearing is: `today`, `tomorrow`, `in 3 days`, `2 days ago`.
#[must_use]
pub fn hearing_in(hearing: NaiveDate, today: NaiveDate) -> String {
    match (hearing - today).num_days() {
        0 => "today".into(),
        1 => "tomorrow".into(),
        days if days > 1 => format!("in {days} days"),
        days => ago(-days),
    }
}

/// One line of the register.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    anchor: String,
    name: String,
    agency: String,
    tag: Tag,
    /// Days, each on a line: sent, chased, expected, replied.
    days: Vec<String>,
    /// Why it is expected, where nothing is recorded yet.
    why: String,
    source: String,
    source_url: String,
    /// Why it is not being asked.
    not_made: String,
    /// What is chosen for the case that no reply comes; empty where it does not matter.
    chosen: &'static str,
    /// The number of its record; empty where there is none yet.
    number: String,
    kind: &'static str,
    may_send: bool,
    may_chase: bool,
    /// The form of the record, at the outcome.
    reply: String,
    /// The form of the record; empty where there is none yet.
    change: String,
    /// A reason that was typed and not saved.
    typed: String,
}

impl EntryView {
    /// A line.
    #[must_use]
    pub fn new(entry: &Entry, texts: &EnquiryTexts, report: ReportId, today: NaiveDate) -> Self {
        let enquiry = &entry.enquiry;
        let recorded = entry.number;
        let kind = texts.kind(enquiry.kind);
        let source = kind.and_then(|k| k.source.as_ref());
        let change = recorded.map(|n| {
            let list = links::prompt(report, "enquiries");
            format!("{list}/records/{n}")
        });
        let new = recorded.is_none();
        let open = entry.is_outstanding();
        Self {
            anchor: slot(entry.number, enquiry.kind),
            name: entry.name.clone(),
            agency: entry.agency.clone(),
            tag: tag(entry.standing),
            days: days(enquiry, entry, today),
            why: kind
                .filter(|_| new)
                .map(|k| k.why.clone())
                .unwrap_or_default(),
            source: source
                .filter(|_| new)
                .map(|s| s.citation.clone())
                .unwrap_or_default(),
            source_url: source.and_then(|s| s.url.clone()).unwrap_or_default(),
            not_made: enquiry.not_made_because().unwrap_or_default().to_owned(),
            chosen: enquiry.if_outstanding.filter(|_| open).map_or("", chosen),
            number: recorded.map(|n| n.to_string()).unwrap_or_default(),
            kind: enquiry.kind.id(),
            may_send: matches!(entry.standing, Standing::NotAsked | Standing::NotMade),
            may_chase: matches!(entry.standing, Standing::Awaited | Standing::Late),
            reply: change
                .as_ref()
                .filter(|_| open)
                .map(|href| format!("{href}?from=register#outcome"))
                .unwrap_or_default(),
            change: change
                .map(|href| format!("{href}?from=register"))
                .unwrap_or_default(),
            typed: String::new(),
        }
    }

    /// With the reason that a form which was not taken gave for this line.
    #[must_use]
    pub fn keeping(mut self, sent: Option<&Form>) -> Self {
        if let Some(form) =
            sent.filter(|form| form.one("number") == self.number && form.one("kind") == self.kind)
        {
            form.one("reason").clone_into(&mut self.typed);
        }
        self
    }

    /// Lines of every state, for samples of pages.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let states = [
            Standing::NotAsked,
            Standing::NotMade,
            Standing::Awaited,
            Standing::Late,
            Standing::Concerns,
            Standing::NoConcerns,
            Standing::NoRecord,
            Standing::Refused,
        ];
        let line = |(n, standing): (usize, Standing)| Self {
            anchor: format!("enquiry-{n}"),
            name: "Police: domestic abuse".into(),
            agency: "A <police> force".into(),
            tag: tag(standing),
            days: vec!["Sent 13 November 2026, 9 days ago".into()],
            why: if n == 0 {
                "Because <it> matters".into()
            } else {
                String::new()
            },
            source: "A source".into(),
            source_url: "https://example.org/".into(),
            not_made: if n == 1 {
                "No <child>".into()
            } else {
                String::new()
            },
            chosen: if n == 2 { "Ask the court for time" } else { "" },
            number: if n == 0 { String::new() } else { n.to_string() },
            kind: "police-domestic-abuse",
            may_send: n < 2,
            may_chase: n == 2 || n == 3,
            reply: if n == 2 {
                "/reports/1/prompts/enquiries/records/2#outcome".into()
            } else {
                String::new()
            },
            change: if n == 0 {
                String::new()
            } else {
                format!("/reports/1/prompts/enquiries/records/{n}")
            },
            typed: if n == 0 {
                "Typed & <kept>".into()
            } else {
                String::new()
            },
        };
        states.into_iter().enumerate().map(line).collect()
    }
}

/// What names a line in forms and addresses: its number, or its kind where nothing is
/// recorded yet.
#[must_use]
pub fn slot(number: Option<usize>, kind: EnquiryKind) -> String {
    match number {
        Some(number) => format!("enquiry-{number}"),
        None => format!("enquiry-{}", kind.id()),
    }
}

fn days(enquiry: &Enquiry, entry: &Entry, today: NaiveDate) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(sent) = enquiry.sent {
        let waited = entry.waiting.map(|days| format!(", {}", ago(days)));
        lines.push(format!(
            "Sent {}{}",
            words::day(sent),
            waited.unwrap_or_default()
        ));
    }
    if let Some(last) = enquiry.chased.iter().max() {
        let times = match enquiry.chased.len() {
            1 => String::new(),
            n => format!(", {n} times in all"),
        };
        lines.push(format!("Chased {}{times}", words::day(*last)));
    }
    if let Some(expected) = enquiry.expected.filter(|_| entry.is_outstanding()) {
        let late = if expected < today {
            "was expected"
        } else {
            "expected"
        };
        lines.push(format!("Reply {late} by {}", words::day(expected)));
    }
    if let Some(replied) = enquiry.replied {
        lines.push(format!("Replied {}", words::day(replied)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_hearing_is_as_far_off_as_people_say() {
        let today = day("2026-11-22");
        for (hearing, words) in [
            ("2026-11-22", "today"),
            ("2026-11-23", "tomorrow"),
            ("2026-11-25", "in 3 days"),
            ("2026-11-21", "1 day ago"),
            ("2026-11-12", "10 days ago"),
        ] {
            assert_eq!(hearing_in(day(hearing), today), words);
        }
    }

    #[test]
    fn silence_is_never_shown_in_green() {
        for standing in [Standing::NoRecord, Standing::NoConcerns, Standing::Refused] {
            assert_ne!(tag(standing).colour, "green");
        }
    }
}
