//! The oral report: a note that fits a page and is fit to be overheard, and its record.

use foreword::{
    case::CaseFile,
    pack::{letter_document, oral_document},
    report::{document::Document, letters::Reach, plain},
    review::outbound::Output,
};

use super::{
    cases::{angela, miriam, now, pack, today},
    checks,
};

fn note(case: &CaseFile) -> foreword::report::SpeakingNote {
    let pack = pack();
    pack.speaking_note(case, &pack.directory.now(), today())
        .unwrap()
}

#[test]
fn the_note_reads_as_it_was_last_read_by_eye() {
    insta::with_settings!({ snapshot_path => "drafts", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("angela-speaking-note", note(&angela()).draft.markdown());
        insta::assert_snapshot!("miriam-speaking-note", note(&miriam()).draft.markdown());
    });
}

#[test]
fn the_note_fits_one_page_and_says_how_long_it_takes() {
    for case in [angela(), miriam()] {
        let note = note(&case);
        assert!((1..=4).contains(&note.minutes), "{} minutes", note.minutes);
        assert!(!note.too_long, "{} words", note.words);
        let docx = oral_document(&case, &note.draft, now()).unwrap();
        assert_eq!(checks::assert_sound(&docx).pages(), 1);
    }
}

#[test]
fn nothing_of_abuse_health_or_where_she_will_be_is_said_aloud() {
    for case in [angela(), miriam()] {
        let text = note(&case).draft.markdown().to_lowercase();
        for word in [
            "abus",
            "partner",
            "violence",
            "trauma",
            "depress",
            "brain",
            "harms herself",
            "alana house",
            "tuesday",
            "thursday",
            "newbury",
            "west berkshire",
            "foster",
            "hurt her",
        ] {
            assert!(!text.contains(word), "{word} is said aloud:\n{text}");
        }
        assert!(!text.contains('|'), "a table cannot be spoken:\n{text}");
    }
}

#[test]
fn a_sentence_about_abuse_that_was_typed_into_the_reasons_is_left_out_and_counted() {
    let mut case = angela();
    case.proposal.rationale = Some("She keeps appointments. She works.".into());
    let before = note(&case).left_out;
    case.proposal.rationale =
        Some("She keeps appointments. He abused her for years. She works.".into());
    let note = note(&case);
    let text = note.draft.markdown();
    assert!(
        text.contains("She keeps appointments. She works."),
        "{text}"
    );
    assert_eq!(note.left_out, before + 1);
    assert!(!text.contains("abused"));
}

#[test]
fn the_record_has_her_the_court_the_offence_and_the_sentence_and_may_leave() {
    let pack = pack();
    let case = angela();
    let record = pack
        .oral_record(&case, &pack.directory.now(), today())
        .unwrap();
    let text = plain::to_text(&Document::from_markdown(&record.markdown()));
    for said in [
        "Angela Hart",
        "Reading Magistrates",
        "Assault occasioning",
        "assault occasioning",
        "18 months",
        "Rosalind Achebe",
    ] {
        let said = said.to_lowercase();
        assert!(text.to_lowercase().contains(&said), "{said}:\n{text}");
    }
    assert!(!text.contains("Offence analysis"));
    let docx = oral_document(&case, &record, now()).unwrap();
    checks::assert_sound(&docx);
    let looked = pack.look(&case, &record, &pack.directory.now());
    let found = pack.last_look(&looked, &[Output::Docx(&docx)]);
    assert_eq!(found, Ok(Vec::new()));
}

/// Every field of a letter filled in.
fn letter(case: &CaseFile, id: &str) -> (String, foreword::report::Draft) {
    let pack = pack();
    let letters = &pack.templates.letters;
    let letter = letters.letter(id).unwrap();
    let typed = |field: &str| match field {
        "day" => "Thursday 10 December 2026",
        "missed" => "Tuesday 8 December",
        "review" => "Thursday 31 December 2026",
        "time" => "10am to 10.45am",
        "place" => "The blue door beside the library, Mill Street",
        "worker" => "Priya",
        "contact" => "01632 960 001",
        "decided" => "a community order of 18 months",
        _ => "",
    };
    let fields = letter
        .fields
        .iter()
        .map(|f| (f.id.clone(), typed(&f.id).to_owned()));
    let typed = letters.typed(fields.collect(), Reach::of(case).discreet());
    let draft = pack
        .letter(case, letter, &typed, &pack.directory.now(), today())
        .unwrap();
    (draft.markdown(), draft)
}

/// Miriam, who has said that her post is safe.
fn post_is_safe() -> CaseFile {
    let mut case = miriam();
    let answer = serde_json::json!({"value": {"post": "yes"}, "visibility": "record-only"});
    case.answers.insert(
        "safe-contact".into(),
        serde_json::from_value(answer).unwrap(),
    );
    case
}

const LETTERS: [&str; 4] = [
    "letter-appointment",
    "letter-missed",
    "letter-after-court",
    "letter-plan",
];

