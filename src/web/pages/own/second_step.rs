//! The second step of signing in: turning it on, with its recovery codes, and off.
//!
//! Lives here: the page, and what is done on it. Not here: setting it up on the way in
//! (`on_the_way_in`), typing a code at sign-in (`sign_in_code`), or any rule
//! (`store::second_step`).

use std::net::SocketAddr;

use axum::{
    Extension,
    extract::{ConnectInfo, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use qrcode::{Color, QrCode};
use serde::Serialize;

use crate::{
    store::{Account, Confirmed, Removal, SecondStep, SharedSecret, TurnedOff},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        form::Form,
        pages::sign_in::address_of,
        state::AppState,
        templates::Page,
        visit::Anyone,
        words,
    },
};

const HERE: &str = "/account/second-step";
const ON_THE_WAY_IN: &str = "/sign-in/second-step";
const WRONG_CODE: &str =
    "This code does not fit, or was used already. Wait for the next one and type that";

pub(super) type CameFrom = Option<Extension<ConnectInfo<SocketAddr>>>;

/// The second step of an account.
#[derive(Debug, Default, Serialize)]
pub struct SecondStepPage {
    heading: &'static str,
    action: &'static str,
    /// True on her way in, before there is a session.
    signing_in: bool,
    /// `off`, `begun`, `on` or `elsewhere`.
    state: &'static str,
    secret: String,
    qr: String,
    size: usize,
    since: String,
    left: String,
    /// True where the installation asks for it.
    required: bool,
    /// Shown this once.
    codes: Vec<String>,
    removed: Option<Removed>,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
}

#[derive(Debug, Serialize)]
struct Removed {
    by: String,
    at: String,
    reason: String,
}

impl Removed {
    fn of(removal: Removal) -> Self {
        Self {
            by: removal.by.unwrap_or_default(),
            at: words::moment(removal.at),
            reason: removal.reason,
        }
    }
}

/// Where a code of a telephone's is typed.
pub fn code_field(label: &str) -> FieldView {
    FieldView::new(Control::Code, "code", label)
        .width(20)
        .inputmode("numeric")
        .autocomplete("one-time-code")
}

impl SecondStepPage {
    pub(super) fn new(step: &SecondStep) -> Self {
        let page = Self {
            heading: "A second step when you sign in",
            action: HERE,
            ..Self::default()
        };
        match step {
            SecondStep::Off => Self {
                state: "off",
                ..page
            },
            SecondStep::Elsewhere => Self {
                state: "elsewhere",
                ..page
            },
            SecondStep::Begun(secret) => page.showing(secret),
            SecondStep::On { since, codes_left } => Self {
                state: "on",
                since: words::moment(*since),
                left: match codes_left {
                    0 => "You have no recovery codes left. Turn the second step off and on again to have new ones.".to_owned(),
                    n => format!("You have {} left.", words::count(*n, "recovery code")),
                },
                fields: vec![
                    FieldView::new(Control::Password, "password", "Your password")
                        .autocomplete("current-password"),
                    code_field("A code of your telephone’s, or a recovery code"),
                ],
                ..page
            },
        }
    }

    fn showing(self, secret: &SharedSecret) -> Self {
        let (size, qr) = square(&secret.url);
        Self {
            state: "begun",
            secret: secret.text.clone(),
            qr,
            size,
            fields: vec![code_field("The six digits that the app shows")],
            ..self
        }
    }

    /// The same on somebody's way in.
    pub(super) fn on_the_way_in(self) -> Self {
        Self {
            heading: "Set up a second step",
            action: ON_THE_WAY_IN,
            signing_in: true,
            ..self
        }
    }

    pub(super) fn with_codes(self, codes: Vec<String>) -> Self {
        Self {
            heading: "Your second step is on",
            removed: None,
            codes,
            ..self
        }
    }

    pub(super) fn telling(self, removal: Option<Removal>) -> Self {
        Self {
            removed: removal.map(Removed::of),
            ..self
        }
    }

    pub(super) fn at_fault(mut self, field: &str, what: &str) -> Self {
        mark(&mut self.fields, &[(field.to_owned(), what.to_owned())]);
        self.errors = summary(&self.fields);
        self
    }
}

/// An address as a square of dark and light: its size, and the dark as the path of a
/// drawing. Drawn as one path, so that nothing but numbers goes into the page.
fn square(url: &str) -> (usize, String) {
    let Ok(code) = QrCode::new(url.as_bytes()) else {
        // Only an address longer than any account's has no square; the key is written too.
        return (1, String::new());
    };
    // Light all around, by which a camera finds it.
    let (edge, width) = (4, code.width());
    let dark = code.to_colors().into_iter().enumerate();
    let dark = dark.filter(|(_, colour)| *colour == Color::Dark);
    let dots: Vec<String> = dark
        .map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + edge, at / width + edge))
        .collect();
    (width + 2 * edge, dots.concat())
}

/// What is said where one has to wait.
pub fn wait(until: DateTime<Utc>) -> String {
    let until = words::moment(until);
    format!("There have been too many attempts. Wait until {until} and try again")
}

impl Page for SecondStepPage {
    const NAME: &'static str = "own_second_step.html";
    const HTML: &'static str = include_str!("second_step.html");

