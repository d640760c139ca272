//! `foreword audit`: proves the audit trail whole, and writes it out.
//!
//! Here: the commands. Not here: what chains the rows, or what is proved (`store::audit`).

use std::process::ExitCode;

use chrono::Utc;
use clap::{Args, Subcommand};

use super::{Stop, StoreArgs, print, serve};
use crate::store::{Action as Act, AuditEntry, AuditQuery, AuditRow, Store, audit_as_csv};

/// Rows written at a time.
const AT_A_TIME: i64 = 5_000;

/// Arguments of `foreword audit`.
#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Prove that nothing in the audit trail was changed, removed, moved or cut off, or
    /// say where it was: exit code 1 then. It prints the head: keep it somewhere else,
    /// and give it with --expect the next time.
    Verify {
        /// A head that an earlier run printed. Without it, an end that was cut off by
        /// somebody who also has the key is not found out.
        #[arg(long, value_name = "HASH")]
        expect: Option<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Write the whole trail as CSV to standard output, the latest act first.
    Export {
        #[command(flatten)]
        store: StoreArgs,
    },
}

pub(super) fn run(args: &AuditArgs) -> Result<ExitCode, Stop> {
    let (Action::Verify { store, .. } | Action::Export { store }) = &args.action;
    // Looking must not make a database and a key where there is none.
    store.must_be_there()?;
    let settings = serve::store_settings(store);
    serve::runtime()?.block_on(async {
        let store = Store::open(&settings).await.map_err(Stop::fault)?;
        let done = match &args.action {
            Action::Verify { expect, .. } => verify(&store, expect.as_deref()).await,
            Action::Export { .. } => export(&store).await,
        };
        store.close().await;
        done
    })
}

async fn verify(store: &Store, expect: Option<&str>) -> Result<ExitCode, Stop> {
    match store.verify_audit(expect).await.map_err(Stop::fault)? {
        Ok(whole) => {
            let between = whole.between.map_or_else(String::new, |(first, last)| {
                let day = |at: chrono::DateTime<Utc>| at.format("%-d %B %Y, %H:%M").to_string();
                format!(", from {} to {} (UTC)", day(first), day(last))
            });
            let continues = match expect {
                Some(_) => "It goes on from the head you gave.\n",
                None => {
                    "Whether its end was cut off by somebody who has the key can be told only with a head of an earlier day: --expect HASH.\n"
                }
            };
            print(&format!(
                "The audit trail is whole: {} acts{between}.\n{continues}Head {}\n",
                whole.rows, whole.head
            ))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(broken) => {
            print(&format!("The audit trail is not whole: {broken}.\n"))?;
            Ok(ExitCode::from(1))
        }
    }
}

async fn export(store: &Store) -> Result<ExitCode, Stop> {
    let entry = AuditEntry {
        account: None,
        report: None,
        action: Act::AuditExported,
    };
    let noted = store.audit(&entry, Utc::now()).await;
    noted.map_err(Stop::fault)?;
    let mut rows: Vec<AuditRow> = Vec::new();
    loop {
        let skip = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let query = AuditQuery::default();
        let page = store.as_auditor().rows(&query, skip, AT_A_TIME).await;
        let page = page.map_err(Stop::fault)?;
        if page.rows.is_empty() {
            break;
        }
        rows.extend(page.rows);
    }
    print(&audit_as_csv(&rows))?;
    Ok(ExitCode::SUCCESS)
}
