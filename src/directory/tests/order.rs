//! What holds of every match, whatever is asked.

use std::{cmp::Reverse, collections::HashSet};

use proptest::prelude::*;

use super::*;

fn asked() -> impl Strategy<Value = (usize, Vec<&'static str>)> {
    let themes = proptest::sample::subsequence(ALL.to_vec(), 0..=ALL.len());
    (0..318usize, themes)
}

/// Every place an author could mean: one authority, or a district of it.
fn place(at: usize) -> Place {
    let geography = directory().geography();
    let authority = geography.authorities().nth(at).unwrap();
    let mut districts: Vec<&str> = geography
        .outcodes()
        .filter(|o| o.authorities[0] == authority.gss)
        .map(|o| o.outcode.as_str())
        .collect();
    districts.sort_unstable();
    let given = districts.get(at % 3).copied().unwrap_or(&authority.gss);
    directory().place(given).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_is_total_stable_and_never_offers_what_is_kept_out((at, themes) in asked()) {
        let place = place(at);
        let ask = Ask::new(&place, &themes, today());
        let found = directory().find(&ask);

        let ids: Vec<&str> = found.candidates.iter().map(|c| c.service.id.as_str()).collect();
        let kept_out: HashSet<&str> = found.excluded.iter().map(|e| e.service.id.as_str()).collect();
        let once: HashSet<&&str> = ids.iter().collect();
        prop_assert_eq!(once.len(), ids.len(), "a service is offered twice");
        prop_assert!(ids.iter().all(|id| !kept_out.contains(id)));

        // The same records in another order of the file give the same answer.
        let mut turned: Vec<Service> = directory().services().iter().map(|s| (**s).clone()).collect();
        turned.rotate_left(at % 169);
        turned.reverse();
        let again = directory().with_services(turned);
        let again = again.find(&ask);
        let turned_ids: Vec<&str> = again.candidates.iter().map(|c| c.service.id.as_str()).collect();
        prop_assert_eq!(&ids, &turned_ids);

        for candidate in &found.candidates {
            prop_assert!(candidate.service.state.may_be_offered());
            prop_assert!(!candidate.reasons.is_empty());
            let helps = !candidate.for_needs.is_empty() || !candidate.may_help.is_empty();
            prop_assert!(themes.is_empty() || helps);
            for theme in &candidate.for_needs {
                prop_assert!(
                    candidate.service.names(theme) || candidate.via_prime.contains(theme)
                );
            }
            let said = [&candidate.reasons, &candidate.ask_first, &candidate.against];
            let filled = said.into_iter().flatten().all(|s| !s.contains(['{', '}']));
            prop_assert!(filled, "a blank was left in a sentence");
        }

        // Within one authority, nearer areas come first, then those that state more.
        if place.local_authorities.len() == 1 {
            let keys: Vec<_> = found
                .candidates
                .iter()
                .map(|c| (c.fit, Reverse(c.for_needs.len() - c.via_prime.len())))
                .collect();
            prop_assert!(keys.is_sorted(), "{:?}", keys);
        }
        for theme in &found.unmet {
            prop_assert!(found.candidates.iter().all(|c| !c.for_needs.contains(theme)));
        }
    }
}
