//! The key of a database and what is derived from it: one key to seal content
//! that belongs to no report, one to seal the keys of reports, one to index words, one to
//! name sign-in attempts, one to hash recovery codes, one to name pages, one to count
//! reports by that are not to be found again, one to chain the audit trail, and the value
//! that tells whether a key belongs to a database.
//!
//! Not here: where the key is kept (`folder`) and what is sealed (`seal`). A new use
//! of the key gets a label of its own in [`Keys::derive`], never another's key.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{AccountId, ReportId, StoreError};

/// Bytes of a key or a keyed hash.
pub(super) const KEY_LENGTH: usize = 32;

/// The one secret that opens a database. Erased from memory when dropped, and never
/// printed.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<[u8; KEY_LENGTH]>);

impl SecretKey {
    /// A new random key.
    ///
    /// # Errors
    /// The system gave no random bytes.
    pub fn random() -> Result<Self, StoreError> {
        let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| StoreError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// A key from its base64 text. `given_as` names its origin in the refusal.
    ///
    /// # Errors
    /// The text is not 32 bytes in base64.
    pub fn from_base64(text: &str, given_as: &str) -> Result<Self, StoreError> {
        let not_a_key = || StoreError::NotAKey {
            given_as: given_as.to_owned(),
        };
        let decoded = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| not_a_key())?);
        let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
        if decoded.len() != KEY_LENGTH {
            return Err(not_a_key());
        }
        bytes.copy_from_slice(&decoded);
        Ok(Self(bytes))
    }

    /// Its base64 text, for the key file and for nothing else.
    pub(super) fn to_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.0.as_slice()))
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(not shown)")
    }
}

/// The keys in use, each for one purpose.
pub(super) struct Keys {
    /// Seals content that belongs to no report.
    pub(super) content: Zeroizing<[u8; KEY_LENGTH]>,
    /// Seals the keys of reports.
    pub(super) reports: Zeroizing<[u8; KEY_LENGTH]>,
    words: Zeroizing<[u8; KEY_LENGTH]>,
    attempts: Zeroizing<[u8; KEY_LENGTH]>,
    recovery: Zeroizing<[u8; KEY_LENGTH]>,
    pages: Zeroizing<[u8; KEY_LENGTH]>,
    counted: Zeroizing<[u8; KEY_LENGTH]>,
    audit: Zeroizing<[u8; KEY_LENGTH]>,
    check: [u8; KEY_LENGTH],
    installation: [u8; KEY_LENGTH],
}

impl Keys {
    /// Derives every key from the secret one. The labels keep them apart: knowing
    /// one says nothing about another.
    pub(super) fn derive(secret: &SecretKey) -> Self {
        let key = |label| Zeroizing::new(keyed_hash(&secret.0, label, b""));
        Self {
            content: key("foreword/content/1"),
            reports: key("foreword/reports/1"),
            words: key("foreword/words/1"),
            attempts: key("foreword/attempts/1"),
            recovery: key("foreword/recovery/1"),
            pages: key("foreword/pages/1"),
            counted: key("foreword/counted/1"),
            audit: key("foreword/audit/1"),
            check: keyed_hash(&secret.0, "foreword/check/1", b""),
            installation: keyed_hash(&secret.0, "foreword/installation/1", b""),
        }
    }

    /// The value a database keeps to recognise its key by.
    pub(super) fn check_value(&self) -> &[u8] {
        &self.check
    }

    /// What an installation is told from others by, in hexadecimal digits: it says nothing
    /// of the key.
    pub(super) fn installation(&self) -> String {
        hex::encode(&self.installation[..16])
    }

    /// Whether a database's check value is this key's.
    pub(super) fn fits(&self, check_value: &[u8]) -> bool {
        self.check.ct_eq(check_value).into()
    }

    /// What stands in the index for a word of a name.
    pub(super) fn word(&self, word: &str) -> Vec<u8> {
        keyed_hash(&self.words, "", word.as_bytes()).to_vec()
    }

