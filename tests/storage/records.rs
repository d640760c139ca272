//! Records duty: legal holds, and a report erased by two people so that nothing of it is
//! left, on the disk either.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use foreword::{
    consultancy::plan::Plan,
    store::{
        AccountId, Erasing, ErasureAsked, HoldSet, RecordsId, ReportId, SaveError, UnmetNeed,
        Unsent, emptied_tables, kept_tables,
    },
};
use serde_json::json;
use sqlx::AssertSqlSafe;

use super::{
    bed::{Bed, Raw, later, now, save, start, write},
    on_both_engines,
};

on_both_engines!(
    every_table_that_leads_to_a_report_is_emptied_or_kept_on_purpose,
    an_erased_report_leaves_nothing_but_that_it_was_there,
    erasing_is_refused_to_the_same_person_and_while_a_hold_stands,
    erasing_is_refused_when_the_report_changed_or_the_request_is_old,
    a_hold_is_set_once_lifted_with_a_reason_and_seen_by_its_author_alone,
    records_duty_knows_days_and_no_names,
);

/// How long a request stands here.
const STANDS: TimeDelta = TimeDelta::days(14);

/// Ann, who writes, and two administrators.
struct Office {
    ann: AccountId,
    ada: AccountId,
    bob: AccountId,
    report: ReportId,
}

impl Office {
    async fn of(bed: &Bed) -> Self {
        let ann = bed.account("ann@example.org").await.id;
        let name = json!({"first": "Angharad", "last": "Testerton"});
        Self {
            ann,
            ada: bed.account("ada@example.org").await.id,
            bob: bed.account("bob@example.org").await.id,
            report: start(bed.store.as_author(ann), &[write("woman.name", name)]).await,
        }
    }

    /// Ada asks; the id of her request.
    async fn asked(&self, bed: &Bed, minutes: i64) -> RecordsId {
        let ada = bed.store.as_records_keeper(self.ada);
        let why = ("her-request", "Decided on Monday");
        let asked = ada.ask_erasure(self.report, why, STANDS, later(minutes));
        assert_eq!(asked.await.unwrap(), ErasureAsked::Asked);
        ada.erasure_request(self.report).await.unwrap().unwrap().id
    }

    async fn erase(&self, bed: &Bed, who: AccountId, request: RecordsId, minutes: i64) -> Erasing {
        let records = bed.store.as_records_keeper(who);
        let done = records.erase(self.report, request, STANDS, later(minutes));
        done.await.unwrap()
    }
}

async fn rows(
    bed: &Bed,
    sqlite: &'static str,
    postgres: &'static str,
) -> BTreeSet<(String, String)> {
    let rows: Vec<(String, String)> = match bed.raw().await {
        Raw::Sqlite(pool) => sqlx::query_as(sqlite).fetch_all(&pool).await.unwrap(),
        Raw::Postgres(pool) => sqlx::query_as(postgres).fetch_all(&pool).await.unwrap(),
    };
    rows.into_iter().collect()
}

/// Which table refers to which.
async fn references(bed: &Bed) -> BTreeSet<(String, String)> {
    rows(
        bed,
        "SELECT t.name, f.\"table\" FROM sqlite_master t
         JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
        "SELECT here.relname::TEXT, there.relname::TEXT FROM pg_constraint c
         JOIN pg_class here ON here.oid = c.conrelid
         JOIN pg_class there ON there.oid = c.confrelid WHERE c.contype = 'f'",
    )
    .await
}

/// Every table with its columns.
async fn columns(bed: &Bed) -> BTreeSet<(String, String)> {
    rows(
        bed,
        "SELECT t.name, c.name FROM sqlite_master t
         JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
        "SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns
         WHERE table_schema = 'public'",
    )
    .await
}

