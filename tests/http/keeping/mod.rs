//! Directory editors keep their own organisation's entries: the worklist, “Still
//! right?”, the whole entry, a new one, its history.

mod not_hers;
mod together;

use axum::http::StatusCode;
use chrono::Utc;

use super::visitor::{PASSWORD, Page, Service, Visitor};

/// Two organisations of the folder with entries of their own.
const HERS: &str = "One Small Thing";
const THEIRS: &str = "The Nelson Trust";

/// An editor of [`HERS`], and the address of the first of its entries.
async fn editor_with_an_entry(service: &Service) -> (Visitor, String) {
    let mut eve = service.editor("eve@example.org", &[HERS]).await;
    let entry = first_entry(&mut eve).await;
    (eve, entry)
}

async fn first_entry(editor: &mut Visitor) -> String {
    let mine = editor.get("/directory/mine").await;
    assert_eq!(mine.status, StatusCode::OK, "{}", mine.text());
    let links = mine.attributes("main h2 a, main h3 a", "href");
    let first = links.first().expect("an entry");
    first.trim_end_matches("/check").to_owned()
}

/// Sends the form of a page as it stands, with some fields typed over.
async fn send(visitor: &mut Visitor, page: &Page, path: &str, typed: &[(&str, &str)]) -> Page {
    let mut pairs = page.filled_in();
    pairs.extend(page.hidden());
    pairs.retain(|(name, _)| typed.iter().all(|(mine, _)| mine != name));
    pairs.extend(
        typed
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    );
    visitor.post(path, &pairs, &[]).await
}

/// Opens the whole entry and saves it with some fields typed over.
async fn edit(visitor: &mut Visitor, entry: &str, typed: &[(&str, &str)]) -> Page {
    let path = format!("{entry}/edit");
    let page = visitor.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    send(visitor, &page, &path, typed).await
}

/// What the whole entry holds in a field.
async fn held(visitor: &mut Visitor, entry: &str, name: &str) -> String {
    visitor.get(&format!("{entry}/edit")).await.value(name)
}

#[tokio::test]
async fn the_worklist_has_her_organisations_entries_and_no_others() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let mut eve = service.editor("eve@example.org", &[HERS]).await;
    let mine = eve.get("/directory/mine").await;
    assert_eq!(mine.texts("h1"), ["My entries"]);
    assert_eq!(mine.texts("main article").len(), 2);
    assert!(mine.text().contains("Not known:"), "{}", mine.text());
    let both = service
        .editor("bo@example.org", &[HERS, THEIRS])
        .await
        .get("/directory/mine")
        .await;
    assert_eq!(both.texts("main article").len(), 13);
    let none = service
        .editor("no@example.org", &[])
        .await
        .get("/directory/mine")
        .await;
    assert!(
        none.text().contains("keeps no organisation"),
        "{}",
        none.text()
    );
}

#[tokio::test]
async fn one_button_confirms_everything_for_the_organisation_and_not_for_a_person() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let path = format!("{entry}/check");
    let page = eve.get(&path).await;
    assert!(page.text().contains("Where it works"), "{}", page.text());
    let done = send(&mut eve, &page, &path, &[("do", "right")]).await;
    let after = eve.get(&done.location()).await;
    assert!(
        after.text().contains("marked as checked today"),
        "{}",
        after.text()
    );
    assert!(after.text().contains("Not due yet"), "{}", after.text());

    let checked = eve.get(&path).await.text();
    assert!(checked.contains(&format!("by {HERS}")), "{checked}");
    assert!(!checked.contains("Eve of"), "{checked}");
    // Whose work it was stands in the history, for her colleagues alone.
    let history = eve.get(&format!("{entry}/history")).await.text();
    assert!(
        history.contains("Eve of eve@example.org found it right"),
        "{history}"
    );
}

