//! Backups: made while others save, restored on either engine with every report, and
//! refused where a byte is not as it was written.

use std::{io::Cursor, sync::OnceLock};

use foreword::store::{
    AccountId, BackupContents, BackupError, BackupKey, KeySource, KeysFile, ReportId, Save,
    SecretKey, Store, StoreSettings, keys_file_of, look_through,
};
use proptest::prelude::*;
use serde_json::json;
use tempfile::TempDir;

use crate::harness::{postgres, signed_text};

use super::{
    bed::{Bed, later, save, start, write},
    on_both_engines,
    report_keys::{
        EARLIER, EARLIER_KEY, another, drop_copies, from_before, names, nothing_opens, take_away,
    },
    whole::{PLAIN, SEALED, Whole, whole},
};

on_both_engines!(
    everything_comes_back_on_either_engine,
    a_backup_made_while_authors_save_is_one_state,
    nothing_is_restored_over_something,
    a_backup_of_another_key_or_of_a_newer_program_is_refused,
    a_report_erased_since_is_left_out_of_an_older_backup,
    a_backup_from_before_leaves_out_what_newer_keys_do_not_hold,
    keys_that_do_not_fit_the_backup_are_refused,
);

async fn backed_up(bed: &Bed, key: &BackupKey) -> (Vec<u8>, KeysFile, BackupContents) {
    backed_up_at(bed, key, 5).await
}

async fn backed_up_at(
    bed: &Bed,
    key: &BackupKey,
    minutes: i64,
) -> (Vec<u8>, KeysFile, BackupContents) {
    let mut out = Vec::new();
    let files = [("law.toml".to_owned(), b"recorded".to_vec())];
    let recipients = [key.recipient()];
    let made = bed
        .store
        .back_up(&bed.settings, &files, &recipients, &mut out, later(minutes));
    let (made, keys) = made.await.unwrap();
    (out, keys, made)
}

/// An author with a signed report and an open one.
async fn reports(bed: &Bed) -> (AccountId, ReportId, ReportId) {
    let ann = bed.account("ann@example.org").await.id;
    let author = bed.store.as_author(ann);
    let name = write("woman.name", json!({"first": "Angharad", "last": "Test"}));
    let signed = start(author, std::slice::from_ref(&name)).await;
    author
        .sign_report(signed, 1, &signed_text(), later(2))
        .await
        .unwrap();
    let open = start(author, &[name]).await;
    let words = json!({"value": "She drinks to sleep.\n\u{1F600}", "state": "answered"});
    save(author, open, write("answers.alcohol", words), 1).await;
    (ann, signed, open)
}

async fn restore(
    settings: &StoreSettings,
    file: &[u8],
    keys: Option<&KeysFile>,
    key: &BackupKey,
) -> Result<BackupContents, BackupError> {
    let keys = keys.map(|keys| keys.bytes.as_slice());
    Store::restore(settings, Cursor::new(file), keys, key, later(9)).await
}

async fn elsewhere(folder: &TempDir, to_postgres: bool) -> StoreSettings {
    let url = if to_postgres {
        Some(postgres::empty_database().await)
    } else {
        None
    };
    StoreSettings {
        url,
        ..StoreSettings::in_folder(folder.path().join("restored"))
    }
}

