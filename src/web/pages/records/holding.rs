//! Setting and lifting a legal hold.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    fault_of,
    forms::{HOLD_REASON, LIFT_REASON, REVIEW},
    one::{RecordPage, id_of},
};
use crate::{
    interview::typed,
    store::HoldSet,
    web::{csrf::OurForm, error::Error, state::AppState, visit::Administrator},
};

/// `POST /records/{id}/hold`.
///
/// # Errors
/// There is no such report, or the store fails.
pub async fn set(
    State(state): State<AppState>,
    admin: Administrator,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    let page = RecordPage::of(&state, &admin, id).await?;
    let mut faults = Vec::new();
    if let Some(why) = fault_of(form.one(HOLD_REASON)) {
        faults.push((HOLD_REASON, why));
    }
    let date = form.date(REVIEW);
    let review = typed::day(&date.day, &date.month, &date.year);
    match review {
        None => faults.push((REVIEW, "Enter a real date, such as 27 3 2027".to_owned())),
        Some(day) if day <= state.today() => {
            faults.push((REVIEW, "The date must be after today".to_owned()));
        }
        Some(_) => {}
    }
    let (Some(review), true) = (review, faults.is_empty()) else {
        return admin.visit.refused(&page.refusing(&form, &faults));
    };
    let records = admin.records(&state);
    let set = records.set_hold(id, form.one(HOLD_REASON), review, state.now());
    match set.await? {
        HoldSet::Set => Ok(back(&id)),
        HoldSet::Standing => {
            let page = RecordPage::of(&state, &admin, id).await?;
            let why = "A hold stands already. It was left as it is";
            admin.visit.refused(&page.saying(why))
        }
        HoldSet::NoReport => Err(Error::not_found()),
    }
}

/// `POST /records/{id}/lift`.
///
/// # Errors
/// There is no such report, or the store fails.
pub async fn lift(
    State(state): State<AppState>,
    admin: Administrator,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    let page = RecordPage::of(&state, &admin, id).await?;
    if let Some(why) = fault_of(form.one(LIFT_REASON)) {
        return admin
            .visit
            .refused(&page.refusing(&form, &[(LIFT_REASON, why)]));
    }
    let records = admin.records(&state);
    let lifted = records.lift_hold(id, form.one(LIFT_REASON), state.now());
    if lifted.await? {
        return Ok(back(&id));
    }
    let page = RecordPage::of(&state, &admin, id).await?;
    admin
        .visit
        .refused(&page.saying("No hold stands on this report"))
}

/// Back to the report's page.
pub(super) fn back(id: &crate::store::ReportId) -> Response {
    Redirect::to(&format!("/records/{id}")).into_response()
}
