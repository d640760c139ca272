//! Whoever asks for *they* or *he* is spoken of so in all that is drafted; what somebody
//! typed stays as it is.
//!
//! Not here: the words themselves (`english::about_her`), or a text that forgets a mark
//! (`content::speaking`).

use std::collections::BTreeMap;

use foreword::{
    case::{self, CaseFile, Format, Visibility},
    consultancy::plan::CourtReview,
    english::Pronouns,
    interview::Prompt,
    pack::{Pack, Paper},
    report::{Draft, document::Document, plain},
};
use regex::Regex;
use serde_json::Value;

use super::{
    cases::{angela, miriam, pack, today},
    grammar,
};

/// What a person typed is told from what was drafted: it speaks of nobody.
fn typed_of_nobody(value: &mut Value, her: &Regex) {
    match value {
        // Ids have no spaces.
        Value::String(text) if text.contains(' ') => {
            *text = her.replace_all(text, "somebody").into_owned();
        }
        Value::Array(all) => all.iter_mut().for_each(|one| typed_of_nobody(one, her)),
        Value::Object(all) => all.values_mut().for_each(|one| typed_of_nobody(one, her)),
        _ => {}
    }
}

fn her() -> Regex {
    Regex::new(r"(?i)\b(she|her|hers|herself)\b").unwrap()
}

/// The case of somebody who asks for these pronouns.
fn asked(case: &CaseFile, pronouns: Pronouns, format: Format) -> CaseFile {
    let mut value = serde_json::to_value(case).unwrap();
    typed_of_nobody(&mut value, &her());
    let mut case = case::from_value(value).unwrap();
    case.woman.name.pronouns = pronouns;
    case.woman.name.title = "Mx".into();
    case.format = format;
    case
}

/// All of a draft but what is still to be settled, which speaks to its author and is never
/// signed.
fn text(draft: &Draft) -> String {
    let mut draft = draft.clone();
    draft.sections.retain(|section| section.id != "unsettled");
    draft.markdown()
}

/// Of other women, whom the content marks so (`{other: herself}`).
const OF_OTHERS: &str = "a woman who has been through it herself";

fn faults(pronouns: Pronouns, text: &str) -> Vec<String> {
    let text = text.replace(OF_OTHERS, "");
    let disagrees = Regex::new(r"(?i)\bthey (is|was|has|does|[a-z]+[a-rt-z]s)\b").unwrap();
    let they = (pronouns == Pronouns::They).then_some(&disagrees);
    let lines = text.lines();
    let wrong = lines.filter(|line| her().is_match(line) || they.is_some_and(|t| t.is_match(line)));
    wrong.map(str::to_owned).collect()
}

fn others() -> [Pronouns; 2] {
    [Pronouns::They, Pronouns::He]
}

#[test]
fn no_report_note_or_record_says_she_of_somebody_who_asks_for_they_or_he() {
    let pack = pack();
    let directory = pack.directory.now();
    for case in [angela(), miriam()] {
        for pronouns in others() {
            for format in Format::ALL {
                let case = asked(&case, pronouns, format);
                let draft = text(&pack.draft(&case, today()).unwrap().0);
                assert_eq!(faults(pronouns, &draft), [""; 0]);
                let note = pack.speaking_note(&case, &directory, today()).unwrap();
                assert_eq!(faults(pronouns, &text(&note.draft)), [""; 0]);
                let record = pack.oral_record(&case, &directory, today()).unwrap();
                assert_eq!(faults(pronouns, &text(&record)), [""; 0]);
                let words = pack.proposal_in_words(&case, today()).text();
                assert_eq!(faults(pronouns, &words), [""; 0]);
            }
        }
    }
}

#[test]
fn no_letter_or_paper_of_a_plan_says_she_of_somebody_who_asks_for_they_or_he() {
    let pack = pack();
    let directory = pack.directory.now();
    for case in [angela(), miriam()] {
        for pronouns in others() {
            let case = asked(&case, pronouns, Format::Short);
            for discreet in [false, true] {
                for letter in &pack.templates.letters.all {
                    let fields = letter.fields.iter();
                    let fields: BTreeMap<_, _> =
                        fields.map(|f| (f.id.clone(), "Words".to_owned())).collect();
                    let typed = pack.templates.letters.typed(fields, discreet);
                    let written = pack.letter(&case, letter, &typed, &directory, today());
                    assert_eq!(faults(pronouns, &text(&written.unwrap())), [""; 0]);
                }
            }
            let mut plan = pack.plan_made(&case, today()).plan("community-sentence");
            plan.reviews.push(CourtReview {
                number: 1,
                on: "2027-02-04".parse().ok(),
                offered: Some(8),
                attended: Some(7),
                ..CourtReview::default()
            });
            for outcome in &pack.plans.outcomes {
                let found = pack
                    .plans
                    .offered(&outcome.theme)
                    .find(|o| o.id == outcome.id);
                let said = found.map(|o| o.says.of(pronouns)).unwrap_or_default();
                assert_eq!(faults(pronouns, &said), [""; 0]);
            }
            for paper in [Paper::Her, Paper::Worker, Paper::Bench(1)] {
                let written = pack.plan_paper(&case, &plan, paper).unwrap().unwrap();
                assert_eq!(faults(pronouns, &written), [""; 0]);
            }
        }
    }
}

/// Every answer that may be printed, each option in its turn.
fn answered(pack: &Pack, turn: usize, several: bool) -> CaseFile {
    let prompts = pack.interview.prompts().map(|(_, prompt)| prompt);
    let printed = |p: &&Prompt| p.is_answer() && p.visibility == Visibility::InReport;
    let prompts: Vec<&Prompt> = prompts.filter(printed).collect();
    grammar::filled(&grammar::angela(), &prompts, turn, several)
}

#[test]
fn whatever_is_chosen_is_printed_in_the_pronouns_asked_for() {
    let pack = pack();
    for pronouns in others() {
        for turn in 0..8 {
            for several in [false, true] {
                let case = answered(&pack, turn, several);
                let case = asked(&case, pronouns, Format::Standard);
                let draft = text(&pack.draft(&case, today()).unwrap().0);
                assert_eq!(faults(pronouns, &draft), [""; 0], "turn {turn}");
            }
        }
    }
}

#[test]
fn what_was_typed_stays_as_it_is() {
    let mut case = angela();
    case.woman.name.pronouns = Pronouns::They;
    case.proposal.rationale = Some("She asked me to write {she wants} here.".into());
    let draft = pack().draft(&case, today()).unwrap().0.markdown();
    let draft = plain::to_text(&Document::from_markdown(&draft));
    assert!(
        draft.contains("She asked me to write {she wants} here."),
        "{draft}"
    );
}

#[test]
fn a_draft_speaks_of_them_by_name_and_in_their_own_pronouns() {
    let mut case = asked(&angela(), Pronouns::They, Format::Standard);
    case.answers.get_mut("hopes-are").unwrap().value = Some(serde_json::json!(["home"]));
    let draft = pack().draft(&case, today()).unwrap().0.markdown();
    for said in [
        "They want to keep or find a home of their own.",
        "If they do not attend",
    ] {
        assert!(draft.contains(said), "{said}:\n{draft}");
    }
}
