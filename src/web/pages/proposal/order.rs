//! The sentence proposed, its length, and how it punishes.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    case::{CaseFile, HowPunished, OrderKind, revision::Write},
    interview::{
        Choice, Field, Kind, Prompt,
        form::{from_form, to_form},
    },
    sentencing::{CaseDates, Rule},
    store::{LoadedReport, Stale},
    web::{
        asking::{Faults, drop_nulls, said, told, views},
        csrf::OurForm,
        error::Error,
        fields::{ErrorLine, FieldView, mark, summary},
        findings::cited,
        form::Form,
        pages::{
            conflict::ConflictPage,
            report::{ReportStrip, open},
        },
        saving::{self, Keeping, ReportForm},
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words::sentence_case,
    },
};

/// The form for the sentence.
#[derive(Debug, Serialize)]
pub struct OrderPage {
    report: ReportStrip,
    fields: Vec<FieldView>,
    /// Rules of the law pack on the length of orders and on punishment.
    rules: Vec<RuleView>,
    errors: Vec<ErrorLine>,
    keeping: Keeping,
}

#[derive(Debug, Serialize)]
struct RuleView {
    title: String,
    says: String,
    source: String,
}

const ORDERS: [(OrderKind, &str); 6] = [
    (OrderKind::CommunityOrder, "community-order"),
    (
        OrderKind::SuspendedSentenceOrder,
        "suspended-sentence-order",
    ),
    (OrderKind::Deferment, "deferment"),
    (OrderKind::ConditionalDischarge, "conditional-discharge"),
    (OrderKind::Fine, "fine"),
    (OrderKind::CustodyUnavoidable, "custody-unavoidable"),
];

/// The fields, in the shape the form reader knows.
fn asked(state: &AppState) -> Prompt {
    let option = |id: &str, label: &str, hint: &str| Choice {
        id: id.into(),
        label: label.into(),
        hint: hint.into(),
        ..Choice::default()
    };
    let number = |id: &str, label: &str, hint: &str| Field {
        id: id.into(),
        label: label.into(),
        hint: hint.into(),
        kind: Kind::Number,
        least: Some(1),
        ..Field::default()
    };
    let orders =
        ORDERS.map(|(kind, id)| option(id, &sentence_case(state.law().order_words(kind)), ""));
    Prompt {
        id: "order".into(),
        short: "Sentence proposed".into(),
        kind: Kind::Group,
        place: "proposal".into(),
        fields: vec![
            Field {
                id: "order".into(),
                label: "Which sentence do you propose?".into(),
                kind: Kind::Choice,
                options: orders.into(),
                ..Field::default()
            },
            number(
                "months",
                "Length in months",
                "For a community order, a deferment or a conditional discharge",
            ),
            number(
                "suspended.custodial_months",
                "Suspended sentence: custodial term in months",
                "Only where the court has indicated one",
            ),
            number(
                "suspended.operational_months",
                "Suspended sentence: operational period in months",
                "",
            ),
            number(
                "suspended.supervision_months",
                "Suspended sentence: supervision period in months",
                "Where there are requirements",
            ),
            Field {
                id: "special_reviews".into(),
                label: "Is it proposed with reviews in an intensive supervision court?".into(),
                hint: "The page on specialist courts shows which there are, whether the criteria are met, and what it changes.".into(),
                kind: Kind::Choice,
                boolean: true,
                options: vec![option("yes", "Yes", ""), option("no", "No", "")],
                ..Field::default()
            },
            Field {
                id: "punished.by".into(),
                label: "How does a community order punish?".into(),
                kind: Kind::Choice,
                options: vec![
                    option(
                        "requirement",
                        "By one of its requirements",
                        "Tick punishment among that requirement's purposes",
                    ),
                    option("fine", "By a fine as well", ""),
                    option(
                        "exceptional-circumstances",
                        "Exceptional circumstances make both unjust",
                        "Say below what they are",
                    ),
                ],
                ..Field::default()
            },
            Field {
                id: "punished.words".into(),
                label: "The circumstances, or what the court should know of her means".into(),
                kind: Kind::Text,
                max: Some(2000),
                ..Field::default()
            },
        ],
        ..Prompt::default()
    }
}

/// What the case file holds, under the names of the form.
fn held(case: &CaseFile) -> Value {
    let proposal = &case.proposal;
    let (by, said) = match &proposal.punished {
        None => (None, None),
        Some(HowPunished::Requirement) => (Some("requirement"), None),
        Some(HowPunished::Fine { note }) => (Some("fine"), note.clone()),
        Some(HowPunished::ExceptionalCircumstances { reason }) => {
            (Some("exceptional-circumstances"), Some(reason.clone()))
        }
    };
    json!({
        "order": proposal.order,
        "months": proposal.months,
        "suspended": proposal.suspended,
        "special_reviews": proposal.special_reviews,
        "punished": { "by": by, "words": said },
    })
}

