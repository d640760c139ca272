//! What somebody who steals or changes the database can learn or do: nothing about a
//! woman, and nothing unnoticed.

use foreword::store::{ReportId, SessionLimits, StoreError, Unsent};
use serde_json::json;

use super::{
    bed::{Bed, save, start, write},
    on_both_engines,
};

on_both_engines!(
    a_stolen_database_says_nothing_about_a_woman,
    one_reports_words_put_into_another_are_refused,
    unsent_text_moved_to_another_page_report_or_person_is_refused,
    an_older_state_put_back_is_refused,
    a_log_with_a_revision_missing_is_refused,
);

async fn a_stolen_database_says_nothing_about_a_woman(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let session = bed.session(&ann, SessionLimits::default()).await;
    let author = bed.store.as_author(ann.id);
    let report = start(
        author,
        &[
            write(
                "woman.name",
                json!({"first": "Angharad", "last": "Testerton"}),
            ),
            write("woman", json!({"crn": "X987654", "lives_in": "RG14"})),
            write(
                "hearing",
                json!({"court": "Reading Magistrates' Court", "case_number": "CASE-77"}),
            ),
        ],
    )
    .await;
    let words = json!({"value": "He controlled her money."});
    save(author, report, write("answers.coercive-control", words), 3).await;

    let unsent = Unsent {
        page: "prompts/strangulation".into(),
        form: vec![("value".into(), "He held her throat.".into())],
        seen: 4,
        at: super::bed::later(2),
    };
    author.keep_unsent(report, &unsent).await.unwrap();

    let loot = bed.stolen().await;
    let holds = |text: &str| {
        let text = text.to_lowercase();
        loot.to_ascii_lowercase()
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };

    assert!(
        holds("ann@example.org"),
        "the search itself finds what is there"
    );
    assert!(holds(&report.to_string()));
    for secret in [
        "Angharad",
        "Testerton",
        "X987654",
        "RG14",
        "Reading",
        "CASE-77",
        "case77",
        "controlled",
        "coercive",
        "throat",
        "prompts/",
        "strangulation",
        "answers.",
        "woman",
    ] {
        assert!(
            !holds(secret),
            "the database holds `{secret}` in plain words"
        );
    }
    assert!(!holds(&session.text()));
    assert!(!holds(super::bed::PASSWORD));
}

async fn two_reports(bed: &Bed) -> (foreword::store::AccountId, ReportId, ReportId) {
    let ann = bed.account("ann@example.org").await.id;
    let author = bed.store.as_author(ann);
    let name = |first: &str| [write("woman.name", json!({ "first": first }))];
    let one = start(author, &name("Angela")).await;
    let other = start(author, &name("Miriam")).await;
    (ann, one, other)
}

async fn one_reports_words_put_into_another_are_refused(bed: Bed) {
    let (ann, one, other) = two_reports(&bed).await;
    let author = bed.store.as_author(ann);
    let unreadable = |e: StoreError| matches!(e, StoreError::Unreadable { .. });

    let moved = bed
        .tamper(&format!(
            "UPDATE revision SET content = (SELECT content FROM revision WHERE report_id = '{one}')
             WHERE report_id = '{other}'"
        ))
        .await;
    assert_eq!(moved, 1);
    assert!(author.history(other).await.is_err_and(unreadable));
    assert!(author.history(one).await.is_ok());

    // As a program that does not still have it open finds it.
    let elsewhere = bed.another_process().await;
    let found = elsewhere.as_author(ann);
    bed.tamper(&format!(
        "UPDATE report_head SET content = (SELECT content FROM report_head WHERE report_id = '{one}')
         WHERE report_id = '{other}'"
    ))
    .await;
    assert!(found.load(other).await.is_err_and(unreadable));
    assert!(author.list().await.is_ok());

    put_from(&bed, "summary", one, other).await;
    let fault = author.list().await.unwrap_err();
    assert!(fault.to_string().contains(&other.to_string()), "{fault}");
    assert!(unreadable(fault));
    assert!(author.load(one).await.is_ok());
}

