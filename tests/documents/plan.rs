//! The plan as a Word document: sound, in two sizes, and looked through before it leaves.

use foreword::{
    case::CaseFile,
    consultancy::plan::{CourtReview, Plan, SmallGoal},
    pack::{Paper, Type},
    review::outbound::Output,
};

use super::{
    cases::{angela, miriam, now, pack, today},
    checks,
};

fn plan(case: &CaseFile) -> Plan {
    let mut plan = pack().plan_made(case, today()).plan("community-sentence");
    plan.reviews.push(CourtReview {
        number: 1,
        on: "2027-02-04".parse().ok(),
        offered: Some(8),
        attended: Some(7),
        excused: Some(1),
        did: "She came to the group each week and asked for the food hygiene course.".into(),
        hindered: "The bus was late twice".into(),
        goals: vec![SmallGoal {
            what: "Book the course".into(),
            how: None,
        }],
        ..CourtReview::default()
    });
    plan
}

fn paper(case: &CaseFile, paper: Paper) -> String {
    let written = pack().plan_paper(case, &plan(case), paper);
    written.unwrap().unwrap()
}

#[test]
fn every_paper_is_a_sound_document_and_passes_the_last_look() {
    let pack = pack();
    let directory = pack.directory.now();
    for case in [angela(), miriam()] {
        for (which, size) in [
            (Paper::Her, Type::Ordinary),
            (Paper::Her, Type::Large),
            (Paper::Worker, Type::Ordinary),
            (Paper::Bench(1), Type::Ordinary),
        ] {
            let docx = pack
                .plan_document(&case, (which, size), &paper(&case, which), now())
                .unwrap();
            let pdf = checks::assert_sound(&docx);
            if matches!(which, Paper::Bench(_)) {
                assert_eq!(pdf.pages(), 1, "a note to the bench is one page");
            }
            let found = pack.plan_last_look(&case, &directory, &Output::Docx(&docx));
            assert_eq!(found.unwrap(), [], "{which:?}");
        }
    }
}

#[test]
fn a_protected_name_or_her_address_keeps_every_paper_from_leaving() {
    let pack = pack();
    let directory = pack.directory.now();
    let case = angela();
    for typed in ["Darren Pike", "12 Exmple Court"] {
        let mut plan = plan(&case);
        plan.steps[3].words.what = format!("Keep away from {typed}");
        plan.reviews[0].did.clone_from(&plan.steps[3].words.what);
        for which in [Paper::Worker, Paper::Bench(1)] {
            let text = pack.plan_paper(&case, &plan, which).unwrap().unwrap();
            let found = pack.plan_last_look(&case, &directory, &Output::Text(&text));
            assert!(!found.unwrap().is_empty(), "{typed} on {which:?}");
        }
    }
}
