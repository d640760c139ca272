//! What to do about enquiries that are open at the finish: three honest ways, for each
//! or for all. The report says what is chosen, and nothing more.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    super::report::open,
    EnquiriesPage, act, register,
    view::{self, slot},
};
use crate::{
    case::IfOutstanding,
    review::enquiries::{Entry, Standing},
    store::LoadedReport,
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, summary},
        form::Form,
        links,
        state::AppState,
        visit::SignedIn,
    },
};

const FOR_ALL: &str = "all";
const CHOOSE: &str = "Select what you will do while this is open";

/// The choice, as a page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct FinishView {
    fields: Vec<FieldView>,
    /// How many are open and not decided.
    undecided: usize,
    /// The page it is shown on, to come back to.
    from: &'static str,
    seen: i64,
    action: String,
}

impl FinishView {
    /// The choice for a report; `None` where nothing is open. `sent` is a form that was
    /// not taken.
    #[must_use]
    pub fn new(
        register: &[Entry],
        report: &LoadedReport,
        from: &'static str,
        sent: Option<&Form>,
    ) -> Option<Self> {
        let open: Vec<&Entry> = register.iter().filter(|e| e.is_outstanding()).collect();
        if open.is_empty() {
            return None;
        }
        let mut fields: Vec<FieldView> = open.iter().map(|entry| one(entry)).collect();
        if fields.len() > 1 {
            fields.insert(0, for_all());
        }
        if let Some(form) = sent.filter(|form| form.get("from").is_some()) {
            fields = fields.into_iter().map(|f| f.typed(form)).collect();
        }
        let undecided = open.iter().filter(|e| e.enquiry.if_outstanding.is_none());
        Some(Self {
            undecided: undecided.count(),
            fields,
            from,
            seen: report.revision,
            action: format!("{}/enquiries/finish", links::report(report.id)),
        })
    }

    /// With what is wrong where nothing was chosen.
    #[must_use]
    pub fn refused(mut self) -> Self {
        let first = usize::from(self.fields.len() > 1);
        if let Some(field) = self.fields.get_mut(first) {
            *field = std::mem::take(field).error(CHOOSE);
        }
        self
    }

    /// What is wrong, for the top of the page.
    #[must_use]
    pub fn errors(&self) -> Vec<ErrorLine> {
        summary(&self.fields)
    }

    /// One for samples of pages.
    #[must_use]
    pub fn sample(from: &'static str) -> Self {
        let field = |name: &str| ways(name, format!("Police <{name}>"));
        Self {
            fields: vec![
                for_all(),
                field("way.enquiry-0").value("proceed-and-say-so"),
                field("way.enquiry-childrens-services"),
            ],
            undecided: 1,
            from,
            seen: 3,
            action: "/reports/1/enquiries/finish".into(),
        }
    }
}

fn name_of(entry: &Entry) -> String {
    format!("way.{}", slot(entry.number, entry.enquiry.kind))
}

fn one(entry: &Entry) -> FieldView {
    let stands = match entry.standing {
        Standing::NotAsked => "not yet asked for",
        _ => "no reply yet",
    };
    let agency = match entry.agency.as_str() {
        "" => String::new(),
        agency => format!(" ({agency})"),
    };
    let label = format!("{}{agency}: {stands}", entry.name);
    let chosen = entry.enquiry.if_outstanding.map_or("", IfOutstanding::id);
    ways(&name_of(entry), label).value(chosen)
}

fn for_all() -> FieldView {
    let each = ("", "Choose for each below", String::new());
    let all = IfOutstanding::ALL.map(|way| (way.id(), view::chosen(way), String::new()));
    FieldView::new(Control::Radios, FOR_ALL, "The same for all of them")
        .hinted_options([each].into_iter().chain(all))
        .strong()
        .small()
}

fn ways(name: &str, label: String) -> FieldView {
    let options = IfOutstanding::ALL.map(|way| {
        let hint = match way {
            IfOutstanding::AskForAdjournment => {
                "The report says that the court is asked for time. A wording to ask with is below."
            }
            IfOutstanding::ProceedAndSaySo => {
                "The report says that it goes on without the reply and is limited to that extent."
            }
            IfOutstanding::AvoidDependentRequirements => {
                "Curfew, residence, exclusion. The report says that none is proposed, as long as \
                 none is."
            }
        };
        (way.id(), view::chosen(way), hint.to_owned())
    });
    FieldView::new(Control::Radios, name, label)
        .hinted_options(options)
        .strong()
        .small()
}

/// `POST /reports/{id}/enquiries/finish`.
///
/// # Errors
/// There is no such report of hers, a form that is not ours, or the store fails.
pub async fn choose(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    let register = register(&state, &report.case);
    let for_all = IfOutstanding::named(form.one(FOR_ALL));
    let mut all = report.case.enquiries.clone();
    let mut any = false;
    for entry in register.iter().filter(|e| e.is_outstanding()) {
        let Some(way) = for_all.or_else(|| IfOutstanding::named(form.one(&name_of(entry)))) else {
            continue;
        };
        any = true;
        let mut enquiry = entry.enquiry.clone();
        enquiry.if_outstanding = Some(way);
        match entry.number.and_then(|n| all.get_mut(n)) {
            Some(place) => *place = enquiry,
            None => all.push(enquiry),
        }
    }
    if !any {
        let mut page = EnquiriesPage::new(&state, &report, Some(&form))?;
        page.finish = page.finish.map(FinishView::refused);
        page.errors = page.finish.iter().flat_map(FinishView::errors).collect();
        return author.visit.refused(&page);
    }
    let page = (&state, &author, &report, &form);
    Ok(act::write(page, &all, seen)
        .await?
        .unwrap_or_else(|| back(&report, &form)))
}

fn back(report: &LoadedReport, form: &Form) -> Response {
    let page = match form.one("from") {
        "draft" => "draft",
        _ => "enquiries",
    };
    let home = links::report(report.id);
    Redirect::to(&format!("{home}/{page}#before-you-finish")).into_response()
}
