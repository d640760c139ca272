//! What the court must have before it, the specialist courts, and what findings rest on.

use serde_json::json;

use super::*;
use crate::{
    case::{
        Answer, ChosenService, Enquiry, EnquiryKind, EnquiryOutcome, Indication, PeopleThere,
        from_json,
    },
    directory::Directory,
    sentencing::{Fit, Met, Needed, needed, special_courts},
};

fn answered(case: &mut CaseFile, prompt: &str, value: serde_json::Value) {
    let mut answer = json!({});
    answer["value"] = value;
    let answer: Answer = serde_json::from_value(answer).unwrap();
    case.answers.insert(prompt.into(), answer);
}

fn needs(case: &CaseFile) -> Vec<Needed> {
    let all = needed(case, pack(), today());
    all.into_iter().flat_map(|r| r.needed).collect()
}

#[track_caller]
fn need(case: &CaseFile, words: &str) -> Needed {
    let all = needs(case);
    let found = all.iter().find(|n| n.what.contains(words));
    found
        .cloned()
        .unwrap_or_else(|| panic!("nothing on {words:?} in {all:#?}"))
}

fn enquiry(kind: EnquiryKind, outcome: EnquiryOutcome) -> Enquiry {
    let mut enquiry: Enquiry =
        serde_json::from_value(json!({ "kind": "other", "agency": "An agency" })).unwrap();
    enquiry.kind = kind;
    enquiry.outcome = outcome;
    enquiry
}

#[test]
fn what_nothing_shows_is_not_known_and_says_how_to_come_by_it() {
    let case = community_order(vec![months("drr", 6)]);
    let all = needs(&case);
    assert_eq!(all.len(), 4);
    for n in all.iter().filter(|n| !n.what.contains("recommends")) {
        assert_eq!(n.met, Met::NotKnown, "{}", n.what);
        assert!(n.by.is_empty() && !n.how.is_empty(), "{n:?}");
        assert!(n.source.citation.contains("Sch 9 Part 10"));
    }
}

#[test]
fn willingness_arrangements_and_dependence_are_shown_by_their_entries() {
    let mut drr = months("drr", 6);
    drr.willing = Some(true);
    drr.availability_checked = Some(day(2026, 11, 20));
    drr.availability_with = Some("Team leader".into());
    let mut case = community_order(vec![drr]);
    answered(&mut case, "substance-help", json!({ "uses": ["opiates"] }));
    for (words, at) in [
        ("willing to comply", "proposal.requirements[0].willing"),
        (
            "arrangements",
            "proposal.requirements[0].availability_checked",
        ),
        ("dependent on drugs", "answers.substance-help"),
        ("recommends", "proposal.requirements[0]"),
    ] {
        let need = need(&case, words);
        assert_eq!(need.met, Met::Yes, "{words}");
        assert_eq!(need.by[0].at, at, "{words}");
        assert_eq!(need.how, "");
    }
    case.proposal.requirements[0].willing = Some(false);
    assert_eq!(need(&case, "willing to comply").met, Met::No);
    case.proposal.requirements[0].availability_checked = Some(day(2026, 12, 20));
    assert_eq!(
        need(&case, "arrangements").met,
        Met::NotKnown,
        "a check to come is none"
    );
}

#[test]
fn a_service_that_confirmed_its_place_shows_the_arrangements() {
    let mut mhtr = months("mhtr", 6);
    mhtr.service = Some("s".into());
    let mut case = community_order(vec![mhtr]);
    case.services.push(ChosenService {
        id: "s".into(),
        name: "Example Service".into(),
        ..ChosenService::default()
    });
    assert_eq!(need(&case, "arrangements").met, Met::NotKnown);
    case.services[0].confirmed_on = Some(day(2026, 11, 20));
    let shown = need(&case, "arrangements");
    assert_eq!(
        (shown.met, shown.by[0].at.as_str()),
        (Met::Yes, "services[0]")
    );
}

