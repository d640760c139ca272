//! How a prompt is asked: the room before it, the words beside it, where an answer
//! comes from and how far it goes.

use axum::http::StatusCode;

use super::visitor::{Page, Service};

fn radio(page: &Page, name: &str) -> String {
    let css = format!("input[name='{name}'][checked]");
    page.attributes(&css, "value").concat()
}

#[tokio::test]
async fn the_words_to_say_and_what_a_prompt_serves_stand_on_its_page() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let page = author.get(&format!("{report}/prompts/need-safety")).await;
    let say = page.texts(".foreword-say").concat();
    assert!(say.contains("What keeps you safe at the moment?"), "{say}");
    assert!(say.contains("Words to avoid"), "{say}");
    let beside = page.texts("aside.foreword-guidance").concat();
    for part in [
        "Why it matters",
        "Good evidence",
        "Abuse (name not confirmed)",
        "Source:",
    ] {
        assert!(beside.contains(part), "no {part} in {beside}");
    }
    let levels = page.texts("#level-4-item-hint").concat();
    assert!(
        levels.contains("being abused or controlled now"),
        "{levels}"
    );
}

#[tokio::test]
async fn what_she_said_when_we_met_is_one_tick_that_nobody_makes_but_the_author() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let met = [
        ("how", "in-person"),
        ("met_on-day", "19"),
        ("met_on-month", "11"),
        ("met_on-year", "2026"),
        ("state", "answered"),
        ("visibility", "in-report"),
    ];
    author
        .submit(&format!("{report}/prompts/meeting"), &met)
        .await
        .location();
    let path = format!("{report}/prompts/adjustments");
    let page = author.get(&path).await;
    assert!(
        page.text().contains("at our meeting on 19 November 2026"),
        "{}",
        page.text()
    );
    assert_eq!(
        page.attributes("input[name=hers][checked]", "value"),
        [""; 0]
    );
    let ticked = page.attributes("input[name=hers]", "value").concat();
    let fields = [
        ("value", "Breaks."),
        ("state", "answered"),
        ("hers", ticked.as_str()),
        ("visibility", "in-report"),
    ];
    author.submit(&path, &fields).await.location();
    let page = author.get(&path).await;
    assert_eq!(
        page.attributes("input[name=hers][checked]", "value"),
        ["2026-11-19"]
    );
    let all = author.get(&format!("{report}/check")).await.text();
    assert!(all.contains("Her own account, 19 November 2026"), "{all}");
}

#[tokio::test]
async fn one_more_source_is_added_without_saving_and_without_losing_a_word() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/adjustments");
    let page = author.get(&path).await;
    let before = page.value("seen");
    assert_eq!(
        page.attributes("[name='again'][value='source']", "formaction"),
        ["#source-1-kind"]
    );
    let fields = [
        ("value", "Typed, not saved."),
        ("state", "answered"),
        ("source.0.kind", "police"),
        ("source.0.detail", "Crime report"),
        ("visibility", "record-only"),
        ("again", "source"),
    ];
    let page = author.send_form_of(&page, &path, &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.value("value"), "Typed, not saved.");
    assert_eq!(page.value("source.0.detail"), "Crime report");
    assert_eq!(radio(&page, "visibility"), "record-only");
    assert_eq!(
        page.attributes("select[name='source.1.kind']", "id").len(),
        1
    );
    assert_eq!(page.value("source-rows"), "2");
    let again = author
        .send_form_of(
            &page,
            &path,
            &[&fields[..], &[("source-rows", "2")]].concat(),
        )
        .await;
    assert_eq!(
        again.attributes("select[name='source.2.kind']", "id").len(),
        1
    );
    let legends = again.texts(".foreword-sources__row > div > fieldset > legend");
    assert_eq!(legends, ["Source 1", "Source 2", "Source 3"]);
    assert_eq!(
        author.get(&path).await.value("seen"),
        before,
        "nothing was saved"
    );
}

#[tokio::test]
async fn known_from_a_record_asks_which_record_on_the_same_page() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/abuse-victim");
    let known = [
        ("experienced", "yes"),
        ("state", "known-from-record"),
        ("visibility", "in-report"),
    ];
    let page = author.submit(&path, &known).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page.attributes(".govuk-error-summary a", "href"),
        ["#record-kind", "#record-detail", "#record-on"]
    );
    let record = [
        ("record.kind", "police"),
        ("record.detail", "Call-out log"),
        ("record.undated", "yes"),
    ];
    let with = [&known[..], &record[..]].concat();
    author.submit(&path, &with).await.location();
    let page = author.get(&path).await;
    assert_eq!(page.value("record.detail"), "Call-out log");
    assert_eq!(radio(&page, "record.undated"), "yes");
    let section = author
        .get(&format!("{report}/sections/safety"))
        .await
        .text();
    assert!(section.contains("Known from a record"), "{section}");
    assert!(section.contains("In the report"), "{section}");
}

