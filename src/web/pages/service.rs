//! One chosen service: what it offers her, for which needs, when, and who confirmed it.
//!
//! Lives here: the form of one entry of the list. Not here: choosing it (`services`).
//! A new detail is a field in [`fields`] and a line in [`read`].

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Serialize;

use super::{
    candidate::theme,
    choosing,
    conflict::ConflictPage,
    report::{ReportStrip, open},
    services::entry,
    slots,
};
use crate::{
    case::ChosenService,
    interview::{Interview, typed},
    needs,
    report::words::{date, slot},
    store::{LoadedReport, Save},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::{DateTyped, Form},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

/// The details of a chosen service.
#[derive(Debug, Serialize)]
pub struct ServicePage {
    report: ReportStrip,
    name: String,
    organisation: String,
    as_at: String,
    source: String,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    seen: i64,
    back: String,
    action: String,
}

/// A theme that may be ticked: its id, its name, and what is recorded of it.
type ThemeChoice = (String, String, String);

impl ServicePage {
    fn of(
        report: &LoadedReport,
        service: &ChosenService,
        fields: Vec<FieldView>,
        seen: i64,
    ) -> Self {
        let back = format!("/reports/{}/services", report.id);
        Self {
            report: ReportStrip::of(report),
            name: service.name.clone(),
            organisation: service.organisation.clone(),
            as_at: service.as_at.clone(),
            source: service.source.clone(),
            errors: summary(&fields),
            fields,
            seen,
            action: format!("{back}/{}", service.id),
            back,
        }
    }
}

/// The fields with nothing typed in them.
fn fields(themes: &[ThemeChoice], slots: usize) -> Vec<FieldView> {
    let mut fields = vec![
        FieldView::new(Control::Text, "offer", "What it offers her")
            .hint("In a sentence or two for the sentencer: what she would do there, with whom, how often.")
            .rows(4)
            .strong(),
        FieldView::new(Control::Checkboxes, "needs", "Which needs it is for")
            .hint("The report can name these. Leave out a need that stays on the record.")
            .hinted_options(themes.to_vec())
            .small()
            .strong(),
    ];
    fields.extend(slots::fields(slots));
    fields.push(
        FieldView::new(Control::Line, "held", "How long it keeps a place for her")
            .hint("For example, four weeks from the date of sentence")
            .strong(),
    );
    fields.push(
        FieldView::new(
            Control::Date,
            "confirmed",
            "The day somebody there confirmed this",
        )
        .hint("Leave it empty until you have asked.")
        .strong(),
    );
    fields.push(
        FieldView::new(Control::Line, "confirmed_with", "Who confirmed it")
            .hint("Their role is enough. It stays on the record and is never printed.")
            .record_only()
            .strong(),
    );
    fields
}

/// The fields with what the report holds.
fn held(service: &ChosenService, themes: &[ThemeChoice]) -> Vec<FieldView> {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let fields = fields(themes, service.slots.len());
    let fill = |field: FieldView| match field.name.as_str() {
        "offer" => field.value(text(&service.offer)),
        "needs" => field.values(&service.needs),
        "held" => field.value(text(&service.held)),
        "confirmed" => field.date(service.confirmed_on.map(boxes).unwrap_or_default()),
        "confirmed_with" => field.value(text(&service.confirmed_with)),
        _ => slots::fill(field, &service.slots),
    };
    fields.into_iter().map(fill).collect()
}

fn boxes(day: NaiveDate) -> DateTyped {
    DateTyped {
        day: day.format("%-d").to_string(),
        month: day.format("%-m").to_string(),
        year: day.format("%Y").to_string(),
    }
}

/// The fields with what was sent, and what is wrong.
fn sent(form: &Form, themes: &[ThemeChoice], faults: &[(String, String)]) -> Vec<FieldView> {
    let fields = fields(themes, slots::sent(form));
    let mut fields: Vec<FieldView> = fields.into_iter().map(|f| f.typed(form)).collect();
    mark(&mut fields, faults);
    fields
}

/// The service as the form gives it, or what is wrong with the form.
fn read(
    form: &Form,
    before: &ChosenService,
    interview: &Interview,
    today: NaiveDate,
) -> Result<ChosenService, Vec<(String, String)>> {
    let mut faults = Vec::new();
    let slots = slots::read(form, &mut faults);
    let DateTyped { day, month, year } = form.date("confirmed");
    let blank = [&day, &month, &year].iter().all(|part| part.is_empty());
    let confirmed_on = typed::day(&day, &month, &year);
    let fault = match confirmed_on {
        None if !blank => Some("Enter a real date, such as 20 11 2026"),
        Some(on) if on > today => Some("The day it was confirmed must be today or earlier"),
        _ => None,
    };
    faults.extend(fault.map(|what| ("confirmed".to_owned(), what.to_owned())));
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut needs = form.all("needs");
    needs.retain(|theme| interview.theme(theme).is_some());
    Ok(ChosenService {
        needs,
        offer: form.given("offer"),
        slots,
        confirmed_on,
        confirmed_with: form.given("confirmed_with"),
        held: form.given("held"),
        ..before.clone()
    })
}

/// Every theme, with what is recorded of it.
fn themes(report: &LoadedReport, interview: &Interview) -> Vec<ThemeChoice> {
    let needs = needs::needs_on_record(&report.case, interview);
    let hint = |id: &str| match needs.iter().find(|n| n.theme == id) {
        Some(need) if !need.in_report => "On the record only".to_owned(),
        Some(need) => format!("{} need", need.level.label()),
        None => String::new(),
    };
    let themes = interview.themes.iter();
    themes
        .map(|t| (t.id.clone(), t.name.clone(), hint(&t.id)))
        .collect()
}

/// What a chosen service says, line by line, to set beside another version of it.
fn lines(service: &ChosenService, interview: &Interview) -> Vec<String> {
    let needs: Vec<String> = service.needs.iter().map(|t| theme(t, interview)).collect();
    let when: Vec<String> = service.slots.iter().map(slot).collect();
    let told = |label: &str, text: String| (!text.is_empty()).then(|| format!("{label}: {text}"));
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let lines = [
        told("What it offers her", said(&service.offer)),
        told("For", needs.join("; ")),
        told("When", when.join("; ")),
        told("Place kept", said(&service.held)),
        told(
            "Confirmed on",
            service.confirmed_on.map(date).unwrap_or_default(),
        ),
        told("Confirmed with", said(&service.confirmed_with)),
    ];
    lines.into_iter().flatten().collect()
}

impl Page for ServicePage {
    const NAME: &'static str = "service.html";
    const HTML: &'static str = include_str!("service.html");

    fn title(&self) -> String {
        format!("{} – {}", self.name, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let report = super::samples::report();
        let themes = [
            ("safety", "Safety & abuse", "On the record only"),
            ("finance", "Finance, <benefits>", ""),
        ]
        .map(|(id, name, hint)| (id.to_owned(), name.to_owned(), hint.to_owned()));
        let service = ChosenService {
            id: "a".into(),
            name: "The <b>Centre</b>".into(),
            organisation: "Us & Co".into(),
            source: "A <i>guide</i>".into(),
            as_at: "2024-05".into(),
            ..ChosenService::default()
        };
        let full = ChosenService {
            needs: vec!["safety".into()],
            offer: Some("</textarea><script>alert(1)</script>".into()),
            slots: slots::samples(),
            confirmed_on: NaiveDate::from_ymd_opt(2026, 11, 20),
            confirmed_with: Some("Assessment \"worker\"".into()),
            held: Some("four weeks".into()),
            ..service.clone()
        };
        let typed = [
            ("offer", "She <b>would</b>"),
            ("confirmed-day", "40"),
            ("slot.0.from", "9"),
        ];
        let form = Form::new(typed.map(|(n, v)| (n.to_owned(), v.to_owned())).into());
        let faults = ["slot.0.days", "slot.0.to", "confirmed"];
        let faults = faults.map(|f| (f.to_owned(), "Enter <something>".to_owned()));
        let page = |fields| Self::of(&report, &service, fields, 3);
        vec![
            page(held(&service, &themes)),
            page(held(&full, &themes)),
            page(sent(&form, &themes, &faults)),
        ]
    }
}

type Address = Path<(String, String)>;

/// `GET /reports/{id}/services/{service}`.
///
/// # Errors
/// There is no such report of hers, or the service is not chosen for it.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, service)): Address,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let service = chosen(&report, &service).ok_or_else(Error::not_found)?;
    let fields = held(service, &themes(&report, state.interview()));
    author
        .visit
        .page(&ServicePage::of(&report, service, fields, report.revision))
}

/// `POST` to the same address: saves the details and goes back to the services. One
/// that was removed meanwhile is a clash, shown with what was typed.
///
/// # Errors
/// There is no such report of hers, or no such service, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, service)): Address,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let interview = state.interview();
    let before = chosen(&report, &service).cloned();
    let before = before.or_else(|| entry(&report, &state, &service));
    let before = before.ok_or_else(Error::not_found)?;
    let page = |faults: &[(String, String)]| {
        let fields = sent(&form, &themes(&report, interview), faults);
        ServicePage::of(&report, &before, fields, seen)
    };
    if form.one("again") == "edit" {
        return author.visit.page(&page(&[]));
    }
    let now = match read(&form, &before, interview, state.today()) {
        Ok(now) => now,
        Err(faults) => return author.visit.refused(&page(&faults)),
    };
    let writes = [choosing::write(&choosing::changed(
        &report.case.services,
        &now,
    ))];
    let saved = author
        .reports(&state)
        .save(report.id, &writes, seen, state.now())
        .await?;
    let back = format!("/reports/{}/services", report.id);
    match saved {
        Save::Saved { .. } => Ok(Redirect::to(&back).into_response()),
        Save::Stale(since) => {
            let theirs = match chosen(&report, &service) {
                Some(theirs) => lines(theirs, interview),
                None => vec!["No longer chosen for this report".into()],
            };
            let page = ConflictPage::between(&report, &since, &form, format!("{back}/{service}"))
                .saying(&before.name, theirs, lines(&now, interview));
            author.visit.page_as(StatusCode::CONFLICT, &page)
        }
    }
}

