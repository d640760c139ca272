//! `foreword serve`: open the database, load the content, answer pages.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use chrono::Utc;
use clap::{Args, Parser};
use tokio::{
    net::TcpListener,
    runtime::Runtime,
    time::{MissedTickBehavior, interval},
};

use super::{Stop, StoreArgs, geography, load_pack};
use crate::{
    store::{KeySource, Store, StoreSettings, Token},
    web::{self, AppState},
};

/// How long what has run out may lie in the database before it is removed.
const TIDY_EVERY: Duration = Duration::from_hours(1);

/// Arguments of `foreword serve`.
#[derive(Debug, Clone, Args)]
pub(super) struct ServeArgs {
    /// Address to listen on. Anything but this machine's own needs a proxy with TLS
    /// in front.
    #[arg(long, env = "FOREWORD_HOST", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// Port to listen on; 0 picks a free one.
    #[arg(long, env = "FOREWORD_PORT", default_value_t = 8080)]
    port: u16,

    /// Address people reach it at, when a proxy with TLS stands in front, such as
    /// `https://foreword.example`. Cookies are then marked secure.
    #[arg(long, env = "FOREWORD_PUBLIC_ADDRESS", value_name = "URL")]
    public_address: Option<String>,

    /// Load the two fictional example reports for the first account.
    #[arg(long)]
    demo: bool,

    #[command(flatten)]
    store: StoreArgs,
}

/// Lets `foreword` alone read the same environment as `foreword serve`.
#[derive(Debug, Parser)]
struct ServeAlone {
    #[command(flatten)]
    args: ServeArgs,
}

impl ServeArgs {
    /// The arguments that the environment and the defaults give.
    pub(super) fn from_environment() -> Self {
        ServeAlone::parse_from(["foreword"]).args
    }
}

pub(super) fn run(content: Option<&Path>, args: &ServeArgs) -> Result<ExitCode, Stop> {
    start_log();
    let mut pack = load_pack(content)?;
    geography::use_loaded(&mut pack, &args.store.data_dir)?;
    let pack = Arc::new(pack);
    runtime()?.block_on(async {
        let listener = listen(SocketAddr::new(args.host, args.port)).await?;
        let store = Store::open(&store_settings(&args.store))
            .await
            .map_err(Stop::fault)?;
        let address = listener.local_addr().map_err(Stop::fault)?;
        let shown = args
            .public_address
            .clone()
            .unwrap_or_else(|| format!("http://{address}"));
        eprintln!(
            "Loaded {} prompts, {} services, law pack {}.",
            pack.interview.prompts().count(),
            pack.directory.now().services().len(),
            pack.law.about.version
        );
        println!("Foreword is at {shown}");
        offer_setup(&store, &shown).await?;
        store.tidy(Utc::now()).await.map_err(Stop::fault)?;
        tokio::spawn(tidy_every(TIDY_EVERY, store.clone()));
        let state = AppState::new(pack, store, args.public_address.as_deref(), args.demo)
            .map_err(Stop::fault)?;
        state.load_demo().await.map_err(Stop::fault)?;
        web::serve(listener, state).await.map_err(Stop::fault)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Removes what has run out, again and again; the start has done it once. A database
/// that fails is asked again the next time: nothing depends on it meanwhile.
async fn tidy_every(period: Duration, store: Store) {
    let mut times = interval(period);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    times.tick().await;
    loop {
        times.tick().await;
        if let Err(error) = store.tidy(Utc::now()).await {
            tracing::warn!(%error, "what has run out could not be removed; trying again later");
        }
    }
}

/// Prints the one-time link while there is no account.
async fn offer_setup(store: &Store, shown: &str) -> Result<(), Stop> {
    let token = Token::random().map_err(Stop::fault)?;
    if store
        .offer_setup(&token, Utc::now())
        .await
        .map_err(Stop::fault)?
    {
        println!("Create the first account: {shown}/set-up/{}", token.text());
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Stop> {
    TcpListener::bind(address).await.map_err(|e| {
        Stop::fault(match e.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "port {} is in use; stop what uses it, or choose another with --port",
                address.port()
            ),
            std::io::ErrorKind::PermissionDenied => format!(
                "this user may not listen on port {}; choose one above 1023 with --port",
                address.port()
            ),
            _ => format!("cannot listen on {address}: {e}"),
        })
    })
}

pub(super) fn store_settings(args: &StoreArgs) -> StoreSettings {
    StoreSettings {
        url: args.database.clone(),
        data_dir: args.data_dir.clone(),
        key: args
            .key_file
            .clone()
            .map_or(KeySource::DataFolder, KeySource::File),
    }
}

pub(super) fn runtime() -> Result<Runtime, Stop> {
    Runtime::new().map_err(|e| Stop::fault(format!("cannot start: {e}")))
}

/// Logs to standard error. Requests are logged by route, never by what they hold.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("FOREWORD_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,foreword=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::store::{AccountId, NewAccount, NewPassword, Role, SessionLimits};

    #[tokio::test]
    async fn what_runs_out_while_the_program_runs_is_removed_without_a_restart() {
        let folder = tempfile::TempDir::new().unwrap();
        let settings = StoreSettings::in_folder(folder.path().join("data"));
        let store = Store::open(&settings).await.unwrap();
        let long_ago = Utc::now() - TimeDelta::days(30);
        let account = NewAccount {
            id: AccountId::new(long_ago),
            email: "ann@example.org".into(),
            display_name: "Ann Author".into(),
            role: Role::Author,
            password: NewPassword::new("correct horse battery").unwrap(),
        };
        let id = account.id;
        store.create_account(account, long_ago).await.unwrap();
        let running = tokio::spawn(tidy_every(Duration::from_millis(20), store.clone()));
        // Twice, so that once at the start is not enough.
        for _ in 0..2 {
            let token = Token::random().unwrap();
            let limits = SessionLimits::default();
            store
                .start_session(id, &token, limits, long_ago)
                .await
                .unwrap();
            let until = Utc::now() + TimeDelta::seconds(20);
            while store.session(&token, long_ago).await.unwrap().is_some() {
                assert!(Utc::now() < until, "the session is still there");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        running.abort();
    }
}
