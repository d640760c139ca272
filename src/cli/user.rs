//! `foreword user`: accounts, their roles, which organisations' entries a directory
//! editor keeps, and which women's centres an assessor answers for.
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
    store::{Account, AccountId, Belongs, NewAccount, NewPassword, Role, Roles, Store},
};

/// Arguments of `foreword user`.
#[derive(Debug, Args)]
pub(super) struct UserArgs {
    #[command(subcommand)]
    action: Action,
}

/// The roles that an account may hold.
const ROLES: [&str; 7] = [
    "author",
    "countersigner",
    "assessor",
    "directory-editor",
    "area-lead",
    "administrator",
    "auditor",
];

#[derive(Debug, Subcommand)]
enum Action {
    /// Add an account: a report author, or what --role, --editor-of and --centre say.
    /// The password is read from standard input, never from the command line, where
    /// others could see it.
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
        /// Women's centre that this person answers for, as its assessor, spelt as the
        /// directory spells it. Give it as often as there are.
        #[arg(long, value_name = "ORGANISATION")]
        centre: Vec<String>,
        /// What the person is here to do. Give it as often as there are roles.
        #[arg(long, value_parser = ROLES)]
        role: Vec<String>,
        /// The organisation has no entry yet: take its name as it is typed.
        #[arg(long)]
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
    /// Show or change what somebody is here to do.
    Roles {
        /// Email address the person signs in with.
        email: String,
        /// Role to hold from now on, as often as there are.
        #[arg(long, value_parser = ROLES)]
        add: Vec<String>,
        /// Role to hold no longer, as often as there are.
        #[arg(long, value_parser = ROLES)]
        remove: Vec<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Take the second step off the account of somebody who lost her telephone and her
    /// recovery codes, where no administrator can. She is told when she next signs in.
    SecondStepOff {
        /// Email address the person signs in with.
        email: String,
        /// Why, for the person and for whoever looks after accounts.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// List the accounts: address, roles, name, and what a directory editor keeps.
    List {
        #[command(flatten)]
        store: StoreArgs,
    },
}

pub(super) fn run(content: Option<&Path>, args: &UserArgs) -> Result<ExitCode, Stop> {
    let runtime = serve::runtime()?;
    let (Action::Add { store, .. }
    | Action::Keeps { store, .. }
    | Action::Roles { store, .. }
    | Action::SecondStepOff { store, .. }
    | Action::List { store }) = &args.action;
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
            centre,
            role,
            not_listed_yet,
            ..
        } => {
            let organisations = spelt(content, store, editor_of, *not_listed_yet).await?;
            let centres = spelt(content, store, centre, *not_listed_yet).await?;
            let roles = roles_of(role, &organisations, &centres)?;
            let Some(password) = password else {
                return Err(Stop::fault("there is no password"));
            };
            let account = NewAccount {
                id: AccountId::new(Utc::now()),
                email: email.clone(),
                display_name: name.clone(),
                roles,
                password,
            };
            let belongs = Belongs {
                keeps: &organisations,
                centres: &centres,
                by: None,
            };
            let made = store.create_with(account, belongs, Utc::now());
            made.await.map_err(Stop::fault)?;
            if !centres.is_empty() {
                eprintln!("Added {email}, who answers for {}.", listed(&centres));
                return Ok(());
            }
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
            let add = spelt(content, store, add, *not_listed_yet).await?;
            change(store, &account, &add, remove).await?;
            let kept = store.organisations_of(account.id).await;
            print(&lines(&kept.map_err(Stop::fault)?))
        }
        Action::Roles {
            email, add, remove, ..
        } => {
            let account = known_account(store, email).await?;
            let (add, remove) = (parsed(add)?, parsed(remove)?);
            let now = Utc::now();
            let wanted = add.iter().fold(account.roles, Roles::with);
            let wanted = remove.iter().fold(wanted, Roles::without);
            if wanted != account.roles {
                let done = store.set_roles(account.id, wanted, None, now).await;
                done.map_err(Stop::fault)?;
            }
            let words: Vec<String> = wanted.iter().map(|r| r.to_string()).collect();
            print(&lines(&words))
        }
        Action::SecondStepOff { email, reason, .. } => second_step_off(store, email, reason).await,
        Action::List { .. } => list(store).await,
    }
}

async fn second_step_off(store: &Store, email: &str, reason: &str) -> Result<(), Stop> {
    let account = known_account(store, email).await?;
    let removed = store.remove_second_step(account.id, None, reason.trim(), Utc::now());
    if !removed.await.map_err(Stop::fault)? {
        let none = format!("there is no second step on the account of {email}");
        return Err(Stop::fault(none));
    }
    eprintln!("Took the second step off the account of {email}.");
    Ok(())
}

/// The roles somebody is added with: those named, those her organisations bring, and
/// where there are none a report author's.
fn roles_of(named: &[String], keeps: &[String], centres: &[String]) -> Result<Roles, Stop> {
    let mut roles = parsed(named)?;
    for (organisations, role, option) in [
        (keeps, Role::DirectoryEditor, "--editor-of"),
        (centres, Role::Assessor, "--centre"),
    ] {
        if !organisations.is_empty() {
            roles = roles.with(role);
        } else if roles.has(role) {
            return Err(Stop::fault(format!(
                "a {} needs {option}, which says for whom",
                role.title()
            )));
        }
    }
    Ok(if roles.is_empty() {
        Role::Author.into()
    } else {
        roles
    })
}

fn parsed(words: &[String]) -> Result<Roles, Stop> {
    let roles: Result<Roles, _> = words.iter().map(|word| word.parse::<Role>()).collect();
    roles.map_err(Stop::fault)
}

/// The organisations as the directory spells them, or as they were typed where they
/// have no entry yet.
async fn spelt(
    content: Option<&Path>,
    store: &Store,
    named: &[String],
    not_listed_yet: bool,
) -> Result<Vec<String>, Stop> {
    if not_listed_yet {
        return Ok(named.iter().map(|o| o.trim().to_owned()).collect());
    }
    known(content, store, named).await
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
    let account = known_account(store, email).await?;
    if account.roles.has(Role::DirectoryEditor) {
        return Ok(account);
    }
    Err(Stop::fault(format!(
        "{email} is no directory editor, who alone keeps entries; `foreword user roles` makes her one"
    )))
}

async fn known_account(store: &Store, email: &str) -> Result<Account, Stop> {
    let found = store.account_by_email(email).await.map_err(Stop::fault)?;
    match found {
        Some(account) => Ok(account),
        None => Err(Stop::fault(format!(
            "there is no account with the address {email}; `foreword user list` shows them"
        ))),
    }
}

async fn list(store: &Store) -> Result<(), Stop> {
    let mut rows = Vec::new();
    for account in store.accounts().await.map_err(Stop::fault)? {
        let kept = store.organisations_of(account.id).await;
        let mut kept = kept.map_err(Stop::fault)?;
        let centres = store.centres_of(account.id).await;
        for centre in centres.map_err(Stop::fault)? {
            if !kept.contains(&centre) {
                kept.push(centre);
            }
        }
        let ended = if account.disabled { " (ended)" } else { "" };
        let keeps = match kept.as_slice() {
            [] => String::new(),
            kept => format!("\t{}", kept.join("; ")),
        };
        let Account {
            email,
            roles,
            display_name,
            ..
        } = account;
        let roles: Vec<String> = roles.iter().map(|r| r.to_string()).collect();
        let roles = roles.join(",");
        rows.push(format!("{email}\t{roles}{ended}\t{display_name}{keeps}"));
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
