//! A women's centre in the loop: an author, a centre, and what each may see at each
//! moment.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use foreword::store::{AccountId, Belongs, NewAccount, NewPassword, Role};

use super::{
    second::send,
    visitor::{PASSWORD, Page, Service, Visitor},
};

const ALANA: &str = "39f97b70-5199-5486-b659-5508636f2c0b";
const PACT: &str = "PACT (Parents And Children Together)";
const SECRET: &str = "Her sister Xanthe Quill rang us in confidence about the flat";

/// A week before Angela's hearing.
fn before_the_hearing() -> DateTime<Utc> {
    "2026-11-26T10:00:00Z".parse().unwrap()
}

/// Somebody who assesses for an organisation, signed in.
async fn assessor(service: &Service, email: &str, name: &str, organisation: &str) -> Visitor {
    let account = NewAccount {
        id: AccountId::new(Utc::now()),
        email: email.into(),
        display_name: name.into(),
        roles: Role::Assessor.into(),
        password: NewPassword::new(PASSWORD).unwrap(),
    };
    let belongs = Belongs {
        keeps: &[],
        centres: &[organisation.to_owned()],
        by: None,
    };
    let made = service.store().create_with(account, belongs, Utc::now());
    made.await.unwrap();
    service.author_again(email).await
}

/// Angela's report, its author, and Alana House.
pub struct Loop {
    pub service: Service,
    pub author: Visitor,
    pub centre: Visitor,
    pub report: String,
}

const REFERRAL: [(&str, &str); 18] = [
    ("consent.given-day", "20"),
    ("consent.given-month", "11"),
    ("consent.given-year", "2026"),
    ("consent.how", "written"),
    ("consent.until-day", "31"),
    ("consent.until-month", "12"),
    ("consent.until-year", "2026"),
    ("consent.words", "All but what the police said."),
    ("reply_by-day", "1"),
    ("reply_by-month", "12"),
    ("reply_by-year", "2026"),
    ("send.name", "yes"),
    ("text.name", "Angela Hart"),
    ("send.reason", "yes"),
    (
        "text.reason",
        "The court wants to know what you could offer.",
    ),
    ("text.born", "not ticked, so never sent"),
    ("agrees", "yes"),
    ("sure", "yes"),
];

const ASSESSMENT: [(&str, &str); 21] = [
    ("met_on-day", "25"),
    ("met_on-month", "11"),
    ("met_on-year", "2026"),
    ("met_how", "at-the-centre"),
    ("level.finance", "medium"),
    ("said.finance", "Rent is two months behind."),
    ("goals", "I want to keep my home."),
    ("item.0.what", "Money and debt group"),
    ("item.0.setting", "women-only"),
    ("item.0.place", "South Street"),
    ("item.0.days", "tuesday"),
    ("item.0.from", "1pm"),
    ("item.0.to", "3pm"),
    ("item.0.weeks", "6"),
    ("item.0.worker", "Priya"),
    ("item.0.held-day", "18"),
    ("item.0.held-month", "12"),
    ("item.0.held-year", "2026"),
    ("suitability", "yes"),
    ("not_for_court", SECRET),
    ("signer_role", "Keyworker"),
];

impl Loop {
    pub async fn start() -> Self {
        let service = Service::with_its_own_directory(before_the_hearing).await;
        let (author, report) = service.with_angela().await;
        let centre = assessor(&service, "noor@alana.example", "Noor Centre", PACT).await;
        Self {
            service,
            author,
            centre,
            report,
        }
    }

    /// Sends the referral, with some fields otherwise; the author's page of it.
    pub async fn refer(&mut self, other: &[(&str, &str)]) -> Page {
        let page = format!("{}/referrals/new/{ALANA}", self.report);
        let mut fields: Vec<(&str, &str)> = REFERRAL
            .into_iter()
            .filter(|(name, _)| !other.iter().any(|(n, _)| n == name))
            .collect();
        fields.extend(other);
        if !other.iter().any(|(name, _)| *name == "act") {
            fields.push(("act", "send"));
        }
        send(&mut self.author, &page, &page, &fields).await
    }

    /// Sent: the author's address of it, and the centre's.
    pub async fn referred(&mut self) -> (String, String) {
        let hers = self.refer(&[]).await.location();
        let id = hers.rsplit('/').next().unwrap();
        (hers.clone(), format!("/centre/{id}"))
    }

