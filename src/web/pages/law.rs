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

use super::law_view::{ChangeView, RequirementView, RuleView};
use crate::{
    interview::typed,
    sentencing::{CaseDates, LawPack, Requirement},
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
            requirements: rows.into_iter().map(view).collect(),
            rules: law.rules().map(|r| RuleView::of(r, pack)).collect(),
            not_commenced: pack.not_commenced().map(view).collect(),
            changes: pack
                .changes()
                .iter()
                .map(|c| ChangeView::of(c, pack))
                .collect(),
        }
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
        };
        let full = Self {
            old: false,
            checked: "22 November 2026".into(),
            requirements: RequirementView::samples(),
            rules: RuleView::samples(),
            not_commenced: RequirementView::samples(),
            changes: ChangeView::samples(),
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
    let law = &state.pack().law;
    match asked(&Form::new(pairs)) {
        Ok(on) => person
            .visit
            .page(&LawPage::of(law, on.unwrap_or(today), today)),
        Err(typed) => {
            let page = LawPage::of(law, today, today).with_fault(&typed);
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
