//! Attacks: the ways in which what must not leave has been typed by hand, or might be.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    content::ContentFiles,
    directory::{Record, facts::Location},
    pack::Pack,
};

static PACK: LazyLock<Pack> =
    LazyLock::new(|| Pack::load(&ContentFiles::embedded().unwrap()).unwrap());

/// A case with one of everything that must not leave.
fn case() -> CaseFile {
    serde_json::from_value(json!({
        "foreword_case": 1,
        "author": {"name": "Rosalind Achebe", "office": "West Berkshire"},
        "woman": {
            "name": {"title": "Ms", "first": "Angela", "last": "Hart"},
            "date_of_birth": "1988-04-17",
            "crn": "X000138",
            "address": "Flat 4, 12 Example Court, Newbury RG14 5ZZ"
        },
        "protected": [
            {"text": "Darren Pike", "why": "abuser's name"},
            {"text": "Zoë Łukasz-O'Neil", "why": "child's name"},
            {"text": "May", "why": "child's name"},
            {"text": "Thatcham", "why": "where he lives"}
        ],
        "answers": {
            "children": {"visibility": "record-only", "value": [
                {"name": "Alfie Hart", "date_of_birth": "2025-08-30", "school": "Little Acorns nursery, from January 2027"}
            ]},
            "abuser-details": {"visibility": "record-only", "value":
                "He has friends in the town-centre group and has used them before to find her. His cousin is called Marvin Okoro."},
            "safe-contact": {"visibility": "record-only", "value":
                {"method": "Text 07700 900123 or a.hart@example.org"}},
            "medication": {"value": {"taken": "yes", "names": "sertraline"}}
        },
        "enquiries": [{
            "kind": "police-domestic-abuse",
            "agency": "Thames Valley Police",
            "persons": ["Darren Pike, born 3 May 1980"],
            "addresses": ["8 Orchard Rise, Thatcham"],
            "replied_by": "Dana Whitlock, safeguarding unit",
            "record_only": "A neighbour told the officer that she had seen him waiting."
        }],
        "notes": {"offence": "Ring the sister again about the night he came back drunk."}
    }))
    .unwrap()
}

fn directory() -> Directory {
    let whole = PACK.directory.now();
    let record = Record {
        id: "refuge".into(),
        name: "A refuge".into(),
        facts: crate::directory::facts::Facts {
            locations: vec![Location {
                address: "3 Hidden Lane".into(),
                postcode: "RG1 9XY".into(),
                internal: true,
                ..Location::default()
            }],
            ..Default::default()
        },
        ..whole.services()[0].record.clone()
    };
    whole.with_records(vec![record])
}

fn guard(case: &CaseFile) -> Guard {
    PACK.guard(case, &directory())
}

fn hits(text: &str) -> Vec<Hit> {
    static GUARD: LazyLock<Guard> = LazyLock::new(|| guard(&case()));
    GUARD.in_text(text, "a text", "section.x")
}

fn all_found(texts: &[&str], kind: Guarded) {
    let missed: Vec<(&&str, Vec<Hit>)> = texts
        .iter()
        .map(|text| (text, hits(text)))
        .filter(|(_, found)| !found.iter().any(|hit| hit.kind == kind))
        .collect();
    assert!(missed.is_empty(), "not found as {kind:?}: {missed:#?}");
}

#[test]
fn the_example_reports_of_every_format_may_leave_as_they_are() {
    for json in [
        include_str!("../../../tests/cases/angela.json"),
        include_str!("../../../tests/cases/miriam.json"),
    ] {
        let mut case = crate::case::from_json(json).unwrap();
        for format in crate::case::Format::ALL {
            case.format = format;
            let (draft, _) = PACK.draft(&case, "2026-11-25".parse().unwrap()).unwrap();
            assert_eq!(guard(&case).in_draft(&draft, &case), []);
        }
    }
}

