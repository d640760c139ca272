//! The parts of a question: whether the prompts a part names have been dealt with.
//!
//! Not here: what no single prompt shows (`checks`).

use serde_json::Value;

use super::{
    Judged, Looked, Part, Piece, QualityTexts, Shown,
    content::{Named, PartText, Question},
};
use crate::{
    case::{Answer, AnswerState, Visibility},
    interview::{Held, Prompt},
};

impl QualityTexts {
    /// Every question, in the order of the file.
    pub(super) fn questions(&self, looked: &Looked<'_>) -> Vec<Judged> {
        let held = Held::of(looked.case);
        let judged = |question: &Question| {
            let parts = question.parts.iter();
            let parts: Vec<Part> = parts
                .filter_map(|part| self.part(part, looked, &held))
                .collect();
            Judged {
                id: question.id.clone(),
                asks: question.asks.clone(),
                summary: question.summary.clone(),
                shown: Shown::of_all(parts.iter().map(|p| p.shown)),
                parts,
                source: question.source.clone(),
            }
        };
        self.questions.iter().map(judged).collect()
    }

    /// One part; none where this case asks none of its prompts.
    fn part(&self, text: &PartText, looked: &Looked<'_>, held: &Held<'_>) -> Option<Part> {
        let pieces = |named: &[Named]| -> Vec<Piece> {
            let pieces = named.iter().filter_map(|n| self.piece(n, looked, held));
            pieces.collect()
        };
        let (shown, mut evidence) = if text.all.is_empty() {
            let any = pieces(&text.any);
            if any.is_empty() && text.check.is_none() {
                return None;
            }
            let (checked, mut evidence) = match text.check {
                Some(check) => self.look(check, looked)?,
                None => (Shown::Not, Vec::new()),
            };
            let best = any.iter().map(|p| p.shown).max().unwrap_or(Shown::Not);
            // Of several that would do, those that are wanting are no fault.
            evidence.extend(any.into_iter().filter(|p| p.shown > Shown::Not));
            (checked.max(best), evidence)
        } else {
            let all = pieces(&text.all);
            if all.is_empty() {
                return None;
            }
            (Shown::of_all(all.iter().map(|p| p.shown)), all)
        };
        evidence.dedup();
        Some(Part {
            looks_for: text.looks_for.clone(),
            shown,
            evidence,
            better: match shown {
                Shown::Met => String::new(),
                Shown::Partly | Shown::Not => text.better.clone(),
            },
        })
    }

    /// What a prompt shows; none where this case does not ask it.
    fn piece(&self, named: &Named, looked: &Looked<'_>, held: &Held<'_>) -> Option<Piece> {
        let prompt = looked.interview.prompt(&named.prompt)?;
        if !prompt.is_for(looked.case.format) || !looked.interview.open_in(prompt, held) {
            return None;
        }
        let field = named.field.as_deref();
        let label = field.and_then(|f| prompt.field(f)).map_or_else(
            || prompt.short.clone(),
            |f| format!("{}: {}", prompt.short, f.label.to_lowercase()),
        );
        let (shown, note, on_record) = match looked.case.answer(&prompt.id) {
            Some(answer) if prompt.is_answer() => self.answered(answer, prompt, field, held),
            _ => (there(prompt, field, held), "", false),
        };
        let note = if shown == Shown::Not {
            self.word("nothing")
        } else {
            note
        };
        Some(Piece {
            label,
            note: note.to_owned(),
            at: prompt.path(),
            shown,
            on_record,
        })
    }

    fn answered<'t>(
        &'t self,
        answer: &Answer,
        prompt: &Prompt,
        field: Option<&str>,
        held: &Held<'_>,
    ) -> (Shown, &'t str, bool) {
        let off = answer.visibility != Visibility::InReport;
        match answer.state {
            _ if off && answer.is_settled() => (Shown::Partly, self.word("record-only"), true),
            AnswerState::Answered | AnswerState::KnownFromRecord => {
                (there(prompt, field, held), "", off)
            }
            AnswerState::PrefersNotToSay => (Shown::Met, self.word("declined"), off),
            AnswerState::NotAskedUnsafe | AnswerState::NotAskedNoTime => {
                (Shown::Partly, self.word("not-asked"), off)
            }
        }
    }
}

/// Whether the case holds the prompt's value, or the field of it.
fn there(prompt: &Prompt, field: Option<&str>, held: &Held<'_>) -> Shown {
    let value = held.value(prompt);
    let value = match field {
        Some(field) => value.and_then(|v| inside(&v, field)),
        None => value,
    };
    if value.is_some_and(|v| !v.is_null()) {
        Shown::Met
    } else {
        Shown::Not
    }
}

/// The value of a field; its dots lead into it.
fn inside(value: &Value, field: &str) -> Option<Value> {
    let found = field.split('.').try_fold(value, |at, part| at.get(part))?;
    Some(found.clone())
}
