//! Signing in with an organisation's own accounts, at a real OpenID Connect provider
//! (`tests/openid/provider.mjs`), whose people are Sam of the court reports, Eve of the
//! kitchen, and Ursula, whose address it does not vouch for.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use axum::http::StatusCode;
use foreword::web::{OpenIdSettings, RoleMapping};
use ureq::Agent;

use super::{
    saving::{answer, typed},
    visitor::{PASSWORD, Page, Service, Visitor},
};
use crate::harness::tools::{program, repository};

const ADDRESS: &str = "https://foreword.test";

/// The provider, as a process of its own.
struct Provider {
    process: Child,
    issuer: String,
    agent: Agent,
}

impl Provider {
    fn start() -> Self {
        let mut process = Command::new(program("node"))
            .arg(repository().join("tests/openid/provider.mjs"))
            .arg(format!("{ADDRESS}/sign-in/openid/back"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut issuer = String::new();
        let said = process.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut issuer).unwrap();
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None);
        Self {
            process,
            issuer: issuer.trim().to_owned(),
            agent: config.build().into(),
        }
    }

    /// Other keys from now on.
    fn rotate(&self) {
        self.agent
            .post(format!("{}/rotate", self.issuer))
            .send_empty()
            .unwrap();
    }

    /// Signs a person in where Foreword sent her, or goes back where the name is
    /// empty; gives the address below Foreword's that she is sent back to.
    fn sign_in(&self, to: &str, person: &str) -> String {
        let mut cookies = BTreeMap::new();
        let mut at = to.to_owned();
        for _ in 0..6 {
            let jar: Vec<String> = cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
            let jar = jar.join("; ");
            let answer = if at.contains("/interaction/") {
                let form = [("person", person)];
                self.agent.post(&at).header("cookie", jar).send_form(form)
            } else {
                self.agent.get(&at).header("cookie", jar).call()
            };
            let answer = answer.unwrap();
            for cookie in answer.headers().get_all("set-cookie") {
                let pair = cookie.to_str().unwrap().split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                cookies.insert(name.to_owned(), value.to_owned());
            }
            assert_eq!(answer.status(), 303, "{at}");
            let next = answer.headers()["location"].to_str().unwrap();
            if let Some(back) = next.strip_prefix(ADDRESS) {
                return back.to_owned();
            }
            at = match next.strip_prefix('/') {
                Some(path) => format!("{}/{path}", self.issuer),
                None => next.to_owned(),
            };
        }
        panic!("{to} leads nowhere");
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn settings(issuer: &str, roles: &[&str]) -> OpenIdSettings {
    OpenIdSettings {
        issuer: issuer.to_owned(),
        client: "foreword".into(),
        secret: Some("a secret of the tests".to_owned().into()),
        name: "the County’s account".into(),
        roles: RoleMapping {
            claim: "groups".into(),
            pairs: roles
                .iter()
                .map(|t| RoleMapping::pair(t).unwrap())
                .collect(),
        },
    }
}

/// A service whose provider makes authors of those who write court reports.
async fn with(provider: &Provider) -> Service {
    Service::with_provider(
        ADDRESS,
        settings(&provider.issuer, &["court-reports=author"]),
    )
    .await
}

/// Signs somebody in, and gives what Foreword says when she comes back.
async fn signed_in(visitor: &mut Visitor, provider: &Provider, person: &str) -> Page {
    let to = visitor.get("/sign-in/openid").await.location();
    visitor.get(&provider.sign_in(&to, person)).await
}

#[tokio::test]
async fn whoever_the_provider_knows_by_her_group_gets_an_account_and_keeps_it() {
    let provider = Provider::start();
    let service = with(&provider).await;
    let mut sam = service.visitor();
    let page = sam.get("/sign-in").await;
    let links = page.texts("a.govuk-button");
    assert_eq!(links, ["Sign in with the County’s account"]);
    assert_eq!(
        signed_in(&mut sam, &provider, "sam").await.location(),
        "/reports"
    );
    let report = sam.start_report().await;
    // In another browser she is the same, and none but she.
    let mut again = service.visitor();
    signed_in(&mut again, &provider, "sam").await;
    assert_eq!(again.get(&report).await.status, StatusCode::OK);
    let accounts = service.store().accounts().await.unwrap();
    let made: Vec<_> = accounts
        .iter()
        .map(|a| (&*a.email, &*a.display_name))
        .collect();
    assert_eq!(made, [("sam@example.org", "Sam Author")]);
    // No password opens that account.
    for password in ["!", "", PASSWORD] {
        let fields = [("email", "sam@example.org"), ("password", password)];
        let page = service.visitor().submit("/sign-in", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
    }
}

#[tokio::test]
async fn an_account_with_her_proved_address_becomes_hers() {
    let provider = Provider::start();
    let service = with(&provider).await;
    let mut with_password = service.author("sam@example.org").await;
    let report = with_password.start_report().await;
    let mut sam = service.visitor();
    signed_in(&mut sam, &provider, "sam").await;
    assert_eq!(sam.get(&report).await.status, StatusCode::OK);
    assert_eq!(service.store().accounts().await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_has_no_role_or_no_proved_address_is_told_so_and_gets_nothing() {
    let provider = Provider::start();
    let service = with(&provider).await;
    for (person, says) in [
        ("eve", "nothing says yet what you do in Foreword"),
        ("ursula", "does not say that your email address is yours"),
    ] {
        let mut visitor = service.visitor();
        let page = signed_in(&mut visitor, &provider, person).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text().contains(says), "{}", page.text());
        let home = visitor.get("/reports").await.location();
        assert!(home.starts_with("/sign-in"), "{home}");
    }
    assert!(service.store().accounts().await.unwrap().is_empty());
}

#[tokio::test]
async fn where_administrators_give_the_roles_only_an_account_they_made_is_signed_in() {
    let provider = Provider::start();
    let service = Service::with_provider(ADDRESS, settings(&provider.issuer, &[])).await;
    let page = signed_in(&mut service.visitor(), &provider, "sam").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    service.author("sam@example.org").await;
    let page = signed_in(&mut service.visitor(), &provider, "sam").await;
    assert_eq!(page.location(), "/reports");
}

#[tokio::test]
async fn an_account_that_was_ended_stays_ended() {
    let provider = Provider::start();
    let service = with(&provider).await;
    signed_in(&mut service.visitor(), &provider, "sam").await;
    let account = service.store().accounts().await.unwrap().remove(0);
    let now = chrono::Utc::now();
    service
        .store()
        .set_disabled(account.id, true, now)
        .await
        .unwrap();
    let page = signed_in(&mut service.visitor(), &provider, "sam").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text().contains("has been ended"), "{}", page.text());
}

#[tokio::test]
async fn what_comes_back_signs_in_only_the_browser_that_began_and_only_once() {
    let provider = Provider::start();
    let service = with(&provider).await;
    let mut sam = service.visitor();
    let to = sam.get("/sign-in/openid").await.location();
    let back = provider.sign_in(&to, "sam");
    // Sent to somebody else, who began none, or another: she would be signed in as Sam.
    let mut other = service.visitor();
    for _ in 0..2 {
        let page = other.get(&back).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{}", page.text());
        other.get("/sign-in/openid").await;
    }
    assert_eq!(sam.clone().get(&back).await.location(), "/reports");
    let page = sam.get(&back).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.text().contains("used already"), "{}", page.text());
    // A code that the provider never gave.
    let mut made_up = service.visitor();
    let to = made_up.get("/sign-in/openid").await.location();
    let state = to
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let page = made_up
        .get(&format!("/sign-in/openid/back?code=made-up&state={state}"))
        .await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_session_after_signing_in_is_a_new_one() {
    let provider = Provider::start();
    let service = with(&provider).await;
    let mut sam = service.visitor();
    signed_in(&mut sam, &provider, "sam").await;
    let first = sam.cookies["__Host-foreword"].clone();
    signed_in(&mut sam, &provider, "sam").await;
    assert_ne!(sam.cookies["__Host-foreword"], first);
    assert!(!sam.cookies.contains_key("__Host-foreword-openid"));
}

#[tokio::test]
async fn who_goes_back_at_the_provider_is_told_that_she_is_not_signed_in() {
    let provider = Provider::start();
    let service = with(&provider).await;
    let page = signed_in(&mut service.visitor(), &provider, "").await;
    assert_eq!(page.texts("h1"), ["You were not signed in"]);
}

#[tokio::test]
async fn the_provider_may_change_its_keys() {
    let provider = Provider::start();
    let service = with(&provider).await;
    signed_in(&mut service.visitor(), &provider, "sam").await;
    provider.rotate();
    let page = signed_in(&mut service.visitor(), &provider, "sam").await;
    assert_eq!(page.location(), "/reports");
}

#[tokio::test]
async fn it_leads_where_she_was_going_and_never_to_another_site() {
    let provider = Provider::start();
    let service = with(&provider).await;
    for (next, leads) in [("/law", "/law"), ("//evil.example", "/reports")] {
        let mut sam = service.visitor();
        let path = format!("/sign-in/openid?next={next}");
        let to = sam.get(&path).await.location();
        let page = sam.get(&provider.sign_in(&to, "sam")).await;
        assert_eq!(page.location(), leads);
    }
}

#[tokio::test]
async fn what_was_typed_before_the_session_ended_is_shown_again() {
    let provider = Provider::start();
    let service = with(&provider).await;
    let mut sam = service.visitor();
    signed_in(&mut sam, &provider, "sam").await;
    let report = sam.start_report().await;
    let path = format!("{report}/prompts/adjustments");
    let page = sam.get(&path).await;
    let form = typed(&page, &answer("Needs <breaks>."));
    sam.cookies.clear();
    let page = sam.post(&path, &form, &[]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    let pairs = page.hidden();
    let page = sam.post("/sign-in/openid", &pairs, &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let to = page.attributes("main a", "href").remove(0);
    let page = sam.get(&provider.sign_in(&to, "sam")).await;
    assert!(page.text().contains("Needs <breaks>."), "{}", page.text());
    let page = sam.send_form_of(&page, &path, &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    assert_eq!(sam.get(&path).await.value("value"), "Needs <breaks>.");
}

#[tokio::test]
async fn a_provider_that_is_down_keeps_nobody_from_her_password() {
    let gone = {
        let provider = Provider::start();
        provider.issuer.clone()
    };
    let service = Service::with_provider(ADDRESS, settings(&gone, &["court-reports=author"])).await;
    let page = service.visitor().get("/sign-in/openid").await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY);
    assert!(
        page.text().contains("could not reach the County’s account"),
        "{}",
        page.text()
    );
    service.author("ann@example.org").await;
}

#[tokio::test]
async fn where_there_is_no_provider_there_are_no_such_pages() {
    let service = Service::start().await;
    for path in ["/sign-in/openid", "/sign-in/openid/back?code=x&state=y"] {
        let page = service.visitor().get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = service.visitor().get("/sign-in").await;
    assert!(page.texts("a.govuk-button").is_empty());
    assert_eq!(
        service
            .author("ann@example.org")
            .await
            .get("/")
            .await
            .location(),
        "/reports"
    );
}
