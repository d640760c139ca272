//! Two editors at one entry: nothing of either is lost.

use axum::http::StatusCode;
use chrono::Utc;

use super::{HERS, edit, editor_with_an_entry, held, send};
use crate::http::visitor::Service;

#[tokio::test]
async fn two_editors_at_once_lose_nothing_of_either() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let mut bo = service.editor("bo@example.org", &[HERS]).await;
    let path = format!("{entry}/edit");
    let opened = eve.get(&path).await;
    edit(
        &mut bo,
        &entry,
        &[("cost", "Free"), ("interpreting", "By telephone")],
    )
    .await
    .location();

    let mine = [("cost", "£2 for lunch"), ("languages", "Polish\nUrdu")];
    let clash = send(&mut eve, &opened, &path, &mine).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    let text = clash.text();
    for part in [
        "Eve of bo@example.org",
        "Free",
        "By telephone",
        "£2 for lunch",
        "Polish",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        clash
            .texts("main .govuk-list li")
            .contains(&"What it costs her".to_owned())
    );
    assert_eq!(
        held(&mut bo, &entry, "languages").await,
        "",
        "saved over the other"
    );

    let mut pairs = clash.hidden();
    pairs.push(("again".into(), "edit".into()));
    let both = eve.post(&path, &pairs, &[]).await;
    assert_eq!(both.status, StatusCode::OK, "{}", both.text());
    assert_eq!(both.value("cost"), "£2 for lunch");
    assert_eq!(both.value("interpreting"), "By telephone");
    let saved = send(&mut eve, &both, &path, &[]).await;
    saved.location();
    assert_eq!(held(&mut bo, &entry, "cost").await, "£2 for lunch");
    assert_eq!(held(&mut bo, &entry, "interpreting").await, "By telephone");
    assert_eq!(
        held(&mut bo, &entry, "languages").await.trim(),
        "Polish\nUrdu"
    );
}

#[tokio::test]
async fn what_is_saved_can_be_kept_and_hers_let_go() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let mut bo = service.editor("bo@example.org", &[HERS]).await;
    let path = format!("{entry}/edit");
    let opened = eve.get(&path).await;
    edit(&mut bo, &entry, &[("cost", "Free")]).await.location();
    let clash = send(&mut eve, &opened, &path, &[("cost", "£9")]).await;
    let mut pairs = clash.hidden();
    pairs.push(("again".into(), "drop".into()));
    let let_go = eve.post(&path, &pairs, &[]).await;
    assert_eq!(let_go.location(), format!("{entry}/check"));
    assert_eq!(held(&mut eve, &entry, "cost").await, "Free");
}

#[tokio::test]
async fn confirming_what_another_has_changed_meanwhile_shows_the_change_first() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    let mut bo = service.editor("bo@example.org", &[HERS]).await;
    let path = format!("{entry}/check");
    let opened = eve.get(&path).await;
    edit(&mut bo, &entry, &[("cost", "Free")]).await.location();
    let typed = [("do", "right"), ("waiting_days", "21")];
    let shown = send(&mut eve, &opened, &path, &typed).await;
    assert_eq!(shown.status, StatusCode::CONFLICT);
    assert!(
        shown.text().contains("Eve of bo@example.org saved it"),
        "{}",
        shown.text()
    );
    assert_eq!(shown.value("waiting_days"), "21");
    let done = send(&mut eve, &shown, &path, &[("do", "right")]).await;
    let list = eve.get(&done.location()).await.text();
    assert!(list.contains("About 21 days"), "{list}");
}
