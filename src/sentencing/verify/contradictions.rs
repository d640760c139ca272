//! A pack that contradicts itself: a status its dates deny, a row that waits for law in
//! force, limits that nothing can meet, ranges that the statute rules out.

use std::collections::BTreeSet;

use crate::{
    content::ContentError,
    sentencing::{
        load::{At, Read},
        requirement::Requirement,
        rows::{Change, GuidelineRange, Level, Rule, Status},
    },
};

/// Every contradiction of the pack.
pub(super) fn faults(read: &Read) -> Vec<ContentError> {
    let mut faults = about(read);
    for at in &read.requirements {
        let row = &at.row;
        let said = Said {
            id: &row.id,
            status: row.status,
            has_end: row.to.is_some(),
            waits_for: &row.commenced_by,
        };
        faults.extend(standing(read, &said).into_iter().map(|why| at.fault(why)));
        faults.extend(limits(row).into_iter().map(|why| at.fault(why)));
        if let Some(other) = &row.instead_of
            && !read.requirements.iter().any(|r| r.row.id == *other)
        {
            faults.push(at.fault(format!("`{other}` is not the id of any requirement")));
        }
    }
    for at in &read.rules {
        let row = &at.row;
        let said = Said {
            id: &row.code,
            status: row.status,
            has_end: row.to.is_some(),
            waits_for: &row.commenced_by,
        };
        faults.extend(standing(read, &said).into_iter().map(|why| at.fault(why)));
        faults.extend(figures(row).into_iter().map(|why| at.fault(why)));
    }
    for at in &read.changes {
        faults.extend(change(&at.row).map(|why| at.fault(why)));
    }
    faults.extend(ranges(read));
    faults
}

fn about(read: &Read) -> Vec<ContentError> {
    let about = &read.about.row;
    let mut why = Vec::new();
    if about.newest_source_seen > about.checked {
        why.push("`newest_source_seen` is later than `checked`: nobody can have seen it then");
    }
    if about.good_for_days == 0 || about.availability_good_for_days == 0 {
        why.push("a check that is good for 0 days is never relied on; give at least 1");
    }
    if about.waking_from_hour >= about.waking_to_hour || about.waking_to_hour > 24 {
        why.push("her waking day must begin before it ends, and end by 24");
    }
    for start in &about.starts {
        if start.week == 0 || start.week > 52 || start.says.trim().is_empty() {
            why.push("a [[start]] needs words and a week from 1 to 52");
        }
        if start.says != start.says.to_lowercase() {
            why.push("the words of a [[start]] are in lower case");
        }
    }
    why.into_iter().map(|why| read.about.fault(why)).collect()
}

struct Said<'a> {
    id: &'a str,
    status: Status,
    has_end: bool,
    waits_for: &'a [String],
}

fn standing(read: &Read, said: &Said<'_>) -> Vec<String> {
    let id = said.id;
    let mut why = Vec::new();
    match (said.status, said.has_end) {
        (Status::InForce, true) => why.push(format!(
            "`{id}` is in force but has an end; set `status` to `older-cases` or `historic`, or take `to` out"
        )),
        (Status::OlderCases | Status::Historic, false) => why.push(format!(
            "`{id}` is no longer in force but has no end; give its last day in `to`"
        )),
        _ => {}
    }
    let waiting = said.status == Status::NotCommenced;
    if waiting && said.waits_for.is_empty() {
        why.push(format!(
            "`{id}` is not commenced; name the change that brings it in, in `commenced_by`"
        ));
    }
    for change in said.waits_for {
        let status = read.changes.iter().find(|at| at.row.id == *change);
        match status.map(|at| at.row.status) {
            None => why.push(format!("`{change}` is not the id of any change")),
            Some(Status::InForce) if waiting && said.waits_for.len() == 1 => why.push(format!(
                "`{id}` is not commenced, but the change `{change}` that brings it in is in force"
            )),
            Some(Status::NotCommenced | Status::LimitedPurposes) if !waiting => {
                why.push(format!(
                    "`{id}` is in force, but the change `{change}` that brings it in is not"
                ));
            }
            Some(_) => {}
        }
    }
    why
}

