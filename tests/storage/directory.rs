//! Records of the directory kept in the database: changing them, and their history.

use foreword::{
    directory::{Record, facts::Location},
    store::{Changed, RecordAct},
};

use super::{
    bed::{Bed, later, now},
    on_both_engines,
};

on_both_engines!(
    a_change_is_kept_with_its_history_and_moves_the_version_on,
    a_change_by_one_who_did_not_see_the_last_is_shown_and_not_made,
    a_place_that_must_not_be_known_is_not_in_the_database_as_text,
);

fn centre(name: &str) -> Record {
    Record {
        id: "1d0f5f0e-8f5b-4f0e-9d5e-3a2c7b1f9e11".into(),
        name: name.into(),
        organisation: "Us & Co".into(),
        ..Record::default()
    }
}

async fn a_change_is_kept_with_its_history_and_moves_the_version_on(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let before = bed.store.directory_version().await.unwrap();
    let added = centre("The Centre");
    let kept = bed
        .store
        .change_record(&added, 0, RecordAct::Added, ann.id, now());
    assert_eq!(kept.await.unwrap(), Changed::Kept { revision: 1 });
    let renamed = centre("The New Centre");
    let kept = bed
        .store
        .change_record(&renamed, 1, RecordAct::Changed, ann.id, later(5));
    assert_eq!(kept.await.unwrap(), Changed::Kept { revision: 2 });

    assert_eq!(bed.store.directory_version().await.unwrap(), before + 2);
    let all = bed.store.directory_records().await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].revision, &all[0].record), (2, &renamed));
    let history = bed.store.record_history(&added.id).await.unwrap();
    assert_eq!(history[0].act, RecordAct::Changed);
    assert_eq!(history[1].record, added);
    assert_eq!(history[1].by, Some(ann.id));
}

async fn a_change_by_one_who_did_not_see_the_last_is_shown_and_not_made(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let change = async |name: &str, seen: i64| {
        let record = centre(name);
        let done = bed
            .store
            .change_record(&record, seen, RecordAct::Changed, ann.id, now());
        done.await.unwrap()
    };
    change("The Centre", 0).await;
    let version = bed.store.directory_version().await.unwrap();
    let Changed::Stale(theirs) = change("Mine", 0).await else {
        panic!("a stale change was made");
    };
    assert_eq!(
        (theirs.revision, theirs.record.name.as_str()),
        (1, "The Centre")
    );
    assert_eq!(bed.store.directory_version().await.unwrap(), version);
    assert_eq!(
        bed.store
            .record_history(&theirs.record.id)
            .await
            .unwrap()
            .len(),
        1
    );
}

async fn a_place_that_must_not_be_known_is_not_in_the_database_as_text(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let mut refuge = centre("A refuge");
    refuge.facts.locations = vec![Location {
        address: "7 Hidden Street".into(),
        internal: true,
        ..Location::default()
    }];
    let kept = bed
        .store
        .change_record(&refuge, 0, RecordAct::Added, ann.id, now());
    kept.await.unwrap();
    assert_eq!(bed.count("directory_record WHERE record IS NULL").await, 1);
    assert_eq!(bed.count("directory_change WHERE record IS NULL").await, 1);
    let read = bed
        .store
        .directory_record(&refuge.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(read.record, refuge);
}
