//! `foreword verify`: the file that was signed is known again, and no other.

use foreword::store::{
    AccountId, NewAccount, NewPassword, NewReport, ReportId, Role, Store, StoreSettings,
};

use super::{foreword, path};
use crate::harness::{addendum, signed_text};

#[test]
fn the_file_that_was_signed_is_known_again_and_one_byte_more_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(sign_in_folder(&data));
    let file = folder.path().join("report.docx");
    std::fs::write(&file, signed_text().docx).unwrap();
    let args = ["verify", path(&file), "--data-dir", path(&data)];

    let said = foreword(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("Sam Author signed on"), "{}", said.out);
    assert!(said.out.contains("unchanged"), "{}", said.out);

    let mut changed = signed_text().docx;
    changed.push(b' ');
    std::fs::write(&file, changed).unwrap();
    let said = foreword(&args);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(
        said.out.contains("not a document that was signed here"),
        "{}",
        said.out
    );
    foreword(&["verify", "nowhere.docx", "--data-dir", path(&data)])
        .refused(&["nowhere.docx", "cannot read"]);
    let nowhere = folder.path().join("nowhere");
    foreword(&["verify", path(&file), "--data-dir", path(&nowhere)])
        .refused(&["there is no folder", "--data-dir"]);
    assert!(!nowhere.exists());
}

#[test]
fn an_addendum_is_known_again_with_the_report_it_belongs_to() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(sign_in_folder(&data));
    let file = folder.path().join("addendum.docx");
    std::fs::write(&file, addendum().docx).unwrap();
    let args = ["verify", path(&file), "--data-dir", path(&data)];
    let said = foreword(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    for words in [
        "This is addendum 1 to a signed report, unchanged",
        "It belongs to the report that Sam Author signed on",
    ] {
        assert!(said.out.contains(words), "{}", said.out);
    }
    std::fs::write(&file, b"an addendum!").unwrap();
    assert_eq!(foreword(&args).code, 1);
}

async fn sign_in_folder(data: &std::path::Path) {
    let store = Store::open(&StoreSettings::in_folder(data)).await.unwrap();
    let now = chrono::Utc::now();
    let author = NewAccount {
        id: AccountId::new(now),
        email: "sam@example.org".into(),
        display_name: "Sam Author".into(),
        roles: Role::Author.into(),
        password: NewPassword::new("correct horse battery").unwrap(),
    };
    let account = store.create_account(author, now).await.unwrap();
    let author = store.as_author(account.id);
    let new = NewReport {
        id: ReportId::new(now),
        pack_version: "1",
        writes: &[],
    };
    let report = author.create_report(new, now).await.unwrap();
    let text = signed_text();
    author.sign_report(report, 0, &text, now).await.unwrap();
    let addendum = addendum();
    let added = author.add_addendum(report, 1, &addendum, now);
    added.await.unwrap();
    store.close().await;
}
