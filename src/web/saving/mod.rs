//! How every form of a report is saved: judged, written, and answered, as a page or as
//! words for the page's own script; and what was typed is kept whatever happens.
//!
//! Lives here: the one way through all outcomes of a save. Not here: what a form means
//! (the page's [`ReportForm`]), or what writing it does (`store`). A new form page
//! implements [`ReportForm`], calls [`show`] and [`save`] from its handlers, and puts
//! the three parts of `components/saving.html` into its form.

mod answer;
mod keeping;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};

pub use self::keeping::Keeping;
use self::{answer::Answer, keeping::is_blank};
use super::{
    asking::Faults,
    error::Error,
    form::Form,
    pages::{conflict::ConflictPage, report::open, typed::TypedPage},
    state::AppState,
    templates::Page,
    visit::SignedIn,
};
use crate::{
    case::revision::Write,
    store::{LoadedReport, Save, SaveError, SignedMark, Stale, Unsent},
};

/// Tells a page's script that what it sent is kept, and what a person does next.
pub fn kept(at: DateTime<Utc>, next: &str) -> impl IntoResponse + use<> {
    Answer::kept(at, next)
}

/// Tells a page's script that there is nothing to keep.
pub fn nothing_yet() -> impl IntoResponse {
    Answer::nothing_yet()
}

/// A page of a report with a form that is saved.
pub trait ReportForm {
    /// The page.
    type Page: Page;

    /// Where the form goes, which is also where the page is.
    fn address(&self) -> String;

    /// The form as the case file fills it.
    fn held(&self) -> Form;

    /// What the form changes in the case file.
    ///
    /// # Errors
    /// What is wrong with it, each fault with the name of its field.
    fn read(&self, form: &Form) -> Result<Vec<Write>, Faults>;

    /// The page with the form as it is typed.
    ///
    /// # Errors
    /// The page is about something that is not there.
    fn page(
        &self,
        form: &Form,
        faults: &[(String, String)],
        keeping: Keeping,
    ) -> Result<Self::Page, Error>;

    /// Both texts, where somebody has saved there since.
    ///
    /// # Errors
    /// The page is about something that is not there.
    fn clash(&self, form: &Form, stale: &Stale) -> Result<ConflictPage, Error>;

    /// Where *Save* leads, once the report is as `now`.
    fn onwards(&self, now: &LoadedReport) -> String;

    /// Where *Use what is saved instead* leads.
    fn set_aside(&self) -> String {
        self.address()
    }

    /// True where saving adds to the report, so that only a person's own *Save* may:
    /// what the script sends is kept, and not yet part of the report.
    fn adds(&self) -> bool {
        false
    }

    /// True where the report as `now` holds just what this form would add: a form that
    /// was sent twice adds once.
    fn is_there(&self, _now: &LoadedReport, _form: &Form) -> bool {
        false
    }
}

/// Tells the page's script that a form outside a report is on the disk.
#[must_use]
pub fn told_saved(at: chrono::DateTime<chrono::Utc>, revision: i64) -> Response {
    Answer::saved(at, revision).into_response()
}

/// Tells the page's script that a form outside a report was not saved, and why.
#[must_use]
pub fn told_refused(why: &str) -> Response {
    Answer::refused(why).into_response()
}

/// Answers with the page as the case file fills it, or as it was typed before and not
/// saved.
///
/// # Errors
/// The store fails, or the page is about something that is not there.
pub async fn show<F: ReportForm>(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    page: &F,
) -> Result<Response, Error> {
    let key = key(report, page)?;
    let kept = if report.has_unsent {
        author.reports(state).unsent(report.id, &key).await?
    } else {
        None
    };
    let Some(kept) = kept else {
        let keeping = Keeping::nothing(report.revision, page.adds());
        return author.visit.page(&page.page(&page.held(), &[], keeping)?);
    };
    let form = Form::new(kept.form.clone());
    let tried = !page.adds() || form.one("tried") == "yes";
    let faults = if tried {
        page.read(&form).err().unwrap_or_default()
    } else {
        Vec::new()
    };
    let keeping = Keeping::found(&kept, report, &faults, page.adds());
    author.visit.page(&page.page(&form, &faults, keeping)?)
}

