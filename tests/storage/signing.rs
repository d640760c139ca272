//! A signed report takes in nothing more, and what comes late is not lost.

use foreword::store::{Save, SaveError, SignedMark, Signing, Unsent};
use serde_json::json;

use crate::harness::signed_text;

use super::{
    bed::{Bed, later, save, start, write},
    on_both_engines,
};

on_both_engines!(
    a_signed_report_says_who_signed_it_and_when,
    what_was_signed_comes_back_to_the_byte_and_to_its_author_only,
    a_save_after_signing_is_refused_with_the_signature_and_writes_nothing,
    a_save_sent_again_after_signing_is_answered_as_saved,
    late_text_is_kept_though_the_report_is_signed,
    what_was_not_seen_is_not_signed,
    a_second_signature_leaves_the_first,
    only_its_author_signs_a_report,
    of_a_save_and_a_signature_at_once_one_is_told_of_the_other,
);

fn mark(minutes: i64) -> SignedMark {
    SignedMark {
        at: later(minutes),
        by: "ann".into(),
    }
}

async fn a_signed_report_says_who_signed_it_and_when(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let (report, other) = (start(ann, &[]).await, start(ann, &[]).await);
    assert_eq!(ann.load(report).await.unwrap().unwrap().signed, None);

    let signed = ann
        .sign_report(report, 0, &signed_text(), later(3))
        .await
        .unwrap();

    assert_eq!(signed, Signing::Signed(mark(3)));
    let loaded = ann.load(report).await.unwrap().unwrap();
    assert_eq!(loaded.signed, Some(mark(3)));
    assert_eq!(ann.load(other).await.unwrap().unwrap().signed, None);
    let audited = format!("audit WHERE action = 'report-signed' AND report_id = '{report}'");
    assert_eq!(bed.count(&audited).await, 1);
}

async fn what_was_signed_comes_back_to_the_byte_and_to_its_author_only(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let bea = bed.account("bea@example.org").await;
    let report = start(bed.store.as_author(ann.id), &[]).await;
    let text = signed_text();
    let ann = bed.store.as_author(ann.id);
    assert_eq!(ann.signed_document(report).await.unwrap(), None);
    ann.sign_report(report, 0, &text, later(3)).await.unwrap();
    assert_eq!(
        ann.signed_document(report).await.unwrap(),
        Some(text.clone())
    );
    let hers = bed.store.as_author(bea.id).signed_document(report);
    assert_eq!(hers.await.unwrap(), None);

    let found = bed.store.signature_on(&text.docx).await.unwrap().unwrap();
    assert_eq!(
        (found.report, found.mark, found.same),
        (report, mark(3), true)
    );
    assert_eq!(bed.store.signature_on(b"another").await.unwrap(), None);
    let plain = "signed_document WHERE CAST(content AS TEXT) LIKE '%pre-sentence%'";
    assert_eq!(bed.count(plain).await, 0);
}

async fn a_save_after_signing_is_refused_with_the_signature_and_writes_nothing(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[write("woman.name", json!({"first": "Angela"}))]).await;
    ann.sign_report(report, 1, &signed_text(), later(3))
        .await
        .unwrap();
    let before = ann.load(report).await.unwrap();

    // Seen or not, in an old place or a new one.
    for (place, seen) in [
        ("woman.name.first", 1),
        ("woman.name.first", 0),
        ("answers.a", 1),
    ] {
        let late = [write(place, json!("late"))];
        let answer = ann.save(report, &late, seen, later(4)).await.unwrap();
        assert_eq!(answer, Save::Signed(mark(3)), "{place} {seen}");
    }

    assert_eq!(ann.load(report).await.unwrap(), before);
    assert_eq!(bed.count("revision").await, 1);
}

async fn a_save_sent_again_after_signing_is_answered_as_saved(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    let words = write("answers.alcohol", json!({"value": "She drinks to sleep."}));
    assert_eq!(save(ann, report, words.clone(), 0).await, 1);
    ann.sign_report(report, 1, &signed_text(), later(3))
        .await
        .unwrap();

    assert_eq!(save(ann, report, words, 0).await, 1);
}

async fn late_text_is_kept_though_the_report_is_signed(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    ann.sign_report(report, 0, &signed_text(), later(3))
        .await
        .unwrap();
    let late = Unsent {
        page: "prompts/alcohol".into(),
        form: vec![("value".into(), "late".into())],
        seen: 0,
        at: later(4),
    };

    ann.keep_unsent(report, &late).await.unwrap();

    assert_eq!(ann.unsent_in(report).await.unwrap(), [late]);
}

async fn what_was_not_seen_is_not_signed(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[write("format", json!("oral"))]).await;
    save(ann, report, write("format", json!("standard")), 1).await;

    for unseen in [1, 0, 3] {
        let answer = ann
            .sign_report(report, unseen, &signed_text(), later(3))
            .await
            .unwrap();
        assert_eq!(answer, Signing::Stale { revision: 2 });
    }

    assert_eq!(ann.load(report).await.unwrap().unwrap().signed, None);
    assert_eq!(bed.count("audit WHERE action = 'report-signed'").await, 0);
    let saved = save(ann, report, write("format", json!("short")), 2).await;
    assert_eq!(saved, 3, "it is still open");
}

async fn a_second_signature_leaves_the_first(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    ann.sign_report(report, 0, &signed_text(), later(3))
        .await
        .unwrap();

    let again = ann
        .sign_report(report, 0, &signed_text(), later(8))
        .await
        .unwrap();

    assert_eq!(again, Signing::Already(mark(3)));
    assert_eq!(bed.count("audit WHERE action = 'report-signed'").await, 1);
}

async fn only_its_author_signs_a_report(bed: Bed) {
    let (ann, bea) = (
        bed.account("ann@example.org").await,
        bed.account("bea@example.org").await,
    );
    let report = start(bed.store.as_author(ann.id), &[]).await;

    let refused = bed
        .store
        .as_author(bea.id)
        .sign_report(report, 0, &signed_text(), later(3))
        .await;

    assert!(
        matches!(refused, Err(SaveError::NoSuchReport)),
        "{refused:?}"
    );
    let loaded = bed.store.as_author(ann.id).load(report).await.unwrap();
    assert_eq!(loaded.unwrap().signed, None);
}

async fn of_a_save_and_a_signature_at_once_one_is_told_of_the_other(bed: Bed) {
    let ann = bed.account("ann@example.org").await.id;
    let (here, there) = (bed.store.clone(), bed.another_process().await);
    for round in 0..10 {
        let report = start(here.as_author(ann), &[]).await;
        let late = [write("answers.alcohol", json!({"value": "late"}))];
        let text = signed_text();
        let (saved, signed) = tokio::join!(
            here.as_author(ann).save(report, &late, 0, later(1)),
            there.as_author(ann).sign_report(report, 0, &text, later(1)),
        );
        let loaded = here.as_author(ann).load(report).await.unwrap().unwrap();
        match (saved.unwrap(), signed.unwrap()) {
            (Save::Saved { revision: 1 }, Signing::Stale { revision: 1 }) => {
                assert_eq!((loaded.revision, loaded.signed), (1, None), "{round}");
            }
            (Save::Signed(_), Signing::Signed(mark)) => {
                assert_eq!((loaded.revision, loaded.signed), (0, Some(mark)), "{round}");
            }
            other => panic!("round {round}: {other:?}"),
        }
    }
}
