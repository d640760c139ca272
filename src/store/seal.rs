//! Sealing: content goes into the database as XChaCha20-Poly1305, bound to the one
//! row it belongs to. A sealed value that is copied to another report, or to another
//! revision of the same one, does not open.
//!
//! Not here: the keys (`keys`) and what is written where (`reports`). A new kind of
//! sealed column is a new [`Row`].

use std::fmt;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::{
    AccountId, CommentId, OpeningId, RecordsId, ReferralId, ReportId, RequestId, StoreError,
    keys::Keys,
};

/// First byte of every sealed value, so that another cipher can follow one day.
const FORM: u8 = 1;
const NONCE_LENGTH: usize = 24;
/// Sealed text is filled up with spaces to a multiple of this, so that its length
/// says little: *prefers not to say* must not be told from a short answer.
const GRAIN: usize = 64;

/// The row a sealed value belongs to.
#[derive(Clone, Copy)]
pub(super) enum Row<'a> {
    /// One write of a report's log.
    Revision(ReportId, i64),
    /// A report's case file as it stood at a revision.
    Head(ReportId, i64),
    /// What a list shows of a report, at a revision.
    Summary(ReportId, i64),
    /// What an author could not save on a page, by the page's keyed hash.
    Unsent(ReportId, AccountId, &'a [u8]),
    /// A record of the directory with a place that must not be known.
    DirectoryRecord(&'a str),
    /// A report as it was signed.
    Signed(ReportId),
    /// What an author wrote to whoever she asked to check a report.
    Review(ReportId, RequestId),
    /// What was said about a section of a report.
    ReviewComment(ReportId, CommentId),
    /// Why somebody opened or took over a report of another's.
    Opening(ReportId, OpeningId),
    /// Something added to a report after it was signed, by its number.
    Addendum(ReportId, i64),
    /// A version of her plan, by its number.
    Plan(ReportId, i64),
    /// Why a report was put under a legal hold.
    Hold(ReportId, RecordsId),
    /// Why it was lifted.
    HoldLifted(ReportId, RecordsId),
    /// What an administrator noted who asks for a report to be erased.
    Erasure(ReportId, RecordsId),
    /// What was shared with a women's centre.
    Referral(ReferralId),
    /// Something either side wrote about a referral.
    ReferralMessage(ReferralId, CommentId),
    /// An assessment as it is being written.
    AssessmentDraft(ReferralId),
    /// A version of a centre's reply.
    AssessmentReply(ReferralId, i64),
    /// A sign-in on its way to a provider, by the hash of its secret.
    SignIn(&'a [u8]),
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Revision(report, seq) => write!(f, "revision {seq} of report {report}"),
            Self::Head(report, seq) => write!(f, "report {report} at revision {seq}"),
            Self::Summary(report, seq) => {
                write!(f, "the summary of report {report} at revision {seq}")
            }
            Self::Unsent(report, account, page) => {
                write!(
                    f,
                    "what {account} could not save in report {report} on page "
                )?;
                f.write_str(&hex::encode(page))
            }
            Self::Signed(report) => write!(f, "report {report} as it was signed"),
            Self::Review(report, request) => {
                write!(f, "request {request} to check report {report}")
            }
            Self::ReviewComment(report, comment) => {
                write!(f, "comment {comment} on report {report}")
            }
            Self::Opening(report, opening) => {
                write!(f, "opening {opening} of report {report}")
            }
            Self::Addendum(report, number) => {
                write!(f, "addendum {number} to report {report}")
            }
            Self::Plan(report, number) => {
                write!(f, "version {number} of the plan of report {report}")
            }
            Self::Hold(report, hold) => write!(f, "hold {hold} of report {report}"),
            Self::HoldLifted(report, hold) => {
                write!(f, "the lifting of hold {hold} of report {report}")
            }
            Self::Erasure(report, request) => {
                write!(f, "request {request} to erase report {report}")
            }
            Self::Referral(referral) => write!(f, "referral {referral}"),
            Self::ReferralMessage(referral, message) => {
                write!(f, "message {message} of referral {referral}")
            }
            Self::AssessmentDraft(referral) => {
                write!(f, "the assessment being written for referral {referral}")
            }
            Self::AssessmentReply(referral, version) => {
                write!(f, "reply {version} to referral {referral}")
            }
            Self::SignIn(state) => write!(f, "sign-in {}", hex::encode(state)),
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
        let fault = || StoreError::unreadable(row.to_string());
        let mut text = Zeroizing::new(serde_json::to_vec(value).map_err(|_| fault())?);
        let filled = text.len().next_multiple_of(GRAIN);
        text.resize(filled, b' ');

        let mut nonce = [0; NONCE_LENGTH];
        getrandom::fill(&mut nonce).map_err(|_| StoreError::NoRandomness)?;
        let sealed = self
            .cipher()
            .encrypt(
                &nonce.into(),
                Payload {
                    msg: &text,
                    aad: row.to_string().as_bytes(),
                },
            )
            .map_err(|_| fault())?;

        let mut whole = Vec::with_capacity(1 + NONCE_LENGTH + sealed.len());
        whole.push(FORM);
        whole.extend_from_slice(&nonce);
        whole.extend_from_slice(&sealed);
        Ok(whole)
    }

    /// Opens what was sealed for this row, and nothing else.
    pub(super) fn open<T: DeserializeOwned>(
        &self,
        row: Row<'_>,
        whole: &[u8],
    ) -> Result<T, StoreError> {
        let fault = || StoreError::unreadable(row.to_string());
        let (&FORM, rest) = whole.split_first().ok_or_else(fault)? else {
            return Err(fault());
        };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or_else(fault)?;
        let text = self
            .cipher()
            .decrypt(
                nonce.into(),
                Payload {
                    msg: sealed,
                    aad: row.to_string().as_bytes(),
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| fault())?;
        serde_json::from_slice(&text).map_err(|_| fault())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.content).into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::store::SecretKey;

    fn keys() -> Keys {
        Keys::derive(&SecretKey::random().unwrap())
    }

    fn report() -> ReportId {
        ReportId::new("2026-11-22T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn what_is_sealed_opens_in_its_own_row_only() {
        let (keys, one, other) = (keys(), report(), report());
        let words = json!({"place": "answers.alcohol", "value": "She drinks to sleep."});
        let sealed = keys.seal(Row::Revision(one, 3), &words).unwrap();

        assert_eq!(
            keys.open::<Value>(Row::Revision(one, 3), &sealed).unwrap(),
            words
        );
        for elsewhere in [
            Row::Revision(other, 3),
            Row::Revision(one, 4),
            Row::Head(one, 3),
            Row::Summary(one, 3),
        ] {
            assert!(
                keys.open::<Value>(elsewhere, &sealed).is_err(),
                "{elsewhere}"
            );
        }
    }

    #[test]
    fn another_key_or_a_changed_byte_opens_nothing() {
        let (mine, row) = (keys(), Row::Head(report(), 1));
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
        let (keys, row) = (keys(), Row::Head(report(), 1));
        let seal = |value: Value| keys.seal(row, &value).unwrap();
        assert_ne!(seal(json!("no")), seal(json!("no")));
        assert_eq!(
            seal(json!("no")).len(),
            seal(json!("prefers not to say")).len()
        );
    }
}