#[tokio::test]
async fn places_wait_and_referrals_are_changed_in_one_step() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let path = format!("{entry}/check");
    let page = eve.get(&path).await;
    let now = [
        ("do", "now"),
        ("referrals", "paused"),
        ("notice", "The roof is being mended."),
        ("not_before-day", "4"),
        ("not_before-month", "1"),
        ("not_before-year", "2027"),
        ("room.0.free", "none"),
        ("waiting_days", "14"),
    ];
    let done = send(&mut eve, &page, &path, &now).await;
    let list = eve.get(&done.location()).await.text();
    assert!(list.contains("Paused"), "{list}");
    assert!(list.contains("0 free"), "{list}");
    // Nobody said that the rest was looked at.
    assert!(!list.contains("Not due yet"), "{list}");

    let page = eve.get(&path).await;
    assert_eq!(page.value("notice"), "The roof is being mended.");
    let open = [
        ("do", "now"),
        ("referrals", "open"),
        ("notice", ""),
        ("room.0.free", ""),
    ];
    let done = send(&mut eve, &page, &path, &open).await;
    let list = eve.get(&done.location()).await.text();
    assert!(
        list.contains("Open to referrals") && !list.contains("Paused"),
        "{list}"
    );
    assert!(!list.contains("0 free"), "{list}");
}

#[tokio::test]
async fn what_is_not_possible_now_is_refused_beside_its_field_and_nothing_is_lost() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let path = format!("{entry}/check");
    let page = eve.get(&path).await;
    let wrong = [
        ("do", "right"),
        ("not_before-day", "31"),
        ("not_before-month", "2"),
        ("not_before-year", "2027"),
        ("room.0.free", "some"),
        ("room.0.count", "-3"),
        ("waiting_days", "99999999999"),
        ("notice", "</textarea><script>alert(1)</script>"),
    ];
    let refused = send(&mut eve, &page, &path, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = refused.texts(".govuk-error-summary li");
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert!(errors[0].contains("first day"), "{errors:?}");
    assert_eq!(refused.value("room.0.count"), "-3");
    assert_eq!(
        refused.value("notice"),
        "</textarea><script>alert(1)</script>"
    );
    assert!(refused.texts("main script").is_empty());
    assert_eq!(eve.get(&path).await.value("notice"), "");
}

#[tokio::test]
async fn a_saved_change_is_what_authors_find_at_once() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let mut sam = service.author("sam@example.org").await;
    let search = "/directory?area=Reading";
    assert!(!sam.get(search).await.text().contains("The Renamed House"));
    let typed = [
        ("name", "The Renamed House"),
        ("state", "running"),
        ("authorities", "Reading"),
        ("police_areas", "Thames Valley"),
        ("term.crs-theme.accommodation", "yes"),
        ("setting", "women-only"),
    ];
    let saved = edit(&mut eve, &entry, &typed).await;
    let list = eve.get(&saved.location()).await;
    assert!(
        list.text().contains("Report authors see it as it is now"),
        "{}",
        list.text()
    );
    let found = sam.get(search).await;
    assert!(
        found.text().contains("The Renamed House"),
        "{}",
        found.text()
    );

    let closed = edit(&mut eve, &entry, &[("state", "closed")]).await;
    let list = eve.get(&closed.location()).await;
    assert!(
        list.text().contains("Closed, or not open yet"),
        "{}",
        list.text()
    );
    let gone = sam
        .get(search)
        .await
        .texts("main article, main .foreword-service");
    assert!(
        !gone.iter().any(|one| one.contains("The Renamed House")),
        "{gone:?}"
    );
}

#[tokio::test]
async fn an_entry_saved_as_it_was_is_not_a_change() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let same = edit(&mut eve, &entry, &[]).await;
    let list = eve.get(&same.location()).await;
    assert!(
        list.text().contains("Nothing was different"),
        "{}",
        list.text()
    );
    let history = eve.get(&format!("{entry}/history")).await;
    assert!(
        history.text().contains("Nobody has changed"),
        "{}",
        history.text()
    );
}

