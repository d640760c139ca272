//! The papers of the two worked cases, as they were last read by eye, and how hard hers
//! are to read.

use std::sync::LazyLock;

use serde_json::json;

use crate::{
    case::{self, CaseFile, EXAMPLES},
    consultancy::plan::{
        About, CourtReview, Entry, How, Plan, SmallGoal, Worker, reading::Counted,
    },
    content::ContentFiles,
    pack::{Pack, Paper},
    report::{document::Document, plain},
};

/// A reader of about eleven years.
const OLDEST_READER: f64 = 11.5;

static PACK: LazyLock<Pack> =
    LazyLock::new(|| Pack::load(&ContentFiles::embedded().unwrap()).unwrap());

fn pack() -> &'static Pack {
    &PACK
}

fn today() -> chrono::NaiveDate {
    "2026-11-25".parse().unwrap()
}

fn angela() -> CaseFile {
    case::from_json(EXAMPLES[0].1).unwrap()
}

fn miriam() -> CaseFile {
    case::from_json(EXAMPLES[1].1).unwrap()
}

/// A plan as it stands after a month: a worker, a review, progress.
fn plan(case: &CaseFile) -> Plan {
    let day = |text: &str| text.parse().unwrap();
    let mut plan = pack().plan_made(case, today()).plan("community-sentence");
    plan.starts = Some(day("2026-12-03"));
    plan.name_worker(Worker {
        name: "Priya".into(),
        role: "Support worker".into(),
        contact: "01632 960 001".into(),
        from: Some(day("2026-12-03")),
        ..Worker::default()
    });
    plan.reviews = vec![
        CourtReview {
            number: 1,
            on: Some(day("2027-01-07")),
            goals: vec![SmallGoal {
                what: "Come to the group twice".into(),
                how: Some(How::Achieved),
            }],
            ..CourtReview::default()
        },
        CourtReview {
            number: 2,
            on: Some(day("2027-02-04")),
            offered: Some(8),
            attended: Some(7),
            excused: Some(1),
            did: "She came to the group each week and asked for the food hygiene course.".into(),
            hindered: "The bus was late twice".into(),
            helped: "A text the evening before".into(),
            goals: vec![SmallGoal {
                what: "Book the course".into(),
                how: None,
            }],
            record: "Not for anybody else.".into(),
        },
    ];
    plan.progress.push(Entry {
        about: About::Step(1),
        how: How::Partly,
        on: day("2027-01-20"),
        by: "Sam".into(),
        note: "Three sessions so far.".into(),
        her_view: "I thought I would hate it".into(),
        record_only: false,
    });
    plan.progress.push(Entry {
        about: About::Step(1),
        how: How::Not,
        on: day("2027-01-21"),
        by: "Sam".into(),
        note: "Kept on the record.".into(),
        her_view: String::new(),
        record_only: true,
    });
    plan
}

/// The same woman, whose post is safe and who asked for nothing to be left out.
fn safe(mut case: CaseFile) -> CaseFile {
    let contact = case.answers.get_mut("safe-contact").unwrap();
    contact.value = Some(json!({"method": "Letter", "post": "yes"}));
    case
}

fn cases() -> [(&'static str, CaseFile); 4] {
    [
        ("angela-discreet", angela()),
        ("miriam-discreet", miriam()),
        ("angela-open", safe(angela())),
        ("miriam-open", safe(miriam())),
    ]
}

fn paper(case: &CaseFile, paper: Paper) -> String {
    let written = pack().plan_paper(case, &plan(case), paper);
    written.unwrap().unwrap()
}

#[test]
fn the_papers_read_as_they_were_last_read_by_eye() {
    insta::with_settings!({ snapshot_path => "../../../tests/documents/drafts", prepend_module_to_snapshot => false }, {
        for (name, case) in cases() {
            insta::assert_snapshot!(format!("plan-for-her-{name}"), paper(&case, Paper::Her));
        }
        for (name, case) in [("angela", angela()), ("miriam", miriam())] {
            insta::assert_snapshot!(format!("plan-worker-{name}"), paper(&case, Paper::Worker));
            insta::assert_snapshot!(format!("plan-bench-{name}"), paper(&case, Paper::Bench(2)));
        }
    });
}

#[test]
fn her_paper_can_be_read_at_nine_to_eleven() {
    for (name, case) in cases() {
        let text = plain::to_text(&Document::from_markdown(&paper(&case, Paper::Her)));
        let age = Counted::of(&text).age().unwrap();
        assert!(age <= OLDEST_READER, "{name}: about {age:.1} years\n{text}");
    }
}

#[test]
fn where_another_may_see_it_her_paper_tells_them_nothing() {
    for case in [angela(), miriam()] {
        let plan = plan(&case);
        let her = pack().plan_for_her(&case, &plan).unwrap();
        assert!(her.discreet);
        let text = her.markdown.to_lowercase();
        for word in [
            "probation",
            "court",
            "sentence",
            "order",
            "alana",
            "abuse",
            "alcohol",
            "health",
        ] {
            assert!(!text.contains(word), "{word}:\n{text}");
        }
    }
    assert!(
        !pack()
            .plan_for_her(&angela(), &plan(&angela()))
            .unwrap()
            .kept
            .is_empty()
    );
}

#[test]
fn what_is_for_the_record_is_on_no_paper() {
    for case in [angela(), miriam()] {
        for which in [Paper::Her, Paper::Worker, Paper::Bench(2)] {
            let text = paper(&case, which);
            assert!(!text.contains("Kept on the record"), "{text}");
            assert!(!text.contains("Not for anybody else"), "{text}");
        }
    }
}
