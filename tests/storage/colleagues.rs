//! Who may see a report beside its author: her team, those a restricted one names, and
//! whoever broke the glass.

use chrono::TimeDelta;
use foreword::store::{
    AccountId, BROKEN_FOR, Broke, KnownElsewhere, MayRead, NewPassword, OpeningKind, ReportId,
    Role, Roles, RolesError, SessionLimits, SignIn, SignInElsewhere, TeamId, Token,
};
use serde_json::json;

use super::{
    bed::{Bed, later, now, start, write},
    on_both_engines,
};

on_both_engines!(
    a_report_is_read_by_the_team_and_by_nobody_else,
    a_restricted_report_is_there_for_those_it_names_and_in_no_number,
    a_report_taken_over_is_the_colleagues_with_her_reason,
    nobody_checks_a_report_that_she_took_over,
    the_glass_is_broken_by_a_whole_reference_within_the_area_for_a_while,
    a_password_link_works_once_and_ends_every_session,
    the_last_administrator_stays_one,
    of_two_administrators_who_end_each_other_at_once_one_stays,
    a_provider_takes_no_roles_from_the_last_administrator,
);

/// Ann and Bea of one team, Cat of another in their area, Dee of another area.
struct Office {
    ann: AccountId,
    bea: AccountId,
    cat: AccountId,
    dee: AccountId,
    report: ReportId,
}

async fn team(bed: &Bed, area: &str, name: &str, by: AccountId) -> Option<TeamId> {
    assert!(bed.store.add_team(area, name, by, now()).await.unwrap());
    let teams = bed.store.teams().await.unwrap();
    teams.iter().find(|t| t.name == name).map(|t| t.id)
}

impl Office {
    async fn of(bed: &Bed) -> Self {
        let ann = bed.account("ann@example.org").await.id;
        let reading = team(bed, "Thames Valley", "Reading", ann).await;
        let slough = team(bed, "Thames Valley", "Slough", ann).await;
        let leeds = team(bed, "Yorkshire", "Leeds", ann).await;
        let join = async |name: &str, team| {
            let id = bed.account(name).await.id;
            bed.store.set_team(id, team, ann, now()).await.unwrap();
            id
        };
        bed.store.set_team(ann, reading, ann, now()).await.unwrap();
        let first = [
            write("woman.name.last", json!("Hart")),
            write("hearing.case_number", json!("26WB/0001")),
        ];
        Self {
            bea: join("bea@example.org", reading).await,
            cat: join("cat@example.org", slough).await,
            dee: join("dee@example.org", leeds).await,
            report: start(bed.store.as_author(ann), &first).await,
            ann,
        }
    }

    /// Whether somebody can read it by its id; the list says the same.
    async fn reads(&self, bed: &Bed, who: AccountId, minutes: i64) -> Option<MayRead> {
        let seen = bed.store.as_colleague(who);
        let listed = seen.list(later(minutes)).await.unwrap();
        let loaded = seen.load(self.report, later(minutes)).await.unwrap();
        assert_eq!(listed.len(), usize::from(loaded.is_some()));
        loaded.map(|(_, author, why)| {
            assert_eq!((listed[0].why, &listed[0].author), (why, &author));
            why
        })
    }
}

async fn a_report_is_read_by_the_team_and_by_nobody_else(bed: Bed) {
    let office = Office::of(&bed).await;
    let reads = async |who| office.reads(&bed, who, 1).await;
    assert_eq!(reads(office.bea).await, Some(MayRead::Colleague));
    for other in [office.ann, office.cat, office.dee] {
        assert_eq!(reads(other).await, None);
    }
    // Two people of no team are not of one.
    let by = office.ann;
    for loose in [office.ann, office.cat] {
        bed.store.set_team(loose, None, by, later(2)).await.unwrap();
    }
    assert_eq!(reads(office.cat).await, None);
    assert_eq!(reads(office.bea).await, None);
}

