//! What a form page says about text that is kept and not yet in the report.

use serde::Serialize;

use crate::{
    store::{LoadedReport, Unsent},
    web::{carrying::LARGEST_FORM, form::Form, words},
};

/// How a page's form stands to what is saved: the revision it rests on, and whether it
/// shows text that is kept and not in the report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Keeping {
    seen: i64,
    /// The largest form that is taken in, in bytes as browsers send it.
    most: usize,
    /// The page whose kept text this form settles, where it is another one.
    kept_at: String,
    /// True where a person has already tried to save it.
    tried: bool,
    /// True where only a person's own *Save* adds it to the report.
    adds: bool,
    unsent: Option<Note>,
    /// True while two texts are brought together, and the page shows the other one.
    #[serde(skip)]
    together: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Note {
    when: String,
    why: String,
    do_next: &'static str,
}

impl Keeping {
    /// Nothing is kept: the page shows what is saved.
    #[must_use]
    pub fn nothing(seen: i64, adds: bool) -> Self {
        Self {
            seen,
            most: LARGEST_FORM,
            adds,
            ..Self::default()
        }
    }

    /// A page that brings two texts together; its own is kept at another page.
    #[must_use]
    pub(super) fn together(seen: i64, kept_at: &str, adds: bool) -> Self {
        Self {
            kept_at: kept_at.to_owned(),
            together: true,
            ..Self::nothing(seen, adds)
        }
    }

    /// The page shows what was kept of it.
    #[must_use]
    pub(super) fn found(
        kept: &Unsent,
        report: &LoadedReport,
        faults: &[(String, String)],
        adds: bool,
    ) -> Self {
        let tried = kept.form.iter().any(|(n, v)| n == "tried" && v == "yes");
        let (why, do_next) = why(kept, report, faults, adds && !tried);
        Self {
            tried,
            unsent: Some(Note {
                when: words::moment(kept.at),
                why,
                do_next,
            }),
            ..Self::nothing(kept.seen, adds)
        }
    }

    /// True while two texts are brought together.
    #[must_use]
    pub fn brings_together(&self) -> bool {
        self.together
    }

    /// For samples: text that is kept, and text of another page.
    #[must_use]
    pub fn sample(adds: bool) -> Self {
        Self {
            kept_at: "prompts/offences/records/0".into(),
            tried: true,
            unsent: Some(Note {
                when: "22 November 2026 at 10:42am".into(),
                why: "it is <too> long".into(),
                do_next: "Put right what is marked.",
            }),
            ..Self::nothing(3, adds)
        }
    }
}

/// Why kept text is not in the report, and what to do about it.
fn why(
    kept: &Unsent,
    report: &LoadedReport,
    faults: &[(String, String)],
    not_tried: bool,
) -> (String, &'static str) {
    if report.signed.is_some() {
        let next = "Copy what you still need. A signed report takes in nothing more.";
        return ("the report had been signed".into(), next);
    }
    match faults {
        _ if not_tried => ("Save was not chosen".into(), "Choose Save to add it."),
        [] if kept.seen < report.revision => (
            "something else was saved in the report after you opened the page".into(),
            "Save it now: if both are about the same thing, you will see both and choose.",
        ),
        [] => ("it was not saved then".into(), "Save it now."),
        [(_, what)] => (
            format!("something is not right yet: {what}"),
            "Put that right and save.",
        ),
        several => (
            format!("{} are not right yet", words::count(several.len(), "thing")),
            "Put right what is marked and save.",
        ),
    }
}

/// Names that a page sends whether or not anything is typed.
const ALWAYS_SENT: [&str; 6] = ["csrf", "report", "seen", "kept-at", "tried", "again"];

/// True where nothing is typed or chosen in a form.
#[must_use]
pub(super) fn is_blank(form: &Form) -> bool {
    let mut typed = form.pairs().iter();
    typed.all(|(name, value)| ALWAYS_SENT.contains(&name.as_str()) || value.trim().is_empty())
}
