//! Reading the folder's CSV and TOML files row by row, so that every fault is told
//! with its line and no fault hides the next.
//!
//! Lives here: the readers. Not here: what any column means. A new CSV file is one
//! struct with `Deserialize` and one call of [`rows`].

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use crate::content::{ContentError, ContentFiles};

/// After this many bad rows the header is the likely fault, and the rest says nothing new.
const ENOUGH_FAULTS: usize = 20;

/// The rows of a CSV file with their lines. Bad rows are told in `faults` and left out.
pub(super) fn rows<T: DeserializeOwned>(
    files: &ContentFiles,
    path: &str,
    faults: &mut Vec<ContentError>,
) -> Vec<(usize, T)> {
    let text = match files.text(path) {
        Ok(text) => text,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(e) => {
            faults.push(ContentError::new(path, Some(1), e.to_string()));
            return Vec::new();
        }
    };
    let mut good = Vec::new();
    let mut bad = 0;
    for record in reader.records() {
        let row = record.and_then(|r| {
            let line = r.position().map_or(0, csv::Position::line);
            Ok((
                usize::try_from(line).unwrap_or(0),
                r.deserialize(Some(&header))?,
            ))
        });
        match row {
            Ok(row) => good.push(row),
            Err(e) => {
                faults.push(csv_fault(path, &e));
                bad += 1;
                if bad == ENOUGH_FAULTS {
                    break;
                }
            }
        }
    }
    good
}

fn csv_fault(path: &str, e: &csv::Error) -> ContentError {
    let line = e
        .position()
        .and_then(|p| usize::try_from(p.line()).ok())
        .filter(|line| *line > 0);
    let reason = match e.kind() {
        csv::ErrorKind::Deserialize { err, .. } => {
            format!("this row cannot be read: {}", err.kind())
        }
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!(
            "this row has {len} values where the header has {expected_len}; a value with a comma \
             in it needs quotation marks around it"
        ),
        _ => e.to_string(),
    };
    ContentError::new(path, line, reason)
}

/// Where each line of a text begins: counting lines afresh for each of 4,000 values
/// took two seconds of every start.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        Self(breaks.map(|(at, _)| at).collect())
    }

    /// The line, counted from 1, that holds byte `at`.
    fn at(&self, at: usize) -> usize {
        self.0.partition_point(|end| *end < at) + 1
    }
}

/// One block of a TOML file, such as a `[[service]]`, read key by key.
pub(super) struct Block<'a, 'f> {
    path: &'a str,
    lines: &'a Lines,
    line: usize,
    table: &'a DeTable<'a>,
    faults: &'f mut Vec<ContentError>,
}

/// A value with the line it stands on.
pub(super) type Placed = (usize, String);

impl<'a, 'f> Block<'a, 'f> {
    /// A block of the file `path`, whose lines are `lines`.
    pub(super) fn new(
        path: &'a str,
        lines: &'a Lines,
        value: &'a Spanned<DeValue<'a>>,
        faults: &'f mut Vec<ContentError>,
    ) -> Option<Self> {
        let line = lines.at(value.span().start);
        match value.get_ref() {
            DeValue::Table(table) => Some(Self {
                path,
                lines,
                line,
                table,
                faults,
            }),
            other => {
                let reason = format!("a block of keys is wanted here, not {}", other.type_str());
                faults.push(ContentError::new(path, Some(line), reason));
                None
            }
        }
    }

    /// Tells a fault at a line.
    pub(super) fn fault(&mut self, line: usize, reason: impl Into<String>) {
        self.faults
            .push(ContentError::new(self.path, Some(line), reason));
    }

    /// Whether the key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Line of a key, or of the block where the key is missing.
    pub(super) fn line(&self, key: &str) -> usize {
        self.table
            .get(key)
            .map_or(self.line, |v| self.lines.at(v.span().start))
    }

    /// A text that must be there and may be empty.
    pub(super) fn text(&mut self, key: &str) -> String {
        let line = self.line(key);
        let found = self.table.get(key).map(Spanned::get_ref);
        match found {
            Some(DeValue::String(text)) => text.trim().to_owned(),
            Some(other) => {
                let reason = format!(
                    "`{key}` must be text in quotation marks, not {}",
                    other.type_str()
                );
                self.fault(line, reason);
                String::new()
            }
            None => {
                self.fault(
                    line,
                    format!("`{key}` is missing; where it is not known, write {key} = \"\""),
                );
                String::new()
            }
        }
    }

    /// A text that must say something.
    pub(super) fn needed(&mut self, key: &str) -> String {
        let before = self.faults.len();
        let text = self.text(key);
        if text.is_empty() && self.faults.len() == before {
            let line = self.line(key);
            self.fault(line, format!("`{key}` is empty; every record needs it"));
        }
        text
    }

    /// A text that need not be there.
    pub(super) fn optional(&mut self, key: &str) -> Option<String> {
        self.table
            .contains_key(key)
            .then(|| self.text(key))
            .filter(|t| !t.is_empty())
    }

    /// A list of texts, each with its line; must be there and may be empty.
    pub(super) fn list(&mut self, key: &str) -> Vec<Placed> {
        let line = self.line(key);
        let Some(value) = self.table.get(key) else {
            self.fault(
                line,
                format!("`{key}` is missing; where it is not known, write {key} = []"),
            );
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(line, format!("`{key}` must be a list: {key} = [\"…\"]"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let at = self.lines.at(item.span().start);
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    texts.push((at, text.trim().to_owned()));
                }
                _ => self.fault(
                    at,
                    format!("every part of `{key}` must be text in quotation marks"),
                ),
            }
        }
        texts
    }

    /// A value of any other shape that need not be there.
    pub(super) fn typed<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let value = self.table.get(key)?;
        match T::deserialize(ValueDeserializer::from(value.clone())) {
            Ok(typed) => Some(typed),
            Err(e) => {
                let at = e.span().map_or(value.span().start, |span| span.start);
                let line = self.lines.at(at);
                self.fault(line, format!("`{key}`: {}", e.message().trim()));
                None
            }
        }
    }

    /// A list that need not be there.
    pub(super) fn optional_list(&mut self, key: &str) -> Vec<Placed> {
        if self.table.contains_key(key) {
            self.list(key)
        } else {
            Vec::new()
        }
    }

    /// Tells every key that is not in `known`.
    pub(super) fn only(&mut self, known: &[&str]) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let line = self.lines.at(key.span().start);
                self.faults.push(ContentError::new(
                    self.path,
                    Some(line),
                    format!(
                        "there is no key `{name}`; the keys are {}",
                        known.join(", ")
                    ),
                ));
            }
        }
    }
}
