//! Whether the offences allow the sentence proposed.
//!
//! Lives here: imprisonable or not, and an earlier order before the court. Not here:
//! lengths (`terms`), requirements. What nobody has verified, or does not know, never
//! blocks: it asks.

use super::{check::Matter, law::Law, pack::LawPack, rows::ListedOffence};
use crate::{
    case::{ExistingOrderKind, Offence, OrderKind},
    finding::Finding,
};

/// Whether the court can imprison for an offence, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Imprisonable {
    Yes,
    /// Somebody has read the source, or the author says so.
    No,
    /// From the list's general knowledge only.
    ProbablyNot,
    Unknown,
}

/// What is known of one offence. The list speaks for listed offences, unless it is
/// unverified and the author says otherwise.
pub(super) fn imprisonable(pack: &LawPack, offence: &Offence) -> Imprisonable {
    let listed = offence.id.as_deref().and_then(|id| pack.offence(id));
    match (listed.and_then(|l| l.imprisonable), offence.imprisonable) {
        (None, None) => Imprisonable::Unknown,
        (Some(true), None) | (None | Some(true), Some(true)) => Imprisonable::Yes,
        (None | Some(false), Some(false)) => Imprisonable::No,
        (Some(list), _) if listed.is_some_and(|l| l.verified) => {
            if list {
                Imprisonable::Yes
            } else {
                Imprisonable::No
            }
        }
        (Some(false), None) => Imprisonable::ProbablyNot,
        (Some(_), Some(author)) => {
            if author {
                Imprisonable::Yes
            } else {
                Imprisonable::No
            }
        }
    }
}

/// True where it is certain that none of the offences carries imprisonment.
pub(super) fn none_imprisonable(pack: &LawPack, offences: &[Offence]) -> bool {
    !offences.is_empty()
        && offences
            .iter()
            .all(|o| imprisonable(pack, o) == Imprisonable::No)
}

pub(super) fn check(matter: &Matter<'_>) -> Vec<Finding> {
    let mut findings = listing(matter);
    match matter.case.proposal.order {
        None => {
            if !matter.case.offences.is_empty() {
                findings.push(
                    matter
                        .law
                        .say("law.order.missing", &[])
                        .at("proposal.order"),
                );
            }
        }
        Some(kind) => {
            if matter.case.offences.is_empty() {
                findings.push(matter.law.say("law.offences.missing", &[]).at("offences"));
            }
            findings.extend(offences(matter, kind));
            findings.extend(earlier_order(matter, kind));
        }
    }
    findings
}

/// Faults between the case file and the list of offences.
fn listing(matter: &Matter<'_>) -> Vec<Finding> {
    let law = matter.law;
    let mut findings = Vec::new();
    for (index, offence) in matter.case.offences.iter().enumerate() {
        let Some(id) = offence.id.as_deref() else {
            continue;
        };
        match law.offence(id) {
            None => {
                let with = [("id", id.to_owned()), ("title", offence.title.clone())];
                let finding = law.say("law.offence.unknown-id", &with);
                findings.push(finding.at(format!("offences[{index}].id")));
            }
            Some(listed) if disagrees(listed, offence) => {
                let with = [
                    ("title", offence.title.clone()),
                    ("maximum", listed.maximum.clone()),
                ];
                let finding = law.say("law.offence.contradiction", &with);
                findings.push(finding.at(format!("offences[{index}].imprisonable")));
            }
            Some(_) => {}
        }
    }
    findings
}

fn disagrees(listed: &ListedOffence, offence: &Offence) -> bool {
    matches!((listed.imprisonable, offence.imprisonable), (Some(a), Some(b)) if a != b)
}

fn offences(matter: &Matter<'_>, kind: OrderKind) -> Vec<Finding> {
    let community = match kind {
        OrderKind::CommunityOrder => true,
        OrderKind::SuspendedSentenceOrder | OrderKind::CustodyUnavoidable => false,
        OrderKind::Deferment | OrderKind::ConditionalDischarge | OrderKind::Fine => {
            return Vec::new();
        }
    };
    let standing: Vec<Imprisonable> = matter
        .case
        .offences
        .iter()
        .map(|o| imprisonable(matter.law.pack, o))
        .collect();
    let any = |what: Imprisonable| standing.contains(&what);
    let open = any(Imprisonable::Yes);
    let certain = !open && !any(Imprisonable::Unknown) && !any(Imprisonable::ProbablyNot);
    let numbered = matter.case.offences.iter().enumerate().zip(&standing);
    numbered
        .filter_map(|((index, offence), standing)| {
            let code = match (standing, community) {
                (Imprisonable::Yes, _) => return None,
                (Imprisonable::Unknown, _) => "law.co.imprisonable-unknown",
                (_, true) if open => "law.co.some-not-imprisonable",
                (_, false) if open => return None,
                (Imprisonable::No, true) if certain => "law.co.not-imprisonable",
                (Imprisonable::No, false) if certain => "law.custody.not-imprisonable",
                // Another offence may yet carry it, so this one alone decides nothing.
                (Imprisonable::No, _) => return None,
                (Imprisonable::ProbablyNot, true) => "law.co.not-imprisonable-unverified",
                (Imprisonable::ProbablyNot, false) => "law.custody.not-imprisonable-unverified",
            };
            Some(about(matter.law, code, offence, kind).at(format!("offences[{index}]")))
        })
        .collect()
}

fn about(law: &Law<'_>, code: &str, offence: &Offence, kind: OrderKind) -> Finding {
    let listed = offence.id.as_deref().and_then(|id| law.offence(id));
    let words = |key: &str| law.pack.words(key).to_owned();
    let with = [
        ("title", offence.title.clone()),
        ("order", law.pack.order_words(kind).to_owned()),
        (
            "maximum",
            listed.map_or_else(
                || {
                    let given = offence.maximum.as_deref().map(str::trim);
                    let given = given.filter(|given| !given.is_empty());
                    given.map_or_else(|| words("maximum.unknown"), str::to_owned)
                },
                |l| l.maximum.clone(),
            ),
        ),
        (
            "offence_source",
            listed.map_or_else(
                || words("source.case-file"),
                |l| format!("{}; {}", l.statute, l.source_words),
            ),
        ),
        ("ask", listed.map_or_else(String::new, |l| l.ask.clone())),
    ];
    law.say(code, &with)
}

/// A community order, where a suspended sentence order may be dealt with on the same
/// occasion.
fn earlier_order(matter: &Matter<'_>, kind: OrderKind) -> Option<Finding> {
    if kind != OrderKind::CommunityOrder {
        return None;
    }
    let index = matter.case.existing_orders.iter().position(|order| {
        order.kind == ExistingOrderKind::SuspendedSentenceOrder
            && (order.offended_while_subject == Some(true)
                || order.breach_before_court == Some(true))
    })?;
    let finding = matter.law.say("law.co.sso-breach", &[]);
    Some(finding.at(format!("existing_orders[{index}]")))
}
