//! The wording for asking the court for time: filled in, to be copied, never sent and
//! never part of the report.

use chrono::NaiveDate;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use super::content::EnquiryTexts;
use crate::{
    case::{CaseFile, Enquiry, EnquiryKind},
    content::{ContentError, ContentFiles},
    interview::Interview,
    report::{withhold, words},
};

const NAME: &str = "asking-for-time.txt";
const FILE: &str = "report-templates/letters/asking-for-time.txt";

/// What the wording may name.
#[derive(Debug, Default, Serialize)]
struct Matter {
    woman: String,
    court: String,
    case_number: String,
    hearing: String,
    author: String,
    office: String,
    requirements: Vec<String>,
    open: Vec<Open>,
}

#[derive(Debug, Default, Serialize)]
struct Open {
    name: String,
    agency: String,
    sent: String,
    chased: String,
    matters: String,
}

/// Reads the wording, and tries it on a case with everything and one with nothing.
pub(super) fn load(files: &ContentFiles) -> Result<Tera, ContentError> {
    let fault = |e: &tera::Error| ContentError::new(FILE, line_in(&e.to_string()), e.to_string());
    let mut tera = Tera::new();
    tera.register_filter(
        "and_list",
        |items: Vec<String>, _: Kwargs, _: &State<'_>| words::and_list(&items),
    );
    tera.register_filter("number", |n: usize, _: Kwargs, _: &State<'_>| {
        words::count(n)
    });
    for (name, filter) in [
        ("full_stop", words::full_stop as fn(&str) -> String),
        ("capital", words::capital),
    ] {
        tera.register_filter(name, move |text: &str, _: Kwargs, _: &State<'_>| {
            filter(text)
        });
    }
    tera.add_raw_template(NAME, files.text(FILE)?)
        .map_err(|e| fault(&e))?;
    let said = || "something".to_owned();
    let open = |sent: String| Open {
        name: said(),
        agency: said(),
        chased: said(),
        matters: said(),
        sent,
    };
    let full = Matter {
        woman: said(),
        court: said(),
        case_number: said(),
        hearing: said(),
        author: said(),
        office: said(),
        requirements: vec![said()],
        open: vec![open(said()), open(String::new())],
    };
    for matter in [full, Matter::default()] {
        render(&tera, &matter).map_err(|e| fault(&e))?;
    }
    Ok(tera)
}

/// Tera's errors show `--> name:line:column`.
fn line_in(error: &str) -> Option<usize> {
    let (_, rest) = error.split_once("--> ")?;
    rest.lines().next()?.rsplit(':').nth(1)?.trim().parse().ok()
}

fn render(tera: &Tera, matter: &Matter) -> Result<String, tera::Error> {
    let context = Context::from_serialize(matter)?;
    let text = tera.render(NAME, &context)?;
    Ok(text.trim().to_owned() + "\n")
}

impl EnquiryTexts {
    /// The wording for this case, as plain text; `None` where nothing is outstanding.
    /// An enquiry that is expected and was not made is said to be not asked for.
    /// `requirements` are those that wait for a reply. What must not leave is taken
    /// out of it as it is out of the report.
    ///
    /// # Errors
    /// The wording names what it was not given; starting the program rules that out.
    pub fn asking_for_time(
        &self,
        case: &CaseFile,
        interview: &Interview,
        requirements: Vec<String>,
        today: NaiveDate,
    ) -> Result<Option<String>, tera::Error> {
        let register = self.register(&case.enquiries, today);
        let open = register.iter().filter(|entry| entry.is_outstanding());
        let open: Vec<Open> = open.map(|entry| self.open(&entry.enquiry)).collect();
        if open.is_empty() {
            return Ok(None);
        }
        let hearing = &case.hearing;
        let matter = Matter {
            woman: words::full_name(&case.woman.name),
            court: hearing.court.trim().to_owned(),
            case_number: hearing.case_number.clone().unwrap_or_default(),
            hearing: hearing.date.map(words::date).unwrap_or_default(),
            author: case.author.name.trim().to_owned(),
            office: case.author.office.trim().to_owned(),
            requirements,
            open,
        };
        let text = render(&self.time, &matter)?;
        Ok(withhold::texts(vec![text], case, interview).pop())
    }

    fn open(&self, enquiry: &Enquiry) -> Open {
        let text = self.kind(enquiry.kind);
        let name = match enquiry.kind {
            EnquiryKind::Other => self.name_of(enquiry),
            _ => text.map(|k| k.in_text.clone()).unwrap_or_default(),
        };
        let chased = enquiry.chased.iter().max();
        Open {
            name,
            agency: self.agency_of(enquiry),
            sent: enquiry.sent.map(words::date).unwrap_or_default(),
            chased: chased.map(|day| words::date(*day)).unwrap_or_default(),
            matters: text.map(|k| k.matters.clone()).unwrap_or_default(),
        }
    }
}
