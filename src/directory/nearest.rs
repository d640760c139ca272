//! The names most like one that was typed and is not there.
//!
//! Lives here: comparing names of organisations and places for a message that says
//! what may have been meant. Not here: deciding that two are the same (`duplicates`).

/// At most so many are worth reading.
const MOST: usize = 3;

/// The names nearest to what was typed, the nearest first.
#[must_use]
pub fn names<'n>(typed: &str, all: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = typed.trim().to_lowercase();
    let mut scored: Vec<(f64, &str)> = all
        .into_iter()
        .map(|name| (likeness(&wanted, &name.to_lowercase()), name))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored
        .into_iter()
        .take(MOST)
        .map(|(_, name)| name)
        .collect()
}

/// A name within the other is what people type of a long one; letters astray are
/// measured otherwise.
fn likeness(wanted: &str, name: &str) -> f64 {
    let within = !wanted.is_empty() && (name.contains(wanted) || wanted.contains(name));
    f64::from(u8::from(within)) + strsim::jaro_winkler(wanted, name)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn the_name_meant_comes_first_whether_misspelt_or_cut_short() {
        let all = [
            "Advance",
            "The Nelson Trust",
            "Women's Work",
            "Together Women",
        ];
        assert_eq!(names("Nelson trust", all)[0], "The Nelson Trust");
        assert_eq!(names("Womens Work", all)[0], "Women's Work");
        assert_eq!(names("Togther Woman", all)[0], "Together Women");
        assert_eq!(names("", all).len(), 3);
    }
}
