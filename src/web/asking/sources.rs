//! Where an answer comes from: what she said when the author met her, the record it
//! is already known from, and any other source.
//!
//! Lives here: their fields, how they are read, and how they are told in one line.
//! The usual source is one tick, which nobody makes but the author. A new kind of
//! source is a line in `words::SOURCES`. Sources to tick are `picks.rs`.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    Faults,
    about::asked,
    picks::{self, Picks},
    source_fields::{MOST_ROWS, filled, record_fields, row_fields, row_fields_of, typed},
    views,
};
use crate::{
    case::{Answer, AnswerState, InformationKind, InformationSource},
    interview::{Field, form::to_form},
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

/// Where an answer comes from, as a page shows it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourcesView {
    /// The tick for what she said.
    pub hers: FieldView,
    /// The sources that the report already names.
    pub picks: Picks,
    /// Sources that are being typed, with an empty row at the end.
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
    let hers = rest
        .iter()
        .position(|s| *s == InformationSource::at_meeting(s.on));
    if let Some(said) = hers.and_then(|n| rest.get(n)) {
        let day = said.on.map(|on| on.to_string());
        pairs.push((HERS.to_owned(), day.unwrap_or_else(|| DAY_UNKNOWN.into())));
    }
    let others = rest.iter().enumerate().filter(|(n, _)| Some(*n) != hers);
    pairs.extend(others.map(|(_, source)| picks::pair(source)));
    pairs.extend(to_form(&asked(record_fields()), &Value::Object(whole)));
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
    let mut sources = picks::ticked(form);
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
    let said = InformationSource::at_meeting(ticked.parse().ok());
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

/// The view of every other source. `met` is the day on which the author met her, and
/// `named` are the sources that the report names.
pub fn view(
    held: &Form,
    faults: &[(String, String)],
    met: Option<NaiveDate>,
    named: &[InformationSource],
) -> SourcesView {
    let changing = changing(held);
    let (held, asked_for) = match &changing {
        Some(changing) => (changing, true),
        None => (held, false),
    };
    let more = held.one("again") == "source";
    let before: usize = held.one("source-rows").parse().unwrap_or(0);
    let filled = filled(held);
    let shown = filled.max(if more { before } else { 0 }) + 1;
    let shown = shown.min(MOST_ROWS);
    let rows = (0..shown).map(|n| {
        let fields = views(&row_fields_of(n), held).into_iter();
        let mut fields: Vec<_> = fields.map(FieldView::small).collect();
        mark(&mut fields, faults);
        let at_fault = fields.iter().any(|f| !f.error.is_empty());
        SourceRow {
            open: at_fault || (more && n + 1 == shown) || (asked_for && n + 1 == filled),
            legend: format!("Source {}", n + 1),
            said: typed(held, &format!("source.{n}")).map_or_else(String::new, |s| picks::said(&s)),
            fields,
        }
    });
    SourcesView {
        rows: rows.collect(),
        picks: picks(held, met, named),
        hers: hers(held, met),
        shown,
    }
}

/// The form with the source that is to be changed in a row of its own instead of
/// among the ticks; none where none is to be.
fn changing(held: &Form) -> Option<Form> {
    let source = picks::to_change(held)?;
    let n = filled(held);
    if n == MOST_ROWS {
        return None;
    }
    let ticked = |(name, value): &&(String, String)| {
        name != picks::PICK
            || serde_json::from_str(value).map_or(true, |s: InformationSource| s != source)
    };
    let mut pairs: Vec<_> = held.pairs().iter().filter(ticked).cloned().collect();
    let row = json!({ "source": { n.to_string(): source } });
    pairs.extend(to_form(&asked(row_fields_of(n)), &row));
    Some(Form::new(pairs))
}

/// The ticks for what the report names, without what stands in the tick for what she
/// said, in the record or in a row. Where she was ticked for one day and met on
/// another, the other day can be ticked as well.
fn picks(held: &Form, met: Option<NaiveDate>, named: &[InformationSource]) -> Picks {
    let places = (0..filled(held)).map(|n| format!("source.{n}"));
    let known = (held.one("state") == RECORD).then(|| "record".to_owned());
    let places = places.chain(known);
    let mut elsewhere: Vec<_> = places.filter_map(|place| typed(held, &place)).collect();
    let shown = InformationSource::at_meeting(told_on(held, met));
    let mut named = named.to_vec();
    if met.is_some() && shown.on != met && !named.contains(&InformationSource::at_meeting(met)) {
        named.insert(0, InformationSource::at_meeting(met));
    }
    elsewhere.push(shown);
    picks::view(held, &named, &elsewhere)
}

/// The day that the tick for what she said stands for.
fn told_on(held: &Form, met: Option<NaiveDate>) -> Option<NaiveDate> {
    let ticked = held.one(HERS);
    ticked.parse().ok().or(met.filter(|_| ticked.is_empty()))
}

fn hers(held: &Form, met: Option<NaiveDate>) -> FieldView {
    let day = told_on(held, met);
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
