//! The two worked cases as documents: sound for every reader, and saying what
//! `tests/cases/README.md` asks of them, no more and no less.

use chrono::{DateTime, NaiveDate, Utc};
use foreword::{
    case::{self, CaseFile, HowPunished},
    content::ContentFiles,
    finding::{Finding, Severity},
    pack::{self, Pack},
    report::Draft,
};

use super::{checks, read::Docx};

pub fn pack() -> Pack {
    Pack::load(&ContentFiles::embedded().unwrap()).unwrap()
}

pub fn angela() -> CaseFile {
    case::from_json(include_str!("../cases/angela.json")).unwrap()
}

pub fn miriam() -> CaseFile {
    case::from_json(include_str!("../cases/miriam.json")).unwrap()
}

pub fn now() -> DateTime<Utc> {
    "2026-11-25T09:00:00Z".parse().unwrap()
}

pub fn today() -> NaiveDate {
    now().date_naive()
}

fn drafted(case: &CaseFile) -> (Draft, Vec<Finding>) {
    pack().draft(case, today()).unwrap()
}

fn docx(case: &CaseFile) -> Vec<u8> {
    pack().docx(case, now()).unwrap()
}

fn codes(findings: &[Finding], severity: Severity) -> Vec<&str> {
    findings
        .iter()
        .filter(|f| f.severity == severity)
        .map(|f| f.code.as_str())
        .collect()
}

/// Every word that any part of the file holds: text, properties, header, footer.
fn everything(file: &[u8]) -> String {
    Docx::open(file).parts.values().cloned().collect()
}

#[test]
pub fn angelas_report_is_sound_and_its_first_page_holds_the_proposal() {
    let pdf = checks::assert_sound(&docx(&angela()));
    assert!((5..=8).contains(&pdf.pages()), "{} pages", pdf.pages());
    let first = pdf.text_of_page(1);
    for words in [
        "community order of 18 months",
        "up to 20 days",
        "The first four weeks",
        "Week 4",
        "Alana House, Reading",
        "Her daughter would lose two days of childcare",
        "end the place that a service holds for her",
        "raise the risk that she harms herself",
    ] {
        assert!(first.contains(words), "page one lacks {words:?}:\n{first}");
    }
}

#[test]
pub fn miriams_report_is_sound_and_threatens_no_custody() {
    let pdf = checks::assert_sound(&docx(&miriam()));
    let first = pdf.text_of_page(1);
    assert!(first.contains("community order of 12 months"), "{first}");
    assert!(first.contains("The court has said that custody is not being considered."));
    let all = drafted(&miriam()).0.markdown();
    assert!(
        !all.contains("duty to suspend"),
        "the presumption is not hers to hear of"
    );
}

#[test]
fn headings_come_in_the_order_a_sentencer_reads() {
    let headings: Vec<String> = Docx::open(&docx(&angela()))
        .look()
        .headings()
        .into_iter()
        .filter(|(level, _)| *level <= 2)
        .map(|(_, text)| text)
        .collect();
    assert_eq!(
        headings,
        [
            "Pre-sentence report",
            "Proposal",
            "Strengths",
            "Offence analysis",
            "Pattern of offending and response to supervision",
            "Who depends on her",
            "Her circumstances",
            "Needs",
            "Abuse and safety",
            "Risk",
            "Why this is proposed",
            "Services relied on",
            "Enquiries",
            "Sources",
            "About this report",
            "Still to be settled before this report is signed",
        ]
    );
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    assert_eq!(docx(&angela()), docx(&angela()));
}

#[test]
fn the_drafts_read_as_they_were_last_read_by_eye() {
    insta::with_settings!({ snapshot_path => "drafts", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("angela", drafted(&angela()).0.markdown());
        insta::assert_snapshot!("miriam", drafted(&miriam()).0.markdown());
    });
}

#[test]
fn the_presumption_of_suspension_is_not_presented_as_applying_to_angela() {
    let (draft, findings) = drafted(&angela());
    let text = draft.markdown();
    assert!(
        text.contains(
            "The duty to suspend a custodial sentence of 12 months or less does not apply"
        )
    );
    assert!(text.contains("committed while she was subject to a suspended sentence order"));
    assert!(text.contains("its breach is before the court"));
    assert!(text.contains("The frequency of her offending has fallen markedly"));
    assert!(codes(&findings, Severity::Advise).contains(&"law.presumption.does-not-apply"));
}

