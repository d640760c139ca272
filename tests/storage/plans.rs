//! A woman's plan: every version kept and sealed, for the report's author alone.

use foreword::{
    consultancy::plan::{Plan, Worker},
    store::{PlanSave, SaveError},
};

use crate::harness::signed_text;

use super::{
    bed::{Bed, later, start},
    on_both_engines,
};

on_both_engines!(
    versions_are_appended_and_the_last_is_the_plan,
    a_save_that_saw_an_older_version_is_given_the_newer_one,
    a_plan_is_sealed_and_its_authors_alone_and_goes_on_after_signing,
    two_saves_at_once_are_one_version_and_one_that_is_told,
);

fn plan(wants: &str) -> Plan {
    Plan {
        purpose: "bail".into(),
        wants: wants.into(),
        workers: vec![Worker {
            name: "Priya".into(),
            ..Worker::default()
        }],
        ..Plan::default()
    }
}

async fn versions_are_appended_and_the_last_is_the_plan(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let hers = bed.store.as_author(ann.id);
    let report = start(hers, &[]).await;
    assert_eq!(hers.plan(report).await.unwrap(), None);
    for (seen, wants) in [(0, "a quiet home"), (1, "work")] {
        let saved = hers
            .save_plan(report, seen, &plan(wants), later(seen + 1))
            .await;
        assert_eq!(saved.unwrap(), PlanSave::Kept(seen + 1));
    }
    let kept = hers.plan(report).await.unwrap().unwrap();
    assert_eq!((kept.version.number, kept.version.by.as_str()), (2, "ann"));
    assert_eq!((kept.version.at, kept.plan), (later(2), plan("work")));
    let all = hers.plan_versions(report).await.unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|k| (k.version.number, k.plan.wants.as_str()))
        .collect();
    assert_eq!(told, [(2, "work"), (1, "a quiet home")]);
}

async fn a_save_that_saw_an_older_version_is_given_the_newer_one(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let hers = bed.store.as_author(ann.id);
    let report = start(hers, &[]).await;
    hers.save_plan(report, 0, &plan("first"), later(1))
        .await
        .unwrap();
    hers.save_plan(report, 1, &plan("second"), later(2))
        .await
        .unwrap();
    let late = hers
        .save_plan(report, 1, &plan("late"), later(3))
        .await
        .unwrap();
    let PlanSave::Stale(now) = late else {
        panic!("{late:?}")
    };
    assert_eq!((now.version.number, now.plan), (2, plan("second")));
    assert_eq!(hers.plan_versions(report).await.unwrap().len(), 2);
}

async fn a_plan_is_sealed_and_its_authors_alone_and_goes_on_after_signing(bed: Bed) {
    let (ann, bea) = (
        bed.account("ann@example.org").await,
        bed.account("bea@example.org").await,
    );
    let (hers, not_hers) = (bed.store.as_author(ann.id), bed.store.as_author(bea.id));
    let report = start(hers, &[]).await;
    hers.sign_report(report, 0, &signed_text(), later(1))
        .await
        .unwrap();
    hers.save_plan(report, 0, &plan("a quiet home"), later(2))
        .await
        .unwrap();
    assert_eq!(not_hers.plan(report).await.unwrap(), None);
    assert_eq!(not_hers.plan_versions(report).await.unwrap(), []);
    let refused = not_hers.save_plan(report, 1, &plan("mine"), later(3)).await;
    assert!(
        matches!(refused, Err(SaveError::NoSuchReport)),
        "{refused:?}"
    );
    let loot = bed.stolen().await;
    for secret in [b"a quiet home".as_slice(), b"Priya"] {
        assert!(!loot.windows(secret.len()).any(|part| part == secret));
    }
    let trail = format!("audit WHERE action = 'plan-saved' AND report_id = '{report}'");
    assert_eq!(bed.count(&trail).await, 1);
}

async fn two_saves_at_once_are_one_version_and_one_that_is_told(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let hers = bed.store.as_author(ann.id);
    let report = start(hers, &[]).await;
    let (one, other) = (plan("one"), plan("other"));
    let (a, b) = tokio::join!(
        hers.save_plan(report, 0, &one, later(1)),
        hers.save_plan(report, 0, &other, later(1)),
    );
    let kept = [a.unwrap(), b.unwrap()]
        .into_iter()
        .filter(|saved| *saved == PlanSave::Kept(1))
        .count();
    assert_eq!(kept, 1);
    assert_eq!(hers.plan_versions(report).await.unwrap().len(), 1);
}
