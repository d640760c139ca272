//! The interview pack's shape, as `report-templates/interview/*.toml` spells it.

use serde::{Deserialize, Serialize};

use super::{
    asking::{Asking, OnPage},
    calendar::Calendar,
    frameworks::{Serves, Strand, Theme},
};
use crate::{
    case::{Format, Visibility},
    english::AboutHer,
};

/// What kind of answer a prompt or field takes, and so what its value looks like
/// in the case file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One line of text: a string.
    #[default]
    Line,
    /// Paragraphs of text: a string.
    Text,
    /// A day: `YYYY-MM-DD`.
    Date,
    /// A whole number.
    Number,
    /// A time of day: `HH:MM`.
    Time,
    /// One of the options: its id. With `boolean = true`, the options `yes` and
    /// `no` stand for true and false.
    Choice,
    /// Any of the options: a list of ids.
    Choices,
    /// A postcode district or local authority: a string the geography knows.
    Area,
    /// Lines of text, one item a line: a list of strings.
    Lines,
    /// Several fields on one page: an object.
    Group,
    /// A list of such objects, added one at a time.
    Records,
}

/// One option of a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable id, stored in the case file.
    pub id: String,
    /// Text on the page.
    pub label: String,
    /// Help under the option.
    #[serde(default)]
    pub hint: String,
    /// Words for the report, where they differ from the label.
    #[serde(default)]
    pub prints: AboutHer,
    /// True where it cannot be chosen together with others: `nobody`.
    #[serde(default)]
    pub alone: bool,
}

/// One field of a group or of a record.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch that the person who writes the pack turns on by name"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name in the object. A dot reaches into a nested object: `slot.from`.
    pub id: String,
    /// Label on the page.
    pub label: String,
    /// Help under the label.
    #[serde(default)]
    pub hint: String,
    /// Kind of answer; anything but `group` and `records`.
    #[serde(default)]
    pub kind: Kind,
    /// Options of a choice.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// Name of a shared list in `fields.toml`, instead of `options`. A list that
    /// another room owns (`offences`) is filled with [`Interview::fill_options`].
    #[serde(default)]
    pub options_from: String,
    /// Label for leaving a choice empty, where that means something: `Not listed`.
    #[serde(default)]
    pub blank_label: String,
    /// True where the field must be filled once its group or record is.
    #[serde(default)]
    pub required: bool,
    /// A yes/no choice stored as true or false.
    #[serde(default)]
    pub boolean: bool,
    /// Longest text, in characters; the pack's usual limit where absent.
    #[serde(default)]
    pub max: Option<u32>,
    /// Smallest number allowed.
    #[serde(default)]
    pub least: Option<i64>,
    /// Largest number allowed.
    #[serde(default)]
    pub most: Option<i64>,
    /// True for lines that are days, one a line.
    #[serde(default)]
    pub dates: bool,
    /// Message when it is left empty, where *Enter …* with its label reads badly.
    #[serde(default)]
    pub missing: String,
    /// True where the field is kept on the record and never reaches the report.
    #[serde(default)]
    pub record_only: bool,
    /// Where it stands on a long page.
    #[serde(default)]
    pub page: OnPage,
    /// False where it guides the author and no passage of the report reads it.
    #[serde(default = "yes")]
    pub prints: bool,
}

/// What is printed unless the pack says otherwise.
fn yes() -> bool {
    true
}

/// When a prompt is shown. Every part that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// Id of the prompt it depends on.
    pub prompt: String,
    /// Field within that prompt's value, for groups.
    pub field: String,
    /// Shown when the value is one of these option ids (or holds one of them).
    pub is: Vec<String>,
    /// Shown when the value is none of these.
    pub is_not: Vec<String>,
    /// Shown when the prompt has any known answer.
    pub answered: bool,
}

/// One prompt: one thing, on one page.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch that the person who writes the pack turns on by name"
)]
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Prompt {
    /// Stable id, the key in `answers` and in addresses.
    pub id: String,
    /// Heading of the page, as a question or a noun phrase.
    pub ask: String,
    /// Name in the task list and on the check-answers page.
    pub short: String,
    /// Help under the heading.
    pub hint: String,
    /// Kind of answer.
    pub kind: Kind,
    /// Place in the case file for a fact that code understands, such as
    /// `hearing.date`. Empty for an answer, which lives in `answers.<id>` and has a
    /// state, sources and a visibility.
    pub place: String,
    /// Options of a choice.
    pub options: Vec<Choice>,
    /// Name of a shared list of options in `fields.toml`, instead of `options`.
    pub options_from: String,
    /// Fields of a group or a record.
    pub fields: Vec<Field>,
    /// Name of a shared list of fields in `fields.toml`, instead of `fields`.
    pub fields_from: String,
    /// What one record is called: `offence`, `child`.
    pub record_name: String,
    /// A yes/no choice stored as true or false.
    pub boolean: bool,
    /// Longest text, in characters; the pack's usual limit where absent.
    pub max: Option<u32>,
    /// Message when it is left empty, where *Enter …* with its name reads badly.
    pub missing: String,
    /// Conditions; all must hold.
    pub when: Vec<Condition>,
    /// True where the room is checked first, and *prefers not to say* and *not
    /// asked* are offered prominently.
    pub sensitive: bool,
    /// True where its words to say open the meeting, and the interview guide.
    pub opening: bool,
    /// Formats that ask it; all when empty.
    pub formats: Vec<Format>,
    /// Formats that are not fit to finish without it.
    pub needed_for: Vec<Format>,
    /// Theme whose need this prompt describes, for theme pages.
    pub theme: String,
    /// False where it guides the author or opens other prompts, and no passage of the
    /// report reads it. Every other answer that may travel has to be read by one.
    #[serde(default = "yes")]
    pub prints: bool,
    /// How far answers travel unless the author says otherwise.
    pub visibility: Visibility,
    /// Why it matters.
    pub why: String,
    /// Words the author could say.
    pub say: String,
    /// Words to avoid.
    pub avoid: String,
    /// What good evidence looks like.
    pub evidence: String,
    /// Frameworks it serves.
    pub serves: Serves,
    /// Where the prompt comes from: practice source and date.
    pub source: String,
}

