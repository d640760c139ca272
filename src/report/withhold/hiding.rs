//! Taking what must not leave out of text that an author writes herself.
//!
//! Lives here: her edits of sections, block by block. Not here: the terms, or answers,
//! which are cleared before drafting.

use super::{Finder, Found, MARK, Place, Term, Withheld};
use crate::report::{
    document::{self, Document},
    plain,
};

/// What must not leave, sought in text that an author writes herself.
pub(in crate::report) struct Hiding<'t> {
    finder: Finder<'t>,
    /// Each place and reason once.
    pub withheld: Vec<Withheld>,
}

impl<'t> Hiding<'t> {
    pub(in crate::report) fn of(terms: &'t [Term]) -> Self {
        Self {
            finder: Finder::of(terms),
            withheld: Vec::new(),
        }
    }

    /// One block of her edit of a section, without what must not leave. Markup within a
    /// word, or a line that ends within a name, hides it from nobody who reads the
    /// report, so the words are looked at as they will be read; where a term stands only
    /// in those, they are all that is left of the block.
    pub(in crate::report) fn in_edit(&mut self, section: &str, markdown: String) -> String {
        if self.finder.is_empty() {
            return markdown;
        }
        let edits = Place::Case.field("edits");
        let edit = edits.field(section);
        let at = edit.field("text");
        let mut found = Found {
            withheld: std::mem::take(&mut self.withheld),
            ..Found::default()
        };
        let marked = found.mark(&self.finder, &at, &markdown);
        let marked = marked.map_or(markdown, |text| text.replace(MARK, &document::escape(MARK)));
        let read = plain::to_unwrapped(&Document::from_markdown(&marked));
        let seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}');
        let read: String = read.chars().filter(seen).collect();
        let read = read.split_whitespace().collect::<Vec<_>>().join(" ");
        let hidden = found.mark(&self.finder, &at, &read);
        self.withheld = found.withheld;
        hidden.map_or(marked, |text| document::escape(&text))
    }
}
