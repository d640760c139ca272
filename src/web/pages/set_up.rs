//! The first account, made once through a link that the first run prints.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use serde::Serialize;

use axum_extra::extract::cookie::CookieJar;

use super::arriving::{Arrived, arrive_with_password};
use crate::{
    store::{AccountError, AccountId, NewAccount, NewPassword, Role, Token},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Visit,
    },
};

/// The form for the first account, or why there is none.
#[derive(Debug, Serialize)]
pub struct SetUpPage {
    /// False where the link has been used or has run out.
    open: bool,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl SetUpPage {
    fn blank() -> Self {
        Self {
            open: true,
            fields: vec![
                FieldView::new(Control::Line, "name", "Your name")
                    .hint("As it should stand on the reports you write")
                    .autocomplete("name"),
                FieldView::new(Control::Email, "email", "Email address")
                    .hint("You sign in with it. Nothing is sent to it.")
                    .autocomplete("username"),
                FieldView::new(Control::Password, "password", "Password")
                    .hint("At least 12 characters. Three or four words that mean something only to you work well.")
                    .autocomplete("new-password"),
            ],
            errors: Vec::new(),
        }
    }

    fn with_faults(form: &Form, faults: &[(String, String)]) -> Self {
        let mut page = Self::blank();
        page.fields = page.fields.into_iter().map(|f| f.typed(form)).collect();
        mark(&mut page.fields, faults);
        page.errors = summary(&page.fields);
        page
    }

    fn closed() -> Self {
        Self {
            open: false,
            fields: Vec::new(),
            errors: Vec::new(),
        }
    }
}

impl Page for SetUpPage {
    const NAME: &'static str = "set_up.html";
    const HTML: &'static str = include_str!("set_up.html");

    fn title(&self) -> String {
        if self.open {
            "Set up Foreword".into()
        } else {
            "This set-up link cannot be used".into()
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let form = Form::new(vec![("name".into(), "<b>Sam</b> \"Author\"".into())]);
        let fault = |name: &str, what: &str| (name.to_owned(), what.to_owned());
        let faults = [
            fault("email", "Enter your email address"),
            fault("password", "Too short"),
        ];
        vec![
            Self::blank(),
            Self::with_faults(&form, &faults),
            Self::closed(),
        ]
    }
}

/// `GET /set-up/{token}`: the form, while the link is good.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    match open_link(&state, &token).await? {
        Some(_) => visit.page(&SetUpPage::blank()),
        None => visit.page_as(axum::http::StatusCode::GONE, &SetUpPage::closed()),
    }
}

/// `POST /set-up/{token}`: makes the account and signs in.
///
/// # Errors
/// The store fails.
pub async fn accept(
    State(state): State<AppState>,
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let Some(link) = open_link(&state, &token).await? else {
        return visit.page_as(axum::http::StatusCode::GONE, &SetUpPage::closed());
    };
    let refused =
        |faults: &[(String, String)]| visit.refused(&SetUpPage::with_faults(&form, faults));
    let mut faults = Vec::new();
    if form.one("name").is_empty() {
        faults.push(("name".into(), "Enter your name".into()));
    }
    if form.one("email").is_empty() {
        faults.push(("email".into(), "Enter your email address".into()));
    }
    let password = NewPassword::new(form.get("password").unwrap_or_default());
    let password = match password {
        Ok(password) if faults.is_empty() => password,
        Ok(_) => return refused(&faults),
        Err(fault) => {
            faults.push(("password".into(), fault.to_string()));
            return refused(&faults);
        }
    };
    let now = state.now();
    let account = NewAccount {
        id: AccountId::new(now),
        email: form.one("email").to_owned(),
        display_name: form.one("name").to_owned(),
        roles: [Role::Author, Role::Countersigner, Role::Administrator].into(),
        password,
    };
    match state.store().accept_setup(&link, account, now).await {
        Ok(account) => {
            state.load_demo().await.map_err(|e| Error::broken(&e))?;
            let jar = CookieJar::from_headers(&headers);
            let arrived = Arrived {
                account,
                next: "/reports".to_owned(),
                typed: None,
            };
            arrive_with_password(&state, jar, visit, arrived).await
        }
        Err(AccountError::Store(error)) => Err(error.into()),
        Err(AccountError::SetUpAlready | AccountError::LinkNotValid) => {
            visit.page_as(axum::http::StatusCode::GONE, &SetUpPage::closed())
        }
        Err(fault @ AccountError::NameMissing) => refused(&[("name".into(), fault.to_string())]),
        Err(fault) => refused(&[("email".into(), fault.to_string())]),
    }
}

/// The token of a set-up link that is still good.
async fn open_link(state: &AppState, token: &str) -> Result<Option<Token>, Error> {
    let Some(token) = Token::parse(token) else {
        return Ok(None);
    };
    let open = state.store().setup_is_open(&token, state.now()).await?;
    Ok(open.then_some(token))
}
