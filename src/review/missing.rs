//! What is still to be settled, as lines a person can act on.

use crate::{
    finding::{Finding, Severity},
    interview::{Held, Interview},
};

/// Prompts this format needs that are still open, then findings that ask for
/// something, in words.
#[must_use]
pub fn missing(held: &Held<'_>, interview: &Interview, findings: &[Finding]) -> Vec<String> {
    let mut lines: Vec<String> = interview
        .still_needed_in(held)
        .iter()
        .map(|(_, prompt)| format!("Not answered yet: {}", prompt.short))
        .collect();
    let mut open: Vec<&Finding> = findings
        .iter()
        .filter(|f| f.severity > Severity::Advise)
        .collect();
    open.sort_by_key(|f| std::cmp::Reverse(f.severity));
    lines.extend(open.iter().map(|f| f.what.clone()));
    lines
}
