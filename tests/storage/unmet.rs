//! The area's record of unmet needs: in step with each report's gaps, and no way back
//! to the report.

use foreword::{
    case::revision::Write,
    store::{ReportId, Save, UnmetNeed},
};
use serde_json::{Value, json};

use super::{
    bed::{Bed, Raw, now, start, write},
    on_both_engines,
};

on_both_engines!(
    a_gap_is_counted_with_its_save_and_taken_out_when_it_is_withdrawn,
    a_save_that_is_not_made_counts_nothing,
    a_report_is_counted_once_for_a_theme_and_two_reports_twice,
    nothing_in_the_record_leads_to_a_report,
);

fn need(theme: &str) -> UnmetNeed {
    UnmetNeed {
        theme: theme.into(),
        level: Some("high".into()),
        pdu: Some("west-berkshire".into()),
        police_area: Some("thames-valley".into()),
        region: Some("South Central".into()),
        month: "2026-11".into(),
    }
}

fn gaps(themes: &[&str]) -> Vec<Write> {
    let gap = |theme: &&str| json!({"theme": theme, "looked_on": "2026-11-22"});
    let list: Vec<Value> = themes.iter().map(gap).collect();
    vec![Write::new("gaps", json!(list))]
}

fn named() -> [Write; 1] {
    [write("woman", json!({"name": {"first": "Angela"}}))]
}

async fn counted(bed: &Bed) -> Vec<(String, i64)> {
    let counts = bed.store.unmet_needs().await.unwrap();
    let counts = counts.into_iter();
    counts.map(|c| (c.theme, c.reports)).collect()
}

async fn a_gap_is_counted_with_its_save_and_taken_out_when_it_is_withdrawn(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let report = start(bed.store.as_author(ann.id), &named()).await;
    let reports = bed.store.as_author(ann.id);
    let unmet = [need("safety"), need("dependency")];
    let writes = gaps(&["safety", "dependency"]);
    let saved = reports.save_gaps(report, &writes, &unmet, 1, now());
    let Save::Saved { revision } = saved.await.unwrap() else {
        panic!("not saved");
    };
    let both = [("dependency".to_owned(), 1), ("safety".to_owned(), 1)];
    assert_eq!(counted(&bed).await, both);
    let counts = bed.store.unmet_needs().await.unwrap();
    assert_eq!(counts[0].police_area.as_deref(), Some("thames-valley"));

    let fewer = gaps(&["safety"]);
    let saved = reports.save_gaps(report, &fewer, &unmet[..1], revision, now());
    assert!(matches!(saved.await.unwrap(), Save::Saved { .. }));
    assert_eq!(counted(&bed).await, [("safety".to_owned(), 1)]);
}

async fn a_save_that_is_not_made_counts_nothing(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let bea = bed.account("bea@example.org").await;
    let report = start(bed.store.as_author(ann.id), &gaps(&["family"])).await;
    let unmet = [need("safety")];
    let stale = bed.store.as_author(ann.id);
    let writes = gaps(&["safety"]);
    let saved = stale.save_gaps(report, &writes, &unmet, 0, now());
    assert!(matches!(saved.await.unwrap(), Save::Stale(_)));
    let another = bed.store.as_author(bea.id);
    let saved = another.save_gaps(report, &writes, &unmet, 9, now());
    assert!(saved.await.is_err());
    let broken = vec![Write::new("gaps", json!([{"theme": 3}]))];
    let saved = stale.save_gaps(report, &broken, &unmet, 9, now());
    assert!(saved.await.is_err());
    assert_eq!(counted(&bed).await, []);
}

async fn a_report_is_counted_once_for_a_theme_and_two_reports_twice(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    for _ in 0..2 {
        let report = start(bed.store.as_author(ann.id), &named()).await;
        let twice = [need("safety"), need("safety")];
        let reports = bed.store.as_author(ann.id);
        let writes = gaps(&["safety"]);
        let saved = reports.save_gaps(report, &writes, &twice, 1, now());
        assert!(matches!(saved.await.unwrap(), Save::Saved { .. }));
    }
    assert_eq!(counted(&bed).await, [("safety".to_owned(), 2)]);
}

async fn nothing_in_the_record_leads_to_a_report(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let report: ReportId = start(bed.store.as_author(ann.id), &named()).await;
    let reports = bed.store.as_author(ann.id);
    let (writes, unmet) = (gaps(&["safety"]), [need("safety")]);
    let saved = reports.save_gaps(report, &writes, &unmet, 1, now());
    saved.await.unwrap();
    let query = "SELECT report FROM unmet_need";
    let hash: Vec<u8> = match bed.raw().await {
        Raw::Sqlite(pool) => sqlx::query_scalar(query).fetch_one(&pool).await.unwrap(),
        Raw::Postgres(pool) => sqlx::query_scalar(query).fetch_one(&pool).await.unwrap(),
    };
    assert_eq!(hash.len(), 32);
    let id = report.to_string();
    let shown = hash
        .iter()
        .fold(String::new(), |s, b| s + &format!("{b:02x}"));
    assert!(!id.contains(&shown[..8]) && !shown.contains(&id[..8]));
}
