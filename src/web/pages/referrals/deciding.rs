//! What the report makes of a centre's reply: bringing it in, and deciding on each thing
//! offered.
//!
//! Lives here: the fields of a decision and the writes it comes to. Not here: the page
//! (`one`), or what adopting changes (`consultancy::taken_in`).

use serde::Serialize;
use serde_json::json;

use super::reply::ItemView;
use crate::{
    case::{CaseFile, CentreAssessment, ItemDecision, Use, revision::Write},
    consultancy::{taken_in, taken_out},
    sentencing::Law,
    store::{KeptReferral, LoadedReport, ReferralId},
    web::{
        error::Error,
        fields::{Control, FieldView},
        form::Form,
        pages::choose,
        state::AppState,
        words,
    },
};

/// One thing offered, with the author's decision.
#[derive(Debug, Serialize)]
pub struct Offer {
    pub(super) item: ItemView,
    pub(super) number: usize,
    pub(super) made: &'static str,
    pub(super) fields: Vec<FieldView>,
}

/// `law` is that of the case's dates, and names the requirements.
pub(super) fn offer(
    law: &Law<'_>,
    case: &CaseFile,
    one: &CentreAssessment,
    number: usize,
    item: ItemView,
) -> Offer {
    let decided = one.decided(number);
    let made = decided.map_or("", |d| match d.made {
        Use::Adopted => "adopted",
        Use::Quoted => "quoted",
        Use::NotProposed => "not-proposed",
    });
    let what = &item.what;
    let name = |part: &str| format!("{part}.{number}");
    let requirements = case.proposal.requirements.iter().enumerate();
    let mut places = vec![(
        "none".to_owned(),
        "Beside the order, as support".to_owned(),
        String::new(),
    )];
    places.extend(requirements.map(|(at, r)| {
        let row = law.any_requirement(&r.id);
        let called = row.map_or(r.id.as_str(), |row| row.name.as_str());
        let label = format!("Requirement {}: {called}", at + 1);
        (at.to_string(), label, String::new())
    }));
    let holds = |r: &crate::case::ProposedRequirement| {
        let slots = one.reply.package.get(number).map(|i| i.slots.as_slice());
        let slots = slots.unwrap_or_default();
        r.service.as_deref() == Some(&one.service)
            && !slots.is_empty()
            && slots.iter().all(|slot| r.slots.contains(slot))
    };
    let at = case.proposal.requirements.iter().position(holds);
    let at = at.map_or_else(|| "none".to_owned(), |at| at.to_string());
    let fields = vec![
        FieldView::new(Control::Radios, name("made"), format!("What the report makes of it: {what}"))
            .hinted_options([
                ("adopted", "Take it into the proposal", "The provider, times and how long the place is held are carried over, and her week with them.".to_owned()),
                ("quoted", "Quote it as the centre’s words", String::new()),
                ("not-proposed", "Not proposed", String::new()),
            ])
            .value(made),
        FieldView::new(Control::Radios, name("where"), format!("Where in the proposal: {what}"))
            .hinted_options(places)
            .value(at)
            .small(),
        FieldView::new(Control::Line, name("why"), format!("Why it is not proposed: {what}"))
            .hint("The report says this.")
            .value(decided.map_or("", |d| d.why.as_str())),
    ];
    Offer {
        item,
        number,
        made,
        fields,
    }
}

/// The assessment of a referral in the report, with its place there.
pub(super) fn in_report(case: &CaseFile, id: ReferralId) -> Option<(usize, &CentreAssessment)> {
    let id = id.to_string();
    let mut all = case.assessments.iter().enumerate();
    all.find(|(_, one)| one.referral == id)
}

/// The writes that bring the standing reply into the report, in place of an older version.
/// A decision stays where the same thing is still offered.
pub(super) fn bring(case: &CaseFile, kept: &KeptReferral) -> Result<Vec<Write>, Error> {
    let (last, reply) = kept.reply().ok_or_else(Error::not_understood)?;
    let referral = kept.referral.as_ref().ok_or_else(Error::not_found)?;
    let mut all = case.assessments.clone();
    let mut one = CentreAssessment {
        referral: kept.id.to_string(),
        service: referral.service.clone(),
        centre: referral.centre.clone(),
        organisation: referral.organisation.clone(),
        version: u32::try_from(last.version).unwrap_or(u32::MAX),
        signed_on: words::day_of(last.at),
        signed_by: last.by.clone(),
        reply: reply.clone(),
        decisions: Vec::new(),
    };
    match in_report(case, kept.id) {
        Some((at, before)) => {
            let items = before.reply.package.iter();
            one.decisions = before
                .decisions
                .iter()
                .filter_map(|d| {
                    let old = items.clone().nth(d.item)?;
                    let item = reply.package.iter().position(|new| new == old)?;
                    Some(ItemDecision { item, ..d.clone() })
                })
                .collect();
            all[at] = one;
        }
        None => all.push(one),
    }
    Ok(vec![Write::new("assessments", json!(all))])
}

pub(super) type Decision = Result<Vec<Write>, (String, String)>;

/// The writes of a decision on one thing offered, or what is wrong with it.
pub(super) async fn item(
    state: &AppState,
    report: &LoadedReport,
    kept: &KeptReferral,
    form: &Form,
) -> Result<Decision, Error> {
    let case = &report.case;
    let (place, one) = in_report(case, kept.id).ok_or_else(Error::not_understood)?;
    let number: usize = form
        .one("item")
        .parse()
        .map_err(|_| Error::not_understood())?;
    let item = one
        .reply
        .package
        .get(number)
        .ok_or_else(Error::not_understood)?;
    let name = |part: &str| format!("{part}.{number}");
    let made = match form.one(&name("made")) {
        "adopted" => Use::Adopted,
        "quoted" => Use::Quoted,
        "not-proposed" => Use::NotProposed,
        _ => {
            return Ok(Err((
                name("made"),
                "Select what the report makes of it".into(),
            )));
        }
    };
    let why = form.one(&name("why"));
    if made == Use::NotProposed && why.is_empty() {
        return Ok(Err((name("why"), "Enter why it is not proposed".into())));
    }
    if why.chars().count() > 500 {
        return Ok(Err((
            name("why"),
            "Say it in 500 characters or fewer".into(),
        )));
    }
    let changed = if made == Use::Adopted {
        let directory = state.directory().await?;
        let known = case.services.iter().find(|s| s.id == one.service).cloned();
        let centre = known.or_else(|| choose::entry(report, state, &directory, &one.service));
        let centre = centre.ok_or_else(Error::not_found)?;
        let at = form.one(&name("where")).parse().ok();
        taken_in(case, one, item, &centre, at)
    } else {
        taken_out(case, one, item)
    };
    let mut all = case.assessments.clone();
    let decisions = &mut all[place].decisions;
    decisions.retain(|d| d.item != number);
    decisions.push(ItemDecision {
        item: number,
        made,
        why: if made == Use::NotProposed {
            why.to_owned()
        } else {
            String::new()
        },
    });
    decisions.sort_by_key(|d| d.item);
    let mut writes = vec![Write::new("assessments", json!(all))];
    if changed.services != case.services {
        writes.push(Write::new("services", json!(changed.services)));
    }
    if changed.requirements != case.proposal.requirements {
        let requirements = json!(changed.requirements);
        writes.push(Write::new("proposal.requirements", requirements));
    }
    Ok(Ok(writes))
}
