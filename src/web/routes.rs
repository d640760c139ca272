//! Every address, in one list, and the layers around them.

mod people;
mod support;

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, post},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{Any, CorsLayer},
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use super::{
    api, assets,
    carrying::{self, LARGEST_FORM},
    error, guard, headers,
    pages::{
        addendum, answers, before, choose, content, crosswalk, directory, download, draft,
        enquiries, facts, gaps, guide, import, law, leaving, letters, notes, openid, oral, prompt,
        proposal, proposal::requirement, proposal::requirement_remove, quality, record, replies,
        reports, second, section, service, services, set_up, sign, sign_in, sign_in_code,
        signed_in_again, start, task_list, timeline, unmet, wording, worklist,
    },
    recorded,
    serving::note,
    state::AppState,
    visit,
};

/// The sign-in form may carry what was typed in another, with longer names.
const LARGEST_SIGN_IN: usize = LARGEST_FORM + LARGEST_FORM / 8;
/// The largest case file.
const LARGEST_CASE_FILE: usize = 4 * 1024 * 1024;
const LONGEST_ANSWER: Duration = Duration::from_secs(30);

/// Every address, with everything that goes around an answer.
pub fn router(state: AppState) -> Router {
    pages(&state)
        .merge(open_referral(&state))
        .layer(from_fn(note))
        .with_state(state)
}

/// The read API, for any program anywhere: no cookie, form or page goes through it, so
/// none of the layers around pages is here.
fn open_referral(state: &AppState) -> Router<AppState> {
    let here = |path: &str| format!("{}{path}", api::PREFIX);
    let anybody = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .allow_headers(Any)
        .expose_headers([header::ETAG, header::LAST_MODIFIED]);
    let elsewhere = HeaderName::from_static("cross-origin-resource-policy");
    Router::new()
        .route(api::PREFIX, get(api::about))
        .route(&here("/"), get(api::about))
        .route(&here("/openapi.json"), get(api::openapi))
        .route(&here("/services"), get(api::services))
        .route(&here("/services/{id}"), get(api::one_service))
        .route(&here("/organizations"), get(api::organizations))
        .route(&here("/organizations/{id}"), get(api::one_organization))
        .route(&here("/service_at_locations"), get(api::at_locations))
        .route(
            &here("/service_at_locations/{id}"),
            get(api::one_at_location),
        )
        .route(&here("/taxonomies"), get(api::taxonomies))
        .route(&here("/taxonomies/{id}"), get(api::one_taxonomy))
        .route(&here("/taxonomy_terms"), get(api::terms))
        .route(&here("/taxonomy_terms/{id}"), get(api::one_term))
        .route(
            &here("/{*other}"),
            any(async || api::problem::Problem::no_such_address()),
        )
        .layer(CatchPanicLayer::custom(
            error::of_panic as fn(Box<dyn std::any::Any + Send>) -> _,
        ))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            LONGEST_ANSWER,
        ))
        .layer(from_fn(api::problem::show))
        .layer(CompressionLayer::new())
        .layer(anybody)
        .layer(SetResponseHeaderLayer::overriding(
            elsewhere,
            HeaderValue::from_static("cross-origin"),
        ))
        .layer(from_fn_with_state(state.clone(), headers::set))
}

