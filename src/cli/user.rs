//! `foreword user`: accounts, and which organisations' entries a directory editor
//! keeps.
//!
//! Here: the commands. Not here: what an account may do (`store`, `web::guard`), or
//! which name is most like another (`directory::nearest`).

use std::{
    collections::BTreeSet,
    io::{BufRead, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use chrono::Utc;
use clap::{Args, Subcommand};

use super::{Stop, StoreArgs, load_pack, print, serve};
use crate::{
    directory::nearest,
    english::listed,
    store::{Account, AccountError, AccountId, NewAccount, NewPassword, Role, Store},
};

/// Arguments of `foreword user`.
#[derive(Debug, Args)]
pub(super) struct UserArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add an account: a report author, or with --editor-of a directory editor. The
    /// password is read from standard input, never from the command line, where others
    /// could see it.
    Add {
        /// Email address to sign in with.
        email: String,
        /// Name as reports, or an entry's history, should give it.
        #[arg(long)]
        name: String,
        /// Organisation whose entries of the directory this person keeps, spelt as the
        /// entries spell it. Give it as often as there are. A directory editor opens
        /// no report.
        #[arg(long, value_name = "ORGANISATION")]
        editor_of: Vec<String>,
        /// The organisation has no entry yet: take its name as it is typed.
        #[arg(long, requires = "editor_of")]
        not_listed_yet: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Show or change which organisations' entries a directory editor keeps.
    Keeps {
        /// Email address the person signs in with.
        email: String,
        /// Organisation to keep from now on, as often as there are.
        #[arg(long, value_name = "ORGANISATION")]
        add: Vec<String>,
        /// Organisation to keep no longer, as often as there are.
        #[arg(long, value_name = "ORGANISATION")]
        remove: Vec<String>,
        /// The organisation has no entry yet: take its name as it is typed.
        #[arg(long, requires = "add")]
        not_listed_yet: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// List the accounts: address, kind, name, and what a directory editor keeps.
    List {
        #[command(flatten)]
        store: StoreArgs,
    },
}

pub(super) fn run(content: Option<&Path>, args: &UserArgs) -> Result<ExitCode, Stop> {
    let runtime = serve::runtime()?;
    let (Action::Add { store, .. } | Action::Keeps { store, .. } | Action::List { store }) =
        &args.action;
    let password = match &args.action {
        Action::Add { .. } => Some(NewPassword::new(&read_password()?).map_err(Stop::fault)?),
        _ => None,
    };
    let settings = serve::store_settings(store);
    runtime.block_on(async {
        let store = Store::open(&settings).await.map_err(Stop::fault)?;
        let done = act(content, &store, &args.action, password).await;
        store.close().await;
        done
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn act(
    content: Option<&Path>,
    store: &Store,
    action: &Action,
    password: Option<NewPassword>,
) -> Result<(), Stop> {
    match action {
        Action::Add {
            email,
            name,
            editor_of,
            not_listed_yet,
            ..
        } => {
            let organisations = if *not_listed_yet {
                editor_of.iter().map(|o| o.trim().to_owned()).collect()
            } else {
                known(content, store, editor_of).await?
            };
            let Some(password) = password else {
                return Err(Stop::fault("there is no password"));
            };
            let account = NewAccount {
                id: AccountId::new(Utc::now()),
                email: email.clone(),
                display_name: name.clone(),
                role: Role::Author,
                password,
            };
            add(store, account, &organisations)
                .await
                .map_err(Stop::fault)?;
            match organisations.as_slice() {
                [] => eprintln!("Added {email}."),
                kept => eprintln!("Added {email}, who keeps the entries of {}.", listed(kept)),
            }
            Ok(())
        }
        Action::Keeps {
            email,
            add,
            remove,
            not_listed_yet,
            ..
        } => {
            let account = editor(store, email).await?;
            let add = if *not_listed_yet {
                add.clone()
            } else {
                known(content, store, add).await?
            };
            change(store, &account, &add, remove).await?;
            let kept = store.organisations_of(account.id).await;
            print(&lines(&kept.map_err(Stop::fault)?))
        }
        Action::List { .. } => list(store).await,
    }
}

async fn add(store: &Store, new: NewAccount, keeps: &[String]) -> Result<Account, AccountError> {
    let now = Utc::now();
    if keeps.is_empty() {
        store.create_account(new, now).await
    } else {
        store.create_editor(new, keeps, now).await
    }
}

async fn change(
    store: &Store,
    account: &Account,
    add: &[String],
    remove: &[String],
) -> Result<(), Stop> {
    let now = Utc::now();
    let held = store.organisations_of(account.id).await;
    let held = held.map_err(Stop::fault)?;
    // Looked at first, so that a slip changes nothing at all.
    if let Some(other) = remove.iter().find(|o| !held.contains(o)) {
        return Err(Stop::fault(format!(
            "{} does not keep the entries of “{other}”; {}",
            account.email,
            match held.as_slice() {
                [] => "she keeps none".to_owned(),
                held => format!("she keeps those of {}", listed(held)),
            }
        )));
    }
    for organisation in add {
        let kept = store.keep_organisation(account.id, organisation, now);
        kept.await.map_err(Stop::fault)?;
    }
    for organisation in remove {
        let left = store.leave_organisation(account.id, organisation, now);
        left.await.map_err(Stop::fault)?;
    }
    Ok(())
}

async fn editor(store: &Store, email: &str) -> Result<Account, Stop> {
    let found = store.account_by_email(email).await.map_err(Stop::fault)?;
    match found {
        Some(account) if account.role == Role::DirectoryEditor => Ok(account),
        Some(_) => Err(Stop::fault(format!(
            "{email} is a report author, who keeps no entries; add an account with --editor-of under another address"
        ))),
        None => Err(Stop::fault(format!(
            "there is no account with the address {email}; `foreword user list` shows them"
        ))),
    }
}

async fn list(store: &Store) -> Result<(), Stop> {
    let mut rows = Vec::new();
    for account in store.accounts().await.map_err(Stop::fault)? {
        let kept = store.organisations_of(account.id).await;
        let kept = kept.map_err(Stop::fault)?;
        let ended = if account.disabled { " (ended)" } else { "" };
        let keeps = match kept.as_slice() {
            [] => String::new(),
            kept => format!("\t{}", kept.join("; ")),
        };
        let Account {
            email,
            role,
            display_name,
            ..
        } = account;
        rows.push(format!("{email}\t{role}{ended}\t{display_name}{keeps}"));
    }
    print(&lines(&rows))
}

fn lines(of: &[String]) -> String {
    of.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// The organisations as the directory spells them.
async fn known(
    content: Option<&Path>,
    store: &Store,
    named: &[String],
) -> Result<Vec<String>, Stop> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let directory = load_pack(content)?.directory.now();
    let kept_here = store.organisations_kept_here().await.map_err(Stop::fault)?;
    let of_folder = directory.services().iter().map(|s| s.organisation.clone());
    let all: BTreeSet<String> = of_folder.chain(kept_here).collect();
    named
        .iter()
        .map(|name| {
            let wanted = name.trim();
            if all.contains(wanted) {
                return Ok(wanted.to_owned());
            }
            let near = nearest::names(wanted, all.iter().map(String::as_str));
            let near: Vec<String> = near.iter().map(|n| format!("“{n}”")).collect();
            Err(Stop::fault(format!(
                "no entry of the directory is of an organisation spelt “{wanted}”; the nearest are {}. If it has no entry yet, add --not-listed-yet",
                listed(&near)
            )))
        })
        .collect()
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
