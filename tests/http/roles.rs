//! Who may reach which address. Every route of `routes.rs` stands in [`TABLE`] once for
//! each of its methods; a route that does not is a failure. `{api}` is where the read
//! API begins.
//!
//! To add a route: a row. To add a kind of account: a column of [`May`], a person of
//! [`People`], and its answer in every row.

use axum::http::{Method, StatusCode};
use chrono::Utc;

use super::visitor::{Page, Service, Visitor};

/// What an address is to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    /// Theirs to use: a page, a file, a form that is looked at.
    Open,
    /// Of another kind of account, which the page says kindly.
    Closed,
    /// To be reached by signing in first.
    SignIn,
}
use Is::{Closed, Open, SignIn};

/// What an address is to each: an author, a directory editor, nobody signed in.
struct May {
    method: &'static str,
    route: &'static str,
    author: Is,
    editor: Is,
    stranger: Is,
}

const fn row(method: &'static str, route: &'static str, to: [Is; 3]) -> May {
    let [author, editor, stranger] = to;
    May {
        method,
        route,
        author,
        editor,
        stranger,
    }
}

/// For everybody, signed in or not.
const EVERYBODY: [Is; 3] = [Open, Open, Open];
/// For whoever is signed in.
const ANYONE: [Is; 3] = [Open, Open, SignIn];
/// For authors.
const AUTHORS: [Is; 3] = [Open, Closed, SignIn];
/// For directory editors.
const EDITORS: [Is; 3] = [Closed, Open, SignIn];