#[tokio::test]
async fn a_form_with_faults_shows_them_in_page_order_and_keeps_what_was_typed() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let long = "x".repeat(100_000);
    let typed = [
        ("name", ""),
        ("description", long.as_str()),
        ("minimum_age", "-18"),
        ("opening.0.days", "monday"),
        ("opening.0.from", "whenever"),
        ("place.0.postcode", "EH1 1AA"),
        ("authorities", "Redding"),
        ("website", "javascript:alert(1)"),
        ("funding.0.ends-day", "30"),
        ("funding.0.ends-month", "2"),
        ("funding.0.ends-year", "2027"),
    ];
    let refused = edit(&mut eve, &entry, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = refused.attributes(".govuk-error-summary a", "href");
    assert_eq!(
        errors,
        [
            "#name",
            "#description",
            "#minimum_age",
            "#opening-0-from",
            "#place-0-postcode",
            "#authorities",
            "#website",
            "#funding-0-ends",
        ]
    );
    assert_eq!(refused.value("description").trim_start(), long);
    assert_eq!(refused.value("opening.0.from"), "whenever");
    assert_eq!(refused.value("funding.0.ends-day"), "30");
    assert_eq!(refused.value("website"), "javascript:alert(1)");
    let texts = refused.texts(".govuk-error-summary li").join(" ");
    assert!(
        texts.contains("Reading") && texts.contains("Scotland"),
        "{texts}"
    );
}

#[tokio::test]
async fn script_in_an_entry_is_text_on_every_page() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let script = "<script>alert(1)</script><b>bold</b>";
    let typed = [
        ("name", script),
        ("description", script),
        ("notice", script),
    ];
    edit(&mut eve, &entry, &typed).await.location();
    for page in [
        "/directory/mine".to_owned(),
        format!("{entry}/check"),
        format!("{entry}/history"),
    ] {
        let page = eve.get(&page).await;
        assert!(page.text().contains("<b>bold</b>"), "{}", page.text());
        assert!(page.texts("main script, main b").is_empty());
    }
}

#[tokio::test]
async fn a_private_address_is_for_authors_and_leaves_with_no_public_record() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let typed = [
        ("place.0.address", "7 Hidden Street"),
        ("place.0.town", "Reading"),
        ("place.0.postcode", "RG1 1AA"),
        ("place.0.internal", "private"),
    ];
    edit(&mut eve, &entry, &typed).await.location();
    assert_eq!(
        held(&mut eve, &entry, "place.0.address").await,
        "7 Hidden Street"
    );
    let id = entry.rsplit('/').next().unwrap();
    let kept = service.store().directory_record(id).await.unwrap().unwrap();
    assert!(kept.record.facts.has_internal());
    assert!(kept.record.public().unwrap().facts.locations.is_empty());

    // An author finds the entry; the editor of another service finds no such address.
    let page = format!("/directory/services/{id}");
    let mut sam = service.author("sam@example.org").await;
    assert_eq!(sam.get(&page).await.status, StatusCode::OK);
    let mut nell = service.editor("nell@example.org", &[THEIRS]).await;
    let seen = nell.get(&page).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(!seen.text().contains("Hidden Street"), "{}", seen.text());
    edit(&mut eve, &entry, &[("publish", "never")])
        .await
        .location();
    assert_eq!(sam.get(&page).await.status, StatusCode::OK);
    assert_eq!(nell.get(&page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_history_has_every_change_with_who_made_it_and_what_was_there_first() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let mut bo = service.editor("bo@example.org", &[HERS]).await;
    edit(&mut eve, &entry, &[("cost", "Free")]).await.location();
    edit(&mut bo, &entry, &[("cost", "£2 for lunch")])
        .await
        .location();
    let page = bo.get(&format!("{entry}/history")).await;
    let changes = page.texts("main section");
    assert_eq!(changes.len(), 3, "{changes:?}");
    assert!(
        changes[0].contains("Eve of bo@example.org changed it"),
        "{changes:?}"
    );
    assert!(changes[0].contains("Before: Free"), "{changes:?}");
    assert!(changes[0].contains("After: £2 for lunch"), "{changes:?}");
    assert!(changes[1].contains("Before: Not known") && changes[1].contains("After: Free"));
    assert!(
        changes[2].contains("As it came with Foreword"),
        "{changes:?}"
    );
    let trail = service
        .store()
        .record_history(entry.rsplit('/').next().unwrap());
    assert_eq!(trail.await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_new_entry_is_added_once_after_a_look_at_those_that_may_be_the_same() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let name = held(&mut eve, &entry, "name").await;
    let authorities = held(&mut eve, &entry, "authorities").await;
    let form = eve.get("/directory/mine/new").await;
    let typed = [
        ("name", name.as_str()),
        ("kind", "women's centre"),
        ("state", "running"),
        ("area", "Where she lives"),
        ("authorities", authorities.as_str()),
        ("cost", "Free"),
    ];
    let alike = send(&mut eve, &form, "/directory/mine/new", &typed).await;
    assert_eq!(alike.status, StatusCode::CONFLICT, "{}", alike.text());
    assert_eq!(alike.texts("h1"), ["Is it there already?"]);
    let link = alike.attributes("main section a", "href");
    assert!(link.contains(&format!("{entry}/edit")), "{link:?}");
    assert_eq!(service.store().directory_version().await.unwrap(), 0);

    let pairs = alike.hidden();
    let with = |name: &str, value: &str| {
        let mut pairs = pairs.clone();
        pairs.push((name.into(), value.into()));
        pairs
    };
    let back = eve
        .post("/directory/mine/new", &with("again", "edit"), &[])
        .await;
    assert_eq!(back.value("cost"), "Free");
    for _ in 0..2 {
        let added = eve
            .post("/directory/mine/new", &with("another", "yes"), &[])
            .await;
        let list = eve.get(&added.location()).await;
        assert_eq!(list.texts("main article").len(), 3, "{}", list.text());
    }
    let kept = service.store().directory_records().await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].record.organisation, HERS);
    // Sent again with something else in it, that is not lost without a word.
    let mut otherwise = with("another", "yes");
    otherwise.retain(|(field, _)| field != "cost");
    otherwise.push(("cost".into(), "£2 for lunch".into()));
    let shown = eve.post("/directory/mine/new", &otherwise, &[]).await;
    assert_eq!(shown.status, StatusCode::CONFLICT);
    assert!(shown.text().contains("£2 for lunch"), "{}", shown.text());
    let own = format!("/directory/mine/{}", kept[0].record.id);
    let history = eve.get(&format!("{own}/history")).await.text();
    assert!(
        history.contains("added it") && history.contains("first added here"),
        "{history}"
    );
}

