//! A report with something in every kind of row that a report has, for cases about all of
//! them: what of it opens, and its rows taken away and put back.

use foreword::{
    case::Assessment,
    consultancy::{Consent, ConsentHow, Referral, Shared, plan::Plan},
    store::{
        AccountId, Asked, Belongs, Broke, DraftSave, NewAccount, ReferralId, ReferralState,
        Replied, ReportId, Role, Sent, Store, TeamId, Unsent,
    },
};
use serde_json::json;

use crate::harness::{addendum, signed_text};

use super::bed::{later, now, person, save, start, write};

/// The tables that hold sealed rows of a report, each after those it refers to, with the
/// condition that picks the rows of one: `$1` is written as its id.
pub const SEALED: [(&str, &str); 14] = [
    ("report", "id = $1"),
    ("revision", "report_id = $1"),
    ("report_head", "report_id = $1"),
    ("unsent", "report_id = $1"),
    ("signed_document", "report_id = $1"),
    ("addendum", "report_id = $1"),
    ("report_opening", "report_id = $1"),
    ("plan_version", "report_id = $1"),
    ("review_request", "report_id = $1"),
    (
        "review_comment",
        "request_id IN (SELECT id FROM review_request WHERE report_id = $1)",
    ),
    ("referral", "report_id = $1"),
    (
        "referral_message",
        "referral_id IN (SELECT id FROM referral WHERE report_id = $1)",
    ),
    (
        "assessment_draft",
        "referral_id IN (SELECT id FROM referral WHERE report_id = $1)",
    ),
    (
        "assessment_reply",
        "referral_id IN (SELECT id FROM referral WHERE report_id = $1)",
    ),
];

/// The tables that refer to a report and hold nothing sealed.
pub const PLAIN: [(&str, &str); 2] = [
    ("report_word", "report_id = $1"),
    ("report_named", "report_id = $1"),
];

/// The column that is sealed in a table.
pub fn sealed_column(table: &str) -> &'static str {
    if table == "report" {
        "summary"
    } else {
        "content"
    }
}

/// Her author, whoever was asked to check it, an author of another team, an assessor.
#[derive(Debug, Clone, Copy)]
pub struct Whole {
    pub ann: AccountId,
    pub bea: AccountId,
    pub cat: AccountId,
    pub ada: AccountId,
    pub report: ReportId,
    pub referral: ReferralId,
}

const CENTRE: &str = "PACT";

async fn team(store: &Store, name: &str, by: AccountId) -> Option<TeamId> {
    store.add_team("An area", name, by, now()).await.unwrap();
    let teams = store.teams().await.unwrap();
    teams.iter().find(|t| t.name == name).map(|t| t.id)
}

async fn author(store: &Store, name: &str) -> AccountId {
    let new = person(&format!("{name}@example.org"), name);
    store.create_account(new, now()).await.unwrap().id
}

/// Makes such a report, signed in the end.
pub async fn whole(store: &Store) -> Whole {
    let (ann, bea, cat) = (
        author(store, "ann").await,
        author(store, "bea").await,
        author(store, "cat").await,
    );
    let ada = assessor(store).await;
    let (one, two) = (
        team(store, "Here", ann).await,
        team(store, "There", ann).await,
    );
    for (who, team) in [(ann, one), (bea, one), (cat, two)] {
        store.set_team(who, team, ann, now()).await.unwrap();
    }
    let report = log(store, ann).await;
    let referral = shared(store, ann, ada, report).await;
    checked(store, ann, bea, report).await;
    let seen = store.as_colleague(cat);
    let broke = seen.break_glass("26WB/0001", "She is at risk", later(8));
    assert!(matches!(broke.await.unwrap(), Broke::Open(..)));
    let hers = store.as_author(ann);
    let plan = Plan {
        wants: "a quiet home".into(),
        ..Plan::default()
    };
    hers.save_plan(report, 0, &plan, later(9)).await.unwrap();
    let revision = hers.load(report).await.unwrap().unwrap().revision;
    let (document, more) = (signed_text(), addendum());
    let signing = hers.sign_report(report, revision, &document, later(10));
    signing.await.unwrap();
    let added = hers.add_addendum(report, 1, &more, later(11));
    added.await.unwrap();
    Whole {
        ann,
        bea,
        cat,
        ada,
        report,
        referral,
    }
}

