//! Speaking with the provider, in the words of the `openidconnect` crate.
//!
//! Here: the crate's types, and the one way a request goes out. Blocking: callers are
//! on a thread for it. Not here: when the provider is asked (`super`).

use std::time::Duration;

use chrono::{DateTime, Utc};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthorizationCode, ClaimsVerificationError, Client,
    ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
    UserInfoClaims,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType,
        CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ureq::{Agent, http::Response};
use url::{Host, Url};

use super::OpenIdSettings;
use crate::store::{KnownElsewhere, Token};

/// Longest that one answer of the provider may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer that is read.
const LARGEST: u64 = 1024 * 1024;
/// What of a person is asked for.
const SCOPES: [&str; 2] = ["email", "profile"];

/// All claims that the standard does not name, roles among them.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(super) struct Others {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl AdditionalClaims for Others {}

/// What came for a code.
pub(super) type Tokens = StandardTokenResponse<
    IdTokenFields<
        Others,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type OurClient = Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why an answer was not believed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unproven {
    #[error("{0}")]
    Silent(String),
    /// Signed with a key that was not among the provider's when they were fetched.
    #[error("{0}")]
    KeyUnknown(String),
    #[error("{0}")]
    Wrong(String),
}

/// A sign-in as it begins.
pub(super) struct Begun {
    pub(super) to: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// What the provider says of itself, with its keys.
pub(super) struct Fetched(CoreProviderMetadata);

/// Whether an address may be an issuer: over TLS, or this machine's own.
pub(super) fn may_be_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_near(&url))
}

fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Sends one request. Redirects are not followed: where requests go is what the
/// provider's own description says, and nobody else.
fn ask(request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let near = Url::parse(&request.uri().to_string()).is_ok_and(|url| is_near(&url));
    let mut config = Agent::config_builder()
        .user_agent(concat!("Foreword/", env!("CARGO_PKG_VERSION")))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE));
    if near {
        config = config.proxy(None);
    }
    let agent: Agent = config.build().into();
    let (parts, mut body) = agent.run(request)?.into_parts();
    let bytes = body.with_config().limit(LARGEST).read_to_vec()?;
    Ok(Response::from_parts(parts, bytes))
}

fn silent(error: &dyn std::error::Error) -> Unproven {
    Unproven::Silent(crate::web::visit::ErrorChain(error).to_string())
}

fn wrong(what: impl std::fmt::Display) -> Unproven {
    Unproven::Wrong(what.to_string())
}

impl Fetched {
    /// Asks the provider.
    pub(super) fn from(issuer: &str) -> Result<Self, Unproven> {
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|e| silent(&e))?;
        CoreProviderMetadata::discover(&issuer, &ask)
            .map(Self)
            .map_err(|e| silent(&e))
    }

    fn client(&self, settings: &OpenIdSettings, back: &str) -> Result<OurClient, Unproven> {
        let secret = settings.secret.as_ref();
        let client = OurClient::from_provider_metadata(
            self.0.clone(),
            ClientId::new(settings.client.clone()),
            secret.map(|s| ClientSecret::new(s.to_string())),
        );
        let back = RedirectUrl::new(back.to_owned()).map_err(|e| silent(&e))?;
        Ok(client.set_redirect_uri(back))
    }

    /// The provider's page to send somebody to.
    pub(super) fn begin(
        &self,
        settings: &OpenIdSettings,
        back: &str,
        state: &Token,
    ) -> Result<Begun, Unproven> {
        let client = self.client(settings, back)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = state.text();
        let mut request = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            || CsrfToken::new(state),
            Nonce::new_random,
        );
        for scope in SCOPES {
            request = request.add_scope(Scope::new(scope.to_owned()));
        }
        let (to, _, nonce) = request.set_pkce_challenge(challenge).url();
        Ok(Begun {
            to: to.into(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Exchanges a code.
    pub(super) fn exchange(
        &self,
        settings: &OpenIdSettings,
        back: &str,
        code: String,
        verifier: String,
    ) -> Result<Tokens, Unproven> {
        let client = self.client(settings, back)?;
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|e| silent(&e))?;
        request
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request(&ask)
            .map_err(|e| match e {
                openidconnect::RequestTokenError::ServerResponse(said) => {
                    // Its own words may name a person; its code does not.
                    wrong(format!("it refused the code ({})", said.error().as_ref()))
                }
                other => silent(&other),
            })
    }

    /// Proves the tokens and says who it was.
    pub(super) fn prove(
        &self,
        settings: &OpenIdSettings,
        back: &str,
        tokens: &Tokens,
        nonce: String,
        now: DateTime<Utc>,
    ) -> Result<KnownElsewhere, Unproven> {
        let client = self.client(settings, back)?;
        let token = tokens.id_token().ok_or_else(|| wrong("no ID token"))?;
        let verifier = client.id_token_verifier().set_time_fn(move || now);
        let claims = token
            .claims(&verifier, &Nonce::new(nonce))
            .map_err(not_proved)?;
        if let Some(expected) = claims.access_token_hash() {
            let key = token.signing_key(&verifier).map_err(wrong)?;
            let alg = token.signing_alg().map_err(wrong)?;
            let actual = AccessTokenHash::from_token(tokens.access_token(), alg, key);
            if actual.map_err(wrong)? != *expected {
                return Err(wrong("another access token"));
            }
        }
        let mut of = Person {
            email: claims.email().map(|e| e.to_string()),
            verified: claims.email_verified(),
            name: claims
                .name()
                .and_then(|n| n.get(None))
                .map(|n| n.to_string()),
            others: claims.additional_claims().all.clone(),
        };
        let subject = claims.subject().clone();
        if of.email.is_none() || of.name.is_none() || !settings.roles.found_in(&of.others) {
            // Many providers tell these only when asked for them with the token.
            if client.user_info_url().is_some() {
                let asked = client.user_info(tokens.access_token().clone(), Some(subject.clone()));
                let told: UserInfoClaims<Others, CoreGenderClaim> = asked
                    .map_err(|e| silent(&e))?
                    .request(&ask)
                    .map_err(|e| silent(&e))?;
                of.complete_with(&told);
            }
        }
        Ok(KnownElsewhere {
            issuer: settings.issuer.clone(),
            subject: subject.to_string(),
            email: of.email.unwrap_or_default(),
            email_verified: of.verified.unwrap_or_default(),
            name: of.name.unwrap_or_default(),
            roles: settings.roles.of(&of.others),
        })
    }
}

/// What a provider told of somebody.
struct Person {
    email: Option<String>,
    verified: Option<bool>,
    name: Option<String>,
    others: Map<String, Value>,
}

impl Person {
    /// Fills in what is missing. An address and whether it is verified belong together.
    fn complete_with(&mut self, told: &UserInfoClaims<Others, CoreGenderClaim>) {
        if self.email.is_none() {
            self.email = told.email().map(|e| e.to_string());
            self.verified = told.email_verified();
        }
        if self.name.is_none() {
            self.name = told.name().and_then(|n| n.get(None)).map(|n| n.to_string());
        }
        for (name, value) in &told.additional_claims().all {
            self.others
                .entry(name.clone())
                .or_insert_with(|| value.clone());
        }
    }
}

fn not_proved(error: ClaimsVerificationError) -> Unproven {
    match error {
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        ) => Unproven::KeyUnknown("signed with a key that is not the provider's".into()),
        other => wrong(other),
    }
}
