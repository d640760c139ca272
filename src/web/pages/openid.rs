//! Signing in with an organisation's own account: there and back.
//!
//! Lives here: the two addresses, and what is said where it comes to nothing. Not
//! here: what the provider must prove (`web::openid`), sessions (`sign_in.rs`).

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use serde::{Deserialize, Serialize};

use super::{
    arriving::{Arrived, Typed, arrive, note_refusal},
    sign_in::{Next, typed_of},
};
use crate::{
    store::{SignInElsewhere, SignInOnItsWay, Token},
    web::{
        csrf::OurForm,
        error::Error,
        openid::{OpenId, OpenIdError},
        state::AppState,
        templates::Page,
        visit::{Visit, cookie},
    },
};

/// What is said where a sign-in came to nothing, or has yet to go on.
#[derive(Debug, Serialize)]
pub struct OpenIdPage {
    heading: &'static str,
    says: Vec<String>,
    /// The link below it.
    to: String,
    to_text: String,
}

impl OpenIdPage {
    fn again(heading: &'static str, says: &str) -> Self {
        Self {
            heading,
            says: vec![says.to_owned()],
            to: "/sign-in".into(),
            to_text: "Go to the sign-in page".into(),
        }
    }

    fn not_answering(name: &str) -> Self {
        Self::again(
            "Signing in does not work at the moment",
            &format!(
                "Foreword could not reach {name}, or did not understand its answer. Try again in a few minutes. If it goes on, tell whoever looks after Foreword; the log says why."
            ),
        )
    }

    fn not_proved() -> Self {
        Self::again(
            "This sign-in could not be used",
            "It took longer than ten minutes, was used already, or was begun in another browser. Nobody was signed in. Begin again from the sign-in page.",
        )
    }

    fn turned_back(name: &str) -> Self {
        Self::again(
            "You were not signed in",
            &format!(
                "{name} sent you back without signing you in. You can try again, or sign in another way."
            ),
        )
    }

    fn refused(name: &str, why: &SignInElsewhere) -> Self {
        let says = match why {
            SignInElsewhere::AddressNotProved => format!(
                "{name} knows you, but does not say that your email address is yours, so Foreword cannot tell which account is yours. Ask your administrator."
            ),
            SignInElsewhere::Ended => {
                "Your account here has been ended. Ask your administrator if that is not right."
                    .to_owned()
            }
            SignInElsewhere::NoRole | SignInElsewhere::Welcome(_) => format!(
                "{name} knows you, but nothing says yet what you do in Foreword. Ask your administrator for an account."
            ),
        };
        Self::again("You have no access to Foreword yet", &says)
    }

    fn go_on(name: &str, to: String) -> Self {
        Self {
            heading: "What you typed is kept",
            says: vec![format!(
                "Sign in with {name} now. You will see again what you typed, and can save it."
            )],
            to,
            to_text: format!("Go on to {name}"),
        }
    }
}

impl Page for OpenIdPage {
    const NAME: &'static str = "openid.html";
    const HTML: &'static str = include_str!("openid.html");

    fn title(&self) -> String {
        self.heading.into()
    }

    fn samples() -> Vec<Self> {
        vec![
            Self::not_answering("the County's sign-in"),
            Self::not_proved(),
            Self::turned_back("the County's sign-in"),
            Self::refused("the County's sign-in", &SignInElsewhere::NoRole),
            Self::refused("the County's sign-in", &SignInElsewhere::AddressNotProved),
            Self::refused("the County's sign-in", &SignInElsewhere::Ended),
            Self::go_on("the County's sign-in", "https://login.example/auth".into()),
        ]
    }
}

fn provider(state: &AppState) -> Result<&OpenId, Error> {
    state.openid().ok_or_else(Error::not_found)
}

/// The cookie that ties a sign-in to the browser it was begun in, until the browser is
/// closed or the sign-in comes back.
fn its_cookie(state: &AppState, value: String) -> Cookie<'static> {
    let name = if state.setting().tls {
        "__Host-foreword-openid"
    } else {
        "foreword-openid"
    };
    cookie(name, value, state.setting())
}