async fn unsent_text_moved_to_another_page_report_or_person_is_refused(bed: Bed) {
    let (ann, one, other) = two_reports(&bed).await;
    let author = bed.store.as_author(ann);
    let bea = bed.account("bea@example.org").await.id;
    let theirs = start(bed.store.as_author(bea), &[]).await;
    for (report, page) in [(one, "prompts/a"), (one, "prompts/b"), (other, "prompts/a")] {
        let unsent = Unsent {
            page: page.into(),
            form: vec![("value".into(), format!("{report} {page}"))],
            seen: 1,
            at: super::bed::later(1),
        };
        author.keep_unsent(report, &unsent).await.unwrap();
    }
    // The same page has another name in each report.
    assert_eq!(
        bed.count("(SELECT DISTINCT page FROM unsent) AS names")
            .await,
        3
    );

    // Of her two pages, each now holds what the other had.
    bed.tamper("CREATE TABLE kept AS SELECT report_id, page, content FROM unsent")
        .await;
    let swapped = bed
        .tamper(&format!(
            "UPDATE unsent SET content = (SELECT content FROM kept WHERE kept.report_id = '{one}' AND kept.page <> unsent.page)
             WHERE report_id = '{one}'"
        ))
        .await;
    assert_eq!(swapped, 2);
    let unreadable = |e: StoreError| matches!(e, StoreError::Unreadable { .. });
    assert!(author.unsent(one, "prompts/a").await.is_err_and(unreadable));
    assert!(author.unsent_in(one).await.is_err_and(unreadable));
    assert!(author.unsent_in(other).await.is_ok());

    // One report's text in another of hers, and in somebody else's hands.
    bed.tamper(&format!(
        "UPDATE unsent SET report_id = '{theirs}' WHERE report_id = '{other}'"
    ))
    .await;
    assert!(author.unsent_in(theirs).await.is_err_and(unreadable));
    bed.tamper(&format!(
        "UPDATE unsent SET account_id = '{bea}' WHERE report_id = '{theirs}'"
    ))
    .await;
    let hers = bed.store.as_author(bea).unsent_in(theirs).await;
    assert!(hers.is_err_and(unreadable));
}

async fn put_from(bed: &Bed, column: &str, one: ReportId, other: ReportId) {
    let moved = bed
        .tamper(&format!(
            "UPDATE report SET {column} = (SELECT {column} FROM report WHERE id = '{one}')
             WHERE id = '{other}'"
        ))
        .await;
    assert_eq!(moved, 1);
}

async fn an_older_state_put_back_is_refused(bed: Bed) {
    let (ann, one, _) = two_reports(&bed).await;
    let author = bed.store.as_author(ann);
    bed.tamper("CREATE TABLE kept AS SELECT id, summary FROM report")
        .await;
    save(
        author,
        one,
        write("woman.name", json!({"last": "Example"})),
        1,
    )
    .await;

    // The report's row as it was, with its log cut back to match, but for the summary
    // that names its state.
    bed.tamper(&format!(
        "DELETE FROM revision WHERE report_id = '{one}' AND seq = 2"
    ))
    .await;
    let elsewhere = bed.another_process().await;
    let found = elsewhere.as_author(ann);
    assert!(found.load(one).await.is_err());
    let words = [write("format", json!("oral"))];
    let again = found.save(one, &words, 2, super::bed::later(2)).await;
    assert!(again.is_err(), "nothing is written on top of it");

    bed.tamper(&format!(
        "UPDATE report SET summary = (SELECT summary FROM kept WHERE id = '{one}') WHERE id = '{one}'"
    ))
    .await;
    assert!(found.list().await.is_err());
}

async fn a_log_with_a_revision_missing_is_refused(bed: Bed) {
    let (ann, one, other) = two_reports(&bed).await;
    let author = bed.store.as_author(ann);
    for (seen, first) in (1..).zip(["Ang", "Angie", "Ange"]) {
        save(author, one, write("woman.name.first", json!(first)), seen).await;
    }
    let found = async || {
        let elsewhere = bed.another_process().await;
        elsewhere.as_author(ann).load(one).await
    };
    let whole = found().await.unwrap().unwrap();
    assert_eq!(
        (whole.revision, whole.case.woman.name.first.as_str()),
        (4, "Ange")
    );

    for gone in [3, 4] {
        bed.tamper(&format!(
            "DELETE FROM revision WHERE report_id = '{one}' AND seq = {gone}"
        ))
        .await;
        let fault = found().await.unwrap_err().to_string();
        assert!(fault.contains(&one.to_string()), "{fault}");
    }
    let elsewhere = bed.another_process().await;
    assert!(elsewhere.as_author(ann).load(other).await.is_ok());
}
