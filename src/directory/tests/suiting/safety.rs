//! Places she must avoid, and places that must not be known.

use super::*;

#[test]
fn a_place_she_must_avoid_keeps_a_service_out_and_is_never_named() {
    let place = directory().place("RG14").unwrap();
    let at = |town: &str, postcode: &str| Location {
        town: town.into(),
        postcode: postcode.into(),
        ..Location::default()
    };
    let located = move |name: &str, locations: Vec<Location>| {
        fictional(name, |r| r.facts.locations = locations)
    };
    let records = vec![
        located("in town", vec![at("Thatcham", "")]),
        located("in district", vec![at("", "RG19 4AA")]),
        located(
            "in both",
            vec![at("Thatcham", ""), at("Newbury", "RG14 1AA")],
        ),
        located("elsewhere", vec![at("Newbury", "RG14 1AA")]),
        fictional("hidden", |r| {
            r.facts.locations = vec![Location {
                internal: true,
                ..at("Thatcham", "")
            }];
        }),
        fictional("unknown", |r| {
            r.area.local_authorities.push("E06000038".into());
        }),
    ];
    let directory = only(records);
    let avoid = |places: &[&str]| Wants {
        avoid: places.iter().map(|p| (*p).to_owned()).collect(),
        ..Wants::default()
    };
    let ask = asking(&place, |a| {
        a.wants = avoid(&["near the station, thatcham", "rg19 3zz", "his mother's"]);
    });
    let found = directory.find(&ask);
    let kept_out: Vec<&str> = found
        .excluded
        .iter()
        .map(|e| e.service.name.as_str())
        .collect();
    assert_eq!(kept_out, ["hidden", "in district", "in town"]);
    assert_eq!(found.excluded_by, [(Why::Avoid, 3)]);
    assert_eq!(found.avoid_not_understood, 1);
    let asks_where = |name: &str| {
        let asked = &candidate(&found, name).ask_first;
        asked
            .iter()
            .any(|a| a.contains("exactly where she would be seen"))
    };
    assert!(asks_where("in both") && asks_where("unknown") && !asks_where("elsewhere"));
    let mut told: Vec<&String> = found.excluded.iter().map(|e| &e.reason).collect();
    for c in &found.candidates {
        told.extend(c.reasons.iter().chain(&c.ask_first).chain(&c.against));
    }
    for text in told {
        let text = text.to_lowercase();
        assert!(
            !text.contains("thatcham") && !text.contains("rg19"),
            "{text}"
        );
    }
    // A gap is told in a report: it neither counts nor names what was kept out for safety.
    let only_there = only(vec![located("in town", vec![at("Thatcham", "")])]);
    let found = only_there.find(&ask);
    assert_eq!(found.unmet, ["accommodation"]);
    assert_eq!(found.gaps[0].kind, GapKind::OnlyKeptOut);
    assert!(found.gaps[0].nearly.is_empty() && found.gaps[0].kept_out.is_empty());
    let says = &found.gaps[0].says;
    assert_eq!(
        says,
        "No service that can be offered here mentions accommodation."
    );
}

#[test]
fn a_hidden_place_gives_no_distance() {
    let place = directory().place("RG14").unwrap();
    let located = |internal| {
        fictional("Located", |r| {
            r.facts.locations = vec![Location {
                town: "Reading".into(),
                internal,
                ..Location::default()
            }];
            r.area.locality = "Reading".into();
        })
    };
    let km = |internal| {
        let directory = only(vec![located(internal)]);
        let found = directory.find(&asking(&place, |_| {}));
        found.candidates[0].distance.clone()
    };
    assert!(km(false).unwrap().contains("Reading"));
    assert!(km(true).is_none_or(|said| !said.contains("Reading")));
}
