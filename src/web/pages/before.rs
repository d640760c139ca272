//! The page before a sensitive section: the room is checked, and there are three ways
//! on. What is not asked now can be opened again from here.
//!
//! Lives here: which prompts *not now* settles, and the page. Not here: the words,
//! which are `report-templates/interview/asking.toml`.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::report::{ReportStrip, open};
use crate::{
    case::{Answer, AnswerState, CaseFile, revision::Write},
    interview::{Before, Check, Interview, Prompt, Section},
    store::{LoadedReport, Save},
    web::{
        asking::writing::of_answer, csrf::OurForm, error::Error, state::AppState, templates::Page,
        visit::SignedIn, words,
    },
};

/// The page before a sensitive section.
#[derive(Debug, Serialize)]
pub struct BeforePage {
    report: ReportStrip,
    section: String,
    before: Before,
    /// How many prompts *not now* would settle, in words; none where nothing is open.
    open: String,
    /// What stands as not asked, in words; none where nothing does.
    not_asked: String,
    /// True where somebody saved here meanwhile and nothing was changed.
    stale: bool,
    seen: i64,
    action: String,
    go_on: String,
    back: String,
}

impl BeforePage {
    fn new(report: &LoadedReport, interview: &Interview, section: &Section, stale: bool) -> Self {
        let case = &report.case;
        let strip = ReportStrip::of(report);
        let here = format!("{}/sections/{}", strip.href, section.id);
        let prompts = interview.visible_prompts(case);
        let mine = || prompts.iter().filter(|(s, _)| s.id == section.id);
        let first = mine().find(|(_, p)| !interview.is_settled(p, case));
        let counted = |number: usize| match number {
            0 => String::new(),
            _ => words::count(number, "prompt"),
        };
        Self {
            section: section.title.clone(),
            before: interview.asking.before.clone(),
            open: counted(still_open(interview, section, case).len()),
            not_asked: counted(merely_not_asked(section, case).len()),
            stale,
            seen: report.revision,
            action: format!("{here}/before"),
            go_on: match first {
                Some((_, prompt)) => format!("{}/prompts/{}", strip.href, prompt.id),
                None => here,
            },
            back: strip.href.clone(),
            report: strip,
        }
    }
}

/// The sensitive prompts of a section on which nothing has been said yet.
fn still_open<'a>(interview: &'a Interview, section: &Section, case: &CaseFile) -> Vec<&'a Prompt> {
    let untouched = |p: &Prompt| match case.answer(&p.id) {
        Some(answer) => answer.state == AnswerState::Answered && answer.value.is_none(),
        None => true,
    };
    let visible = interview.visible_prompts(case).into_iter();
    visible
        .filter(|(s, p)| s.id == section.id && p.sensitive && p.is_answer())
        .filter(|(_, p)| untouched(p))
        .map(|(_, prompt)| prompt)
        .collect()
}

/// The prompts of a section that stand as not asked and hold nothing else.
fn merely_not_asked<'a>(section: &'a Section, case: &CaseFile) -> Vec<&'a Prompt> {
    let bare = |p: &&Prompt| {
        case.answer(&p.id).is_some_and(|answer| {
            let not_asked = matches!(
                answer.state,
                AnswerState::NotAskedUnsafe | AnswerState::NotAskedNoTime
            );
            not_asked && answer.value.is_none() && answer.sources.is_empty()
        })
    };
    let prompts = section.prompts.iter();
    prompts.filter(|p| p.is_answer()).filter(bare).collect()
}

/// What one of the ways on changes; `None` where it is no way that the page offers.
fn writes(
    way: &str,
    interview: &Interview,
    section: &Section,
    case: &CaseFile,
) -> Option<Vec<Write>> {
    let state = match way {
        "unsafe" => AnswerState::NotAskedUnsafe,
        "no-time" => AnswerState::NotAskedNoTime,
        "open-again" => {
            let bare = merely_not_asked(section, case);
            return Some(bare.into_iter().map(|p| of_answer(p, None)).collect());
        }
        _ => return None,
    };
    let not_asked = |prompt: &Prompt| {
        let before = case.answer(&prompt.id).cloned();
        let blank = || Answer {
            visibility: prompt.visibility,
            ..Answer::default()
        };
        let answer = Answer {
            state,
            ..before.unwrap_or_else(blank)
        };
        of_answer(prompt, Some(&answer))
    };
    let open = still_open(interview, section, case).into_iter();
    Some(open.map(not_asked).collect())
}

impl Page for BeforePage {
    const NAME: &'static str = "before.html";
    const HTML: &'static str = include_str!("before.html");

    fn title(&self) -> String {
        format!(
            "{} – {} – {}",
            self.before.title, self.section, self.report.name
        )
    }

