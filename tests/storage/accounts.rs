//! Accounts, the set-up link that makes the first, and the audit trail.

use foreword::store::{AccountError, Action, AuditEntry, ReportId, Role, Token};

use super::{
    bed::{Bed, later, now, person, start},
    on_both_engines,
};

on_both_engines!(
    an_account_is_found_however_its_address_is_typed,
    an_address_is_taken_whatever_its_case,
    a_set_up_link_makes_one_account_once,
    a_set_up_link_is_replaced_by_the_next_and_runs_out,
    there_is_no_set_up_after_the_first_account,
    two_people_with_the_link_make_one_account,
    acts_are_recorded_without_content,
);

async fn an_account_is_found_however_its_address_is_typed(bed: Bed) {
    assert!(!bed.store.has_accounts().await.unwrap());
    let made = bed
        .store
        .create_account(person(" Ann.Lee@Example.ORG ", " Ann Lee "), now())
        .await
        .unwrap();

    assert_eq!(made.email, "ann.lee@example.org");
    assert_eq!(
        (made.display_name.as_str(), made.roles),
        ("Ann Lee", [Role::Author, Role::Countersigner].into())
    );
    assert_eq!((made.created_at, made.disabled), (now(), false));
    let found = bed
        .store
        .account_by_email("ANN.LEE@example.org")
        .await
        .unwrap();
    assert_eq!(found.as_ref(), Some(&made));
    assert_eq!(
        bed.store.account(made.id).await.unwrap().as_ref(),
        Some(&made)
    );
    assert_eq!(bed.store.accounts().await.unwrap(), [made]);
    assert_eq!(
        bed.store.account_by_email("bea@example.org").await.unwrap(),
        None
    );
}

async fn an_address_is_taken_whatever_its_case(bed: Bed) {
    bed.account("ann@example.org").await;
    let again = bed
        .store
        .create_account(person("ANN@example.org", "Another Ann"), now())
        .await;
    assert!(matches!(again, Err(AccountError::EmailTaken)), "{again:?}");
    let nameless = bed
        .store
        .create_account(person("b@example.org", " "), now())
        .await;
    assert!(
        matches!(nameless, Err(AccountError::NameMissing)),
        "{nameless:?}"
    );
    let odd = bed
        .store
        .create_account(person("not an address", "Bea"), now())
        .await;
    assert!(
        matches!(odd, Err(AccountError::EmailNotAnAddress)),
        "{odd:?}"
    );
    assert_eq!(bed.count("account").await, 1);
}

async fn a_set_up_link_makes_one_account_once(bed: Bed) {
    let link = Token::random().unwrap();
    assert!(bed.store.offer_setup(&link, now()).await.unwrap());
    assert!(bed.store.setup_is_open(&link, later(1)).await.unwrap());

    let made = bed
        .store
        .accept_setup(&link, person("ann@example.org", "Ann"), later(1))
        .await
        .unwrap();

    assert_eq!(made.email, "ann@example.org");
    assert!(!bed.store.setup_is_open(&link, later(1)).await.unwrap());
    let again = bed
        .store
        .accept_setup(&link, person("bea@example.org", "Bea"), later(2))
        .await;
    assert!(
        matches!(again, Err(AccountError::SetUpAlready)),
        "{again:?}"
    );
    assert_eq!(bed.count("account").await, 1);
}

async fn a_set_up_link_is_replaced_by_the_next_and_runs_out(bed: Bed) {
    let (old, new, guess) = (
        Token::random().unwrap(),
        Token::random().unwrap(),
        Token::random().unwrap(),
    );
    bed.store.offer_setup(&old, now()).await.unwrap();
    bed.store.offer_setup(&new, now()).await.unwrap();
    let day = 24 * 60;
    for (link, at, open) in [
        (&new, now(), true),
        (&new, later(day - 1), true),
        (&new, later(day), false),
        (&old, now(), false),
        (&guess, now(), false),
    ] {
        assert_eq!(bed.store.setup_is_open(link, at).await.unwrap(), open);
    }
    let refused = bed
        .store
        .accept_setup(&old, person("ann@example.org", "Ann"), later(1))
        .await;
    assert!(
        matches!(refused, Err(AccountError::LinkNotValid)),
        "{refused:?}"
    );

    // A form filled in wrongly does not use the link up.
    let refused = bed
        .store
        .accept_setup(&new, person("ann", "Ann"), later(1))
        .await;
    assert!(
        matches!(refused, Err(AccountError::EmailNotAnAddress)),
        "{refused:?}"
    );
    assert!(bed.store.setup_is_open(&new, later(1)).await.unwrap());

    bed.store.tidy(later(day)).await.unwrap();
    assert_eq!(bed.count("setup_link").await, 0);
}

async fn there_is_no_set_up_after_the_first_account(bed: Bed) {
    let link = Token::random().unwrap();
    bed.store.offer_setup(&link, now()).await.unwrap();
    bed.account("ann@example.org").await;

    assert!(!bed.store.setup_is_open(&link, now()).await.unwrap());
    assert!(!bed.store.offer_setup(&link, now()).await.unwrap());
    let refused = bed
        .store
        .accept_setup(&link, person("bea@example.org", "Bea"), now())
        .await;
    assert!(
        matches!(refused, Err(AccountError::SetUpAlready)),
        "{refused:?}"
    );
}

async fn two_people_with_the_link_make_one_account(bed: Bed) {
    let link = Token::random().unwrap();
    bed.store.offer_setup(&link, now()).await.unwrap();
    let other = bed.another_process().await;
    let (one, two) = tokio::join!(
        bed.store
            .accept_setup(&link, person("ann@example.org", "Ann"), now()),
        other.accept_setup(&link, person("bea@example.org", "Bea"), now()),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(bed.count("account").await, 1);
}

async fn acts_are_recorded_without_content(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let report = start(bed.store.as_author(ann.id), &[]).await;
    for (account, report, action) in [
        (Some(ann.id), Some(report), Action::ReportExported),
        (None, None::<ReportId>, Action::SignInRefused),
    ] {
        let entry = AuditEntry {
            account,
            report,
            action,
        };
        bed.store.audit(&entry, later(1)).await.unwrap();
    }
    let by_ann = |action: &str| {
        format!(
            "audit WHERE account_id = '{}' AND action = '{action}'",
            ann.id
        )
    };
    assert_eq!(bed.count(&by_ann("account-created")).await, 1);
    assert_eq!(bed.count(&by_ann("report-created")).await, 1);
    assert_eq!(bed.count(&by_ann("report-exported")).await, 1);
    let exported = format!("audit WHERE report_id = '{report}'");
    assert_eq!(bed.count(&exported).await, 2);
    assert_eq!(bed.count("audit").await, 4);
}
