//! Which sentences there are, and what each may fill in.
//!
//! Lives here: the list. Not here: the sentences (`service-directory/words.toml`) or
//! when one is said (`reasons`, `against`, `questions`, `places`, `telling`). To add
//! one, name it in its group with its blanks, and write it in the file.

use serde::Deserialize;

sentences! {
    /// Where a service works, seen from her area.
    WorksHere "works_here" {
        named ["area"]
        same_pdu ["area", "named", "pdu"]
        pdu_named ["area", "pdu"]
        contract ["area", "police"]
        partner ["area", "police"]
        police ["area", "police", "text"]
        region ["area", "region", "text"]
        national ["text"]
    }
    /// Which of her needs it works with.
    ForNeed "for_need" {
        stated ["needs", "words"]
        stated_plainly ["needs"]
        via_prime ["needs", "contract", "prime"]
        places ["text"]
        levels ["levels"]
        specialist ["groups"]
    }
    /// Who comes through the door.
    SettingWords "setting" {
        women_only []
        mixed ["text"]
        mixed_with_session ["text"]
    }
    /// What of that which she needs a record states.
    ForHer "for_her" {
        verified ["date", "by", "how"]
        childcare ["text"]
        residential ["text"]
        languages ["languages"]
        access ["text"]
        travel ["text"]
        times ["times"]
        order ["text"]
        referrals []
        room ["text"]
        assessment ["days", "left"]
    }
    /// What is unknown and should be asked.
    Questions "ask" {
        need ["needs"]
        level ["level", "needs"]
        setting []
        setting_text ["text"]
        area ["area", "text"]
        other_authority ["area", "named"]
        address ["label", "named"]
        specialist ["text"]
        specialist_partner ["text"]
        referral []
        partner_work []
        r#where ["police"]
        open ["status"]
        childcare []
        children []
        language ["languages"]
        language_listed ["languages", "listed"]
        interpreting ["text"]
        access ["text"]
        travel []
        days []
        order ["order"]
        room []
        referrals []
        referrals_and_room []
        assessment []
        seen []
    }
    /// What speaks against it.
    Against "against" {
        dated ["date", "days"]
        dated_roughly ["date"]
        undated ["text"]
        partner ["prime"]
        contract_end ["date"]
        routes ["text"]
        verified ["date", "days"]
        due ["date"]
        level ["levels", "level", "needs"]
        level_denied ["level", "needs"]
        childcare []
        children []
        access ["text"]
        paused []
        waiting ["days"]
        waiting_unknown []
        not_before ["date"]
        not_before_hearing ["date"]
        full ["text"]
        funding_unconfirmed []
        funding_ends ["date", "ends"]
        order ["text", "order"]
        order_denied ["order"]
        times ["times"]
        assessment ["days", "left"]
        conflict ["about", "one", "one_source", "other", "other_source"]
        alert ["text"]
    }
    /// Why a service is not offered.
    KeptOut "kept_out" {
        historic ["status", "as_at"]
        not_open ["status", "as_at"]
        other_area ["area", "named"]
        other_need ["needs"]
        no_area ["text"]
        closed []
        mixed ["text"]
        avoid []
        age ["age", "from", "to"]
        age_from ["age", "from"]
        age_to ["age", "to"]
    }
    /// What is said of a need with nothing suitable.
    GapWords "gap" {
        nothing ["needs"]
        only_kept_out ["needs"]
        kept_out ["needs", "why"]
        lower_levels ["needs", "level"]
        worth_asking ["count"]
    }
    /// Why services are not offered, in a few words, with how many.
    GapWhy "gap_why" {
        closed ["count"]
        mixed ["count"]
        age ["count"]
        not_open ["count"]
        historic ["count"]
        other_area ["count"]
        no_area ["count"]
        other ["count"]
    }
    /// How an area was understood.
    PlaceWords "place" {
        outcode_one ["outcode", "main"]
        outcode_many ["outcode", "main", "share", "others"]
        outcode_unsampled ["outcode", "main"]
        outcode_edge ["outcode", "others"]
        outcode_counted ["outcode", "main", "count", "share", "others"]
        outcode_left_out ["outcode", "count"]
        outcode_narrowed ["outcode", "main"]
        postcode ["outcode", "main"]
        postcode_unknown ["outcode"]
        postcode_trimmed ["outcode"]
        authority ["main"]
        authority_former ["given", "main"]
        county ["main", "count"]
        police_area ["main"]
        town ["main", "outcode"]
    }
    /// Why two records may be the same service.
    AlikeWords "alike" {
        same_id []
        same_origin []
        same_name_and_organisation []
        same_name_and_place []
        similar_name_and_place []
        similar_name_and_organisation []
    }
    /// What each fact of a record is called.
    FactLabels "fact_label" {
        description []
        status []
        referral_state []
        setting []
        needs []
        offers []
        levels []
        pathways []
        specialist []
        eligibility []
        area []
        places []
        openings []
        childcare []
        residential []
        outreach []
        rural []
        remote []
        travel []
        in_custody []
        female_worker []
        cost []
        languages []
        interpreting []
        access []
        referral []
        orders []
        court_assessment []
        capacity []
        waiting []
        not_before []
        funding []
        contract []
        contact []
        conflicts []
        note []
        owner []
        verified []
        next_check []
        as_at []
        confidence []
        source []
    }
    /// How a fact reads.
    FactWords "fact" {
        unknown []
        listed ["status"]
        historic ["status"]
        not_open ["status"]
        unsettled ["status"]
        women_only ["text"]
        womens_session ["text"]
        mixed ["text"]
        setting_unsettled ["text"]
        according ["source"]
        yes ["text"]
        no ["text"]
        not ["text"]
        ages ["from", "to"]
        age_from ["from"]
        age_to ["to"]
        area ["text", "named"]
        internal ["text"]
        hours ["from", "to"]
        hours_from ["from"]
        monthly []
        working_days ["days"]
        days ["days"]
        room ["free", "all", "unit"]
        room_free ["free", "unit"]
        room_all ["all", "unit"]
        as_of ["date"]
        funded_until ["date"]
        holds ["contract"]
        partner ["contract"]
        conflict ["about", "one", "one_source", "other", "other_source"]
        verified ["date", "by", "how"]
    }
    /// How far it is.
    DistanceWords "distance" {
        town ["km", "place"]
        authority ["km", "place"]
        exact ["km", "place"]
    }
}
