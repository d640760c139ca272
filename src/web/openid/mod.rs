//! Signing in with somebody else's account: an organisation's own OpenID Connect
//! provider (authorisation code with PKCE, discovery, signed ID token).
//!
//! Here: asking the provider and believing what it says only once it is proved. Not
//! here: which of its people gets which role (`mapping`), the account they come to have
//! and the sign-ins on their way (`store::openid`), the pages (`pages/openid.rs`).

mod mapping;
mod provider;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::{
    sync::Mutex,
    task::{JoinError, spawn_blocking},
};
use zeroize::Zeroizing;

pub use mapping::{BadMapping, RoleMapping};
use provider::{Fetched, Unproven};

use crate::store::{KnownElsewhere, SignInOnItsWay, StoreError, Token};

/// Where the provider sends people back to, below the public address.
pub const BACK: &str = "/sign-in/openid/back";

/// How long what the provider says of itself, its keys among it, is believed.
const BELIEVED_FOR: TimeDelta = TimeDelta::hours(1);

/// What an installation says of its provider.
#[derive(Clone)]
pub struct OpenIdSettings {
    /// Its address: the issuer, exactly as its tokens spell it.
    pub issuer: String,
    /// This service's name at the provider.
    pub client: String,
    /// The secret the provider gave, where it gave one.
    pub secret: Option<Zeroizing<String>>,
    /// What the sign-in page calls it.
    pub name: String,
    /// Which of its people gets which role.
    pub roles: RoleMapping,
}

/// Why a provider cannot be used as it is set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdSetting {
    /// The issuer is no address, or one that anybody on the way could read.
    #[error("`{0}` is not an OpenID Connect issuer; write it as https://login.example")]
    Issuer(String),
    /// People could not be sent back.
    #[error(
        "signing in with OpenID Connect needs --public-address: the provider sends people back to it"
    )]
    NoPublicAddress,
}

/// Why somebody could not be signed in by the provider.
#[derive(Debug, thiserror::Error)]
pub enum OpenIdError {
    /// It did not answer, or not with what the standard asks for.
    #[error("the OpenID Connect provider cannot be used: {0}")]
    Provider(String),
    /// What it sent is not proved to be its own, or was not meant for this sign-in.
    #[error("the OpenID Connect provider's answer is not proved: {0}")]
    Unproven(String),
    /// The work was stopped.
    #[error("asking the OpenID Connect provider was stopped")]
    Stopped(#[from] JoinError),
    /// No random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unproven> for OpenIdError {
    fn from(error: Unproven) -> Self {
        match error {
            Unproven::Silent(why) => Self::Provider(why),
            Unproven::KeyUnknown(why) | Unproven::Wrong(why) => Self::Unproven(why),
        }
    }
}

/// A provider in use.
pub struct OpenId {
    settings: Arc<OpenIdSettings>,
    back: String,
    known: Mutex<Option<(DateTime<Utc>, Arc<Fetched>)>>,
}

/// Where to send somebody, and what to keep until she comes back.
pub struct Sent {
    /// The provider's page.
    pub to: String,
    /// The secret of this sign-in: in the address, and in her browser's cookie.
    pub state: Token,
    /// What is kept of it in the database.
    pub kept: SignInOnItsWay,
}

impl OpenId {
    /// Takes the settings; nothing is asked of the provider yet, so that one which is
    /// down keeps nobody from starting Foreword.
    ///
    /// # Errors
    /// See [`OpenIdSetting`].
    pub fn new(
        settings: OpenIdSettings,
        public_address: Option<&str>,
    ) -> Result<Self, OpenIdSetting> {
        if !provider::may_be_issuer(&settings.issuer) {
            return Err(OpenIdSetting::Issuer(settings.issuer));
        }
        let address = public_address.ok_or(OpenIdSetting::NoPublicAddress)?;
        Ok(Self {
            settings: Arc::new(settings),
            back: format!("{}{BACK}", address.trim_end_matches('/')),
            known: Mutex::new(None),
        })
    }

    /// What the sign-in page calls the provider.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Begins a sign-in that leads to `next` in the end.
    ///
    /// # Errors
    /// The provider cannot be used.
    pub async fn begin(&self, next: &str, now: DateTime<Utc>) -> Result<Sent, OpenIdError> {
        let fetched = self.fetched(now, false).await?;
        let state = Token::random()?;
        let begun = fetched.begin(&self.settings, &self.back, &state)?;
        Ok(Sent {
            to: begun.to,
            state,
            kept: SignInOnItsWay {
                nonce: begun.nonce,
                verifier: begun.verifier,
                next: next.to_owned(),
                typed: None,
            },
        })
    }

    /// Exchanges the code that the provider sent back for who it was.
    ///
    /// # Errors
    /// The provider cannot be used, or its answer is not proved.
    pub async fn finish(
        &self,
        code: &str,
        kept: &SignInOnItsWay,
        now: DateTime<Utc>,
    ) -> Result<KnownElsewhere, OpenIdError> {
        let fetched = self.fetched(now, false).await?;
        let exchange = |fetched: Arc<Fetched>| {
            let (settings, back) = (Arc::clone(&self.settings), self.back.clone());
            let (code, verifier) = (code.to_owned(), kept.verifier.clone());
            spawn_blocking(move || fetched.exchange(&settings, &back, code, verifier))
        };
        let tokens = Arc::new(exchange(Arc::clone(&fetched)).await??);
        let prove = |fetched: Arc<Fetched>| {
            let (settings, back) = (Arc::clone(&self.settings), self.back.clone());
            let (tokens, nonce) = (Arc::clone(&tokens), kept.nonce.clone());
            spawn_blocking(move || fetched.prove(&settings, &back, &tokens, nonce, now))
        };
        match prove(fetched).await? {
            // Providers change their keys: ask once for the new ones.
            Err(Unproven::KeyUnknown(_)) => Ok(prove(self.fetched(now, true).await?).await??),
            proved => Ok(proved?),
        }
    }

    async fn fetched(&self, now: DateTime<Utc>, afresh: bool) -> Result<Arc<Fetched>, OpenIdError> {
        let mut known = self.known.lock().await;
        if let Some((at, fetched)) = known.as_ref()
            && !afresh
            && now - *at < BELIEVED_FOR
        {
            return Ok(Arc::clone(fetched));
        }
        let issuer = self.settings.issuer.clone();
        let fetched = Arc::new(spawn_blocking(move || Fetched::from(&issuer)).await??);
        *known = Some((now, Arc::clone(&fetched)));
        Ok(fetched)
    }
}

impl std::fmt::Debug for OpenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenId").finish_non_exhaustive()
    }
}
