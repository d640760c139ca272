//! Dates that cannot all be right: the law they pick would be the wrong law.

use chrono::NaiveDate;

use super::Matter;
use crate::{finding::Finding, sentencing::text::long_date};

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, offence) in matter.case.offences.iter().enumerate() {
        let at = |field: &str| format!("offences[{index}].{field}");
        let title = ("title", offence.title.clone());
        if let (Some(first), Some(last)) = (offence.committed_on, offence.committed_until)
            && last < first
        {
            let finding = matter.law.say(
                "law.dates.ends-before-it-begins",
                std::slice::from_ref(&title),
            );
            findings.push(finding.at(at("committed_until")));
        }
        let last = offence.committed_until.max(offence.committed_on);
        if let (Some(committed), Some(convicted)) = (last, offence.convicted_on)
            && committed > convicted
        {
            let with = [
                title,
                ("committed", long_date(committed)),
                ("convicted", long_date(convicted)),
            ];
            let finding = matter.law.say("law.dates.offence-after-conviction", &with);
            findings.push(finding.at(at("convicted_on")));
        }
        if let Some(convicted) = offence.convicted_on.filter(|day| *day > matter.today) {
            let with = [("convicted", long_date(convicted))];
            let finding = matter.law.say("law.dates.conviction-ahead", &with);
            findings.push(finding.at(at("convicted_on")));
        }
    }
    findings.extend(hearing(matter));
    findings.extend(born(matter));
    findings.extend(mixed_offences(matter));
    findings
}

/// The day of sentence comes after the offence and the conviction.
fn hearing(matter: &Matter<'_>) -> Option<Finding> {
    let hearing = matter.case.hearing.date?;
    let offences = || matter.case.offences.iter();
    let last_offence = offences()
        .filter_map(|o| o.committed_until.max(o.committed_on))
        .max();
    let last_conviction = offences().filter_map(|o| o.convicted_on).max();
    let before = |what: &'static str, day: Option<NaiveDate>| {
        day.filter(|day| hearing < *day).map(|day| (what, day))
    };
    let (what, day) =
        before("an offence", last_offence).or_else(|| before("a conviction", last_conviction))?;
    let with = [
        ("hearing", long_date(hearing)),
        ("what", what.to_owned()),
        ("day", long_date(day)),
    ];
    Some(
        matter
            .law
            .say("law.dates.hearing-before", &with)
            .at("hearing.date"),
    )
}

/// Older than anybody known to live in England and Wales: a slip in the year, not law.
const OLDEST: u32 = 116;

fn born(matter: &Matter<'_>) -> Option<Finding> {
    let born = matter.case.woman.date_of_birth?;
    if let Some(age) = matter.today.years_since(born).filter(|age| *age > OLDEST) {
        let with = [("age", age.to_string())];
        let finding = matter.law.say("law.dates.born-too-long-ago", &with);
        return Some(finding.at("woman.date_of_birth"));
    }
    let offences = || matter.case.offences.iter();
    let first_offence = offences().filter_map(|o| o.committed_on).min();
    let first_conviction = offences().filter_map(|o| o.convicted_on).min();
    let what = if first_offence.is_some_and(|day| day <= born) {
        "an offence"
    } else if first_conviction.is_some_and(|day| day <= born) {
        "a conviction"
    } else {
        return None;
    };
    let with = [("what", what.to_owned())];
    let finding = matter.law.say("law.dates.born-after", &with);
    Some(finding.at("woman.date_of_birth"))
}

/// A requirement for newer offences only, with an older one before the court too.
fn mixed_offences(matter: &Matter<'_>) -> Vec<Finding> {
    use crate::sentencing::rows::DateTest;
    let ends = || {
        let offences = matter.case.offences.iter();
        offences.filter_map(|o| o.committed_until.max(o.committed_on))
    };
    let (Some(first), Some(last)) = (ends().min(), ends().max()) else {
        return Vec::new();
    };
    let newer = matter.asked.iter().filter(|a| {
        a.row.date_test == DateTest::Offence && a.row.from.is_some_and(|from| first < from)
    });
    newer
        .map(|a| {
            let with = [
                ("name", a.row.name.clone()),
                ("first", long_date(first)),
                ("last", long_date(last)),
                ("from", a.row.from.map(long_date).unwrap_or_default()),
            ];
            matter
                .law
                .say_of(a.row, "law.dates.mixed-offences", &with)
                .at(a.place())
        })
        .collect()
}
