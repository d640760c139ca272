//! A data folder, the people who work on it, and what must be found in it whatever
//! has happened to the program.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use chrono::Utc;
use foreword::{
    case::revision::{Write, fold},
    content::ContentFiles,
    interview::Kind,
    pack::Pack,
    store::{
        AccountId, NewAccount, NewPassword, NewReport, ReportId, Role, SessionLimits, Store,
        StoreSettings, Token,
    },
};
use sqlx::{PgPool, SqlitePool};
use tempfile::TempDir;

use super::client::{Client, number_in};
use crate::harness::service::TestService;

/// Reports at a time, and windows open on each.
const REPORTS: usize = 3;
const WINDOWS: usize = 2;

/// `ok`, or the first row that points nowhere.
const FOREIGN_KEYS: &str = r#"SELECT COALESCE((SELECT 'a row of ' || "table" FROM pragma_foreign_key_check LIMIT 1), 'ok')"#;

/// Draws numbers that the same seed draws again (`SplitMix64`).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.draw() % limit
    }
}

/// How many saves were acknowledged since everybody set to work.
#[derive(Default)]
pub struct Saved(AtomicU64);

impl Saved {
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits until there are so many.
    pub fn wait_for(&self, number: u64) {
        let until = Instant::now() + Duration::from_mins(1);
        while self.0.load(Ordering::Relaxed) < number && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(1));
        }
        let saved = self.0.load(Ordering::Relaxed);
        assert!(saved >= number, "{saved} saves in a minute");
    }
}

/// Somebody's data folder, and the people who work on it.
pub struct Office {
    folder: TempDir,
    settings: StoreSettings,
    runtime: tokio::runtime::Runtime,
    author: AccountId,
    session: Token,
    /// Prompts that take paragraphs, and how far their answers may travel.
    prompts: Vec<(String, String)>,
    clients: Vec<Client>,
    /// Saves acknowledged in reports that are done with.
    done: usize,
}

impl Office {
    pub fn on_sqlite() -> Self {
        Self::at(None)
    }

    pub fn on_postgres(url: String) -> Self {
        Self::at(Some(url))
    }

