//! When the services of a report are spoken of, and when one keeps it from being signed.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::{
    case::{CaseFile, ChosenService, ServiceGap, from_json},
    content::ContentFiles,
    directory::{
        Directory, Record,
        facts::{Funding, Stated, Verified},
        kept_of,
        vocabulary::term,
    },
    finding::{Finding, Severity},
    pack::Pack,
    review::services::ServiceTexts,
};

const ALANA: &str = "39f97b70-5199-5486-b659-5508636f2c0b";

fn pack() -> Pack {
    Pack::load(&ContentFiles::embedded().unwrap()).unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn days_ago(days: u64) -> NaiveDate {
    today().checked_sub_days(Days::new(days)).unwrap()
}

/// Angela's case: one service, with a stale entry, confirmed two days ago.
fn angela(directory: &Directory) -> CaseFile {
    let mut case = from_json(include_str!("../../../tests/cases/angela.json")).unwrap();
    let service = directory.service(ALANA).unwrap();
    case.services[0].entry = directory.entry(service).unwrap();
    case
}

fn with(directory: &Directory, change: impl FnOnce(&mut Record)) -> Directory {
    let mut record = directory.service(ALANA).unwrap().record.clone();
    change(&mut record);
    directory.with_records(vec![record])
}

fn found(pack: &Pack, case: &CaseFile, directory: &Directory) -> Vec<Finding> {
    let found = pack.service_findings(case, directory, today());
    let all = found.may_print.into_iter().chain(found.on_screen);
    all.collect()
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|f| f.code.as_str()).collect()
}

fn state(record: &mut Record, key: &str) {
    record.facts.terms.push(Stated::yes(key));
}

/// What stands in the way of signing.
fn in_the_way(pack: &Pack, case: &CaseFile, directory: &Directory) -> Vec<Finding> {
    let signer = crate::pack::Signer {
        name: "Sam Author",
        second: &crate::review::second::SecondPerson::NotAsked,
    };
    pack.to_sign(case, directory, today(), signer)
        .unwrap()
        .blocking
}

#[test]
fn a_stale_entry_that_somebody_there_confirmed_may_be_named() {
    let pack = pack();
    let directory = pack.directory.now();
    let case = angela(&directory);
    assert_eq!(codes(&found(&pack, &case, &directory)), Vec::<&str>::new());
    let blocked = in_the_way(&pack, &case, &directory);
    let of_services = |f: &&Finding| f.code.starts_with("service.");
    assert_eq!(blocked.iter().filter(of_services).count(), 0);
}

#[test]
fn a_stale_entry_blocks_signing_without_a_confirmation_and_says_how_to_settle_it() {
    let pack = pack();
    let directory = pack.directory.now();
    let mut case = angela(&directory);
    case.services[0].confirmed_on = None;
    let blocked = in_the_way(&pack, &case, &directory);
    let finding = blocked
        .iter()
        .find(|f| f.code == "service.unconfirmed")
        .unwrap();
    assert!(
        finding
            .what
            .starts_with("Alana House: its entry was last checked on ")
    );
    assert_eq!(finding.at.as_deref(), Some("services[0]"));
    assert!(!finding.resolve.is_empty());
    assert!(
        pack.draft(&case, today()).is_ok(),
        "drafting is not in its way"
    );
}

#[test]
fn a_confirmation_says_with_whom_and_is_not_older_than_an_entry_may_be() {
    let pack = pack();
    let directory = pack.directory.now();
    let mut case = angela(&directory);
    case.services[0].confirmed_with = Some("  ".into());
    assert_eq!(
        codes(&found(&pack, &case, &directory)),
        ["service.no-person"]
    );
    case.services[0].confirmed_with = Some("Team leader".into());
    case.services[0].confirmed_on = Some(days_ago(31));
    assert_eq!(
        codes(&found(&pack, &case, &directory)),
        ["service.confirmed-long-ago"]
    );
    case.services[0].confirmed_on = Some(days_ago(30));
    assert_eq!(codes(&found(&pack, &case, &directory)), Vec::<&str>::new());
}

#[test]
fn an_entry_checked_lately_needs_no_confirmation() {
    let pack = pack();
    let directory = with(&pack.directory.now(), |r| {
        r.facts.verified = Some(Verified {
            on: days_ago(3),
            by: "Alana House".into(),
            how: "phone".into(),
        });
    });
    let mut case = angela(&directory);
    case.services[0].confirmed_on = None;
    assert_eq!(codes(&found(&pack, &case, &directory)), Vec::<&str>::new());
}

#[test]
fn an_entry_that_has_closed_blocks_until_the_author_has_seen_it_and_asked() {
    let pack = pack();
    let before = pack.directory.now();
    let mut case = angela(&before);
    let closed = with(&before, |r| state(r, term::CLOSED));
    // The confirmation is from before: she has not seen that it closed.
    let told = found(&pack, &case, &closed);
    assert_eq!(codes(&told), ["service.ended", "service.changed"]);
    assert_eq!(told[0].severity, Severity::Block);
    case.services[0].kept = kept_of(&closed.since_chosen(&case.services[0]).changes);
    let told = found(&pack, &case, &closed);
    assert_eq!(codes(&told), ["service.ended-confirmed"]);
    assert_eq!(told[0].severity, Severity::Warn);
    case.services[0].confirmed_on = None;
    assert_eq!(codes(&found(&pack, &case, &closed)), ["service.ended"]);
}