fn chosen<'a>(report: &'a LoadedReport, id: &str) -> Option<&'a ChosenService> {
    report.case.services.iter().find(|s| s.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentFiles;

    fn interview() -> Interview {
        Interview::load(&ContentFiles::embedded().unwrap()).unwrap()
    }

    fn form(pairs: &[(&str, &str)]) -> Form {
        let pairs = pairs.iter();
        Form::new(pairs.map(|(n, v)| ((*n).into(), (*v).into())).collect())
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn read_it(pairs: &[(&str, &str)]) -> Result<ChosenService, Vec<(String, String)>> {
        let before = ChosenService {
            id: "a".into(),
            as_at: "2024-05".into(),
            offer: Some("before".into()),
            ..ChosenService::default()
        };
        read(&form(pairs), &before, &interview(), today())
    }

    #[test]
    fn what_is_typed_is_read_and_the_snapshot_of_the_entry_stays() {
        let read = read_it(&[
            ("offer", "Weekly one-to-one work."),
            ("needs", "safety"),
            ("needs", "no-such-theme"),
            ("confirmed-day", "20"),
            ("confirmed-month", "November"),
            ("confirmed-year", "2026"),
        ]);
        let read = read.unwrap();
        assert_eq!(read.as_at, "2024-05");
        assert_eq!(read.offer.as_deref(), Some("Weekly one-to-one work."));
        assert_eq!(read.needs, ["safety"]);
        assert_eq!(read.confirmed_on, NaiveDate::from_ymd_opt(2026, 11, 20));
    }

    #[test]
    fn an_emptied_form_empties_the_details() {
        assert_eq!(read_it(&[("offer", "  ")]).unwrap().offer, None);
    }

    #[test]
    fn a_day_of_confirmation_that_is_no_day_or_still_to_come_is_refused() {
        for day in ["31", "23"] {
            let faults = read_it(&[
                ("confirmed-day", day),
                ("confirmed-month", "11"),
                ("confirmed-year", "2026"),
            ])
            .unwrap_err();
            assert_eq!(faults[0].0, "confirmed", "{day}");
        }
    }

    #[test]
    fn what_was_typed_stands_in_the_fields_beside_its_fault() {
        let typed = form(&[("offer", "She would"), ("confirmed-day", "40")]);
        let faults = [("confirmed".to_owned(), "Enter a real date".to_owned())];
        let fields = sent(&typed, &[], &faults);
        let field = |name: &str| fields.iter().find(|f| f.name == name).unwrap();
        assert_eq!(field("offer").value, "She would");
        assert_eq!(field("confirmed").date.day, "40");
        assert_eq!(field("confirmed").error, "Enter a real date");
    }
}
