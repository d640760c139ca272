//! What makes an interview pack wrong, told so that its writer can mend it.
//!
//! Lives here: every check on the pack. Not here: reading it (`load`), or checks on
//! answers (`validate`). To add a check, write a function over one prompt or over
//! the whole, and call it in [`find`].

use std::collections::BTreeMap;

use super::{
    guidance,
    load::{Reading, Written},
    pack::{Choice, Condition, Interview, Kind, Prompt},
    sample,
};
use crate::{
    case::Format,
    content::{ContentError, ContentFiles, line_of},
};

/// A fault of one prompt: text to look for in its lines, and the reason.
pub(super) type Fault = (String, String);

pub(super) const INSPECTORATE: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

/// Adds every fault of the pack to `reading.faults`.
pub(super) fn find(files: &ContentFiles, reading: &mut Reading) {
    let mut found = Vec::new();
    let pack = &reading.interview;
    let mut seen: BTreeMap<&str, &Written> = BTreeMap::new();
    for ((_, prompt), written) in pack.prompts().zip(&reading.prompts) {
        let mut faults = prompt_faults(prompt, pack);
        if let Some(first) = seen.get(prompt.id.as_str()) {
            faults.push((
                format!("\"{}\"", prompt.id),
                format!(
                    "a prompt with the id `{}` is already in {}; every id is used once",
                    prompt.id, first.file
                ),
            ));
        }
        seen.insert(&prompt.id, written);
        for (needle, reason) in faults {
            found.push(error(files, written, &needle, &prompt.id, &reason));
        }
    }
    for (theme, written) in pack.themes.iter().zip(&reading.themes) {
        for (needle, reason) in theme_faults(theme, pack) {
            found.push(error(files, written, &needle, &theme.id, &reason));
        }
    }
    found.extend(cycle(files, reading));
    reading.faults.extend(found);
}

/// The line, within one prompt or theme, that holds `needle`; else its first line.
pub(super) fn line(files: &ContentFiles, written: &Written, needle: &str) -> Option<usize> {
    let text = files.text(&written.file).ok()?;
    let own = text.get(written.at..)?;
    let end = own
        .match_indices("\n[[")
        .map(|(at, _)| at)
        .find(|at| own[*at..].starts_with("\n[[prompt]]") || own[*at..].starts_with("\n[[theme]]"))
        .unwrap_or(own.len());
    let at = own[..end].find(needle).unwrap_or(0);
    Some(line_of(text, written.at + at))
}

fn error(
    files: &ContentFiles,
    written: &Written,
    needle: &str,
    id: &str,
    reason: &str,
) -> ContentError {
    ContentError::new(
        &written.file,
        line(files, written, needle),
        format!("`{id}`: {reason}"),
    )
}

fn prompt_faults(prompt: &Prompt, pack: &Interview) -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.extend(guidance::faults(prompt));
    faults.extend(unspeakable_id(prompt));
    faults.extend(shape(prompt));
    faults.extend(serves(prompt, pack));
    for condition in &prompt.when {
        faults.extend(condition_fault(condition, pack));
        faults.extend(waits_in_vain(prompt, condition, pack));
    }
    if faults.is_empty() {
        faults.extend(sample::misplaced(prompt));
    }
    faults
}

/// An id stands in addresses and in the report's templates.
fn unspeakable_id(prompt: &Prompt) -> Option<Fault> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fit = prompt.id.chars().all(plain) && !prompt.id.starts_with(|c: char| !c.is_alphabetic());
    (!fit).then(|| {
        (
            "id".into(),
            "an id has small letters, digits and hyphens, and begins with a letter".into(),
        )
    })
}

fn shape(prompt: &Prompt) -> Vec<Fault> {
    let mut faults = Vec::new();
    let has_fields = matches!(prompt.kind, Kind::Group | Kind::Records);
    if has_fields && prompt.fields.is_empty() && prompt.fields_from.is_empty() {
        faults.push((
            "kind".into(),
            "a group or records prompt needs `fields` or `fields_from`".into(),
        ));
    }
    if !has_fields && !prompt.fields.is_empty() {
        faults.push((
            "fields".into(),
            "only a group or records prompt has fields; give it `kind = \"group\"`".into(),
        ));
    }
    if prompt.kind == Kind::Records && prompt.record_name.is_empty() {
        faults.push((
            "kind".into(),
            "`record_name` is missing: what one record is called".into(),
        ));
    }
    faults.extend(options(prompt.kind, &prompt.options, &prompt.options_from));
    faults.extend(super::asking::misplaced(&prompt.fields));
    let mut ids: Vec<&str> = Vec::new();
    for field in &prompt.fields {
        let needle = format!("\"{}\"", field.id);
        if matches!(field.kind, Kind::Group | Kind::Records) {
            faults.push((
                needle.clone(),
                format!("field `{}` cannot be a group or records", field.id),
            ));
        }
        if ids.contains(&field.id.as_str()) {
            faults.push((
                needle.clone(),
                format!("field `{}` is given twice", field.id),
            ));
        }
        ids.push(&field.id);
        faults.extend(
            options(field.kind, &field.options, &field.options_from)
                .map(|(_, reason)| (needle, format!("field `{}`: {reason}", field.id))),
        );
    }
    faults
}

