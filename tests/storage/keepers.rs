//! Directory editors: their accounts, which organisations they keep, and that they
//! reach no other's entries.

use foreword::{
    directory::Record,
    store::{AccountError, Changed, KeepError, RecordAct, Role},
};

use super::{
    bed::{Bed, later, now, person},
    on_both_engines,
};

on_both_engines!(
    an_editor_keeps_the_organisations_she_was_given_and_others_by_and_by,
    an_editor_whose_address_is_taken_is_not_made_by_halves,
    an_editor_changes_her_own_entries_and_each_change_is_in_the_audit_trail,
    an_entry_of_another_organisation_is_neither_changed_nor_taken_over,
    who_keeps_an_organisation_no_longer_changes_its_entries_no_more,
    organisations_of_entries_kept_here_are_named_once,
);

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&n| n.to_owned()).collect()
}

fn entry(id: u8, organisation: &str) -> Record {
    Record {
        id: format!("1d0f5f0e-8f5b-4f0e-9d5e-3a2c7b1f9e{id:02}"),
        name: "The Centre".into(),
        organisation: organisation.into(),
        ..Record::default()
    }
}

async fn an_editor_keeps_the_organisations_she_was_given_and_others_by_and_by(bed: Bed) {
    let kept = owned(&["Women’s Work", "Advance"]);
    let made = bed
        .store
        .create_editor(person("eve@example.org", "Eve"), &kept, now());
    let eve = made.await.unwrap();
    assert_eq!(eve.roles, Role::DirectoryEditor.into());
    let found = bed.store.account(eve.id).await.unwrap();
    assert_eq!(found, Some(eve.clone()));
    let of = async || bed.store.organisations_of(eve.id).await.unwrap();
    assert_eq!(of().await, ["Advance", "Women’s Work"]);

    for _ in 0..2 {
        let added = bed.store.keep_organisation(eve.id, "Zinnia", later(1));
        added.await.unwrap();
    }
    let left = async || {
        let left = bed.store.leave_organisation(eve.id, "Advance", later(2));
        left.await.unwrap()
    };
    assert!(left().await);
    assert!(!left().await);
    assert_eq!(of().await, ["Women’s Work", "Zinnia"]);
    let trail = "audit WHERE action = 'keeping-changed'";
    assert_eq!(bed.count(trail).await, 4);
}

async fn an_editor_whose_address_is_taken_is_not_made_by_halves(bed: Bed) {
    bed.account("eve@example.org").await;
    let kept = owned(&["Advance"]);
    let again = bed
        .store
        .create_editor(person("EVE@example.org", "Eve"), &kept, now());
    let again = again.await;
    assert!(matches!(again, Err(AccountError::EmailTaken)), "{again:?}");
    assert_eq!(bed.count("keeper").await, 0);
    assert_eq!(bed.count("account").await, 1);
}

async fn an_editor_changes_her_own_entries_and_each_change_is_in_the_audit_trail(bed: Bed) {
    let kept = owned(&["Us & Co"]);
    let made = bed
        .store
        .create_editor(person("eve@example.org", "Eve"), &kept, now());
    let eve = made.await.unwrap();
    let hers = bed.store.as_keeper(eve.id).await.unwrap();
    assert_eq!(hers.organisations(), kept);
    let mut record = entry(1, "Us & Co");
    for (seen, act) in [RecordAct::Added, RecordAct::Changed, RecordAct::StillRight]
        .into_iter()
        .enumerate()
    {
        let seen = i64::try_from(seen).unwrap();
        record.note = format!("change {seen}");
        let done = hers.change(&record, seen, act, later(seen)).await.unwrap();
        assert_eq!(done, Changed::Kept { revision: seen + 1 });
    }
    for action in ["record-added", "record-changed", "record-checked"] {
        let mine = format!(
            "audit WHERE action = '{action}' AND account_id = '{}'",
            eve.id
        );
        assert_eq!(bed.count(&mine).await, 1, "{action}");
    }
    let history = bed.store.record_history(&record.id).await.unwrap();
    assert!(history.iter().all(|change| change.by == Some(eve.id)));
}

async fn an_entry_of_another_organisation_is_neither_changed_nor_taken_over(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let theirs = entry(2, "Them");
    let added = bed
        .store
        .change_record(&theirs, 0, RecordAct::Added, ann.id, now());
    added.await.unwrap();
    let kept = owned(&["Us & Co"]);
    let made = bed
        .store
        .create_editor(person("eve@example.org", "Eve"), &kept, now());
    let eve = made.await.unwrap();
    let hers = bed.store.as_keeper(eve.id).await.unwrap();
    let changed = Record {
        name: "Ours now".into(),
        ..theirs.clone()
    };
    let taken_over = Record {
        organisation: "Us & Co".into(),
        ..theirs.clone()
    };
    for (record, seen) in [(&changed, 1), (&taken_over, 1), (&entry(3, "Them"), 0)] {
        let done = hers
            .change(record, seen, RecordAct::Changed, later(1))
            .await;
        assert!(matches!(done, Err(KeepError::NotHers)), "{done:?}");
    }
    let still = bed.store.directory_record(&theirs.id).await.unwrap();
    assert_eq!(still.unwrap().record, theirs);
}

async fn who_keeps_an_organisation_no_longer_changes_its_entries_no_more(bed: Bed) {
    let kept = owned(&["Us & Co"]);
    let made = bed
        .store
        .create_editor(person("eve@example.org", "Eve"), &kept, now());
    let eve = made.await.unwrap();
    let left = bed.store.leave_organisation(eve.id, "Us & Co", now());
    assert!(left.await.unwrap());
    let hers = bed.store.as_keeper(eve.id).await.unwrap();
    let record = entry(1, "Us & Co");
    let done = hers.change(&record, 0, RecordAct::Added, later(1)).await;
    assert!(matches!(done, Err(KeepError::NotHers)), "{done:?}");
    assert_eq!(bed.count("directory_record").await, 0);
}

async fn organisations_of_entries_kept_here_are_named_once(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    for (id, organisation) in [(1, "Us & Co"), (2, "Us & Co"), (3, "Also us")] {
        let record = entry(id, organisation);
        let kept = bed
            .store
            .change_record(&record, 0, RecordAct::Added, ann.id, now());
        kept.await.unwrap();
    }
    let named = bed.store.organisations_kept_here().await.unwrap();
    assert_eq!(named, ["Also us", "Us & Co"]);
}
