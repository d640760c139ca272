//! Reading one field of an entry's form at a time, with what is wrong in kind words.
//!
//! Lives here: texts, lists, numbers, days. Not here: which fields there are (the files
//! beside this one). Faults go by field name, in the order they are read, which is the
//! order of the page.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use crate::{
    directory::{Directory, Record},
    interview::{paragraphs, typed},
    web::form::{DateTyped, Form},
};

/// Longest line, in characters.
pub const LONGEST_LINE: usize = 300;
/// Longest text, in characters.
pub const LONGEST_TEXT: u32 = 3_000;
/// Most lines of a list.
const MOST_LINES: usize = 60;
/// Years that a day of an entry can lie in: outside them it is a slip.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// A form on its way to becoming an entry.
pub struct Reading<'a> {
    /// What was sent.
    pub form: &'a Form,
    /// The entry as it was.
    pub before: &'a Record,
    /// Against what names of places and terms are read.
    pub directory: &'a Directory,
    /// The day it was sent on.
    pub today: NaiveDate,
    faults: Vec<(String, String)>,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    #[must_use]
    pub fn new(
        form: &'a Form,
        before: &'a Record,
        directory: &'a Directory,
        today: NaiveDate,
    ) -> Self {
        Self {
            form,
            before,
            directory,
            today,
            faults: Vec::new(),
        }
    }

    /// What is wrong with the form, in page order.
    #[must_use]
    pub fn faults(self) -> Vec<(String, String)> {
        self.faults
    }

    /// Notes what is wrong with a field.
    pub fn fault(&mut self, field: impl Into<String>, what: impl Into<String>) {
        self.faults.push((field.into(), what.into()));
    }

    /// One line of text.
    pub fn line(&mut self, name: &str, label: &str) -> String {
        let text = paragraphs(self.form.one(name)).replace('\n', " ");
        self.no_longer_than(name, label, &text, LONGEST_LINE);
        text
    }

    /// Some paragraphs.
    pub fn text(&mut self, name: &str, label: &str) -> String {
        let text = paragraphs(self.form.one(name));
        self.no_longer_than(name, label, &text, LONGEST_TEXT as usize);
        text
    }

    /// A list, one a line; lines left empty are left out.
    pub fn lines(&mut self, name: &str, label: &str) -> Vec<String> {
        let text = paragraphs(self.form.one(name));
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        if lines.len() > MOST_LINES {
            let what = format!("{label} must have {MOST_LINES} lines or fewer");
            self.fault(name, what);
        } else if let Some(long) = lines.iter().find(|l| l.chars().count() > LONGEST_LINE) {
            let start: String = long.chars().take(20).collect();
            let what = format!(
                "{label}: the line that begins “{start}” must have {LONGEST_LINE} characters or fewer"
            );
            self.fault(name, what);
        }
        lines
    }

    fn no_longer_than(&mut self, name: &str, label: &str, text: &str, most: usize) {
        let count = text.chars().count();
        if count > most {
            let what = format!("{label} must have {most} characters or fewer; it has {count}");
            self.fault(name, what);
        }
    }

    /// A whole number within bounds; `None` where nothing was typed, or no such number.
    pub fn number<N>(&mut self, name: &str, label: &str, bounds: RangeInclusive<N>) -> Option<N>
    where
        N: TryFrom<i64> + PartialOrd + std::fmt::Display,
    {
        let typed = self.form.one(name);
        if typed.is_empty() {
            return None;
        }
        let number = typed.parse::<i64>().ok().and_then(|n| N::try_from(n).ok());
        let fits = number.filter(|n| bounds.contains(n));
        if fits.is_none() {
            let (from, to) = (bounds.start(), bounds.end());
            let what = format!("{label} must be a whole number from {from} to {to}");
            self.fault(name, what);
        }
        fits
    }

    /// A day; `None` where nothing was typed, or no such day.
    pub fn date(&mut self, name: &str, label: &str) -> Option<NaiveDate> {
        let DateTyped { day, month, year } = self.form.date(name);
        if [&day, &month, &year].iter().all(|part| part.is_empty()) {
            return None;
        }
        let real = typed::day(&day, &month, &year).filter(|d| YEARS.contains(&d.year()));
        if real.is_none() {
            let what = format!("{label} must be a real date, such as 20 11 2026");
            self.fault(name, what);
        }
        real
    }

    /// An e-mail address of a role.
    pub fn email(&mut self, name: &str, label: &str) -> String {
        let text = self.line(name, label);
        let shaped = text.split_once('@').is_some_and(|(who, host)| {
            !who.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
        });
        if !text.is_empty() && !shaped {
            let what = format!("{label} must be an email address, like referrals@example.org");
            self.fault(name, what);
        }
        text
    }
}

/// Names and values of a form about an entry, as they are held.
#[derive(Debug, Default)]
pub struct Held(Vec<(String, String)>);

impl Held {
    /// A value; nothing where it is empty.
    pub fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((name.into(), value));
        }
    }

    /// A list, one a line.
    pub fn lines(&mut self, name: &str, lines: &[String]) {
        self.put(name, lines.join("\n"));
    }

    /// A number; nothing where there is none.
    pub fn number<N: ToString>(&mut self, name: impl Into<String>, number: Option<N>) {
        self.put(name, number.map(|n| n.to_string()).unwrap_or_default());
    }

    /// A day; nothing where there is none.
    pub fn date(&mut self, name: &str, day: Option<NaiveDate>) {
        if let Some(day) = day {
            self.put(format!("{name}-day"), day.format("%-d").to_string());
            self.put(format!("{name}-month"), day.format("%-m").to_string());
            self.put(format!("{name}-year"), day.format("%Y").to_string());
        }
    }

    /// The form.
    #[must_use]
    pub fn form(self) -> Form {
        Form::new(self.0)
    }
}

/// Most rows of one kind that are looked at; what else is sent is not.
const MOST_ROWS: usize = 20;

/// How many rows of a kind, such as `opening`, have something typed in them.
#[must_use]
pub fn rows(form: &Form, kind: &str) -> usize {
    let start = format!("{kind}.");
    let filled = form.pairs().iter().filter(|(_, v)| !v.trim().is_empty());
    let numbers = filled.filter_map(|(name, _)| {
        let (at, _) = name.strip_prefix(&start)?.split_once('.')?;
        at.parse::<usize>().ok()
    });
    let last = numbers.filter(|at| *at < MOST_ROWS).max();
    last.map_or(0, |last| last + 1)
}

/// A row's words, numbered where there are several.
#[must_use]
pub fn of_row(label: &str, at: usize) -> String {
    format!("{label} ({})", at + 1)
}
