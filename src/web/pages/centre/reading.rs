//! An assessor's form: its fields, and reading them as an assessment.
//!
//! Lives here: names of inputs and what is wrong with what was typed. What is typed is
//! kept as it is until she signs, so nothing here can lose any of it. Not here: saving or
//! signing (`assessment`), or any label that a practice lead might change
//! (`report-templates/consultancy/assessment.toml`).

use chrono::NaiveDate;

use crate::{
    case::{
        Assessment, Day, GroupSetting, MetHow, PackageItem, Slot, Suitability, ThemeSeen,
    },
    consultancy::ConsultancyTexts,
    interview::{Interview, typed},
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

/// The most things that a package holds.
const MOST_ITEMS: usize = 12;

/// Some fields under a heading.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Group {
    /// The heading.
    pub heading: String,
    /// Said under it.
    pub intro: String,
    /// The fields.
    pub fields: Vec<FieldView>,
}

const MET: [(MetHow, &str, &str); 6] = [
    (MetHow::AtTheCentre, "at-the-centre", "At the centre"),
    (MetHow::InPersonElsewhere, "in-person-elsewhere", "In person, somewhere else"),
    (MetHow::InCustody, "in-custody", "In custody or at court"),
    (MetHow::Video, "video", "By video"),
    (MetHow::Telephone, "telephone", "By telephone"),
    (MetHow::NotMet, "not-met", "She was not met"),
];
const SUITS: [(Suitability, &str, &str); 4] = [
    (Suitability::Yes, "yes", "Yes"),
    (Suitability::WithConditions, "with-conditions", "Yes, with conditions"),
    (Suitability::No, "no", "No"),
    (Suitability::CouldNotAssess, "could-not-assess", "We could not assess"),
];
const SETTINGS: [(GroupSetting, &str, &str); 3] = [
    (GroupSetting::WomenOnly, "women-only", "Women only"),
    (GroupSetting::OneToOne, "one-to-one", "One to one"),
    (GroupSetting::Mixed, "mixed", "Women and men together"),
];
const LEVELS: [(&str, &str); 4] = [
    ("none", "No need"),
    ("low", "Low"),
    ("medium", "Medium"),
    ("high", "High"),
];
/// The texts of one thing offered: name, label, help, longest.
const ITEM_TEXTS: [(&str, &str, &str, u32); 6] = [
    ("what", "What is offered", "For example, a women's group on managing money", 200),
    ("place", "Where", "Never an address that must not be known", 200),
    ("often", "How often", "For example, every week", 100),
    ("worker", "With which worker", "First name or role", 100),
    ("childcare", "Childcare", "", 200),
    ("travel", "Help with getting there", "", 200),
];

fn options<T>(of: &[(T, &'static str, &'static str)]) -> Vec<(&'static str, &'static str, String)> {
    of.iter().map(|(_, id, words)| (*id, *words, String::new())).collect()
}

fn chosen<T: Copy>(of: &[(T, &str, &str)], id: &str) -> Option<T> {
    of.iter().find(|(_, known, _)| *known == id).map(|(it, ..)| *it)
}

/// Every field, filled with what is typed; with room for one thing more in the package.
#[must_use]
pub fn groups(texts: &ConsultancyTexts, interview: &Interview, form: &Form) -> Vec<Group> {
    let text = |name: &str| {
        let (label, hint, max) = texts
            .text(name)
            .map_or((name, "", 1000), |t| (t.label.as_str(), t.hint.as_str(), t.max));
        let control = if max <= 200 { Control::Line } else { Control::Text };
        let max = (control == Control::Text).then_some(max);
        FieldView::new(control, name, label).hint(hint).rows(4).max(max)
    };
    let group = |heading: &str, intro: &str, fields: Vec<FieldView>| Group {
        heading: heading.to_owned(),
        intro: intro.to_owned(),
        fields: fields.into_iter().map(|f| f.typed(form)).collect(),
    };
    let mut all = vec![group(
        "Meeting her",
        "",
        vec![
            FieldView::new(Control::Date, "met_on", "Day you met her"),
            FieldView::new(Control::Radios, "met_how", "How you met").hinted_options(options(&MET)),
            text("present"),
        ],
    )];
    let themes = interview.themes.iter().filter(|t| t.commissioned);
    let themes = themes.flat_map(|theme| {
        let hints = [
            String::new(),
            theme.low.clone(),
            theme.medium.clone(),
            theme.high.clone(),
        ];
        let levels = LEVELS.iter().zip(hints).map(|((id, label), hint)| (*id, *label, hint));
        [
            FieldView::new(Control::Radios, format!("level.{}", theme.id), theme.name.clone())
                .hinted_options(levels)
                .small()
                .strong(),
            FieldView::new(
                Control::Text,
                format!("said.{}", theme.id),
                format!("What you and she found: {}", theme.prints),
            )
            .rows(3)
            .max(Some(1500)),
        ]
    });
    all.push(group(
        "Her needs, theme by theme",
        "Agreed with her. Leave a theme empty where you did not look at it.",
        themes.collect(),
    ));
    all.push(group(
        "Strengths and goals",
        "",
        vec![text("strengths"), text("goals"), text("under_way")],
    ));
    for at in 0..(items(form) + 1).min(MOST_ITEMS) {
        let heading = format!("What you offer her: {}", at + 1);
        let intro = if at == items(form) {
            "Leave this empty where there is nothing more. Save to get room for another."
        } else {
            ""
        };
        all.push(group(&heading, intro, item_fields(at)));
    }
    all.push(group(
        "Limits",
        "",
        vec![text("cannot_offer"), text("adjustments")],
    ));
    all.push(group(
        "Does it suit her?",
        "",
        vec![
            FieldView::new(Control::Radios, "suitability", "Does what you offer suit her?")
                .hinted_options(options(&SUITS)),
            text("suitability_why"),
            FieldView::new(
                Control::Radios,
                "at_court",
                "Is somebody willing to come to court, or to report back to it?",
            )
            .hinted_options([("yes", "Yes", String::new()), ("no", "No", String::new())]),
        ],
    ));
    all.push(group(
        "For the author alone",
        &texts.not_for_court_warning,
        vec![
            text("safe_contact").record_only(),
            text("safety").record_only(),
            text("not_for_court").record_only(),
        ],
    ));
    all.push(group("You", "", vec![text("signer_role")]));
    all
}

