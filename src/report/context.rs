//! The variables a passage may name: one for every prompt, and the facts below.
//!
//! A prompt's variable is its id with underscores, in the shape of `shown`. A fact's
//! variable is put together from typed parts of the case file and from the law. To
//! add a fact, add its name and its place to [`FACTS`] and build it in [`context`].

use chrono::NaiveDate;
use serde_json::Value as Json;
use tera::{Context, Map, Value};

use super::{
    Materials, document,
    shown::{self, put},
    words,
};
use crate::{
    case::{
        CaseFile, ChosenService, CourtKind, EnquiryKind, EnquiryOutcome, ExistingOrderKind, Format,
        HowPunished, IfOutstanding, OrderKind, Plea, ProposedRequirement, Purpose,
    },
    directory::AsAt,
    interview::Prompt,
    needs::{Level, Linked, Need},
    sentencing::{self, CaseDates},
};

/// Facts that passages may name, each with the place in the case file it rests on.
pub(super) const FACTS: [(&str, &str); 16] = [
    ("woman", "woman"),
    ("court", "hearing"),
    ("offences", "offences"),
    ("existing_orders", "existing_orders"),
    ("order", "proposal"),
    ("punished", "proposal"),
    ("requirements", "proposal.requirements"),
    ("presumption", "existing_orders"),
    ("services", "services"),
    ("enquiries", "enquiries"),
    ("needs", "answers"),
    ("author", "author"),
    ("law", ""),
    ("today", ""),
    ("missing", ""),
    ("fictional", ""),
];

/// Every variable but `need` and `enquiry`, which a repeated passage binds.
pub(super) fn context(materials: &Materials<'_>, case: &CaseFile, json: &Json) -> Context {
    let mut context = Context::new();
    for (_, prompt) in materials.interview.prompts() {
        let value = if prompt.is_answer() {
            shown::answer(prompt, case.answer(&prompt.id))
        } else {
            shown::fact(prompt, at(json, &prompt.place))
        };
        context.insert_value(prompt.id.replace('-', "_"), value);
    }
    let as_at = materials.today;
    context.insert_value("woman", woman(case, materials));
    context.insert_value("court", court(case));
    context.insert_value("author", author(case));
    context.insert_value("offences", list(&case.offences, offence));
    context.insert_value(
        "existing_orders",
        list(&case.existing_orders, existing_order),
    );
    context.insert_value("order", order(case, materials));
    context.insert_value("punished", punished(case));
    context.insert_value(
        "requirements",
        list(&case.proposal.requirements, |r| {
            requirement(r, case, materials)
        }),
    );
    context.insert_value("presumption", presumption(case, materials));
    context.insert_value(
        "services",
        list(&case.services, |s| service(s, case, materials)),
    );
    context.insert_value("enquiries", list(&case.enquiries, enquiry));
    context.insert_value("law", law(materials));
    context.insert_value("today", Value::from(words::date(as_at)));
    let missing: Vec<Value> = materials
        .missing
        .iter()
        .map(|m| Value::from(m.as_str()))
        .collect();
    context.insert_value("missing", Value::from(missing));
    context.insert_value("fictional", Value::from(case.fictional));
    context
}

/// What a passage repeated for each need sees as `need`.
pub(super) fn need(
    need: &Need,
    prompt: &Prompt,
    materials: &Materials<'_>,
    case: &CaseFile,
) -> Value {
    let mut map = shown::answer(prompt, case.answer(&prompt.id))
        .into_map()
        .unwrap_or_default();
    // A shorter report gives a need that is low and apart from the offending one line.
    let minor =
        case.format != Format::Standard && need.level == Level::Low && need.linked == Linked::No;
    put(&mut map, "minor", minor);
    if let Some(theme) = materials.interview.theme(&need.theme) {
        put(&mut map, "name", theme.name.as_str());
        put(&mut map, "prints", theme.prints.as_str());
    }
    Value::from(map)
}

