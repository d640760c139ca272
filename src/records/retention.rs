//! How long a report is kept: the rules of `retention.toml`, and the day they come to.
//!
//! Lives here: reading the rules and counting months. Not here: a number of months, or what
//! becomes of a report whose time is over: that is for people.

use chrono::{Months, NaiveDate};
use serde::Deserialize;

use crate::{
    content::{ContentError, ContentFiles, SourceRow, line_of},
    english::nearest,
    finding::Source,
};

const FILE: &str = "report-templates/records/retention.toml";
/// The longest time a rule may name: a hundred years.
const LONGEST: u32 = 1200;

/// What the rules are for. More than one may apply to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Applies {
    /// An invented woman.
    Practice,
    /// Begun and never signed.
    Unsigned,
    /// Signed.
    Signed,
    /// A women's centre was asked.
    Referral,
    /// She has a plan.
    Plan,
}

/// What time is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    /// The last change of anything in the report.
    LastChange,
    /// Its signature.
    Signature,
    /// The hearing.
    Hearing,
    /// The last day of her plan.
    PlanEnd,
    /// The last thing that happened to a referral.
    LastReply,
}

/// What is known of a report, as far as its time goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// True where it describes nobody.
    pub practice: bool,
    /// Day of its last change.
    pub last_change: NaiveDate,
    /// Day it was signed.
    pub signed: Option<NaiveDate>,
    /// Day of the hearing, where it is known.
    pub hearing: Option<NaiveDate>,
    /// Day on which a referral last moved, where there is one.
    pub referral: Option<NaiveDate>,
    /// True where there is a plan.
    pub has_plan: bool,
    /// Its last day, where it is known.
    pub plan_ends: Option<NaiveDate>,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its id.
    pub id: String,
    /// What people call such a record.
    pub title: String,
    /// Which reports it is for.
    pub applies: Applies,
    /// For how many months.
    pub months: u32,
    /// Counted from the latest of these.
    pub from: Vec<Counted>,
    /// Why so long.
    pub why: String,
    /// Where that comes from.
    pub source: Source,
}

/// Every rule.
#[derive(Debug, Clone)]
pub struct RetentionRules {
    /// How many months before its time a report is put on the list.
    pub soon_months: u32,
    /// The rules, in the order of the file.
    pub kinds: Vec<Kind>,
}

/// Until when a report is kept, and by which rule.
#[derive(Debug, Clone, Copy)]
pub struct Due<'r> {
    /// The rule that asks longest.
    pub kind: &'r Kind,
    /// The day on which its time is over.
    pub on: NaiveDate,
}

/// How a report stands to its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// It is over.
    Over,
    /// It is over soon.
    Soon,
    /// There is more of it.
    Left,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    soon_months: u32,
    kind: Vec<toml::Spanned<KindRow>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindRow {
    id: String,
    title: String,
    applies: String,
    months: u32,
    from: Vec<String>,
    why: String,
    source: SourceRow,
}

/// What a source lacks.
fn source_fault(source: &Source) -> Option<&'static str> {
    if source.citation.trim().is_empty() {
        return Some("`source` has no `citation`; write where the rule comes from");
    }
    let no_day = source.checked.is_none();
    no_day.then_some("`checked` in `source` is no day; write it as 2026-11-30")
}

impl Applies {
    const ALL: [(&'static str, Self); 5] = [
        ("practice", Self::Practice),
        ("unsigned", Self::Unsigned),
        ("signed", Self::Signed),
        ("referral", Self::Referral),
        ("plan", Self::Plan),
    ];

    fn to(self, held: &Held) -> bool {
        match self {
            Self::Practice => held.practice,
            _ if held.practice => false,
            Self::Unsigned => held.signed.is_none(),
            Self::Signed => held.signed.is_some(),
            Self::Referral => held.referral.is_some(),
            Self::Plan => held.has_plan,
        }
    }
}

impl Counted {
    const ALL: [(&'static str, Self); 5] = [
        ("last-change", Self::LastChange),
        ("signature", Self::Signature),
        ("hearing", Self::Hearing),
        ("plan-end", Self::PlanEnd),
        ("last-reply", Self::LastReply),
    ];

    fn of(self, held: &Held) -> Option<NaiveDate> {
        match self {
            Self::LastChange => Some(held.last_change),
            Self::Signature => held.signed,
            Self::Hearing => held.hearing,
            Self::PlanEnd => held.plan_ends,
            Self::LastReply => held.referral,
        }
    }

    /// What it is, in words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::LastChange => "the last change",
            Self::Signature => "the signature",
            Self::Hearing => "the hearing",
            Self::PlanEnd => "the end of the plan",
            Self::LastReply => "the last that happened to a referral",
        }
    }
}