#[tokio::test]
async fn what_stays_on_the_record_or_must_be_passed_on_is_seen_without_opening_anything() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/abuser-details");
    let page = author.get(&path).await;
    assert_eq!(radio(&page, "visibility"), "record-only");
    assert!(
        page.text()
            .contains("never exported, unless you choose otherwise")
    );
    let escalate = [
        ("value", "A name."),
        ("state", "answered"),
        ("visibility", "escalate"),
    ];
    let page = author.submit(&path, &escalate).await;
    assert_eq!(
        page.attributes(".govuk-error-summary a", "href"),
        ["#escalation-to"]
    );
    let to = [&escalate[..], &[("escalation.to", "Duty manager")]].concat();
    author.submit(&path, &to).await.location();
    let section = format!("{report}/sections/safety");
    let told = author.get(&section).await.text();
    assert!(told.contains("To pass on: still to do"), "{told}");
    let done = [
        ("escalation.done-day", "19"),
        ("escalation.done-month", "11"),
        ("escalation.done-year", "2026"),
    ];
    author
        .submit(&path, &[&to[..], &done[..]].concat())
        .await
        .location();
    let told = author.get(&section).await.text();
    assert!(told.contains("Passed on, 19 November 2026"), "{told}");
}

#[tokio::test]
async fn a_sensitive_section_begins_at_the_room_and_may_be_left_for_now_in_one_step() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let before = format!("{report}/sections/safety/before");
    let links = author.get(&report).await.attributes("main a", "href");
    assert!(links.contains(&before), "{links:?}");
    let section = author.get(&format!("{report}/sections/safety")).await;
    assert!(
        section
            .attributes("main a.govuk-button", "href")
            .contains(&before)
    );
    let answered = [
        ("experienced", "no"),
        ("state", "answered"),
        ("visibility", "in-report"),
    ];
    let page = author.get(&before).await;
    assert!(
        page.text().contains("Is she alone with you?"),
        "{}",
        page.text()
    );
    let on = page.attributes("main a.govuk-button", "href").concat();
    author.submit(&on, &answered).await.location();
    let to = author
        .submit(&before, &[("way", "unsafe")])
        .await
        .location();
    let told = author.get(&to).await.text();
    assert!(told.contains("Not asked: it was not safe to"), "{told}");
    assert!(
        told.contains("In the report"),
        "what was answered stays: {told}"
    );
    let page = author
        .get(&format!("{report}/prompts/order-must-avoid"))
        .await;
    assert_eq!(radio(&page, "state"), "not-asked-unsafe");
    author
        .submit(&before, &[("way", "open-again")])
        .await
        .location();
    let page = author
        .get(&format!("{report}/prompts/order-must-avoid"))
        .await;
    assert_eq!(radio(&page, "state"), "answered");
}

#[tokio::test]
async fn not_now_from_an_old_window_never_covers_an_answer() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let before = format!("{report}/sections/safety/before");
    let old = author.get(&before).await;
    let path = format!("{report}/prompts/order-must-avoid");
    let fields = [
        ("value", "Mixed groups."),
        ("state", "answered"),
        ("visibility", "in-report"),
    ];
    author.submit(&path, &fields).await.location();
    author
        .submit(&path, &[("value", ""), fields[1], fields[2]])
        .await
        .location();
    let clash = author
        .send_form_of(&old, &before, &[("way", "no-time")])
        .await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(
        clash.text().contains("nothing was changed"),
        "{}",
        clash.text()
    );
    author.submit(&path, &fields).await.location();
    author
        .send_form_of(&clash, &before, &[("way", "no-time")])
        .await
        .location();
    assert_eq!(author.get(&path).await.value("value"), "Mixed groups.");
}

