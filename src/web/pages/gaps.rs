//! Needs for which nothing suitable was found: recorded with one press, said in a few
//! words, withdrawn.
//!
//! Lives here: the three requests and how a gap is shown. Not here: the page they come
//! from (`services`), how the report prints one, or who counts it (`store`).

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::{report::open, services::ServicesPage};
use crate::{
    case::{ServiceGap, revision::Write},
    directory::Place,
    needs::Need,
    store::{LoadedReport, Save, UnmetNeed},
    web::{csrf::OurForm, error::Error, state::AppState, visit::SignedIn, words},
};

/// Longest note, in characters.
const LONGEST_NOTE: usize = 1000;

/// A recorded gap, as the services page shows it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GapView {
    looked_on: String,
    area: String,
    note: String,
}

impl GapView {
    /// The gap recorded for a theme.
    #[must_use]
    pub fn of(gaps: &[ServiceGap], theme: &str) -> Option<Self> {
        let gap = gaps.iter().find(|g| g.theme == theme)?;
        Some(Self {
            looked_on: words::day(gap.looked_on),
            area: gap.area.clone().unwrap_or_default(),
            note: gap.note.clone().unwrap_or_default(),
        })
    }

    /// One with hostile words in it.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            looked_on: "25 November 2026".into(),
            area: "West <Berkshire>".into(),
            note: "A women's <b>group</b>".into(),
        }
    }
}

type Address = Path<String>;

/// `POST /reports/{id}/services/gaps`: records that nothing suitable was found for one
/// of her needs where she lives. Recording twice changes nothing.
///
/// # Errors
/// There is no such report of hers, no such need, it is not known where she lives, or
/// the store fails.
pub async fn record(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Address,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let place = lives_at(&report, &state).await?;
    let place = place.ok_or_else(Error::not_found)?;
    let needs = state.pack().question(&report.case, state.today()).needs;
    let need = needs.iter().find(|n| n.theme == form.one("theme"));
    let need = need.ok_or_else(Error::not_found)?;
    let list = recorded(&report.case.gaps, need, &place, state.today());
    save(&state, &author, &report, &list, seen).await
}

/// `POST /reports/{id}/services/gaps/note`: says what would otherwise have been proposed.
///
/// # Errors
/// There is no such report of hers, no gap of that theme, or the store fails.
pub async fn note(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Address,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let note: String = form.one("note").chars().take(LONGEST_NOTE).collect();
    let mut list = report.case.gaps.clone();
    let gap = list.iter_mut().find(|g| g.theme == form.one("theme"));
    gap.ok_or_else(Error::not_found)?.note = (!note.is_empty()).then_some(note);
    save(&state, &author, &report, &list, seen).await
}

/// `POST /reports/{id}/services/gaps/withdraw`: takes one back, out of the report and
/// out of the area's record.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn withdraw(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Address,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let mut list = report.case.gaps.clone();
    list.retain(|g| g.theme != form.one("theme"));
    save(&state, &author, &report, &list, seen).await
}

async fn save(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    list: &[ServiceGap],
    seen: i64,
) -> Result<Response, Error> {
    let place = lives_at(report, state).await?;
    let unmet = unmet(list, place.as_ref(), report.case.fictional);
    let value = if list.is_empty() {
        Value::Null
    } else {
        json!(list)
    };
    let writes = [Write::new("gaps", value)];
    let reports = author.reports(state);
    let saved = reports.save_gaps(report.id, &writes, &unmet, seen, state.now());
    match saved.await? {
        Save::Saved { .. } => {
            let next = format!("/reports/{}/services#needs", report.id);
            Ok(Redirect::to(&next).into_response())
        }
        Save::Signed(mark) => Err(Error::signed(&mark)),
        Save::Stale(since) => {
            let directory = state.directory().await?;
            let page = ServicesPage::of(report, state, &directory).stale(&since);
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

async fn lives_at(report: &LoadedReport, state: &AppState) -> Result<Option<Place>, Error> {
    let directory = state.directory().await?;
    let lives_in = report.case.woman.lives_in.as_deref().unwrap_or_default();
    Ok(directory.place(lives_in).ok())
}

/// The list with a gap for this need; as it is where there is one.
fn recorded(list: &[ServiceGap], need: &Need, place: &Place, today: NaiveDate) -> Vec<ServiceGap> {
    let mut list = list.to_vec();
    if list.iter().all(|g| g.theme != need.theme) {
        list.push(ServiceGap {
            theme: need.theme.clone(),
            level: Some(need.level.label().to_lowercase()),
            looked_on: today,
            area: area_of(place),
            note: None,
        });
    }
    list
}

/// The area as a report may name it: her authority, or her police area where it is not
/// certain which authority.
fn area_of(place: &Place) -> Option<String> {
    match (place.local_authorities.as_slice(), place.pcc.as_slice()) {
        ([one], _) => Some(one.name.clone()),
        (_, [one]) => Some(one.name.clone()),
        _ => None,
    }
}

/// What a report counts for; an example about nobody counts for nothing.
fn unmet(list: &[ServiceGap], place: Option<&Place>, fictional: bool) -> Vec<UnmetNeed> {
    if fictional {
        return Vec::new();
    }
    let only = |ids: Vec<&String>| match ids.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    };
    let pdu = place.and_then(|p| only(p.pdus.iter().map(|a| &a.id).collect()));
    let police_area = place.and_then(|p| only(p.pcc.iter().map(|a| &a.id).collect()));
    let region = place.and_then(|p| only(p.regions.iter().collect()));
    list.iter()
        .map(|gap| UnmetNeed {
            theme: gap.theme.clone(),
            level: gap.level.clone(),
            pdu: pdu.clone(),
            police_area: police_area.clone(),
            region: region.clone(),
            month: gap.looked_on.format("%Y-%m").to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        content::ContentFiles,
        directory::Directory,
        needs::{Level, Linked},
    };

    fn newbury() -> Place {
        let files = ContentFiles::embedded().unwrap();
        Directory::load(&files)
            .unwrap()
            .place("West Berkshire")
            .unwrap()
    }

    fn need(theme: &str) -> Need {
        Need {
            theme: theme.into(),
            prompt: format!("need-{theme}"),
            level: Level::High,
            linked: Linked::Yes,
            motivation: None,
            circumstances: None,
            how: None,
            helps: None,
            barriers: None,
            her_words: None,
            wants: None,
            in_report: true,
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    #[test]
    fn a_gap_says_what_was_looked_for_where_and_when_and_a_second_press_changes_nothing() {
        let list = recorded(&[], &need("safety"), &newbury(), today());
        assert_eq!(list[0].level.as_deref(), Some("high"));
        assert_eq!(list[0].area.as_deref(), Some("West Berkshire"));
        let mut noted = list.clone();
        noted[0].note = Some("A group nearer home.".into());
        let again = recorded(&noted, &need("safety"), &newbury(), today());
        assert_eq!(again, noted);
    }

    #[test]
    fn an_area_counts_a_gap_without_a_day_and_an_example_counts_for_nothing() {
        let list = recorded(&[], &need("safety"), &newbury(), today());
        let counted = unmet(&list, Some(&newbury()), false);
        assert_eq!(counted[0].month, "2026-11");
        assert_eq!(counted[0].police_area.as_deref(), Some("thames-valley"));
        assert!(counted[0].pdu.is_some() && counted[0].region.is_some());
        assert_eq!(unmet(&list, Some(&newbury()), true), Vec::new());
        assert_eq!(unmet(&list, None, false)[0].police_area, None);
    }
}
