//! What the full check of a proposal costs, beside reading the case file it is in.
//!
//! Contenders, interleaved in one run:
//!
//! * floor: the case file's JSON read into its types
//! * check: every finding of law and practice on a proposal with eight requirements
//! * needed: what the court must have before it, and whether it has it
//! * words: the proposal in words
//! * choose: the rows of law in force on the case's dates
//!
//! Aim: the check under a millisecond, and no more than ten times the floor.

use std::{
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use foreword::{
    case::{self, CaseFile, GroupSetting, OrderKind, PeopleThere, ProposedRequirement, Purpose},
    content::{ContentError, ContentFiles},
    directory::Directory,
    sentencing::{self, CaseDates, LawPack},
};

const ROUNDS: usize = 400;

/// What is measured, by name.
type Contender<'c> = (&'static str, Box<dyn Fn() + 'c>);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let files = ContentFiles::embedded().map_err(|e| e.to_string())?;
    let law = LawPack::load(&files).map_err(|faults| told(&faults))?;
    let directory = Directory::load(&files).map_err(|faults| told(&faults))?;
    let case = full()?;
    let text = case::to_json(&case).map_err(|e| e.to_string())?;
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).ok_or("no such day")?;
    let lives = directory.place("RG14").ok();
    let asked = case.proposal.requirements.len();
    let found = sentencing::check_at(&case, &law, lives.as_ref(), today).len();
    println!(
        "{asked} requirements, {found} findings, {} bytes of case file",
        text.len()
    );

    let theme = |id: &str| id.to_owned();
    let dates = CaseDates::of(&case, today);
    let contenders: [Contender<'_>; 5] = [
        (
            "floor",
            Box::new(|| drop(black_box(case::from_json(&text)))),
        ),
        (
            "check",
            Box::new(|| {
                let all = sentencing::check_at(&case, &law, lives.as_ref(), today);
                drop(black_box(all));
            }),
        ),
        (
            "needed",
            Box::new(|| drop(black_box(sentencing::needed(&case, &law, today)))),
        ),
        (
            "words",
            Box::new(|| {
                let words = sentencing::proposal_in_words(&case, &law, today, &theme);
                drop(black_box(words));
            }),
        ),
        ("choose", Box::new(|| drop(black_box(law.in_force(&dates))))),
    ];
    let mut times: Vec<Vec<Duration>> = contenders.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for ((_, run), times) in contenders.iter().zip(&mut times) {
            let start = Instant::now();
            run();
            times.push(start.elapsed());
        }
    }
    let medians: Vec<Duration> = times.into_iter().map(median).collect();
    let floor = medians.first().copied().unwrap_or_default().as_secs_f64();
    for ((name, _), time) in contenders.iter().zip(&medians) {
        println!(
            "{name:<8} {:>9.1} us   {:>6.2} of the floor",
            time.as_secs_f64() * 1e6,
            time.as_secs_f64() / floor
        );
    }
    Ok(())
}

fn told(faults: &[ContentError]) -> String {
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    told.join("\n")
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Angela's case with eight requirements, no two barred from each other.
fn full() -> Result<CaseFile, String> {
    let text = include_str!("../tests/cases/angela.json");
    let mut case = case::from_json(text).map_err(|e| e.to_string())?;
    let slots = case.proposal.requirements.first().map(|r| r.slots.clone());
    let slots = slots.unwrap_or_default();
    let row = |id: &str, amount: Option<u32>, months: Option<u32>| ProposedRequirement {
        id: id.into(),
        amount,
        months,
        detail: Some("Building Choices".into()),
        place: Some("Newbury".into()),
        slots: slots.clone(),
        willing: Some(true),
        setting: Some(GroupSetting::Mixed),
        people_there: Some(PeopleThere::Agree),
        purposes: vec![Purpose::Punishment, Purpose::Rehabilitation],
        needs: vec!["wellbeing".into(), "safety".into()],
        ..ProposedRequirement::default()
    };
    case.proposal.order = Some(OrderKind::CommunityOrder);
    case.proposal.months = Some(24);
    case.proposal.requirements = vec![
        row("unpaid_work", Some(120), None),
        row("rar", Some(30), None),
        row("programme", Some(27), None),
        row("curfew", Some(12), Some(4)),
        row("exclusion", None, Some(12)),
        row("mhtr", None, Some(12)),
        row("drr", None, Some(18)),
        row("electronic_compliance_monitoring", None, Some(12)),
    ];
    Ok(case)
}
