//! What a list shows of a report, kept sealed so that a list is one query; and the
//! words a report is found by, kept only as keyed hashes.
//!
//! Pure. To show one more thing in lists: a field in [`Summary`], filled in
//! [`Summary::of`]; older summaries are read with its default until the next save.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ReportId;
use crate::case::{CaseFile, Enquiry, Format};

/// One report in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Its id.
    pub id: ReportId,
    /// The woman's first and last name; empty while not known.
    pub name: String,
    /// Court case number.
    pub case_number: Option<String>,
    /// Name of the court; empty while not known.
    pub court: String,
    /// Day the court set.
    pub hearing_date: Option<NaiveDate>,
    /// Depth of the report.
    pub format: Format,
    /// True for an example that describes nobody.
    pub fictional: bool,
    /// Its enquiries, without anybody's name or words; `None` where the report was last
    /// saved before lists kept them, so that nothing is known without opening it.
    pub enquiries: Option<Vec<Enquiry>>,
    /// When it was started.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Its latest revision.
    pub revision: i64,
}

/// The sealed part of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Summary {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) crn: Option<String>,
    pub(super) case_number: Option<String>,
    pub(super) court: String,
    pub(super) hearing_date: Option<NaiveDate>,
    pub(super) format: Format,
    pub(super) enquiries: Option<Vec<Enquiry>>,
}

impl Summary {
    /// The parts of a case file that [`Self::of`] reads.
    pub(super) const RESTS_ON: [&str; 5] = ["woman", "hearing", "format", "fictional", "enquiries"];

    pub(super) fn of(case: &CaseFile) -> Self {
        Self {
            first: case.woman.name.first.clone(),
            last: case.woman.name.last.clone(),
            crn: case.woman.crn.clone(),
            case_number: case.hearing.case_number.clone(),
            court: case.hearing.court.clone(),
            hearing_date: case.hearing.date,
            format: case.format,
            enquiries: Some(bare(case)),
        }
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first.trim(), self.last.trim())
            .trim()
            .to_owned()
    }

    /// The words this report is found by: each word of her name, and reference
    /// numbers without their punctuation.
    pub(super) fn words(&self) -> BTreeSet<String> {
        let numbers = [&self.crn, &self.case_number];
        words(&self.first)
            .into_iter()
            .chain(words(&self.last))
            .chain(numbers.into_iter().flatten().map(|n| squeezed(n)))
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// Whether it fits what somebody is looking for.
    pub(super) fn fits(&self, sought: &Sought) -> bool {
        let mine = self.words();
        mine.contains(&sought.whole) || sought.words.iter().all(|word| mine.contains(word))
    }
}

/// The enquiries of a case as lists keep them.
pub(super) fn bare(case: &CaseFile) -> Vec<Enquiry> {
    case.enquiries.iter().map(Enquiry::bare).collect()
}

/// What somebody is looking for.
#[derive(Debug)]
pub(super) struct Sought {
    pub(super) words: Vec<String>,
    pub(super) whole: String,
}

impl Sought {
    /// Understood from what was typed; nothing where it holds no letter or digit.
    pub(super) fn from(typed: &str) -> Option<Self> {
        let words = words(typed);
        (!words.is_empty()).then(|| Self {
            words,
            whole: squeezed(typed),
        })
    }
}

/// Words as people type them: without case, accents or hyphens.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c))
        .map(squeezed)
        .filter(|word| !word.is_empty())
        .collect()
}

/// `O'Brien` is one word, whichever apostrophe was typed.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`')
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(without_accent)
        .collect()
}

/// The letter under the accents of names met in courts here.
fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ă' | 'ą' | 'ā' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' | 'ē' | 'ė' => 'e',
        'ğ' | 'ģ' => 'g',
        'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ī' | 'į' => 'i',
        'ķ' => 'k',
        'ł' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' | 'ū' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(first: &str, last: &str) -> Summary {
        Summary {
            first: first.into(),
            last: last.into(),
            crn: Some("X 123-456".into()),
            ..Summary::default()
        }
    }

    fn finds(typed: &str, summary: &Summary) -> bool {
        Sought::from(typed).is_some_and(|sought| summary.fits(&sought))
    }

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        let woman = summary("Zoë-Mae", "O’Brien Kowalska");
        for typed in [
            "zoe",
            "ZOË",
            "Mae",
            "o'brien",
            "OBrien",
            "kowalska zoe",
            "Zoe-Mae O'Brien",
        ] {
            assert!(finds(typed, &woman), "{typed}");
        }
        for typed in ["zo", "brien", "zoe smith", "", " - "] {
            assert!(!finds(typed, &woman), "{typed}");
        }
    }

    #[test]
    fn a_summary_from_before_enquiries_were_listed_is_read_as_not_known() {
        let old: Summary = serde_json::from_str(r#"{"first":"Angela","court":"Reading"}"#).unwrap();
        assert_eq!(old.enquiries, None);
        let none = Summary::of(&CaseFile::new());
        assert_eq!(none.enquiries, Some(Vec::new()));
    }

    #[test]
    fn a_reference_number_is_found_with_and_without_its_punctuation() {
        let woman = summary("Miriam", "Example");
        assert!(finds("X123456", &woman));
        assert!(finds("x 123 456", &woman));
        assert!(!finds("123456", &woman));
    }
}
