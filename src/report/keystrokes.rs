//! How much an author types for a report: into Foreword, and by hand into the boxes
//! of an official report.
//!
//! Typed are words, numbers and days; a tick or a choice from a list is a selection
//! and no character. What comes from the directory, the law or the report's own text
//! is neither. What is kept on the record stands apart: it is in no report, so there
//! is nothing to set it against. A source that the page offers to tick (one named
//! before, or what she said at the meeting) is a selection; a row of the proposal costs
//! what differs from the row that was suggested. By hand is `by_hand.rs`.

mod by_hand;

use serde_json::Value;

pub use by_hand::{ByHand, by_hand};

use super::suggest::Suggested;
use crate::{
    case::{CaseFile, InformationSource, Visibility},
    interview::{Field, Held, Interview, Kind, Prompt},
};

/// Keys for a day: two, two and four figures.
const DAY: usize = 8;
/// Keys for a time: `10:00`.
const TIME: usize = 5;

/// What was typed and chosen for one case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Characters for what the report may hold.
    pub characters: usize,
    /// Of those, where answers come from: the details and days of sources.
    pub sources: usize,
    /// Ticks and choices.
    pub selections: usize,
    /// Characters for what is kept on the record.
    pub on_the_record: usize,
    /// Characters by prompt or place, the most first; record-only ones left out.
    pub places: Vec<(String, usize)>,
}

/// Fields of the proposal's pages that are typed, and those that are chosen.
const REQUIREMENT: [&str; 8] = [
    "amount",
    "months",
    "detail",
    "what",
    "place",
    "starts",
    "availability_with",
    "no_monitoring_reason",
];
const REQUIREMENT_CHOSEN: [&str; 5] = ["id", "needs", "purposes", "service", "willing"];
const SERVICE: [&str; 3] = ["offer", "held", "confirmed_with"];
const SERVICE_CHOSEN: [&str; 2] = ["id", "needs"];

/// Counts what an author typed for everything that this case is asked, where
/// `suggested` were offered for its proposal.
#[must_use]
pub fn typed(case: &CaseFile, interview: &Interview, suggested: &[Suggested]) -> Typed {
    let case = interview.asked_part(case);
    let held = Held::of(&case);
    let mut typed = Typed::default();
    let mut offered = Offered::at_first(&case, suggested);
    for (_, prompt) in interview.visible_in(&held) {
        prompt_typed(prompt, &held, &mut offered, &mut typed);
    }
    let facts = serde_json::to_value(&*case).unwrap_or_default();
    order(&facts["proposal"], &mut typed);
    for service in facts["services"].as_array().into_iter().flatten() {
        let mut count = Count::default();
        count.named(service, &SERVICE, &SERVICE_CHOSEN);
        count.slots(&service["slots"]);
        count.days(&service["confirmed_on"]);
        typed.add("services", &count, false);
    }
    typed.places.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    typed
}

impl Typed {
    fn add(&mut self, place: &str, count: &Count, kept: bool) {
        self.selections += count.selections;
        if kept {
            self.on_the_record += count.characters;
            return;
        }
        self.characters += count.characters;
        match self.places.iter_mut().find(|(name, _)| name == place) {
            Some((_, n)) => *n += count.characters,
            None if count.characters == 0 => {}
            None => self.places.push((place.to_owned(), count.characters)),
        }
    }
}

#[derive(Default)]
struct Count {
    characters: usize,
    selections: usize,
}

impl Count {
    fn text(&mut self, value: &Value) {
        self.characters += match value {
            Value::String(text) => text.chars().count(),
            Value::Number(number) => number.to_string().len(),
            Value::Array(items) => items.iter().map(length).sum(),
            _ => 0,
        };
    }

    fn chosen(&mut self, value: &Value) {
        self.selections += match value {
            Value::Array(items) => items.len(),
            Value::Null => 0,
            _ => 1,
        };
    }

    fn days(&mut self, value: &Value) {
        self.characters += match value {
            Value::Array(items) => items.len() * DAY,
            Value::String(_) => DAY,
            _ => 0,
        };
    }

    fn slots(&mut self, slots: &Value) {
        for slot in slots.as_array().into_iter().flatten() {
            self.chosen(&slot["days"]);
            self.characters += 2 * TIME;
        }
    }

    fn named(&mut self, whole: &Value, typed: &[&str], chosen: &[&str]) {
        for name in typed {
            self.text(&whole[*name]);
        }
        for name in chosen {
            self.chosen(&whole[*name]);
        }
    }

