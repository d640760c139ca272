//! A report checked by a second person: two people, one report, and what each may do.

use axum::http::StatusCode;
use chrono::Utc;
use foreword::store::{AccountId, NewAccount, NewPassword, Role};
use serde_json::{Value, json};

use super::visitor::{PASSWORD, Page, Service, Visitor};

const SIGN: [(&str, &str); 2] = [("accept", "yes"), ("confirm", "yes")];

/// An author of this name, signed in.
pub async fn colleague(service: &Service, email: &str, name: &str) -> Visitor {
    let account = NewAccount {
        id: AccountId::new(Utc::now()),
        email: email.into(),
        display_name: name.into(),
        roles: [Role::Author, Role::Countersigner].into(),
        password: NewPassword::new(PASSWORD).unwrap(),
    };
    let made = service.store().create_account(account, Utc::now());
    made.await.unwrap();
    service.author_again(email).await
}

/// Sends a form to an address, with the token and the report of a page beside it.
pub async fn send(who: &mut Visitor, from: &str, to: &str, fields: &[(&str, &str)]) -> Page {
    let page = who.get(from).await;
    assert_eq!(page.status, StatusCode::OK, "{from}: {}", page.text());
    send_of(who, &page, to, fields).await
}

/// The same of a page opened before.
async fn send_of(who: &mut Visitor, page: &Page, to: &str, fields: &[(&str, &str)]) -> Page {
    let kept = ["csrf", "report", "seen", "request"];
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in page.hidden() {
        if kept.contains(&name.as_str()) && !pairs.iter().any(|(n, _)| *n == name) {
            pairs.push((name, value));
        }
    }
    pairs.extend(fields.iter().map(|(n, v)| ((*n).into(), (*v).into())));
    who.post(to, &pairs, &[]).await
}

/// Angela's report, its author, a colleague, and the colleague's address of it.
struct Pair {
    service: Service,
    author: Visitor,
    checker: Visitor,
    report: String,
    check: String,
}

impl Pair {
    async fn with(case: &str) -> Self {
        let service = Service::start().await;
        let (author, report) = service.with_case(case).await;
        let checker = colleague(&service, "noor@example.org", "Noor Senior").await;
        Self {
            check: report.replacen("/reports/", "/checks/", 1),
            service,
            author,
            checker,
            report,
        }
    }

    async fn start() -> Self {
        Self::with(include_str!("../cases/angela.json")).await
    }

    async fn where_dangerousness_is_asked() -> Self {
        let mut case: Value = serde_json::from_str(include_str!("../cases/angela.json")).unwrap();
        case["answers"]["dangerousness-asked"] = json!({"state": "answered", "value": "yes"});
        case["answers"]["dangerousness"] = json!({"state": "answered", "value":
            {"assessment": "The pattern is set out above.", "reviewed_by": "Noor Senior"}});
        Self::with(&case.to_string()).await
    }

    async fn ask(&mut self, who: &str) -> Page {
        let (page, to) = (self.at("review"), self.at("review/ask"));
        let fields = [("who", who), ("note", "The risk section, please.")];
        send(&mut self.author, &page, &to, &fields).await
    }

    async fn answers(&mut self, fields: &[(&str, &str)]) -> Page {
        let check = self.check.clone();
        send(&mut self.checker, &check, &check, fields).await
    }

    fn at(&self, page: &str) -> String {
        match page {
            "" => self.report.clone(),
            page => format!("{}/{page}", self.report),
        }
    }

    async fn author_reads(&mut self, page: &str) -> String {
        let page = self.at(page);
        self.author.get(&page).await.text()
    }

    async fn sign(&mut self) -> Page {
        let page = self.at("sign");
        send(&mut self.author, &page, &page, &SIGN).await
    }

    /// Something saved in the report.
    async fn change(&mut self) {
        let page = self.at("prompts/travel");
        let fields = [
            ("value", "She comes by train."),
            ("state", "answered"),
            ("visibility", "in-report"),
        ];
        let saved = self.author.submit(&page, &fields).await;
        assert!(saved.status.is_redirection(), "{}", saved.text());
    }
}

