//! The enquiry register and the worklist. The choice at the finish is in `finishing`.

use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta, Utc};

use super::visitor::{Page, Service, Visitor};

pub(super) const POLICE: &str = "police-domestic-abuse";
const CHILDREN: &str = "childrens-services";

pub(super) fn today() -> NaiveDate {
    Utc::now()
        .with_timezone(&chrono_tz::Europe::London)
        .date_naive()
}

pub(super) fn long(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

pub(super) async fn author(service: &Service) -> (Visitor, String) {
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    (author, report)
}

/// The token and the revision of a page of one report.
fn ours(page: &Page) -> Vec<(String, String)> {
    let first = |name: &str| {
        let all = page.attributes(&format!("main input[name={name}]"), "value");
        (name.to_owned(), all.first().cloned().unwrap_or_default())
    };
    vec![first("csrf"), first("seen")]
}

/// Presses a button of a register page that was opened before.
pub(super) async fn press(
    who: &mut Visitor,
    page: &Page,
    path: &str,
    fields: &[(&str, &str)],
) -> Page {
    let mut pairs = ours(page);
    pairs.extend(
        fields
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    who.post(path, &pairs, &[]).await
}

/// Takes one step on the register as it now stands.
pub(super) async fn step(
    who: &mut Visitor,
    report: &str,
    number: &str,
    kind: &str,
    act: &str,
) -> Page {
    let page = who.get(&format!("{report}/enquiries")).await;
    let fields = [("number", number), ("kind", kind), ("act", act)];
    press(who, &page, &format!("{report}/enquiries/act"), &fields).await
}

/// Saves a whole record through its form.
async fn record(who: &mut Visitor, report: &str, number: &str, fields: &[(&str, &str)]) {
    let path = format!("{report}/prompts/enquiries/records/{number}?from=register");
    let next = who.submit(&path, fields).await.location();
    assert_eq!(
        next,
        format!("{report}/enquiries"),
        "it goes back to the register"
    );
}

/// The plain text of the report, a paragraph a line.
pub(super) async fn printed(who: &mut Visitor, report: &str) -> String {
    let text = who.get(&format!("{report}/report.txt")).await.body;
    let one_line = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("\n\n")
        .map(one_line)
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn what_is_expected_stands_there_as_not_asked_and_the_report_does_not_invent_it() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    let page = author.get(&format!("{report}/enquiries")).await;
    assert_eq!(
        page.texts("td .govuk-tag"),
        ["Not yet asked", "Not yet asked"]
    );
    let heads = page.texts("tbody th");
    assert!(heads[0].starts_with("Police: domestic abuse"), "{heads:?}");
    let report = printed(&mut author, &report).await;
    assert!(!report.contains("\nEnquiries ---"), "{report}");
    assert!(
        report.contains("Police: domestic abuse: no enquiry is recorded"),
        "{report}"
    );
}

#[tokio::test]
async fn an_enquiry_is_sent_chased_and_answered_each_in_one_step() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    let sent = step(&mut author, &report, "", POLICE, "sent").await;
    assert_eq!(sent.location(), format!("{report}/enquiries#enquiry-0"));
    let page = author.get(&format!("{report}/enquiries")).await;
    let line = page.texts("#enquiry-0").concat();
    assert!(line.contains("No reply yet"), "{line}");
    assert!(
        line.contains(&format!("Sent {}, today", long(today()))),
        "{line}"
    );

    step(&mut author, &report, "0", POLICE, "chased")
        .await
        .location();
    let page = author.get(&format!("{report}/enquiries")).await;
    let line = page.texts("#enquiry-0").concat();
    assert!(
        line.contains(&format!("Chased {}", long(today()))),
        "{line}"
    );
    let reply = page.attributes("#enquiry-0 a[href$='#outcome']", "href");
    assert_eq!(
        reply,
        [format!(
            "{report}/prompts/enquiries/records/0?from=register#outcome"
        )]
    );
    let form = author
        .get(&format!("{report}/prompts/enquiries/records/0"))
        .await;
    assert_eq!(
        form.attributes("#outcome", "name"),
        ["outcome"],
        "the link lands there"
    );

    let mut fields = form.filled_in();
    for (name, value) in &mut fields {
        if name == "agency" {
            *value = "Thames Valley Police".into();
        }
    }
    fields.retain(|(name, _)| name != "outcome");
    fields.push(("outcome".into(), "no-record".into()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    record(&mut author, &report, "0", &fields).await;
    let page = author.get(&format!("{report}/enquiries")).await;
    let line = page.texts("#enquiry-0").concat();
    assert!(
        line.contains("No record held") && line.contains("Thames Valley Police"),
        "{line}"
    );
    let text = printed(&mut author, &report).await;
    assert!(
        text.contains("holds no record of what was asked about"),
        "{text}"
    );
    assert!(
        text.contains("this is not evidence that there was none"),
        "{text}"
    );
}

#[tokio::test]
async fn pressing_twice_changes_nothing_more() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    let path = format!("{report}/enquiries/act");
    let fields = [("number", ""), ("kind", POLICE), ("act", "sent")];
    let page = author.get(&format!("{report}/enquiries")).await;
    press(&mut author, &page, &path, &fields).await.location();
    let again = press(&mut author, &page, &path, &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "there is a record now");
    let page = author.get(&format!("{report}/enquiries")).await;
    assert_eq!(page.texts("tbody tr").len(), 2, "and only one of it");
    let fields = [("number", "0"), ("kind", POLICE), ("act", "chased")];
    press(&mut author, &page, &path, &fields).await.location();
    press(&mut author, &page, &path, &fields).await.location();
    let page = author.get(&format!("{report}/enquiries")).await;
    assert!(!page.text().contains("2 times"), "{}", page.text());
}

#[tokio::test]
async fn a_reason_why_one_is_not_made_settles_it_and_is_printed() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    let page = author.get(&format!("{report}/enquiries")).await;
    let fields = [
        ("number", ""),
        ("kind", CHILDREN),
        ("act", "not-made"),
        ("reason", "No child lives with her\nor is in her *care*"),
    ];
    let path = format!("{report}/enquiries/act");
    press(&mut author, &page, &path, &fields).await.location();
    let page = author.get(&format!("{report}/enquiries")).await;
    assert!(
        page.texts("#enquiry-0")
            .concat()
            .contains("Not being asked")
    );
    let text = printed(&mut author, &report).await;
    assert!(
        text.contains(
            "not asked for. No child lives with her or is in her *care*. Nothing is known"
        ),
        "{text}"
    );
    assert!(
        !text.contains("Children's services: no enquiry is recorded"),
        "{text}"
    );
}

#[tokio::test]
async fn a_change_in_another_window_is_shown_and_nothing_typed_is_lost() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    let old = author.get(&format!("{report}/enquiries")).await;
    step(&mut author, &report, "", POLICE, "sent")
        .await
        .location();
    let path = format!("{report}/enquiries/act");
    let fields = [
        ("number", ""),
        ("kind", CHILDREN),
        ("act", "not-made"),
        ("reason", "There is no <child>."),
    ];
    let page = press(&mut author, &old, &path, &fields).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.text().contains("changed in another window"),
        "{}",
        page.text()
    );
    assert_eq!(page.value("reason"), "There is no <child>.");
    assert!(
        page.texts("#enquiry-0").concat().contains("No reply yet"),
        "how it stands now"
    );

    let path = format!("{report}/enquiries/finish");
    let fields = [("from", "draft"), ("way.enquiry-0", "proceed-and-say-so")];
    let page = press(&mut author, &old, &path, &fields).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(
        page.attributes("input[name='way.enquiry-0'][checked]", "value"),
        ["proceed-and-say-so"]
    );
    let text = printed(&mut author, &report).await;
    assert!(
        !text.contains("goes on without it"),
        "nothing was saved: {text}"
    );
}