async fn assessor(store: &Store) -> AccountId {
    let new = NewAccount {
        roles: Role::Assessor.into(),
        ..person("ada@example.org", "ada")
    };
    let belongs = Belongs {
        centres: &[CENTRE.to_owned()],
        ..Belongs::default()
    };
    store.create_with(new, belongs, now()).await.unwrap().id
}

/// A log with a kept head and a tail, and something unsent.
async fn log(store: &Store, ann: AccountId) -> ReportId {
    let hers = store.as_author(ann);
    let first = [
        write(
            "woman.name",
            json!({"first": "Angharad", "last": "Testerton"}),
        ),
        write("hearing.case_number", json!("26WB/0001")),
    ];
    let report = start(hers, &first).await;
    for seen in 2..36 {
        let words = json!({"value": format!("words {seen}"), "state": "answered"});
        save(hers, report, write("answers.alcohol", words), seen).await;
    }
    let unsent = Unsent {
        page: "prompts/alcohol".into(),
        form: vec![("value".into(), "not sent".into())],
        seen: 36,
        at: later(2),
    };
    hers.keep_unsent(report, &unsent).await.unwrap();
    report
}

/// A referral with a message, a draft and a reply.
async fn shared(store: &Store, ann: AccountId, ada: AccountId, report: ReportId) -> ReferralId {
    let referral = Referral {
        service: "alana-house".into(),
        centre: "Alana House".into(),
        organisation: CENTRE.into(),
        hearing: None,
        reply_by: "2026-12-01".parse().unwrap(),
        consent: Consent {
            given_on: "2026-11-20".parse().unwrap(),
            how: ConsentHow::Written,
            until: "2026-12-31".parse().unwrap(),
            words: "Not the police reports.".into(),
        },
        shared: vec![Shared {
            field: "name".into(),
            label: "Name".into(),
            text: "Angharad".into(),
        }],
        fictional: true,
    };
    let hers = store.as_author(ann);
    let sent = hers.send_referral(report, &referral, later(3));
    let Sent::Now(id) = sent.await.unwrap() else {
        panic!("not sent")
    };
    let centre = store.as_assessor(ada);
    let accepted = centre.answer(id, ReferralState::Accepted, "Yes, gladly.", later(4));
    assert!(accepted.await.unwrap());
    let form = [("strengths".to_owned(), "Her children.".to_owned())];
    let saved = centre.save_draft(id, &form, 0, later(5)).await.unwrap();
    assert_eq!(saved, DraftSave::Saved { revision: 1 });
    let assessment = Assessment {
        strengths: "Her children.".into(),
        ..Assessment::default()
    };
    let replied = centre.sign(id, &assessment, 1, later(6)).await.unwrap();
    assert_eq!(replied, Replied::Now(1));
    id
}

/// A request to check it, and something said.
async fn checked(store: &Store, ann: AccountId, bea: AccountId, report: ReportId) {
    let hers = store.as_author(ann);
    let asked = hers.ask_for_check(report, bea, "The risk, please.", later(7));
    assert!(matches!(asked.await.unwrap(), Asked::Now(_)));
    let said = [("risk".to_owned(), "Say more.".to_owned())];
    let commented = store.as_checker(bea).comment(report, &said, later(7));
    assert!(commented.await.unwrap());
}

impl Whole {
    /// The one in a store that was made from a backup of one.
    pub async fn found_in(store: &Store) -> Self {
        let accounts = store.accounts().await.unwrap();
        let of = |name: &str| {
            let mut found = accounts.iter().filter(|a| a.display_name == name);
            found.next().unwrap().id
        };
        let hers = store.as_author(of("ann"));
        let rows = hers.find_by_name("testerton").await.unwrap();
        let referrals = hers.referrals_of(rows[0].id).await.unwrap();
        Self {
            ann: of("ann"),
            bea: of("bea"),
            cat: of("cat"),
            ada: of("ada"),
            report: rows[0].id,
            referral: referrals[0].id,
        }
    }

