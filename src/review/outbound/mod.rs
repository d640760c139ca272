//! The last look at what leaves: the finished words of every file, whoever wrote them,
//! against everything that must not.
//!
//! Answers are cleared of such words before drafting (`report::withhold`). This looks
//! afterwards, at what came out, and also sees what that cannot: a slip of the pen, an
//! address in part, a sentence copied out of an answer that is kept off. What is found
//! blocks until it is reworded, or let stand with a reason where that is allowed.
//!
//! Lives here: the guard and what its finds mean. Not here: the search (`patterns`), what
//! is sought (`gather`, `ways`), reading files (`files`), any sentence
//! (`report-templates/quality/leaving.toml`). Finds never hold the words themselves.

mod files;
mod gather;
mod own;
mod patterns;
mod texts;
mod tokens;
mod ways;

#[cfg(test)]
mod tests;

pub use files::{Output, Unreadable};
pub use patterns::By;
pub use texts::{OutboundTexts, ReasonTexts};

use serde_json::Value;

use crate::{
    case::{CaseFile, Leaving},
    directory::Directory,
    finding::Finding,
    interview::Interview,
    report::{
        Draft, Evidence,
        withhold::{self, Guarded},
    },
};
use patterns::Patterns;

/// Everything that must not leave one case, made ready to be looked for.
#[derive(Debug)]
pub struct Guard {
    things: Vec<Thing>,
    patterns: Patterns,
    leaving: Leaving,
}

/// One thing that must not leave.
#[derive(Debug)]
struct Thing {
    kind: Guarded,
    /// What a reason is given for, and nothing that is shown.
    words: String,
    why: String,
}

/// Something that was found, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The part of the report, or of a file, in words.
    pub where_: String,
    /// Its place in the case file, where that is known; else the section of the report.
    pub place: String,
    /// What kind of thing it looks like.
    pub kind: Guarded,
    /// Why that must not leave.
    pub why: String,
    /// How it came to be found.
    pub by: By,
    /// True where the author let it stand, with a reason.
    pub allowed: bool,
    /// The words, for naming the reason they may stay for.
    words: String,
    thing: usize,
}

impl Hit {
    /// How a section of the report is named in a hit.
    #[must_use]
    pub fn of_section(heading: &str) -> String {
        format!("“{heading}”")
    }

    /// The words that a reason would be given for; never shown.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// True where a reason may let it stand.
    #[must_use]
    pub fn may_be_allowed(&self) -> bool {
        self.kind.may_be_allowed()
    }

    /// True where both are about the same thing, whatever the place.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        self.thing == other.thing
    }
}

impl Guard {
    /// Everything that must not leave this case. The directory is the whole one, with
    /// addresses that nobody else may know.
    #[must_use]
    pub fn of(
        case: &CaseFile,
        interview: &Interview,
        directory: &Directory,
        texts: &OutboundTexts,
    ) -> Self {
        gather::gather(case, interview, directory, texts)
    }

    /// What stands in a text that comes from a place in the case, or is a section's.
    fn hits(&self, text: &str, where_: &str, place: &str) -> Vec<Hit> {
        if self.patterns.is_empty() {
            return Vec::new();
        }
        let mut seen = Vec::new();
        let found = self.patterns.find_in(text).into_iter();
        // The same words may be a line of two addresses; they are told once.
        let first = move |found: &patterns::Found| {
            let what = (found.at.clone(), self.things[found.thing].kind);
            let new = !seen.contains(&what);
            seen.push(what);
            new
        };
        found
            .filter(first)
            .map(|found| {
                let thing = &self.things[found.thing];
                let room = withhold::room(place);
                Hit {
                    where_: where_.to_owned(),
                    place: place.to_owned(),
                    kind: thing.kind,
                    why: thing.why.clone(),
                    by: found.by,
                    allowed: withhold::allowed(&self.leaving, thing.kind, &thing.words, room),
                    words: thing.words.clone(),
                    thing: found.thing,
                }
            })
            .collect()
    }