    fn has_errors(&self) -> bool {
        self.stale
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let check = || Check {
            ask: "Is she <alone>?".into(),
            help: "Nobody & nothing".into(),
        };
        let page = |open: &str, not_asked: &str, stale| Self {
            report: ReportStrip::sample(stale),
            section: "Abuse & safety".into(),
            before: Before {
                title: "Check the room".into(),
                intro: "Take <half> a minute.".into(),
                say: "“Would you like a break?”".into(),
                later: "Nothing is lost.".into(),
                source: "Practice, 2024".into(),
                checks: vec![check(), check()],
            },
            open: open.into(),
            not_asked: not_asked.into(),
            stale,
            seen: 3,
            action: "/reports/1/sections/safety/before".into(),
            go_on: "/reports/1/prompts/abuse-victim".into(),
            back: "/reports/1".into(),
        };
        vec![
            page("6 prompts", "", false),
            page("1 prompt", "2 prompts", true),
            page("", "7 prompts", false),
            page("", "", false),
        ]
    }
}

/// `GET /reports/{id}/sections/{section}/before`.
///
/// # Errors
/// There is no such report of hers, or no such sensitive section.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let section = sensitive(&state, &section)?;
    let page = BeforePage::new(&report, state.interview(), section, false);
    author.visit.page(&page)
}

/// `POST` to the same address: settles what is open as not asked, or opens it again.
///
/// # Errors
/// There is no such report of hers, section or way on, or the store fails.
pub async fn choose(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, section)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let section = sensitive(&state, &section)?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let way = form.one("way");
    let writes = writes(way, state.interview(), section, &report.case);
    let writes = writes.ok_or_else(Error::not_understood)?;
    if !writes.is_empty() {
        let reports = author.reports(&state);
        let save = reports.save(report.id, &writes, seen, state.now()).await?;
        match save {
            Save::Saved { .. } => {}
            Save::Signed(mark) => return Err(Error::signed(&mark)),
            Save::Stale(_) => {
                let report = open(&state, &author, &id).await?;
                let page = BeforePage::new(&report, state.interview(), section, true);
                return author.visit.page_as(StatusCode::CONFLICT, &page);
            }
        }
    }
    let here = format!("/reports/{}/sections/{}", report.id, section.id);
    let to = match way {
        "open-again" => format!("{here}/before"),
        _ => here,
    };
    Ok(Redirect::to(&to).into_response())
}

/// A section by the id in an address, where anything in it is sensitive.
fn sensitive<'a>(state: &'a AppState, id: &str) -> Result<&'a Section, Error> {
    let section = state.interview().section(id);
    section
        .filter(|s| s.sensitive || s.prompts.iter().any(|p| p.sensitive))
        .ok_or_else(Error::not_found)
}

/// Where a section is begun: at the page before it where it is sensitive and nothing
/// in it has been answered yet, else at `then`.
#[must_use]
pub fn begin(home: &str, section: &Section, case: &CaseFile, then: String) -> String {
    let begun = section.prompts.iter().any(|p| case.answer(&p.id).is_some());
    if section.sensitive && !begun {
        format!("{home}/sections/{}/before", section.id)
    } else {
        then
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        case::{
            from_value,
            revision::{fold, unfold},
        },
        content::ContentFiles,
    };

    fn after(way: &str, case: &CaseFile) -> CaseFile {
        let interview = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
        let section = interview.section("safety").unwrap();
        let mut all = unfold(case).unwrap();
        all.extend(writes(way, &interview, section, case).unwrap());
        fold(&all).unwrap()
    }

    fn case() -> CaseFile {
        from_value(json!({"foreword_case": 1, "answers": {
            "abuse-victim": {"value": {"experienced": "yes"}, "visibility": "in-report"},
            "order-must-avoid": {"state": "not-asked-no-time", "value": "Typed before."},
            "adjustments": {"value": "Breaks.", "visibility": "in-report"}}}))
        .unwrap()
    }

    #[test]
    fn not_now_settles_what_is_open_and_leaves_every_answer_as_it_was() {
        let (before, after) = (case(), after("unsafe", &case()));
        for kept in ["abuse-victim", "order-must-avoid", "adjustments"] {
            assert_eq!(after.answer(kept), before.answer(kept), "{kept}");
        }
        let now = after.answer("abuser-details").unwrap();
        assert_eq!(now.state, AnswerState::NotAskedUnsafe);
        assert_eq!(
            now.visibility,
            crate::case::Visibility::RecordOnly,
            "even that it was not asked stays where its answer would"
        );
    }

    #[test]
    fn what_was_not_asked_opens_again_and_what_was_typed_stays() {
        let back = after("open-again", &after("no-time", &case()));
        assert_eq!(back.answers, case().answers);
    }

    #[test]
    fn no_other_way_is_taken() {
        let interview = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
        let section = interview.section("safety").unwrap();
        assert!(writes("delete", &interview, section, &case()).is_none());
    }
}
