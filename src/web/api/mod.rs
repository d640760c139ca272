//! The read API: the directory as Open Referral UK 3.0, for anybody.
//!
//! Lives here: answering under [`PREFIX`]. Beside it: reading parameters (`params`),
//! what goes around an answer (`answer`), refusals as JSON (`problem`), the list of
//! addresses and parameters for programs (`openapi`). Not here: what a document looks
//! like or which services meet a question (`directory::open_referral`).
//!
//! Nothing here knows a visitor: no cookie, session, form or page goes through these
//! addresses, and the layers of the pages are not around them (`routes`).

mod answer;
mod feeds;
mod openapi;
mod params;
pub mod problem;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, Uri},
    response::Response,
};
use serde::Serialize;
use uuid::Uuid;

pub use self::feeds::Feeds;
use self::{
    answer::{Answering, List},
    params::{Address, Asked, Shape},
    problem::Problem,
};
use super::state::AppState;
use crate::directory::open_referral::{
    Feed, Query,
    types::{Organization, Service},
};

/// Where it is. The version of the standard is in the address, so that a later one can
/// stand beside it.
pub const PREFIX: &str = "/open-referral/v3";

type Answered = Result<Response, Problem>;

/// What `GET /` says of the API.
#[derive(Serialize)]
struct About {
    version: &'static str,
    profile: &'static str,
    openapi_url: String,
}

/// `GET /`: which standard this is, and where it is described.
///
/// # Errors
/// The answer cannot be written.
pub async fn about(State(state): State<AppState>, uri: Uri, headers: HeaderMap) -> Answered {
    let base = base(&state, &headers);
    let about = About {
        version: "HSDS-UK-3.0",
        profile: "https://github.com/OpenReferralUK/uk-profile",
        openapi_url: format!("{base}/openapi.json"),
    };
    let answering = Answering::new("", &base, &uri, &headers);
    answering.document(&about)
}

/// `GET /openapi.json`: every address and parameter, for programs.
///
/// # Errors
/// The answer cannot be written.
pub async fn openapi(State(state): State<AppState>, uri: Uri, headers: HeaderMap) -> Answered {
    let base = base(&state, &headers);
    let answering = Answering::new("", &base, &uri, &headers);
    answering.document(&openapi::document(&base)?)
}

/// `GET /services`: the public services that meet all that is asked.
///
/// # Errors
/// A parameter is wrong, or the store fails.
pub async fn services(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let asked = Asked::read(Address::Services, query.as_deref(), &feed)?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    let write = |feed: &Feed, at: usize, shape| service(feed, at, shape);
    let find = |feed: &Feed, query: &Query| feed.services(query);
    answering
        .list(List {
            feed,
            asked,
            find,
            write,
        })
        .await
}

/// `GET /services/{id}`: one service, with everything beneath it.
///
/// # Errors
/// There is none, or the store fails.
pub async fn one_service(
    State(state): State<AppState>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let at = parsed(&id).and_then(|id| feed.service_of(id));
    let found = at.and_then(|at| service(&feed, at, Shape::Full));
    let found = found.ok_or_else(|| Problem::no_such("service", &id))?;
    let changed = found.last_modified;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    answering.changed(changed).document(&found)
}

/// `GET /service_at_locations`: the public places of services.
///
/// # Errors
/// A parameter is wrong, or the store fails.
pub async fn at_locations(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let asked = Asked::read(Address::AtLocations, query.as_deref(), &feed)?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    let find = |feed: &Feed, query: &Query| feed.at_locations(query);
    let write = |feed: &Feed, at: usize, _| feed.at_location(at, &feed.writer());
    answering
        .list(List {
            feed,
            asked,
            find,
            write,
        })
        .await
}

/// `GET /service_at_locations/{id}`: one of them.
///
/// # Errors
/// There is none, or the store fails.
pub async fn one_at_location(
    State(state): State<AppState>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let at = parsed(&id).and_then(|id| feed.at_location_of(id));
    let found = at.and_then(|at| feed.at_location(at, &feed.writer()));
    let found = found.ok_or_else(|| Problem::no_such("service at a location", &id))?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    answering.document(&found)
}

/// An organisation with its services.
#[derive(Serialize)]
struct WithServices {
    #[serde(flatten)]
    organization: Organization,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<Service>,
}

