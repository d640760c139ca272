//! A new referral: her consent, what travels, and a preview of exactly what the centre
//! will read. Nothing is kept until it is sent; the form carries all that was typed.
//!
//! Not here: which fields there are (`report-templates/consultancy/sharing.toml`), how
//! they are filled in (`consultancy::offered`).

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Serialize;

use super::{address, asked, slow};
use crate::{
    consultancy::{Centre, Consent, ConsentHow, Offered, Offers, Referral, Shared, Standing, offered},
    directory::Directory,
    finding::Finding,
    interview::typed,
    needs,
    review::outbound::Hit,
    store::{LoadedReport, Sent},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, ErrorLine, FieldView, mark, summary},
        findings::FindingView,
        form::{DateTyped, Form},
        links,
        pages::{
            centre::referral::SharedView,
            report::{ReportStrip, open},
        },
        state::AppState,
        templates::Page,
        visit::SignedIn,
        words,
    },
};

/// The form of a new referral.
#[derive(Debug, Serialize)]
pub struct NewReferralPage {
    report: ReportStrip,
    centre: String,
    known: bool,
    action: String,
    consent_words: String,
    intro: String,
    consent: Vec<FieldView>,
    fields: Vec<FieldView>,
    findings: Vec<FindingView>,
    errors: Vec<ErrorLine>,
}

impl Page for NewReferralPage {
    const NAME: &'static str = "referral_new.html";
    const HTML: &'static str = include_str!("new.html");

    fn title(&self) -> String {
        format!("Refer her to {} – {}", self.centre, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |known, error: &str| {
            let mut consent = consent_fields();
            if !error.is_empty() {
                mark(&mut consent, &[(UNTIL.into(), error.into())]);
            }
            Self {
                report: ReportStrip::sample(true),
                centre: "Alana <House>".into(),
                known,
                action: "/reports/1/referrals/new/a".into(),
                consent_words: "She <can> take it back.".into(),
                intro: "Word & word.".into(),
                errors: summary(&consent),
                consent,
                fields: vec![
                    FieldView::new(Control::Checkboxes, "send.name", "Her <name>")
                        .hinted_options([("yes", "Send this", String::new())])
                        .revealing("yes", vec![FieldView::new(Control::Text, "text.name", "Text")]),
                ],
                findings: FindingView::samples(),
            }
        };
        vec![page(true, ""), page(false, "Enter <a day>")]
    }
}

/// What the centre will read, before it is sent.
#[derive(Debug, Serialize)]
pub struct PreviewPage {
    report: ReportStrip,
    centre: String,
    action: String,
    reply_by: String,
    consent: String,
    consent_words: String,
    shared: Vec<SharedView>,
    findings: Vec<FindingView>,
    /// What is said where words that are kept off the report stand in it.
    doubtful: String,
    confirm: Vec<FieldView>,
    carried: Vec<(String, String)>,
    errors: Vec<ErrorLine>,
}

impl Page for PreviewPage {
    const NAME: &'static str = "referral_preview.html";
    const HTML: &'static str = include_str!("preview.html");

