//! The pack as shipped, and packs that are refused.

use super::*;
use crate::{
    content::ContentError,
    sentencing::{CaseDates, Level, Status, amount_words},
};

const REQUIREMENTS: &str = "report-templates/sentencing/requirements.toml";
const RULES: &str = "report-templates/sentencing/rules.toml";

/// The faults of a pack in which `from` is changed to `to` in one file, with the line
/// of the change.
pub(super) fn broken(file: &str, from: &str, to: &str) -> (usize, Vec<ContentError>) {
    let mut files = files();
    let text = files.text(file).unwrap().to_owned();
    let at = text.find(from).expect("the text to break is in the file");
    let line = text[..at].lines().count() + 1;
    files.set(file, text.replacen(from, to, 1));
    (
        line,
        LawPack::load(&files).expect_err("a broken pack is refused"),
    )
}

#[track_caller]
pub(super) fn says<'a>(faults: &'a [ContentError], file: &str, reason: &str) -> &'a ContentError {
    let fault = faults
        .iter()
        .find(|f| f.file == file && f.reason.contains(reason));
    fault.unwrap_or_else(|| panic!("nothing about {reason:?} in {faults:?}"))
}

#[test]
fn the_shipped_pack_loads_and_knows_how_current_it_is() {
    let about = &pack().about;
    assert_eq!(about.checked, Some(day(2026, 11, 22)));
    assert_eq!(about.newest_source_seen, Some(day(2026, 5, 11)));
    assert!(!pack().is_old(day(2026, 12, 31)));
    assert!(pack().is_old(day(2027, 6, 1)));
}

#[test]
fn every_requirement_of_schedule_9_is_there_in_its_order() {
    let dates = CaseDates::of(&convicted(day(2026, 10, 1)), today());
    let law = pack().in_force(&dates);
    let ids: Vec<&str> = law
        .requirements(OrderKind::CommunityOrder)
        .map(|r| r.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "unpaid_work",
            "rar",
            "programme",
            "prohibited_activity",
            "curfew",
            "exclusion",
            "residence",
            "foreign_travel_prohibition",
            "mhtr",
            "drr",
            "drug_testing",
            "atr",
            "aamr",
            "electronic_compliance_monitoring",
            "electronic_whereabouts_monitoring",
        ]
    );
    assert_eq!(
        law.requirements(OrderKind::SuspendedSentenceOrder).count(),
        15
    );
    assert_eq!(law.requirements(OrderKind::Fine).count(), 0);
}

#[test]
fn what_has_not_commenced_is_listed_and_never_in_force() {
    let mut ids: Vec<&str> = pack().not_commenced().map(|r| r.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "drinking_establishment_prohibition",
            "driving_prohibition",
            "probation_requirement",
            "public_event_prohibition",
            "restriction_zone",
        ]
    );
    let dates = CaseDates {
        convicted: Some(day(2036, 1, 1)),
        committed: Some(day(2036, 1, 1)),
        today: day(2036, 1, 1),
    };
    let law = pack().in_force(&dates);
    assert!(ids.iter().all(|id| law.requirement(id).is_none()));
    assert!(
        pack()
            .changes()
            .iter()
            .any(|c| c.status == Status::NotCommenced)
    );
}

#[test]
fn a_guideline_range_never_claims_to_be_verified() {
    let range = pack().range("unpaid_work", Level::Medium).unwrap();
    assert_eq!((range.min, range.max), (Some(80), Some(150)));
    for level in [Level::Low, Level::Medium, Level::High] {
        for id in ["unpaid_work", "curfew", "exclusion"] {
            assert!(!pack().range(id, level).unwrap().verified);
        }
        assert_eq!(
            pack().range("rar", level),
            None,
            "no range of RAR days was found"
        );
    }
}

#[test]
fn an_offence_is_verified_only_where_its_source_was_read_and_every_other_says_so() {
    let mut verified = 0;
    for offence in pack().offences() {
        let unread = offence.source_words.contains("general knowledge");
        assert_eq!(offence.verified, !unread, "{}", offence.id);
        verified += usize::from(offence.verified);
    }
    assert!(verified >= 12, "{verified}");
    for family in [
        "theft",
        "common-assault",
        "public-order-s4",
        "drink-driving",
        "drug-driving",
        "fraud",
        "benefit-fraud",
        "possession-class-a",
        "criminal-damage",
        "school-attendance-simple",
        "school-attendance-aggravated",
        "restraining-order-breach",
    ] {
        assert!(pack().offence(family).is_some(), "{family}");
    }
}

