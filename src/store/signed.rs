//! What was signed: the document to the byte, the text it was made from, and the
//! versions of the content that made it.
//!
//! Here: its shape, its hash, reading it back, and finding the signature on a file. Not
//! here: closing the report, which stores it in the same transaction (`signing`).

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use super::{
    Addendum, AuthorStore, ReportId, SignedMark, Store, StoreError, database::reading, parts::Part,
};

/// A report as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedDocument {
    /// Title of the report.
    pub title: String,
    /// Its text, in Markdown: what the web page and the plain text are made from.
    pub markdown: String,
    /// The Word document.
    #[serde(serialize_with = "as_text", deserialize_with = "from_text")]
    pub docx: Vec<u8>,
    /// Versions of prompts, report text, law and services.
    pub versions: String,
    /// What was still open and accepted as such by whoever signed.
    #[serde(default)]
    pub left_open: Vec<String>,
    /// Who had approved it as it was signed.
    #[serde(default)]
    pub checked: Option<CheckedBy>,
}

/// A second person's approval of what was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedBy {
    /// Her name.
    pub by: String,
    /// The day she approved it.
    pub on: NaiveDate,
}

impl SignedDocument {
    /// SHA-256 of the Word document, 64 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        hash_of(&self.docx)
    }
}

/// SHA-256 of a file, 64 hexadecimal digits: the name a signed document is found by.
#[must_use]
pub fn hash_of(file: &[u8]) -> String {
    hex::encode(Sha256::digest(file))
}

/// The signature on a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureFound {
    /// The report.
    pub report: ReportId,
    /// Who signed, and when.
    pub mark: SignedMark,
    /// True where the stored document is the file, byte for byte.
    pub same: bool,
    /// Versions of the content that made it.
    pub versions: String,
    /// Which addendum the file is, where it is none of the reports themselves.
    pub addendum: Option<OfAddendum>,
}

/// An addendum, as a signature on it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfAddendum {
    /// Its number in the report.
    pub number: i64,
    /// The signature on the report it belongs to.
    pub report: SignedMark,
}

/// Bytes as text, for the sealed JSON.
pub(super) fn as_text<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&BASE64_STANDARD.encode(bytes))
}

/// Bytes from that text.
pub(super) fn from_text<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(d)?;
    BASE64_STANDARD.decode(text).map_err(D::Error::custom)
}

#[derive(FromRow)]
struct SignatureRecord {
    report_id: String,
    content: Vec<u8>,
    signed_at: DateTime<Utc>,
    signed_by: String,
    wrapped: Vec<u8>,
}

#[derive(FromRow)]
struct AddendumRecord {
    report_id: String,
    number: i64,
    content: Vec<u8>,
    signed_at: DateTime<Utc>,
    signed_by: String,
    report_at: DateTime<Utc>,
    report_by: String,
    wrapped: Vec<u8>,
}

impl AuthorStore<'_> {
    /// One of her reports as it was signed; `None` where it is not hers or not signed.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn signed_document(
        self,
        report: ReportId,
    ) -> Result<Option<SignedDocument>, StoreError> {
        let found: Option<(Vec<u8>, Vec<u8>)> = reading!(&self.store.database, |pool| {
            sqlx::query_as(
                "SELECT d.content, k.wrapped FROM signed_document d
                 JOIN report r ON r.id = d.report_id JOIN report_key k ON k.report_id = r.id
                 WHERE d.report_id = $1 AND r.owner_id = $2",
            )
            .bind(report.to_string())
            .bind(self.account.to_string())
            .fetch_optional(pool)
            .await?
        });
        let open = |(sealed, wrapped): (Vec<u8>, Vec<u8>)| {
            let key = self.store.keys.report_key(report, &wrapped)?;
            key.open(Part::Signed, &sealed)
        };
        found.map(open).transpose()
    }
}

impl Store {
    /// The signature on a file, where it is one that was signed here.
    ///
    /// # Errors
    /// The database failed, or what it holds does not open.
    pub async fn signature_on(&self, file: &[u8]) -> Result<Option<SignatureFound>, StoreError> {
        let found: Option<SignatureRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT d.report_id, d.content, r.signed_at, a.display_name AS signed_by, k.wrapped
                 FROM signed_document d
                 JOIN report r ON r.id = d.report_id
                 JOIN report_key k ON k.report_id = r.id
                 JOIN account a ON a.id = r.signed_by
                 WHERE d.hash = $1",
            )
            .bind(hash_of(file))
            .fetch_optional(pool)
            .await?
        });
        let Some(found) = found else {
            return self.signature_on_addendum(file).await;
        };
        let report: ReportId = found
            .report_id
            .parse()
            .map_err(|_| StoreError::unreadable("the id of a signed report"))?;
        let key = self.keys.report_key(report, &found.wrapped)?;
        let document: SignedDocument = key.open(Part::Signed, &found.content)?;
        Ok(Some(SignatureFound {
            report,
            mark: SignedMark {
                at: found.signed_at,
                by: found.signed_by,
            },
            same: document.docx == file,
            versions: document.versions,
            addendum: None,
        }))
    }

    /// The signature on a file that is an addendum.
    async fn signature_on_addendum(
        &self,
        file: &[u8],
    ) -> Result<Option<SignatureFound>, StoreError> {
        let found: Option<AddendumRecord> = reading!(&self.database, |pool| {
            sqlx::query_as(
                "SELECT d.report_id, d.number, d.content, d.signed_at,
                 a.display_name AS signed_by, r.signed_at AS report_at,
                 b.display_name AS report_by, k.wrapped
                 FROM addendum d
                 JOIN report r ON r.id = d.report_id
                 JOIN report_key k ON k.report_id = r.id
                 JOIN account a ON a.id = d.signed_by
                 JOIN account b ON b.id = r.signed_by
                 WHERE d.hash = $1",
            )
            .bind(hash_of(file))
            .fetch_optional(pool)
            .await?
        });
        let Some(found) = found else { return Ok(None) };
        let report: ReportId = found
            .report_id
            .parse()
            .map_err(|_| StoreError::unreadable("the id of a signed report"))?;
        let key = self.keys.report_key(report, &found.wrapped)?;
        let addendum: Addendum = key.open(Part::Addendum(found.number), &found.content)?;
        Ok(Some(SignatureFound {
            report,
            mark: SignedMark {
                at: found.signed_at,
                by: found.signed_by,
            },
            same: addendum.docx == file,
            versions: addendum.versions,
            addendum: Some(OfAddendum {
                number: found.number,
                report: SignedMark {
                    at: found.report_at,
                    by: found.report_by,
                },
            }),
        }))
    }
}
