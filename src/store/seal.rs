//! Sealing: content goes into the database as XChaCha20-Poly1305, bound to the one
//! row it belongs to. A sealed value that is copied to another report, or to another
//! revision of the same one, does not open.
//!
//! Here: how a value is sealed, and what the database's own key seals. Not here: the keys
//! (`keys`), what belongs to a report, which only its own key seals (`report_key`), and
//! what is written where (`reports`). A new kind of sealed column that belongs to no report
//! is a new [`Row`].

use std::fmt;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::{
    AccountId, StoreError,
    keys::{KEY_LENGTH, Keys},
};

/// First byte of a value that the database's own key seals. Until reports had keys of
/// their own, everything of a report was sealed so.
pub(super) const FORM_OF_DATABASE: u8 = 1;
/// First byte of a value that a report's own key seals.
pub(super) const FORM_OF_REPORT: u8 = 2;
const NONCE_LENGTH: usize = 24;
/// Sealed text is filled up with spaces to a multiple of this, so that its length
/// says little: *prefers not to say* must not be told from a short answer.
const GRAIN: usize = 64;

/// A row that belongs to no report.
#[derive(Clone, Copy)]
pub(super) enum Row<'a> {
    /// A record of the directory with a place that must not be known.
    DirectoryRecord(&'a str),
    /// A sign-in on its way to a provider, by the hash of its secret.
    SignIn(&'a [u8]),
    /// A sign-in between the password and the code, by the hash of its secret.
    HeldSignIn(&'a [u8]),
    /// The secret that somebody shares with her telephone.
    SecondStep(AccountId),
    /// Why somebody else took the second step off an account, by when in milliseconds.
    SecondStepRemoved(AccountId, i64),
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignIn(state) => write!(f, "sign-in {}", hex::encode(state)),
            Self::HeldSignIn(hash) => write!(f, "held sign-in {}", hex::encode(hash)),
            Self::SecondStep(account) => write!(f, "the second step of {account}"),
            Self::SecondStepRemoved(account, at) => {
                write!(f, "the second step of {account}, removed at {at}")
            }
            Self::DirectoryRecord(id) => write!(f, "directory record {id}"),
        }
    }
}

impl Keys {
    /// Seals a value for one row.
    pub(super) fn seal<T: Serialize>(
        &self,
        row: Row<'_>,
        value: &T,
    ) -> Result<Vec<u8>, StoreError> {
        let text = text_of(&row, value)?;
        seal_bytes(&self.content, FORM_OF_DATABASE, &row, &text)
    }

    /// Opens what was sealed for this row, and nothing else.
    pub(super) fn open<T: DeserializeOwned>(
        &self,
        row: Row<'_>,
        whole: &[u8],
    ) -> Result<T, StoreError> {
        let text = open_bytes(&self.content, FORM_OF_DATABASE, &row, whole)?;
        value_of(&row, &text)
    }
}

/// A value as text, filled up.
pub(super) fn text_of<T: Serialize>(
    what: &impl fmt::Display,
    value: &T,
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let text = serde_json::to_vec(value).map_err(|_| StoreError::unreadable(what.to_string()));
    let mut text = Zeroizing::new(text?);
    let filled = text.len().next_multiple_of(GRAIN);
    text.resize(filled, b' ');
    Ok(text)
}

/// The value in a text.
pub(super) fn value_of<T: DeserializeOwned>(
    what: &impl fmt::Display,
    text: &[u8],
) -> Result<T, StoreError> {
    serde_json::from_slice(text).map_err(|_| StoreError::unreadable(what.to_string()))
}

/// Seals bytes with a key, bound to what they are.
pub(super) fn seal_bytes(
    key: &[u8; KEY_LENGTH],
    form: u8,
    what: &impl fmt::Display,
    bytes: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let what = what.to_string();
    let mut nonce = [0; NONCE_LENGTH];
    getrandom::fill(&mut nonce).map_err(|_| StoreError::NoRandomness)?;
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(
        &nonce.into(),
        Payload {
            msg: bytes,
            aad: what.as_bytes(),
        },
    );
    let sealed = sealed.map_err(|_| StoreError::unreadable(what))?;

    let mut whole = Vec::with_capacity(1 + NONCE_LENGTH + sealed.len());
    whole.push(form);
    whole.extend_from_slice(&nonce);
    whole.extend_from_slice(&sealed);
    Ok(whole)
}

/// Opens bytes that were sealed so, and nothing else.
pub(super) fn open_bytes(
    key: &[u8; KEY_LENGTH],
    form: u8,
    what: &impl fmt::Display,
    whole: &[u8],
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let what = what.to_string();
    let opened = || {
        let (found, rest) = whole.split_first()?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_LENGTH>()?;
        if *found != form {
            return None;
        }
        let sealed = Payload {
            msg: sealed,
            aad: what.as_bytes(),
        };
        let cipher = XChaCha20Poly1305::new(key.into());
        cipher.decrypt(nonce.into(), sealed).ok()
    };
    opened()
        .map(Zeroizing::new)
        .ok_or_else(|| StoreError::unreadable(what.clone()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::store::SecretKey;

    fn keys() -> Keys {
        Keys::derive(&SecretKey::random().unwrap())
    }

    #[test]
    fn what_is_sealed_opens_in_its_own_row_only() {
        let keys = keys();
        let words = json!({"place": "12 Hidden Lane"});
        let sealed = keys.seal(Row::DirectoryRecord("refuge"), &words).unwrap();

        let opened: Value = keys.open(Row::DirectoryRecord("refuge"), &sealed).unwrap();
        assert_eq!(opened, words);
        for elsewhere in [Row::DirectoryRecord("other"), Row::SignIn(b"refuge")] {
            assert!(
                keys.open::<Value>(elsewhere, &sealed).is_err(),
                "{elsewhere}"
            );
        }
    }

    #[test]
    fn another_key_or_a_changed_byte_opens_nothing() {
        let (mine, row) = (keys(), Row::SignIn(b"state"));
        let sealed = mine.seal(row, &json!("words")).unwrap();
        assert!(keys().open::<Value>(row, &sealed).is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(mine.open::<Value>(row, &changed).is_err(), "byte {at}");
        }
        for end in 0..sealed.len() {
            assert!(
                mine.open::<Value>(row, &sealed[..end]).is_err(),
                "cut at {end}"
            );
        }
    }

    #[test]
    fn sealing_twice_gives_different_bytes_and_length_says_little() {
        let (keys, row) = (keys(), Row::SignIn(b"state"));
        let seal = |value: Value| keys.seal(row, &value).unwrap();
        assert_ne!(seal(json!("no")), seal(json!("no")));
        assert_eq!(
            seal(json!("no")).len(),
            seal(json!("prefers not to say")).len()
        );
    }
}
