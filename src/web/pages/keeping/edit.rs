//! The whole entry as one form.
//!
//! Lives here: showing it and saving it. Not here: its fields (`form`), or a new entry
//! (`new`), which uses the same page.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    Desk, Entry, EntryStrip,
    form::{self, Faults, Section},
    mine::address_after,
    sample_record, stale,
    words::{stamp_changed, stamp_checked},
};
use crate::{
    directory::Directory,
    store::{Changed, RecordAct},
    web::{
        csrf::OurForm,
        error::Error,
        fields::{ErrorLine, FieldView, summary},
        form::Form,
        state::AppState,
        templates::Page,
        visit::Keeper,
    },
};

/// The form of an entry.
#[derive(Debug, Serialize)]
pub struct EditPage {
    /// None for a new entry.
    entry: Option<EntryStrip>,
    /// What only a new entry is asked: whose it is.
    first: Vec<FieldView>,
    sections: Vec<Section>,
    errors: Vec<ErrorLine>,
    seen: i64,
    action: String,
    back: String,
}

impl EditPage {
    fn of(entry: &Entry, directory: &Directory, form: &Form, faults: &Faults) -> Self {
        let sections = form::sections(form, directory, faults);
        let strip = EntryStrip::of(&entry.record);
        Self {
            first: Vec::new(),
            errors: form::errors(&sections),
            sections,
            seen: entry.revision,
            action: format!("{}/edit", strip.href),
            back: format!("{}/check", strip.href),
            entry: Some(strip),
        }
    }

    /// The page of an entry that is not there yet.
    #[must_use]
    pub fn of_a_new_one(
        first: Vec<FieldView>,
        directory: &Directory,
        form: &Form,
        faults: &Faults,
    ) -> Self {
        let sections = form::sections(form, directory, faults);
        let mut errors = summary(&first);
        errors.extend(form::errors(&sections));
        Self {
            entry: None,
            first,
            errors,
            sections,
            seen: 0,
            action: "/directory/mine/new".into(),
            back: super::MINE.into(),
        }
    }
}

impl Page for EditPage {
    const NAME: &'static str = "keeping_edit.html";
    const HTML: &'static str = include_str!("edit.html");

    fn title(&self) -> String {
        match &self.entry {
            Some(entry) => format!("Change {}", entry.name),
            None => "Add an entry".into(),
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn samples() -> Vec<Self> {
        let Ok(directory) = crate::content::ContentFiles::embedded()
            .map_err(|_| ())
            .and_then(|files| Directory::load(&files).map_err(|_| ()))
        else {
            return Vec::new();
        };
        let entry = Entry {
            record: sample_record(),
            revision: 2,
        };
        let typed = form::held(&entry.record, &directory);
        let faults = ["name", "opening.0.to", "place.0.postcode", "next_check"];
        let faults = faults.map(|f| (f.to_owned(), "Enter <something>".to_owned()));
        vec![
            Self::of(&entry, &directory, &typed, &Faults::new()),
            Self::of(&entry, &directory, &typed, &faults.to_vec()),
            Self::of_a_new_one(
                super::new::sample_fields(),
                &directory,
                &Form::default(),
                &Faults::new(),
            ),
        ]
    }
}

/// `GET /directory/mine/{id}/edit`.
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
    let form = form::held(&entry.record, &desk.directory);
    let page = EditPage::of(&entry, &desk.directory, &form, &Faults::new());
    keeper.visit.page(&page)
}

/// `POST /directory/mine/{id}/edit`: saves the entry. With `again=edit` the form is
/// opened again with what was sent; with `again=drop` what was sent is let go.
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
    match form.one("again") {
        "drop" => {
            let back = format!("{}/check", EntryStrip::of(&entry.record).href);
            return Ok(Redirect::to(&back).into_response());
        }
        "edit" if seen == entry.revision => {
            let page = EditPage::of(&entry, &desk.directory, &form, &Faults::new());
            return keeper.visit.page(&page);
        }
        _ => {}
    }
    if seen != entry.revision {
        return stale::answer(&desk, &keeper, &entry, seen, &form).await;
    }
    let today = state.today();
    let mut record = match form::read(&form, &entry.record, &desk.directory, today) {
        Ok(record) => record,
        Err(faults) => {
            let page = EditPage::of(&entry, &desk.directory, &form, &faults);
            return keeper.visit.refused(&page);
        }
    };
    let checked = form::says_checked(&form);
    let changed = record != entry.record;
    if !changed && !checked {
        return Ok(Redirect::to(&address_after("same")).into_response());
    }
    if changed {
        stamp_changed(&mut record, state.now(), today);
    }
    if checked {
        stamp_checked(&mut record, today);
    }
    let act = if changed {
        RecordAct::Changed
    } else {
        RecordAct::StillRight
    };
    match desk.keep(&record, seen, act).await? {
        Changed::Kept { .. } => Ok(Redirect::to(&address_after("saved")).into_response()),
        Changed::Stale(_) => {
            let entry = desk.entry(&id).await?;
            stale::answer(&desk, &keeper, &entry, seen, &form).await
        }
    }
}
