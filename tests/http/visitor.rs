//! Somebody with a browser: keeps cookies, reads pages, fills in their forms.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

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
    store::{AccountId, NewAccount, NewPassword, ReportId, Role, Store, StoreSettings, Token},
    web::{AppState, Clock, OpenIdSettings, router},
};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::harness::signed_text;

pub const PASSWORD: &str = "three words and more";

/// A service on an empty database.
pub struct Service {
    router: Router,
    store: Store,
    _folder: TempDir,
}

impl Service {
    /// Starts one, reached without TLS.
    pub async fn start() -> Self {
        Self::reached_at(None).await
    }

    /// Starts one that people reach at this address.
    pub async fn reached_at(address: Option<&str>) -> Self {
        Self::started(address, Utc::now).await
    }

    /// Starts one with another clock.
    pub async fn by_the_clock(clock: Clock) -> Self {
        Self::started(None, clock).await
    }

    /// Starts one by another clock, whose directory is not shared with other tests: for
    /// those that change its records.
    pub async fn with_its_own_directory(clock: Clock) -> Self {
        Self::started_on(None, clock, load_pack()).await
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Starts one whose directory holds these records as well, for itself alone.
    pub async fn with_records(records: Vec<Record>) -> Self {
        let mut pack = Pack::load(&ContentFiles::embedded().unwrap()).unwrap();
        let directory = pack.directory.now().with_records(records);
        pack.directory = LiveDirectory::new(directory);
        Self::started_on(None, Utc::now, Arc::new(pack)).await
    }

    async fn started(address: Option<&str>, clock: Clock) -> Self {
        static PACK: OnceLock<Arc<Pack>> = OnceLock::new();
        Self::started_on(address, clock, PACK.get_or_init(load_pack).clone()).await
    }

    /// Starts one whose people may also sign in at this provider.
    pub async fn with_provider(address: &str, provider: OpenIdSettings) -> Self {
        let state = |state: AppState| state.with_openid(provider).unwrap();
        Self::started_as(Some(address), Utc::now, load_pack(), state).await
    }

    /// Starts one that asks everybody with a password for a second step.
    pub async fn requiring_second_step() -> Self {
        let set = AppState::requiring_second_step;
        Self::started_as(None, Utc::now, load_pack(), set).await
    }

    async fn started_on(address: Option<&str>, clock: Clock, pack: Arc<Pack>) -> Self {
        Self::started_as(address, clock, pack, |state| state).await
    }

    async fn started_as(
        address: Option<&str>,
        clock: Clock,
        pack: Arc<Pack>,
        set: impl FnOnce(AppState) -> AppState,
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let settings = StoreSettings::in_folder(folder.path().join("data"));
        let store = Store::open(&settings).await.unwrap();
        let state = AppState::with_clock(pack, store.clone(), address, false, clock).unwrap();
        Self {
            router: router(set(state)),
            store,
            _folder: folder,
        }
    }

    /// Signs a report of the only author, as it stands.
    pub async fn sign(&self, report: ReportId) {
        let accounts = self.store.accounts().await.unwrap();
        let author = self.store.as_author(accounts[0].id);
        let revision = author.load(report).await.unwrap().unwrap().revision;
        let now = Utc::now();
        author
            .sign_report(report, revision, &signed_text(), now)
            .await
            .unwrap();
    }

    /// An author with a report made from this case file, and its address.
    pub async fn with_case(&self, case: &str) -> (Visitor, String) {
        let mut author = self.author("sam@example.org").await;
        let page = author.upload("/reports/import", case.as_bytes()).await;
        let report = page.location();
        (author, report)
    }

    /// The same with the example of Angela.
    pub async fn with_angela(&self) -> (Visitor, String) {
        self.with_case(include_str!("../cases/angela.json")).await
    }

    /// A link that makes the first account.
    pub async fn set_up_link(&self) -> String {
        let token = Token::random().unwrap();
        assert!(self.store.offer_setup(&token, Utc::now()).await.unwrap());
        format!("/set-up/{}", token.text())
    }

    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
        }
    }

    /// An author with an account of her own, signed in.
    pub async fn author(&self, email: &str) -> Visitor {
        let account = NewAccount {
            id: AccountId::new(Utc::now()),
            email: email.into(),
            display_name: "Sam Author".into(),
            roles: [Role::Author, Role::Countersigner].into(),
            password: NewPassword::new(PASSWORD).unwrap(),
        };
        self.store
            .create_account(account, Utc::now())
            .await
            .unwrap();
        self.author_again(email).await
    }

    /// A directory editor of these organisations, signed in.
    pub async fn editor(&self, email: &str, organisations: &[&str]) -> Visitor {
        let account = NewAccount {
            id: AccountId::new(Utc::now()),
            email: email.into(),
            display_name: format!("Eve of {email}"),
            roles: Role::DirectoryEditor.into(),
            password: NewPassword::new(PASSWORD).unwrap(),
        };
        let kept: Vec<String> = organisations.iter().map(|&o| o.to_owned()).collect();
        let made = self.store.create_editor(account, &kept, Utc::now());
        made.await.unwrap();
        self.author_again(email).await
    }

    /// The same author, signed in in another browser.
    pub async fn author_again(&self, email: &str) -> Visitor {
        let mut visitor = self.visitor();
        let fields = [("email", email), ("password", PASSWORD)];
        let page = visitor.submit("/sign-in", &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        visitor
    }
}

fn load_pack() -> Arc<Pack> {
    Arc::new(Pack::load(&ContentFiles::embedded().unwrap()).unwrap())
}