    fn field(&mut self, field: &Field, value: &Value) {
        match field.kind {
            Kind::Lines if field.dates => self.days(value),
            Kind::Line | Kind::Text | Kind::Lines | Kind::Area | Kind::Number => self.text(value),
            Kind::Date => self.days(value),
            Kind::Time => self.characters += if value.is_null() { 0 } else { TIME },
            Kind::Choice | Kind::Choices => self.chosen(value),
            Kind::Group | Kind::Records => {}
        }
    }
}

fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

/// What pages offer to be taken over.
struct Offered<'a> {
    /// Sources named on pages before, and what she said at the meeting.
    sources: Vec<InformationSource>,
    /// Rows of the proposal.
    rows: &'a [Suggested],
}

impl<'a> Offered<'a> {
    fn at_first(case: &CaseFile, rows: &'a [Suggested]) -> Self {
        let met = case.answer("meeting").and_then(|a| a.known());
        let met = met.and_then(|m| m.get("met_on")?.as_str()?.parse().ok());
        let days = [None, met];
        let sources = days.into_iter().map(InformationSource::at_meeting);
        Self {
            sources: sources.collect(),
            rows,
        }
    }

    /// A row of the proposal without what the suggestion nearest to it says as well.
    fn changed(&self, prompt: &Prompt, row: &Value) -> Value {
        let mine = self.rows.iter().filter(|s| s.place == prompt.place);
        let agree = |s: &&Suggested| s.agrees(row);
        let Some(nearest) = mine.max_by_key(agree).filter(|s| s.agrees(row) > 0) else {
            return row.clone();
        };
        let mut row = row.clone();
        if let Value::Object(fields) = &mut row {
            fields.retain(|name, value| nearest.record.get(name) != Some(value));
        }
        row
    }
}

fn prompt_typed(prompt: &Prompt, held: &Held<'_>, offered: &mut Offered<'_>, typed: &mut Typed) {
    let answer = held
        .case()
        .answer(&prompt.id)
        .filter(|_| prompt.is_answer());
    let kept = prompt.place == "protected"
        || answer.map_or(prompt.visibility, |a| a.visibility) != Visibility::InReport;
    if let Some(value) = held.value(prompt) {
        let records: Vec<&Value> = match (prompt.kind, &value) {
            (Kind::Records, Value::Array(records)) => records.iter().collect(),
            _ => vec![&value],
        };
        let lone = !matches!(prompt.kind, Kind::Group | Kind::Records);
        for record in records {
            let record = &offered.changed(prompt, record);
            for field in prompt.page_fields() {
                let mut at = field.id.split('.').filter(|_| !lone);
                let Some(value) = at.try_fold(record, |v, part| v.get(part)) else {
                    continue;
                };
                let mut count = Count::default();
                count.field(&field, value);
                typed.add(&prompt.id, &count, kept || field.record_only);
            }
        }
    }
    let Some(answer) = answer else { return };
    let mut count = Count::default();
    for source in &answer.sources {
        if offered.sources.iter().any(|s| s.is_same(source)) {
            count.selections += 1;
            continue;
        }
        source_typed(source, &mut count);
        // What is on the record only lends its sources to no other page.
        if answer.visibility == Visibility::InReport {
            offered.sources.push(source.clone());
        }
    }
    if !kept {
        typed.sources += count.characters;
    }
    typed.add("sources of answers", &count, kept);
}

fn source_typed(source: &InformationSource, count: &mut Count) {
    count.selections += 1 + usize::from(source.verified.is_some());
    count.characters += source.detail.as_ref().map_or(0, |d| d.chars().count());
    count.characters += source.on.map_or(0, |_| DAY);
}

fn order(proposal: &Value, typed: &mut Typed) {
    let mut count = Count::default();
    count.named(proposal, &["months"], &["order"]);
    let suspended = [
        "custodial_months",
        "operational_months",
        "supervision_months",
    ];
    count.named(&proposal["suspended"], &suspended, &[]);
    count.named(&proposal["punished"], &["note", "reason"], &["by"]);
    for requirement in proposal["requirements"].as_array().into_iter().flatten() {
        count.named(requirement, &REQUIREMENT, &REQUIREMENT_CHOSEN);
        count.slots(&requirement["slots"]);
        count.days(&requirement["availability_checked"]);
    }
    typed.add("proposal", &count, false);
}