#[test]
fn each_letter_reads_as_it_was_last_read_by_eye() {
    insta::with_settings!({ snapshot_path => "drafts", prepend_module_to_snapshot => false }, {
        for id in LETTERS {
            insta::assert_snapshot!(format!("angela-{id}"), letter(&angela(), id).0);
            insta::assert_snapshot!(format!("miriam-{id}"), letter(&post_is_safe(), id).0);
        }
    });
}

#[test]
fn a_letter_that_somebody_else_might_open_tells_them_nothing() {
    for id in LETTERS {
        let (text, draft) = letter(&angela(), id);
        let pack = pack();
        let found = pack
            .templates
            .letters
            .unsafe_words(&text, &Reach::of(&angela()));
        assert!(found.is_empty(), "{id}: {found:?}\n{text}");
        let docx = letter_document(&draft, &angela(), now()).unwrap();
        checks::assert_sound(&docx);
        let file = super::read::Docx::open(&docx);
        for part in file.parts.values() {
            for word in [
                "probation",
                "Probation",
                "Hart",
                "Magistrates",
                "Achebe",
                "43EX",
            ] {
                assert!(!part.contains(word), "{id} holds {word}");
            }
        }
    }
}

#[test]
fn every_letter_is_in_short_sentences_and_plain_words() {
    let pack = pack();
    let most = pack.templates.letters.most_words_in_a_sentence;
    for id in LETTERS {
        for case in [angela(), post_is_safe()] {
            let text = plain::to_unwrapped(&Document::from_markdown(&letter(&case, id).0));
            let lines = text.lines().filter(|l| !l.starts_with("- "));
            let sentences: Vec<&str> = lines.flat_map(|l| l.split(['.', '?', ';', ':'])).collect();
            let mut words = 0;
            let mut letters = 0;
            for sentence in &sentences {
                let count = sentence.split_whitespace().count();
                assert!(count <= most, "{id}: {count} words: {sentence}");
                words += count;
                letters += sentence.chars().filter(|c| c.is_alphabetic()).count();
            }
            assert!(
                words > 20 && letters * 10 < words * 46,
                "{id}: long words: {letters}/{words}"
            );
        }
    }
}

#[test]
fn an_area_may_have_the_order_of_the_official_report_instead_of_the_proposal_first() {
    let mut files = foreword::content::ContentFiles::embedded().unwrap();
    let path = "report-templates/report/formats.toml";
    let text = files
        .text(path)
        .unwrap()
        .replace("proposal_first = true", "proposal_first = false");
    files.set(path, text);
    let pack = foreword::pack::Pack::load(&files).unwrap();
    let (draft, _) = pack.draft(&angela(), today()).unwrap();
    let order: Vec<&str> = draft.sections.iter().map(|s| s.id.as_str()).collect();
    let at = |id: &str| order.iter().position(|s| *s == id).unwrap();
    assert_eq!(order[0], "heading");
    assert!(
        at("offence") < at("circumstances") && at("circumstances") < at("risk"),
        "{order:?}"
    );
    assert!(
        at("risk") < at("proposal") && at("proposal") < at("sources"),
        "{order:?}"
    );
    let docx = foreword::pack::document(&angela(), &draft, now()).unwrap();
    checks::assert_structure(&docx);
}

/// Angela's case, with the reply of a women's centre brought in.
fn assessed() -> CaseFile {
    let mut case = angela();
    let reply = serde_json::json!([{
        "referral": "0192f0c1-0000-7000-8000-000000000001", "service": "invented",
        "centre": "Invented House", "version": 1, "signed_on": "2026-11-20",
        "signed_by": "Ruth Vane",
        "reply": {
            "met_on": "2026-11-18", "met_how": "at-the-centre", "suitability": "with-conditions",
            "suitability_why": "A morning group, so that she can collect her son.",
            "goals": "To sleep through the night.", "not_for_court": "She is in touch with him again.",
            "package": [{ "what": "Alcohol and recovery group", "worker": "Bryony", "weeks": 12 }],
        },
    }]);
    case.assessments = serde_json::from_value(reply).unwrap();
    case
}

#[test]
fn what_a_centre_says_is_told_aloud_without_its_name_and_is_in_the_record_with_it() {
    let case = assessed();
    let spoken = note(&case).draft.markdown();
    for said in [
        "women’s centre assessed Ms Hart",
        "18 November 2026",
        "suits her, with conditions",
    ] {
        assert!(spoken.contains(said), "{said}:\n{spoken}");
    }
    for unsaid in [
        "Invented House",
        "Bryony",
        "collect her son",
        "sleep through",
    ] {
        assert!(
            !spoken.contains(unsaid),
            "{unsaid} is said aloud:\n{spoken}"
        );
    }
    let pack = pack();
    let record = pack
        .oral_record(&case, &pack.directory.now(), today())
        .unwrap();
    let text = record.markdown();
    for said in [
        "Invented House",
        "Ruth Vane",
        "Bryony",
        "12 weeks",
        "sleep through the night",
    ] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
    assert!(!text.contains("in touch with him"), "{text}");
}
