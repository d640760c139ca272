//! Which words must not leave: gathered from what the author protects, from her
//! address, and from records that are kept off the report.

use serde_json::Value;

use super::{Guarded, Term};
use crate::{
    case::CaseFile,
    interview::{Interview, Kind},
    report::words,
};

/// Everything in this case that must not leave.
#[must_use]
pub fn terms(case: &CaseFile, interview: &Interview) -> Vec<Term> {
    let mut found = Vec::new();
    for term in &case.protected {
        if is_a_name(&term.why) {
            add_name(&mut found, &term.text, &term.why, case);
        } else {
            push(&mut found, Guarded::Other, term.text.trim(), &term.why);
        }
    }
    if let (false, Some(address)) = (case.woman.address_in_report, &case.woman.address) {
        add_address(&mut found, address, "her address is withheld");
    }
    if let Some(crn) = &case.woman.crn {
        let why = "her case reference number is for the screen only";
        push(&mut found, Guarded::Number, crn.trim(), why);
    }
    for enquiry in &case.enquiries {
        for person in enquiry.persons.iter().filter_map(|p| plain_name(p, case)) {
            add_name(&mut found, person, "a person searched in an enquiry", case);
        }
        for address in &enquiry.addresses {
            let printed = case.woman.address_in_report
                && case.woman.address.as_deref() == Some(address.as_str());
            if !printed {
                add_address(&mut found, address, "an address searched in an enquiry");
            }
        }
    }
    add_record_only(&mut found, case, interview);
    found.retain(|t| t.text.chars().count() > 2);
    found
}

fn add_record_only(found: &mut Vec<Term>, case: &CaseFile, interview: &Interview) {
    for (_, prompt) in interview.prompts().filter(|(_, p)| p.kind == Kind::Records) {
        let records = case.value(&prompt.id).and_then(Value::as_array);
        for record in records.into_iter().flatten() {
            for field in prompt.fields.iter().filter(|f| f.record_only) {
                let Some(text) = record.get(&field.id).and_then(Value::as_str) else {
                    continue;
                };
                let why = format!("{} is kept on the record only", field.label.to_lowercase());
                match field.kind {
                    Kind::Line if is_a_name(&field.label) => add_name(found, text, &why, case),
                    Kind::Line => {
                        let first = text.split(',').next().unwrap_or(text).trim();
                        push(found, Guarded::Place, text.trim(), &why);
                        push(found, Guarded::Place, first, &why);
                    }
                    Kind::Date => add_date(found, text, &why),
                    _ => {}
                }
            }
        }
    }
}

/// The name on a line such as `Darren Pike, born 3 May 1980`: two to four words, each
/// written as a name. Her own name is none, and a line that is a sentence holds none
/// that could be told from its other words.
#[must_use]
pub fn plain_name<'a>(line: &'a str, case: &CaseFile) -> Option<&'a str> {
    let end = [",", "(", ";", " born ", " DOB", " dob"];
    let name = end
        .iter()
        .filter_map(|mark| line.find(mark))
        .min()
        .map_or(line, |at| &line[..at])
        .trim();
    let is_word = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || "-'’.".contains(c))
    };
    let words = name.split_whitespace();
    let fits = (2..=4).contains(&words.clone().count()) && words.clone().all(is_word);
    let own = [&case.woman.name.first, &case.woman.name.last].map(|n| n.to_lowercase());
    let hers = own
        .iter()
        .all(|part| words.clone().any(|w| w.to_lowercase() == *part));
    (fits && !hers).then_some(name)
}

/// The whole name, and each of its words that is not also part of her own name.
fn add_name(found: &mut Vec<Term>, text: &str, why: &str, case: &CaseFile) {
    let text = text.trim();
    // A lone first name that is also a month is one of its words, below.
    if !ALSO_A_WORD.contains(&text.to_lowercase().as_str()) {
        push(found, Guarded::Name, text, why);
    }
    let own = [
        case.woman.name.first.as_str(),
        &case.woman.name.last,
        &case.author.name,
        &case.hearing.court,
    ]
    .join(" ")
    .to_lowercase();
    for word in text
        .split_whitespace()
        .filter(|w| w.starts_with(char::is_uppercase))
    {
        let lower = word.to_lowercase();
        if own.split_whitespace().any(|w| w == lower) || holds(found, word) {
            continue;
        }
        found.push(Term {
            text: word.to_owned(),
            kind: Guarded::Name,
            why: why.to_owned(),
            as_a_name: true,
            report_only: ALSO_A_WORD.contains(&lower.as_str()),
        });
    }
}

/// True where the author says, or the field is labelled, that it is somebody's name
/// rather than a place.
fn is_a_name(label: &str) -> bool {
    let label = label.to_lowercase();
    let says_name = label.trim().is_empty() || label.contains("name");
    says_name
        && !["school", "nursery", "place", "street"]
            .iter()
            .any(|p| label.contains(p))
}

/// First names that are also months or everyday words.
const ALSO_A_WORD: [&str; 12] = [
    "april", "august", "faith", "grace", "hope", "joy", "june", "may", "mark", "rose", "sunday",
    "will",
];

/// The whole address, each line of it that has a number, and its postcode.
fn add_address(found: &mut Vec<Term>, address: &str, why: &str) {
    let whole = address
        .split(['\n', ','])
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(", ");
    // A town without a number is a place, and no address.
    let numbered = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let kind = if numbered(&whole) {
        Guarded::Address
    } else {
        Guarded::Place
    };
    push(found, kind, &whole, why);
    for line in address.split(['\n', ',']).map(str::trim) {
        if line.len() >= 5 && numbered(line) {
            // A flat has the number of many others.
            let kind = if line.len() < 8 && !line.ends_with(char::is_uppercase) {
                Guarded::Place
            } else {
                Guarded::Address
            };
            push(found, kind, line, why);
        }
    }
}

fn add_date(found: &mut Vec<Term>, text: &str, why: &str) {
    let mut push = |text: &str| push(found, Guarded::Birthday, text, why);
    push(text);
    if let Ok(day) = text.parse::<chrono::NaiveDate>() {
        push(&words::date(day));
        push(&day.format("%d/%m/%Y").to_string());
        push(&day.format("%-d/%-m/%Y").to_string());
    }
}

fn push(found: &mut Vec<Term>, kind: Guarded, text: &str, why: &str) {
    let why = if why.trim().is_empty() {
        "marked never to leave"
    } else {
        why
    };
    if !text.is_empty() && !holds(found, text) {
        found.push(Term {
            text: text.to_owned(),
            kind,
            why: why.to_owned(),
            as_a_name: false,
            report_only: false,
        });
    }
}

fn holds(found: &[Term], text: &str) -> bool {
    found.iter().any(|t| t.text.eq_ignore_ascii_case(text))
}