impl Kind {
    /// The day on which the time of a report is over by this rule.
    fn ends(&self, held: &Held) -> NaiveDate {
        let days = self.from.iter().filter_map(|from| from.of(held));
        let from = days.max().unwrap_or(held.last_change);
        // Past the end of the calendar nothing is ever due.
        from.checked_add_months(Months::new(self.months))
            .unwrap_or(NaiveDate::MAX)
    }
}

impl RetentionRules {
    /// Reads and checks the rules.
    ///
    /// # Errors
    /// The file does not read, or a rule cannot be followed: with its line.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let text = files.text(FILE).map_err(|e| vec![e])?;
        let mut faults = Vec::new();
        let mut kinds: Vec<Kind> = Vec::new();
        for row in &file.kind {
            let line = line_of(text, row.span().start);
            let mut fault = |reason: String| {
                faults.push(ContentError::new(FILE, Some(line), reason));
            };
            let (kind, reasons) = kind(row.as_ref());
            reasons.into_iter().for_each(&mut fault);
            let Some(kind) = kind else { continue };
            if kinds.iter().any(|k| k.id == kind.id) {
                fault(format!("there is another [[kind]] “{}”", kind.id));
            }
            kinds.push(kind);
        }
        if faults.is_empty() {
            for (name, applies) in Applies::ALL {
                if !kinds.iter().any(|kind| kind.applies == applies) {
                    let reason = format!("there must be a [[kind]] with applies = \"{name}\"");
                    faults.push(ContentError::new(FILE, None, reason));
                }
            }
        }
        if faults.is_empty() {
            Ok(Self {
                soon_months: file.soon_months,
                kinds,
            })
        } else {
            Err(faults)
        }
    }

    /// Until when a report is kept: as long as the longest of the rules that apply asks.
    #[must_use]
    pub fn due(&self, held: &Held) -> Option<Due<'_>> {
        let applying = self.kinds.iter().filter(|kind| kind.applies.to(held));
        let due = applying.map(|kind| Due {
            kind,
            on: kind.ends(held),
        });
        due.max_by_key(|due| due.on)
    }

    /// How a report stands to its time.
    #[must_use]
    pub fn time(&self, due: NaiveDate, today: NaiveDate) -> Time {
        let soon = due.checked_sub_months(Months::new(self.soon_months));
        if due <= today {
            Time::Over
        } else if soon.is_none_or(|soon| soon <= today) {
            Time::Soon
        } else {
            Time::Left
        }
    }
}

/// A rule, and what is wrong with it.
fn kind(row: &KindRow) -> (Option<Kind>, Vec<String>) {
    let mut reasons = Vec::new();
    let texts = [("id", &row.id), ("title", &row.title), ("why", &row.why)];
    for (name, text) in texts {
        if text.trim().is_empty() {
            reasons.push(format!("`{name}` is empty"));
        }
    }
    if !(1..=LONGEST).contains(&row.months) {
        reasons.push(format!("`months` must be from 1 to {LONGEST}"));
    }
    if row.from.is_empty() {
        reasons.push("`from` is empty; write what the time is counted from".to_owned());
    }
    reasons.extend(source_fault(&row.source.source()).map(str::to_owned));
    let applies = named(&Applies::ALL, "applies", &row.applies, &mut reasons);
    let from: Vec<Counted> = row
        .from
        .iter()
        .filter_map(|from| named(&Counted::ALL, "from", from, &mut reasons))
        .collect();
    let kind = applies.filter(|_| reasons.is_empty()).map(|applies| Kind {
        id: row.id.clone(),
        title: row.title.clone(),
        applies,
        months: row.months,
        from,
        why: row.why.clone(),
        source: row.source.source(),
    });
    (kind, reasons)
}

/// The one of a list that a word names.
fn named<T: Copy>(
    all: &[(&'static str, T)],
    field: &str,
    word: &str,
    reasons: &mut Vec<String>,
) -> Option<T> {
    let found = all.iter().find(|(name, _)| *name == word);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        reasons.push(format!(
            "`{field}` may be {}, and not “{word}”{}",
            names.join(", "),
            nearest(word, names.iter().copied())
        ));
    }
    found.map(|(_, one)| *one)
}

#[cfg(test)]
mod tests;
