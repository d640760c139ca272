//! Reading reports: what comes back, to whom, in which order.

use foreword::{
    case::{self, CaseFile, revision},
    store::{NewReport, ReportId, SaveError},
};
use serde_json::json;

use super::{
    bed::{Bed, later, now, save, start, write},
    on_both_engines,
};

on_both_engines!(
    an_imported_case_file_reads_back_the_same,
    an_import_that_does_not_fit_keeps_nothing,
    an_author_reaches_only_her_own_reports,
    a_list_shows_the_latest_change_first,
    a_report_is_found_by_the_name_she_has_now,
    history_says_who_wrote_what_and_when_and_adds_up_to_the_report,
);

fn angela() -> CaseFile {
    case::from_json(
        r#"{
            "foreword_case": 1,
            "fictional": true,
            "format": "short",
            "woman": {"name": {"first": "Angela", "last": "Example"}, "crn": "X123456"},
            "hearing": {"court": "Reading Magistrates' Court", "date": "2026-12-01",
                        "case_number": "42AB1234526"},
            "offences": [{"title": "Assault occasioning actual bodily harm"}],
            "answers": {
                "alcohol": {"value": "She drinks to sleep."},
                "safety": {"state": "not-asked-unsafe", "visibility": "record-only"}
            }
        }"#,
    )
    .unwrap()
}

async fn an_imported_case_file_reads_back_the_same(bed: Bed) {
    let author = bed.account("ann@example.org").await;
    let writes = revision::unfold(&angela()).unwrap();
    let report = start(bed.store.as_author(author.id), &writes).await;

    let elsewhere = bed.another_process().await;
    let loaded = elsewhere
        .as_author(author.id)
        .load(report)
        .await
        .unwrap()
        .unwrap();

    assert_eq!(*loaded.case, angela());
    assert_eq!(loaded.revision, i64::try_from(writes.len()).unwrap());
    assert_eq!(loaded.pack_version, "2026-11-22");
    assert_eq!((loaded.created_at, loaded.updated_at), (now(), now()));
}

async fn an_import_that_does_not_fit_keeps_nothing(bed: Bed) {
    let author = bed.account("ann@example.org").await;
    let mut writes = revision::unfold(&angela()).unwrap();
    writes.push(write("hearing", json!({"date": "next Tuesday"})));
    let new = NewReport {
        id: ReportId::new(now()),
        pack_version: "2026-11-22",
        writes: &writes,
    };

    let refused = bed
        .store
        .as_author(author.id)
        .create_report(new, now())
        .await;

    let Err(SaveError::Unfit(fault)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(fault.path, "hearing.date");
    for table in ["report", "revision", "report_word"] {
        assert_eq!(bed.count(table).await, 0, "{table}");
    }

    // Failing half-way through the rows leaves nothing either.
    writes.pop();
    let owner_unknown = foreword::store::AccountId::new(now());
    let new = NewReport {
        id: ReportId::new(now()),
        pack_version: "2026-11-22",
        writes: &writes,
    };
    let refused = bed
        .store
        .as_author(owner_unknown)
        .create_report(new, now())
        .await;
    assert!(matches!(refused, Err(SaveError::Store(_))), "{refused:?}");
    assert_eq!(bed.count("report").await, 0);
}

async fn an_author_reaches_only_her_own_reports(bed: Bed) {
    let (ann, bea) = (
        bed.account("ann@example.org").await,
        bed.account("bea@example.org").await,
    );
    let (ann, bea) = (bed.store.as_author(ann.id), bed.store.as_author(bea.id));
    let report = start(ann, &revision::unfold(&angela()).unwrap()).await;

    assert_eq!(bea.load(report).await.unwrap(), None);
    assert_eq!(bea.list().await.unwrap(), []);
    assert_eq!(bea.find_by_name("Angela").await.unwrap(), []);
    assert_eq!(bea.history(report).await.unwrap(), None);
    let saved = bea
        .save(report, &[write("format", json!("oral"))], 99, later(1))
        .await;
    assert!(matches!(saved, Err(SaveError::NoSuchReport)), "{saved:?}");

    assert_eq!(*ann.load(report).await.unwrap().unwrap().case, angela());
    assert_eq!(ann.list().await.unwrap().len(), 1);
}

async fn a_list_shows_the_latest_change_first(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    assert_eq!(ann.list().await.unwrap(), []);
    let first = start(ann, &revision::unfold(&angela()).unwrap()).await;
    let second = start(ann, &[]).await;
    assert_eq!(ann.list().await.unwrap().len(), 2);

    save(ann, first, write("format", json!("standard")), 99).await;

    let rows = ann.list().await.unwrap();
    assert_eq!((rows[0].id, rows[1].id), (first, second));
    assert_eq!(rows[0].name, "Angela Example");
    assert_eq!(rows[0].court, "Reading Magistrates' Court");
    assert_eq!(rows[0].case_number.as_deref(), Some("42AB1234526"));
    assert_eq!(rows[0].hearing_date, "2026-12-01".parse().ok());
    assert_eq!(rows[0].format, case::Format::Standard);
    assert!(rows[0].fictional);
    assert_eq!((rows[0].created_at, rows[0].updated_at), (now(), later(1)));
    assert_eq!((rows[1].name.as_str(), rows[1].revision), ("", 0));
}

async fn a_report_is_found_by_the_name_she_has_now(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &revision::unfold(&angela()).unwrap()).await;
    start(
        ann,
        &[write(
            "woman.name",
            json!({"first": "Angela", "last": "Other"}),
        )],
    )
    .await;
    let found = async |typed| ann.find_by_name(typed).await.unwrap().len();

    assert_eq!(found("angela").await, 2);
    assert_eq!(found("example ANGELA").await, 1);
    assert_eq!(found("x123456").await, 1);
    assert_eq!(found("42 AB 12345 26").await, 1);
    assert_eq!(found("ang").await, 0);
    assert_eq!(found("  ").await, 0);

    save(
        ann,
        report,
        write("woman.name", json!({"last": "Married"})),
        99,
    )
    .await;

    assert_eq!(found("example").await, 0);
    assert_eq!(found("angela married").await, 1);
}

async fn history_says_who_wrote_what_and_when_and_adds_up_to_the_report(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &revision::unfold(&angela()).unwrap()).await;
    let seen = ann.load(report).await.unwrap().unwrap().revision;
    let answer = json!({"state": "prefers-not-to-say"});
    save(ann, report, write("answers.alcohol", answer.clone()), seen).await;
    save(ann, report, write("woman", json!({"crn": null})), seen + 1).await;

    let history = ann.history(report).await.unwrap().unwrap();

    let numbers: Vec<i64> = history.iter().map(|r| r.revision).collect();
    assert_eq!(numbers, (1..=seen + 2).collect::<Vec<_>>());
    let change = &history[usize::try_from(seen).unwrap()];
    assert_eq!(
        (change.place.as_str(), &change.value),
        ("answers.alcohol", &answer)
    );
    assert_eq!((change.by.as_str(), change.at), ("ann", later(1)));

    let log: Vec<_> = history
        .into_iter()
        .map(|row| write(&row.place, row.value))
        .collect();
    let loaded = ann.load(report).await.unwrap().unwrap();
    assert_eq!(revision::fold(&log).unwrap(), *loaded.case);
    assert_eq!(loaded.case.woman.crn, None);
}
