//! One account: adding it, what its holder is here to do, her team, disabling it, and the
//! link by which she chooses a password.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use crate::{
    store::{
        Account, AccountChange, AccountError, AccountId, Belongs, NewAccount, NewPassword, Role,
        Roles, RolesError, Team, TeamId, Token,
    },
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Administrator,
        words,
    },
};

const ROLES: &str = "roles";
const TEAM: &str = "team";
const KEEPS: &str = "keeps";
const CENTRES: &str = "centres";
const NO_TEAM: &str = "none";

/// A new account, or one that is there.
#[derive(Debug, Default, Serialize)]
pub struct AccountPage {
    /// Empty for a new one.
    name: String,
    email: String,
    href: String,
    /// True for the administrator's own.
    own: bool,
    disabled: bool,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    /// The link just made, and until when it works: shown this once.
    link: String,
    until: String,
    /// What was done to the account.
    changes: Vec<String>,
}

fn team_field(teams: &[Team]) -> FieldView {
    let named = teams.iter().map(|team| {
        let label = format!("{}, {}", team.name, team.area);
        (team.id.to_string(), label, String::new())
    });
    let none = (
        NO_TEAM.to_owned(),
        "No team".to_owned(),
        "She has no colleagues here".to_owned(),
    );
    FieldView::new(Control::Radios, TEAM, "Team")
        .hint("People of one team can read each other’s reports, but not those that are restricted, and take one over")
        .hinted_options(named.chain([none]))
}

fn roles_field() -> FieldView {
    let options = Role::ALL.into_iter().map(|role| {
        let does = match role {
            Role::Author => "Writes reports",
            Role::Countersigner => "Can be asked to check a colleague’s report",
            Role::Assessor => "Answers for a women’s centre, and sees what is referred to it",
            Role::DirectoryEditor => "Keeps an organisation’s entries of the directory",
            Role::AreaLead => "Sees the people and numbers of her team’s area, and no report",
            Role::Administrator => "Looks after accounts and teams, and sees no report",
            Role::Auditor => "Reads who did what, and sees no report",
        };
        (
            role.to_string(),
            crate::english::capital(role.title()),
            does.to_owned(),
        )
    });
    FieldView::new(
        Control::Checkboxes,
        ROLES,
        "What is this person here to do?",
    )
    .hinted_options(options)
}

fn new_fields(teams: &[Team]) -> Vec<FieldView> {
    vec![
        FieldView::new(Control::Line, "name", "Full name"),
        FieldView::new(Control::Email, "email", "Email address")
            .hint("To sign in with. Nothing is sent to it."),
        roles_field(),
        FieldView::new(
            Control::Text,
            KEEPS,
            "Organisations whose entries she keeps",
        )
        .hint("For a directory editor. One a line, spelt as the directory spells them")
        .rows(3),
        FieldView::new(Control::Text, CENTRES, "Women’s centres she answers for")
            .hint("For an assessor. One a line, spelt as the directory spells them")
            .rows(3),
        team_field(teams).value(NO_TEAM),
    ]
}

impl AccountPage {
    fn new(teams: &[Team]) -> Self {
        Self {
            fields: new_fields(teams),
            ..Self::default()
        }
    }

    fn of(account: &Account, admin: &Account, teams: &[Team], changes: &[AccountChange]) -> Self {
        let held: Vec<String> = account.roles.iter().map(|role| role.to_string()).collect();
        let own = account.id == admin.id;
        let team = account
            .team
            .map_or_else(|| NO_TEAM.to_owned(), |team| team.to_string());
        let roles = (!own).then(|| roles_field().values(&held));
        let team = team_field(teams).value(team);
        Self {
            name: account.display_name.clone(),
            email: account.email.clone(),
            href: format!("/accounts/{}", account.id),
            own,
            disabled: account.disabled,
            fields: roles.into_iter().chain([team]).collect(),
            changes: changes.iter().map(in_words).collect(),
            ..Self::default()
        }
    }

    fn refusing(mut self, form: &Form, faults: &[(String, String)]) -> Self {
        self.fields = self.fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut self.fields, faults);
        self.errors = summary(&self.fields);
        self
    }
}

