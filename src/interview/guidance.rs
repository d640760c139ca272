//! What every prompt owes the person who asks it: a reason, words, and a source; and
//! what it owes the woman who is asked: a way to decline.
//!
//! Lives here: those checks on the pack. Not here: whether a prompt's shape is right
//! (`faults`). To ask for one more piece of guidance, add it to [`owed`].

use super::{faults::Fault, pack::Prompt};
use crate::case::Format;

/// What a prompt leaves out that it should say.
pub(super) fn faults(prompt: &Prompt) -> Vec<Fault> {
    let mut faults = missing(prompt);
    faults.extend(serves_nothing(prompt));
    faults.extend(cannot_be_declined(prompt));
    faults.extend(out_of_depth(prompt));
    faults
}

fn owed(prompt: &Prompt) -> Vec<(&'static str, &str)> {
    let mut owed = vec![
        ("id", prompt.id.as_str()),
        ("ask", &prompt.ask),
        ("short", &prompt.short),
        ("why", &prompt.why),
        ("source", &prompt.source),
    ];
    // A fact such as a court or a date needs no gentleness to ask for.
    if prompt.is_answer() {
        owed.extend([
            ("say", prompt.say.as_str()),
            ("avoid", &prompt.avoid),
            ("evidence", &prompt.evidence),
        ]);
    }
    owed
}

fn missing(prompt: &Prompt) -> Vec<Fault> {
    let owed = owed(prompt).into_iter();
    owed.filter(|(_, text)| text.trim().is_empty())
        .map(|(key, _)| {
            let every = match key {
                "say" | "avoid" | "evidence" => "every prompt without a `place` says it",
                _ => "every prompt says it",
            };
            (key.to_owned(), format!("`{key}` is missing; {every}"))
        })
        .collect()
}

fn serves_nothing(prompt: &Prompt) -> Option<Fault> {
    let of = &prompt.serves;
    let lists = [&of.themes, &of.pathways, &of.targets, &of.inspectorate];
    let nothing = prompt.is_answer() && lists.iter().all(|ids| ids.is_empty());
    nothing.then(|| {
        (
            "serves".into(),
            "`serves` names no theme, pathway, target or question of the inspectorate; a \
             prompt that serves none need not be asked"
                .into(),
        )
    })
}

/// A list that is kept at a place may be left empty; one value there cannot be.
fn cannot_be_declined(prompt: &Prompt) -> Option<Fault> {
    let list = prompt.kind == super::Kind::Records;
    (prompt.sensitive && !prompt.is_answer() && !list).then(|| {
        (
            "sensitive".into(),
            "a sensitive prompt has no `place`, so that she can decline it; take away \
             `place` or `sensitive`"
                .into(),
        )
    })
}

/// The format chooses depth: what a shorter report asks or needs, so does a longer.
fn out_of_depth(prompt: &Prompt) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (key, formats) in [
        ("formats", &prompt.formats),
        ("needed_for", &prompt.needed_for),
    ] {
        let named = Format::ALL.map(|format| formats.contains(&format));
        if named.windows(2).any(|pair| pair[0] && !pair[1]) {
            faults.push((
                key.to_owned(),
                format!(
                    "`{key}` leaves out a longer report than one it names; a longer report \
                     has everything that a shorter one has"
                ),
            ));
        }
    }
    let unasked = prompt
        .needed_for
        .iter()
        .any(|format| !prompt.is_for(*format));
    if unasked {
        faults.push((
            "needed_for".into(),
            "a report needs it that `formats` does not ask it for".into(),
        ));
    }
    faults
}
