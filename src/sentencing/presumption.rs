//! The presumption of suspension: whether the duty to suspend short terms applies on
//! what the case file records, and why (Sentencing Code ss.264A, 277A).
//!
//! Lives here: that account. It says what the law is and what is not known, never what
//! the court should do; exceptional circumstances and risk to a particular person are
//! the court's. Not here: whether a term is deserved, or how long.

use serde::Serialize;

use super::{
    availability::none_imprisonable,
    check::Matter,
    messages::Filled,
    pack::LawPack,
    rows::{Rule, Status},
    text::long_date,
};
use crate::{
    case::{CaseFile, CustodyPosition, ExistingOrder, ExistingOrderKind, Indication, OrderKind},
    finding::{Finding, Source},
};

const RULE: &str = "sso.presumption";

/// Whether the duty applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PresumptionOutcome {
    /// On what is recorded, it does if the court imposes such a term.
    Applies,
    /// It does not.
    DoesNotApply,
    /// Something needed is not recorded.
    CannotTell,
}

/// The account of the presumption in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Presumption {
    /// Whether the duty applies.
    pub outcome: PresumptionOutcome,
    /// Why, each reason drawn from the facts of the case.
    pub reasons: Vec<String>,
    /// Where the duty comes from.
    pub rule: Option<Source>,
}

/// Whether the duty to suspend short terms applies, and why.
#[must_use]
pub fn presumption(case: &CaseFile, pack: &LawPack) -> Presumption {
    let Some(rule) = duty(pack) else {
        return Presumption {
            outcome: PresumptionOutcome::CannotTell,
            reasons: Vec::new(),
            rule: None,
        };
    };
    let facts = Facts { case, pack, rule };
    let (outcome, reasons) = facts.outcome();
    Presumption {
        outcome,
        reasons,
        rule: Some(rule.source()),
    }
}

/// The row of the duty: the newest that has commenced.
fn duty(pack: &LawPack) -> Option<&Rule> {
    pack.rules
        .iter()
        .filter(|r| r.code == RULE && r.status != Status::NotCommenced)
        .max_by_key(|r| r.from)
}

struct Facts<'a> {
    case: &'a CaseFile,
    pack: &'a LawPack,
    rule: &'a Rule,
}

