//! A referral as it is being made: its fields, reading them, and what may not be sent.
//!
//! Not here: the pages (`new`), or which fields there are
//! (`report-templates/consultancy/sharing.toml`).

use chrono::NaiveDate;

use super::{
    asked,
    new::{NewReferralPage, PreviewPage},
    slow,
};
use crate::{
    consultancy::{
        Centre, Consent, ConsentHow, Offered, Offers, Referral, Shared, Standing, offered,
    },
    directory::Directory,
    finding::Finding,
    interview::typed,
    needs,
    review::outbound::Hit,
    store::LoadedReport,
    web::{
        error::Error,
        fields::{Control, FieldView, mark, summary},
        findings::FindingView,
        form::{DateTyped, Form},
        links,
        pages::{centre::referral::SharedView, report::ReportStrip},
        state::AppState,
        words,
    },
};

pub(super) const GIVEN: &str = "consent.given";
pub(super) const HOW: &str = "consent.how";
pub(super) const UNTIL: &str = "consent.until";
pub(super) const WORDS: &str = "consent.words";
pub(super) const REPLY_BY: &str = "reply_by";
pub(super) const LONGEST_WORDS: u32 = 1000;

pub(super) fn consent_fields() -> Vec<FieldView> {
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
pub(super) fn field(one: &Offered<'_>, kept_off: &str) -> FieldView {
    let of = one.field;
    let mut hint = of.why.clone();
    for more in [
        &of.warn,
        &if one.kept_off {
            kept_off.to_owned()
        } else {
            String::new()
        },
    ] {
        if !more.is_empty() {
            hint.push(' ');
            hint.push_str(more);
        }
    }
    let long = of.max > 300;
    let control = if long { Control::Text } else { Control::Line };
    let text = FieldView::new(
        control,
        format!("text.{}", of.id),
        format!("{}: what is sent", of.label),
    )
    .rows(4)
    .max(long.then_some(of.max))
    .value(one.text.clone());
    let ticked: Vec<String> = one.ticked.then(|| "yes".to_owned()).into_iter().collect();
    FieldView::new(Control::Checkboxes, format!("send.{}", of.id), &*of.label)
        .hint(hint)
        .hinted_options([("yes", "Send this to the centre", String::new())])
        .values(&ticked)
        .revealing("yes", vec![text])
        .strong()
}

pub(super) fn confirm(doubtful: bool) -> Vec<FieldView> {
    let mut fields = vec![
        FieldView::new(Control::Checkboxes, "agrees", "Before you send").hinted_options([(
            "yes",
            "She has agreed that this centre is told this",
            String::new(),
        )]),
    ];
    if doubtful {
        fields.push(
            FieldView::new(
                Control::Checkboxes,
                "sure",
                "Words that are kept off the report",
            )
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
pub(super) struct Asking<'s> {
    state: &'s AppState,
    report: &'s LoadedReport,
    centre: Centre,
    offered: Vec<Offered<'s>>,
}

impl<'s> Asking<'s> {
    pub(super) async fn of(
        state: &'s AppState,
        report: &'s LoadedReport,
        service: &str,
    ) -> Result<Self, Error> {
        let (centres, _) = asked(state, report).await?;
        let centre = centres.into_iter().find(|c| c.id == service);
        let interview = state.interview();
        let needs = needs::needs(&report.case, interview);
        let name = |id: &str| interview.theme(id).map_or("", |t| &*t.name).to_owned();
        let fields = &state.pack().consultancy.fields;
        Ok(Self {
            state,
            report,
            centre: centre.ok_or_else(Error::not_found)?,
            offered: offered(fields, &report.case, &needs, name),
        })
    }

    pub(super) fn action(&self) -> String {
        format!(
            "{}/referrals/new/{}",
            links::report(self.report.id),
            self.centre.id
        )
    }

    pub(super) fn page(&self, form: Option<&Form>, faults: &[(String, String)]) -> NewReferralPage {
        let words = &self.state.pack().consultancy.words;
        let fields = self.offered.iter().map(|one| field(one, &words.kept_off));
        let fill = |mut fields: Vec<FieldView>| {
            if let Some(form) = form {
                fields = fields.into_iter().map(|f| f.typed(form)).collect();
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

    pub(super) fn views<'f>(
        &self,
        findings: impl Iterator<Item = &'f Finding>,
    ) -> Vec<FindingView> {
        let interview = self.state.interview();
        findings
            .map(|f| FindingView::new(f, self.report.id, interview))
            .collect()
    }

    /// The referral that is typed.
    pub(super) fn read(&self, form: &Form) -> Result<Referral, Vec<(String, String)>> {
        let mut faults = Vec::new();
        let given_on = day(form, GIVEN, "Enter the day she agreed", &mut faults);
        let until = day(
            form,
            UNTIL,
            "Enter the day until which her consent lasts",
            &mut faults,
        );
        let reply_by = day(
            form,
            REPLY_BY,
            "Enter the day by which you need a reply",
            &mut faults,
        );
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
                fault(
                    &name,
                    &format!("Enter what is sent, or clear the tick: {}", of.label),
                );
            } else if text.chars().count() > of.max as usize {
                fault(&name, &format!("Say it in {} characters or fewer", of.max));
            }
            shared.push(Shared {
                field: of.id.clone(),
                label: of
                    .label
                    .of(self.report.case.woman.name.pronouns)
                    .into_owned(),
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
    pub(super) fn doubts(
        &self,
        referral: &Referral,
        directory: &Directory,
    ) -> (bool, Vec<(String, String)>) {
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

    pub(super) fn preview(&self, form: &Form, referral: &Referral, doubtful: bool) -> PreviewPage {
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
            doubtful: if doubtful {
                texts.words.doubtful.clone()
            } else {
                String::new()
            },
            confirm: confirm(doubtful),
            carried: form.carried(&["act", "agrees", "sure"]),
            errors: Vec::new(),
        }
    }
}

pub(super) fn day(
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
