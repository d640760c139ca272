//! Content packs that reports began with, and how far their authors have read.

use foreword::content::{ContentFiles, items::Items};

use super::{
    bed::{Bed, now, start},
    on_both_engines,
};

on_both_engines!(
    the_parts_of_a_content_pack_are_kept_once_under_its_version,
    an_author_marks_only_her_own_report_as_read,
);

fn parts(ask: &str) -> Items {
    let file = "report-templates/interview/sections/home.toml";
    let text = format!("[[prompt]]\nid = \"home\"\nshort = \"Home\"\nask = \"{ask}\"\n");
    Items::of(&ContentFiles::from_pairs([(file, text)]))
}

async fn the_parts_of_a_content_pack_are_kept_once_under_its_version(bed: Bed) {
    let (first, second) = (parts("Where?"), parts("Where does she live?"));
    bed.store.remember_content("one", &first).await.unwrap();
    bed.store.remember_content("one", &second).await.unwrap();
    bed.store.remember_content("two", &second).await.unwrap();
    let elsewhere = bed.another_process().await;
    let kept = elsewhere.content_of("one").await.unwrap().unwrap();
    assert_eq!(kept, first);
    assert_eq!(second.since(&kept).len(), 1);
    assert_eq!(elsewhere.content_of("three").await.unwrap(), None);
}

async fn an_author_marks_only_her_own_report_as_read(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let eve = bed.account("eve@example.org").await;
    let (ann, eve) = (bed.store.as_author(ann.id), bed.store.as_author(eve.id));
    let report = start(ann, &[]).await;
    assert!(!eve.read_content(report, "two").await.unwrap());
    let loaded = ann.load(report).await.unwrap().unwrap();
    assert_eq!(loaded.known_content(), "2026-11-22");
    assert!(ann.read_content(report, "two").await.unwrap());
    let loaded = ann.load(report).await.unwrap().unwrap();
    assert_eq!(loaded.known_content(), "two");
    // Reading is no change to the report.
    assert_eq!(loaded.updated_at, now());
}