async fn a_restricted_report_is_there_for_those_it_names_and_in_no_number(bed: Bed) {
    let office = Office::of(&bed).await;
    let hers = bed.store.as_author(office.ann);
    let lead = bed.store.account(office.cat).await.unwrap().unwrap();
    let open = async || {
        let area = bed.store.area_of(&lead).await.unwrap();
        let numbers = area.iter().map(|of| (of.team.name.clone(), of.open));
        numbers.collect::<Vec<_>>()
    };
    let of = |reading| vec![("Reading".to_owned(), reading), ("Slough".to_owned(), 0)];
    assert_eq!(open().await, of(1));

    hers.restrict(office.report, Some(&[]), later(1))
        .await
        .unwrap();
    assert_eq!(office.reads(&bed, office.bea, 2).await, None);
    assert_eq!(open().await, of(0));
    let taken = bed.store.as_colleague(office.bea);
    assert!(
        !taken
            .take_over(office.report, "Ann is ill", later(2))
            .await
            .unwrap()
    );

    // Named, somebody of another area sees it too.
    let named = [office.dee];
    hers.restrict(office.report, Some(&named), later(3))
        .await
        .unwrap();
    assert_eq!(
        office.reads(&bed, office.dee, 4).await,
        Some(MayRead::Colleague)
    );
    assert_eq!(office.reads(&bed, office.bea, 4).await, None);
    let to = hers.restricted_to(office.report).await.unwrap().unwrap();
    assert_eq!(to[0].email, "dee@example.org");

    hers.restrict(office.report, None, later(5)).await.unwrap();
    assert_eq!(office.reads(&bed, office.dee, 6).await, None);
    assert_eq!(
        office.reads(&bed, office.bea, 6).await,
        Some(MayRead::Colleague)
    );
    let others = bed.store.as_author(office.bea);
    assert!(
        others
            .restrict(office.report, Some(&[]), later(6))
            .await
            .is_err()
    );
}

async fn a_report_taken_over_is_the_colleagues_with_her_reason(bed: Bed) {
    let office = Office::of(&bed).await;
    let bea = bed.store.as_colleague(office.bea);
    assert!(
        bea.take_over(office.report, "Ann is ill", later(1))
            .await
            .unwrap()
    );
    assert!(
        !bea.take_over(office.report, "again", later(2))
            .await
            .unwrap()
    );
    let ann = bed.store.as_author(office.ann);
    assert!(ann.load(office.report).await.unwrap().is_none());
    let hers = bed.store.as_author(office.bea);
    assert_eq!(hers.list().await.unwrap().len(), 1);
    let openings = hers.openings(office.report).await.unwrap();
    assert_eq!(openings[0].kind, OpeningKind::TakenOver);
    assert_eq!(
        (openings[0].by.as_str(), openings[0].reason.as_str()),
        ("bea", "Ann is ill")
    );
    assert_eq!(
        bed.count("audit WHERE action = 'report-taken-over'").await,
        1
    );
    // The reason is sealed.
    let loot = bed.stolen().await;
    assert!(!loot.windows(10).any(|w| w == b"Ann is ill"));
}

async fn nobody_checks_a_report_that_she_took_over(bed: Bed) {
    let office = Office::of(&bed).await;
    let ann = bed.store.as_author(office.ann);
    let asked = ann.ask_for_check(office.report, office.bea, "", later(1));
    asked.await.unwrap();
    let bea = bed.store.as_colleague(office.bea);
    assert!(
        bea.take_over(office.report, "Ann is ill", later(2))
            .await
            .unwrap()
    );
    let standing = "review_request WHERE state <> 'withdrawn'";
    assert_eq!(bed.count(standing).await, 0);
}

async fn the_glass_is_broken_by_a_whole_reference_within_the_area_for_a_while(bed: Bed) {
    let office = Office::of(&bed).await;
    let hers = bed.store.as_author(office.ann);
    hers.restrict(office.report, Some(&[]), later(1))
        .await
        .unwrap();
    let with = async |who, reference| {
        let seen = bed.store.as_colleague(who);
        seen.break_glass(reference, "She is at risk", later(2))
            .await
            .unwrap()
    };
    for nothing in ["Hart", "26WB", "26WB0002", "", "!"] {
        assert_eq!(with(office.cat, nothing).await, Broke::None, "{nothing}");
    }
    assert_eq!(
        with(office.dee, "26WB0001").await,
        Broke::None,
        "another area"
    );
    assert_eq!(with(office.ann, "26WB0001").await, Broke::None, "her own");
    assert_eq!(
        bed.count("audit WHERE action = 'glass-not-broken'").await,
        7
    );
    assert_eq!(office.reads(&bed, office.cat, 3).await, None);

    let until = later(2) + BROKEN_FOR;
    let broke = with(office.cat, "26wb 0001").await;
    assert_eq!(broke, Broke::Open(office.report, until));
    let reads = office.reads(&bed, office.cat, 3).await;
    assert_eq!(reads, Some(MayRead::BrokeGlass(until)));
    let cat = bed.store.as_colleague(office.cat);
    assert!(!cat.take_over(office.report, "no", later(3)).await.unwrap());

    let told = hers.openings(office.report).await.unwrap();
    assert_eq!(told, bed.store.openings().await.unwrap());
    assert_eq!(told[0].reason, "She is at risk");
    assert_eq!(
        (told[0].kind, told[0].until),
        (OpeningKind::BrokenGlass, Some(until))
    );
    assert_eq!(bed.count("audit WHERE action = 'glass-broken'").await, 1);

    let over = cat.load(office.report, until + TimeDelta::seconds(1)).await;
    assert!(over.unwrap().is_none());
}

