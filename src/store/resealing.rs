//! Reports from before reports had keys of their own: each is given one, and everything of
//! it is sealed anew with it, once, before anything is served.
//!
//! The migration left an empty value for each of these reports. One report is one
//! transaction, which holds that value first: of several programs that start at once, one
//! does it and the others go on. Only what has an empty value is done, so that a report that
//! was erased, and whose old rows somebody puts back, never gets a key again.
//!
//! A value that does not open is left as it is: it could not be read before either.

use sqlx::{AssertSqlSafe, FromRow};

use super::{
    ReportId, StoreError,
    database::{Database, reading, writing},
    keys::Keys,
    parts::Part,
    report_key::ReportKey,
};

#[derive(FromRow)]
struct KeylessRecord {
    report_id: String,
}

/// Gives every report its key that has none yet.
pub(super) async fn give_keys(database: &Database, keys: &Keys) -> Result<(), StoreError> {
    let found: Vec<KeylessRecord> = reading!(database, |pool| {
        sqlx::query_as("SELECT report_id FROM report_key WHERE LENGTH(wrapped) = 0")
            .fetch_all(pool)
            .await?
    });
    for row in found {
        let report: Result<ReportId, _> = row.report_id.parse();
        let report = report.map_err(|_| StoreError::unreadable("a report's id"))?;
        reseal(database, &Anew::of(report, keys)?).await?;
    }
    Ok(())
}

/// A report's new key, and what opens its values so far.
struct Anew<'a> {
    keys: &'a Keys,
    key: ReportKey,
    wrapped: Vec<u8>,
}

impl<'a> Anew<'a> {
    fn of(report: ReportId, keys: &'a Keys) -> Result<Self, StoreError> {
        let key = ReportKey::random(report)?;
        let wrapped = keys.wrap(&key)?;
        Ok(Self { keys, key, wrapped })
    }

    /// A value sealed anew; none where it does not open as this part.
    fn seal(&self, part: Option<Part<'_>>, whole: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(part) = part else { return Ok(None) };
        let text = self.keys.open_earlier(self.key.report(), part, whole).ok();
        text.map(|text| self.key.seal_text(part, &text)).transpose()
    }
}

/// Seals columns of a report's rows anew, in a transaction of either engine: for each the
/// table, the column, which rows are the report's, the columns that find a row again, and
/// which part of the report it holds.
macro_rules! columns {
    ($tx:ident, $anew:ident; $(
        $table:literal, $column:literal, $of:literal,
        [$($name:ident: $kind:ty),+] => $part:expr;
    )+) => {$({
        let names = [$(stringify!($name)),+];
        let select = format!(
            concat!("SELECT ", $column, ", {} FROM ", $table, " WHERE ", $of),
            names.join(", ")
        );
        let update = format!(
            concat!("UPDATE ", $table, " SET ", $column, " = $1 WHERE {}"),
            found_by(&names)
        );
        let rows: Vec<(Vec<u8>, $($kind),+)> = sqlx::query_as(AssertSqlSafe(select))
            .bind($anew.key.report().to_string())
            .fetch_all(&mut *$tx)
            .await?;
        for (content, $($name),+) in &rows {
            if let Some(sealed) = $anew.seal($part, content)? {
                sqlx::query(AssertSqlSafe(update.clone()))
                    .bind(sealed)
                    $(.bind($name))+
                    .execute(&mut *$tx)
                    .await?;
            }
        }
    })+};
}

/// The condition that finds a row again by these columns, after one parameter.
fn found_by(names: &[&str]) -> String {
    let each = (2..).zip(names).map(|(at, name)| format!("{name} = ${at}"));
    each.collect::<Vec<_>>().join(" AND ")
}

async fn reseal(database: &Database, anew: &Anew<'_>) -> Result<(), StoreError> {
    writing!(database, |tx| {
        let held = sqlx::query(
            "UPDATE report_key SET wrapped = $2 WHERE report_id = $1 AND LENGTH(wrapped) = 0",
        )
        .bind(anew.key.report().to_string())
        .bind(&anew.wrapped)
        .execute(&mut *tx)
        .await?;
        if held.rows_affected() == 0 {
            return Ok(());
        }
        columns!(tx, anew;
            "report", "summary", "id = $1",
            [id: String, revision: i64] => Some(Part::Summary(*revision));
            "revision", "content", "report_id = $1",
            [report_id: String, seq: i64] => Some(Part::Revision(*seq));
            "report_head", "content", "report_id = $1",
            [report_id: String, revision: i64] => Some(Part::Head(*revision));
            "unsent", "content", "report_id = $1",
            [report_id: String, account_id: String, page: Vec<u8>]
                => account_id.parse().ok().map(|account| Part::Unsent(account, page));
            "signed_document", "content", "report_id = $1",
            [report_id: String] => Some(Part::Signed);
            "addendum", "content", "report_id = $1",
            [report_id: String, number: i64] => Some(Part::Addendum(*number));
            "plan_version", "content", "report_id = $1",
            [report_id: String, number: i64] => Some(Part::Plan(*number));
            "report_opening", "content", "report_id = $1",
            [id: String] => id.parse().ok().map(Part::Opening);
            "review_request", "content", "report_id = $1",
            [id: String] => id.parse().ok().map(Part::Review);
            "review_comment", "content",
            "request_id IN (SELECT id FROM review_request WHERE report_id = $1)",
            [id: String] => id.parse().ok().map(Part::ReviewComment);
            "referral", "content", "report_id = $1",
            [id: String] => id.parse().ok().map(Part::Referral);
            "referral_message", "content",
            "referral_id IN (SELECT id FROM referral WHERE report_id = $1)",
            [referral_id: String, id: String] => referral_id.parse().ok()
                .zip(id.parse().ok()).map(|(of, id)| Part::ReferralMessage(of, id));
            "assessment_draft", "content",
            "referral_id IN (SELECT id FROM referral WHERE report_id = $1)",
            [referral_id: String] => referral_id.parse().ok().map(Part::AssessmentDraft);
            "assessment_reply", "content",
            "referral_id IN (SELECT id FROM referral WHERE report_id = $1)",
            [referral_id: String, version: i64] => referral_id.parse().ok()
                .map(|of| Part::AssessmentReply(of, *version));
        );
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_again_by_each_of_its_columns() {
        assert_eq!(found_by(&["id"]), "id = $2");
        assert_eq!(
            found_by(&["report_id", "seq"]),
            "report_id = $2 AND seq = $3"
        );
    }
}
