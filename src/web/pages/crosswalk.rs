//! How the themes of need sit beside the nine pathways, the seven priority targets and
//! the headings of the report: for whoever wants it.
//!
//! Lives here: laying the pack's own table out. Not here: any name, level or source;
//! those are `report-templates/interview/themes.toml`.

use axum::{extract::State, response::Response};
use serde::Serialize;

use crate::{
    interview::{Interview, Strand, Theme},
    report::ReportTemplates,
    web::{asking::named, error::Error, state::AppState, templates::Page, visit::Anyone, words},
};

/// The table, and what stands behind it.
#[derive(Debug, Serialize)]
pub struct CrosswalkPage {
    themes: Vec<ThemeRow>,
    /// The frameworks beside the themes, each with the names in it.
    frameworks: Vec<Framework>,
}

#[derive(Debug, Serialize)]
struct ThemeRow {
    id: String,
    name: String,
    commissioned: bool,
    pathways: Vec<String>,
    targets: Vec<String>,
    headings: Vec<String>,
    low: String,
    medium: String,
    high: String,
    source: String,
}

#[derive(Debug, Serialize)]
struct Framework {
    id: &'static str,
    title: &'static str,
    strands: Vec<Strand>,
}

impl CrosswalkPage {
    fn new(interview: &Interview, report: &ReportTemplates) -> Self {
        let framework = |id, title, strands: &[Strand]| Framework {
            id,
            title,
            strands: strands.to_vec(),
        };
        let themes = interview.themes.iter();
        Self {
            themes: themes.map(|t| row(t, interview, report)).collect(),
            frameworks: vec![
                framework("pathways", "The nine pathways", &interview.pathways),
                framework("targets", "The seven priority targets", &interview.targets),
                framework(
                    "questions",
                    "The inspectorate’s questions of a court report",
                    &interview.asking.questions,
                ),
            ],
        }
    }
}

fn row(theme: &Theme, interview: &Interview, report: &ReportTemplates) -> ThemeRow {
    let pathways = theme.pathways.iter().filter_map(|id| interview.pathway(id));
    let targets = theme.targets.iter().filter_map(|id| interview.target(id));
    // A heading that the report no longer has is left out, not shown by its id.
    let headings = theme
        .report_headings
        .iter()
        .filter_map(|id| report.heading(id));
    ThemeRow {
        id: theme.id.clone(),
        name: theme.name.to_string(),
        commissioned: theme.commissioned,
        pathways: pathways.map(named).collect(),
        targets: targets.map(named).collect(),
        headings: headings.map(words::sentence_case).collect(),
        low: theme.low.clone(),
        medium: theme.medium.clone(),
        high: theme.high.clone(),
        source: theme.source.clone(),
    }
}

impl Page for CrosswalkPage {
    const NAME: &'static str = "crosswalk.html";
    const HTML: &'static str = include_str!("crosswalk.html");

    fn title(&self) -> String {
        "Themes of need, pathways and targets".into()
    }

    fn samples() -> Vec<Self> {
        let strand = |verified| Strand {
            id: "abuse".into(),
            name: "Abuse & <safety>".into(),
            verified,
            source: "Seen <nowhere>".into(),
        };
        let theme = |id: &str, commissioned| ThemeRow {
            id: id.into(),
            name: "A <safe> place".into(),
            commissioned,
            pathways: vec![named(&strand(true)), named(&strand(false))],
            targets: vec!["Mental health".into()],
            headings: vec!["Needs".into()],
            low: "She has <some> support.".into(),
            medium: "Medium.".into(),
            high: "High.".into(),
            source: "Practice & more".into(),
        };
        vec![Self {
            themes: vec![theme("one", true), theme("two", false)],
            frameworks: vec![Framework {
                id: "pathways",
                title: "The nine pathways",
                strands: vec![strand(true), strand(false)],
            }],
        }]
    }
}

/// `GET /themes`.
///
/// # Errors
/// A template that cannot be rendered.
pub async fn show(State(state): State<AppState>, person: Anyone) -> Result<Response, Error> {
    let page = CrosswalkPage::new(state.interview(), &state.pack().templates);
    person.visit.page(&page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{content::ContentFiles, pack::Pack};

    #[test]
    fn every_theme_names_a_pathway_a_target_and_a_heading_that_the_report_has() {
        let pack = Pack::load(&ContentFiles::embedded().unwrap()).unwrap();
        let page = CrosswalkPage::new(&pack.interview, &pack.templates);
        assert_eq!(page.themes.len(), 10);
        for theme in &page.themes {
            assert!(!theme.pathways.is_empty(), "{}", theme.name);
            assert!(!theme.targets.is_empty(), "{}", theme.name);
            assert!(!theme.headings.is_empty(), "{}", theme.name);
        }
        let all = |of: fn(&ThemeRow) -> &Vec<String>| -> Vec<String> {
            page.themes.iter().flat_map(of).cloned().collect()
        };
        for pathway in &pack.interview.pathways {
            assert!(
                all(|t| &t.pathways).contains(&named(pathway)),
                "{}",
                pathway.name
            );
        }
        for target in &pack.interview.targets {
            assert!(
                all(|t| &t.targets).contains(&named(target)),
                "{}",
                target.name
            );
        }
    }
}
