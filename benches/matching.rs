//! How fast the directory answers, with reasons, against the least that any answer
//! must do and against a filter as the official tool has it.
//!
//! All three run in turn in every round on the same records and the same asks, so
//! that a busy machine slows all alike; read the ratios, not the times.
//!
//! - *match*: [`Directory::find`], ordered, with reasons, questions and exclusions;
//! - *bare scan*: every record looked at once for area and need, nothing said;
//! - *three facts*: police area, women-only and need, filtered and sorted by name.

use std::{
    collections::HashMap,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use foreword::{
    content::{ContentError, ContentFiles},
    directory::{Ask, Directory, Geography, Place, Service, Setting},
};

const ROUNDS: usize = 41;
const GENERATED: usize = 10_000;
const NEEDS: [&str; 2] = ["accommodation", "wellbeing"];
const AREAS: [&str; 12] = [
    "RG14", "DE23", "CF24", "M14", "NR1", "E8", "LS8", "NE6", "PL4", "B29", "HR3", "LL13",
];

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
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).ok_or("no such day")?;
    let grown = real.with_services(generated(&real, GENERATED));
    println!(
        "Medians of {ROUNDS} interleaved rounds, {} asks a round.",
        AREAS.len()
    );
    for directory in [&real, &grown] {
        compare(directory, &places, today);
    }
    Ok(())
}

fn compare(directory: &Directory, places: &[Place], today: NaiveDate) {
    let asks: Vec<Ask<'_>> = places
        .iter()
        .map(|place| Ask::new(place, &NEEDS, today))
        .collect();
    let mut times: [Vec<Duration>; 3] = [const { Vec::new() }; 3];
    let mut offered = 0;
    for _ in 0..ROUNDS {
        times[0].push(timed(|| {
            offered = asks
                .iter()
                .map(|ask| black_box(directory.find(ask)).candidates.len())
                .sum();
        }));
        times[1].push(timed(|| {
            for place in places {
                black_box(bare_scan(directory, place));
            }
        }));
        times[2].push(timed(|| {
            for place in places {
                black_box(three_facts(directory, place));
            }
        }));
    }
    let [found, scan, facts] = times.map(|mut all| median(&mut all) / AREAS_COUNT);
    println!();
    println!("{} services", directory.services().len());
    println!("  match        {found:>10.1?} an ask, {offered} candidates in all");
    println!(
        "  bare scan    {scan:>10.1?}    match takes {:.2} times as long",
        ratio(found, scan)
    );
    println!(
        "  three facts  {facts:>10.1?}    match takes {:.2} times as long",
        ratio(found, facts)
    );
}

#[expect(clippy::cast_possible_truncation, reason = "there are twelve")]
const AREAS_COUNT: u32 = AREAS.len() as u32;

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
                && NEEDS.iter().any(|need| service.names(need))
        })
        .map(|(at, _)| at)
        .collect()
}

/// As the official tool filters its contracts: in memory, on three facts, by name.
fn three_facts<'d>(directory: &'d Directory, place: &Place) -> Vec<&'d Service> {
    let police = &place.pcc[0].id;
    let mut kept: Vec<&Service> = directory
        .services()
        .iter()
        .map(AsRef::as_ref)
        .filter(|s| s.area.police_areas.contains(police))
        .filter(|s| s.setting == Setting::WomenOnly)
        .filter(|s| NEEDS.iter().any(|need| s.names(need)))
        .collect();
    kept.sort_by(|a, b| a.name.cmp(&b.name));
    kept
}

/// The real records again and again, each generation moved on to other police areas
/// and to authorities in them, partners with their primes.
fn generated(real: &Directory, count: usize) -> Vec<Service> {
    let geography = real.geography();
    let slugs: Vec<&str> = geography.police_areas().map(|p| p.slug.as_str()).collect();
    let mut inside: HashMap<&str, Vec<&str>> = HashMap::new();
    for authority in geography.authorities() {
        let all = inside.entry(&authority.police_area).or_default();
        all.push(&authority.gss);
    }
    let moved = |slug: &str, by: usize| {
        let at = slugs.iter().position(|s| *s == slug).unwrap_or(0);
        slugs[(at + by) % slugs.len()]
    };
    real.services()
        .iter()
        .cycle()
        .take(count)
        .enumerate()
        .map(|(at, service)| {
            let by = at / real.services().len();
            let mut new = Service::clone(service);
            new.id = format!("{by:04}-{}", new.id);
            new.name = format!("{} {by}", new.name);
            for partnership in &mut new.partner_in {
                partnership.prime = format!("{by:04}-{}", partnership.prime);
            }
            for slug in &mut new.area.police_areas {
                *slug = moved(slug, by).to_owned();
            }
            for gss in &mut new.area.local_authorities {
                let slug = moved(police_area(geography, gss), by);
                if let Some(all) = inside.get(slug) {
                    *gss = all[(at + by) % all.len()].to_owned();
                }
            }
            new
        })
        .collect()
}

fn police_area<'g>(geography: &'g Geography, gss: &str) -> &'g str {
    geography
        .authority(gss)
        .map_or("", |a| a.police_area.as_str())
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
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