#[test]
fn information_on_the_address_is_both_enquiries_back_or_its_own_day() {
    let mut case = community_order(vec![amount("curfew", 8)]);
    let words = "information about each place";
    assert_eq!(need(&case, words).met, Met::NotKnown);
    case.enquiries = vec![
        enquiry(EnquiryKind::PoliceDomesticAbuse, EnquiryOutcome::NoRecord),
        enquiry(EnquiryKind::ChildrensServices, EnquiryOutcome::Pending),
    ];
    assert_eq!(need(&case, words).met, Met::NotKnown, "one is not back");
    case.enquiries[1].outcome = EnquiryOutcome::Refused;
    assert_eq!(
        need(&case, words).met,
        Met::NotKnown,
        "a refusal tells nothing"
    );
    case.enquiries[1].outcome = EnquiryOutcome::Concerns;
    let shown = need(&case, words);
    assert_eq!((shown.met, shown.by.len()), (Met::Yes, 2));
    case.enquiries.clear();
    case.proposal.requirements[0].place_information_on = Some(day(2026, 11, 20));
    assert_eq!(need(&case, words).met, Met::Yes);
}

#[test]
fn the_people_at_an_address_are_asked_once_for_the_curfew_and_its_tag() {
    let tag = months("electronic_compliance_monitoring", 6);
    let mut case = community_order(vec![amount("curfew", 8), tag]);
    for (people, met) in [
        (PeopleThere::LivesAlone, Met::Yes),
        (PeopleThere::Agree, Met::Yes),
        (PeopleThere::DoNotAgree, Met::No),
        (PeopleThere::NotAsked, Met::NotKnown),
        (PeopleThere::NotSafeToAsk, Met::NotKnown),
    ] {
        case.proposal.requirements[0].people_there = Some(people);
        assert_eq!(need(&case, "attitude of the people").met, met, "{people:?}");
        let consent = need(&case, "co-operation it needs consents");
        assert_eq!(consent.met, met, "{people:?}");
        assert_eq!(consent.by[0].at, "proposal.requirements[0].people_there");
    }
    let monitored = need(&case, "electronic monitoring is added");
    assert_eq!(monitored.met, Met::Yes);
    case.proposal.requirements.pop();
    let monitored = need(&case, "electronic monitoring is added");
    assert_eq!(monitored.met, Met::NotKnown);
    case.proposal.requirements[0].no_monitoring_reason = Some("No signal there.".into());
    let monitored = need(&case, "electronic monitoring is added");
    assert_eq!(monitored.met, Met::Yes);
}

#[test]
fn a_named_programme_is_known_to_be_accredited_or_not_and_a_strange_one_is_not_known() {
    let named = |detail: &str| {
        let mut row = amount("programme", 19);
        row.detail = Some(detail.into());
        need(&community_order(vec![row]), "accredited").met
    };
    assert_eq!(named("the Thinking Skills Programme (TSP)"), Met::Yes);
    assert_eq!(named("FIRS4Women"), Met::No);
    assert_eq!(named("Building Better Relationships"), Met::No);
    assert_eq!(named("A programme nobody knows"), Met::NotKnown);
}

#[test]
fn alcohol_in_the_offence_and_dependence_are_two_answers() {
    let mut case = community_order(vec![amount("aamr", 60)]);
    answered(&mut case, "offence-how", json!({ "substances": "alcohol" }));
    answered(&mut case, "alcohol-dependence", json!("no"));
    assert_eq!(need(&case, "element of the offence").met, Met::Yes);
    let not = need(&case, "she is not dependent");
    assert_eq!(not.met, Met::Yes);
    answered(&mut case, "alcohol-dependence", json!("yes"));
    assert_eq!(need(&case, "she is not dependent").met, Met::No);
    assert_eq!(need(&case, "regulations on monitoring").met, Met::NotKnown);
}

fn court(case: &CaseFile, id: &str) -> crate::sentencing::CourtFit {
    let directory = Directory::load(&files()).unwrap();
    let lives = case.woman.lives_in.as_deref();
    let lives = lives.map(|area| directory.place(area).unwrap());
    let all = special_courts(case, pack(), lives.as_ref(), today());
    all.into_iter().find(|c| c.id == id).unwrap()
}

fn criterion(fit: &crate::sentencing::CourtFit, words: &str) -> Fit {
    let mut criteria = fit.criteria.iter();
    criteria.find(|c| c.says.contains(words)).unwrap().fit
}

