//! Her week with the order in it, and the order's first twelve weeks and whole length:
//! pictures, and tables that say the same.
//!
//! Lives here: the page. Not here: the sums (`sentencing::WeeklyLoad`, `Outlook`) or the
//! drawing (`week_picture`).

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    week::{WeekView, hours},
    week_picture::{BarsPicture, WeekPicture},
};
use crate::{
    case::Day,
    finding::Finding,
    sentencing::{About, CaseDates, FIRST_WEEKS, Filling, Outlook, Running, WeekAhead, WeeklyLoad},
    web::{
        error::Error,
        findings::FindingView,
        pages::report::{ReportStrip, open},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// Codes of findings that are about time, by how they begin.
const ABOUT_TIME: [&str; 4] = [
    "law.clash.",
    "practice.load.",
    "practice.travel.",
    "practice.child-plan.",
];

/// Her week, and the order's.
#[derive(Debug, Serialize)]
pub struct HerWeekPage {
    report: ReportStrip,
    week: WeekView,
    sums: Vec<DaySums>,
    picture: WeekPicture,
    lines: Vec<LineView>,
    first: Vec<AheadView>,
    first_picture: BarsPicture,
    whole_picture: Option<BarsPicture>,
    /// `18 months` in weeks, in words; empty where no length is chosen.
    length: String,
    most: u32,
    /// Her waking day, and the hours of it that may be filled, in words.
    waking: String,
    findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
struct DaySums {
    day: &'static str,
    hers: String,
    order: String,
    way: String,
    home: String,
    free: String,
    too_full: bool,
}

#[derive(Debug, Serialize)]
struct LineView {
    what: String,
    starts: String,
    ends: String,
    a_week: String,
    way: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct AheadView {
    week: u32,
    starts: String,
    runs: String,
    contacts: u32,
    hours: String,
    way: String,
    too_many: bool,
}

/// The service's own figures about time, from the pack.
#[derive(Debug, Clone, Copy)]
struct Figures {
    contacts_a_week: u32,
    waking: (u32, u32),
    hours_a_day: u32,
}

impl From<&About> for Figures {
    fn from(about: &About) -> Self {
        Self {
            contacts_a_week: about.most_contacts_a_week,
            waking: (about.waking_from_hour, about.waking_to_hour),
            hours_a_day: about.most_filled_hours_a_day,
        }
    }
}

impl HerWeekPage {
    fn new(
        report: ReportStrip,
        load: &WeeklyLoad,
        outlook: &Outlook,
        figures: Figures,
        findings: Vec<FindingView>,
    ) -> Self {
        let (from, to) = figures.waking;
        let numbered = |week: u32| (week + 1).to_string();
        let whole = |weeks: u32| BarsPicture::of(outlook, weeks, (weeks / 12).max(4), numbered);
        let lines = outlook.lines.iter();
        let first = outlook.first.iter();
        Self {
            week: WeekView::of(load),
            sums: Day::ALL
                .map(|day| DaySums::of(load, day, figures))
                .into_iter()
                .collect(),
            picture: WeekPicture::of(load),
            lines: lines
                .map(|line| LineView::of(line, outlook, &report.href))
                .collect(),
            first: first.map(|week| AheadView::of(week, outlook)).collect(),
            first_picture: BarsPicture::of(outlook, FIRST_WEEKS, 1, numbered),
            whole_picture: outlook.weeks.map(whole),
            length: outlook
                .weeks
                .map(|weeks| format!("{weeks} weeks"))
                .unwrap_or_default(),
            most: figures.contacts_a_week,
            waking: format!(
                "Free time is what is left of {from:02}:00 to {to:02}:00. More than {} hours filled in one day are pointed out. These are this service’s own figures.",
                figures.hours_a_day
            ),
            findings,
            report,
        }
    }
}

impl DaySums {
    fn of(load: &WeeklyLoad, day: Day, figures: Figures) -> Self {
        let sum = |wanted: fn(Filling) -> bool| hours(load.minutes_on(day, wanted));
        let (from, to) = figures.waking;
        let filled = load.minutes_on(day, |f| f != Filling::AtHome);
        Self {
            free: hours(load.free_on(day, from, to)),
            too_full: filled > figures.hours_a_day * 60,
            day: day.name(),
            hers: sum(|f| matches!(f, Filling::Commitment(_))),
            order: sum(|f| matches!(f, Filling::Requirement | Filling::Service)),
            way: sum(|f| f == Filling::Travel),
            home: sum(|f| f == Filling::AtHome),
        }
    }
}

impl LineView {
    fn of(line: &Running, outlook: &Outlook, home: &str) -> Self {
        let starts = match (line.starts, line.starts_in_words.trim()) {
            (Some(week), words) => format!("Week {week} ({words})"),
            (None, "") => "Not yet known".into(),
            (None, words) => format!("Not yet known ({words})"),
        };
        let ends = match (line.ends, line.starts, outlook.weeks) {
            (Some(week), _, _) => format!("Week {week}"),
            (None, Some(_), Some(_)) => "No end of its own; at the latest with the order".into(),
            _ => "Not yet known".into(),
        };
        let href = match line.at.strip_prefix("proposal.requirements[") {
            Some(number) => format!(
                "{home}/proposal/requirements/{}",
                number.trim_end_matches(']')
            ),
            None => format!("{home}/services"),
        };
        Self {
            what: line.what.clone(),
            starts,
            ends,
            a_week: line.minutes.map_or_else(|| "No times set".into(), hours),
            way: if line.travel == 0 {
                "Not recorded".into()
            } else {
                hours(line.travel)
            },
            href,
        }
    }
}

impl AheadView {
    fn of(week: &WeekAhead, outlook: &Outlook) -> Self {
        let named = |numbers: &[usize]| {
            let names = numbers.iter().filter_map(|n| outlook.lines.get(*n));
            names
                .map(|line| line.what.as_str())
                .collect::<Vec<_>>()
                .join("; ")
        };
        Self {
            week: week.week,
            starts: named(&week.starts),
            runs: named(&week.runs),
            contacts: week.contacts,
            hours: hours(week.minutes),
            way: hours(week.travel),
            too_many: week.too_many,
        }
    }
}

impl Page for HerWeekPage {
    const NAME: &'static str = "proposal_her_week.html";
    const HTML: &'static str = include_str!("her_week.html");

    fn title(&self) -> String {
        format!("Her week – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        use crate::sentencing::WeekItem;
        let item = |start, filling| WeekItem {
            day: Day::Tuesday,
            start,
            end: start + 90,
            what: "Work at <Alana> & co".into(),
            filling,
            at: start.to_string(),
        };
        let line = |what: &str, starts| Running {
            what: what.into(),
            starts,
            starts_in_words: "in the <first> week".into(),
            ends: None,
            minutes: Some(180),
            travel: 40,
            contacts: 2,
            at_home: false,
            at: "proposal.requirements[0]".into(),
        };
        let figures = Figures {
            contacts_a_week: 4,
            waking: (7, 22),
            hours_a_day: 2,
        };
        let page = |load: &WeeklyLoad, outlook: &Outlook, findings| {
            Self::new(ReportStrip::sample(true), load, outlook, figures, findings)
        };
        let full = WeeklyLoad {
            items: vec![
                item(600, Filling::Requirement),
                item(640, Filling::Service),
                item(900, Filling::Travel),
                item(1200, Filling::AtHome),
            ],
        };
        let outlook = Outlook {
            lines: vec![line("Group & one-to-one", Some(1)), line("Programme", None)],
            weeks: Some(78),
            first: vec![WeekAhead {
                week: 1,
                runs: vec![0],
                starts: vec![0],
                minutes: 180,
                travel: 40,
                contacts: 5,
                too_many: true,
            }],
        };
        vec![
            page(&full, &outlook, FindingView::samples()),
            page(&WeeklyLoad::default(), &Outlook::default(), Vec::new()),
        ]
    }
}

/// `GET /reports/{id}/proposal/week`.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let (case, today) = (&report.case, state.today());
    let pack = state.law();
    let law = pack.in_force(&CaseDates::of(case, today));
    let judged = state.pack().judged(case, today);
    let about_time = |f: &&Finding| ABOUT_TIME.iter().any(|code| f.code.starts_with(code));
    let findings = judged.iter().filter(about_time);
    let page = HerWeekPage::new(
        ReportStrip::of(&report),
        &WeeklyLoad::of(case, &law),
        &Outlook::of(case, &law),
        Figures::from(&pack.about),
        findings
            .map(|f| FindingView::new(f, report.id, state.interview()))
            .collect(),
    );
    author.visit.page(&page)
}
