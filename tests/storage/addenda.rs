//! What is added to a signed report: kept to the byte, in order, for its author alone.

use foreword::store::{Added, SaveError, StoreError};

use crate::harness::{addendum, signed_text};

use super::{
    bed::{Bed, later, start},
    on_both_engines,
};

on_both_engines!(
    an_addendum_comes_back_to_the_byte_to_its_author_only_and_is_sealed,
    an_addendum_waits_for_the_signature_and_takes_the_next_number,
    an_addendum_moved_to_another_number_does_not_open,
);

async fn an_addendum_comes_back_to_the_byte_to_its_author_only_and_is_sealed(bed: Bed) {
    let (ann, bea) = (
        bed.account("ann@example.org").await,
        bed.account("bea@example.org").await,
    );
    let (hers, not_hers) = (bed.store.as_author(ann.id), bed.store.as_author(bea.id));
    let report = start(hers, &[]).await;
    hers.sign_report(report, 0, &signed_text(), later(1))
        .await
        .unwrap();
    let refused = not_hers
        .add_addendum(report, 1, &addendum(), later(2))
        .await;
    assert!(
        matches!(refused, Err(SaveError::NoSuchReport)),
        "{refused:?}"
    );
    let added = hers
        .add_addendum(report, 1, &addendum(), later(3))
        .await
        .unwrap();
    assert_eq!(added, Added::Done);
    let all = hers.addenda(report).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].number, all[0].at, all[0].by.as_str()),
        (1, later(3), "ann")
    );
    assert_eq!(all[0].addendum, addendum());
    assert_eq!(not_hers.addenda(report).await.unwrap(), []);

    let found = bed
        .store
        .signature_on(&addendum().docx)
        .await
        .unwrap()
        .unwrap();
    let of = found.addendum.unwrap();
    assert_eq!((found.report, found.same, of.number), (report, true, 1));
    assert_eq!((of.report.at, found.mark.at), (later(1), later(3)));
    let report_itself = bed.store.signature_on(&signed_text().docx).await.unwrap();
    assert_eq!(report_itself.unwrap().addendum, None);

    let loot = bed.stolen().await;
    let secret = b"police replied";
    assert!(!loot.windows(secret.len()).any(|part| part == secret));
    let trail = format!("audit WHERE action = 'addendum-signed' AND report_id = '{report}'");
    assert_eq!(bed.count(&trail).await, 1);
}

async fn an_addendum_waits_for_the_signature_and_takes_the_next_number(bed: Bed) {
    let hers = bed.account("ann@example.org").await;
    let hers = bed.store.as_author(hers.id);
    let report = start(hers, &[]).await;
    let add = async |number| {
        let addendum = addendum();
        let added = hers.add_addendum(report, number, &addendum, later(2));
        added.await.unwrap()
    };
    assert_eq!(add(1).await, Added::NotSigned);
    hers.sign_report(report, 0, &signed_text(), later(1))
        .await
        .unwrap();
    assert_eq!(add(2).await, Added::Stale { next: 1 });
    assert_eq!(add(1).await, Added::Done);
    assert_eq!(add(1).await, Added::Stale { next: 2 });
    assert_eq!(add(2).await, Added::Done);
    assert_eq!(bed.count("addendum").await, 2);
}

async fn an_addendum_moved_to_another_number_does_not_open(bed: Bed) {
    let hers = bed.account("ann@example.org").await;
    let hers = bed.store.as_author(hers.id);
    let report = start(hers, &[]).await;
    hers.sign_report(report, 0, &signed_text(), later(1))
        .await
        .unwrap();
    hers.add_addendum(report, 1, &addendum(), later(2))
        .await
        .unwrap();
    bed.tamper("UPDATE addendum SET number = 7").await;
    let opened = hers.addenda(report).await;
    assert!(
        matches!(opened, Err(StoreError::Unreadable { .. })),
        "{opened:?}"
    );
}
