//! A second step beside the password: on, off, used once, guessed at, taken off.

use chrono::TimeDelta;
use foreword::store::{
    Account, AccountId, Action, AuditQuery, Confirmed, Finished, Held, SecondStep, Store, Token,
    TurnedOff,
};

use super::{
    bed::{Bed, PASSWORD, later, now},
    on_both_engines,
};
use crate::harness::telephone::shows;

on_both_engines!(
    it_counts_only_once_a_code_was_typed,
    a_code_signs_in_once,
    of_two_at_once_with_one_code_one_is_signed_in,
    guessing_codes_is_slowed_down_and_the_right_password_forgets_nothing,
    a_recovery_code_signs_in_once_and_is_recorded,
    a_held_sign_in_ends_after_ten_minutes_and_with_the_account,
    turning_it_off_needs_the_password_and_a_code,
    taken_off_by_an_administrator_she_is_told_why_until_she_has_read_it,
    neither_the_secret_nor_a_recovery_code_stands_in_the_database,
);

const HOME: &str = "10.0.0.1";

/// The key that her telephone was told.
async fn key_of(store: &Store, account: &Account) -> String {
    match store.second_step(account).await.unwrap() {
        SecondStep::Begun(secret) => {
            assert!(secret.url.starts_with("otpauth://totp/Foreword"));
            secret.text
        }
        other => panic!("{other:?}"),
    }
}

/// Somebody whose second step is on since `now()`, her key, and her recovery codes.
async fn with_second_step(bed: &Bed) -> (Account, String, Vec<String>) {
    let ann = bed.account("ann@example.org").await;
    bed.store.begin_second_step(ann.id, now()).await.unwrap();
    let key = key_of(&bed.store, &ann).await;
    let code = shows(&key, now());
    let on = bed.store.confirm_second_step(&ann, &code, HOME, now());
    match on.await.unwrap() {
        Confirmed::On(codes) => (ann, key, codes),
        _ => panic!("it is not on"),
    }
}

fn leading_home() -> Held {
    Held {
        next: "/law".into(),
        typed: Some(("/reports/1".into(), vec![("a".into(), "b".into())])),
    }
}

async fn held(store: &Store, account: AccountId, minute: i64) -> Token {
    let token = Token::random().unwrap();
    let held = leading_home();
    let holding = store.hold_sign_in(&token, account, &held, later(minute));
    holding.await.unwrap();
    token
}

async fn acts(bed: &Bed, action: Action) -> usize {
    let query = AuditQuery {
        action: Some(action),
        ..AuditQuery::default()
    };
    let page = bed.store.as_auditor().rows(&query, 0, 50).await;
    page.unwrap().rows.len()
}

async fn it_counts_only_once_a_code_was_typed(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let store = &bed.store;
    let step = async || store.second_step(&ann).await.unwrap();
    assert_eq!(step().await, SecondStep::Off);
    store.begin_second_step(ann.id, now()).await.unwrap();
    let key = key_of(store, &ann).await;
    // Begun again it is the same secret: a page loaded twice keeps her telephone right.
    store.begin_second_step(ann.id, later(1)).await.unwrap();
    assert_eq!(key_of(store, &ann).await, key);
    assert_eq!(store.second_step_since(ann.id).await.unwrap(), None);

    let wrong = store.confirm_second_step(&ann, "000000", HOME, now());
    let right = shows(&key, now());
    if right != "000000" {
        assert!(matches!(wrong.await.unwrap(), Confirmed::Wrong));
    }
    let on = store.confirm_second_step(&ann, &right, HOME, now());
    assert!(matches!(on.await.unwrap(), Confirmed::On(codes) if codes.len() == 10));
    let since = store.second_step_since(ann.id).await.unwrap();
    assert_eq!(since, Some(now()));
    let on = SecondStep::On {
        since: now(),
        codes_left: 10,
    };
    assert_eq!(step().await, on);
    // What is on is not begun anew, and the code that turned it on is used.
    store.begin_second_step(ann.id, later(1)).await.unwrap();
    assert_eq!(step().await, on);
    let token = held(store, ann.id, 0).await;
    let again = store.finish_sign_in(&token, &right, HOME, now()).await;
    assert_eq!(again.unwrap(), Finished::Wrong);
    assert_eq!(acts(&bed, Action::SecondStepOn).await, 1);
}

