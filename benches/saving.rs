//! What saving costs, as ratios of one interleaved run on each engine.
//!
//! Floor: one INSERT of the same bytes in a durable transaction of its own, on the same
//! engine with the same settings. Ours: a prompt's form sent to the whole router, by a
//! hundred signed-in authors, each with Angela's report, until it is answered as saved.

use std::{
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::Utc;
use foreword::{
    case::{self, revision},
    content::ContentFiles,
    pack::Pack,
    store::{
        AccountId, NewAccount, NewPassword, NewReport, ReportId, Role, SessionLimits, Store,
        StoreSettings, Token,
    },
    web::{AppState, router},
};
use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::{task::JoinSet, time::sleep_until};
use tower::ServiceExt as _;

#[expect(
    dead_code,
    clippy::expect_used,
    reason = "it is the tests', which use more of it and stop where a tool is missing"
)]
#[path = "../tests/harness"]
mod harness {
    pub mod durable;
    pub mod postgres;
}

const AUTHORS: usize = 100;
/// How often each of them saves.
const EVERY: Duration = Duration::from_secs(2);
/// How long they go on.
const ROUNDS: u32 = 6;
/// Senders that never pause, to find how much is possible.
const SENDERS: usize = 16;
/// Slices of both contenders in turn, and how long each is.
const SLICES: usize = 6;
const SLICE: Duration = Duration::from_millis(1500);
/// A paragraph, as authors type them.
const WORDS: usize = 600;
/// What a revision of such an answer is when sealed.
const SEALED: usize = 808;
const PROMPT: &str = "offence-account";

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// A durable commit and nothing else.
#[derive(Clone)]
enum Bare {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Bare {
    /// As the store opens its own.
    async fn sqlite(folder: &std::path::Path) -> Result<Self, Fault> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join("bare.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let one = SqlitePoolOptions::new().max_connections(1);
        let pool = one.connect_with(options).await?;
        sqlx::query("CREATE TABLE bare (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT")
            .execute(&pool)
            .await?;
        Ok(Self::Sqlite(pool))
    }

    async fn postgres(url: &str) -> Result<Self, Fault> {
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .connect(url)
            .await?;
        sqlx::query("CREATE TABLE bare (id BIGSERIAL PRIMARY KEY, content BYTEA NOT NULL)")
            .execute(&pool)
            .await?;
        Ok(Self::Postgres(pool))
    }

