//! Saving into a report opened before: quicker, and never different.

use foreword::{
    case::revision::{self, Write},
    store::{AuthorStore, LoadedReport, ReportId, Save, SaveError},
};
use serde_json::{Value, json};

use crate::harness::signed_text;

use super::{
    bed::{Bed, later, start, write},
    on_both_engines,
};

on_both_engines!(
    a_report_saved_into_is_given_back_as_it_is_loaded_afterwards,
    a_report_that_moved_on_since_it_was_opened_is_judged_anew,
    a_save_that_changes_nothing_leaves_the_log_as_it_is,
    what_somebody_else_opened_is_not_saved_into,
    a_report_signed_since_it_was_opened_takes_in_nothing,
    two_processes_with_one_report_open_never_write_over_each_other,
);

fn answer(id: &str, words: &str) -> Write {
    write(&format!("answers.{id}"), json!({ "value": words }))
}

async fn open(author: AuthorStore<'_>, report: ReportId) -> LoadedReport {
    author.load(report).await.unwrap().unwrap()
}

async fn a_report_saved_into_is_given_back_as_it_is_loaded_afterwards(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    let mut opened = open(ann, report).await;

    for round in 0..70 {
        let writes = match round % 4 {
            0 => vec![write(
                "woman.name",
                json!({"last": format!("Name {round}")}),
            )],
            1 => vec![answer("a", &round.to_string()), answer("b", "words")],
            2 => vec![write("answers.a", Value::Null)],
            _ => vec![write("hearing.court", json!(format!("Court {round}")))],
        };
        let saving = ann.save_into(&opened, &writes, opened.revision, later(round));
        let (save, after) = saving.await.unwrap();
        let after = after.unwrap();
        let revision = opened.revision + i64::try_from(writes.len()).unwrap();
        assert_eq!(save, Save::Saved { revision }, "round {round}");
        assert_eq!(after, open(ann, report).await, "round {round}");
        let elsewhere = bed.another_process().await;
        let there = open(elsewhere.as_author(ann.account()), report).await;
        assert_eq!(after, there, "round {round}");
        opened = after;
    }
    let found = ann.find_by_name("68").await.unwrap();
    assert_eq!(found.len(), 1, "a new name is found");
}

async fn a_report_that_moved_on_since_it_was_opened_is_judged_anew(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    let opened = open(ann, report).await;
    let elsewhere = bed.another_process().await;
    let there = elsewhere.as_author(ann.account());
    there
        .save(report, &[answer("a", "theirs")], 0, later(1))
        .await
        .unwrap();

    let same = ann
        .save_into(&opened, &[answer("a", "hers")], 0, later(2))
        .await;
    assert!(matches!(same.unwrap(), (Save::Stale(stale), None) if stale.revision == 1));
    assert_eq!(open(ann, report).await.revision, 1);

    let other = ann
        .save_into(&opened, &[answer("b", "hers")], 0, later(2))
        .await;
    let (outcome, after) = other.unwrap();
    assert_eq!(outcome, Save::Saved { revision: 2 });
    assert_eq!(after.unwrap().case.answers.len(), 2, "theirs is there too");
}

async fn a_save_that_changes_nothing_leaves_the_log_as_it_is(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[answer("a", "words")]).await;
    let opened = open(ann, report).await;

    for writes in [
        [answer("a", "words")],
        [write("answers.b", Value::Null)],
        [write("week.monday.morning", Value::Null)],
    ] {
        let (save, after) = ann.save_into(&opened, &writes, 1, later(1)).await.unwrap();
        assert_eq!((save, after), (Save::Saved { revision: 1 }, None));
        assert_eq!(open(ann, report).await, opened);
    }
    let (save, after) = ann
        .save_into(&opened, &[answer("c", "more")], 1, later(2))
        .await
        .unwrap();
    assert_eq!(save, Save::Saved { revision: 2 });
    let elsewhere = bed.another_process().await;
    let there = open(elsewhere.as_author(ann.account()), report).await;
    assert_eq!(after.unwrap(), there, "nothing empty was left behind");
}

async fn what_somebody_else_opened_is_not_saved_into(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ben = bed.account("ben@example.org").await;
    let (ann, ben) = (bed.store.as_author(ann.id), bed.store.as_author(ben.id));
    let report = start(ann, &[answer("a", "hers")]).await;
    let opened = open(ann, report).await;

    let refused = ben
        .save_into(&opened, &[answer("a", "his")], 1, later(1))
        .await;

    assert!(matches!(refused, Err(SaveError::NoSuchReport)));
    assert_eq!(open(ann, report).await, opened);
}

async fn a_report_signed_since_it_was_opened_takes_in_nothing(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[answer("a", "words")]).await;
    let opened = open(ann, report).await;
    ann.sign_report(report, 1, &signed_text(), later(1))
        .await
        .unwrap();

    let (save, after) = ann
        .save_into(&opened, &[answer("a", "late")], 1, later(2))
        .await
        .unwrap();

    assert!(matches!(save, Save::Signed(_)) && after.is_none());
    assert_eq!(open(ann, report).await.case, opened.case);
}

async fn two_processes_with_one_report_open_never_write_over_each_other(bed: Bed) {
    const ROUNDS: usize = 20;
    let ann = bed.account("ann@example.org").await.id;
    let report = start(bed.store.as_author(ann), &[]).await;
    let mut running = tokio::task::JoinSet::new();
    for process in 0..2 {
        let store = bed.another_process().await;
        running.spawn(async move {
            let author = store.as_author(ann);
            for round in 0..ROUNDS {
                let opened = open(author, report).await;
                let writes = [answer(&format!("p{process}-{round}"), "words")];
                let saving = author.save_into(&opened, &writes, opened.revision, later(1));
                let (save, after) = saving.await.unwrap();
                let Save::Saved { revision } = save else {
                    panic!("not saved: {save:?}");
                };
                assert_eq!(after.map(|after| after.revision), Some(revision));
            }
        });
    }
    running.join_all().await;

    let ann = bed.store.as_author(ann);
    let loaded = open(ann, report).await;
    assert_eq!(loaded.case.answers.len(), 2 * ROUNDS);
    let log: Vec<Write> = ann
        .history(report)
        .await
        .unwrap()
        .unwrap()
        .into_iter()
        .map(|row| write(&row.place, row.value))
        .collect();
    assert_eq!(revision::fold(&log).unwrap(), *loaded.case);
    assert_eq!(log.len(), 2 * ROUNDS);
}
