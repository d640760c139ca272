//! Choosing services for a report: the copy of an entry, and the list that is saved.
//!
//! Lives here: what a choice does to the list, without a request or a page. Not here:
//! the pages (`services`, `service`), or which services fit (`directory`). Every change
//! makes a whole new list, which one write then saves.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{
    case::{ChosenService, revision::Write},
    directory::{Directory, Service},
    needs::Need,
};

/// The entry as it stands, chosen for those of `meets` that the report may speak of:
/// a need kept on the record is not named in a report by choosing a service for it.
/// `None` for an entry of which nothing may leave.
#[must_use]
pub fn snapshot(
    service: &Service,
    directory: &Directory,
    meets: &[String],
    needs: &[Need],
    today: NaiveDate,
) -> Option<ChosenService> {
    let told = |theme: &&String| needs.iter().any(|n| n.in_report && n.theme == **theme);
    let chosen = ChosenService {
        id: service.id.clone(),
        needs: meets.iter().filter(told).cloned().collect(),
        ..ChosenService::default()
    };
    refreshed(&chosen, directory, today)
}

/// The service with its entry copied anew, and all that was written about it.
#[must_use]
pub fn refreshed(
    chosen: &ChosenService,
    directory: &Directory,
    today: NaiveDate,
) -> Option<ChosenService> {
    let service = directory.service(&chosen.id)?;
    Some(ChosenService {
        name: service.name.clone(),
        organisation: service.organisation.clone(),
        source: service.source.clone(),
        as_at: service.as_at.text.clone(),
        entry: directory.entry(service)?,
        checked_on: directory.stale(service, None, today).checked_on,
        kept: Vec::new(),
        ..chosen.clone()
    })
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
    fn a_need_kept_on_the_record_is_not_named_in_the_choice() {
        let needs = [
            need("safety", Level::High, Linked::Yes, false),
            need("dependency", Level::Low, Linked::No, true),
        ];
        let files = crate::content::ContentFiles::embedded().unwrap();
        let directory = Directory::load(&files).unwrap();
        let service = &directory.services()[0];
        let meets = ["safety", "dependency", "finance"].map(String::from);
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let chosen = snapshot(service, &directory, &meets, &needs, today).unwrap();
        assert_eq!(chosen.needs, ["dependency"]);
        assert_eq!(chosen.name, service.name);
        assert_eq!(chosen.as_at, service.as_at.text);
        assert_eq!(chosen.source, service.source);
        assert_eq!(Some(chosen.entry), directory.entry(service));
    }

    #[test]
    fn a_copy_taken_anew_keeps_what_was_written_about_the_service() {
        let files = crate::content::ContentFiles::embedded().unwrap();
        let directory = Directory::load(&files).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let mut written = chosen(&directory.services()[0].id);
        written.offer = Some("Weekly one-to-one work.".into());
        written.kept = vec![crate::case::EntryFact::default()];
        let now = refreshed(&written, &directory, today).unwrap();
        assert_eq!(now.offer, written.offer);
        assert_eq!(now.name, directory.services()[0].name);
        assert!(!now.entry.is_empty() && now.kept.is_empty());
        assert_eq!(refreshed(&chosen("no-such-entry"), &directory, today), None);
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