impl Facts<'_> {
    fn outcome(&self) -> (PresumptionOutcome, Vec<String>) {
        let against: Vec<String> = self.out_of_reach().into_iter().flatten().collect();
        if !against.is_empty() {
            return (PresumptionOutcome::DoesNotApply, against);
        }
        let unclear = self.unclear();
        if !unclear.is_empty() {
            return (PresumptionOutcome::CannotTell, unclear);
        }
        (PresumptionOutcome::Applies, self.in_favour())
    }

    fn reason(&self, code: &str, with: &Filled<'_>) -> String {
        self.pack.reason(code, with, self.case.woman.name.pronouns)
    }

    fn from(&self) -> String {
        self.rule.from.map(long_date).unwrap_or_default()
    }

    /// First and last day of conviction.
    fn convicted(&self) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
        let days = || self.case.offences.iter().filter_map(|o| o.convicted_on);
        Some((days().min()?, days().max()?))
    }

    fn limit(&self) -> u32 {
        self.rule.figure("max_months").unwrap_or_default()
    }

    fn term(&self) -> Option<u32> {
        let terms = self.case.proposal.suspended?;
        terms.custodial_months.filter(|months| *months > 0)
    }

    /// What takes the case outside the duty for certain.
    fn out_of_reach(&self) -> [Option<String>; 6] {
        [
            self.not_in_force(),
            self.not_imprisonable(),
            self.custody_not_considered(),
            self.subject_to_order(),
            self.order_breached(),
            self.term()
                .filter(|term| *term > self.limit())
                .map(|term| self.about_term("term-over", term)),
        ]
    }

    fn not_in_force(&self) -> Option<String> {
        let (_, last) = self.convicted()?;
        self.rule.from.filter(|from| last < *from)?;
        let with = [("convicted", long_date(last)), ("from", self.from())];
        Some(self.reason("not-in-force", &with))
    }

    fn not_imprisonable(&self) -> Option<String> {
        none_imprisonable(self.pack, &self.case.offences)
            .then(|| self.reason("not-imprisonable", &[]))
    }

    fn custody_not_considered(&self) -> Option<String> {
        let said = self.case.hearing.indication == Some(Indication::CustodyNotConsidered)
            || self.case.proposal.custody == Some(CustodyPosition::NotConsidered);
        said.then(|| self.reason("custody-not-considered", &[]))
    }

    fn subject_to_order(&self) -> Option<String> {
        let order = self
            .orders(Some(true))
            .find(|o| counts(o.kind) == Some(true))?;
        Some(self.about_order("subject-to-order", order))
    }

    fn order_breached(&self) -> Option<String> {
        let offence = self.case.offences.iter().find(|o| {
            let listed = o.id.as_deref().and_then(|id| self.pack.offence(id));
            o.breach_of_order == Some(true) || listed.is_some_and(|l| l.breach_of_order)
        })?;
        let order = offence.order_breached.as_deref().unwrap_or_default();
        let title = match order.trim() {
            "" => offence.title.clone(),
            order => format!("{} ({order})", offence.title),
        };
        Some(self.reason("order-breached", &[("title", title)]))
    }

    /// What has to be known first.
    fn unclear(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        match self.convicted() {
            None => reasons.push(self.reason("conviction-unknown", &[("from", self.from())])),
            Some((first, _)) if self.rule.from.is_some_and(|from| first < from) => {
                reasons.push(self.reason("mixed-convictions", &[("from", self.from())]));
            }
            Some(_) => {}
        }
        let other = self.orders(Some(true)).filter(|o| counts(o.kind).is_none());
        reasons.extend(other.map(|o| self.about_order("subject-to-other-order", o)));
        let unknown = self.orders(None).filter(|o| counts(o.kind) != Some(false));
        reasons.extend(unknown.map(|o| self.about_order("subject-to-order-unknown", o)));
        if self.fact("in-custody") == Some(true) {
            reasons.push(self.reason("in-custody", &[]));
        }
        if self.term().is_none() {
            let with = [("limit", self.limit().to_string())];
            reasons.push(self.reason("term-unknown", &with));
        }
        reasons
    }

    fn in_favour(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        if let Some((first, _)) = self.convicted() {
            let with = [("convicted", long_date(first)), ("from", self.from())];
            reasons.push(self.reason("in-force", &with));
        }
        if let Some(term) = self.term() {
            reasons.push(self.about_term("term-within", term));
        }
        let orders = if self.case.existing_orders.is_empty() {
            "no-order-recorded"
        } else {
            "orders-do-not-count"
        };
        reasons.push(self.reason(orders, &[]));
        reasons.push(self.reason("no-breach-recorded", &[]));
        reasons.push(self.reason("court-decides", &[]));
        reasons
    }

    fn orders(&self, subject: Option<bool>) -> impl Iterator<Item = &ExistingOrder> {
        self.case
            .existing_orders
            .iter()
            .filter(move |o| o.offended_while_subject == subject)
    }

    fn about_order(&self, code: &str, order: &ExistingOrder) -> String {
        let key = match order.kind {
            ExistingOrderKind::SuspendedSentenceOrder => "existing.suspended-sentence-order",
            ExistingOrderKind::CommunityOrder => "existing.community-order",
            ExistingOrderKind::ConditionalDischarge => "existing.conditional-discharge",
            ExistingOrderKind::Licence => "existing.licence",
            ExistingOrderKind::Other => "existing.other",
        };
        self.reason(code, &[("order", self.pack.words(key).to_owned())])
    }

    fn about_term(&self, code: &str, months: u32) -> String {
        let with = [
            ("months", months.to_string()),
            ("limit", self.limit().to_string()),
        ];
        self.reason(code, &with)
    }

    fn fact(&self, id: &str) -> Option<bool> {
        self.pack.fact(id, self.case)
    }
}

/// Whether an order of this kind is a supervision order within the section; none where
/// that depends on what the order was.
fn counts(kind: ExistingOrderKind) -> Option<bool> {
    match kind {
        ExistingOrderKind::SuspendedSentenceOrder | ExistingOrderKind::CommunityOrder => Some(true),
        ExistingOrderKind::Licence => Some(false),
        ExistingOrderKind::ConditionalDischarge | ExistingOrderKind::Other => None,
    }
}

/// The account as advice, where custody is in question at all. A woman whose court has
/// ruled custody out is not told about it.
pub(super) fn finding(matter: &Matter<'_>) -> Option<Finding> {
    if !in_question(matter.case, matter.law.pack) {
        return None;
    }
    let account = presumption(matter.case, matter.law.pack);
    let code = match account.outcome {
        PresumptionOutcome::Applies => "law.presumption.applies",
        PresumptionOutcome::DoesNotApply => "law.presumption.does-not-apply",
        PresumptionOutcome::CannotTell => "law.presumption.cannot-tell",
    };
    let with = [("reasons", account.reasons.join(" "))];
    Some(matter.law.say(code, &with).at("proposal.order"))
}

fn in_question(case: &CaseFile, pack: &LawPack) -> bool {
    let proposal = &case.proposal;
    if case.offences.is_empty() || none_imprisonable(pack, &case.offences) {
        return false;
    }
    if matches!(
        proposal.order,
        Some(OrderKind::SuspendedSentenceOrder | OrderKind::CustodyUnavoidable)
    ) {
        return true;
    }
    let ruled_out = matches!(
        proposal.custody,
        Some(CustodyPosition::NotConsidered | CustodyPosition::ThresholdNotMet)
    );
    let indicated = match case.hearing.indication {
        Some(Indication::AllOptions | Indication::CustodyThreshold) => true,
        Some(Indication::NoneGiven) | None => proposal.order.is_some(),
        Some(_) => false,
    };
    indicated && !ruled_out
}
