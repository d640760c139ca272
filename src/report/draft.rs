//! Assembling a draft: templates and answers in, passages with their evidence out.

use std::borrow::Cow;

use tera::{Context, Value};

use super::{
    Materials,
    context::Shown,
    edited::{self, Edited},
    enquiry,
    evidence::{Evidence, evidence},
    letters::Letter,
    opening::{Before, OPENING, Opening, SHE_OR_NAME},
    spoken::SpeakingNote,
    templates::{self, Each, Passage as Template},
    withhold::{self, Withheld},
    words,
};
use crate::{
    case::{self, CaseFileError},
    interview::Held,
    needs::{self, Need},
};

/// Why a draft could not be made. Each is a fault of content, not of answers.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The pack has no report of this format.
    #[error(
        "the report templates have no {0} report; add it to report-templates/report/formats.toml"
    )]
    NoFormat(String),
    /// A passage failed while it was being written.
    #[error("report-templates/report/sections/{passage}: {reason}")]
    Passage {
        /// `section/passage`.
        passage: String,
        /// What Tera said, causes included.
        reason: String,
    },
    /// The case file could not be read back after terms were withheld.
    #[error(transparent)]
    Case(#[from] CaseFileError),
    /// The case file could not be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// One passage of the draft.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Passage {
    /// `section/passage`, with `/n` after it where it is repeated.
    pub id: String,
    /// Its Markdown.
    pub markdown: String,
    /// What it rests on; empty for a standing passage.
    pub evidence: Vec<Evidence>,
    /// Sentences of an author's edit that no answer bears out.
    pub unsupported: Vec<String>,
}

/// One section of the draft.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Section {
    /// Id of the section.
    pub id: String,
    /// Heading.
    pub heading: String,
    /// Heading level, 1 to 3.
    pub level: u8,
    /// Passages that have something to say.
    pub passages: Vec<Passage>,
    /// What the author made of it, where she has edited it: the passages are hers then.
    pub edited: Option<Edited>,
}

/// A whole draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Title of the document.
    pub title: String,
    /// Sections that have something to say.
    pub sections: Vec<Section>,
    /// Terms that were taken out because they must not leave.
    pub withheld: Vec<Withheld>,
}

impl Draft {
    /// The whole draft as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::with_capacity(16 * 1024);
        for section in &self.sections {
            for _ in 0..section.level {
                out.push('#');
            }
            out.push(' ');
            out.push_str(&section.heading);
            out.push_str("\n\n");
            for passage in &section.passages {
                out.push_str(&passage.markdown);
                out.push_str("\n\n");
            }
        }
        out
    }
}

/// Drafts the report.
///
/// # Errors
/// The pack has no report of the case's format, or a passage fails.
pub fn draft(materials: &Materials<'_>) -> Result<Draft, DraftError> {
    let format = materials.case.format;
    let templates = materials.templates;
    let sections = templates
        .sections
        .get(&format)
        .ok_or_else(|| DraftError::NoFormat(format!("{format:?}").to_lowercase()))?;
    let title = templates.titles.get(&format).cloned().unwrap_or_default();
    written(materials, title, sections)
}

/// Drafts the note that an oral report is spoken from.
///
/// # Errors
/// A passage fails.
pub fn speaking_note(materials: &Materials<'_>) -> Result<SpeakingNote, DraftError> {
    let spoken = &materials.templates.spoken;
    let draft = written(materials, spoken.title.clone(), &spoken.sections)?;
    Ok(spoken.note(draft))
}

/// Drafts a letter.
///
/// # Errors
/// A passage fails.
pub fn letter(materials: &Materials<'_>, letter: &Letter) -> Result<Draft, DraftError> {
    let section = std::slice::from_ref(&letter.section);
    written(materials, letter.title.clone(), section)
}

/// Drafts the record of an oral report.
///
/// # Errors
/// A passage fails.
pub fn oral_record(materials: &Materials<'_>) -> Result<Draft, DraftError> {
    let spoken = &materials.templates.spoken;
    written(materials, spoken.record_title.clone(), &spoken.record)
}

