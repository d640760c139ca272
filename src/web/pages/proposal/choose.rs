//! Which requirement to add: those that the law has on this case's dates, each with
//! its limits and their source.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use crate::{
    case::OrderKind,
    sentencing::{Absent, CaseDates, DateTest, Law, Requirement, Unit},
    web::{
        error::Error,
        findings::standing,
        pages::report::{ReportStrip, open},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words::{day, sentence_case},
    },
};

/// The requirements there are.
#[derive(Debug, Serialize)]
pub struct ChoosePage {
    report: ReportStrip,
    /// For which kind of order.
    order: String,
    requirements: Vec<Choice>,
    /// What cannot be proposed on this case's dates, each with the reason.
    not_here: Vec<NotHere>,
}

/// A requirement that the law does not have on this case's dates.
#[derive(Debug, Serialize)]
struct NotHere {
    law: LawView,
    why: String,
    to_check: String,
}

#[derive(Debug, Serialize)]
struct Choice {
    href: String,
    law: LawView,
    /// True where the proposal has it already.
    taken: bool,
}

/// One requirement's row of law in words.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LawView {
    /// Its name.
    pub name: String,
    /// Limits, one a line.
    pub limits: Vec<String>,
    /// What the court must have before it.
    pub preconditions: Vec<String>,
    /// Anything else in the row.
    pub notes: String,
    /// Where the law is.
    pub statute: String,
    /// Date of the check, and whether anybody has verified it.
    pub standing: String,
}

impl LawView {
    /// The words of a row.
    #[must_use]
    pub fn of(row: &Requirement) -> Self {
        Self {
            name: sentence_case(&row.name),
            limits: limits(row),
            preconditions: row.preconditions.iter().map(|p| p.says.clone()).collect(),
            notes: row.notes.clone(),
            statute: row.statute.clone(),
            standing: standing(row.checked, row.verified),
        }
    }
}

/// What an amount is called on a page.
#[must_use]
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Hours => "hours",
        Unit::Days | Unit::ActivityDays | Unit::DaysOrPeriod => "days",
        Unit::HoursPerDay => "hours a day",
        Unit::Period | Unit::None => "",
    }
}

/// The limits of a row in words; every figure is the row's.
#[must_use]
pub fn limits(row: &Requirement) -> Vec<String> {
    let unit = unit(row.unit);
    let amount = match (row.min, row.max) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max} {unit}")),
        (None, Some(max)) => Some(format!("At most {max} {unit}")),
        (Some(min), None) => Some(format!("At least {min} {unit}")),
        (None, None) => None,
    };
    let weekly = row
        .max_hours_per_7_days
        .map(|most| format!("At most {most} hours in seven days"));
    let months = row.max_months.map(|most| format!("At most {most} months"));
    [amount, weekly, months].into_iter().flatten().collect()
}

impl Page for ChoosePage {
    const NAME: &'static str = "choose.html";
    const HTML: &'static str = include_str!("choose.html");

    fn title(&self) -> String {
        format!("Add a requirement – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let choice = |taken| Choice {
            href: "/reports/1/proposal/requirements/add/rar".into(),
            law: LawView::sample(),
            taken,
        };
        let strip = || ReportStrip::sample(false);
        vec![
            Self {
                report: strip(),
                order: "Community order".into(),
                requirements: vec![choice(true), choice(false)],
                not_here: vec![NotHere {
                    law: LawView::sample(),
                    why: "Not <in force>".into(),
                    to_check: "Whether it & that".into(),
                }],
            },
            Self {
                report: strip(),
                order: "Fine".into(),
                requirements: Vec::new(),
                not_here: Vec::new(),
            },
        ]
    }
}

impl LawView {
    /// A row for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            name: "Curfew <requirement>".into(),
            limits: vec!["From 2 to 20 hours a day".into()],
            preconditions: vec!["What the court must <know>".into()],
            notes: "A note".into(),
            statute: "Sch.9 Pt 9".into(),
            standing: "not verified".into(),
        }
    }
}

/// `GET /reports/{id}/proposal/requirements/new`.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let proposal = &report.case.proposal;
    let pack = state.law();
    let law = pack.in_force(&CaseDates::of(&report.case, state.today()));
    let order = proposal.order.unwrap_or(OrderKind::CommunityOrder);
    let choice = |row: &Requirement| Choice {
        href: format!(
            "/reports/{}/proposal/requirements/add/{}",
            report.id, row.id
        ),
        law: LawView::of(row),
        taken: !row.may_repeat && proposal.requirements.iter().any(|r| r.id == row.id),
    };
    author.visit.page(&ChoosePage {
        report: ReportStrip::of(&report),
        order: sentence_case(state.law().order_words(order)),
        requirements: law.requirements(order).map(choice).collect(),
        not_here: not_here(&law, pack.all_requirements(), order),
    })
}

/// Each requirement that an order of this kind could have on other dates, once.
fn not_here(law: &Law<'_>, all: &[Requirement], order: OrderKind) -> Vec<NotHere> {
    if law.requirements(order).next().is_none() {
        return Vec::new();
    }
    let mut seen: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for row in all.iter().filter(|row| law.requirement(&row.id).is_none()) {
        if seen.contains(&row.id.as_str()) {
            continue;
        }
        seen.push(&row.id);
        let (row, why) = match law.absent(&row.id) {
            Absent::NotCommenced(row) => (
                row,
                "Enacted. As far as is known it is not in force.".to_owned(),
            ),
            Absent::OtherDates(row) => (row, on_other_dates(row)),
            Absent::Unknown => continue,
        };
        found.push(NotHere {
            law: LawView::of(row),
            why,
            to_check: row.to_check.clone(),
        });
    }
    found
}

/// Which dates a row is for, in words.
fn on_other_dates(row: &Requirement) -> String {
    let of = match row.date_test {
        DateTest::Conviction => "convictions",
        DateTest::Offence => "offences",
        DateTest::Order => "orders made",
    };
    let days = match (row.from, row.to) {
        (Some(from), Some(to)) => format!("from {} to {}", day(from), day(to)),
        (Some(from), None) => format!("from {}", day(from)),
        (None, Some(to)) => format!("up to {}", day(to)),
        (None, None) => return "Not on this case’s dates.".to_owned(),
    };
    format!("Only for {of} {days}.")
}
