//! The database: reports as logs of revisions, accounts, sessions, audit; on SQLite
//! or PostgreSQL, with everything about a woman sealed. The only room that knows SQL.
//!
//! Not here: what a case file means, or who may see which page. To store one more
//! thing: a migration in both folders, a file here with its statements, a case in
//! `tests/storage/`, which runs on both engines.

mod accounts;
mod addenda;
mod administering;
mod at_once;
mod audit;
mod backup;
mod colleagues;
mod consultancy;
mod content;
mod database;
mod directory;
mod error;
mod folder;
mod head;
mod ids;
mod keepers;
mod keys;
mod known;
mod openid;
mod opening;
mod parts;
mod password_links;
mod passwords;
mod plans;
mod postgres;
mod records;
mod report_key;
mod reports;
mod resealing;
mod restricted;
mod review;
mod roles;
mod saving;
mod seal;
mod sealed;
mod second_step;
mod sessions;
mod settings;
mod setup;
mod sign_in;
mod signed;
mod signing;
mod sqlite;
mod standing;
mod summary;
mod teams;
mod trail;
mod unmet;
mod unsent;
mod versions;

use std::sync::Arc;

pub use accounts::{Account, AccountError, NewAccount};
pub use addenda::{Added, Addendum, SignedAddendum};
pub use administering::{AccountChange, RolesError};
pub use audit::{
    Action, AuditEntry, AuditPage, AuditQuery, AuditRow, AuditorStore, Broken, Whole, audit_as_csv,
};
pub use backup::{
    BackupContents, BackupError, BackupKey, BackupRecipient, KeysFile, keys_file_of, look_through,
};
pub use colleagues::{BROKEN_FOR, Broke, ColleagueStore, MayRead, OfColleague};
pub use consultancy::{
    AssessorStore, Awaited, Awaiting, DraftSave, KeptDraft, KeptReferral, KeptReply, Message,
    ReferralState, Replied, Sent, Side,
};
pub use directory::{Changed, Importing, KeptRecord, RecordAct, RecordChange, TakenOver};
pub use error::StoreError;
pub use ids::{
    AccountId, CommentId, NotAnId, OpeningId, RecordsId, ReferralId, ReportId, RequestId, TeamId,
    Token,
};
pub use keepers::{Belongs, KeepError, KeeperStore};
pub use keys::SecretKey;
pub use openid::{KnownElsewhere, SignInElsewhere, SignInOnItsWay};
pub use passwords::{NewPassword, PasswordFault, SHORTEST_PASSWORD};
pub use plans::{PlanKept, PlanSave, PlanVersion};
pub use records::{
    Erased, Erasing, ErasureAsked, ErasureRequest, Hold, HoldSet, Lifted, OnRecord, RecordsStore,
    emptied_tables, kept_tables,
};
pub use reports::{AuthorStore, LoadedReport, RevisionRow, StateName};
pub use restricted::{NamedPerson, Opening, OpeningKind};
pub use review::{
    Asked, AskedOf, CheckerStore, Decided, Decision, Named, ReviewComment, ReviewRequest,
    ReviewState,
};
pub use roles::{Role, Roles};
pub use saving::{NewReport, Save, SaveError, Stale};
pub use second_step::{Confirmed, Finished, Held, Removal, SecondStep, SharedSecret, TurnedOff};
pub use sessions::{Session, SessionLimits};
pub use settings::{DATABASE_FILE, KEY_FILE, KeySource, StoreSettings};
pub use sign_in::SignIn;
pub use signed::{CheckedBy, OfAddendum, SignatureFound, SignedDocument, hash_of};
pub use signing::{SignedMark, Signing};
pub use summary::{ReportRow, TakenIn};
pub use teams::{Team, TeamOfArea};
pub use trail::TrailRow;
pub use unmet::{UnmetCount, UnmetNeed};
pub use unsent::{MOST_UNSENT, Unsent};

/// The open database. Cloning it is cheap and shares the connections.
#[derive(Clone)]
pub struct Store {
    database: database::Database,
    keys: Arc<keys::Keys>,
    known: Arc<known::Known>,
    passwords: passwords::Passwords,
}

impl Store {
    /// The part of the store that one author may use: her own reports. Holding it is
    /// the permission; nothing in it takes another account.
    #[must_use]
    pub fn as_author(&self, account: AccountId) -> AuthorStore<'_> {
        AuthorStore::new(self, account)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("engine", &self.engine())
            .finish_non_exhaustive()
    }
}
