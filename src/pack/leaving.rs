//! The last look at what leaves, with everything it needs of the pack.
//!
//! Lives here: putting case, directory and texts together. Not here: any rule
//! (`review::outbound`).

use super::Pack;
use crate::{
    case::CaseFile,
    directory::Directory,
    finding::Finding,
    report::Draft,
    review::outbound::{Guard, Hit, Output, Unreadable},
};

impl Pack {
    /// Everything that must not leave a case, by the whole directory.
    #[must_use]
    pub fn guard(&self, case: &CaseFile, directory: &Directory) -> Guard {
        Guard::of(case, &self.interview, directory, &self.outbound)
    }

    /// What stands in a draft that must not leave, what was let stand with it.
    #[must_use]
    pub fn found_in(&self, draft: &Draft, case: &CaseFile, directory: &Directory) -> Vec<Hit> {
        self.guard(case, directory).in_draft(draft, case)
    }

    /// What keeps finished files of a draft from leaving, in words; empty where they may.
    ///
    /// # Errors
    /// A part of a file cannot be read, so that nobody can say what is in it.
    pub fn last_look(
        &self,
        case: &CaseFile,
        draft: &Draft,
        directory: &Directory,
        files: &[Output<'_>],
    ) -> Result<Vec<Finding>, Unreadable> {
        let guard = self.guard(case, directory);
        let drafted = guard.in_draft(draft, case);
        let mut findings = self.outbound.findings(&drafted);
        for file in files {
            for hit in guard.in_file(file, &drafted)? {
                // What was found in the draft has been said, with the answer it is from.
                if !drafted.iter().any(|d| d.same_as(&hit)) {
                    findings.extend(self.outbound.finding(&hit));
                }
            }
        }
        Ok(findings)
    }
}