#[rustfmt::skip]
const TABLE: &[May] = &[
    // Coming in
    row("GET",  "/",                                                   ANYONE),
    row("GET",  "/health",                                             EVERYBODY),
    row("GET",  "/assets/{version}/{file}",                            EVERYBODY),
    row("GET",  "/set-up/{token}",                                     EVERYBODY),
    row("POST", "/set-up/{token}",                                     EVERYBODY),
    row("GET",  "/sign-in",                                            EVERYBODY),
    row("POST", "/sign-in",                                            EVERYBODY),
    row("GET",  "/session",                                            ANYONE),
    row("GET",  "/signed-in-again",                                    ANYONE),
    // My reports
    row("GET",  "/reports",                                            AUTHORS),
    row("GET",  "/reports/start",                                      AUTHORS),
    row("POST", "/reports/start",                                      AUTHORS),
    row("GET",  "/reports/import",                                     AUTHORS),
    row("POST", "/reports/import",                                     AUTHORS),
    // One report
    row("GET",  "/reports/{id}",                                       AUTHORS),
    row("GET",  "/reports/{id}/check",                                 AUTHORS),
    row("GET",  "/reports/{id}/guide",                                 AUTHORS),
    row("GET",  "/reports/{id}/content",                               AUTHORS),
    row("POST", "/reports/{id}/content",                               AUTHORS),
    row("GET",  "/reports/{id}/sections/{section}",                    AUTHORS),
    row("GET",  "/reports/{id}/sections/{section}/before",             AUTHORS),
    row("POST", "/reports/{id}/sections/{section}/before",             AUTHORS),
    row("GET",  "/reports/{id}/notes/{section}",                       AUTHORS),
    row("POST", "/reports/{id}/notes/{section}",                       AUTHORS),
    row("GET",  "/reports/{id}/prompts/{prompt}",                      AUTHORS),
    row("POST", "/reports/{id}/prompts/{prompt}",                      AUTHORS),
    row("GET",  "/reports/{id}/prompts/{prompt}/records/{record}",     AUTHORS),
    row("POST", "/reports/{id}/prompts/{prompt}/records/{record}",     AUTHORS),
    row("GET",  "/reports/{id}/prompts/{prompt}/records/{record}/remove", AUTHORS),
    row("POST", "/reports/{id}/prompts/{prompt}/records/{record}/remove", AUTHORS),
    // Its enquiries
    row("GET",  "/reports/{id}/enquiries",                             AUTHORS),
    row("POST", "/reports/{id}/enquiries/act",                         AUTHORS),
    row("POST", "/reports/{id}/enquiries/finish",                      AUTHORS),
    // Its services
    row("GET",  "/reports/{id}/services",                              AUTHORS),
    row("POST", "/reports/{id}/services/choose",                       AUTHORS),
    row("POST", "/reports/{id}/services/remove",                       AUTHORS),
    row("POST", "/reports/{id}/services/refresh",                      AUTHORS),
    row("POST", "/reports/{id}/services/keep",                         AUTHORS),
    row("POST", "/reports/{id}/services/gaps",                         AUTHORS),
    row("POST", "/reports/{id}/services/gaps/note",                    AUTHORS),
    row("POST", "/reports/{id}/services/gaps/withdraw",                AUTHORS),
    row("GET",  "/reports/{id}/services/{service}",                    AUTHORS),
    row("POST", "/reports/{id}/services/{service}",                    AUTHORS),
    // Its proposal
    row("GET",  "/reports/{id}/proposal",                              AUTHORS),
    row("GET",  "/reports/{id}/proposal/order",                        AUTHORS),
    row("POST", "/reports/{id}/proposal/order",                        AUTHORS),
    row("GET",  "/reports/{id}/proposal/courts",                       AUTHORS),
    row("GET",  "/reports/{id}/proposal/words",                        AUTHORS),
    row("GET",  "/reports/{id}/proposal/week",                         AUTHORS),
    row("GET",  "/reports/{id}/proposal/requirements/new",             AUTHORS),
    row("GET",  "/reports/{id}/proposal/requirements/add/{kind}",      AUTHORS),
    row("POST", "/reports/{id}/proposal/requirements/add/{kind}",      AUTHORS),
    row("GET",  "/reports/{id}/proposal/requirements/{number}",        AUTHORS),
    row("POST", "/reports/{id}/proposal/requirements/{number}",        AUTHORS),
    row("GET",  "/reports/{id}/proposal/requirements/{number}/remove", AUTHORS),
    row("POST", "/reports/{id}/proposal/requirements/{number}/remove", AUTHORS),
    // Its draft
    row("GET",  "/reports/{id}/draft",                                 AUTHORS),
    row("GET",  "/reports/{id}/draft/{section}",                       AUTHORS),
    row("POST", "/reports/{id}/draft/{section}",                       AUTHORS),
    row("POST", "/reports/{id}/draft/{section}/preview",               AUTHORS),
    row("GET",  "/reports/{id}/draft/{section}/changes",               AUTHORS),
    row("POST", "/reports/{id}/draft/{section}/changes",               AUTHORS),
    row("GET",  "/reports/{id}/draft/{section}/merge",                 AUTHORS),
    row("POST", "/reports/{id}/draft/{section}/merge",                 AUTHORS),
    row("GET",  "/reports/{id}/draft/{section}/versions",              AUTHORS),
    row("POST", "/reports/{id}/draft/{section}/versions",              AUTHORS),
    row("GET",  "/reports/{id}/quality",                               AUTHORS),
    row("GET",  "/reports/{id}/leaving",                               AUTHORS),
    row("POST", "/reports/{id}/leaving",                               AUTHORS),
    row("GET",  "/reports/{id}/letters",                               AUTHORS),
    row("GET",  "/reports/{id}/letters/{letter}",                      AUTHORS),
    row("POST", "/reports/{id}/letters/{letter}",                      AUTHORS),
    row("GET",  "/reports/{id}/oral",                                  AUTHORS),
    row("GET",  "/reports/{id}/oral/speaking-note.docx",               AUTHORS),
    row("GET",  "/reports/{id}/oral/speaking-note.txt",                AUTHORS),
    row("GET",  "/reports/{id}/oral/record.docx",                      AUTHORS),
    row("GET",  "/reports/{id}/wording/{key}",                         AUTHORS),
    row("POST", "/reports/{id}/wording/{key}",                         AUTHORS),
    row("GET",  "/reports/{id}/sign",                                  AUTHORS),
    row("POST", "/reports/{id}/sign",                                  AUTHORS),
    row("GET",  "/reports/{id}/report.docx",                           AUTHORS),
    row("GET",  "/reports/{id}/report.html",                           AUTHORS),
    row("GET",  "/reports/{id}/report.txt",                            AUTHORS),
    row("GET",  "/reports/{id}/case.json",                             AUTHORS),
    row("GET",  "/reports/{id}/facts",                                 AUTHORS),
    row("GET",  "/reports/{id}/facts.docx",                            AUTHORS),
    // A second person
    row("GET",  "/reports/{id}/review",                                AUTHORS),
    row("POST", "/reports/{id}/review/ask",                            AUTHORS),
    row("POST", "/reports/{id}/review/withdraw",                       AUTHORS),
    row("POST", "/reports/{id}/review/done",                           AUTHORS),
    row("GET",  "/checks/{id}",                                        AUTHORS),
    row("POST", "/checks/{id}",                                        AUTHORS),
    row("GET",  "/checks/{id}/quality",                                AUTHORS),
    // What is added to it, and what has happened to it
    row("GET",  "/reports/{id}/addendum",                              AUTHORS),
    row("POST", "/reports/{id}/addendum",                              AUTHORS),
    row("POST", "/reports/{id}/addendum/preview",                      AUTHORS),
    row("GET",  "/reports/{id}/addenda/{number}/addendum.docx",        AUTHORS),
    row("GET",  "/reports/{id}/timeline",                              AUTHORS),
    // Over all her reports
    row("GET",  "/worklist",                                           AUTHORS),
    // An editor's entries
    row("GET",  "/directory/mine",                                     EDITORS),
    row("GET",  "/directory/mine/new",                                 EDITORS),
    row("POST", "/directory/mine/new",                                 EDITORS),
    row("GET",  "/directory/mine/{id}/check",                          EDITORS),
    row("POST", "/directory/mine/{id}/check",                          EDITORS),
    row("GET",  "/directory/mine/{id}/edit",                           EDITORS),
    row("POST", "/directory/mine/{id}/edit",                           EDITORS),
    row("GET",  "/directory/mine/{id}/history",                        EDITORS),
    // For whoever is signed in
    row("GET",  "/directory",                                          ANYONE),
    row("GET",  "/directory/newsletter",                               ANYONE),
    row("GET",  "/directory/unmet",                                    ANYONE),
    row("GET",  "/directory/services/{id}",                            ANYONE),
    row("GET",  "/directory/services/{id}/court",                      ANYONE),
    row("GET",  "/directory/services/{id}/sheet",                      ANYONE),
    row("GET",  "/law",                                                ANYONE),
    row("GET",  "/themes",                                             ANYONE),
    // The read API
    row("GET",  "{api}",                                               EVERYBODY),
    row("GET",  "{api}/",                                              EVERYBODY),
    row("GET",  "{api}/openapi.json",                                  EVERYBODY),
    row("GET",  "{api}/services",                                      EVERYBODY),
    row("GET",  "{api}/services/{id}",                                 EVERYBODY),
    row("GET",  "{api}/organizations",                                 EVERYBODY),
    row("GET",  "{api}/organizations/{id}",                            EVERYBODY),
    row("GET",  "{api}/service_at_locations",                          EVERYBODY),
    row("GET",  "{api}/service_at_locations/{id}",                     EVERYBODY),
    row("GET",  "{api}/taxonomies",                                    EVERYBODY),
    row("GET",  "{api}/taxonomies/{id}",                               EVERYBODY),
    row("GET",  "{api}/taxonomy_terms",                                EVERYBODY),
    row("GET",  "{api}/taxonomy_terms/{id}",                           EVERYBODY),
    row("GET",  "{api}/{*other}",                                      EVERYBODY),
    // Last, because it ends the session
    row("POST", "/sign-out",                                           EVERYBODY),
];

