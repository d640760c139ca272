//! The law as it stands now, for a process that outlives the recording of a
//! commencement.
//!
//! Lives here: the pack as shipped, what an administrator recorded laid over it, and
//! handing out the whole. Not here: reading the administrator's file, or when; the
//! command line does that.

use std::sync::{Arc, PoisonError, RwLock};

use super::LawPack;
use crate::content::ContentError;

/// Holds the current law. A reader keeps the one it was given for as long as it works,
/// so that one page never shows two.
#[derive(Debug)]
pub struct LiveLaw {
    shipped: Arc<LawPack>,
    now: RwLock<Now>,
}

#[derive(Debug)]
struct Now {
    law: Arc<LawPack>,
    fault: String,
}

impl LiveLaw {
    /// Starts with the pack as shipped and nothing recorded.
    #[must_use]
    pub fn new(shipped: LawPack) -> Self {
        let shipped = Arc::new(shipped);
        Self {
            now: RwLock::new(Now {
                law: Arc::clone(&shipped),
                fault: String::new(),
            }),
            shipped,
        }
    }

    /// The current law.
    #[must_use]
    pub fn now(&self) -> Arc<LawPack> {
        // A panic elsewhere leaves a whole pack behind: it is only ever replaced.
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&now.law)
    }

    /// Why the latest records could not be taken up; empty where they were. The law
    /// then stays as it was before them.
    #[must_use]
    pub fn fault(&self) -> String {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        now.fault.clone()
    }

    /// Lays the records of an administrator's file over the pack as shipped.
    ///
    /// # Errors
    /// As [`LawPack::with_commencements`]; nothing changes then.
    pub fn lay(&self, file: &str, text: &str) -> Result<(), Vec<ContentError>> {
        let laid = self.shipped.with_commencements(file, text);
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        match laid {
            Ok(law) => {
                *now = Now {
                    law: Arc::new(law),
                    fault: String::new(),
                };
                Ok(())
            }
            Err(faults) => {
                let lines: Vec<String> = faults.iter().map(ContentError::to_string).collect();
                now.fault = lines.join("; ");
                Err(faults)
            }
        }
    }
}
