//! Referrals to women's centres and what came back: who sees what, and until when.
//!
//! Here: the shapes, and reading them. Not here: the author's side (`author`), the
//! centre's (`assessor`), or what any of it means (`crate::consultancy`). What either
//! wrote is sealed; plain columns hold what routing needs and nothing of her.

mod assessing;
mod assessor;
mod author;
mod awaiting;

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use sqlx::FromRow;

pub use self::{
    assessing::{DraftSave, Replied},
    assessor::AssessorStore,
    author::Sent,
    awaiting::{Awaited, Awaiting},
};
use super::{
    CommentId, ReferralId, ReportId, StoreError, keys::Keys, parts::Part, report_key::ReportKey,
};
use crate::{case::Assessment, consultancy::Referral};

/// How a referral stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferralState {
    /// Sent, and not answered.
    Sent,
    /// The centre will assess her.
    Accepted,
    /// The centre will not.
    Declined,
    /// The centre has signed an assessment.
    Replied,
    /// The centre took its last assessment back.
    TakenBack,
    /// She withdrew her consent: the centre sees nothing of her.
    ConsentWithdrawn,
    /// The author sent it again: the centre works from the newer one.
    Replaced,
}

impl ReferralState {
    const ALL: [Self; 7] = [
        Self::Sent,
        Self::Accepted,
        Self::Declined,
        Self::Replied,
        Self::TakenBack,
        Self::ConsentWithdrawn,
        Self::Replaced,
    ];

    /// True where the centre may read what was shared.
    #[must_use]
    pub fn is_shared(self) -> bool {
        !matches!(
            self,
            Self::ConsentWithdrawn | Self::Replaced | Self::Declined
        )
    }

    /// True where a reply is awaited.
    #[must_use]
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::Sent | Self::Accepted | Self::TakenBack)
    }
}

impl fmt::Display for ReferralState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Replied => "replied",
            Self::TakenBack => "taken-back",
            Self::ConsentWithdrawn => "consent-withdrawn",
            Self::Replaced => "replaced",
        })
    }
}

impl FromStr for ReferralState {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        all.find(|state| state.to_string() == text)
            .ok_or_else(|| StoreError::unreadable("how a referral stands"))
    }
}

/// Who wrote something about a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The author of the report.
    Author,
    /// The centre.
    Centre,
}

/// Something either side wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Whose.
    pub side: Side,
    /// Who, by name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub text: String,
}

/// One version of a centre's reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReply {
    /// From 1.
    pub version: i64,
    /// Who signed it, by name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What it says; none where this version takes the one before back.
    pub assessment: Option<Assessment>,
}

/// An assessment as it is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// Its revision.
    pub revision: i64,
    /// Who saved it last.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Names and values, as they were typed.
    pub form: Vec<(String, String)>,
}

/// A referral with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReferral {
    /// Its id.
    pub id: ReferralId,
    /// How it stands.
    pub state: ReferralState,
    /// Who sent it, by name.
    pub by: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When it last changed its state.
    pub changed_at: DateTime<Utc>,
    /// What was shared; none where the reader may not see it any more.
    pub referral: Option<Referral>,
    /// What was written, oldest first.
    pub messages: Vec<Message>,
    /// Every version of the reply, oldest first.
    pub replies: Vec<KeptReply>,
}

impl KeptReferral {
    /// The reply that stands: the last one, where it was not taken back.
    #[must_use]
    pub fn reply(&self) -> Option<(&KeptReply, &Assessment)> {
        let last = self.replies.last()?;
        last.assessment.as_ref().map(|a| (last, a))
    }
}

#[derive(FromRow)]
struct ReferralRecord {
    id: String,
    report_id: String,
    state: String,
    sender: String,
    sent_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    content: Vec<u8>,
    wrapped: Vec<u8>,
}

#[derive(FromRow)]
struct MessageRecord {
    id: String,
    referral_id: String,
    side: String,
    writer: String,
    at: DateTime<Utc>,
    content: Vec<u8>,
}

#[derive(FromRow)]
struct ReplyRecord {
    referral_id: String,
    version: i64,
    act: String,
    signer: String,
    at: DateTime<Utc>,
    content: Vec<u8>,
}

/// The rows of some referrals.
struct Rows {
    referrals: Vec<ReferralRecord>,
    messages: Vec<MessageRecord>,
    replies: Vec<ReplyRecord>,
}

