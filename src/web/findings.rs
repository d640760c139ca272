//! Findings as pages show them: what, why, source, ways out, and where to settle it.
//!
//! Lives here: their view and their links. Not here: any rule. Every page that shows
//! findings uses `report.findings` with these.

use serde::Serialize;

use super::words;
use crate::{
    finding::{Finding, Severity},
    interview::Interview,
};

/// One finding on a page.
#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    /// Suffix of its class: `block`, `warn`, `advise`.
    pub class: &'static str,
    /// Colour of its tag.
    pub colour: &'static str,
    /// How much it asks, in words.
    pub severity: &'static str,
    /// What was found.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// Ways to settle it.
    pub resolve: Vec<String>,
    /// Citation of its source.
    pub citation: String,
    /// When the source was last looked at, and whether anybody has verified it.
    pub standing: String,
    /// Page on which it can be settled.
    pub href: String,
}

impl FindingView {
    /// A finding on a report, whose task list is at `home`.
    #[must_use]
    pub fn of(finding: &Finding, home: &str, interview: &Interview) -> Self {
        let (class, colour) = match finding.severity {
            Severity::Block => ("block", "red"),
            Severity::Warn => ("warn", "orange"),
            Severity::Advise => ("advise", "purple"),
        };
        let source = finding.source.as_ref();
        Self {
            class,
            colour,
            severity: finding.severity.label(),
            what: finding.what.clone(),
            why: finding.why.clone(),
            resolve: finding.resolve.clone(),
            citation: source.map(|s| s.citation.clone()).unwrap_or_default(),
            standing: source
                .map(|s| standing(s.checked, s.verified))
                .unwrap_or_default(),
            href: finding
                .at
                .as_deref()
                .map(|at| page(at, home, interview))
                .unwrap_or_default(),
        }
    }
}

impl FindingView {
    /// One of each severity, for samples of pages.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let one = |severity, at: &str| {
            let finding = Finding::new(severity, "law.x", "Something <found>")
                .because("It \"matters\"")
                .way_out("Do <this>")
                .way_out("Or that")
                .at(at);
            Self::of(&finding, "/reports/1", &Interview::default())
        };
        vec![
            one(Severity::Block, "proposal.months"),
            one(Severity::Warn, "answers.alcohol"),
            one(Severity::Advise, "elsewhere"),
        ]
    }
}

/// How far a source can be relied on, in words.
#[must_use]
pub fn standing(checked: Option<chrono::NaiveDate>, verified: bool) -> String {
    let checked = checked.map(|day| format!("checked {}", words::day(day)));
    match (checked, verified) {
        (Some(checked), true) => checked,
        (Some(checked), false) => format!("not verified; {checked}"),
        (None, true) => "date of check not recorded".into(),
        (None, false) => "not verified".into(),
    }
}

/// The page on which a place in the case file is changed.
fn page(at: &str, home: &str, interview: &Interview) -> String {
    if let Some(id) = at.strip_prefix("answers.") {
        let id = id.split(['.', '[']).next().unwrap_or(id);
        return format!("{home}/prompts/{id}");
    }
    if let Some(rest) = at.strip_prefix("proposal.requirements[") {
        let number = rest.split(']').next().unwrap_or("0");
        return format!("{home}/proposal/requirements/{number}");
    }
    if at.starts_with("services") {
        return format!("{home}/services");
    }
    let plain = at.split('[').next().unwrap_or(at);
    let holds = |place: &str| {
        !place.is_empty() && (plain == place || plain.starts_with(&format!("{place}.")))
    };
    let mut prompts = interview.prompts().map(|(_, p)| p);
    let exact = prompts.find(|p| {
        let fields = p.fields.iter().map(|f| format!("{}.{}", p.place, f.id));
        p.place == plain || (!p.place.is_empty() && fields.clone().any(|f| f == plain))
    });
    let near = || {
        interview
            .prompts()
            .map(|(_, p)| p)
            .find(|p| holds(&p.place))
    };
    match (exact.or_else(near), plain.starts_with("proposal")) {
        (Some(prompt), false) => format!("{home}/prompts/{}", prompt.id),
        (Some(prompt), true) if prompt.place != "proposal" => {
            format!("{home}/prompts/{}", prompt.id)
        }
        (_, true) => format!("{home}/proposal/order"),
        (None, false) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentFiles;

    #[test]
    fn a_finding_links_to_the_page_where_it_is_settled() {
        let interview = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
        for (at, expected) in [
            ("answers.abuse-victim", "/r/prompts/abuse-victim"),
            ("answers.abuse-victim.value.by", "/r/prompts/abuse-victim"),
            (
                "proposal.requirements[2].amount",
                "/r/proposal/requirements/2",
            ),
            ("proposal.punished", "/r/proposal/order"),
            ("proposal.months", "/r/proposal/order"),
            ("offences[0].convicted_on", "/r/prompts/offences"),
            ("hearing.date", "/r/prompts/hearing"),
            ("services[0]", "/r/services"),
            ("elsewhere", ""),
        ] {
            assert_eq!(page(at, "/r", &interview), expected, "{at}");
        }
    }
}
