//! A report checked by a second person: who may see it, for how long, and what she
//! approved.

use foreword::store::{
    Asked, Decided, Decision, Named, ReportId, RequestId, ReviewRequest, ReviewState, Role,
    SaveError, Signing,
};
use serde_json::json;

use crate::harness::signed_text;

use super::{
    bed::{Bed, later, now, person, save, start, write},
    on_both_engines,
};

on_both_engines!(
    whoever_was_asked_reads_that_report_until_it_is_taken_back,
    nobody_is_asked_to_check_her_own_nor_somebody_who_writes_no_reports,
    one_person_is_asked_at_a_time_and_the_latest_alone_may_read,
    an_approval_is_for_the_revision_that_was_read,
    what_is_said_is_sealed_said_once_and_marked_by_the_author_alone,
    a_signed_report_is_asked_of_nobody_and_read_by_nobody_else,
    an_author_is_meant_by_her_name_or_her_address,
);

async fn asked(
    bed: &Bed,
) -> (
    foreword::store::AccountId,
    foreword::store::AccountId,
    ReportId,
) {
    let ann = bed.account("ann@example.org").await.id;
    let bea = bed.account("bea@example.org").await.id;
    let first = [write("woman.name", json!({"first": "Angharad"}))];
    let report = start(bed.store.as_author(ann), &first).await;
    let asked = bed.store.as_author(ann);
    let asked = asked.ask_for_check(report, bea, "The risk, please.", later(1));
    assert!(matches!(asked.await.unwrap(), Asked::Now(_)));
    (ann, bea, report)
}

async fn only(bed: &Bed, ann: foreword::store::AccountId, report: ReportId) -> ReviewRequest {
    let requests = bed.store.as_author(ann).checks_of(report).await.unwrap();
    requests.into_iter().next_back().unwrap()
}

async fn whoever_was_asked_reads_that_report_until_it_is_taken_back(bed: Bed) {
    let (ann, bea, report) = asked(&bed).await;
    let cat = bed.account("cat@example.org").await.id;
    let other = start(bed.store.as_author(ann), &[]).await;
    let (hers, checks) = (bed.store.as_author(ann), bed.store.as_checker(bea));
    let (loaded, request) = checks.load(report).await.unwrap().unwrap();
    assert_eq!(loaded.case.woman.name.first, "Angharad");
    assert_eq!(
        (request.note.as_str(), request.asked_by.as_str()),
        ("The risk, please.", "ann")
    );
    assert_eq!(checks.load(other).await.unwrap(), None);
    assert_eq!(bed.store.as_checker(cat).load(report).await.unwrap(), None);
    assert_eq!(bed.store.as_author(bea).load(report).await.unwrap(), None);
    assert_eq!(
        bed.store.as_author(bea).checks_of(report).await.unwrap(),
        []
    );
    let list = checks.list().await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(
        (list[0].row.id, list[0].state),
        (report, ReviewState::Asked)
    );

    let stranger = bed
        .store
        .as_author(bea)
        .withdraw_check(report, request.id, later(2));
    assert!(!stranger.await.unwrap());
    assert!(
        hers.withdraw_check(report, request.id, later(2))
            .await
            .unwrap()
    );
    assert!(
        !hers
            .withdraw_check(report, request.id, later(3))
            .await
            .unwrap()
    );
    assert_eq!(checks.load(report).await.unwrap(), None);
    assert_eq!(checks.list().await.unwrap(), []);
    assert!(
        !checks
            .comment(report, &[("risk".into(), "late".into())], later(3))
            .await
            .unwrap()
    );
    let late = checks
        .decide(report, Decision::Approve, 1, later(3))
        .await
        .unwrap();
    assert_eq!(late, Decided::Ended);
    assert_eq!(bed.count("review_comment").await, 0);
    for action in ["check-asked", "check-withdrawn"] {
        let trail = format!("audit WHERE action = '{action}' AND report_id = '{report}'");
        assert_eq!(bed.count(&trail).await, 1, "{action}");
    }
}

async fn nobody_is_asked_to_check_her_own_nor_somebody_who_writes_no_reports(bed: Bed) {
    let ann = bed.account("ann@example.org").await.id;
    let bea = bed.account("bea@example.org").await.id;
    let kept = ["Us".to_owned()];
    let eve = bed
        .store
        .create_editor(person("eve@example.org", "Eve"), &kept, now());
    let eve = eve.await.unwrap();
    assert_eq!(eve.roles, Role::DirectoryEditor.into());
    let hers = bed.store.as_author(ann);
    let report = start(hers, &[]).await;
    let ask = async |who| hers.ask_for_check(report, who, "", later(1)).await.unwrap();
    assert_eq!(ask(ann).await, Asked::Herself);
    assert_eq!(ask(eve.id).await, Asked::Nobody);
    bed.store.set_disabled(bea, true, later(1)).await.unwrap();
    assert_eq!(ask(bea).await, Asked::Nobody);
    let not_hers = bed
        .store
        .as_author(bea)
        .ask_for_check(report, ann, "", later(1));
    assert!(matches!(not_hers.await, Err(SaveError::NoSuchReport)));
    assert_eq!(bed.count("review_request").await, 0);
}

