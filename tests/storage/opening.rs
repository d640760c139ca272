//! Opening the store: what it makes, and the one sentence for each thing wrong.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use foreword::store::{KeySource, SecretKey, Store, StoreError, StoreSettings};
use serde_json::json;
use tempfile::TempDir;

use super::{
    bed::{Bed, start, write},
    on_both_engines,
};
use crate::harness::postgres;

on_both_engines!(
    opening_again_finds_everything_as_it_was,
    a_wrong_key_is_refused_and_changes_nothing,
    a_database_whose_key_is_lost_is_refused_and_gets_no_new_key,
    a_database_of_a_newer_program_is_refused,
);

const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

fn rights(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

async fn refusal(settings: &StoreSettings) -> StoreError {
    Store::open(settings).await.map(|_| ()).unwrap_err()
}

async fn opening_again_finds_everything_as_it_was(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let named = [write("woman.name", json!({"first": "Angela"}))];
    let report = start(bed.store.as_author(ann.id), &named).await;
    bed.store.close().await;

    let again = Store::open(&bed.settings).await.unwrap();

    let loaded = again.as_author(ann.id).load(report).await.unwrap().unwrap();
    assert_eq!(loaded.case.woman.name.first, "Angela");
    let engine = if bed.settings.url.is_some() {
        "PostgreSQL"
    } else {
        "SQLite"
    };
    assert_eq!(again.engine(), engine);
    assert_eq!(rights(&bed.settings.data_dir), 0o700);
    assert_eq!(rights(&bed.settings.data_dir.join("foreword.key")), 0o600);
}

async fn a_wrong_key_is_refused_and_changes_nothing(bed: Bed) {
    let wrong = StoreSettings {
        key: KeySource::Given(SecretKey::from_base64(KEY, "the test").unwrap()),
        ..bed.settings.clone()
    };
    let fault = refusal(&wrong).await;
    assert!(matches!(fault, StoreError::WrongKey), "{fault}");
    assert!(Store::open(&bed.settings).await.is_ok());
}

async fn a_database_whose_key_is_lost_is_refused_and_gets_no_new_key(bed: Bed) {
    let file = bed.settings.data_dir.join("foreword.key");
    fs::rename(&file, bed.folder().join("copy")).unwrap();

    let fault = refusal(&bed.settings).await;
    assert!(matches!(fault, StoreError::KeyLost { .. }), "{fault}");
    assert!(fault.to_string().contains(&file.display().to_string()));
    assert!(!file.exists());

    // The copy, put back or named, opens it.
    let named = StoreSettings {
        key: KeySource::File(bed.folder().join("copy")),
        ..bed.settings.clone()
    };
    assert!(Store::open(&named).await.is_ok());
}

async fn a_database_of_a_newer_program_is_refused(bed: Bed) {
    let made = bed
        .tamper(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'from the future', success, checksum, 1 FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
    assert_eq!(made, 1);
    let fault = refusal(&bed.settings).await;
    assert!(
        matches!(fault, StoreError::DatabaseNewer { migration: 9999 }),
        "{fault}"
    );
    assert!(fault.to_string().contains("newer version of Foreword"));
}

#[tokio::test]
async fn everything_made_is_for_this_user_only() {
    let bed = Bed::sqlite().await;
    bed.account("ann@example.org").await;
    let mut seen = Vec::new();
    for entry in fs::read_dir(&bed.settings.data_dir).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(rights(&path), 0o600, "{}", path.display());
        seen.push(path.file_name().unwrap().to_string_lossy().into_owned());
    }
    for name in ["foreword.db", "foreword.db-wal", "foreword.key"] {
        assert!(
            seen.iter().any(|s| s == name),
            "{name} is not among {seen:?}"
        );
    }
}

#[tokio::test]
async fn a_key_others_can_read_is_refused_with_the_line_that_mends_it() {
    let bed = Bed::sqlite().await;
    let file = bed.settings.data_dir.join("foreword.key");
    for mode in [0o640, 0o604, 0o660] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let fault = refusal(&bed.settings).await;
        let mend = format!("`chmod 600 {}`", file.display());
        assert!(fault.to_string().contains(&mend), "{fault}");
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    assert!(Store::open(&bed.settings).await.is_ok());
}

#[tokio::test]
async fn a_key_file_that_is_named_is_never_made() {
    let folder = TempDir::new().unwrap();
    let mut settings = StoreSettings::in_folder(folder.path().join("data"));
    let file = folder.path().join("elsewhere.key");
    settings.key = KeySource::File(file.clone());
    let fault = refusal(&settings).await;
    assert!(matches!(fault, StoreError::NoKeyFile { .. }), "{fault}");
    assert!(!file.exists());

    fs::write(&file, "not a key").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let fault = refusal(&settings).await;
    assert!(matches!(fault, StoreError::NotAKey { .. }), "{fault}");

    fs::write(&file, KEY).unwrap();
    assert!(Store::open(&settings).await.is_ok());
    assert!(!folder.path().join("data/foreword.key").exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_or_written_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let fault = refusal(&StoreSettings::in_folder(file.join("data"))).await;
    assert!(matches!(fault, StoreError::FolderNotMade { .. }), "{fault}");
    assert!(fault.to_string().contains(&file.display().to_string()));

    // Not even root may make a file in /proc.
    let fault = refusal(&StoreSettings::in_folder("/proc")).await;
    assert!(
        matches!(fault, StoreError::FolderNotWritable { .. }),
        "{fault}"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("letter.txt");
    let words = "Dear Sir or Madam. ".repeat(400);
    fs::write(&file, &words).unwrap();
    let settings = StoreSettings {
        url: Some(file.display().to_string()),
        ..StoreSettings::in_folder(folder.path().join("data"))
    };
    let fault = refusal(&settings).await;
    assert!(matches!(fault, StoreError::FileNotOpened { .. }), "{fault}");
    assert_eq!(fs::read_to_string(&file).unwrap(), words);
}

#[tokio::test]
async fn programs_that_start_at_once_agree_on_one_key() {
    let folder = TempDir::new().unwrap();
    let settings = StoreSettings::in_folder(folder.path().join("data"));
    let started = tokio::join!(
        Store::open(&settings),
        Store::open(&settings),
        Store::open(&settings),
        Store::open(&settings),
    );
    for store in [started.0, started.1, started.2, started.3] {
        assert!(store.is_ok(), "{store:?}");
    }
}

#[tokio::test]
async fn an_empty_postgres_database_is_set_up_and_a_second_key_is_refused() {
    let folder = TempDir::new().unwrap();
    let url = Some(postgres::empty_database().await);
    let settings = |name: &str| StoreSettings {
        url: url.clone(),
        ..StoreSettings::in_folder(folder.path().join(name))
    };
    let (one, two) = (settings("one"), settings("two"));
    let (first, second) = tokio::join!(Store::open(&one), Store::open(&two));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let fault = first.and(second).map(|_| ()).unwrap_err();
    assert!(
        matches!(fault, StoreError::WrongKey | StoreError::KeyLost { .. }),
        "{fault}"
    );
}

#[tokio::test]
async fn a_postgres_that_does_not_answer_is_named_without_its_password() {
    let folder = TempDir::new().unwrap();
    let settings = StoreSettings {
        url: Some("postgres://foreword:hunter2@127.0.0.1:1/reports".into()),
        ..StoreSettings::in_folder(folder.path())
    };
    let told = format!("{0} {0:?}", refusal(&settings).await);
    assert!(
        told.contains("PostgreSQL at 127.0.0.1:1/reports cannot be reached"),
        "{told}"
    );
    assert!(!told.contains("hunter2"), "{told}");

    let missing = postgres::database().await.replace("test_", "missing_");
    let settings = StoreSettings {
        url: Some(missing),
        ..settings
    };
    let told = refusal(&settings).await.to_string();
    assert!(told.contains("does not exist"), "{told}");
}
