//! Reviews: the list with its days, the form of one, and making days from the order.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    Faults, boxes, count, date, fault,
    forms::{Desk, Sheet},
    home, opened, text,
};
use crate::{
    consultancy::plan::{CourtReview, How, Plan, SmallGoal, making},
    store::{LoadedReport, PlanKept, PlanSave},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        pages::report::ReportStrip,
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

const LONGEST: u32 = 1000;
const LINE: u32 = 200;
/// Small goals that a form has room for.
const GOALS: usize = 4;
/// More appointments than anybody is offered between two reviews.
const MOST: u32 = 500;
/// More months than an order has.
const MONTHS: u32 = 36;

/// A review in the list.
#[derive(Debug, Serialize)]
struct ReviewView {
    on: String,
    href: String,
    note: String,
    goals: Vec<String>,
    attendance: String,
}

/// The reviews of a plan.
#[derive(Debug, Serialize)]
pub struct ReviewsPage {
    report: ReportStrip,
    home: String,
    reviews: Vec<ReviewView>,
    /// Fields that make days; none where the first day of the plan is not known.
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    /// What the law pack says of reviews by an intensive supervision court.
    law: Vec<String>,
    stale: bool,
    seen: i64,
}

impl Page for ReviewsPage {
    const NAME: &'static str = "plan_reviews.html";
    const HTML: &'static str = include_str!("reviews.html");

    fn title(&self) -> String {
        format!("Reviews – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |reviews, fields: Vec<FieldView>, stale| Self {
            report: ReportStrip::sample(true),
            home: "/reports/1/plan".into(),
            reviews,
            errors: summary(&fields),
            fields,
            law: vec!["The order does not end <early>.".into()],
            stale,
            seen: 2,
        };
        let review = || ReviewView {
            on: "3 December 2026".into(),
            href: "/reports/1/plan/reviews/1".into(),
            note: "/reports/1/plan/reviews/1/note".into(),
            goals: vec!["Ring the <school>".into()],
            attendance: "5 of 6".into(),
        };
        let wrong = FieldView::new(Control::Code, "every", "Months").error("Enter <it>");
        vec![
            page(Vec::new(), Vec::new(), false),
            page(vec![review()], vec![wrong], false),
            page(vec![review()], days(Some(2), Some(12)), true),
        ]
    }
}

/// The fields that make days.
fn days(every: Option<u32>, months: Option<u32>) -> Vec<FieldView> {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    vec![
        FieldView::new(Control::Code, "every", "Months between reviews")
            .inputmode("numeric")
            .width(2)
            .value(number(every)),
        FieldView::new(Control::Code, "months", "For how many months")
            .inputmode("numeric")
            .width(2)
            .value(number(months)),
    ]
}

fn listed(state: &AppState, report: &LoadedReport, kept: &PlanKept) -> ReviewsPage {
    let plan = &kept.plan;
    let here = format!("{}/reviews", home(report.id));
    let reviews = plan
        .reviews_in_order()
        .into_iter()
        .map(|review| ReviewView {
            on: review.on.map_or_else(
                || format!("Day {}", state.pack().plans.words.unknown),
                words::day,
            ),
            href: format!("{here}/{}", review.number),
            note: format!("{here}/{}/note", review.number),
            goals: review.goals.iter().map(|goal| goal.what.clone()).collect(),
            attendance: review
                .attended
                .zip(review.offered)
                .map_or_else(String::new, |(a, o)| format!("{a} of {o}")),
        });
    let case = &report.case;
    ReviewsPage {
        report: ReportStrip::of(report),
        home: home(report.id),
        reviews: reviews.collect(),
        fields: plan.starts.map_or_else(Vec::new, |_| {
            days(making::review_every(case), case.proposal.lasts())
        }),
        errors: Vec::new(),
        law: state.pack().law.now().review_words(case, state.today()),
        stale: false,
        seen: kept.version.number,
    }
}

/// `GET /reports/{id}/plan/reviews`.
///
/// # Errors
/// No such report of this author's, or it has no plan.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (report, kept) = opened(&state, &author, &id).await?;
    author.visit.page(&listed(&state, &report, &kept))
}