impl Prompt {
    /// True for an answer with state, sources and visibility; false for a fact with
    /// a place of its own in the case file.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        self.place.is_empty()
    }

    /// True where reports of this format ask it.
    #[must_use]
    pub fn is_for(&self, format: Format) -> bool {
        self.formats.is_empty() || self.formats.contains(&format)
    }

    /// Path in the case file.
    #[must_use]
    pub fn path(&self) -> String {
        if self.is_answer() {
            format!("answers.{}", self.id)
        } else {
            self.place.clone()
        }
    }

    /// The label of an option.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<&Choice> {
        self.options.iter().find(|o| o.id == id)
    }

    /// The fields of its page: those of its group or record, or the one field that
    /// a prompt without fields is, named `value`.
    #[must_use]
    pub fn page_fields(&self) -> Vec<Field> {
        match self.kind {
            Kind::Group | Kind::Records => self.fields.clone(),
            kind => vec![Field {
                id: LONE_FIELD.into(),
                label: self.short.clone(),
                hint: self.hint.clone(),
                kind,
                options: self.options.clone(),
                required: !self.needed_for.is_empty(),
                boolean: self.boolean,
                max: self.max,
                missing: self.missing.clone(),
                ..Field::default()
            }],
        }
    }

    /// A field of the group or record.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.id == id)
    }
}

/// Name of the one field of a prompt that is not a group or a record.
pub const LONE_FIELD: &str = "value";

/// A section of the task list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Section {
    /// Stable id.
    pub id: String,
    /// Title in the task list.
    pub title: String,
    /// One or two sentences at its head.
    pub intro: String,
    /// True where the room is checked before the first prompt.
    pub sensitive: bool,
    /// Prompts in page order.
    #[serde(rename = "prompt")]
    pub prompts: Vec<Prompt>,
}

/// The whole interview, checked.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Interview {
    /// Version of the pack, as `interview.toml` gives it.
    pub version: String,
    /// Sections in task-list order.
    pub sections: Vec<Section>,
    /// Themes in the order reports use.
    pub themes: Vec<Theme>,
    /// The nine pathways.
    pub pathways: Vec<Strand>,
    /// The seven priority targets.
    pub targets: Vec<Strand>,
    /// How it is put to her.
    pub asking: Asking,
    /// Bank holidays, for counting working days to a hearing.
    pub calendar: Calendar,
}

impl Interview {
    /// Every prompt with its section, in page order.
    pub fn prompts(&self) -> impl Iterator<Item = (&Section, &Prompt)> {
        self.sections
            .iter()
            .flat_map(|s| s.prompts.iter().map(move |p| (s, p)))
    }

    /// Fills every choice whose `options_from` is `list`: for lists that another
    /// room owns, such as the offences.
    pub fn fill_options(&mut self, list: &str, options: &[Choice]) {
        for prompt in self.sections.iter_mut().flat_map(|s| &mut s.prompts) {
            if prompt.options_from == list {
                prompt.options = options.to_vec();
            }
            for field in &mut prompt.fields {
                if field.options_from == list {
                    field.options = options.to_vec();
                }
            }
        }
    }

    /// A prompt by id.
    #[must_use]
    pub fn prompt(&self, id: &str) -> Option<&Prompt> {
        self.prompts().map(|(_, p)| p).find(|p| p.id == id)
    }

    /// A section by id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.id == id)
    }

    /// A pathway by id.
    #[must_use]
    pub fn pathway(&self, id: &str) -> Option<&Strand> {
        self.pathways.iter().find(|p| p.id == id)
    }

    /// A priority target by id.
    #[must_use]
    pub fn target(&self, id: &str) -> Option<&Strand> {
        self.targets.iter().find(|t| t.id == id)
    }

    /// A theme by id.
    #[must_use]
    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|t| t.id == id)
    }
}
