//! Reports opened lately, kept open in memory, so that reading or saving one again does
//! not have to read its whole content again.
//!
//! No truth lives here. A report is taken from here only where the database holds the
//! very state that was kept: a summary is sealed anew with each save and never twice to
//! the same bytes, so those bytes name a state. Any process may serve any request.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::{ReportId, head::Head};
use crate::case::{CaseFile, CaseFileError, revision::Write};

/// Reports kept open at most: a working day of an office, some 30 MB.
const MOST: usize = 128;
/// A report that nobody has used for so long is forgotten when the next one is kept.
const LONGEST: Duration = Duration::from_hours(1);

/// A report as it stood at one revision.
#[derive(Clone)]
pub(super) struct Standing {
    pub(super) revision: i64,
    pub(super) head: Head,
    /// The case file, once somebody has asked for it.
    pub(super) case: Option<Arc<CaseFile>>,
}

impl Standing {
    pub(super) fn new(revision: i64, head: Head) -> Self {
        Self {
            revision,
            head,
            case: None,
        }
    }

    /// Lays these writes over it, and says whether that changes anything.
    pub(super) fn changed_by(&mut self, writes: &[Write]) -> bool {
        let before = self.head.at_each(writes);
        self.head.apply(writes);
        before != self.head.at_each(writes)
    }

    /// What it is after these writes, whose changed part has been read. A case file that
    /// is already made is changed where only answers were written, and made again when
    /// it is next asked for where more was.
    pub(super) fn moved_to(&mut self, revision: i64, writes: &[Write], changed: &CaseFile) {
        self.revision = revision;
        let answers: Option<Vec<&str>> = writes.iter().map(|w| answer_in(&w.place)).collect();
        match (&mut self.case, answers) {
            (Some(case), Some(answers)) => {
                let case = Arc::make_mut(case);
                for id in answers {
                    // Not taken out: two writes may be in one answer.
                    match changed.answers.get(id) {
                        Some(answer) => case.answers.insert(id.to_owned(), answer.clone()),
                        None => case.answers.remove(id),
                    };
                }
            }
            _ => self.case = None,
        }
    }

    /// The case file, made on the first asking.
    pub(super) fn case(&mut self) -> Result<Arc<CaseFile>, CaseFileError> {
        if let Some(case) = &self.case {
            return Ok(case.clone());
        }
        let case = Arc::new(self.head.case()?);
        self.case = Some(case.clone());
        Ok(case)
    }
}

/// The one answer that a place is, or is inside.
fn answer_in(place: &str) -> Option<&str> {
    let rest = place.strip_prefix("answers.")?;
    rest.split('.').next()
}

/// The reports kept open.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<ReportId, Entry>>);

struct Entry {
    /// The sealed summary that names the state.
    name: Vec<u8>,
    standing: Standing,
    used: Instant,
}

impl Known {
    /// The case file of a report in this state.
    pub(super) fn case(&self, report: ReportId, name: &[u8]) -> Option<Arc<CaseFile>> {
        let mut kept = self.kept();
        let entry = kept.get_mut(&report).filter(|e| e.name == name)?;
        entry.used = Instant::now();
        entry.standing.case.clone()
    }

    /// Takes a report in this state out, to be changed and kept again.
    pub(super) fn take(&self, report: ReportId, name: &[u8]) -> Option<Standing> {
        let entry = self.kept().remove(&report)?;
        (entry.name == name).then_some(entry.standing)
    }

    /// Keeps a report over which writes were laid that changed nothing. Taking away what
    /// was not there may have left empty places around it, so that is not kept.
    pub(super) fn keep_unchanged(
        &self,
        report: ReportId,
        name: &[u8],
        standing: Standing,
        writes: &[Write],
    ) {
        let mut held = standing.head.at_each(writes).into_iter();
        if held.all(|value| !value.is_null()) {
            self.keep(report, name.to_vec(), standing);
        }
    }

    /// Keeps a report in the state of this name.
    pub(super) fn keep(&self, report: ReportId, name: Vec<u8>, standing: Standing) {
        let mut kept = self.kept();
        let entry = Entry {
            name,
            standing,
            used: Instant::now(),
        };
        kept.insert(report, entry);
        kept.retain(|_, entry| entry.used.elapsed() < LONGEST);
        if kept.len() > MOST {
            let oldest = kept.iter().min_by_key(|(_, entry)| entry.used);
            if let Some(oldest) = oldest.map(|(report, _)| *report) {
                kept.remove(&oldest);
            }
        }
    }

    /// Forgets a report.
    pub(super) fn forget(&self, report: ReportId) {
        self.kept().remove(&report);
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<ReportId, Entry>> {
        // Nothing here is left half-done by a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> ReportId {
        ReportId::new("2026-11-22T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_report_in_another_state_is_not_given_out() {
        let (known, report) = (Known::default(), id());
        let mut standing = Standing::new(3, Head::new());
        standing.case().unwrap();
        known.keep(report, vec![1], standing.clone());
        assert!(known.case(report, &[1]).is_some());
        assert!(known.case(report, &[2]).is_none());
        assert!(known.case(id(), &[1]).is_none());

        assert!(known.take(report, &[2]).is_none());
        assert!(
            known.take(report, &[1]).is_none(),
            "it is of no use any more"
        );
        known.keep(report, vec![1], standing);
        assert_eq!(known.take(report, &[1]).map(|s| s.revision), Some(3));
    }

    #[test]
    fn the_report_used_longest_ago_makes_room() {
        let known = Known::default();
        let reports: Vec<ReportId> = (0..=MOST).map(|_| id()).collect();
        let mut standing = Standing::new(0, Head::new());
        standing.case().unwrap();
        for report in &reports[..MOST] {
            known.keep(*report, Vec::new(), standing.clone());
        }
        known.case(reports[0], &[]);
        known.keep(reports[MOST], Vec::new(), standing);
        assert!(known.case(reports[0], &[]).is_some());
        assert!(known.case(reports[1], &[]).is_none());
        assert!(known.case(reports[MOST], &[]).is_some());
    }
}
