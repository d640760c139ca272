//! In which ways an address, a day or a number may be written.
//!
//! Lives here: those ways, joined into one word each as the search compares them. Not
//! here: which streets and buildings there are (`report-templates/quality/leaving.toml`).

use chrono::{Datelike, NaiveDate};

use super::tokens::{Token, tokens};
use crate::english;

/// Fewest letters of a postcode without its space.
const SHORTEST_POSTCODE: usize = 5;

/// What a line of an address may be known by.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct AddressParts {
    /// Enough to find the door: number and street, postcode.
    pub whole: Vec<String>,
    /// The street or building without a number, and the ways of writing it.
    pub place: Option<(String, Vec<String>)>,
}

/// The parts of a line of an address.
pub(super) fn of_address(
    line: &str,
    streets: &[Vec<String>],
    buildings: &[String],
) -> AddressParts {
    let words = tokens(line);
    let mut parts = AddressParts::default();
    parts.whole.extend(postcode(&words));
    let of_street = |token: &Token| streets.iter().find(|ways| ways.contains(&token.word));
    let last = (1..words.len()).rev().find_map(|at| {
        let ways = of_street(&words[at]).cloned();
        let ways = ways.or_else(|| {
            let building = buildings.contains(&words[at].word);
            building.then(|| vec![words[at].word.clone()])
        })?;
        Some((at, ways))
    });
    let Some((at, ways)) = last else {
        return parts;
    };
    let has_figure = |token: &Token| token.word.bytes().any(|b| b.is_ascii_digit());
    let most = at.saturating_sub(3);
    let first = (most..at)
        .rev()
        .take_while(|n| !has_figure(&words[*n]))
        .last();
    let Some(first) = first else {
        return parts;
    };
    let name: String = words[first..at].iter().map(|t| t.word.as_str()).collect();
    let ways: Vec<String> = ways.iter().map(|way| format!("{name}{way}")).collect();
    let number = first
        .checked_sub(1)
        .map(|n| &words[n])
        .filter(|t| has_figure(t));
    if let Some(number) = number {
        let numbered = ways.iter().map(|way| format!("{}{way}", number.word));
        parts.whole.extend(numbered);
    }
    if !["the", "a", "this"].contains(&name.as_str()) {
        parts.place = Some((format!("{name} {}", words[at].word), ways));
    }
    parts
}

/// A postcode in one word or two.
fn postcode(words: &[Token]) -> Option<String> {
    let figure = |b: u8| b.is_ascii_digit();
    let is_whole = |code: &str| {
        let bytes = code.as_bytes();
        let (out, inward) = bytes.split_at(bytes.len().saturating_sub(3));
        let starts = out.first().is_some_and(u8::is_ascii_alphabetic);
        let letters = inward.len() == 3 && inward[1..].iter().all(u8::is_ascii_alphabetic);
        (SHORTEST_POSTCODE..=7).contains(&code.len())
            && starts
            && out.iter().any(|b| figure(*b))
            && figure(inward[0])
            && letters
    };
    let alone = words.iter().map(|token| token.word.clone());
    let pairs = words
        .windows(2)
        .map(|w| format!("{}{}", w[0].word, w[1].word));
    alone.chain(pairs).find(|code| is_whole(code))
}

/// A day of one year, in words and in figures.
pub(super) fn of_day(day: NaiveDate) -> Vec<String> {
    let (year, short) = (day.year().to_string(), format!("{:02}", day.year() % 100));
    let (d, m) = (day.day(), day.month());
    let mut ways = vec![day.format("%Y%m%d").to_string()];
    for year in [&year, &short] {
        for date in of_day_and_month(day) {
            ways.push(format!("{date}{year}"));
        }
        for date in [
            format!("{d}{m}"),
            format!("{d:02}{m:02}"),
            format!("{d}{m:02}"),
            format!("{d:02}{m}"),
        ] {
            ways.push(format!("{date}{year}"));
        }
    }
    // `30/8/25` in figures alone has too few to be told from any other number.
    ways.retain(|way| way.len() >= 6);
    ways.sort_unstable();
    ways.dedup();
    ways
}