async fn everything_comes_back_on_either_engine(bed: Bed) {
    let (ann, signed, open) = reports(&bed).await;
    let key = BackupKey::random();
    let (file, keys, made) = backed_up(&bed, &key).await;
    assert_eq!(made.rows["report"], 2);
    let plain = |words: &[u8]| file.windows(words.len()).any(|part| part == words);
    assert!(!plain(b"ann@example.org") && !plain(b"Angharad"));

    let before = bed.store.as_author(ann).list().await.unwrap();
    let log = bed.store.as_author(ann).history(open).await.unwrap();
    for to_postgres in [false, true] {
        let folder = TempDir::new().unwrap();
        let settings = elsewhere(&folder, to_postgres).await;
        let restored = restore(&settings, &file, Some(&keys), &key);
        assert_eq!(restored.await.unwrap(), made);
        let law = std::fs::read_to_string(settings.data_dir.join("law.toml"));
        assert_eq!(law.unwrap(), "recorded");

        let store = Store::open(&settings).await.unwrap();
        let author = store.as_author(ann);
        assert_eq!(author.list().await.unwrap(), before);
        assert_eq!(author.history(open).await.unwrap(), log);
        let found = author.find_by_name("angharad").await.unwrap();
        assert_eq!(found.len(), 2);
        for report in [signed, open] {
            let there = author.load(report).await.unwrap().unwrap();
            let here = bed.store.as_author(ann).load(report).await.unwrap();
            assert_eq!(Some(there), here);
        }
        let on = store.signature_on(&signed_text().docx).await.unwrap();
        let on = on.unwrap();
        assert!(on.same && on.report == signed);
        let whole = store.verify_audit(None).await.unwrap().unwrap();
        // Two acts more than the rows backed up: none, and that it was restored.
        assert_eq!(u64::try_from(whole.rows).unwrap(), made.rows["audit"] + 1);
        // It goes on as before.
        save(author, open, write("format", json!("oral")), 2).await;
        let signed_in = super::bed::PASSWORD;
        let welcome = store.sign_in("ann@example.org", signed_in, "here", later(10));
        assert!(matches!(
            welcome.await.unwrap(),
            foreword::store::SignIn::Welcome(_)
        ));
        store.close().await;
    }
}

async fn a_backup_made_while_authors_save_is_one_state(bed: Bed) {
    let ann = bed.account("ann@example.org").await.id;
    let mut saving = tokio::task::JoinSet::new();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    for _ in 0..3 {
        let (store, stop) = (bed.another_process().await, stop.clone());
        saving.spawn(async move {
            let author = store.as_author(ann);
            let report = start(author, &[]).await;
            let mut seen = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) || seen < 5 {
                let words = json!({"value": format!("words {seen}"), "state": "answered"});
                let writes = [write("answers.alcohol", words)];
                let saved = author.save(report, &writes, seen, later(1)).await.unwrap();
                let Save::Saved { revision } = saved else {
                    panic!("not saved: {saved:?}");
                };
                seen = revision;
            }
            seen
        });
    }
    let key = BackupKey::random();
    let mut states = Vec::new();
    for _ in 0..3 {
        let (file, keys, _) = backed_up(&bed, &key).await;
        states.push((file, keys));
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let last: i64 = saving.join_all().await.into_iter().sum();

    for (file, keys) in states {
        let folder = TempDir::new().unwrap();
        let settings = elsewhere(&folder, false).await;
        let restored = restore(&settings, &file, Some(&keys), &key);
        restored.await.unwrap();
        let store = Store::open(&settings).await.unwrap();
        let author = store.as_author(ann);
        let rows = author.list().await.unwrap();
        assert!(rows.iter().map(|row| row.revision).sum::<i64>() <= last);
        for row in rows {
            let loaded = author.load(row.id).await.unwrap().unwrap();
            let log = author.history(row.id).await.unwrap().unwrap();
            assert_eq!(loaded.revision, i64::try_from(log.len()).unwrap());
        }
        assert!(store.verify_audit(None).await.unwrap().is_ok());
        store.close().await;
    }
}

async fn nothing_is_restored_over_something(bed: Bed) {
    reports(&bed).await;
    let key = BackupKey::random();
    let (file, keys, _) = backed_up(&bed, &key).await;
    let before = bed.count("report").await;
    let over = restore(&bed.settings, &file, Some(&keys), &key).await;
    assert!(
        matches!(over, Err(BackupError::NotEmpty { .. })),
        "{over:?}"
    );
    // The same database, from another folder.
    let folder = TempDir::new().unwrap();
    let other = StoreSettings {
        data_dir: folder.path().join("other"),
        url: Some(bed.settings.url.clone().unwrap_or_else(|| {
            bed.settings
                .data_dir
                .join("foreword.db")
                .display()
                .to_string()
        })),
        key: KeySource::DataFolder,
    };
    let over = restore(&other, &file, Some(&keys), &key).await;
    assert!(
        matches!(over, Err(BackupError::NotEmpty { .. })),
        "{over:?}"
    );
    assert!(!other.data_dir.exists(), "nothing is left behind");
    assert_eq!(bed.count("report").await, before);
    assert!(
        bed.another_process()
            .await
            .verify_audit(None)
            .await
            .unwrap()
            .is_ok()
    );
}

