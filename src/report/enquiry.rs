//! What a passage on one enquiry may name: days, the outcome, what is safe to print.
//!
//! Persons, addresses and whatever is for the record only are not here, so no passage
//! can print them. To let passages name one more thing, put it in [`enquiry`].

use tera::Value;

use super::{
    Materials,
    context::{day, id, text},
    document,
    shown::{Members, put},
    words,
};
use crate::{
    case::{CaseFile, Enquiry, IfOutstanding},
    sentencing,
};

/// True where the proposal holds a requirement that waits for enquiries.
pub(super) fn requirements_wait(case: &CaseFile, materials: &Materials<'_>) -> bool {
    !case.enquiries.is_empty()
        && !sentencing::waiting_for_enquiries(case, materials.law, materials.today).is_empty()
}

/// One enquiry. `requirements_wait` keeps the report from saying that requirements are
/// avoided which the proposal holds.
pub(super) fn enquiry(enquiry: &Enquiry, requirements_wait: bool) -> Members {
    let mut map = Members::new();
    let prints =
        |typed: Option<&String>| Value::safe_string(&document::escape_paragraphs(&text(typed)));
    let chased: Vec<String> = {
        let mut days = enquiry.chased.clone();
        days.sort_unstable();
        days.dedup();
        days.into_iter().map(words::date).collect()
    };
    put(&mut map, "kind", enquiry.kind.id());
    put(&mut map, "agency", enquiry.agency.trim());
    put(&mut map, "sent", day(enquiry.sent));
    put(&mut map, "chased", words::and_list(&chased));
    put(&mut map, "replied", day(enquiry.replied));
    put(&mut map, "outcome", id(Some(&enquiry.outcome)));
    // What is summarised is a reply; without one there is nothing to summarise.
    let summary = enquiry
        .summary
        .as_ref()
        .filter(|_| enquiry.outcome.is_reply());
    put(&mut map, "summary", prints(summary));
    put(&mut map, "effect", prints(enquiry.effect.as_ref()));
    let not_made = enquiry.not_made_because().unwrap_or_default();
    let not_made: Vec<&str> = not_made.split_whitespace().collect();
    put(&mut map, "not_made", not_made.join(" "));
    put(&mut map, "then", chosen(enquiry, requirements_wait));
    map
}

/// What the author chose to do without the reply; nothing once it has come.
fn chosen(enquiry: &Enquiry, requirements_wait: bool) -> &'static str {
    if !enquiry.is_outstanding() {
        return "";
    }
    match enquiry.if_outstanding {
        None => "",
        Some(IfOutstanding::AskForAdjournment) => "adjourn",
        Some(IfOutstanding::ProceedAndSaySo) => "proceed",
        Some(IfOutstanding::AvoidDependentRequirements) if requirements_wait => "",
        Some(IfOutstanding::AvoidDependentRequirements) => "avoid",
    }
}
