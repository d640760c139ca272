//! One account: adding it, what its holder is here to do, her team, disabling it, and the
//! link by which she chooses a password.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::account_form::{
    CENTRES, KEEPS, NO_TEAM, ROLES, WHY, faults_of_new, lines_in, new_fields, roles_field,
    roles_in, team_field, team_in, why_field,
};
use crate::{
    store::{
        Account, AccountChange, AccountError, AccountId, Belongs, NewAccount, NewPassword,
        RolesError, Team, Token,
    },
    web::{
        csrf::OurForm,
        error::Error,
        fields::{ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Administrator,
        words,
    },
};

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
    /// Since when it has a second step; empty where it has none.
    second_step: String,
    /// Where an administrator says why she takes it off.
    why: Vec<FieldView>,
    /// What was done to the account.
    changes: Vec<String>,
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
            why: vec![why_field()],
            ..Self::default()
        }
    }

    fn refusing(mut self, form: &Form, faults: &[(String, String)]) -> Self {
        self.fields = self.fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut self.fields, faults);
        self.errors = summary(&self.fields);
        self
    }

    /// The page where no reason was given for taking the second step off.
    fn asking_why(mut self, fault: &(String, String)) -> Self {
        mark(&mut self.why, std::slice::from_ref(fault));
        self.errors = summary(&self.why);
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
        "second-step-removed" => "took the second step off",
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
            second_step: "2 December 2026 at 9:00am".into(),
            why: vec![why_field()],
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
            there(false, false).asking_why(&(WHY.to_owned(), "Say <why>".to_owned())),
            link,
        ]
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
    let team = team_in(&form, &teams)?;
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
    let mut page = AccountPage::of(&account, &admin.account, &teams, &changes);
    let since = state.store().second_step_since(id).await?;
    page.second_step = since.map(words::moment).unwrap_or_default();
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
        // Hers alone to turn off, by a code; she cannot have lost her own telephone here.
        "second-step" if account.id != by => {
            let reason = form.one(WHY);
            if reason.is_empty() {
                let fault = (WHY.to_owned(), "Say why you take it off".to_owned());
                return admin.visit.refused(&page.asking_why(&fault));
            }
            let removed = store.remove_second_step(account.id, Some(by), reason, now);
            removed.await.map(|_| ()).map_err(RolesError::from)
        }
        "link" => return with_link(&state, &admin, account.id).await,
        // Neither is for her own account: another administrator decides that.
        "disable" if account.id != by => store.end_account(account.id, true, by, now).await,
        "enable" if account.id != by => store.end_account(account.id, false, by, now).await,
        "save" => {
            let teams = store.teams().await?;
            let team = team_in(&form, &teams)?;
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
