//! Every combination of what an enquiry can hold, in every format: silence never reads
//! as an answer, and nothing kept for the record gets out.

use chrono::{DateTime, NaiveDate, Utc};
use foreword::{
    case::{CaseFile, Enquiry, EnquiryKind, EnquiryOutcome, Format, IfOutstanding},
    content::ContentFiles,
    finding::Severity,
    pack::Pack,
    report::{self, document::Document, plain},
};

use super::read::Docx;

const KINDS: [EnquiryKind; 3] = [
    EnquiryKind::PoliceDomesticAbuse,
    EnquiryKind::ChildrensServices,
    EnquiryKind::Other,
];
/// Every outcome in which nobody has told of anything.
const SILENT: [EnquiryOutcome; 4] = [
    EnquiryOutcome::NotSent,
    EnquiryOutcome::Pending,
    EnquiryOutcome::NoRecord,
    EnquiryOutcome::Refused,
];
const SECRETS: [&str; 9] = [
    "Zebrafield",
    "Quentin",
    "77 Hidden Mews",
    "ZZ1 1ZZ",
    "RECORDONLY",
    "BASISWORDS",
    "REQUESTER",
    "CHANNELWORDS",
    "REPLIER",
];

fn pack() -> Pack {
    Pack::load(&ContentFiles::embedded().unwrap()).unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-11-25T09:00:00Z".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Nothing, everything, and everything but the agency.
const FEW: [u8; 3] = [0, 0b11_1111, 0b01_1111];

/// Each combination of kind and choice, with these fields filled, for some outcomes.
fn combinations(outcomes: &[EnquiryOutcome], fields: &[u8]) -> Vec<Enquiry> {
    let choices = IfOutstanding::ALL.map(Some).into_iter().chain([None]);
    let choices: Vec<_> = choices.collect();
    let mut all = Vec::new();
    for kind in KINDS {
        for outcome in outcomes {
            for choice in &choices {
                for filled in fields {
                    all.push(one(kind, *outcome, *choice, *filled));
                }
            }
        }
    }
    all
}

fn one(
    kind: EnquiryKind,
    outcome: EnquiryOutcome,
    choice: Option<IfOutstanding>,
    filled: u8,
) -> Enquiry {
    let has = |bit: u8| filled & (1 << bit) != 0;
    let text = |bit: u8, text: &str| has(bit).then(|| text.to_owned());
    let agency = if has(5) { "Thames Valley Example" } else { "" };
    Enquiry {
        persons: vec!["Quentin Zebrafield, born 3 May 1980".into()],
        addresses: vec!["77 Hidden Mews, Newbury, ZZ1 1ZZ".into()],
        sent: has(0).then(|| day("2026-11-12")),
        chased: if has(0) {
            vec![day("2026-11-16"), day("2026-11-14")]
        } else {
            Vec::new()
        },
        replied: has(1).then(|| day("2026-11-18")),
        outcome,
        summary: text(
            2,
            "It looked back five years, at Quentin Zebrafield and 77 Hidden Mews.",
        ),
        record_only: Some("RECORDONLY".into()),
        effect: text(3, "The plan is reviewed when more is known."),
        if_outstanding: choice,
        reason: Some("BASISWORDS".into()),
        requested_by: Some("REQUESTER".into()),
        sent_how: Some("CHANNELWORDS".into()),
        expected: has(1).then(|| day("2026-11-17")),
        replied_by: Some("REPLIER".into()),
        not_made: text(4, "The office could not be reached."),
        ..Enquiry::of(kind, agency)
    }
}

fn case(format: Format, enquiries: Vec<Enquiry>) -> CaseFile {
    let mut case = CaseFile {
        format,
        enquiries,
        ..CaseFile::new()
    };
    case.woman.name.first = "Angela".into();
    case.woman.name.last = "Example".into();
    case
}

/// The text of every format it can leave in, with its tags as blanks.
fn outputs(pack: &Pack, case: &CaseFile) -> Vec<(&'static str, String)> {
    let (draft, _) = pack.draft(case, now().date_naive()).unwrap();
    let markdown = draft.markdown();
    let document = Document::from_markdown(&markdown);
    let docx = Docx::open(&pack.docx(case, now()).unwrap());
    let wording = pack
        .enquiries
        .asking_for_time(case, &pack.interview, Vec::new(), now().date_naive())
        .unwrap()
        .unwrap_or_default();
    vec![
        ("html", report::page("Report", &document)),
        ("text", plain::to_text(&document)),
        ("docx", docx.parts.values().cloned().collect()),
        ("wording for time", wording),
        ("markdown", markdown),
    ]
}

/// Small letters and single blanks, without tags.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut tag = false;
    for letter in text.chars() {
        match letter {
            '<' => tag = true,
            '>' if tag => {
                tag = false;
                out.push(' ');
            }
            _ if tag => {}
            letter => out.extend(letter.to_lowercase()),
        }
    }
    let words = out
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

const FORMATS: [Format; 3] = [Format::Oral, Format::Short, Format::Standard];

#[test]
fn silence_never_reads_as_an_answer_whatever_is_filled_in() {
    let pack = pack();
    let absence = [
        "no abuse",
        "no domestic abuse",
        "no evidence",
        "no history",
        "no concern",
        "no concerns",
        "nothing of concern",
        "no risk",
        "not at risk",
        "not a victim",
        "no harm",
        "is safe",
        "clear",
        "there is none",
        "did not happen",
        "has not been",
    ];
    let every: Vec<u8> = (0..64).collect();
    for format in FORMATS {
        // All formats are written by the same passages; one is tried with everything.
        let fields = if format == Format::Short {
            &every[..]
        } else {
            &FEW
        };
        let case = case(format, combinations(&SILENT, fields));
        for (output, text) in outputs(&pack, &case) {
            let text = words(&text);
            for phrase in absence {
                let found = text.find(&format!(" {phrase} "));
                let around =
                    found.map(|at| &text[at.saturating_sub(80)..(at + 80).min(text.len())]);
                assert_eq!(around, None, "{format:?} {output}: {phrase}");
            }
            for (claim, denied) in [
                ("there was none", "not evidence that there was none"),
                ("there was nothing", "not evidence that there was nothing"),
                ("there is nothing", "not evidence that there is nothing"),
            ] {
                assert_eq!(
                    text.matches(claim).count(),
                    text.matches(denied).count(),
                    "{format:?} {output}: {claim}"
                );
            }
        }
    }
}

#[test]
fn what_is_for_the_record_reaches_no_format_even_where_it_is_typed_into_a_summary() {
    let pack = pack();
    let outcomes: Vec<_> = SILENT
        .into_iter()
        .chain([EnquiryOutcome::Concerns, EnquiryOutcome::NoConcerns])
        .collect();
    for format in FORMATS {
        let case = case(format, combinations(&outcomes, &FEW));
        for (output, text) in outputs(&pack, &case) {
            for secret in SECRETS {
                assert!(!text.contains(secret), "{format:?} {output}: {secret}");
            }
        }
        let (_, findings) = pack.draft(&case, now().date_naive()).unwrap();
        let blocked = findings
            .iter()
            .find(|f| f.code == "safety.must-not-leave")
            .unwrap();
        assert_eq!(blocked.severity, Severity::Block);
        assert!(
            blocked.at.as_ref().unwrap().starts_with("enquiries["),
            "{blocked:?}"
        );
    }
}

/// The passage of one enquiry.
fn passage(pack: &Pack, enquiry: Enquiry) -> String {
    let case = case(Format::Short, vec![enquiry]);
    let (draft, _) = pack.draft(&case, now().date_naive()).unwrap();
    let section = draft.sections.iter().find(|s| s.id == "enquiries").unwrap();
    section.passages[0].markdown.clone()
}

#[test]
fn the_choice_is_printed_exactly_while_the_enquiry_is_open() {
    let pack = pack();
    let said = [
        (
            IfOutstanding::AskForAdjournment,
            "The court is asked for time",
        ),
        (
            IfOutstanding::ProceedAndSaySo,
            "This report goes on without it",
        ),
        (
            IfOutstanding::AvoidDependentRequirements,
            "Requirements that depend on it are not proposed",
        ),
    ];
    for (outcome, open) in [
        (EnquiryOutcome::NotSent, true),
        (EnquiryOutcome::Pending, true),
        (EnquiryOutcome::NoRecord, false),
        (EnquiryOutcome::Refused, false),
        (EnquiryOutcome::Concerns, false),
        (EnquiryOutcome::NoConcerns, false),
    ] {
        for choice in IfOutstanding::ALL.map(Some).into_iter().chain([None]) {
            let text = passage(&pack, one(KINDS[0], outcome, choice, 0b0010_0001));
            for (way, words) in said {
                let expected = open && choice == Some(way);
                assert_eq!(
                    text.contains(words),
                    expected,
                    "{outcome:?} {choice:?}: {text}"
                );
            }
        }
    }
}

#[test]
fn each_outcome_reads_as_a_careful_person_would_say_it() {
    let pack = pack();
    let of = |kind, outcome, filled| passage(&pack, one(kind, outcome, None, filled));
    let all = KINDS.map(|kind| {
        [
            of(kind, EnquiryOutcome::NotSent, 0b10_0000),
            of(kind, EnquiryOutcome::NotSent, 0b11_0000),
            of(kind, EnquiryOutcome::Pending, 0b10_0001),
            of(kind, EnquiryOutcome::NoRecord, 0b10_0011),
            of(kind, EnquiryOutcome::NoConcerns, 0b10_0011),
            of(kind, EnquiryOutcome::Concerns, 0b10_0011),
            of(kind, EnquiryOutcome::Refused, 0b10_0011),
        ]
        .join("\n\n")
    });
    insta::with_settings!({ snapshot_path => "drafts", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("enquiries", all.join("\n\n"));
    });
}
