//! What every handler shares: the content packs, the store, the templates, the clock.
//!
//! Lives here: putting them together once, at start. Not here: where any of them
//! comes from; the command line passes them in. To share something more, add a field
//! to [`Shared`] and a method that lends it.

use std::{fmt, sync::Arc};

use axum::extract::FromRef;
use chrono::{DateTime, NaiveDate, Utc};
use tokio::{sync::Mutex, task::spawn_blocking};

use super::{
    api::Feeds,
    demo,
    openid::{OpenId, OpenIdSetting, OpenIdSettings},
    templates::Templates,
};
use crate::{
    content::items::Change,
    directory::{Directory, open_referral::Feed},
    interview::Interview,
    pack::Pack,
    sentencing::LawPack,
    store::{KeptRecord, SaveError, Store, StoreError},
};

/// Tells the time; another one in tests.
pub type Clock = fn() -> DateTime<Utc>;

/// How the service is reached.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting {
    /// True where people reach it over TLS, at a proxy in front: cookies are then
    /// marked so, and browsers are told to keep to TLS.
    pub tls: bool,
}

/// What every handler shares.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// Why the web could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// A page template is broken.
    #[error("a page template is broken: {0}")]
    Template(#[from] tera::Error),
    /// The public address is no address.
    #[error("`{0}` is not a public address; write it as https://foreword.example")]
    Address(String),
    /// The OpenID Connect provider cannot be used as it is set.
    #[error(transparent)]
    OpenId(#[from] OpenIdSetting),
    /// An example case file could not be taken in.
    #[error("an example report could not be loaded: {0}")]
    Demo(#[from] SaveError),
}

struct Shared {
    pack: Arc<Pack>,
    store: Store,
    templates: Templates,
    setting: Setting,
    demo: bool,
    clock: Clock,
    /// Held while the directory is read again, so that it is done once.
    reading: Mutex<()>,
    /// A directory, and its part for those who are no authors.
    public: Mutex<Option<(Arc<Directory>, Arc<Directory>)>>,
    feeds: Feeds,
    public_address: Option<String>,
    openid: Option<OpenId>,
    /// True where whoever signs in with a password needs a second step.
    second_step: bool,
    /// The version of the content that the database was last told.
    stamped: Mutex<String>,
}

impl AppState {
    /// Puts it together. `public_address` is where people reach the service, if it is
    /// not the address it listens on; `demo` loads the two example reports.
    ///
    /// # Errors
    /// A page template that does not load, or a public address that is none.
    pub fn new(
        pack: Arc<Pack>,
        store: Store,
        public_address: Option<&str>,
        demo: bool,
    ) -> Result<Self, StateError> {
        Self::with_clock(pack, store, public_address, demo, Utc::now)
    }

    /// As [`AppState::new`], with another clock.
    ///
    /// # Errors
    /// As [`AppState::new`].
    pub fn with_clock(
        pack: Arc<Pack>,
        store: Store,
        public_address: Option<&str>,
        demo: bool,
        clock: Clock,
    ) -> Result<Self, StateError> {
        let tls = match public_address {
            Some(address) if address.starts_with("https://") => true,
            Some(address) if !address.starts_with("http://") => {
                return Err(StateError::Address(address.to_owned()));
            }
            _ => false,
        };
        Ok(Self(Arc::new(Shared {
            pack,
            store,
            templates: Templates::load()?,
            setting: Setting { tls },
            demo,
            clock,
            reading: Mutex::new(()),
            public: Mutex::new(None),
            feeds: Feeds::default(),
            public_address: public_address.map(str::to_owned),
            openid: None,
            second_step: false,
            stamped: Mutex::default(),
        })))
    }

    /// The same, where people may also sign in with their organisation's accounts. For
    /// the start, before the state is shared.
    ///
    /// # Errors
    /// The settings cannot be used.
    pub fn with_openid(mut self, settings: OpenIdSettings) -> Result<Self, StateError> {
        let openid = OpenId::new(settings, self.public_address())?;
        if let Some(shared) = Arc::get_mut(&mut self.0) {
            shared.openid = Some(openid);
        }
        Ok(self)
    }

    /// The same, where whoever signs in with a password needs a second step. For the
    /// start, before the state is shared.
    #[must_use]
    pub fn requiring_second_step(mut self) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.0) {
            shared.second_step = true;
        }
        self
    }

    /// True where whoever signs in with a password needs a second step.
    #[must_use]
    pub fn requires_second_step(&self) -> bool {
        self.0.second_step
    }

    /// The provider of other accounts, where the installation has one.
    #[must_use]
    pub fn openid(&self) -> Option<&OpenId> {
        self.0.openid.as_ref()
    }

    /// Loads the example reports for the first account, where they are asked for,
    /// there is an account, and it has none yet.
    ///
    /// # Errors
    /// The store fails.
    pub async fn load_demo(&self) -> Result<(), StateError> {
        if self.0.demo {
            demo::load(self).await?;
        }
        Ok(())
    }

    /// The content packs.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.0.pack
    }

    /// The directory as it stands now: read again first where a record was changed,
    /// here or by another process.
    ///
    /// # Errors
    /// The store fails.
    pub async fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        let live = &self.0.pack.directory;
        if live.version() != self.0.store.directory_version().await? {
            let _one_at_a_time = self.0.reading.lock().await;
            let version = self.0.store.directory_version().await?;
            if live.version() != version {
                let kept = self.0.store.directory_records().await?;
                let records = kept.into_iter().map(KeptRecord::dated).collect();
                let pack = Arc::clone(&self.0.pack);
                // Indexing many records takes long enough to be in the way.
                let laid = spawn_blocking(move || pack.directory.lay(records, version)).await;
                laid.map_err(StoreError::stopped)?;
            }
        }
        Ok(live.now())
    }

    /// The directory as it stands now, for somebody who is no author: without what must
    /// not leave.
    ///
    /// # Errors
    /// The store fails.
    pub async fn public_directory(&self) -> Result<Arc<Directory>, StoreError> {
        let whole = self.directory().await?;
        let mut kept = self.0.public.lock().await;
        if let Some((of, public)) = kept.as_ref()
            && Arc::ptr_eq(of, &whole)
        {
            return Ok(Arc::clone(public));
        }
        let from = Arc::clone(&whole);
        let public = spawn_blocking(move || from.public()).await;
        let public = public.map_err(StoreError::stopped)?;
        *kept = Some((whole, Arc::clone(&public)));
        Ok(public)
    }

    /// What may leave of the directory as it stands now.
    ///
    /// # Errors
    /// The store fails.
    pub async fn feed(&self) -> Result<Arc<Feed>, StoreError> {
        self.0.feeds.of(self.directory().await?).await
    }

    /// Where people reach the service, where that was said at start.
    #[must_use]
    pub fn public_address(&self) -> Option<&str> {
        self.0.public_address.as_deref()
    }

    /// The prompts.
    #[must_use]
    pub fn interview(&self) -> &Interview {
        &self.0.pack.interview
    }

    /// The law as it stands now.
    #[must_use]
    pub fn law(&self) -> Arc<LawPack> {
        self.0.pack.law.now()
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The page templates.
    #[must_use]
    pub fn templates(&self) -> &Templates {
        &self.0.templates
    }

    /// How the service is reached.
    #[must_use]
    pub fn setting(&self) -> Setting {
        self.0.setting
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.0.clock)()
    }

    /// Today's date in Britain.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now()
            .with_timezone(&chrono_tz::Europe::London)
            .date_naive()
    }

    /// What a new report is stamped with: the version of the content, whose parts the
    /// database keeps from then on.
    ///
    /// # Errors
    /// The store fails.
    pub async fn stamp(&self) -> Result<String, StoreError> {
        let version = self.pack().version();
        let mut stamped = self.0.stamped.lock().await;
        if *stamped != version {
            let parts = &self.pack().parts;
            self.store().remember_content(&version, parts).await?;
            stamped.clone_from(&version);
        }
        Ok(version)
    }

    /// What changed in the content since an older version; none where that version's
    /// parts were not kept.
    ///
    /// # Errors
    /// The store fails.
    pub async fn content_since(&self, version: &str) -> Result<Option<Vec<Change>>, StoreError> {
        if version == self.pack().version() {
            return Ok(Some(Vec::new()));
        }
        let older = self.store().content_of(version).await?;
        Ok(older.map(|older| self.pack().parts.since(&older)))
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState").finish_non_exhaustive()
    }
}

impl FromRef<AppState> for Setting {
    fn from_ref(state: &AppState) -> Self {
        state.setting()
    }
}
