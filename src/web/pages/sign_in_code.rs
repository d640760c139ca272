//! The second step of signing in: the code of a telephone's, after the password was right
//! and before there is a session.
//!
//! Not here: turning the second step on or off (`own::second_step`).

use std::net::SocketAddr;

use axum::{
    Extension,
    extract::{ConnectInfo, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Serialize;

use crate::{
    store::Finished,
    web::{
        csrf::OurForm,
        error::Error,
        fields::{ErrorLine, FieldView, mark, summary},
        pages::{
            arriving::{Arrived, arrive, held_cookie, held_token},
            own::second_step::{code_field, wait},
            sign_in::address_of,
        },
        state::AppState,
        templates::Page,
        visit::Visit,
    },
};

const WRONG: &str = "This code does not fit, or was used already. Wait for the next one";

/// Where the code is typed.
#[derive(Debug, Serialize)]
pub struct CodePage {
    /// True where there is no sign-in to finish.
    gone: bool,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

impl CodePage {
    fn new() -> Self {
        let field =
            code_field("Code").hint("Six digits, from the authenticator app on your telephone");
        Self {
            gone: false,
            fields: vec![field],
            errors: Vec::new(),
        }
    }

    /// What is said where there is no sign-in to finish.
    #[must_use]
    pub fn gone() -> Self {
        Self {
            gone: true,
            ..Self::new()
        }
    }

    fn at_fault(mut self, what: &str) -> Self {
        mark(&mut self.fields, &[("code".to_owned(), what.to_owned())]);
        self.errors = summary(&self.fields);
        self
    }
}

impl Page for CodePage {
    const NAME: &'static str = "sign_in_code.html";
    const HTML: &'static str = include_str!("sign_in_code.html");

    fn title(&self) -> String {
        if self.gone {
            "Begin signing in again".into()
        } else {
            "Enter a code".into()
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        vec![Self::new(), Self::new().at_fault(WRONG), Self::gone()]
    }
}

/// `GET /sign-in/code`.
///
/// # Errors
/// The store fails.
pub async fn show(
    State(state): State<AppState>,
    visit: Visit,
    jar: CookieJar,
) -> Result<Response, Error> {
    let held = match held_token(&state, &jar) {
        Some(token) => state.store().held_sign_in(&token, state.now()).await?,
        None => None,
    };
    match held {
        Some(_) => visit.page(&CodePage::new()),
        None => visit.page_as(StatusCode::GONE, &CodePage::gone()),
    }
}

/// `POST /sign-in/code`: signs in, with a session that nobody knew before.
///
/// # Errors
/// The store fails.
pub async fn accept(
    State(state): State<AppState>,
    visit: Visit,
    jar: CookieJar,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let Some(token) = held_token(&state, &jar) else {
        return visit.page_as(StatusCode::GONE, &CodePage::gone());
    };
    let code = form.one("code");
    if code.is_empty() {
        return visit.refused(&CodePage::new().at_fault("Enter the code"));
    }
    let (now, address) = (state.now(), address_of(from));
    let done = state.store().finish_sign_in(&token, code, &address, now);
    match done.await? {
        Finished::Welcome(account, held) => {
            let arrived = Arrived {
                account: *account,
                next: held.next,
                typed: held.typed,
            };
            let jar = jar.remove(held_cookie(&state, String::new()));
            arrive(&state, visit, jar, arrived).await
        }
        Finished::Wrong => visit.refused(&CodePage::new().at_fault(WRONG)),
        Finished::Wait { until } => {
            let page = CodePage::new().at_fault(&wait(until));
            visit.page_as(StatusCode::TOO_MANY_REQUESTS, &page)
        }
        Finished::Gone => {
            let jar = jar.remove(held_cookie(&state, String::new()));
            let page = visit.page_as(StatusCode::GONE, &CodePage::gone())?;
            Ok((jar, page).into_response())
        }
    }
}
