//! The law that Foreword's checks apply, as it stands on a chosen day.
//!
//! Lives here: the page. Not here: any rule, figure or sentence of law, which are data
//! (`report-templates/sentencing/`), or choosing rows by date (`sentencing`). To show
//! more of a row, add a field to its view in `law_view` and a line to the template.

use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use serde::Serialize;

use super::law_view::{ChangeView, RequirementView, RuleView, UnverifiedView};
use crate::{
    interview::typed,
    sentencing::{CaseDates, Law, LawPack, Requirement},
    web::{
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::{DateTyped, Form},
        state::AppState,
        templates::Page,
        visit::Anyone,
        words,
    },
};

/// The law on a day.
#[derive(Debug, Clone, Serialize)]
pub struct LawPage {
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    /// The day in words.
    on: String,
    version: String,
    checked: String,
    newest: String,
    warning: String,
    /// Nobody has checked the pack for longer than its own limit.
    old: bool,
    requirements: Vec<RequirementView>,
    rules: Vec<RuleView>,
    not_commenced: Vec<RequirementView>,
    changes: Vec<ChangeView>,
    /// What is used on that day and nobody has verified.
    unverified: Vec<UnverifiedView>,
    /// Why the latest records of commencement could not be taken up; empty where they
    /// were.
    fault: String,
}

/// What is used on that day and nobody has verified: rules, requirements, guideline
/// ranges, offences.
fn unverified(pack: &LawPack, law: &Law<'_>, rows: &[&Requirement]) -> Vec<UnverifiedView> {
    let rules = law.rules().map(|r| UnverifiedView::of(&r.title, r));
    let requirements = rows.iter().map(|r| UnverifiedView::of(&r.name, *r));
    let ranges = pack.ranges().iter().map(|r| {
        let name = rows.iter().find(|row| row.id == r.requirement);
        let name = name.map_or(r.requirement.as_str(), |row| row.name.as_str());
        UnverifiedView::of(&format!("Guideline range for the {name}: {}", r.words), r)
    });
    let offences = pack
        .offences()
        .iter()
        .map(|o| UnverifiedView::of(&format!("{}: {}", o.title, o.maximum), o));
    rules
        .chain(requirements)
        .chain(ranges)
        .chain(offences)
        .flatten()
        .collect()
}

impl LawPage {
    fn of(pack: &LawPack, on: NaiveDate, today: NaiveDate) -> Self {
        let law = pack.in_force(&CaseDates {
            convicted: Some(on),
            committed: Some(on),
            today: on,
        });
        let mut rows: Vec<&Requirement> = Vec::new();
        for row in pack.all_requirements() {
            if let Some(row) = law.requirement(&row.id)
                && !rows.iter().any(|r| r.id == row.id)
            {
                rows.push(row);
            }
        }
        let about = &pack.about;
        let view = |row: &Requirement| RequirementView::of(row, pack);
        Self {
            fields: fields(&boxes(on)),
            errors: Vec::new(),
            on: words::day(on),
            version: about.version.clone(),
            checked: about.checked.map(words::day).unwrap_or_default(),
            newest: about.newest_source.clone(),
            warning: about.warning.clone(),
            old: pack.is_old(today),
            unverified: unverified(pack, &law, &rows),
            fault: String::new(),
            requirements: rows.into_iter().map(view).collect(),
            rules: law.rules().map(|r| RuleView::of(r, pack)).collect(),
            not_commenced: pack.not_commenced().map(view).collect(),
            changes: ChangeView::timeline(pack, on),
        }
    }

    /// With the reason why the latest records could not be taken up.
    fn with_records(mut self, fault: String) -> Self {
        self.fault = fault;
        self
    }

    /// With a day that was typed and is none.
    fn with_fault(mut self, typed: &DateTyped) -> Self {
        self.fields = fields(typed);
        let what = "Enter a real date, such as 22 11 2026";
        mark(&mut self.fields, &[("on".into(), what.into())]);
        self.errors = summary(&self.fields);
        self
    }
}

fn fields(day: &DateTyped) -> Vec<FieldView> {
    let field = FieldView::new(Control::Date, "on", "Show the law as it stood on")
        .hint("Each row says which date of a case selects it. Here one day stands for all of them.")
        .date(day.clone())
        .strong();
    vec![field]
}

fn boxes(day: NaiveDate) -> DateTyped {
    DateTyped {
        day: day.format("%-d").to_string(),
        month: day.format("%-m").to_string(),
        year: day.format("%Y").to_string(),
    }
}

/// The day asked for: `None` where none is, an error where it is no day. One value,
/// `on=2026-11-22`, makes an address to pass on; the form sends three.
fn asked(form: &Form) -> Result<Option<NaiveDate>, DateTyped> {
    if let Some(day) = typed::kept_day(form.one("on")) {
        return Ok(Some(day));
    }
    let sent = form.date("on");
    let DateTyped { day, month, year } = &sent;
    if [day, month, year].iter().all(|part| part.is_empty()) {
        return Ok(None);
    }
    typed::day(day, month, year).map(Some).ok_or(sent)
}

impl Page for LawPage {
    const NAME: &'static str = "law.html";
    const HTML: &'static str = include_str!("law.html");

