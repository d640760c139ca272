//! An addendum to a signed report: its document, and what must not leave in it.
//!
//! Not here: any sentence (`report-templates/quality/addendum.toml`), or keeping it.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Pack, documents::header};
use crate::{
    case::CaseFile,
    directory::Directory,
    english::day,
    finding::Finding,
    report::{
        document::{Document, escape, escape_paragraphs},
        docx::{self, About, DocxError, Status},
        edited, plain, withhold, words,
    },
    review,
};

/// Level of the headings of an addendum that its text stands under.
const LEVEL: u8 = 2;

/// An addendum that is about to be signed.
#[derive(Debug, Clone, Copy)]
pub struct Adding<'a> {
    /// Its number in the report, from 1.
    pub number: i64,
    /// Why it is written.
    pub reason: &'a str,
    /// What it adds, as Markdown.
    pub text: &'a str,
    /// Who signs it.
    pub by: &'a str,
    /// Who signed the report, and on which day.
    pub report: (&'a str, NaiveDate),
    /// When it is signed.
    pub at: DateTime<Utc>,
    /// The day of that, in Britain.
    pub on: NaiveDate,
}

impl Pack {
    /// What must not leave, in what an author wants to add: everything here blocks.
    #[must_use]
    pub fn leaving_in(
        &self,
        case: &CaseFile,
        directory: &Directory,
        adding: &Adding<'_>,
    ) -> Vec<Finding> {
        // As it will be read: marks within a word hide nothing.
        let read = Document::from_markdown(&edited::set_out(adding.text, LEVEL));
        let read = plain::to_unwrapped(&read);
        let texts = [("reason", adding.reason), ("text", &read)];
        let found = texts.iter().flat_map(|(at, text)| {
            let exact: Vec<withhold::Withheld> = withhold::in_text(text, case, &self.interview)
                .into_iter()
                .map(|w| withhold::Withheld {
                    at: (*at).to_owned(),
                    ..w
                })
                .collect();
            if exact.is_empty() {
                // A slip of the pen, an address in part, a sentence copied out.
                self.look_at_text(case, directory, text, (at, at))
            } else {
                review::leaving_of(&exact)
            }
        });
        found.collect()
    }

    /// The addendum as a Word document.
    ///
    /// # Errors
    /// The document cannot be written.
    pub fn addendum(&self, case: &CaseFile, adding: &Adding<'_>) -> Result<Vec<u8>, DocxError> {
        let texts = &self.addenda;
        let name = words::full_name(&case.woman.name);
        let signed = |text: &str, by: &str, on: NaiveDate| {
            let filled = text.replace("{by}", by).replace("{on}", &day(on));
            escape_paragraphs(&filled)
        };
        let heading = texts
            .heading
            .replace("{number}", &adding.number.to_string())
            .replace("{name}", &name);
        let (by, on) = adding.report;
        let mut parts = vec![format!("# {}", escape(&heading))];
        if case.fictional {
            parts.push(escape_paragraphs(&texts.fictional));
        }
        parts.push(signed(&texts.opening, by, on));
        for (heading, text) in [
            (&texts.reason_heading, escape_paragraphs(adding.reason)),
            (&texts.text_heading, edited::set_out(adding.text, LEVEL)),
            (
                &texts.signature_heading,
                signed(&texts.signature, adding.by, adding.on),
            ),
        ] {
            parts.push(format!("## {}", escape(heading)));
            parts.push(text);
        }
        let about = About {
            title: format!("{}: {name}", texts.title),
            author: adding.by.to_owned(),
            subject: case.hearing.court.clone(),
            header: header(case),
            status: Status::Signed,
            fictional: case.fictional,
            created: adding.at,
        };
        docx::write(&Document::from_markdown(&parts.join("\n\n")), &about)
    }
}
