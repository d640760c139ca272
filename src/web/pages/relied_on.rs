//! A service that a report relies on, as pages show it: what it offers her, what is to
//! be settled about it, and what its entry has come to say since it was chosen.
//!
//! Lives here: the view that `components/relied_on.html` turns into HTML, for the
//! services page, the service's own page and the draft. Not here: any judgement
//! (`review::services`, `directory`).

use serde::Serialize;

use super::candidate::theme;
use crate::{
    case::ChosenService,
    directory::{Directory, EntryChange, SinceChosen},
    finding::Finding,
    store::LoadedReport,
    web::{findings::FindingView, links, state::AppState, words},
};

/// One fact that an entry says otherwise now.
#[derive(Debug, Clone, Serialize)]
struct ChangeView {
    fact: String,
    label: String,
    was: String,
    now: String,
}

impl From<EntryChange> for ChangeView {
    fn from(change: EntryChange) -> Self {
        Self {
            fact: change.fact,
            label: change.label,
            was: change.was,
            now: change.now,
        }
    }
}

/// A service of the report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReliedOnView {
    /// Id of its entry.
    pub id: String,
    name: String,
    organisation: String,
    needs: Vec<String>,
    offer: String,
    as_at: String,
    confirmed: String,
    /// When its entry was last checked, where that is too long ago.
    stale: String,
    /// True where a requirement of the proposal names it.
    in_proposal: bool,
    href: String,
    findings: Vec<FindingView>,
    changes: Vec<ChangeView>,
    /// True where the author has seen the changes and kept to her copy.
    kept: bool,
    /// True where the case file holds no copy of its entry, and there is one to copy.
    may_copy: bool,
}

impl ReliedOnView {
    /// Every service of a report, as this directory shows it.
    #[must_use]
    pub fn all(report: &LoadedReport, state: &AppState, directory: &Directory) -> Vec<Self> {
        let pack = state.pack();
        let found = pack.service_findings(&report.case, directory, state.today());
        let found: Vec<Finding> = found.may_print.into_iter().chain(found.on_screen).collect();
        let services = report.case.services.iter().enumerate();
        services
            .map(|(number, service)| {
                let at = format!("services[{number}]");
                let mine = found.iter().filter(|f| f.at.as_deref() == Some(&at));
                Self::of(service, mine, report, state, directory)
            })
            .collect()
    }

    fn of<'f>(
        service: &ChosenService,
        findings: impl Iterator<Item = &'f Finding>,
        report: &LoadedReport,
        state: &AppState,
        directory: &Directory,
    ) -> Self {
        let interview = state.interview();
        let href = format!("{}/services/{}", links::report(report.id), service.id);
        let finding = |f: &Finding| FindingView::new(f, report.id, interview).at(&href);
        let SinceChosen {
            changes,
            kept,
            copied,
            ..
        } = directory.since_chosen(service);
        let entry = directory.service(&service.id);
        let lives_in = report.case.woman.lives_in.as_deref().unwrap_or_default();
        let place = directory.place(lives_in).ok();
        let unchecked = entry
            .map(|s| directory.stale(s, place.as_ref(), state.today()))
            .filter(|fresh| fresh.stale);
        let proposed = &report.case.proposal.requirements;
        Self {
            id: service.id.clone(),
            name: service.name.clone(),
            organisation: service.organisation.clone(),
            needs: service.needs.iter().map(|t| theme(t, interview)).collect(),
            offer: service.offer.clone().unwrap_or_default(),
            as_at: service.as_at.clone(),
            confirmed: service.confirmed_on.map(words::day).unwrap_or_default(),
            stale: unchecked
                .map(|fresh| state.pack().services.checked(fresh))
                .unwrap_or_default(),
            in_proposal: proposed
                .iter()
                .any(|r| r.service.as_deref() == Some(&service.id)),
            findings: findings.map(finding).collect(),
            changes: changes.into_iter().map(ChangeView::from).collect(),
            kept,
            may_copy: !copied && entry.is_some_and(|s| s.record.public().is_some()),
            href,
        }
    }

    /// True where its entry has changed and the author has not said what to make of it.
    #[must_use]
    pub fn is_news(&self) -> bool {
        !self.changes.is_empty() && !self.kept
    }

    /// One with nothing to settle, one whose entry has changed, one kept to.
    #[must_use]
    pub fn samples() -> [Self; 3] {
        let sound = Self {
            id: "a".into(),
            name: "The <b>Centre</b>".into(),
            organisation: "Us & Co".into(),
            needs: vec!["Safety & abuse".into()],
            offer: "Weekly <i>work</i>".into(),
            as_at: "2024-05".into(),
            confirmed: "20 November 2026".into(),
            in_proposal: true,
            href: "/reports/1/services/a".into(),
            ..Self::default()
        };
        let change = |was: &str, now: &str| ChangeView {
            fact: "referral_state".into(),
            label: "Referrals".into(),
            was: was.into(),
            now: now.into(),
        };
        let changed = Self {
            id: "b".into(),
            stale: "on 1 May 2024, 900 days ago".into(),
            confirmed: String::new(),
            findings: FindingView::samples(),
            changes: vec![change("", "Paused <now>"), change("Open", "")],
            ..sound.clone()
        };
        let kept = Self {
            id: "c".into(),
            offer: String::new(),
            needs: Vec::new(),
            findings: Vec::new(),
            kept: true,
            ..changed.clone()
        };
        [sound, changed, kept]
    }

    /// A service chosen before entries were copied.
    #[must_use]
    pub fn sample_not_copied() -> Self {
        let [sound, ..] = Self::samples();
        Self {
            may_copy: true,
            ..sound
        }
    }
}