#[tokio::test]
async fn the_worklist_is_in_order_of_hearing_then_of_age_and_marks_what_is_late() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    assert!(
        author
            .get("/worklist")
            .await
            .text()
            .contains("Nothing is outstanding")
    );
    let days = |n: i64| today() + TimeDelta::days(n);
    let mut reports = Vec::new();
    for hearing in [20, 3] {
        let report = author.start_report().await;
        let day = days(hearing);
        let parts = ["%-d", "%-m", "%Y"].map(|f| day.format(f).to_string());
        let fields = [
            ("court", "Reading Magistrates' Court"),
            ("kind", "magistrates"),
            ("date-day", &parts[0]),
            ("date-month", &parts[1]),
            ("date-year", &parts[2]),
        ];
        author
            .submit(&format!("{report}/prompts/hearing"), &fields)
            .await
            .location();
        reports.push(report);
    }
    let late = days(-1);
    let sent = days(-9);
    let parts = |day: NaiveDate| ["%-d", "%-m", "%Y"].map(|f| day.format(f).to_string());
    let (sent, late) = (parts(sent), parts(late));
    let fields = [
        ("kind", CHILDREN),
        ("agency", "West Berkshire children's services"),
        ("sent-day", &sent[0]),
        ("sent-month", &sent[1]),
        ("sent-year", &sent[2]),
        ("expected-day", &late[0]),
        ("expected-month", &late[1]),
        ("expected-year", &late[2]),
        ("outcome", "pending"),
        ("persons", "Secret Person"),
        ("record_only", "Secret words"),
    ];
    record(&mut author, &reports[1], "new", &fields).await;
    let page = author.get("/worklist").await;
    let rows = page.texts("tbody tr");
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(
        rows[0].contains("in 3 days") && rows[0].contains("Reply overdue"),
        "{rows:?}"
    );
    assert!(rows[0].contains("Sent 9 days ago"), "{rows:?}");
    assert!(
        rows[1].contains("in 3 days") && rows[1].contains("Not yet asked"),
        "{rows:?}"
    );
    assert!(rows[2].contains("in 20 days"), "{rows:?}");
    assert!(!page.body.contains("Secret"));
    assert!(
        page.texts(".govuk-service-navigation__item--active")
            .concat()
            .contains("Enquiries")
    );

    let mut other = service.author("alex@example.org").await;
    assert!(
        other
            .get("/worklist")
            .await
            .text()
            .contains("Nothing is outstanding")
    );
    let theirs = other.get(&format!("{}/enquiries", reports[1])).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_example_is_marked_in_the_worklist() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let case = r#"{"foreword_case": 1, "fictional": true, "woman": {"name": {"first": "Nobody"}}}"#;
    author
        .upload("/reports/import", case.as_bytes())
        .await
        .location();
    let rows = author.get("/worklist").await.texts("tbody tr");
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0].contains("Nobody") && rows[0].contains("Example"),
        "{rows:?}"
    );
}

#[tokio::test]
async fn steps_without_our_token_or_that_mean_nothing_are_refused() {
    let service = Service::start().await;
    let (mut author, report) = author(&service).await;
    for path in ["act", "finish"] {
        let path = format!("{report}/enquiries/{path}");
        let bare = author
            .post(&path, &[("seen".into(), "1".into())], &[])
            .await;
        assert_eq!(bare.status, StatusCode::FORBIDDEN);
    }
    let odd = step(&mut author, &report, "", POLICE, "burned").await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = step(&mut author, &report, "7", POLICE, "sent").await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
}
