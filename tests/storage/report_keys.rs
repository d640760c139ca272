//! A key of its own for each report: once it is gone, nothing of the report opens, wherever
//! its rows come from.

use foreword::store::{BackupKey, ReportId, SaveError, Store, StoreError};
use serde_json::json;

use crate::harness::signed_text;

use super::{
    bed::{Bed, later, start, write},
    on_both_engines,
    whole::{PLAIN, SEALED, Whole, sealed_column, whole},
};

on_both_engines!(
    without_its_key_nothing_of_a_report_opens_though_its_rows_are_put_back,
    a_key_put_in_another_reports_place_opens_nothing,
    no_report_is_saved_into_once_its_key_is_gone,
    reports_from_before_get_keys_and_everything_of_them_is_sealed_anew,
    what_the_databases_key_sealed_is_refused_where_it_is_put_back,
    a_value_that_did_not_open_before_stops_nothing,
);

/// A backup made before reports had keys: a report with something in everything, and
/// another of the same author.
pub const EARLIER: &[u8] = include_bytes!("earlier/before-report-keys.age");
pub const EARLIER_KEY: &str = include_str!("earlier/backup.key");

pub async fn from_before(like: &Bed, meanwhile: &[&str]) -> Bed {
    let key = BackupKey::from_file_text(EARLIER_KEY).unwrap();
    Bed::restored(like, EARLIER, &key, meanwhile).await
}

/// Another report of the same author, to find that it is untouched.
pub async fn another(bed: &Bed, made: &Whole) -> ReportId {
    let named = [write("woman.name", json!({"first": "Miriam"}))];
    start(bed.store.as_author(made.ann), &named).await
}

