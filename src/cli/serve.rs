//! `foreword serve`: open the database, load the content, answer pages.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use chrono::Utc;
use clap::{Args, Parser};
use tokio::{net::TcpListener, runtime::Runtime};

use super::{Stop, StoreArgs, load_pack};
use crate::{
    store::{KeySource, Store, StoreSettings, Token},
    web::{self, AppState},
};

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
    let pack = Arc::new(load_pack(content)?);
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
            pack.directory.services().len(),
            pack.law.about.version
        );
        println!("Foreword is at {shown}");
        offer_setup(&store, &shown).await?;
        store.tidy(Utc::now()).await.map_err(Stop::fault)?;
        let state = AppState::new(pack, store, args.public_address.as_deref(), args.demo)
            .map_err(Stop::fault)?;
        state.load_demo().await.map_err(Stop::fault)?;
        web::serve(listener, state).await.map_err(Stop::fault)
    })?;
    Ok(ExitCode::SUCCESS)
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
