//! Reading the law pack, and refusing one that contradicts itself.
//!
//! Lives here: turning `report-templates/sentencing/*.toml` into a [`LawPack`]. Not
//! here: what makes a pack wrong (`verify`). To read another file, add it to
//! [`LawPack::load`] beside the others.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use toml::Spanned;

use super::{
    courts::SpecialCourt,
    facts::Fact,
    messages::{Message, Reason},
    pack::{About, LawPack},
    programmes::Programme,
    requirement::Requirement,
    rows::{Change, GuidelineRange, ListedOffence, Rule},
    verify,
};
use crate::content::{ContentError, ContentFiles, line_of};

const FOLDER: &str = "report-templates/sentencing";

/// A row with the file and line it stands on, for messages about it.
pub(super) struct At<T> {
    pub file: String,
    pub line: usize,
    pub row: T,
}

impl<T> At<T> {
    /// A fault of this row.
    pub fn fault(&self, reason: impl Into<String>) -> ContentError {
        ContentError::new(&self.file, Some(self.line), reason)
    }
}

/// The pack as read, each row with its place.
pub(super) struct Read {
    pub about: At<About>,
    pub requirements: Vec<At<Requirement>>,
    pub rules: Vec<At<Rule>>,
    pub offences: Vec<At<ListedOffence>>,
    pub ranges: Vec<At<GuidelineRange>>,
    pub changes: Vec<At<Change>>,
    pub programmes: Vec<At<Programme>>,
    pub courts: Vec<At<SpecialCourt>>,
    pub facts: Vec<At<Fact>>,
    pub messages: Vec<At<Message>>,
    pub reasons: Vec<At<Reason>>,
}

/// What a file of the pack may hold. Each file says which by what is in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    #[serde(default = "Vec::new")]
    requirement: Vec<Spanned<Requirement>>,
    #[serde(default = "Vec::new")]
    rule: Vec<Spanned<Rule>>,
    #[serde(default = "Vec::new")]
    offence: Vec<Spanned<ListedOffence>>,
    #[serde(default = "Vec::new")]
    range: Vec<Spanned<GuidelineRange>>,
    #[serde(default = "Vec::new")]
    change: Vec<Spanned<Change>>,
    #[serde(default = "Vec::new")]
    programme: Vec<Spanned<Programme>>,
    #[serde(default = "Vec::new")]
    court: Vec<Spanned<SpecialCourt>>,
    #[serde(default = "Vec::new")]
    fact: Vec<Spanned<Fact>>,
    #[serde(default = "Vec::new")]
    finding: Vec<Spanned<Message>>,
    #[serde(default = "Vec::new")]
    reason: Vec<Spanned<Reason>>,
}

/// The files that hold rows.
const FILES: [&str; 9] = [
    "requirements.toml",
    "rules.toml",
    "offences.toml",
    "ranges.toml",
    "changes.toml",
    "programmes.toml",
    "courts.toml",
    "facts.toml",
    "practicability.toml",
];

impl LawPack {
    /// Reads and checks the pack.
    ///
    /// # Errors
    /// Every fault found, each with file, line and reason: a file that is missing or
    /// does not read, an unknown unit or date test, a bad date, a row without a source,
    /// rows of one chain that overlap or leave a gap, an id nobody knows, a message or a
    /// figure that the program needs and does not find.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let mut faults = Vec::new();
        faults.extend(strays(files));
        let about_path = format!("{FOLDER}/pack.toml");
        let about = keep(files.toml::<About>(&about_path), &mut faults);
        let mut rows: Vec<(String, &str, Rows)> = Vec::new();
        for file in FILES {
            let path = format!("{FOLDER}/{file}");
            let text = files.text(&path).unwrap_or_default();
            if let Some(read) = keep(files.toml::<Rows>(&path), &mut faults) {
                rows.push((path, text, read));
            }
        }
        let Some(about) = about.filter(|_| faults.is_empty()) else {
            return Err(faults);
        };
        let mut read = Read {
            about: At {
                file: about_path,
                line: 1,
                row: about,
            },
            requirements: Vec::new(),
            rules: Vec::new(),
            offences: Vec::new(),
            ranges: Vec::new(),
            changes: Vec::new(),
            programmes: Vec::new(),
            courts: Vec::new(),
            facts: Vec::new(),
            messages: Vec::new(),
            reasons: Vec::new(),
        };
        for (file, text, rows) in rows {
            read.requirements
                .extend(place(&file, text, rows.requirement));
            read.rules.extend(place(&file, text, rows.rule));
            read.offences.extend(place(&file, text, rows.offence));
            read.ranges.extend(place(&file, text, rows.range));
            read.changes.extend(place(&file, text, rows.change));
            read.programmes.extend(place(&file, text, rows.programme));
            read.courts.extend(place(&file, text, rows.court));
            read.facts.extend(place(&file, text, rows.fact));
            read.messages.extend(place(&file, text, rows.finding));
            read.reasons.extend(place(&file, text, rows.reason));
        }
        let faults = verify::faults(&read);
        if faults.is_empty() {
            Ok(read.into_pack())
        } else {
            Err(faults)
        }
    }
}

impl Read {
    fn into_pack(self) -> LawPack {
        let about = self.about.row;
        let mut requirements = bare(self.requirements);
        for row in &mut requirements {
            row.period_words = about.period.clone();
        }
        LawPack {
            about,
            requirements,
            rules: bare(self.rules),
            offences: bare(self.offences),
            ranges: bare(self.ranges),
            changes: bare(self.changes),
            programmes: bare(self.programmes),
            courts: bare(self.courts),
            facts: bare(self.facts),
            messages: by_code(bare(self.messages), |m| m.code.clone()),
            reasons: by_code(bare(self.reasons), |r| r.code.clone()),
        }
    }
}

/// A file that nothing reads would be a rule its author believes in and nobody applies.
fn strays(files: &ContentFiles) -> Vec<ContentError> {
    let known = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        // `services.toml` is read by `in_view`, which has to know the directory's terms.
        ["pack.toml", "README.md", "services.toml"].contains(&name) || FILES.contains(&name)
    };
    files
        .under(&format!("{FOLDER}/"))
        .filter(|(path, _)| !known(path))
        .map(|(path, _)| {
            let reason = format!(
                "no file of this name is read; it may be one of pack.toml, {}",
                FILES.join(", ")
            );
            ContentError::new(path, None, reason)
        })
        .collect()
}

fn keep<T: DeserializeOwned>(
    read: Result<T, ContentError>,
    faults: &mut Vec<ContentError>,
) -> Option<T> {
    read.map_err(|fault| faults.push(fault)).ok()
}

fn place<'a, T: 'a>(
    file: &'a str,
    text: &'a str,
    rows: Vec<Spanned<T>>,
) -> impl Iterator<Item = At<T>> + 'a {
    rows.into_iter().map(move |row| At {
        file: file.to_owned(),
        line: line_of(text, row.span().start),
        row: row.into_inner(),
    })
}

fn bare<T>(rows: Vec<At<T>>) -> Vec<T> {
    rows.into_iter().map(|at| at.row).collect()
}

fn by_code<T>(rows: Vec<T>, code: impl Fn(&T) -> String) -> BTreeMap<String, T> {
    rows.into_iter().map(|row| (code(&row), row)).collect()
}