    fn title(&self) -> String {
        format!("What {} will read – {}", self.centre, self.report.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let page = |doubtful: &str| Self {
            report: ReportStrip::sample(true),
            centre: "Alana <House>".into(),
            action: "/reports/1/referrals/new/a".into(),
            reply_by: "1 December 2026".into(),
            consent: "In writing".into(),
            consent_words: "All & <more>".into(),
            shared: SharedView::samples(),
            findings: FindingView::samples(),
            doubtful: doubtful.into(),
            confirm: confirm(!doubtful.is_empty()),
            carried: vec![("text.name".into(), "Angela <Hart>".into())],
            errors: Vec::new(),
        };
        let mut refused = page("Take <them> out.");
        mark(&mut refused.confirm, &[("sure".into(), "Confirm <it>".into())]);
        refused.errors = summary(&refused.confirm);
        vec![page(""), page("Take <them> out."), refused]
    }
}

const GIVEN: &str = "consent.given";
const HOW: &str = "consent.how";
const UNTIL: &str = "consent.until";
const WORDS: &str = "consent.words";
const REPLY_BY: &str = "reply_by";
const LONGEST_WORDS: u32 = 1000;

fn consent_fields() -> Vec<FieldView> {
    let ways = ConsentHow::ALL.map(|(_, id, words)| (id, words, String::new()));
    vec![
        FieldView::new(Control::Date, GIVEN, "Day she agreed"),
        FieldView::new(Control::Radios, HOW, "How she agreed").hinted_options(ways),
        FieldView::new(Control::Date, UNTIL, "Her consent lasts until"),
        FieldView::new(Control::Text, WORDS, "What may be shared, and what may not")
            .hint("As she put it. The centre reads this.")
            .rows(3)
            .max(Some(LONGEST_WORDS)),
        FieldView::new(Control::Date, REPLY_BY, "The centre is asked to reply by")
            .hint("Leave time to write it in before the hearing."),
    ]
}

/// A field that may travel: a box to tick, with the text under it.
fn field(one: &Offered<'_>, kept_off: &str) -> FieldView {
    let of = one.field;
    let mut hint = of.why.clone();
    for more in [&of.warn, &if one.kept_off { kept_off.to_owned() } else { String::new() }] {
        if !more.is_empty() {
            hint.push(' ');
            hint.push_str(more);
        }
    }
    let long = of.max > 300;
    let control = if long { Control::Text } else { Control::Line };
    let text = FieldView::new(control, format!("text.{}", of.id), format!("{}: what is sent", of.label))
        .rows(4)
        .max(long.then_some(of.max))
        .value(one.text.clone());
    let ticked: Vec<String> = one.ticked.then(|| "yes".to_owned()).into_iter().collect();
    FieldView::new(Control::Checkboxes, format!("send.{}", of.id), &of.label)
        .hint(hint)
        .hinted_options([("yes", "Send this to the centre", String::new())])
        .values(&ticked)
        .revealing("yes", vec![text])
        .strong()
}

fn confirm(doubtful: bool) -> Vec<FieldView> {
    let mut fields = vec![
        FieldView::new(Control::Checkboxes, "agrees", "Before you send").hinted_options([(
            "yes",
            "She has agreed that this centre is told this",
            String::new(),
        )]),
    ];
    if doubtful {
        fields.push(
            FieldView::new(Control::Checkboxes, "sure", "Words that are kept off the report")
                .hinted_options([(
                    "yes",
                    "She agrees that the centre reads them too, and it needs them",
                    String::new(),
                )]),
        );
    }
    fields
}

/// A report, a centre, and what may travel between them.
struct Asking<'s> {
    state: &'s AppState,
    report: &'s LoadedReport,
    centre: Centre,
    offered: Vec<Offered<'s>>,
}

impl<'s> Asking<'s> {
    async fn of(
        state: &'s AppState,
        report: &'s LoadedReport,
        service: &str,
    ) -> Result<Self, Error> {
        let (centres, _) = asked(state, report).await?;
        let centre = centres.into_iter().find(|c| c.id == service);
        let interview = state.interview();
        let needs = needs::needs(&report.case, interview);
        let name = |id: &str| interview.theme(id).map_or("", |t| t.name.as_str()).to_owned();
        let fields = &state.pack().consultancy.fields;
        Ok(Self {
            state,
            report,
            centre: centre.ok_or_else(Error::not_found)?,
            offered: offered(fields, &report.case, &needs, name),
        })
    }

    fn action(&self) -> String {
        format!("{}/referrals/new/{}", links::report(self.report.id), self.centre.id)
    }

    fn page(&self, form: Option<&Form>, faults: &[(String, String)]) -> NewReferralPage {
        let words = &self.state.pack().consultancy.words;
        let fields = self.offered.iter().map(|one| field(one, &words.kept_off));
        let fill = |mut fields: Vec<FieldView>| {
            if let Some(form) = form {
                fields = fields.into_iter().map(|f| typed_in(f, form)).collect();
            }
            mark(&mut fields, faults);
            fields
        };
        let (consent, fields) = (fill(consent_fields()), fill(fields.collect()));
        let slow = slow(self.state, self.report, &self.centre);
        NewReferralPage {
            report: ReportStrip::of(self.report),
            centre: self.centre.name.clone(),
            known: self.centre.offers != Offers::NotKnown,
            action: self.action(),
            consent_words: words.consent.clone(),
            intro: words.intro.clone(),
            errors: summary(consent.iter().chain(&fields)),
            consent,
            fields,
            findings: self.views(slow.iter()),
        }
    }

