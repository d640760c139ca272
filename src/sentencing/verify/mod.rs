//! What makes a law pack wrong, told so that the person who wrote it can mend it.
//!
//! Lives here: faults across rows and files. Not here: faults of one value, which the
//! shapes in `rows` and `requirement` refuse as they are read. To guard against another
//! mistake, add a function that returns its faults and call it in [`faults`].

mod chains;
mod contradictions;
mod sources;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    load::{At, Read},
    requirement::{Evidence, Requirement},
    rows::Rule,
    used::{FIGURES, WORDS},
};
use crate::{case::OrderKind, content::ContentError};

/// Every fault of the pack.
pub(super) fn faults(read: &Read) -> Vec<ContentError> {
    let mut faults = Vec::new();
    faults.extend(chains::faults(&read.requirements, |r| chains::Span {
        id: &r.id,
        test: r.date_test,
        status: r.status,
        from: r.from,
        to: r.to,
    }));
    faults.extend(chains::faults(&read.rules, |r| chains::Span {
        id: &r.code,
        test: r.date_test,
        status: r.status,
        from: r.from,
        to: r.to,
    }));
    faults.extend(sources::faults(read));
    faults.extend(repeated(&read.offences, |o| &o.id));
    faults.extend(repeated(&read.changes, |c| &c.id));
    faults.extend(repeated(&read.programmes, |p| &p.id));
    faults.extend(repeated(&read.courts, |c| &c.id));
    faults.extend(facts_named(read));
    faults.extend(repeated(&read.facts, |f| &f.id));
    faults.extend(repeated(&read.messages, |m| &m.code));
    faults.extend(repeated(&read.reasons, |r| &r.code));
    faults.extend(ids(read));
    faults.extend(limits(&read.requirements));
    faults.extend(figures(&read.rules));
    faults.extend(wording::faults(read));
    faults.extend(wording::reasons(read));
    faults.extend(words(read));
    faults.extend(contradictions::faults(read));
    faults
}

fn repeated<T>(rows: &[At<T>], id: impl Fn(&T) -> &String) -> Vec<ContentError> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for at in rows {
        match seen.get(id(&at.row).as_str()) {
            Some(line) => faults.push(at.fault(format!(
                "`{}` is already used at line {line}; every id is used once",
                id(&at.row)
            ))),
            None => {
                seen.insert(id(&at.row), at.line);
            }
        }
    }
    faults
}

/// Ids that rows give of other rows must exist.
fn ids(read: &Read) -> Vec<ContentError> {
    let known: BTreeSet<&str> = read
        .requirements
        .iter()
        .map(|at| at.row.id.as_str())
        .collect();
    let facts: BTreeSet<&str> = read.facts.iter().map(|at| at.row.id.as_str()).collect();
    let rules: BTreeSet<&str> = read.rules.iter().map(|at| at.row.code.as_str()).collect();
    let mut faults = Vec::new();
    for at in &read.requirements {
        let named = at
            .row
            .incompatible_with
            .iter()
            .chain(&at.row.needs_another_besides);
        for id in named.filter(|id| !known.contains(id.as_str())) {
            faults.push(at.fault(format!("`{id}` is not the id of any requirement")));
        }
        if at.row.incompatible_with.contains(&at.row.id) {
            faults.push(at.fault(format!("`{}` is barred from itself", at.row.id)));
        }
        for condition in at
            .row
            .conditions
            .iter()
            .filter(|c| !facts.contains(c.fact.as_str()))
        {
            faults.push(at.fault(format!("`{}` is not a fact in facts.toml", condition.fact)));
        }
    }
    for at in read
        .ranges
        .iter()
        .filter(|at| !known.contains(at.row.requirement.as_str()))
    {
        faults.push(at.fault(format!(
            "`{}` is not the id of any requirement",
            at.row.requirement
        )));
    }
    for at in &read.messages {
        if let Some(rule) = at.row.rule.as_deref().filter(|r| !rules.contains(r)) {
            faults.push(at.fault(format!("`{rule}` is not the code of any rule")));
        }
    }
    faults
}

