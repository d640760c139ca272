//! Whether the report's text and the interview fit together: every answer that may
//! travel has a passage that prints it, so that nothing an author types is silently
//! left behind; and a longer report has every section that a shorter one has.
//!
//! Not here: reading the templates (`templates`). To add a rule, write a function
//! that gives faults, and call it in [`faults`].

use std::collections::BTreeMap;

use super::{
    context::FACTS,
    templates::{Each, Passage, Section},
};
use crate::{
    case::{Format, Visibility},
    content::{ContentError, ContentFiles, line_of},
    interview::{Field, Interview, Kind, Prompt},
};

const PROMPTS: &str = "report-templates/interview/sections/";

/// Every place where the two do not fit.
pub(super) fn faults(
    files: &ContentFiles,
    interview: &Interview,
    formats: &str,
    sections: &BTreeMap<Format, Vec<Section>>,
) -> Vec<ContentError> {
    let mut faults = shallower(files, formats, sections);
    let passages: Vec<&Passage> = sections
        .values()
        .flatten()
        .flat_map(|section| &section.passages)
        .collect();
    for (section, prompt) in interview.prompts().filter(|(_, p)| travels(p)) {
        let path = format!("{PROMPTS}{}.toml", section.id);
        for (needle, reason) in unread(prompt, &passages) {
            let line = line(files, &path, prompt, &needle);
            let reason = format!("`{}`: {reason}", prompt.id);
            faults.push(ContentError::new(&path, line, reason));
        }
    }
    faults
}

/// True for an answer that the report may hold. A fact with a place is the
/// program's to print, where it belongs.
fn travels(prompt: &Prompt) -> bool {
    prompt.is_answer() && prompt.prints && prompt.visibility == Visibility::InReport
}

/// What of a prompt no passage reads: the text to look for, and the reason.
fn unread(prompt: &Prompt, passages: &[&Passage]) -> Vec<(String, String)> {
    let variable = prompt.id.replace('-', "_");
    if FACTS.iter().any(|(name, _)| *name == variable) {
        let reason = "passages know something else by this name; give it another id";
        return vec![("id".into(), reason.into())];
    }
    let as_need =
        |p: &Passage| p.each == Each::Need && !prompt.theme.is_empty() && reads(p, "need");
    let mine: Vec<&&Passage> = passages
        .iter()
        .filter(|p| reads(p, &variable) || as_need(p))
        .collect();
    if mine.is_empty() {
        let reason = format!(
            "no passage of any report reads it, so an answer would be left behind; use \
             `{variable}` in report-templates/report/sections/, or write `prints = false` where \
             it guides the author or only opens other prompts"
        );
        return vec![(format!("\"{}\"", prompt.id), reason)];
    }
    let left = prompt.fields.iter().filter(|field| typed(field));
    left.filter(|field| {
        !mine.iter().any(|passage| {
            names_field(passage, &variable, prompt, field)
                || (as_need(passage) && names_field(passage, "need", prompt, field))
        })
    })
    .map(|field| {
        let reason = format!(
            "no passage reads its field `{}`, so what is typed there would be left behind; use \
             it in a passage, or write `prints = false` or `record_only = true` on the field",
            field.id
        );
        (format!("\"{}\"", field.id), reason)
    })
    .collect()
}

fn reads(passage: &Passage, variable: &str) -> bool {
    passage.variables.contains(variable)
}

/// True for a field that holds words of somebody's own.
fn typed(field: &Field) -> bool {
    let words = matches!(field.kind, Kind::Line | Kind::Text | Kind::Lines);
    words && field.prints && !field.record_only
}

/// True where the passage's text names the field: `prompt.field`, or of a record
/// whatever the record is called there.
fn names_field(passage: &Passage, variable: &str, prompt: &Prompt, field: &Field) -> bool {
    let field = field.id.replace(['-', '.'], "_");
    let named = match prompt.kind {
        Kind::Records => format!(".{field}"),
        _ => format!("{variable}.{field}"),
    };
    let body = &passage.body;
    body.match_indices(&named).any(|(at, _)| {
        let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '_';
        !body[at + named.len()..].starts_with(goes_on)
    })
}

/// The line of a prompt, or of something in it.
fn line(files: &ContentFiles, path: &str, prompt: &Prompt, needle: &str) -> Option<usize> {
    let text = files.text(path).ok()?;
    let start = text.find(&format!("\nid = \"{}\"", prompt.id))? + 1;
    let own = &text[start..];
    let end = own.find("\n[[prompt]]").unwrap_or(own.len());
    let at = own[..end].find(needle).unwrap_or(0);
    Some(line_of(text, start + at))
}

/// Sections that a longer report lacks and a shorter one has: then the format would
/// choose what the court is told, and not only how much of it.
fn shallower(
    files: &ContentFiles,
    formats: &str,
    sections: &BTreeMap<Format, Vec<Section>>,
) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for pair in Format::ALL.windows(2) {
        let (Some(short), Some(long)) = (sections.get(&pair[0]), sections.get(&pair[1])) else {
            continue;
        };
        let lacking = short.iter().filter(|s| !long.iter().any(|l| l.id == s.id));
        for section in lacking {
            let text = files.text(formats).unwrap_or_default();
            let at = text.find(&format!("\"{}\"", section.id)).unwrap_or(0);
            let reason = format!(
                "the {:?} report has the section `{}` and the {:?} report does not; the \
                 format chooses depth, so a longer report has all that a shorter one has",
                pair[0], section.id, pair[1]
            );
            faults.push(ContentError::new(formats, Some(line_of(text, at)), reason));
        }
    }
    faults
}

#[cfg(test)]
mod tests;
