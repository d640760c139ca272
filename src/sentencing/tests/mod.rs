//! What the sentencing room promises, in sentences. Each file is a subject; this one
//! holds what they share. To add a promise, write it as the name of a test in the file
//! of its subject.

mod accounts;
mod amounts;
mod availability;
mod cases;
mod commencement;
mod contradictions;
mod dated;
mod outlook;
mod pack;
mod practicability;
mod presumption;
mod properties;
mod proposal_words;
mod requirements;
mod situations;
mod terms;
mod week;

use chrono::{NaiveDate, NaiveTime};

use super::{LawPack, check};
use crate::{
    case::{CaseFile, Day, Offence, OrderKind, ProposedRequirement, Purpose, Slot},
    content::ContentFiles,
    finding::{Finding, Severity},
};

/// The day most tests are checked on.
fn today() -> NaiveDate {
    day(2026, 11, 22)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn files() -> ContentFiles {
    ContentFiles::embedded().unwrap()
}

fn pack() -> &'static LawPack {
    static PACK: std::sync::LazyLock<LawPack> =
        std::sync::LazyLock::new(|| LawPack::load(&files()).expect("the law pack loads"));
    &PACK
}

/// A woman convicted of theft on a day, with nothing proposed.
fn convicted(on: NaiveDate) -> CaseFile {
    let mut case = CaseFile::new();
    case.offences.push(Offence {
        id: Some("theft".into()),
        title: "Theft".into(),
        committed_on: Some(on),
        convicted_on: Some(on),
        ..Offence::default()
    });
    case
}

/// A twelve-month community order on a recent conviction, with these requirements.
fn community_order(requirements: Vec<ProposedRequirement>) -> CaseFile {
    let mut case = convicted(day(2026, 10, 1));
    case.proposal.order = Some(OrderKind::CommunityOrder);
    case.proposal.months = Some(12);
    case.proposal.requirements = requirements;
    case
}

fn requirement(id: &str) -> ProposedRequirement {
    ProposedRequirement {
        id: id.into(),
        needs: vec!["dependency".into()],
        ..ProposedRequirement::default()
    }
}

fn amount(id: &str, amount: u32) -> ProposedRequirement {
    ProposedRequirement {
        amount: Some(amount),
        ..requirement(id)
    }
}

fn months(id: &str, months: u32) -> ProposedRequirement {
    ProposedRequirement {
        months: Some(months),
        ..requirement(id)
    }
}

fn punishing(requirement: ProposedRequirement) -> ProposedRequirement {
    ProposedRequirement {
        purposes: vec![Purpose::Punishment],
        ..requirement
    }
}

fn slot(days: &[Day], from: &str, to: &str) -> Slot {
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    Slot {
        days: days.to_vec(),
        from: time(from),
        to: time(to),
    }
}

fn findings(case: &CaseFile) -> Vec<Finding> {
    check(case, pack(), today())
}

fn find<'a>(findings: &'a [Finding], code: &str) -> Option<&'a Finding> {
    findings.iter().find(|f| f.code == code)
}

#[track_caller]
fn found(case: &CaseFile, code: &str) -> Finding {
    let all = findings(case);
    find(&all, code).cloned().unwrap_or_else(|| {
        let codes: Vec<_> = all.iter().map(|f| f.code.as_str()).collect();
        panic!("no {code} among {codes:?}")
    })
}

#[track_caller]
fn refused(case: &CaseFile, code: &str) -> Finding {
    let finding = found(case, code);
    assert_eq!(finding.severity, Severity::Block, "{finding:?}");
    assert!(finding.source.is_some(), "no source: {finding:?}");
    assert!(!finding.resolve.is_empty(), "no way out: {finding:?}");
    finding
}

#[track_caller]
fn not_found(case: &CaseFile, code: &str) {
    let all = findings(case);
    assert_eq!(find(&all, code), None);
}

fn citation(finding: &Finding) -> &str {
    finding.source.as_ref().map_or("", |s| s.citation.as_str())
}
