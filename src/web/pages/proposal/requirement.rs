//! One requirement of the proposal: added and changed.
//!
//! Lives here: the form. Not here: limits; they are shown beside it from the law pack
//! and judged on the proposal page, so that a number can be tried and seen to fail.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{choose::LawView, requirement_fields as fields};
use crate::{
    case::{ProposedRequirement, revision::Write},
    interview::form::{from_form, to_form},
    sentencing::{CaseDates, Requirement, amount_words},
    store::{LoadedReport, Save, Stale},
    web::{
        asking::{Faults, said, told, views},
        csrf::OurForm,
        error::Error,
        fields::{ErrorLine, FieldView, mark, summary},
        form::Form,
        pages::{
            conflict::ConflictPage,
            report::{ReportStrip, open},
        },
        saving::{self, Keeping, ReportForm},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words::sentence_case,
    },
};

/// The form for one requirement.
#[derive(Debug, Serialize)]
pub struct RequirementPage {
    report: ReportStrip,
    heading: String,
    law: LawView,
    groups: Vec<fields::Group>,
    errors: Vec<ErrorLine>,
    keeping: Keeping,
    action: String,
}

/// Which requirement a page is about.
pub(super) enum Which {
    /// One to add, of this id.
    Add(String),
    /// One of the proposal, by its place in the list.
    Change(usize),
}

/// A requirement in its report.
pub(super) struct At<'a> {
    state: &'a AppState,
    report: &'a LoadedReport,
    which: Which,
    pub proposed: ProposedRequirement,
}

impl<'a> At<'a> {
    pub fn new(state: &'a AppState, report: &'a LoadedReport, which: Which) -> Result<Self, Error> {
        let proposed = match &which {
            Which::Add(id) => ProposedRequirement {
                id: id.clone(),
                ..Default::default()
            },
            Which::Change(number) => {
                let found = report.case.proposal.requirements.get(*number);
                found.ok_or_else(Error::not_found)?.clone()
            }
        };
        Ok(Self {
            state,
            report,
            which,
            proposed,
        })
    }

    pub fn home(&self) -> String {
        format!("/reports/{}/proposal", self.report.id)
    }

    pub fn address(&self) -> String {
        match &self.which {
            Which::Add(id) => format!("{}/requirements/add/{id}", self.home()),
            Which::Change(number) => format!("{}/requirements/{number}", self.home()),
        }
    }

    pub fn row(&self) -> Result<Requirement, Error> {
        let pack = self.state.law();
        let dates = CaseDates::of(&self.report.case, self.state.today());
        let law = pack.in_force(&dates);
        let row = law.any_requirement(&self.proposed.id);
        Ok(row.ok_or_else(Error::not_found)?.clone())
    }

    fn asked(&self, slots: usize) -> Result<crate::interview::Prompt, Error> {
        let case = &self.report.case;
        let row = self.row()?;
        let law = self.state.law();
        let ranged = law.ranges().iter().any(|r| r.requirement == row.id);
        Ok(fields::asked(
            &row,
            case,
            self.state.interview(),
            slots,
            ranged,
        ))
    }

    fn page(
        &self,
        held: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<RequirementPage, Error> {
        let mut shown = views(&self.asked(fields::slots_in(held))?.fields, held);
        mark(&mut shown, faults);
        let law = LawView::of(&self.row()?);
        Ok(RequirementPage {
            report: ReportStrip::of(self.report),
            heading: law.name.clone(),
            law,
            errors: summary(&shown),
            groups: fields::grouped(shown),
            keeping,
            action: self.address(),
        })
    }

    /// The proposal's requirements with this one as given.
    fn with(&self, mine: ProposedRequirement) -> Vec<ProposedRequirement> {
        let mut all = self.report.case.proposal.requirements.clone();
        match self.which {
            Which::Change(number) if number < all.len() => all[number] = mine,
            _ => all.push(mine),
        }
        all
    }

    pub async fn save(
        &self,
        author: &SignedIn,
        all: &[ProposedRequirement],
        seen: i64,
    ) -> Result<Option<Stale>, Error> {
        let list = if all.is_empty() {
            Value::Null
        } else {
            json!(all)
        };
        let write = Write::new("proposal.requirements", list);
        let reports = author.reports(self.state);
        match reports
            .save(self.report.id, &[write], seen, self.state.now())
            .await?
        {
            Save::Saved { .. } => Ok(None),
            Save::Stale(since) => Ok(Some(since)),
            Save::Signed(mark) => Err(Error::signed(&mark)),
        }
    }

    fn typed(&self, form: &Form) -> Result<ProposedRequirement, Faults> {
        let asked = self.asked(fields::slots_in(form)).map_err(|_| Vec::new())?;
        let (value, faults) = match from_form(&asked, form.pairs()) {
            Ok(value) => (value, Vec::new()),
            Err((typed, faults)) => (typed, told(faults)),
        };
        fields::requirement(&self.proposed, &asked, value, faults)
    }

    /// A requirement in words: its name and how much of it.
    fn name(&self, proposed: &ProposedRequirement) -> String {
        let pack = self.state.law();
        let mut rows = pack.all_requirements().iter();
        rows.find(|row| row.id == proposed.id).map_or_else(
            || proposed.id.clone(),
            |row| {
                let amount = amount_words(row, proposed);
                format!("{} {amount}", sentence_case(&row.name))
            },
        )
    }
}

impl ReportForm for At<'_> {
    type Page = RequirementPage;