/// `POST /reports/{id}/plan/reviews`: adds the days of an interval that are not there yet.
///
/// # Errors
/// As [`show`], or the store fails.
pub async fn make(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let (report, kept) = opened(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let mut page = listed(&state, &report, &kept);
    page.fields = page.fields.into_iter().map(|f| f.typed(&form)).collect();
    let mut faults = Faults::new();
    let every = count(&form, "every", MONTHS, &mut faults).filter(|n| *n > 0);
    let months = count(&form, "months", MONTHS, &mut faults).filter(|n| *n > 0);
    if every.is_none() && faults.iter().all(|(name, _)| name != "every") {
        fault(&mut faults, "every", "Enter the months between reviews");
    }
    if months.is_none() && faults.iter().all(|(name, _)| name != "months") {
        fault(&mut faults, "months", "Enter for how many months");
    }
    let moved_on = |mut page: ReviewsPage| {
        page.stale = true;
        author.visit.page_as(StatusCode::CONFLICT, &page)
    };
    if seen != kept.version.number {
        return moved_on(page);
    }
    let (Some(starts), Some(every), Some(months)) = (kept.plan.starts, every, months) else {
        mark(&mut page.fields, &faults);
        page.errors = summary(&page.fields);
        return author.visit.refused(&page);
    };
    let mut plan = kept.plan;
    let made = making::reviews(starts, every, months, plan.next_review());
    let there: Vec<_> = plan.reviews.iter().filter_map(|review| review.on).collect();
    let new = made.into_iter();
    plan.reviews
        .extend(new.filter(|review| review.on.is_none_or(|on| !there.contains(&on))));
    let reports = author.reports(&state);
    match reports
        .save_plan(report.id, seen, &plan, state.now())
        .await?
    {
        PlanSave::Kept(_) => {
            let here = format!("{}/reviews", home(report.id));
            Ok(Redirect::to(&here).into_response())
        }
        PlanSave::Stale(_) => moved_on(page),
    }
}

pub(super) fn sheet(desk: &Desk<'_>, number: u32) -> Option<Sheet> {
    let plan = desk.plan;
    let review = match number {
        0 => CourtReview::default(),
        number => plan.review(number)?.clone(),
    };
    let mut fields = vec![
        FieldView::new(Control::Date, "on", "Day of the review")
            .hint("Leave it empty until the court has set it")
            .date(boxes(review.on)),
    ];
    let texts = &desk.pack.plans;
    for (at, goal) in agreed(plan, number).iter().enumerate() {
        let hows = How::ALL.map(|how| (how.id(), texts.how(Some(how)), String::new()));
        fields.push(
            FieldView::new(
                Control::Radios,
                format!("went-{at}"),
                format!("How it went: {}", goal.what),
            )
            .hinted_options(hows)
            .small()
            .value(goal.how.map_or("", How::id)),
        );
    }
    let number_field = |name: &str, label: &str, value: Option<u32>| {
        FieldView::new(Control::Code, name, label)
            .inputmode("numeric")
            .width(3)
            .value(value.map(|n| n.to_string()).unwrap_or_default())
    };
    let prose = |name: &str, label: &str, hint: &str, value: &str| {
        FieldView::new(Control::Text, name, label)
            .hint(hint)
            .rows(3)
            .max(Some(LONGEST))
            .value(value)
    };
    fields.extend([
        number_field(
            "offered",
            "Appointments she was offered since the last review",
            review.offered,
        ),
        number_field("attended", "Appointments she came to", review.attended),
        number_field(
            "excused",
            "Appointments missed for a reason that was accepted",
            review.excused,
        ),
        prose(
            "did",
            "What she did",
            "Facts, what was agreed first. It is read in court.",
            &review.did,
        ),
        prose("hindered", "What got in the way", "", &review.hindered),
        prose("helped", "What helped", "", &review.helped),
    ]);
    for at in 0..GOALS {
        let goal = review.goals.get(at).map_or("", |goal| goal.what.as_str());
        fields.push(
            FieldView::new(
                Control::Line,
                format!("goal-{at}"),
                format!("Small goal {} until the next review", at + 1),
            )
            .value(goal),
        );
    }
    fields.push(
        FieldView::new(Control::Text, "record", "Notes that stay here")
            .hint("Never printed, in no note to the court.")
            .record_only()
            .rows(3)
            .max(Some(LONGEST))
            .value(&review.record),
    );
    Some(Sheet {
        title: if number == 0 {
            "Add a review".into()
        } else {
            "A review".into()
        },
        about: vec![
            "Small goals: things she can do before the next review, and can say she has done."
                .into(),
        ],
        fields,
    })
}

/// Small goals set at the review before: how each went is said at this one.
fn agreed(plan: &Plan, number: u32) -> Vec<SmallGoal> {
    let before = before(plan, number);
    before.map_or_else(Vec::new, |before| before.goals.clone())
}

/// The review before; for a new one the last there is.
fn before(plan: &Plan, number: u32) -> Option<&CourtReview> {
    match number {
        0 => plan.reviews_in_order().pop(),
        number => plan.review_before(number),
    }
}

pub(super) fn read(form: &Form, number: u32, plan: &mut Plan) -> Faults {
    let mut faults = Faults::new();
    let before = before(plan, number).map(|review| review.number);
    let old = plan.review(number).cloned().unwrap_or_default();
    let mut goals = Vec::new();
    for at in 0..GOALS {
        let what = text(form, &format!("goal-{at}"), LINE, &mut faults);
        if what.is_empty() {
            continue;
        }
        // How it went stays with a goal that is still the same.
        let same = old.goals.iter().find(|goal| goal.what == what);
        goals.push(same.cloned().unwrap_or(SmallGoal { what, how: None }));
    }
    let review = CourtReview {
        number: if number == 0 {
            plan.next_review()
        } else {
            number
        },
        on: date(form, "on", "The day", &mut faults),
        offered: count(form, "offered", MOST, &mut faults),
        attended: count(form, "attended", MOST, &mut faults),
        excused: count(form, "excused", MOST, &mut faults),
        did: text(form, "did", LONGEST, &mut faults),
        hindered: text(form, "hindered", LONGEST, &mut faults),
        helped: text(form, "helped", LONGEST, &mut faults),
        goals,
        record: text(form, "record", LONGEST, &mut faults),
    };
    let counted = review.attended.is_some() || review.excused.is_some();
    match review.offered {
        None if counted => fault(&mut faults, "offered", "Enter how many she was offered"),
        Some(_) if review.attended.is_none() => {
            fault(&mut faults, "attended", "Enter how many she came to");
        }
        Some(_) if review.missed().is_none() => {
            let what = "She cannot have come to, or missed, more than she was offered";
            fault(&mut faults, "attended", what);
        }
        _ => {}
    }
    if let Some(before) = before.and_then(|n| plan.reviews.iter_mut().find(|r| r.number == n)) {
        for (at, goal) in before.goals.iter_mut().enumerate() {
            if let Some(how) = How::from_id(form.one(&format!("went-{at}"))) {
                goal.how = Some(how);
            }
        }
    }
    match plan.reviews.iter_mut().find(|r| r.number == number) {
        Some(mine) => *mine = review,
        None => plan.reviews.push(review),
    }
    faults
}
