//! What could not be saved as an answer is kept all the same, for its author alone.

use foreword::{
    case::CaseFile,
    store::{MOST_UNSENT, SaveError, Unsent},
};
use serde_json::json;

use super::{
    bed::{Bed, later, start, write},
    on_both_engines,
};

on_both_engines!(
    unsent_text_comes_back_as_it_was_typed,
    keeping_a_page_again_replaces_what_was_kept_of_it,
    unsent_text_is_listed_latest_first_and_dropped_page_by_page,
    unsent_text_is_kept_in_her_own_reports_only,
    more_than_is_kept_of_a_page_is_refused_with_how_much_it_is,
    unsent_text_is_no_part_of_the_report,
);

fn typed(page: &str, text: &str, minutes: i64) -> Unsent {
    Unsent {
        page: page.into(),
        form: vec![
            ("value".into(), text.into()),
            ("source.kind".into(), "woman".into()),
            ("source.kind".into(), String::new()),
        ],
        seen: 7,
        at: later(minutes),
    }
}

async fn unsent_text_comes_back_as_it_was_typed(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    assert_eq!(ann.unsent(report, "prompts/alcohol").await.unwrap(), None);
    let text = "“Curly”,\ttabs\r\n\u{b}controls\0 \u{202e}right to left\u{202c} 🙂 <b>&amp;</b>";
    let words = typed("prompts/alcohol", text, 1);

    ann.keep_unsent(report, &words).await.unwrap();

    let elsewhere = bed.another_process().await;
    let kept = elsewhere.as_author(ann.account());
    let kept = kept.unsent(report, "prompts/alcohol").await.unwrap();
    assert_eq!(kept, Some(words));
    assert_eq!(ann.unsent(report, "prompts/alcoho").await.unwrap(), None);
}

async fn keeping_a_page_again_replaces_what_was_kept_of_it(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    for (text, minutes) in [("one", 1), ("two", 2)] {
        let words = typed("notes/safety", text, minutes);
        ann.keep_unsent(report, &words).await.unwrap();
    }
    let all = ann.unsent_in(report).await.unwrap();
    assert_eq!(all, [typed("notes/safety", "two", 2)]);
}

async fn unsent_text_is_listed_latest_first_and_dropped_page_by_page(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let (report, other) = (start(ann, &[]).await, start(ann, &[]).await);
    let pages = [
        "prompts/a",
        "prompts/offences/records/new",
        "proposal/order",
    ];
    for (minutes, page) in (1..).zip(pages) {
        ann.keep_unsent(report, &typed(page, "text", minutes))
            .await
            .unwrap();
    }
    ann.keep_unsent(other, &typed("prompts/a", "other", 9))
        .await
        .unwrap();
    let listed = async |report| {
        let all = ann.unsent_in(report).await.unwrap();
        all.into_iter().map(|u| u.page).collect::<Vec<_>>()
    };
    assert_eq!(listed(report).await, [pages[2], pages[1], pages[0]]);

    ann.drop_unsent(report, "prompts/a").await.unwrap();
    ann.drop_unsent(report, "prompts/a").await.unwrap();

    assert_eq!(listed(report).await, [pages[2], pages[1]]);
    assert_eq!(listed(other).await, ["prompts/a"]);
}

async fn unsent_text_is_kept_in_her_own_reports_only(bed: Bed) {
    let (ann, bea) = (
        bed.account("ann@example.org").await,
        bed.account("bea@example.org").await,
    );
    let (ann, bea) = (bed.store.as_author(ann.id), bed.store.as_author(bea.id));
    let report = start(ann, &[]).await;
    ann.keep_unsent(report, &typed("prompts/a", "hers", 1))
        .await
        .unwrap();

    let refused = bea
        .keep_unsent(report, &typed("prompts/a", "not hers", 2))
        .await;

    assert!(
        matches!(refused, Err(SaveError::NoSuchReport)),
        "{refused:?}"
    );
    assert_eq!(bea.unsent(report, "prompts/a").await.unwrap(), None);
    assert_eq!(bea.unsent_in(report).await.unwrap(), []);
    bea.drop_unsent(report, "prompts/a").await.unwrap();
    let kept = ann.unsent(report, "prompts/a").await.unwrap();
    assert_eq!(kept, Some(typed("prompts/a", "hers", 1)));
}

async fn more_than_is_kept_of_a_page_is_refused_with_how_much_it_is(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[]).await;
    let with = |length: usize| Unsent {
        form: vec![("value".into(), "é".repeat(length / 2))],
        ..typed("p", "", 1)
    };
    let most = MOST_UNSENT - "p".len() - "value".len() - 1;
    ann.keep_unsent(report, &with(most)).await.unwrap();

    let refused = ann.keep_unsent(report, &with(most + 4)).await;

    let Err(SaveError::TooMuch { bytes }) = refused else {
        panic!("{refused:?}");
    };
    assert!(bytes > MOST_UNSENT);
    // What was kept before is still there.
    assert_eq!(ann.unsent(report, "p").await.unwrap(), Some(with(most)));
}

async fn unsent_text_is_no_part_of_the_report(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let ann = bed.store.as_author(ann.id);
    let report = start(ann, &[write("format", json!("oral"))]).await;
    let before = ann.load(report).await.unwrap().unwrap();
    ann.keep_unsent(report, &typed("prompts/alcohol", "unsent words", 5))
        .await
        .unwrap();

    let after = ann.load(report).await.unwrap().unwrap();

    assert!(after.has_unsent && !before.has_unsent);
    assert_eq!(after.state, before.state);
    assert_eq!(
        *after.case,
        CaseFile {
            format: foreword::case::Format::Oral,
            ..CaseFile::new()
        }
    );
    assert_eq!(ann.history(report).await.unwrap().unwrap().len(), 1);
}
