//! Which services are found, in what order, and what is said of them.

use super::*;

#[test]
fn newbury_finds_alana_house_before_the_thames_valley_contract() {
    for themes in [&[][..], &["accommodation"], &["wellbeing"], &ALL] {
        let found = found("RG14", themes);
        let alana = position(&found, "Alana House").unwrap();
        let contract = position(&found, "Women's Services in Thames Valley DA").unwrap();
        assert_eq!(alana, 0, "{themes:?}");
        assert!(alana < contract, "{themes:?}");
        let alana = candidate(&found, "Alana House");
        assert_eq!(alana.fit, AreaFit::LocalAuthority);
        assert!(alana.service.organisation.contains("PACT"));
        assert!(
            alana
                .reasons
                .contains(&"Works in West Berkshire (named in its record).".to_owned()),
            "{:?}",
            alana.reasons
        );
        assert!(
            alana
                .reasons
                .contains(&"Women-only: its record says so.".to_owned())
        );
        let contract = candidate(&found, "Women's Services in Thames Valley DA");
        assert_eq!(contract.service.organisation, "Advance Charity");
        assert_eq!(contract.fit, AreaFit::PccArea);
        assert!(
            contract.reasons[0]
                == "Covers the Thames Valley police area, which includes West Berkshire.",
            "{:?}",
            contract.reasons
        );
    }
}

#[test]
fn a_need_the_record_does_not_mention_is_asked_about_never_claimed() {
    let found = found("RG14", &["accommodation"]);
    let alana = candidate(&found, "Alana House");
    assert!(alana.for_needs.is_empty());
    assert_eq!(alana.may_help, ["accommodation"]);
    assert!(alana.ask_first[0].starts_with("Its record does not mention accommodation."));
    assert!(!alana.reasons.iter().any(|r| r.contains("accommodation")));
    assert!(found.unmet.is_empty(), "the contract names accommodation");
}

#[test]
fn derby_finds_womens_work_first() {
    for themes in [&["accommodation"][..], &["family", "finance"], &ALL] {
        let found = found("DE23", themes);
        let first = &found.candidates[0];
        assert_eq!(first.service.name, "The Turn Around Project", "{themes:?}");
        assert!(first.service.organisation.starts_with("Women's Work"));
        assert!(position(&found, "Women's Services in Derbyshire").unwrap() > 0);
    }
}

#[test]
fn a_historic_or_unopened_service_is_never_offered_anywhere() {
    let directory = directory();
    for authority in directory.geography().authorities() {
        let found = found(&authority.gss, &[]);
        for candidate in &found.candidates {
            assert!(
                candidate.service.state.may_be_offered(),
                "{} in {}",
                candidate.service.name,
                authority.name
            );
        }
    }
    let kept_out = |area: &str, name: &str| {
        let found = found(area, &[]);
        assert_eq!(position(&found, name), None);
        found
            .excluded
            .iter()
            .find(|e| e.service.name == name)
            .map(|e| e.why)
    };
    let swansea = "Swansea Residential Women's Centre (planned)";
    assert_eq!(kept_out("SA1", swansea), Some(Why::NotOpen));
    assert_eq!(kept_out("NN1", "SWAN"), Some(Why::Historic));
    assert_eq!(
        kept_out(
            "BS1",
            "Bristol Court Assessment and Referral Service (CARS)"
        ),
        Some(Why::Historic)
    );
}

#[test]
fn a_womens_service_for_accommodation_is_found_across_england_and_wales() {
    for outcode in [
        "CF24", "M14", "NR1", "E8", "LS8", "NE6", "PL4", "RG14", "DE23", "B29", "LL13", "KT1",
    ] {
        let found = found(outcode, &["accommodation"]);
        let womens = found.candidates.iter().any(|c| {
            c.service.setting == Setting::WomenOnly
                && c.for_needs == ["accommodation"]
                && c.via_prime.is_empty()
                && c.fit <= AreaFit::PccArea
        });
        assert!(womens, "{outcode}");
        assert!(found.unmet.is_empty(), "{outcode}");
    }
}

#[test]
fn a_need_that_nothing_mentions_is_a_result() {
    let found = found("RG14", &["accommodation", "exploitation"]);
    assert_eq!(found.unmet, ["exploitation"]);
}

#[test]
fn a_partner_speaks_only_through_the_contract_that_covers_her() {
    let found = found("RG14", &["accommodation"]);
    let partner = candidate(&found, "Aurora New Dawn (CRS women's delivery partner)");
    assert_eq!(partner.via_prime, ["accommodation"]);
    assert!(partner.reasons.iter().any(|r| {
        r.contains("PRJ_6553") && r.contains("Advance Charity") && r.contains("not in its own")
    }));
    assert!(
        partner
            .against
            .iter()
            .any(|a| a.contains("Listed only as a delivery partner"))
    );
    assert_eq!(partner.service.setting, Setting::Unknown);
    let contract = position(&found, "Women's Services in Thames Valley DA").unwrap();
    for (at, candidate) in found.candidates.iter().enumerate() {
        let pcc = candidate.fit == AreaFit::PccArea;
        assert!(!pcc || candidate.via_prime.is_empty() || at > contract);
    }
}