/// `GET /sign-in/openid`: to the provider.
///
/// # Errors
/// There is no provider, or the store fails.
pub async fn begin(
    State(state): State<AppState>,
    visit: Visit,
    jar: CookieJar,
    Query(Next { next }): Query<Next>,
) -> Result<Response, Error> {
    match sent(&state, &next, None).await? {
        Ok((to, secret)) => {
            let jar = jar.add(its_cookie(&state, secret.text()));
            Ok((jar, Redirect::to(&to)).into_response())
        }
        Err(error) => failed(&state, &visit, &error),
    }
}

/// `POST /sign-in/openid`: the same, for somebody whose form is held on the sign-in
/// page. She goes on by a link: browsers let no form lead to another site from our pages.
///
/// # Errors
/// There is no provider, or the store fails.
pub async fn begin_holding(
    State(state): State<AppState>,
    visit: Visit,
    jar: CookieJar,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    match sent(&state, form.one("next"), typed_of(&form)).await? {
        Ok((to, secret)) => {
            let jar = jar.add(its_cookie(&state, secret.text()));
            let page = visit.page(&OpenIdPage::go_on(provider(&state)?.name(), to))?;
            Ok((jar, page).into_response())
        }
        Err(error) => failed(&state, &visit, &error),
    }
}

/// Begins a sign-in and keeps it.
async fn sent(
    state: &AppState,
    next: &str,
    typed: Option<Typed>,
) -> Result<Result<(String, Token), OpenIdError>, Error> {
    let now = state.now();
    let sent = match provider(state)?.begin(next, now).await {
        Ok(sent) => sent,
        Err(error) => return Ok(Err(error)),
    };
    let kept = SignInOnItsWay { typed, ..sent.kept };
    state.store().keep_sign_in(&sent.state, &kept, now).await?;
    Ok(Ok((sent.to, sent.state)))
}

/// What the provider sends somebody back with.
#[derive(Debug, Deserialize)]
pub struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
}

/// `GET /sign-in/openid/back`: from the provider.
///
/// # Errors
/// There is no provider, or the store fails.
pub async fn back(
    State(state): State<AppState>,
    visit: Visit,
    jar: CookieJar,
    Query(came): Query<Back>,
) -> Result<Response, Error> {
    let provider = provider(&state)?;
    let now = state.now();
    let held = its_cookie(&state, String::new());
    let token = Token::parse(&came.state);
    let ours = jar.get(held.name()).and_then(|c| Token::parse(c.value()));
    let kept = match (token, ours) {
        (Some(token), Some(ours)) if token.is(&ours) => {
            state.store().take_sign_in(&token, now).await?
        }
        _ => None,
    };
    let jar = jar.remove(held);
    let Some(kept) = kept else {
        note_refusal(&state).await?;
        let page = visit.page_as(StatusCode::BAD_REQUEST, &OpenIdPage::not_proved())?;
        return Ok((jar, page).into_response());
    };
    if !came.error.is_empty() || came.code.is_empty() {
        note_refusal(&state).await?;
        let page = visit.page(&OpenIdPage::turned_back(provider.name()))?;
        return Ok((jar, page).into_response());
    }
    let known = match provider.finish(&came.code, &kept, now).await {
        Ok(known) => known,
        Err(error) => {
            note_refusal(&state).await?;
            return Ok((jar, failed(&state, &visit, &error)?).into_response());
        }
    };
    match state.store().sign_in_known(&known, now).await? {
        SignInElsewhere::Welcome(account) => {
            let arrived = Arrived {
                account,
                next: kept.next,
                typed: kept.typed,
            };
            arrive(&state, visit, jar, arrived).await
        }
        why => {
            note_refusal(&state).await?;
            let page = OpenIdPage::refused(provider.name(), &why);
            let page = visit.page_as(StatusCode::FORBIDDEN, &page)?;
            Ok((jar, page).into_response())
        }
    }
}

/// Says that it came to nothing, and logs why: never who it was.
fn failed(state: &AppState, visit: &Visit, error: &OpenIdError) -> Result<Response, Error> {
    tracing::warn!(%error, "signing in with OpenID Connect came to nothing");
    if let OpenIdError::Unproven(_) = error {
        return visit.page_as(StatusCode::BAD_REQUEST, &OpenIdPage::not_proved());
    }
    let page = OpenIdPage::not_answering(provider(state)?.name());
    visit.page_as(StatusCode::BAD_GATEWAY, &page)
}