/// The pages, for people.
fn pages(state: &AppState) -> Router<AppState> {
    let sign_in = post(sign_in::accept).layer(DefaultBodyLimit::max(LARGEST_SIGN_IN));
    let openid_holding = post(openid::begin_holding).layer(DefaultBodyLimit::max(LARGEST_SIGN_IN));
    let import = post(import::accept).layer(DefaultBodyLimit::max(LARGEST_CASE_FILE));
    Router::new()
        // Coming in
        .route("/", get(guard::go_home))
        .route("/health", get(async || "ok"))
        .route("/assets/{version}/{file}", get(assets::show))
        .route("/set-up/{token}", get(set_up::show).post(set_up::accept))
        .route("/sign-in", get(sign_in::show).merge(sign_in))
        .route("/sign-in/openid", get(openid::begin).merge(openid_holding))
        .route("/sign-in/openid/back", get(openid::back))
        .route(
            "/sign-in/code",
            get(sign_in_code::show).post(sign_in_code::accept),
        )
        .route("/sign-out", post(sign_in::sign_out))
        .route("/session", get(sign_in::session))
        .route("/signed-in-again", get(signed_in_again::show))
        // My reports
        .route("/reports", get(reports::show))
        .route("/reports/start", get(start::show).post(start::accept))
        .route("/reports/import", get(import::show).merge(import))
        // One report
        .route("/reports/{id}", get(task_list::show))
        .route("/reports/{id}/check", get(answers::check))
        .route("/reports/{id}/guide", get(guide::show))
        .route(
            "/reports/{id}/content",
            get(content::show).post(content::read),
        )
        .route("/reports/{id}/sections/{section}", get(answers::section))
        .route(
            "/reports/{id}/sections/{section}/before",
            get(before::show).post(before::choose),
        )
        .route(
            "/reports/{id}/notes/{section}",
            get(notes::show).post(notes::save),
        )
        .route(
            "/reports/{id}/prompts/{prompt}",
            get(prompt::show).post(prompt::save),
        )
        .route(
            "/reports/{id}/prompts/{prompt}/records/{record}",
            get(record::show).post(record::save),
        )
        .route(
            "/reports/{id}/prompts/{prompt}/records/{record}/remove",
            get(record::ask_to_remove).post(record::remove),
        )
        // Its enquiries
        .route("/reports/{id}/enquiries", get(enquiries::show))
        .route("/reports/{id}/enquiries/act", post(enquiries::act))
        .route("/reports/{id}/enquiries/finish", post(enquiries::choose))
        // Its services
        .route("/reports/{id}/services", get(services::show))
        .route("/reports/{id}/services/choose", post(choose::choose))
        .route("/reports/{id}/services/remove", post(choose::remove))
        .route("/reports/{id}/services/refresh", post(choose::refresh))
        .route("/reports/{id}/services/keep", post(choose::keep))
        .route("/reports/{id}/services/gaps", post(gaps::record))
        .route("/reports/{id}/services/gaps/note", post(gaps::note))
        .route("/reports/{id}/services/gaps/withdraw", post(gaps::withdraw))
        .route(
            "/reports/{id}/services/{service}",
            get(service::show).post(service::save),
        )
        // For every author, over all her reports
        .route("/worklist", get(worklist::show))
        .route("/replies", get(replies::show))
        .merge(for_a_proposal())
        .merge(for_a_draft())
        .merge(for_a_section())
        .merge(for_a_second_person())
        .merge(after_signing())
        .merge(beside_a_report())
        .merge(people::for_oneself())
        .merge(people::for_people())
        .merge(support::for_a_plan())
        .merge(people::for_editors())
        .merge(people::for_records())
        .merge(people::for_auditors())
        .merge(support::for_consultancy())
        .merge(for_anybody())
        .fallback(async || error::Error::not_found())
        .layer(from_fn_with_state(
            recorded::Recorder::new(state),
            recorded::record,
        ))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CatchPanicLayer::custom(
            error::of_panic as fn(Box<dyn std::any::Any + Send>) -> _,
        ))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            LONGEST_ANSWER,
        ))
        .layer(from_fn_with_state(state.clone(), carrying::hold))
        .layer(from_fn_with_state(state.clone(), error::show))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), headers::set))
        .layer(from_fn_with_state(state.clone(), visit::begin))
}

/// One section of a report's draft, in its author's hand.
fn for_a_section() -> Router<AppState> {
    Router::new()
        .route(
            "/reports/{id}/draft/{section}",
            get(section::edit::show).post(section::edit::save),
        )
        .route(
            "/reports/{id}/draft/{section}/preview",
            post(section::preview::show),
        )
        .route(
            "/reports/{id}/draft/{section}/changes",
            get(section::changes::show).post(section::changes::choose),
        )
        .route(
            "/reports/{id}/draft/{section}/merge",
            get(section::edit::show_merged).post(section::edit::save_merged),
        )
        .route(
            "/reports/{id}/draft/{section}/versions",
            get(section::versions::show).post(section::versions::restore),
        )
}

