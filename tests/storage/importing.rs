//! A run of an import: taken over whole, or as if it had never been.

use foreword::{
    directory::{Record, facts::Location, open_referral::reading::Incoming},
    store::{Changed, RecordAct},
};

use super::{
    bed::{Bed, later, now},
    on_both_engines,
};

on_both_engines!(
    a_run_is_taken_over_in_one_step_with_its_history,
    a_run_that_is_stopped_is_seen_by_nobody_and_cleared_by_the_next,
    a_run_that_was_cleared_while_it_slept_takes_nothing_over,
    a_record_that_somebody_changed_meanwhile_stays_as_it_is,
    a_record_is_weighed_with_who_changed_it_last,
    a_hidden_place_is_put_aside_sealed,
    all_records_are_gone_through_a_few_at_a_time,
);

const FEED: &str = "https://feed.example/services";

fn record(number: u32, name: &str) -> Record {
    Record {
        id: format!("1d0f5f0e-8f5b-4f0e-9d5e-{number:012}"),
        name: name.into(),
        organisation: "Us & Co".into(),
        ..Record::default()
    }
}

fn incoming(number: u32, name: &str, seen: i64) -> Incoming {
    let record = record(number, name);
    Incoming { record, seen }
}

/// Imports these, all of which are new.
async fn import(bed: &Bed, count: u32, name: &str, seen: i64) {
    let mut run = bed.store.begin_import(FEED, now()).await.unwrap();
    for number in 0..count {
        run.put_aside(incoming(number, name, seen), now())
            .await
            .unwrap();
    }
    let taken = run.take_over(now()).await.unwrap();
    assert_eq!(taken.kept, u64::from(count));
    assert!(taken.changed_meanwhile.is_empty());
}

async fn a_run_is_taken_over_in_one_step_with_its_history(bed: Bed) {
    let before = bed.store.directory_version().await.unwrap();
    import(&bed, 600, "As it came", 0).await;
    assert_eq!(bed.store.directory_version().await.unwrap(), before + 1);
    import(&bed, 600, "As it came again", 1).await;
    assert_eq!(bed.store.directory_version().await.unwrap(), before + 2);

    let all = bed.store.directory_records().await.unwrap();
    assert_eq!(all.len(), 600);
    assert_eq!(
        (all[599].revision, all[599].record.name.as_str()),
        (2, "As it came again")
    );
    let history = bed.store.record_history(&all[0].record.id).await.unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!((history[0].act, history[0].by), (RecordAct::Imported, None));
    assert_eq!(history[1].record.name, "As it came");
    assert_eq!(bed.count("directory_incoming").await, 0);
    assert_eq!(bed.count("directory_run").await, 0);
    assert_eq!(
        bed.count(&format!("directory_record WHERE feed = '{FEED}'"))
            .await,
        600
    );
}

async fn a_run_that_is_stopped_is_seen_by_nobody_and_cleared_by_the_next(bed: Bed) {
    let before = bed.store.directory_version().await.unwrap();
    let mut run = bed.store.begin_import(FEED, now()).await.unwrap();
    for number in 0..600 {
        run.put_aside(incoming(number, "Half", 0), now())
            .await
            .unwrap();
    }
    drop(run); // as if the program had been killed
    assert!(bed.count("directory_incoming").await > 0);
    assert_eq!(bed.store.directory_records().await.unwrap(), []);
    assert_eq!(bed.store.directory_version().await.unwrap(), before);

    // Another that begins a minute later may run beside it; one much later clears it.
    let beside = bed.store.begin_import(FEED, later(1)).await.unwrap();
    assert!(bed.count("directory_incoming").await > 0);
    beside.give_up().await.unwrap();
    let next = bed.store.begin_import(FEED, later(6)).await.unwrap();
    assert_eq!(bed.count("directory_incoming").await, 0);
    next.give_up().await.unwrap();
    assert_eq!(bed.count("directory_run").await, 0);
    assert_eq!(bed.store.directory_version().await.unwrap(), before);
}