/// One of each kind of account, and what theirs is.
struct People {
    author: Visitor,
    editor: Visitor,
    stranger: Visitor,
    report: String,
}

impl People {
    async fn of(service: &Service) -> Self {
        let mut author = service.author("sam@example.org").await;
        let report = author.start_report().await;
        Self {
            report: report.trim_start_matches("/reports/").to_owned(),
            author,
            editor: service
                .editor("eve@example.org", &["One Small Thing"])
                .await,
            stranger: service.visitor(),
        }
    }

    /// The address of a route: its places filled with what exists, as far as it can.
    fn address(&self, route: &str) -> String {
        let id = if route.starts_with("/reports/") {
            self.report.as_str()
        } else {
            "c8b3ff2e-0000-4000-8000-000000000000"
        };
        let mut address = route.replace("{id}", id);
        for (place, value) in [
            ("{section}", "health"),
            ("{prompt}", "alcohol"),
            ("{record}", "1"),
            ("{service}", "x"),
            ("{kind}", "rar"),
            ("{letter}", "letter-appointment"),
            ("{number}", "1"),
            ("{key}", "x"),
            ("{token}", "x"),
            ("{version}", "x"),
            ("{file}", "x.css"),
            ("{api}", "/open-referral/v3"),
            ("{*other}", "nothing"),
        ] {
            address = address.replace(place, value);
        }
        address
    }
}

/// What the address was to whoever asked. What is not there is open: the page says so
/// to somebody who may look.
fn judged(page: &Page) -> Is {
    let to = page.headers.get("location").and_then(|l| l.to_str().ok());
    if to.is_some_and(|to| to.starts_with("/sign-in")) && page.status == StatusCode::SEE_OTHER {
        return SignIn;
    }
    match page.status {
        StatusCode::UNAUTHORIZED => SignIn,
        StatusCode::FORBIDDEN => {
            let kindly = page.text().contains("not part of your account");
            assert!(
                kindly,
                "a form was refused for another reason: {}",
                page.text()
            );
            Closed
        }
        status => {
            assert!(!status.is_server_error(), "{status}: {}", page.text());
            Open
        }
    }
}

