//! Where a place in the case file is changed: the page that asks for it.
//!
//! Evidence, findings and lists of what is missing all name places; here each
//! becomes a link. To give a place a page of its own, name it in [`for_place`].

use crate::{
    interview::{Interview, Prompt},
    store::ReportId,
};

/// The task list of a report.
#[must_use]
pub fn report(id: ReportId) -> String {
    format!("/reports/{id}")
}

/// The draft of a report that somebody was asked to check, as she sees it.
#[must_use]
pub fn check(id: ReportId) -> String {
    format!("/checks/{id}")
}

/// The page of a prompt.
#[must_use]
pub fn prompt(id: ReportId, prompt: &str) -> String {
    format!("/reports/{id}/prompts/{prompt}")
}

/// The register of a report's enquiries.
#[must_use]
pub fn enquiries(id: ReportId) -> String {
    format!("/reports/{id}/enquiries")
}

/// The page where a section of the draft is edited.
#[must_use]
pub fn edit(id: ReportId, section: &str) -> String {
    format!("/reports/{id}/draft/{section}")
}

/// The page that changes what stands at a place such as `answers.health.value` or
/// `proposal.requirements[0].amount`; the task list where no page asks for it.
#[must_use]
pub fn for_place(id: ReportId, place: &str, interview: &Interview) -> String {
    if let Some(number) = place.strip_prefix("proposal.requirements[") {
        let number = number.split(']').next().unwrap_or("0");
        return format!("/reports/{id}/proposal/requirements/{number}");
    }
    if let Some(number) = place.strip_prefix("enquiries[") {
        let number = number.split(']').next().unwrap_or("0");
        return format!("/reports/{id}/prompts/enquiries/records/{number}");
    }
    if place == "enquiries" {
        return enquiries(id);
    }
    if let Some(rest) = place.strip_prefix("edits.") {
        let (section, part) = rest.split_once('.').unwrap_or((rest, ""));
        return match part {
            "based_on" => format!("{}/changes", edit(id, section)),
            _ => edit(id, section),
        };
    }
    let place = place.split('[').next().unwrap_or(place);
    if let Some(rest) = place.strip_prefix("answers.") {
        let named = rest.split('.').next().unwrap_or(rest);
        return prompt(id, named);
    }
    if place.starts_with("assessments") {
        return format!("/reports/{id}/referrals");
    }
    if place.starts_with("services") {
        return format!("/reports/{id}/services");
    }
    if place == "proposal" || place == "proposal.requirements" {
        return format!("/reports/{id}/proposal");
    }
    if ORDER_FIELDS.iter().any(|field| inside(place, field)) {
        return format!("/reports/{id}/proposal/order");
    }
    if let Some(found) = prompt_at(place, interview) {
        return prompt(id, &found.id);
    }
    if place.starts_with("proposal") {
        return format!("/reports/{id}/proposal");
    }
    report(id)
}

/// What the form for the sentence asks.
const ORDER_FIELDS: [&str; 5] = [
    "proposal.order",
    "proposal.months",
    "proposal.suspended",
    "proposal.punished",
    "proposal.special_reviews",
];

/// True where `place` is `outer` or stands within it.
fn inside(place: &str, outer: &str) -> bool {
    let rest = place.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The prompt whose place, or one of whose fields, holds `place`.
fn prompt_at<'a>(place: &str, interview: &'a Interview) -> Option<&'a Prompt> {
    let facts = || {
        interview
            .prompts()
            .map(|(_, p)| p)
            .filter(|p| !p.is_answer())
    };
    let inside = |outer: &str| inside(place, outer);
    let by_field = |p: &&Prompt| {
        p.fields
            .iter()
            .any(|f| inside(&format!("{}.{}", p.place, f.id)))
    };
    facts()
        .find(by_field)
        .or_else(|| facts().find(|p| inside(&p.place)))
        .or_else(|| facts().find(|p| p.place.starts_with(&format!("{place}."))))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::content::ContentFiles;

    #[test]
    fn a_place_links_to_the_page_where_it_is_changed() {
        let interview = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
        let id = ReportId::new(DateTime::<Utc>::UNIX_EPOCH);
        for (place, page) in [
            ("answers.abuse-victim", "/prompts/abuse-victim"),
            ("answers.abuse-victim.value.by", "/prompts/abuse-victim"),
            (
                "proposal.requirements[2].amount",
                "/proposal/requirements/2",
            ),
            ("proposal.punished", "/proposal/order"),
            ("proposal.months", "/proposal/order"),
            ("proposal.special_reviews", "/proposal/order"),
            ("proposal", "/proposal"),
            ("offences[0].convicted_on", "/prompts/offences"),
            ("hearing.date", "/prompts/hearing"),
            ("services[0]", "/services"),
            ("assessments", "/referrals"),
            ("enquiries", "/enquiries"),
            ("enquiries[1].summary", "/prompts/enquiries/records/1"),
            ("edits.offence.text", "/draft/offence"),
            ("edits.offence.based_on", "/draft/offence/changes"),
            ("elsewhere", ""),
        ] {
            let link = for_place(id, place, &interview);
            assert_eq!(link, format!("/reports/{id}{page}"), "{place}");
        }
    }
}
