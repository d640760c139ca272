//! Security headers on every answer.
//!
//! Lives here: what browsers are told never to do with our pages. Not here: cookies
//! (`visit.rs`). To loosen anything, say in a comment which page needs it and why.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::{state::AppState, visit::Nonce};

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: browsers then send `Origin: null` with our own forms, and
    // the first gate against forged ones would be lost.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Sets them on the way out; one that an answer set itself stands.
pub async fn set(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let nonce = request.extensions().get::<Nonce>().cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        let name = HeaderName::from_static(name);
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&content_policy(nonce.as_ref())) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if state.setting().tls {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    keep_out_of_caches(headers);
    response
}

/// Only what our own pages load: no inline script or style, no other host.
fn content_policy(nonce: Option<&Nonce>) -> String {
    let scripts = nonce.map_or_else(|| "'none'".into(), |n| format!("'nonce-{}'", n.as_str()));
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
}

/// Pages hold what she said: nothing but the assets, which say so themselves, may be
/// kept by a browser or a proxy.
fn keep_out_of_caches(headers: &mut HeaderMap) {
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
