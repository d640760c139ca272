//! What every handler shares: the content packs, the store, the templates, the clock.
//!
//! Lives here: putting them together once, at start. Not here: where any of them
//! comes from; the command line passes them in. To share something more, add a field
//! to [`Content`] (if it is read from content files) or to [`AppState`].

use std::{fmt, sync::Arc};

use axum::extract::FromRef;
use chrono::{DateTime, NaiveDate, Utc};

use super::templates::Templates;
use crate::{
    content::{ContentError, ContentFiles},
    interview::Interview,
    store::Store,
};

/// The content packs, loaded and checked.
#[derive(Debug)]
pub struct Content {
    /// Prompts.
    pub interview: Interview,
}

impl Content {
    /// Loads every pack.
    ///
    /// # Errors
    /// Every fault of the packs, each with its file, line and reason.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        Ok(Self {
            interview: Interview::load(files)?,
        })
    }
}

/// Tells the time; another one in tests.
pub type Clock = fn() -> DateTime<Utc>;

/// How the service is reached.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting {
    /// True where people reach it over TLS, here or at a proxy in front: cookies are
    /// then marked so, and browsers are told to keep to TLS.
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
}

struct Shared {
    content: Arc<Content>,
    store: Store,
    templates: Templates,
    clock: Clock,
    setting: Setting,
}

impl AppState {
    /// Puts it together.
    ///
    /// # Errors
    /// A page template that does not load.
    pub fn new(
        content: Arc<Content>,
        store: Store,
        clock: Clock,
        setting: Setting,
    ) -> Result<Self, StateError> {
        Ok(Self(Arc::new(Shared {
            content,
            store,
            templates: Templates::load()?,
            clock,
            setting,
        })))
    }

    /// The prompts.
    #[must_use]
    pub fn interview(&self) -> &Interview {
        &self.0.content.interview
    }

    /// The content packs together.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.0.content
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