/// True where text typed on the page is kept and not in the report.
///
/// # Errors
/// The store fails.
pub async fn is_kept<F: ReportForm>(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    page: &F,
) -> Result<bool, Error> {
    let key = key(report, page)?;
    let kept = author.reports(state).unsent(report.id, &key).await?;
    Ok(kept.is_some())
}

/// Takes in the form of a page: writes it, or keeps it and says why it is not written.
///
/// # Errors
/// The form is not of this report, the report is not hers, or the store fails.
pub async fn save<F: ReportForm>(
    state: &AppState,
    author: &SignedIn,
    report: &LoadedReport,
    page: &F,
    form: &Form,
) -> Result<Response, Error> {
    // The token's gate lets a form pass that names no report; here it has to.
    if form.one("report") != report.id.to_string() {
        return Err(Error::crossed());
    }
    let saving = Saving {
        state,
        author,
        report,
        page,
        form,
        key: key(report, page)?,
        seen: form.seen().ok_or_else(Error::not_understood)?,
    };
    match (author.visit.is_autosave(), form.one("again")) {
        (true, _) if page.adds() => saving.keep_for_later().await,
        (false, "edit") => {
            let keeping = Keeping::together(saving.seen, form.one("kept-at"), page.adds());
            author.visit.page(&page.page(form, &[], keeping)?)
        }
        (false, row)
            if row.starts_with("source") || row.starts_with("take-") || row == "preview" =>
        {
            // A row for a source, empty or with the one to change, words taken from
            // elsewhere, or a look at it: nothing is saved yet, and nothing typed is lost.
            let keeping = Keeping::nothing(saving.seen, page.adds());
            author.visit.page(&page.page(form, &[], keeping)?)
        }
        (false, "open") => saving.open().await,
        (false, "drop") => {
            saving.forget().await?;
            Ok(Redirect::to(&page.set_aside()).into_response())
        }
        _ => match page.read(form) {
            Ok(writes) => saving.write(&writes).await,
            Err(faults) => saving.refuse(&faults).await,
        },
    }
}

/// The page's address below its report's, under which its text is kept.
fn key<F: ReportForm>(report: &LoadedReport, page: &F) -> Result<String, Error> {
    let address = page.address();
    // Where she came from makes no other page of it.
    let address = address.split_once('?').map_or(&*address, |(path, _)| path);
    let below = address.strip_prefix(&format!("/reports/{}/", report.id));
    let below = below.ok_or_else(|| Error::broken("a form page outside its report"))?;
    Ok(below.to_owned())
}

/// One form on its way into one report.
struct Saving<'a, F> {
    state: &'a AppState,
    author: &'a SignedIn,
    report: &'a LoadedReport,
    page: &'a F,
    form: &'a Form,
    key: String,
    seen: i64,
}

