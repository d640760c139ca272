//! `foreword serve`: open the database, load the content, answer pages.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
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

use super::{Stop, StoreArgs, geography, law, load_pack, openid::OpenIdArgs};
use crate::{
    pack::Pack,
    store::{KeySource, Store, StoreSettings, Token},
    web::{self, AppState},
};

/// How long what has run out may lie in the database before it is removed.
const TIDY_EVERY: Duration = Duration::from_hours(1);

/// How soon a commencement that an administrator records is taken up.
const LAW_EVERY: Duration = Duration::from_secs(5);

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

    /// Ask everybody who signs in with a password for a second step: a code of her
    /// telephone's. Who has none sets it up when she next signs in. How people sign in at
    /// a provider (OpenID Connect) is the provider's business.
    #[arg(long, env = "FOREWORD_REQUIRE_SECOND_STEP")]
    require_second_step: bool,

    #[command(flatten)]
    openid: OpenIdArgs,

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
    let openid = args.openid.settings()?;
    let mut pack = load_pack(content)?;
    geography::use_loaded(&mut pack, &args.store.data_dir)?;
    let pack = Arc::new(pack);
    let recorded = law::file_in(&args.store.data_dir);
    law::lay(&pack, &recorded)?;
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
            pack.law.now().about.version
        );
        println!("Foreword is at {shown}");
        offer_setup(&store, &shown).await?;
        store.tidy(Utc::now()).await.map_err(Stop::fault)?;
        tokio::spawn(tidy_every(TIDY_EVERY, store.clone()));
        tokio::spawn(law_every(LAW_EVERY, Arc::clone(&pack), recorded));
        let mut state = AppState::new(pack, store, args.public_address.as_deref(), args.demo)
            .map_err(Stop::fault)?;
        if let Some(openid) = openid {
            state = state.with_openid(openid).map_err(Stop::fault)?;
        }
        if args.require_second_step {
            state = state.requiring_second_step();
        }
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

/// Takes up what an administrator records, again and again. The start has done it once;
/// the first round does it again, so that nothing written in between is missed.
/// Records that are wrong are logged and shown on the Law page, and the law stays as it
/// was.
async fn law_every(period: Duration, pack: Arc<Pack>, file: PathBuf) {
    let mut times = interval(period);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = None;
    loop {
        times.tick().await;
        let path = file.clone();
        let Ok(read) = tokio::task::spawn_blocking(move || law::text_of(&path).ok()).await else {
            continue;
        };
        if read.is_none() || read == seen {
            continue;
        }
        if let Some(text) = &read {
            match pack.law.lay(&law::shown(&file), text) {
                Ok(()) => {
                    tracing::info!(law = %pack.law.now().about.version, "recorded commencements were taken up");
                }
                Err(faults) => {
                    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                    tracing::warn!(faults = %faults.join("; "), "recorded commencements cannot be used");
                }
            }
        }
        seen = read;
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
    async fn a_recorded_commencement_is_taken_up_without_a_restart_and_a_broken_one_is_not() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = law::file_in(folder.path());
        let files = crate::content::ContentFiles::embedded().unwrap();
        let pack = Arc::new(Pack::load(&files).unwrap());
        let running = tokio::spawn(law_every(
            Duration::from_millis(20),
            Arc::clone(&pack),
            file.clone(),
        ));
        let until = Utc::now() + TimeDelta::seconds(20);
        let record = "[[commencement]]\ncode = \"sa2026-s14\"\non = 2027-01-04\n\
             source = \"SI 2027/1\"\nrecorded_by = \"A. Admin\"\nrecorded_on = 2026-12-20\n";
        // Twice, so that once at the start is not enough.
        for (text, taken_up) in [(record, 1), ("", 0), (record, 1)] {
            std::fs::write(&file, text).unwrap();
            while pack.law.now().recorded().count() != taken_up {
                assert!(Utc::now() < until, "the record is not taken up");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        std::fs::write(&file, "[[commencement]]").unwrap();
        while pack.law.fault().is_empty() {
            assert!(Utc::now() < until, "the fault is not told");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(pack.law.now().recorded().count(), 1);
        running.abort();
    }

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
            roles: Role::Author.into(),
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
