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

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tera::{Kwargs, State, Tera};

use super::{
    coverage, document,
    letters::Letters,
    named::{Named, Vocabulary},
    official::{self, Official},
    spoken::{self, Spoken, SpokenFile},
    words,
};
use crate::{
    case::Format,
    content::{ContentError, ContentFiles},
    english,
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
}

/// One section.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub id: String,
    pub heading: String,
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
        found.map(|s| s.heading.as_str())
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

/// A filter from words to words.
type Words = fn(&str) -> String;

fn new_tera() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([".md"]);
    tera.set_escape_fn(|text, out| out.write_all(document::escape(text).as_bytes()));
    tera.register_filter(
        "and_list",
        |items: Vec<String>, _: Kwargs, _: &State<'_>| words::and_list(&items),
    );
    let filters: [(&'static str, Words); 5] = [
        ("capital", words::capital),
        ("small", words::small),
        ("full_stop", words::full_stop),
        ("no_stop", words::no_stop),
        ("unquoted", words::unquoted),
    ];
    for (name, filter) in filters {
        tera.register_filter(name, move |text: &str, _: Kwargs, _: &State<'_>| {
            filter(text)
        });
    }
    tera
}

/// The helpers that every section may use.
fn read_helpers(tera: &mut Tera, files: &ContentFiles) -> Result<(), ContentError> {
    let path = format!("{FOLDER}/helpers.md");
    let text = files.text(&path)?;
    tera.add_raw_template("helpers.md", text).map_err(|e| {
        let said = e.to_string();
        ContentError::new(&path, Some(line_in(&said).max(1)), first_line(&said))
    })
}

fn read_section(
    tera: &mut Tera,
    id: &str,
    path: &str,
    text: &str,
    vocabulary: &Vocabulary,
) -> Result<Section, Vec<ContentError>> {
    let mut lines = text.lines().enumerate();
    let (level, heading) = lines
        .by_ref()
        .map(|(_, line)| line)
        .find(|line| !line.trim().is_empty())
        .and_then(heading)
        .ok_or_else(|| {
            vec![ContentError::new(
                path,
                Some(1),
                "a section file starts with its heading, such as `## Proposal`",
            )]
        })?;
    let mut faults = Vec::new();
    let mut passages: Vec<(Passage, usize, String)> = Vec::new();
    for (at, line) in lines {
        match passage_mark(line) {
            Some(mark) => match new_passage(id, mark) {
                Ok(passage) => passages.push((passage, at + 1, String::new())),
                Err(reason) => faults.push(ContentError::new(path, Some(at + 1), reason)),
            },
            None => match passages.last_mut() {
                Some((_, _, body)) => {
                    body.push_str(line);
                    body.push('\n');
                }
                None if line.trim().is_empty() => {}
                None => faults.push(ContentError::new(
                    path,
                    Some(at + 1),
                    "text before the first passage; start one with `{# passage: its-id #}`",
                )),
            },
        }
    }
    let mut ready = Vec::new();
    for (mut passage, at, body) in passages {
        match compile(tera, &mut passage, &body, vocabulary) {
            Ok(()) => ready.push(passage),
            Err((line, reason)) => {
                faults.push(ContentError::new(path, Some(at + line), reason));
            }
        }
    }
    if faults.is_empty() {
        Ok(Section {
            id: id.to_owned(),
            heading,
            level,
            passages: ready,
        })
    } else {
        Err(faults)
    }
}

fn heading(line: &str) -> Option<(u8, String)> {
    let hashes = line.chars().take_while(|c| *c == '#').count();
    let level = u8::try_from(hashes).ok().filter(|n| (1..=3).contains(n))?;
    Some((level, line[hashes..].trim().to_owned()))
}

fn passage_mark(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("{# passage:")?
        .strip_suffix("#}")
        .map(str::trim)
}

fn new_passage(section: &str, mark: &str) -> Result<Passage, String> {
    let (id, rest) = mark.split_once(' ').unwrap_or((mark, ""));
    let (each, standing) = match rest.trim() {
        "" => (Each::Once, false),
        "standing" => (Each::Once, true),
        "for each need" => (Each::Need, false),
        "for each enquiry" => (Each::Enquiry, false),
        other => {
            return Err(format!(
                "`{other}` after a passage's id is not known; use `standing`, `for each need` or `for each enquiry`"
            ));
        }
    };
    Ok(Passage {
        id: format!("{section}/{id}"),
        template: format!("{section}/{id}.md"),
        each,
        standing,
        body: String::new(),
        variables: BTreeSet::new(),
        named: Named::default(),
    })
}

/// Compiles a passage and notes the variables it names. The error is a line within
/// the passage and a reason.
fn compile(
    tera: &mut Tera,
    passage: &mut Passage,
    body: &str,
    vocabulary: &Vocabulary,
) -> Result<(), (usize, String)> {
    if tera.contains_template(&passage.template) {
        return Err((0, format!("there are two passages called `{}`", passage.id)));
    }
    tera.add_raw_template(&passage.template, body)
        .map_err(|e| (line_in(&e.to_string()), first_line(&e.to_string())))?;
    let variables = tera
        .get_template_variables(&passage.template)
        .map_err(|e| (0, e.to_string()))?;
    for variable in variables {
        let known = vocabulary.knows(variable)
            || (passage.each == Each::Need && variable == "need")
            || (passage.each == Each::Enquiry && variable == "enquiry");
        if !known {
            let line = body
                .lines()
                .position(|l| l.contains(variable))
                .map_or(0, |n| n + 1);
            let meant = english::nearest(variable, vocabulary.names());
            let reason = format!("`{variable}` is no prompt and no known fact{meant}");
            return Err((line, reason));
        }
        passage.variables.insert(variable.to_owned());
    }
    passage.named = vocabulary.named(&passage.variables);
    body.clone_into(&mut passage.body);
    Ok(())
}

/// Tera's errors show `--> name:line:column`.
fn line_in(error: &str) -> usize {
    error
        .split_once("--> ")
        .and_then(|(_, rest)| rest.lines().next())
        .and_then(|place| place.rsplit(':').nth(1))
        .and_then(|line| line.trim().parse().ok())
        .unwrap_or(0)
}

fn first_line(error: &str) -> String {
    error.lines().next().unwrap_or_default().trim().to_owned()
}