async fn ask(visitor: &mut Visitor, method: &str, address: &str) -> Page {
    if method == "GET" {
        return visitor.get(address).await;
    }
    // Any page of ours gives the token, and the header has it on each.
    let home = visitor.get("/sign-in").await;
    let tokens = home.attributes("input[name=csrf]", "value");
    let token = tokens.first().cloned().unwrap_or_default();
    visitor.post(address, &[("csrf".into(), token)], &[]).await
}

#[tokio::test]
async fn every_address_is_open_to_those_it_is_for_and_to_nobody_else() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let mut people = People::of(&service).await;
    let mut wrong = Vec::new();
    for may in TABLE {
        let address = people.address(may.route);
        for (who, visitor, meant) in [
            ("an author", &mut people.author, may.author),
            ("an editor", &mut people.editor, may.editor),
            ("a stranger", &mut people.stranger, may.stranger),
        ] {
            let page = ask(visitor, may.method, &address).await;
            // Signing out leads there too, and is what was asked for.
            let is = match judged(&page) {
                SignIn if may.route == "/sign-out" => Open,
                is => is,
            };
            if is != meant {
                wrong.push(format!(
                    "{} {} is {is:?} to {who}, not {meant:?} ({})",
                    may.method, may.route, page.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_route_stands_in_the_table() {
    let routes = include_str!("../../src/web/routes.rs");
    let mut missing = Vec::new();
    for after in routes.split(".route(").skip(1) {
        let (named, handlers) = after.split_once(',').unwrap();
        let handlers = handlers.split(".layer(").next().unwrap();
        let words = named.split('"').nth(1).unwrap_or_default();
        let of_api = named.contains("here(") || named.contains("PREFIX");
        let route = format!("{}{words}", if of_api { "{api}" } else { "" });
        for (method, words) in [
            (Method::GET, ["get(", "any("]),
            (Method::POST, ["post(", "import)"]),
        ] {
            let stands = |may: &May| may.route == route && may.method == method.as_str();
            let has = words.iter().any(|word| handlers.contains(word));
            if has && !TABLE.iter().any(stands) {
                missing.push(format!("{method} {route}"));
            }
        }
    }
    assert!(routes.contains(".route("));
    assert!(missing.is_empty(), "not in the table: {missing:?}");
}

#[tokio::test]
async fn the_navigation_offers_what_each_can_use() {
    let service = Service::start().await;
    let mut people = People::of(&service).await;
    let links = |page: &Page| page.texts("#navigation a");
    let author = people.author.get("/").await.location();
    assert_eq!(author, "/reports");
    assert_eq!(
        links(&people.author.get(&author).await),
        [
            "My reports",
            "Enquiries outstanding",
            "Find services",
            "Law",
            "Themes"
        ]
    );
    let editor = people.editor.get("/").await.location();
    assert_eq!(editor, "/directory/mine");
    let page = people.editor.get(&editor).await;
    assert_eq!(
        links(&page),
        ["My entries", "Find services", "Law", "Themes"]
    );
    let here = page.texts("#navigation [aria-current]");
    assert_eq!(here, ["My entries"]);
    for href in page.attributes("#navigation a", "href") {
        assert_eq!(
            people.editor.get(&href).await.status,
            StatusCode::OK,
            "{href}"
        );
    }
}

#[tokio::test]
async fn what_is_another_kinds_says_so_kindly_and_leads_home() {
    let service = Service::start().await;
    let mut people = People::of(&service).await;
    let report = format!("/reports/{}", people.report);
    let page = people.editor.get(&report).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_eq!(page.texts("h1"), ["This page is not part of your account"]);
    assert!(page.text().contains("directory editor"), "{}", page.text());
    let home = page.attributes("main a", "href");
    assert_eq!(
        people.editor.get(&home[0]).await.location(),
        "/directory/mine"
    );
    // The same words whether there is such a report or not.
    let none = people
        .editor
        .get("/reports/0192f0c1-0000-7000-8000-000000000000")
        .await;
    assert_eq!(none.text(), page.text());

    let page = people.author.get("/directory/mine").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text().contains("report author"), "{}", page.text());
    assert_eq!(people.author.get(&home[0]).await.location(), "/reports");
}
