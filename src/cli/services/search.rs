//! `foreword services search`.
//!
//! Lives here: what she needs, as flags. Not here: matching or its wording. Something
//! further she may need is one more flag, put into the ask in [`SearchArgs::ask`].

use std::{path::Path, process::ExitCode};

use chrono::{NaiveDate, NaiveTime, Utc};
use clap::{Args, ValueEnum};

use crate::{
    case::{Day, Slot},
    cli::{Stop, geography, load_pack, print},
    directory::{Ask, Directory, NeedAsked, OrderInView, Place, print as listing},
    needs::{Wants, Wish},
};

/// Arguments of `foreword services search`.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Postcode district (RG14) or local authority (Derby); a postcode, of which only
    /// those two are kept, where the postcode directory has been loaded.
    #[arg(long)]
    area: String,
    /// Theme of need, such as accommodation, safety or dependency, with her level where
    /// she has one (safety:high); several may be given, the most pressing first. Every
    /// theme when not given.
    #[arg(long = "need", value_name = "THEME[:LEVEL]")]
    needs: Vec<String>,
    /// Women-only services: those known to be mixed are left out, or with `prefers` only
    /// come later.
    #[arg(long, value_name = "HOW_MUCH", num_args = 0..=1, require_equals = true, default_missing_value = "needs")]
    women_only: Option<HowMuch>,
    /// Somewhere for her children while she is there.
    #[arg(long, value_name = "HOW_MUCH", num_args = 0..=1, require_equals = true, default_missing_value = "needs")]
    childcare: Option<HowMuch>,
    /// To have her children with her where she would live in.
    #[arg(long, value_name = "HOW_MUCH", num_args = 0..=1, require_equals = true, default_missing_value = "needs")]
    children_with_her: Option<HowMuch>,
    /// A language she needs, by its English name; several may be given.
    #[arg(long = "language", value_name = "LANGUAGE")]
    languages: Vec<String>,
    /// Access she needs, such as step-free; several may be given.
    #[arg(long, value_name = "TERM")]
    access: Vec<String>,
    /// A group she is in that a specialist serves, such as migrant; several may be given.
    #[arg(long, value_name = "TERM")]
    specialist: Vec<String>,
    /// A place that is not safe for her; several may be given. It is never printed.
    #[arg(long, value_name = "PLACE")]
    avoid: Vec<String>,
    /// When she cannot come: monday, or monday:09:30-13:00; several may be given.
    #[arg(long, value_name = "DAY[:FROM-TO]", value_parser = slot)]
    busy: Vec<Slot>,
    /// She cannot easily travel.
    #[arg(long)]
    travel_hard: bool,
    /// What it must fit in the order in view: rar, upw, residence, bail…; several may be
    /// given.
    #[arg(long = "order", value_name = "TERM")]
    orders: Vec<String>,
    /// The last day of the order, as 2027-11-30.
    #[arg(long, value_name = "DAY")]
    ends: Option<NaiveDate>,
    /// The day of the hearing, as 2026-12-03.
    #[arg(long, value_name = "DAY")]
    hearing: Option<NaiveDate>,
    /// Her age in years.
    #[arg(long, value_name = "YEARS")]
    age: Option<u8>,
    /// How many services to tell in full; the rest are counted.
    #[arg(long, value_name = "COUNT")]
    most: Option<usize>,
    /// How many of the best to pass over.
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    skip: usize,
    /// Print as JSON.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    data: geography::DataFolder,
}

/// How much something matters to her.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum HowMuch {
    /// She would rather.
    Prefers,
    /// She could not use it otherwise.
    Needs,
}

pub(super) fn run(content: Option<&Path>, args: &SearchArgs) -> Result<ExitCode, Stop> {
    let mut pack = load_pack(content)?;
    geography::use_loaded(&mut pack, &args.data.data_dir)?;
    let known: Vec<&str> = pack
        .interview
        .themes
        .iter()
        .map(|t| t.id.as_str())
        .collect();
    let directory = pack.directory.now();
    let place = directory.place(&args.area).map_err(Stop::fault)?;
    let today = Utc::now().date_naive();
    let ask = args.ask(&directory, &place, &known, today)?;
    let found = directory.find(&ask);
    if args.json {
        let found = listing::json(&directory, &found);
        let mut text = serde_json::to_string_pretty(&found).map_err(Stop::fault)?;
        text.push('\n');
        print(&text)?;
    } else {
        print(&listing::listing(&directory, &found))?;
    }
    Ok(ExitCode::SUCCESS)
}

