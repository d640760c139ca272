//! Sections that their author has edited: her words are in the document, with what they
//! rest on; nothing that must not leave is; and a case without edits is drafted as ever.

use chrono::{DateTime, NaiveDate, Utc};
use foreword::{
    case::{self, CaseFile, Format, SectionEdit},
    content::ContentFiles,
    finding::{Finding, Severity},
    pack::{Pack, Signer, annex},
    report::{Draft, Section, edited::joined},
    review::second::SecondPerson,
};
use proptest::prelude::*;
use serde_json::json;

use super::{checks, read::Docx};

fn pack() -> Pack {
    Pack::load(&ContentFiles::embedded().unwrap()).unwrap()
}

fn angela() -> CaseFile {
    case::from_json(include_str!("../cases/angela.json")).unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-11-25T09:00:00Z".parse().unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn signer() -> Signer<'static> {
    Signer {
        name: "Sam Author",
        second: &SecondPerson::NotAsked,
    }
}

fn section<'d>(draft: &'d Draft, id: &str) -> &'d Section {
    draft.sections.iter().find(|s| s.id == id).unwrap()
}

/// Angela's case with one section in her author's words.
fn edited(pack: &Pack, id: &str, text: &str) -> CaseFile {
    let mut case = angela();
    let (draft, _) = pack.draft(&case, today()).unwrap();
    let edit = SectionEdit {
        text: text.into(),
        based_on: joined(&section(&draft, id).passages),
    };
    case.edits.insert(id.into(), edit);
    case
}

fn codes(findings: &[Finding]) -> Vec<(&str, Severity)> {
    let edits = findings.iter().filter(|f| f.code.starts_with("edit."));
    edits.map(|f| (f.code.as_str(), f.severity)).collect()
}

#[test]
fn the_authors_words_stand_in_the_report_and_every_other_section_as_it_was() {
    let pack = pack();
    let (plain, before) = pack.draft(&angela(), today()).unwrap();
    let text = "Ms Hart punched the victim twice.\n\n- It was **over** within a minute.";
    let case = edited(&pack, "offence", text);
    let (draft, findings) = pack.draft(&case, today()).unwrap();
    let offence = section(&draft, "offence");
    assert_eq!(joined(&offence.passages), text);
    let ids: Vec<&str> = offence.passages.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["offence/edited/1", "offence/edited/2"]);
    for other in plain.sections.iter().filter(|s| s.id != "offence") {
        assert_eq!(section(&draft, &other.id), other);
    }
    assert_eq!(codes(&findings), []);
    assert_eq!(codes(&before), []);
    let file = pack.docx(&case, now()).unwrap();
    checks::assert_structure(&file);
    assert!(
        Docx::open(&file)
            .look()
            .text()
            .contains("punched the victim twice")
    );
}

#[test]
fn a_case_without_edits_is_drafted_byte_for_byte_as_it_was() {
    let pack = pack();
    let (draft, _) = pack.draft(&angela(), today()).unwrap();
    for drafted in &draft.sections {
        assert_eq!(drafted.edited, None);
        assert!(drafted.passages.iter().all(|p| p.unsupported.is_empty()));
    }
    // What an edit of another section, or of one this report does not have, leaves alone.
    let mut case = angela();
    let edit: SectionEdit = serde_json::from_value(json!({"text": "Mine."})).unwrap();
    case.edits.insert("no-such-section".into(), edit);
    let (other, findings) = pack.draft(&case, today()).unwrap();
    assert_eq!(other.markdown(), draft.markdown());
    assert_eq!(
        codes(&findings),
        [("edit.not-in-this-report", Severity::Advise)]
    );
}

#[test]
fn a_paragraph_keeps_the_evidence_of_the_drafted_ones_whose_words_it_uses() {
    let pack = pack();
    let text = "She met the victim outside a shop in Newbury and punched her. Nobody used a weapon.\n\n\
                The victim had bruising around one eye.";
    let (draft, _) = pack
        .draft(&edited(&pack, "offence", text), today())
        .unwrap();
    let [account, harm] = section(&draft, "offence").passages.as_slice() else {
        panic!("two paragraphs");
    };
    let places = |p: &foreword::report::Passage| -> Vec<String> {
        p.evidence.iter().map(|e| e.place.clone()).collect()
    };
    assert!(
        places(account).contains(&"answers.offence-account".into()),
        "{account:?}"
    );
    assert!(
        !places(account).contains(&"answers.offence-harm".into()),
        "{account:?}"
    );
    assert!(
        places(harm).contains(&"answers.offence-harm".into()),
        "{harm:?}"
    );
    assert!(account.unsupported.is_empty(), "{account:?}");
}

