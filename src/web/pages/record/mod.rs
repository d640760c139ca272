//! One record of a list: an offence, a child, an enquiry. Added, changed and removed
//! one at a time.
//!
//! Lives here: how it looks. Not here: what saving and removing do (`save.rs`).

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    prompt::find,
    report::{ReportStrip, open},
};
use crate::{
    interview::{Kind, Prompt, value_in},
    store::LoadedReport,
    web::{
        asking::{Guidance, said_record, views},
        error::Error,
        fields::{ErrorLine, FieldView, mark, summary},
        form::Form,
        links,
        saving::{self, Keeping},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

mod save;

pub use save::{remove, save};

/// The form of one record.
#[derive(Debug, Serialize)]
pub struct RecordPage {
    report: ReportStrip,
    back: Back,
    heading: String,
    hint: String,
    sensitive: bool,
    fields: Vec<FieldView>,
    guidance: Guidance,
    errors: Vec<ErrorLine>,
    keeping: Keeping,
    action: String,
}

/// Asks before a record is removed.
#[derive(Debug, Serialize)]
pub struct RemovePage {
    report: ReportStrip,
    back: Back,
    name: String,
    said: String,
    seen: i64,
    action: String,
}

#[derive(Debug, Clone, Serialize)]
struct Back {
    href: String,
    text: String,
}

/// A record in its list, in its report.
struct At<'a> {
    report: &'a LoadedReport,
    prompt: &'a Prompt,
    /// All records so far.
    all: Vec<Value>,
    /// Which of them; `None` for one to add.
    number: Option<usize>,
    came: Came,
    /// True where it is taken over as suggested: its text is kept apart from that of a
    /// record that is being written.
    suggested: bool,
}

/// Where a record goes that is taken over as suggested.
const SUGGESTED: &str = "suggested";

/// Where the author came from: the list on the prompt's own page, or the register of
/// enquiries, to which she then goes back.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Came {
    #[serde(default)]
    from: String,
    /// What a new record is about, where a suggestion said so.
    #[serde(default)]
    what: String,
}

impl Came {
    fn is_register(&self) -> bool {
        self.from == "register"
    }
}

impl<'a> At<'a> {
    fn new(report: &'a LoadedReport, prompt: &'a Prompt, record: &str) -> Result<Self, Error> {
        if prompt.kind != Kind::Records {
            return Err(Error::not_found());
        }
        let all = match value_in(prompt, &report.case) {
            Some(Value::Array(all)) => all,
            _ => Vec::new(),
        };
        let number = match record {
            "new" | SUGGESTED => None,
            number => Some(number.parse().map_err(|_| Error::not_found())?),
        };
        Ok(Self {
            report,
            prompt,
            all,
            number,
            came: Came::default(),
            suggested: record == SUGGESTED,
        })
    }

    fn coming(self, came: Came) -> Self {
        Self { came, ..self }
    }

    /// The record as it is; none for one to add, and where it was removed.
    fn held_record(&self) -> Option<&Value> {
        self.number.and_then(|number| self.all.get(number))
    }

    /// True where there is no record of this number: it was removed, or never was.
    fn is_gone(&self) -> bool {
        self.number.is_some() && self.held_record().is_none()
    }

    /// Where she came from and goes back to.
    fn list(&self) -> String {
        if self.came.is_register() {
            links::enquiries(self.report.id)
        } else {
            links::prompt(self.report.id, &self.prompt.id)
        }
    }

    fn record_at(&self, record: &str) -> String {
        let list = links::prompt(self.report.id, &self.prompt.id);
        let came = if self.came.is_register() {
            "?from=register"
        } else {
            ""
        };
        format!("{list}/records/{record}{came}")
    }

    fn address(&self) -> String {
        let new = if self.suggested { SUGGESTED } else { "new" };
        let record = self.number.map_or_else(|| new.into(), |n| n.to_string());
        self.record_at(&record)
    }

    fn back(&self) -> Back {
        Back {
            href: self.list(),
            text: if self.came.is_register() {
                "Enquiries".into()
            } else {
                self.prompt.short.clone()
            },
        }
    }

    fn page(&self, held: &Form, faults: &[(String, String)], keeping: Keeping) -> RecordPage {
        let mut fields = views(&self.prompt.page_fields(), held);
        mark(&mut fields, faults);
        let verb = if self.held_record().is_some() {
            "Change"
        } else {
            "Add"
        };
        RecordPage {
            report: ReportStrip::of(self.report),
            back: self.back(),
            heading: format!("{verb}: {}", self.prompt.record_name),
            hint: self.prompt.hint.clone(),
            sensitive: self.prompt.sensitive,
            errors: summary(&fields),
            fields,
            guidance: Guidance::words(self.prompt),
            keeping,
            action: self.address(),
        }
    }
}

impl Page for RecordPage {
    const NAME: &'static str = "record.html";
    const HTML: &'static str = include_str!("record.html");

    fn title(&self) -> String {
        format!("{} – {}", self.heading, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let report = super::samples::report();
        let prompts = super::samples::records();
        let page = |prompt, held: &Form, faults: &[(String, String)]| {
            let at = At {
                report: &report,
                prompt,
                all: Vec::new(),
                number: None,
                came: Came::default(),
                suggested: false,
            };
            let keeping = if faults.is_empty() {
                Keeping::nothing(3, true)
            } else {
                Keeping::sample(true)
            };
            at.page(held, faults, keeping)
        };
        let fault = [("title".to_owned(), "Enter the <title>".to_owned())];
        let typed = Form::new(vec![(
            "title".into(),
            "\"><script>alert(1)</script>".into(),
        )]);
        let blank = prompts.iter().map(|p| page(p, &Form::default(), &[]));
        blank
            .chain(prompts.iter().map(|p| page(p, &typed, &fault)))
            .collect()
    }
}

impl Page for RemovePage {
    const NAME: &'static str = "record_remove.html";
    const HTML: &'static str = include_str!("record_remove.html");

    fn title(&self) -> String {
        format!("Remove this {}? – {}", self.name, self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        vec![Self {
            report: ReportStrip::sample(false),
            back: Back {
                href: "/reports/1/prompts/offences".into(),
                text: "Offences".into(),
            },
            name: "offence".into(),
            said: "Title: <b>theft</b>".into(),
            seen: 3,
            action: "/reports/1/prompts/offences/records/0/remove".into(),
        }]
    }
}

type Address = Path<(String, String, String)>;

/// `GET /reports/{id}/prompts/{prompt}/records/{record}`; `new` for one to add.
///
/// # Errors
/// There is no such report of hers, prompt or record.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, prompt, record)): Address,
    Query(came): Query<Came>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&report, find(&state, &prompt)?.1, &record)?.coming(came);
    // What was typed over a record that was removed meanwhile opens as one to add.
    if at.is_gone() && !saving::is_kept(&state, &author, &report, &at).await? {
        return Err(Error::not_found());
    }
    saving::show(&state, &author, &report, &at).await
}

/// `GET …/remove`: asks first.
///
/// # Errors
/// There is no such report of hers, prompt or record.
pub async fn ask_to_remove(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, prompt, record)): Address,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&report, find(&state, &prompt)?.1, &record)?;
    let held = at.held_record().ok_or_else(Error::not_found)?;
    author.visit.page(&RemovePage {
        report: ReportStrip::of(&report),
        back: at.back(),
        name: at.prompt.record_name.clone(),
        said: said_record(at.prompt, held),
        seen: report.revision,
        action: format!("{}/remove", at.address()),
    })
}