    /// What stands in a draft, passage by passage, each with the answer it comes from.
    #[must_use]
    pub fn in_draft(&self, draft: &Draft, case: &CaseFile) -> Vec<Hit> {
        let mut all = Vec::new();
        for section in &draft.sections {
            let where_ = Hit::of_section(&section.heading);
            let place = format!("section.{}", section.id);
            all.extend(self.hits(&section.heading, &where_, &place));
            for passage in &section.passages {
                for hit in self.hits(&passage.markdown, &where_, &place) {
                    all.push(self.traced(hit, &passage.evidence, case));
                }
            }
        }
        all.dedup_by(|a, b| a == b);
        all
    }

    /// The hit at the answer whose words hold it, where one of these does.
    fn traced(&self, hit: Hit, evidence: &[Evidence], case: &CaseFile) -> Hit {
        let Ok(case) = serde_json::to_value(case) else {
            return hit;
        };
        let holds = |evidence: &&Evidence| {
            let mut at = evidence.place.split('.');
            let Some(value) = at.try_fold(&case, |value, part| value.get(part)) else {
                return false;
            };
            let mut text = String::new();
            words_of(value, &mut text);
            let found = self.patterns.find_in(&text);
            found.iter().any(|found| found.thing == hit.thing)
        };
        let Some(found) = evidence.iter().find(holds) else {
            return hit;
        };
        let thing = &self.things[hit.thing];
        let room = withhold::room(&found.place);
        Hit {
            allowed: withhold::allowed(&self.leaving, thing.kind, &thing.words, room),
            place: found.place.clone(),
            ..hit
        }
    }

    /// What stands in a finished file and keeps it from leaving. `drafted` is what was
    /// found in the draft that the file is of: what was let stand there may stand in the
    /// file's own text, and nowhere else.
    ///
    /// # Errors
    /// A part of the file cannot be read.
    pub fn in_file(&self, output: &Output<'_>, drafted: &[Hit]) -> Result<Vec<Hit>, Unreadable> {
        let mut stops = Vec::new();
        for part in output.parts()? {
            for hit in self.hits(&part.text, &part.name, &part.name) {
                let mut known = drafted.iter().filter(|d| d.thing == hit.thing).peekable();
                let let_stand = known.peek().is_some() && known.all(|d| d.allowed);
                if !(part.is_body && let_stand) {
                    stops.push(hit);
                }
            }
        }
        Ok(stops)
    }

    /// What stands in a text that goes out by itself: a letter, a note, a box to copy.
    #[must_use]
    pub fn in_text(&self, text: &str, where_: &str, place: &str) -> Vec<Hit> {
        self.hits(text, where_, place)
    }
}

/// The texts of a value, a line each.
fn words_of(value: &Value, text: &mut String) {
    match value {
        Value::String(words) => {
            text.push_str(words);
            text.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| words_of(item, text)),
        Value::Object(fields) => fields.values().for_each(|field| words_of(field, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl OutboundTexts {
    /// What an author is told of a hit; nothing where she let it stand.
    #[must_use]
    pub fn finding(&self, hit: &Hit) -> Option<Finding> {
        if hit.allowed {
            return None;
        }
        let code = match (hit.kind.may_be_allowed(), hit.by) {
            (false, _) => "leaving.never",
            (true, By::Exactly) => "leaving.exact",
            (true, By::Nearly) => "leaving.near",
            (true, By::Repeating) => "leaving.repeated",
        };
        let finding = self.say(code, &[("where", &hit.where_), ("why", &hit.why)])?;
        Some(if hit.place.starts_with("section.") {
            finding
        } else {
            finding.at(&hit.place)
        })
    }

    /// What an author is told of words that are not for a letter.
    #[must_use]
    pub fn in_a_letter(&self, words: &str) -> Option<Finding> {
        self.say("leaving.letter", &[("words", words)])
    }

    /// What an author is told of all of them.
    #[must_use]
    pub fn findings(&self, hits: &[Hit]) -> Vec<Finding> {
        hits.iter().filter_map(|hit| self.finding(hit)).collect()
    }
}