    pub async fn centre_does(&mut self, at: &str, fields: &[(&str, &str)]) -> Page {
        send(&mut self.centre, at, at, fields).await
    }

    pub async fn author_does(&mut self, at: &str, fields: &[(&str, &str)]) -> Page {
        send(&mut self.author, at, at, fields).await
    }

    pub async fn signs(&mut self, at: &str, other: &[(&str, &str)]) {
        let form = format!("{at}/assessment");
        let mut fields: Vec<(&str, &str)> = ASSESSMENT
            .into_iter()
            .filter(|(name, _)| !other.iter().any(|(n, _)| n == name))
            .collect();
        fields.extend(other);
        fields.push(("act", "check"));
        let page = self.centre_does(&form, &fields).await;
        let to = page.location();
        assert!(to.ends_with("/sign"), "{to}");
        let signed = self.centre_does(&to, &[("accept", "yes")]).await;
        assert_eq!(signed.location(), at);
    }

    /// Referred, accepted and signed; both addresses.
    pub async fn assessed(&mut self, other: &[(&str, &str)]) -> (String, String) {
        let (hers, theirs) = self.referred().await;
        self.centre_does(&theirs, &[("act", "accept")])
            .await
            .location();
        self.signs(&theirs, other).await;
        (hers, theirs)
    }
}

#[tokio::test]
async fn a_centre_is_asked_answers_and_what_it_offers_becomes_part_of_the_proposal() {
    let mut both = Loop::start().await;
    let list = both.author.get(&format!("{}/referrals", both.report)).await;
    assert!(
        list.text().contains("Assesses for court reports"),
        "{}",
        list.text()
    );
    let (hers, theirs) = both.referred().await;

    let inbox = both.centre.get("/centre").await.text();
    assert!(
        inbox.contains("Angela Hart") && inbox.contains("1 December 2026"),
        "{inbox}"
    );
    let page = both.centre.get(&theirs).await.text();
    assert!(
        page.contains("The court wants to know what you could offer."),
        "{page}"
    );
    assert!(
        !page.contains("not ticked"),
        "only what was ticked travels: {page}"
    );

    both.centre_does(
        &theirs,
        &[("act", "ask"), ("question", "Which days suit her?")],
    )
    .await
    .location();
    both.author_does(
        &hers,
        &[("act", "message"), ("message", "Tuesdays after one.")],
    )
    .await
    .location();
    let page = both.centre.get(&theirs).await.text();
    assert!(page.contains("Tuesdays after one."), "{page}");

    both.centre_does(&theirs, &[("act", "accept")])
        .await
        .location();
    both.signs(&theirs, &[]).await;
    let page = both.author.get(&hers).await.text();
    assert!(
        page.contains("This is not a pre-sentence report."),
        "{page}"
    );
    assert!(page.contains("signed by Noor Centre"), "{page}");
    assert!(page.contains(SECRET), "the author reads it: {page}");

    both.author_does(&hers, &[("act", "bring")])
        .await
        .location();
    let adopt = [
        ("act", "item"),
        ("item", "0"),
        ("made.0", "adopted"),
        ("where.0", "0"),
    ];
    both.author_does(&hers, &adopt).await.location();
    let case = both.author.get(&format!("{}/case.json", both.report)).await;
    let case: serde_json::Value = serde_json::from_slice(&case.bytes).unwrap();
    let requirement = &case["proposal"]["requirements"][0];
    let slots = requirement["slots"].to_string();
    assert!(slots.contains("13:00"), "her week takes it: {requirement}");
    let services = case["services"].to_string();
    assert!(services.contains("until 18 December 2026"), "{services}");

    let draft = both
        .author
        .get(&format!("{}/draft", both.report))
        .await
        .text();
    assert!(draft.contains("was assessed by Alana House"), "{draft}");
    assert!(draft.contains("on 25 November 2026"), "{draft}");
    assert!(draft.contains("Money and debt group"), "{draft}");
    assert!(draft.contains("I want to keep my home"), "{draft}");
    assert!(
        !draft.contains("Xanthe") && !draft.contains("in confidence"),
        "{draft}"
    );
}

#[tokio::test]
async fn what_the_centre_told_the_author_alone_is_sought_in_what_leaves() {
    let mut both = Loop::start().await;
    let goals = format!("I want to keep my home. {SECRET}.");
    let (hers, _) = both.assessed(&[("goals", &goals)]).await;
    both.author_does(&hers, &[("act", "bring")])
        .await
        .location();
    let report = both
        .author
        .get(&format!("{}/report.txt", both.report))
        .await;
    assert_ne!(report.status, StatusCode::OK, "{}", report.text());
    assert!(!report.text().contains("Xanthe"), "{}", report.text());
}