/// `GET /organizations`: who runs the services.
///
/// # Errors
/// A parameter is wrong, or the store fails.
pub async fn organizations(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let asked = Asked::read(Address::Organizations, query.as_deref(), &feed)?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    let find = |feed: &Feed, query: &Query| feed.organizations(query);
    let write = |feed: &Feed, at: usize, shape| organization(feed, at, shape);
    answering
        .list(List {
            feed,
            asked,
            find,
            write,
        })
        .await
}

/// `GET /organizations/{id}`: one of them, with its services in brief.
///
/// # Errors
/// There is none, or the store fails.
pub async fn one_organization(
    State(state): State<AppState>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let at = parsed(&id).and_then(|id| feed.organization_of(id));
    let found = at.and_then(|at| organization(&feed, at, Shape::Full));
    let found = found.ok_or_else(|| Problem::no_such("organisation", &id))?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    answering.document(&found)
}

/// `GET /taxonomies`: the published lists of terms.
///
/// # Errors
/// A parameter is wrong, or the store fails.
pub async fn taxonomies(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let asked = Asked::read(Address::Taxonomies, query.as_deref(), &feed)?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    let find = |feed: &Feed, _: &Query| (0..feed.published().taxonomies().len()).collect();
    let write = |feed: &Feed, at: usize, _| feed.published().taxonomies().get(at).cloned();
    answering
        .list(List {
            feed,
            asked,
            find,
            write,
        })
        .await
}

/// `GET /taxonomies/{id}`: one of them, with its terms.
///
/// # Errors
/// There is none, or the store fails.
pub async fn one_taxonomy(
    State(state): State<AppState>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let found = parsed(&id).and_then(|id| feed.published().taxonomy(id));
    let found = found.ok_or_else(|| Problem::no_such("taxonomy", &id))?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    answering.document(&found)
}

/// `GET /taxonomy_terms`: every published term.
///
/// # Errors
/// A parameter is wrong, or the store fails.
pub async fn terms(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let asked = Asked::read(Address::Terms, query.as_deref(), &feed)?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    let find = |feed: &Feed, query: &Query| feed.published().terms_of(&query.taxonomies);
    let write = |feed: &Feed, at: usize, _| feed.published().terms().get(at).cloned();
    answering
        .list(List {
            feed,
            asked,
            find,
            write,
        })
        .await
}

/// `GET /taxonomy_terms/{id}`: one of them.
///
/// # Errors
/// There is none, or the store fails.
pub async fn one_term(
    State(state): State<AppState>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let feed = state.feed().await?;
    let found = parsed(&id).and_then(|id| feed.published().term_of(id).cloned());
    let found = found.ok_or_else(|| Problem::no_such("term", &id))?;
    let answering = Answering::new(feed.directory().version(), "", &uri, &headers);
    answering.document(&found)
}

fn parsed(id: &str) -> Option<Uuid> {
    Uuid::try_parse(id).ok()
}

fn service(feed: &Feed, at: usize, shape: Shape) -> Option<Service> {
    let (record, writer) = (feed.record(at)?, feed.writer());
    Some(match shape {
        Shape::Full => writer.service(&record),
        Shape::Brief => writer.brief(&record),
        Shape::Minimal => writer.minimal(&record),
    })
}

fn organization(feed: &Feed, at: usize, shape: Shape) -> Option<WithServices> {
    let (organization, of) = feed.organization(at)?;
    let brief = |at: &usize| service(feed, *at, Shape::Brief);
    Some(WithServices {
        organization: organization.clone(),
        services: match shape {
            Shape::Full => of.iter().filter_map(brief).collect(),
            Shape::Brief | Shape::Minimal => Vec::new(),
        },
    })
}

/// Where programs reach the API, without a slash at the end.
fn base(state: &AppState, headers: &HeaderMap) -> String {
    let host = || {
        let host = headers.get(axum::http::header::HOST)?.to_str().ok()?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b".-:[]".contains(&b);
        host.bytes().all(plain).then(|| format!("http://{host}"))
    };
    let address = state.public_address().map(str::to_owned).or_else(host);
    let address = address.unwrap_or_default();
    format!("{}{PREFIX}", address.trim_end_matches('/'))
}
