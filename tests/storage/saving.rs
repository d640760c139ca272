//! Saving: nothing acknowledged is lost, nothing unseen is overwritten.

use foreword::{
    case::revision,
    store::{Save, SaveError, Stale},
};
use serde_json::{Value, json};

use super::{
    bed::{Bed, later, save, start, write},
    on_both_engines,
};

on_both_engines!(
    a_save_over_a_change_not_seen_is_stale_and_writes_nothing,
    a_change_elsewhere_does_not_make_a_save_stale,
    several_writes_are_saved_together_or_not_at_all,
    sending_a_save_again_is_answered_as_saved,
    a_report_reads_the_same_from_memory_and_from_its_log_at_every_revision,
    a_write_that_is_no_case_file_is_refused_with_its_path,
    two_processes_saving_at_once_lose_nothing_and_never_fail,
    of_two_saves_to_one_place_at_once_one_is_told_of_the_other,
);

fn text(words: &str) -> Value {
    json!({ "value": words })
}

async fn a_save_over_a_change_not_seen_is_stale_and_writes_nothing(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[write("woman.name", json!({"first": "Angela"}))]).await;
    let latest = save(
        ann,
        report,
        write("woman.name", json!({"last": "Example"})),
        1,
    )
    .await;
    assert_eq!(latest, 2);

    // The same place, one that holds it, and one inside it.
    let cases = [
        (
            "woman.name",
            json!({"first": "Ang"}),
            json!({"first": "Angela", "last": "Example"}),
        ),
        (
            "woman",
            json!({"crn": "X1"}),
            json!({"name": {"first": "Angela", "last": "Example"}}),
        ),
        ("woman.name.last", json!("Other"), json!("Example")),
    ];
    for (place, value, current) in cases {
        let answer = ann
            .save(report, &[write(place, value)], 1, later(5))
            .await
            .unwrap();
        let expected = Stale {
            place: place.into(),
            revision: 2,
            current,
            by: "ann".into(),
            at: later(1),
        };
        assert_eq!(answer, Save::Stale(expected), "{place}");
    }

    let loaded = ann.load(report).await.unwrap().unwrap();
    assert_eq!((loaded.revision, loaded.updated_at), (2, later(1)));
    assert_eq!(bed.count("revision").await, 2);

    // Having seen it, she may write over it.
    assert_eq!(
        save(ann, report, write("woman.name.last", json!("Other")), 2).await,
        3
    );
}

async fn a_change_elsewhere_does_not_make_a_save_stale(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    save(ann, report, write("answers.alcohol", text("one")), 0).await;
    save(ann, report, write("hearing", json!({"court": "Derby"})), 0).await;

    // A name that merely begins the same is another place.
    let revision = save(
        ann,
        report,
        write("answers.alcohol-history", text("two")),
        0,
    )
    .await;

    assert_eq!(revision, 3);
    let case = ann.load(report).await.unwrap().unwrap().case;
    assert_eq!(case.answers.len(), 2);
    assert_eq!(case.hearing.court, "Derby");
}

async fn several_writes_are_saved_together_or_not_at_all(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    let both = [write("answers.a", text("1")), write("answers.b", text("2"))];
    let saved = ann.save(report, &both, 0, later(1)).await.unwrap();
    assert_eq!(saved, Save::Saved { revision: 2 });

    let one_stale = [write("answers.c", text("3")), write("answers.b", text("x"))];
    let answer = ann.save(report, &one_stale, 1, later(2)).await.unwrap();

    let Save::Stale(stale) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!((stale.place.as_str(), stale.revision), ("answers.b", 2));
    let case = ann.load(report).await.unwrap().unwrap().case;
    assert_eq!(case.answers.keys().collect::<Vec<_>>(), ["a", "b"]);
}

async fn sending_a_save_again_is_answered_as_saved(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    let words = write("answers.alcohol", text("She drinks to sleep."));
    assert_eq!(save(ann, report, words.clone(), 0).await, 1);

    // The first answer was lost on the way: she still believes in revision 0.
    assert_eq!(save(ann, report, words, 0).await, 1);
    assert_eq!(bed.count("revision").await, 1);
}

