//! How many services each filter would leave.
//!
//! Lives here: the counts. A count answers "how many would be shown if I ticked this as
//! well": where any of a group's filters is enough, the group itself does not narrow it.

use super::{
    TAXONOMIES,
    lens::{ACCEPTING, CHECKED, ENDED, Failing, LANGUAGES, Lens, SETTINGS, THEMES},
    open,
};
use crate::directory::{Directory, Service, Setting};

/// How many services each filter would leave.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    terms: Vec<usize>,
    themes: Vec<(String, usize)>,
    settings: Vec<(Setting, usize)>,
    languages: Vec<(String, usize)>,
    /// Those whose record says that they take referrals.
    pub accepting: usize,
    /// Those checked within the limit.
    pub checked: usize,
    /// Those that have ended or not opened.
    pub ended: usize,
}

impl Counts {
    pub(super) fn new(directory: &Directory) -> Self {
        let settings = [
            Setting::WomenOnly,
            Setting::MixedWithWomensSession,
            Setting::Mixed,
            Setting::Unknown,
        ];
        let languages = directory.languages_in_use().iter();
        Self {
            terms: vec![0; directory.vocabulary().terms().len()],
            themes: directory
                .themes()
                .map(|(id, _)| (id.to_owned(), 0))
                .collect(),
            settings: settings.map(|s| (s, 0)).to_vec(),
            languages: languages.map(|l| (l.clone(), 0)).collect(),
            ..Self::default()
        }
    }

    /// How many a term would leave.
    #[must_use]
    pub fn term(&self, directory: &Directory, key: &str) -> usize {
        let place = directory.vocabulary().place(key);
        place
            .and_then(|place| self.terms.get(place).copied())
            .unwrap_or_default()
    }

    /// How many a theme would leave.
    #[must_use]
    pub fn theme(&self, id: &str) -> usize {
        of(&self.themes, |t| t == id)
    }

    /// How many a setting would leave.
    #[must_use]
    pub fn setting(&self, setting: Setting) -> usize {
        of(&self.settings, |s| *s == setting)
    }

    /// How many a language would leave.
    #[must_use]
    pub fn language(&self, language: &str) -> usize {
        of(&self.languages, |l| l == language)
    }

    pub(super) fn note(&mut self, service: &Service, failing: Failing, lens: &Lens<'_>) {
        for (group, ((_, all), of)) in (0..).zip(TAXONOMIES.into_iter().zip(lens.of)) {
            if !(failing.is_empty() || !all && failing.at_most(group)) {
                continue;
            }
            for place in service.stated.and(of).places() {
                if let Some(count) = self.terms.get_mut(place) {
                    *count += 1;
                }
            }
        }
        if failing.at_most(THEMES) {
            let themes = self.themes.iter_mut().filter(|(t, _)| service.names(t));
            themes.for_each(|(_, count)| *count += 1);
        }
        if failing.at_most(SETTINGS) {
            let mut settings = self.settings.iter_mut();
            if let Some((_, count)) = settings.find(|(s, _)| *s == service.setting) {
                *count += 1;
            }
        }
        if failing.at_most(LANGUAGES) {
            let spoken = &service.facts.languages;
            let languages = self.languages.iter_mut();
            let languages = languages.filter(|(l, _)| spoken.contains(l));
            languages.for_each(|(_, count)| *count += 1);
        }
        self.accepting += usize::from(failing.at_most(ACCEPTING) && lens.accepts(service));
        self.checked += usize::from(failing.at_most(CHECKED) && !lens.stale(service));
        self.ended += usize::from(failing.at_most(ENDED) && !open(service));
    }
}

fn of<T>(counts: &[(T, usize)], is: impl Fn(&T) -> bool) -> usize {
    let found = counts.iter().find(|(t, _)| is(t));
    found.map_or(0, |(_, count)| *count)
}