#[tokio::test]
async fn a_report_is_asked_of_a_colleague_returned_mended_approved_and_signed() {
    let mut pair = Pair::start().await;
    pair.ask("Noor Senior").await.location();
    let text = pair.author_reads("draft").await;
    assert!(text.contains("Noor Senior was asked"), "{text}");

    let list = pair.checker.get("/reports").await.text();
    assert!(list.contains("Reports you were asked to check"), "{list}");
    assert!(
        list.contains("Ms Angela Hart") || list.contains("Angela Hart"),
        "{list}"
    );
    let page = pair.checker.get(&pair.check).await;
    assert!(
        page.text().contains("The risk section, please."),
        "{}",
        page.text()
    );
    assert!(page.text().contains("What this rests on"));
    assert!(
        page.attributes("article a", "href").is_empty(),
        "she has no page of the author's"
    );

    let said = [
        ("comment.risk", "Say how soon, and to whom."),
        ("act", "return"),
    ];
    pair.answers(&said).await.location();
    let draft = pair.author_reads("draft").await;
    assert!(draft.contains("Sent back with comments"), "{draft}");
    assert!(draft.contains("Say how soon, and to whom."), "{draft}");
    let tasks = pair.author_reads("").await;
    assert!(
        tasks.contains("Noor Senior sent this report back"),
        "{tasks}"
    );
    let sign = pair.author_reads("sign").await;
    assert!(sign.contains("has not approved it since"), "{sign}");

    let page = pair.author.get(&pair.at("draft")).await;
    let comment = page.attributes("input[name=comment]", "value").concat();
    let done = pair.at("review/done");
    let fields = [
        ("comment", comment.as_str()),
        ("done", "yes"),
        ("from", "draft"),
    ];
    send_of(&mut pair.author, &page, &done, &fields)
        .await
        .location();
    assert!(
        !pair
            .author_reads("draft")
            .await
            .contains("Still to deal with")
    );

    pair.change().await;
    pair.ask("noor@example.org").await.location();
    pair.answers(&[("act", "approve")]).await.location();
    let sign = pair.author_reads("sign").await;
    assert!(sign.contains("Noor Senior approved this report"), "{sign}");
    pair.sign().await.location();
    let signed = pair.author_reads("sign").await;
    assert!(signed.contains("Checked by Noor Senior on"), "{signed}");
    let text = pair.author.get(&pair.at("report.txt")).await.body;
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    assert!(text.contains("Signed by Sam Author on"), "{text}");
    assert!(text.contains("Checked by Noor Senior on"), "{text}");
    assert_eq!(
        pair.checker.get(&pair.check).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn nobody_checks_what_she_wrote_herself_and_a_stranger_is_nobody() {
    let mut pair = Pair::start().await;
    for (who, says) in [
        ("", "Enter the name or email address"),
        ("sam@example.org", "Nobody checks her own report"),
        ("nobody@example.org", "Nobody of this name or email address"),
    ] {
        let page = pair.ask(who).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{who}");
        assert!(
            page.texts(".govuk-error-summary").concat().contains(says),
            "{who}"
        );
        assert_eq!(page.value("note"), "The risk section, please.");
    }
    colleague(&pair.service, "other@example.org", "Noor Senior").await;
    let page = pair.ask("noor senior").await;
    assert!(
        page.text().contains("Several people have this name"),
        "{}",
        page.text()
    );
    pair.service.editor("eve@example.org", &["Advance"]).await;
    let page = pair.ask("eve@example.org").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Nor does her own request let her in by the other door.
    assert_eq!(
        pair.author.get(&pair.check).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn where_the_court_asked_about_dangerousness_nothing_is_signed_before_it_is_approved() {
    let mut pair = Pair::where_dangerousness_is_asked().await;
    let blocked = pair.author.get(&pair.at("sign")).await;
    assert!(
        blocked.text().contains("no second person has approved"),
        "{}",
        blocked.text()
    );
    assert!(blocked.texts("form[action$='/sign']").is_empty());
    let fields = [SIGN[0], SIGN[1], ("seen", "0")];
    let page = pair.author.get(&pair.report).await;
    let revision = blocked_revision(&mut pair).await;
    let fields = [fields[0], fields[1], ("seen", revision.as_str())];
    let sign = pair.at("sign");
    let forced = send_token(&mut pair.author, &page, &sign, &fields).await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY);

    pair.ask("Noor Senior").await.location();
    assert!(
        pair.author_reads("sign")
            .await
            .contains("has not answered yet")
    );
    pair.answers(&[("act", "approve")]).await.location();
    pair.change().await;
    let stale = pair.author_reads("sign").await;
    assert!(
        stale.contains("at an earlier version") && stale.contains("It cannot be signed yet"),
        "{stale}"
    );
    assert!(stale.contains("1 change since"), "{stale}");
    pair.ask("Noor Senior").await.location();
    pair.answers(&[("act", "approve")]).await.location();
    pair.sign().await.location();
    assert!(
        pair.author_reads("sign")
            .await
            .contains("This report is signed")
    );
}

/// The report's revision, as a form of one of its pages has it.
async fn blocked_revision(pair: &mut Pair) -> String {
    let page = pair.author.get(&pair.at("prompts/travel")).await;
    page.attributes("input[name=seen]", "value").concat()
}

/// Sends a form that its page does not offer.
async fn send_token(who: &mut Visitor, page: &Page, to: &str, fields: &[(&str, &str)]) -> Page {
    let token = page.attributes("input[name=csrf]", "value")[0].clone();
    let mut pairs = vec![("csrf".to_owned(), token)];
    pairs.extend(
        fields
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    who.post(to, &pairs, &[]).await
}

#[tokio::test]
async fn whoever_checks_can_read_that_report_and_write_nothing_and_another_sees_nothing() {
    let mut pair = Pair::start().await;
    let mut other = colleague(&pair.service, "other@example.org", "Olive Other").await;
    assert_eq!(
        pair.checker.get(&pair.check).await.status,
        StatusCode::NOT_FOUND
    );
    pair.ask("Noor Senior").await.location();
    for page in ["", "/quality"] {
        let address = format!("{}{page}", pair.check);
        assert_eq!(
            pair.checker.get(&address).await.status,
            StatusCode::OK,
            "{page}"
        );
        assert_eq!(
            other.get(&address).await.status,
            StatusCode::NOT_FOUND,
            "{page}"
        );
    }
    // No page of the author's opens for her, and no form of it takes anything in.
    for page in [
        "",
        "/draft",
        "/sign",
        "/quality",
        "/review",
        "/prompts/travel",
        "/report.docx",
        "/case.json",
    ] {
        let address = format!("{}{page}", pair.report);
        assert_eq!(
            pair.checker.get(&address).await.status,
            StatusCode::NOT_FOUND,
            "{page}"
        );
    }
    let page = pair.checker.get(&pair.check).await;
    for to in [
        "prompts/travel",
        "sign",
        "review/ask",
        "review/withdraw",
        "proposal/order",
    ] {
        let fields = [
            ("value", "Hers now."),
            ("seen", "1"),
            ("confirm", "yes"),
            ("request", "x"),
        ];
        let to = pair.at(to);
        let refused = send_token(&mut pair.checker, &page, &to, &fields).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{to}");
    }
    assert!(!pair.author_reads("check").await.contains("Hers now."));
    let said = [("comment", "Mine."), ("act", "approve"), ("seen", "1")];
    let home = other.get("/reports/start").await;
    let refused = send_token(&mut other, &home, &pair.check, &said).await;
    assert!(!refused.status.is_success() && !refused.status.is_redirection());
    assert!(!pair.author_reads("review").await.contains("Mine."));
}

#[tokio::test]
async fn a_request_taken_back_ends_what_she_may_see_and_gives_her_words_back() {
    let mut pair = Pair::start().await;
    pair.ask("Noor Senior").await.location();
    let page = pair.checker.get(&pair.check).await;
    let (review, withdraw) = (pair.at("review"), pair.at("review/withdraw"));
    send(&mut pair.author, &review, &withdraw, &[])
        .await
        .location();
    assert!(pair.author_reads("review").await.contains("Taken back on"));
    assert_eq!(
        pair.checker.get(&pair.check).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(
        !pair
            .checker
            .get("/reports")
            .await
            .text()
            .contains("asked to check")
    );
    let said = [("comment.risk", "A sentence I typed."), ("act", "save")];
    let check = pair.check.clone();
    let ended = send_of(&mut pair.checker, &page, &check, &said).await;
    assert_eq!(ended.status, StatusCode::CONFLICT);
    assert!(
        ended.text().contains("A sentence I typed."),
        "{}",
        ended.text()
    );
    assert!(
        !pair
            .author_reads("review")
            .await
            .contains("A sentence I typed.")
    );
}

#[tokio::test]
async fn an_answer_to_an_older_version_is_not_taken_and_what_was_said_is_kept() {
    let mut pair = Pair::start().await;
    pair.ask("Noor Senior").await.location();
    let page = pair.checker.get(&pair.check).await;
    pair.change().await;
    let said = [
        ("comment.risk", "Said of the older one."),
        ("act", "approve"),
    ];
    let check = pair.check.clone();
    let stale = send_of(&mut pair.checker, &page, &check, &said).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(
        stale
            .text()
            .contains("The report was changed after you opened this page")
    );
    assert!(
        stale.text().contains("Said of the older one."),
        "{}",
        stale.text()
    );
    assert!(
        pair.author_reads("review")
            .await
            .contains("Not answered yet")
    );
    // The form sent twice says it once.
    send_of(&mut pair.checker, &page, &check, &said).await;
    let text = pair.author_reads("review").await;
    assert_eq!(text.matches("Said of the older one.").count(), 1, "{text}");
}

#[tokio::test]
async fn what_she_typed_is_carried_through_signing_in_again() {
    let mut pair = Pair::start().await;
    pair.ask("Noor Senior").await.location();
    let page = pair.checker.get(&pair.check).await;
    pair.checker.cookies.clear();
    let said = [
        ("comment.risk", "Typed before the session ended."),
        ("act", "save"),
    ];
    let check = pair.check.clone();
    let carried = send_of(&mut pair.checker, &page, &check, &said).await;
    assert_eq!(carried.status, StatusCode::UNAUTHORIZED);
    let fields = [("email", "noor@example.org"), ("password", PASSWORD)];
    let back = pair
        .checker
        .send_form_of(&carried, "/sign-in", &fields)
        .await;
    assert!(
        back.text().contains("Typed before the session ended."),
        "{}",
        back.text()
    );
    pair.checker
        .send_form_of(&back, &check, &[])
        .await
        .location();
    assert!(
        pair.author_reads("review")
            .await
            .contains("Typed before the session ended.")
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_nothing_typed_is_lost() {
    let mut pair = Pair::start().await;
    pair.ask("Noor Senior").await.location();
    let nothing = pair.answers(&[("act", "return")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nothing.text().contains("Say what should be changed"),
        "{}",
        nothing.text()
    );
    let long = "a".repeat(4001);
    let page = pair
        .answers(&[
            ("comment.risk", &long),
            ("comment", "Short."),
            ("act", "save"),
        ])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.value("comment.risk"), long);
    assert_eq!(page.value("comment"), "Short.");
    for fields in [&[("act", "burn")][..], &[]] {
        let page = pair.answers(fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (review, done) = (pair.at("review"), pair.at("review/done"));
    for fields in [
        &[("comment", "x"), ("done", "yes")][..],
        &[
            ("comment", "c8b3ff2e-0000-4000-8000-000000000000"),
            ("done", "maybe"),
        ],
    ] {
        let page = send(&mut pair.author, &review, &done, fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_report_is_asked_of_one_person_at_a_time() {
    let mut pair = Pair::start().await;
    colleague(&pair.service, "other@example.org", "Olive Other").await;
    pair.ask("Noor Senior").await.location();
    let text = pair.author.get(&pair.at("review")).await;
    assert!(text.texts("form[action$='/review/ask']").is_empty());
    pair.ask("Olive Other").await.location();
    let text = pair.author_reads("review").await;
    assert!(!text.contains("Olive Other"), "{text}");
}

#[tokio::test]
async fn the_quality_page_shows_its_author_the_way_and_whoever_checks_nothing_on_record() {
    let case = include_str!("../cases/angela.json");
    let mut case: Value = serde_json::from_str(case).unwrap();
    case["answers"]["mental-health"]["visibility"] = json!("record-only");
    let mut pair = Pair::with(&case.to_string()).await;
    let page = pair.author.get(&pair.at("quality")).await;
    assert!(page.text().contains("paraphrase"), "{}", page.text());
    assert!(page.text().contains("not verified"));
    assert!(
        page.text().contains("Mental health: kept on the record"),
        "{}",
        page.text()
    );
    assert!(
        !page
            .attributes("dl a[href*='/prompts/']", "href")
            .is_empty()
    );
    pair.ask("Noor Senior").await.location();
    let page = pair.checker.get(&format!("{}/quality", pair.check)).await;
    assert!(!page.text().contains("Mental health"), "{}", page.text());
    assert!(page.attributes("dl a", "href").is_empty());
}