#[test]
fn a_name_is_found_in_any_case_without_accents_joined_parted_owned_and_misspelt() {
    let texts = [
        "She met DARREN PIKE.",
        "she met darren there",
        "Pike’s car",
        "Pikes car",
        "DarrenPike",
        "Darren-Pike",
        "Darren\nPike",
        "D. Pike",
        "Dar\u{ad}ren",
        "Daren came",
        "Darran came",
        "Darrne came",
        "Darren Pyke",
        "darren pik",
        "Zoe",
        "ZOE",
        "zoë",
        "Lukasz ONeil",
        "Łukasz O’Neil",
        "Zoe Lukasz O'Neil",
        "Lukasz",
        "Alfie’s mother",
        "alfie hart",
        "Marvin Okoro",
        "marvin okoro",
        "Marvin Okorro",
        "Dana Whitlock rang",
        "Dana Whitelock rang",
    ];
    all_found(&texts, Guarded::Name);
    all_found(
        &["near Thatcham", "THATCHAM", "in Thatchem"],
        Guarded::Other,
    );
}

#[test]
fn an_address_is_found_whole_in_part_abbreviated_and_misspelt() {
    let texts = [
        "12 Example Court",
        "12, example ct",
        "flat 4, 12 Exmple Court",
        "RG14 5ZZ",
        "rg145zz",
        "at 12 EXAMPLE COURT.",
        "8 Orchard Rise",
    ];
    all_found(&texts, Guarded::Address);
    all_found(
        &["in Example Court", "the flats of Example Ct"],
        Guarded::Place,
    );
}

#[test]
fn an_undisclosed_address_of_the_directory_is_found() {
    all_found(
        &["3 Hidden Lane", "3 hidden ln", "RG1 9XY", "rg19xy"],
        Guarded::Refuge,
    );
}

#[test]
fn a_school_is_found_in_part() {
    let texts = [
        "Little Acorns",
        "the LittleAcorns nursery",
        "little acorn",
        "at Acorns",
        "Acorn nursery",
    ];
    all_found(&texts, Guarded::Place);
}

#[test]
fn a_birthday_is_found_however_it_is_written() {
    let texts = [
        "born 30 August 2025",
        "30th of August 2025",
        "August 30, 2025",
        "30/08/2025",
        "30.8.2025",
        "30-08-25",
        "2025-08-30",
        "30 Aug 2025",
        "the thirtieth of August",
        "his birthday, 30 August",
        "3rd May 1980",
    ];
    all_found(&texts, Guarded::Birthday);
    assert_eq!(hits("It was committed on 30 August 2026."), []);
}

#[test]
fn a_number_is_found_however_it_is_grouped() {
    let texts = [
        "07700900123",
        "077 00 90 01 23",
        "+44 7700 900123",
        "+44 (0)7700 900-123",
        "A.Hart@example.org",
        "x000138",
        "X 000138",
    ];
    all_found(&texts, Guarded::Number);
}

#[test]
fn words_of_a_text_that_is_kept_off_are_found_from_six_in_a_row() {
    let texts = [
        "I am told that he HAS USED THEM BEFORE to find people.",
        "A neighbour told the officer that",
        "ring the sister again about the night",
        "She takes Sertraline.",
        "sertralin daily",
    ];
    all_found(&texts, Guarded::Words);
    assert_eq!(hits("He has friends in town."), []);
}

#[test]
fn ordinary_words_and_names_that_belong_here_are_left() {
    for text in [
        "In May 2026 she moved. On 4 May she may go, and on 3 May 1981.",
        "The turnpike and a barren field.",
        "Ms Hart, written by Rosalind Achebe.",
        "Flat 12 of another house, 13 Example Street",
        "RG14 is her district; the number is 07700 900124.",
        "She was born on 17 April 1988.",
    ] {
        assert_eq!(hits(text), [], "{text}");
    }
}

#[test]
fn a_name_inside_a_longer_one_is_told_once() {
    assert_eq!(hits("Darren Pike").len(), 1);
    assert_eq!(hits("Darren Pike, Darren, Darren").len(), 2);
}

#[test]
fn a_find_never_repeats_the_words() {
    for hit in hits("Darren Pike, 12 Example Court, 07700 900123, born 30 August 2025") {
        let finding = PACK.outbound.finding(&hit).unwrap();
        let told = format!("{finding:?}").to_lowercase();
        for word in ["darren", "pike", "example", "7700", "august"] {
            assert!(!told.contains(word), "{told}");
        }
    }
}

