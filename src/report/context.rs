//! The variables a passage may name: one for every prompt, and the facts below.
//!
//! A prompt's variable is its id with underscores, in the shape of `shown`. A fact's
//! variable is put together from typed parts of the case file and from the law. To
//! add a fact, add its name and its place to [`FACTS`] and build it in [`Shown::fact`].

use chrono::NaiveDate;
use serde_json::Value as Json;
use tera::{Context, Value};

use super::{
    Materials, assessed, enquiry, letters,
    named::{Asked, Named},
    proposed,
    shown::{self, Members, put},
    words,
};
use crate::{
    case::{CaseFile, CourtKind, ExistingOrderKind, Format, Plea},
    english::Pronouns,
    needs::{Level, Linked, Need},
    sentencing::CaseDates,
};

/// Facts that passages may name, each with the place in the case file it rests on.
pub(super) const FACTS: [(&str, &str); 19] = [
    ("woman", "woman"),
    ("court", "hearing"),
    ("offences", "offences"),
    ("existing_orders", "existing_orders"),
    ("order", "proposal"),
    ("punished", "proposal"),
    ("requirements", "proposal.requirements"),
    ("presumption", "existing_orders"),
    ("services", "services"),
    ("gaps", "gaps"),
    ("assessments", "assessments"),
    ("enquiries", "enquiries"),
    ("author", "author"),
    ("law", ""),
    ("today", ""),
    ("missing", ""),
    ("fictional", ""),
    ("signed", ""),
    ("letter", ""),
];

/// A case as passages see it.
pub(super) struct Shown<'a> {
    pub materials: &'a Materials<'a>,
    /// The case, without what must not leave.
    pub case: &'a CaseFile,
    /// The same, beside its answers, as JSON.
    pub facts: &'a Json,
}

impl Shown<'_> {
    /// Binds every variable that a passage names and no passage before it did; all
    /// but `need` and `enquiry`, which a repeated passage binds.
    pub(super) fn bind(&self, named: &Named, context: &mut Context) {
        for fact in &named.facts {
            if !context.contains_key(fact.name) {
                context.insert_value(fact.name, self.fact(fact.name));
            }
        }
        for asked in &named.prompts {
            if !context.contains_key(&asked.variable) {
                context.insert_value(asked.variable.clone(), self.prompt(asked));
            }
        }
    }

    pub(super) fn pronouns(&self) -> Pronouns {
        self.case.woman.name.pronouns
    }

    fn prompt(&self, asked: &Asked) -> Value {
        let members = self.members(asked);
        members.map_or_else(|| asked.nothing.clone(), Value::from)
    }

    /// What is said at a prompt; nothing where nothing is.
    fn members(&self, asked: &Asked) -> Option<Members> {
        if asked.prompt.is_answer() {
            let answer = self.case.answer(&asked.prompt.id)?;
            Some(shown::answer(asked, answer, self.pronouns()))
        } else {
            let value = at(self.facts, &asked.prompt.place).filter(|v| !v.is_null())?;
            Some(shown::fact(asked, Some(value), self.pronouns()))
        }
    }

    /// The value of one of [`FACTS`].
    fn fact(&self, name: &str) -> Value {
        let Self {
            materials, case, ..
        } = *self;
        match name {
            "woman" => woman(case, materials),
            "court" => court(case),
            "author" => author(case),
            "offences" => list(&case.offences, offence),
            "existing_orders" => list(&case.existing_orders, existing_order),
            "order" => proposed::order(case, materials),
            "punished" => proposed::punished(case),
            "requirements" => {
                let law = materials
                    .law
                    .in_force(&CaseDates::of(case, materials.today));
                list(&case.proposal.requirements, |r| {
                    proposed::requirement(r, &law, case, materials)
                })
            }
            "presumption" => proposed::presumption(case, materials),
            "services" => list(&case.services, |s| proposed::service(s, case, materials)),
            "gaps" => proposed::gaps(case, materials),
            "assessments" => assessed::assessments(case),
            "enquiries" => {
                let waiting = enquiry::requirements_wait(case, materials);
                list(&case.enquiries, |e| enquiry::enquiry(e, waiting))
            }
            "law" => law_pack(materials),
            "today" => Value::from(words::date(materials.today)),
            "missing" => {
                let missing = materials.missing.iter();
                Value::from(missing.map(|m| Value::from(m.as_str())).collect::<Vec<_>>())
            }
            "fictional" => Value::from(case.fictional),
            "signed" => signed(materials),
            "letter" => Value::from(letters::letter(materials.letter, case)),
            _ => Value::undefined(),
        }
    }

    /// What a passage repeated for each need sees as `need`: its prompt's variable,
    /// and what the theme adds.
    pub(super) fn need(&self, need: &Need) -> Value {
        let Self {
            materials, case, ..
        } = *self;
        let asked = materials.templates.vocabulary.prompt(&need.prompt);
        let said = asked.map(|a| self.members(a).unwrap_or_else(|| a.blank.clone()));
        let mut map = said.unwrap_or_default();
        // A shorter report gives a need that is low and apart from the offending one line.
        let minor = case.format != Format::Standard
            && need.level == Level::Low
            && need.linked == Linked::No;
        put(&mut map, "minor", minor);
        put(&mut map, "theme_id", need.theme.as_str());
        if let Some(theme) = materials.interview.theme(&need.theme) {
            put(&mut map, "name", &*theme.name.of(self.pronouns()));
            put(&mut map, "prints", &*theme.prints.of(self.pronouns()));
        }
        Value::from(map)
    }
}

