//! Sources that this report already names, to be ticked rather than typed again.
//!
//! Lives here: which are offered and in what order, and what a tick stands for: the
//! whole source, which is stored as if it had been typed. Not here: the fields of a
//! source that is typed (`sources.rs`). How a source is told is `said`.

use std::cmp::Reverse;

use serde::Serialize;

use crate::{
    case::{CaseFile, InformationKind, InformationSource, Visibility},
    web::{
        fields::{Control, FieldView},
        form::Form,
        words,
    },
};

/// Name under which ticks are sent; the value is the whole source, so that a page that
/// is sent late still means what it showed.
pub const PICK: &str = "pick";
/// What the button that changes a ticked source sends before the source.
const CHANGE: &str = "source:";
/// So many are seen at once; the rest stand behind a summary.
const SEEN: usize = 8;

/// Sources to tick, as a page shows them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Picks {
    /// The ones most used, and every one that is ticked.
    pub seen: Option<FieldView>,
    /// The rest.
    pub more: Option<FieldView>,
    /// The ticked ones, each to be changed for this answer alone.
    pub changes: Vec<Change>,
}

/// The button that turns a ticked source into a row to change.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// What it sends.
    pub value: String,
    /// The source, in one line.
    pub said: String,
}

/// The sources that answers of this report name, the most used first.
///
/// What rests on the record only, or was passed on, lends none: a tick must not carry
/// its words into an answer for the report.
#[must_use]
pub fn named(case: &CaseFile) -> Vec<InformationSource> {
    let answers = case.answers.values();
    let open = answers.filter(|a| a.visibility == Visibility::InReport);
    let mut counted: Vec<(&InformationSource, usize)> = Vec::new();
    for source in open.flat_map(|a| &a.sources) {
        match counted.iter_mut().find(|(s, _)| s.is_same(source)) {
            Some((_, times)) => *times += 1,
            None => counted.push((source, 1)),
        }
    }
    counted.sort_by_cached_key(|(source, times)| (Reverse(*times), said(source)));
    counted.into_iter().map(|(s, _)| s.clone()).collect()
}

/// A source as a tick sends it.
#[must_use]
pub fn pair(source: &InformationSource) -> (String, String) {
    (PICK.to_owned(), value(source))
}

fn value(source: &InformationSource) -> String {
    // A source has no part that JSON cannot hold.
    serde_json::to_string(source).unwrap_or_default()
}

/// The sources ticked. Nothing in a tick is typed, so one that is no source (a page
/// sends none) says nothing.
#[must_use]
pub fn ticked(form: &Form) -> Vec<InformationSource> {
    let sent = form.all(PICK);
    sent.iter()
        .filter_map(|text| serde_json::from_str(text).ok())
        .collect()
}

/// The source that a page is asked to show as a row, so that it can be changed.
#[must_use]
pub fn to_change(form: &Form) -> Option<InformationSource> {
    serde_json::from_str(form.one("again").strip_prefix(CHANGE)?).ok()
}

/// The ticks for `named`, but for those that the page shows in another place.
#[must_use]
pub fn view(held: &Form, named: &[InformationSource], elsewhere: &[InformationSource]) -> Picks {
    let mine = ticked(held);
    let is_in = |all: &[InformationSource], s: &InformationSource| all.iter().any(|o| o.is_same(s));
    let offered: Vec<_> = named
        .iter()
        .filter(|s| is_in(&mine, s) || !is_in(elsewhere, s))
        .map(|s| mine.iter().find(|m| m.is_same(s)).unwrap_or(s))
        .collect();
    let unlisted = mine.iter().filter(|m| !is_in(named, m));
    let (first, last) = offered.split_at(offered.len().min(SEEN));
    let (ticked, rest): (Vec<_>, Vec<_>) = last.iter().partition(|s| is_in(&mine, s));
    let seen: Vec<_> = first
        .iter()
        .copied()
        .chain(ticked)
        .chain(unlisted)
        .collect();
    Picks {
        seen: boxes("pick", "Sources this report already names", &seen, held),
        more: boxes("pick-more", "More sources this report names", &rest, held),
        changes: mine
            .iter()
            .map(|source| Change {
                value: format!("{CHANGE}{}", value(source)),
                said: said(source),
            })
            .collect(),
    }
}

fn boxes(id: &str, label: &str, of: &[&InformationSource], held: &Form) -> Option<FieldView> {
    let mut view = FieldView::new(Control::Checkboxes, PICK, label);
    id.clone_into(&mut view.id);
    let options = of.iter().map(|s| (value(s), said(s), String::new()));
    let view = view.hinted_options(options).typed(held).small();
    (!of.is_empty()).then_some(view)
}

/// The same sources, those of `before` in the order they had, and each once.
///
/// A page lists its sources by how it lets them be chosen; saving it unchanged must
/// change nothing. `fixed` at the front stay there: the record that an answer rests on.
#[must_use]
pub fn in_order(
    sources: Vec<InformationSource>,
    before: &[InformationSource],
    fixed: usize,
) -> Vec<InformationSource> {
    let mut once: Vec<InformationSource> = Vec::new();
    for source in sources {
        if !once.iter().any(|o| o.is_same(&source)) {
            once.push(source);
        }
    }
    let place = |s: &InformationSource| before.iter().position(|b| b.is_same(s));
    if let Some(rest) = once.get_mut(fixed..) {
        rest.sort_by_cached_key(|s| place(s).unwrap_or(usize::MAX));
    }
    once
}

/// A source in one line, its day once.
#[must_use]
pub fn said(source: &InformationSource) -> String {
    let kind = words::source(source.kind);
    let detail = source.detail.as_deref().unwrap_or_default().trim();
    let mut said = match (source.kind, detail) {
        (_, "") => kind.to_owned(),
        (InformationKind::Other, detail) => detail.to_owned(),
        (_, detail) => format!("{kind}: {detail}"),
    };
    let day = source.on.map(words::day).unwrap_or_default();
    let borne = match source.verified {
        Some(true) => "verified",
        Some(false) => "not verified",
        None => "",
    };
    let more = [day.as_str(), borne].into_iter();
    for part in more.filter(|part| !part.is_empty() && !detail.ends_with(*part)) {
        said.push_str(", ");
        said.push_str(part);
    }
    said
}

#[cfg(test)]
mod tests;
