//! The headings of the official report, and which sections of ours go under each, so that
//! text can be moved across section by section.
//!
//! Lives here: the order they make. Not here: which headings there are
//! (`report-templates/report/formats.toml`).

use serde::Deserialize;

use crate::content::{ContentError, ContentFiles, line_of};

/// One heading of the official report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Official {
    heading: String,
    sections: Vec<String>,
}

/// The heading that a section goes under.
pub(super) fn heading<'o>(official: &'o [Official], section: &str) -> Option<&'o str> {
    let found = official
        .iter()
        .find(|o| o.sections.iter().any(|s| s == section));
    found.map(|o| o.heading.as_str())
}

/// Sections in the order of the official report: what comes before all of it stays first,
/// and what it has no heading for stays last.
pub(super) fn in_order(sections: &[String], official: &[Official]) -> Vec<String> {
    let order: Vec<&String> = official.iter().flat_map(|o| &o.sections).collect();
    let at = |section: &String| order.iter().position(|o| *o == section);
    let first = sections
        .iter()
        .position(|s| at(s).is_some())
        .unwrap_or_default();
    let (before, rest) = sections.split_at(first);
    let mut rest = rest.to_vec();
    rest.sort_by_key(|section| at(section).unwrap_or(usize::MAX));
    before.iter().cloned().chain(rest).collect()
}

/// Sections named under a heading that there are not.
pub(super) fn faults(
    files: &ContentFiles,
    path: &str,
    official: &[Official],
    known: impl Fn(&str) -> bool,
) -> Vec<ContentError> {
    let named = official.iter().flat_map(|o| &o.sections);
    named
        .filter(|section| !known(section))
        .map(|section| {
            let text = files.text(path).unwrap_or_default();
            let at = text.rfind(&format!("\"{section}\""));
            let line = at.map(|at| line_of(text, at));
            ContentError::new(path, line, format!("no report has a section `{section}`"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_follow_the_official_report_and_what_it_lacks_stays_at_the_ends() {
        let one = |heading: &str, sections: &[&str]| Official {
            heading: heading.into(),
            sections: sections.iter().map(|s| (*s).to_owned()).collect(),
        };
        let official = [
            one("Offence", &["offence", "pattern"]),
            one("Proposal", &["proposal", "custody"]),
        ];
        let ours = [
            "heading", "proposal", "custody", "offence", "pattern", "about",
        ]
        .map(str::to_owned);
        assert_eq!(
            in_order(&ours, &official),
            [
                "heading", "offence", "pattern", "proposal", "custody", "about"
            ]
        );
        assert_eq!(heading(&official, "custody"), Some("Proposal"));
        assert_eq!(heading(&official, "about"), None);
    }
}