fn in_words(change: &AccountChange) -> String {
    let what = match change.what.as_str() {
        "created" => "made the account",
        "roles" => "changed the roles",
        "team" => "changed the team",
        "disabled" => "disabled the account",
        "enabled" => "enabled the account",
        "password-link" => "made a link for choosing a password",
        _ => "changed the account",
    };
    format!("{} {what}, {}", change.by, words::moment(change.at))
}

impl Page for AccountPage {
    const NAME: &'static str = "people_account.html";
    const HTML: &'static str = include_str!("account.html");

    fn title(&self) -> String {
        match self.name.as_str() {
            "" => "Add an account".into(),
            name => format!("Account of {name}"),
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let fault = [("name".to_owned(), "Enter <a name>".to_owned())];
        let there = |own, disabled| Self {
            name: "Sam <Author>".into(),
            email: "sam@example.org".into(),
            href: "/accounts/1".into(),
            own,
            disabled,
            fields: vec![roles_field(), team_field(&[])],
            changes: vec!["Ann <b> changed the roles".into()],
            ..Self::default()
        };
        let link = Self {
            link: "/password/abc".into(),
            until: "2 December 2026 at 9:00am".into(),
            ..there(false, false)
        };
        vec![
            Self::new(&[]),
            Self::new(&[]).refusing(&Form::default(), &fault),
            there(false, true),
            there(true, false),
            link,
        ]
    }
}

fn roles_in(form: &Form) -> Option<Roles> {
    let words = form.all(ROLES);
    words.iter().map(|word| word.parse::<Role>().ok()).collect()
}

fn lines_in(form: &Form, name: &str) -> Vec<String> {
    let lines = form.one(name).lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The team chosen, where there is such a one.
fn team_in(form: &Form, teams: &[Team]) -> Option<Option<TeamId>> {
    match form.one(TEAM) {
        "" | NO_TEAM => Some(None),
        id => teams
            .iter()
            .find(|t| t.id.to_string() == id)
            .map(|t| Some(t.id)),
    }
}

/// `GET /accounts/new`.
///
/// # Errors
/// The store fails.
pub async fn show_new(
    State(state): State<AppState>,
    admin: Administrator,
) -> Result<Response, Error> {
    let teams = state.store().teams().await?;
    admin.visit.page(&AccountPage::new(&teams))
}

/// What is wrong with a new account's form.
async fn faults_of_new(
    state: &AppState,
    form: &Form,
    roles: Roles,
) -> Result<Vec<(String, String)>, Error> {
    let mut faults = Vec::new();
    let mut fault = |name: &str, what: String| faults.push((name.to_owned(), what));
    if form.one("name").is_empty() {
        fault("name", "Enter the full name".into());
    }
    if form.one("email").is_empty() {
        fault("email", "Enter the email address".into());
    }
    if roles.is_empty() {
        fault(ROLES, "Choose what this person is here to do".into());
    }
    let directory = state.directory().await?;
    for (name, role, whose) in [
        (
            KEEPS,
            Role::DirectoryEditor,
            "the organisations whose entries she keeps",
        ),
        (
            CENTRES,
            Role::Assessor,
            "the women’s centres she answers for",
        ),
    ] {
        let named = lines_in(form, name);
        if roles.has(role) && named.is_empty() {
            fault(name, format!("Enter {whose}"));
        } else if !roles.has(role) && !named.is_empty() {
            let what = format!("Choose “{}” above, or leave this empty", role.title());
            fault(name, what);
        }
        let services = directory.services();
        let unknown = |o: &&String| !services.iter().any(|s| s.organisation == **o);
        if let Some(other) = named.iter().find(unknown) {
            fault(
                name,
                format!("No entry of the directory is of “{other}”. Check the spelling"),
            );
        }
    }
    Ok(faults)
}

/// `POST /accounts/new`: makes it, with a link for choosing a password.
///
/// # Errors
/// The store fails.
pub async fn add(
    State(state): State<AppState>,
    admin: Administrator,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let teams = state.store().teams().await?;
    let refused = |faults: &[(String, String)]| {
        let page = AccountPage::new(&teams).refusing(&form, faults);
        admin.visit.refused(&page)
    };
    let roles = roles_in(&form).ok_or_else(Error::not_understood)?;
    let team = team_in(&form, &teams).ok_or_else(Error::not_understood)?;
    let faults = faults_of_new(&state, &form, roles).await?;
    if !faults.is_empty() {
        return refused(&faults);
    }
    let now = state.now();
    // A password that nobody knows, until she has chosen hers.
    let unknown = NewPassword::new(&Token::random()?.text());
    let account = NewAccount {
        id: AccountId::new(now),
        email: form.one("email").to_owned(),
        display_name: form.one("name").to_owned(),
        roles,
        password: unknown.map_err(|e| Error::broken(&e))?,
    };
    let (keeps, centres) = (lines_in(&form, KEEPS), lines_in(&form, CENTRES));
    let belongs = Belongs {
        keeps: &keeps,
        centres: &centres,
        by: Some(admin.account.id),
    };
    let made = match state.store().create_with(account, belongs, now).await {
        Ok(made) => made,
        Err(AccountError::Store(error)) => return Err(error.into()),
        Err(fault @ AccountError::NameMissing) => {
            return refused(&[("name".into(), fault.to_string())]);
        }
        Err(fault) => return refused(&[("email".into(), fault.to_string())]),
    };
    let by = admin.account.id;
    state.store().set_team(made.id, team, by, now).await?;
    with_link(&state, &admin, made.id).await
}

/// `GET /accounts/{id}`.
///
/// # Errors
/// There is no such account, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    admin: Administrator,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let (_, page) = page(&state, &admin, &id).await?;
    admin.visit.page(&page)
}

async fn page(
    state: &AppState,
    admin: &Administrator,
    id: &str,
) -> Result<(Account, AccountPage), Error> {
    let id: AccountId = id.parse().map_err(|_| Error::not_found())?;
    let account = state.store().account(id).await?;
    let account = account.ok_or_else(Error::not_found)?;
    let teams = state.store().teams().await?;
    let changes = state.store().changes_of(id).await?;
    let page = AccountPage::of(&account, &admin.account, &teams, &changes);
    Ok((account, page))
}

/// Makes a link and shows it, this once.
async fn with_link(
    state: &AppState,
    admin: &Administrator,
    id: AccountId,
) -> Result<Response, Error> {
    let token = Token::random()?;
    let made = state
        .store()
        .offer_password_link(id, &token, admin.account.id, state.now());
    let until = made.await?;
    let (_, mut page) = page(state, admin, &id.to_string()).await?;
    page.link = format!("/password/{}", token.text());
    page.until = words::moment(until);
    admin.visit.page(&page)
}

/// `POST /accounts/{id}`: one act, named by the button.
///
/// # Errors
/// There is no such account, or the store fails.
pub async fn change(
    State(state): State<AppState>,
    admin: Administrator,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let (account, page) = page(&state, &admin, &id).await?;
    let (by, now, store) = (admin.account.id, state.now(), state.store());
    let done = match form.one("act") {
        "link" => return with_link(&state, &admin, account.id).await,
        // Neither is for her own account: another administrator decides that.
        "disable" if account.id != by => store.end_account(account.id, true, by, now).await,
        "enable" if account.id != by => store.end_account(account.id, false, by, now).await,
        "save" => {
            let teams = store.teams().await?;
            let team = team_in(&form, &teams).ok_or_else(Error::not_understood)?;
            let roles = roles_in(&form).ok_or_else(Error::not_understood)?;
            if account.id != by && roles.is_empty() {
                let fault = (
                    ROLES.to_owned(),
                    "Choose what this person is here to do".to_owned(),
                );
                return admin.visit.refused(&page.refusing(&form, &[fault]));
            }
            store.set_team(account.id, team, by, now).await?;
            if account.id == by || roles == account.roles {
                Ok(())
            } else {
                store.set_roles(account.id, roles, Some(by), now).await
            }
        }
        _ => return Err(Error::not_understood()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&page.href).into_response()),
        Err(RolesError::Store(error)) => Err(error.into()),
        Err(fault) => {
            let fault = (ROLES.to_owned(), fault.to_string());
            admin.visit.refused(&page.refusing(&form, &[fault]))
        }
    }
}