async fn a_code_signs_in_once(bed: Bed) {
    let (ann, key, _) = with_second_step(&bed).await;
    let store = &bed.store;
    let token = held(store, ann.id, 1).await;
    let code = shows(&key, later(1));
    let done = store.finish_sign_in(&token, &code, HOME, later(1)).await;
    let welcome = Finished::Welcome(Box::new(ann.clone()), leading_home());
    assert_eq!(done.unwrap(), welcome);
    let gone = store.finish_sign_in(&token, &code, HOME, later(1)).await;
    assert_eq!(gone.unwrap(), Finished::Gone);
    // Seen over her shoulder, it is of no use; nor is an older one.
    let token = held(store, ann.id, 1).await;
    for code in [code, shows(&key, later(1) - TimeDelta::seconds(30))] {
        let again = store.finish_sign_in(&token, &code, HOME, later(1)).await;
        assert_eq!(again.unwrap(), Finished::Wrong);
    }
    assert_eq!(acts(&bed, Action::SecondStepRefused).await, 2);
    let code = shows(&key, later(2));
    let done = store.finish_sign_in(&token, &code, HOME, later(2)).await;
    assert_eq!(done.unwrap(), welcome);
}

async fn of_two_at_once_with_one_code_one_is_signed_in(bed: Bed) {
    let (ann, key, _) = with_second_step(&bed).await;
    let code = shows(&key, later(1));
    let mut both = tokio::task::JoinSet::new();
    for _ in 0..2 {
        let (store, code) = (bed.store.clone(), code.clone());
        let token = held(&store, ann.id, 1).await;
        both.spawn(async move {
            let done = store.finish_sign_in(&token, &code, HOME, later(1)).await;
            matches!(done.unwrap(), Finished::Welcome(..))
        });
    }
    let welcome = both.join_all().await;
    assert_eq!(welcome.iter().filter(|w| **w).count(), 1);
}

async fn guessing_codes_is_slowed_down_and_the_right_password_forgets_nothing(bed: Bed) {
    let (ann, key, _) = with_second_step(&bed).await;
    let store = &bed.store;
    let right = shows(&key, later(1));
    let wrong = if right == "123456" {
        "654321"
    } else {
        "123456"
    };
    for _ in 0..5 {
        let done = store.sign_in("ann@example.org", PASSWORD, HOME, later(1));
        done.await.unwrap();
        let token = held(store, ann.id, 1).await;
        let guess = store.finish_sign_in(&token, wrong, HOME, later(1)).await;
        assert_eq!(guess.unwrap(), Finished::Wrong);
    }
    let token = held(store, ann.id, 1).await;
    let wait = Finished::Wait { until: later(2) };
    let here = store.finish_sign_in(&token, &right, HOME, later(1)).await;
    assert_eq!(here.unwrap(), wait);
    // From ever other addresses there are ten guesses, and then the same wait.
    for guess in 5..10 {
        let there = format!("10.0.1.{guess}");
        let done = store.finish_sign_in(&token, wrong, &there, later(1)).await;
        assert_eq!(done.unwrap(), Finished::Wrong, "{guess}");
    }
    let there = store.finish_sign_in(&token, &right, "10.0.2.1", later(1));
    assert_eq!(there.await.unwrap(), wait);
    let code = shows(&key, later(2));
    let done = store.finish_sign_in(&token, &code, HOME, later(2)).await;
    assert!(matches!(done.unwrap(), Finished::Welcome(..)));
}

async fn a_recovery_code_signs_in_once_and_is_recorded(bed: Bed) {
    let (ann, _, codes) = with_second_step(&bed).await;
    let store = &bed.store;
    assert!(store.are_recovery_codes(ann.id, &codes).await.unwrap());
    let typed = codes[3].replace('-', " ");
    for welcome in [true, false] {
        let token = held(store, ann.id, 1).await;
        let done = store.finish_sign_in(&token, &typed, HOME, later(1)).await;
        let is = matches!(done.unwrap(), Finished::Welcome(..));
        assert_eq!(is, welcome);
    }
    assert_eq!(acts(&bed, Action::RecoveryCodeUsed).await, 1);
    let step = store.second_step(&ann).await.unwrap();
    assert!(matches!(step, SecondStep::On { codes_left: 9, .. }));
    assert!(!store.are_recovery_codes(ann.id, &codes).await.unwrap());
    // They are hers alone.
    let bea = bed.account("bea@example.org").await;
    let others = store.are_recovery_codes(bea.id, &codes[..1]).await;
    assert!(!others.unwrap());
}