/// The value at a dotted place.
fn at<'a>(json: &'a Json, place: &str) -> Option<&'a Json> {
    place.split('.').try_fold(json, |at, part| at.get(part))
}

fn list<T>(items: &[T], each: impl Fn(&T) -> Members) -> Value {
    Value::from(
        items
            .iter()
            .map(|i| Value::from(each(i)))
            .collect::<Vec<_>>(),
    )
}

pub(super) fn day(date: Option<NaiveDate>) -> String {
    date.map(words::date).unwrap_or_default()
}

pub(super) fn text(value: Option<&String>) -> String {
    value.map(|t| t.trim().to_owned()).unwrap_or_default()
}

fn woman(case: &CaseFile, materials: &Materials<'_>) -> Value {
    let woman = &case.woman;
    let mut map = Members::new();
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
    let mut map = Members::new();
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
    let mut map = Members::new();
    put(&mut map, "name", case.author.name.trim());
    put(&mut map, "role", case.author.role.trim());
    put(&mut map, "office", case.author.office.trim());
    Value::from(map)
}

fn offence(offence: &crate::case::Offence) -> Members {
    let mut map = Members::new();
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

fn existing_order(order: &crate::case::ExistingOrder) -> Members {
    let mut map = Members::new();
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

/// The signature; all its members are empty where the report is a draft.
fn signed(materials: &Materials<'_>) -> Value {
    let signature = materials.signed;
    let checked = signature.and_then(|s| s.checked.as_ref());
    let mut map = Members::new();
    put(&mut map, "by", signature.map_or("", |s| s.by.trim()));
    put(&mut map, "on", day(signature.map(|s| s.on)));
    put(
        &mut map,
        "checked_by",
        checked.map_or("", |(by, _)| by.trim()),
    );
    put(&mut map, "checked_on", day(checked.map(|(_, on)| *on)));
    Value::from(map)
}

fn law_pack(materials: &Materials<'_>) -> Value {
    let about = &materials.law.about;
    let mut map = Members::new();
    put(&mut map, "checked", day(about.checked));
    put(&mut map, "newest_source", day(about.newest_source_seen));
    Value::from(map)
}

/// The kebab-case word that an enum has in the case file.
pub(super) fn id<T: serde::Serialize>(value: Option<&T>) -> String {
    match value.map(serde_json::to_value) {
        Some(Ok(Json::String(word))) => word,
        _ => String::new(),
    }
}
