//! The arguments of `foreword serve` that let people sign in with their organisation's
//! accounts.
//!
//! Here: reading them. Not here: what is done with them (`web::openid`).

use std::{fs, path::PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::Stop;
use crate::web::{OpenIdSettings, RoleMapping};

/// Arguments for signing in with OpenID Connect.
#[derive(Debug, Clone, Args)]
#[expect(
    clippy::struct_field_names,
    reason = "the names are those of the arguments, which say what they are for"
)]
#[command(next_help_heading = "Signing in with your organisation's accounts (OpenID Connect)")]
pub(super) struct OpenIdArgs {
    /// The provider's issuer, such as `https://login.example/realms/probation`. People
    /// come back to `/sign-in/openid/back` below the public address: tell the provider.
    #[arg(
        long,
        env = "FOREWORD_OPENID_ISSUER",
        value_name = "URL",
        requires = "openid_client"
    )]
    openid_issuer: Option<String>,

    /// Foreword's client id at the provider.
    #[arg(
        long,
        env = "FOREWORD_OPENID_CLIENT",
        value_name = "ID",
        requires = "openid_issuer"
    )]
    openid_client: Option<String>,

    /// File with the secret that the provider gave for it. In a file, because others
    /// could see an argument.
    #[arg(
        long,
        env = "FOREWORD_OPENID_SECRET_FILE",
        value_name = "FILE",
        requires = "openid_issuer"
    )]
    openid_secret_file: Option<PathBuf>,

    /// What the sign-in page calls the provider.
    #[arg(
        long,
        env = "FOREWORD_OPENID_NAME",
        value_name = "NAME",
        default_value = "your organisation’s account"
    )]
    openid_name: String,

    /// The claim that says what somebody does: `roles`, `groups`, or a path such as
    /// `realm_access.roles`.
    #[arg(
        long,
        env = "FOREWORD_OPENID_ROLES_CLAIM",
        value_name = "CLAIM",
        default_value = "roles"
    )]
    openid_roles_claim: String,

    /// A value of that claim and the role it is here, such as `court-reports=author`.
    /// Give it as often as there are; in the environment, one a line. Roles then follow
    /// the claim at each sign-in, and accounts are made at the first. Without any,
    /// administrators make the accounts and give the roles.
    #[arg(
        long = "openid-role",
        env = "FOREWORD_OPENID_ROLES",
        value_name = "VALUE=ROLE",
        value_delimiter = '\n'
    )]
    openid_roles: Vec<String>,
}

impl OpenIdArgs {
    /// The settings, where there is a provider.
    pub(super) fn settings(&self) -> Result<Option<OpenIdSettings>, Stop> {
        let (Some(issuer), Some(client)) = (&self.openid_issuer, &self.openid_client) else {
            return Ok(None);
        };
        let pairs = self
            .openid_roles
            .iter()
            .filter(|text| !text.trim().is_empty());
        let pairs = pairs
            .map(|text| RoleMapping::pair(text))
            .collect::<Result<_, _>>();
        Ok(Some(OpenIdSettings {
            issuer: issuer.clone(),
            client: client.clone(),
            secret: self.secret()?,
            name: self.openid_name.clone(),
            roles: RoleMapping {
                claim: self.openid_roles_claim.clone(),
                pairs: pairs.map_err(Stop::fault)?,
            },
        }))
    }

    fn secret(&self) -> Result<Option<Zeroizing<String>>, Stop> {
        let Some(file) = &self.openid_secret_file else {
            return Ok(None);
        };
        let shown = file.display();
        let text = fs::read_to_string(file).map(Zeroizing::new).map_err(|e| {
            Stop::fault(format!(
                "cannot read the OpenID Connect secret in {shown}: {e}"
            ))
        })?;
        let secret = text.trim();
        if secret.is_empty() {
            return Err(Stop::fault(format!(
                "{shown} is empty; it should hold the OpenID Connect secret"
            )));
        }
        Ok(Some(Zeroizing::new(secret.to_owned())))
    }
}
