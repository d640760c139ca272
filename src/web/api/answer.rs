//! What goes around an answer: pages of a list, what a reader already has, how long it
//! may be kept.
//!
//! Lives here: the envelope, the stream of lines, `ETag` and caching. An answer is named
//! by everything it depends on: the program, the state of the directory, the address
//! and its parameters, and whether the reader takes it compressed.

use std::{sync::Arc, time::SystemTime};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use axum_extra::headers::{ETag, HeaderMapExt, IfNoneMatch, LastModified};
use chrono::{DateTime, Utc};
use futures_util::stream;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

use super::{
    params::{Asked, Shape},
    problem::Problem,
};
use crate::{
    directory::open_referral::{Feed, Query},
    store::StoreError,
    web::{error::Error, visit::ErrorChain},
};

/// How long an answer may be kept without asking again: a closed service must not
/// linger.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=60");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const LINES: HeaderValue = HeaderValue::from_static("application/x-ndjson");

/// Documents written at a time into a stream of lines.
const AT_A_TIME: usize = 64;

/// Bytes of the hash that names an answer.
const NAME_BYTES: usize = 16;

/// One page of a list, as the standard has it.
#[derive(Debug, Serialize)]
struct Envelope<T> {
    total_items: usize,
    total_pages: usize,
    page_number: usize,
    size: usize,
    first_page: bool,
    last_page: bool,
    empty: bool,
    contents: Vec<T>,
}

/// A list that is asked for: how its parts are found, and how one is written.
pub(super) struct List<F, W> {
    pub(super) feed: Arc<Feed>,
    pub(super) asked: Asked,
    pub(super) find: F,
    pub(super) write: W,
}

/// An answer to be given, with what the reader already has.
pub(super) struct Answering {
    name: Option<ETag>,
    known: bool,
    changed: Option<DateTime<Utc>>,
}

impl Answering {
    /// An answer that depends on `version` and on `also`, besides what is asked.
    pub(super) fn new(version: &str, also: &str, uri: &Uri, headers: &HeaderMap) -> Self {
        let encodings = headers.get_all(header::ACCEPT_ENCODING).iter();
        let compressed = encodings
            .filter_map(|taken| taken.to_str().ok())
            .any(|taken| taken.contains("gzip"));
        let mut hash = Sha256::new();
        for part in [
            env!("CARGO_PKG_VERSION"),
            version,
            also,
            uri.path(),
            uri.query().unwrap_or_default(),
            if compressed { "gzip" } else { "" },
        ] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let digits = hex::encode(&hash.finalize()[..NAME_BYTES]);
        let name: Option<ETag> = format!("\"{digits}\"").parse().ok();
        let held = headers.typed_get::<IfNoneMatch>();
        let known = match (&name, held) {
            (Some(name), Some(held)) => !held.precondition_passes(name),
            _ => false,
        };
        Self {
            name,
            known,
            changed: None,
        }
    }

    /// With the moment that what is answered last changed, where it is known.
    pub(super) fn changed(self, changed: Option<DateTime<Utc>>) -> Self {
        Self { changed, ..self }
    }

    /// One document, written only for a reader who does not have it.
    pub(super) fn document<T: Serialize>(self, document: &T) -> Result<Response, Problem> {
        if self.known {
            return Ok(self.not_modified());
        }
        let body = written(document)?;
        Ok(self.around(JSON, body.into()))
    }

    /// A page of a list, or all of it line by line.
    pub(super) async fn list<T, F, W>(self, list: List<F, W>) -> Result<Response, Problem>
    where
        T: Serialize,
        F: FnOnce(&Feed, &Query) -> Vec<usize> + Send + 'static,
        W: Fn(&Feed, usize, Shape) -> Option<T> + Send + 'static,
    {
        if self.known {
            return Ok(self.not_modified());
        }
        let kind = if list.asked.lines { LINES } else { JSON };
        // Going through many services would be in the way of other requests.
        let body = spawn_blocking(move || list.body()).await;
        let body = body.map_err(StoreError::stopped)??;
        Ok(self.around(kind, body))
    }

    fn not_modified(self) -> Response {
        let mut response = self.around(JSON, Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(header::CONTENT_TYPE);
        response
    }

    fn around(self, kind: HeaderValue, body: Body) -> Response {
        let fixed = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEEP)];
        let mut response = (fixed, body).into_response();
        if let Some(name) = self.name {
            response.headers_mut().typed_insert(name);
        }
        if let Some(changed) = self.changed {
            let changed = LastModified::from(SystemTime::from(changed));
            response.headers_mut().typed_insert(changed);
        }
        response
    }
}

impl<T, F, W> List<F, W>
where
    T: Serialize,
    F: FnOnce(&Feed, &Query) -> Vec<usize>,
    W: Fn(&Feed, usize, Shape) -> Option<T> + Send + 'static,
{
    fn body(self) -> Result<Body, Problem> {
        let Self {
            feed,
            asked,
            find,
            write,
        } = self;
        let found = find(&feed, &asked.query);
        if asked.lines {
            return Ok(lines(found, move |at| write(&feed, at, asked.shape)));
        }
        let total = found.len();
        let per_page = asked.per_page.unwrap_or(total).max(1);
        let pages = total.div_ceil(per_page);
        let start = (asked.page - 1).saturating_mul(per_page);
        let page = found.iter().skip(start).take(per_page);
        let contents: Vec<T> = page
            .filter_map(|at| write(&feed, *at, asked.shape))
            .collect();
        let envelope = Envelope {
            total_items: total,
            total_pages: pages,
            page_number: asked.page,
            size: contents.len(),
            first_page: asked.page == 1,
            last_page: asked.page >= pages,
            empty: contents.is_empty(),
            contents,
        };
        Ok(written(&envelope)?.into())
    }
}

/// Every document on a line of its own, written as the reader takes them.
fn lines<T, W>(found: Vec<usize>, write: W) -> Body
where
    T: Serialize,
    W: Fn(usize) -> Option<T> + Send + 'static,
{
    let starts = (0..found.len()).step_by(AT_A_TIME);
    let chunks = starts.map(move |start| {
        let mut bytes = Vec::new();
        for at in found.iter().skip(start).take(AT_A_TIME) {
            if let Some(document) = write(*at) {
                bytes.extend(serde_json::to_vec(&document)?);
                bytes.push(b'\n');
            }
        }
        Ok::<Bytes, serde_json::Error>(bytes.into())
    });
    Body::from_stream(stream::iter(chunks))
}

fn written<T: Serialize>(document: &T) -> Result<Bytes, Problem> {
    let bytes = serde_json::to_vec(document).map_err(|e| {
        Error::broken(&ErrorChain(&e)).note();
        Problem::broken()
    })?;
    Ok(bytes.into())
}
