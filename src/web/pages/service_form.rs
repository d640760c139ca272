//! The form of one chosen service: its fields, and reading what was sent.
//!
//! Lives here: the details an author adds to an entry. Not here: the page, or saving
//! (`service`). A new detail is a field in [`fields`], a line in [`held`] and in
//! [`read`], and a line in [`lines`].

use chrono::NaiveDate;

use super::{candidate::theme, slots};
use crate::{
    case::ChosenService,
    interview::{Interview, typed},
    needs,
    report::words::{date, slot},
    store::LoadedReport,
    web::{
        asking::Said,
        fields::{Control, FieldView, mark},
        form::{DateTyped, Form},
    },
};

/// A theme that may be ticked: its id, its name, and what is recorded of it.
pub type ThemeChoice = (String, String, String);

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
            "confirmed_on",
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
pub fn held(service: &ChosenService, themes: &[ThemeChoice]) -> Vec<FieldView> {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let fields = fields(themes, service.slots.len());
    let fill = |field: FieldView| match field.name.as_str() {
        "offer" => field.value(text(&service.offer)),
        "needs" => field.values(&service.needs),
        "held" => field.value(text(&service.held)),
        "confirmed_on" => field.date(service.confirmed_on.map(boxes).unwrap_or_default()),
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
pub fn sent(form: &Form, themes: &[ThemeChoice], faults: &[(String, String)]) -> Vec<FieldView> {
    let fields = fields(themes, slots::sent(form));
    let mut fields: Vec<FieldView> = fields.into_iter().map(|f| f.typed(form)).collect();
    mark(&mut fields, faults);
    fields
}

/// The service as the form gives it, or what is wrong with the form.
pub fn read(
    form: &Form,
    before: &ChosenService,
    interview: &Interview,
    today: NaiveDate,
) -> Result<ChosenService, Vec<(String, String)>> {
    let mut faults = Vec::new();
    let slots = slots::read(form, &mut faults);
    let DateTyped { day, month, year } = form.date("confirmed_on");
    let blank = [&day, &month, &year].iter().all(|part| part.is_empty());
    let confirmed_on = typed::day(&day, &month, &year);
    let fault = match confirmed_on {
        None if !blank => Some("Enter a real date, such as 20 11 2026"),
        Some(on) if on > today => Some("The day it was confirmed must be today or earlier"),
        _ => None,
    };
    faults.extend(fault.map(|what| ("confirmed_on".to_owned(), what.to_owned())));
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut needs = form.all("needs");
    needs.retain(|theme| interview.theme(theme).is_some());
    Ok(ChosenService {
        needs,
        offer: given(form.one("offer")),
        slots,
        confirmed_on,
        confirmed_with: given(form.one("confirmed_with")),
        held: given(form.one("held")),
        ..before.clone()
    })
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Every theme, with what is recorded of it.
pub fn themes(report: &LoadedReport, interview: &Interview) -> Vec<ThemeChoice> {
    let needs = needs::needs_on_record(&report.case, interview);
    let hint = |id: &str| match needs.iter().find(|n| n.theme == id) {
        Some(need) if !need.in_report => "On the record only".to_owned(),
        Some(need) => format!("{} need", need.level.label()),
        None => String::new(),
    };
    let themes = interview.themes.iter();
    themes
        .map(|t| (t.id.clone(), t.name.to_string(), hint(&t.id)))
        .collect()
}

/// What a chosen service says, line by line, to set beside another version of it.
pub fn lines(service: &ChosenService, interview: &Interview) -> Vec<Said> {
    let needs: Vec<String> = service.needs.iter().map(|t| theme(t, interview)).collect();
    let when: Vec<String> = service.slots.iter().map(slot).collect();
    let told = |label: &str, text: String| {
        (!text.is_empty()).then(|| Said {
            label: label.to_owned(),
            text,
        })
    };
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
            ("confirmed_on-day", "20"),
            ("confirmed_on-month", "November"),
            ("confirmed_on-year", "2026"),
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
                ("confirmed_on-day", day),
                ("confirmed_on-month", "11"),
                ("confirmed_on-year", "2026"),
            ])
            .unwrap_err();
            assert_eq!(faults[0].0, "confirmed_on", "{day}");
        }
    }

    #[test]
    fn what_was_typed_stands_in_the_fields_beside_its_fault() {
        let typed = form(&[("offer", "She would"), ("confirmed_on-day", "40")]);
        let faults = [("confirmed_on".to_owned(), "Enter a real date".to_owned())];
        let fields = sent(&typed, &[], &faults);
        let field = |name: &str| fields.iter().find(|f| f.name == name).unwrap();
        assert_eq!(field("offer").value, "She would");
        assert_eq!(field("confirmed_on").date.day, "40");
        assert_eq!(field("confirmed_on").error, "Enter a real date");
    }
}
