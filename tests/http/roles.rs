//! Who may reach which address: every address of `role-matrix.md` is asked for by
//! everybody in it. Every route of `routes.rs` stands there once for each of its
//! methods; a route that does not is a failure.
//!
//! To add a route: a line of the file. To add a role: a column of the file, and somebody
//! in [`People`].

use axum::http::{Method, StatusCode};
use chrono::Utc;
use foreword::store::{AccountId, Belongs, NewAccount, NewPassword, ReportId, Role, Roles};

use super::visitor::{PASSWORD, Page, Service, Visitor};

/// What an address is to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    /// Theirs to use: a page, a file, a form that is looked at.
    Open,
    /// For people with another role, which the page says kindly.
    Closed,
    /// Another's, said as if there were nothing.
    NotThere,
    /// To be reached by signing in first.
    SignIn,
}
use Is::{Closed, NotThere, Open, SignIn};

/// A line of the file: an address, and what it is to each.
struct May {
    method: String,
    route: String,
    to: Vec<(&'static str, Is)>,
}

const FILE: &str = include_str!("role-matrix.md");

/// The lines of the file under the names of its columns.
fn matrix() -> Vec<May> {
    let lines = FILE.lines().filter(|line| line.starts_with('|'));
    let cells = |line: &'static str| -> Vec<&'static str> {
        line.trim_matches('|').split('|').map(str::trim).collect()
    };
    let (mut columns, mut found) = (Vec::new(), Vec::new());
    for line in lines.map(cells) {
        match line.as_slice() {
            ["", "route", people @ ..] => columns = people.to_vec(),
            [dashes, ..] if dashes.starts_with('-') => {}
            [method, route, answers @ ..] => {
                assert_eq!(answers.len(), columns.len(), "{method} {route}");
                let is = answers.iter().map(|answer| match *answer {
                    "yes" => Open,
                    "no" => Closed,
                    "404" => NotThere,
                    "sign in" => SignIn,
                    other => panic!("{method} {route}: “{other}” is no answer"),
                });
                found.push(May {
                    method: (*method).to_owned(),
                    route: (*route).to_owned(),
                    to: columns.iter().copied().zip(is).collect(),
                });
            }
            line => panic!("no line of a table: {line:?}"),
        }
    }
    found
}

/// Somebody of every column, and two reports of the first author: one that her team may
/// read, and one that is restricted.
struct People {
    who: Vec<(&'static str, Visitor)>,
    report: String,
    restricted: String,
}

/// Somebody with these roles, signed in.
async fn somebody(service: &Service, name: &str, roles: Roles) -> (AccountId, Visitor) {
    let email = format!("{}@example.org", name.replace(' ', "."));
    let account = NewAccount {
        id: AccountId::new(Utc::now()),
        email: email.clone(),
        display_name: name.into(),
        roles,
        password: NewPassword::new(PASSWORD).unwrap(),
    };
    let id = account.id;
    let one = ["One Small Thing".to_owned()];
    let none = [].as_slice();
    let belongs = Belongs {
        keeps: if roles.has(Role::DirectoryEditor) {
            &one
        } else {
            none
        },
        centres: if roles.has(Role::Assessor) {
            &one
        } else {
            none
        },
        by: None,
    };
    let made = service.store().create_with(account, belongs, Utc::now());
    made.await.unwrap();
    (id, service.author_again(&email).await)
}

impl People {
    async fn of(service: &Service) -> Self {
        let (author, mut first) = somebody(service, "author", Role::Author.into()).await;
        let report = first.start_report().await;
        let plan = [("purpose", "bail")];
        first.submit(&format!("{report}/plan"), &plan).await;
        let report = report.trim_start_matches("/reports/").to_owned();
        let restricted = first.start_report().await;
        let restricted = restricted.trim_start_matches("/reports/").to_owned();
        let store = service.store();
        let id = restricted.parse::<ReportId>().unwrap();
        let done = store.as_author(author).restrict(id, Some(&[]), Utc::now());
        done.await.unwrap();
        let made = store.add_team("Thames Valley", "Reading", author, Utc::now());
        assert!(made.await.unwrap());
        let team = Some(store.teams().await.unwrap()[0].id);
        let join = async |who| {
            let joined = store.set_team(who, team, author, Utc::now());
            joined.await.unwrap();
        };
        join(author).await;
        let both = Roles::from([Role::Author, Role::Countersigner]);
        let checks = Role::Countersigner.into();
        let (checker, second) = somebody(service, "countersigner", checks).await;
        let asked = service.store().as_author(author).ask_for_check(
            report.parse::<ReportId>().unwrap(),
            checker,
            "",
            Utc::now(),
        );
        asked.await.unwrap();
        let mut who = vec![("author", first), ("countersigner", second)];
        for (name, roles) in [
            ("assessor", Role::Assessor.into()),
            ("editor", Role::DirectoryEditor.into()),
            ("area lead", Role::AreaLead.into()),
            ("administrator", Role::Administrator.into()),
            ("auditor", Role::Auditor.into()),
            ("other author", both),
        ] {
            who.push((name, somebody(service, name, roles).await.1));
        }
        for name in ["colleague", "not named"] {
            let (id, visitor) = somebody(service, name, Role::Author.into()).await;
            join(id).await;
            who.push((name, visitor));
        }
        who.push(("signed out", service.visitor()));
        Self {
            who,
            report,
            restricted,
        }
    }