#[tokio::test]
async fn consent_withdrawn_stops_the_sharing_at_once() {
    let mut both = Loop::start().await;
    let (hers, theirs) = both.referred().await;
    both.centre_does(&theirs, &[("act", "accept")])
        .await
        .location();
    let form = format!("{theirs}/assessment");
    let writing = both.centre.get(&form).await;
    both.author_does(&hers, &[("act", "withdraw")])
        .await
        .location();

    let page = both.centre.get(&theirs).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text().contains("She has withdrawn her consent"),
        "{}",
        page.text()
    );
    assert!(
        !page.body.contains("Angela") && !page.body.contains("The court wants"),
        "{}",
        page.body
    );
    let inbox = both.centre.get("/centre").await;
    assert!(!inbox.body.contains("Angela"), "{}", inbox.body);
    assert_eq!(both.centre.get(&form).await.status, StatusCode::NOT_FOUND);
    let late = both
        .centre
        .send_form_of(&writing, &form, &[("goals", "too late"), ("act", "save")])
        .await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    let told = both.author.get(&hers).await.text();
    assert!(told.contains("She withdrew her consent"), "{told}");
}

#[tokio::test]
async fn a_hearing_brought_forward_past_the_reply_is_told() {
    let mut both = Loop::start().await;
    let (hers, _) = both.referred().await;
    assert!(
        !both
            .author
            .get(&hers)
            .await
            .text()
            .contains("brought forward")
    );
    let page = format!("{}/prompts/hearing", both.report);
    let shown = both.author.get(&page).await;
    let mut fields = shown.filled_in();
    for (name, value) in &mut fields {
        match name.as_str() {
            n if n.ends_with("date-day") => "1".clone_into(value),
            n if n.ends_with("date-month") => "12".clone_into(value),
            n if n.ends_with("date-year") => "2026".clone_into(value),
            _ => {}
        }
    }
    let fields: Vec<_> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
    let saved = both.author.send_form_of(&shown, &page, &fields).await;
    assert!(saved.status.is_redirection(), "{}", saved.text());
    let text = both.author.get(&hers).await.text();
    assert!(
        text.contains("brought forward to 1 December 2026"),
        "{text}"
    );
}

