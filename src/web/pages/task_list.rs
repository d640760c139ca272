//! One report's task list: sections with their status, and what is still missing.

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::NaiveDate;
use serde::Serialize;

use super::report::{ReportStrip, open};
use super::second::{Checks, asking::in_short};
use crate::{
    case::CaseFile,
    interview::{Interview, Prompt, SectionProgress, Status},
    review::second::SecondPerson,
    store::{Hold, Unsent},
    web::{error::Error, state::AppState, templates::Page, visit::SignedIn, words},
};

mod left;

use left::HearingView;

/// The task list.
#[derive(Debug, Serialize)]
pub struct TaskListPage {
    report: ReportStrip,
    /// The prompts' sections.
    sections: Vec<Task>,
    /// What follows from them: services, proposal, draft.
    onwards: Vec<Task>,
    court: String,
    /// How long there is until the hearing.
    hearing: HearingView,
    /// How much this kind of report still needs, and what.
    left: String,
    missing: Vec<Link>,
    /// Enquiries without a reply.
    outstanding: Vec<Link>,
    /// Pages with words on them that could not be saved.
    unsent: Vec<Link>,
    next: Option<Link>,
    /// Prompts, passages and rules that changed since she last looked, in words; empty
    /// where none did.
    changed: String,
    /// That somebody else opened it or took it over, in words; empty where nobody did.
    opened: String,
    /// The legal hold that stands on it.
    held: Option<HeldView>,
    /// True where somebody else belongs to her team, or the report is restricted.
    shared: bool,
    /// Who sent it back with comments, where that is how it stands.
    returned: Option<String>,
}

/// That the report must be kept.
#[derive(Debug, Serialize)]
struct HeldView {
    by: String,
    at: String,
    review: String,
    reason: String,
}

impl From<Hold> for HeldView {
    fn from(hold: Hold) -> Self {
        Self {
            by: hold.by,
            at: words::day(words::day_of(hold.at)),
            review: words::day(hold.review_on),
            reason: hold.reason,
        }
    }
}

#[derive(Debug, Serialize)]
struct Task {
    title: String,
    href: String,
    hint: String,
    status: Tag,
}

/// Some words, coloured where they ask for attention.
#[derive(Debug, Clone, Serialize)]
pub struct Tag {
    /// The words.
    pub text: String,
    /// A tag's colour; plain text where empty.
    pub colour: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct Link {
    text: String,
    href: String,
}

impl TaskListPage {
    fn new(
        report: ReportStrip,
        interview: &Interview,
        case: &CaseFile,
        unsent: &[Unsent],
        (signed, second): (bool, &SecondPerson),
        today: NaiveDate,
    ) -> Self {
        let home = report.href.clone();
        let progress = interview.progress(case);
        let link = |prompt: &Prompt| Link {
            text: prompt.short.clone(),
            href: format!("{home}/prompts/{}", prompt.id),
        };
        Self {
            sections: progress
                .sections
                .iter()
                .map(|s| section(&home, s))
                .collect(),
            onwards: onwards(&home, case, signed, second),
            returned: match second {
                SecondPerson::Returned(who) => Some(who.name.clone()),
                _ => None,
            },
            court: case.hearing.court.trim().trim_end_matches('.').to_owned(),
            hearing: left::until_hearing(&home, case.hearing.date, today, &interview.calendar),
            left: left::how_much(progress.needed.len()),
            outstanding: left::outstanding(&home, case),
            unsent: left::unsent(&home, unsent, interview),
            missing: progress.needed.iter().map(|(_, p)| link(p)).collect(),
            next: progress.next.map(|(_, p)| link(p)),
            changed: String::new(),
            opened: String::new(),
            held: None,
            shared: false,
            report,
        }
    }
}

fn section(home: &str, progress: &SectionProgress<'_>) -> Task {
    let settled = format!(
        "{} of {} settled",
        progress.settled,
        words::count(progress.asked, "prompt")
    );
    let needed = match progress.needed {
        0 => String::new(),
        n => format!(", {n} still needed"),
    };
    Task {
        title: progress.section.title.clone(),
        href: match progress.status {
            Status::NotStarted if progress.section.sensitive => {
                format!("{home}/sections/{}/before", progress.section.id)
            }
            _ => format!("{home}/sections/{}", progress.section.id),
        },
        hint: format!("{settled}{needed}"),
        status: Tag {
            text: progress.status.label().into(),
            colour: match progress.status {
                Status::NotStarted => "grey",
                Status::InProgress => "blue",
                Status::Complete => "",
            },
        },
    }
}

fn onwards(home: &str, case: &CaseFile, signed: bool, second: &SecondPerson) -> Vec<Task> {
    let (checked, colour) = in_short(second);
    let started = |done: bool, text: String| Tag {
        text: if done { text } else { "Not started".into() },
        colour: if done { "" } else { "grey" },
    };
    let services = case.services.len();
    let requirements = case.proposal.requirements.len();
    let task = |title: &str, path: &str, hint: &str, status| Task {
        title: title.into(),
        href: format!("{home}/{path}"),
        hint: hint.into(),
        status,
    };
    let open = case.enquiries.iter().filter(|e| e.is_outstanding()).count();
    vec![
        task(
            "Enquiry register",
            "enquiries",
            "What was asked of other agencies, what is open, and what to do about it",
            started(!case.enquiries.is_empty(), format!("{open} open")),
        ),
        task(
            "Local services",
            "services",
            "What is near her, for each need, with its date",
            started(services > 0, format!("{services} chosen")),
        ),
        task(
            "Women's centres",
            "referrals",
            "Ask a centre to assess her, and what it offers",
            started(
                !case.assessments.is_empty(),
                words::count(case.assessments.len(), "assessment"),
            ),
        ),
        task(
            "Proposal",
            "proposal",
            "The order, its requirements, the law and her week",
            started(
                case.proposal.order.is_some() || requirements > 0,
                words::count(requirements, "requirement"),
            ),
        ),
        task(
            "Draft and download",
            "draft",
            "The report as it stands, with what each line rests on",
            Tag {
                text: "Ready to read".into(),
                colour: "",
            },
        ),
        task(
            "Quality check",
            "quality",
            "What inspectors ask of a court report, and what in this one shows it",
            Tag {
                text: "Ready to read".into(),
                colour: "",
            },
        ),
        task(
            "Check by a second person",
            "review",
            "A colleague reads it and says what she finds, before you sign",
            Tag {
                text: checked.into(),
                colour,
            },
        ),
        task(
            "Sign",
            "sign",
            "What signing does, who will read it, and what stands in the way",
            started(signed, "Signed".into()),
        ),
    ]
}

impl Page for TaskListPage {
    const NAME: &'static str = "task_list.html";
    const HTML: &'static str = include_str!("task_list.html");

