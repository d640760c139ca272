//! Choosing a password by a one-time link that an administrator made.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use axum_extra::extract::cookie::CookieJar;
use serde::Serialize;

use crate::{
    store::{NewPassword, Token},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        pages::arriving::{Arrived, arrive_with_password},
        state::AppState,
        templates::Page,
        visit::Visit,
    },
};

/// The form for a password, or why there is none.
#[derive(Debug, Default, Serialize)]
pub struct PasswordPage {
    /// Whose it will be; empty where the link works no more.
    email: String,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl PasswordPage {
    fn of(email: &str) -> Self {
        let field = FieldView::new(Control::Password, "password", "New password")
            .hint("At least 12 characters. Three or four words that mean something only to you work well.")
            .autocomplete("new-password");
        Self {
            email: email.to_owned(),
            fields: vec![field],
            errors: Vec::new(),
        }
    }

    fn refusing(mut self, why: &str) -> Self {
        mark(&mut self.fields, &[("password".to_owned(), why.to_owned())]);
        self.errors = summary(&self.fields);
        self
    }
}

impl Page for PasswordPage {
    const NAME: &'static str = "people_password.html";
    const HTML: &'static str = include_str!("password.html");

    fn title(&self) -> String {
        if self.email.is_empty() {
            "This link cannot be used".into()
        } else {
            "Choose your password".into()
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let open = || Self::of("sam@example.org");
        vec![open(), open().refusing("Too <short>"), Self::default()]
    }
}

/// `GET /password/{token}`.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    let Some(token) = Token::parse(&token) else {
        return visit.page_as(StatusCode::GONE, &PasswordPage::default());
    };
    match state.store().password_link(&token, state.now()).await? {
        Some(account) => visit.page(&PasswordPage::of(&account.email)),
        None => visit.page_as(StatusCode::GONE, &PasswordPage::default()),
    }
}

/// `POST /password/{token}`: the password is hers from now on, and she is signed in.
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
    let Some(token) = Token::parse(&token) else {
        return gone(&visit);
    };
    let (store, now) = (state.store(), state.now());
    let Some(account) = store.password_link(&token, now).await? else {
        return gone(&visit);
    };
    let password = match NewPassword::new(form.get("password").unwrap_or_default()) {
        Ok(password) => password,
        Err(why) => {
            let page = PasswordPage::of(&account.email).refusing(&why.to_string());
            return visit.refused(&page);
        }
    };
    match store.accept_password_link(&token, password, now).await? {
        Some(account) => {
            let jar = CookieJar::from_headers(&headers);
            let arrived = Arrived {
                account,
                next: String::new(),
                typed: None,
            };
            arrive_with_password(&state, jar, visit, arrived).await
        }
        None => gone(&visit),
    }
}

fn gone(visit: &Visit) -> Result<Response, Error> {
    visit.page_as(StatusCode::GONE, &PasswordPage::default())
}
