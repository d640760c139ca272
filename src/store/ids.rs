//! Ids of rows, and the tokens that cookies and one-time links carry.
//!
//! Here: their making, their text, and a token's hash and CSRF value. Not here: the
//! tables they point to. Add an id with one line of `id!`.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{StoreError, keys};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id. Ids made later sort later.
            #[must_use]
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(ordered_uuid(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

id! {
    /// A report. Says when it was made, and nothing about whom.
    ReportId
}

id! {
    /// A person who may sign in.
    AccountId
}

id! {
    /// A team.
    TeamId
}

id! {
    /// That somebody opened or took over a report of another's.
    OpeningId
}

id! {
    /// A request to check a report.
    RequestId
}

id! {
    /// A legal hold of a report, or a request to erase it.
    RecordsId
}

id! {
    /// Something said about a section of a report.
    CommentId
}

id! {
    /// A referral to a women's centre.
    ReferralId
}

impl ReportId {
    /// Its number for people, such as `4F2A 9C1B`: its last digits, which are random.
    #[must_use]
    pub fn short(&self) -> String {
        let digits = self.0.simple().to_string().to_uppercase();
        let (_, last) = digits.split_at(digits.len() - 8);
        let (first, second) = last.split_at(4);
        format!("{first} {second}")
    }
}

/// Text that was expected to be an id and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id")]
pub struct NotAnId;

/// A version 7 UUID: ordered by time, so that new rows land together in an index.
pub(super) fn ordered_uuid(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(
        uuid::NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}

/// A secret that a browser holds: a session cookie, or a one-time link. The
/// database keeps only its hash.
#[derive(Clone)]
pub struct Token(Zeroizing<[u8; 32]>);

impl Token {
    /// A token nobody can guess.
    ///
    /// # Errors
    /// The system gave no random bytes.
    pub fn random() -> Result<Self, StoreError> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| StoreError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// The token that a cookie or link spells, if it spells one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        let length = URL_SAFE_NO_PAD
            .decode_slice(text, bytes.as_mut_slice())
            .ok()?;
        (length == bytes.len()).then_some(Self(bytes))
    }

    /// Its text, for the cookie or link and for nothing else.
    #[must_use]
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.as_slice())
    }

    /// The value every form of this browser carries. It comes from the token by a
    /// keyed hash, so it needs no column, and whoever sees it cannot sign in with it.
    #[must_use]
    pub fn csrf(&self) -> String {
        URL_SAFE_NO_PAD.encode(keys::keyed_hash(&self.0, "foreword/csrf/1", b""))
    }

    /// Whether a form carried this browser's value. Takes the same time whatever it
    /// carried.
    #[must_use]
    pub fn csrf_matches(&self, given: &str) -> bool {
        self.csrf().as_bytes().ct_eq(given.as_bytes()).into()
    }

    /// Whether both are the same. Takes the same time whatever they are.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.0.as_slice().ct_eq(other.0.as_slice()).into()
    }

    pub(super) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_slice()).to_vec()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_its_text_and_its_debug_form_shows_nothing() {
        let token = Token::random().unwrap();
        let again = Token::parse(&token.text()).unwrap();
        assert_eq!(token.hash(), again.hash());
        assert!(!format!("{token:?}").contains(&token.text()));
    }

    #[test]
    fn text_that_is_no_token_is_refused() {
        for text in ["", "short", &"A".repeat(42), &"A".repeat(44), "not base64!"] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_form_value_fits_only_its_own_token() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert!(one.csrf_matches(&one.csrf()));
        assert!(!one.csrf_matches(&other.csrf()));
        assert!(!one.csrf_matches(""));
        assert_ne!(one.csrf(), one.text());
    }

    #[test]
    fn a_reports_number_for_people_is_the_end_of_its_id() {
        let id: ReportId = "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5".parse().unwrap();
        assert_eq!(id.short(), "8293 A4B5");
    }

    #[test]
    fn ids_made_later_sort_later() {
        let now = "2026-11-22T10:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let first = ReportId::new(now);
        let second = ReportId::new(now + chrono::TimeDelta::milliseconds(1));
        assert!(first < second);
        assert_eq!(first.to_string().parse(), Ok(first));
        assert_eq!("angela".parse::<ReportId>(), Err(NotAnId));
    }
}