#[test]
fn a_programme_and_activity_days_alone_bring_the_punishment_point_with_three_ways_out() {
    for case in [angela(), miriam()] {
        let (_, findings) = drafted(&case);
        let point = findings
            .iter()
            .find(|f| f.code == "law.co.no-punishment")
            .unwrap();
        assert_eq!(point.severity, Severity::Warn);
        assert_eq!(point.resolve.len(), 3);
        assert!(
            point
                .source
                .as_ref()
                .unwrap()
                .citation
                .contains("s.208(10)")
        );
    }
}

#[test]
fn the_author_settles_the_punishment_point_by_choosing() {
    let mut case = angela();
    case.proposal.punished = Some(HowPunished::Fine { note: None });
    let (draft, findings) = drafted(&case);
    assert!(!findings.iter().any(|f| f.code == "law.co.no-punishment"));
    assert!(draft.markdown().contains("A fine is proposed as well"));
}

#[test]
fn a_programme_that_nobody_checked_is_not_promised() {
    let (_, findings) = drafted(&angela());
    assert!(codes(&findings, Severity::Warn).contains(&"practice.availability.not-checked"));
}

#[test]
fn school_attendance_without_knowledge_refuses_a_community_order_with_its_source() {
    let mut case = miriam();
    case.offences[0].id = Some("school-attendance-simple".into());
    let (_, findings) = drafted(&case);
    let refused = findings
        .iter()
        .find(|f| f.severity == Severity::Block)
        .unwrap();
    assert!(
        refused.source.as_ref().unwrap().citation.contains("202"),
        "{refused:?}"
    );
}

#[test]
fn an_hour_of_the_order_on_top_of_a_school_run_is_shown_as_a_clash() {
    let mut case = miriam();
    assert!(
        !has_clash(&drafted(&case).1),
        "as written, her week holds it"
    );
    let slot = &mut case.proposal.requirements[0].slots[0];
    slot.from = chrono::NaiveTime::from_hms_opt(15, 0, 0).unwrap();
    slot.to = chrono::NaiveTime::from_hms_opt(16, 0, 0).unwrap();
    assert!(has_clash(&drafted(&case).1));
}

fn has_clash(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.code.contains("clash"))
}

#[test]
fn nothing_kept_off_the_report_reaches_the_document() {
    for case in [angela(), miriam()] {
        let file = everything(&docx(&case));
        let mut kept: Vec<String> = case.protected.iter().map(|t| t.text.clone()).collect();
        kept.extend(case.woman.address.clone());
        kept.extend(case.woman.crn.clone());
        for record in case.answers["children"]
            .value
            .as_ref()
            .unwrap()
            .as_array()
            .unwrap()
        {
            for field in ["name", "school", "date_of_birth"] {
                kept.extend(record[field].as_str().map(str::to_owned));
            }
        }
        for answer in case.answers.values() {
            let hidden = answer.visibility != foreword::case::Visibility::InReport;
            kept.extend(
                answer
                    .value
                    .as_ref()
                    .filter(|_| hidden)
                    .and_then(|v| v.as_str())
                    .map(str::to_owned),
            );
        }
        for enquiry in &case.enquiries {
            kept.extend(enquiry.record_only.clone());
        }
        assert!(kept.len() > 5);
        for words in kept {
            assert!(!file.contains(&words), "{words:?} reached the document");
        }
    }
}

#[test]
fn a_name_typed_where_it_must_not_be_is_withheld_and_reported() {
    let mut case = angela();
    let account = case.answers.get_mut("offence-account").unwrap();
    account.value = Some("She thought that Darren had sent the victim.".into());
    let (draft, findings) = drafted(&case);
    assert!(!draft.markdown().contains("Darren"));
    assert!(draft.markdown().contains("withheld"));
    let found = findings
        .iter()
        .find(|f| f.code == "safety.must-not-leave")
        .unwrap();
    assert_eq!(found.severity, Severity::Block);
    assert_eq!(found.at.as_deref(), Some("answers.offence-account.value"));
    assert!(!everything(&pack::document(&case, &draft, now()).unwrap()).contains("Darren"));
}

#[test]
fn a_need_kept_on_the_record_is_not_named_by_what_answers_it() {
    let named = |case: &CaseFile| drafted(case).0.markdown().contains("safety from abuse");
    let mut case = angela();
    assert!(named(&case));
    let need = case.answers.get_mut("need-safety").unwrap();
    need.visibility = foreword::case::Visibility::RecordOnly;
    assert!(!named(&case));
}