/// The value at a dotted place.
fn at<'a>(json: &'a Json, place: &str) -> Option<&'a Json> {
    place.split('.').try_fold(json, |at, part| at.get(part))
}

fn list<T>(items: &[T], each: impl Fn(&T) -> Map) -> Value {
    Value::from(
        items
            .iter()
            .map(|i| Value::from(each(i)))
            .collect::<Vec<_>>(),
    )
}

fn day(date: Option<NaiveDate>) -> String {
    date.map(words::date).unwrap_or_default()
}

fn text(value: Option<&String>) -> String {
    value.map(|t| t.trim().to_owned()).unwrap_or_default()
}

fn woman(case: &CaseFile, materials: &Materials<'_>) -> Value {
    let woman = &case.woman;
    let mut map = Map::new();
    put(&mut map, "name", words::short_name(&woman.name));
    put(&mut map, "full_name", words::full_name(&woman.name));
    put(&mut map, "born", day(woman.date_of_birth));
    let on = case.hearing.date.unwrap_or(materials.today);
    let age = woman.date_of_birth.and_then(|born| words::age(born, on));
    put(
        &mut map,
        "age",
        age.map(|a| a.to_string()).unwrap_or_default(),
    );
    let area = woman
        .lives_in
        .as_deref()
        .and_then(|text| materials.directory.place(text).ok())
        .and_then(|place| Some(place.local_authorities.first()?.name.clone()));
    put(&mut map, "area", area.unwrap_or_default());
    put(&mut map, "has_address", woman.address.is_some());
    let printed = woman.address.as_ref().filter(|_| woman.address_in_report);
    put(&mut map, "address", text(printed));
    Value::from(map)
}

fn court(case: &CaseFile) -> Value {
    let hearing = &case.hearing;
    let mut map = Map::new();
    put(&mut map, "name", hearing.court.trim());
    put(
        &mut map,
        "kind",
        match hearing.kind {
            Some(CourtKind::Magistrates) => "magistrates",
            Some(CourtKind::Crown) => "crown",
            None => "",
        },
    );
    put(&mut map, "case_number", text(hearing.case_number.as_ref()));
    put(&mut map, "date", day(hearing.date));
    put(&mut map, "requested", day(hearing.requested));
    put(&mut map, "indication", id(hearing.indication.as_ref()));
    put(&mut map, "note", text(hearing.indication_note.as_ref()));
    Value::from(map)
}

fn author(case: &CaseFile) -> Value {
    let mut map = Map::new();
    put(&mut map, "name", case.author.name.trim());
    put(&mut map, "role", case.author.role.trim());
    put(&mut map, "office", case.author.office.trim());
    Value::from(map)
}

fn offence(offence: &crate::case::Offence) -> Map {
    let mut map = Map::new();
    put(&mut map, "title", offence.title.trim());
    put(&mut map, "committed", day(offence.committed_on));
    let until = offence
        .committed_until
        .filter(|u| Some(*u) != offence.committed_on);
    put(&mut map, "until", day(until));
    put(&mut map, "convicted", day(offence.convicted_on));
    put(
        &mut map,
        "plea",
        match offence.plea {
            Some(Plea::Guilty) => "guilty",
            Some(Plea::ConvictedAfterTrial) => "trial",
            None => "",
        },
    );
    map
}

fn existing_order(order: &crate::case::ExistingOrder) -> Map {
    let mut map = Map::new();
    put(
        &mut map,
        "kind",
        match order.kind {
            ExistingOrderKind::SuspendedSentenceOrder => "a suspended sentence order",
            ExistingOrderKind::CommunityOrder => "a community order",
            ExistingOrderKind::ConditionalDischarge => "a conditional discharge",
            ExistingOrderKind::Licence => "a licence",
            ExistingOrderKind::Other => "another court order",
        },
    );
    put(&mut map, "made_on", day(order.made_on));
    put(&mut map, "terms", text(order.terms.as_ref()));
    put(
        &mut map,
        "while_subject",
        order.offended_while_subject == Some(true),
    );
    put(&mut map, "breach", order.breach_before_court == Some(true));
    map
}

