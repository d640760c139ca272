//! Taxonomies that go round: a term that stands, in the end, under itself.
//!
//! Lives here: finding them. Foreword takes a term without what it stands under, so a
//! cycle harms nothing here; it is told, because its feed will harm others.

use std::collections::HashMap;

/// As many terms as are followed.
const MOST_TERMS: usize = 100_000;

/// Each term with the one it stands under.
#[derive(Debug, Default)]
pub struct Cycles {
    under: HashMap<String, (String, String)>,
}

impl Cycles {
    /// Notes that a term stands under another; either may be unknown.
    pub fn add(&mut self, id: &str, under: &str, name: &str) {
        if !id.is_empty() && !under.is_empty() && self.under.len() < MOST_TERMS {
            let called = if name.is_empty() { id } else { name };
            self.under
                .insert(id.to_owned(), (under.to_owned(), called.to_owned()));
        }
    }

    /// The cycles, each as the names of its terms, once.
    #[must_use]
    pub fn all(&self) -> Vec<Vec<String>> {
        let mut cycles = Vec::new();
        // When each term was first passed: a term passed on this very walk closes a cycle.
        let mut passed: HashMap<&str, usize> = HashMap::new();
        let mut ids: Vec<&String> = self.under.keys().collect();
        ids.sort_unstable();
        for (walk, start) in ids.into_iter().enumerate() {
            let mut at = start.as_str();
            while let Some((under, _)) = self.under.get(at) {
                match passed.get(at) {
                    Some(before) if *before == walk => {
                        cycles.push(self.round(at));
                        break;
                    }
                    Some(_) => break,
                    None => passed.insert(at, walk),
                };
                at = under;
            }
        }
        cycles
    }

    fn round(&self, start: &str) -> Vec<String> {
        let mut names = Vec::new();
        let mut at = start;
        while let Some((under, name)) = self.under.get(at) {
            names.push(name.clone());
            at = under;
            if at == start {
                break;
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cycle_is_found_once_and_a_tree_has_none() {
        let mut terms = Cycles::default();
        for (id, under) in [
            ("a", "b"),
            ("b", "c"),
            ("c", "a"),
            ("d", "a"),
            ("e", "e"),
            ("f", "g"),
        ] {
            terms.add(id, under, &id.to_uppercase());
        }
        assert_eq!(terms.all(), [vec!["A", "B", "C"], vec!["E"]]);
        let mut tree = Cycles::default();
        tree.add("a", "b", "");
        tree.add("c", "b", "");
        assert!(tree.all().is_empty());
    }
}
