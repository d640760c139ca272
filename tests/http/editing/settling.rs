//! What to do where the answers have changed since an edit, and going back to an earlier
//! version of it.

use axum::http::StatusCode;

use super::{Desk, MINE};

#[tokio::test]
async fn later_answers_leave_the_text_alone_and_the_change_is_shown_to_be_settled() {
    let mut desk = Desk::open().await;
    desk.edit(MINE).await.location();
    desk.change_the_answer("Ms Hart pushed the victim once.")
        .await;
    let section = desk.section().await;
    assert!(section.contains("punched the victim twice."), "{section}");
    assert!(section.contains("Answers have changed"), "{section}");
    let draft = desk.author.get(&format!("{}/draft", desk.report)).await;
    let findings = draft.texts(".foreword-findings").concat();
    assert!(findings.contains("the answers have changed since you edited this section"));
    let changes = desk.at("/changes").await;
    let since = changes.texts("section[aria-labelledby=since]").concat();
    assert!(
        since.contains("[put in: Ms Hart pushed the victim once"),
        "{since}"
    );
    assert!(
        changes
            .texts("section[aria-labelledby=since] del")
            .concat()
            .contains("evening")
    );
    let mine = changes.texts("section[aria-labelledby=mine] ins").concat();
    assert!(mine.contains("punched"), "{mine}");
}

#[tokio::test]
async fn keeping_ones_own_text_settles_it_until_the_answers_change_again() {
    let mut desk = Desk::open().await;
    desk.edit(MINE).await.location();
    desk.change_the_answer("Ms Hart pushed the victim once.")
        .await;
    desk.choose("keep").await.location();
    let section = desk.section().await;
    assert!(section.contains("punched the victim twice."), "{section}");
    assert!(!section.contains("Answers have changed"), "{section}");
    desk.change_the_answer("Ms Hart pushed the victim three times.")
        .await;
    assert!(desk.section().await.contains("Answers have changed"));
}

#[tokio::test]
async fn taking_the_draft_gives_up_the_text_which_can_be_had_back() {
    let mut desk = Desk::open().await;
    desk.edit(MINE).await.location();
    desk.change_the_answer("Ms Hart pushed the victim once.")
        .await;
    desk.choose("take").await.location();
    let section = desk.section().await;
    assert!(section.contains("pushed the victim once."), "{section}");
    assert!(!section.contains("Edited by you"), "{section}");
    let versions = desk.versions().await;
    assert_eq!(versions.len(), 3, "{versions:?}");
    desk.restore(&versions[2]).await.location();
    assert_eq!(desk.at("").await.value("text"), MINE);
}

#[tokio::test]
async fn bringing_both_together_keeps_what_each_changed_and_shows_what_both_did() {
    let mut desk = Desk::open().await;
    let drafted = desk.at("").await.value("text");
    let mine = drafted.replace("It was over within a minute.", "It lasted under a minute.");
    let mine = mine.replace("No weapon was used.", "There was no weapon.");
    assert_ne!(mine, drafted);
    desk.edit(&mine).await.location();
    desk.change_the_answer(
        "On the evening of 18 September 2026 Ms Hart pushed the victim. It was over within a minute. \
         No weapon was ever used. Passers-by separated them and Ms Hart waited for the police.",
    )
    .await;
    let page = desk.at("/merge").await;
    let text = page.value("text");
    assert!(text.contains("Ms Hart pushed the victim."), "{text}");
    assert!(text.contains("It lasted under a minute."), "{text}");
    assert!(text.contains("There was no weapon."), "{text}");
    let both = page.texts(".foreword-compare").concat();
    assert!(both.contains("There was no weapon.") && both.contains("No weapon was ever used."));
    let path = format!("{}/merge", desk.path);
    desk.author
        .send_form_of(&page, &path, &[("text", &text)])
        .await
        .location();
    let section = desk.section().await;
    assert!(section.contains("It lasted under a minute."), "{section}");
    assert!(!section.contains("Answers have changed"), "{section}");
}

#[tokio::test]
async fn a_choice_is_not_made_about_what_the_page_did_not_show() {
    let mut desk = Desk::open().await;
    desk.edit(MINE).await.location();
    desk.change_the_answer("Ms Hart pushed the victim once.")
        .await;
    let page = desk.at("/changes").await;
    desk.change_the_answer("Ms Hart pushed the victim three times.")
        .await;
    let path = format!("{}/changes", desk.path);
    for choice in ["keep", "take"] {
        let late = desk
            .author
            .send_form_of(&page, &path, &[("choice", choice)])
            .await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("Nothing was done"), "{}", late.text());
        assert!(late.text().contains("three times"), "{}", late.text());
    }
    assert!(desk.section().await.contains("punched the victim twice."));
    let strange = desk.author.submit(&path, &[("choice", "both")]).await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn versions_are_compared_restored_and_undone_and_each_of_these_is_a_version() {
    let mut desk = Desk::open().await;
    desk.edit("She acted alone.").await.location();
    desk.edit("She acted with another.").await.location();
    let versions = desk.versions().await;
    assert_eq!((versions.len(), versions[0].as_str()), (3, "draft"));
    let (latest, first) = (versions[1].clone(), versions[2].clone());
    let compared = desk
        .at(&format!("/versions?from={first}&to={latest}"))
        .await;
    assert_eq!(
        compared.texts("#main-content del"),
        ["[taken out: alone.]", "Struck out"]
    );
    assert_eq!(
        compared.texts("#main-content ins"),
        ["[put in: with another.]", "Underlined"]
    );
    assert!(compared.text().contains("Sam Author"));

    desk.restore(&first).await.location();
    assert_eq!(desk.at("").await.value("text"), "She acted alone.");
    // Undo takes back the last change, whichever it was.
    let path = format!("{}/versions", desk.path);
    desk.author.submit(&path, &[]).await.location();
    assert_eq!(desk.at("").await.value("text"), "She acted with another.");
    desk.restore("draft").await.location();
    assert!(!desk.section().await.contains("Edited by you"));
    assert_eq!(desk.versions().await.len(), 6);
    let strange = desk.restore("9999").await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_version_is_not_restored_over_one_that_was_not_seen() {
    let mut desk = Desk::open().await;
    desk.edit("She acted alone.").await.location();
    let path = format!("{}/versions", desk.path);
    let page = desk.author.get(&path).await;
    desk.edit("She acted with another.").await.location();
    let late = desk
        .author
        .send_form_of(&page, &path, &[("version", "draft")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.text().contains("Nothing was restored"),
        "{}",
        late.text()
    );
    assert!(desk.section().await.contains("with another"));
}
