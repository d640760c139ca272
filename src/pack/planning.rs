//! The plan of a case: made from what the case holds, printed, and looked through before
//! it leaves.
//!
//! Lives here: putting them together. Not here: any rule (`consultancy::plan`), sentence
//! (`report-templates/plan/`), or keeping it (`store`).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::Pack;
use crate::{
    case::CaseFile,
    consultancy::plan::{Made, Plan, material},
    directory::Directory,
    english::{AboutHer, Pronouns},
    finding::Finding,
    interview::{Choice, Theme},
    needs,
    report::{
        document::Document,
        docx::{self, About, DocxError, Status},
        planned::{ForHer, PaperError, Printing},
        words,
    },
    review::outbound::{Output, Unreadable},
};

/// How large a paper is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// As every document.
    Ordinary,
    /// Eighteen point, for who sees it better so.
    Large,
}

/// Which paper of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Hers.
    Her,
    /// The worker's form.
    Worker,
    /// The note for a review, by its number.
    Bench(u32),
}

impl Pack {
    /// What a case makes of a plan, today.
    #[must_use]
    pub fn plan_made(&self, case: &CaseFile, today: NaiveDate) -> Made {
        let needs = needs::needs(case, &self.interview);
        let wishes = self.wishes(case);
        let told = self.proposal_told(case, today);
        Made::from(&material(case, &needs, &wishes, &told))
    }

    /// The requirements in words, with nothing left out so that they fit a box, and with
    /// nothing withheld: a plan is its author's until it leaves.
    fn proposal_told(
        &self,
        case: &CaseFile,
        today: NaiveDate,
    ) -> Vec<crate::sentencing::RequirementWords> {
        let theme = |_: &str| String::new();
        let each = case.proposal.requirements.iter().map(|one| {
            // One at a time: the box of the official tool, for which they are told, would
            // shorten many.
            let mut alone = case.clone();
            alone.proposal.requirements = vec![one.clone()];
            let law = self.law.now();
            let told = crate::sentencing::proposal_in_words(&alone, &law, today, &theme);
            told.requirements.into_iter().next().unwrap_or_default()
        });
        each.collect()
    }

    /// What she ticked that she would like to come of each theme, in words that go on from
    /// *She wants*.
    fn wishes(&self, case: &CaseFile) -> BTreeMap<String, String> {
        let mut wishes = BTreeMap::new();
        for theme in &self.interview.themes {
            let prompts = self.interview.prompts().map(|(_, prompt)| prompt);
            for prompt in prompts.filter(|prompt| prompt.theme == theme.id) {
                let said = case.answer(&prompt.id).and_then(|a| a.for_report());
                let ticked = said.and_then(|said| said.get("outcomes")?.as_array());
                let ids = ticked.into_iter().flatten().filter_map(Value::as_str);
                let pronouns = case.woman.name.pronouns;
                let words: Vec<_> = ids
                    .filter_map(|id| outcome(theme, id))
                    .map(|words| words.of(pronouns))
                    .collect();
                if !words.is_empty() {
                    wishes.insert(theme.id.clone(), words::and_list(&words));
                }
            }
        }
        wishes
    }

    /// Names of the themes for the middle of a sentence, by id, in these pronouns.
    #[must_use]
    pub fn theme_names(&self, pronouns: Pronouns) -> BTreeMap<String, String> {
        let themes = self.interview.themes.iter();
        themes
            .map(|t| (t.id.clone(), t.prints.of(pronouns).into_owned()))
            .collect()
    }

    fn printing<'a>(
        &'a self,
        case: &'a CaseFile,
        themes: &'a BTreeMap<String, String>,
    ) -> Printing<'a> {
        Printing {
            case,
            texts: &self.plans,
            letters: &self.templates.letters,
            themes,
        }
    }

    /// Her paper, with what is not on it.
    ///
    /// # Errors
    /// Its template fails.
    pub fn plan_for_her(&self, case: &CaseFile, plan: &Plan) -> Result<ForHer, PaperError> {
        let themes = self.theme_names(case.woman.name.pronouns);
        self.plan_papers
            .for_her(plan, &self.printing(case, &themes))
    }

    /// A paper as Markdown; `None` for the note of a review that there is not.
    ///
    /// # Errors
    /// Its template fails.
    pub fn plan_paper(
        &self,
        case: &CaseFile,
        plan: &Plan,
        paper: Paper,
    ) -> Result<Option<String>, PaperError> {
        let themes = self.theme_names(case.woman.name.pronouns);
        let printing = self.printing(case, &themes);
        match paper {
            Paper::Her => Ok(Some(self.plan_papers.for_her(plan, &printing)?.markdown)),
            Paper::Worker => self.plan_papers.for_worker(plan, &printing).map(Some),
            Paper::Bench(review) => self.plan_papers.for_bench(plan, review, &printing),
        }
    }

    /// A paper as a Word document. Her paper says nothing of a case on any page but what
    /// stands in its text.
    ///
    /// # Errors
    /// The document cannot be written.
    pub fn plan_document(
        &self,
        case: &CaseFile,
        (paper, size): (Paper, Type),
        markdown: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>, DocxError> {
        let titles = &self.plans.words.titles;
        let (title, name) = match paper {
            Paper::Her => (&titles.her, String::new()),
            Paper::Worker => (&titles.worker, words::full_name(&case.woman.name)),
            Paper::Bench(_) => (&titles.bench, words::full_name(&case.woman.name)),
        };
        let headed = match (paper, name.is_empty()) {
            (Paper::Her, _) | (_, true) => title.clone(),
            (_, false) => format!("{title}: {name}"),
        };
        let author = match paper {
            Paper::Her => case.author.name.split_whitespace().next(),
            Paper::Worker | Paper::Bench(_) => Some(case.author.name.as_str()),
        };
        let about = About {
            title: headed.clone(),
            author: author.unwrap_or_default().to_owned(),
            subject: title.clone(),
            header: headed,
            status: Status::Signed,
            fictional: case.fictional,
            created: now,
        };
        let document = Document::from_markdown(markdown);
        match size {
            Type::Ordinary => docx::write(&document, &about),
            Type::Large => docx::write_large(&document, &about),
        }
    }

    /// What keeps a finished paper from leaving; empty where it may.
    ///
    /// # Errors
    /// A part of the file cannot be read, so that nobody can say what is in it.
    pub fn plan_last_look(
        &self,
        case: &CaseFile,
        directory: &Directory,
        file: &Output<'_>,
    ) -> Result<Vec<Finding>, Unreadable> {
        let hits = self.guard(case, directory).in_file(file, &[])?;
        let mut findings = self.outbound.findings(&hits);
        findings.dedup();
        Ok(findings)
    }
}

/// What a ticked outcome says, where the theme has it.
fn outcome<'t>(theme: &'t Theme, id: &str) -> Option<&'t AboutHer> {
    let found: Option<&Choice> = theme.outcomes.iter().find(|outcome| outcome.id == id);
    let said = found.map(|outcome| &outcome.prints);
    said.filter(|said| !said.trim().is_empty())
}
