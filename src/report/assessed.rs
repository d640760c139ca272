//! What a passage may say of a women's centre's assessment: what the centre offers, by
//! whom and when, and what the author made of it.
//!
//! Never here: how she can be reached, what keeps her safe, and what the centre told the
//! author alone. They have no variable, so no passage can print them.

use tera::Value;

use super::{
    context::day,
    shown::{Members, put},
    words,
};
use crate::case::{
    CaseFile, CentreAssessment, GroupSetting, MetHow, PackageItem, Suitability, Use,
};

/// The `assessments` of a report.
pub(super) fn assessments(case: &CaseFile) -> Value {
    let all = case.assessments.iter();
    Value::from(
        all.map(|one| Value::from(assessment(one)))
            .collect::<Vec<_>>(),
    )
}

fn assessment(one: &CentreAssessment) -> Members {
    let reply = &one.reply;
    let mut map = Members::new();
    put(&mut map, "centre", one.centre.trim());
    let organisation = one.organisation.trim();
    let named = one.centre.contains(organisation);
    put(
        &mut map,
        "organisation",
        if named { "" } else { organisation },
    );
    put(&mut map, "signed_by", one.signed_by.trim());
    put(&mut map, "role", reply.signer_role.trim());
    put(&mut map, "signed_on", words::date(one.signed_on));
    put(&mut map, "version", u64::from(one.version));
    put(&mut map, "met_on", day(reply.met_on));
    put(&mut map, "met_how", reply.met_how.map_or("", met));
    put(&mut map, "suits", reply.suitability.map_or("", suits));
    put(&mut map, "why", reply.suitability_why.trim());
    put(&mut map, "under_way", reply.under_way.trim());
    put(&mut map, "strengths", reply.strengths.trim());
    put(&mut map, "goals", reply.goals.trim());
    put(&mut map, "cannot_offer", reply.cannot_offer.trim());
    put(&mut map, "adjustments", reply.adjustments.trim());
    let court = match reply.at_court {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    put(&mut map, "at_court", court);
    let items = reply.package.iter().enumerate();
    let items = items.map(|(at, i)| Value::from(item(i, at, one)));
    map.insert("items".into(), Value::from(items.collect::<Vec<_>>()));
    map
}

fn item(item: &PackageItem, at: usize, one: &CentreAssessment) -> Members {
    let mut map = Members::new();
    put(&mut map, "what", item.what.trim());
    let setting = match item.setting {
        Some(GroupSetting::WomenOnly) => "women only",
        Some(GroupSetting::Mixed) => "women and men together",
        Some(GroupSetting::OneToOne) => "one to one",
        None => "",
    };
    put(&mut map, "setting", setting);
    put(&mut map, "place", item.place.trim());
    let slots: Vec<String> = item.slots.iter().map(words::slot).collect();
    put(&mut map, "when", slots.join("; "));
    put(&mut map, "often", item.often.trim());
    let weeks = match item.weeks {
        Some(1) => "1 week".to_owned(),
        Some(weeks) => format!("{weeks} weeks"),
        None => String::new(),
    };
    put(&mut map, "weeks", weeks);
    put(&mut map, "worker", item.worker.trim());
    put(&mut map, "childcare", item.childcare.trim());
    put(&mut map, "travel", item.travel.trim());
    put(&mut map, "held", day(item.held_until));
    let decided = one.decided(at);
    let made = decided.map_or("", |d| match d.made {
        Use::Adopted => "adopted",
        Use::Quoted => "quoted",
        Use::NotProposed => "not-proposed",
    });
    put(&mut map, "made", made);
    put(&mut map, "why_not", decided.map_or("", |d| d.why.trim()));
    map
}

fn met(how: MetHow) -> &'static str {
    match how {
        MetHow::AtTheCentre => "at the centre",
        MetHow::InPersonElsewhere => "in person",
        MetHow::InCustody => "in custody or at court",
        MetHow::Video => "by video",
        MetHow::Telephone => "by telephone",
        MetHow::NotMet => "not-met",
    }
}

fn suits(suits: Suitability) -> &'static str {
    match suits {
        Suitability::Yes => "yes",
        Suitability::WithConditions => "with-conditions",
        Suitability::No => "no",
        Suitability::CouldNotAssess => "could-not-assess",
    }
}
