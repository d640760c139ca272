//! How many characters an author types into Foreword for a complete short report,
//! against the same report typed by hand into an official report's seven boxes.
//!
//! Nothing is timed: both are counted from the example case files. A choice costs no
//! character and is counted as a selection.

use chrono::NaiveDate;
use foreword::{
    case::{self, CaseFile, Format},
    content::{ContentError, ContentFiles},
    pack::Pack,
    report::keystrokes::{by_hand, typed},
};

/// How many of the largest to name.
const NAMED: usize = 8;

fn main() {
    if let Err(reason) = run() {
        eprintln!("keystrokes: {reason}");
    }
}

fn run() -> Result<(), String> {
    let files = ContentFiles::embedded().map_err(|e| e.to_string())?;
    let said =
        |faults: Vec<ContentError>| faults.iter().map(ToString::to_string).collect::<String>();
    let pack = Pack::load(&files).map_err(said)?;
    let angela = include_str!("../tests/cases/angela.json");
    let miriam = include_str!("../tests/cases/miriam.json");
    for (name, text) in [("Angela", angela), ("Miriam", miriam)] {
        let case = case::from_json(text).map_err(|e| e.to_string())?;
        count(&pack, name, case)?;
    }
    Ok(())
}

fn count(pack: &Pack, name: &str, mut case: CaseFile) -> Result<(), String> {
    case.format = Format::Short;
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap_or_default();
    let (draft, _) = pack.draft(&case, today).map_err(|e| e.to_string())?;
    let mine = typed(&case, &pack.interview, &pack.suggested(&case, today));
    let hand = by_hand(&draft);
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let ratio = |n: usize| number(n) / number(hand.whole);
    println!("{name}, complete short report");
    println!(
        "  typed into Foreword    {:>7} characters, {} selections",
        mine.characters, mine.selections
    );
    println!("    sources among them   {:>7}", mine.sources);
    println!(
        "    on the record beside {:>7} (in neither sum)",
        mine.on_the_record
    );
    println!(
        "  typed into seven boxes {:>7} characters (strictly {})",
        hand.whole, hand.strict
    );
    println!(
        "  ratio                  {:>7.2}  (strictly {:.2}; without sources {:.2})",
        ratio(mine.characters),
        number(mine.characters) / number(hand.strict),
        ratio(mine.characters - mine.sources)
    );
    println!("  typed most: {}", list(&mine.places));
    println!("  prints most: {}\n", list(&hand.places));
    Ok(())
}

fn list(places: &[(String, usize)]) -> String {
    let most = places.iter().take(NAMED);
    let most = most.map(|(place, n)| format!("{place} {n}"));
    most.collect::<Vec<_>>().join(", ")
}