pub async fn names(store: &Store, made: &Whole) -> Vec<String> {
    let rows = store.as_author(made.ann).list().await.unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

pub async fn nothing_opens(made: &Whole, store: &Store) {
    let opened = made.opened(store).await;
    assert!(opened.is_empty(), "{opened:?}");
}

/// Takes a report away with its key, keeping a copy of every other row of it.
pub async fn take_away(bed: &Bed, made: &Whole) {
    for (table, condition) in SEALED.iter().chain(&PLAIN) {
        let rows = made.rows(condition);
        bed.tamper(&format!(
            "CREATE TABLE kept_{table} AS SELECT * FROM {table} WHERE {rows}"
        ))
        .await;
    }
    for (table, _) in SEALED {
        assert!(bed.count(&format!("kept_{table}")).await > 0, "{table}");
    }
    let of = made.rows("report_id = $1");
    assert_eq!(
        bed.tamper(&format!("DELETE FROM report_key WHERE {of}"))
            .await,
        1
    );
    for (table, condition) in PLAIN.iter().chain(SEALED.iter().rev()) {
        let rows = made.rows(condition);
        bed.tamper(&format!("DELETE FROM {table} WHERE {rows}"))
            .await;
    }
}

/// Takes the copies away too.
pub async fn drop_copies(bed: &Bed) {
    for (table, _) in SEALED.iter().chain(&PLAIN) {
        bed.tamper(&format!("DROP TABLE kept_{table}")).await;
    }
}

async fn put_back(bed: &Bed) {
    for (table, _) in SEALED.iter().chain(&PLAIN) {
        bed.tamper(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"))
            .await;
    }
}

async fn without_its_key_nothing_of_a_report_opens_though_its_rows_are_put_back(bed: Bed) {
    let made = whole(&bed.store).await;
    another(&bed, &made).await;
    // A process that has it open in memory, and one that has just started.
    let elsewhere = bed.another_process().await;
    for store in [&bed.store, &elsewhere] {
        assert_eq!(made.opened(store).await, Whole::everything());
    }
    take_away(&bed, &made).await;
    put_back(&bed).await;

    let started = bed.another_process().await;
    for store in [&bed.store, &elsewhere, &started] {
        nothing_opens(&made, store).await;
        assert_eq!(names(store, &made).await, ["Miriam"]);
        let hers = store.as_author(made.ann);
        assert!(hers.find_by_name("Angharad").await.unwrap().is_empty());
        let others = store.as_colleague(made.bea).list(later(20)).await.unwrap();
        assert_eq!(others.len(), 1, "the other report is of the same team");
        let glass = store.as_colleague(made.cat);
        assert!(glass.load(made.report, later(20)).await.unwrap().is_none());
        assert!(store.openings().await.unwrap().is_empty());
        let signed = signed_text().docx;
        assert_eq!(store.signature_on(&signed).await.unwrap(), None);
    }
}

async fn a_key_put_in_another_reports_place_opens_nothing(bed: Bed) {
    let made = whole(&bed.store).await;
    let other = another(&bed, &made).await;
    let put = async |wrapped: &str| {
        let of = made.rows("report_id = $1");
        let done = bed
            .tamper(&format!(
                "UPDATE report_key SET wrapped = {wrapped} WHERE {of}"
            ))
            .await;
        assert_eq!(done, 1);
    };
    put(&format!(
        "(SELECT wrapped FROM report_key WHERE report_id = '{other}')"
    ))
    .await;
    let unreadable = |e: StoreError| matches!(e, StoreError::Unreadable { .. });
    let hers = bed.store.as_author(made.ann);
    assert!(hers.history(made.report).await.is_err_and(unreadable));
    assert!(hers.list().await.is_err_and(unreadable));
    assert!(hers.history(other).await.is_ok());

    // As one that has yet to be given a key: it is given one, which opens nothing.
    let nothing = if bed.settings.url.is_some() {
        "''::BYTEA"
    } else {
        "X''"
    };
    put(nothing).await;
    let started = bed.another_process().await;
    nothing_opens(&made, &started).await;
}

async fn no_report_is_saved_into_once_its_key_is_gone(bed: Bed) {
    let ann = bed.account("ann@example.org").await.id;
    let hers = bed.store.as_author(ann);
    let report = start(hers, &[]).await;
    let opened = hers.load(report).await.unwrap().unwrap();
    bed.tamper("DELETE FROM report_key").await;

    let writes = [write("woman.name", json!({"first": "Angharad"}))];
    let none = |e: SaveError| matches!(e, SaveError::NoSuchReport);
    let saved = hers.save(report, &writes, 0, later(1)).await;
    assert!(saved.is_err_and(none));
    let saved = hers.save_into(&opened, &writes, 0, later(1)).await;
    assert!(saved.is_err_and(none));
    let signed = hers.sign_report(report, 0, &signed_text(), later(1)).await;
    assert!(signed.is_err_and(none));
    assert_eq!(bed.count("revision").await, 0);
    assert_eq!(bed.count("signed_document").await, 0);
}

/// How many sealed values of reports the database's key sealed.
async fn of_the_database(bed: &Bed) -> i64 {
    let first = if bed.settings.url.is_some() {
        "'\\x01'::BYTEA"
    } else {
        "X'01'"
    };
    let mut rows = 0;
    for (table, _) in SEALED {
        let column = sealed_column(table);
        let from = format!("{table} WHERE SUBSTR({column}, 1, 1) = {first}");
        rows += bed.count(&from).await;
    }
    rows
}

async fn reports_from_before_get_keys_and_everything_of_them_is_sealed_anew(bed: Bed) {
    // What it was, kept to find that the case is about something.
    let earlier = from_before(
        &bed,
        &["CREATE TABLE kept AS SELECT COUNT(*) AS keyless FROM report_key WHERE LENGTH(wrapped) = 0"],
    )
    .await;
    assert_eq!(earlier.count("kept WHERE keyless = 2").await, 1);
    assert_eq!(of_the_database(&earlier).await, 0);
    assert_eq!(
        earlier.count("report_key WHERE LENGTH(wrapped) = 0").await,
        0
    );

    let made = Whole::found_in(&earlier.store).await;
    let again = earlier.another_process().await;
    for store in [&earlier.store, &again] {
        assert_eq!(made.opened(store).await, Whole::everything());
        assert_eq!(names(store, &made).await.len(), 2);
    }
    assert!(again.verify_audit(None).await.unwrap().is_ok());
}

async fn what_the_databases_key_sealed_is_refused_where_it_is_put_back(bed: Bed) {
    let tables = ["revision", "report_head", "plan_version"];
    let copies = tables.map(|t| format!("CREATE TABLE kept_{t} AS SELECT * FROM {t}"));
    let copies = copies.each_ref().map(String::as_str);
    let earlier = from_before(&bed, &copies).await;
    let made = Whole::found_in(&earlier.store).await;
    for table in tables {
        earlier.tamper(&format!("DELETE FROM {table}")).await;
        earlier
            .tamper(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"))
            .await;
    }
    assert!(of_the_database(&earlier).await > 0);
    let started = earlier.another_process().await;
    let opened = made.opened(&started).await;
    let kinds: Vec<_> = opened.iter().map(|(kind, _)| *kind).collect();
    for refused in ["head and tail", "log", "plan"] {
        assert!(!kinds.contains(&refused), "{refused}");
    }
    assert!(kinds.contains(&"signed") && kinds.contains(&"summary"));
}

async fn a_value_that_did_not_open_before_stops_nothing(bed: Bed) {
    let damaged = from_before(
        &bed,
        &["UPDATE revision SET content = (SELECT content FROM plan_version) WHERE seq = 1"],
    )
    .await;
    let made = Whole::found_in(&damaged.store).await;
    let mut expected = Whole::everything();
    expected.retain(|(kind, _)| *kind != "log");
    assert_eq!(made.opened(&damaged.store).await, expected);
}
