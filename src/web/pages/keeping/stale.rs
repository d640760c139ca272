//! Two editors at one entry: what the other saved beside what she typed, and the two
//! brought together without either losing a word.

use axum::{http::StatusCode, response::Response};
use serde::Serialize;

use super::{
    Desk, Entry, EntryStrip,
    compare::{Difference, differences},
    form,
};
use crate::{
    directory::Record,
    web::{error::Error, form::Form, templates::Page, visit::Keeper, words},
};

/// What changed since a page was opened, and by whom.
#[derive(Debug, Clone, Serialize)]
pub struct Meanwhile {
    /// Who changed it and when, as a sentence.
    pub said: String,
    /// What changed.
    pub differences: Vec<Difference>,
}

impl Meanwhile {
    /// What has changed since revision `seen` of an entry.
    ///
    /// # Errors
    /// The store fails.
    pub async fn since(desk: &Desk<'_>, entry: &Entry, seen: i64) -> Result<Self, Error> {
        let store = desk.state.store();
        let history = store.record_history(&entry.record.id).await?;
        let last = history.first();
        let by = match last.and_then(|change| change.by) {
            Some(by) => store.account(by).await?.map(|a| a.display_name),
            None => None,
        };
        let by = by.unwrap_or_else(|| "An import".into());
        let said = match last {
            Some(last) => format!("{by} saved it on {}.", words::moment(last.at)),
            None => "It was changed.".into(),
        };
        let before = desk.as_it_was(&entry.record.id, seen).await?;
        let before = before.unwrap_or_else(|| entry.record.clone());
        Ok(Self {
            said,
            differences: differences(&desk.directory, &before, &entry.record),
        })
    }

    /// For samples of pages.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            said: "Eve <Editor> saved it on 22 November 2026 at 4:05pm.".into(),
            differences: vec![Difference {
                key: "cost".into(),
                label: "What it costs her".into(),
                before: "Not known".into(),
                after: "<b>Free</b>".into(),
            }],
        }
    }
}

/// Both, and the choice between them.
#[derive(Debug, Serialize)]
pub struct StalePage {
    entry: EntryStrip,
    meanwhile: Meanwhile,
    /// What she changed; none where the form could not be read.
    yours: Vec<Difference>,
    /// Labels of what both changed, each to something else.
    both: Vec<String>,
    /// The two brought together: hers where she changed something, theirs elsewhere.
    carried: Vec<(String, String)>,
    seen: i64,
}

impl Page for StalePage {
    const NAME: &'static str = "keeping_stale.html";
    const HTML: &'static str = include_str!("stale.html");

    fn title(&self) -> String {
        format!(
            "This was changed while you were writing – {}",
            self.entry.name
        )
    }

    fn samples() -> Vec<Self> {
        let page = |yours, both| Self {
            entry: EntryStrip::sample(),
            meanwhile: Meanwhile::sample(),
            yours,
            both,
            carried: vec![("cost".into(), "\"£2\" <b>".into())],
            seen: 4,
        };
        let yours = Meanwhile::sample().differences;
        vec![
            page(yours, vec!["What it costs her".into()]),
            page(Vec::new(), Vec::new()),
        ]
    }
}

/// Answers a form that was filled in on an older revision of the entry.
///
/// # Errors
/// The store fails.
pub async fn answer(
    desk: &Desk<'_>,
    keeper: &Keeper,
    entry: &Entry,
    seen: i64,
    sent: &Form,
) -> Result<Response, Error> {
    let directory = &desk.directory;
    let meanwhile = Meanwhile::since(desk, entry, seen).await?;
    let base = desk.as_it_was(&entry.record.id, seen).await?;
    let base = base.unwrap_or_else(|| entry.record.clone());
    let typed = form::read(sent, &base, directory, desk.state.today());
    let yours = typed.map_or_else(
        |_| Vec::new(),
        |typed: Record| differences(directory, &base, &typed),
    );
    let clash = |mine: &&Difference| {
        let mut theirs = meanwhile.differences.iter();
        theirs.any(|theirs| theirs.key == mine.key && theirs.after != mine.after)
    };
    let page = StalePage {
        entry: EntryStrip::of(&entry.record),
        both: yours
            .iter()
            .filter(clash)
            .map(|d| d.label.clone())
            .collect(),
        carried: together(
            &form::held(&base, directory),
            sent,
            &form::held(&entry.record, directory),
        ),
        meanwhile,
        yours,
        seen: entry.revision,
    };
    keeper.visit.page_as(StatusCode::CONFLICT, &page)
}

/// Three states of a form brought together: where `mine` differs from `base` it stands,
/// and elsewhere `theirs` does.
fn together(base: &Form, mine: &Form, theirs: &Form) -> Vec<(String, String)> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in mine.pairs().iter().chain(theirs.pairs()) {
        if !["csrf", "seen", "again"].contains(&name.as_str()) && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let mut pairs = Vec::new();
    for name in names {
        let hers = mine.all(name);
        let of = if hers == base.all(name) {
            theirs.all(name)
        } else {
            hers
        };
        pairs.extend(of.into_iter().map(|value| (name.to_owned(), value)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let pairs = pairs.iter();
        Form::new(pairs.map(|(n, v)| ((*n).into(), (*v).into())).collect())
    }

    #[test]
    fn hers_stands_where_she_changed_something_and_the_others_elsewhere() {
        let base = form(&[("name", "A"), ("cost", "Free"), ("days", "monday")]);
        let mine = form(&[
            ("name", "B"),
            ("cost", "Free"),
            ("days", "monday"),
            ("days", "friday"),
        ]);
        let theirs = form(&[("name", "C"), ("cost", "£2"), ("email", "x@y.uk")]);
        let both = form(&[
            ("name", "B"),
            ("cost", "£2"),
            ("days", "monday"),
            ("days", "friday"),
            ("email", "x@y.uk"),
        ]);
        assert_eq!(Form::new(together(&base, &mine, &theirs)), both);
    }

    #[test]
    fn what_she_cleared_stays_cleared_and_what_the_other_cleared_too() {
        let base = form(&[("cost", "Free"), ("email", "x@y.uk")]);
        let mine = form(&[("cost", ""), ("email", "x@y.uk")]);
        let theirs = form(&[("cost", "Free")]);
        assert_eq!(together(&base, &mine, &theirs), []);
    }
}