/// Somebody with a browser.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    pub cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Visitor {
    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    /// Opens a page and sends its form, with `fields` laid over its hidden ones.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
        self.send_form_of(&page, path, fields).await
    }

    /// Sends the form of a page opened before.
    pub async fn send_form_of(&mut self, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut pairs = page.hidden();
        pairs.retain(|(name, _)| fields.iter().all(|(mine, _)| mine != name));
        let fields = fields
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        pairs.extend(fields);
        let path = page.action().unwrap_or_else(|| path.to_owned());
        self.post(&path, &pairs, &[]).await
    }

    /// Sends a form as it is given.
    pub async fn post(
        &mut self,
        path: &str,
        pairs: &[(String, String)],
        headers: &[(&str, &str)],
    ) -> Page {
        let pairs = pairs
            .iter()
            .map(|(n, v)| format!("{}={}", encoded(n), encoded(v)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let kind = (
            header::CONTENT_TYPE.as_str(),
            "application/x-www-form-urlencoded",
        );
        let headers: Vec<_> = headers.iter().copied().chain([kind]).collect();
        self.send(Method::POST, path, &headers, body.into()).await
    }

    /// Chooses a file in a page's form and sends it.
    pub async fn upload(&mut self, path: &str, file: &[u8]) -> Page {
        let token = self.get(path).await.token();
        let mut body = Vec::new();
        for (name, more, bytes) in [
            ("csrf", "", token.as_bytes()),
            ("file", "; filename=\"case.json\"", file),
        ] {
            let head =
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let kind = (
            header::CONTENT_TYPE.as_str(),
            "multipart/form-data; boundary=edge",
        );
        self.send(Method::POST, path, &[kind], body.into()).await
    }

    /// Sends anything.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Page {
        let cookies = self.cookies.iter().map(|(n, v)| format!("{n}={v}"));
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::COOKIE, cookies.collect::<Vec<_>>().join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self
            .router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Page {
            status: parts.status,
            headers: parts.headers,
            bytes,
            body,
        }
    }

    /// Starts a report and gives the address of its task list.
    pub async fn start_report(&mut self) -> String {
        let fields = [
            ("first", "Angela"),
            ("last", "Example"),
            ("format", "short"),
        ];
        let page = self.submit("/reports/start", &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        page.location()
    }
}

impl Page {
    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// Where it leads on to.
    pub fn location(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    /// The words of its main part.
    pub fn text(&self) -> String {
        self.texts("main").join(" ")
    }

    /// The words of each element that a selector finds, white space as one blank.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let words = |e: scraper::ElementRef<'_>| {
            let text: String = e.text().collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.html()
            .select(&Selector::parse(css).unwrap())
            .map(words)
            .collect()
    }

    /// An attribute of each element that a selector finds.
    pub fn attributes(&self, css: &str, attribute: &str) -> Vec<String> {
        let page = self.html();
        let css = Selector::parse(css).unwrap();
        page.select(&css)
            .filter_map(|e| e.attr(attribute))
            .map(str::to_owned)
            .collect()
    }

    /// What a field holds.
    pub fn value(&self, name: &str) -> String {
        let text = self.html();
        let area = Selector::parse(&format!("textarea[name='{name}']")).unwrap();
        let area = text
            .select(&area)
            .next()
            .map(|e| e.text().collect::<String>());
        let input = || {
            self.attributes(&format!("input[name='{name}']"), "value")
                .concat()
        };
        area.unwrap_or_else(input)
    }

    /// Every visible field as it stands, as a browser would send it.
    pub fn filled_in(&self) -> Vec<(String, String)> {
        let page = self.html();
        let form = self.form();
        let css = format!("{form} input:not([type=hidden]), {form} textarea, {form} select");
        let mut fields = Vec::new();
        for field in page.select(&Selector::parse(&css).unwrap()) {
            let of = |attribute| field.attr(attribute).unwrap_or_default().to_owned();
            let chosen = Selector::parse("option[selected]").unwrap();
            let value = match (field.value().name(), of("type").as_str()) {
                ("textarea", _) => field.text().collect(),
                ("select", _) => {
                    let chosen = field.select(&chosen).next();
                    chosen
                        .and_then(|o| o.attr("value"))
                        .unwrap_or_default()
                        .to_owned()
                }
                (_, "radio" | "checkbox") if field.attr("checked").is_none() => continue,
                _ => of("value"),
            };
            fields.push((of("name"), value));
        }
        fields
    }

    pub fn token(&self) -> String {
        let css = format!("{} input[name=csrf]", self.form());
        self.attributes(&css, "value").concat()
    }

    /// The page's own form, where others stand beside it, such as suggestions.
    fn form(&self) -> &'static str {
        const SAVED_AS_TYPED: &str = "main form[data-module=foreword-autosave]";
        if self.attributes(SAVED_AS_TYPED, "action").is_empty() {
            "main"
        } else {
            SAVED_AS_TYPED
        }
    }

    fn action(&self) -> Option<String> {
        let css = match self.form() {
            "main" => "main form",
            form => form,
        };
        self.attributes(css, "action").into_iter().next()
    }

    /// The hidden fields of its form.
    pub fn hidden(&self) -> Vec<(String, String)> {
        let page = self.html();
        let css = Selector::parse(&format!("{} input[type=hidden]", self.form())).unwrap();
        let pair = |e: scraper::ElementRef<'_>| {
            let of = |attribute| e.attr(attribute).unwrap_or_default().to_owned();
            (of("name"), of("value"))
        };
        page.select(&css).map(pair).collect()
    }
}

fn encoded(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(byte as char);
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
    }
    out
}