async fn every_table_that_leads_to_a_report_is_emptied_or_kept_on_purpose(bed: Bed) {
    let references = references(&bed).await;
    let mut leading = BTreeSet::from(["report".to_owned()]);
    while let Some((from, _)) = references
        .iter()
        .find(|(from, to)| leading.contains(to) && !leading.contains(from))
    {
        leading.insert(from.clone());
    }
    let named = columns(&bed).await;
    let named = named
        .iter()
        .filter(|(_, column)| ["report_id", "referral_id"].contains(&column.as_str()));
    leading.extend(named.map(|(table, _)| table.clone()));
    let mut known: BTreeSet<String> = emptied_tables().map(str::to_owned).collect();
    assert!(known.len() > 15, "{known:?}");
    known.extend(kept_tables().iter().map(|table| (*table).to_owned()));
    assert_eq!(leading, known);
}

/// Puts something of the report in each of its tables; content that nobody opens is a copy
/// of what is sealed in it already.
async fn fill(bed: &Bed, ann: AccountId, report: ReportId) {
    let hers = bed.store.as_author(ann);
    let words = json!({"value": "He controlled her money."});
    let gap = [write("answers.coercive-control", words)];
    let unmet = ["housing", "debt"].map(|theme| UnmetNeed {
        theme: theme.into(),
        month: "2026-11".into(),
        ..UnmetNeed::default()
    });
    hers.save_gaps(report, &gap, &unmet, 1, later(1))
        .await
        .unwrap();
    let unsent = Unsent {
        page: "prompts/strangulation".into(),
        form: vec![("value".into(), "He held her throat.".into())],
        seen: 2,
        at: later(2),
    };
    hers.keep_unsent(report, &unsent).await.unwrap();
    hers.save_plan(report, 0, &Plan::default(), later(2))
        .await
        .unwrap();
    hers.restrict(report, Some(&[]), later(2)).await.unwrap();
    for (table, columns, values) in [
        (
            "report_named",
            "report_id, account_id, since",
            "id, owner_id, created_at",
        ),
        (
            "report_opening",
            "id, report_id, account_id, kind, at, content",
            "'o-' || id, id, owner_id, 'take-over', created_at, summary",
        ),
        (
            "signed_document",
            "report_id, hash, content",
            "id, 'h', summary",
        ),
        (
            "addendum",
            "report_id, number, hash, content, signed_by, signed_at",
            "id, 1, 'h', summary, owner_id, created_at",
        ),
        (
            "review_request",
            "id, report_id, asked_by, checker_id, state, asked_at, asked_revision, content",
            "'q-' || id, id, owner_id,
             (SELECT id FROM account WHERE id <> owner_id ORDER BY id LIMIT 1),
             'returned', created_at, 1, summary",
        ),
        (
            "review_comment",
            "id, request_id, at, content",
            "'c-' || id, 'q-' || id, created_at, summary",
        ),
        (
            "referral",
            "id, report_id, service_id, organisation, sent_by, state, reply_by, sent_at,
             changed_at, content",
            "'r-' || id, id, 's', 'o', owner_id, 'sent', '2026-12-01', created_at,
             created_at, summary",
        ),
        (
            "referral_message",
            "id, referral_id, side, by_account_id, at, content",
            "'m-' || id, 'r-' || id, 'centre', owner_id, created_at, summary",
        ),
        (
            "assessment_draft",
            "referral_id, revision, by_account_id, at, content",
            "'r-' || id, 1, owner_id, created_at, summary",
        ),
        (
            "assessment_reply",
            "referral_id, version, act, signed_by, at, content",
            "'r-' || id, 1, 'signed', owner_id, created_at, summary",
        ),
    ] {
        let put = format!(
            "INSERT INTO {table} ({columns}) SELECT {values} FROM report WHERE id = '{report}'"
        );
        assert_eq!(bed.tamper(&put).await, 1, "{table}");
    }
}

