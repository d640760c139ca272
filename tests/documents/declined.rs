//! What a report says of a question she preferred not to answer, or that could not be
//! asked: neutral words, never a refusal, and nothing where the question itself harms.
//!
//! To decide it for one more prompt, add its topic to the passage `declined` or
//! `not-asked`, and what must stay unsaid to [`UNSAID`].

use std::sync::LazyLock;

use foreword::{
    case::{self, Answer, AnswerState, CaseFile},
    content::ContentFiles,
    interview::Interview,
    pack::Pack,
};

static PACK: LazyLock<Pack> =
    LazyLock::new(|| Pack::load(&ContentFiles::embedded().unwrap()).unwrap());

/// Prompts of which nothing is said where she would rather not answer: to name the
/// question in a court's document can itself harm her, or tells the court nothing.
const UNSAID: [&str; 8] = [
    "exploitation",
    "discrimination",
    "care-experience",
    "offence-coercion",
    "offence-near",
    "offence-background",
    "faith",
    "armed-forces",
];

/// A case with no answer but these, all in one state.
fn only(ids: &[&str], state: AnswerState) -> CaseFile {
    let mut case = case::from_json(include_str!("../cases/angela.json")).unwrap();
    case.answers.clear();
    for id in ids {
        let answer = Answer {
            state,
            ..Answer::default()
        };
        case.answers.insert((*id).to_owned(), answer);
    }
    case
}

fn draft(case: &CaseFile) -> String {
    let (draft, _) = PACK.draft(case, "2026-11-25".parse().unwrap()).unwrap();
    let kept = draft.sections.iter().filter(|s| s.id != "unsettled");
    let passages = kept.flat_map(|s| &s.passages);
    passages.map(|p| p.markdown.clone() + "\n").collect()
}

fn interview() -> &'static Interview {
    &PACK.interview
}

#[test]
fn what_she_would_rather_not_say_is_told_neutrally_and_in_one_sentence() {
    let text = draft(&only(
        &["health", "need-finance", "mental-health", "loss"],
        AnswerState::PrefersNotToSay,
    ));
    let sentence = "Ms Hart was asked about money, her health, her mental health and bereavement \
                    and loss, and chose not to say. Nothing is to be read into that.";
    assert!(text.contains(sentence), "{text}");
    let one = draft(&only(&["diversity"], AnswerState::PrefersNotToSay));
    assert!(one.contains("was asked about her background and chose not to say."));
}

#[test]
fn a_theme_of_need_she_would_rather_not_discuss_is_named_and_no_need_is_claimed() {
    let themes = interview()
        .prompts()
        .filter(|(s, p)| s.id == "themes" && p.fields_from == "theme" && p.id.starts_with("need-"));
    let mut tried = 0;
    for (_, prompt) in themes {
        let text = draft(&only(&[&prompt.id], AnswerState::PrefersNotToSay));
        assert!(text.contains("chose not to say"), "{}", prompt.id);
        assert!(!text.contains("level of need"), "{text}");
        tried += 1;
    }
    assert_eq!(tried, 8);
}

#[test]
fn no_prompt_she_declines_is_told_as_a_refusal() {
    let nothing = draft(&only(&[], AnswerState::PrefersNotToSay));
    for (_, prompt) in interview().prompts().filter(|(_, p)| p.is_answer()) {
        let text = draft(&only(&[&prompt.id], AnswerState::PrefersNotToSay));
        for word in ["refus", "declin", "would not", "unwilling", "not engage"] {
            assert_eq!(
                text.matches(word).count(),
                nothing.matches(word).count(),
                "{}: {text}",
                prompt.id
            );
        }
        let unsaid = UNSAID.contains(&prompt.id.as_str());
        assert!(!unsaid || text == nothing, "{}: {text}", prompt.id);
    }
}

#[test]
fn risk_to_herself_that_she_would_not_speak_of_is_not_told_as_no_risk() {
    let text = draft(&only(&["risk-to-self"], AnswerState::PrefersNotToSay));
    assert!(text.contains("chose not to say. That is not evidence that there is no risk."));
    assert!(!text.contains("No risk to herself is known"));
}

#[test]
fn what_could_not_be_asked_is_said_with_the_sources() {
    let text = draft(&only(
        &["health", "need-finance"],
        AnswerState::NotAskedNoTime,
    ));
    let said = "It was not possible before this report was written to ask Ms Hart about her \
                health or money. Nothing is to be read into that.";
    assert!(text.contains(said), "{text}");
}

#[test]
fn a_topic_that_was_not_safe_to_raise_is_not_named() {
    let topics = ["abuse-victim", "need-safety", "trauma", "offence-coercion"];
    for state in [AnswerState::NotAskedUnsafe, AnswerState::NotAskedNoTime] {
        let text = draft(&only(&topics, state));
        assert!(
            text.contains("to ask Ms Hart about everything that it should cover."),
            "{text}"
        );
        let passage = text.lines().find(|l| l.contains("everything that it"));
        for word in ["abuse", "safe", "trauma", "experience", "forced"] {
            assert!(!passage.unwrap().contains(word), "{word}");
        }
    }
}