#[test]
fn an_entry_that_is_not_there_any_more_blocks_without_a_confirmation() {
    let pack = pack();
    let directory = pack.directory.now();
    let mut case = angela(&directory);
    case.services[0] = ChosenService {
        id: "no-such-entry".into(),
        confirmed_on: None,
        ..case.services[0].clone()
    };
    let told = found(&pack, &case, &directory);
    assert!(codes(&told).contains(&"service.ended"), "{told:?}");
    assert!(told[0].what.contains("there is no such entry any more"));
    assert!(codes(&told).contains(&"service.not-chosen"));
}

#[test]
fn an_entry_for_authors_only_cannot_be_named_whatever_is_confirmed() {
    let pack = pack();
    let before = pack.directory.now();
    let case = angela(&before);
    let withheld = with(&before, |r| r.facts.internal_only = true);
    let told = found(&pack, &case, &withheld);
    assert_eq!(codes(&told), ["service.withheld"]);
    assert_eq!(told[0].severity, Severity::Block);
}

#[test]
fn pauses_and_funding_that_ends_before_the_order_are_told() {
    let pack = pack();
    let directory = with(&pack.directory.now(), |r| {
        state(r, term::PAUSED);
        r.facts.funding = vec![Funding {
            ends: NaiveDate::from_ymd_opt(2027, 3, 31),
            ..Funding::default()
        }];
    });
    let case = angela(&directory);
    let told = found(&pack, &case, &directory);
    assert_eq!(codes(&told), ["service.paused", "service.funding-ends"]);
    assert!(told[1].what.contains("31 March 2027"), "{}", told[1].what);
    assert!(told[1].what.contains("3 June 2028"), "{}", told[1].what);
}

#[test]
fn what_rests_on_her_own_needs_stays_on_the_screen() {
    let pack = pack();
    let directory = with(&pack.directory.now(), |r| {
        r.setting_words.clear();
        r.facts.terms.clear();
    });
    let mut case = angela(&directory);
    let value = serde_json::json!({"value": {"who_is_there": "women-only"},
        "visibility": "record-only"});
    let answer = serde_json::from_value(value).unwrap();
    case.answers.insert("service-suits".into(), answer);
    let found = pack.service_findings(&case, &directory, today());
    assert_eq!(codes(&found.on_screen), ["service.women-only-unknown"]);
    let (draft, findings) = pack.draft_with(&case, &directory, today()).unwrap();
    assert!(codes(&findings).contains(&"service.women-only-unknown"));
    assert!(!draft.markdown().contains("could not go where men go"));
}

#[test]
fn a_gap_that_has_been_filled_is_to_be_withdrawn() {
    let pack = pack();
    let directory = pack.directory.now();
    let mut case = angela(&directory);
    case.gaps = vec![ServiceGap {
        theme: "dependency".into(),
        level: None,
        looked_on: today(),
        area: None,
        note: None,
    }];
    let told = found(&pack, &case, &directory);
    assert_eq!(codes(&told), ["service.gap-filled"]);
    assert!(told[0].what.contains("Alana House"), "{}", told[0].what);
}

#[test]
fn texts_that_name_what_is_not_offered_are_refused_with_their_file() {
    let file = "report-templates/quality/services.toml";
    let mut files = ContentFiles::embedded().unwrap();
    let text = files.text(file).unwrap().to_owned();
    let text = text
        .replacen("{checked}", "{when}", 1)
        .replacen("gone =", "went =", 1);
    files.set(file, text);
    let faults = ServiceTexts::load(&files).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("it may name name, checked"), "{}", told[0]);
    assert!(told[1].contains("lacks \"gone\""), "{}", told[1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However the entry and the confirmation are dated: what is stale and not
    /// confirmed, by somebody, within the limit, is never signed.
    #[test]
    fn a_stale_entry_without_a_confirmation_within_the_limit_never_passes(
        checked in proptest::option::of(0_u64..400),
        confirmed in proptest::option::of(0_u64..400),
        with_whom in proptest::bool::ANY,
    ) {
        use std::sync::LazyLock;
        static PACK: LazyLock<Pack> = LazyLock::new(pack);
        let directory = with(&PACK.directory.now(), |r| {
            r.facts.verified = checked.map(|days| Verified {
                on: days_ago(days),
                by: "Alana House".into(),
                how: "phone".into(),
            });
        });
        let mut case = angela(&directory);
        let chosen = &mut case.services[0];
        chosen.confirmed_on = confirmed.map(days_ago);
        chosen.confirmed_with = with_whom.then(|| "Team leader".into());
        let blocked = in_the_way(&PACK, &case, &directory);
        let blocked = blocked.iter().any(|f| f.code.starts_with("service."));
        let stale = checked.is_none_or(|days| days > 30);
        let asked = with_whom && confirmed.is_some_and(|days| days <= 30);
        prop_assert_eq!(blocked, stale && !asked);
    }
}