    fn at(url: Option<String>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let settings = StoreSettings {
            url,
            ..StoreSettings::in_folder(folder.path().join("data"))
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let session = Token::random().expect("random bytes");
        let author = AccountId::new(Utc::now());
        runtime.block_on(async {
            let store = Store::open(&settings).await.unwrap();
            let account = NewAccount {
                id: author,
                email: "ann@example.org".into(),
                display_name: "Ann Author".into(),
                roles: Role::Author.into(),
                password: NewPassword::new("correct horse battery").unwrap(),
            };
            store.create_account(account, Utc::now()).await.unwrap();
            let limits = SessionLimits::default();
            store
                .start_session(author, &session, limits, Utc::now())
                .await
                .unwrap();
            store.close().await;
        });
        Self {
            folder,
            settings,
            runtime,
            author,
            session,
            prompts: prompts(),
            clients: Vec::new(),
            done: 0,
        }
    }

    /// Starts the program on the folder. It may be running nowhere else.
    pub fn open_service(&self) -> TestService {
        let mut more = Vec::new();
        if let Some(url) = &self.settings.url {
            more = vec!["--database", url];
        }
        TestService::start_beside(self.folder.path(), &more)
    }

    /// New reports for everybody.
    pub fn begin_reports(&mut self) {
        self.done = self.acknowledged();
        self.clients.clear();
        let store = self.runtime.block_on(Store::open(&self.settings)).unwrap();
        for _ in 0..REPORTS {
            let new = NewReport {
                id: ReportId::new(Utc::now()),
                pack_version: "2026-11-22",
                writes: &[],
            };
            let started = store.as_author(self.author).create_report(new, Utc::now());
            let report = self.runtime.block_on(started).unwrap();
            for (window, (prompt, visibility)) in self.prompts[..WINDOWS].iter().enumerate() {
                self.clients.push(Client {
                    cookie: self.session.text(),
                    csrf: self.session.csrf(),
                    report,
                    prompt: prompt.clone(),
                    visibility: visibility.clone(),
                    stays: window > 0,
                    sent: 0,
                    acknowledged: Vec::new(),
                    broken: 0,
                });
            }
        }
        self.runtime.block_on(store.close());
    }

    /// Everybody saves, all at once, until `meanwhile` is over. Tells how many saves
    /// it broke.
    pub fn at_work(&mut self, address: &str, seed: u64, meanwhile: impl FnOnce(&Saved)) -> u32 {
        let before = self.broken();
        let (over, saved) = (AtomicBool::new(false), Saved::default());
        std::thread::scope(|scope| {
            for (number, client) in (1..).zip(&mut self.clients) {
                let (over, saved) = (&over, &saved);
                scope.spawn(move || {
                    let mut chance = Chance::new(seed ^ number);
                    client.work(address, &mut chance, saved, || over.load(Ordering::Relaxed));
                });
            }
            meanwhile(&saved);
            over.store(true, Ordering::Relaxed);
        });
        self.broken() - before
    }

    fn broken(&self) -> u32 {
        self.clients.iter().map(|client| client.broken).sum()
    }

    /// Saves acknowledged so far.
    pub fn acknowledged(&self) -> usize {
        let now = self.clients.iter().map(|client| client.acknowledged.len());
        self.done + now.sum::<usize>()
    }

    /// Makes a client believe that a save was acknowledged which never was.
    pub fn pretends_a_save_was_acknowledged(&mut self) {
        let client = self.clients.last_mut().expect("a client");
        client.sent += 1;
        client.acknowledged.push(client.sent);
    }

    /// Reads every report's log, as another process would, and compares it with what
    /// each client was told.
    pub fn finds_everything_acknowledged(&self) {
        let store = self.runtime.block_on(Store::open(&self.settings)).unwrap();
        for windows in self.clients.chunks(WINDOWS) {
            self.runtime.block_on(self.finds(&store, windows));
        }
        self.runtime.block_on(store.close());
    }

    async fn finds(&self, store: &Store, windows: &[Client]) {
        let (author, report) = (store.as_author(self.author), windows[0].report);
        let history = author.history(report).await.unwrap().expect("her report");
        let loaded = author.load(report).await.unwrap().expect("her report");

        let numbers: Vec<i64> = history.iter().map(|row| row.revision).collect();
        let all: Vec<i64> = (1..=loaded.revision).collect();
        assert_eq!(numbers, all, "the log of {report} has no gaps");
        let log: Vec<Write> = history
            .iter()
            .map(|row| Write::new(&row.place, row.value.clone()))
            .collect();
        assert_eq!(
            fold(&log).unwrap(),
            *loaded.case,
            "{report} is what its log adds up to"
        );

        for client in windows {
            let place = format!("answers.{}", client.prompt);
            let mine = history.iter().filter(|row| row.place == place);
            let kept: Vec<u64> = mine
                .map(|row| number_in(&row.value.to_string()).expect("a numbered text"))
                .collect();
            assert!(
                kept.is_sorted_by(|a, b| a < b),
                "{place}: {kept:?} came once each"
            );
            assert!(
                kept.last() <= Some(&client.sent),
                "{place}: {kept:?} were sent"
            );
            for number in &client.acknowledged {
                assert!(
                    kept.binary_search(number).is_ok(),
                    "{report} {place}: text {number} was acknowledged and is lost"
                );
            }
        }
    }

    /// The database's own check of itself.
    pub fn finds_a_sound_database(&self) {
        self.runtime.block_on(async {
            if let Some(url) = &self.settings.url {
                let pool = PgPool::connect(url).await.unwrap();
                // Reads every row and every index of the log.
                let rows: i64 = sqlx::query_scalar("SELECT COUNT(content) FROM revision")
                    .fetch_one(&pool)
                    .await
                    .unwrap();
                assert!(rows > 0);
                return;
            }
            let file = self.settings.data_dir.join("foreword.db");
            let url = format!("sqlite://{}", file.display());
            let pool = SqlitePool::connect(&url).await.unwrap();
            for check in ["PRAGMA integrity_check", FOREIGN_KEYS] {
                let said: String = sqlx::query_scalar(check).fetch_one(&pool).await.unwrap();
                assert_eq!(said, "ok", "{check}");
            }
            pool.close().await;
        });
    }
}

/// Prompts of the real interview that take paragraphs.
fn prompts() -> Vec<(String, String)> {
    let pack = Pack::load(&ContentFiles::embedded().expect("content")).expect("a sound pack");
    let text = pack.interview.prompts().filter_map(|(_, prompt)| {
        let visibility = serde_json::to_value(prompt.visibility).expect("a word");
        let mine = prompt.is_answer() && prompt.kind == Kind::Text;
        mine.then(|| {
            (
                prompt.id.clone(),
                visibility.as_str().expect("a word").to_owned(),
            )
        })
    });
    text.collect()
}