#[test]
fn a_london_contract_works_only_in_the_boroughs_it_names() {
    let hackney = found("E8", &["accommodation"]);
    let north_east = "Women's Specific Services for London (E/NE)";
    let south_east = "Women's Specific Services for London (S/SE)";
    assert_eq!(candidate(&hackney, north_east).fit, AreaFit::LocalAuthority);
    assert_eq!(position(&hackney, south_east), None);
    let kept_out = hackney
        .excluded
        .iter()
        .find(|e| e.service.name == south_east)
        .unwrap();
    assert_eq!(kept_out.why, Why::OtherArea);
    // Barnet stands in none of the three lists: the product must not pretend.
    let barnet = found("Barnet", &["accommodation"]);
    for lot in [
        north_east,
        south_east,
        "Women's Specific Services in London (W/NW)",
    ] {
        assert_eq!(position(&barnet, lot), None, "{lot}");
    }
}

#[test]
fn a_national_service_comes_after_local_ones_and_only_for_its_needs() {
    let found = found("LS8", &["family"]);
    let birth = position(&found, "Birth Companions").unwrap();
    assert_eq!(found.candidates[birth].fit, AreaFit::National);
    assert!(
        found.candidates[..birth]
            .iter()
            .all(|c| c.fit < AreaFit::National || c.service.area.national)
    );
    assert!(position(&found, "Clean Break").is_none());
}

#[test]
fn what_speaks_against_a_record_is_said() {
    let cookery = found("CF63", &[]);
    let cookery = candidate(&cookery, "Barry Cookery Project (unpaid work)");
    assert_eq!(cookery.service.setting, Setting::Mixed);
    assert!(cookery.against[0].starts_with("Not women-only"));
    let contract = found("DE23", &["finance"]);
    let contract = candidate(&contract, "Women's Services in Derbyshire");
    assert!(
        contract
            .against
            .iter()
            .any(|a| a.contains("21 August 2026, 93 days ago")),
        "{:?}",
        contract.against
    );
    assert!(
        contract
            .against
            .iter()
            .any(|a| a.contains("31 December 2026") && a.contains("indicative"))
    );
    let turn_around = found("DE23", &["finance"]);
    let turn_around = candidate(&turn_around, "The Turn Around Project");
    assert!(
        turn_around
            .against
            .iter()
            .any(|a| a.contains("undated page"))
    );
    let halifax = found("HX1", &[]);
    let halifax = candidate(
        &halifax,
        "WomenCentre Calderdale (now Calderdale & Kirklees)",
    );
    assert!(halifax.ask_first[0].contains("unverified-now"));
}

#[test]
fn a_level_is_asked_about_unless_the_record_gives_it() {
    let directory = directory();
    let place = directory.place("DE23").unwrap();
    let needs = vec![NeedAsked {
        theme: "family".to_owned(),
        level: Some("high".to_owned()),
    }];
    let ask = Ask::of(&place, needs, today());
    let found = directory.find(&ask);
    let asked = |c: &Candidate| {
        c.ask_first
            .iter()
            .any(|a| a.contains("levels of complexity"))
    };
    assert!(!asked(candidate(&found, "The Turn Around Project")));
    assert!(asked(candidate(&found, "Women's Services in Derbyshire")));
}

#[test]
fn distance_is_rounded_and_says_what_it_was_measured_to() {
    let found = found("RG14", &[]);
    let alana = candidate(&found, "Alana House");
    let km = alana.km.unwrap();
    assert!(
        (20.0..35.0).contains(&km),
        "Newbury to Reading is about 25 km, not {km}"
    );
    assert_eq!(
        alana.distance.as_deref(),
        Some(&*format!(
            "about {km} km, to the middle of Reading, the place its record gives"
        ))
    );
    let contract = candidate(&found, "Women's Services in Thames Valley DA");
    assert_eq!(contract.km, None);
}

#[test]
fn a_listing_reads_in_a_terminal_and_as_json() {
    let directory = directory();
    let found = found("RG14", &["accommodation", "exploitation"]);
    let text = print::listing(directory, &found);
    for part in [
        "RG14 (West Berkshire)",
        "1. Alana House: PACT (Parents And Children Together)",
        "As at 2026-08-21. Confidence: high (MoJ live config).",
        "No service's record here mentions sexual exploitation and sex work",
        "Not offered:",
        directory.version(),
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains(['{', '}']), "{text}");
    let json = serde_json::to_value(print::json(directory, &found)).unwrap();
    assert_eq!(json["place"]["outcode"], "RG14");
    assert_eq!(json["candidates"][0]["service"]["name"], "Alana House");
    assert_eq!(json["candidates"][0]["fit"], "local-authority");
    assert_eq!(json["unmet"][0], "exploitation");
}
