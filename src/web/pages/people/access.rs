//! Who may see one report beside its author: restricting it to named people, and who
//! opened it or took it over.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::openings::OpeningRow;
use crate::{
    store::{Account, AccountId, NamedPerson, Role},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        links,
        pages::report::{ReportStrip, open},
        state::AppState,
        templates::Page,
        visit::SignedIn,
    },
};

const WHO: &str = "who";
const NAMES: &str = "names";

/// Who may see a report.
#[derive(Debug, Serialize)]
pub struct AccessPage {
    report: ReportStrip,
    /// Her team colleagues are named, so that she knows who is meant.
    team: Vec<String>,
    restricted: bool,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    openings: Vec<OpeningRow>,
}

fn fields(restricted: Option<&[NamedPerson]>) -> Vec<FieldView> {
    let named = restricted.unwrap_or_default().iter();
    let named: Vec<&str> = named.map(|person| person.email.as_str()).collect();
    let who_else = FieldView::new(Control::Text, NAMES, "Who else may see it?")
        .hint("One email address or full name a line. Leave it empty for yourself alone.")
        .rows(3)
        .value(named.join("\n"));
    let chosen = if restricted.is_some() {
        "named"
    } else {
        "team"
    };
    let field = FieldView::new(Control::Radios, WHO, "Who may see this report?")
        .hinted_options([
            (
                "team",
                "My team",
                "They can read it, and take it over".to_owned(),
            ),
            (
                "named",
                "Only people I name",
                "Nobody else of the team sees that there is such a report".to_owned(),
            ),
        ])
        .value(chosen)
        .revealing("named", vec![who_else]);
    vec![field]
}

impl Page for AccessPage {
    const NAME: &'static str = "people_access.html";
    const HTML: &'static str = include_str!("access.html");

    fn title(&self) -> String {
        format!("Who may see it – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = || Self {
            report: ReportStrip::sample(true),
            team: vec!["Noor <Senior>".into()],
            restricted: false,
            fields: fields(None),
            errors: Vec::new(),
            openings: Vec::new(),
        };
        let restricted = Self {
            restricted: true,
            fields: fields(Some(&[])),
            openings: vec![OpeningRow::sample()],
            team: Vec::new(),
            ..page()
        };
        let refused = page().refusing(&Form::default(), "Nobody <of this name>");
        vec![page(), restricted, refused]
    }
}

impl AccessPage {
    async fn of(state: &AppState, author: &SignedIn, id: &str) -> Result<Self, Error> {
        let report = open(state, author, id).await?;
        let reports = author.reports(state);
        let named = reports.restricted_to(report.id).await?;
        let openings = reports.openings(report.id).await?;
        let mut team = Vec::new();
        if author.account.team.is_some() {
            let mine = |a: &Account| a.team == author.account.team && a.id != author.account.id;
            let colleagues = state.store().accounts().await?.into_iter();
            let colleagues = colleagues.filter(|a| mine(a) && a.roles.has(Role::Author));
            team.extend(colleagues.filter(|a| !a.disabled).map(|a| a.display_name));
        }
        Ok(Self {
            report: ReportStrip::of(&report),
            team,
            restricted: named.is_some(),
            fields: fields(named.as_deref()),
            errors: Vec::new(),
            openings: openings.into_iter().map(OpeningRow::from).collect(),
        })
    }

    fn refusing(mut self, form: &Form, why: &str) -> Self {
        self.fields = self.fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut self.fields, &[(NAMES.to_owned(), why.to_owned())]);
        self.errors = summary(&self.fields);
        self
    }
}

/// `GET /reports/{id}/access`.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let page = AccessPage::of(&state, &author, &id).await?;
    author.visit.page(&page)
}

/// The accounts that lines name, or the line that names no author here.
async fn named(
    state: &AppState,
    author: &SignedIn,
    typed: &str,
) -> Result<Result<Vec<AccountId>, String>, Error> {
    let accounts = state.store().accounts().await?;
    let mut found = Vec::new();
    for line in typed.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let plain = line.to_lowercase();
        let is = |a: &&Account| {
            a.roles.has(Role::Author)
                && !a.disabled
                && (a.email == plain || a.display_name.to_lowercase() == plain)
        };
        let mut meant: Vec<AccountId> = accounts.iter().filter(is).map(|a| a.id).collect();
        match (meant.pop(), meant.is_empty()) {
            (Some(id), true) if id == author.account.id => {}
            (Some(id), true) => found.push(id),
            (Some(_), false) => {
                return Ok(Err(format!(
                    "Several people are called “{line}”. Enter the email address"
                )));
            }
            (None, _) => {
                return Ok(Err(format!("Nobody called “{line}” writes reports here")));
            }
        }
    }
    Ok(Ok(found))
}

/// `POST /reports/{id}/access`.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let to = match form.one(WHO) {
        "team" => None,
        "named" => match named(&state, &author, form.one(NAMES)).await? {
            Ok(people) => Some(people),
            Err(why) => {
                let page = AccessPage::of(&state, &author, &id).await?;
                return author.visit.refused(&page.refusing(&form, &why));
            }
        },
        _ => return Err(Error::not_understood()),
    };
    let reports = author.reports(&state);
    reports
        .restrict(report.id, to.as_deref(), state.now())
        .await?;
    let here = format!("{}/access", links::report(report.id));
    Ok(Redirect::to(&here).into_response())
}
