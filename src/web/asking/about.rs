//! What goes beside an answer: what happened when the prompt came up, where the
//! answer comes from, and how far it may travel.
//!
//! Read through the same form reader as prompts, so that days and long texts are
//! treated alike everywhere.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{drop_nulls, views};
use crate::{
    case::{Answer, AnswerState, Visibility},
    interview::{
        Choice, Field, FieldFault, Kind, Prompt,
        form::{from_form, to_form},
    },
    web::{
        fields::{FieldView, mark},
        form::Form,
        words,
    },
};

/// Rows for sources that are always there to fill.
const SPARE_ROWS: usize = 2;
/// The most rows a page reads.
const MOST_ROWS: usize = 12;

/// The fields beside an answer, as a page shows them.
#[derive(Debug, Clone, Serialize)]
pub struct AboutView {
    /// What happened when it came up.
    pub state: FieldView,
    /// One line on what is inside the closed part.
    pub summary: String,
    /// True where the closed part is shown open.
    pub open: bool,
    /// Fields of each source.
    pub sources: Vec<Vec<FieldView>>,
    /// How far it may travel, and to whom it was passed on.
    pub travel: Vec<FieldView>,
}

impl AboutView {
    /// Every field in page order, for the error summary.
    pub fn fields(&self) -> impl Iterator<Item = &FieldView> {
        self.sources.iter().flatten().chain(&self.travel)
    }
}

/// The fields beside an answer as a form would send them.
#[must_use]
pub fn held(prompt: &Prompt, answer: Option<&Answer>) -> Form {
    let visibility = json!(answer.map_or(prompt.visibility, |a| a.visibility));
    let mut whole = Map::new();
    whole.insert("visibility".into(), visibility);
    whole.insert(
        "state".into(),
        json!(answer.map_or(AnswerState::Answered, |a| a.state)),
    );
    if let Some(answer) = answer {
        let sources = answer.sources.iter().enumerate();
        let sources = sources.map(|(n, s)| (n.to_string(), json!(s))).collect();
        whole.insert("source".into(), Value::Object(sources));
        whole.insert("escalation".into(), json!(answer.escalation));
    }
    let rows = answer.map_or(0, |a| a.sources.len());
    Form::new(to_form(&asked(rows + SPARE_ROWS), &Value::Object(whole)))
}

/// The view of what a form holds, with what is wrong with it.
#[must_use]
pub fn view(prompt: &Prompt, held: &Form, faults: &[(String, String)]) -> AboutView {
    let rows = (rows(held) + SPARE_ROWS).min(MOST_ROWS);
    let mut all = views(&asked(rows).fields, held);
    mark(&mut all, faults);
    let at_fault = all.iter().any(|f| f.name != "state" && !f.error.is_empty());
    let mut all = all.into_iter();
    let state = all.next().unwrap_or_default();
    let mut sources: Vec<Vec<FieldView>> = Vec::new();
    for _ in 0..rows {
        sources.push(all.by_ref().take(SOURCE_FIELDS).collect());
    }
    let said = (0..rows).filter_map(|n| kind_said(held, n));
    let said = said.collect::<Vec<_>>().join(", ");
    let said = if said.is_empty() {
        "no source yet".into()
    } else {
        said
    };
    let visibility = words::VISIBILITIES
        .iter()
        .find(|(_, id, ..)| *id == held.one("visibility"));
    let visibility = visibility.map_or_else(|| words::visibility(prompt.visibility), |v| v.2);
    AboutView {
        state: if prompt.sensitive {
            state.strong()
        } else {
            state.strong().small()
        },
        summary: format!("Source and use: {said}. {visibility}"),
        open: at_fault,
        sources,
        travel: all.collect(),
    }
}

