//! Every table that holds something of a report, and what of it goes when the report is
//! erased.
//!
//! A new table that belongs to a report is a line of [`EMPTIED`], after those it refers to
//! have none left: a test compares the list with the schema of both engines, and the database
//! itself refuses to erase a report to which a row still refers.

/// What is removed, in this order: `$1` is the report.
pub(super) const EMPTIED: [(&str, &str); 18] = [
    (
        "assessment_reply",
        "DELETE FROM assessment_reply WHERE referral_id IN
         (SELECT id FROM referral WHERE report_id = $1)",
    ),
    (
        "assessment_draft",
        "DELETE FROM assessment_draft WHERE referral_id IN
         (SELECT id FROM referral WHERE report_id = $1)",
    ),
    (
        "referral_message",
        "DELETE FROM referral_message WHERE referral_id IN
         (SELECT id FROM referral WHERE report_id = $1)",
    ),
    ("referral", "DELETE FROM referral WHERE report_id = $1"),
    (
        "review_comment",
        "DELETE FROM review_comment WHERE request_id IN
         (SELECT id FROM review_request WHERE report_id = $1)",
    ),
    (
        "review_request",
        "DELETE FROM review_request WHERE report_id = $1",
    ),
    ("addendum", "DELETE FROM addendum WHERE report_id = $1"),
    (
        "signed_document",
        "DELETE FROM signed_document WHERE report_id = $1",
    ),
    (
        "plan_version",
        "DELETE FROM plan_version WHERE report_id = $1",
    ),
    ("unsent", "DELETE FROM unsent WHERE report_id = $1"),
    (
        "report_opening",
        "DELETE FROM report_opening WHERE report_id = $1",
    ),
    (
        "report_named",
        "DELETE FROM report_named WHERE report_id = $1",
    ),
    (
        "report_word",
        "DELETE FROM report_word WHERE report_id = $1",
    ),
    (
        "report_head",
        "DELETE FROM report_head WHERE report_id = $1",
    ),
    ("revision", "DELETE FROM revision WHERE report_id = $1"),
    ("legal_hold", "DELETE FROM legal_hold WHERE report_id = $1"),
    (
        "erasure_request",
        "DELETE FROM erasure_request WHERE report_id = $1",
    ),
    ("report_key", "DELETE FROM report_key WHERE report_id = $1"),
];

/// Tables that name a report and keep doing so: none holds a word of what was in it.
const KEPT: [&str; 3] = [
    // That somebody did something to it: nothing is removed from the trail.
    "audit",
    // Rows from before the trail was a chain, moved into it when the program starts.
    "audit_unchained",
    // That it was erased.
    "erased_report",
];

/// The tables out of which every row of a report is removed, the report's own last.
pub fn emptied_tables() -> impl Iterator<Item = &'static str> {
    EMPTIED.iter().map(|(table, _)| *table).chain(["report"])
}

/// The tables that go on naming a report that was erased.
#[must_use]
pub fn kept_tables() -> &'static [&'static str] {
    &KEPT
}
