//! The forms of one report's page: what each asks.

use super::LONGEST;
use crate::web::{
    fields::{Control, FieldView},
    state::AppState,
};

pub(super) const HOLD_REASON: &str = "hold-reason";
pub(super) const REVIEW: &str = "review";
pub(super) const LIFT_REASON: &str = "lift-reason";
pub(super) const WHY: &str = "why";
pub(super) const NOTE: &str = "note";
pub(super) const NUMBER: &str = "confirm-number";
pub(super) const REQUEST: &str = "request";

pub(super) fn hold_fields() -> Vec<FieldView> {
    vec![
        FieldView::new(Control::Text, HOLD_REASON, "Why must it be kept?")
            .hint("Such as an appeal, a complaint or an inquiry. The report’s author sees it.")
            .rows(3)
            .max(Some(LONGEST)),
        FieldView::new(
            Control::Date,
            REVIEW,
            "When is the hold to be looked at again?",
        )
        .hint("For example, 27 3 2027"),
    ]
}

pub(super) fn lift_fields() -> Vec<FieldView> {
    vec![
        FieldView::new(Control::Text, LIFT_REASON, "Why is it lifted?")
            .rows(3)
            .max(Some(LONGEST)),
    ]
}

pub(super) fn ask_fields(state: &AppState) -> Vec<FieldView> {
    let reasons = state.pack().records.erasure.reasons.iter();
    let reasons = reasons.map(|r| (r.id.clone(), r.label.clone(), r.hint.clone()));
    vec![
        FieldView::new(Control::Radios, WHY, "Why is it to be erased?").hinted_options(reasons),
        FieldView::new(Control::Text, NOTE, "Note for the second administrator (optional)")
            .hint("Such as who decided it and when. It is erased with the report: write nothing about the woman.")
            .rows(3)
            .max(Some(LONGEST)),
    ]
}

pub(super) fn confirm_fields() -> Vec<FieldView> {
    vec![
        FieldView::new(
            Control::Code,
            NUMBER,
            "Type the number of the report to erase it",
        )
        .hint("The eight letters and figures at the top of this page")
        .width(10)
        .autocomplete("off"),
    ]
}
