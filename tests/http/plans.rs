//! Her plan, from the proposal to paper, and the reviews after it.

use axum::http::StatusCode;

use super::visitor::{Page, Service, Visitor};

/// An author with Angela's report and its plan.
async fn planned(service: &Service) -> (Visitor, String) {
    let (mut author, report) = service.with_angela().await;
    let plan = format!("{report}/plan");
    let purpose = [("purpose", "community-sentence")];
    let made = author.submit(&plan, &purpose).await;
    assert_eq!(made.location(), plan);
    (author, plan)
}

const WORKER: [(&str, &str); 8] = [
    ("name", "Priya"),
    ("role", "Support worker"),
    ("agency", ""),
    ("contact", "01632 960 001"),
    ("from-day", "3"),
    ("from-month", "12"),
    ("from-year", "2026"),
    ("why", ""),
];

fn has(page: &Page, words: &str) {
    let text = page.text();
    assert!(text.contains(words), "no “{words}” in: {text}");
}

#[tokio::test]
async fn a_plan_is_made_from_the_proposal_and_says_what_each_step_is_from() {
    let service = Service::start().await;
    let (mut author, report) = service.with_angela().await;
    let plan = format!("{report}/plan");
    let list = author.get(&report).await;
    assert!(
        list.texts("a")
            .contains(&"Support and development plan".to_owned())
    );
    let refused = author.submit(&plan, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&refused, "Select what the plan goes with");

    let (mut author, plan) = {
        let made = author
            .submit(&plan, &[("purpose", "community-sentence")])
            .await;
        (author, made.location())
    };
    let page = author.get(&plan).await;
    assert_eq!(page.texts("ol h3").len(), 7);
    has(&page, "From a requirement of the proposal");
    has(&page, "From the first weeks of the proposal");
    has(&page, "Link workerNot yet known: ask");
    has(&page, "Schedule 10 para 6");
    has(&page, "Version 1");
}

#[tokio::test]
async fn another_worker_needs_a_day_and_a_reason_and_shows_as_a_break() {
    let service = Service::start().await;
    let (mut author, plan) = planned(&service).await;
    let worker = format!("{plan}/worker");
    author.submit(&worker, &WORKER).await.location();
    let mut other = WORKER;
    other[0].1 = "Noor";
    let refused = author.submit(&worker, &other).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&refused, "Enter why another worker takes over");
    assert_eq!(refused.value("name"), "Noor");
    other[7].1 = "Priya is on leave";
    author.submit(&worker, &other).await.location();
    let page = author.get(&plan).await;
    has(&page, "Breaks in continuity");
    has(&page, "Priya to Noor: 3 December 2026, Priya is on leave");
    let form = author.get(&format!("{plan}/papers/worker")).await;
    has(&form, "Priya to Noor, 3 December 2026: Priya is on leave.");
}