fn limits(row: &Requirement) -> Vec<String> {
    let id = &row.id;
    let nought = [
        ("max", row.max),
        ("max_months", row.max_months),
        ("max_hours_per_7_days", row.max_hours_per_7_days),
        ("review_interval_months", row.review_interval_months),
    ];
    let mut why: Vec<String> = nought
        .into_iter()
        .filter(|(_, figure)| *figure == Some(0))
        .map(|(name, _)| format!("`{id}` has `{name} = 0`: nothing could meet it"))
        .collect();
    if !row.max_months_for.is_empty() && row.max_months.is_none() {
        why.push(format!("`{id}` has `max_months_for` but no `max_months`"));
    }
    if row
        .max_months_for
        .iter()
        .any(|o| !row.applies_to.contains(o))
    {
        why.push(format!(
            "`{id}` has a limit for an order that it does not belong to"
        ));
    }
    if row.review_interval_months.is_some() && row.review_over_months.is_none() {
        why.push(format!(
            "`{id}` has an interval for reviews but not when they are needed"
        ));
    }
    // A row that no order could satisfy with any of its fellows is a slip of the pen.
    let barred: BTreeSet<&String> = row.incompatible_with.iter().collect();
    if barred.len() < row.incompatible_with.len() {
        why.push(format!(
            "`{id}` names the same requirement twice in `incompatible_with`"
        ));
    }
    why
}

fn figures(row: &Rule) -> Vec<String> {
    let figure = |name| row.figure(name);
    let pairs = [
        ("min_months", "max_months"),
        ("max_months", "long_max_months"),
    ];
    let mut why = Vec::new();
    for (least, most) in pairs {
        if let (Some(a), Some(b)) = (figure(least), figure(most))
            && a > b
        {
            why.push(format!("`{}` has `{least}` over `{most}`", row.code));
        }
    }
    for name in ["max_months", "min_age"] {
        if figure(name) == Some(0) {
            why.push(format!(
                "`{}` has `{name} = 0`: nothing could meet it",
                row.code
            ));
        }
    }
    why
}

fn change(row: &Change) -> Option<String> {
    let id = &row.id;
    match (row.status, row.from) {
        (Status::InForce | Status::OlderCases, None) => Some(format!(
            "`{id}` is in force but does not say since when; give `from`"
        )),
        (Status::NotCommenced, Some(from)) => Some(format!(
            "`{id}` is not commenced but has `from = {from}`; if that is its commencement, set `status = \"in-force\"`"
        )),
        _ => None,
    }
}

const LEVELS: [Level; 3] = [Level::Low, Level::Medium, Level::High];

fn ranges(read: &Read) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for (i, at) in read.ranges.iter().enumerate() {
        let row = &at.row;
        let id = &row.requirement;
        let same = |o: &&At<GuidelineRange>| o.row.requirement == *id && o.row.level == row.level;
        if let Some(first) = read.ranges[..i].iter().find(same) {
            faults.push(at.fault(format!(
                "`{id}` already has a range at this level, at line {}",
                first.line
            )));
        }
        if let (Some(min), Some(max)) = (row.min, row.max)
            && min > max
        {
            faults.push(at.fault(format!("`{id}` has a range from {min} down to {max}")));
        }
        faults.extend(beyond_statute(read, row).map(|why| at.fault(why)));
        faults.extend(out_of_order(read, row).map(|why| at.fault(why)));
    }
    faults
}

/// A range may not reach over what any row of the requirement allows.
fn beyond_statute(read: &Read, row: &GuidelineRange) -> Option<String> {
    let rows: Vec<&Requirement> = read
        .requirements
        .iter()
        .map(|at| &at.row)
        .filter(|r| r.id == row.requirement)
        .collect();
    let most = |of: fn(&Requirement) -> Option<u32>| {
        let all: Option<Vec<u32>> = rows.iter().map(|r| of(r)).collect();
        all.and_then(|all| all.into_iter().max())
    };
    let over = |range: Option<u32>, limit: Option<u32>| matches!((range, limit), (Some(r), Some(l)) if r > l);
    let least = rows.iter().filter_map(|r| r.min).min();
    let under = matches!((row.min, least), (Some(r), Some(l)) if r < l);
    (over(row.max, most(|r| r.max)) || over(row.max_months, most(|r| r.max_months)) || under).then(
        || {
            format!(
                "`{}` has a range that the statute rules out",
                row.requirement
            )
        },
    )
}

/// A higher level starts no lower, and ends no lower, than the one below it.
fn out_of_order(read: &Read, row: &GuidelineRange) -> Option<String> {
    let at = LEVELS.iter().position(|l| *l == row.level)?;
    let below = LEVELS.get(at.checked_sub(1)?)?;
    let lower = read
        .ranges
        .iter()
        .map(|o| &o.row)
        .find(|o| o.requirement == row.requirement && o.level == *below)?;
    let falls = |lower: Option<u32>, mine: Option<u32>| matches!((lower, mine), (Some(l), Some(m)) if m < l);
    (falls(lower.min, row.min)
        || falls(lower.max, row.max)
        || falls(lower.max_months, row.max_months))
    .then(|| {
        format!(
            "`{}` has a lower range at this level than at the one below it",
            row.requirement
        )
    })
}
