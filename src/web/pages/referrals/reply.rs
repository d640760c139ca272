//! A centre's reply in words, for its author and for the centre that signs it.
//!
//! Not here: what is for the author alone; a page that shows it adds it by itself.

use serde::Serialize;

use crate::{
    case::{Assessment, GroupSetting, MetHow, PackageItem, Suitability},
    interview::Interview,
    report::words::slot,
    web::words,
};

/// One thing offered.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    /// What it is.
    pub what: String,
    /// The rest of it, a line each.
    pub lines: Vec<String>,
}

/// A reply.
#[derive(Debug, Clone, Serialize)]
pub struct ReplyView {
    /// What it says, with what each line is.
    pub rows: Vec<(String, String)>,
    /// What is offered.
    pub items: Vec<ItemView>,
}

impl ReplyView {
    /// One, for samples.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            rows: vec![("Her <goals>".into(), "“To keep my home”".into())],
            items: vec![ItemView {
                what: "Money <group>".into(),
                lines: vec!["Tuesday, 10am to 12pm".into()],
            }],
        }
    }
}

/// A reply in words: only what is said.
#[must_use]
pub fn reply_view(reply: &Assessment, interview: &Interview) -> ReplyView {
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut row = |label: &str, text: &str| {
        if !text.trim().is_empty() {
            rows.push((label.to_owned(), text.trim().to_owned()));
        }
    };
    let met = reply.met_how.map_or("", |how| match how {
        MetHow::AtTheCentre => "at the centre",
        MetHow::InPersonElsewhere => "in person",
        MetHow::InCustody => "in custody or at court",
        MetHow::Video => "by video",
        MetHow::Telephone => "by telephone",
        MetHow::NotMet => "not met",
    });
    let on = reply.met_on.map(words::day).unwrap_or_default();
    row("Met", [on.as_str(), met].join(" ").trim());
    row("Who was there", &reply.present);
    let suits = reply.suitability.map_or("", |suits| match suits {
        Suitability::Yes => "Yes",
        Suitability::WithConditions => "Yes, with conditions",
        Suitability::No => "No",
        Suitability::CouldNotAssess => "Could not assess",
    });
    row("Does it suit her?", suits);
    row("Conditions, or why not", &reply.suitability_why);
    row("Already happening", &reply.under_way);
    for seen in &reply.themes {
        let name = interview.theme(&seen.theme).map_or("", |t| &*t.name);
        let level = seen.level.as_deref().unwrap_or_default();
        let level = match level {
            "none" => "No need".to_owned(),
            other => words::sentence_case(other),
        };
        let parts = [level.as_str(), seen.said.as_str()];
        let parts = parts.into_iter().filter(|p| !p.is_empty());
        row(name, &parts.collect::<Vec<_>>().join(". "));
    }
    row("Her strengths", &reply.strengths);
    row("Her goals, in her own words", &reply.goals);
    row("What the centre cannot offer", &reply.cannot_offer);
    row("Adjustments", &reply.adjustments);
    let court = match reply.at_court {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "",
    };
    row("Willing to come to court or report back", court);
    row("Signed as", &reply.signer_role);
    ReplyView {
        rows,
        items: reply.package.iter().map(item_view).collect(),
    }
}

/// One thing offered, in words.
#[must_use]
pub fn item_view(item: &PackageItem) -> ItemView {
    let mut lines: Vec<String> = item.slots.iter().map(slot).collect();
    let mut line = |label: &str, text: &str| {
        if !text.trim().is_empty() {
            lines.push(format!("{label}: {}", text.trim()));
        }
    };
    line("How often", &item.often);
    line(
        "Weeks",
        &item.weeks.map(|w| w.to_string()).unwrap_or_default(),
    );
    let setting = item.setting.map_or("", |setting| match setting {
        GroupSetting::WomenOnly => "women only",
        GroupSetting::Mixed => "women and men together",
        GroupSetting::OneToOne => "one to one",
    });
    line("With whom", setting);
    line("Where", &item.place);
    line("Worker", &item.worker);
    line("Childcare", &item.childcare);
    line("Travel", &item.travel);
    line(
        "Place held until",
        &item.held_until.map(words::day).unwrap_or_default(),
    );
    ItemView {
        what: item.what.clone(),
        lines,
    }
}
