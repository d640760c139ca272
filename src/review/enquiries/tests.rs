use chrono::NaiveDate;

use super::*;
use crate::{
    case::{CaseFile, Enquiry, EnquiryKind, EnquiryOutcome, IfOutstanding},
    content::ContentFiles,
    interview::Interview,
};

fn files() -> ContentFiles {
    ContentFiles::embedded().unwrap()
}

fn texts() -> EnquiryTexts {
    EnquiryTexts::load(&files()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn police() -> Enquiry {
    Enquiry::of(EnquiryKind::PoliceDomesticAbuse, "Thames Valley Police")
}

/// Both expected enquiries, the police one as given and the other settled.
fn case(police: Enquiry) -> CaseFile {
    let children = Enquiry {
        not_made: Some("There is no child in her life.".into()),
        ..Enquiry::of(EnquiryKind::ChildrensServices, "Children's services")
    };
    CaseFile {
        enquiries: vec![police, children],
        ..CaseFile::new()
    }
}

fn codes(case: &CaseFile) -> Vec<String> {
    let found = texts().check(case, today());
    found.into_iter().map(|f| f.code).collect()
}

fn replied(outcome: EnquiryOutcome) -> Enquiry {
    Enquiry {
        outcome,
        sent: Some(day("2026-11-16")),
        replied: Some(day("2026-11-18")),
        ..police()
    }
}

#[test]
fn an_expected_enquiry_that_is_not_recorded_is_in_the_register_as_not_asked() {
    let register = texts().register(&[], today());
    let standing: Vec<_> = register.iter().map(|e| (e.number, e.standing)).collect();
    assert_eq!(
        standing,
        [(None, Standing::NotAsked), (None, Standing::NotAsked)]
    );
    assert_eq!(codes(&CaseFile::new()), ["enquiry.not-recorded"; 2]);
    assert!(
        texts().check(&CaseFile::new(), today())[0]
            .what
            .starts_with("Police")
    );
}

#[test]
fn a_reason_why_one_is_not_made_settles_it() {
    let mut enquiry = police();
    enquiry.not_made = Some("The police hold the file at another force; asked there.".into());
    assert_eq!(codes(&case(enquiry.clone())), Vec::<String>::new());
    let register = texts().register(&[enquiry], today());
    assert_eq!(register[0].standing, Standing::NotMade);
    assert!(!register[0].is_outstanding());
}

#[test]
fn what_is_open_asks_for_a_choice_until_one_is_made() {
    let mut enquiry = police();
    assert_eq!(codes(&case(enquiry.clone())), ["enquiry.no-choice"]);
    enquiry.send(day("2026-11-20"));
    let found = texts().check(&case(enquiry.clone()), today());
    assert!(
        found[0].what.contains("no reply has come"),
        "{}",
        found[0].what
    );
    assert_eq!(found[0].at.as_deref(), Some("enquiries[0]"));
    for way in IfOutstanding::ALL {
        enquiry.if_outstanding = Some(way);
        assert_eq!(codes(&case(enquiry.clone())), Vec::<String>::new());
    }
}

#[test]
fn concerns_need_a_summary_and_what_they_change() {
    let mut enquiry = replied(EnquiryOutcome::Concerns);
    assert_eq!(
        codes(&case(enquiry.clone())),
        ["enquiry.concerns-no-summary", "enquiry.no-effect"]
    );
    enquiry.summary = Some("Two call-outs in 2025.".into());
    enquiry.effect = Some("No curfew is proposed.".into());
    assert_eq!(codes(&case(enquiry)), Vec::<String>::new());
}

#[test]
fn a_reply_without_concerns_is_asked_for_a_summary_and_no_record_is_not() {
    let none = codes(&case(replied(EnquiryOutcome::NoConcerns)));
    assert_eq!(none, ["enquiry.no-summary"]);
    let none = codes(&case(replied(EnquiryOutcome::NoRecord)));
    assert_eq!(none, Vec::<String>::new());
}

#[test]
fn a_summary_of_a_reply_that_has_not_come_is_pointed_out() {
    let mut enquiry = police();
    enquiry.send(today());
    enquiry.if_outstanding = Some(IfOutstanding::ProceedAndSaySo);
    enquiry.summary = Some("Heard by telephone.".into());
    assert_eq!(codes(&case(enquiry)), ["enquiry.summary-without-reply"]);
}

#[test]
fn words_that_make_silence_an_answer_are_pointed_out_however_they_are_typed() {
    for words in [
        "No abuse.",
        "There is NO  domestic\nabuse on file.",
        "She is therefore not a victim",
        "The address is safe.",
    ] {
        let mut enquiry = replied(EnquiryOutcome::NoRecord);
        enquiry.summary = Some(words.into());
        assert_eq!(
            codes(&case(enquiry.clone())),
            ["enquiry.absence-claimed"],
            "{words}"
        );
        enquiry.outcome = EnquiryOutcome::Refused;
        assert_eq!(
            codes(&case(enquiry.clone())),
            ["enquiry.absence-claimed"],
            "{words}"
        );
        enquiry.outcome = EnquiryOutcome::NoConcerns;
        assert_eq!(
            codes(&case(enquiry)),
            Vec::<String>::new(),
            "the agency's own words"
        );
    }
    let mut enquiry = replied(EnquiryOutcome::NoRecord);
    enquiry.summary = Some("Nothing is held under either name. She is unsafe at home.".into());
    assert_eq!(codes(&case(enquiry)), Vec::<String>::new());
}

#[test]
fn days_that_do_not_fit_together_are_pointed_out() {
    let wrong = |change: fn(&mut Enquiry)| {
        let mut enquiry = replied(EnquiryOutcome::NoRecord);
        change(&mut enquiry);
        codes(&case(enquiry))
    };
    let days = ["enquiry.days"];
    assert_eq!(wrong(|e| e.replied = Some(day("2026-11-15"))), days);
    assert_eq!(wrong(|e| e.replied = Some(day("2026-11-23"))), days);
    assert_eq!(wrong(|e| e.chased = vec![day("2026-11-15")]), days);
    assert_eq!(wrong(|_| ()), Vec::<String>::new());
}

#[test]
fn the_wording_for_time_names_what_is_open_and_nothing_that_is_for_the_record() {
    let mut enquiry = police();
    enquiry.persons = vec!["Darren Pike, born 3 May 1980".into()];
    enquiry.addresses = vec!["12 Example Court, Newbury".into()];
    enquiry.record_only = Some("The informant is her sister.".into());
    enquiry.send(day("2026-11-18"));
    enquiry.chase(day("2026-11-20"));
    let mut case = case(enquiry);
    case.woman.name.first = "Angela".into();
    case.woman.name.last = "Hart".into();
    case.hearing.court = "Reading Magistrates' Court".into();
    case.hearing.date = Some(day("2026-12-03"));
    let interview = Interview::load(&files()).unwrap();
    let ask = |case: &CaseFile, waiting: Vec<String>| {
        texts()
            .asking_for_time(case, &interview, waiting, today())
            .unwrap()
    };
    let text = ask(&case, vec!["curfew requirement".into()]).unwrap();
    for words in [
        "Reading Magistrates' Court.",
        "Pre-sentence report on Angela Hart, listed on 3 December 2026.",
        "up to five working days",
        "One enquiry of another agency is not back",
        "(Thames Valley Police): asked for on 18 November 2026, last chased on 20 November 2026; no reply yet.",
        "curfew requirement",
    ] {
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
    for words in [
        "Pike",
        "Example Court",
        "informant",
        "sister",
        "child",
        "withheld",
    ] {
        assert!(!text.contains(words), "{words} is in:\n{text}");
    }
    case.enquiries[0].agency = "Darren Pike's landlord".into();
    let text = ask(&case, Vec::new()).unwrap();
    assert!(!text.contains("Pike"), "{text}");
    case.enquiries[0].outcome = EnquiryOutcome::NoRecord;
    assert_eq!(ask(&case, Vec::new()), None);
}

#[test]
fn a_broken_text_is_refused_with_its_file_and_what_is_wrong() {
    let quality = "report-templates/quality/enquiries.toml";
    let letter = "report-templates/letters/asking-for-time.txt";
    let sound = files().text(quality).unwrap().to_owned();
    let broken = [
        (
            quality,
            sound.replace("enquiry.no-effect", "enquiry.no-efect"),
            "no-efect",
        ),
        (
            quality,
            sound.replace("{name}: its days", "{nmae}: its days"),
            "{nmae}",
        ),
        (
            quality,
            sound.replace("\"open.awaited\"", "\"open.waited\""),
            "open.awaited",
        ),
        (
            quality,
            sound.replace("id = \"other\"", "id = \"others\""),
            "others",
        ),
        (letter, "On {{ womn }}.".to_owned(), "womn"),
        (letter, "{% if woman %}".to_owned(), "asking-for-time"),
    ];
    for (file, text, said) in broken {
        let mut files = files();
        files.set(file, text);
        let faults = EnquiryTexts::load(&files).unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let told = told.join("\n");
        assert!(told.contains(file) && told.contains(said), "{said}: {told}");
    }
}
