//! What a browser sent: names and values in order.
//!
//! Lives here: looking things up in it. Not here: showing it (`fields.rs`), reading
//! days and times (`interview::from_form`), or proving that it was ours (`csrf.rs`,
//! the only way to come by a sent [`Form`] in a handler).

use serde::Serialize;

/// A form as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// A form from its pairs; line ends become plain newlines.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let unix = |text: String| text.replace("\r\n", "\n");
        Self(pairs.into_iter().map(|(n, v)| (n, unix(v))).collect())
    }

    /// The first value of a name, without white at its ends; empty where it was not
    /// sent.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// The first value exactly as sent: for passwords.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.as_str())
    }

    /// Every value of a name that is not blank, in order.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        let mine = self.0.iter().filter(|(n, _)| n == name);
        mine.map(|(_, v)| v.trim().to_owned())
            .filter(|v| !v.is_empty())
            .collect()
    }

    /// The three boxes of a date.
    #[must_use]
    pub fn date(&self, name: &str) -> DateTyped {
        let part = |part: &str| self.one(&format!("{name}-{part}")).to_owned();
        DateTyped {
            day: part("day"),
            month: part("month"),
            year: part("year"),
        }
    }

    /// The revision on which the page rested that sent it.
    #[must_use]
    pub fn seen(&self) -> Option<i64> {
        self.one("seen").parse().ok()
    }

    /// Names and values in the order sent.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Every name and value but the token, the report (every page names both anew) and
    /// those named: to carry a form along on another page.
    #[must_use]
    pub fn carried(&self, but: &[&str]) -> Vec<(String, String)> {
        let kept = self.0.iter();
        kept.filter(|(n, _)| n != "csrf" && n != "report" && !but.contains(&n.as_str()))
            .cloned()
            .collect()
    }
}

/// What stands in the three boxes of a date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DateTyped {
    /// Day of the month.
    pub day: String,
    /// Month, as a number or a name.
    pub month: String,
    /// Year.
    pub year: String,
}