impl<F: ReportForm> Saving<'_, F> {
    async fn write(&self, writes: &[Write]) -> Result<Response, Error> {
        if writes.is_empty() {
            return self
                .saved(self.report.revision, Some(self.report.clone()))
                .await;
        }
        let reports = self.author.reports(self.state);
        let now = self.state.now();
        match reports.save_into(self.report, writes, self.seen, now).await {
            Ok((Save::Saved { revision }, after)) => self.saved(revision, after).await,
            Ok((Save::Stale(stale), _)) => self.stale(&stale).await,
            Ok((Save::Signed(mark), _)) => self.signed(&mark).await,
            Err(SaveError::Unfit(fault)) => {
                self.keep(true).await?;
                Err(Error::unfit(&fault.to_string()))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens the page with what was carried to it, which from here is kept.
    async fn open(&self) -> Result<Response, Error> {
        let keeping = match self.keep(false).await? {
            Some(kept) => Keeping::found(&kept, self.report, &[], self.page.adds()),
            None => Keeping::nothing(self.seen, self.page.adds()),
        };
        let page = self.page.page(self.form, &[], keeping)?;
        self.author.visit.page(&page)
    }

    /// Answers that it is saved; `after` is the report as that left it, where that is
    /// known.
    async fn saved(&self, revision: i64, after: Option<LoadedReport>) -> Result<Response, Error> {
        self.forget().await?;
        if self.author.visit.is_autosave() {
            return Ok(Answer::saved(self.state.now(), revision).into_response());
        }
        // What was just saved may open the next prompt or close it.
        let now = match after {
            Some(after) => after,
            None => self.report_now().await?,
        };
        Ok(Redirect::to(&self.page.onwards(&now)).into_response())
    }

    async fn refuse(&self, faults: &[(String, String)]) -> Result<Response, Error> {
        let kept = self.keep(true).await?;
        if self.author.visit.is_autosave() {
            return Ok(Answer::faulty(faults, kept.as_ref()).into_response());
        }
        let keeping = match &kept {
            Some(kept) => Keeping::found(kept, self.report, faults, self.page.adds()),
            None => Keeping::nothing(self.seen, self.page.adds()),
        };
        let page = self.page.page(self.form, faults, keeping)?;
        self.author.visit.refused(&page)
    }

    async fn stale(&self, stale: &Stale) -> Result<Response, Error> {
        let now = self.report_now().await?;
        if self.page.is_there(&now, self.form) {
            return self.saved(now.revision, Some(now)).await;
        }
        self.keep(true).await?;
        let page = self.page.clash(self.form, stale)?;
        if self.author.visit.is_autosave() {
            return Ok(Answer::changed(&page).into_response());
        }
        let kept_at = match self.form.one("kept-at") {
            "" => &self.key,
            other => other,
        };
        let page = page.kept_at(kept_at);
        self.author.visit.page_as(StatusCode::CONFLICT, &page)
    }

    async fn signed(&self, mark: &SignedMark) -> Result<Response, Error> {
        let kept = self.keep(true).await?.is_some();
        if self.author.visit.is_autosave() {
            return Ok(Answer::signed(mark).into_response());
        }
        let page = TypedPage::signed(self.report, mark, self.form, kept);
        self.author.visit.page_as(StatusCode::CONFLICT, &page)
    }

    /// Keeps what the script sends of a form that only a person's own *Save* may add.
    async fn keep_for_later(&self) -> Result<Response, Error> {
        if is_blank(self.form) {
            self.forget().await?;
            return Ok(Answer::nothing_yet().into_response());
        }
        let kept = self.keep(false).await?.ok_or_else(Error::too_large)?;
        let next = "Choose Save to add it to the report.";
        Ok(Answer::kept(kept.at, next).into_response())
    }

    /// Keeps what was typed, as `tried` where a person wanted it saved; nothing where
    /// it is more than can be kept.
    async fn keep(&self, tried: bool) -> Result<Option<Unsent>, Error> {
        let mut form = self.form.carried(&["seen", "again", "kept-at", "tried"]);
        if tried || self.form.one("tried") == "yes" {
            form.push(("tried".into(), "yes".into()));
        }
        let unsent = Unsent {
            page: self.key.clone(),
            form,
            seen: self.seen,
            at: self.state.now(),
        };
        let reports = self.author.reports(self.state);
        match reports.keep_unsent(self.report.id, &unsent).await {
            Ok(()) => Ok(Some(unsent)),
            Err(SaveError::TooMuch { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets what was kept of this page, and of the one whose text this form carries.
    async fn forget(&self) -> Result<(), Error> {
        if !self.report.has_unsent {
            // What is kept since this report was opened is not what this form carries.
            return Ok(());
        }
        let reports = self.author.reports(self.state);
        for key in [self.key.as_str(), self.form.one("kept-at")] {
            // Looking is cheap beside a write that changes nothing.
            if !key.is_empty() && reports.unsent(self.report.id, key).await?.is_some() {
                reports.drop_unsent(self.report.id, key).await?;
            }
        }
        Ok(())
    }

    async fn report_now(&self) -> Result<LoadedReport, Error> {
        open(self.state, self.author, &self.report.id.to_string()).await
    }
}