#[test]
fn a_sentence_that_no_answer_bears_out_is_marked_and_told_as_advice() {
    let pack = pack();
    for (sentence, unsupported) in [
        ("She punched the victim twice in the face.", false),
        ("Ms Hart was convicted on 12 November 2026.", false),
        ("The argument was over within one minute.", false),
        ("She waited quietly for the police.", false),
        ("She punched the victim seven times in the face.", true),
        ("Ms Hart was convicted on 14 November 2026.", true),
        ("The argument was with Beatrice.", true),
        ("She enjoys gardening and breeds spaniels.", true),
        // What is kept on the record bears nothing out in the report.
        ("The child was born on 30 August.", true),
    ] {
        let (draft, findings) = pack
            .draft(&edited(&pack, "offence", sentence), today())
            .unwrap();
        let found: Vec<String> = section(&draft, "offence").passages[0].unsupported.clone();
        assert_eq!(found.is_empty(), !unsupported, "{sentence}: {found:?}");
        let told = codes(&findings).contains(&("edit.unsupported", Severity::Advise));
        assert_eq!(told, unsupported, "{sentence}");
    }
}

#[test]
fn answers_that_change_after_an_edit_leave_it_and_say_so() {
    let pack = pack();
    let mut case = edited(&pack, "offence", "Ms Hart punched the victim twice.");
    let answer = case.answers.get_mut("offence-account").unwrap();
    answer.value = Some("Ms Hart pushed the victim.".into());
    let (draft, findings) = pack.draft(&case, today()).unwrap();
    let offence = section(&draft, "offence");
    assert_eq!(
        joined(&offence.passages),
        "Ms Hart punched the victim twice."
    );
    let now = offence.edited.as_ref().unwrap();
    assert!(now.changed && now.drafted.contains("pushed the victim"));
    assert!(codes(&findings).contains(&("edit.answers-changed", Severity::Warn)));
    let to_sign = pack
        .to_sign(&case, &pack.directory.now(), today(), signer())
        .unwrap();
    assert!(
        to_sign
            .left_open()
            .iter()
            .any(|l| l.contains("have changed since you edited"))
    );
    assert!(
        to_sign
            .draft
            .markdown()
            .contains("punched the victim twice")
    );
}

#[test]
fn a_protected_term_typed_into_an_edit_is_taken_out_and_blocks_the_signature() {
    let pack = pack();
    for hidden in [
        "It was Darren Pike.",
        "It was DARREN pike.",
        "It was Dar*ren* P**ike**.",
        "It was Darren\nPike.",
        "It was **Dar**ren\\\nPike.",
        "- It was\n- [Darren](Pike)",
        "# It was Darren Pike",
        "```\nDarren Pike",
        "| a | b |\n| - | - |\n| Dar**ren** | Pike |",
        "She lives at Flat 4, 12 Example Court.",
        "He lives in That\u{ad}cham.",
    ] {
        let case = edited(&pack, "offence", hidden);
        let (draft, findings) = pack.draft(&case, today()).unwrap();
        let file = pack.docx(&case, now()).unwrap();
        let read = Docx::open(&file).look().text().replace('\u{ad}', "");
        for term in ["Darren", "Pike", "Example Court", "Thatcham"] {
            assert!(
                !read.to_lowercase().contains(&term.to_lowercase()),
                "{hidden:?}: {term}"
            );
            assert!(!draft.markdown().contains(term), "{hidden:?}: {term}");
        }
        assert!(read.contains("[withheld]"), "{hidden:?}");
        let blocks = |f: &&Finding| {
            f.code == "safety.must-not-leave" && f.at.as_deref() == Some("edits.offence.text")
        };
        assert!(
            findings.iter().any(|f| blocks(&f)),
            "{hidden:?}: {findings:?}"
        );
        let to_sign = pack
            .to_sign(&case, &pack.directory.now(), today(), signer())
            .unwrap();
        assert!(to_sign.blocking.iter().any(|f| blocks(&f)), "{hidden:?}");
    }
}

