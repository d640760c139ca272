//! Sessions: how long they last, and every way they end.

use chrono::TimeDelta;
use foreword::store::{SessionLimits, Token};

use super::{
    bed::{Bed, later, now},
    on_both_engines,
};

on_both_engines!(
    a_session_is_its_accounts_until_signing_out,
    a_session_without_requests_runs_out,
    a_session_in_use_lasts_until_its_absolute_end,
    ending_an_account_ends_its_sessions,
    sessions_that_have_run_out_are_tidied_away,
);

fn limits(idle_minutes: i64, absolute_minutes: i64) -> SessionLimits {
    SessionLimits {
        idle: TimeDelta::minutes(idle_minutes),
        absolute: TimeDelta::minutes(absolute_minutes),
    }
}

async fn a_session_is_its_accounts_until_signing_out(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let token = bed.session(&ann, SessionLimits::default()).await;
    let other = bed.session(&ann, SessionLimits::default()).await;

    let session = bed.store.session(&token, now()).await.unwrap().unwrap();
    assert_eq!(session.account, ann);
    assert_eq!(session.started_at, now());
    assert_eq!(session.ends_at, later(12 * 60));
    let stranger = Token::random().unwrap();
    assert_eq!(bed.store.session(&stranger, now()).await.unwrap(), None);

    bed.store.end_session(&token).await.unwrap();
    assert_eq!(bed.store.session(&token, now()).await.unwrap(), None);
    assert!(bed.store.session(&other, now()).await.unwrap().is_some());
    bed.store.end_sessions_of(ann.id).await.unwrap();
    assert_eq!(bed.store.session(&other, now()).await.unwrap(), None);
}

async fn a_session_without_requests_runs_out(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let token = bed.session(&ann, limits(60, 600)).await;
    let at = async |minute| {
        bed.store
            .session(&token, later(minute))
            .await
            .unwrap()
            .is_some()
    };

    assert!(at(59).await, "used just in time");
    assert!(at(118).await, "which gave it another hour");
    assert!(!at(178).await, "and then an hour passed");
    assert!(!at(179).await);
}

async fn a_session_in_use_lasts_until_its_absolute_end(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let token = bed.session(&ann, limits(60, 180)).await;
    for minute in (30..180).step_by(30) {
        assert!(
            bed.store
                .session(&token, later(minute))
                .await
                .unwrap()
                .is_some()
        );
    }
    assert_eq!(bed.store.session(&token, later(180)).await.unwrap(), None);
}

async fn ending_an_account_ends_its_sessions(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let token = bed.session(&ann, SessionLimits::default()).await;
    bed.store.set_disabled(ann.id, true, now()).await.unwrap();
    assert_eq!(bed.store.session(&token, now()).await.unwrap(), None);
    // Also one that was begun in the same moment on another process.
    let late = bed.session(&ann, SessionLimits::default()).await;
    assert_eq!(bed.store.session(&late, now()).await.unwrap(), None);
}

async fn sessions_that_have_run_out_are_tidied_away(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    bed.session(&ann, limits(10, 600)).await;
    let lasting = bed.session(&ann, limits(60, 600)).await;
    bed.store.tidy(later(10)).await.unwrap();
    assert_eq!(bed.count("session").await, 1);
    assert!(
        bed.store
            .session(&lasting, later(11))
            .await
            .unwrap()
            .is_some()
    );
}
