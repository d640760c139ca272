//! What an author may type for an area.

use super::*;

#[test]
fn an_outcode_is_understood_in_any_case_and_spacing() {
    for given in ["RG14", "rg14", " Rg 14 ", "RG14 "] {
        let place = directory().place(given).unwrap();
        assert_eq!(place.label, "RG14 (West Berkshire)", "{given}");
        assert_eq!(place.outcode.as_deref(), Some("RG14"));
        assert_eq!(place.pcc[0].id, "thames-valley");
        assert_eq!(place.pdus[0].name, "West Berkshire");
        assert_eq!(place.regions, ["South Central"]);
        assert!(!place.approximate);
    }
}

#[test]
fn of_a_whole_postcode_only_the_district_is_used_and_kept() {
    let place = directory().place("de23 6xy").unwrap();
    assert_eq!(place.outcode.as_deref(), Some("DE23"));
    assert!(place.note.contains("Only the district (DE23) was used"));
    assert!(!format!("{place:?}").to_lowercase().contains("6xy"));
}

#[test]
fn a_district_that_straddles_authorities_says_so() {
    let place = directory().place("E8").unwrap();
    assert!(place.approximate);
    assert_eq!(place.local_authorities[0].name, "Hackney");
    assert!(place.local_authorities[0].likely);
    assert!(place.local_authorities[1..].iter().all(|a| !a.likely));
    assert!(place.note.contains("about 75%"), "{}", place.note);
    let found = found("E8", &["accommodation"]);
    let islington = candidate(&found, "Women's Specific Services in London (W/NW)");
    assert!(
        islington
            .ask_first
            .iter()
            .any(|a| a.contains("names Islington: check which one")),
        "{:?}",
        islington.ask_first
    );
    let hackney = position(&found, "Women's Specific Services for London (E/NE)");
    assert!(hackney < position(&found, "Women's Specific Services in London (W/NW)"));
}

#[test]
fn an_authority_is_found_by_name_code_or_former_code() {
    for given in [
        "West Berkshire",
        "west berkshire",
        "E06000037",
        "West Berkshire Council",
    ] {
        let place = directory().place(given).unwrap();
        assert_eq!(place.local_authorities[0].gss, "E06000037", "{given}");
    }
    let former = directory()
        .geography()
        .authorities()
        .find_map(|a| Some((a.former.first()?.clone(), a.name.clone())))
        .unwrap();
    let place = directory().place(&former.0).unwrap();
    assert_eq!(place.label, former.1);
    assert!(place.note.contains("is now part of"));
}

#[test]
fn an_authority_that_was_replaced_or_given_another_code_is_understood() {
    for (given, now) in [
        ("Allerdale", "Cumberland"),
        ("aylesbury vale", "Buckinghamshire"),
        ("E07000190", "Somerset"), // Taunton Deane, replaced twice
        ("E08000039", "Sheffield"),
    ] {
        let place = directory().place(given).unwrap();
        assert_eq!(place.label, now, "{given}");
        let former = place.note.contains("is now part of");
        assert_eq!(former, given != "E08000039", "{}", place.note);
    }
}

#[test]
fn a_county_takes_in_its_districts() {
    let place = directory().place("derbyshire").unwrap();
    assert_eq!(place.label, "Derbyshire");
    assert_eq!(place.local_authorities.len(), 8);
    assert!(place.approximate);
    let found = found("Derbyshire", &["finance"]);
    assert_eq!(found.candidates[0].service.name, "The Turn Around Project");
}

#[test]
fn a_police_area_and_a_town_are_understood() {
    assert_eq!(
        directory()
            .place("Thames Valley")
            .unwrap()
            .local_authorities
            .len(),
        13
    );
    let town = directory().place("Chesterfield").unwrap();
    assert_eq!(town.local_authorities[0].name, "Chesterfield");
    let town = directory().place("barrow-in-furness").unwrap();
    assert_eq!(town.outcode.as_deref(), Some("LA14"));
    assert!(town.approximate);
}

#[test]
fn a_name_that_fits_several_lists_them() {
    let error = directory().place("Newcastle").unwrap_err();
    let PlaceError::Ambiguous { options, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(options, &["Newcastle upon Tyne", "Newcastle-under-Lyme"]);
    let told = error.to_string();
    assert!(
        told.contains("Newcastle upon Tyne, or Newcastle-under-Lyme"),
        "{told}"
    );
}

#[test]
fn a_part_of_a_name_that_fits_one_is_taken() {
    let place = directory().place("Tower Ham").unwrap();
    assert_eq!(place.local_authorities[0].name, "Tower Hamlets");
}

#[test]
fn places_elsewhere_get_a_kind_and_specific_answer() {
    let scotland = directory().place("EH1 1AA").unwrap_err();
    assert!(matches!(&scotland, PlaceError::Outside { nation, .. } if nation == "Scotland"));
    assert!(scotland.to_string().starts_with("EH1 is in Scotland."));
    assert!(!scotland.to_string().contains("1AA"));
    let belfast = directory().place("bt9").unwrap_err();
    assert!(belfast.to_string().contains("Northern Ireland"));
    assert_eq!(
        directory().place("RG99"),
        Err(PlaceError::UnknownOutcode {
            outcode: "RG99".to_owned()
        })
    );
    assert!(matches!(
        directory().place("Atlantis"),
        Err(PlaceError::Unknown { .. })
    ));
    assert_eq!(directory().place("  "), Err(PlaceError::Nothing));
    // The border runs through TD15: Berwick is in England.
    assert_eq!(
        directory().place("TD15").unwrap().local_authorities[0].name,
        "Northumberland"
    );
}
