//! What a list shows of a report, kept sealed so that a list is one query; and the
//! words a report is found by, kept only as keyed hashes.
//!
//! Pure. To show one more thing in lists: a field in [`Summary`], filled in
//! [`Summary::of`]; older summaries are read with its default until the next save.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ReportId;
use crate::case::{CaseFile, CentreAssessment, Enquiry, Format, Use};

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

/// A centre's reply that a report holds, as lists keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Id of the referral that it answers.
    pub referral: String,
    /// Which version of the reply, from 1.
    pub version: u32,
    /// Which things offered are not proposed, by their place in the package.
    pub not_proposed: Vec<usize>,
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
    /// Centres' replies that the report holds; `None` as for enquiries.
    pub(super) taken_in: Option<Vec<TakenIn>>,
}

impl Summary {
    /// The parts of a case file that [`Self::of`] reads.
    pub(super) const RESTS_ON: [&str; 6] = [
        "woman",
        "hearing",
        "format",
        "fictional",
        "enquiries",
        "assessments",
    ];

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
            taken_in: Some(taken_in(case)),
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

    /// Whether one of its reference numbers, whole, is what somebody is looking for.
    pub(super) fn has_reference(&self, sought: &Sought) -> bool {
        let numbers = [&self.crn, &self.case_number];
        let mut numbers = numbers.into_iter().flatten().map(|n| squeezed(n));
        numbers.any(|number| !number.is_empty() && number == sought.whole)
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

/// The replies of centres that a case holds.
pub(super) fn taken_in(case: &CaseFile) -> Vec<TakenIn> {
    let one = |one: &CentreAssessment| {
        let decided = one.decisions.iter();
        let dropped = decided.filter(|d| d.made == Use::NotProposed);
        TakenIn {
            referral: one.referral.clone(),
            version: one.version,
            not_proposed: dropped.map(|d| d.item).collect(),
        }
    };
    case.assessments.iter().map(one).collect()
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

    #[tokio::test]
    async fn a_row_from_before_enquiries_were_listed_is_opened_for_them_until_the_next_save() {
        use super::super::{
            AccountId, NewAccount, NewPassword, NewReport, Role, Store, StoreSettings,
            database::writing, error::StoreError, parts::Part, report_key::key_of,
        };
        use crate::case::revision::Write;

        let now = "2026-11-23T09:00:00Z".parse().unwrap();
        let folder = tempfile::TempDir::new().unwrap();
        let settings = StoreSettings::in_folder(folder.path().join("data"));
        let store = Store::open(&settings).await.unwrap();
        let account = NewAccount {
            id: AccountId::new(now),
            email: "sam@example.org".into(),
            display_name: "Sam".into(),
            roles: Role::Author.into(),
            password: NewPassword::new("three words and more").unwrap(),
        };
        let sam = store.create_account(account, now).await.unwrap().id;
        let author = store.as_author(sam);
        let enquiries = serde_json::json!([{
            "kind": "police-domestic-abuse", "agency": "Police", "outcome": "pending",
            "persons": ["Somebody"], "record_only": "words"
        }]);
        let writes = [Write::new("enquiries", enquiries)];
        let id = ReportId::new(now);
        let new = NewReport {
            id,
            pack_version: "1",
            writes: &writes,
        };
        author.create_report(new, now).await.unwrap();
        let kept = author.list().await.unwrap()[0].enquiries.clone().unwrap();
        assert_eq!(kept[0].agency, "Police");
        assert!(kept[0].persons.is_empty() && kept[0].record_only.is_none());

        let old = Summary {
            first: "Angela".into(),
            ..Summary::default()
        };
        let put = async || -> Result<(), StoreError> {
            writing!(&store.database, |tx| {
                let key = key_of!(&mut *tx, store.keys, id).unwrap();
                let sealed = key.seal(Part::Summary(1), &old)?;
                sqlx::query("UPDATE report SET summary = $1")
                    .bind(&sealed)
                    .execute(&mut *tx)
                    .await?;
            });
            Ok(())
        };
        put().await.unwrap();
        assert_eq!(author.list().await.unwrap()[0].enquiries, None);
        let opened = author.list_with_enquiries().await.unwrap();
        assert_eq!(opened[0].enquiries.as_ref(), Some(&kept));

        let save = [Write::new("hearing.court", serde_json::json!("Reading"))];
        author.save(id, &save, 1, now).await.unwrap();
        assert_eq!(
            author.list().await.unwrap()[0].enquiries.as_ref(),
            Some(&kept)
        );
    }
}