    /// What names a series of sign-in attempts.
    pub(super) fn attempt(&self, scope: &str, who: &str) -> Vec<u8> {
        keyed_hash(&self.attempts, scope, who.as_bytes()).to_vec()
    }

    /// What is kept of a recovery code: the digits of an account's are nobody else's.
    pub(super) fn recovery_code(&self, account: AccountId, digits: &str) -> Vec<u8> {
        keyed_hash(&self.recovery, &account.to_string(), digits.as_bytes()).to_vec()
    }

    /// What stands for a report where it is only counted: without the key, nobody can
    /// tell which it was.
    pub(super) fn counted(&self, report: ReportId) -> Vec<u8> {
        keyed_hash(&self.counted, "", report.to_string().as_bytes()).to_vec()
    }

    /// What chains a row of the audit trail to the one before. Without the key nobody can
    /// make a chain that looks whole, not even who can write in every table.
    pub(super) fn link(&self, row: &[u8]) -> Vec<u8> {
        keyed_hash(&self.audit, "", row).to_vec()
    }

    /// What names a page of a report. The same page of two reports has two names, so
    /// that counting them tells nothing.
    pub(super) fn page(&self, report: ReportId, page: &str) -> Vec<u8> {
        keyed_hash(&self.pages, &report.to_string(), page.as_bytes()).to_vec()
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(not shown)")
    }
}

/// HMAC-SHA256 of a label and a text, kept apart by a zero byte.
pub(super) fn keyed_hash(key: &[u8; KEY_LENGTH], label: &str, text: &[u8]) -> [u8; KEY_LENGTH] {
    // HMAC fills a short key with zeros up to its block; doing so here leaves no
    // length to be wrong and so no error to handle.
    let mut block = Zeroizing::new([0_u8; 64]);
    block[..KEY_LENGTH].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(label.as_bytes());
    mac.update(&[0]);
    mac.update(text);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_text_and_is_never_printed() {
        let key = SecretKey::random().unwrap();
        let text = key.to_base64();
        let again = SecretKey::from_base64(&format!("{}\n", *text), "a file").unwrap();
        assert!(Keys::derive(&key).fits(Keys::derive(&again).check_value()));
        assert!(!format!("{key:?} {:?}", Keys::derive(&key)).contains(text.as_str()));
    }

    #[test]
    fn text_that_is_no_key_is_refused_with_its_origin() {
        for text in ["", "c2hvcnQ=", "not base64", &STANDARD.encode([1; 33])] {
            let refusal = SecretKey::from_base64(text, "FOREWORD_KEY").unwrap_err();
            assert!(
                refusal
                    .to_string()
                    .starts_with("FOREWORD_KEY does not hold a key")
            );
        }
    }

    #[test]
    fn the_derived_keys_differ_from_each_other_and_from_another_secrets() {
        let (a, b) = (
            Keys::derive(&SecretKey::random().unwrap()),
            Keys::derive(&SecretKey::random().unwrap()),
        );
        assert_ne!(*a.content, *a.words);
        assert_ne!(*a.content, *a.reports);
        assert_ne!(*a.words, *a.attempts);
        assert_ne!(a.word("angela"), b.word("angela"));
        assert_ne!(a.word("angela"), a.word("miriam"));
        assert!(!a.fits(b.check_value()));
    }

    #[test]
    fn the_keyed_hash_is_hmac_sha256() {
        // RFC 4231 style, computed with another implementation:
        // key = 32 bytes of 0x0b, message = "foreword\0text".
        let hash = keyed_hash(&[0x0b; 32], "foreword", b"text");
        let halves =
            [hash.first_chunk(), hash.last_chunk()].map(|half| u128::from_be_bytes(*half.unwrap()));
        assert_eq!(
            halves,
            [
                0x09c1_e643_f007_e550_9e13_9ab7_d452_b4dd,
                0x6097_e100_ae29_ad54_c4b1_50c7_399b_639a,
            ]
        );
    }
}
