//! An assessor's form: its fields, as often as there are things offered.
//!
//! Not here: reading what was typed (`reading`), or any label that a practice lead might
//! change (`report-templates/consultancy/assessment.toml`).

use crate::{
    case::{Day, GroupSetting, MetHow, Suitability},
    consultancy::ConsultancyTexts,
    interview::Interview,
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

pub(super) const MET: [(MetHow, &str, &str); 6] = [
    (MetHow::AtTheCentre, "at-the-centre", "At the centre"),
    (
        MetHow::InPersonElsewhere,
        "in-person-elsewhere",
        "In person, somewhere else",
    ),
    (MetHow::InCustody, "in-custody", "In custody or at court"),
    (MetHow::Video, "video", "By video"),
    (MetHow::Telephone, "telephone", "By telephone"),
    (MetHow::NotMet, "not-met", "She was not met"),
];
pub(super) const SUITS: [(Suitability, &str, &str); 4] = [
    (Suitability::Yes, "yes", "Yes"),
    (
        Suitability::WithConditions,
        "with-conditions",
        "Yes, with conditions",
    ),
    (Suitability::No, "no", "No"),
    (
        Suitability::CouldNotAssess,
        "could-not-assess",
        "We could not assess",
    ),
];
pub(super) const SETTINGS: [(GroupSetting, &str, &str); 3] = [
    (GroupSetting::WomenOnly, "women-only", "Women only"),
    (GroupSetting::OneToOne, "one-to-one", "One to one"),
    (GroupSetting::Mixed, "mixed", "Women and men together"),
];
pub(super) const LEVELS: [(&str, &str); 4] = [
    ("none", "No need"),
    ("low", "Low"),
    ("medium", "Medium"),
    ("high", "High"),
];
/// The texts of one thing offered: name, label, help, longest.
pub(super) const ITEM_TEXTS: [(&str, &str, &str, u32); 6] = [
    (
        "what",
        "What is offered",
        "For example, a women's group on managing money",
        200,
    ),
    (
        "place",
        "Where",
        "Never an address that must not be known",
        200,
    ),
    ("often", "How often", "For example, every week", 100),
    ("worker", "With which worker", "First name or role", 100),
    ("childcare", "Childcare", "", 200),
    ("travel", "Help with getting there", "", 200),
];

fn options<T>(of: &[(T, &'static str, &'static str)]) -> Vec<(&'static str, &'static str, String)> {
    of.iter()
        .map(|(_, id, words)| (*id, *words, String::new()))
        .collect()
}

pub(super) fn chosen<T: Copy>(of: &[(T, &str, &str)], id: &str) -> Option<T> {
    of.iter()
        .find(|(_, known, _)| *known == id)
        .map(|(it, ..)| *it)
}

/// Every field, filled with what is typed; with room for one thing more in the package.
#[must_use]
pub fn groups(texts: &ConsultancyTexts, interview: &Interview, form: &Form) -> Vec<Group> {
    let text = |name: &str| {
        let (label, hint, max) = texts.text(name).map_or((name, "", 1000), |t| {
            (t.label.as_str(), t.hint.as_str(), t.max)
        });
        let control = if max <= 200 {
            Control::Line
        } else {
            Control::Text
        };
        let max = (control == Control::Text).then_some(max);
        FieldView::new(control, name, label)
            .hint(hint)
            .rows(4)
            .max(max)
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
    all.push(group(
        "Her needs, theme by theme",
        "Agreed with her. Leave a theme empty where you did not look at it.",
        theme_fields(interview),
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
            FieldView::new(
                Control::Radios,
                "suitability",
                "Does what you offer suit her?",
            )
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

/// Each theme: its level, and what was found.
fn theme_fields(interview: &Interview) -> Vec<FieldView> {
    let themes = interview.themes.iter().filter(|t| t.commissioned);
    let both = themes.flat_map(|theme| {
        let hints = [
            String::new(),
            theme.low.clone(),
            theme.medium.clone(),
            theme.high.clone(),
        ];
        let levels = LEVELS
            .iter()
            .zip(hints)
            .map(|((id, label), hint)| (*id, *label, hint));
        [
            FieldView::new(
                Control::Radios,
                format!("level.{}", theme.id),
                theme.name.to_string(),
            )
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
    both.collect()
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
        FieldView::new(
            Control::Date,
            name("held"),
            label("Her place is held until"),
        ),
    ]
}

/// How many things a form offers: up to the last in which anything is typed.
pub(super) fn items(form: &Form) -> usize {
    let typed = |at: &usize| {
        let start = format!("item.{at}.");
        let mut pairs = form.pairs().iter();
        pairs.any(|(name, value)| name.starts_with(&start) && !value.trim().is_empty())
    };
    (0..MOST_ITEMS).rfind(typed).map_or(0, |last| last + 1)
}
