//! Forms that cannot be read unless they come from our own pages.
//!
//! Lives here: the gates (where the browser says the form comes from, the token that
//! only our page could know, the report that the form names) and the two extractors
//! that pass them. A handler has no other way to a form, so none can forget a check.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::{HeaderMap, header},
};

use super::{error::Error, form::Form, state::AppState, templates::report_in, visit::FormSecret};

/// A form's names and values, from nobody knows where.
pub type Pairs = axum_extra::extract::Form<Vec<(String, String)>>;

/// A form from one of our pages.
pub struct OurForm(pub Form);

impl FromRequest<AppState> for OurForm {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Error> {
        let secret = gate(&request)?;
        let about = report_in(request.uri().path());
        let (parts, body) = request.into_parts();
        let whole = Request::from_parts(parts.clone(), body);
        let sent = Bytes::from_request(whole, state).await;
        let sent = sent.map_err(|e| Error::of_body(e.status(), &e))?;
        if !is_text(&sent) {
            return Err(Error::not_text());
        }
        let request = Request::from_parts(parts, sent.into());
        let sent = Pairs::from_request(request, state).await;
        let axum_extra::extract::Form(pairs) = sent.map_err(|e| Error::of_body(e.status(), &e))?;
        let form = Form::new(pairs);
        verify(&secret, form.get("csrf"))?;
        match (about, form.get("report")) {
            (Some(here), Some(named)) if named != here.to_string() => Err(Error::crossed()),
            _ => Ok(Self(form)),
        }
    }
}

/// A file sent from one of our pages.
pub struct OurUpload {
    /// The text of the file, where it is text.
    pub text: Option<String>,
    /// True where a file was chosen at all.
    pub chosen: bool,
}

impl FromRequest<AppState> for OurUpload {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Error> {
        let secret = gate(&request)?;
        let parts = Multipart::from_request(request, state).await;
        let mut parts = parts.map_err(|e| Error::of_body(e.status(), &e))?;
        let told = |e: MultipartError| Error::of_body(e.status(), &e);
        let (mut token, mut file) = (None, Bytes::new());
        while let Some(part) = parts.next_field().await.map_err(told)? {
            match part.name() {
                Some("csrf") => token = Some(part.text().await.map_err(told)?),
                Some("file") => file = part.bytes().await.map_err(told)?,
                _ => {}
            }
        }
        verify(&secret, token.as_deref())?;
        Ok(Self {
            chosen: !file.is_empty(),
            text: String::from_utf8(file.into()).ok(),
        })
    }
}

/// True where every name and value is text. What is not would otherwise be saved with
/// its letters replaced, and look as if it had been kept.
fn is_text(body: &[u8]) -> bool {
    let figure = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
    let mut decoded = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        let escaped = (figure(body.get(at + 1)), figure(body.get(at + 2)));
        if let (b'%', Some(high), Some(low)) = (byte, escaped.0, escaped.1) {
            decoded.extend(u8::try_from(high * 16 + low));
            at += 3;
        } else {
            decoded.push(*byte);
            at += 1;
        }
    }
    std::str::from_utf8(&decoded).is_ok()
}

/// The first gate: browsers say where a form comes from.
fn gate(request: &Request) -> Result<FormSecret, Error> {
    if comes_from_elsewhere(request.headers()) {
        return Err(Error::not_our_form());
    }
    let secret = request.extensions().get::<FormSecret>().cloned();
    secret.ok_or_else(|| Error::broken("a form came past `visit::begin`"))
}

/// True where the browser says that another site sent this.
pub fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or_default());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    // Older browsers: the host of `Origin` has to be the host they asked.
    match (text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_none_or(|(_, from)| from != host),
        _ => false,
    }
}

/// The second gate: the token that only our page could know.
fn verify(secret: &FormSecret, token: Option<&str>) -> Result<(), Error> {
    match token {
        Some(token) if secret.0.csrf_matches(token) => Ok(()),
        _ => Err(Error::old_token()),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(n, v)| (n.parse().unwrap(), HeaderValue::from_static(v)))
            .collect()
    }

    #[test]
    fn a_form_from_another_site_is_stopped_at_the_first_gate() {
        for sent in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[
                ("origin", "https://evil.example"),
                ("host", "foreword.example"),
            ],
            &[("origin", "null"), ("host", "foreword.example")],
        ] {
            assert!(comes_from_elsewhere(&headers(sent)), "{sent:?}");
        }
        for sent in [
            &[("sec-fetch-site", "same-origin")][..],
            &[
                ("origin", "http://127.0.0.1:8080"),
                ("host", "127.0.0.1:8080"),
            ],
            &[],
        ] {
            assert!(!comes_from_elsewhere(&headers(sent)), "{sent:?}");
        }
    }
}