/// A day of any year, in words.
pub(super) fn of_day_and_month(day: NaiveDate) -> Vec<String> {
    let named = english::day(day).to_lowercase();
    let month = named.split(' ').nth(1).unwrap_or_default().to_owned();
    let short: String = month.chars().take(3).collect();
    let d = day.day();
    let ending = match (d % 10, d) {
        (1, 1 | 21 | 31) => "st",
        (2, 2 | 22) => "nd",
        (3, 3 | 23) => "rd",
        _ => "th",
    };
    let days = [
        d.to_string(),
        format!("{d:02}"),
        format!("{d}{ending}"),
        ORDINALS
            .get(d as usize - 1)
            .map_or_else(String::new, |word| (*word).to_owned()),
    ];
    let mut ways = Vec::new();
    for month in [month, short] {
        for day in &days {
            ways.push(format!("{day}{month}"));
            ways.push(format!("{day}of{month}"));
            ways.push(format!("{month}{day}"));
            ways.push(format!("{month}the{day}"));
        }
    }
    ways.sort_unstable();
    ways.dedup();
    ways
}

const ORDINALS: [&str; 31] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twentyfirst",
    "twentysecond",
    "twentythird",
    "twentyfourth",
    "twentyfifth",
    "twentysixth",
    "twentyseventh",
    "twentyeighth",
    "twentyninth",
    "thirtieth",
    "thirtyfirst",
];

/// Days such as `3 May 1980` or `03/05/1980` in a line.
pub(super) fn days_in(line: &str) -> Vec<NaiveDate> {
    let words = tokens(line);
    let found = words.windows(3).filter_map(|w| {
        let written = format!("{} {} {}", w[0].word, w[1].word, w[2].word);
        ["%d %B %Y", "%d %b %Y", "%d %m %Y"]
            .iter()
            .find_map(|form| NaiveDate::parse_from_str(&written, form).ok())
    });
    found.collect()
}

/// Telephone numbers in a text, without the nought or the country before them.
pub(super) fn telephones(text: &str, fewest: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut figures = String::new();
    for letter in text.chars().chain(['.']) {
        if letter.is_ascii_digit() {
            figures.push(letter);
        } else if !matches!(letter, ' ' | '-' | '(' | ')' | '+' | '\u{a0}') {
            let national = figures
                .strip_prefix("0044")
                .or_else(|| figures.strip_prefix("44"));
            let national = national.unwrap_or(&figures).trim_start_matches('0');
            if figures.len() >= fewest && (9..=10).contains(&national.len()) {
                found.push(national.to_owned());
            }
            figures.clear();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> AddressParts {
        let streets = [
            vec!["court".to_owned(), "ct".to_owned()],
            vec!["road".to_owned()],
        ];
        of_address(line, &streets, &["cottage".to_owned()])
    }

    #[test]
    fn an_address_on_one_line_is_known_by_its_number_and_street_and_by_its_postcode() {
        let found = parts("Flat 4 12 Example Court Newbury rg14 5zz");
        assert_eq!(found.whole, ["rg145zz", "12examplecourt", "12examplect"]);
        assert_eq!(found.place.unwrap().0, "example court");
        assert_eq!(parts("7a St Mary's Road").whole, ["7astmarysroad"]);
        assert_eq!(parts("Rose Cottage").place.unwrap().1, ["rosecottage"]);
        assert_eq!(parts("Newbury"), AddressParts::default());
    }

    #[test]
    fn a_day_is_known_in_words_and_figures() {
        let day = NaiveDate::from_ymd_opt(2025, 8, 30).unwrap();
        let ways = of_day(day);
        for way in [
            "30august2025",
            "30thofaug25",
            "august302025",
            "thirtiethofaugust2025",
            "30082025",
            "3082025",
            "20250830",
        ] {
            assert!(ways.iter().any(|w| w == way), "{way} is not in {ways:?}");
        }
        assert_eq!(
            days_in("Darren Pike, born 3 May 1980"),
            days_in("(03/05/1980)")
        );
    }

    #[test]
    fn a_telephone_number_is_known_however_it_is_grouped() {
        for text in [
            "ring 07700 900123",
            "+44 (0)7700 900-123.",
            "0044 77 00 90 01 23",
        ] {
            assert_eq!(telephones(text, 10), ["7700900123"], "{text}");
        }
        assert!(telephones("Week 12, 10:00 to 16:00", 10).is_empty());
    }
}