#[test]
fn hostile_answers_stay_text_in_a_sound_document() {
    let mut case = angela();
    let hostile = "# Not a heading\n\n| a | b |\n| - | - |\n\u{b}<script>alert(1)</script> {{ woman.name }} **bold** \u{202e}";
    for id in ["offence-account", "strengths", "rationale", "her-words"] {
        if let Some(answer) = case.answers.get_mut(id) {
            answer.value = Some(hostile.into());
        }
    }
    case.woman.name.last = "O'Hart & <b>Co</b>".into();
    let file = docx(&case);
    checks::assert_sound(&file);
    let body = Docx::open(&file).look();
    assert!(
        !body
            .headings()
            .iter()
            .any(|(_, text)| text == "Not a heading")
    );
    assert!(body.text().contains("{{ woman.name }} **bold**"));
}

#[test]
fn an_empty_case_drafts_without_a_word_that_no_answer_bears() {
    let (draft, _) = drafted(&CaseFile::new());
    let sections: Vec<&str> = draft.sections.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(
        sections,
        ["sources", "about", "unsettled"],
        "{}",
        draft.markdown()
    );
    checks::assert_structure(&docx(&angela()));
}

#[test]
fn every_passage_of_both_drafts_rests_on_something() {
    for case in [angela(), miriam()] {
        let (draft, _) = drafted(&case);
        for passage in draft.sections.iter().flat_map(|s| &s.passages) {
            let standing =
                ["sources/law", "about/what", "unsettled/list"].contains(&passage.id.as_str());
            assert!(standing || !passage.evidence.is_empty(), "{}", passage.id);
        }
    }
}

/// Reports from any part of the answers read as whole sentences: no empty bullet, no
/// doubled stop, no space before a comma, no heading over nothing.
#[test]
fn paragraphs_survive_the_loss_of_any_one_answer() {
    let pack = pack();
    for whole in [angela(), miriam()] {
        for id in whole.answers.keys() {
            let mut case = whole.clone();
            case.answers.remove(id);
            let (draft, _) = pack.draft(&case, today()).unwrap();
            for passage in draft.sections.iter().flat_map(|s| &s.passages) {
                let text = &passage.markdown;
                for fault in ["..", " ,", " .", "()", "( ", "- \n", ": .", "“”"] {
                    assert!(
                        !text.contains(fault),
                        "without {id}, {} holds {fault:?}:\n{text}",
                        passage.id
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_typed_is_counted_by_kind_and_what_is_kept_on_the_record_apart() {
    use foreword::report::keystrokes::{by_hand, typed};
    let pack = pack();
    for case in [angela(), miriam()] {
        let whole = typed(&case, &pack.interview, &[]);
        let by_place: usize = whole.places.iter().map(|(_, n)| n).sum();
        assert_eq!(by_place, whole.characters);
        assert!(whole.on_the_record > 0 && whole.selections > 50);
        let hand = by_hand(&drafted(&case).0);
        assert!(hand.strict > 5000 && hand.strict < hand.whole);

        let mut more = case.clone();
        more.proposal.enforcement = Some("x".repeat(777));
        let before = case
            .proposal
            .enforcement
            .as_ref()
            .map_or(0, |t| t.chars().count());
        let counted = typed(&more, &pack.interview, &[]).characters;
        assert_eq!(counted + before, whole.characters + 777);

        let mut noted = case.clone();
        noted.notes.insert("offence".into(), "Ring back.".into());
        assert_eq!(
            typed(&noted, &pack.interview, &[]),
            whole,
            "notes are no part of it"
        );

        let mut chosen = case.clone();
        let explained = chosen.answers.get_mut("explained").unwrap();
        explained.value = Some("no".into());
        let chosen = typed(&chosen, &pack.interview, &[]);
        assert_eq!(
            chosen.characters, whole.characters,
            "a choice is no character"
        );
    }
}

#[test]
fn a_signed_report_says_who_signed_it_and_a_draft_does_not() {
    let pack = pack();
    let second = foreword::review::second::SecondPerson::Approved {
        who: foreword::review::second::Who {
            name: "Noor Senior".into(),
            on: today(),
        },
        changes: 0,
    };
    let signer = pack::Signer {
        name: "Sam Author",
        second: &second,
    };
    let directory = pack.directory.now();
    let report = pack.to_sign(&angela(), &directory, today(), signer);
    let markdown = report.unwrap().draft.markdown();
    let line =
        "**Signed by Sam Author on 25 November 2026.** Checked by Noor Senior on 25 November 2026.";
    assert!(markdown.contains(line), "{markdown}");
    assert!(!drafted(&angela()).0.markdown().contains("Signed by"));
}