/// How many rows of a report a table holds.
async fn held(bed: &Bed, table: &str, report: ReportId) -> i64 {
    let from = match table {
        "report" => format!("report WHERE id = '{report}'"),
        "review_comment" => format!("review_comment WHERE request_id = 'q-{report}'"),
        "referral_message" | "assessment_draft" | "assessment_reply" => {
            format!("{table} WHERE referral_id = 'r-{report}'")
        }
        _ => format!("{table} WHERE report_id = '{report}'"),
    };
    bed.count(&from).await
}

/// What is sealed in the log and the summary of a report, as it lies on the disk.
async fn sealed(bed: &Bed, report: ReportId) -> Vec<Vec<u8>> {
    let query = AssertSqlSafe(format!(
        "SELECT content FROM revision WHERE report_id = '{report}'
         UNION ALL SELECT summary FROM report WHERE id = '{report}'
         UNION ALL SELECT content FROM plan_version WHERE report_id = '{report}'"
    ));
    match bed.raw().await {
        Raw::Sqlite(pool) => sqlx::query_scalar(query).fetch_all(&pool).await.unwrap(),
        Raw::Postgres(pool) => sqlx::query_scalar(query).fetch_all(&pool).await.unwrap(),
    }
}

async fn an_erased_report_leaves_nothing_but_that_it_was_there(bed: Bed) {
    let office = Office::of(&bed).await;
    let hers = bed.store.as_author(office.ann);
    let other = start(hers, &[write("woman.name", json!({"first": "Miriam"}))]).await;
    for report in [office.report, other] {
        fill(&bed, office.ann, report).await;
    }
    let ada = bed.store.as_records_keeper(office.ada);
    let review = "2027-03-01".parse().unwrap();
    ada.set_hold(office.report, "A complaint", review, later(3))
        .await
        .unwrap();
    assert!(
        ada.lift_hold(office.report, "It is settled", later(4))
            .await
            .unwrap()
    );
    let request = office.asked(&bed, 5).await;
    for table in emptied_tables() {
        assert!(
            held(&bed, table, office.report).await > 0,
            "{table} was empty before"
        );
    }
    let sealed = sealed(&bed, office.report).await;
    assert!(sealed.len() >= 4);
    let holds = |loot: &[u8], part: &[u8]| loot.windows(part.len()).any(|at| at == part);
    let before = bed.stolen().await;
    assert!(sealed.iter().all(|part| holds(&before, part)));
    assert!(hers.load(office.report).await.unwrap().is_some());

    let done = office.erase(&bed, office.bob, request, 6).await;
    assert_eq!(done, Erasing::Erased(true));
    for table in emptied_tables() {
        assert_eq!(held(&bed, table, office.report).await, 0, "{table}");
        let others = held(&bed, table, other).await;
        let asked = ["legal_hold", "erasure_request"].contains(&table);
        assert_eq!(others > 0, !asked, "{table} of another report");
    }
    let after = bed.stolen().await;
    assert!(!sealed.iter().any(|part| holds(&after, part)));

    // Needs stay as numbers, which lead to nobody.
    let counts = bed.store.unmet_needs().await.unwrap();
    assert_eq!(counts.iter().map(|c| c.reports).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(
        bed.count("(SELECT DISTINCT report FROM unmet_need) AS r")
            .await,
        3
    );

    assert!(hers.load(office.report).await.unwrap().is_none());
    assert_eq!(hers.list().await.unwrap().len(), 1);
    assert_eq!(hers.erased_at(office.report).await.unwrap(), Some(later(6)));
    let not_hers = bed.store.as_author(office.ada);
    assert_eq!(not_hers.erased_at(office.report).await.unwrap(), None);
    let words = [write("format", json!("oral"))];
    let late = hers.save(office.report, &words, 2, later(7));
    assert!(matches!(late.await, Err(SaveError::NoSuchReport)));
    let stays = ada.erased_report(office.report).await.unwrap().unwrap();
    assert_eq!((stays.asked.0.as_str(), stays.asked.1), ("ada", later(5)));
    assert_eq!((stays.erased.0.as_str(), stays.erased.1), ("bob", later(6)));
    assert_eq!(stays.reason, "her-request");
    assert_eq!(ada.erased().await.unwrap(), [stays]);
    assert_eq!(ada.report(office.report).await.unwrap(), None);
    assert_eq!(bed.count("audit WHERE action = 'report-erased'").await, 1);
    let whole = bed.store.verify_audit(None).await.unwrap();
    assert!(whole.is_ok(), "{whole:?}");
}

async fn erasing_is_refused_to_the_same_person_and_while_a_hold_stands(bed: Bed) {
    let office = Office::of(&bed).await;
    let bob = bed.store.as_records_keeper(office.bob);
    let review: NaiveDate = "2027-03-01".parse().unwrap();
    let request = office.asked(&bed, 1).await;
    assert_eq!(
        office.erase(&bed, office.ada, request, 2).await,
        Erasing::SamePerson
    );
    bob.set_hold(office.report, "An appeal", review, later(3))
        .await
        .unwrap();
    assert_eq!(
        office.erase(&bed, office.bob, request, 4).await,
        Erasing::Held
    );
    let why = ("other", "");
    let again = bob.ask_erasure(office.report, why, STANDS, later(4)).await;
    assert_eq!(again.unwrap(), ErasureAsked::Held);
    assert_eq!(bed.count("audit WHERE action = 'erasure-refused'").await, 2);
    assert_eq!(bed.count("report").await, 1);
    // The hold is no change of the report: lifted, the same request may be confirmed.
    assert!(
        bob.lift_hold(office.report, "It was dismissed", later(5))
            .await
            .unwrap()
    );
    let done = office.erase(&bed, office.bob, request, 6).await;
    assert!(matches!(done, Erasing::Erased(_)), "{done:?}");
    let twice = office.erase(&bed, office.bob, request, 7).await;
    assert_eq!(twice, Erasing::NoRequest);
    // The database itself knows that it takes two.
    let alone = format!(
        "INSERT INTO erased_report SELECT 'x', owner_id, asked_by, asked_at, asked_by, erased_at,
         reason FROM erased_report WHERE report_id = '{}'",
        office.report
    );
    assert!(bed.refused(&alone).await);
}

async fn erasing_is_refused_when_the_report_changed_or_the_request_is_old(bed: Bed) {
    let office = Office::of(&bed).await;
    let hers = bed.store.as_author(office.ann);
    let bob = bed.store.as_records_keeper(office.bob);
    let first = office.asked(&bed, 0).await;
    let standing = bob.ask_erasure(office.report, ("other", ""), STANDS, later(1));
    assert_eq!(standing.await.unwrap(), ErasureAsked::Standing);

    save(hers, office.report, write("format", json!("oral")), 1).await;
    assert!(bob.erasure_requests().await.unwrap()[0].changed);
    assert_eq!(
        office.erase(&bed, office.bob, first, 2).await,
        Erasing::Changed
    );
    // Left behind, it makes room, and its own number opens nothing any more.
    let second = office.asked(&bed, 3).await;
    assert_eq!(
        office.erase(&bed, office.bob, first, 4).await,
        Erasing::NoRequest
    );
    // A plan is part of the report, although its log does not move.
    hers.save_plan(office.report, 0, &Plan::default(), later(5))
        .await
        .unwrap();
    assert_eq!(
        office.erase(&bed, office.bob, second, 6).await,
        Erasing::Changed
    );

    let third = office.asked(&bed, 7).await;
    let late = 7 + STANDS.num_minutes();
    assert_eq!(
        office.erase(&bed, office.bob, third, late + 1).await,
        Erasing::TooOld
    );
    assert!(
        bob.withdraw_erasure(office.report, later(late + 2))
            .await
            .unwrap()
    );
    assert!(
        !bob.withdraw_erasure(office.report, later(late + 3))
            .await
            .unwrap()
    );
    assert_eq!(bob.erasure_requests().await.unwrap(), []);
    assert_eq!(bed.count("audit WHERE action = 'erasure-refused'").await, 3);
    assert_eq!(
        bed.count("audit WHERE action = 'erasure-withdrawn'").await,
        1
    );
    let fourth = office.asked(&bed, late + 4).await;
    let done = office.erase(&bed, office.bob, fourth, late + 5).await;
    assert!(matches!(done, Erasing::Erased(_)), "{done:?}");
}

async fn a_hold_is_set_once_lifted_with_a_reason_and_seen_by_its_author_alone(bed: Bed) {
    let office = Office::of(&bed).await;
    let (ada, bob) = (
        bed.store.as_records_keeper(office.ada),
        bed.store.as_records_keeper(office.bob),
    );
    let review: NaiveDate = "2027-03-01".parse().unwrap();
    let set = ada.set_hold(office.report, "A complaint is open", review, later(1));
    assert_eq!(set.await.unwrap(), HoldSet::Set);
    let again = bob
        .set_hold(office.report, "Another", review, later(2))
        .await;
    assert_eq!(again.unwrap(), HoldSet::Standing);
    let nowhere = bob
        .set_hold(ReportId::new(now()), "None", review, later(2))
        .await;
    assert_eq!(nowhere.unwrap(), HoldSet::NoReport);

    let hers = bed
        .store
        .as_author(office.ann)
        .hold(office.report)
        .await
        .unwrap();
    let hold = hers.unwrap();
    assert_eq!((hold.by.as_str(), hold.review_on), ("ada", review));
    assert_eq!(hold.reason, "A complaint is open");
    let others = bed.store.as_author(office.bob).hold(office.report).await;
    assert_eq!(others.unwrap(), None);
    assert_eq!(bob.holds().await.unwrap(), [hold]);

    assert!(
        bob.lift_hold(office.report, "The complaint is settled", later(3))
            .await
            .unwrap()
    );
    assert!(
        !ada.lift_hold(office.report, "Again", later(4))
            .await
            .unwrap()
    );
    assert_eq!(bob.holds().await.unwrap(), []);
    let had = bob.holds_of(office.report).await.unwrap();
    let lifted = had[0].lifted.clone().unwrap();
    assert_eq!(lifted.reason, "The complaint is settled");
    assert_eq!((lifted.by.as_str(), lifted.at), ("bob", later(3)));
    let loot = bed.stolen().await;
    for secret in [b"complaint is open".as_slice(), b"complaint is settled"] {
        assert!(!loot.windows(secret.len()).any(|part| part == secret));
    }
    assert_eq!(bed.count("audit WHERE action = 'hold-set'").await, 1);
    assert_eq!(bed.count("audit WHERE action = 'hold-lifted'").await, 1);
}

async fn records_duty_knows_days_and_no_names(bed: Bed) {
    let office = Office::of(&bed).await;
    let hers = bed.store.as_author(office.ann);
    let ada = bed.store.as_records_keeper(office.ada);
    let hearing = write("hearing.date", json!("2026-12-03"));
    save(hers, office.report, hearing, 1).await;
    let plan = Plan {
        ends: "2027-06-30".parse().ok(),
        ..Plan::default()
    };
    hers.save_plan(office.report, 0, &plan, later(9))
        .await
        .unwrap();
    let known = ada.report(office.report).await.unwrap().unwrap();
    assert_eq!((known.owner.as_str(), known.restricted), ("ann", false));
    assert_eq!((known.created_at, known.last_change), (now(), later(9)));
    assert_eq!(known.hearing, "2026-12-03".parse().ok());
    assert_eq!((known.has_plan, known.plan_ends), (true, plan.ends));
    assert!(!format!("{known:?}").contains("Angharad"));
    hers.restrict(office.report, Some(&[]), later(10))
        .await
        .unwrap();
    let known = ada.reports().await.unwrap();
    assert_eq!((known[0].owner.as_str(), known[0].restricted), ("", true));
    assert_eq!(known[0].last_change, later(9), "closing it is no change");
}