fn written(
    materials: &Materials<'_>,
    title: String,
    sections: &[templates::Section],
) -> Result<Draft, DraftError> {
    let terms = withhold::terms(materials.case, materials.interview);
    // Terms are sought in all that was ever answered; what is written from is the
    // part of it that stands behind prompts which are asked.
    let opened;
    // Never another case's: one report's words must not reach another.
    let same = |held: &&Held<'_>| std::ptr::eq(held.case(), materials.case);
    let held = if let Some(held) = materials.held.filter(same) {
        held
    } else {
        opened = Held::of(materials.case);
        &opened
    };
    let asked = materials.interview.asked_part_of(held);
    let mut facts = match &asked {
        Cow::Borrowed(_) => Cow::Borrowed(held.facts()),
        Cow::Owned(part) => Cow::Owned(case::facts(part)?),
    };
    let materials = &Materials {
        case: &asked,
        held: None,
        ..*materials
    };
    let found = withhold::find(materials.case, &facts, &terms);
    let clean;
    let case = if found.changes_the_case() {
        let mut json = serde_json::to_value(materials.case)?;
        found.put_marks(&mut json);
        clean = case::from_value(json)?;
        facts = Cow::Owned(case::facts(&clean)?);
        &clean
    } else {
        materials.case
    };
    if !case.protected.is_empty() {
        withhold::drop_protected(facts.to_mut());
    }
    let needs = needs::pressing_first(needs::needs(case, materials.interview));
    let pronouns = case.woman.name.pronouns;
    let before = || {
        let name = words::short_name(&case.woman.name);
        Before::nothing(&materials.templates.openings, name, pronouns)
    };
    let mut context = Context::new();
    let name = words::short_name(&case.woman.name);
    let begins = materials.templates.openings.she_or_name(&name, pronouns);
    context.insert_value(SHE_OR_NAME, begins.into());
    let mut writer = Writer {
        shown: Shown {
            materials,
            case,
            facts: &facts,
        },
        context,
        needs: &needs,
        before: before(),
    };
    let mut drafted = Vec::new();
    let mut edits = Vec::new();
    for section in sections {
        let mut passages = Vec::new();
        writer.before = before();
        for template in &section.passages {
            writer.write(template, &mut passages)?;
        }
        let edit = case
            .edits
            .get(&section.id)
            .filter(|_| section.can_be_edited());
        edits.extend(edit.map(|edit| (drafted.len(), edit)));
        if edit.is_some() || !passages.is_empty() {
            drafted.push(Section {
                id: section.id.clone(),
                heading: section.heading.of(pronouns).into_owned(),
                level: section.level,
                passages,
                edited: None,
            });
        }
    }
    let mut withheld = found.withheld;
    if !edits.is_empty() {
        let found = edited::lay(&mut drafted, &edits, case, &facts, &terms);
        withheld.extend(found);
    }
    Ok(Draft {
        title,
        sections: drafted,
        withheld,
    })
}

struct Writer<'a> {
    shown: Shown<'a>,
    context: Context,
    needs: &'a [Need],
    /// What was written last of the section.
    before: Before<'a>,
}

impl Writer<'_> {
    fn write(&mut self, template: &Template, out: &mut Vec<Passage>) -> Result<(), DraftError> {
        let Shown {
            materials, case, ..
        } = self.shown;
        let vocabulary = &materials.templates.vocabulary;
        let numbered = |n: usize| format!("{}/{}", template.id, n + 1);
        match template.each {
            Each::Once => {
                let evidence = evidence(case, &template.named, None);
                self.render(template, template.id.clone(), evidence, out)?;
            }
            Each::Need => {
                for (n, need) in self.needs.iter().enumerate() {
                    let repeated = vocabulary.prompt(&need.prompt);
                    self.context.insert_value("need", self.shown.need(need));
                    let evidence = evidence(case, &template.named, repeated);
                    self.render(template, numbered(n), evidence, out)?;
                }
            }
            Each::Enquiry => {
                let repeated = vocabulary.prompt("enquiries");
                let waiting = enquiry::requirements_wait(case, materials);
                for (n, enquiry) in case.enquiries.iter().enumerate() {
                    let shown = enquiry::enquiry(enquiry, waiting);
                    self.context.insert_value("enquiry", Value::from(shown));
                    let evidence = evidence(case, &template.named, repeated);
                    self.render(template, numbered(n), evidence, out)?;
                }
            }
        }
        Ok(())
    }

    /// Renders one passage, and keeps it when it says something and rests on
    /// something.
    fn render(
        &mut self,
        template: &Template,
        id: String,
        evidence: Vec<Evidence>,
        out: &mut Vec<Passage>,
    ) -> Result<(), DraftError> {
        if evidence.is_empty() && !template.standing {
            return Ok(());
        }
        self.shown.bind(&template.named, &mut self.context);
        let mut markdown = self.in_words(template, self.before.next())?;
        if template.opens
            && self.before.next() == Opening::Pronoun
            && self.before.too_many(&markdown)
        {
            markdown = self.in_words(template, Opening::Topic)?;
        }
        if !markdown.is_empty() {
            let own = template.each != Each::Once || template.named.hold_own_words(self.shown.case);
            self.before.wrote(&markdown, own);
            out.push(Passage {
                id,
                markdown,
                evidence,
                unsupported: Vec::new(),
            });
        }
        Ok(())
    }

    fn in_words(&mut self, template: &Template, opening: Opening) -> Result<String, DraftError> {
        if template.opens {
            self.context.insert_value(OPENING, opening.word().into());
        }
        let tera = &self.shown.materials.templates.tera;
        let name = template.template_in(self.shown.pronouns());
        let text = tera
            .render(&name, &self.context)
            .map_err(|e| DraftError::Passage {
                passage: template.id.clone(),
                reason: causes(&e),
            })?;
        Ok(tidy(&text))
    }
}

/// Lines trimmed at their ends; runs of blank lines become one.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines().map(str::trim_end) {
        if line.trim().is_empty() {
            if !blank {
                out.push('\n');
            }
            blank = true;
        } else {
            out.push_str(line);
            out.push('\n');
            blank = false;
        }
    }
    out.trim().to_owned()
}

fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
