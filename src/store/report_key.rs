//! The key of one report: random, made with the report, kept sealed with the database's
//! (`report_key` in the database), and the only one that seals or opens anything of it.
//! Whoever destroys it has destroyed the report, in every copy of its rows.
//!
//! A key is nowhere kept in memory: it is read with the rows that it opens, so that no
//! process can still open what another has erased. A report that has no key is none.
//!
//! Not here: what is sealed (`parts`), or how (`seal`).

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::{
    ReportId, StoreError,
    keys::{KEY_LENGTH, Keys},
    parts::Part,
    seal::{FORM_OF_DATABASE, FORM_OF_REPORT, open_bytes, seal_bytes, text_of, value_of},
};

/// The key of one report. Erased from memory when dropped, and never printed.
pub(super) struct ReportKey {
    report: ReportId,
    key: Zeroizing<[u8; KEY_LENGTH]>,
}

/// What a wrapped key is bound to: one report's cannot be given to another.
struct KeyOf(ReportId);

impl fmt::Display for KeyOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the key of report {}", self.0)
    }
}

impl ReportKey {
    /// A new random key for a report.
    pub(super) fn random(report: ReportId) -> Result<Self, StoreError> {
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        getrandom::fill(key.as_mut_slice()).map_err(|_| StoreError::NoRandomness)?;
        Ok(Self { report, key })
    }

    /// Whose it is.
    pub(super) fn report(&self) -> ReportId {
        self.report
    }

    /// Seals a value as one part of the report.
    pub(super) fn seal<T: Serialize>(
        &self,
        part: Part<'_>,
        value: &T,
    ) -> Result<Vec<u8>, StoreError> {
        let what = part.of(self.report);
        self.seal_text(part, &text_of(&what, value)?)
    }

    /// Opens what was sealed as this part of the report, and nothing else: not what the
    /// database's key sealed before reports had keys.
    pub(super) fn open<T: DeserializeOwned>(
        &self,
        part: Part<'_>,
        whole: &[u8],
    ) -> Result<T, StoreError> {
        let what = part.of(self.report);
        let text = open_bytes(&self.key, FORM_OF_REPORT, &what, whole)?;
        value_of(&what, &text)
    }

    /// Seals the text of a value.
    pub(super) fn seal_text(&self, part: Part<'_>, text: &[u8]) -> Result<Vec<u8>, StoreError> {
        let what = part.of(self.report);
        seal_bytes(&self.key, FORM_OF_REPORT, &what, text)
    }
}

impl fmt::Debug for ReportKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReportKey(not shown)")
    }
}

impl Keys {
    /// A report's key as it is kept.
    pub(super) fn wrap(&self, key: &ReportKey) -> Result<Vec<u8>, StoreError> {
        let what = KeyOf(key.report);
        seal_bytes(&self.reports, FORM_OF_DATABASE, &what, key.key.as_slice())
    }

    /// The key of this report, from what is kept of it.
    pub(super) fn report_key(
        &self,
        report: ReportId,
        wrapped: &[u8],
    ) -> Result<ReportKey, StoreError> {
        let what = KeyOf(report);
        let bytes = open_bytes(&self.reports, FORM_OF_DATABASE, &what, wrapped)?;
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        if bytes.len() != KEY_LENGTH {
            return Err(StoreError::unreadable(what.to_string()));
        }
        key.copy_from_slice(&bytes);
        Ok(ReportKey { report, key })
    }

    /// The text of a part as the database's key sealed it, before reports had keys.
    pub(super) fn open_earlier(
        &self,
        report: ReportId,
        part: Part<'_>,
        whole: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        open_bytes(&self.content, FORM_OF_DATABASE, &part.of(report), whole)
    }
}

/// The key of a report, read from a pool or in a transaction of either engine; none where
/// it has none, and so is no report.
macro_rules! key_of {
    ($from:expr, $keys:expr, $report:expr) => {{
        let wrapped: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT wrapped FROM report_key WHERE report_id = $1")
                .bind($report.to_string())
                .fetch_optional($from)
                .await?;
        wrapped
            .map(|wrapped| $keys.report_key($report, &wrapped))
            .transpose()?
    }};
}
pub(super) use key_of;

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
    fn what_is_sealed_opens_as_its_own_part_with_its_own_key_only() {
        let (mine, other) = (report(), report());
        let (key, others) = (
            ReportKey::random(mine).unwrap(),
            ReportKey::random(other).unwrap(),
        );
        let words = json!({"place": "answers.alcohol", "value": "She drinks to sleep."});
        let sealed = key.seal(Part::Revision(3), &words).unwrap();

        let opened: Value = key.open(Part::Revision(3), &sealed).unwrap();
        assert_eq!(opened, words);
        for elsewhere in [Part::Revision(4), Part::Head(3), Part::Summary(3)] {
            assert!(key.open::<Value>(elsewhere, &sealed).is_err());
        }
        assert!(others.open::<Value>(Part::Revision(3), &sealed).is_err());
        let again = ReportKey::random(mine).unwrap();
        assert!(again.open::<Value>(Part::Revision(3), &sealed).is_err());
    }

    #[test]
    fn a_changed_byte_opens_nothing() {
        let key = ReportKey::random(report()).unwrap();
        let sealed = key.seal(Part::Head(1), &json!("words")).unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open::<Value>(Part::Head(1), &changed).is_err(), "{at}");
            assert!(key.open::<Value>(Part::Head(1), &sealed[..at]).is_err());
        }
    }

    #[test]
    fn a_wrapped_key_is_its_reports_alone_and_this_databases() {
        let (keys, mine) = (keys(), report());
        let key = ReportKey::random(mine).unwrap();
        let wrapped = keys.wrap(&key).unwrap();
        assert_eq!(*keys.report_key(mine, &wrapped).unwrap().key, *key.key);
        assert!(keys.report_key(report(), &wrapped).is_err());
        assert!(self::keys().report_key(mine, &wrapped).is_err());
        assert!(keys.report_key(mine, b"").is_err());
        assert!(!format!("{key:?}").contains(&hex::encode(*key.key)));
    }

    #[test]
    fn what_the_databases_key_sealed_is_refused() {
        let (keys, mine) = (keys(), report());
        let key = ReportKey::random(mine).unwrap();
        let what = Part::Head(1).of(mine);
        let earlier = seal_bytes(&keys.content, FORM_OF_DATABASE, &what, b"\"words\"").unwrap();
        let opened = keys.open_earlier(mine, Part::Head(1), &earlier).unwrap();
        assert_eq!(opened.as_slice(), b"\"words\"");
        assert!(key.open::<Value>(Part::Head(1), &earlier).is_err());
        // Nor where it says that the report's key did, nor the other way round.
        let renamed = [&[FORM_OF_REPORT][..], &earlier[1..]].concat();
        assert!(key.open::<Value>(Part::Head(1), &renamed).is_err());
        let sealed = key.seal(Part::Head(1), &json!("words")).unwrap();
        assert!(keys.open_earlier(mine, Part::Head(1), &sealed).is_err());
    }
}
