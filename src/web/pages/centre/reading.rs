//! Reading an assessor's form as an assessment, and what is wrong with what was typed.
//!
//! What is typed is kept as it is until she signs, so nothing here can lose any of it. Not
//! here: the fields (`fields`), saving or signing (`assessment`, `signing`).

use chrono::NaiveDate;

use super::fields::{ITEM_TEXTS, LEVELS, MET, SETTINGS, SUITS, chosen, items};
use crate::{
    case::{Assessment, Day, MetHow, PackageItem, Slot, Suitability, ThemeSeen},
    consultancy::ConsultancyTexts,
    interview::{Interview, typed},
    web::form::Form,
};

/// The assessment that is typed, and everything that is wrong with it.
///
/// # Errors
/// Each fault with the name of its field, in page order.
pub fn read(
    texts: &ConsultancyTexts,
    interview: &Interview,
    form: &Form,
    today: NaiveDate,
) -> Result<Assessment, Vec<(String, String)>> {
    let mut faults: Vec<(String, String)> = Vec::new();
    let met_on = date(form, "met_on", &mut faults);
    if met_on.is_some_and(|day| day > today) {
        faults.push((
            "met_on".into(),
            "The day you met her must not be in the future".into(),
        ));
    }
    let met_how = chosen(&MET, form.one("met_how"));
    if met_how.is_none() {
        faults.push(("met_how".into(), "Select how you met".into()));
    } else if met_on.is_none()
        && met_how != Some(MetHow::NotMet)
        && !faults.iter().any(|(f, _)| f == "met_on")
    {
        faults.push(("met_on".into(), "Enter the day you met her".into()));
    }
    let text = |name: &str, faults: &mut Vec<(String, String)>| {
        let typed = form.one(name);
        if let Some(of) = texts.text(name)
            && typed.chars().count() > of.max as usize
        {
            faults.push((
                name.into(),
                format!("{} must be {} characters or less", of.label, of.max),
            ));
        }
        typed.to_owned()
    };
    let themes = interview.themes.iter().filter(|t| t.commissioned);
    let themes: Vec<ThemeSeen> = themes
        .filter_map(|theme| {
            let level = form.one(&format!("level.{}", theme.id));
            let level = LEVELS.iter().find(|(id, _)| *id == level);
            let said = form.one(&format!("said.{}", theme.id));
            (level.is_some() || !said.is_empty()).then(|| ThemeSeen {
                theme: theme.id.clone(),
                level: level.map(|(id, _)| (*id).to_owned()),
                said: said.to_owned(),
            })
        })
        .collect();
    let package = (0..items(form))
        .filter_map(|at| item(form, at, &mut faults))
        .collect();
    let suitability = chosen(&SUITS, form.one("suitability"));
    if suitability.is_none() {
        faults.push(("suitability".into(), "Select whether it suits her".into()));
    }
    let assessment = Assessment {
        met_on,
        met_how,
        present: text("present", &mut faults),
        under_way: text("under_way", &mut faults),
        themes,
        strengths: text("strengths", &mut faults),
        goals: text("goals", &mut faults),
        package,
        cannot_offer: text("cannot_offer", &mut faults),
        adjustments: text("adjustments", &mut faults),
        safe_contact: text("safe_contact", &mut faults),
        safety: text("safety", &mut faults),
        suitability,
        suitability_why: text("suitability_why", &mut faults),
        at_court: match form.one("at_court") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        not_for_court: text("not_for_court", &mut faults),
        signer_role: text("signer_role", &mut faults),
    };
    let reasons = [Suitability::WithConditions, Suitability::No];
    if suitability.is_some_and(|s| reasons.contains(&s)) && assessment.suitability_why.is_empty() {
        faults.push((
            "suitability_why".into(),
            "Enter the conditions, or why not".into(),
        ));
    }
    if assessment.signer_role.is_empty() {
        faults.push(("signer_role".into(), "Enter your role at the centre".into()));
    }
    if faults.is_empty() {
        Ok(assessment)
    } else {
        Err(faults)
    }
}

fn date(form: &Form, name: &str, faults: &mut Vec<(String, String)>) -> Option<NaiveDate> {
    let typed = form.date(name);
    if typed == crate::web::form::DateTyped::default() {
        return None;
    }
    let day = typed::day(&typed.day, &typed.month, &typed.year);
    if day.is_none() {
        faults.push((
            name.to_owned(),
            "Enter a day of the calendar, such as 3 12 2026".into(),
        ));
    }
    day
}

fn item(form: &Form, at: usize, faults: &mut Vec<(String, String)>) -> Option<PackageItem> {
    let name = |part: &str| format!("item.{at}.{part}");
    let one = |part: &str| form.one(&name(part)).to_owned();
    let start = name("");
    let mut typed = form.pairs().iter();
    if !typed.any(|(name, value)| name.starts_with(&start) && !value.trim().is_empty()) {
        return None;
    }
    for (part, label, _, max) in ITEM_TEXTS {
        if form.one(&name(part)).chars().count() > max as usize {
            faults.push((
                name(part),
                format!("{label} must be {max} characters or less"),
            ));
        }
    }
    if one("what").is_empty() {
        faults.push((name("what"), "Enter what is offered".into()));
    }
    let weeks = one("weeks");
    let number = weeks.parse::<u32>().ok().filter(|n| (1..=156).contains(n));
    if !weeks.is_empty() && number.is_none() {
        faults.push((
            name("weeks"),
            "Enter a number of weeks, from 1 to 156".into(),
        ));
    }
    Some(PackageItem {
        what: one("what"),
        setting: chosen(&SETTINGS, &one("setting")),
        place: one("place"),
        slots: slot(form, at, faults).into_iter().collect(),
        often: one("often"),
        weeks: number,
        worker: one("worker"),
        childcare: one("childcare"),
        travel: one("travel"),
        held_until: date(form, &name("held"), faults),
    })
}

fn slot(form: &Form, at: usize, faults: &mut Vec<(String, String)>) -> Option<Slot> {
    let name = |part: &str| format!("item.{at}.{part}");
    let ticked = form.all(&name("days"));
    let (from, to) = (form.one(&name("from")), form.one(&name("to")));
    if ticked.is_empty() && from.is_empty() && to.is_empty() {
        return None;
    }
    let days: Vec<Day> = Day::ALL
        .into_iter()
        .filter(|day| ticked.contains(&day.name().to_lowercase()))
        .collect();
    if days.is_empty() {
        faults.push((
            name("days"),
            "Select at least one day, or clear the times".into(),
        ));
    }
    let (start, end) = (typed::time(from), typed::time(to));
    if start.is_none() {
        faults.push((
            name("from"),
            "Enter the time it begins, such as 9:30am".into(),
        ));
    }
    match (start, end) {
        (_, None) => faults.push((name("to"), "Enter the time it ends, such as 1pm".into())),
        (Some(start), Some(end)) if end <= start => {
            faults.push((
                name("to"),
                "The time it ends must be later than it begins".into(),
            ));
        }
        _ => {}
    }
    let (from, to) = start.zip(end).filter(|(from, to)| from < to)?;
    (!days.is_empty()).then_some(Slot { days, from, to })
}