async fn a_backup_of_another_key_or_of_a_newer_program_is_refused(bed: Bed) {
    let key = BackupKey::random();
    let (file, keys, _) = backed_up(&bed, &key).await;
    let other = BackupKey::random();
    let folder = TempDir::new().unwrap();
    let settings = elsewhere(&folder, bed.settings.url.is_some()).await;
    let refused = restore(&settings, &file, Some(&keys), &other).await;
    assert!(matches!(refused, Err(BackupError::WrongKey)), "{refused:?}");
    assert!(!settings.data_dir.exists());
    for nothing in [&b""[..], b"PK\x03\x04", b"{\"line\":\"head\"}"] {
        let refused = restore(&settings, nothing, Some(&keys), &key).await;
        assert!(refused.is_err(), "{refused:?}");
    }

    // With the wrong database key nothing is backed up that could not be read again.
    let wrong = StoreSettings {
        key: KeySource::Given(SecretKey::random().unwrap()),
        ..bed.settings.clone()
    };
    let recipients = [key.recipient()];
    let refused = bed
        .store
        .back_up(&wrong, &[], &recipients, Vec::new(), later(9));
    assert!(refused.await.is_err());
    let again = BackupKey::from_file_text(&key.file_text()).unwrap();
    assert!(look_through(&file[..], &again).is_ok());
}

async fn a_report_erased_since_is_left_out_of_an_older_backup(bed: Bed) {
    let made = whole(&bed.store).await;
    another(&bed, &made).await;
    let key = BackupKey::random();
    let (file, keys, contents) = backed_up_at(&bed, &key, 30).await;
    for apart in ["report_key", "report_word"] {
        assert!(!contents.rows.contains_key(apart), "{apart}");
    }
    take_away(&bed, &made).await;
    drop_copies(&bed).await;
    let (_, newest, _) = backed_up_at(&bed, &key, 40).await;
    assert_eq!(newest.name, keys.name, "it takes the place of the older");
    let name = keys_file_of(&file[..], &key).unwrap();
    assert_eq!(name, Some(newest.name.clone()));

    for to_postgres in [false, true] {
        let folder = TempDir::new().unwrap();
        let settings = elsewhere(&folder, to_postgres).await;
        let restored = restore(&settings, &file, Some(&newest), &key).await;
        assert_eq!(restored.unwrap().left_out, 1);
        let there = Bed::of(settings, folder).await;
        nothing_opens(&made, &there.store).await;
        assert_eq!(names(&there.store, &made).await, ["Miriam"]);
        for (table, condition) in SEALED.iter().chain(&PLAIN) {
            let rows = format!("{table} WHERE {}", made.rows(condition));
            assert_eq!(there.count(&rows).await, 0, "{table}");
        }
        let author = there.store.as_author(made.ann);
        assert_eq!(author.find_by_name("miriam").await.unwrap().len(), 1);
        let whole = there.store.verify_audit(None).await.unwrap();
        assert!(whole.is_ok(), "{whole:?}");
    }
    // With the keys that were written with it, all of it opens: they are not kept.
    let folder = TempDir::new().unwrap();
    let settings = elsewhere(&folder, bed.settings.url.is_some()).await;
    let restored = restore(&settings, &file, Some(&keys), &key).await;
    assert_eq!(restored.unwrap(), contents);
    let store = Store::open(&settings).await.unwrap();
    assert_eq!(made.opened(&store).await, Whole::everything());
}

