//! Passwords: what may be one, and their hashing with argon2id away from the threads
//! that serve pages.
//!
//! Not here: who may try, and how often (`sign_in`).

use std::{sync::Arc, thread};

use argon2::{
    Argon2, PasswordHasher as _, PasswordVerifier as _, password_hash::phc::PasswordHash,
};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::StoreError;

/// Fewest characters of a password. Length is what protects; no rule on symbols.
pub const SHORTEST_PASSWORD: usize = 12;
/// Most bytes that are hashed at all.
const LONGEST_PASSWORD: usize = 1024;

/// A hash that no password has, of the same cost: an unknown account takes as long
/// to refuse as a wrong password.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlzLg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password cannot be used. Its text is for the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Too short.
    #[error("Password must be {SHORTEST_PASSWORD} characters or more")]
    TooShort,
    /// Far too long.
    #[error("Password must be {LONGEST_PASSWORD} characters or fewer")]
    TooLong,
}

/// A password somebody has chosen, fit to be used. Erased from memory when dropped,
/// and never printed.
#[derive(Clone)]
pub struct NewPassword(Zeroizing<String>);

impl NewPassword {
    /// Takes a password that is long enough.
    ///
    /// # Errors
    /// Too short or too long, in words for the form.
    pub fn new(text: &str) -> Result<Self, PasswordFault> {
        if text.chars().count() < SHORTEST_PASSWORD {
            return Err(PasswordFault::TooShort);
        }
        if text.len() > LONGEST_PASSWORD {
            return Err(PasswordFault::TooLong);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(not shown)")
    }
}

/// Hashes as many passwords at once as the machine has processors, and no more: each
/// takes 19 MiB and a twentieth of a second, and pages must not wait for them.
#[derive(Clone, Debug)]
pub(super) struct Passwords {
    places: Arc<Semaphore>,
}

impl Passwords {
    pub(super) fn new() -> Self {
        let places = thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            places: Arc::new(Semaphore::new(places)),
        }
    }

    pub(super) async fn hash(&self, password: NewPassword) -> Result<String, StoreError> {
        self.run(move || {
            // The library's default is argon2id, 19 MiB, two passes.
            Argon2::default()
                .hash_password(password.0.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|_| StoreError::NoRandomness)
        })
        .await?
    }

    /// Whether the password has this hash; against nobody's hash when there is none.
    pub(super) async fn fits(
        &self,
        hash: Option<String>,
        password: &str,
    ) -> Result<bool, StoreError> {
        if password.len() > LONGEST_PASSWORD {
            return Ok(false);
        }
        let password = Zeroizing::new(password.to_owned());
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODYS_HASH.to_owned());
            PasswordHash::new(&hash).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok()
            }) && known
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let gone = |_| StoreError::unreadable("a password");
        let _place = self
            .places
            .acquire()
            .await
            .map_err(|_| StoreError::unreadable("a password"))?;
        tokio::task::spawn_blocking(work).await.map_err(gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::new();
        let hash = passwords
            .hash(NewPassword::new("a long enough one").unwrap())
            .await
            .unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let fits = |word: &'static str| passwords.fits(Some(hash.clone()), word);
        assert!(fits("a long enough one").await.unwrap());
        assert!(!fits("a long enough two").await.unwrap());
        assert!(!fits("").await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_account_costs_as_much_as_a_known_one() {
        let nobody = PasswordHash::new(NOBODYS_HASH).unwrap();
        let real = Argon2::default().hash_password(b"some password").unwrap();
        assert_eq!(nobody.params, real.params);
        assert_eq!(nobody.algorithm, real.algorithm);
        assert!(!Passwords::new().fits(None, "anything").await.unwrap());
    }

    #[test]
    fn a_short_password_is_refused_in_words_for_the_form() {
        let fault = NewPassword::new("elevenchars").unwrap_err();
        assert_eq!(fault.to_string(), "Password must be 12 characters or more");
        assert_eq!(
            NewPassword::new(&"x".repeat(1025)).unwrap_err(),
            PasswordFault::TooLong
        );
        assert!(!format!("{:?}", NewPassword::new("twelve chars").unwrap()).contains("twelve"));
    }
}