#[test]
fn a_mark_that_was_copied_with_the_draft_is_something_to_settle() {
    let pack = pack();
    let case = edited(&pack, "offence", "She met \\[withheld\\] outside a shop.");
    let (_, findings) = pack.draft(&case, today()).unwrap();
    assert!(codes(&findings).contains(&("edit.says-withheld", Severity::Warn)));
}

#[test]
fn a_section_that_is_written_anew_each_day_cannot_be_edited() {
    let pack = pack();
    for (id, can) in [
        ("offence", true),
        ("about", false),
        ("unsettled", false),
        ("none", false),
    ] {
        assert_eq!(pack.templates.can_be_edited(id, Format::Short), can, "{id}");
    }
    let mut case = angela();
    let edit: SectionEdit = serde_json::from_value(json!({"text": "Nothing is open."})).unwrap();
    case.edits.insert("unsettled".into(), edit);
    let (draft, _) = pack.draft(&case, today()).unwrap();
    assert!(!draft.markdown().contains("Nothing is open."));
}

#[test]
fn an_edit_of_a_section_whose_answers_are_gone_still_stands() {
    let pack = pack();
    let mut case = edited(&pack, "offence", "In her author's words.");
    case.answers
        .retain(|id, _| !id.starts_with("offence") && !id.starts_with("victim"));
    let (draft, findings) = pack.draft(&case, today()).unwrap();
    assert_eq!(
        joined(&section(&draft, "offence").passages),
        "In her author's words."
    );
    assert!(codes(&findings).contains(&("edit.answers-changed", Severity::Warn)));
}

#[test]
fn the_annex_of_facts_names_answers_and_sources_and_holds_nothing_of_the_record() {
    let pack = pack();
    let case = edited(
        &pack,
        "offence",
        "She met the victim outside a shop. She has nine cats.",
    );
    let (draft, _) = pack.draft(&case, today()).unwrap();
    let file = annex(&case, &draft, &pack.facts, now()).unwrap();
    checks::assert_structure(&file);
    let read = Docx::open(&file);
    let text = read.look().text();
    for said in [
        "Not for the court",
        "as edited by the author",
        "Prosecution case summary, 12 November 2026",
        "(verified)",
        "No answer bears out: “She has nine cats.”",
    ] {
        assert!(text.contains(said), "the annex lacks {said:?}:\n{text}");
    }
    let everything: String = read.parts.values().cloned().collect();
    for kept in ["Darren", "Pike", "Alfie", "Thatcham", "her own phone"] {
        assert!(!everything.contains(kept), "{kept}");
    }
    let report = Docx::open(&pack.docx(&case, now()).unwrap()).look().text();
    assert!(!report.contains("Facts used") && !report.contains("No answer bears out"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is typed, the document can be read, its words are in it and the sections
    /// after it are still sections.
    #[test]
    fn any_edit_gives_a_sound_document_with_its_words(
        words in proptest::collection::vec("[a-z]{3,9}", 1..12),
        marks in proptest::collection::vec(proptest::sample::select(vec![
            " ", "\n\n", "\n- ", "\n1. ", " **", "\n> ", "\n```\n", "\n<!-- ", "\n# ", " | ", "\n    ",
        ]), 12),
    ) {
        let parts = words.iter().zip(&marks);
        let text: String = parts.flat_map(|(word, mark)| [mark, "zq", word]).collect();
        let pack = PACK.with(std::rc::Rc::clone);
        let case = edited(&pack, "offence", &text);
        let file = pack.docx(&case, now()).unwrap();
        checks::assert_structure(&file);
        let read = Docx::open(&file);
        for word in &words {
            prop_assert!(read.look().text().contains(&format!("zq{word}")), "{word} of {text:?}");
        }
        let headings = read.look().headings();
        prop_assert!(headings.iter().any(|(level, h)| *level == 2 && h == "Sources"), "{headings:?}");
    }
}

thread_local! {
    static PACK: std::rc::Rc<Pack> = std::rc::Rc::new(pack());
}