#[test]
fn amounts_print_in_the_words_of_the_pack() {
    let dates = CaseDates::of(&convicted(day(2026, 10, 1)), today());
    let law = pack().in_force(&dates);
    let words = |proposed: ProposedRequirement| {
        amount_words(law.requirement(&proposed.id).unwrap(), &proposed)
    };
    assert_eq!(words(amount("rar", 20)), "up to 20 days");
    assert_eq!(words(amount("rar", 1)), "up to 1 day");
    assert_eq!(words(amount("unpaid_work", 120)), "120 hours");
    let curfew = ProposedRequirement {
        amount: Some(16),
        ..months("curfew", 3)
    };
    assert_eq!(words(curfew), "up to 16 hours a day for 3 months");
    assert_eq!(words(months("mhtr", 1)), "for 1 month");
    assert_eq!(words(requirement("mhtr")), "");
    assert_eq!(
        words(amount("mhtr", 4)),
        "",
        "a number that means nothing is not printed"
    );
}

#[test]
fn an_order_prints_with_its_length_where_it_has_one() {
    let mut case = community_order(vec![]);
    case.proposal.months = Some(18);
    assert_eq!(
        pack().proposal_words(&case.proposal),
        "18-month community order"
    );
    case.proposal.months = None;
    assert_eq!(pack().proposal_words(&case.proposal), "community order");
    case.proposal.order = None;
    assert_eq!(pack().proposal_words(&case.proposal), "");
}

#[test]
fn a_file_that_is_missing_is_named() {
    let files = ContentFiles::from_pairs([(RULES, "")]);
    let faults = LawPack::load(&files).expect_err("refused");
    says(&faults, "report-templates/sentencing/pack.toml", "missing");
    says(&faults, REQUIREMENTS, "missing");
}

#[test]
fn an_unknown_unit_is_refused_with_its_line() {
    let (line, faults) = broken(
        REQUIREMENTS,
        "unit = \"activity-days\"",
        "unit = \"fortnights\"",
    );
    let fault = says(&faults, REQUIREMENTS, "fortnights");
    assert_eq!(fault.line, Some(line));
}

#[test]
fn a_misspelt_field_is_refused_with_its_line() {
    let (line, faults) = broken(REQUIREMENTS, "needs_willingness", "needs_wilingness");
    assert_eq!(
        says(&faults, REQUIREMENTS, "needs_wilingness").line,
        Some(line)
    );
}

#[test]
fn a_date_in_quotation_marks_is_refused_with_its_line() {
    let (line, faults) = broken(REQUIREMENTS, "to = 2022-06-27", "to = \"27 June 2022\"");
    assert_eq!(
        faults.first().and_then(|f| f.line),
        Some(line),
        "{faults:?}"
    );
}

#[test]
fn a_day_that_does_not_exist_is_refused_with_its_line() {
    let (line, faults) = broken(REQUIREMENTS, "to = 2022-06-27", "to = 2022-02-30");
    assert_eq!(
        faults.first().and_then(|f| f.line),
        Some(line),
        "{faults:?}"
    );
}

#[test]
fn rows_that_overlap_are_refused_with_the_line_of_the_later_one() {
    let (_, faults) = broken(REQUIREMENTS, "to = 2022-06-27", "to = 2022-07-27");
    let fault = says(&faults, REQUIREMENTS, "`curfew` overlaps");
    let text = files();
    let text = text.text(REQUIREMENTS).unwrap();
    let row = text.lines().nth(fault.line.unwrap() - 1).unwrap();
    assert_eq!(row, "[[requirement]]");
    let after: String = text.lines().skip(fault.line.unwrap()).take(20).collect();
    assert!(after.contains("max = 20"), "the later curfew row: {after}");
}

#[test]
fn an_open_row_before_another_is_an_overlap() {
    let (_, faults) = broken(REQUIREMENTS, "to = 2022-06-27\n", "");
    says(&faults, REQUIREMENTS, "`curfew` overlaps");
}

