//! How hard a text is to read: the grade of Flesch and Kincaid (Kincaid, Fishburne, Rogers
//! and Chissom, 1975), `0.39 × words per sentence + 11.8 × syllables per word − 15.59`.
//!
//! A grade is a year of American school: with five added it is about the reading age in
//! years. Syllables are counted by groups of vowels, which is right for most English words
//! and high or low by one for some; so the grade of a few words says little.

use unicode_segmentation::UnicodeSegmentation;

/// Years between a school grade and the age of whoever is in it.
pub const AGE_OVER_GRADE: f64 = 5.0;

/// What was counted in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Sentences, where a line that ends without a stop is one.
    pub sentences: usize,
    /// Words.
    pub words: usize,
    /// Syllables.
    pub syllables: usize,
}

impl Counted {
    /// What is in a text. Each line is read by itself: a heading is not part of the
    /// sentence after it.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut counted = Self::default();
        let sentences = text
            .lines()
            .flat_map(UnicodeSegmentation::unicode_sentences);
        for sentence in sentences {
            let words: Vec<&str> = sentence
                .unicode_words()
                .filter(|word| word.chars().any(char::is_alphabetic))
                .collect();
            if !words.is_empty() {
                counted.sentences += 1;
                counted.words += words.len();
                counted.syllables += words.iter().map(|word| syllables(word)).sum::<usize>();
            }
        }
        counted
    }

    /// The grade; `None` where there are no words.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "no text has as many words as would lose one"
    )]
    pub fn grade(&self) -> Option<f64> {
        (self.words > 0).then(|| {
            let words = self.words as f64;
            0.39 * words / self.sentences as f64 + 11.8 * self.syllables as f64 / words - 15.59
        })
    }

    /// About how old a reader it asks for, in years.
    #[must_use]
    pub fn age(&self) -> Option<f64> {
        self.grade().map(|grade| grade + AGE_OVER_GRADE)
    }
}

/// Syllables of a word: its groups of vowels, without a silent *e* or *ed* at its end, and
/// never none.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0;
    let mut inside = false;
    for c in word.chars() {
        if vowel(c) && !inside {
            count += 1;
        }
        inside = vowel(c);
    }
    let letters: Vec<char> = word.chars().collect();
    let silent = match letters.as_slice() {
        [.., before, 'l', 'e'] => vowel(*before),
        [.., before, 'e', 'd'] => !vowel(*before) && !matches!(before, 't' | 'd'),
        [.., before, 'e'] => !vowel(*before),
        _ => false,
    };
    if silent && count > 1 {
        count - 1
    } else {
        count.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_said() {
        for (word, many) in [
            ("plan", 1),
            ("worker", 2),
            ("table", 2),
            ("help", 1),
            ("helped", 1),
            ("wanted", 2),
            ("appointment", 3),
            ("the", 1),
            ("rehabilitation", 6),
            ("see", 1),
        ] {
            assert_eq!(syllables(word), many, "{word}");
        }
    }

    #[test]
    fn a_grade_is_the_published_formula() {
        // Two sentences, eight words, nine syllables.
        let counted = Counted::of("The cat sat on it.\nIt was happy.");
        assert_eq!(
            (counted.sentences, counted.words, counted.syllables),
            (2, 8, 9)
        );
        let grade = counted.grade().unwrap();
        assert!((grade - (0.39 * 4.0 + 11.8 * 1.125 - 15.59)).abs() < 1e-9);
        assert_eq!(Counted::of("10.30 – 11").grade(), None);
    }

    #[test]
    fn hard_words_in_a_long_sentence_ask_for_an_older_reader() {
        let plain = Counted::of("I see Priya on Monday. She helps me with money.");
        let hard = Counted::of(
            "Structured sessions addressing dependency, emotional regulation and accommodation \
             instability will be delivered in accordance with the rehabilitation activity \
             requirement.",
        );
        assert!(plain.age().unwrap() < 9.0);
        assert!(hard.age().unwrap() > 18.0);
    }
}