fn item_fields(at: usize) -> Vec<FieldView> {
    let name = |part: &str| format!("item.{at}.{part}");
    let label = |text: &str| format!("{text} ({})", at + 1);
    let line = |part: &str| {
        let found = ITEM_TEXTS.iter().find(|(name, ..)| *name == part);
        let (_, text, hint, _) = found.copied().unwrap_or_default();
        FieldView::new(Control::Line, name(part), label(text)).hint(hint)
    };
    let days = Day::ALL.map(|day| (day.name().to_lowercase(), day.name(), String::new()));
    vec![
        line("what"),
        FieldView::new(Control::Radios, name("setting"), label("With whom"))
            .hinted_options(options(&SETTINGS))
            .inline(),
        line("place"),
        FieldView::new(Control::Checkboxes, name("days"), label("Days"))
            .hinted_options(days)
            .inline(),
        FieldView::new(Control::Code, name("from"), label("From"))
            .hint("For example, 9:30am")
            .width(5),
        FieldView::new(Control::Code, name("to"), label("To")).width(5),
        line("often"),
        FieldView::new(Control::Code, name("weeks"), label("For how many weeks"))
            .inputmode("numeric")
            .width(3),
        line("worker"),
        line("childcare"),
        line("travel"),
        FieldView::new(Control::Date, name("held"), label("Her place is held until")),
    ]
}

/// How many things a form offers: up to the last in which anything is typed.
fn items(form: &Form) -> usize {
    let typed = |at: &usize| {
        let start = format!("item.{at}.");
        let mut pairs = form.pairs().iter();
        pairs.any(|(name, value)| name.starts_with(&start) && !value.trim().is_empty())
    };
    (0..MOST_ITEMS).rfind(typed).map_or(0, |last| last + 1)
}