    fn views<'f>(&self, findings: impl Iterator<Item = &'f Finding>) -> Vec<FindingView> {
        let interview = self.state.interview();
        findings
            .map(|f| FindingView::new(f, self.report.id, interview))
            .collect()
    }

    /// The referral that is typed.
    fn read(&self, form: &Form) -> Result<Referral, Vec<(String, String)>> {
        let mut faults = Vec::new();
        let given_on = day(form, GIVEN, "Enter the day she agreed", &mut faults);
        let until = day(form, UNTIL, "Enter the day until which her consent lasts", &mut faults);
        let reply_by = day(form, REPLY_BY, "Enter the day by which you need a reply", &mut faults);
        let today = self.state.today();
        let mut fault = |name: &str, what: &str| faults.push((name.to_owned(), what.to_owned()));
        if given_on.is_some_and(|day| day > today) {
            fault(GIVEN, "The day she agreed must not be in the future");
        }
        if until.is_some_and(|day| day < today) {
            fault(UNTIL, "Her consent must not have ended");
        }
        if reply_by.is_some_and(|day| day < today) {
            fault(REPLY_BY, "The day for the reply must not have passed");
        }
        let how = ConsentHow::from_id(form.one(HOW));
        if how.is_none() {
            fault(HOW, "Select how she agreed");
        }
        let said = form.one(WORDS);
        if said.is_empty() {
            fault(WORDS, "Enter what may be shared, and what may not");
        } else if said.chars().count() > LONGEST_WORDS as usize {
            fault(WORDS, "Say it in 1,000 characters or fewer");
        }
        let mut shared = Vec::new();
        for one in &self.offered {
            let of = one.field;
            if form.one(&format!("send.{}", of.id)) != "yes" {
                continue;
            }
            let name = format!("text.{}", of.id);
            let text = form.one(&name);
            if text.is_empty() {
                fault(&name, &format!("Enter what is sent, or clear the tick: {}", of.label));
            } else if text.chars().count() > of.max as usize {
                fault(&name, &format!("Say it in {} characters or fewer", of.max));
            }
            shared.push(Shared {
                field: of.id.clone(),
                label: of.label.clone(),
                text: text.to_owned(),
            });
        }
        if shared.is_empty() {
            let first = self.offered.first().map_or("", |o| &o.field.id);
            fault(&format!("send.{first}"), "Tick what the centre may read");
        }
        let (Some(given_on), Some(until), Some(reply_by), Some(how)) =
            (given_on, until, reply_by, how)
        else {
            return Err(faults);
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Referral {
            service: self.centre.id.clone(),
            centre: self.centre.name.clone(),
            organisation: self.centre.organisation.clone(),
            hearing: self.report.case.hearing.date,
            reply_by,
            consent: Consent {
                given_on,
                how,
                until,
                words: said.to_owned(),
            },
            shared,
            fictional: self.report.case.fictional,
        })
    }

    /// Words in it that are kept off the report: those that may travel on the author's
    /// word, and the fields that hold an address and never may.
    fn doubts(&self, referral: &Referral, directory: &Directory) -> (bool, Vec<(String, String)>) {
        let guard = self.state.pack().guard(&self.report.case, directory);
        let never = &self.state.pack().consultancy.words.never;
        let mut doubtful = false;
        let mut faults = Vec::new();
        let consent = [(WORDS.to_owned(), &referral.consent.words)];
        let fields = referral.shared.iter();
        let fields = fields.map(|s| (format!("text.{}", s.field), &s.text));
        for (name, text) in consent.into_iter().chain(fields) {
            let hits = guard.in_text(text, &name, "referral");
            if hits.iter().any(|hit| !hit.may_be_allowed()) {
                faults.push((name, never.clone()));
            } else {
                doubtful |= hits.iter().any(|hit: &Hit| !hit.allowed);
            }
        }
        (doubtful, faults)
    }

