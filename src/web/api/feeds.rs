//! The feed of the directory as it stands, made once for each state of it.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::{sync::Mutex, task::spawn_blocking};

use crate::{
    directory::{Directory, open_referral::Feed},
    store::StoreError,
};

/// Holds the feed of the directory that was last asked for.
#[derive(Default)]
pub struct Feeds {
    held: RwLock<Option<Arc<Feed>>>,
    /// Held while one is made, so that it is made once.
    making: Mutex<()>,
}

impl Feeds {
    /// The feed of `directory`.
    ///
    /// # Errors
    /// The task that makes it is stopped.
    pub async fn of(&self, directory: Arc<Directory>) -> Result<Arc<Feed>, StoreError> {
        if let Some(feed) = self.held_of(&directory) {
            return Ok(feed);
        }
        let _one_at_a_time = self.making.lock().await;
        if let Some(feed) = self.held_of(&directory) {
            return Ok(feed);
        }
        // Many records take long enough to be in the way of other requests.
        let made = spawn_blocking(move || Arc::new(Feed::of(directory))).await;
        let made = made.map_err(StoreError::stopped)?;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        *held = Some(Arc::clone(&made));
        Ok(made)
    }

    fn held_of(&self, directory: &Arc<Directory>) -> Option<Arc<Feed>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let same = |feed: &&Arc<Feed>| Arc::ptr_eq(feed.directory(), directory);
        held.as_ref().filter(same).cloned()
    }
}
