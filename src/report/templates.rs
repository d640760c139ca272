//! Report templates: which sections a format has, and the passages of each.
//!
//! `report-templates/report/formats.toml` lists the sections of each format;
//! `report-templates/report/sections/<id>.md` holds one section: Markdown with Tera,
//! cut into passages by lines such as
//!
//! ```text
//! {# passage: what-led-to-it #}
//! ```
//!
//! A passage is the unit of evidence: it rests on the prompts whose variables it
//! names. `for each need` or `for each enquiry` after its id repeats it. A passage
//! marked `standing` may stand although it rests on no answer. To add a passage,
//! write it in the section's file; nothing here changes.

mod reading;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use serde::Deserialize;
use tera::Tera;

pub(super) use self::reading::new_tera;
use self::reading::{read_helpers, read_section};
use super::{
    coverage,
    letters::Letters,
    named::{Named, Vocabulary},
    official::{self, Official},
    opening::OpeningWords,
    spoken::{self, Spoken, SpokenFile},
};
use crate::{
    case::Format,
    content::{ContentError, ContentFiles},
    english::{AboutHer, Pronouns},
    interview::Interview,
};

/// Where the report's own text stands.
pub(super) const FOLDER: &str = "report-templates/report";

/// What a passage is repeated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Each {
    /// Once.
    Once,
    /// For each need, the most pressing first; bound to `need`.
    Need,
    /// For each enquiry; bound to `enquiry`.
    Enquiry,
}

/// One passage of a section.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    pub id: String,
    /// Name of its template.
    pub template: String,
    pub each: Each,
    pub standing: bool,
    /// Its text, as written.
    pub body: String,
    /// Variables it names.
    pub variables: BTreeSet<String>,
    /// The prompts and facts that they are.
    pub named: Named,
    /// True where its text may begin in more than one way.
    pub opens: bool,
    /// True where it speaks of her in marks, and so has a template for each of the pronouns.
    pub marked: bool,
}

impl Passage {
    /// The name of its template in these pronouns.
    pub(super) fn template_in(&self, pronouns: Pronouns) -> Cow<'_, str> {
        if self.marked && !pronouns.is_usual() {
            Cow::Owned(format!("{}/{}", pronouns.subject(), self.template))
        } else {
            Cow::Borrowed(&self.template)
        }
    }
}

/// One section.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub id: String,
    pub heading: AboutHer,
    pub level: u8,
    pub passages: Vec<Passage>,
}

/// What is written anew for each day or each ending of a report: a section that prints it
/// cannot be kept as an author left it.
const WRITTEN_ANEW: [&str; 2] = ["missing", "today"];

impl Section {
    /// True where an author may put her own words in its place.
    pub(super) fn can_be_edited(&self) -> bool {
        let mut names = self.passages.iter().flat_map(|p| &p.variables);
        !names.any(|name| WRITTEN_ANEW.contains(&name.as_str()))
    }
}

/// The report templates, checked.
#[derive(Clone)]
pub struct ReportTemplates {
    pub(super) tera: Tera,
    pub(super) vocabulary: Vocabulary,
    pub(super) version: String,
    pub(super) titles: BTreeMap<Format, String>,
    pub(super) sections: BTreeMap<Format, Vec<Section>>,
    pub(super) spoken: Spoken,
    pub(super) openings: OpeningWords,
    /// Letters to her.
    pub letters: Letters,
    official: Vec<Official>,
}

impl ReportTemplates {
    /// The heading of the official report under which a section of this one goes.
    #[must_use]
    pub fn official(&self, section: &str) -> Option<&str> {
        official::heading(&self.official, section)
    }

    /// The heading of a section of the report, in whichever kind of report has it.
    #[must_use]
    pub fn heading(&self, section: &str) -> Option<&str> {
        let mut all = self.sections.values().flatten();
        let found = all.find(|s| s.id == section);
        found.map(|s| &*s.heading)
    }