async fn a_held_sign_in_ends_after_ten_minutes_and_with_the_account(bed: Bed) {
    let (ann, key, _) = with_second_step(&bed).await;
    let store = &bed.store;
    let token = held(store, ann.id, 1).await;
    let code = shows(&key, later(11));
    let late = store.finish_sign_in(&token, &code, HOME, later(11));
    assert_eq!(late.await.unwrap(), Finished::Gone);
    store.tidy(later(11)).await.unwrap();
    assert_eq!(bed.count("held_sign_in").await, 0);

    let token = held(store, ann.id, 20).await;
    store.set_disabled(ann.id, true, later(20)).await.unwrap();
    let code = shows(&key, later(20));
    let ended = store.finish_sign_in(&token, &code, HOME, later(20));
    assert_eq!(ended.await.unwrap(), Finished::Gone);
}

async fn turning_it_off_needs_the_password_and_a_code(bed: Bed) {
    let (ann, key, codes) = with_second_step(&bed).await;
    let store = &bed.store;
    let code = shows(&key, later(1));
    for (password, code) in [("another", &*code), (PASSWORD, "12"), (PASSWORD, "")] {
        let off = store.turn_off_second_step(&ann, (password, code), HOME, later(1));
        assert_eq!(off.await.unwrap(), TurnedOff::Wrong);
    }
    assert_eq!(acts(&bed, Action::SecondStepRefused).await, 3);
    // The refused try has not used the code up.
    let off = store.turn_off_second_step(&ann, (PASSWORD, &code), HOME, later(1));
    assert_eq!(off.await.unwrap(), TurnedOff::Now);
    assert_eq!(store.second_step(&ann).await.unwrap(), SecondStep::Off);
    assert_eq!(acts(&bed, Action::SecondStepOff).await, 1);
    assert_eq!(bed.count("recovery_code").await, 0);
    assert!(!store.are_recovery_codes(ann.id, &codes).await.unwrap());
}

async fn taken_off_by_an_administrator_she_is_told_why_until_she_has_read_it(bed: Bed) {
    let (ann, key, _) = with_second_step(&bed).await;
    let ada = bed.account("ada@example.org").await;
    let store = &bed.store;
    let token = held(store, ann.id, 1).await;
    let off = async || {
        let off = store.remove_second_step(ann.id, Some(ada.id), "Lost her phone", later(2));
        off.await.unwrap()
    };
    assert!(off().await && !off().await);
    let code = shows(&key, later(2));
    let done = store.finish_sign_in(&token, &code, HOME, later(2));
    assert_eq!(done.await.unwrap(), Finished::Gone);
    let told = store.removal_to_tell(ann.id).await.unwrap().unwrap();
    assert_eq!((told.by.as_deref(), told.at), (Some("ada"), later(2)));
    assert_eq!(told.reason, "Lost her phone");
    let changes = store.changes_of(ann.id).await.unwrap();
    assert_eq!(changes[0].what, "second-step-removed");
    assert_eq!(acts(&bed, Action::SecondStepRemoved).await, 1);
    store.told_of_removal(ann.id, later(3)).await.unwrap();
    assert_eq!(store.removal_to_tell(ann.id).await.unwrap(), None);
}

async fn neither_the_secret_nor_a_recovery_code_stands_in_the_database(bed: Bed) {
    let (ann, key, codes) = with_second_step(&bed).await;
    held(&bed.store, ann.id, 1).await;
    let ada = bed.account("ada@example.org").await;
    let bytes = totp_rs::Secret::Encoded(key.replace('-', ""));
    let bytes = bytes.to_bytes().unwrap();
    let loot = bed.stolen().await;
    let holds = |what: &[u8]| loot.windows(what.len()).any(|part| part == what);
    assert!(holds(b"ann@example.org"), "the search finds what is there");
    let plain = codes[0].replace('-', "");
    for secret in [
        key.as_bytes(),
        &bytes,
        codes[0].as_bytes(),
        plain.as_bytes(),
        b"/law",
    ] {
        assert!(!holds(secret));
    }
    let removed =
        bed.store
            .remove_second_step(ann.id, Some(ada.id), "Dropped in the Thames", later(1));
    assert!(removed.await.unwrap());
    let loot = bed.stolen().await;
    assert!(!loot.windows(6).any(|part| part == b"Thames"));
}
