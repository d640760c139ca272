//! The sentences of an import, from `service-directory/importing.toml`.
//!
//! Lives here: which sentences there are and what each may fill in. Not here: when one
//! is said. To add one, name it below with its blanks and write it in the file.

use serde::Deserialize;

use super::report::Verdict;
use crate::{
    content::{ContentError, ContentFiles},
    directory::words::{check_blanks, declare, say},
};

pub(super) const FILE: &str = "service-directory/importing.toml";

declare! {
    /// What became of a service.
    VerdictWords "verdict" {
        new []
        merged []
        same []
        kept_ours []
        refused []
    }
    /// Why it is not taken in.
    RefusedWords "refused" {
        not_a_service ["what"]
        json ["reason"]
        csv ["reason"]
        encoding []
        too_long ["most"]
        no_id []
        no_name []
        wrong_type ["property", "what", "wanted"]
        twice ["id"]
        ages ["from", "to"]
        age ["property", "age"]
        hours ["from", "to", "what"]
        dates ["property", "from", "to"]
        funding ["from", "to"]
        outside ["places"]
    }
    /// Why our own stays.
    KeptWords "kept" {
        edited []
        checked_later ["ours", "theirs"]
        dated_later ["ours", "theirs"]
        changed_meanwhile []
    }
    /// What is worth knowing.
    RemarkWords "remark" {
        like ["name", "id", "why"]
        missing ["what"]
        markup []
        script []
        cut ["property"]
        left_out ["property", "count", "most"]
        id_made ["id"]
        not_a_date ["property", "text"]
        future ["property", "date"]
        not_a_time ["text"]
        not_a_number ["property", "text"]
        not_an_address ["property", "text"]
        postcode_unknown ["postcode"]
        postcode_outside ["postcode", "nation"]
        point_off []
        area_unknown ["names"]
        area_from_address ["area"]
        terms ["names"]
        status ["status"]
    }
    /// What may be unsaid.
    MissingWords "missing" {
        organisation []
        description []
        area []
        contact []
        referral []
        date []
    }
    /// What stands where nothing is said.
    TakenWords "taken" {
        as_at []
        confidence []
        source ["feed"]
        verified_by []
        verified_how []
        area_text ["area"]
        area_none []
        active []
        inactive []
        defunct []
        closed []
        no_status []
    }
    /// The whole run.
    RunWords "run" {
        taken_over ["count", "source"]
        dry []
        nothing_strict ["refused"]
        more_rows ["count"]
        remarks []
        rows []
        cycle ["names"]
        row_unread ["table", "line", "reason"]
    }
}

/// All of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::directory) struct ImportWords {
    pub(super) verdict: VerdictWords,
    pub(super) refused: RefusedWords,
    pub(super) kept: KeptWords,
    pub(super) remark: RemarkWords,
    pub(super) missing: MissingWords,
    pub(super) taken: TakenWords,
    pub(super) run: RunWords,
}

impl ImportWords {
    /// Reads and checks the file; faults are told in `faults`.
    pub(in crate::directory) fn load(files: &ContentFiles, faults: &mut Vec<ContentError>) -> Self {
        let words = files.toml::<Self>(FILE).unwrap_or_else(|fault| {
            faults.push(fault);
            Self::default()
        });
        check_blanks(files, FILE, BLANKS, faults);
        words
    }
}

impl VerdictWords {
    pub(super) fn of(&self, verdict: Verdict) -> &str {
        match verdict {
            Verdict::New => &self.new,
            Verdict::Merged => &self.merged,
            Verdict::Same => &self.same,
            Verdict::KeptOurs => &self.kept_ours,
            Verdict::Refused => &self.refused,
        }
    }
}

/// A sentence said of one service, with the name it has in the file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    /// Its name in the file: stays the same whatever the words become.
    pub code: &'static str,
    /// The sentence.
    pub says: String,
}

impl Reason {
    pub(super) fn new(code: &'static str, sentence: &str, values: &[(&str, &str)]) -> Self {
        Self {
            code,
            says: say(sentence, values),
        }
    }
}

/// A [`Reason`] from a sentence of a group: `reason!(words.refused, twice, "id" => id)`.
macro_rules! reason {
    ($words:expr, $name:ident $(, $blank:literal => $value:expr)* $(,)?) => {
        $crate::directory::open_referral::reading::words::Reason::new(
            stringify!($name),
            &$words.$name,
            &[$(($blank, &$value.to_string())),*],
        )
    };
}

pub(super) use reason;