fn options(kind: Kind, options: &[Choice], from: &str) -> Option<Fault> {
    let takes = matches!(kind, Kind::Choice | Kind::Choices);
    // A list asked for by name is another room's, or was already missed in `load`.
    if takes && options.is_empty() && from.is_empty() {
        return Some((
            "kind".into(),
            "a choice needs `options` or `options_from`".into(),
        ));
    }
    if !takes && !options.is_empty() {
        return Some((
            "options".into(),
            "it has options but is not a choice; give it `kind = \"choice\"`".into(),
        ));
    }
    options.iter().enumerate().find_map(|(n, option)| {
        options[..n]
            .iter()
            .any(|before| before.id == option.id)
            .then(|| {
                (
                    format!("\"{}\"", option.id),
                    format!("option `{}` is given twice", option.id),
                )
            })
    })
}

fn serves(prompt: &Prompt, pack: &Interview) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !prompt.theme.is_empty() && pack.theme(&prompt.theme).is_none() {
        faults.push((
            "theme = ".into(),
            format!("themes.toml has no theme `{}`", prompt.theme),
        ));
    }
    let of = &prompt.serves;
    let missing = |ids: &[String], known: &dyn Fn(&str) -> bool, what: &str| {
        let strange = ids.iter().filter(|id| !known(id));
        strange
            .map(|id| {
                (
                    format!("\"{id}\""),
                    format!("`serves` names a {what} `{id}` that is not known"),
                )
            })
            .collect::<Vec<_>>()
    };
    faults.extend(missing(&of.themes, &|id| pack.theme(id).is_some(), "theme"));
    faults.extend(missing(
        &of.pathways,
        &|id| pack.pathway(id).is_some(),
        "pathway",
    ));
    faults.extend(missing(
        &of.targets,
        &|id| pack.target(id).is_some(),
        "target",
    ));
    faults.extend(missing(
        &of.inspectorate,
        &|id| INSPECTORATE.contains(&id),
        "question of the inspectorate",
    ));
    faults
}

fn theme_faults(theme: &super::Theme, pack: &Interview) -> Vec<Fault> {
    let mut faults = Vec::new();
    let words = [
        ("name", &*theme.name),
        ("prints", &*theme.prints),
        ("low", theme.low.as_str()),
        ("medium", theme.medium.as_str()),
        ("high", theme.high.as_str()),
        ("source", theme.source.as_str()),
    ];
    for (key, text) in words {
        if text.trim().is_empty() {
            faults.push((
                key.into(),
                format!("`{key}` is missing; every theme says it"),
            ));
        }
    }
    for id in theme
        .pathways
        .iter()
        .filter(|id| pack.pathway(id).is_none())
    {
        faults.push((format!("\"{id}\""), format!("there is no pathway `{id}`")));
    }
    for id in theme.targets.iter().filter(|id| pack.target(id).is_none()) {
        faults.push((format!("\"{id}\""), format!("there is no target `{id}`")));
    }
    faults
}

fn condition_fault(condition: &Condition, pack: &Interview) -> Option<Fault> {
    let needle = format!("\"{}\"", condition.prompt);
    let Some(on) = pack.prompt(&condition.prompt) else {
        return Some((
            needle,
            format!(
                "`when` names a prompt `{}` that does not exist",
                condition.prompt
            ),
        ));
    };
    let options = if condition.field.is_empty() {
        &on.options
    } else if let Some(field) = on.field(&condition.field) {
        &field.options
    } else {
        return Some((
            needle,
            format!(
                "`when` names a field `{}` that `{}` does not have",
                condition.field, on.id
            ),
        ));
    };
    let named = condition.is.iter().chain(&condition.is_not);
    let strange = named
        .clone()
        .find(|id| !options.iter().any(|o| o.id == **id));
    if let Some(id) = strange {
        return Some((
            format!("\"{id}\""),
            format!(
                "`when` names an option `{id}` that `{}` does not have",
                on.id
            ),
        ));
    }
    (named.count() == 0 && !condition.answered).then(|| {
        (
            needle,
            "`when` says nothing; give it `is`, `is_not` or `answered`".to_owned(),
        )
    })
}

/// A prompt that is asked where the one it waits for is not.
fn waits_in_vain(prompt: &Prompt, condition: &Condition, pack: &Interview) -> Option<Fault> {
    let on = pack.prompt(&condition.prompt)?;
    let unasked = Format::ALL
        .into_iter()
        .find(|format| prompt.is_for(*format) && !on.is_for(*format))?;
    Some((
        format!("\"{}\"", condition.prompt),
        format!(
            "it waits for `{}`, which a report of the kind {unasked:?} does not ask; give \
             both the same `formats`",
            on.id
        ),
    ))
}

/// A ring of prompts that each wait for the next, so that none is ever shown.
fn cycle(files: &ContentFiles, reading: &Reading) -> Option<ContentError> {
    let pack = &reading.interview;
    pack.prompts()
        .zip(&reading.prompts)
        .find_map(|((_, prompt), written)| {
            let ring = ring_from(&prompt.id, pack)?;
            let way = ring.join(" → ");
            let reason = format!("it waits for itself ({way}), so it would never be shown");
            Some(error(files, written, "when", &prompt.id, &reason))
        })
}

fn ring_from(start: &str, pack: &Interview) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.to_owned()]];
    let mut been: Vec<String> = Vec::new();
    while let Some(way) = ways.pop() {
        let Some(prompt) = way.last().and_then(|id| pack.prompt(id)) else {
            continue;
        };
        for next in prompt.when.iter().map(|c| &c.prompt) {
            let mut further = way.clone();
            further.push(next.clone());
            if next == start {
                return Some(further);
            }
            if !been.contains(next) {
                been.push(next.clone());
                ways.push(further);
            }
        }
    }
    None
}
