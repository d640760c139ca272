//! The plan as documents: her paper, the worker's form, the note to the bench.
//!
//! Lives here: reading their templates and writing them. Not here: any sentence
//! (`report-templates/plan/`), what each names (`her`, `worker`, `bench`), what a plan holds
//! (`consultancy::plan`), or what must not leave (`review::outbound`). Every value goes in
//! as plain text.

mod bench;
mod contexts;
mod her;
mod worker;

#[cfg(test)]
mod tests;

use serde::Serialize;
use tera::{Context, Tera};

pub use self::{contexts::Printing, her::ForHer};
use super::templates::new_tera;
use crate::{
    consultancy::plan::Plan,
    content::{ContentError, ContentFiles},
    english::Pronouns,
};

const FOLDER: &str = "report-templates/plan";

/// The templates, checked.
#[derive(Clone)]
pub struct PlanPapers {
    tera: Tera,
}

impl std::fmt::Debug for PlanPapers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PlanPapers").finish_non_exhaustive()
    }
}

/// A paper could not be written: a fault of content.
#[derive(Debug, thiserror::Error)]
#[error("report-templates/plan/{file}: {reason}")]
pub struct PaperError {
    /// The template.
    file: &'static str,
    /// What Tera said, causes included.
    reason: String,
}

const HER: &str = "for-her.md";
const WORKER: &str = "worker.md";
const BENCH: &str = "bench.md";

impl PlanPapers {
    /// Reads and checks the templates.
    ///
    /// # Errors
    /// One is missing, does not compile, names what it is not given, or cannot be written
    /// with everything filled in or with nothing.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let mut tera = new_tera();
        let mut faults = Vec::new();
        for file in [HER, WORKER, BENCH] {
            let path = format!("{FOLDER}/{file}");
            match files.text(&path) {
                Ok(text) => {
                    let add = |pronouns: Pronouns| {
                        tera.add_raw_template(&template(file, pronouns), &pronouns.say(text))
                    };
                    if let Err(e) = Pronouns::ALL.into_iter().try_for_each(add) {
                        faults.push(fault(&path, text, &chain(&e)));
                    }
                }
                Err(e) => faults.push(e),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let papers = Self { tera };
        papers.try_with(files, HER, &her::her_samples(), &mut faults);
        papers.try_with(files, WORKER, &worker::worker_samples(), &mut faults);
        papers.try_with(files, BENCH, &bench::bench_samples(), &mut faults);
        if faults.is_empty() {
            Ok(papers)
        } else {
            Err(faults)
        }
    }

    /// Tries a template with everything it is given, and with as little as can be.
    fn try_with<C: Serialize>(
        &self,
        files: &ContentFiles,
        file: &'static str,
        samples: &[C],
        faults: &mut Vec<ContentError>,
    ) {
        let path = format!("{FOLDER}/{file}");
        let text = files.text(&path).unwrap_or_default();
        let given: Vec<String> = samples
            .iter()
            .filter_map(|sample| serde_json::to_value(sample).ok())
            .filter_map(|value| Some(value.as_object()?.keys().cloned().collect::<Vec<_>>()))
            .flatten()
            .collect();
        let named = self
            .tera
            .get_template_variables(&template(file, Pronouns::She));
        for name in named.into_iter().flatten() {
            if !given.iter().any(|known| known == name) {
                let known = given.iter().map(String::as_str);
                let meant = crate::english::nearest(name, known);
                let reason = format!("`{name}` is not given to this paper{meant}");
                faults.push(fault(&path, text, &reason));
            }
        }
        for sample in samples {
            if let Err(e) = self.write(file, Pronouns::She, sample) {
                faults.push(ContentError::new(&path, None, e.reason));
            }
        }
    }

    fn write<C: Serialize>(
        &self,
        file: &'static str,
        pronouns: Pronouns,
        context: &C,
    ) -> Result<String, PaperError> {
        let failed = |e: tera::Error| PaperError {
            file,
            reason: chain(&e),
        };
        let context = Context::from_serialize(context).map_err(failed)?;
        let written = self
            .tera
            .render(&template(file, pronouns), &context)
            .map_err(failed)?;
        Ok(squeezed(&written))
    }

    /// Her paper, as Markdown, with how many steps are left for the worker to go through.
    ///
    /// # Errors
    /// The template fails.
    pub fn for_her(&self, plan: &Plan, printing: &Printing<'_>) -> Result<ForHer, PaperError> {
        let (context, report) = her::her(plan, printing);
        Ok(ForHer {
            markdown: self.write(HER, printing.pronouns(), &context)?,
            ..report
        })
    }

    /// The worker's form, as Markdown.
    ///
    /// # Errors
    /// The template fails.
    pub fn for_worker(&self, plan: &Plan, printing: &Printing<'_>) -> Result<String, PaperError> {
        self.write(WORKER, printing.pronouns(), &worker::worker(plan, printing))
    }

    /// The note for a review, as Markdown; `None` where there is no such review.
    ///
    /// # Errors
    /// The template fails.
    pub fn for_bench(
        &self,
        plan: &Plan,
        review: u32,
        printing: &Printing<'_>,
    ) -> Result<Option<String>, PaperError> {
        let Some(context) = bench::bench(plan, review, printing) else {
            return Ok(None);
        };
        self.write(BENCH, printing.pronouns(), &context).map(Some)
    }
}

/// The name of a template in these pronouns.
fn template(file: &str, pronouns: Pronouns) -> String {
    format!("{}/{file}", pronouns.subject())
}

fn fault(path: &str, text: &str, said: &str) -> ContentError {
    let named = said.split('`').nth(1).unwrap_or_default();
    let line = text
        .lines()
        .position(|line| !named.is_empty() && line.contains(named))
        .map(|at| at + 1);
    ContentError::new(path, line, said.lines().next().unwrap_or(said))
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        said.push_str(": ");
        said.push_str(&cause.to_string());
        next = cause.source();
    }
    said
}

/// Without the empty lines that parts left behind which had nothing to say.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && empty) {
            out.push_str(line);
            out.push('\n');
        }
        empty = line.is_empty();
    }
    out.trim_end().to_owned() + "\n"
}
