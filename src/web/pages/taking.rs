//! What an entry says that the author may take into the form of a chosen service with
//! one press: what it offers, its days and hours; and that it was confirmed today.
//!
//! Lives here: what can be taken, and the form with it. Nothing is taken by itself, and
//! nothing that was taken is saved until the author saves. Not here: the form
//! (`service_form`). One more thing to take is one more [`Taking`].

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    case::Slot,
    directory::{Directory, PublicRecord},
    report::words::slot,
    web::{form::Form, words},
};

/// Something that may be taken into the form.
#[derive(Debug, Clone, Serialize)]
pub struct Taking {
    /// Value of the button that takes it.
    take: &'static str,
    /// What the button says.
    button: &'static str,
    /// What would be taken.
    says: String,
    /// The field it goes to.
    goes_to: &'static str,
    #[serde(skip)]
    pairs: Vec<(String, String)>,
}

impl Taking {
    /// All that an entry offers to take, and the confirmation of today.
    #[must_use]
    pub fn all(id: &str, directory: &Directory, today: NaiveDate) -> Vec<Self> {
        let entry = directory.service(id).and_then(|s| s.record.public());
        let mut all = Vec::new();
        if let Some(entry) = &entry {
            all.extend(offer(entry));
            all.extend(times(entry));
        }
        all.push(confirmed(today));
        all
    }

    /// The form with what its button takes, in place of what stood there.
    #[must_use]
    pub fn into_form(all: &[Self], form: &Form) -> Form {
        let taken = all.iter().find(|t| t.take == form.one("again"));
        let Some(taken) = taken else {
            return form.clone();
        };
        let replaced = |name: &str| match taken.take {
            "take-times" => name.starts_with("slot."),
            _ => taken.pairs.iter().any(|(n, _)| n == name),
        };
        let kept = form.pairs().iter().filter(|(name, _)| !replaced(name));
        Form::new(kept.chain(&taken.pairs).cloned().collect())
    }

    /// One of each, with hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let one = |take, button, says: &str, goes_to| Self {
            take,
            button,
            says: says.into(),
            goes_to,
            pairs: Vec::new(),
        };
        vec![
            one(
                "take-offer",
                "Use these words",
                "A <b>women's</b> centre",
                "offer",
            ),
            one(
                "take-times",
                "Use these times",
                "Tuesday, 10am to 1pm",
                "slot.0.days",
            ),
            one(
                "take-today",
                "Confirmed today",
                "25 November 2026",
                "confirmed_on-day",
            ),
        ]
    }
}

/// What it does, in the entry's own sentences, or else the list of what it offers.
fn offer(entry: &PublicRecord) -> Option<Taking> {
    let listed = entry.service_types.join("; ");
    let says = [entry.description.trim(), listed.trim()];
    let says = says.into_iter().find(|text| !text.is_empty())?;
    Some(Taking {
        take: "take-offer",
        button: "Use these words for what it offers her",
        says: says.to_owned(),
        goes_to: "offer",
        pairs: vec![("offer".into(), says.to_owned())],
    })
}

/// The weekly openings that have days and hours.
fn times(entry: &PublicRecord) -> Option<Taking> {
    let openings = entry.facts.openings.iter();
    let weekly = openings.filter(|o| o.often == crate::directory::facts::Often::Weekly);
    let slots: Vec<Slot> = weekly
        .filter(|o| !o.days.is_empty())
        .filter_map(|o| {
            Some(Slot {
                days: o.days.clone(),
                from: o.from?,
                to: o.to?,
            })
        })
        .collect();
    if slots.is_empty() {
        return None;
    }
    let mut pairs = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        let days = slot.days.iter().map(|d| d.name().to_lowercase());
        pairs.extend(days.map(|day| (format!("slot.{at}.days"), day)));
        let times = [("from", slot.from), ("to", slot.to)];
        pairs.extend(times.map(|(part, time)| {
            let name = format!("slot.{at}.{part}");
            (name, time.format("%H:%M").to_string())
        }));
    }
    let said: Vec<String> = slots.iter().map(slot).collect();
    Some(Taking {
        take: "take-times",
        button: "Use these days and hours",
        says: said.join("; "),
        goes_to: "slot.0.from",
        pairs,
    })
}

fn confirmed(today: NaiveDate) -> Taking {
    let part = |part: &str, format: &str| {
        let name = format!("confirmed_on-{part}");
        (name, today.format(format).to_string())
    };
    Taking {
        take: "take-today",
        button: "It was confirmed today",
        says: words::day(today),
        goes_to: "confirmed_on-day",
        pairs: vec![part("day", "%-d"), part("month", "%-m"), part("year", "%Y")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        case::Day,
        content::ContentFiles,
        directory::facts::{Often, Opening},
        interview::typed::kept_time,
    };

    fn directory(change: impl FnOnce(&mut crate::directory::Record)) -> (Directory, String) {
        let directory = Directory::load(&ContentFiles::embedded().unwrap()).unwrap();
        let mut record = directory.services()[0].record.clone();
        change(&mut record);
        let id = record.id.clone();
        (directory.with_records(vec![record]), id)
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn form(pairs: &[(&str, &str)]) -> Form {
        let pairs = pairs.iter();
        Form::new(pairs.map(|(n, v)| ((*n).into(), (*v).into())).collect())
    }

    #[test]
    fn what_is_taken_goes_into_the_form_and_the_rest_of_it_stays() {
        let (directory, id) = directory(|r| {
            r.description = "A centre for women.".into();
            let opening = |often| Opening {
                days: vec![Day::Tuesday, Day::Friday],
                from: kept_time("10:00"),
                to: kept_time("13:00"),
                often,
                ..Opening::default()
            };
            r.facts.openings = vec![opening(Often::Monthly), opening(Often::Weekly)];
        });
        let all = Taking::all(&id, &directory, today());
        let typed = form(&[
            ("held", "four weeks"),
            ("slot.0.from", "9"),
            ("again", "take-times"),
        ]);
        let taken = Taking::into_form(&all, &typed);
        assert_eq!(taken.one("held"), "four weeks");
        assert_eq!(taken.all("slot.0.days"), ["tuesday", "friday"]);
        assert_eq!(taken.all("slot.0.from"), ["10:00"]);
        assert_eq!(taken.get("slot.1.from"), None);
        let typed = form(&[("offer", ""), ("again", "take-offer")]);
        let taken = Taking::into_form(&all, &typed);
        assert_eq!(taken.one("offer"), "A centre for women.");
    }

    #[test]
    fn an_entry_that_says_neither_offers_only_the_day() {
        let (directory, id) = directory(|r| {
            r.description = String::new();
            r.service_types.clear();
        });
        let all = Taking::all(&id, &directory, today());
        assert_eq!(all.len(), 1);
        let taken = Taking::into_form(&all, &form(&[("again", "take-today")]));
        assert_eq!(taken.date("confirmed_on").day, "22");
        assert_eq!(taken.one("confirmed_with"), "");
    }
}