async fn a_password_link_works_once_and_ends_every_session(bed: Bed) {
    let ann = bed.account("ann@example.org").await;
    let session = bed.session(&ann, SessionLimits::default()).await;
    let link = Token::random().unwrap();
    let (first, store) = (Token::random().unwrap(), &bed.store);
    for token in [&first, &link] {
        let offered = store.offer_password_link(ann.id, token, ann.id, now());
        offered.await.unwrap();
    }
    assert!(
        store
            .password_link(&first, later(1))
            .await
            .unwrap()
            .is_none()
    );
    let late = later(73 * 60);
    assert!(store.password_link(&link, late).await.unwrap().is_none());

    let word = || NewPassword::new("another long word").unwrap();
    let done = store.accept_password_link(&link, word(), later(1)).await;
    assert_eq!(done.unwrap().map(|a| a.id), Some(ann.id));
    let again = store.accept_password_link(&link, word(), later(1)).await;
    assert!(again.unwrap().is_none());
    assert!(store.session(&session, later(1)).await.unwrap().is_none());
    let in_again = store.sign_in(&ann.email, "another long word", "10.0.0.1", later(2));
    assert!(matches!(in_again.await.unwrap(), SignIn::Welcome(_)));
}

async fn the_last_administrator_stays_one(bed: Bed) {
    let ann = bed.account("ann@example.org").await.id;
    let bea = bed.account("bea@example.org").await.id;
    let store = &bed.store;
    let both = Roles::from([Role::Author, Role::Administrator]);
    store.set_roles(ann, both, None, now()).await.unwrap();
    let less = store.set_roles(ann, Role::Author.into(), Some(bea), later(1));
    assert!(matches!(less.await, Err(RolesError::LastAdministrator)));
    let ended = store.end_account(ann, true, bea, later(1));
    assert!(matches!(ended.await, Err(RolesError::LastAdministrator)));
    let ann_now = store.account(ann).await.unwrap().unwrap();
    assert!(ann_now.roles == both && !ann_now.disabled);

    store
        .set_roles(bea, both, Some(ann), later(2))
        .await
        .unwrap();
    store.end_account(ann, true, bea, later(3)).await.unwrap();
    let what = store.changes_of(ann).await.unwrap();
    assert_eq!(
        (what[0].what.as_str(), what[0].by.as_str()),
        ("disabled", "bea")
    );
}

async fn of_two_administrators_who_end_each_other_at_once_one_stays(bed: Bed) {
    let ann = bed.account("ann@example.org").await.id;
    let bea = bed.account("bea@example.org").await.id;
    let store = &bed.store;
    for id in [ann, bea] {
        let role = Role::Administrator.into();
        store.set_roles(id, role, None, now()).await.unwrap();
    }
    let (one, other) = tokio::join!(
        store.end_account(ann, true, bea, later(1)),
        store.end_account(bea, true, ann, later(1)),
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let left = [ann, bea].map(|id| store.account(id));
    let [ann, bea] = left;
    let disabled = [ann.await, bea.await].map(|found| found.unwrap().unwrap().disabled);
    assert_eq!(disabled.iter().filter(|gone| **gone).count(), 1);
}

async fn a_provider_takes_no_roles_from_the_last_administrator(bed: Bed) {
    let store = &bed.store;
    let told = |roles: Roles| KnownElsewhere {
        issuer: "https://provider.example".into(),
        subject: "ann".into(),
        email: "ann@example.org".into(),
        email_verified: true,
        name: "Ann".into(),
        roles: Some(roles),
    };
    let both = Roles::from([Role::Author, Role::Administrator]);
    store.sign_in_known(&told(both), now()).await.unwrap();
    let less = told(Role::Author.into());
    let SignInElsewhere::Welcome(ann) = store.sign_in_known(&less, later(1)).await.unwrap() else {
        panic!("she signs in as before");
    };
    assert_eq!(ann.roles, both);
}
