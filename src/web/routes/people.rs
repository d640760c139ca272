//! The addresses of people: accounts, teams, who may see which report, the audit trail,
//! and directory editors' own entries.
//!
//! Not here: every other address, and the layers around them (`routes`).

use axum::{
    Router,
    routing::{get, post},
};

use crate::web::{
    pages::{audit, keeping, own, people, records},
    state::AppState,
};

/// Somebody's own account, and its second step.
pub(super) fn for_oneself() -> Router<AppState> {
    Router::new()
        .route("/account", get(own::show))
        .route(
            "/account/second-step",
            get(own::second_step::show).post(own::second_step::act),
        )
        .route(
            "/account/second-step/recovery-codes",
            post(own::second_step::as_file),
        )
        .route(
            "/sign-in/second-step",
            get(own::on_the_way_in::show).post(own::on_the_way_in::act),
        )
}

/// Accounts, teams and areas; and who may see which report beside its author.
pub(super) fn for_people() -> Router<AppState> {
    Router::new()
        .route("/accounts", get(people::accounts::show))
        .route(
            "/accounts/new",
            get(people::account::show_new).post(people::account::add),
        )
        .route(
            "/accounts/teams",
            get(people::teams::show).post(people::teams::add),
        )
        .route(
            "/accounts/{id}",
            get(people::account::show).post(people::account::change),
        )
        .route(
            "/password/{token}",
            get(people::password::show).post(people::password::accept),
        )
        .route("/area", get(people::area::show))
        .route("/openings", get(people::openings::show))
        .route("/colleagues", get(people::colleagues::show))
        .route(
            "/colleagues/open",
            get(people::glass::show).post(people::glass::break_it),
        )
        .route(
            "/colleagues/{id}",
            get(people::reading::show).post(people::reading::take_over),
        )
        .route(
            "/reports/{id}/access",
            get(people::access::show).post(people::access::save),
        )
}

/// Directory editors' own entries.
pub(super) fn for_editors() -> Router<AppState> {
    Router::new()
        .route("/directory/mine", get(keeping::mine::show))
        .route(
            "/directory/mine/new",
            get(keeping::new::show).post(keeping::new::add),
        )
        .route(
            "/directory/mine/{id}/check",
            get(keeping::check::show).post(keeping::check::save),
        )
        .route(
            "/directory/mine/{id}/edit",
            get(keeping::edit::show).post(keeping::edit::save),
        )
        .route("/directory/mine/{id}/history", get(keeping::history::show))
}

/// Records duty, for administrators.
pub(super) fn for_records() -> Router<AppState> {
    Router::new()
        .route("/records", get(records::list::show))
        .route("/records/{id}", get(records::one::show))
        .route("/records/{id}/hold", post(records::holding::set))
        .route("/records/{id}/lift", post(records::holding::lift))
        .route("/records/{id}/erasure", post(records::erasing::ask))
        .route(
            "/records/{id}/erasure/withdraw",
            post(records::erasing::withdraw),
        )
        .route("/records/{id}/erase", post(records::erasing::erase))
}

/// The audit trail, for auditors.
pub(super) fn for_auditors() -> Router<AppState> {
    Router::new()
        .route("/audit", get(audit::show))
        .route("/audit.csv", get(audit::csv))
}