#[test]
fn rows_that_leave_a_gap_are_refused() {
    let (_, faults) = broken(REQUIREMENTS, "to = 2022-06-27", "to = 2022-06-20");
    says(&faults, REQUIREMENTS, "`curfew` leaves a gap");
}

#[test]
fn rows_of_one_id_with_two_date_tests_are_refused() {
    let (_, faults) = broken(
        REQUIREMENTS,
        "date_test = \"conviction\"\nfrom = 2022-06-28",
        "date_test = \"offence\"\nfrom = 2022-06-28",
    );
    says(&faults, REQUIREMENTS, "another date test");
}

#[test]
fn a_row_without_a_source_is_refused() {
    let (_, faults) = broken(
        REQUIREMENTS,
        "statute = \"Sentencing Act 2020, Sch 9 Part 3, para 6\"",
        "statute = \"\"",
    );
    says(&faults, REQUIREMENTS, "`programme` has no source");
}

#[test]
fn a_verified_row_needs_an_address_and_any_other_a_note_of_what_to_read() {
    let (_, faults) = broken(
        RULES,
        "url = \"https://www.legislation.gov.uk/ukpga/2020/17/section/203\"",
        "url = \"\"",
    );
    says(&faults, RULES, "`co.not-with-sso` is marked verified");
    let (_, faults) = broken(RULES, "to_check = \"The wording of s.200(1)", "#");
    says(&faults, RULES, "`co.requirement-needed` is not verified");
}

#[test]
fn an_unknown_id_among_the_incompatible_is_refused() {
    let (_, faults) = broken(REQUIREMENTS, "[\"aamr\"]", "[\"amr\"]");
    let fault = says(&faults, REQUIREMENTS, "`amr`");
    assert!(fault.line.is_some());
}

#[test]
fn a_figure_that_the_program_needs_is_asked_for() {
    let (_, faults) = broken(
        RULES,
        "figures = { max_months = 36 }",
        "figures = { most = 36 }",
    );
    says(&faults, RULES, "`co.length` needs the figure `max_months`");
}

#[test]
fn a_message_that_is_missing_or_fills_in_too_much_is_refused() {
    let (_, faults) = broken(
        RULES,
        "code = \"law.co.too-long\"",
        "code = \"law.co.to-long\"",
    );
    says(&faults, RULES, "the message `law.co.too-long` is missing");
    says(
        &faults,
        RULES,
        "no check gives the message `law.co.to-long`",
    );
    let (_, faults) = broken(RULES, "Propose {limit} months or fewer.", "Ask {judge}.");
    says(&faults, RULES, "{judge}");
}

#[test]
fn nothing_unverified_may_block() {
    let (_, faults) = broken(
        RULES,
        "rule = \"co.requirement-needed\"\nseverity = \"warn\"",
        "rule = \"co.requirement-needed\"\nseverity = \"block\"",
    );
    says(&faults, RULES, "blocks on a rule that is not verified");
}

#[test]
fn faults_of_several_files_are_told_together() {
    let mut files = files();
    files.set(REQUIREMENTS, "[[requirement]]\nunit = 3");
    files.set(RULES, "[[rule]]\nnonsense = 1");
    let faults = LawPack::load(&files).expect_err("refused");
    assert!(faults.iter().any(|f| f.file == REQUIREMENTS));
    assert!(faults.iter().any(|f| f.file == RULES));
}

#[test]
fn a_file_that_nothing_reads_is_refused_by_name() {
    let mut files = files();
    let stray = "report-templates/sentencing/extra-rules.toml";
    files.set(stray, "");
    let faults = LawPack::load(&files).expect_err("refused");
    says(&faults, stray, "no file of this name is read");
}

#[test]
fn an_authors_own_braces_are_left_as_they_are() {
    let mut case = community_order(vec![amount("rar", 20)]);
    case.offences[0].id = None;
    case.offences[0].title = "{ask} {maximum".into();
    let finding = found(&case, "law.co.imprisonable-unknown");
    assert!(
        finding.what.ends_with("{ask} {maximum."),
        "{}",
        finding.what
    );
}

#[test]
fn no_word_of_the_pack_calls_her_an_offender() {
    let files = files();
    for (path, text) in files.under("report-templates/sentencing/") {
        for (number, line) in text.lines().enumerate() {
            let line = line.to_lowercase();
            assert!(!line.contains("offender"), "{path}, line {}", number + 1);
        }
    }
}
