//! A new entry of the editor's organisation, after a look at what is there already.
//!
//! Lives here: whose it is, the look for the same service, adding it. Not here: the
//! form (`form`, shown by `edit`), or what makes two entries alike
//! (`directory::duplicates`).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::{
    Desk, MINE,
    edit::EditPage,
    form::{self, Faults},
    mine::address_after,
    stale,
    words::{stamp_changed, stamp_checked},
};
use crate::{
    directory::Record,
    store::{Changed, RecordAct, StoreError},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{Control, FieldView, mark},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Keeper,
    },
};

/// Entries that may be the same service, before another is added.
#[derive(Debug, Serialize)]
pub struct AlikePage {
    name: String,
    alike: Vec<Alike>,
    /// Everything that was sent, to send again.
    carried: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct Alike {
    name: String,
    organisation: String,
    area: String,
    why: String,
    /// Its pages, where she keeps it.
    href: String,
}

impl Page for AlikePage {
    const NAME: &'static str = "keeping_alike.html";
    const HTML: &'static str = include_str!("alike.html");

    fn title(&self) -> String {
        "Is it there already?".into()
    }

    fn samples() -> Vec<Self> {
        let alike = |href: &str| Alike {
            name: "The <b>Centre</b>".into(),
            organisation: "Us & Co".into(),
            area: "Reading".into(),
            why: "They have the same name and place".into(),
            href: href.into(),
        };
        vec![Self {
            name: "The <i>Centre</i>".into(),
            alike: vec![alike("/directory/mine/a"), alike("")],
            carried: vec![("name".into(), "The \"Centre\"".into())],
        }]
    }
}

/// Whose the entry is, and the id it is to have.
fn first_fields(organisations: &[String], id: &str) -> Vec<FieldView> {
    let whose = match organisations {
        [only] => FieldView::hidden("organisation", only),
        several => FieldView::new(Control::Radios, "organisation", "Whose service is it?")
            .hinted_options(
                several
                    .iter()
                    .map(|o| (o.clone(), o.clone(), String::new())),
            )
            .strong(),
    };
    vec![FieldView::hidden("id", id), whose]
}

/// Those fields for samples of the page.
#[must_use]
pub fn sample_fields() -> Vec<FieldView> {
    let fault = [("organisation".to_owned(), "Select <whose>".to_owned())];
    let mut fields = first_fields(&["Us & Co".into(), "Them <b>".into()], "a");
    mark(&mut fields, &fault);
    fields
}

/// `GET /directory/mine/new`.
///
/// # Errors
/// The store fails.
pub async fn show(State(state): State<AppState>, keeper: Keeper) -> Result<Response, Error> {
    let desk = Desk::of(&state, &keeper).await?;
    if desk.hers.organisations().is_empty() {
        return Ok(Redirect::to(MINE).into_response());
    }
    let id = Uuid::new_v4().to_string();
    let first = first_fields(desk.hers.organisations(), &id);
    let page = EditPage::of_a_new_one(first, &desk.directory, &Form::default(), &Faults::new());
    keeper.visit.page(&page)
}

/// `POST /directory/mine/new`: adds the entry, unless others look like the same service
/// and nobody has said yet that it is another.
///
/// # Errors
/// The store fails, or the form names an id that is no new one.
pub async fn add(
    State(state): State<AppState>,
    keeper: Keeper,
    OurForm(form): OurForm,
) -> Result<Response, Error> {
    let desk = Desk::of(&state, &keeper).await?;
    let today = state.today();
    let empty = fresh(&desk, &form)?;
    let mut faults = Faults::new();
    if !desk.hers.keeps(&empty) {
        faults.push(("organisation".into(), "Select whose service it is".into()));
    }
    let read = form::read(&form, &empty, &desk.directory, today);
    let again = matches!(form.one("again"), "edit");
    let mut record = match read {
        Ok(record) if faults.is_empty() && !again => record,
        read => {
            if again {
                faults.clear();
            } else {
                faults.extend(read.err().unwrap_or_default());
            }
            let first = first_fields(desk.hers.organisations(), &empty.id).into_iter();
            let first = first.map(|f| if f.name == "id" { f } else { f.typed(&form) });
            let mut first: Vec<FieldView> = first.collect();
            mark(&mut first, &faults);
            let page = EditPage::of_a_new_one(first, &desk.directory, &form, &faults);
            return if again {
                keeper.visit.page(&page)
            } else {
                keeper.visit.refused(&page)
            };
        }
    };
    if form.one("another") != "yes" {
        let alike = alike(&desk, &record).await?;
        if !alike.is_empty() {
            let page = AlikePage {
                name: record.name.clone(),
                alike,
                carried: form.carried(&["another", "again"]),
            };
            return keeper.visit.page_as(StatusCode::CONFLICT, &page);
        }
    }
    stamp_changed(&mut record, state.now(), today);
    if form::says_checked(&form) {
        stamp_checked(&mut record, today);
    }
    let added = || Ok(Redirect::to(&address_after("added")).into_response());
    if let Changed::Kept { .. } = desk.keep(&record, 0, RecordAct::Added).await? {
        return added();
    }
    // Sent twice, it is there already: the id is the form's. What was typed otherwise
    // the second time must not be lost.
    let entry = desk.entry(&record.id).await?;
    let again = form::read(&form, &entry.record, &desk.directory, today);
    if again.is_ok_and(|again| again == entry.record) {
        return added();
    }
    stale::answer(&desk, &keeper, &entry, entry.revision, &form).await
}

/// An entry with nothing in it but its id and whose it is. The id is the form's own, so
/// that a form sent twice adds one entry; it can be no entry of the folder's.
fn fresh(desk: &Desk<'_>, form: &Form) -> Result<Record, Error> {
    let id = form.one("id").parse::<Uuid>();
    let id = id.map_err(|_| Error::not_understood())?.to_string();
    if desk.original(&id).is_some() {
        return Err(Error::not_found());
    }
    Ok(Record {
        id,
        organisation: form.one("organisation").to_owned(),
        ..Record::default()
    })
}

async fn alike(desk: &Desk<'_>, record: &Record) -> Result<Vec<Alike>, Error> {
    let directory = desk.directory.clone();
    let asked = record.clone();
    // Going through a large directory takes long enough to be in the way.
    let like = spawn_blocking(move || directory.known().like(&asked)).await;
    let like = like.map_err(StoreError::stopped)?;
    let all = like.iter().filter(|like| like.id != record.id);
    Ok(all
        .filter_map(|like| {
            let service = desk.directory.service(&like.id)?;
            Some(Alike {
                name: service.name.clone(),
                organisation: service.organisation.clone(),
                area: service.area.text.clone(),
                why: desk.directory.says_alike(like.why).to_owned(),
                href: if desk.hers.keeps(service) {
                    format!("{MINE}/{}", service.id)
                } else {
                    String::new()
                },
            })
        })
        .collect())
}
