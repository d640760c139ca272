//! The services a report relies on: whether each may be named, and what has changed.
//!
//! Lives here: when each finding is given. Not here: any sentence
//! (`report-templates/quality/services.toml`), how old an entry may be
//! (`service-directory/checking.toml`), or what an entry says (`directory`). A check
//! more is a row of that file, its code in [`FINDINGS`], and a line in [`ServiceTexts::of_one`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::said::{self, FindingText, Said};
use crate::{
    case::{CaseFile, ChosenService},
    content::{ContentError, ContentFiles},
    directory::{
        Directory, EntryState, Freshness, OrderInView, Place, Service, Setting, SinceChosen,
    },
    english::{day, listed},
    finding::Finding,
    interview::Interview,
    needs::{Wants, Wish},
};

const FILE: &str = "report-templates/quality/services.toml";

/// Every finding this room gives, and the names each offers to its words.
const FINDINGS: [(&str, &[&str]); 15] = [
    ("service.avoid", &["name"]),
    ("service.changed", &["name", "facts"]),
    (
        "service.confirmed-long-ago",
        &["name", "confirmed", "limit"],
    ),
    ("service.ended", &["name", "state"]),
    ("service.ended-confirmed", &["name", "state"]),
    ("service.funding-ends", &["name", "ends", "order"]),
    ("service.gap-filled", &["name", "need"]),
    ("service.no-person", &["name", "confirmed"]),
    ("service.not-chosen", &[]),
    ("service.not-copied", &["name"]),
    ("service.not-women-only", &["name"]),
    ("service.paused", &["name"]),
    ("service.unconfirmed", &["name", "checked"]),
    ("service.withheld", &["name"]),
    ("service.women-only-unknown", &["name"]),
];

/// Every small word this room puts into findings.
const WORDS: [&str; 6] = [
    "checked-on",
    "closed",
    "gone",
    "historic",
    "never-checked",
    "not-open",
];

/// What is said about the services of a report.
#[derive(Debug)]
pub struct ServiceTexts {
    said: Said,
    words: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    finding: Vec<FindingText>,
    words: BTreeMap<String, String>,
}

/// What the findings are judged by, beside the case.
#[derive(Debug, Clone, Copy)]
pub struct Judging<'a> {
    /// The directory as it stands.
    pub directory: &'a Directory,
    /// For the names of themes.
    pub interview: &'a Interview,
    /// Where she lives, where that is understood.
    pub place: Option<&'a Place>,
    /// What she needs of a service.
    pub wants: &'a Wants,
    /// The order in view.
    pub order: Option<&'a OrderInView>,
    /// Services kept out because every place of theirs is one to avoid.
    pub avoided: &'a [String],
    /// The day it is judged on.
    pub today: NaiveDate,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceFindings {
    /// What a draft may list as still to be settled.
    pub may_print: Vec<Finding>,
    /// What rests on her own needs, and stays on the author's screen.
    pub on_screen: Vec<Finding>,
}

