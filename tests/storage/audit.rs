//! The audit trail as a chain: it grows in one order from any number of processes, the
//! database refuses to change it, and whoever changes it all the same is found out.

use foreword::store::{Action, AuditEntry, AuditQuery, Broken, ReportId, Store, Whole};
use serde_json::json;
use tokio::task::JoinSet;

use super::{
    bed::{Bed, later, now, save, start, write},
    on_both_engines,
};

on_both_engines!(
    many_processes_make_one_chain,
    the_database_refuses_to_change_or_remove_a_row,
    whoever_changes_it_all_the_same_is_found_out_and_where,
    an_end_cut_off_with_its_mark_is_found_by_a_head_kept_elsewhere,
    a_report_put_back_or_removed_is_found_out,
    rows_from_before_the_chain_are_taken_into_it_once,
    an_auditor_filters_and_turns_pages,
);

async fn whole(store: &Store, expected: Option<&str>) -> Result<Whole, Broken> {
    store.verify_audit(expected).await.unwrap()
}

/// Acts of one person on one report, so that there are `1 + 1 + acts` rows.
async fn some_acts(bed: &Bed, acts: i64) -> (foreword::store::AccountId, ReportId) {
    let ann = bed.account("ann@example.org").await.id;
    let report = start(bed.store.as_author(ann), &[]).await;
    for minute in 0..acts {
        let entry = AuditEntry {
            account: Some(ann),
            report: Some(report),
            action: Action::ReportViewed,
        };
        bed.store.audit(&entry, later(minute)).await.unwrap();
    }
    (ann, report)
}

/// Lets somebody who owns the database do as she likes.
async fn without_triggers(bed: &Bed) {
    let names: &[&str] = if bed.settings.url.is_some() {
        &["audit_not_changed", "audit_not_emptied", "audit_moves_head"]
    } else {
        &[
            "audit_not_changed",
            "audit_not_removed",
            "audit_follows",
            "audit_moves_head",
        ]
    };
    let on = if bed.settings.url.is_some() {
        " ON audit"
    } else {
        ""
    };
    for name in names {
        bed.tamper(&format!("DROP TRIGGER {name}{on}")).await;
    }
}

async fn many_processes_make_one_chain(bed: Bed) {
    const EACH: usize = 25;
    let ann = bed.account("ann@example.org").await.id;
    let mut running = JoinSet::new();
    for _ in 0..4 {
        let store = bed.another_process().await;
        running.spawn(async move {
            for _ in 0..EACH {
                let entry = AuditEntry {
                    account: Some(ann),
                    report: None,
                    action: Action::SignedIn,
                };
                store.audit(&entry, now()).await.unwrap();
            }
        });
    }
    running.join_all().await;
    let proved = whole(&bed.store, None).await.unwrap();
    assert_eq!(proved.rows, 1 + 4 * i64::try_from(EACH).unwrap());
}

async fn the_database_refuses_to_change_or_remove_a_row(bed: Bed) {
    some_acts(&bed, 2).await;
    for statement in [
        "UPDATE audit SET action = 'signed-in' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "INSERT INTO audit (seq, at, action, previous, hash)
         SELECT seq + 5, at, action, previous, hash FROM audit WHERE seq = 4",
    ] {
        assert!(bed.refused(statement).await, "{statement}");
    }
    assert!(whole(&bed.store, None).await.is_ok());
}

async fn whoever_changes_it_all_the_same_is_found_out_and_where(bed: Bed) {
    some_acts(&bed, 5).await;
    assert_eq!(whole(&bed.store, None).await.unwrap().rows, 7);
    without_triggers(&bed).await;
    bed.tamper("CREATE TABLE kept AS SELECT * FROM audit").await;
    let put_back = async || {
        bed.tamper("DELETE FROM audit").await;
        bed.tamper("INSERT INTO audit SELECT * FROM kept").await;
        assert!(whole(&bed.store, None).await.is_ok());
    };

    bed.tamper("UPDATE audit SET action = 'report-exported' WHERE seq = 4")
        .await;
    let broken = whole(&bed.store, None).await.unwrap_err();
    assert!(
        matches!(broken, Broken::Changed { row: 4, at } if at == later(1)),
        "{broken:?}"
    );
    put_back().await;

    bed.tamper("UPDATE audit SET account_id = NULL WHERE seq = 6")
        .await;
    let broken = whole(&bed.store, None).await.unwrap_err();
    assert!(
        matches!(broken, Broken::Changed { row: 6, .. }),
        "{broken:?}"
    );
    put_back().await;

    bed.tamper("DELETE FROM audit WHERE seq = 3 OR seq = 4")
        .await;
    let broken = whole(&bed.store, None).await.unwrap_err();
    assert!(
        matches!(broken, Broken::Missing { from: 3, until: 4, before } if before == later(2)),
        "{broken:?}"
    );
    put_back().await;

    for (from, to) in [(3, 103), (4, 3), (103, 4)] {
        bed.tamper(&format!("UPDATE audit SET seq = {to} WHERE seq = {from}"))
            .await;
    }
    let broken = whole(&bed.store, None).await.unwrap_err();
    assert!(
        matches!(broken, Broken::Moved { row: 3, was: 4, .. }),
        "{broken:?}"
    );
    put_back().await;

    bed.tamper("DELETE FROM audit WHERE seq > 5").await;
    let broken = whole(&bed.store, None).await.unwrap_err();
    assert_eq!(broken, Broken::CutOff { last: 5, head: 7 });
    put_back().await;

    bed.tamper("UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE seq = 2)")
        .await;
    let broken = whole(&bed.store, None).await.unwrap_err();
    assert_eq!(broken, Broken::HeadChanged { last: 7 });
}

