//! Where an answer comes from: what she said when the author met her, the record it
//! is already known from, and any other source.
//!
//! Lives here: their fields, how they are read, and how they are told in one line.
//! The usual source is one tick, which nobody makes but the author. A new kind of
//! source is a line in `words::SOURCES`.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    Faults,
    about::{asked, choice, field, option},
    views,
};
use crate::{
    case::{Answer, AnswerState, InformationKind, InformationSource},
    interview::{Choice, Field, Kind, form::to_form},
    web::{
        fields::{Control, FieldView, mark},
        form::Form,
        words,
    },
};

/// The state that asks for a record.
pub const RECORD: &str = "known-from-record";
/// Name of the tick for what she said at the meeting; its value is the day.
const HERS: &str = "hers";
/// Value of that tick where the day of the meeting is not known.
const DAY_UNKNOWN: &str = "day-unknown";
/// The most rows a page reads.
const MOST_ROWS: usize = 12;

/// Where an answer comes from, as a page shows it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourcesView {
    /// The tick for what she said.
    pub hers: FieldView,
    /// Every other source, with an empty row at the end.
    pub rows: Vec<SourceRow>,
    /// How many rows are shown: sent along, so that one more can be asked for.
    pub shown: usize,
}

/// One source.
#[derive(Debug, Clone, Serialize)]
pub struct SourceRow {
    /// What it says, in one line.
    pub said: String,
    /// Name of the row, so that its fields are told from those of the others.
    pub legend: String,
    /// True where it is shown open.
    pub open: bool,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

impl SourcesView {
    /// Every field in page order, for the error summary.
    pub fn fields(&self) -> impl Iterator<Item = &FieldView> {
        let rows = self.rows.iter().flat_map(|r| &r.fields);
        [&self.hers].into_iter().chain(rows)
    }
}

/// What she said when the author met her.
fn at_meeting(on: Option<NaiveDate>) -> InformationSource {
    InformationSource {
        kind: InformationKind::HerAccount,
        detail: on.map(|on| format!("Interview, {}", words::day(on))),
        on,
        verified: None,
    }
}

/// The sources of an answer, as a form would send them.
pub fn held(answer: &Answer) -> Vec<(String, String)> {
    let mut rest = &answer.sources[..];
    let mut pairs = Vec::new();
    let mut whole = Map::new();
    if let ([first, others @ ..], AnswerState::KnownFromRecord) = (rest, answer.state)
        && first.kind != InformationKind::HerAccount
    {
        let mut record = json!(first);
        if first.on.is_none() {
            record["undated"] = json!(["yes"]);
        }
        whole.insert("record".into(), record);
        rest = others;
    }
    if let [first, others @ ..] = rest
        && *first == at_meeting(first.on)
    {
        let day = first
            .on
            .map_or_else(|| DAY_UNKNOWN.into(), |on| on.to_string());
        pairs.push((HERS.to_owned(), day));
        rest = others;
    }
    let rows = rest.iter().enumerate();
    let rows: Map<String, Value> = rows.map(|(n, s)| (n.to_string(), json!(s))).collect();
    let shown = rest.len();
    whole.insert("source".into(), Value::Object(rows));
    let fields = record_fields().into_iter().chain(row_fields(shown));
    pairs.extend(to_form(&asked(fields.collect()), &Value::Object(whole)));
    pairs
}

/// The fields that a form may send for its sources.
pub fn fields(form: &Form) -> impl Iterator<Item = Field> {
    record_fields().into_iter().chain(row_fields(filled(form)))
}

/// The sources that a form names.
///
/// # Errors
/// Field name and what is wrong with what was typed in it.
pub fn read(
    form: &Form,
    record: Option<Value>,
    rows: Option<&Value>,
    state: AnswerState,
) -> Result<Vec<InformationSource>, Faults> {
    let known = state == AnswerState::KnownFromRecord;
    let mut sources = Vec::new();
    let mut faults = Vec::new();
    let record = record.map(without_tick).filter(|r| !r.is_empty());
    for n in 0..filled(form) {
        let row = rows.and_then(|rows| rows.get(n.to_string()));
        let Some(row) = row.filter(|row| row.is_object()) else {
            continue;
        };
        match row.get("kind") {
            Some(_) => sources.push(source(row.clone())),
            None => faults.push((
                format!("source.{n}.kind"),
                "Select what kind of source it is".to_owned(),
            )),
        }
    }
    if let Some(said) = said_at(form) {
        sources.insert(0, said);
    }
    let elsewhere = |s: &InformationSource| s.kind != InformationKind::HerAccount;
    let record = match record {
        Some(record) => record,
        None if known && !sources.iter().any(elsewhere) => Map::new(),
        None => return done(sources, faults),
    };
    if known {
        faults.extend(missing(&record, form.one("record.undated") == "yes"));
    }
    let mut record = record;
    record
        .entry("kind")
        .or_insert_with(|| json!(InformationKind::Other));
    let record = source(Value::Object(record));
    // Where another state was chosen after all, the record is one source of several.
    if known {
        sources.insert(0, record);
    } else if !sources.contains(&record) {
        sources.push(record);
    }
    done(sources, faults)
}

/// What a record still lacks before an answer can rest on it.
fn missing(record: &Map<String, Value>, undated: bool) -> Faults {
    let lacks = [
        ("kind", "Select what kind of record it is", false),
        ("detail", "Enter which record", false),
        (
            "on",
            "Enter the date of the record, or tick that it is not known",
            undated,
        ),
    ];
    let lacks = lacks
        .iter()
        .filter(|(part, _, excused)| !excused && !record.contains_key(*part));
    lacks
        .map(|(part, what, _)| (format!("record.{part}"), (*what).to_owned()))
        .collect()
}

fn done(sources: Vec<InformationSource>, faults: Faults) -> Result<Vec<InformationSource>, Faults> {
    if faults.is_empty() {
        Ok(sources)
    } else {
        Err(faults)
    }
}

/// The tick stands for a date that is not there, and is no part of the source.
fn without_tick(record: Value) -> Map<String, Value> {
    let Value::Object(mut record) = record else {
        return Map::new();
    };
    record.remove("undated");
    record
}

/// What she said, where it is ticked.
fn said_at(form: &Form) -> Option<InformationSource> {
    let ticked = form.one(HERS);
    let said = at_meeting(ticked.parse().ok());
    (!ticked.is_empty() && !repeated(form, &said)).then_some(said)
}

/// True where a row says the same as the tick.
fn repeated(form: &Form, said: &InformationSource) -> bool {
    (0..filled(form)).any(|n| {
        let one = |part: &str| form.one(&format!("source.{n}.{part}")).to_owned();
        let detail = said.detail.clone().unwrap_or_default();
        one("kind") == "her-account" && one("detail") == detail && one("verified").is_empty()
    })
}

fn source(value: Value) -> InformationSource {
    // The form reader has judged each part, so that this cannot fail.
    serde_json::from_value(value).unwrap_or_default()
}

/// The view of the record an answer is already known from.
pub fn record_view(held: &Form) -> Vec<FieldView> {
    let fields = views(&record_fields(), held);
    fields.into_iter().map(FieldView::small).collect()
}

/// The view of every other source. `met` is the day on which the author met her.
pub fn view(held: &Form, faults: &[(String, String)], met: Option<NaiveDate>) -> SourcesView {
    let more = held.one("again") == "source";
    let before: usize = held.one("source-rows").parse().unwrap_or(0);
    let shown = filled(held).max(if more { before } else { 0 }) + 1;
    let shown = shown.min(MOST_ROWS);
    let rows = (0..shown).map(|n| {
        let fields = views(&row_fields_of(n), held).into_iter();
        let mut fields: Vec<_> = fields.map(FieldView::small).collect();
        mark(&mut fields, faults);
        let said = told(held, n);
        let at_fault = fields.iter().any(|f| !f.error.is_empty());
        SourceRow {
            open: at_fault || (more && n + 1 == shown),
            legend: format!("Source {}", n + 1),
            said,
            fields,
        }
    });
    SourcesView {
        hers: hers(held, met),
        rows: rows.collect(),
        shown,
    }
}

fn hers(held: &Form, met: Option<NaiveDate>) -> FieldView {
    let ticked = held.one(HERS);
    let day = ticked.parse().ok().or(met.filter(|_| ticked.is_empty()));
    let (value, label) = match day {
        Some(day) => (
            day.to_string(),
            format!("She told me, at our meeting on {}", words::day(day)),
        ),
        None => (DAY_UNKNOWN.into(), "She told me".to_owned()),
    };
    let hint = match day {
        Some(_) => String::new(),
        None => "Under “How you met” you can enter the day; this tick then names it.".into(),
    };
    let view = FieldView::new(Control::Checkboxes, HERS, "Where this comes from");
    let view = view.hinted_options([(value, label, hint)]).typed(held);
    view.strong().small()
}

/// One row in one line.
fn told(held: &Form, n: usize) -> String {
    let one = |part: &str| held.one(&format!("source.{n}.{part}"));
    let kind = words::SOURCES.iter().find(|(_, id, _)| *id == one("kind"));
    let date = held.date(&format!("source.{n}.on"));
    let mut said = Vec::new();
    said.extend(kind.map(|(.., words)| (*words).to_owned()));
    said.extend(Some(one("detail").to_owned()).filter(|d| !d.is_empty()));
    let day = NaiveDate::from_ymd_opt(
        date.year.parse().unwrap_or(0),
        date.month.parse().unwrap_or(0),
        date.day.parse().unwrap_or(0),
    );
    said.extend(day.map(words::day));
    let borne = VERIFIED.iter().find(|(id, _)| *id == one("verified"));
    said.extend(borne.map(|(_, words)| words.to_lowercase()));
    said.join(", ")
}

const VERIFIED: [(&str, &str); 2] = [
    ("yes", "Borne out by something independent"),
    ("no", "Not verified"),
];

/// The fields of `rows` sources.
fn row_fields(rows: usize) -> impl Iterator<Item = Field> {
    (0..rows).flat_map(row_fields_of)
}

fn row_fields_of(n: usize) -> Vec<Field> {
    let kinds = words::SOURCES
        .iter()
        .map(|(_, id, label)| option(id, label, ""));
    source_fields(&format!("source.{n}"), kinds.collect(), WORDS)
}

/// The fields of the record an answer is already known from.
fn record_fields() -> Vec<Field> {
    let kinds = words::SOURCES.iter().filter(|(kind, ..)| {
        use InformationKind::{AuthorsAssessment, HerAccount};
        !matches!(kind, HerAccount | AuthorsAssessment)
    });
    let kinds = kinds.map(|(_, id, label)| option(id, label, ""));
    let words = [
        "What kind of record?",
        "Which record?",
        "Date of the record",
    ];
    let mut fields = source_fields("record", kinds.collect(), words);
    let mut undated = choice(
        "record.undated",
        "If you cannot find its date",
        vec![option("yes", "The date of the record is not known", "")],
    );
    undated.kind = Kind::Choices;
    fields.insert(3, undated);
    fields
}

const WORDS: [&str; 3] = [
    "Kind of source",
    "Which document, person or record",
    "Date of the source",
];

fn source_fields(name: &str, kinds: Vec<Choice>, [kind, detail, on]: [&str; 3]) -> Vec<Field> {
    let id = |part: &str| format!("{name}.{part}");
    let borne = VERIFIED.iter().map(|(id, label)| option(id, label, ""));
    vec![
        choice(&id("kind"), kind, kinds),
        Field {
            hint: "Such as: crime report; GP letter; earlier pre-sentence report".into(),
            ..field(&id("detail"), detail, Kind::Line)
        },
        field(&id("on"), on, Kind::Date),
        Field {
            boolean: true,
            blank_label: "Not said".into(),
            ..choice(&id("verified"), "Is it verified?", borne.collect())
        },
    ]
}

/// How many rows of sources a form holds something in.
fn filled(form: &Form) -> usize {
    let in_row = |n: &usize| {
        let start = format!("source.{n}.");
        let pairs = form.pairs().iter();
        let mut mine = pairs.filter(|(name, _)| name.starts_with(&start));
        mine.any(|(_, value)| !value.trim().is_empty())
    };
    (0..MOST_ROWS)
        .filter(in_row)
        .max()
        .map_or(0, |last| last + 1)
}