#[tokio::test]
async fn a_save_that_came_late_keeps_what_was_typed_beside_what_is_kept() {
    let service = Service::start().await;
    let (mut author, plan) = planned(&service).await;
    let step = format!("{plan}/steps/1");
    let mut other = author.clone();
    let (mine, theirs) = (author.get(&step).await, other.get(&step).await);
    let fields = |who: &'static str| [("what", "See her worker"), ("who", who), ("place", "")];
    let first = other.send_form_of(&theirs, &step, &fields("Noor")).await;
    first.location();
    let late = author.send_form_of(&mine, &step, &fields("Priya")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    has(&late, "The plan was changed after you opened this page");
    has(&late, "Noor");
    assert_eq!(late.value("who"), "Priya");
    let again = author.send_form_of(&late, &step, &fields("Priya")).await;
    again.location();
    let page = author.get(&plan).await;
    has(&page, "Who: Priya");
    has(&page, "Version 3");
}

#[tokio::test]
async fn a_proposal_that_moved_on_is_shown_and_taken_or_left() {
    let service = Service::start().await;
    let (mut author, plan) = planned(&service).await;
    let report = plan.trim_end_matches("/plan").to_owned();
    has(&author.get(&format!("{plan}/moved")).await, "agree");
    let gone = format!("{report}/proposal/requirements/1/remove");
    author.submit(&gone, &[]).await.location();
    let page = author.get(&plan).await;
    has(&page, "The proposal has moved on");
    assert_eq!(page.texts("ol h3").len(), 7, "nothing changes by itself");
    let moved = format!("{plan}/moved");
    has(&author.get(&moved).await, "no longer in the proposal");
    // One more change while the page is open: what was not seen is not taken.
    let open = author.get(&moved).await;
    let zero = format!("{report}/proposal/requirements/0/remove");
    author.submit(&zero, &[]).await.location();
    let stale = author
        .send_form_of(&open, &moved, &[("choice-0", "take")])
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    // No requirement holds the centre any more, so that its own work is new to the plan.
    let settled = [
        ("choice-0", "take"),
        ("choice-1", "take"),
        ("choice-2", "leave"),
    ];
    author.submit(&moved, &settled).await.location();
    let page = author.get(&plan).await;
    let steps = page.texts("ol h3");
    assert_eq!(steps.len(), 7, "{steps:?}");
    assert!(steps[6].starts_with("8. Weekly one-to-one"), "{steps:?}");
    has(&page, "No longer in the proposal");
    assert!(!page.text().contains("has moved on"), "{}", page.text());
}

#[tokio::test]
async fn progress_is_recorded_against_outcomes_and_shown_on_paper_but_for_the_record() {
    let service = Service::start().await;
    let (mut author, plan) = planned(&service).await;
    let outcomes = author.get(&format!("{plan}/outcomes")).await;
    assert!(
        !outcomes.text().contains("Everything in her action plan"),
        "deprecated"
    );
    let chosen = [("outcome-accommodation", "keeps")];
    author
        .submit(&format!("{plan}/outcomes"), &chosen)
        .await
        .location();
    let progress = format!("{plan}/progress");
    let refused = author.submit(&progress, &[("note", "She kept it.")]).await;
    assert_eq!(refused.texts(".govuk-error-message").len(), 3);
    assert_eq!(refused.value("note"), "She kept it.");
    let entry = |note: &'static str, about: &'static str| {
        vec![
            ("about", about),
            ("how", "partly"),
            ("on-day", "10"),
            ("on-month", "12"),
            ("on-year", "2026"),
            ("note", note),
            ("her_view", "I did it"),
        ]
    };
    let first = entry("She kept it.", "outcome-accommodation-keeps");
    author.submit(&progress, &first).await.location();
    let mut hidden = entry("Seen with a bruise.", "step-2");
    hidden.push(("record_only", "yes"));
    author.submit(&progress, &hidden).await.location();
    let page = author.get(&plan).await;
    has(&page, "Achieved in part: Step 2");
    has(&page, "Record only");
    let form = author.get(&format!("{plan}/papers/worker")).await;
    has(&form, "Achieved in part, 10 December 2026");
    assert!(!form.text().contains("bruise"), "{}", form.text());
}

#[tokio::test]
async fn her_paper_leaves_in_two_sizes_and_not_with_what_must_not() {
    let service = Service::start().await;
    let (mut author, plan) = planned(&service).await;
    author
        .submit(&format!("{plan}/worker"), &WORKER)
        .await
        .location();
    for paper in ["her", "her-large", "worker"] {
        for kind in ["docx", "html"] {
            let file = author.get(&format!("{plan}/papers/{paper}/{kind}")).await;
            assert_eq!(
                file.status,
                StatusCode::OK,
                "{paper} {kind}: {}",
                file.text()
            );
            let named = file.headers["content-disposition"].to_str().unwrap();
            assert!(named.starts_with("attachment"), "{named}");
        }
    }
    let page = author.get(&format!("{plan}/papers/her")).await;
    has(&page, "This is Angela’s plan.");
    has(&page, "Go through them with her");
    let paper = page.texts("article").concat().to_lowercase();
    assert!(
        !paper.contains("alana") && !paper.contains("probation"),
        "{paper}"
    );

    let fields = [
        ("what", "Keep away from Daren"),
        ("for_her", "I keep away from Daren."),
    ];
    author
        .submit(&format!("{plan}/steps/0"), &fields)
        .await
        .location();
    for paper in ["her", "worker"] {
        let page = author.get(&format!("{plan}/papers/{paper}")).await;
        has(&page, "cannot leave yet");
        assert!(page.texts("article").is_empty());
        let file = author.get(&format!("{plan}/papers/{paper}/docx")).await;
        assert_eq!(file.status, StatusCode::CONFLICT);
        assert!(!file.text().contains("Daren"), "{}", file.text());
    }
}

#[tokio::test]
async fn reviews_are_counted_from_the_first_day_and_end_in_a_note_for_the_bench() {
    let service = Service::start().await;
    let (mut author, plan) = planned(&service).await;
    let reviews = format!("{plan}/reviews");
    has(
        &author.get(&reviews).await,
        "The first day of the plan is not known yet",
    );
    let about = [
        ("purpose", "community-sentence"),
        ("starts-day", "3"),
        ("starts-month", "12"),
        ("starts-year", "2026"),
        ("wants", "A quiet home."),
    ];
    author
        .submit(&format!("{plan}/about"), &about)
        .await
        .location();
    let refused = author
        .submit(&reviews, &[("every", ""), ("months", "6")])
        .await;
    has(&refused, "Enter the months between reviews");
    author
        .submit(&reviews, &[("every", "2"), ("months", "6")])
        .await
        .location();
    let list = author.get(&reviews).await;
    assert_eq!(
        list.texts("main li h2"),
        ["3 February 2027", "3 April 2027", "3 June 2027"]
    );

    let day = |month: &'static str| [("on-day", "3"), ("on-month", month), ("on-year", "2027")];
    let mut first = day("2").to_vec();
    first.extend([("goal-0", "Ring the school"), ("goal-1", "Come twice")]);
    author
        .submit(&format!("{reviews}/1"), &first)
        .await
        .location();
    let mut second = day("4").to_vec();
    second.extend([
        ("went-0", "achieved"),
        ("offered", "6"),
        ("attended", "7"),
        ("excused", ""),
        ("did", "She rang the school."),
        ("hindered", ""),
        ("helped", "A text the evening before"),
        ("goal-0", "Book the course"),
        ("record", "Not for the court."),
    ]);
    let refused = author.submit(&format!("{reviews}/2"), &second).await;
    has(
        &refused,
        "She cannot have come to, or missed, more than she was offered",
    );
    let attended = second.iter_mut().find(|(name, _)| *name == "attended");
    attended.unwrap().1 = "5";
    author
        .submit(&format!("{reviews}/2"), &second)
        .await
        .location();

    let note = author.get(&format!("{reviews}/2/note")).await;
    for words in [
        "Review 2, 3 April 2027",
        "Ring the school: achieved.",
        "Come twice: not recorded yet.",
        "She came to 5 of 6 appointments. 1 missed without one.",
        "A text the evening before.",
        "Book the course.",
    ] {
        has(&note, words);
    }
    assert!(
        !note.text().contains("Not for the court"),
        "{}",
        note.text()
    );
    for kind in ["docx", "html", "txt"] {
        let file = author.get(&format!("{reviews}/2/note.{kind}")).await;
        assert_eq!(file.status, StatusCode::OK, "{kind}");
    }
    let missing = author.get(&format!("{reviews}/9/note")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_plan_is_its_authors_alone_and_goes_on_after_signing() {
    let service = Service::start().await;
    let (mut author, plan) = planned(&service).await;
    let report = plan.trim_end_matches("/plan");
    let id = report.trim_start_matches("/reports/").parse().unwrap();
    service.sign(id).await;
    author
        .submit(&format!("{plan}/worker"), &WORKER)
        .await
        .location();
    has(&author.get(&plan).await, "Priya");
    let mut other = service.author("other@example.org").await;
    for path in [
        "",
        "/about",
        "/steps/1",
        "/moved",
        "/papers/her",
        "/reviews",
        "/reviews/1/note",
    ] {
        let page = other.get(&format!("{plan}{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    let none = author.get(&format!("{plan}/steps/99")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