#[test]
fn birminghams_criteria_are_met_one_by_one_and_what_is_not_asked_stays_unknown() {
    let mut case = community_order(vec![amount("rar", 20)]);
    case.hearing.court = "Birmingham Magistrates’ Court".into();
    case.hearing.indication = Some(Indication::AllOptions);
    case.woman.date_of_birth = Some(day(1990, 1, 1));
    let fit = court(&case, "birmingham");
    assert_eq!(criterion(&fit, "Birmingham Magistrates"), Fit::Met);
    assert_eq!(criterion(&fit, "18 or over"), Fit::Met);
    assert_eq!(criterion(&fit, "no sexual offence"), Fit::Met);
    assert_eq!(criterion(&fit, "notification"), Fit::NotKnown);
    assert_eq!(fit.fit, Fit::NotKnown);
    assert!(fit.effects.iter().any(|e| e.contains("does not end early")));
    case.offences[0].id = Some("bladed-article".into());
    let fit = court(&case, "birmingham");
    assert_eq!(
        criterion(&fit, "no sexual offence"),
        Fit::NotKnown,
        "is it the first?"
    );
    case.offences[0].id = Some("bladed-article-threat".into());
    let fit = court(&case, "birmingham");
    assert_eq!(
        (criterion(&fit, "no sexual offence"), fit.fit),
        (Fit::NotMet, Fit::NotMet)
    );
    case.offences[0].id = None;
    let fit = court(&case, "birmingham");
    assert_eq!(criterion(&fit, "no sexual offence"), Fit::NotKnown);
    case.hearing.court = "Reading Magistrates' Court".into();
    assert_eq!(court(&case, "birmingham").fit, Fit::NotMet);
}

#[test]
fn greater_manchesters_criteria_rest_on_where_she_lives_and_what_she_needs() {
    let mut case = community_order(vec![amount("rar", 20)]);
    case.hearing.court = "Manchester Magistrates' Court".into();
    case.hearing.indication = Some(Indication::CommunityMedium);
    let fit = court(&case, "greater-manchester");
    assert_eq!(criterion(&fit, "lives in Greater"), Fit::NotKnown);
    assert_eq!(criterion(&fit, "several complex needs"), Fit::NotKnown);
    case.woman.lives_in = Some("Salford".into());
    answered(&mut case, "need-finance", json!({ "level": "high" }));
    answered(&mut case, "need-wellbeing", json!({ "level": "medium" }));
    answered(
        &mut case,
        "her-view-of-proposal",
        json!({ "view": "willing" }),
    );
    let fit = court(&case, "greater-manchester");
    assert_eq!(fit.fit, Fit::Met, "{fit:#?}");
    assert!(!fit.source.verified, "its own list was not seen");
    case.woman.lives_in = Some("RG14".into());
    assert_eq!(court(&case, "greater-manchester").fit, Fit::NotMet);
    case.hearing.indication = Some(Indication::CommunityLow);
    let fit = court(&case, "greater-manchester");
    assert_eq!(criterion(&fit, "at risk of custody"), Fit::NotMet);
}

#[test]
fn a_finding_on_practice_names_the_answers_it_rests_on() {
    let mut case = community_order(vec![amount("curfew", 8)]);
    answered(
        &mut case,
        "abuse-victim",
        json!({ "experienced": "yes", "by": "partner" }),
    );
    answered(&mut case, "home", json!({ "where": "partner" }));
    let finding = found(&case, "practice.curfew.shared");
    let at: Vec<&str> = finding.rests_on.iter().map(|b| b.at.as_str()).collect();
    assert_eq!(at, ["answers.abuse-victim", "answers.home"]);
}

#[test]
fn no_finding_says_what_was_kept_on_the_record() {
    let mut case = community_order(vec![amount("rar", 20)]);
    let kinds = json!({ "experienced": "yes", "kinds_on_record": ["sexual-violence"] });
    answered(&mut case, "abuse-victim", kinds);
    case.proposal.requirements[0].setting = Some(crate::case::GroupSetting::Mixed);
    let finding = found(&case, "practice.group.mixed");
    let said = format!("{} {} {:?}", finding.what, finding.why, finding.rests_on);
    assert!(!said.to_lowercase().contains("sexual"), "{said}");
}

#[test]
fn numbers_that_are_negative_fractional_or_too_large_are_refused_with_their_place() {
    for (months, why) in [
        ("-3", "-3 cannot stand here; write a whole number"),
        ("1.5", "1.5 cannot stand here; write a whole number"),
        ("99999999999", "from 0 to 4294967295"),
    ] {
        let text = format!(
            "{{\"foreword_case\":1,\"proposal\":{{\"order\":\"community-order\",\"months\":{months}}}}}"
        );
        let fault = from_json(&text).expect_err("refused");
        assert_eq!(fault.path, "proposal.months", "{months}");
        assert!(fault.reason.contains(why), "{fault}");
    }
}
