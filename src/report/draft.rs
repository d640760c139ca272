//! Assembling a draft: templates and answers in, passages with their evidence out.

use std::cmp::Reverse;

use tera::{Context, Value};

use super::{
    Materials,
    context::{self, FACTS},
    templates::{Each, Passage as Template},
    withhold::{self, Withheld},
    words,
};
use crate::{
    case::{Answer, AnswerState, CaseFile, CaseFileError, from_value},
    needs::{Linked, Need},
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

/// Something a passage rests on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// Place in the case file: `answers.strengths`, `hearing`, `proposal`.
    pub place: String,
    /// Prompt id, where a prompt asks for it.
    pub prompt: Option<String>,
    /// Name for the author.
    pub label: String,
    /// Where the information comes from, in words; empty where nobody has said.
    pub sources: Vec<String>,
    /// True where any source was verified.
    pub verified: bool,
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
    let sections = materials
        .templates
        .sections
        .get(&format)
        .ok_or_else(|| DraftError::NoFormat(format!("{format:?}").to_lowercase()))?;
    let terms = withhold::terms(materials.case, materials.interview);
    let (json, withheld) = withhold::withhold(&serde_json::to_value(materials.case)?, &terms);
    let clean;
    let case = if withheld.is_empty() {
        materials.case
    } else {
        clean = from_value(json.clone())?;
        &clean
    };
    let mut writer = Writer {
        materials,
        case,
        context: context::context(materials, case, &json),
        needs: pressing_first(crate::needs::needs(case, materials.interview)),
    };
    let mut drafted = Vec::new();
    for section in sections {
        let mut passages = Vec::new();
        for template in &section.passages {
            writer.write(template, &mut passages)?;
        }
        if !passages.is_empty() {
            drafted.push(Section {
                id: section.id.clone(),
                heading: section.heading.clone(),
                level: section.level,
                passages,
            });
        }
    }
    Ok(Draft {
        title: materials
            .templates
            .titles
            .get(&format)
            .cloned()
            .unwrap_or_default(),
        sections: drafted,
        withheld,
    })
}

struct Writer<'a> {
    materials: &'a Materials<'a>,
    case: &'a CaseFile,
    context: Context,
    needs: Vec<Need>,
}

