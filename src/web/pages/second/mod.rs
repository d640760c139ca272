//! A report checked by a second person, on every page that speaks of it.
//!
//! Lives here: how it stands, in words, and what was said, section by section. Not here:
//! the author's page (`asking`), the second person's (`checking`), what it means for a
//! signature (`review::second`), or keeping it (`store::review`).

pub mod asking;
pub mod checking;
mod keeping;
pub mod waiting;

use serde::Serialize;

use crate::{
    report::Draft,
    review::second::{SecondPerson, Who},
    store::{LoadedReport, ReviewComment, ReviewRequest, ReviewState},
    web::{error::Error, links, state::AppState, visit::SignedIn, words},
};

/// What comments about the report as a whole are said to be about.
const WHOLE: &str = "The report as a whole";

/// Something said, as pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct SaidView {
    id: String,
    /// Heading of the section.
    about: String,
    #[serde(skip)]
    section: String,
    by: String,
    at: String,
    text: String,
    done: bool,
}

/// Something said that is still to be dealt with, with where it stands.
#[derive(Debug, Clone, Serialize)]
struct OpenView {
    about: String,
    /// Its first words.
    start: String,
    href: String,
}

/// How the check of a report stands, with what is still to be dealt with.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SecondView {
    heading: &'static str,
    /// Empty where nobody was asked.
    said: String,
    href: String,
    open: Vec<OpenView>,
}

/// The requests of a report with what follows from them.
#[derive(Debug, Clone, Default)]
pub struct Checks {
    /// Every request, oldest first.
    pub requests: Vec<ReviewRequest>,
    /// How it stands for the report as it now is.
    pub second: SecondPerson,
}

impl Checks {
    /// The checks of one of an author's reports.
    ///
    /// # Errors
    /// The store fails.
    pub async fn of(
        state: &AppState,
        author: &SignedIn,
        report: &LoadedReport,
    ) -> Result<Self, Error> {
        let requests = author.reports(state).checks_of(report.id).await?;
        Ok(Self {
            second: standing(&requests, report.revision),
            requests,
        })
    }

    /// Everything that was said, oldest first, with the heading it is about.
    #[must_use]
    pub fn said(&self, draft: &Draft) -> Vec<SaidView> {
        let requests = self.requests.iter();
        let said = requests.flat_map(|q| q.comments.iter().map(move |c| said(q, c, draft)));
        said.collect()
    }

    /// How it stands, for the head of a page.
    #[must_use]
    pub fn view(&self, report: &LoadedReport, said: &[SaidView]) -> SecondView {
        let (heading, words) = in_words(&self.second);
        let home = links::report(report.id);
        let open = said.iter().filter(|s| !s.done).map(|s| OpenView {
            about: s.about.clone(),
            start: start(&s.text),
            href: format!("{home}/draft#comment-{}", s.id),
        });
        SecondView {
            heading,
            said: words,
            href: format!("{home}/review"),
            open: open.collect(),
        }
    }
}

impl SaidView {
    /// Those about one section.
    #[must_use]
    pub fn about(all: &[Self], section: &str) -> Vec<Self> {
        all.iter()
            .filter(|s| s.section == section)
            .cloned()
            .collect()
    }

    /// Those about none of the sections of a draft: the whole, or what is there no more.
    #[must_use]
    pub fn elsewhere(all: &[Self], draft: &Draft) -> Vec<Self> {
        let there = |s: &&Self| draft.sections.iter().any(|section| section.id == s.section);
        all.iter().filter(|s| !there(s)).cloned().collect()
    }

    /// Two of them, for samples.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let one = |id: &str, done| Self {
            id: id.into(),
            about: "Offence <analysis>".into(),
            section: "offence".into(),
            by: "Noor <Senior>".into(),
            at: "26 November 2026 at 9:00am".into(),
            text: "Say <who> saw it & when.".into(),
            done,
        };
        vec![one("c1", false), one("c2", true)]
    }
}

impl SecondView {
    /// A report that was sent back, for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            heading: "Sent back with comments",
            said: "Noor <Senior> sent it back.".into(),
            href: "/reports/1/review".into(),
            open: vec![OpenView {
                about: "Offence <analysis>".into(),
                start: "Say <who> saw it…".into(),
                href: "/reports/1/draft#comment-c1".into(),
            }],
        }
    }
}

/// How a report's check stands at a revision: the latest request that was not taken
/// back decides.
#[must_use]
pub fn standing(requests: &[ReviewRequest], revision: i64) -> SecondPerson {
    let latest = requests.iter().rfind(|q| q.state != ReviewState::Withdrawn);
    let Some(latest) = latest else {
        return SecondPerson::NotAsked;
    };
    let at = latest.decided.map_or(latest.asked_at, |(at, _)| at);
    let who = Who {
        name: latest.checker_name.clone(),
        on: words::day_of(at),
    };
    match latest.state {
        ReviewState::Returned => SecondPerson::Returned(who),
        ReviewState::Approved => SecondPerson::Approved {
            who,
            changes: latest.decided.map_or(0, |(_, seen)| revision - seen),
        },
        ReviewState::Asked | ReviewState::Withdrawn => SecondPerson::Waiting(who),
    }
}

/// How it stands, as a heading and a sentence; nothing where nobody was asked.
fn in_words(second: &SecondPerson) -> (&'static str, String) {
    let on = |who: &Who| words::day(who.on);
    match second {
        SecondPerson::NotAsked => ("", String::new()),
        SecondPerson::Waiting(who) => (
            "Being checked",
            format!(
                "{} was asked on {} to check this report.",
                who.name,
                on(who)
            ),
        ),
        SecondPerson::Returned(who) => (
            "Sent back with comments",
            format!("{} sent this report back on {}.", who.name, on(who)),
        ),
        SecondPerson::Approved { who, changes: 0 } => (
            "Approved as it stands",
            format!("{} approved this report on {}.", who.name, on(who)),
        ),
        SecondPerson::Approved { who, changes } => (
            "Approved at an earlier version",
            format!(
                "{} approved this report on {} at an earlier version: {} since.",
                who.name,
                on(who),
                words::count(usize::try_from(*changes).unwrap_or_default(), "change")
            ),
        ),
    }
}

fn said(request: &ReviewRequest, comment: &ReviewComment, draft: &Draft) -> SaidView {
    let section = draft.sections.iter().find(|s| s.id == comment.section);
    SaidView {
        id: comment.id.to_string(),
        about: section.map_or(WHOLE, |s| &s.heading).to_owned(),
        section: comment.section.clone(),
        by: request.checker_name.clone(),
        at: words::moment(comment.at),
        text: comment.text.clone(),
        done: comment.done.is_some(),
    }
}

/// The first words of a text.
fn start(text: &str) -> String {
    const WORDS: usize = 12;
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..WORDS) {
        Some(first) => format!("{}…", first.join(" ")),
        None => words.join(" "),
    }
}
