//! What has happened to one report, day by day: who started it, which sections were
//! saved, who was asked to check it, when it was signed. No answer and no word of the
//! report stands here: only the names of sections.

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::report::{ReportStrip, open};
use crate::{
    interview::Interview,
    store::{Action, RevisionRow, TrailRow},
    web::{error::Error, state::AppState, templates::Page, visit::SignedIn, words},
};

/// One thing that happened, or several of a kind on one day.
#[derive(Debug, Serialize)]
struct EventView {
    time: String,
    who: String,
    what: String,
    /// Names of sections, where it was saving.
    sections: Vec<String>,
}

#[derive(Debug, Serialize)]
struct DayView {
    id: String,
    day: String,
    events: Vec<EventView>,
}

/// What has happened to a report.
#[derive(Debug, Serialize)]
pub struct TimelinePage {
    report: ReportStrip,
    days: Vec<DayView>,
}

/// What happened, before it is put into words.
#[derive(Debug, Clone)]
struct Event {
    at: DateTime<Utc>,
    who: String,
    kind: Kind,
    times: usize,
    sections: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Saved,
    Did(Action),
}

impl Kind {
    /// True for what is told once a day and person, however often it was done.
    fn is_gathered(self) -> bool {
        let often = [
            Action::ReportExported,
            Action::CheckOpened,
            Action::ReportRead,
        ];
        match self {
            Self::Saved => true,
            Self::Did(action) => often.contains(&action),
        }
    }
}

/// Saves and acts as one list, the latest first, with what is alike on one day together.
fn events(
    log: &[RevisionRow],
    trail: &[TrailRow],
    interview: &Interview,
    heading: &dyn Fn(&str) -> Option<String>,
) -> Vec<Event> {
    let started = trail.iter().find(|t| t.action == Action::ReportCreated);
    let started = started.map(|t| t.at);
    // What a report began with is part of its start.
    let saves = log.iter().filter(|row| Some(row.at) != started);
    let saves = saves.map(|row| Event {
        at: row.at,
        who: row.by.clone(),
        kind: Kind::Saved,
        times: 1,
        sections: vec![section_of(&row.place, interview, heading)],
    });
    let acts = trail.iter().filter(|row| told(row.action).is_some());
    let acts = acts.map(|row| Event {
        at: row.at,
        who: row.by.clone(),
        kind: Kind::Did(row.action),
        times: 1,
        sections: Vec::new(),
    });
    let mut all: Vec<Event> = saves.chain(acts).collect();
    all.sort_by_key(|event| event.at);
    let mut gathered: Vec<Event> = Vec::new();
    for event in all {
        let day = words::day_of(event.at);
        let alike = |other: &&mut Event| {
            event.kind.is_gathered()
                && other.kind == event.kind
                && other.who == event.who
                && words::day_of(other.at) == day
        };
        let Some(same) = gathered.iter_mut().rev().find(alike) else {
            gathered.push(event);
            continue;
        };
        if event.kind == Kind::Saved {
            same.at = event.at;
        }
        same.times += 1;
        for section in event.sections {
            if !same.sections.contains(&section) {
                same.sections.push(section);
            }
        }
    }
    gathered.sort_by_key(|event| std::cmp::Reverse(event.at));
    gathered
}

/// The section that a place belongs to, by its name in the task list, or by its heading
/// in the report.
fn section_of(
    place: &str,
    interview: &Interview,
    heading: &dyn Fn(&str) -> Option<String>,
) -> String {
    let first = place.split(['.', '[']).next().unwrap_or(place);
    let of_prompt = |id: &str| {
        let found = interview.prompts().find(|(_, p)| p.id == id);
        found.map(|(section, _)| section.title.clone())
    };
    let of_place = || {
        let within = |of: &str| place == of || place.starts_with(&format!("{of}."));
        let found = interview
            .prompts()
            .find(|(_, p)| !p.is_answer() && (within(&p.place) || p.place.starts_with(place)));
        found.map(|(section, _)| section.title.clone())
    };
    let named = match first {
        "answers" => of_prompt(place.split('.').nth(1).unwrap_or_default()),
        "notes" => Some("Notes".into()),
        "edits" => heading(place.split('.').nth(1).unwrap_or_default())
            .map(|heading| format!("The draft: {heading}")),
        "wording" => Some("Wording let stand".into()),
        "leaving" => Some("What may leave".into()),
        "assessments" => Some("Women's centre's assessment".into()),
        "services" | "gaps" => Some("Local services".into()),
        "proposal" => of_place().or(Some("Proposal".into())),
        _ => of_place(),
    };
    named.unwrap_or_else(|| "Other details".into())
}

/// What an act is called; none for what nobody need be told.
fn told(action: Action) -> Option<&'static str> {
    Some(match action {
        Action::ReportCreated => "Started the report",
        Action::ReportExported => "Downloaded it",
        Action::CheckAsked => "Asked somebody to check it",
        Action::CheckWithdrawn => "Took that request back",
        Action::CheckOpened => "Opened it to check it",
        Action::CheckReturned => "Sent it back with comments",
        Action::CheckApproved => "Approved it",
        Action::ReportSigned => "Signed it",
        Action::AddendumSigned => "Signed an addendum",
        Action::ReportRestricted => "Restricted it to named people",
        Action::RestrictionLifted => "Ended that restriction",
        Action::ReportRead => "Read it as a colleague",
        Action::ReportTakenOver => "Took it over",
        Action::GlassBroken => "Opened it, although it was closed to her",
        _ => return None,
    })
}