impl Writer<'_> {
    fn write(&mut self, template: &Template, out: &mut Vec<Passage>) -> Result<(), DraftError> {
        match template.each {
            Each::Once => {
                let evidence = self.evidence(template, None);
                self.render(template, template.id.clone(), evidence, out)?;
            }
            Each::Need => {
                for n in 0..self.needs.len() {
                    let id = self.needs[n].prompt.clone();
                    let Some(prompt) = self.materials.interview.prompt(&id) else {
                        continue;
                    };
                    let need = context::need(&self.needs[n], prompt, self.materials, self.case);
                    self.context.insert_value("need", need);
                    let evidence = self.evidence(template, Some(&id));
                    self.render(
                        template,
                        format!("{}/{}", template.id, n + 1),
                        evidence,
                        out,
                    )?;
                }
            }
            Each::Enquiry => {
                for (n, enquiry) in self.case.enquiries.iter().enumerate() {
                    self.context
                        .insert_value("enquiry", Value::from(context::enquiry(enquiry)));
                    let evidence = self.evidence(template, Some("enquiries"));
                    self.render(
                        template,
                        format!("{}/{}", template.id, n + 1),
                        evidence,
                        out,
                    )?;
                }
            }
        }
        Ok(())
    }

    /// Renders one passage, and keeps it when it says something and rests on
    /// something.
    fn render(
        &self,
        template: &Template,
        id: String,
        evidence: Vec<Evidence>,
        out: &mut Vec<Passage>,
    ) -> Result<(), DraftError> {
        if evidence.is_empty() && !template.standing {
            return Ok(());
        }
        let text = self
            .materials
            .templates
            .tera
            .render(&template.template, &self.context)
            .map_err(|e| DraftError::Passage {
                passage: template.id.clone(),
                reason: causes(&e),
            })?;
        let markdown = tidy(&text);
        if !markdown.is_empty() {
            out.push(Passage {
                id,
                markdown,
                evidence,
            });
        }
        Ok(())
    }

    /// What a passage rests on: each variable it names that has something known
    /// behind it.
    fn evidence(&self, template: &Template, repeated: Option<&str>) -> Vec<Evidence> {
        let mut found: Vec<Evidence> = Vec::new();
        let prompts = self.materials.interview.prompts().map(|(_, p)| p);
        for prompt in prompts {
            let named = template.variables.contains(&prompt.id.replace('-', "_"));
            if !named && repeated != Some(prompt.id.as_str()) {
                continue;
            }
            if prompt.is_answer() {
                let answer = self.case.answer(&prompt.id).filter(|a| speaks(a));
                found.extend(answer.map(|a| Evidence {
                    place: prompt.path(),
                    prompt: Some(prompt.id.clone()),
                    label: prompt.short.clone(),
                    sources: a.sources.iter().map(source_words).collect(),
                    verified: a.sources.iter().any(|s| s.verified == Some(true)),
                }));
            } else if self.has(&prompt.place) {
                found.push(fact_evidence(
                    &prompt.place,
                    Some(&prompt.id),
                    &prompt.short,
                ));
            }
        }
        for (name, place) in FACTS {
            let already = found.iter().any(|e| e.place == place);
            if place.is_empty() || already || !template.variables.contains(name) || !self.has(place)
            {
                continue;
            }
            let prompt = self
                .materials
                .interview
                .prompts()
                .map(|(_, p)| p)
                .find(|p| p.place == place);
            let label = prompt.map_or_else(
                || words::capital(&name.replace('_', " ")),
                |p| p.short.clone(),
            );
            found.push(fact_evidence(place, prompt.map(|p| p.id.as_str()), &label));
        }
        found
    }

    fn has(&self, place: &str) -> bool {
        let empty = CaseFile::new();
        let (mine, none) = (self.case, &empty);
        match place.split('.').next().unwrap_or_default() {
            "woman" => mine.woman != none.woman,
            "hearing" => mine.hearing != none.hearing,
            "offences" => !mine.offences.is_empty(),
            "existing_orders" => !mine.existing_orders.is_empty(),
            "author" => mine.author != none.author,
            "proposal" => mine.proposal != none.proposal,
            "services" => !mine.services.is_empty(),
            "enquiries" => !mine.enquiries.is_empty(),
            "week" => !mine.week.is_empty(),
            "answers" => !mine.answers.is_empty(),
            "format" => true,
            _ => false,
        }
    }
}

fn fact_evidence(place: &str, prompt: Option<&str>, label: &str) -> Evidence {
    Evidence {
        place: place.to_owned(),
        prompt: prompt.map(str::to_owned),
        label: label.to_owned(),
        sources: Vec::new(),
        verified: false,
    }
}

/// Needs linked to the offending first, and among those the highest.
fn pressing_first(mut needs: Vec<Need>) -> Vec<Need> {
    needs.sort_by_key(|need| (need.linked != Linked::Yes, Reverse(need.level)));
    needs
}

/// True where an answer has something the report may rest on: a value, or her
/// choice not to say.
fn speaks(answer: &Answer) -> bool {
    answer.for_report().is_some()
        || (answer.is_settled()
            && answer.visibility == crate::case::Visibility::InReport
            && !matches!(
                answer.state,
                AnswerState::Answered | AnswerState::KnownFromRecord
            ))
}

fn source_words(source: &crate::case::InformationSource) -> String {
    let mut text = words::capital(words::information(source.kind));
    if let Some(detail) = &source.detail {
        text = format!("{text}: {detail}");
    }
    if let Some(on) = source.on {
        text = format!("{text}, {}", words::date(on));
    }
    match source.verified {
        Some(true) => text + " (verified)",
        Some(false) => text + " (not verified)",
        None => text,
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
