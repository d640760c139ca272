//! A second person's check, as it bears on a signature: where the court asked about
//! dangerousness nothing is signed without a current approval; elsewhere what is open is
//! said and stops nobody.
//!
//! Lives here: that judgement. Not here: any sentence
//! (`report-templates/quality/second-person.toml`), who was asked (`store::review`), or
//! the page (`web`).

use chrono::NaiveDate;
use serde::Deserialize;

use super::said::{self, FindingText, Said};
use crate::{
    case::CaseFile,
    content::{ContentError, ContentFiles},
    english::day,
    finding::Finding,
    interview::Interview,
};

const FILE: &str = "report-templates/quality/second-person.toml";

/// The prompt that says whether the court has asked.
const DANGEROUSNESS: &str = "dangerousness-asked";

/// Every finding this room gives, and the names each offers to its words.
const FINDINGS: [(&str, &[&str]); 7] = [
    ("second.missing", &[]),
    ("second.waiting", &["name", "on"]),
    ("second.sent-back", &["name", "on"]),
    ("second.earlier-version", &["name", "on", "changes"]),
    ("second.waiting-still", &["name", "on"]),
    ("second.returned", &["name", "on"]),
    ("second.changed-since", &["name", "on", "changes"]),
];

/// How a report's check by a second person stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SecondPerson {
    /// Nobody was asked.
    #[default]
    NotAsked,
    /// Asked, and not answered.
    Waiting(Who),
    /// Sent back.
    Returned(Who),
    /// Approved.
    Approved {
        /// By whom, and on which day.
        who: Who,
        /// How many saves came after what she read.
        changes: i64,
    },
}

/// Somebody, and the day she was asked or answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Name.
    pub name: String,
    /// Day.
    pub on: NaiveDate,
}

impl SecondPerson {
    /// Who approved the report as it stands, where somebody did.
    #[must_use]
    pub fn approved_now(&self) -> Option<&Who> {
        match self {
            Self::Approved { who, changes: 0 } => Some(who),
            _ => None,
        }
    }
}

/// What is said about a second person's check.
#[derive(Debug)]
pub struct SecondTexts {
    /// To the author, before she asks somebody.
    pub asks: Vec<String>,
    /// To whoever checks.
    pub checks: Vec<String>,
    said: Said,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    asks: Vec<String>,
    checks: Vec<String>,
    finding: Vec<FindingText>,
}

impl SecondTexts {
    /// Reads and checks the texts.
    ///
    /// # Errors
    /// Every fault found, each with its file.
    pub fn load(files: &ContentFiles, interview: &Interview) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let mut reasons = said::lacking(&file.finding, &FINDINGS);
        for (name, lines) in [("asks", &file.asks), ("checks", &file.checks)] {
            if lines.is_empty() || lines.iter().any(|line| line.trim().is_empty()) {
                reasons.push(format!("`{name}` must say something on each line"));
            }
        }
        if interview.prompt(DANGEROUSNESS).is_none() {
            reasons.push(format!(
                "there is no prompt `{DANGEROUSNESS}`, which decides"
            ));
        }
        if !reasons.is_empty() {
            let fault = |reason| ContentError::new(FILE, None, reason);
            return Err(reasons.into_iter().map(fault).collect());
        }
        Ok(Self {
            asks: file.asks,
            checks: file.checks,
            said: Said::of(file.finding),
        })
    }

    /// What stands between this report and a signature; nothing where it is approved as
    /// it stands, or where nobody need be asked and nobody was.
    #[must_use]
    pub fn check(&self, case: &CaseFile, second: &SecondPerson) -> Option<Finding> {
        let needed = is_needed(case);
        let told = |mandatory: &str, optional: &str, who: &Who, changes: Option<i64>| {
            let code = if needed { mandatory } else { optional };
            let changes = changes.map_or_else(String::new, |n| match n {
                1 => "1 change".to_owned(),
                n => format!("{n} changes"),
            });
            let on = day(who.on);
            let with = [
                ("name", who.name.as_str()),
                ("on", &on),
                ("changes", &changes),
            ];
            self.said.say(code, &with)
        };
        match second {
            SecondPerson::NotAsked if needed => self.said.say("second.missing", &[]),
            SecondPerson::NotAsked | SecondPerson::Approved { changes: 0, .. } => None,
            SecondPerson::Waiting(who) => told("second.waiting", "second.waiting-still", who, None),
            SecondPerson::Returned(who) => told("second.sent-back", "second.returned", who, None),
            SecondPerson::Approved { who, changes } => told(
                "second.earlier-version",
                "second.changed-since",
                who,
                Some(*changes),
            ),
        }
    }
}

/// True where the report is not signed without a second person.
#[must_use]
pub fn is_needed(case: &CaseFile) -> bool {
    let asked = case.value(DANGEROUSNESS).and_then(|v| v.as_str());
    asked == Some("yes")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{case::from_value, finding::Severity};

    fn texts() -> SecondTexts {
        let files = ContentFiles::embedded().unwrap();
        let interview = Interview::load(&files).unwrap();
        SecondTexts::load(&files, &interview).unwrap()
    }

    fn who() -> Who {
        Who {
            name: "Noor Senior".into(),
            on: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        }
    }

    fn case(asked: &str) -> CaseFile {
        let answers = json!({"dangerousness-asked": {"state": "answered", "value": asked}});
        from_value(json!({"foreword_case": 1, "answers": answers})).unwrap()
    }

    fn approved(changes: i64) -> SecondPerson {
        SecondPerson::Approved {
            who: who(),
            changes,
        }
    }

    #[test]
    fn where_the_court_asked_about_dangerousness_only_a_current_approval_opens_the_way() {
        let (texts, case) = (texts(), case("yes"));
        for second in [
            SecondPerson::NotAsked,
            SecondPerson::Waiting(who()),
            SecondPerson::Returned(who()),
            approved(2),
        ] {
            let finding = texts.check(&case, &second).unwrap();
            assert_eq!(finding.severity, Severity::Block, "{second:?}");
            assert!(finding.source.is_some());
        }
        assert_eq!(texts.check(&case, &approved(0)), None);
    }

    #[test]
    fn elsewhere_what_is_open_is_said_and_stops_nobody() {
        let (texts, case) = (texts(), case("no"));
        assert_eq!(texts.check(&case, &SecondPerson::NotAsked), None);
        assert_eq!(texts.check(&case, &approved(0)), None);
        for second in [SecondPerson::Waiting(who()), SecondPerson::Returned(who())] {
            let finding = texts.check(&case, &second).unwrap();
            assert_eq!(finding.severity, Severity::Warn, "{second:?}");
        }
        let stale = texts.check(&case, &approved(1)).unwrap();
        assert!(
            stale
                .what
                .contains("an earlier version, on 26 November 2026: 1 change since")
        );
        assert!(
            texts
                .check(&case, &approved(3))
                .unwrap()
                .what
                .contains("3 changes")
        );
    }

    #[test]
    fn only_an_approval_of_the_report_as_it_stands_is_one() {
        assert_eq!(approved(0).approved_now(), Some(&who()));
        assert_eq!(approved(1).approved_now(), None);
        assert_eq!(SecondPerson::Returned(who()).approved_now(), None);
    }
}
