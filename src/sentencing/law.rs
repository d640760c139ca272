//! The law on a case's dates: rows chosen once, by the date test each names.
//!
//! Lives here: choosing and looking up. Not here: judging a proposal (`check`). A row
//! that has not commenced is never chosen.

use chrono::NaiveDate;

use super::{
    messages::Filled,
    pack::LawPack,
    requirement::{OrderWithRequirements, Requirement},
    rows::{DateTest, ListedOffence, Rule, Status},
    text::long_date,
};
use crate::{
    case::{CaseFile, Offence, OrderKind},
    finding::{Finding, Severity},
};

/// The dates of a case that select law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseDates {
    /// Latest day of conviction, where known.
    pub convicted: Option<NaiveDate>,
    /// Latest last day of an offence, where known.
    pub committed: Option<NaiveDate>,
    /// The day the order would be made: today, or the hearing where that is still to
    /// come. It also stands in for a conviction that is not known.
    pub today: NaiveDate,
}

impl CaseDates {
    /// The dates of a case file.
    #[must_use]
    pub fn of(case: &CaseFile, today: NaiveDate) -> Self {
        let last_day = |o: &Offence| o.committed_until.max(o.committed_on);
        Self {
            convicted: case.conviction_date(),
            committed: case.offences.iter().filter_map(last_day).max(),
            today: case
                .hearing
                .date
                .map_or(today, |hearing| hearing.max(today)),
        }
    }

    /// The date a test looks at, where it is known.
    #[must_use]
    pub fn known(&self, test: DateTest) -> Option<NaiveDate> {
        match test {
            DateTest::Conviction => self.convicted,
            DateTest::Offence => self.committed,
            DateTest::Order => Some(self.today),
        }
    }

    fn chooses(
        &self,
        test: DateTest,
        status: Status,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> bool {
        // Today stands in for a conviction that is not recorded, and the author is told;
        // for an offence it would make new law reach back, so nothing stands in for it.
        let assumed = (test != DateTest::Offence).then_some(self.today);
        status != Status::NotCommenced
            && self.known(test).or(assumed).is_some_and(|date| {
                from.is_some_and(|from| from <= date) && to.is_none_or(|to| date <= to)
            })
    }
}

/// Why a requirement is not among those in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent<'a> {
    /// The pack has no requirement of that id.
    Unknown,
    /// It is enacted and not commenced as far as is known.
    NotCommenced(&'a Requirement),
    /// It is law for other dates.
    OtherDates(&'a Requirement),
}

/// The law in force on a case's dates.
#[derive(Debug, Clone)]
pub struct Law<'a> {
    pub(super) pack: &'a LawPack,
    /// The dates it was chosen by.
    pub dates: CaseDates,
    requirements: Vec<&'a Requirement>,
    rules: Vec<&'a Rule>,
}

impl LawPack {
    /// Chooses the rows that hold on these dates.
    #[must_use]
    pub fn in_force(&self, dates: &CaseDates) -> Law<'_> {
        let mut requirements: Vec<&Requirement> = self
            .requirements
            .iter()
            .filter(|r| dates.chooses(r.date_test, r.status, r.from, r.to))
            .collect();
        let replaced: Vec<&String> = requirements
            .iter()
            .filter_map(|r| r.instead_of.as_ref())
            .collect();
        requirements.retain(|r| !replaced.contains(&&r.id));
        let rules = self
            .rules
            .iter()
            .filter(|r| dates.chooses(r.date_test, r.status, r.from, r.to));
        Law {
            pack: self,
            dates: *dates,
            requirements,
            rules: rules.collect(),
        }
    }
}

impl<'a> Law<'a> {
    /// Requirements that an order of this kind may have, in Schedule order. None for a
    /// sentence that has no requirements.
    pub fn requirements(&self, order: OrderKind) -> impl Iterator<Item = &'a Requirement> {
        let order = OrderWithRequirements::of(order);
        self.requirements
            .iter()
            .copied()
            .filter(move |r| order.is_some_and(|order| r.applies_to.contains(&order)))
    }

    /// The row in force for a requirement.
    #[must_use]
    pub fn requirement(&self, id: &str) -> Option<&'a Requirement> {
        self.requirements.iter().copied().find(|r| r.id == id)
    }

    /// The row in force for a requirement, or else any row of it that the pack has.
    #[must_use]
    pub fn any_requirement(&self, id: &str) -> Option<&'a Requirement> {
        let any = || self.pack.requirements.iter().find(|r| r.id == id);
        self.requirement(id).or_else(any)
    }

    /// Why a requirement has no row in force.
    #[must_use]
    pub fn absent(&self, id: &str) -> Absent<'a> {
        let mut rows = self.pack.requirements.iter().filter(|r| r.id == id);
        let Some(first) = rows.next() else {
            return Absent::Unknown;
        };
        let dated = std::iter::once(first)
            .chain(rows)
            .rfind(|r| r.status != Status::NotCommenced);
        dated.map_or(Absent::NotCommenced(first), Absent::OtherDates)
    }

    /// The row in force for a general rule.
    #[must_use]
    pub fn rule(&self, code: &str) -> Option<&'a Rule> {
        self.rules.iter().copied().find(|r| r.code == code)
    }

    /// Every general rule in force.
    pub fn rules(&self) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().copied()
    }

    /// A figure of a rule in force; none where the rule does not hold on these dates.
    #[must_use]
    pub fn figure(&self, rule: &str, name: &str) -> Option<u32> {
        self.rule(rule)?.figure(name)
    }

    /// A listed offence.
    #[must_use]
    pub fn offence(&self, id: &str) -> Option<&'a ListedOffence> {
        self.pack.offence(id)
    }

    /// Requirements that are enacted and not commenced as far as is known.
    pub fn not_commenced(&self) -> impl Iterator<Item = &'a Requirement> {
        self.pack.not_commenced()
    }

    /// What a test looks at and the date it found, in words.
    pub(super) fn date_words(&self, test: DateTest) -> (String, String) {
        let key = match test {
            DateTest::Conviction => "date.conviction",
            DateTest::Offence => "date.offence",
            DateTest::Order => "date.order",
        };
        let date = self
            .dates
            .known(test)
            .map_or_else(|| self.pack.words("date.unknown").to_owned(), long_date);
        (self.pack.words(key).to_owned(), date)
    }

    /// The message of that code, with the source of its rule as in force, or of any row
    /// of that rule where none is.
    pub(super) fn say(&self, code: &str, with: &Filled<'_>) -> Finding {
        let finding = self.pack.say(code, with);
        let rule = self.pack.messages.get(code).and_then(|m| m.rule.as_deref());
        let source = rule.and_then(|rule| {
            self.rule(rule)
                .map(Rule::source)
                .or_else(|| self.pack.source_of(rule))
        });
        match source {
            Some(source) => finding.sourced(source),
            None => finding,
        }
    }

    /// The message of that code, with the source of a requirement's row, unless the
    /// message has one of its own.
    pub(super) fn say_of(&self, row: &Requirement, code: &str, with: &Filled<'_>) -> Finding {
        let mut finding = self.say(code, with);
        if finding.source.is_none() {
            finding = finding.sourced(row.source());
            // What nobody has read stops no author.
            if !row.verified {
                finding.severity = finding.severity.min(Severity::Warn);
            }
        }
        finding
    }
}