    fn preview(&self, form: &Form, referral: &Referral, doubtful: bool) -> PreviewPage {
        let texts = &self.state.pack().consultancy;
        let hearing = self.report.case.hearing.date;
        let mut found = texts.days(referral, Standing::default(), hearing, self.state.today());
        found.extend(slow(self.state, self.report, &self.centre));
        let consent = &referral.consent;
        let (given, until) = (words::day(consent.given_on), words::day(consent.until));
        PreviewPage {
            report: ReportStrip::of(self.report),
            centre: self.centre.name.clone(),
            action: self.action(),
            reply_by: words::day(referral.reply_by),
            consent: format!("{}, on {given}, until {until}", consent.how.words()),
            consent_words: consent.words.clone(),
            shared: referral.shared.iter().map(SharedView::of).collect(),
            findings: self.views(found.iter()),
            doubtful: if doubtful { texts.words.doubtful.clone() } else { String::new() },
            confirm: confirm(doubtful),
            carried: form.carried(&["act", "agrees", "sure"]),
            errors: Vec::new(),
        }
    }
}

/// A field with what was sent, and so are those under it.
fn typed_in(field: FieldView, form: &Form) -> FieldView {
    let mut field = field.typed(form);
    for option in &mut field.options {
        let under = std::mem::take(&mut option.reveals);
        option.reveals = under.into_iter().map(|f| f.typed(form)).collect();
    }
    field
}

fn day(
    form: &Form,
    name: &str,
    missing: &str,
    faults: &mut Vec<(String, String)>,
) -> Option<NaiveDate> {
    let typed = form.date(name);
    let day = typed::day(&typed.day, &typed.month, &typed.year);
    if day.is_none() {
        let what = if typed == DateTyped::default() {
            missing
        } else {
            "Enter a day of the calendar, such as 3 12 2026"
        };
        faults.push((name.to_owned(), what.to_owned()));
    }
    day
}

/// `GET /reports/{id}/referrals/new/{service}`.
///
/// # Errors
/// No such report of this author's, no such centre that may be asked, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, service)): Path<(String, String)>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let asking = Asking::of(&state, &report, &service).await?;
    author.visit.page(&asking.page(None, &[]))
}

/// `POST /reports/{id}/referrals/new/{service}`: previews, goes back to change, or sends.
///
/// # Errors
/// As [`show`].
pub async fn send(
    State(state): State<AppState>,
    author: SignedIn,
    Path((id, service)): Path<(String, String)>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    if let Some(mark) = &report.signed {
        return Err(Error::signed(mark));
    }
    let asking = Asking::of(&state, &report, &service).await?;
    if form.one("act") == "change" {
        return author.visit.page(&asking.page(Some(&form), &[]));
    }
    let referral = match asking.read(&form) {
        Ok(referral) => referral,
        Err(faults) => return author.visit.refused(&asking.page(Some(&form), &faults)),
    };
    let directory = state.directory().await?;
    let (doubtful, faults) = asking.doubts(&referral, &directory);
    if !faults.is_empty() {
        return author.visit.refused(&asking.page(Some(&form), &faults));
    }
    let mut page = asking.preview(&form, &referral, doubtful);
    if form.one("act") != "send" {
        return author.visit.page(&page);
    }
    let mut missing = Vec::new();
    if form.one("agrees") != "yes" {
        missing.push(("agrees".to_owned(), "Confirm that she has agreed".to_owned()));
    }
    if doubtful && form.one("sure") != "yes" {
        missing.push(("sure".to_owned(), "Confirm, or go back and take the words out".to_owned()));
    }
    if !missing.is_empty() {
        mark(&mut page.confirm, &missing);
        page.errors = summary(&page.confirm);
        return author.visit.refused(&page);
    }
    let reports = author.reports(&state);
    match reports.send_referral(report.id, &referral, state.now()).await? {
        Sent::Now(sent) => Ok(Redirect::to(&address(report.id, sent)).into_response()),
        Sent::Signed(mark) => Err(Error::signed(&mark)),
    }
}