impl Rows {
    /// Opens them. `may_see` says of a state whether its content is for this reader; what
    /// is not is not even opened.
    fn opened(
        self,
        keys: &Keys,
        may_see: impl Fn(ReferralState) -> bool,
    ) -> Result<Vec<KeptReferral>, StoreError> {
        let unreadable = || StoreError::unreadable("a referral");
        let one = |row: ReferralRecord| {
            let id: ReferralId = row.id.parse().map_err(|_| unreadable())?;
            let report: ReportId = row.report_id.parse().map_err(|_| unreadable())?;
            let key = keys.report_key(report, &row.wrapped)?;
            let state: ReferralState = row.state.parse()?;
            let sees = may_see(state);
            let messages = self
                .messages
                .iter()
                .filter(|m| sees && m.referral_id == row.id);
            let replies = self
                .replies
                .iter()
                .filter(|r| sees && r.referral_id == row.id);
            Ok(KeptReferral {
                id,
                state,
                by: row.sender,
                sent_at: row.sent_at,
                changed_at: row.changed_at,
                referral: sees
                    .then(|| key.open(Part::Referral(id), &row.content))
                    .transpose()?,
                messages: messages
                    .map(|m| message(&key, id, m))
                    .collect::<Result<_, _>>()?,
                replies: replies
                    .map(|r| reply(&key, id, r))
                    .collect::<Result<_, _>>()?,
            })
        };
        self.referrals.into_iter().map(one).collect()
    }
}

fn message(
    key: &ReportKey,
    referral: ReferralId,
    row: &MessageRecord,
) -> Result<Message, StoreError> {
    let id: CommentId = row
        .id
        .parse()
        .map_err(|_| StoreError::unreadable("a message of a referral"))?;
    Ok(Message {
        side: if row.side == "centre" {
            Side::Centre
        } else {
            Side::Author
        },
        by: row.writer.clone(),
        at: row.at,
        text: key.open(Part::ReferralMessage(referral, id), &row.content)?,
    })
}

fn reply(
    key: &ReportKey,
    referral: ReferralId,
    row: &ReplyRecord,
) -> Result<KeptReply, StoreError> {
    let assessment = match row.act.as_str() {
        "signed" => Some(key.open(Part::AssessmentReply(referral, row.version), &row.content)?),
        _ => None,
    };
    Ok(KeptReply {
        version: row.version,
        by: row.signer.clone(),
        at: row.at,
        assessment,
    })
}

/// The rows of referrals that a condition picks, soonest reply first. A macro, because it
/// reads from either engine; the condition is over `f`, the referral.
macro_rules! referrals_where {
    ($pool:ident, $condition:literal, $($bound:expr),+) => {{
        let referrals: Vec<$crate::store::consultancy::ReferralRecord> = sqlx::query_as(concat!(
            "SELECT f.id, f.report_id, f.state, a.display_name AS sender, f.sent_at, f.changed_at,
             f.content, k.wrapped FROM referral f JOIN account a ON a.id = f.sent_by
             JOIN report_key k ON k.report_id = f.report_id WHERE ",
            $condition,
            " ORDER BY f.reply_by, f.sent_at, f.id"
        ))
        $(.bind($bound))+
        .fetch_all($pool)
        .await?;
        let messages: Vec<$crate::store::consultancy::MessageRecord> = sqlx::query_as(concat!(
            "SELECT m.id, m.referral_id, m.side, a.display_name AS writer, m.at, m.content
             FROM referral_message m JOIN account a ON a.id = m.by_account_id
             JOIN referral f ON f.id = m.referral_id WHERE ",
            $condition,
            " ORDER BY m.at, m.id"
        ))
        $(.bind($bound))+
        .fetch_all($pool)
        .await?;
        let replies: Vec<$crate::store::consultancy::ReplyRecord> = sqlx::query_as(concat!(
            "SELECT r.referral_id, r.version, r.act, a.display_name AS signer, r.at, r.content
             FROM assessment_reply r JOIN account a ON a.id = r.signed_by
             JOIN referral f ON f.id = r.referral_id WHERE ",
            $condition,
            " ORDER BY r.version"
        ))
        $(.bind($bound))+
        .fetch_all($pool)
        .await?;
        $crate::store::consultancy::Rows { referrals, messages, replies }
    }};
}
use referrals_where;

/// Adds a message in a transaction of either engine.
macro_rules! insert_message {
    ($tx:ident, $key:expr, $referral:expr, $side:literal, $by:expr, $text:expr, $now:expr) => {{
        let id = $crate::store::CommentId::new($now);
        let part = $crate::store::parts::Part::ReferralMessage($referral, id);
        let sealed = $key.seal(part, &$text)?;
        sqlx::query(
            "INSERT INTO referral_message (id, referral_id, side, by_account_id, at, content)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.to_string())
        .bind($referral.to_string())
        .bind($side)
        .bind($by.to_string())
        .bind($now)
        .bind(&sealed)
        .execute(&mut *$tx)
        .await?;
    }};
}
use insert_message;
