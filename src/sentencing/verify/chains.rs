//! Rows of one id, one after another: no overlap, no gap, one date test.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    content::ContentError,
    sentencing::{
        load::At,
        rows::{DateTest, Status},
    },
};

/// The dates of a row of a chain.
pub(super) struct Span<'a> {
    pub id: &'a str,
    pub test: DateTest,
    pub status: Status,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// A row of a chain with its first day and its place.
type Link<'a, T> = (NaiveDate, Span<'a>, &'a At<T>);

/// Rows of one id must follow each other without overlap or gap, by one date test.
pub(super) fn faults<'a, T>(
    rows: &'a [At<T>],
    of: impl Fn(&'a T) -> Span<'a>,
) -> Vec<ContentError> {
    let mut faults = Vec::new();
    let mut chains: BTreeMap<&str, Vec<Link<'a, T>>> = BTreeMap::new();
    for at in rows {
        let row = of(&at.row);
        match (row.status, row.from) {
            (Status::NotCommenced, None) => {}
            (Status::NotCommenced, Some(from)) => faults.push(at.fault(format!(
                "`{}` is not commenced but has `from = {from}`; if that is its commencement, set `status = \"in-force\"`",
                row.id
            ))),
            (_, None) => faults.push(at.fault(format!(
                "`{}` has no `from`; give its first day, or set `status = \"not-commenced\"`",
                row.id
            ))),
            (_, Some(from)) if row.to.is_some_and(|to| to < from) => faults.push(at.fault(
                format!("`{}` ends before it begins", row.id),
            )),
            (_, Some(from)) => chains.entry(row.id).or_default().push((from, row, at)),
        }
    }
    for rows in chains.values_mut() {
        rows.sort_by_key(|(from, ..)| *from);
        for pair in rows.windows(2) {
            if let [(_, before, first), (from, after, at)] = pair {
                faults.extend(follows(before, first.line, *from, after).map(|why| at.fault(why)));
            }
        }
    }
    faults
}

fn follows(before: &Span<'_>, line: usize, from: NaiveDate, after: &Span<'_>) -> Option<String> {
    let id = after.id;
    if before.test != after.test {
        return Some(format!(
            "`{id}` is chosen here by another date test than in its row at line {line}; rows of one id use one test"
        ));
    }
    match before.to {
        Some(to) if to < from && to.succ_opt() == Some(from) => None,
        Some(to) if to < from => Some(format!(
            "`{id}` leaves a gap: its row at line {line} ends on {to} and this one begins on {from}"
        )),
        _ => Some(format!(
            "`{id}` overlaps its row at line {line}; close that row with `to` = the day before {from}"
        )),
    }
}
