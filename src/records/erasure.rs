//! Why a report may be erased, and how long a request to do so stands.
//!
//! Lives here: the shape of `erasure.toml`, and refusing one that says nothing. Not here: any
//! sentence, or erasing (`store::records`).

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::content::{ContentError, ContentFiles, line_of};

const FILE: &str = "report-templates/records/erasure.toml";
/// The longest a request may stand: what was judged a quarter ago is judged anew.
const LONGEST: u32 = 90;

/// What is said when a report is erased, and why one may be.
#[derive(Debug, Clone)]
pub struct ErasureTexts {
    /// For how many days a request stands.
    pub request_days: u32,
    /// What erasing does.
    pub means: Vec<String>,
    /// What is said about copies outside the database.
    pub elsewhere: Vec<String>,
    /// Why a report may be erased.
    pub reasons: Vec<ErasureReason>,
}

/// Why a report may be erased.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasureReason {
    /// Its id.
    pub id: String,
    /// In words.
    pub label: String,
    /// When it may be given.
    pub hint: String,
    /// True where the report's time must be over.
    #[serde(default)]
    pub after_time: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    request_days: u32,
    means: Vec<String>,
    elsewhere: Vec<String>,
    reason: Vec<toml::Spanned<ErasureReason>>,
}

impl ErasureTexts {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// It does not read, or something in it says nothing.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let text = files.text(FILE).map_err(|e| vec![e])?;
        let faults = faults(&file, text);
        if !faults.is_empty() {
            return Err(faults);
        }
        let reasons = file.reason.into_iter().map(toml::Spanned::into_inner);
        Ok(Self {
            request_days: file.request_days,
            means: file.means,
            elsewhere: file.elsewhere,
            reasons: reasons.collect(),
        })
    }

    /// A reason by its id.
    #[must_use]
    pub fn reason(&self, id: &str) -> Option<&ErasureReason> {
        self.reasons.iter().find(|reason| reason.id == id)
    }

    /// The last moment at which a request made now can still be confirmed is so far off.
    #[must_use]
    pub fn stands_for(&self) -> TimeDelta {
        TimeDelta::days(self.request_days.into())
    }

    /// Until when a request stands.
    #[must_use]
    pub fn until(&self, asked: DateTime<Utc>) -> DateTime<Utc> {
        asked + self.stands_for()
    }
}

fn faults(file: &File, text: &str) -> Vec<ContentError> {
    let blank = |text: &String| text.trim().is_empty();
    let mut faults = Vec::new();
    let mut fault = |line, reason: String| faults.push(ContentError::new(FILE, line, reason));
    if !(1..=LONGEST).contains(&file.request_days) {
        fault(None, format!("`request_days` must be from 1 to {LONGEST}"));
    }
    for (name, lines) in [("means", &file.means), ("elsewhere", &file.elsewhere)] {
        if lines.is_empty() || lines.iter().any(blank) {
            fault(
                None,
                format!("`{name}` must hold a plain sentence to a line, none empty"),
            );
        }
    }
    if file.reason.is_empty() {
        fault(
            None,
            "there must be a [[reason]] for which a report may be erased".to_owned(),
        );
    }
    for (at, row) in file.reason.iter().enumerate() {
        let (line, row) = (Some(line_of(text, row.span().start)), row.as_ref());
        if [&row.id, &row.label, &row.hint].into_iter().any(blank) {
            fault(line, "a [[reason]] needs `id`, `label` and `hint`".into());
        }
        let same = |other: &toml::Spanned<ErasureReason>| other.as_ref().id == row.id;
        if file.reason.iter().take(at).any(same) {
            fault(line, format!("there is another [[reason]] “{}”", row.id));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_nothing_is_refused_with_its_line() {
        let sound = ContentFiles::embedded().unwrap();
        let text = sound.text(FILE).unwrap();
        let with = |from: &str, to: &str| {
            assert!(text.contains(from), "{from}");
            let files = ContentFiles::from_pairs([(FILE, text.replacen(from, to, 1))]);
            let faults = ErasureTexts::load(&files).unwrap_err();
            faults.iter().map(ToString::to_string).collect::<String>()
        };
        assert!(with("request_days = 14", "request_days = 0").contains("from 1 to 90"));
        assert!(with("It cannot be undone.", " ").contains("`means`"));
        let twice = with("id = \"her-request\"", "id = \"retention-over\"");
        assert!(twice.contains("another [[reason]]"), "{twice}");
        let (last, _) = text
            .lines()
            .enumerate()
            .filter(|(_, l)| *l == "[[reason]]")
            .last()
            .unwrap();
        let line = last + 1;
        let silent = with("label = \"Another reason\"", "label = \"\"");
        assert!(silent.contains(&format!("line {line}")), "{silent}");
        let texts = ErasureTexts::load(&sound).unwrap();
        assert!(texts.reason("retention-over").unwrap().after_time);
        assert_eq!(texts.reason("x"), None);
    }
}