#[test]
fn a_reason_lets_a_name_stand_where_it_was_given_and_never_an_address() {
    let mut case = case();
    case.leaving.key = "key".into();
    for hit in hits("Thatcham and 12 Example Court") {
        case.leaving.allowed.insert(
            Leaving::name("key", hit.words(), "answers.offence-account"),
            crate::case::Allowed::default(),
        );
    }
    let guard = guard(&case);
    let found = guard.in_text(
        "Thatcham and 12 Example Court",
        "x",
        "answers.offence-account",
    );
    let stand: Vec<(Guarded, bool)> = found.iter().map(|hit| (hit.kind, hit.allowed)).collect();
    assert_eq!(stand, [(Guarded::Other, true), (Guarded::Address, false)]);
    let elsewhere = guard.in_text("Thatcham", "x", "answers.strengths");
    assert!(!elsewhere[0].allowed);
}

#[test]
fn every_part_of_a_word_document_is_looked_through() {
    let (draft, _) = PACK.draft(&case(), "2026-11-25".parse().unwrap()).unwrap();
    let guard = guard(&case());
    let drafted = guard.in_draft(&draft, &case());
    let now = "2026-11-25T09:00:00Z".parse().unwrap();
    let clean = crate::pack::document(&case(), &draft, now).unwrap();
    assert_eq!(
        guard.in_file(&Output::Docx(&clean), &drafted),
        Ok(Vec::new())
    );
    let mut named = case();
    named.hearing.case_number = Some("PIKE 12".into());
    let bytes = crate::pack::document(&named, &draft, now).unwrap();
    let found = guard.in_file(&Output::Docx(&bytes), &drafted).unwrap();
    assert_eq!(found[0].where_, "the header of its pages");
    named.hearing.case_number = None;
    named.author.name = "Darren Pyke".into();
    let bytes = crate::pack::document(&named, &draft, now).unwrap();
    let found = guard.in_file(&Output::Docx(&bytes), &drafted).unwrap();
    assert_eq!(found[0].where_, "the document’s properties");
}

/// One slip of the pen in a word.
fn slip(word: &str, at: usize, how: usize, letter: char) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = at % letters.len();
    match how % 4 {
        0 => letters[at] = letter,
        1 => letters.insert(at, letter),
        2 => drop(letters.remove(at)),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.swap(0, 1),
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_made_up_name_with_any_slip_is_found_in_any_text(
        name in "[A-Z][bcdfgklmprtvz][aeiou]{2}[bcdfgklmprtvz]{2}[aeiou][bcdfgklmprtvz]{1,3}",
        at in 0_usize..12, how in 0_usize..4, letter in "[bcdfgklm]",
        before in "[a-z ,.;:!-]{0,40}", after in "[ ,.;:!?)’-][a-z ,.;:!-]{0,40}",
    ) {
        let mut case = CaseFile::new();
        case.protected.push(crate::case::ProtectedTerm { text: format!("Quentin {name}"), why: "name".into() });
        let guard = PACK.guard(&case, &directory());
        let letter = letter.chars().next().unwrap();
        let mut written = vec![name.clone(), name.to_uppercase(), name.to_lowercase()];
        // The capital by which a lone word is known for a name stays.
        let slipped = slip(&name[1..], at, how, letter);
        written.push(format!("{}{slipped}", &name[..1]));
        for word in written {
            let text = format!("{before} {word}{after}");
            prop_assert!(!guard.in_text(&text, "x", "y").is_empty(), "{text:?} of {name}");
        }
    }
}

/// Not optimised, as tests are, it takes twenty times as long as it does in use.
#[test]
fn a_name_in_fifty_enquiries_is_sought_once() {
    let one = case();
    let mut many = case();
    let again = many.enquiries[0].clone();
    many.enquiries.extend(std::iter::repeat_n(again, 49));
    let directory = PACK.directory.now();
    let of = |case: &CaseFile| Guard::of(case, &PACK.interview, &directory, &PACK.outbound);
    assert_eq!(of(&one).things.len(), of(&many).things.len());
}