    fn title(&self) -> String {
        format!("Law on {}", self.on)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let empty = Self {
            fields: fields(&DateTyped::default()),
            errors: Vec::new(),
            on: "1 January 2001".into(),
            version: "1".into(),
            checked: String::new(),
            newest: "A <b>source</b>".into(),
            warning: "Look & see.".into(),
            old: true,
            requirements: Vec::new(),
            rules: Vec::new(),
            not_commenced: Vec::new(),
            changes: Vec::new(),
            unverified: Vec::new(),
            fault: "commencements.toml, line 3: <nothing>".into(),
        };
        let full = Self {
            old: false,
            checked: "22 November 2026".into(),
            requirements: RequirementView::samples(),
            rules: RuleView::samples(),
            not_commenced: RequirementView::samples(),
            changes: ChangeView::samples(),
            unverified: UnverifiedView::samples(),
            fault: String::new(),
            ..empty.clone()
        };
        let typed = DateTyped {
            day: "31\"".into(),
            month: "Febr".into(),
            year: "<b>".into(),
        };
        vec![full.clone(), empty, full.with_fault(&typed)]
    }
}

/// `GET /law`, with a day as `on` or as `on-day`, `on-month`, `on-year`.
///
/// # Errors
/// The page cannot be rendered.
pub async fn show(
    State(state): State<AppState>,
    person: Anyone,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let today = state.today();
    let live = &state.pack().law;
    let law = &live.now();
    match asked(&Form::new(pairs)) {
        Ok(on) => {
            let page = LawPage::of(law, on.unwrap_or(today), today);
            person.visit.page(&page.with_records(live.fault()))
        }
        Err(typed) => {
            let page = LawPage::of(law, today, today).with_records(live.fault());
            let page = page.with_fault(&typed);
            person.visit.refused(&page)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentFiles;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn page(on: NaiveDate) -> serde_json::Value {
        let pack = LawPack::load(&ContentFiles::embedded().unwrap()).unwrap();
        serde_json::to_value(LawPage::of(&pack, on, day(2026, 11, 22))).unwrap()
    }

    fn limits(page: &serde_json::Value, name: &str) -> Vec<String> {
        let rows = page["requirements"].as_array().unwrap().iter();
        rows.filter(|r| r["name"] == name)
            .map(|r| r["limits"].to_string())
            .collect()
    }

    #[test]
    fn each_requirement_is_shown_once_with_the_limits_of_the_day() {
        let name = "curfew requirement";
        let before = limits(&page(day(2022, 6, 27)), name);
        let after = limits(&page(day(2022, 6, 28)), name);
        assert_eq!((before.len(), after.len()), (1, 1));
        assert!(before[0].contains("2 to 16 hours a day"), "{before:?}");
        assert!(after[0].contains("2 to 20 hours a day"), "{after:?}");
    }

    #[test]
    fn what_has_not_commenced_is_listed_apart_and_never_among_the_law_in_force() {
        let page = page(day(2026, 11, 22));
        let apart = page["not_commenced"].as_array().unwrap();
        assert!(!apart.is_empty());
        for row in apart {
            let name = row["name"].as_str().unwrap();
            assert_eq!(limits(&page, name), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn the_timeline_begins_with_the_newest_and_says_what_was_in_force_by_then() {
        let page = page(day(2026, 3, 1));
        let changes = page["changes"].as_array().unwrap();
        let about = |title: &str| {
            let mut rows = changes.iter();
            rows.find(|c| c["title"].as_str().unwrap().contains(title))
                .unwrap()
        };
        assert_eq!(about("12 months or less are suspended")["by_then"], false);
        assert_eq!(changes[0]["since"], "11 May 2026");
        assert_eq!(changes.last().unwrap()["since"], "");
    }

    #[test]
    fn what_nobody_has_verified_is_listed_with_what_has_to_be_read() {
        let page = page(day(2026, 11, 22));
        let rows = page["unverified"].as_array().unwrap();
        assert!(rows.iter().any(|r| r["what"] == "Conditional discharge"));
        assert!(rows.iter().all(|r| r["to_check"] != ""));
        assert!(
            !rows
                .iter()
                .any(|r| r["what"] == "Length of a community order")
        );
    }

    #[test]
    fn a_recorded_commencement_is_shown_with_who_recorded_it_and_when() {
        let shipped = LawPack::load(&ContentFiles::embedded().unwrap()).unwrap();
        let records = "[[commencement]]\ncode = \"sa2026-s14\"\non = 2027-01-04\n\
             source = \"SI 2027/1 reg 2\"\nrecorded_by = \"A. Admin\"\nrecorded_on = 2026-12-20\n";
        let pack = shipped.with_commencements("c.toml", records).unwrap();
        let on = |on| serde_json::to_value(LawPage::of(&pack, on, day(2026, 12, 21))).unwrap();
        let name = "driving prohibition requirement";
        assert_eq!(limits(&on(day(2027, 1, 3)), name).len(), 0);
        let page = on(day(2027, 1, 4));
        assert_eq!(limits(&page, name).len(), 1);
        let mut changes = page["changes"].as_array().unwrap().iter();
        let row = changes.find(|c| c["title"] == "Driving prohibition requirement");
        let row = row.unwrap();
        assert_eq!(row["recorded"], "Recorded by A. Admin on 20 December 2026");
        assert!(row["commencement"].as_str().unwrap().contains("SI 2027/1"));
    }

    #[test]
    fn the_day_is_read_from_an_address_or_from_three_boxes() {
        let form = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter();
            Form::new(pairs.map(|(n, v)| ((*n).into(), (*v).into())).collect())
        };
        assert_eq!(asked(&form(&[])), Ok(None));
        let expected = Ok(Some(day(2022, 6, 27)));
        assert_eq!(asked(&form(&[("on", "2022-06-27")])), expected);
        let boxes = [("on-day", "27"), ("on-month", "June"), ("on-year", "2022")];
        assert_eq!(asked(&form(&boxes)), expected);
        assert!(asked(&form(&[("on-day", "31"), ("on-month", "2")])).is_err());
    }
}