    async fn commit(&self, content: &[u8]) -> Result<(), Fault> {
        const INSERT: &str = "INSERT INTO bare (content) VALUES ($1)";
        match self {
            Self::Sqlite(pool) => {
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                sqlx::query(INSERT).bind(content).execute(&mut *tx).await?;
                tx.commit().await?;
            }
            Self::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::query(INSERT).bind(content).execute(&mut *tx).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

/// An author with a report open at one prompt.
struct Author {
    router: Router,
    cookie: String,
    csrf: String,
    report: ReportId,
    address: String,
    /// The revision she has seen: her own last save.
    seen: AtomicI64,
}

impl Author {
    /// Saves another text, and waits until it is answered as saved.
    async fn save(&self) -> Result<(), Fault> {
        let seen = self.seen.load(Ordering::Relaxed);
        let value = format!("{seen} {}", "x".repeat(WORDS));
        let form = format!(
            "csrf={}&report={}&seen={seen}&value={value}&state=answered&visibility=in-report",
            self.csrf, self.report
        );
        let request = Request::post(&self.address)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))?;
        let answer = self.router.clone().oneshot(request).await?;
        if answer.status() != StatusCode::SEE_OTHER {
            return Err(format!("a save was answered {}", answer.status()).into());
        }
        self.seen.store(seen + 1, Ordering::Relaxed);
        Ok(())
    }
}

/// A hundred authors, signed in, each with Angela's report.
async fn authors(pack: &Arc<Pack>, store: &Store) -> Result<Vec<Arc<Author>>, Fault> {
    let state = AppState::new(pack.clone(), store.clone(), None, false)?;
    let router = router(state);
    let case = case::from_json(include_str!("../tests/cases/angela.json"))?;
    let writes = revision::unfold(&case)?;
    let mut authors = Vec::new();
    for number in 0..AUTHORS {
        let now = Utc::now();
        let (account, token) = (AccountId::new(now), Token::random()?);
        let new = NewAccount {
            id: account,
            email: format!("author{number}@example.org"),
            display_name: "Ann Author".into(),
            roles: Role::Author.into(),
            password: NewPassword::new("correct horse battery")?,
        };
        store.create_account(new, now).await?;
        store
            .start_session(account, &token, SessionLimits::default(), now)
            .await?;
        let new = NewReport {
            id: ReportId::new(now),
            pack_version: "bench",
            writes: &writes,
        };
        let report = store.as_author(account).create_report(new, now).await?;
        authors.push(Arc::new(Author {
            router: router.clone(),
            cookie: format!("foreword={}", token.text()),
            csrf: token.csrf(),
            report,
            address: format!("/reports/{report}/prompts/{PROMPT}"),
            seen: AtomicI64::new(i64::try_from(writes.len())?),
        }));
    }
    Ok(authors)
}

fn main() {
    let done = tokio::runtime::Runtime::new()
        .map_err(Fault::from)
        .and_then(|runtime| runtime.block_on(both()));
    if let Err(reason) = done {
        eprintln!("saving: {reason}");
    }
}

async fn both() -> Result<(), Fault> {
    let files = ContentFiles::embedded()?;
    let pack =
        Pack::load(&files).map_err(|faults| format!("{} faults of content", faults.len()))?;
    let pack = Arc::new(pack);

    let folder = tempfile::TempDir::new()?;
    let settings = StoreSettings::in_folder(folder.path().join("data"));
    let bare = Bare::sqlite(folder.path()).await?;
    engine("SQLite", &pack, &settings, bare).await?;

    let cluster = harness::durable::DurableCluster::start();
    let bare = Bare::postgres(&cluster.address()).await?;
    let settings = StoreSettings {
        url: Some(cluster.address()),
        ..StoreSettings::in_folder(folder.path().join("postgres"))
    };
    engine("PostgreSQL", &pack, &settings, bare).await
}

async fn engine(
    name: &str,
    pack: &Arc<Pack>,
    settings: &StoreSettings,
    bare: Bare,
) -> Result<(), Fault> {
    let store = Store::open(settings).await?;
    let authors = authors(pack, &store).await?;
    println!("{name}");
    let (saved, floor) = every_two_seconds(&authors, &bare).await?;
    println!(
        "  one acknowledged save takes {:>5.2} times a bare durable commit  ({:.2} ms, {:.2} ms; {AUTHORS} authors, one save each every {EVERY:?})",
        saved / floor,
        saved * 1000.0,
        floor * 1000.0
    );
    let (saved, floor) = as_many_as_possible(&authors, &bare).await?;
    println!(
        "  saves in a second are       {:>5.2} times the bare commits       ({saved:.0}, {floor:.0}; {SENDERS} senders that never pause)",
        saved / floor
    );
    std::io::stdout().flush()?;
    store.close().await;
    Ok(())
}

/// Medians, in seconds, of a save and of a bare commit, each author doing one and then
/// the other.
async fn every_two_seconds(authors: &[Arc<Author>], bare: &Bare) -> Result<(f64, f64), Fault> {
    let start = tokio::time::Instant::now();
    let mut running = JoinSet::new();
    for (number, author) in (0..).zip(authors) {
        let (author, bare) = (author.clone(), bare.clone());
        running.spawn(async move {
            let content = vec![0x5a; SEALED];
            let mut times = Vec::new();
            let first = start + EVERY * number / u32::try_from(AUTHORS)?;
            for round in 0..ROUNDS {
                sleep_until(first + EVERY * round).await;
                let saving = Instant::now();
                author.save().await?;
                let saved = saving.elapsed();
                sleep_until(first + EVERY * round + EVERY / 2).await;
                let committing = Instant::now();
                bare.commit(&content).await?;
                times.push((saved, committing.elapsed()));
            }
            Ok::<_, Fault>(times)
        });
    }
    let mut times = (Vec::new(), Vec::new());
    while let Some(done) = running.join_next().await {
        times.extend(done??);
    }
    Ok((median(&times.0), median(&times.1)))
}

/// Saves and bare commits in a second, from senders that never pause, in turn.
async fn as_many_as_possible(authors: &[Arc<Author>], bare: &Bare) -> Result<(f64, f64), Fault> {
    let saving = |number: usize| {
        let author = authors[number].clone();
        move || {
            let author = author.clone();
            async move { author.save().await }
        }
    };
    let committing = |_| {
        let bare = bare.clone();
        move || {
            let bare = bare.clone();
            async move { bare.commit(&[0x5a; SEALED]).await }
        }
    };
    let mut rates = (Vec::new(), Vec::new());
    for _ in 0..SLICES {
        rates.0.push(rate(saving).await?);
        rates.1.push(rate(committing).await?);
    }
    Ok((middle(rates.0), middle(rates.1)))
}

/// How often in a second `SENDERS` of these acts are done side by side.
async fn rate<A, D>(sender: impl Fn(usize) -> A) -> Result<f64, Fault>
where
    A: Fn() -> D + Send + 'static,
    D: Future<Output = Result<(), Fault>> + Send,
{
    let mut running = JoinSet::new();
    let start = Instant::now();
    for number in 0..SENDERS {
        let act = sender(number);
        running.spawn(async move {
            let mut done = 0_u32;
            while start.elapsed() < SLICE {
                act().await?;
                done += 1;
            }
            Ok::<_, Fault>(done)
        });
    }
    let mut all = 0;
    while let Some(done) = running.join_next().await {
        all += done??;
    }
    Ok(f64::from(all) / start.elapsed().as_secs_f64())
}

fn median(times: &[Duration]) -> f64 {
    middle(times.iter().map(Duration::as_secs_f64).collect())
}

fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}
