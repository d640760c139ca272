//! What every page of a report leaves in the audit trail: that somebody looked at it, or
//! asked for it and was refused.
//!
//! Lives here: the layer around all pages, so that no page can forget it. Not here: acts
//! that only their own page knows of (a download, a signature, an answer to a check),
//! which it records itself.
//!
//! Going from page to page of one report is one look: another is recorded when a quarter
//! of an hour has gone by since the last. What an auditor asks is who had a report open,
//! and when; not how often she turned the page.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};

use super::{error::Error, state::AppState};
use crate::store::{AccountId, Action, AuditEntry, ReportId};

/// One look lasts this long.
const ONE_LOOK: TimeDelta = TimeDelta::minutes(15);
/// Looks remembered at most, before those that are over are forgotten.
const MOST: usize = 10_000;

/// Who a request turned out to be from, and whether her role was refused: written by
/// `guard`, read here once the answer is known.
#[derive(Debug, Clone, Default)]
pub struct Seen(Arc<SeenInside>);

#[derive(Debug, Default)]
struct SeenInside {
    account: OnceLock<AccountId>,
    refused: OnceLock<()>,
}

impl Seen {
    /// Notes whose request it is.
    pub fn by(parts: &Parts, account: AccountId) {
        if let Some(Self(seen)) = parts.extensions.get() {
            let _ = seen.account.set(account);
        }
    }

    /// Notes that the page is not for her role.
    pub fn refused(parts: &Parts) {
        if let Some(Self(seen)) = parts.extensions.get() {
            let _ = seen.refused.set(());
        }
    }
}

/// When somebody was last seen to look at a report.
type Looks = HashMap<(AccountId, ReportId), DateTime<Utc>>;

/// What the layer needs: the store, and the looks that are going on.
#[derive(Clone)]
pub struct Recorder {
    state: AppState,
    looks: Arc<Mutex<Looks>>,
}

impl Recorder {
    /// A recorder that has seen nothing yet.
    #[must_use]
    pub fn new(state: &AppState) -> Self {
        Self {
            state: state.clone(),
            looks: Arc::default(),
        }
    }

    fn looks(&self) -> MutexGuard<'_, HashMap<(AccountId, ReportId), DateTime<Utc>>> {
        // Nothing here is left half-done by a panic.
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is another look, rather than the next page of one.
    fn is_another_look(&self, account: AccountId, report: ReportId, now: DateTime<Utc>) -> bool {
        let going_on = |begun: &DateTime<Utc>| (now - *begun).abs() < ONE_LOOK;
        let looks = self.looks();
        !looks.get(&(account, report)).is_some_and(going_on)
    }

    fn begun(&self, account: AccountId, report: ReportId, now: DateTime<Utc>) {
        let mut looks = self.looks();
        looks.insert((account, report), now);
        if looks.len() > MOST {
            looks.retain(|_, begun| (now - *begun).abs() < ONE_LOOK);
        }
    }
}

/// Records what came of a request for a report, before it is answered: what cannot be
/// recorded is not shown.
pub async fn record(
    State(recorder): State<Recorder>,
    mut request: Request,
    next: Next,
) -> Response {
    let seen = Seen::default();
    request.extensions_mut().insert(seen.clone());
    let looked = request.method() == Method::GET;
    let report = report_of(&request);
    let response = next.run(request).await;
    let Some(account) = seen.0.account.get().copied() else {
        return response;
    };
    let now = recorder.state.now();
    let action = if seen.0.refused.get().is_some() {
        Action::PageRefused
    } else {
        match (report, response.status()) {
            (Some(_), StatusCode::NOT_FOUND) => Action::ReportRefused,
            (Some((report, true)), status) if looked && status.is_success() => {
                if !recorder.is_another_look(account, report, now) {
                    return response;
                }
                Action::ReportViewed
            }
            _ => return response,
        }
    };
    let report = report.map(|(report, _)| report);
    let entry = AuditEntry {
        account: Some(account),
        report,
        action,
    };
    if let Err(fault) = recorder.state.store().audit(&entry, now).await {
        return Error::from(fault).into_response();
    }
    if let (Action::ReportViewed, Some(report)) = (action, report) {
        recorder.begun(account, report, now);
    }
    response
}

/// The report that an address names, and whether it is its author's: whoever checks one
/// has acts of her own.
fn report_of(request: &Request) -> Option<(ReportId, bool)> {
    let route = request.extensions().get::<MatchedPath>()?;
    let authors = route.as_str().starts_with("/reports/{id}");
    if !authors && !route.as_str().starts_with("/checks/{id}") {
        return None;
    }
    let id = request.uri().path().split('/').nth(2)?;
    id.parse().ok().map(|report| (report, authors))
}
