//! How fast the directory answers, with reasons, against the least that any answer
//! must do and against a filter as the official tool has it.
//!
//! All three run in turn in every round on the same services and the same asks, and
//! what is measured is time on the processor, so that a busy machine slows none of them
//! more than another; read the ratios, not the times.
//!
//! - *match*: [`Directory::find`] for three needs with levels, women-only, childcare, an
//!   order and a hearing: ordered, and the first page of twenty told with reasons,
//!   questions, what speaks against each, and as many exclusions;
//! - *bare scan*: every record looked at once for area and need, nothing said;
//! - *three facts*: region, sex and age, filtered in memory, nothing said.

#[path = "matching/generated.rs"]
mod generated;

use std::{hint::black_box, process::ExitCode, time::Duration};

use chrono::{Days, NaiveDate};
use foreword::{
    content::{ContentError, ContentFiles},
    directory::{
        Ask, Directory, NeedAsked, OrderInView, Place, Service, Setting, vocabulary::term,
    },
    needs::{Wants, Wish},
};
use rustix::time::{ClockId, clock_gettime};

const SIZES: [usize; 3] = [500, 10_000, 100_000];
/// What a page shows.
const PAGE: usize = 20;
const HER_AGE: u8 = 24;
const NEEDS: [(&str, &str); 3] = [
    ("accommodation", "high"),
    ("wellbeing", "medium"),
    ("dependency", "low"),
];
const AREAS: [&str; 12] = [
    "RG14", "DE23", "CF24", "M14", "NR1", "E8", "LS8", "NE6", "PL4", "B29", "HR3", "LL13",
];
#[expect(clippy::cast_possible_truncation, reason = "there are twelve")]
const ASKS: u32 = AREAS.len() as u32;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let files = ContentFiles::embedded().map_err(|e| e.to_string())?;
    let real = Directory::load(&files).map_err(|faults| told(&faults))?;
    let places = AREAS
        .iter()
        .map(|area| real.place(area).map_err(|e| e.to_string()))
        .collect::<Result<Vec<Place>, String>>()?;
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).ok_or("no such day")?;
    println!("Processor time, medians of interleaved rounds, {ASKS} asks a round.");
    compare("the real records", &real, &places, today);
    for size in SIZES {
        let records = generated::records(&real, size, today);
        let attributes: usize = records.iter().map(attributes).sum();
        let mut services = Vec::new();
        let reading = processor_time(|| services = real.read(records));
        let mut grown = None;
        let indexing = processor_time(|| grown = Some(real.with_services(services)));
        let Some(grown) = grown else { continue };
        let what = format!("{size} services, {} attributes each", attributes / size);
        compare(&what, &grown, &places, today);
        println!("  made ready: records read in {reading:.0?}, indexed in {indexing:.0?}");
    }
    Ok(())
}

fn compare(what: &str, directory: &Directory, places: &[Place], today: NaiveDate) {
    let asks: Vec<Ask<'_>> = places.iter().map(|place| ask(place, today)).collect();
    let rounds = if directory.services().len() > 50_000 {
        21
    } else {
        101
    };
    let mut times: [Vec<Duration>; 4] = [const { Vec::new() }; 4];
    let (mut offered, mut kept_out) = (0, 0);
    for _ in 0..rounds {
        times[0].push(processor_time(|| {
            (offered, kept_out) = (0, 0);
            for ask in &asks {
                let found = black_box(directory.find(ask));
                offered += found.total;
                kept_out += found.excluded_total;
            }
        }));
        times[1].push(processor_time(|| {
            for place in places {
                black_box(bare_scan(directory, place));
            }
        }));
        times[2].push(processor_time(|| {
            for place in places {
                black_box(three_facts(directory, place));
            }
        }));
        times[3].push(processor_time(|| {
            for ask in &asks {
                let ask = Ask {
                    most: Some(0),
                    ..ask.clone()
                };
                black_box(directory.find(&ask));
            }
        }));
    }
    let [found, scan, facts, silent] = times.map(|mut all| median(&mut all) / ASKS);
    println!();
    println!("{what}");
    println!(
        "  match        {found:>9.1?}   {} offered and {} kept out an ask, {PAGE} of each told",
        offered / AREAS.len(),
        kept_out / AREAS.len()
    );
    println!("    of it, judging and counting without a word: {silent:.1?}");
    for (name, other) in [("bare scan", scan), ("three facts", facts)] {
        let ratio = ratio(found, other);
        println!("  {name:<12} {other:>9.1?}   match takes {ratio:.2} times as long");
    }
}

fn ask(place: &Place, today: NaiveDate) -> Ask<'_> {
    let needs = NEEDS.iter().map(|(theme, level)| NeedAsked {
        theme: (*theme).to_owned(),
        level: Some((*level).to_owned()),
    });
    let mut ask = Ask::of(place, needs.collect(), today);
    ask.wants = Wants {
        women_only: Wish::Needs,
        childcare: Wish::Prefers,
        languages: vec!["Polish".into()],
        ..Wants::default()
    };
    ask.order = Some(OrderInView {
        fits: vec![term::FITS_RAR.into()],
        ends: today.checked_add_days(Days::new(365)),
    });
    ask.hearing = today.checked_add_days(Days::new(7));
    ask.age = Some(HER_AGE);
    ask.most = Some(PAGE);
    ask
}

/// Every record once: does it take in her authority, and name a need?
fn bare_scan(directory: &Directory, place: &Place) -> Vec<usize> {
    let gss = &place.local_authorities[0].gss;
    let police = &place.pcc[0].id;
    directory
        .services()
        .iter()
        .enumerate()
        .filter(|(_, service)| {
            (service.area.local_authorities.contains(gss)
                || service.area.police_areas.contains(police))
                && NEEDS.iter().any(|(need, _)| service.names(need))
        })
        .map(|(at, _)| at)
        .collect()
}

/// As the official tool filters its contracts: in memory, on three facts.
fn three_facts<'d>(directory: &'d Directory, place: &Place) -> Vec<&'d Service> {
    let police = &place.pcc[0].id;
    directory
        .services()
        .iter()
        .map(AsRef::as_ref)
        .filter(|s| s.area.police_areas.contains(police))
        .filter(|s| s.setting == Setting::WomenOnly)
        .filter(|s| s.facts.minimum_age.is_none_or(|age| age <= HER_AGE))
        .filter(|s| s.facts.maximum_age.is_none_or(|age| age >= HER_AGE))
        .collect()
}

/// Terms and other facts of a record.
fn attributes(record: &foreword::directory::Record) -> usize {
    let facts = &record.facts;
    let single = [
        facts.minimum_age.is_some(),
        facts.court_assessment_days.is_some(),
        facts.waiting_days.is_some(),
        facts.verified.is_some(),
        !facts.owner.is_empty(),
    ];
    facts.terms.len()
        + facts.languages.len()
        + facts.openings.len()
        + facts.capacity.len()
        + facts.funding.len()
        + facts.locations.len()
        + single.into_iter().filter(|on| *on).count()
}

/// Time this thread was on a processor.
fn processor_time(work: impl FnOnce()) -> Duration {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(
            u64::try_from(time.tv_sec).unwrap_or(0),
            u32::try_from(time.tv_nsec).unwrap_or(0),
        )
    };
    let start = now();
    work();
    now().saturating_sub(start)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(f64::MIN_POSITIVE)
}

fn told(faults: &[ContentError]) -> String {
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    told.join("\n")
}