/// The assessment that is typed, and everything that is wrong with it.
///
/// # Errors
/// Each fault with the name of its field, in page order.
pub fn read(
    texts: &ConsultancyTexts,
    interview: &Interview,
    form: &Form,
    today: NaiveDate,
) -> Result<Assessment, Vec<(String, String)>> {
    let mut faults: Vec<(String, String)> = Vec::new();
    let met_on = date(form, "met_on", &mut faults);
    if met_on.is_some_and(|day| day > today) {
        faults.push(("met_on".into(), "The day you met her must not be in the future".into()));
    }
    let met_how = chosen(&MET, form.one("met_how"));
    if met_how.is_none() {
        faults.push(("met_how".into(), "Select how you met".into()));
    } else if met_on.is_none()
        && met_how != Some(MetHow::NotMet)
        && !faults.iter().any(|(f, _)| f == "met_on")
    {
        faults.push(("met_on".into(), "Enter the day you met her".into()));
    }
    let text = |name: &str, faults: &mut Vec<(String, String)>| {
        let typed = form.one(name);
        if let Some(of) = texts.text(name)
            && typed.chars().count() > of.max as usize
        {
            faults.push((name.into(), format!("{} must be {} characters or less", of.label, of.max)));
        }
        typed.to_owned()
    };
    let themes = interview.themes.iter().filter(|t| t.commissioned);
    let themes: Vec<ThemeSeen> = themes
        .filter_map(|theme| {
            let level = form.one(&format!("level.{}", theme.id));
            let level = LEVELS.iter().find(|(id, _)| *id == level);
            let said = form.one(&format!("said.{}", theme.id));
            (level.is_some() || !said.is_empty()).then(|| ThemeSeen {
                theme: theme.id.clone(),
                level: level.map(|(id, _)| (*id).to_owned()),
                said: said.to_owned(),
            })
        })
        .collect();
    let package = (0..items(form)).filter_map(|at| item(form, at, &mut faults)).collect();
    let suitability = chosen(&SUITS, form.one("suitability"));
    if suitability.is_none() {
        faults.push(("suitability".into(), "Select whether it suits her".into()));
    }
    let assessment = Assessment {
        met_on,
        met_how,
        present: text("present", &mut faults),
        under_way: text("under_way", &mut faults),
        themes,
        strengths: text("strengths", &mut faults),
        goals: text("goals", &mut faults),
        package,
        cannot_offer: text("cannot_offer", &mut faults),
        adjustments: text("adjustments", &mut faults),
        safe_contact: text("safe_contact", &mut faults),
        safety: text("safety", &mut faults),
        suitability,
        suitability_why: text("suitability_why", &mut faults),
        at_court: match form.one("at_court") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        not_for_court: text("not_for_court", &mut faults),
        signer_role: text("signer_role", &mut faults),
    };
    let reasons = [Suitability::WithConditions, Suitability::No];
    if suitability.is_some_and(|s| reasons.contains(&s)) && assessment.suitability_why.is_empty() {
        faults.push(("suitability_why".into(), "Enter the conditions, or why not".into()));
    }
    if assessment.signer_role.is_empty() {
        faults.push(("signer_role".into(), "Enter your role at the centre".into()));
    }
    if faults.is_empty() {
        Ok(assessment)
    } else {
        Err(faults)
    }
}

fn date(form: &Form, name: &str, faults: &mut Vec<(String, String)>) -> Option<NaiveDate> {
    let typed = form.date(name);
    if typed == crate::web::form::DateTyped::default() {
        return None;
    }
    let day = typed::day(&typed.day, &typed.month, &typed.year);
    if day.is_none() {
        faults.push((name.to_owned(), "Enter a day of the calendar, such as 3 12 2026".into()));
    }
    day
}

fn item(form: &Form, at: usize, faults: &mut Vec<(String, String)>) -> Option<PackageItem> {
    let name = |part: &str| format!("item.{at}.{part}");
    let one = |part: &str| form.one(&name(part)).to_owned();
    let start = name("");
    let mut typed = form.pairs().iter();
    if !typed.any(|(name, value)| name.starts_with(&start) && !value.trim().is_empty()) {
        return None;
    }
    for (part, label, _, max) in ITEM_TEXTS {
        if form.one(&name(part)).chars().count() > max as usize {
            faults.push((name(part), format!("{label} must be {max} characters or less")));
        }
    }
    if one("what").is_empty() {
        faults.push((name("what"), "Enter what is offered".into()));
    }
    let weeks = one("weeks");
    let number = weeks.parse::<u32>().ok().filter(|n| (1..=156).contains(n));
    if !weeks.is_empty() && number.is_none() {
        faults.push((name("weeks"), "Enter a number of weeks, from 1 to 156".into()));
    }
    Some(PackageItem {
        what: one("what"),
        setting: chosen(&SETTINGS, &one("setting")),
        place: one("place"),
        slots: slot(form, at, faults).into_iter().collect(),
        often: one("often"),
        weeks: number,
        worker: one("worker"),
        childcare: one("childcare"),
        travel: one("travel"),
        held_until: date(form, &name("held"), faults),
    })
}

fn slot(form: &Form, at: usize, faults: &mut Vec<(String, String)>) -> Option<Slot> {
    let name = |part: &str| format!("item.{at}.{part}");
    let ticked = form.all(&name("days"));
    let (from, to) = (form.one(&name("from")), form.one(&name("to")));
    if ticked.is_empty() && from.is_empty() && to.is_empty() {
        return None;
    }
    let days: Vec<Day> = Day::ALL
        .into_iter()
        .filter(|day| ticked.contains(&day.name().to_lowercase()))
        .collect();
    if days.is_empty() {
        faults.push((name("days"), "Select at least one day, or clear the times".into()));
    }
    let (start, end) = (typed::time(from), typed::time(to));
    if start.is_none() {
        faults.push((name("from"), "Enter the time it begins, such as 9:30am".into()));
    }
    match (start, end) {
        (_, None) => faults.push((name("to"), "Enter the time it ends, such as 1pm".into())),
        (Some(start), Some(end)) if end <= start => {
            faults.push((name("to"), "The time it ends must be later than it begins".into()));
        }
        _ => {}
    }
    let (from, to) = start.zip(end).filter(|(from, to)| from < to)?;
    (!days.is_empty()).then_some(Slot { days, from, to })
}