    fn title(&self) -> String {
        format!("Report on {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let task = |colour: &'static str| Task {
            title: "The case & the court".into(),
            href: "/reports/1/sections/case".into(),
            hint: "2 of 9 prompts settled, 3 still needed".into(),
            status: Tag {
                text: "In progress".into(),
                colour,
            },
        };
        let link = || Link {
            text: "Her <name>".into(),
            href: "/reports/1/prompts/woman-name".into(),
        };
        let page = |fictional, links: Vec<Link>, next, hearing: HearingView| Self {
            report: ReportStrip::sample(fictional),
            sections: vec![task("blue"), task("")],
            onwards: onwards(
                "/reports/1",
                &CaseFile::new(),
                true,
                &SecondPerson::NotAsked,
            ),
            opened: String::from(if fictional { "Opened <once>." } else { "" }),
            held: fictional.then(|| HeldView {
                by: "Ada <Admin>".into(),
                at: "30 November 2026".into(),
                review: "1 March 2027".into(),
                reason: "A complaint & <more>".into(),
            }),
            shared: fictional,
            returned: fictional.then(|| "Noor <Senior>".into()),
            court: "Reading & Slough".into(),
            hearing,
            left: left::how_much(links.len()),
            outstanding: links.clone(),
            unsent: links.clone(),
            missing: links,
            next,
            changed: if fictional {
                "3 changes".into()
            } else {
                String::new()
            },
        };
        let set = HearingView {
            text: "The hearing is today.".into(),
            href: None,
        };
        let unset = HearingView {
            text: "No hearing date yet.".into(),
            href: Some("/reports/1/prompts/hearing".into()),
        };
        vec![
            page(true, vec![link(), link()], Some(link()), set),
            page(false, Vec::new(), Some(link()), unset.clone()),
            page(false, Vec::new(), None, unset),
        ]
    }
}

/// `GET /reports/{id}`.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let unsent = author.reports(&state).unsent_in(report.id).await?;
    let strip = ReportStrip::of(&report);
    let checks = Checks::of(&state, &author, &report).await?;
    let mut page = TaskListPage::new(
        strip,
        state.interview(),
        &report.case,
        &unsent,
        (report.signed.is_some(), &checks.second),
        state.today(),
    );
    if report.signed.is_none() {
        let changes = state.content_since(report.known_content()).await?;
        page.changed = match changes.map_or(0, |changes| changes.len()) {
            0 => String::new(),
            count => words::count(count, "change"),
        };
    }
    let reports = author.reports(&state);
    let store = state.store();
    page.opened = match reports.openings(report.id).await?.len() {
        0 => String::new(),
        count => format!(
            "Somebody else opened this report or took it over {}.",
            words::times(count)
        ),
    };
    page.held = reports.hold(report.id).await?.map(HeldView::from);
    page.shared = store.has_colleagues(author.account.id).await?
        || !page.opened.is_empty()
        || reports.restricted_to(report.id).await?.is_some();
    author.visit.page(&page)
}
