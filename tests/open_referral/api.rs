//! The read API as a program meets it: no cookie, no key, only the router.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use chrono::Utc;
use foreword::{
    content::ContentFiles,
    directory::{LiveDirectory, Record},
    pack::Pack,
    store::{Store, StoreSettings},
    web::{AppState, router},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

/// Where the API of the tests is.
pub const ADDRESS: &str = "https://foreword.example";

/// A service whose directory has some fictional records besides its own.
pub struct Api {
    router: Router,
    pub store: Store,
    _folder: TempDir,
}

/// One answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Api {
    /// Starts it with the directory of the program and these records over it.
    pub async fn with(records: Vec<Record>) -> Self {
        let mut pack = Pack::load(&ContentFiles::embedded().unwrap()).unwrap();
        let directory = pack.directory.now().with_records(records);
        pack.directory = LiveDirectory::new(directory);
        let folder = TempDir::new().unwrap();
        let settings = StoreSettings::in_folder(folder.path().join("data"));
        let store = Store::open(&settings).await.unwrap();
        let state = AppState::with_clock(
            Arc::new(pack),
            store.clone(),
            Some(ADDRESS),
            false,
            Utc::now,
        );
        Self {
            router: router(state.unwrap()),
            store,
            _folder: folder,
        }
    }

    /// Asks with a method and headers, of a path under the API's.
    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask_at(method, &format!("/open-referral/v3{path}"), headers)
            .await
    }

    /// Asks of any path.
    pub async fn ask_at(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }

    /// Gets what is there, which has to be JSON.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.ask(Method::GET, path, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// Names of the services that a question finds.
    pub async fn names(&self, question: &str) -> Vec<String> {
        let page = self
            .get(&format!("/services?per_page=1000&{question}"))
            .await;
        let contents = page["contents"].as_array().unwrap().iter();
        contents
            .map(|s| s["name"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn sets_a_cookie(&self) -> bool {
        self.headers.contains_key(header::SET_COOKIE)
    }
}