async fn one_person_is_asked_at_a_time_and_the_latest_alone_may_read(bed: Bed) {
    let (ann, bea, report) = asked(&bed).await;
    let cat = bed.account("cat@example.org").await.id;
    let hers = bed.store.as_author(ann);
    let second = async |minutes| {
        let asked = hers.ask_for_check(report, cat, "", later(minutes));
        asked.await.unwrap()
    };
    assert_eq!(second(2).await, Asked::Already);
    let back = bed
        .store
        .as_checker(bea)
        .decide(report, Decision::Return, 1, later(3));
    assert_eq!(back.await.unwrap(), Decided::Done);
    assert!(
        bed.store
            .as_checker(bea)
            .load(report)
            .await
            .unwrap()
            .is_some()
    );
    assert!(matches!(second(4).await, Asked::Now(_)));
    assert_eq!(bed.store.as_checker(bea).load(report).await.unwrap(), None);
    assert_eq!(bed.store.as_checker(bea).list().await.unwrap(), []);
    assert!(
        bed.store
            .as_checker(cat)
            .load(report)
            .await
            .unwrap()
            .is_some()
    );
}

async fn an_approval_is_for_the_revision_that_was_read(bed: Bed) {
    let (ann, bea, report) = asked(&bed).await;
    let (hers, checks) = (bed.store.as_author(ann), bed.store.as_checker(bea));
    save(hers, report, write("format", json!("oral")), 1).await;
    let stale = checks
        .decide(report, Decision::Approve, 1, later(3))
        .await
        .unwrap();
    assert_eq!(stale, Decided::Stale);
    assert_eq!(only(&bed, ann, report).await.state, ReviewState::Asked);
    let done = checks
        .decide(report, Decision::Approve, 2, later(4))
        .await
        .unwrap();
    assert_eq!(done, Decided::Done);
    let request = only(&bed, ann, report).await;
    assert_eq!(request.state, ReviewState::Approved);
    assert_eq!(request.decided, Some((later(4), 2)));
    let twice = checks
        .decide(report, Decision::Return, 2, later(5))
        .await
        .unwrap();
    assert_eq!(twice, Decided::Ended);
    let trail = format!("audit WHERE action = 'check-approved' AND account_id = '{bea}'");
    assert_eq!(bed.count(&trail).await, 1);
}

async fn what_is_said_is_sealed_said_once_and_marked_by_the_author_alone(bed: Bed) {
    let (ann, bea, report) = asked(&bed).await;
    let said = [
        ("risk".to_owned(), "Strangulation is not named.".to_owned()),
        (String::new(), "Good.".to_owned()),
    ];
    let checks = bed.store.as_checker(bea);
    for minutes in [2, 3] {
        assert!(checks.comment(report, &said, later(minutes)).await.unwrap());
    }
    let comments = only(&bed, ann, report).await.comments;
    assert_eq!(comments.len(), 2);
    let risk = comments.iter().find(|c| c.section == "risk").unwrap();
    assert_eq!(
        (risk.text.as_str(), risk.at, risk.done),
        (said[0].1.as_str(), later(2), None)
    );
    let mark = async |who, done| {
        let author = bed.store.as_author(who);
        author
            .mark_comment(report, risk.id, done, later(4))
            .await
            .unwrap()
    };
    assert!(!mark(bea, true).await);
    assert!(mark(ann, true).await);
    let marked = only(&bed, ann, report).await.comments;
    assert_eq!(
        marked.iter().filter(|c| c.done == Some(later(4))).count(),
        1
    );
    assert!(mark(ann, false).await);

    let loot = bed.stolen().await.to_ascii_lowercase();
    for secret in ["strangulation", "the risk, please"] {
        let holds = loot
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(!holds, "{secret}");
    }
}

async fn a_signed_report_is_asked_of_nobody_and_read_by_nobody_else(bed: Bed) {
    let (ann, bea, report) = asked(&bed).await;
    let hers = bed.store.as_author(ann);
    let signed = hers.sign_report(report, 1, &signed_text(), later(3)).await;
    assert!(matches!(signed.unwrap(), Signing::Signed(_)));
    assert_eq!(bed.store.as_checker(bea).load(report).await.unwrap(), None);
    assert_eq!(bed.store.as_checker(bea).list().await.unwrap(), []);
    let late = bed
        .store
        .as_checker(bea)
        .decide(report, Decision::Approve, 1, later(4));
    assert_eq!(late.await.unwrap(), Decided::Ended);
    let asked = hers.ask_for_check(report, bea, "", later(5)).await.unwrap();
    assert!(matches!(asked, Asked::Signed(_)), "{asked:?}");
    let unknown = RequestId::new(now());
    assert!(
        !hers
            .withdraw_check(report, unknown, later(5))
            .await
            .unwrap()
    );
}

async fn an_author_is_meant_by_her_name_or_her_address(bed: Bed) {
    let ann = bed
        .store
        .create_account(person("ann@example.org", "Ann Other"), now())
        .await
        .unwrap();
    let meant = async |typed: &str| bed.store.countersigner_named(typed).await.unwrap();
    for typed in ["ann@example.org", " ANN@example.org", "ann  other"] {
        assert_eq!(
            meant(typed).await,
            Named::One(Box::new(ann.clone())),
            "{typed}"
        );
    }
    assert_eq!(meant("ann").await, Named::Nobody);
    let twin = person("ann2@example.org", "Ann Other");
    bed.store.create_account(twin, now()).await.unwrap();
    assert_eq!(meant("Ann Other").await, Named::Several);
    assert_eq!(meant("ann@example.org").await, Named::One(Box::new(ann)));
}