/// What goes out beside a report.
fn beside_a_report() -> Router<AppState> {
    Router::new()
        .route("/reports/{id}/oral", get(oral::show))
        .route("/reports/{id}/oral/speaking-note.docx", get(oral::docx))
        .route("/reports/{id}/oral/speaking-note.txt", get(oral::text))
        .route("/reports/{id}/oral/record.docx", get(oral::record))
        .route("/reports/{id}/letters", get(letters::list))
        .route(
            "/reports/{id}/letters/{letter}",
            get(letters::show).post(letters::fill_in),
        )
}

/// One report's proposal.
fn for_a_proposal() -> Router<AppState> {
    Router::new()
        .route("/reports/{id}/proposal", get(proposal::show))
        .route(
            "/reports/{id}/proposal/order",
            get(proposal::order::show).post(proposal::order::save),
        )
        .route("/reports/{id}/proposal/courts", get(proposal::courts::show))
        .route(
            "/reports/{id}/proposal/words",
            get(proposal::in_words::show),
        )
        .route("/reports/{id}/proposal/week", get(proposal::her_week::show))
        .route(
            "/reports/{id}/proposal/requirements/new",
            get(proposal::choose::show),
        )
        .route(
            "/reports/{id}/proposal/requirements/add/{kind}",
            get(requirement::show_new).post(requirement::add),
        )
        .route(
            "/reports/{id}/proposal/requirements/{number}",
            get(requirement::show_one).post(requirement::change),
        )
        .route(
            "/reports/{id}/proposal/requirements/{number}/remove",
            get(requirement_remove::ask_to_remove).post(requirement_remove::remove),
        )
}

/// A report checked by a second person: its author's page, and hers.
fn for_a_second_person() -> Router<AppState> {
    Router::new()
        .route("/reports/{id}/review", get(second::asking::show))
        .route("/reports/{id}/review/ask", post(second::asking::ask))
        .route(
            "/reports/{id}/review/withdraw",
            post(second::asking::withdraw),
        )
        .route("/reports/{id}/review/done", post(second::asking::done))
        .route("/checks", get(second::waiting::show))
        .route(
            "/checks/{id}",
            get(second::checking::show).post(second::checking::answer),
        )
        .route("/checks/{id}/quality", get(second::checking::quality))
}

/// What is added to a signed report, and what has happened to it.
fn after_signing() -> Router<AppState> {
    Router::new()
        .route(
            "/reports/{id}/addendum",
            get(addendum::show).post(addendum::sign),
        )
        .route("/reports/{id}/addendum/preview", post(addendum::preview))
        .route(
            "/reports/{id}/addenda/{number}/addendum.docx",
            get(addendum::docx),
        )
        .route("/reports/{id}/timeline", get(timeline::show))
}

/// One report's draft, and what leaves of it.
fn for_a_draft() -> Router<AppState> {
    Router::new()
        .route("/reports/{id}/draft", get(draft::show))
        .route("/reports/{id}/quality", get(quality::show))
        .route(
            "/reports/{id}/leaving",
            get(leaving::show).post(leaving::save),
        )
        .route("/reports/{id}/facts", get(facts::show))
        .route("/reports/{id}/facts.docx", get(facts::docx))
        .route(
            "/reports/{id}/wording/{key}",
            get(wording::show).post(wording::save),
        )
        .route("/reports/{id}/sign", get(sign::show).post(sign::sign))
        .route("/reports/{id}/report.docx", get(download::docx))
        .route("/reports/{id}/report.html", get(download::html))
        .route("/reports/{id}/report.txt", get(download::text))
        .route("/reports/{id}/case.json", get(download::case))
}

/// What is nobody's own, for whoever is signed in.
fn for_anybody() -> Router<AppState> {
    Router::new()
        .route("/directory", get(directory::show))
        .route("/directory/unmet", get(unmet::show))
        .route("/directory/newsletter", get(directory::newsletter::show))
        .route("/directory/services/{id}", get(directory::service::show))
        .route(
            "/directory/services/{id}/court",
            get(directory::court::show),
        )
        .route(
            "/directory/services/{id}/sheet",
            get(directory::sheet::show),
        )
        .route("/law", get(law::show))
        .route("/themes", get(crosswalk::show))
}