    /// The level of a section's heading.
    #[must_use]
    pub fn level(&self, section: &str) -> Option<u8> {
        let mut all = self.sections.values().flatten();
        all.find(|s| s.id == section).map(|s| s.level)
    }

    /// True where a report of this format has the section, and its author may edit it.
    #[must_use]
    pub fn can_be_edited(&self, section: &str, format: Format) -> bool {
        let mut mine = self.sections.get(&format).into_iter().flatten();
        mine.any(|s| s.id == section && s.can_be_edited())
    }
}

impl ReportTemplates {
    /// The passages of one kind of report, as `section/passage`, in its order.
    pub fn passages(&self, format: Format) -> impl Iterator<Item = &str> {
        let sections = self.sections.get(&format).into_iter().flatten();
        sections.flat_map(|s| s.passages.iter().map(|p| p.id.as_str()))
    }
}

impl std::fmt::Debug for ReportTemplates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportTemplates")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Formats {
    version: String,
    format: BTreeMap<Format, FormatFile>,
    #[serde(default)]
    openings: OpeningWords,
    #[serde(default)]
    official: Vec<Official>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatFile {
    title: String,
    /// False where the sections stand in the order of the official report.
    proposal_first: bool,
    sections: Vec<String>,
}

impl ReportTemplates {
    /// Reads and checks the report templates against the interview whose prompts
    /// they name.
    ///
    /// # Errors
    /// Every fault found: a missing section file, a passage that Tera cannot read, a
    /// variable that is no prompt and no known fact, an answer that no passage reads;
    /// each with file and line.
    pub fn load(files: &ContentFiles, interview: &Interview) -> Result<Self, Vec<ContentError>> {
        let formats: Formats = files
            .toml(&format!("{FOLDER}/formats.toml"))
            .map_err(|e| vec![e])?;
        let aloud: SpokenFile = files.toml(&spoken::path()).map_err(|e| vec![e])?;
        let mut faults = Vec::new();
        let mut tera = new_tera();
        read_helpers(&mut tera, files).map_err(|fault| vec![fault])?;
        let vocabulary = Vocabulary::of(interview);
        let mut read: BTreeMap<String, Section> = BTreeMap::new();
        // Each section once, whatever has it.
        let of_formats = formats.format.values().flat_map(|f| &f.sections);
        let of_oral = aloud.sections.iter().chain(&aloud.record_sections);
        let listed: BTreeSet<&String> = of_formats.chain(of_oral).collect();
        for id in listed {
            let path = format!("{FOLDER}/sections/{id}.md");
            let section = files
                .text(&path)
                .map_err(|e| vec![e])
                .and_then(|text| read_section(&mut tera, id, &path, text, &vocabulary));
            match section {
                Ok(section) => {
                    read.insert(id.clone(), section);
                }
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let pick = |ids: &[String]| -> Vec<Section> {
            ids.iter().filter_map(|id| read.get(id).cloned()).collect()
        };
        let letters = Letters::load(files, &aloud.not_spoken, |id, path| {
            let text = files.text(path).map_err(|e| vec![e])?;
            read_section(&mut tera, id, path, text, &vocabulary)
        })?;
        let spoken = Spoken::of(files, aloud, pick)?;
        let sections = formats
            .format
            .iter()
            .map(|(f, s)| {
                let ids = if s.proposal_first {
                    s.sections.clone()
                } else {
                    official::in_order(&s.sections, &formats.official)
                };
                (*f, pick(&ids))
            })
            .collect();
        let path = format!("{FOLDER}/formats.toml");
        let mut faults = coverage::faults(files, interview, &path, &sections);
        faults.extend(official::faults(files, &path, &formats.official, |id| {
            read.contains_key(id)
        }));
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            tera,
            vocabulary,
            version: formats.version,
            titles: formats
                .format
                .iter()
                .map(|(f, s)| (*f, s.title.clone()))
                .collect(),
            sections,
            spoken,
            openings: formats.openings,
            letters,
            official: formats.official,
        })
    }

    /// Version of the pack.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}