impl ServiceTexts {
    /// Reads and checks the texts.
    ///
    /// # Errors
    /// Every fault found, each with its file.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let mut reasons = said::lacking(&file.finding, &FINDINGS);
        let absent = WORDS.iter().filter(|w| !file.words.contains_key(**w));
        reasons.extend(absent.map(|word| format!("[words] lacks \"{word}\"")));
        if reasons.is_empty() {
            return Ok(Self {
                said: Said::of(file.finding),
                words: file.words,
            });
        }
        let fault = |reason| ContentError::new(FILE, None, reason);
        Err(reasons.into_iter().map(fault).collect())
    }

    /// Every finding on the services of a case, in the order of the case file.
    #[must_use]
    pub fn check(&self, case: &CaseFile, judging: &Judging<'_>) -> ServiceFindings {
        let mut found = ServiceFindings::default();
        for (number, chosen) in case.services.iter().enumerate() {
            let place = format!("services[{number}]");
            let mut of_one = ServiceFindings::default();
            self.of_one(chosen, judging, &mut of_one);
            self.of_gaps(chosen, case, judging, &mut of_one.on_screen);
            let at = |f: Finding| f.at(&place);
            found.may_print.extend(of_one.may_print.into_iter().map(at));
            found.on_screen.extend(of_one.on_screen.into_iter().map(at));
        }
        for (number, requirement) in case.proposal.requirements.iter().enumerate() {
            let strange = requirement
                .service
                .as_ref()
                .is_some_and(|id| case.services.iter().all(|s| s.id != *id));
            let said = self.said.say("service.not-chosen", &[]).filter(|_| strange);
            let place = format!("proposal.requirements[{number}].service");
            found.may_print.extend(said.map(|f| f.at(place)));
        }
        found
    }

    fn of_one(&self, chosen: &ChosenService, judging: &Judging<'_>, out: &mut ServiceFindings) {
        let name = ("name", chosen.name.trim());
        let directory = judging.directory;
        let since = directory.since_chosen(chosen);
        let service = directory.service(&chosen.id);
        let fresh = service.map(|s| directory.stale(s, judging.place, judging.today));
        let print = &mut out.may_print;
        if since.state == EntryState::Withheld {
            print.extend(self.said.say("service.withheld", &[name]));
            return;
        }
        print.extend(self.standing(chosen, &since, fresh, judging));
        if since.is_news() {
            let labels: Vec<String> = since.changes.iter().map(|c| small(&c.label)).collect();
            let with = [name, ("facts", &listed(&labels))];
            print.extend(self.said.say("service.changed", &with));
        }
        if !since.copied && since.state != EntryState::Gone {
            print.extend(self.said.say("service.not-copied", &[name]));
        }
        let Some(service) = service else { return };
        if since.state == EntryState::Paused {
            print.extend(self.said.say("service.paused", &[name]));
        }
        let order_ends = judging.order.and_then(|o| o.ends);
        if let (Some(ends), Some(order)) = (service.facts.funded_until(), order_ends)
            && ends < order
        {
            let with = [name, ("ends", &day(ends)), ("order", &day(order))];
            print.extend(self.said.say("service.funding-ends", &with));
        }
        out.on_screen.extend(self.for_her(service, name, judging));
    }

    /// Whether the entry, or else the service itself, says that it can be relied on.
    fn standing(
        &self,
        chosen: &ChosenService,
        since: &SinceChosen,
        fresh: Option<Freshness>,
        judging: &Judging<'_>,
    ) -> Option<Finding> {
        let name = ("name", chosen.name.trim());
        let confirmed = confirmed(chosen, fresh, judging);
        if !since.state.is_there() {
            let state = ("state", self.state(since.state));
            // A confirmation from before she saw that it had ended says nothing.
            let seen = since.copied && !since.is_news();
            let known = seen || since.state == EntryState::Gone;
            let code = match confirmed {
                Confirmed::Yes if known => "service.ended-confirmed",
                _ => "service.ended",
            };
            return self.said.say(code, &[name, state]);
        }
        let fresh = fresh.filter(|f| f.stale)?;
        match confirmed {
            Confirmed::Yes => None,
            Confirmed::No => {
                let checked = self.checked(fresh);
                self.said
                    .say("service.unconfirmed", &[name, ("checked", &checked)])
            }
            Confirmed::ByNobody(on) => self
                .said
                .say("service.no-person", &[name, ("confirmed", &day(on))]),
            Confirmed::LongAgo(on) => {
                let limit = fresh.limit.to_string();
                let with = [name, ("confirmed", &day(on)), ("limit", &limit)];
                self.said.say("service.confirmed-long-ago", &with)
            }
        }
    }

    fn for_her(
        &self,
        service: &Service,
        name: (&str, &str),
        judging: &Judging<'_>,
    ) -> Vec<Finding> {
        let mut found = Vec::new();
        if judging.wants.women_only == Wish::Needs {
            let code = match service.setting {
                Setting::WomenOnly => None,
                Setting::Unknown => Some("service.women-only-unknown"),
                Setting::Mixed | Setting::MixedWithWomensSession => Some("service.not-women-only"),
            };
            found.extend(code.and_then(|code| self.said.say(code, &[name])));
        }
        if judging.avoided.contains(&service.id) {
            found.extend(self.said.say("service.avoid", &[name]));
        }
        found
    }

    /// Needs recorded as a gap for which this service is chosen all the same.
    fn of_gaps(
        &self,
        chosen: &ChosenService,
        case: &CaseFile,
        judging: &Judging<'_>,
        out: &mut Vec<Finding>,
    ) {
        let filled = case.gaps.iter().filter(|g| chosen.needs.contains(&g.theme));
        out.extend(filled.filter_map(|gap| {
            let theme = judging.interview.theme(&gap.theme);
            let need = theme.map_or(gap.theme.as_str(), |t| &*t.prints);
            let with = [("name", chosen.name.trim()), ("need", need)];
            self.said.say("service.gap-filled", &with)
        }));
    }

    fn state(&self, state: EntryState) -> &str {
        self.word(match state {
            EntryState::Historic => "historic",
            EntryState::NotOpen => "not-open",
            EntryState::Closed => "closed",
            _ => "gone",
        })
    }

    /// When an entry was last checked, inside a sentence.
    #[must_use]
    pub fn checked(&self, fresh: Freshness) -> String {
        match (fresh.checked_on, fresh.days) {
            (Some(on), Some(days)) => {
                let days = if days == 1 {
                    "1 day".into()
                } else {
                    format!("{days} days")
                };
                let words = self.word("checked-on").replace("{date}", &day(on));
                words.replace("{days}", &days)
            }
            _ => self.word("never-checked").to_owned(),
        }
    }

    fn word(&self, id: &str) -> &str {
        self.words.get(id).map_or("", String::as_str)
    }
}

/// Whether the service itself has said that the offer stands.
enum Confirmed {
    Yes,
    No,
    ByNobody(NaiveDate),
    LongAgo(NaiveDate),
}

fn confirmed(chosen: &ChosenService, fresh: Option<Freshness>, judging: &Judging<'_>) -> Confirmed {
    let Some(on) = chosen.confirmed_on.filter(|on| *on <= judging.today) else {
        return Confirmed::No;
    };
    let by = chosen.confirmed_with.as_deref().unwrap_or_default();
    if by.trim().is_empty() {
        return Confirmed::ByNobody(on);
    }
    // An entry that is gone has no limit of its own; the area's is.
    let limit = fresh.map_or_else(
        || judging.directory.check_by_default(judging.place),
        |f| f.limit,
    );
    if (judging.today - on).num_days() > i64::from(limit) {
        return Confirmed::LongAgo(on);
    }
    Confirmed::Yes
}

/// A label inside a sentence, unless it is a name.
fn small(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests;