#[tokio::test]
async fn only_sensitive_sections_have_a_page_before_them() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    for (section, status) in [
        ("safety", StatusCode::OK),
        ("health", StatusCode::OK),
        ("her-week", StatusCode::NOT_FOUND),
        ("nowhere", StatusCode::NOT_FOUND),
    ] {
        let page = author
            .get(&format!("{report}/sections/{section}/before"))
            .await;
        assert_eq!(page.status, status, "{section}");
    }
    let before = format!("{report}/sections/safety/before");
    let page = author.submit(&before, &[("way", "delete")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_frameworks_stand_side_by_side_for_whoever_wants_them() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let page = author.get("/themes").await;
    assert_eq!(page.texts(".foreword-crosswalk tbody tr").len(), 10);
    let text = page.text();
    for part in ["Sex work (name not confirmed)", "Not confirmed", "Source:"] {
        assert!(text.contains(part), "no {part}");
    }
    assert_eq!(
        service.visitor().get("/themes").await.status,
        StatusCode::SEE_OTHER
    );
}

const CRIME_REPORT: [(&str, &str); 6] = [
    ("source.0.kind", "police"),
    ("source.0.detail", "Crime report"),
    ("source.0.on-day", "12"),
    ("source.0.on-month", "11"),
    ("source.0.on-year", "2026"),
    ("source.0.verified", "yes"),
];
const SAID: &str = "Police information: Crime report, 12 November 2026, verified";

fn ticked(page: &Page) -> Vec<String> {
    page.attributes("input[name=pick][checked]", "value")
}

#[tokio::test]
async fn a_source_named_once_is_ticked_from_then_on_and_unticked_again() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let beside = [("state", "answered"), ("visibility", "in-report")];
    let first = [&beside[..], &[("value", "Breaks.")], &CRIME_REPORT[..]].concat();
    let path = format!("{report}/prompts/adjustments");
    let page = author.get(&path).await;
    assert!(page.attributes("input[name=pick]", "value").is_empty());
    author.submit(&path, &first).await.location();
    let page = author.get(&path).await;
    assert_eq!(ticked(&page).len(), 1, "its own source is ticked");
    assert_eq!(page.value("source.0.detail"), "", "and stands in no row");

    let other = format!("{report}/prompts/order-must-avoid");
    let page = author.get(&other).await;
    assert!(ticked(&page).is_empty(), "nobody ticks but the author");
    assert!(page.text().contains(SAID), "{}", page.text());
    let pick = page.attributes("input[name=pick]", "value");
    assert_eq!(pick.len(), 1);
    let picked = [("value", "Mixed groups."), ("pick", pick[0].as_str())];
    let picked = [&beside[..], &picked].concat();
    author.submit(&other, &picked).await.location();
    let sources = |page: &str| {
        page.matches("Police information, 12 November 2026 (verified)")
            .count()
    };
    let all = author.get(&format!("{report}/check")).await.text();
    assert_eq!(sources(&all), 2, "{all}");
    let page = author.get(&other).await;
    assert_eq!(ticked(&page), pick);
    assert_eq!(page.attributes("input[name=pick]", "value"), pick, "once");

    author
        .submit(
            &other,
            &[&beside[..], &[("value", "Mixed groups.")]].concat(),
        )
        .await
        .location();
    let all = author.get(&format!("{report}/check")).await.text();
    assert_eq!(sources(&all), 1, "{all}");
}

#[tokio::test]
async fn a_ticked_source_is_changed_in_a_row_for_this_answer_alone() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/adjustments");
    let beside = [
        ("value", "Breaks."),
        ("state", "answered"),
        ("visibility", "in-report"),
    ];
    author
        .submit(&path, &[&beside[..], &CRIME_REPORT[..]].concat())
        .await
        .location();
    let page = author.get(&path).await;
    let pick = ticked(&page).concat();
    let change = page
        .attributes("button[value^='source:']", "value")
        .concat();
    let asked = [
        &beside[..],
        &[("pick", pick.as_str()), ("again", change.as_str())],
    ]
    .concat();
    let page = author.send_form_of(&page, &path, &asked).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(ticked(&page).is_empty(), "it stands in one place");
    assert!(page.attributes("input[name=pick]", "value").is_empty());
    assert_eq!(page.value("source.0.detail"), "Crime report");
    assert_eq!(page.value("source.0.on-day"), "12");
    assert_eq!(page.texts("details.foreword-sources__row[open]").len(), 1);
}

#[tokio::test]
async fn what_stays_on_the_record_lends_no_source_to_other_pages() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let beside = [
        ("value", "Breaks."),
        ("state", "answered"),
        ("visibility", "record-only"),
    ];
    let path = format!("{report}/prompts/adjustments");
    author
        .submit(&path, &[&beside[..], &CRIME_REPORT[..]].concat())
        .await
        .location();
    assert_eq!(ticked(&author.get(&path).await).len(), 1);
    let other = author
        .get(&format!("{report}/prompts/order-must-avoid"))
        .await;
    assert!(other.attributes("input[name=pick]", "value").is_empty());
}

#[tokio::test]
async fn an_alternative_is_begun_from_its_name_and_nothing_is_added_by_itself() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/alternatives");
    let page = author.get(&path).await;
    assert!(
        page.texts("#suggested").is_empty(),
        "no sentence is proposed yet"
    );
    author
        .submit(
            &format!("{report}/proposal/order"),
            &[("order", "community-order")],
        )
        .await;
    let page = author.get(&path).await;
    let names = page.attributes("button[name=what]", "value");
    assert!(names.contains(&"Fine".to_owned()), "{names:?}");
    assert!(page.text().contains("None so far."));
    let begun = author.get(&format!("{path}/records/new?what=Fine")).await;
    assert_eq!(begun.value("what"), "Fine");
    assert_eq!(begun.value("why_not"), "");
    assert!(author.get(&path).await.text().contains("None so far."));
}

#[tokio::test]
async fn a_suggested_row_is_taken_over_without_touching_one_that_is_being_written() {
    let service = Service::start().await;
    let mut author = service.author("sam@example.org").await;
    let report = author.start_report().await;
    let path = format!("{report}/prompts/first-weeks");
    let half = [("week", "9"), ("what", "Half written")];
    let page = author.submit(&format!("{path}/records/new"), &half).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let whole = [("week", "1"), ("what", "Activity begins")];
    let to = author
        .submit(&format!("{path}/records/suggested"), &whole)
        .await
        .location();
    assert_eq!(to, path);
    assert!(author.get(&path).await.text().contains("Activity begins"));
    let kept = author.get(&format!("{path}/records/new")).await;
    assert_eq!(kept.value("what"), "Half written");
}
