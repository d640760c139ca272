//! Packs that contradict themselves, refused with file, line and reason.

use super::{
    pack::{broken, says},
    *,
};

const REQUIREMENTS: &str = "report-templates/sentencing/requirements.toml";
const RULES: &str = "report-templates/sentencing/rules.toml";
const RANGES: &str = "report-templates/sentencing/ranges.toml";
const CHANGES: &str = "report-templates/sentencing/changes.toml";
const ABOUT: &str = "report-templates/sentencing/pack.toml";

#[track_caller]
fn refused_for(file: &str, from: &str, to: &str, why: &str) {
    let (_, faults) = broken(file, from, to);
    let fault = says(&faults, file, why);
    assert!(fault.line.is_some(), "{fault:?}");
}

#[test]
fn a_status_that_its_dates_deny_is_refused() {
    let dated = "date_test = \"order\"\nfrom = 2026-05-11\nstatus = \"in-force\"";
    refused_for(
        REQUIREMENTS,
        dated,
        &dated.replace("in-force", "historic"),
        "`unpaid_work` is no longer in force but has no end",
    );
    refused_for(
        REQUIREMENTS,
        "to = 2026-05-10\nstatus = \"historic\"",
        "to = 2026-05-10\nstatus = \"in-force\"",
        "`unpaid_work` is in force but has an end",
    );
    refused_for(
        RULES,
        "to = 2026-03-21\nstatus = \"older-cases\"",
        "to = 2026-03-21\nstatus = \"in-force\"",
        "is in force but has an end",
    );
}

#[test]
fn an_unknown_status_or_date_test_is_refused() {
    let (_, faults) = broken(REQUIREMENTS, "\"not-commenced\"\n", "\"soon\"\n");
    says(&faults, REQUIREMENTS, "soon");
    let (_, faults) = broken(
        RULES,
        "date_test = \"conviction\"",
        "date_test = \"arrest\"",
    );
    says(&faults, RULES, "arrest");
}

#[test]
fn a_row_that_has_not_commenced_must_say_what_brings_it_in() {
    refused_for(
        REQUIREMENTS,
        "commenced_by = [\"sa2026-s14\"]\n",
        "",
        "name the change that brings it in",
    );
    refused_for(
        REQUIREMENTS,
        "commenced_by = [\"sa2026-s14\"]",
        "commenced_by = [\"sa2026-s140\"]",
        "`sa2026-s140` is not the id of any change",
    );
}

#[test]
fn a_row_and_the_change_that_brings_it_in_may_not_disagree() {
    let section_14 = "id = \"sa2026-s14\"";
    let mut files = files();
    let text = files.text(CHANGES).unwrap().to_owned();
    let (before, after) = text.split_once(section_14).unwrap();
    let after = after.replacen(
        "status = \"not-commenced\"",
        "status = \"in-force\"\nfrom = 2026-06-01",
        1,
    );
    files.set(CHANGES, format!("{before}{section_14}{after}"));
    let faults = LawPack::load(&files).expect_err("refused");
    let fault = says(
        &faults,
        REQUIREMENTS,
        "`driving_prohibition` is not commenced, but",
    );
    assert!(fault.line.is_some());
    let from = "status = \"in-force\"\npunitive = \"may-be\"\nprints = \"{amount} hours\"";
    refused_for(
        REQUIREMENTS,
        from,
        &from.replace("punitive", "commenced_by = [\"sa2026-s14\"]\npunitive"),
        "`unpaid_work` is in force, but the change",
    );
}

#[test]
fn a_change_in_force_says_since_when_and_one_that_is_not_has_no_day() {
    refused_for(
        CHANGES,
        "status = \"in-force\"\nfrom = 2026-03-22",
        "status = \"in-force\"",
        "does not say since when",
    );
    refused_for(
        CHANGES,
        "status = \"not-commenced\"",
        "status = \"not-commenced\"\nfrom = 2026-06-01",
        "is not commenced but has `from",
    );
}

#[test]
fn a_limit_that_nothing_can_meet_is_refused() {
    refused_for(REQUIREMENTS, "max = 120", "max = 0", "`aamr` has `max = 0`");
    refused_for(
        REQUIREMENTS,
        "min = 40\nmax = 300\nneeds",
        "min = 400\nmax = 300\nneeds",
        "over its greatest of 300",
    );
    refused_for(
        RULES,
        "figures = { min_months = 6, max_months = 24",
        "figures = { min_months = 60, max_months = 24",
        "`min_months` over `max_months`",
    );
    refused_for(
        REQUIREMENTS,
        "max_months = 24\nmax_months_for = [\"CO\"]",
        "max_months_for = [\"CO\"]",
        "`max_months_for` but no `max_months`",
    );
}

#[test]
fn a_guideline_range_may_not_contradict_the_statute_or_the_level_below() {
    refused_for(
        RANGES,
        "min = 150\nmax = 300",
        "min = 150\nmax = 400",
        "a range that the statute rules out",
    );
    refused_for(
        RANGES,
        "min = 40\nmax = 80",
        "min = 30\nmax = 80",
        "statute rules out",
    );
    refused_for(
        RANGES,
        "min = 80\nmax = 150",
        "min = 20\nmax = 60",
        "lower range at this level",
    );
    refused_for(
        RANGES,
        "min = 80\nmax = 150",
        "min = 150\nmax = 80",
        "from 150 down to 80",
    );
    refused_for(
        RANGES,
        "level = \"medium\"\nrequirement = \"unpaid_work\"",
        "level = \"low\"\nrequirement = \"unpaid_work\"",
        "already has a range at this level",
    );
}

#[test]
fn a_pack_may_not_have_been_checked_before_its_newest_source() {
    refused_for(
        ABOUT,
        "newest_source_seen = 2026-05-11",
        "newest_source_seen = 2027-05-11",
        "later than `checked`",
    );
    refused_for(
        ABOUT,
        "good_for_days = 90",
        "good_for_days = 0",
        "never relied on",
    );
}
