//! The quality check of a case: its draft and its answers, before the texts.
//!
//! Not here: any judgement (`review::quality`).

use chrono::NaiveDate;

use super::Pack;
use crate::{
    case::CaseFile,
    report::Draft,
    review::quality::{Looked, Quality},
};

impl Pack {
    /// Judges a case and the draft made of it by the inspectors' questions.
    #[must_use]
    pub fn quality_check(&self, case: &CaseFile, draft: &Draft, today: NaiveDate) -> Quality {
        let law = self.law.now();
        let asked = self.interview.asked_part(case);
        self.quality.check(&Looked {
            case: &asked,
            interview: &self.interview,
            enquiries: &self.enquiries,
            law: &law,
            draft,
            today,
        })
    }
}
