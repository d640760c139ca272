//! Signing in, and being slowed down when guessing.

use foreword::store::SignIn;

use super::{
    bed::{Bed, PASSWORD, later, now},
    on_both_engines,
};

on_both_engines!(
    the_right_password_is_welcome_and_any_other_is_wrong,
    five_wrong_guesses_make_even_the_right_password_wait,
    success_forgets_earlier_slips,
    a_hundred_guesses_at_once_are_not_a_hundred_looks,
);

async fn the_right_password_is_welcome_and_any_other_is_wrong(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let try_with = async |email, password| {
        bed.store
            .sign_in(email, password, "10.0.0.1", now())
            .await
            .unwrap()
    };

    assert_eq!(
        try_with(" ANN@example.org", PASSWORD).await,
        SignIn::Welcome(ann.clone())
    );
    assert_eq!(
        try_with("ann@example.org", "correct horse").await,
        SignIn::Wrong
    );
    assert_eq!(try_with("ann@example.org", "").await, SignIn::Wrong);
    assert_eq!(
        try_with("nobody@example.org", PASSWORD).await,
        SignIn::Wrong
    );

    assert!(bed.store.set_disabled(ann.id, true, now()).await.unwrap());
    assert_eq!(try_with("ann@example.org", PASSWORD).await, SignIn::Wrong);
    bed.store.set_disabled(ann.id, false, now()).await.unwrap();
    assert_eq!(
        try_with("ann@example.org", PASSWORD).await,
        SignIn::Welcome(ann)
    );
}

async fn five_wrong_guesses_make_even_the_right_password_wait(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let attempt = async |password, address, at| {
        bed.store
            .sign_in("ann@example.org", password, address, at)
            .await
            .unwrap()
    };
    for _ in 0..5 {
        assert_eq!(
            attempt("a wrong guess", "10.0.0.1", now()).await,
            SignIn::Wrong
        );
    }

    let wait = SignIn::Wait { until: later(1) };
    assert_eq!(attempt(PASSWORD, "10.0.0.1", now()).await, wait);
    // Another process knows it too, and waiting does not wait for longer.
    let elsewhere = bed.another_process().await;
    let there = elsewhere
        .sign_in("ann@example.org", PASSWORD, "10.0.0.1", now())
        .await;
    assert_eq!(there.unwrap(), wait);

    // The author herself, at another address, is not kept out by the guesser.
    assert_eq!(
        attempt(PASSWORD, "10.0.0.2", now()).await,
        SignIn::Welcome(ann.clone())
    );

    // One more wrong guess after the wait doubles it.
    assert_eq!(
        attempt("a wrong guess", "10.0.0.1", later(1)).await,
        SignIn::Wrong
    );
    assert_eq!(
        attempt(PASSWORD, "10.0.0.1", later(2)).await,
        SignIn::Wait { until: later(3) }
    );
    assert_eq!(
        attempt(PASSWORD, "10.0.0.1", later(3)).await,
        SignIn::Welcome(ann)
    );
}

async fn success_forgets_earlier_slips(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    for _ in 0..2 {
        for _ in 0..4 {
            let slip = bed
                .store
                .sign_in("ann@example.org", "a slip", "10.0.0.1", now())
                .await;
            assert_eq!(slip.unwrap(), SignIn::Wrong);
        }
        let right = bed
            .store
            .sign_in("ann@example.org", PASSWORD, "10.0.0.1", now())
            .await;
        assert_eq!(right.unwrap(), SignIn::Welcome(ann.clone()));
        assert_eq!(bed.count("sign_in_attempt").await, 0);
    }
    bed.store
        .sign_in("ann@example.org", "a slip", "10.0.0.1", now())
        .await
        .unwrap();
    bed.store.tidy(later(59)).await.unwrap();
    assert_eq!(bed.count("sign_in_attempt").await, 2);
    bed.store.tidy(later(61)).await.unwrap();
    assert_eq!(bed.count("sign_in_attempt").await, 0);
}

async fn a_hundred_guesses_at_once_are_not_a_hundred_looks(bed: Bed) {
    bed.account("ann@example.org").await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let store = bed.store.clone();
        guesses.spawn(async move {
            store
                .sign_in("ann@example.org", "a wrong guess", "10.0.0.1", now())
                .await
                .unwrap()
        });
    }
    let answers = guesses.join_all().await;
    let looked_at = answers.iter().filter(|a| **a == SignIn::Wrong).count();
    assert_eq!(looked_at, 5);
}
