//! Reading the interview pack: files to [`Interview`], shared lists resolved.
//!
//! Lives here: reading and filling in. Not here: what makes a pack wrong (`faults`).
//! To add a shared list, write it in `fields.toml`; nothing here names one.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{
    asking::{self, Asking},
    calendar::Calendar,
    faults,
    frameworks::{Strand, Theme},
    pack::{Choice, Field, Interview, Kind, Prompt, Section},
};
use crate::content::{ContentError, ContentFiles};

/// Folder of the pack.
const FOLDER: &str = "report-templates/interview/";
/// Folder of its sections, one file each.
const SECTIONS: &str = "report-templates/interview/sections/";

/// List of options that each theme fills for its own prompt.
const OUTCOMES: &str = "outcomes";

/// `interview.toml`: version, order, limits.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cover {
    version: String,
    sections: Vec<String>,
    limits: Limits,
}

/// Usual longest lengths, in characters; for `lines`, of all of them together.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    line: u32,
    text: u32,
    lines: u32,
}

/// `fields.toml`: lists that several prompts share.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shared {
    /// Option lists that another room fills after loading.
    pub filled_elsewhere: Vec<String>,
    pub options: BTreeMap<String, Vec<Choice>>,
    pub fields: BTreeMap<String, Vec<Field>>,
}

/// `themes.toml`: themes and the frameworks beside them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Themes {
    theme: Vec<Spanned<Theme>>,
    pathway: Vec<Strand>,
    target: Vec<Strand>,
}

/// One section's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    id: String,
    title: String,
    #[serde(default)]
    intro: String,
    #[serde(default)]
    sensitive: bool,
    prompt: Vec<Spanned<Prompt>>,
}

/// Where a prompt or theme was written, so that a fault can name its line.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub file: String,
    pub at: usize,
}

/// The pack as read, before it is judged.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub interview: Interview,
    /// One for each prompt, in the order of [`Interview::prompts`].
    pub prompts: Vec<Written>,
    /// One for each theme.
    pub themes: Vec<Written>,
    pub faults: Vec<ContentError>,
}

impl Interview {
    /// Reads and checks the pack in `report-templates/interview/`.
    ///
    /// # Errors
    /// Every fault found, each with its file, its line where known, and the reason.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let mut reading = read(files)?;
        faults::find(files, &mut reading);
        if reading.faults.is_empty() {
            Ok(reading.interview)
        } else {
            Err(reading.faults)
        }
    }
}

fn read(files: &ContentFiles) -> Result<Reading, Vec<ContentError>> {
    let cover: Cover = toml(files, "interview.toml").map_err(|e| vec![e])?;
    let shared: Result<Shared, _> = toml(files, "fields.toml");
    let themes: Result<Themes, _> = toml(files, "themes.toml");
    let asking: Result<Asking, _> = toml(files, "asking.toml");
    let calendar: Result<Calendar, _> = toml(files, "calendar.toml");
    let sections: Vec<Result<(String, SectionFile), _>> = cover
        .sections
        .iter()
        .map(|id| {
            let path = format!("{SECTIONS}{id}.toml");
            files.toml(&path).map(|section| (path, section))
        })
        .collect();
    let mut unread: Vec<ContentError> = strangers(files, &cover);
    unread.extend(shared.as_ref().err().cloned());
    unread.extend(themes.as_ref().err().cloned());
    unread.extend(asking.as_ref().err().cloned());
    unread.extend(sections.iter().filter_map(|s| s.as_ref().err().cloned()));
    unread.extend(calendar.as_ref().err().cloned());
    let (Ok(shared), Ok(themes), Ok(asking), Ok(calendar), true) =
        (shared, themes, asking, calendar, unread.is_empty())
    else {
        return Err(unread);
    };
    let mut reading = Reading::default();
    reading.interview.version = cover.version;
    let path = format!("{FOLDER}asking.toml");
    reading.faults = asking::faults(&asking, &path, &faults::INSPECTORATE);
    reading.interview.asking = asking;
    reading.interview.calendar = calendar;
    keep_themes(&mut reading, themes);
    for (path, section) in sections.into_iter().flatten() {
        keep_section(files, &mut reading, &path, section, &shared, cover.limits);
    }
    Ok(reading)
}

fn toml<T: serde::de::DeserializeOwned>(
    files: &ContentFiles,
    name: &str,
) -> Result<T, ContentError> {
    files.toml(&format!("{FOLDER}{name}"))
}

/// Section files that `interview.toml` does not list: a forgotten line there would
/// otherwise lose a whole section without a word.
fn strangers(files: &ContentFiles, cover: &Cover) -> Vec<ContentError> {
    files
        .under(SECTIONS)
        .filter_map(|(path, _)| {
            let name = path.strip_prefix(SECTIONS)?.strip_suffix(".toml")?;
            (!cover.sections.iter().any(|id| id == name)).then(|| {
                ContentError::new(
                    path,
                    None,
                    format!(
                        "no section of this name is listed in interview.toml; add `{name}` to \
                         `sections` there, or remove the file"
                    ),
                )
            })
        })
        .collect()
}