async fn an_end_cut_off_with_its_mark_is_found_by_a_head_kept_elsewhere(bed: Bed) {
    some_acts(&bed, 3).await;
    let printed = whole(&bed.store, None).await.unwrap().head;
    let again = some_more(&bed).await;
    assert_eq!(
        whole(&bed.store, Some(&printed)).await.unwrap().head,
        again,
        "a later trail goes on from it"
    );

    without_triggers(&bed).await;
    bed.tamper("DELETE FROM audit WHERE seq > 3").await;
    bed.tamper("UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)")
        .await;
    assert!(whole(&bed.store, None).await.is_ok(), "it looks whole");
    assert_eq!(
        whole(&bed.store, Some(&printed)).await,
        Err(Broken::NotContinued)
    );
}

async fn some_more(bed: &Bed) -> String {
    let entry = AuditEntry {
        account: None,
        report: None,
        action: Action::SignInRefused,
    };
    bed.store.audit(&entry, later(9)).await.unwrap();
    whole(&bed.store, None).await.unwrap().head
}

async fn a_report_put_back_or_removed_is_found_out(bed: Bed) {
    let (ann, report) = some_acts(&bed, 0).await;
    let author = bed.store.as_author(ann);
    bed.tamper("CREATE TABLE kept AS SELECT id, summary FROM report")
        .await;
    save(author, report, write("format", json!("oral")), 0).await;
    let entry = AuditEntry {
        account: Some(ann),
        report: Some(report),
        action: Action::ReportViewed,
    };
    bed.store.audit(&entry, later(2)).await.unwrap();
    assert!(whole(&bed.store, None).await.is_ok());

    bed.tamper("DELETE FROM revision").await;
    bed.tamper("UPDATE report SET revision = 0, summary = (SELECT summary FROM kept)")
        .await;
    assert_eq!(
        whole(&bed.store, None).await,
        Err(Broken::ReportCutBack {
            report: report.to_string(),
            seen: 1,
            has: 0
        })
    );
    for table in ["report_key", "report_head", "report_word", "report"] {
        bed.tamper(&format!("DELETE FROM {table}")).await;
    }
    assert_eq!(
        whole(&bed.store, None).await,
        Err(Broken::ReportGone {
            report: report.to_string()
        })
    );
}

async fn rows_from_before_the_chain_are_taken_into_it_once(bed: Bed) {
    let earlier = "INSERT INTO audit_unchained (id, at, action) VALUES";
    let at = "'2026-11-20 10:00:00+00:00'";
    bed.tamper(&format!(
        "{earlier} ('b', {at}, 'signed-out'), ('a', {at}, 'signed-in')"
    ))
    .await;
    let again = bed.another_process().await;
    let proved = whole(&again, None).await.unwrap();
    assert_eq!(proved.rows, 2);
    let page = again.as_auditor().rows(&AuditQuery::default(), 0, 9).await;
    let acts: Vec<Action> = page.unwrap().rows.iter().map(|r| r.action).collect();
    assert_eq!(acts, [Action::SignedOut, Action::SignedIn]);
    assert_eq!(bed.count("audit_unchained").await, 0);

    // Whoever puts rows there later puts nothing into the trail.
    bed.tamper(&format!("{earlier} ('c', {at}, 'signed-in')"))
        .await;
    let later = bed.another_process().await;
    assert_eq!(whole(&later, None).await.unwrap().rows, 2);
}

async fn an_auditor_filters_and_turns_pages(bed: Bed) {
    let (ann, report) = some_acts(&bed, 4).await;
    let ben = bed.account("ben@example.org").await.id;
    let auditor = bed.store.as_auditor();
    let find = async |query: AuditQuery| {
        let page = auditor.rows(&query, 0, 100).await.unwrap();
        let numbers: Vec<i64> = page.rows.iter().map(|row| row.seq).collect();
        assert_eq!(page.all, i64::try_from(numbers.len()).unwrap());
        numbers
    };
    let all = AuditQuery::default();
    assert_eq!(find(all).await, [7, 6, 5, 4, 3, 2, 1]);
    let of = |account| AuditQuery {
        account: Some(account),
        ..all
    };
    assert_eq!(find(of(ben)).await, [7]);
    assert_eq!(find(of(ann)).await, [6, 5, 4, 3, 2, 1]);
    let about = AuditQuery {
        report: Some(report),
        action: Some(Action::ReportViewed),
        from: Some(later(1)),
        until: Some(later(3)),
        ..all
    };
    assert_eq!(find(about).await, [5, 4]);

    let page = auditor.rows(&all, 5, 2).await.unwrap();
    assert_eq!((page.rows.len(), page.all), (2, 7));
    assert_eq!(page.rows[0].name, "ann");
    assert_eq!(page.rows[0].report, Some(report));
}