async fn a_backup_from_before_leaves_out_what_newer_keys_do_not_hold(bed: Bed) {
    let since = from_before(&bed, &[]).await;
    let made = Whole::found_in(&since.store).await;
    take_away(&since, &made).await;
    drop_copies(&since).await;
    let key = BackupKey::from_file_text(EARLIER_KEY).unwrap();
    let (_, newest, _) = backed_up_at(&since, &key, 60).await;
    assert_eq!(keys_file_of(EARLIER, &key).unwrap(), None, "it needs none");

    let folder = TempDir::new().unwrap();
    let settings = elsewhere(&folder, bed.settings.url.is_some()).await;
    let restored = restore(&settings, EARLIER, Some(&newest), &key).await;
    assert_eq!(restored.unwrap().left_out, 1);
    let store = Store::open(&settings).await.unwrap();
    nothing_opens(&made, &store).await;
    assert_eq!(names(&store, &made).await, ["Miriam"]);
}

async fn keys_that_do_not_fit_the_backup_are_refused(bed: Bed) {
    reports(&bed).await;
    let (key, other_key) = (BackupKey::random(), BackupKey::random());
    let (_, older, _) = backed_up_at(&bed, &key, 5).await;
    let (file, keys, _) = backed_up_at(&bed, &key, 6).await;
    let (_, for_another, _) = backed_up_at(&bed, &other_key, 7).await;
    let of_another = backed_up_at(&Bed::sqlite().await, &key, 8).await.1;
    let with = |bytes: &[u8]| KeysFile {
        bytes: bytes.to_vec(),
        ..keys.clone()
    };
    let mut damaged = keys.bytes.clone();
    let middle = damaged.len() * 2 / 3;
    damaged[middle] ^= 1;
    let cut = &keys.bytes[..keys.bytes.len() - 1];

    let folder = TempDir::new().unwrap();
    let settings = elsewhere(&folder, bed.settings.url.is_some()).await;
    let refused = async |keys: Option<&KeysFile>| {
        let refused = restore(&settings, &file, keys, &key).await.unwrap_err();
        assert!(!settings.data_dir.exists(), "{refused}");
        refused
    };
    let missing = refused(None).await;
    assert!(missing.to_string().contains(&keys.name), "{missing}");
    assert!(matches!(missing, BackupError::KeysMissing { .. }));
    for bytes in [&damaged[..], cut, &file[..], b"PK\x03\x04"] {
        let fault = refused(Some(&with(bytes))).await;
        assert!(matches!(fault, BackupError::KeysDamaged), "{fault}");
    }
    let fault = refused(Some(&for_another)).await;
    assert!(matches!(fault, BackupError::KeysForAnother), "{fault}");
    let fault = refused(Some(&of_another)).await;
    assert!(matches!(fault, BackupError::KeysOfAnother), "{fault}");
    let fault = refused(Some(&older)).await;
    assert!(matches!(fault, BackupError::KeysOlder), "{fault}");
    let restored = restore(&settings, &file, Some(&keys), &key).await;
    assert_eq!(restored.unwrap().left_out, 0);
}

/// A backup, made once for all the damage done to it.
fn a_backup() -> &'static (Vec<u8>, BackupKey) {
    static MADE: OnceLock<(Vec<u8>, BackupKey)> = OnceLock::new();
    MADE.get_or_init(|| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let bed = Bed::sqlite().await;
            reports(&bed).await;
            let key = BackupKey::random();
            let file = backed_up(&bed, &key).await.0;
            (file, key)
        })
    })
}

proptest! {
    #[test]
    fn damage_to_any_byte_is_found_out(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let (file, key) = a_backup();
        let mut file = file.clone();
        let at = at.index(file.len());
        file[at] ^= 1 << bit;
        prop_assert!(look_through(&file[..], key).is_err(), "byte {at}, bit {bit}");
    }

    #[test]
    fn a_backup_cut_anywhere_or_with_more_behind_it_is_found_out(
        at in any::<prop::sample::Index>(), more in prop::collection::vec(any::<u8>(), 1..40)
    ) {
        let (file, key) = a_backup();
        let at = at.index(file.len());
        prop_assert!(look_through(&file[..at], key).is_err(), "cut at {at}");
        let longer = [&file[..], &more[..]].concat();
        prop_assert!(look_through(&longer[..], key).is_err());
    }
}
