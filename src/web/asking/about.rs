//! What goes beside an answer: what happened when the prompt came up, and how far the
//! answer may travel. Where it comes from is in `sources.rs`.
//!
//! Read through the same form reader as prompts, so that days and long texts are
//! treated alike everywhere. Nothing typed is dropped because another choice is made:
//! a name passed on to, or a record's, is kept whatever the choice beside it says.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    Faults, drop_nulls, sources,
    sources::{RECORD, SourcesView},
    told, views,
};
use crate::{
    case::{Answer, AnswerState, InformationSource, Visibility},
    interview::{
        Choice, Field, Kind, Prompt,
        form::{from_form, to_form},
    },
    web::{
        fields::{FieldView, mark},
        form::Form,
        words,
    },
};

/// What goes beside an answer, as a page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct AboutView {
    /// What happened when it came up, with the record it is known from.
    pub state: FieldView,
    /// Where it comes from.
    pub sources: SourcesView,
    /// How far it may travel, and to whom it was passed on.
    pub visibility: FieldView,
    /// True where answers to this prompt stay on the record unless the author says
    /// otherwise.
    pub kept: bool,
}

impl AboutView {
    /// The fields after the state, in page order, for the error summary.
    pub fn fields(&self) -> impl Iterator<Item = &FieldView> {
        self.sources.fields().chain([&self.visibility])
    }
}

/// What goes beside an answer, as a form would send it.
#[must_use]
pub fn held(prompt: &Prompt, answer: Option<&Answer>) -> Form {
    let mut whole = Map::new();
    let visibility = answer.map_or(prompt.visibility, |a| a.visibility);
    whole.insert("visibility".into(), json!(visibility));
    let state = answer.map_or(AnswerState::Answered, |a| a.state);
    whole.insert("state".into(), json!(state));
    if let Some(answer) = answer {
        whole.insert("escalation".into(), json!(answer.escalation));
    }
    let mut pairs = to_form(&asked(fields()), &Value::Object(whole));
    if let Some(answer) = answer {
        pairs.extend(sources::held(answer));
    }
    Form::new(pairs)
}

/// The view of what a form holds, with what is wrong with it. `met` is the day on
/// which the author met her, where it is known, and `named` the sources that the
/// report names, the most used first.
#[must_use]
pub fn view(
    prompt: &Prompt,
    held: &Form,
    faults: &[(String, String)],
    met: Option<NaiveDate>,
    named: &[InformationSource],
) -> AboutView {
    let mut all = views(&fields(), held).into_iter();
    let mut next = || all.next().unwrap_or_default();
    let (state, visibility, to, done) = (next(), next(), next(), next());
    let state = state.revealing(RECORD, sources::record_view(held)).strong();
    let visibility = visibility
        .revealing("escalate", vec![to, done])
        .small()
        .inline();
    let mut all = [
        if prompt.sensitive {
            state
        } else {
            short(state.small().inline())
        },
        visibility.strong(),
    ];
    mark(&mut all, faults);
    let [state, visibility] = all;
    AboutView {
        state,
        sources: sources::view(held, faults, met, named),
        visibility,
        kept: prompt.visibility == Visibility::RecordOnly,
    }
}

/// Fewer words, where declining is rare.
fn short(mut state: FieldView) -> FieldView {
    for option in &mut state.options {
        let words = SHORT.iter().find(|(id, _)| *id == option.value);
        if let Some((_, words)) = words {
            (*words).clone_into(&mut option.label);
        }
    }
    state
}

const SHORT: [(&str, &str); 5] = [
    ("answered", "Answered"),
    (RECORD, "Known from a record"),
    ("prefers-not-to-say", "She prefers not to say"),
    ("not-asked-unsafe", "Not asked: unsafe"),
    ("not-asked-no-time", "Not asked: no time"),
];

/// What a form says beside its answer, laid on an answer without a value.
///
/// # Errors
/// Field name and what is wrong with what was typed in it.
pub fn read(form: &Form) -> Result<Answer, Faults> {
    let fields = fields().into_iter().chain(sources::fields(form)).collect();
    let whole = from_form(&asked(fields), form.pairs());
    let mut whole = whole.map_err(|(_, faults)| told(faults))?;
    drop_nulls(&mut whole);
    let Value::Object(mut whole) = whole else {
        return Ok(Answer::default());
    };
    let record = whole.remove("record");
    let rows = whole.remove("source");
    let escalating = whole.get("visibility") == Some(&json!(Visibility::Escalate));
    let passed_to = whole.get("escalation").and_then(|e| e.get("to"));
    if escalating && passed_to.is_none() {
        return Err(vec![(
            "escalation.to".into(),
            "Enter who has to be told, or was told".into(),
        )]);
    }
    if passed_to.is_none() {
        whole.remove("escalation");
    }
    let unread = |e: serde_json::Error| vec![("state".to_owned(), e.to_string())];
    let mut answer: Answer = serde_json::from_value(Value::Object(whole)).map_err(unread)?;
    answer.sources = sources::read(form, record, rows.as_ref(), answer.state)?;
    Ok(answer)
}

/// State, visibility and escalation, in the shape the form reader knows.
fn fields() -> Vec<Field> {
    let states = words::STATES
        .iter()
        .map(|(_, id, label)| option(id, label, ""));
    let visibilities = words::VISIBILITIES
        .iter()
        .map(|(_, id, label)| option(id, label, ""));
    vec![
        Field {
            required: true,
            ..choice("state", "What happened when it came up", states.collect())
        },
        Field {
            required: true,
            hint: "What is kept for the record only, or passed on to a manager, the police or \
                   children's services, is never exported."
                .into(),
            ..choice("visibility", "Where this may go", visibilities.collect())
        },
        field(
            "escalation.to",
            "Who has to be told, or was told",
            Kind::Line,
        ),
        Field {
            hint: "Leave empty while it is still to do.".into(),
            ..field("escalation.done", "When it was done", Kind::Date)
        },
    ]
}

/// A prompt of these fields, for the form reader.
pub(super) fn asked(fields: Vec<Field>) -> Prompt {
    Prompt {
        id: "about".into(),
        kind: Kind::Group,
        place: "about".into(),
        fields,
        ..Prompt::default()
    }
}

pub(super) fn field(id: &str, label: &str, kind: Kind) -> Field {
    Field {
        id: id.into(),
        label: label.into(),
        kind,
        max: Some(200),
        ..Field::default()
    }
}

pub(super) fn choice(id: &str, label: &str, options: Vec<Choice>) -> Field {
    Field {
        options,
        max: None,
        ..field(id, label, Kind::Choice)
    }
}

pub(super) fn option(id: &str, label: &str, hint: &str) -> Choice {
    Choice {
        id: id.into(),
        label: label.into(),
        hint: hint.into(),
        ..Choice::default()
    }
}
