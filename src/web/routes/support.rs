//! The addresses of what carries her from court into support: referrals to women's
//! centres, the centre's side of them, and her plan.
//!
//! Not here: every other address, and the layers around them (`routes`).

use axum::{Router, routing::get};

use crate::web::{
    pages::{centre, plan, referrals},
    state::AppState,
};

/// A report's referrals to women's centres, and the centre's side of them.
pub(super) fn for_consultancy() -> Router<AppState> {
    Router::new()
        .route("/reports/{id}/referrals", get(referrals::show))
        .route(
            "/reports/{id}/referrals/new/{service}",
            get(referrals::new::show).post(referrals::new::send),
        )
        .route(
            "/reports/{id}/referrals/{referral}",
            get(referrals::one::show).post(referrals::one::act),
        )
        .route("/centre", get(centre::inbox))
        .route(
            "/centre/{id}",
            get(centre::referral::show).post(centre::referral::answer),
        )
        .route(
            "/centre/{id}/assessment",
            get(centre::assessment::show).post(centre::assessment::save),
        )
        .route(
            "/centre/{id}/sign",
            get(centre::signing::check).post(centre::signing::sign),
        )
}

/// Her support and development plan, and its reviews.
pub(super) fn for_a_plan() -> Router<AppState> {
    Router::new()
        .route(
            "/reports/{id}/plan",
            get(plan::show::show).post(plan::show::make),
        )
        .route(
            "/reports/{id}/plan/about",
            get(plan::forms::show_about).post(plan::forms::save_about),
        )
        .route(
            "/reports/{id}/plan/worker",
            get(plan::forms::show_worker).post(plan::forms::save_worker),
        )
        .route(
            "/reports/{id}/plan/steps/{number}",
            get(plan::forms::show_step).post(plan::forms::save_step),
        )
        .route(
            "/reports/{id}/plan/outcomes",
            get(plan::forms::show_outcomes).post(plan::forms::save_outcomes),
        )
        .route(
            "/reports/{id}/plan/progress",
            get(plan::forms::show_progress).post(plan::forms::save_progress),
        )
        .route(
            "/reports/{id}/plan/moved",
            get(plan::moved::show).post(plan::moved::save),
        )
        .route("/reports/{id}/plan/papers/{paper}", get(plan::papers::show))
        .route(
            "/reports/{id}/plan/papers/{paper}/{kind}",
            get(plan::papers::take_away),
        )
        .route(
            "/reports/{id}/plan/reviews",
            get(plan::reviews::show).post(plan::reviews::make),
        )
        .route(
            "/reports/{id}/plan/reviews/{number}",
            get(plan::forms::show_review).post(plan::forms::save_review),
        )
        .route(
            "/reports/{id}/plan/reviews/{number}/{file}",
            get(plan::papers::bench),
        )
}