async fn a_run_that_was_cleared_while_it_slept_takes_nothing_over(bed: Bed) {
    let before = bed.store.directory_version().await.unwrap();
    let mut slept = bed.store.begin_import(FEED, now()).await.unwrap();
    for number in 0..300 {
        slept
            .put_aside(incoming(number, "Late", 0), now())
            .await
            .unwrap();
    }
    let next = bed.store.begin_import(FEED, later(60)).await.unwrap();
    assert!(slept.take_over(later(61)).await.is_err());
    assert_eq!(bed.store.directory_records().await.unwrap(), []);
    assert_eq!(bed.store.directory_version().await.unwrap(), before);
    next.give_up().await.unwrap();
}

async fn a_record_that_somebody_changed_meanwhile_stays_as_it_is(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    import(&bed, 2, "As it came", 0).await;
    let mut run = bed.store.begin_import(FEED, later(1)).await.unwrap();
    for number in 0..2 {
        run.put_aside(incoming(number, "News", 1), later(1))
            .await
            .unwrap();
    }
    let hers = record(0, "Hers");
    let kept = bed
        .store
        .change_record(&hers, 1, RecordAct::Changed, ann.id, later(1));
    assert_eq!(kept.await.unwrap(), Changed::Kept { revision: 2 });
    let taken = run.take_over(later(2)).await.unwrap();
    assert_eq!(
        (taken.kept, taken.changed_meanwhile),
        (1, vec![hers.id.clone()])
    );
    let all = bed.store.directory_records().await.unwrap();
    assert_eq!(
        (all[0].record.name.as_str(), all[1].record.name.as_str()),
        ("Hers", "News")
    );
    assert_eq!(bed.store.record_history(&hers.id).await.unwrap().len(), 2);
}

async fn a_record_is_weighed_with_who_changed_it_last(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    import(&bed, 1, "As it came", 0).await;
    let id = record(0, "").id;
    let weighed = bed.store.record_to_weigh(&id).await.unwrap().unwrap();
    assert_eq!((weighed.revision, weighed.edited), (1, false));
    let looked_at = weighed.record;
    let kept = bed
        .store
        .change_record(&looked_at, 1, RecordAct::StillRight, ann.id, later(1));
    kept.await.unwrap();
    assert!(
        bed.store
            .record_to_weigh(&id)
            .await
            .unwrap()
            .unwrap()
            .edited
    );
    assert_eq!(bed.store.record_to_weigh("none").await.unwrap(), None);
}

async fn a_hidden_place_is_put_aside_sealed(bed: Bed) {
    let mut refuge = incoming(0, "A refuge", 0);
    refuge.record.facts.locations = vec![Location {
        address: "7 Hidden Street".into(),
        internal: true,
        ..Location::default()
    }];
    let mut run = bed.store.begin_import(FEED, now()).await.unwrap();
    run.put_aside(refuge.clone(), now()).await.unwrap();
    for number in 1..260 {
        run.put_aside(incoming(number, "Other", 0), now())
            .await
            .unwrap();
    }
    assert_eq!(
        bed.count("directory_incoming WHERE sealed IS NOT NULL")
            .await,
        1
    );
    run.take_over(now()).await.unwrap();
    let all = bed.store.directory_records().await.unwrap();
    assert_eq!(all[0].record, refuge.record);
    let stolen = String::from_utf8_lossy(&bed.stolen().await).into_owned();
    assert!(!stolen.contains("Hidden Street"));
}

async fn all_records_are_gone_through_a_few_at_a_time(bed: Bed) {
    import(&bed, 7, "One", 0).await;
    let (mut last, mut seen) = (String::new(), 0);
    loop {
        let next = bed.store.directory_records_after(&last, 3).await.unwrap();
        let Some(end) = next.last() else { break };
        assert!(next.len() <= 3 && end.record.id > last);
        last.clone_from(&end.record.id);
        seen += next.len();
    }
    assert_eq!(seen, 7);
}