/// Facts that preconditions, courts and other facts name must exist, and a fact is made
/// of plain ones only.
fn facts_named(read: &Read) -> Vec<ContentError> {
    let find = |id: &str| read.facts.iter().find(|at| at.row.id == id);
    let unknown = |id: &str| format!("`{id}` is not a fact in facts.toml");
    let mut faults = Vec::new();
    for at in &read.requirements {
        for precondition in &at.row.preconditions {
            let named = precondition.fact.as_deref();
            match (precondition.by == Evidence::Fact, named) {
                (true, None) => faults.push(at.fault(format!(
                    "`{}` rests on a fact and names none: {}",
                    at.row.id, precondition.says
                ))),
                (_, Some(id)) if find(id).is_none() => faults.push(at.fault(unknown(id))),
                _ => {}
            }
        }
    }
    for at in &read.courts {
        let named = at.row.criteria.iter().filter_map(|c| c.fact.as_deref());
        let needs = at
            .row
            .criteria
            .iter()
            .flat_map(|c| &c.facts)
            .map(String::as_str);
        for id in named.chain(needs).filter(|id| find(id).is_none()) {
            faults.push(at.fault(unknown(id)));
        }
    }
    for at in &read.facts {
        let fact = &at.row;
        if fact.any_of.is_empty() == fact.prompts.is_empty() {
            faults.push(at.fault(format!(
                "`{}` is read from `prompts` or made of `any_of`, one of the two",
                fact.id
            )));
        }
        for id in &fact.any_of {
            match find(id) {
                None => faults.push(at.fault(unknown(id))),
                Some(part) if !part.row.any_of.is_empty() => faults.push(at.fault(format!(
                    "`{}` is made of `{id}`, which is itself made of others; name those",
                    fact.id
                ))),
                Some(_) => {}
            }
        }
    }
    faults
}

fn limits(rows: &[At<Requirement>]) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for at in rows {
        let row = &at.row;
        if let (Some(min), Some(max)) = (row.min, row.max)
            && min > max
        {
            faults.push(at.fault(format!(
                "`{}` has a least amount of {min}, over its greatest of {max}",
                row.id
            )));
        }
        if row.applies_to.is_empty() {
            faults.push(at.fault(format!(
                "`{}` belongs to no order; list CO, SSO or both in `applies_to`",
                row.id
            )));
        }
        if row.amount_needed && !row.prints.contains("{amount}") {
            faults.push(at.fault(format!(
                "`{}` needs an amount, so `prints` must hold {{amount}}",
                row.id
            )));
        }
    }
    faults
}

fn figures(rows: &[At<Rule>]) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for (code, names) in FIGURES {
        for at in rows.iter().filter(|at| at.row.code == *code) {
            for name in names.iter().filter(|name| at.row.figure(name).is_none()) {
                faults.push(at.fault(format!(
                    "`{code}` needs the figure `{name}` under `figures`"
                )));
            }
        }
        if !rows.iter().any(|at| at.row.code == *code) {
            faults.push(ContentError::new(
                "report-templates/sentencing/rules.toml",
                None,
                format!("the rule `{code}` is missing; the program compares with its figures"),
            ));
        }
    }
    faults
}

fn words(read: &Read) -> Vec<ContentError> {
    let about = &read.about.row;
    let kinds = [
        OrderKind::CommunityOrder,
        OrderKind::SuspendedSentenceOrder,
        OrderKind::Deferment,
        OrderKind::ConditionalDischarge,
        OrderKind::Fine,
        OrderKind::CustodyUnavoidable,
    ];
    let missing_words = WORDS
        .iter()
        .filter(|key| !about.words.contains_key(**key))
        .map(|key| format!("`words` lacks `{key}`"));
    let missing_kinds = kinds
        .iter()
        .filter(|kind| !about.orders.iter().any(|o| o.kind == **kind))
        .map(|kind| format!("there are no words for the sentence {kind:?}"));
    missing_words
        .chain(missing_kinds)
        .map(|why| read.about.fault(why))
        .collect()
}
