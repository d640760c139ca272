//! What is another organisation's, or comes from no page of ours, changes nothing.

use axum::http::StatusCode;
use chrono::Utc;

use super::{THEIRS, edit, editor_with_an_entry, first_entry, send};
use crate::http::visitor::Service;

#[tokio::test]
async fn another_organisations_entry_is_not_there_for_her_whatever_she_sends() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, own) = editor_with_an_entry(&service).await;
    let mut nell = service.editor("nell@example.org", &[THEIRS]).await;
    let theirs = first_entry(&mut nell).await;
    let never = "/directory/mine/c8b3ff2e-0000-4000-8000-000000000000";
    for entry in [theirs.as_str(), never] {
        for page in ["check", "edit", "history"] {
            let page = eve.get(&format!("{entry}/{page}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", page.text());
        }
    }
    for page in ["check", "edit"] {
        let form = eve.get(&format!("{own}/{page}")).await;
        let to = format!("{theirs}/{page}");
        let sent = send(
            &mut eve,
            &form,
            &to,
            &[("do", "right"), ("name", "Ours now")],
        )
        .await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{}", sent.text());
    }
    // Nor by adding an entry under the id of theirs, or in their name.
    let id = theirs.rsplit('/').next().unwrap();
    let new = eve.get("/directory/mine/new").await;
    let filled = [
        ("name", "Ours now"),
        ("kind", "x"),
        ("state", "running"),
        ("area", "Reading"),
    ];
    let taken = [&filled[..], &[("id", id), ("another", "yes")]].concat();
    let sent = send(&mut eve, &new, "/directory/mine/new", &taken).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    let named = [&filled[..], &[("organisation", THEIRS), ("another", "yes")]].concat();
    let sent = send(&mut eve, &new, "/directory/mine/new", &named).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(service.store().directory_version().await.unwrap(), 0);
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    for page in ["check", "edit"] {
        let path = format!("{entry}/{page}");
        let form = eve.get(&path).await;
        let mut pairs = form.filled_in();
        pairs.extend(form.hidden());
        let site = [("sec-fetch-site", "cross-site")];
        let crossed = eve.post(&path, &pairs, &site).await;
        assert_eq!(crossed.status, StatusCode::FORBIDDEN);
        pairs.retain(|(name, _)| name != "csrf");
        let without = eve.post(&path, &pairs, &[]).await;
        assert_eq!(without.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(service.store().directory_version().await.unwrap(), 0);
}

#[tokio::test]
async fn a_revision_that_never_was_is_a_clash_and_no_failure() {
    let service = Service::with_its_own_directory(Utc::now).await;
    let (mut eve, entry) = editor_with_an_entry(&service).await;
    for (seen, expected) in [
        ("99", StatusCode::CONFLICT),
        ("-1", StatusCode::CONFLICT),
        ("soon", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let sent = edit(&mut eve, &entry, &[("seen", seen), ("cost", "Free")]).await;
        assert_eq!(sent.status, expected, "{seen}: {}", sent.text());
    }
    assert_eq!(service.store().directory_version().await.unwrap(), 0);
}
