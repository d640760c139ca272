//! A second step when signing in, with the codes of a real authenticator app.

use axum::http::StatusCode;
use chrono::{TimeDelta, Utc};
use foreword::store::{AccountId, Belongs, NewAccount, NewPassword, Role, Roles};

use super::{
    saving::{answer, typed},
    second::send,
    visitor::{PASSWORD, Page, Service, Visitor},
};
use crate::harness::telephone::shows;

const HERE: &str = "/account/second-step";
const SAM: &str = "sam@example.org";

/// What her telephone shows so many steps from now.
fn code(key: &str, steps: i32) -> String {
    shows(key, Utc::now() + TimeDelta::seconds(30) * steps)
}

/// Turns it on; her key and her recovery codes.
async fn turn_on(visitor: &mut Visitor) -> (String, Vec<String>) {
    send(visitor, HERE, HERE, &[("act", "begin")]).await;
    let page = visitor.get(HERE).await;
    let key = page.texts("#second-step-key").concat();
    let before = code(&key, 0);
    let fields = [("act", "confirm"), ("code", before.as_str())];
    let page = send(visitor, HERE, HERE, &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    (key, page.texts("#recovery-codes li"))
}

async fn password(visitor: &mut Visitor, email: &str) -> Page {
    let fields = [("email", email), ("password", PASSWORD)];
    visitor.submit("/sign-in", &fields).await
}

async fn somebody(service: &Service, name: &str, roles: Roles) -> AccountId {
    let account = NewAccount {
        id: AccountId::new(Utc::now()),
        email: format!("{name}@example.org"),
        display_name: name.into(),
        roles,
        password: NewPassword::new(PASSWORD).unwrap(),
    };
    let made = service
        .store()
        .create_with(account, Belongs::default(), Utc::now());
    made.await.unwrap().id
}

#[tokio::test]
async fn it_is_turned_on_with_a_code_and_asked_for_at_the_next_sign_in() {
    let service = Service::start().await;
    let mut sam = service.author(SAM).await;
    let own = sam.get("/account").await;
    assert!(own.text().contains("Second stepOff"), "{}", own.text());
    send(&mut sam, HERE, HERE, &[("act", "begin")]).await;
    let page = sam.get(HERE).await;
    assert_eq!(page.attributes("svg[role=img] path", "d").len(), 1);
    for wrong in ["", "12345", "abcdef"] {
        let fields = [("act", "confirm"), ("code", wrong)];
        let page = send(&mut sam, HERE, HERE, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert_eq!(page.texts("#second-step-key").len(), 1);
    }
    let (key, codes) = turn_on(&mut sam).await;
    assert_eq!(codes.len(), 10);
    let page = sam.get(HERE).await;
    assert!(page.text().contains("10 recovery codes left"));
    assert!(!page.body.contains(&codes[0]), "they are shown once");

    let mut again = service.visitor();
    assert_eq!(password(&mut again, SAM).await.location(), "/sign-in/code");
    // No session before the code.
    let turned_away = again.get("/reports").await.location();
    assert_eq!(turned_away, "/sign-in?next=/reports");
    let wrong = again.submit("/sign-in/code", &[("code", "1")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("does not fit"), "{}", wrong.text());
    let mut stolen = again.clone();
    let now = code(&key, 1);
    let page = again
        .submit("/sign-in/code", &[("code", now.as_str())])
        .await;
    assert_eq!(page.location(), "/reports");
    assert_eq!(again.get("/reports").await.status, StatusCode::OK);
    assert!(!again.cookies.contains_key("foreword-held"));
    // Whoever has the cookie of the way in has nothing.
    let page = stolen.get("/sign-in/code").await;
    assert_eq!(page.status, StatusCode::GONE);
    // Nor does the code work again.
    let mut over_her_shoulder = service.visitor();
    password(&mut over_her_shoulder, SAM).await;
    let page = over_her_shoulder
        .submit("/sign-in/code", &[("code", now.as_str())])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_wrong_password_says_the_same_with_a_second_step_and_without_an_account() {
    let service = Service::start().await;
    let mut sam = service.author(SAM).await;
    turn_on(&mut sam).await;
    let mut said = Vec::new();
    for email in [SAM, "nobody@example.org"] {
        let fields = [("email", email), ("password", "not the password")];
        let page = service.visitor().submit("/sign-in", &fields).await;
        said.push((page.status, page.text(), page.headers.len()));
    }
    assert_eq!(said[0], said[1]);
}

#[tokio::test]
async fn a_recovery_code_lets_her_in_once_and_is_taken_home_as_a_file() {
    let service = Service::start().await;
    let mut sam = service.author(SAM).await;
    let (_, codes) = turn_on(&mut sam).await;
    let token = sam
        .get(HERE)
        .await
        .attributes("header input[name=csrf]", "value");
    let file = async |sam: &mut Visitor, codes: &[String]| {
        let mut form = vec![("csrf".to_owned(), token.concat())];
        form.extend(codes.iter().map(|c| ("code".to_owned(), c.clone())));
        sam.post("/account/second-step/recovery-codes", &form, &[])
            .await
    };
    let page = file(&mut sam, &codes).await;
    let disposition = page.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment"), "{disposition}");
    assert!(codes.iter().all(|code| page.body.contains(code)));
    // Nothing but her codes is handed back.
    let page = file(&mut sam, &["<script>".to_owned()]).await;
    assert!(page.status.is_client_error());

    for expected in [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY] {
        let mut again = service.visitor();
        password(&mut again, SAM).await;
        let page = again
            .submit("/sign-in/code", &[("code", codes[4].as_str())])
            .await;
        assert_eq!(page.status, expected, "{}", page.text());
    }
}

#[tokio::test]
async fn turning_it_off_asks_for_the_password_and_a_code() {
    let service = Service::start().await;
    let mut sam = service.author(SAM).await;
    let (key, _) = turn_on(&mut sam).await;
    let now = code(&key, 1);
    for (password, code) in [("", &*now), (PASSWORD, ""), ("another one", &*now)] {
        let fields = [("act", "off"), ("password", password), ("code", code)];
        let page = send(&mut sam, HERE, HERE, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!page.body.contains("another one"));
    }
    let fields = [
        ("act", "off"),
        ("password", PASSWORD),
        ("code", now.as_str()),
    ];
    assert_eq!(send(&mut sam, HERE, HERE, &fields).await.location(), HERE);
    service.author_again(SAM).await;
}

#[tokio::test]
async fn guesses_are_slowed_down_with_words_that_say_until_when() {
    let service = Service::start().await;
    let mut sam = service.author(SAM).await;
    turn_on(&mut sam).await;
    let mut again = service.visitor();
    for _ in 0..10 {
        // The right password in between changes nothing.
        password(&mut again, SAM).await;
        let page = again.submit("/sign-in/code", &[("code", "99")]).await;
        if page.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(page.text().contains("Wait until"), "{}", page.text());
            return;
        }
    }
    panic!("nobody slowed the guesses down");
}

#[tokio::test]
async fn what_was_typed_before_the_session_ended_comes_through_the_second_step() {
    let service = Service::start().await;
    let mut sam = service.author(SAM).await;
    let (key, _) = turn_on(&mut sam).await;
    let path = format!("{}/prompts/adjustments", sam.start_report().await);
    let page = sam.get(&path).await;
    let form = typed(&page, &answer("Needs <breaks>."));
    sam.cookies.clear();
    let page = sam.post(&path, &form, &[]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    let fields = [("email", SAM), ("password", PASSWORD)];
    let page = sam.send_form_of(&page, "/sign-in", &fields).await;
    assert_eq!(page.location(), "/sign-in/code");
    let now = code(&key, 1);
    let page = sam.submit("/sign-in/code", &[("code", now.as_str())]).await;
    assert!(page.text().contains("Needs <breaks>."), "{}", page.text());
    let page = sam.send_form_of(&page, &path, &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    assert_eq!(sam.get(&path).await.value("value"), "Needs <breaks>.");
}

#[tokio::test]
async fn an_administrator_takes_it_off_with_a_reason_and_she_is_told() {
    let service = Service::start().await;
    let mut sam = service.author(SAM).await;
    turn_on(&mut sam).await;
    somebody(&service, "ada", Role::Administrator.into()).await;
    let mut ada = service.author_again("ada@example.org").await;
    let account = service.store().account_by_email(SAM).await.unwrap();
    let page = format!("/accounts/{}", account.unwrap().id);
    let act = [("act", "second-step"), ("why", " ")];
    let refused = send(&mut ada, &page, &page, &act).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let act = [("act", "second-step"), ("why", "Lost her <phone>")];
    assert_eq!(send(&mut ada, &page, &page, &act).await.location(), page);
    let text = ada.get(&page).await.text();
    assert!(text.contains("ada took the second step off"), "{text}");

    let mut again = service.visitor();
    assert_eq!(password(&mut again, SAM).await.location(), HERE);
    let text = again.get(HERE).await.text();
    assert!(
        text.contains("by ada") && text.contains("Lost her <phone>"),
        "{text}"
    );
    send(&mut again, HERE, HERE, &[("act", "read")]).await;
    assert!(!again.get(HERE).await.text().contains("Lost her"));
    let home = password(&mut service.visitor(), SAM).await.location();
    assert_eq!(home, "/reports");
}

#[tokio::test]
async fn where_it_is_asked_of_everybody_she_sets_it_up_before_she_is_in() {
    let service = Service::requiring_second_step().await;
    somebody(&service, "sam", Role::Author.into()).await;
    let mut sam = service.visitor();
    let there = password(&mut sam, SAM).await.location();
    assert_eq!(there, "/sign-in/second-step");
    assert_eq!(
        sam.get("/reports").await.location(),
        "/sign-in?next=/reports"
    );
    let page = sam.get(&there).await;
    let key = page.texts("#second-step-key").concat();
    let wrong = sam
        .submit(&there, &[("code", "12"), ("act", "confirm")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let now = code(&key, 0);
    let page = sam
        .submit(&there, &[("code", now.as_str()), ("act", "confirm")])
        .await;
    assert_eq!(
        page.texts("#recovery-codes li").len(),
        10,
        "{}",
        page.text()
    );
    let token = page.attributes("header input[name=csrf]", "value").concat();
    let go_on = [("csrf".to_owned(), token), ("act".into(), "go-on".into())];
    assert_eq!(sam.post(&there, &go_on, &[]).await.location(), "/reports");
    assert_eq!(sam.get("/reports").await.status, StatusCode::OK);
    assert!(sam.get(HERE).await.text().contains("cannot be turned off"));
    let later = code(&key, 1);
    let fields = [
        ("act", "off"),
        ("password", PASSWORD),
        ("code", later.as_str()),
    ];
    let token = sam
        .get(HERE)
        .await
        .attributes("header input[name=csrf]", "value");
    let mut form = vec![("csrf".to_owned(), token.concat())];
    form.extend(fields.map(|(n, v)| (n.to_owned(), v.to_owned())));
    assert!(sam.post(HERE, &form, &[]).await.status.is_client_error());

    // From now on the code is asked for, and nobody gets past it by setting up another.
    let mut again = service.visitor();
    assert_eq!(password(&mut again, SAM).await.location(), "/sign-in/code");
    assert_eq!(again.get(&there).await.status, StatusCode::GONE);
    let page = again
        .submit("/sign-in/code", &[("code", later.as_str())])
        .await;
    assert_eq!(page.location(), "/reports");
}

#[tokio::test]
async fn a_new_password_does_not_get_past_the_second_step() {
    let service = Service::start().await;
    let mut sam = service.author(SAM).await;
    turn_on(&mut sam).await;
    let account = service
        .store()
        .account_by_email(SAM)
        .await
        .unwrap()
        .unwrap();
    let token = foreword::store::Token::random().unwrap();
    let offered = service
        .store()
        .offer_password_link(account.id, &token, account.id, Utc::now());
    offered.await.unwrap();
    let mut thief = service.visitor();
    let link = format!("/password/{}", token.text());
    let chosen = [("password", "a password of the thief")];
    let page = thief.submit(&link, &chosen).await;
    assert_eq!(page.location(), "/sign-in/code");
    assert_eq!(
        thief.get("/reports").await.location(),
        "/sign-in?next=/reports"
    );
}