#[tokio::test]
async fn a_centre_without_room_declines_and_its_entry_says_so() {
    let mut both = Loop::start().await;
    let (hers, theirs) = both.referred().await;
    let page = both.centre_does(&theirs, &[("act", "decline")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let declines = [
        ("act", "decline"),
        ("reason", "no-capacity"),
        ("said", "Not before January."),
    ];
    both.centre_does(&theirs, &declines).await.location();
    let told = both.author.get(&hers).await.text();
    assert!(
        told.contains("We have no capacity at present. Not before January."),
        "{told}"
    );
    let closed = both.centre.get(&theirs).await;
    assert!(!closed.body.contains("Angela"), "{}", closed.body);
    let kept = both
        .service
        .store()
        .directory_record(ALANA)
        .await
        .unwrap()
        .unwrap();
    let paused = kept.record.facts.terms.iter();
    let paused: Vec<_> = paused
        .filter(|t| t.term == "referral-state/paused")
        .collect();
    assert!(
        paused[0].source.contains("26 November 2026"),
        "{:?}",
        paused[0]
    );
}

#[tokio::test]
async fn a_place_that_lapses_before_the_hearing_is_told_on_the_proposal() {
    let mut both = Loop::start().await;
    let (hers, _) = both.assessed(&[("item.0.held-day", "2")]).await;
    both.author_does(&hers, &[("act", "bring")])
        .await
        .location();
    let proposal = format!("{}/proposal", both.report);
    let text = both.author.get(&proposal).await.text();
    assert!(text.contains("is held until 2 December 2026"), "{text}");
    let drop = [("act", "item"), ("item", "0"), ("made.0", "not-proposed")];
    let page = both.author_does(&hers, &drop).await;
    assert_eq!(
        page.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a reason is wanted"
    );
    let drop = [
        ("act", "item"),
        ("item", "0"),
        ("made.0", "not-proposed"),
        ("why.0", "The place lapses."),
    ];
    both.author_does(&hers, &drop).await.location();
    let text = both.author.get(&proposal).await.text();
    assert!(!text.contains("is held until"), "{text}");
    let draft = both
        .author
        .get(&format!("{}/draft", both.report))
        .await
        .text();
    assert!(draft.contains("Not proposed: The place lapses."), "{draft}");
}

#[tokio::test]
async fn two_assessors_at_once_lose_nothing_and_the_reply_is_corrected_by_a_new_version() {
    let mut both = Loop::start().await;
    let (hers, theirs) = both.referred().await;
    both.centre_does(&theirs, &[("act", "accept")])
        .await
        .location();
    let form = format!("{theirs}/assessment");
    let mut colleague = assessor(&both.service, "ida@alana.example", "Ida Centre", PACT).await;
    let hers_open = colleague.get(&form).await;
    both.centre_does(&form, &[("goals", "A home."), ("act", "save")])
        .await
        .location();
    let stale = colleague
        .send_form_of(
            &hers_open,
            &form,
            &[("goals", "My children."), ("act", "save")],
        )
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("A home."), "{}", stale.text());
    assert_eq!(stale.value("goals"), "My children.");

    both.signs(&theirs, &[]).await;
    both.author_does(&hers, &[("act", "bring")])
        .await
        .location();
    both.signs(&theirs, &[("goals", "I want to keep my home and my job.")])
        .await;
    let text = both.author.get(&hers).await.text();
    assert!(text.contains("earlier version"), "{text}");
    assert!(
        text.contains("Version 1, signed") && text.contains("Version 2, signed"),
        "{text}"
    );
    both.centre_does(
        &theirs,
        &[("act", "take-back"), ("why", "She asked us to.")],
    )
    .await
    .location();
    let text = both.author.get(&hers).await.text();
    assert!(text.contains("has taken this assessment back"), "{text}");
}

#[tokio::test]
async fn another_centre_and_another_author_find_nothing() {
    let mut both = Loop::start().await;
    let (hers, theirs) = both.assessed(&[]).await;
    let mut stranger = assessor(
        &both.service,
        "eve@other.example",
        "Eve Other",
        "One Small Thing",
    )
    .await;
    let inbox = stranger.get("/centre").await;
    assert!(!inbox.body.contains("Angela"), "{}", inbox.body);
    for page in ["", "/assessment", "/sign"] {
        let address = format!("{theirs}{page}");
        assert_eq!(
            stranger.get(&address).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
        // Any page of ours gives the token.
        let csrf = stranger.get("/sign-in").await.token();
        let sent = [
            ("csrf", &*csrf),
            ("act", "accept"),
            ("seen", "0"),
            ("accept", "yes"),
        ];
        let sent = sent.map(|(n, v)| (n.to_owned(), v.to_owned()));
        let sent = stranger.post(&address, &sent, &[]).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{address}");
    }
    let mut other = both.service.author("other@example.org").await;
    assert_eq!(other.get(&hers).await.status, StatusCode::NOT_FOUND);
    let mine = other.start_report().await;
    let crossed = hers.replace(&both.report, &mine);
    assert_eq!(other.get(&crossed).await.status, StatusCode::NOT_FOUND);
    let csrf = other.get("/sign-in").await.token();
    let mine = mine.trim_start_matches("/reports/").to_owned();
    let sent = [("csrf", csrf), ("report", mine), ("act", "withdraw".into())];
    let sent = sent.map(|(n, v)| (n.to_owned(), v));
    let act = other.post(&crossed, &sent, &[]).await;
    assert_eq!(act.status, StatusCode::NOT_FOUND);
    assert!(both.centre.get(&theirs).await.body.contains("Angela"));
}

#[tokio::test]
async fn nothing_is_sent_without_consent_and_the_preview_is_what_the_centre_reads() {
    let mut both = Loop::start().await;
    let page = both.refer(&[("agrees", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text().contains("Confirm that she has agreed"),
        "{}",
        page.text()
    );
    let page = both.refer(&[("consent.how", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text().contains("Select how she agreed"),
        "{}",
        page.text()
    );
    let preview = both.refer(&[("act", "preview")]).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
    assert!(preview.texts("dl").concat().contains("Angela Hart"));
    assert!(!preview.texts("dl").concat().contains("not ticked"));
    assert!(!both.centre.get("/centre").await.body.contains("Angela"));
}
