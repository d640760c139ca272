//! “Still right?”: every fact of an entry in plain words, one button to confirm them
//! all, and what changes from week to week in the same step.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    Desk, Entry, EntryStrip,
    compare::told,
    due::Due,
    form::{self, Faults, Held, Reading},
    mine::{address_after, is_missing},
    stale::Meanwhile,
    words::{stamp_changed, stamp_checked},
};
use crate::{
    directory::{Directory, Record, Told},
    store::{Changed, RecordAct},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{ErrorLine, FieldView, mark, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Keeper,
    },
};

/// Facts that the form of this page asks for, so that they are not told as well.
const ASKED: [&str; 4] = ["referral_state", "capacity", "waiting", "not_before"];

/// The one-minute page of an entry.
#[derive(Debug, Serialize)]
pub struct CheckPage {
    entry: EntryStrip,
    due: String,
    tag: (&'static str, &'static str),
    known: Vec<Told>,
    unknown: Vec<String>,
    fields: Vec<FieldView>,
    errors: Vec<ErrorLine>,
    seen: i64,
    /// What another editor changed since the page was opened.
    meanwhile: Option<Meanwhile>,
}

impl CheckPage {
    fn of(
        record: &Record,
        directory: &Directory,
        due: Due,
        seen: i64,
        form: &Form,
        faults: &Faults,
    ) -> Self {
        let fields = form::fields_of_now(&record.facts.capacity).into_iter();
        let mut fields: Vec<FieldView> = fields.map(|f| f.typed(form)).collect();
        mark(&mut fields, faults);
        let told = told(directory, record).into_iter();
        let told = told.filter(|t| !ASKED.contains(&t.key.as_str()));
        let (known, mut unknown): (Vec<Told>, Vec<Told>) = told.partition(|t| t.known);
        unknown.retain(is_missing);
        Self {
            entry: EntryStrip::of(record),
            due: due.said(),
            tag: due.tag(),
            known,
            unknown: unknown.into_iter().map(|t| t.label).collect(),
            errors: summary(&fields),
            fields,
            seen,
            meanwhile: None,
        }
    }
}

impl Page for CheckPage {
    const NAME: &'static str = "keeping_check.html";
    const HTML: &'static str = include_str!("check.html");

    fn title(&self) -> String {
        format!("Still right? {}", self.entry.name)
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let fields = |form: &Form| -> Vec<FieldView> {
            let fields = form::fields_of_now(&[]).into_iter();
            fields.map(|f| f.typed(form)).collect()
        };
        let told = |says: &str| Told {
            key: "area".into(),
            label: "Where it works".into(),
            says: says.into(),
            known: true,
        };
        let page = |fields: Vec<FieldView>, meanwhile| Self {
            entry: EntryStrip::sample(),
            due: "Check due 1 December 2026, in 6 days".into(),
            tag: ("Due soon", "yellow"),
            known: vec![told("<b>Reading</b>")],
            unknown: vec!["Childcare".into(), "Cost & <i>fees</i>".into()],
            errors: summary(&fields),
            fields,
            seen: 3,
            meanwhile,
        };
        let typed = Form::new(vec![
            (
                "notice".into(),
                "</textarea><script>alert(1)</script>".into(),
            ),
            ("room.0.free".into(), "some".into()),
            ("room.0.count".into(), "-3".into()),
        ]);
        let mut wrong = fields(&typed);
        let fault = ["room.0.count", "not_before", "waiting_days"];
        mark(
            &mut wrong,
            &fault.map(|f| (f.to_owned(), "Enter <it>".into())),
        );
        vec![
            page(fields(&Form::default()), None),
            page(wrong, Some(Meanwhile::sample())),
        ]
    }
}

/// What the one-minute page holds of an entry.
fn held(record: &Record, directory: &Directory) -> Form {
    let mut held = Held::default();
    form::held_now(record, directory, &mut held);
    held.form()
}

fn page(desk: &Desk<'_>, entry: &Entry, form: &Form, faults: &Faults) -> CheckPage {
    let record = &entry.record;
    let service = desk.directory.read(vec![record.clone()]);
    let today = desk.state.today();
    let due = service.first();
    let due = due.map_or(Due::Never, |s| Due::of(s, &desk.directory, today));
    CheckPage::of(record, &desk.directory, due, entry.revision, form, faults)
}

/// `GET /directory/mine/{id}/check`.
///
/// # Errors
/// She keeps no such entry, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    keeper: Keeper,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let desk = Desk::of(&state, &keeper).await?;
    let entry = desk.entry(&id).await?;
    let form = held(&entry.record, &desk.directory);
    keeper
        .visit
        .page(&page(&desk, &entry, &form, &Faults::new()))
}

/// `POST /directory/mine/{id}/check`: with `do=right` everything is confirmed; without,
/// only what the page asks for is saved. Where another editor came first, the page is
/// shown again with what changed, and with what was chosen still chosen.
///
/// # Errors
/// She keeps no such entry, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    keeper: Keeper,
    Path(id): Path<String>,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let desk = Desk::of(&state, &keeper).await?;
    let entry = desk.entry(&id).await?;
    let seen = form.seen().ok_or_else(Error::not_understood)?;
    if seen != entry.revision {
        return stale(&desk, &keeper, &entry, seen, &form).await;
    }
    let today = state.today();
    let mut reading = Reading::new(&form, &entry.record, &desk.directory, today);
    let mut record = entry.record.clone();
    form::read_now(&mut reading, &mut record);
    let faults = reading.faults();
    if !faults.is_empty() {
        return keeper.visit.refused(&page(&desk, &entry, &form, &faults));
    }
    let right = form.one("do") == "right";
    if record == entry.record && !right {
        return Ok(Redirect::to(&address_after("same")).into_response());
    }
    if record != entry.record {
        stamp_changed(&mut record, state.now(), today);
    }
    let (act, done) = if right {
        stamp_checked(&mut record, today);
        (RecordAct::StillRight, "checked")
    } else {
        (RecordAct::Changed, "saved")
    };
    match desk.keep(&record, seen, act).await? {
        Changed::Kept { .. } => Ok(Redirect::to(&address_after(done)).into_response()),
        Changed::Stale(_) => {
            let entry = desk.entry(&id).await?;
            stale(&desk, &keeper, &entry, seen, &form).await
        }
    }
}

async fn stale(
    desk: &Desk<'_>,
    keeper: &Keeper,
    entry: &Entry,
    seen: i64,
    form: &Form,
) -> Result<Response, Error> {
    let mut page = page(desk, entry, form, &Faults::new());
    page.meanwhile = Some(Meanwhile::since(desk, entry, seen).await?);
    keeper.visit.page_as(StatusCode::CONFLICT, &page)
}
