//! The last look at what leaves, with everything it needs of the pack.
//!
//! Lives here: putting case, directory and texts together. Not here: any rule
//! (`report::withhold`, `review::outbound`).

use super::{Judged, Pack};
use crate::{
    case::{CaseFile, Leaving},
    directory::Directory,
    finding::Finding,
    report::{Draft, withhold},
    review::{
        self,
        outbound::{Guard, Hit, Output, Unreadable},
    },
};

/// The last look at a draft: what must not leave, and what of it the draft holds.
#[derive(Debug)]
pub struct Looked {
    guard: Guard,
    /// What is in the draft.
    pub hits: Vec<Hit>,
}

/// Something that keeps a report from leaving, and what a reason would be given for.
#[derive(Debug)]
pub struct Stop {
    /// What an author is told.
    pub finding: Finding,
    /// The part of the case file, or of the report, that a reason would hold for.
    pub room: String,
    /// What it looks like, without the words.
    pub about: String,
    /// True where a reason may let it stand.
    pub may_be_allowed: bool,
    words: String,
}

impl Stop {
    /// What this goes by among what is let stand, with a report's key.
    #[must_use]
    pub fn name(&self, key: &str) -> String {
        Leaving::name(key, &self.words, &self.room)
    }
}

impl Pack {
    /// Everything that must not leave a case, by the whole directory.
    #[must_use]
    pub fn guard(&self, case: &CaseFile, directory: &Directory) -> Guard {
        Guard::of(case, &self.interview, directory, &self.outbound)
    }

    /// Looks through a draft for everything that must not leave.
    #[must_use]
    pub fn look(&self, case: &CaseFile, draft: &Draft, directory: &Directory) -> Looked {
        let guard = self.guard(case, directory);
        let hits = guard.in_draft(draft, case);
        Looked { guard, hits }
    }

    /// Everything in a draft that keeps it from leaving: what was taken out of it, and
    /// what is in it.
    #[must_use]
    pub fn stops(&self, judged: &Judged) -> Vec<Stop> {
        let draft = &judged.draft;
        let taken_out = draft.withheld.iter().filter(|w| w.replaced);
        let taken_out = taken_out.zip(review::leaving(draft));
        let mut stops: Vec<Stop> = taken_out
            .map(|(withheld, finding)| Stop {
                finding,
                room: withhold::room(&withheld.at).to_owned(),
                about: withheld.why.clone(),
                may_be_allowed: withheld.kind.may_be_allowed(),
                words: withheld.words.to_lowercase(),
            })
            .collect();
        for hit in &judged.looked.hits {
            if let Some(finding) = self.outbound.finding(hit) {
                stops.push(Stop {
                    finding,
                    room: withhold::room(&hit.place).to_owned(),
                    about: hit.why.clone(),
                    may_be_allowed: hit.may_be_allowed(),
                    words: hit.words().to_owned(),
                });
            }
        }
        stops
    }

    /// What keeps finished files of a draft that was looked through from leaving; empty
    /// where they may.
    ///
    /// # Errors
    /// A part of a file cannot be read, so that nobody can say what is in it.
    pub fn last_look(
        &self,
        looked: &Looked,
        files: &[Output<'_>],
    ) -> Result<Vec<Finding>, Unreadable> {
        let drafted = &looked.hits;
        let mut findings = self.outbound.findings(drafted);
        for file in files {
            for hit in looked.guard.in_file(file, drafted)? {
                // What was found in the draft has been said, with the answer it is from.
                if !drafted.iter().any(|d| d.same_as(&hit)) {
                    findings.extend(self.outbound.finding(&hit));
                }
            }
        }
        Ok(findings)
    }

    /// What keeps a text from leaving that goes out beside the report: a letter, a note,
    /// words to copy. `place` is the part of the case file it is made from.
    #[must_use]
    pub fn look_at_text(
        &self,
        case: &CaseFile,
        directory: &Directory,
        text: &str,
        (where_, place): (&str, &str),
    ) -> Vec<Finding> {
        let hits = self.guard(case, directory).in_text(text, where_, place);
        self.outbound.findings(&hits)
    }
}