/// What the form says, as writes.
fn read(prompt: &Prompt, form: &Form) -> Result<Vec<Write>, Vec<(String, String)>> {
    let mut value = from_form(prompt, form.pairs()).map_err(|(_, faults)| told(faults))?;
    drop_nulls(&mut value);
    let Value::Object(mut whole) = value else {
        return Ok(Vec::new());
    };
    let punished = match whole.remove("punished") {
        Some(Value::Object(punished)) => in_its_own_words(&punished)?,
        _ => Value::Null,
    };
    let taken = |whole: &mut Map<String, Value>, key: &str| whole.remove(key).unwrap_or_default();
    let mut writes = vec![Write::new("proposal.punished", punished)];
    for key in ["order", "months", "special_reviews"] {
        writes.push(Write::new(
            format!("proposal.{key}"),
            taken(&mut whole, key),
        ));
    }
    // An object laid over another keeps what it does not name, so each is named.
    let suspended = match taken(&mut whole, "suspended") {
        Value::Object(given) => {
            let keys = [
                "custodial_months",
                "operational_months",
                "supervision_months",
            ];
            let all = keys.map(|k| (k.to_owned(), given.get(k).cloned().unwrap_or_default()));
            Value::Object(all.into_iter().collect())
        }
        _ => Value::Null,
    };
    writes.push(Write::new("proposal.suspended", suspended));
    Ok(writes)
}

fn in_its_own_words(punished: &Map<String, Value>) -> Result<Value, Vec<(String, String)>> {
    let words = punished.get("words").and_then(Value::as_str);
    let fault = |name: &str, what: &str| Err(vec![(name.to_owned(), what.to_owned())]);
    match (punished.get("by").and_then(Value::as_str), words) {
        // Every variant names all its fields, so that none of another is left behind.
        (Some("fine"), note) => Ok(json!({"by": "fine", "note": note, "reason": null})),
        (Some("exceptional-circumstances"), Some(reason)) => {
            Ok(json!({"by": "exceptional-circumstances", "reason": reason, "note": null}))
        }
        (Some("exceptional-circumstances"), None) => fault(
            "punished.words",
            "Say what the exceptional circumstances are",
        ),
        (Some(by), _) => Ok(json!({"by": by, "reason": null, "note": null})),
        (None, Some(_)) => fault("punished.by", "Select how a community order punishes"),
        (None, None) => Ok(Value::Null),
    }
}

fn page(
    state: &AppState,
    report: &LoadedReport,
    held: &Form,
    faults: &[(String, String)],
    keeping: Keeping,
) -> OrderPage {
    let mut fields = views(&asked(state).fields, held);
    mark(&mut fields, faults);
    let pack = state.law();
    let law = pack.in_force(&CaseDates::of(&report.case, state.today()));
    let rule = |r: &Rule| RuleView {
        title: r.title.clone(),
        says: r.says.clone(),
        source: cited(&r.citation, r.checked, r.verified),
    };
    OrderPage {
        report: ReportStrip::of(report),
        errors: summary(&fields),
        fields,
        rules: law
            .rules()
            .filter(|r| concerns(&r.code, report.case.proposal.order))
            .map(rule)
            .collect(),
        keeping,
    }
}

/// True for a rule about the sentence chosen. Codes say which: `co.length`.
fn concerns(code: &str, order: Option<OrderKind>) -> bool {
    match order {
        None | Some(OrderKind::CommunityOrder) => code.starts_with("co."),
        Some(OrderKind::SuspendedSentenceOrder) => code.starts_with("sso."),
        Some(_) => !code.starts_with("co.") && !code.starts_with("sso."),
    }
}

impl Page for OrderPage {
    const NAME: &'static str = "order.html";
    const HTML: &'static str = include_str!("order.html");

    fn title(&self) -> String {
        format!("Sentence proposed – {}", self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let fields = |error: &str| {
            let months = FieldView::new(
                crate::web::fields::Control::Code,
                "months",
                "Length in months",
            );
            vec![months.error(error)]
        };
        let page = |error: &str| Self {
            report: ReportStrip::sample(true),
            errors: summary(&fields(error)),
            fields: fields(error),
            rules: vec![RuleView {
                title: "Length of a <community> order".into(),
                says: "Up to three years".into(),
                source: "s.207".into(),
            }],
            keeping: if error.is_empty() {
                Keeping::nothing(3, false)
            } else {
                Keeping::sample(false)
            },
        };
        vec![page(""), page("Length in months must be a whole number")]
    }
}

/// `GET /reports/{id}/proposal/order`.
///
/// # Errors
/// There is no such report of hers.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    saving::show(&state, &author, &report, &At::new(&state, &report)).await
}

/// `POST /reports/{id}/proposal/order`.
///
/// # Errors
/// There is no such report of hers, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let at = At::new(&state, &report);
    saving::save(&state, &author, &report, &at, &form).await
}

/// The sentence in its report.
struct At<'a> {
    state: &'a AppState,
    report: &'a LoadedReport,
    prompt: Prompt,
}

impl<'a> At<'a> {
    fn new(state: &'a AppState, report: &'a LoadedReport) -> Self {
        Self {
            state,
            report,
            prompt: asked(state),
        }
    }

    fn home(&self) -> String {
        format!("/reports/{}/proposal", self.report.id)
    }
}

impl ReportForm for At<'_> {
    type Page = OrderPage;

    fn address(&self) -> String {
        format!("{}/order", self.home())
    }

    fn held(&self) -> Form {
        Form::new(to_form(&self.prompt, &held(&self.report.case)))
    }

    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults> {
        read(&self.prompt, form)
    }

    fn page(
        &self,
        form: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<OrderPage, Error> {
        Ok(page(self.state, self.report, form, faults, keeping))
    }

    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error> {
        let typed = from_form(&self.prompt, form.pairs()).unwrap_or_else(|(typed, _)| typed);
        let theirs = said(&self.prompt, &held(&self.report.case));
        let yours = said(&self.prompt, &typed);
        let page = ConflictPage::between(self.report, stale, form, self.address());
        Ok(page.saying(&self.prompt.short, theirs, yours))
    }

    fn onwards(&self, _: &LoadedReport) -> String {
        self.home()
    }
}