    fn address(&self) -> String {
        self.address()
    }

    fn held(&self) -> Form {
        let asked = self.asked(self.proposed.slots.len());
        let held = asked.map(|asked| to_form(&asked, &fields::held(&self.proposed)));
        Form::new(held.unwrap_or_default())
    }

    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults> {
        let all = self.with(self.typed(form)?);
        Ok(vec![Write::new("proposal.requirements", json!(all))])
    }

    fn page(
        &self,
        form: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<RequirementPage, Error> {
        self.page(form, faults, keeping)
    }

    /// Requirements may have moved, so that *mine* is added rather than laid over what
    /// may now be another.
    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error> {
        let held = self.report.case.proposal.requirements.iter();
        let theirs = held.map(|r| self.name(r).into()).collect();
        let asked = self.asked(fields::slots_in(form))?;
        let typed = from_form(&asked, form.pairs()).unwrap_or_else(|(typed, _)| typed);
        let add = format!("{}/requirements/add/{}", self.home(), self.proposed.id);
        let page = ConflictPage::between(self.report, stale, form, add);
        Ok(page.saying("Requirements", theirs, said(&asked, &typed)))
    }

    fn onwards(&self, _: &LoadedReport) -> String {
        self.home()
    }

    fn set_aside(&self) -> String {
        self.home()
    }

    fn adds(&self) -> bool {
        true
    }

    fn is_there(&self, now: &LoadedReport, form: &Form) -> bool {
        let last = now.case.proposal.requirements.last();
        matches!(self.which, Which::Add(_))
            && last.is_some()
            && last == self.typed(form).ok().as_ref()
    }
}

impl Page for RequirementPage {
    const NAME: &'static str = "requirement.html";
    const HTML: &'static str = include_str!("requirement.html");

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
        let page = |error: &str| {
            let fields = vec![
                FieldView::new(crate::web::fields::Control::Code, "amount", "Days").error(error),
                FieldView::new(
                    crate::web::fields::Control::Checkboxes,
                    "slot.0.days",
                    "Days of <it>",
                )
                .hinted_options([("monday", "Monday", String::new())])
                .inline(),
            ];
            Self {
                report: ReportStrip::sample(false),
                heading: "Curfew".into(),
                law: LawView::sample(),
                errors: summary(&fields),
                groups: fields::grouped(fields),
                keeping: if error.is_empty() {
                    Keeping::nothing(3, true)
                } else {
                    Keeping::sample(true)
                },
                action: "/reports/1/proposal/requirements/0".into(),
            }
        };
        vec![page(""), page("Days must be a whole number")]
    }
}

async fn show(
    state: &AppState,
    author: &SignedIn,
    id: &str,
    which: Which,
) -> Result<Response, Error> {
    let report = open(state, author, id).await?;
    let at = At::new(state, &report, which)?;
    at.row()?;
    saving::show(state, author, &report, &at).await
}

async fn save(
    state: &AppState,
    author: &SignedIn,
    id: &str,
    which: Which,
    form: &Form,
) -> Result<Response, Error> {
    let report = open(state, author, id).await?;
    let at = At::new(state, &report, which)?;
    at.row()?;
    saving::save(state, author, &report, &at, form).await
}

/// `GET /reports/{id}/proposal/requirements/add/{kind}`.
///
/// # Errors
/// There is no such report of hers, or no such requirement.
pub async fn show_new(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, kind)): Path<(String, String)>,
) -> Result<Response, Error> {
    show(&state, &author, &id, Which::Add(kind)).await
}

/// `POST /reports/{id}/proposal/requirements/add/{kind}`.
///
/// # Errors
/// There is no such report of hers, or no such requirement.
pub async fn add(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, kind)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    save(&state, &author, &id, Which::Add(kind), &form).await
}

/// `GET /reports/{id}/proposal/requirements/{number}`.
///
/// # Errors
/// There is no such report of hers, or no such requirement.
pub async fn show_one(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, number)): Path<(String, usize)>,
) -> Result<Response, Error> {
    show(&state, &author, &id, Which::Change(number)).await
}

/// `POST /reports/{id}/proposal/requirements/{number}`.
///
/// # Errors
/// There is no such report of hers, or no such requirement.
pub async fn change(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, number)): Path<(String, usize)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    save(&state, &author, &id, Which::Change(number), &form).await
}
