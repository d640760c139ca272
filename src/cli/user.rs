//! `foreword user add`.

use std::{
    io::{BufRead, IsTerminal, Write},
    process::ExitCode,
};

use chrono::Utc;
use clap::{Args, Subcommand};

use super::{Stop, StoreArgs, serve};
use crate::store::{AccountId, NewAccount, NewPassword, Role, Store};

/// Arguments of `foreword user`.
#[derive(Debug, Args)]
pub(super) struct UserArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add an account. The password is read from standard input, never from the
    /// command line, where others could see it.
    Add {
        /// Email address to sign in with.
        email: String,
        /// Name as reports should give it.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        store: StoreArgs,
    },
}

pub(super) fn run(args: &UserArgs) -> Result<ExitCode, Stop> {
    let Action::Add { email, name, store } = &args.action;
    let password = NewPassword::new(&read_password()?).map_err(Stop::fault)?;
    let settings = serve::store_settings(store);
    let runtime = serve::runtime()?;
    runtime.block_on(async {
        let store = Store::open(&settings).await.map_err(Stop::fault)?;
        let now = Utc::now();
        let account = NewAccount {
            id: AccountId::new(now),
            email: email.clone(),
            display_name: name.clone(),
            role: Role::Author,
            password,
        };
        let made = store
            .create_account(account, now)
            .await
            .map_err(Stop::fault);
        store.close().await;
        made
    })?;
    eprintln!("Added {email}.");
    Ok(ExitCode::SUCCESS)
}

fn read_password() -> Result<String, Stop> {
    if std::io::stdin().is_terminal() {
        // The terminal would show it; a pipe or a redirected file would not.
        eprint!("Password (it will show as you type): ");
        std::io::stderr().flush().map_err(Stop::fault)?;
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|e| Stop::fault(format!("cannot read the password: {e}")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
