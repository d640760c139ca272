//! Filters as the search page shows them: groups of boxes to tick with how many services
//! each would leave, and a removable tag for each that is ticked.
//!
//! Lives here: labels and order of the groups. Not here: what a filter means
//! (`directory::search`) or its name in an address (`asked`).

use serde::Serialize;

use super::asked::{Asked, SETTINGS};
use crate::{
    directory::{
        Directory, Setting,
        search::{Counts, TAXONOMIES},
    },
    interview::Interview,
    report::words::capital,
};

/// A group of filters.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    id: String,
    legend: &'static str,
    /// How many of it are ticked: it then stands open.
    ticked: usize,
    options: Vec<FilterView>,
}

/// One filter.
#[derive(Debug, Clone, Serialize)]
pub struct FilterView {
    id: String,
    name: &'static str,
    value: String,
    label: String,
    checked: bool,
    count: usize,
}

/// A filter that is ticked, as a tag that takes it away.
#[derive(Debug, Clone, Serialize)]
pub struct TagView {
    legend: &'static str,
    text: String,
    href: String,
    name: &'static str,
    value: String,
}

/// Legends of the groups of terms, in the order of [`TAXONOMIES`].
const LEGENDS: [&str; TAXONOMIES.len()] = [
    "What it offers",
    "Order it fits",
    "Ways to refer",
    "Access",
    "Especially for",
];

/// Every group that has a filter, with how many services each filter would leave.
#[must_use]
pub fn groups(
    directory: &Directory,
    interview: &Interview,
    asked: &Asked,
    counts: &Counts,
) -> Vec<GroupView> {
    let filters = &asked.filters;
    let mut groups = vec![
        group(
            "need",
            "Needs",
            interview.themes.iter().map(|theme| Choice {
                value: theme.id.clone(),
                label: theme.name.to_string(),
                checked: filters.themes.contains(&theme.id),
                count: counts.theme(&theme.id),
            }),
        ),
        group(
            "setting",
            "Women-only or mixed",
            SETTINGS.into_iter().map(|(value, setting)| Choice {
                value: value.into(),
                label: setting_words(setting).into(),
                checked: filters.settings.contains(&setting),
                count: counts.setting(setting),
            }),
        ),
    ];
    for ((taxonomy, _), legend) in TAXONOMIES.into_iter().zip(LEGENDS) {
        let mut of = group(
            "has",
            legend,
            directory.terms_in_use(taxonomy).map(|term| Choice {
                checked: filters.terms.contains(&term.key()),
                count: counts.term(directory, &term.key()),
                label: term.name.clone(),
                value: term.key(),
            }),
        );
        taxonomy.clone_into(&mut of.id);
        for (at, option) in of.options.iter_mut().enumerate() {
            option.id = format!("{taxonomy}-{at}");
        }
        groups.push(of);
    }
    groups.push(group(
        "language",
        "Languages",
        directory.languages_in_use().iter().map(|language| Choice {
            value: language.clone(),
            label: language.clone(),
            checked: filters.languages.contains(language),
            count: counts.language(language),
        }),
    ));
    let mut state = group("state", "Whether it can be used now", std::iter::empty());
    state.options = [
        (
            "accepting",
            "Its record says it takes referrals",
            filters.accepting,
            counts.accepting,
        ),
        ("checked", "Checked lately", filters.checked, counts.checked),
        (
            "ended",
            "Show those that ended or never opened too",
            filters.ended,
            counts.ended,
        ),
    ]
    .into_iter()
    .map(|(name, label, checked, count)| FilterView {
        id: name.into(),
        name,
        value: "yes".into(),
        label: label.into(),
        checked,
        count,
    })
    .collect();
    state.ticked = state.options.iter().filter(|o| o.checked).count();
    groups.push(state);
    groups.retain(|group| !group.options.is_empty());
    groups
}

/// A tag for every filter that is ticked.
#[must_use]
pub fn tags(groups: &[GroupView], asked: &Asked) -> Vec<TagView> {
    let ticked = groups.iter().flat_map(|group| {
        let ticked = group.options.iter().filter(|option| option.checked);
        ticked.map(|option| TagView {
            legend: group.legend,
            text: option.label.clone(),
            href: asked.without(option.name, &option.value),
            name: option.name,
            value: option.value.clone(),
        })
    });
    ticked.collect()
}

struct Choice {
    value: String,
    label: String,
    checked: bool,
    count: usize,
}

fn group(
    name: &'static str,
    legend: &'static str,
    options: impl Iterator<Item = Choice>,
) -> GroupView {
    let options: Vec<FilterView> = options
        .enumerate()
        .map(|(at, option)| FilterView {
            id: format!("{name}-{at}"),
            name,
            value: option.value,
            label: capital(&option.label),
            checked: option.checked,
            count: option.count,
        })
        .collect();
    GroupView {
        id: name.to_owned(),
        legend,
        ticked: options.iter().filter(|o| o.checked).count(),
        options,
    }
}

fn setting_words(setting: Setting) -> &'static str {
    match setting {
        Setting::WomenOnly => "Women-only",
        Setting::MixedWithWomensSession => "Mixed, with a session for women",
        Setting::Mixed => "Mixed",
        Setting::Unknown => "Not recorded",
    }
}

/// Groups and tags with hostile words in them, for samples.
#[must_use]
pub fn samples() -> (Vec<GroupView>, Vec<TagView>) {
    let option = |value: &str, checked| Choice {
        value: value.into(),
        label: "Crèche & <b>more</b>".into(),
        checked,
        count: 3,
    };
    let options = [option("a", true), option("\"><b>x</b>", false)];
    let groups = vec![group("need", "Needs", options.into_iter())];
    let asked = Asked::default();
    let tags = tags(&groups, &asked);
    (groups, tags)
}