fn keep_themes(reading: &mut Reading, themes: Themes) {
    for theme in themes.theme {
        reading.themes.push(Written {
            file: format!("{FOLDER}themes.toml"),
            at: theme.span().start,
        });
        reading.interview.themes.push(theme.into_inner());
    }
    reading.interview.pathways = themes.pathway;
    reading.interview.targets = themes.target;
}

fn keep_section(
    files: &ContentFiles,
    reading: &mut Reading,
    path: &str,
    section: SectionFile,
    shared: &Shared,
    limits: Limits,
) {
    if format!("{SECTIONS}{}.toml", section.id) != path {
        reading.faults.push(ContentError::new(
            path,
            Some(1),
            format!(
                "the section's id is `{}`; a section's id and its file's name are the same",
                section.id
            ),
        ));
    }
    let mut kept = Section {
        id: section.id,
        title: section.title,
        intro: section.intro,
        sensitive: section.sensitive,
        prompts: Vec::new(),
    };
    for prompt in section.prompt {
        let written = Written {
            file: path.to_owned(),
            at: prompt.span().start,
        };
        let mut prompt = prompt.into_inner();
        let unknown = fill(&mut prompt, shared, &reading.interview.themes, limits);
        for (needle, reason) in unknown {
            let line = faults::line(files, &written, &needle);
            reading.faults.push(ContentError::new(path, line, reason));
        }
        reading.prompts.push(written);
        kept.prompts.push(prompt);
    }
    reading.interview.sections.push(kept);
}

/// Lays shared lists, theme descriptions and usual limits into a prompt. Gives back
/// what it could not find: the text to look for and the reason.
fn fill(
    prompt: &mut Prompt,
    shared: &Shared,
    themes: &[Theme],
    limits: Limits,
) -> Vec<(String, String)> {
    let mut unknown = Vec::new();
    if !prompt.fields_from.is_empty() {
        match shared.fields.get(&prompt.fields_from) {
            Some(fields) if fields.is_empty() => unknown.push((
                "fields_from".into(),
                format!(
                    "the list of fields `{}` in fields.toml is empty",
                    prompt.fields_from
                ),
            )),
            Some(fields) => prompt.fields.clone_from(fields),
            None => unknown.push((
                "fields_from".into(),
                format!("fields.toml has no list of fields `{}`", prompt.fields_from),
            )),
        }
    }
    let mut options = |from: &str, boolean: bool, options: &mut Vec<Choice>| {
        if boolean && options.is_empty() {
            *options = shared.options.get("yes-no").cloned().unwrap_or_default();
        }
        if from.is_empty() || shared.filled_elsewhere.iter().any(|l| l == from) {
            return;
        }
        match shared.options.get(from) {
            Some(list) if list.is_empty() => unknown.push((
                format!("options_from = \"{from}\""),
                format!("the list of options `{from}` in fields.toml is empty"),
            )),
            Some(list) => options.clone_from(list),
            None => unknown.push((
                format!("options_from = \"{from}\""),
                format!("fields.toml has no list of options `{from}`"),
            )),
        }
    };
    options(&prompt.options_from, prompt.boolean, &mut prompt.options);
    for field in &mut prompt.fields {
        options(&field.options_from, field.boolean, &mut field.options);
        field.max = field.max.or_else(|| usual(field.kind, limits));
    }
    prompt.max = prompt.max.or_else(|| usual(prompt.kind, limits));
    if let Some(theme) = themes.iter().find(|t| t.id == prompt.theme) {
        describe_levels(prompt, theme);
        offer_outcomes(prompt, theme);
    }
    unknown
}

/// Puts the theme's own description under each level.
fn describe_levels(prompt: &mut Prompt, theme: &Theme) {
    let levels = prompt.fields.iter_mut().filter(|f| f.id == "level");
    for option in levels.flat_map(|f| &mut f.options) {
        let description = match option.id.as_str() {
            "low" => &theme.low,
            "medium" => &theme.medium,
            "high" => &theme.high,
            _ => continue,
        };
        option.hint.clone_from(description);
    }
}

/// Gives a theme's prompt the outcomes of its own theme to choose from.
fn offer_outcomes(prompt: &mut Prompt, theme: &Theme) {
    let fields = prompt.fields.iter_mut();
    for field in fields.filter(|f| f.options_from == OUTCOMES) {
        field.options.clone_from(&theme.outcomes);
    }
}

fn usual(kind: Kind, limits: Limits) -> Option<u32> {
    match kind {
        Kind::Line | Kind::Area => Some(limits.line),
        Kind::Text => Some(limits.text),
        Kind::Lines => Some(limits.lines),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
