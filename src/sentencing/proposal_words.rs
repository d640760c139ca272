//! The proposal in words: one paragraph and a table of requirements, in exact numbers,
//! short enough for the box of the official tool.
//!
//! Lives here: putting them together. Not here: any sentence, which stands in
//! `pack.toml`, or withholding what must not leave (`pack`). Nothing is rounded and
//! nothing is added: what the case does not hold is left out.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    law::{CaseDates, Law},
    messages::{Filled, fill},
    pack::LawPack,
    requirement::{Requirement, amount_words},
    text::{clock, listed},
};
use crate::{
    case::{CaseFile, HowPunished, OrderKind, ProposedRequirement, Purpose, Slot},
    english::capital,
};

/// The proposal in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProposalWords {
    /// The paragraph.
    pub paragraph: String,
    /// One row for each requirement.
    pub requirements: Vec<RequirementWords>,
    /// True where descriptions were left out so that it fits.
    pub shortened: bool,
    /// True where it fits the official tool's box.
    pub fits: bool,
}

/// One requirement in words; what is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RequirementWords {
    /// Its name.
    pub name: String,
    /// How much, and for how long.
    pub amount: String,
    /// The programme, treatment, place or condition.
    pub detail: String,
    /// What she will do in it.
    pub what: String,
    /// Who delivers it.
    pub who: String,
    /// Where.
    pub place: String,
    /// When, and from when.
    pub when: String,
    /// What it is for.
    pub why: String,
}

impl ProposalWords {
    /// Everything as plain text, for the official tool's box.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.paragraph.clone();
        for (n, row) in self.requirements.iter().enumerate() {
            text.push_str(if n == 0 { "\n\n" } else { "\n" });
            text.push_str(&(n + 1).to_string());
            text.push_str(". ");
            text.push_str(&row.line());
        }
        text
    }

    /// The same, each text as `through` gives it back: for withholding what must not
    /// leave. Texts keep their order and number.
    #[must_use]
    pub fn with_texts(mut self, through: impl FnOnce(Vec<String>) -> Vec<String>) -> Self {
        let mut texts = vec![self.paragraph.clone()];
        for row in &mut self.requirements {
            texts.extend(row.texts().map(|text| text.clone()));
        }
        let mut given = through(texts).into_iter();
        let mut next = |text: &mut String| {
            if let Some(other) = given.next() {
                *text = other;
            }
        };
        next(&mut self.paragraph);
        for row in &mut self.requirements {
            row.texts().for_each(&mut next);
        }
        self
    }

    /// How many characters that is.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.text().chars().count()
    }
}

impl RequirementWords {
    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        [
            &mut self.name,
            &mut self.amount,
            &mut self.detail,
            &mut self.what,
            &mut self.who,
            &mut self.place,
            &mut self.when,
            &mut self.why,
        ]
        .into_iter()
    }

    fn line(&self) -> String {
        let mut line = self.name.clone();
        for part in [&self.amount, &self.detail] {
            if !part.is_empty() {
                line.push_str(", ");
                line.push_str(part);
            }
        }
        let parts = [&self.what, &self.who, &self.place, &self.when, &self.why];
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            line.push_str(". ");
            line.push_str(part.trim_end_matches('.'));
        }
        line.push('.');
        line
    }
}

/// The proposal of a case in words. `theme` gives the words of a need; empty for one
/// that is kept on the record.
#[must_use]
pub fn proposal_in_words(
    case: &CaseFile,
    pack: &LawPack,
    today: NaiveDate,
    theme: &dyn Fn(&str) -> String,
) -> ProposalWords {
    let law = pack.in_force(&CaseDates::of(case, today));
    let teller = Teller { case, law: &law };
    let mut told = ProposalWords {
        paragraph: teller.paragraph(),
        requirements: teller.rows(theme),
        ..ProposalWords::default()
    };
    let most = pack.about.official_box_characters as usize;
    let over = |told: &ProposalWords| told.characters() >= most;
    // What a reader can best do without goes first; numbers, places and dates stay.
    for drop in [clear_what as fn(&mut RequirementWords), clear_why] {
        if over(&told) {
            told.shortened = true;
            told.requirements.iter_mut().for_each(drop);
        }
    }
    if over(&told) {
        told.shortened = true;
        told.paragraph = teller.opening();
    }
    told.fits = !over(&told);
    told
}

