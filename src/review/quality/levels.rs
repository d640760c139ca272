//! Levels of risk: the four groups against the predictors, and against what the text
//! says in other words.

use serde::Deserialize;

use super::{
    Looked, QualityTexts,
    consistency::{about, passages},
    phrases::{places, sentences},
};
use crate::{english::listed, finding::Finding, report::Passage};

/// One level, as the file gives it; the lowest comes first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Level {
    pub(super) id: String,
    /// How it is written.
    pub(super) words: Vec<String>,
}

/// The groups of risk of serious harm.
const GROUPS: [&str; 4] = ["children", "public", "known_adults", "staff"];
/// Levels so far apart that a court will ask why.
const FAR: usize = 2;
/// How many words before a phrase may turn it round.
const BEFORE: usize = 3;

impl QualityTexts {
    /// Assessments that do not fit each other.
    pub(super) fn levels_apart(&self, looked: &Looked<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let at = |prompt, field| self.level_at(looked, prompt, field);
        let highest = GROUPS.iter().filter_map(|g| at("rosh", g)).max();
        let word = |level: usize| self.level_word(level);
        if let (Some(level), Some(band)) = (highest, at("reoffending", "csrp_band"))
            && level.abs_diff(band) >= FAR
        {
            let with = [("level", word(level)), ("band", word(band))];
            found.extend(self.said("consistency.harm-and-predictor", &with, "answers.rosh-why"));
        }
        if let (Some(band), Some(level)) = (at("sara", "partner"), at("rosh", "known_adults"))
            && band > level
        {
            let with = [("level", word(level)), ("band", word(band))];
            found.extend(self.said("consistency.partner", &with, "answers.rosh"));
        }
        if highest == Some(0) && text_at(looked, "rosh-when", "imminence") == Some("imminent") {
            found.extend(self.said("consistency.imminent", &[], "answers.rosh-when"));
        }
        found
    }

    /// Levels that the text gives in other words than the assessments.
    pub(super) fn levels_in_text(&self, looked: &Looked<'_>) -> Vec<Finding> {
        let levels: Vec<usize> = GROUPS
            .iter()
            .filter_map(|g| self.level_at(looked, "rosh", g))
            .collect();
        let band = self.level_at(looked, "reoffending", "band");
        let mut found = Vec::new();
        for passage in passages(looked, &self.risk.sections) {
            for sentence in sentences(&passage.markdown) {
                found.extend(self.of_harm(&sentence, &levels, passage));
                found.extend(self.of_reoffending(&sentence, band, passage));
                found.extend(self.of_what(&sentence, passage));
            }
        }
        found
    }

    fn of_harm(&self, sentence: &[String], levels: &[usize], passage: &Passage) -> Vec<Finding> {
        if levels.is_empty() {
            return Vec::new();
        }
        let mut held: Vec<usize> = levels.to_vec();
        held.sort_unstable();
        held.dedup();
        let words: Vec<String> = held.iter().map(|l| self.level_word(*l)).collect();
        let told = self.told(sentence, &self.risk.harm);
        let other = told
            .into_iter()
            .filter(|(level, _)| !levels.contains(level));
        other
            .filter_map(|(_, said)| {
                let with = [("words", said.as_str()), ("levels", &listed(&words))];
                let finding = self.said.say("consistency.harm-told-twice", &with)?;
                Some(about(finding, passage))
            })
            .collect()
    }

    fn of_reoffending(
        &self,
        sentence: &[String],
        band: Option<usize>,
        passage: &Passage,
    ) -> Vec<Finding> {
        let Some(band) = band else { return Vec::new() };
        let told = self.told(sentence, &self.risk.reoffending);
        let other = told.into_iter().filter(|(level, _)| *level != band);
        other
            .filter_map(|(_, said)| {
                let with = [("words", said.as_str()), ("band", &self.level_word(band))];
                let finding = self.said.say("consistency.reoffending-told-twice", &with)?;
                Some(about(finding, passage))
            })
            .collect()
    }

    /// A high risk, of nothing and to nobody.
    fn of_what(&self, sentence: &[String], passage: &Passage) -> Vec<Finding> {
        let high = self.levels.iter().filter(|l| l.id.contains("high"));
        let phrases = high.flat_map(|l| l.words.iter().map(|w| format!("{w} risk")));
        let bare = phrases
            .flat_map(|phrase| places(sentence, &phrase))
            .filter(|place| {
                let next = sentence.get(place.end);
                let says = next.is_some_and(|next| self.risk.of_what.contains(next));
                !says && !self.turned_round(sentence, place.start)
            });
        bare.filter_map(|place| {
            let said = sentence[place].join(" ");
            let finding = self
                .said
                .say("consistency.risk-of-what", &[("words", &said)])?;
            Some(about(finding, passage))
        })
        .collect()
    }

    /// The levels that some phrases give in a sentence, with the words they stand in.
    fn told(&self, sentence: &[String], phrases: &[String]) -> Vec<(usize, String)> {
        let mut told: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
        for (level, row) in self.levels.iter().enumerate().rev() {
            for phrase in row.words.iter().flat_map(|word| {
                let filled = |phrase: &String| phrase.replace("{level}", word);
                phrases.iter().map(filled)
            }) {
                for place in places(sentence, &phrase) {
                    // "high" within "very high" has been read already.
                    let within = |(_, other): &(usize, std::ops::Range<usize>)| {
                        other.start <= place.start && place.end <= other.end
                    };
                    if !told.iter().any(within) && !self.turned_round(sentence, place.start) {
                        told.push((level, place));
                    }
                }
            }
        }
        let words = |place: std::ops::Range<usize>| sentence[place].join(" ");
        told.into_iter()
            .map(|(level, place)| (level, words(place)))
            .collect()
    }

    /// True where a word shortly before says the contrary, or speaks of the past.
    pub(super) fn turned_round(&self, sentence: &[String], start: usize) -> bool {
        let before = &sentence[start.saturating_sub(BEFORE)..start];
        before
            .iter()
            .any(|word| self.risk.turned_round.contains(word))
    }

    /// The level a field holds, counted from the lowest.
    fn level_at(&self, looked: &Looked<'_>, prompt: &str, field: &str) -> Option<usize> {
        let id = text_at(looked, prompt, field)?;
        self.levels.iter().position(|level| level.id == id)
    }

    fn level_word(&self, level: usize) -> String {
        let words = self.levels.get(level).and_then(|l| l.words.first());
        words.cloned().unwrap_or_default()
    }
}

/// What a field of an answer holds that the report may use.
fn text_at<'a>(looked: &Looked<'a>, prompt: &str, field: &str) -> Option<&'a str> {
    looked
        .case
        .answer(prompt)?
        .for_report()?
        .get(field)?
        .as_str()
}
