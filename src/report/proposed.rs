//! What is proposed, as passages see it: the order, its requirements in the law's
//! words, how it punishes, the presumption of suspension, and the services relied on.

use tera::Value;

use super::{
    Materials,
    context::{day, id, text},
    shown::{Members, put},
    words,
};
use crate::{
    case::{
        CaseFile, ChosenService, HowPunished, OrderKind, ProposedRequirement, Purpose, Visibility,
    },
    directory::{AsAt, EntryState},
    sentencing::{self, Law},
};

pub(super) fn order(case: &CaseFile, materials: &Materials<'_>) -> Value {
    let proposal = &case.proposal;
    let mut map = Members::new();
    put(&mut map, "kind", id(proposal.order.as_ref()));
    let name = proposal.order.map(|kind| materials.law.order_words(kind));
    put(&mut map, "name", name.unwrap_or_default());
    put(&mut map, "length", months(proposal.months));
    let terms = proposal.suspended.unwrap_or_default();
    put(&mut map, "custodial", months(terms.custodial_months));
    put(&mut map, "operational", months(terms.operational_months));
    put(&mut map, "supervision", months(terms.supervision_months));
    put(
        &mut map,
        "requirements",
        words::count(proposal.requirements.len()),
    );
    put(&mut map, "several", proposal.requirements.len() > 1);
    let reviews = materials.law.review_words(case, materials.today);
    put(&mut map, "reviews", reviews.join(" "));
    put(
        &mut map,
        "in_community",
        matches!(
            proposal.order,
            Some(OrderKind::CommunityOrder | OrderKind::SuspendedSentenceOrder)
        ),
    );
    Value::from(map)
}

fn months(months: Option<u32>) -> String {
    match months {
        None => String::new(),
        Some(1) => "one month".into(),
        Some(n) => format!("{n} months"),
    }
}

pub(super) fn punished(case: &CaseFile) -> Value {
    let proposal = &case.proposal;
    let mut map = Members::new();
    let (by, reason) = match &proposal.punished {
        None => ("", String::new()),
        Some(HowPunished::Requirement) => ("requirement", String::new()),
        Some(HowPunished::Fine { note }) => ("fine", text(note.as_ref())),
        Some(HowPunished::ExceptionalCircumstances { reason }) => {
            ("exceptional", reason.trim().to_owned())
        }
    };
    put(&mut map, "by", by);
    put(&mut map, "reason", reason);
    Value::from(map)
}

pub(super) fn requirement(
    r: &ProposedRequirement,
    law: &Law<'_>,
    case: &CaseFile,
    materials: &Materials<'_>,
) -> Members {
    let mut map = Members::new();
    let row = law.requirement(&r.id);
    put(
        &mut map,
        "name",
        row.map_or(r.id.as_str(), |row| {
            row.name.trim_end_matches(" requirement")
        }),
    );
    put(
        &mut map,
        "amount",
        row.map(|row| sentencing::amount_words(row, r))
            .unwrap_or_default(),
    );
    put(&mut map, "detail", text(r.detail.as_ref()));
    put(&mut map, "what", text(r.what.as_ref()));
    put(&mut map, "place", text(r.place.as_ref()));
    put(&mut map, "starts", text(r.starts.as_ref()));
    put(&mut map, "needs", theme_words(&r.needs, case, materials));
    let with = r
        .service
        .as_ref()
        .and_then(|id| case.services.iter().find(|s| s.id == *id));
    let name = with.map(|s| s.name.as_str()).unwrap_or_default();
    let named = r.place.as_ref().is_some_and(|p| p.contains(name));
    put(&mut map, "with", if named { "" } else { name });
    let when: Vec<String> = r.slots.iter().map(words::slot).collect();
    put(&mut map, "when", when.join("; "));
    put(
        &mut map,
        "punishment",
        r.purposes.contains(&Purpose::Punishment),
    );
    put(&mut map, "checked_on", day(r.availability_checked));
    map
}

