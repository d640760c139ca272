//! Every page: one `.rs` with its handlers and typed context, and its template of
//! the same name beside it.
//!
//! To add one: write both files, enter it in [`all`], and give it an address in
//! `routes.rs`. The test below renders it with each of its samples and checks the
//! rules of accessible HTML.

pub mod addendum;
pub mod answers;
mod arriving;
pub mod audit;
pub mod before;
pub mod candidate;
pub mod centre;
pub mod choose;
pub mod choosing;
pub mod conflict;
pub mod content;
pub mod crosswalk;
pub mod directory;
pub mod download;
pub mod draft;
pub mod enquiries;
pub mod facts;
pub mod gaps;
pub mod guide;
pub mod import;
pub mod keeping;
pub mod law;
mod law_view;
pub mod leaving;
pub mod letters;
pub mod notes;
pub mod openid;
pub mod oral;
pub mod own;
pub mod people;
pub mod plan;
pub mod prompt;
pub mod proposal;
pub mod quality;
pub mod record;
pub mod records;
pub mod referrals;
pub mod relied_on;
pub mod replies;
pub mod report;
pub mod reports;
mod samples;
pub mod second;
pub mod section;
pub mod service;
mod service_form;
pub mod services;
pub mod set_up;
pub mod sign;
pub mod sign_in;
pub mod sign_in_code;
pub mod signed_in_again;
pub mod slots;
pub mod start;
mod taking;
pub mod task_list;
pub mod timeline;
pub mod typed;
pub mod unmet;
pub mod wording;
pub mod worklist;

use super::{error::ErrorPage, templates::Registered};

/// The list of pages.
#[must_use]
pub fn all() -> Vec<Registered> {
    vec![
        Registered::page::<ErrorPage>(),
        Registered::page::<answers::AnswersPage>(),
        Registered::page::<audit::AuditTrailPage>(),
        Registered::page::<before::BeforePage>(),
        Registered::page::<conflict::ConflictPage>(),
        Registered::page::<content::ContentPage>(),
        Registered::page::<crosswalk::CrosswalkPage>(),
        Registered::page::<draft::DraftPage>(),
        Registered::page::<enquiries::EnquiriesPage>(),
        Registered::page::<facts::FactsPage>(),
        Registered::page::<notes::NotesPage>(),
        Registered::page::<oral::OralPage>(),
        Registered::page::<plan::show::PlanPage>(),
        Registered::page::<plan::forms::PlanFormPage>(),
        Registered::page::<plan::moved::MovedPage>(),
        Registered::page::<plan::papers::PaperPage>(),
        Registered::page::<plan::reviews::ReviewsPage>(),
        Registered::page::<prompt::PromptPage>(),
        Registered::page::<proposal::ProposalPage>(),
        Registered::page::<proposal::courts::CourtsPage>(),
        Registered::page::<proposal::in_words::InWordsPage>(),
        Registered::page::<proposal::her_week::HerWeekPage>(),
        Registered::page::<proposal::choose::ChoosePage>(),
        Registered::page::<proposal::order::OrderPage>(),
        Registered::page::<proposal::requirement::RequirementPage>(),
        Registered::page::<proposal::requirement_remove::RemoveRequirementPage>(),
        Registered::page::<quality::QualityPage>(),
        Registered::page::<record::RecordPage>(),
        Registered::page::<record::RemovePage>(),
        Registered::page::<task_list::TaskListPage>(),
        Registered::page::<guide::GuidePage>(),
        Registered::page::<import::ImportPage>(),
        Registered::page::<keeping::check::CheckPage>(),
        Registered::page::<keeping::edit::EditPage>(),
        Registered::page::<keeping::history::HistoryPage>(),
        Registered::page::<keeping::mine::MinePage>(),
        Registered::page::<keeping::new::AlikePage>(),
        Registered::page::<keeping::stale::StalePage>(),
        Registered::page::<replies::RepliesPage>(),
        Registered::page::<reports::ReportsPage>(),
        Registered::page::<directory::DirectoryPage>(),
        Registered::page::<directory::court::CourtPage>(),
        Registered::page::<directory::newsletter::NewsletterPage>(),
        Registered::page::<directory::service::EntryPage>(),
        Registered::page::<directory::sheet::SheetPage>(),
        Registered::page::<law::LawPage>(),
        Registered::page::<section::changes::ChangesPage>(),
        Registered::page::<section::edit::EditPage>(),
        Registered::page::<section::versions::VersionsPage>(),
        Registered::page::<leaving::LeavingPage>(),
        Registered::page::<letters::LettersPage>(),
        Registered::page::<letters::LetterPage>(),
        Registered::page::<service::ServicePage>(),
        Registered::page::<services::ServicesPage>(),
        Registered::page::<set_up::SetUpPage>(),
        Registered::page::<openid::OpenIdPage>(),
        Registered::page::<sign_in::SignInPage>(),
        Registered::page::<sign_in_code::CodePage>(),
        Registered::page::<own::OwnAccountPage>(),
        Registered::page::<own::second_step::SecondStepPage>(),
        Registered::page::<signed_in_again::SignedInAgainPage>(),
        Registered::page::<start::StartPage>(),
        Registered::page::<typed::TypedPage>(),
        Registered::page::<second::asking::ReviewPage>(),
        Registered::page::<second::checking::CheckingPage>(),
        Registered::page::<second::waiting::WaitingPage>(),
        Registered::page::<people::access::AccessPage>(),
        Registered::page::<people::account::AccountPage>(),
        Registered::page::<people::accounts::AccountsPage>(),
        Registered::page::<people::area::AreaPage>(),
        Registered::page::<people::colleagues::ColleaguesPage>(),
        Registered::page::<people::glass::GlassPage>(),
        Registered::page::<people::openings::OpeningsPage>(),
        Registered::page::<people::password::PasswordPage>(),
        Registered::page::<people::reading::ReadingPage>(),
        Registered::page::<people::teams::TeamsPage>(),
        Registered::page::<records::list::RecordsPage>(),
        Registered::page::<records::one::RecordPage>(),
        Registered::page::<sign::SignPage>(),
        Registered::page::<addendum::AddendumPage>(),
        Registered::page::<timeline::TimelinePage>(),
        Registered::page::<unmet::UnmetPage>(),
        Registered::page::<centre::InboxPage>(),
        Registered::page::<centre::referral::ReferralPage>(),
        Registered::page::<centre::assessment::AssessmentPage>(),
        Registered::page::<centre::signing::SignReplyPage>(),
        Registered::page::<referrals::ReferralsPage>(),
        Registered::page::<referrals::new::NewReferralPage>(),
        Registered::page::<referrals::new::PreviewPage>(),
        Registered::page::<referrals::one::OnePage>(),
        Registered::page::<wording::WordingPage>(),
        Registered::page::<worklist::WorklistPage>(),
    ]
}

#[cfg(test)]
mod tests;