/// `a curfew requirement`, `an unpaid work requirement`.
fn with_article(name: &str) -> String {
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}

fn clear_what(row: &mut RequirementWords) {
    row.what.clear();
}

fn clear_why(row: &mut RequirementWords) {
    row.why.clear();
}

struct Teller<'a> {
    case: &'a CaseFile,
    law: &'a Law<'a>,
}

impl Teller<'_> {
    fn say(&self, key: &str, with: &Filled<'_>) -> String {
        let pronouns = self.case.woman.name.pronouns;
        fill(&pronouns.say(self.law.pack.words(key)), with)
    }

    fn paragraph(&self) -> String {
        let rationale = self.case.proposal.rationale.as_deref().unwrap_or_default();
        let parts = [
            self.opening(),
            self.punished(),
            self.indicative(),
            self.reviews(),
            rationale.trim().to_owned(),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        parts.join(" ")
    }

    /// The order, its length and its requirements, in numbers.
    fn opening(&self) -> String {
        let proposal = &self.case.proposal;
        if proposal.order.is_none() {
            return String::new();
        }
        let order = ("order", self.law.pack.proposal_words(proposal));
        let mut said = match self.brief() {
            brief if brief.is_empty() => self.say("proposal.bare", &[order]),
            brief => {
                let with = [order, ("list", listed(&brief))];
                self.say("proposal.with", &with)
            }
        };
        let terms = proposal.suspended.unwrap_or_default();
        if proposal.order == Some(OrderKind::SuspendedSentenceOrder)
            && let Some(months) = terms.supervision_months
        {
            let with = [("months", months.to_string())];
            said = format!("{said} {}", self.say("proposal.supervision", &with));
        }
        said
    }

    fn brief(&self) -> Vec<String> {
        let all = self.case.proposal.requirements.iter();
        all.map(|r| {
            let row = self.law.requirement(&r.id);
            let name = row.map_or(r.id.as_str(), |row| row.name.as_str());
            let amount = row.map(|row| amount_words(row, r)).unwrap_or_default();
            let named = with_article(name);
            if amount.is_empty() {
                return named;
            }
            // Within a sentence, so not through `fill`, which begins one.
            let one = self.law.pack.words("proposal.one");
            one.replace("{name}", &named).replace("{amount}", &amount)
        })
        .collect()
    }

    fn punished(&self) -> String {
        let proposal = &self.case.proposal;
        if proposal.order != Some(OrderKind::CommunityOrder) {
            return String::new();
        }
        match &proposal.punished {
            Some(HowPunished::Fine { .. }) => self.say("proposal.fine", &[]),
            Some(HowPunished::ExceptionalCircumstances { reason }) => {
                let reason = reason.trim().trim_end_matches('.').to_owned();
                self.say("proposal.exceptional", &[("reason", reason)])
            }
            Some(HowPunished::Requirement) | None => {
                let marked = |r: &&ProposedRequirement| r.purposes.contains(&Purpose::Punishment);
                let all = proposal.requirements.iter().filter(marked);
                let rows = all.filter_map(|r| self.law.requirement(&r.id));
                let names: Vec<&str> = rows.map(|row| row.name.as_str()).collect();
                if names.is_empty() {
                    return String::new();
                }
                self.say("proposal.punishment", &[("names", listed(&names))])
            }
        }
    }

    /// Days that are counted from a plan are indicative, and said to be.
    fn indicative(&self) -> String {
        let all = self.case.proposal.requirements.iter();
        let told = all.filter_map(|r| {
            let row = self.law.requirement(&r.id).filter(|row| row.counts_plan)?;
            let amount = r.amount.filter(|n| *n > 0)?;
            let name = ("name", row.name.clone());
            let planned: Vec<String> = r
                .plan
                .iter()
                .map(|p| format!("{} {}", p.days, p.what.trim()))
                .collect();
            let counted = planned_days(r) == Some(u64::from(amount));
            Some(if counted {
                let with = [name, ("plan", listed(&planned))];
                self.say("proposal.counted", &with)
            } else {
                self.say("proposal.indicative", &[name])
            })
        });
        told.collect::<Vec<_>>().join(" ")
    }

    fn reviews(&self) -> String {
        let reviewed = self.case.proposal.special_reviews == Some(true);
        let ordered = matches!(
            self.case.proposal.order,
            Some(OrderKind::CommunityOrder | OrderKind::SuspendedSentenceOrder)
        );
        if reviewed && ordered {
            self.say("proposal.reviews", &[])
        } else {
            String::new()
        }
    }

    fn rows(&self, theme: &dyn Fn(&str) -> String) -> Vec<RequirementWords> {
        let all = self.case.proposal.requirements.iter();
        all.map(|r| self.row(r, self.law.requirement(&r.id), theme))
            .collect()
    }

    fn row(
        &self,
        r: &ProposedRequirement,
        row: Option<&Requirement>,
        theme: &dyn Fn(&str) -> String,
    ) -> RequirementWords {
        let text = |given: &Option<String>| given.as_deref().unwrap_or_default().trim().to_owned();
        let by = r.service.as_deref();
        let service = by.and_then(|id| self.case.services.iter().find(|s| s.id == id));
        let who = service.map(|s| match s.organisation.trim() {
            "" => s.name.trim().to_owned(),
            organisation if s.name.contains(organisation) => s.name.trim().to_owned(),
            organisation => format!("{} ({organisation})", s.name.trim()),
        });
        let mut when: Vec<String> = r.slots.iter().filter_map(slot).collect();
        when.extend(Some(text(&r.starts)).filter(|starts| !starts.is_empty()));
        let needs: Vec<String> = r
            .needs
            .iter()
            .map(|id| theme(id))
            .filter(|words| !words.is_empty())
            .collect();
        RequirementWords {
            name: row.map_or_else(|| r.id.clone(), |row| capital(&row.name)),
            amount: row.map(|row| amount_words(row, r)).unwrap_or_default(),
            detail: text(&r.detail),
            what: text(&r.what),
            who: who.unwrap_or_default(),
            place: text(&r.place),
            when: capital(&when.join("; ")),
            why: self.why(&r.purposes, &needs),
        }
    }

    fn why(&self, purposes: &[Purpose], needs: &[String]) -> String {
        let key = |purpose: &Purpose| match purpose {
            Purpose::Punishment => "purpose.punishment",
            Purpose::Rehabilitation => "purpose.rehabilitation",
            Purpose::Protection => "purpose.protection",
            Purpose::Reparation => "purpose.reparation",
        };
        let purposes: Vec<&str> = purposes
            .iter()
            .map(|purpose| self.law.pack.words(key(purpose)))
            .collect();
        let purposes = ("purposes", listed(&purposes));
        // Some names of needs hold an *and* of their own.
        let needs_words = ("needs", needs.join("; "));
        match (purposes.1.is_empty(), needs.is_empty()) {
            (true, true) => String::new(),
            (false, true) => self.say("proposal.for", &[purposes]),
            (true, false) => self.say("proposal.needs", &[needs_words]),
            (false, false) => self.say("proposal.for-needs", &[purposes, needs_words]),
        }
    }
}

/// The days of a plan; none where there is none.
pub(super) fn planned_days(r: &ProposedRequirement) -> Option<u64> {
    (!r.plan.is_empty()).then(|| r.plan.iter().map(|p| u64::from(p.days)).sum())
}

fn slot(slot: &Slot) -> Option<String> {
    let days: Vec<&str> = slot.days.iter().map(|day| day.name()).collect();
    (!days.is_empty()).then(|| {
        let (from, to) = (clock(slot.from), clock(slot.to));
        format!("{} {from} to {to}", listed(&days))
    })
}
