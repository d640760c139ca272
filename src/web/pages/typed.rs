//! What somebody typed, shown back to her where it could not be taken in: she was
//! signed out meanwhile, the service failed, or the report was signed. With a button
//! that sends it again, where that can help.
//!
//! Not here: noticing that (`carrying.rs`, `saving`).

use serde::Serialize;

use crate::{
    store::{LoadedReport, SignedMark},
    web::{
        form::Form,
        templates::{Page, report_in},
        words,
    },
};

/// Where directory entries are kept.
const KEEPING: &str = "/directory/mine";

/// What was typed, and what can be done about it.
#[derive(Debug, Serialize)]
pub struct TypedPage {
    heading: &'static str,
    says: Vec<String>,
    /// What was typed, as far as it is prose.
    lines: Vec<String>,
    /// Says that there is more than the lines show.
    more: &'static str,
    send: Option<Send>,
    back: String,
    back_text: &'static str,
}

/// The button that sends it again.
#[derive(Debug, Serialize)]
struct Send {
    to: String,
    text: &'static str,
    carried: Vec<(String, String)>,
    /// True where the page can be opened with it first.
    can_open: bool,
}

impl TypedPage {
    fn new(heading: &'static str, says: &[&str], form: &Form) -> Self {
        let lines = prose(form);
        Self {
            heading,
            says: says.iter().map(|s| (*s).to_owned()).collect(),
            more: match lines.as_slice() {
                [] => "Only short entries and choices. They are all here and go with it.",
                _ => "Short entries and choices go with it too.",
            },
            lines,
            send: None,
            back: "/reports".into(),
            back_text: "Go to my reports",
        }
    }

    /// She was signed out while she wrote, and is signed in again.
    #[must_use]
    pub fn signed_in_again(to: &str, form: &Form) -> Self {
        let says = [
            "You had been signed out when you sent it, so it is not saved yet. Check that it is what you want and save it.",
        ];
        Self::new("You are signed in again", &says, form).sending(to, "Save it now", form)
    }

    /// She signed in again elsewhere while the page was open.
    #[must_use]
    pub fn of_an_old_page(to: &str, form: &Form) -> Self {
        let says = [
            "Nothing was saved yet. You signed in again in another window after opening the page, and Foreword takes in a form only from a page of the present sign-in.",
        ];
        Self::new("This page was open before you signed in", &says, form).sending(
            to,
            "Save it now",
            form,
        )
    }

    /// The service failed.
    #[must_use]
    pub fn of_a_failure(to: &str, form: &Form) -> Self {
        let says = [
            "Foreword failed just now, and this may not have been saved. What you saved before is safe.",
            "Try again in a moment. Nothing is saved twice. If it goes on, copy the text and tell the person who runs this service.",
        ];
        Self::new("Sorry, this could not be saved", &says, form).sending(to, "Try again", form)
    }

    /// The report was signed while she wrote.
    #[must_use]
    pub fn signed(report: &LoadedReport, mark: &SignedMark, form: &Form, kept: bool) -> Self {
        let signed = format!(
            "{} signed this report on {}. A signed report takes in nothing more, so this was not saved in it.",
            mark.by,
            words::moment(mark.at)
        );
        let kept = if kept {
            "It is kept for you at the page where you typed it. Copy what you still need."
        } else {
            "Copy what you still need: it is too long to be kept."
        };
        let mut page = Self::new("This report has been signed", &[&signed, kept], form);
        page.more = "";
        page.back = format!("/reports/{}", report.id);
        page.back_text = "Go to the report";
        page
    }

    /// The request to check a report was taken back, or answered, while she wrote.
    #[must_use]
    pub fn check_ended(form: &Form) -> Self {
        let says = [
            "The request to check this report was taken back, was answered already, or the report was signed. What you just sent was not added to it.",
            "Copy what you still need: it is kept nowhere else.",
        ];
        let mut page = Self::new("This check has ended", &says, form);
        page.more = "";
        page
    }

    fn sending(mut self, to: &str, text: &'static str, form: &Form) -> Self {
        self.send = Some(Send {
            to: to.to_owned(),
            text,
            carried: form.carried(&[]),
            // Every form that can be opened with what was typed says whether it was tried.
            can_open: form.get("tried").is_some() && form.get("again").is_none(),
        });
        if let Some(report) = report_in(to) {
            let place = if to.starts_with("/checks/") {
                "checks"
            } else {
                "reports"
            };
            self.back = format!("/{place}/{report}");
            self.back_text = "Do not save it, and go to the report";
        } else if to.starts_with(KEEPING) {
            self.back = KEEPING.into();
            self.back_text = "Do not save it, and go to my entries";
        }
        self
    }
}

/// What in a form is prose: what has a blank or a line end in it, or is long. The rest
/// are ids, dates and choices, which say nothing by themselves.
fn prose(form: &Form) -> Vec<String> {
    let values = form.pairs().iter().filter(|(n, _)| n != "csrf");
    let values = values.map(|(_, value)| value.trim());
    values
        .filter(|value| value.contains([' ', '\n']) || value.chars().count() > 40)
        .map(str::to_owned)
        .collect()
}

impl Page for TypedPage {
    const NAME: &'static str = "typed.html";
    const HTML: &'static str = include_str!("typed.html");

    fn title(&self) -> String {
        self.heading.to_owned()
    }

    fn samples() -> Vec<Self> {
        let form = Form::new(vec![
            ("tried".into(), "no".into()),
            ("value".into(), "She <b>said</b>\n\"this\"".into()),
        ]);
        let to = "/reports/1/prompts/alcohol";
        vec![
            Self::signed_in_again(to, &form),
            Self::of_an_old_page(to, &form),
            Self::of_a_failure(to, &Form::default()),
            Self::check_ended(&form),
        ]
    }
}