/// True where the report may speak of a need.
fn may_be_named(theme: &str, case: &CaseFile) -> bool {
    let answer = case.answer(&format!("need-{theme}"));
    answer.is_none_or(|a| a.visibility == Visibility::InReport)
}

/// Names of needs, without any that is kept on the record only.
fn theme_words(themes: &[String], case: &CaseFile, materials: &Materials<'_>) -> String {
    let pronouns = case.woman.name.pronouns;
    let names: Vec<_> = themes
        .iter()
        .filter(|id| may_be_named(id, case))
        .filter_map(|id| materials.interview.theme(id))
        .map(|theme| theme.prints.of(pronouns))
        .collect();
    // Some names hold an *and* of their own, so these are set apart by semicolons.
    names.join("; ")
}

pub(super) fn presumption(case: &CaseFile, materials: &Materials<'_>) -> Value {
    let found = sentencing::presumption(case, materials.law);
    let mut map = Members::new();
    put(&mut map, "outcome", id(Some(&found.outcome)));
    put(&mut map, "reasons", found.reasons.join(" "));
    let citation = found.rule.map(|r| r.citation).unwrap_or_default();
    put(&mut map, "citation", citation);
    Value::from(map)
}

pub(super) fn service(s: &ChosenService, case: &CaseFile, materials: &Materials<'_>) -> Members {
    let mut map = Members::new();
    put(&mut map, "name", s.name.trim());
    put(&mut map, "organisation", s.organisation.trim());
    put(&mut map, "offer", text(s.offer.as_ref()));
    put(&mut map, "held", text(s.held.as_ref()));
    let as_at = AsAt::read(s.as_at.trim());
    let dated = as_at.date.map(|d| format!("as at {}", d.printed()));
    put(&mut map, "as_at", dated.unwrap_or(as_at.text));
    // The first source is the newest; the entry itself lists them all.
    let source = s.source.split(" ; ").next().unwrap_or_default();
    put(&mut map, "source", source.trim());
    put(&mut map, "confirmed_on", day(s.confirmed_on));
    let lives_in = case.woman.lives_in.as_deref().unwrap_or_default();
    let directory = materials.directory;
    let place = directory.place(lives_in).ok();
    let entry = directory.service(&s.id);
    let fresh = entry.map(|e| directory.stale(e, place.as_ref(), materials.today));
    put(&mut map, "stale", fresh.is_some_and(|f| f.stale));
    put(
        &mut map,
        "checked_on",
        day(fresh.and_then(|f| f.checked_on)),
    );
    let state = directory.state_of(&s.id);
    put(&mut map, "ended", !state.is_there());
    put(&mut map, "paused", state == EntryState::Paused);
    put(&mut map, "needs", theme_words(&s.needs, case, materials));
    let when: Vec<String> = s.slots.iter().map(words::slot).collect();
    put(&mut map, "when", when.join("; "));
    let in_order = case
        .proposal
        .requirements
        .iter()
        .any(|r| r.service.as_deref() == Some(s.id.as_str()));
    put(&mut map, "in_order", in_order);
    map
}

/// Needs for which nothing suitable was found, without any that is kept on the record.
pub(super) fn gaps(case: &CaseFile, materials: &Materials<'_>) -> Value {
    let told = case.gaps.iter().filter(|g| may_be_named(&g.theme, case));
    let shown = told.filter_map(|gap| {
        let theme = materials.interview.theme(&gap.theme)?;
        let mut map = Members::new();
        let need = theme.prints.of(case.woman.name.pronouns);
        put(&mut map, "need", &*need);
        put(&mut map, "looked_on", day(Some(gap.looked_on)));
        put(&mut map, "area", text(gap.area.as_ref()));
        put(&mut map, "note", text(gap.note.as_ref()));
        Some(Value::from(map))
    });
    Value::from(shown.collect::<Vec<_>>())
}