async fn a_write_that_is_no_case_file_is_refused_with_its_path(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[write("offences", json!([{"title": "Theft"}]))]).await;
    let before = ann.load(report).await.unwrap();

    let bad = [
        ("hearing.date", json!("soon"), "hearing.date"),
        ("colour", json!("blue"), "colour"),
        ("offences.0", json!("gone"), "offences"),
        ("foreword_case", json!(99), "foreword_case"),
        ("", json!("nowhere"), ""),
    ];
    for (place, value, path) in bad {
        let refused = ann.save(report, &[write(place, value)], 1, later(1)).await;
        let Err(SaveError::Unfit(fault)) = refused else {
            panic!("{place}: {refused:?}");
        };
        assert!(fault.path.starts_with(path), "{place}: {fault}");
    }
    assert_eq!(ann.load(report).await.unwrap(), before);
}

async fn a_report_reads_the_same_from_memory_and_from_its_log_at_every_revision(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[write("woman.name", json!({"first": "Angela"}))]).await;
    let mut seen = 1;
    // Past several kept heads, several writes at a time, in every kind of place.
    for round in 0..60_u32 {
        let place = format!("answers.p{}", round % 7);
        let writes = match round % 5 {
            0 => vec![
                write(&place, Value::Null),
                write("woman", json!({"crn": null})),
            ],
            1 => vec![write(&place, json!({"state": "prefers-not-to-say"}))],
            2 => vec![write("answers", json!({"whole": text("group")}))],
            3 => vec![write("hearing.court", json!(format!("Court {round}")))],
            _ => vec![
                write(&place, text(&round.to_string())),
                write(&format!("{place}.visibility"), json!("record-only")),
                write("woman.crn", json!(format!("X{round}"))),
            ],
        };
        let Save::Saved { revision } = ann.save(report, &writes, seen, later(1)).await.unwrap()
        else {
            panic!("round {round}");
        };
        seen = revision;
        let here = ann.load(report).await.unwrap().unwrap();
        assert_eq!(here.revision, seen);
        if round % 8 == 7 {
            let elsewhere = bed.another_process().await;
            let there = elsewhere.as_author(ann.account()).load(report).await;
            assert_eq!(there.unwrap(), Some(here.clone()), "round {round}");
        }
        let history = ann.history(report).await.unwrap().unwrap();
        let log: Vec<_> = history
            .into_iter()
            .map(|row| write(&row.place, row.value))
            .collect();
        assert_eq!(revision::fold(&log).unwrap(), *here.case, "round {round}");
    }
    assert!(seen > 64, "{seen} revisions pass two kept heads");
}

async fn two_processes_saving_at_once_lose_nothing_and_never_fail(bed: Bed) {
    const EACH: usize = 15;
    let ann = bed.account("ann@example.org").await.id;
    let report = start(bed.store.as_author(ann), &[]).await;
    let processes = [bed.another_process().await, bed.another_process().await];

    let mut running = tokio::task::JoinSet::new();
    for (process, store) in processes.into_iter().enumerate() {
        for number in 0..EACH {
            let store = store.clone();
            running.spawn(async move {
                let place = format!("answers.p{process}-{number}");
                let words = [write(&place, text("words"))];
                store.as_author(ann).save(report, &words, 0, later(1)).await
            });
        }
    }
    let mut revisions: Vec<i64> = running
        .join_all()
        .await
        .into_iter()
        .map(|saved| match saved.unwrap() {
            Save::Saved { revision } => revision,
            other => panic!("not saved: {other:?}"),
        })
        .collect();

    revisions.sort_unstable();
    let all: i64 = i64::try_from(2 * EACH).unwrap();
    assert_eq!(revisions, (1..=all).collect::<Vec<_>>());
    let loaded = bed
        .store
        .as_author(ann)
        .load(report)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(loaded.case.answers.len(), 2 * EACH);
}

async fn of_two_saves_to_one_place_at_once_one_is_told_of_the_other(bed: Bed) {
    let ann = bed.account("ann@example.org").await.id;
    let report = start(bed.store.as_author(ann), &[]).await;
    let other = bed.another_process().await;
    let (here, there) = (
        [write("answers.alcohol", text("typed here"))],
        [write("answers.alcohol", text("typed there"))],
    );
    let (here, there) = tokio::join!(
        bed.store.as_author(ann).save(report, &here, 0, later(1)),
        other.as_author(ann).save(report, &there, 0, later(1)),
    );
    let answers = [here.unwrap(), there.unwrap()];

    let saved = answers
        .iter()
        .filter(|a| matches!(a, Save::Saved { .. }))
        .count();
    assert_eq!(saved, 1, "{answers:?}");
    assert_eq!(bed.count("revision").await, 1);
}
