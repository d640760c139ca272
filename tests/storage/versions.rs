//! The versions that one place of a report has had.

use serde_json::{Value, json};

use super::{
    bed::{Bed, save, start, write},
    on_both_engines,
};

on_both_engines!(
    every_version_of_a_place_is_there_with_who_wrote_it_and_when,
    restoring_a_version_is_a_version_and_the_exact_text,
    nobody_elses_versions_are_read,
);

fn edit(text: &str) -> Value {
    json!({"text": text, "based_on": "Drafted."})
}

async fn every_version_of_a_place_is_there_with_who_wrote_it_and_when(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[write("edits.offence", edit("One."))]).await;
    let mut seen = 1;
    for (place, value) in [
        ("edits.pattern", edit("Another section.")),
        ("edits.offence", edit("Two.")),
        ("answers.alcohol", json!({"value": "She drinks."})),
        ("edits.offence", Value::Null),
        ("edits.offence", edit("Three, after a restart.")),
    ] {
        seen = save(ann, report, write(place, value), seen).await;
    }

    let versions = ann
        .versions(report, "edits.offence")
        .await
        .unwrap()
        .unwrap();

    let values: Vec<&Value> = versions.iter().map(|v| &v.value).collect();
    let expected = [
        edit("One."),
        edit("Two."),
        Value::Null,
        edit("Three, after a restart."),
    ];
    assert_eq!(values, expected.iter().collect::<Vec<_>>());
    let numbers: Vec<i64> = versions.iter().map(|v| v.revision).collect();
    assert_eq!(numbers, [1, 3, 5, 6]);
    assert!(
        versions
            .iter()
            .all(|v| v.by == "ann" && v.place == "edits.offence")
    );
    assert_eq!(
        ann.versions(report, "edits.safety").await.unwrap(),
        Some(Vec::new())
    );
}

async fn restoring_a_version_is_a_version_and_the_exact_text(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let text = "Zoë said:\n\n- “one”\n- two\\\n  and **more**";
    let report = start(ann, &[write("edits.offence", edit(text))]).await;
    let seen = save(ann, report, write("edits.offence", edit("Worse.")), 1).await;
    let before = ann
        .versions(report, "edits.offence")
        .await
        .unwrap()
        .unwrap();

    let again = write("edits.offence", before[0].value.clone());
    save(ann, report, again, seen).await;

    let versions = ann
        .versions(report, "edits.offence")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(versions.len(), 3);
    assert_eq!(versions[2].value, before[0].value);
    let loaded = ann.load(report).await.unwrap().unwrap();
    assert_eq!(loaded.case.edits["offence"].text, text);
}

async fn nobody_elses_versions_are_read(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let bea = bed.account("bea@example.org").await;
    let report = start(
        bed.store.as_author(ann.id),
        &[write("edits.offence", edit("One."))],
    )
    .await;
    let hers = bed
        .store
        .as_author(bea.id)
        .versions(report, "edits.offence")
        .await;
    assert_eq!(hers.unwrap(), None);
}