fn days(events: Vec<Event>) -> Vec<DayView> {
    let mut days: Vec<(NaiveDate, Vec<EventView>)> = Vec::new();
    for event in events {
        let day = words::day_of(event.at);
        let what = match event.kind {
            Kind::Saved => format!("Saved {}", words::count(event.times, "time")),
            Kind::Did(action) => {
                let told = told(action).unwrap_or_default();
                match event.times {
                    1 => told.to_owned(),
                    n => format!("{told}, {}", words::count(n, "time")),
                }
            }
        };
        let view = EventView {
            time: words::time(event.at),
            who: event.who,
            what,
            sections: event.sections,
        };
        match days.last_mut() {
            Some((last, views)) if *last == day => views.push(view),
            _ => days.push((day, vec![view])),
        }
    }
    let view = |(day, events): (NaiveDate, Vec<EventView>)| DayView {
        id: format!("day-{day}"),
        day: words::named_day(day),
        events,
    };
    days.into_iter().map(view).collect()
}

impl Page for TimelinePage {
    const NAME: &'static str = "timeline.html";
    const HTML: &'static str = include_str!("timeline.html");

    fn title(&self) -> String {
        format!("What has happened – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let event = |sections: &[&str]| EventView {
            time: "16:05".into(),
            who: "Sam <Author>".into(),
            what: "Saved 3 times".into(),
            sections: sections.iter().map(|s| (*s).to_owned()).collect(),
        };
        let day = DayView {
            id: "day-2026-11-26".into(),
            day: "Thursday 26 November 2026".into(),
            events: vec![event(&["Health & more", "<Risk>"]), event(&[])],
        };
        let page = |days| Self {
            report: ReportStrip::sample(true),
            days,
        };
        vec![page(vec![day]), page(Vec::new())]
    }
}

/// `GET /reports/{id}/timeline`.
///
/// # Errors
/// No such report of this author's, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let reports = author.reports(&state);
    let log = reports.history(report.id).await?.unwrap_or_default();
    let trail = reports.trail(report.id).await?;
    let templates = &state.pack().templates;
    let heading = |section: &str| templates.heading(section).map(str::to_owned);
    let events = events(&log, &trail, state.interview(), &heading);
    author.visit.page(&TimelinePage {
        report: ReportStrip::of(&report),
        days: days(events),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::content::ContentFiles;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn saved(place: &str, by: &str, time: &str) -> RevisionRow {
        RevisionRow {
            revision: 1,
            place: place.into(),
            value: json!("She said so."),
            by: by.into(),
            at: at(time),
        }
    }

    fn did(action: Action, by: &str, time: &str) -> TrailRow {
        TrailRow {
            action,
            at: at(time),
            by: by.into(),
        }
    }

    #[test]
    fn saves_of_a_day_and_person_are_one_line_with_their_sections_and_no_words() {
        let interview = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
        let log = [
            saved("woman.name", "Sam", "2026-11-25T09:00:00Z"),
            saved("answers.mental-health", "Sam", "2026-11-25T10:00:00Z"),
            saved("answers.health", "Sam", "2026-11-25T11:00:00Z"),
            saved("answers.rosh", "Sam", "2026-11-25T12:00:00Z"),
            saved("proposal.rationale", "Sam", "2026-11-26T09:00:00Z"),
            saved("services", "Sam", "2026-11-26T09:05:00Z"),
        ];
        let trail = [
            did(Action::ReportCreated, "Sam", "2026-11-25T09:00:00Z"),
            did(Action::ReportViewed, "Sam", "2026-11-25T09:01:00Z"),
            did(Action::CheckOpened, "Noor", "2026-11-26T10:00:00Z"),
            did(Action::CheckOpened, "Noor", "2026-11-26T10:05:00Z"),
            did(Action::CheckApproved, "Noor", "2026-11-26T10:06:00Z"),
        ];
        let days = days(events(&log, &trail, &interview, &|_| None));
        let lines: Vec<Vec<String>> = days
            .iter()
            .map(|d| {
                let told = d.events.iter();
                told.map(|e| format!("{}: {} [{}]", e.who, e.what, e.sections.join(", ")))
                    .collect()
            })
            .collect();
        assert_eq!(days[0].day, "Thursday 26 November 2026");
        assert_eq!(
            lines[0],
            [
                "Noor: Approved it []".to_owned(),
                "Noor: Opened it to check it, 2 times []".into(),
                format!(
                    "Sam: Saved 2 times [{}, Local services]",
                    title(&interview, "rationale")
                ),
            ]
        );
        assert_eq!(
            lines[1],
            [
                format!(
                    "Sam: Saved 3 times [{}, {}]",
                    title(&interview, "health"),
                    title(&interview, "rosh")
                ),
                "Sam: Started the report []".into(),
            ]
        );
        assert!(!format!("{days:?}").contains("She said so"));
    }

    fn title(interview: &Interview, prompt: &str) -> String {
        let found = interview.prompts().find(|(_, p)| p.id == prompt);
        found.unwrap().0.title.clone()
    }
}
