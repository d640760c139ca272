//! Choosing services for a report: her needs in order, and the list that is saved.
//!
//! Lives here: what a choice does to the list, without a request or a page. Not here:
//! the pages (`services`, `service`), or which services fit (`directory`). Every change
//! makes a whole new list, which one write then saves.

use serde_json::{Value, json};

use crate::{
    case::{ChosenService, revision::Write},
    directory::{NeedAsked, Service},
    interview::Interview,
    needs::Need,
};

/// What is asked of the directory: her needs, or every theme where none is recorded.
#[must_use]
pub fn asked(needs: &[Need], interview: &Interview) -> Vec<NeedAsked> {
    if needs.is_empty() {
        let themes = interview.themes.iter();
        return themes
            .map(|theme| NeedAsked {
                theme: theme.id.clone(),
                level: None,
            })
            .collect();
    }
    needs
        .iter()
        .map(|need| NeedAsked {
            theme: need.theme.clone(),
            level: Some(need.level.label().to_lowercase()),
        })
        .collect()
}

/// The entry as it stands, chosen for those of `meets` that the report may speak of:
/// a need kept on the record is not named in a report by choosing a service for it.
#[must_use]
pub fn snapshot(service: &Service, meets: &[String], needs: &[Need]) -> ChosenService {
    let told = |theme: &&String| needs.iter().any(|n| n.in_report && n.theme == **theme);
    ChosenService {
        id: service.id.clone(),
        name: service.name.clone(),
        organisation: service.organisation.clone(),
        source: service.source.clone(),
        as_at: service.as_at.text.clone(),
        needs: meets.iter().filter(told).cloned().collect(),
        ..ChosenService::default()
    }
}

/// The list with one more service; `None` where it is in the list already, so that
/// what has been written about it stays.
#[must_use]
pub fn with(list: &[ChosenService], chosen: ChosenService) -> Option<Vec<ChosenService>> {
    if list.iter().any(|s| s.id == chosen.id) {
        return None;
    }
    let mut list = list.to_vec();
    list.push(chosen);
    Some(list)
}

/// The list without a service; `None` where it is not in it.
#[must_use]
pub fn without(list: &[ChosenService], id: &str) -> Option<Vec<ChosenService>> {
    let rest: Vec<ChosenService> = list.iter().filter(|s| s.id != id).cloned().collect();
    (rest.len() < list.len()).then_some(rest)
}

/// The list with a service as it is now; at its end where it was not in it.
#[must_use]
pub fn changed(list: &[ChosenService], now: &ChosenService) -> Vec<ChosenService> {
    let mut list = list.to_vec();
    match list.iter_mut().find(|s| s.id == now.id) {
        Some(place) => *place = now.clone(),
        None => list.push(now.clone()),
    }
    list
}

/// The write that makes this the list.
#[must_use]
pub fn write(list: &[ChosenService]) -> Write {
    let value = if list.is_empty() {
        Value::Null
    } else {
        json!(list)
    };
    Write::new("services", value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs::{Level, Linked, pressing_first};

    fn need(theme: &str, level: Level, linked: Linked, in_report: bool) -> Need {
        Need {
            theme: theme.into(),
            prompt: format!("theme-{theme}"),
            level,
            linked,
            motivation: None,
            circumstances: None,
            how: None,
            helps: None,
            barriers: None,
            her_words: None,
            wants: None,
            in_report,
        }
    }

    fn chosen(id: &str) -> ChosenService {
        ChosenService {
            id: id.into(),
            name: format!("Service {id}"),
            ..ChosenService::default()
        }
    }

    fn ids(list: &[ChosenService]) -> Vec<&str> {
        list.iter().map(|s| s.id.as_str()).collect()
    }

    #[test]
    fn what_is_linked_to_the_offending_comes_first_and_within_that_the_highest_need() {
        let needs = pressing_first(vec![
            need("finance", Level::Low, Linked::Yes, true),
            need("family", Level::High, Linked::No, true),
            need("wellbeing", Level::High, Linked::Unclear, true),
            need("safety", Level::High, Linked::Yes, true),
            need("dependency", Level::High, Linked::Yes, true),
        ]);
        let themes: Vec<&str> = needs.iter().map(|n| n.theme.as_str()).collect();
        let expected = ["safety", "dependency", "finance", "family", "wellbeing"];
        assert_eq!(themes, expected);
    }

    #[test]
    fn a_need_kept_on_the_record_is_looked_for_and_not_named_in_the_choice() {
        let needs = [
            need("safety", Level::High, Linked::Yes, false),
            need("dependency", Level::Low, Linked::No, true),
        ];
        let files = crate::content::ContentFiles::embedded().unwrap();
        let interview = Interview::load(&files).unwrap();
        assert_eq!(asked(&needs, &interview).len(), 2);
        let directory = crate::directory::Directory::load(&files).unwrap();
        let service = &directory.services()[0];
        let meets = ["safety", "dependency", "finance"].map(String::from);
        let chosen = snapshot(service, &meets, &needs);
        assert_eq!(chosen.needs, ["dependency"]);
        assert_eq!(chosen.name, service.name);
        assert_eq!(chosen.as_at, service.as_at.text);
        assert_eq!(chosen.source, service.source);
    }

    #[test]
    fn with_no_need_recorded_every_theme_is_looked_for() {
        let files = crate::content::ContentFiles::embedded().unwrap();
        let interview = Interview::load(&files).unwrap();
        assert_eq!(asked(&[], &interview).len(), interview.themes.len());
    }

    #[test]
    fn choosing_twice_keeps_one_with_what_was_written_about_it() {
        let mut written = chosen("a");
        written.offer = Some("Weekly one-to-one work.".into());
        let list = vec![written];
        assert_eq!(with(&list, chosen("a")), None);
        let both = with(&list, chosen("b")).unwrap();
        assert_eq!(ids(&both), ["a", "b"]);
        assert_eq!(both[0].offer.as_deref(), Some("Weekly one-to-one work."));
    }

    #[test]
    fn removing_takes_one_away_and_leaves_the_rest_in_order() {
        let list = [chosen("a"), chosen("b"), chosen("c")];
        assert_eq!(ids(&without(&list, "b").unwrap()), ["a", "c"]);
        assert_eq!(without(&list, "d"), None);
        assert_eq!(
            write(&without(&[chosen("a")], "a").unwrap()).value,
            Value::Null
        );
    }

    #[test]
    fn a_change_stays_in_its_place_and_one_removed_elsewhere_comes_back() {
        let list = [chosen("a"), chosen("b")];
        let mut now = chosen("a");
        now.held = Some("four weeks".into());
        let after = changed(&list, &now);
        assert_eq!(ids(&after), ["a", "b"]);
        assert_eq!(after[0].held.as_deref(), Some("four weeks"));
        assert_eq!(ids(&changed(&list[1..], &now)), ["b", "a"]);
    }
}