    fn get(&mut self, name: &str) -> &mut Visitor {
        let found = self.who.iter_mut().find(|(who, _)| *who == name);
        &mut found
            .unwrap_or_else(|| panic!("{name}: nobody in `People`"))
            .1
    }

    /// The address of a route: its places filled with what exists, as far as it can.
    fn address(&self, route: &str, name: &str) -> String {
        let id = if names_a_report(route) && name == "not named" {
            self.restricted.as_str()
        } else if names_a_report(route) {
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
            ("{paper}", "worker"),
            ("{referral}", "c8b3ff2e-0000-4000-8000-000000000000"),
            ("{api}", "/open-referral/v3"),
            ("{*other}", "nothing"),
        ] {
            address = address.replace(place, value);
        }
        address
    }
}

/// Whether an address names somebody's report.
fn names_a_report(route: &str) -> bool {
    [
        "/reports/{id}",
        "/checks/{id}",
        "/colleagues/{id}",
        "/records/{id}",
    ]
    .iter()
    .any(|start| route.starts_with(start))
}

/// What the address was to whoever asked. To its author, what is not there is open: the
/// page says so to somebody who may look.
fn judged(page: &Page, route: &str, name: &str) -> Is {
    let own = name == "author" && route.starts_with("/reports/");
    let to = page.headers.get("location").and_then(|l| l.to_str().ok());
    if to.is_some_and(|to| to.starts_with("/sign-in")) && page.status == StatusCode::SEE_OTHER {
        // Signing out leads there too, and is what was asked for.
        return if route == "/sign-out" { Open } else { SignIn };
    }
    match page.status {
        StatusCode::UNAUTHORIZED => SignIn,
        StatusCode::NOT_FOUND if names_a_report(route) && !own => NotThere,
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
    for may in matrix() {
        for (name, meant) in may.to {
            let address = people.address(&may.route, name);
            let page = ask(people.get(name), &may.method, &address).await;
            let is = judged(&page, &may.route, name);
            if is != meant {
                wrong.push(format!(
                    "{} {} is {is:?} to {name}, not {meant:?} ({})",
                    may.method, may.route, page.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_route_stands_in_the_matrix() {
    let routes = concat!(
        include_str!("../../src/web/routes.rs"),
        include_str!("../../src/web/routes/people.rs"),
        include_str!("../../src/web/routes/support.rs")
    );
    let (matrix, mut missing) = (matrix(), Vec::new());
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
            if has && !matrix.iter().any(stands) {
                missing.push(format!("{method} {route}"));
            }
        }
    }
    assert!(routes.contains(".route("));
    assert!(missing.is_empty(), "not in role-matrix.md: {missing:?}");
}

#[tokio::test]
async fn the_navigation_offers_what_each_can_use() {
    let service = Service::start().await;
    let mut people = People::of(&service).await;
    let links = |page: &Page| page.texts("#navigation a");
    let author = people.get("author").get("/").await.location();
    assert_eq!(author, "/reports");
    assert_eq!(
        links(&people.get("author").get(&author).await),
        [
            "My reports",
            "Enquiries outstanding",
            "Replies and checks",
            "Find services",
            "Law",
            "Themes"
        ]
    );
    let editor = people.get("editor").get("/").await.location();
    assert_eq!(editor, "/directory/mine");
    let page = people.get("editor").get(&editor).await;
    assert_eq!(
        links(&page),
        ["My entries", "Find services", "Law", "Themes"]
    );
    let here = page.texts("#navigation [aria-current]");
    assert_eq!(here, ["My entries"]);
    for href in page.attributes("#navigation a", "href") {
        assert_eq!(
            people.get("editor").get(&href).await.status,
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
    let page = people.get("editor").get(&report).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_eq!(page.texts("h1"), ["This page is not part of your account"]);
    assert!(page.text().contains("directory editor"), "{}", page.text());
    let home = page.attributes("main a", "href");
    assert_eq!(
        people.get("editor").get(&home[0]).await.location(),
        "/directory/mine"
    );
    // The same words whether there is such a report or not.
    let none = people
        .get("editor")
        .get("/reports/0192f0c1-0000-7000-8000-000000000000")
        .await;
    assert_eq!(none.text(), page.text());

    let page = people.get("author").get("/directory/mine").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text().contains("report author"), "{}", page.text());
    assert_eq!(
        people.get("author").get(&home[0]).await.location(),
        "/reports"
    );
}
