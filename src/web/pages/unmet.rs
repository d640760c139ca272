//! Needs for which authors found nothing suitable, by police area and theme: what those
//! who commission services cannot see from the services there are.
//!
//! Lives here: the page. Not here: the counting (`store`) or recording a gap (`gaps`).
//! No number below [`FEWEST`] is shown, and no sum that such a number could be worked
//! out from: in a small area, one woman could be recognised by what she needs.

use axum::{extract::State, response::Response};
use serde::Serialize;

use super::candidate::theme;
use crate::{
    directory::Geography,
    interview::Interview,
    store::UnmetCount,
    web::{error::Error, state::AppState, templates::Page, visit::Anyone},
};

/// The smallest number that is shown as it is.
pub const FEWEST: i64 = 3;

/// One area, with the themes that nothing answered there.
#[derive(Debug, Clone, Serialize)]
struct AreaView {
    name: String,
    themes: Vec<ThemeView>,
}

#[derive(Debug, Clone, Serialize)]
struct ThemeView {
    name: String,
    reports: String,
}

/// Unmet needs by area.
#[derive(Debug, Clone, Serialize)]
pub struct UnmetPage {
    areas: Vec<AreaView>,
}

impl UnmetPage {
    fn new(counts: &[UnmetCount], geography: &Geography, interview: &Interview) -> Self {
        let mut areas: Vec<AreaView> = Vec::new();
        for count in counts {
            let name = area_name(count.police_area.as_deref(), geography);
            let view = ThemeView {
                name: theme(&count.theme, interview),
                reports: shown(count.reports),
            };
            match areas.iter_mut().find(|a| a.name == name) {
                Some(area) => area.themes.push(view),
                None => areas.push(AreaView {
                    name,
                    themes: vec![view],
                }),
            }
        }
        Self { areas }
    }
}

/// A number of reports, never a small one.
fn shown(reports: i64) -> String {
    if reports < FEWEST {
        format!("fewer than {FEWEST}")
    } else {
        reports.to_string()
    }
}

fn area_name(slug: Option<&str>, geography: &Geography) -> String {
    let Some(slug) = slug else {
        return "Area not certain".into();
    };
    let mut areas = geography.police_areas();
    areas
        .find(|area| area.slug == slug)
        .map_or_else(|| slug.to_owned(), |area| area.name.clone())
}

impl Page for UnmetPage {
    const NAME: &'static str = "unmet.html";
    const HTML: &'static str = include_str!("unmet.html");

    fn title(&self) -> String {
        "Needs that nothing answers".into()
    }

    fn samples() -> Vec<Self> {
        let theme = |reports| ThemeView {
            name: "Safety & <abuse>".into(),
            reports: shown(reports),
        };
        let area = AreaView {
            name: "Thames <Valley>".into(),
            themes: vec![theme(1), theme(12)],
        };
        vec![Self { areas: Vec::new() }, Self { areas: vec![area] }]
    }
}

/// `GET /directory/unmet`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, person: Anyone) -> Result<Response, Error> {
    let counts = state.store().unmet_needs().await?;
    let directory = state.directory().await?;
    let page = UnmetPage::new(&counts, directory.geography(), state.interview());
    person.visit.page(&page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{content::ContentFiles, directory::Directory};

    #[test]
    fn a_small_number_is_never_shown_and_an_area_is_named() {
        let files = ContentFiles::embedded().unwrap();
        let directory = Directory::load(&files).unwrap();
        let interview = Interview::load(&files).unwrap();
        let count = |area: Option<&str>, theme: &str, reports| UnmetCount {
            police_area: area.map(str::to_owned),
            theme: theme.into(),
            reports,
        };
        let counts = [
            count(None, "family", 2),
            count(Some("thames-valley"), "dependency", 3),
            count(Some("thames-valley"), "safety", 1),
        ];
        let page = UnmetPage::new(&counts, directory.geography(), &interview);
        assert_eq!(page.areas.len(), 2);
        assert_eq!(page.areas[0].themes[0].reports, "fewer than 3");
        assert_eq!(page.areas[1].name, "Thames Valley");
        let numbers: Vec<&str> = page.areas[1]
            .themes
            .iter()
            .map(|t| t.reports.as_str())
            .collect();
        assert_eq!(numbers, ["3", "fewer than 3"]);
    }
}