fn order(case: &CaseFile, materials: &Materials<'_>) -> Value {
    let proposal = &case.proposal;
    let mut map = Map::new();
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

fn punished(case: &CaseFile) -> Value {
    let proposal = &case.proposal;
    let mut map = Map::new();
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

fn requirement(r: &ProposedRequirement, case: &CaseFile, materials: &Materials<'_>) -> Map {
    let mut map = Map::new();
    let law = materials
        .law
        .in_force(&CaseDates::of(case, materials.today));
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
    put(&mut map, "needs", theme_words(&r.needs, materials));
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

fn theme_words(themes: &[String], materials: &Materials<'_>) -> String {
    let names: Vec<&str> = themes
        .iter()
        .filter_map(|id| materials.interview.theme(id))
        .map(|theme| theme.prints.as_str())
        .collect();
    // Some names hold an *and* of their own, so these are set apart by semicolons.
    names.join("; ")
}

fn presumption(case: &CaseFile, materials: &Materials<'_>) -> Value {
    let found = sentencing::presumption(case, materials.law);
    let mut map = Map::new();
    put(&mut map, "outcome", id(Some(&found.outcome)));
    put(&mut map, "reasons", found.reasons.join(" "));
    let citation = found.rule.map(|r| r.citation).unwrap_or_default();
    put(&mut map, "citation", citation);
    Value::from(map)
}

fn service(s: &ChosenService, case: &CaseFile, materials: &Materials<'_>) -> Map {
    let mut map = Map::new();
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
    put(&mut map, "needs", theme_words(&s.needs, materials));
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

pub(super) fn enquiry(e: &crate::case::Enquiry) -> Map {
    let mut map = Map::new();
    put(
        &mut map,
        "kind",
        match e.kind {
            EnquiryKind::PoliceDomesticAbuse => "police-domestic-abuse",
            EnquiryKind::ChildrensServices => "childrens-services",
            EnquiryKind::Other => "other",
        },
    );
    put(&mut map, "agency", e.agency.trim());
    put(&mut map, "sent", day(e.sent));
    put(&mut map, "chased", day(e.chased.iter().copied().max()));
    put(&mut map, "replied", day(e.replied));
    put(
        &mut map,
        "outcome",
        match e.outcome {
            EnquiryOutcome::NotSent => "not-sent",
            EnquiryOutcome::Pending => "pending",
            EnquiryOutcome::NoConcerns => "no-concerns",
            EnquiryOutcome::Concerns => "concerns",
            EnquiryOutcome::NoRecord => "no-record",
            EnquiryOutcome::Refused => "refused",
        },
    );
    put(
        &mut map,
        "summary",
        Value::safe_string(&document::escape_paragraphs(&text(e.summary.as_ref()))),
    );
    put(
        &mut map,
        "effect",
        Value::safe_string(&document::escape_paragraphs(&text(e.effect.as_ref()))),
    );
    put(
        &mut map,
        "then",
        match e.if_outstanding {
            None => "",
            Some(IfOutstanding::AskForAdjournment) => "adjourn",
            Some(IfOutstanding::ProceedAndSaySo) => "proceed",
            Some(IfOutstanding::AvoidDependentRequirements) => "avoid",
        },
    );
    map
}

fn law(materials: &Materials<'_>) -> Value {
    let about = &materials.law.about;
    let mut map = Map::new();
    put(&mut map, "checked", day(about.checked));
    put(&mut map, "newest_source", day(about.newest_source_seen));
    Value::from(map)
}

/// The kebab-case word that an enum has in the case file.
fn id<T: serde::Serialize>(value: Option<&T>) -> String {
    match value.map(serde_json::to_value) {
        Some(Ok(Json::String(word))) => word,
        _ => String::new(),
    }
}