/// What a form says beside its answer, laid on an answer without a value.
///
/// # Errors
/// Field name and what is wrong with what was typed in it.
pub fn read(form: &Form) -> Result<Answer, Vec<(String, String)>> {
    let asked = asked((rows(form) + SPARE_ROWS).min(MOST_ROWS));
    let told = |faults: Vec<FieldFault>| -> Vec<_> {
        faults.into_iter().map(|f| (f.field, f.message)).collect()
    };
    let mut whole = from_form(&asked, form.pairs()).map_err(|(_, faults)| told(faults))?;
    drop_nulls(&mut whole);
    let Value::Object(mut whole) = whole else {
        return Ok(Answer::default());
    };
    let rows = match whole.remove("source") {
        Some(Value::Object(rows)) => rows,
        _ => Map::new(),
    };
    let without_kind = rows.iter().filter(|(_, row)| row.get("kind").is_none());
    let faults: Vec<_> = without_kind
        .map(|(n, _)| {
            (
                format!("source.{n}.kind"),
                "Select what kind of source it is".to_owned(),
            )
        })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    whole.insert("sources".into(), Value::Array(rows));
    let escalating = whole.get("visibility") == Some(&json!(Visibility::Escalate));
    if !escalating {
        whole.remove("escalation");
    } else if whole
        .get("escalation")
        .is_some_and(|e| e.get("to").is_none())
    {
        return Err(vec![(
            "escalation.to".into(),
            "Enter whom it was passed to".into(),
        )]);
    }
    serde_json::from_value(Value::Object(whole))
        .map_err(|e| vec![("state".to_owned(), format!("This could not be read: {e}"))])
}

const SOURCE_FIELDS: usize = 4;

/// The fields beside an answer, in the shape the form reader knows.
fn asked(rows: usize) -> Prompt {
    let mut fields = vec![choice("state", "What happened when it came up", states())];
    for n in 0..rows {
        let id = |part: &str| format!("source.{n}.{part}");
        let kinds = words::SOURCES
            .iter()
            .map(|(_, id, label)| option(id, label, ""))
            .collect();
        let borne = [
            ("yes", "Borne out by something independent"),
            ("no", "Not verified"),
        ];
        let borne = borne
            .iter()
            .map(|(id, label)| option(id, label, ""))
            .collect();
        let nth = if n == 0 {
            "Source".to_owned()
        } else {
            format!("Source {}", n + 1)
        };
        fields.push(choice(&id("kind"), &nth, kinds));
        fields.push(Field {
            max: Some(200),
            hint: "Such as: interview on 19 November; crime report".into(),
            ..field(
                &id("detail"),
                "Which document, person or record",
                Kind::Line,
            )
        });
        fields.push(field(&id("on"), "Date of the source", Kind::Date));
        let mut verified = choice(&id("verified"), "Is it verified?", borne);
        verified.boolean = true;
        fields.push(verified);
    }
    let travel = words::VISIBILITIES
        .iter()
        .map(|(_, id, label, hint)| option(id, label, hint));
    fields.push(choice(
        "visibility",
        "How far may this travel?",
        travel.collect(),
    ));
    fields.push(field("escalation.to", "Passed on to", Kind::Line));
    fields.push(field("escalation.done", "Passed on when", Kind::Date));
    for required in ["state", "visibility"] {
        fields
            .iter_mut()
            .filter(|f| f.id == required)
            .for_each(|f| f.required = true);
    }
    Prompt {
        id: "about".into(),
        kind: Kind::Group,
        place: "about".into(),
        fields,
        ..Prompt::default()
    }
}

fn states() -> Vec<Choice> {
    words::STATES
        .iter()
        .map(|(_, id, label)| option(id, label, ""))
        .collect()
}

fn field(id: &str, label: &str, kind: Kind) -> Field {
    Field {
        id: id.into(),
        label: label.into(),
        kind,
        max: Some(200),
        ..Field::default()
    }
}

fn choice(id: &str, label: &str, options: Vec<Choice>) -> Field {
    Field {
        options,
        max: None,
        ..field(id, label, Kind::Choice)
    }
}

fn option(id: &str, label: &str, hint: &str) -> Choice {
    Choice {
        id: id.into(),
        label: label.into(),
        hint: hint.into(),
        alone: false,
        prints: String::new(),
    }
}

/// How many rows of sources a form holds something in.
fn rows(form: &Form) -> usize {
    let filled = |n: &usize| {
        let start = format!("source.{n}.");
        let mut mine = form
            .pairs()
            .iter()
            .filter(|(name, _)| name.starts_with(&start));
        mine.any(|(_, value)| !value.trim().is_empty())
    };
    (0..MOST_ROWS)
        .filter(filled)
        .max()
        .map_or(0, |last| last + 1)
}

fn kind_said(form: &Form, row: usize) -> Option<String> {
    let kind = form.one(&format!("source.{row}.kind"));
    let found = words::SOURCES.iter().find(|(_, id, _)| *id == kind);
    found.map(|(.., words)| words.to_lowercase())
}