    fn title(&self) -> String {
        self.heading.into()
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let begun = || {
            SecondStep::Begun(SharedSecret {
                text: "ABCD-EFGH".into(),
                url: "otpauth://totp/Foreword:sam%40example.org?secret=ABCDEFGH".into(),
            })
        };
        let since = DateTime::<Utc>::UNIX_EPOCH;
        let on = |codes_left| SecondStep::On { since, codes_left };
        let removal = Removal {
            by: Some("Ada <Admin>".into()),
            at: since,
            reason: "Lost her <phone>".into(),
        };
        let codes = || vec!["1234-5678-9012-3456".to_owned(), "0".to_owned()];
        let required = Self {
            required: true,
            ..Self::new(&on(0))
        };
        vec![
            Self::new(&SecondStep::Off).telling(Some(removal.clone())),
            Self::new(&SecondStep::Elsewhere),
            Self::new(&begun()).at_fault("code", WRONG_CODE),
            Self::new(&begun()).on_the_way_in().telling(Some(removal)),
            Self::new(&on(1)),
            required,
            Self::new(&on(9)).with_codes(codes()),
            Self::new(&on(9)).on_the_way_in().with_codes(codes()),
        ]
    }
}

/// `GET /account/second-step`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, person: Anyone) -> Result<Response, Error> {
    person.visit.page(&own(&state, &person.account).await?)
}

async fn own(state: &AppState, account: &Account) -> Result<SecondStepPage, Error> {
    let step = state.store().second_step(account).await?;
    let removal = state.store().removal_to_tell(account.id).await?;
    Ok(SecondStepPage {
        required: state.requires_second_step(),
        ..SecondStepPage::new(&step).telling(removal)
    })
}

/// `POST /account/second-step`: one act, named by the button.
///
/// # Errors
/// The store fails.
pub async fn act(
    State(state): State<AppState>,
    person: Anyone,
    from: CameFrom,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let (store, now, account) = (state.store(), state.now(), &person.account);
    let again = || Ok(Redirect::to(HERE).into_response());
    match form.one("act") {
        "begin" => {
            // Whoever signs in elsewhere has no password that a second step could follow.
            if store.second_step(account).await? == SecondStep::Off {
                store.begin_second_step(account.id, now).await?;
            }
            again()
        }
        "leave" => {
            store.leave_second_step(account.id).await?;
            again()
        }
        "read" => {
            store.told_of_removal(account.id, now).await?;
            again()
        }
        "confirm" => {
            let page = own(&state, account).await?;
            match confirmed(&state, account, &form, from).await? {
                Ok(codes) => person.visit.page(&page.with_codes(codes)),
                Err((status, what)) => person.visit.page_as(status, &page.at_fault("code", &what)),
            }
        }
        "off" if !state.requires_second_step() => turn_off(&state, &person, &form, from).await,
        _ => Err(Error::not_understood()),
    }
}

/// The recovery codes where the code that was typed turned it on, or what to say.
pub(super) async fn confirmed(
    state: &AppState,
    account: &Account,
    form: &Form,
    from: CameFrom,
) -> Result<Result<Vec<String>, (StatusCode, String)>, Error> {
    let code = form.one("code");
    if code.is_empty() {
        let what = "Enter the six digits that the app shows".to_owned();
        return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, what)));
    }
    let (now, address) = (state.now(), address_of(from));
    let done = state
        .store()
        .confirm_second_step(account, code, &address, now);
    Ok(match done.await? {
        Confirmed::On(codes) => Ok(codes),
        Confirmed::Wrong => Err((StatusCode::UNPROCESSABLE_ENTITY, WRONG_CODE.to_owned())),
        Confirmed::Wait { until } => Err((StatusCode::TOO_MANY_REQUESTS, wait(until))),
    })
}

async fn turn_off(
    state: &AppState,
    person: &Anyone,
    form: &Form,
    from: CameFrom,
) -> Result<Response, Error> {
    let account = &person.account;
    let page = own(state, account).await?;
    let (password, code) = (form.get("password").unwrap_or_default(), form.one("code"));
    let empty = [
        (password.is_empty(), "password", "Enter your password"),
        (code.is_empty(), "code", "Enter a code"),
    ];
    if let Some((_, field, what)) = empty.into_iter().find(|(empty, ..)| *empty) {
        return person.visit.refused(&page.at_fault(field, what));
    }
    let (now, address) = (state.now(), address_of(from));
    let done = state
        .store()
        .turn_off_second_step(account, (password, code), &address, now);
    match done.await? {
        TurnedOff::Now => Ok(Redirect::to(HERE).into_response()),
        TurnedOff::Wrong => person.visit.refused(&page.at_fault(
            "password",
            "The password or the code is not right. Check both and try again",
        )),
        TurnedOff::Wait { until } => {
            let page = page.at_fault("password", &wait(until));
            person.visit.page_as(StatusCode::TOO_MANY_REQUESTS, &page)
        }
    }
}

/// `POST /account/second-step/recovery-codes`: the codes of the page as a file. Only her
/// own codes, not used yet: nothing else is handed back.
///
/// # Errors
/// They are none of hers, or the store fails.
pub async fn as_file(
    State(state): State<AppState>,
    person: Anyone,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let codes = form.all("code");
    let hers = state
        .store()
        .are_recovery_codes(person.account.id, &codes)
        .await?;
    if !hers {
        return Err(Error::not_understood());
    }
    let text = format!(
        "{}{}\n",
        include_str!("recovery-codes.txt"),
        codes.join("\n")
    );
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"foreword-recovery-codes.txt\"",
        ),
    ];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_drawn_within_its_light_edge() {
        let (size, path) = square("otpauth://totp/Foreword:sam%40example.org?secret=ABC");
        // Its corner: seven dark cells from the edge on.
        assert!(path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"), "{path}");
        let numbers = path.split(|c: char| !c.is_ascii_digit());
        let largest = numbers.filter_map(|n| n.parse::<usize>().ok()).max();
        assert!(largest.is_some_and(|n| n < size - 4), "{largest:?} {size}");
    }
}