impl SearchArgs {
    fn ask<'p>(
        &self,
        directory: &Directory,
        place: &'p Place,
        themes: &[&str],
        today: NaiveDate,
    ) -> Result<Ask<'p>, Stop> {
        let needs: Result<_, Stop> = if self.needs.is_empty() {
            themes.iter().map(|theme| need(theme, themes)).collect()
        } else {
            self.needs.iter().map(|given| need(given, themes)).collect()
        };
        let terms = |taxonomy, given: &[String]| terms(directory, taxonomy, given);
        let fits = terms("order-fit", &self.orders)?;
        let order = (self.ends.is_some() || !fits.is_empty()).then_some(OrderInView {
            fits,
            ends: self.ends,
        });
        Ok(Ask {
            wants: Wants {
                women_only: wish(self.women_only),
                childcare: wish(self.childcare),
                children_with_her: wish(self.children_with_her),
                languages: self.languages.clone(),
                access: terms("access", &self.access)?,
                specialist: terms("specialist-for", &self.specialist)?,
                avoid: self.avoid.clone(),
                busy: self.busy.clone(),
                travel_hard: self.travel_hard,
            },
            order,
            age: self.age,
            hearing: self.hearing,
            most: self.most,
            skip: self.skip,
            ..Ask::of(place, needs?, today)
        })
    }
}

/// `safety` or `safety:high`.
fn need(given: &str, themes: &[&str]) -> Result<NeedAsked, Stop> {
    let (theme, level) = match given.split_once(':') {
        Some((theme, level)) => (theme, Some(level)),
        None => (given, None),
    };
    if !themes.contains(&theme) {
        return Err(Stop::fault(format!(
            "`{theme}` is no theme of need; use one of {}",
            themes.join(", ")
        )));
    }
    if let Some(level) = level.filter(|l| !["low", "medium", "high"].contains(l)) {
        return Err(Stop::fault(format!(
            "`{level}` is no level; use low, medium or high, as in {theme}:high"
        )));
    }
    Ok(NeedAsked {
        theme: theme.to_owned(),
        level: level.map(str::to_owned),
    })
}

/// Codes of one taxonomy as the directory's terms.
fn terms(directory: &Directory, taxonomy: &str, given: &[String]) -> Result<Vec<String>, Stop> {
    let vocabulary = directory.vocabulary();
    let known = |code: &String| {
        let key = format!("{taxonomy}/{code}");
        if vocabulary.place(&key).is_some() {
            return Ok(key);
        }
        let codes: Vec<&str> = vocabulary.of(taxonomy).map(|t| t.code.as_str()).collect();
        Err(Stop::fault(format!(
            "`{code}` is not known; use one of {}",
            codes.join(", ")
        )))
    };
    given.iter().map(known).collect()
}

fn wish(how_much: Option<HowMuch>) -> Wish {
    match how_much {
        None => Wish::Open,
        Some(HowMuch::Prefers) => Wish::Prefers,
        Some(HowMuch::Needs) => Wish::Needs,
    }
}

/// `monday`, the whole of it, or `monday:09:30-13:00`.
fn slot(given: &str) -> Result<Slot, String> {
    let (name, hours) = match given.split_once(':') {
        Some((name, hours)) => (name, hours),
        None => (given, "00:00-23:59"),
    };
    let day = Day::ALL
        .into_iter()
        .find(|day| day.name().eq_ignore_ascii_case(name))
        .ok_or_else(|| format!("`{name}` is no day of the week; write monday"))?;
    let clock = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let times = hours
        .split_once('-')
        .and_then(|(from, to)| Some((clock(from)?, clock(to)?)))
        .filter(|(from, to)| from < to);
    let Some((from, to)) = times else {
        return Err(format!("`{hours}` is no time; write monday:09:30-13:00"));
    };
    Ok(Slot {
        days: vec![day],
        from,
        to,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_she_cannot_come_may_have_hours() {
        let read = slot("Monday:09:30-13:00").unwrap();
        assert_eq!(read.days, [Day::Monday]);
        assert_eq!(read.from.to_string(), "09:30:00");
        assert_eq!(slot("friday").unwrap().to.to_string(), "23:59:00");
        for wrong in ["mon", "monday:13:00-09:30", "monday:9", ""] {
            assert!(slot(wrong).is_err(), "{wrong}");
        }
    }
}