    /// The rows of its tables, as a condition on one of them.
    pub fn rows(&self, condition: &str) -> String {
        condition.replace("$1", &format!("'{}'", self.report))
    }

    /// Each kind of row by name, with what it says, where it opens.
    pub async fn opened(&self, store: &Store) -> Vec<(&'static str, String)> {
        let hers = store.as_author(self.ann);
        let mut opened = Vec::new();
        if let Ok(Some(report)) = hers.load(self.report).await {
            let answers = serde_json::to_string(&report.case.answers).unwrap();
            opened.push(("head and tail", answers));
        }
        if let Ok(rows) = hers.list().await {
            let mut mine = rows.into_iter().filter(|row| row.id == self.report);
            opened.extend(mine.next().map(|row| ("summary", row.name)));
        }
        if let Ok(Some(rows)) = hers.history(self.report).await {
            opened.push(("log", format!("{} {}", rows.len(), rows[0].value)));
        }
        if let Ok(Some(unsent)) = hers.unsent(self.report, "prompts/alcohol").await {
            opened.push(("unsent", unsent.form[0].1.clone()));
        }
        if let Ok(Some(document)) = hers.signed_document(self.report).await {
            opened.push(("signed", document.markdown));
        }
        for of in hers.addenda(self.report).await.into_iter().flatten() {
            opened.push(("addendum", of.addendum.text));
        }
        for of in hers.openings(self.report).await.into_iter().flatten() {
            opened.push(("opening", of.reason));
        }
        if let Ok(Some(plan)) = hers.plan(self.report).await {
            opened.push(("plan", plan.plan.wants));
        }
        for request in hers.checks_of(self.report).await.into_iter().flatten() {
            opened.push(("check", request.note));
            let said = request.comments.into_iter().map(|c| ("comment", c.text));
            opened.extend(said);
        }
        self.opened_at_the_centre(store, &mut opened).await;
        opened
    }

    async fn opened_at_the_centre(&self, store: &Store, opened: &mut Vec<(&'static str, String)>) {
        let hers = store.as_author(self.ann);
        for kept in hers.referrals_of(self.report).await.into_iter().flatten() {
            let shared = kept.referral.as_ref().map(|r| r.shared[0].text.clone());
            opened.extend(shared.map(|text| ("referral", text)));
            let messages = kept.messages.iter().map(|m| ("message", m.text.clone()));
            opened.extend(messages);
            if let Some((_, reply)) = kept.reply() {
                opened.push(("reply", reply.strengths.clone()));
            }
        }
        let centre = store.as_assessor(self.ada);
        if let Ok(Some(draft)) = centre.draft(self.referral).await {
            opened.push(("draft", draft.form[0].1.clone()));
        }
        if centre.inbox().await.is_ok_and(|inbox| !inbox.is_empty()) {
            opened.push(("inbox", String::new()));
        }
    }

    /// All that [`Self::opened`] says of a report as it was made.
    pub fn everything() -> Vec<(&'static str, String)> {
        let said = [
            (
                "head and tail",
                r#"{"alcohol":{"state":"answered","value":"words 35","visibility":"in-report"}}"#,
            ),
            ("summary", "Angharad Testerton"),
            ("log", r#"36 {"first":"Angharad","last":"Testerton"}"#),
            ("unsent", "not sent"),
            ("signed", "## About this report"),
            ("addendum", "The police replied on 30 November."),
            ("opening", "She is at risk"),
            ("plan", "a quiet home"),
            ("check", "The risk, please."),
            ("comment", "Say more."),
            ("referral", "Angharad"),
            ("message", "Yes, gladly."),
            ("reply", "Her children."),
            ("draft", "Her children."),
            ("inbox", ""),
        ];
        said.map(|(kind, text)| (kind, text.to_owned())).into()
    }
}