#[tokio::test]
async fn an_editor_of_two_organisations_says_whose_the_new_entry_is() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let mut bo = service.editor("bo@example.org", &[HERS, THEIRS]).await;
    let form = bo.get("/directory/mine/new").await;
    assert!(form.text().contains("Whose service is it?"));
    let typed = [
        ("name", "A place of quite another name"),
        ("kind", "women's centre"),
        ("state", "running"),
        ("area", "Reading"),
    ];
    let refused = send(&mut bo, &form, "/directory/mine/new", &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = refused.texts(".govuk-error-summary li");
    assert_eq!(errors, ["Select whose service it is"]);
    let chosen = [("organisation", THEIRS)];
    send(&mut bo, &refused, "/directory/mine/new", &chosen)
        .await
        .location();
    let kept = service.store().directory_records().await.unwrap();
    assert_eq!(kept[0].record.organisation, THEIRS);
}

#[tokio::test]
async fn what_she_typed_when_her_sign_in_had_ended_comes_with_her_through_signing_in() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let path = format!("{entry}/edit");
    let form = eve.get(&path).await;
    eve.cookies.clear();
    let typed = [("description", "A house with a garden and a kitchen.")];
    let asked = send(&mut eve, &form, &path, &typed).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    let signed_in = eve
        .send_form_of(
            &asked,
            "/sign-in",
            &[("email", "eve@example.org"), ("password", PASSWORD)],
        )
        .await;
    assert!(
        signed_in.text().contains("A house with a garden"),
        "{}",
        signed_in.text()
    );
    eve.send_form_of(&signed_in, &path, &[]).await.location();
    let now = held(&mut eve, &entry, "description").await;
    assert_eq!(now.trim(), "A house with a garden and a kitchen.");
}
