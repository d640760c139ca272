//! Form fields as pages show them: label, help, what was typed, what is wrong.
//!
//! Lives here: [`FieldView`], which `components/fields.html` turns into HTML, and
//! the error summary in page order. Not here: reading what was sent (`form.rs`), or
//! which fields a prompt has (`asking.rs`). To add a control, add it to
//! [`Control`], a branch to `gov.field`, and a sample to a page.

use serde::Serialize;

use super::form::{DateTyped, Form};

/// Which control a field uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Control {
    /// One line of prose, spell-checked.
    #[default]
    Line,
    /// One line that is not prose: a number, a code, a time.
    Code,
    Email,
    Password,
    Text,
    Date,
    Radios,
    Checkboxes,
    Select,
    File,
    Hidden,
}

/// One option of a choice, with whether it is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OptionView {
    /// Id in the page.
    pub id: String,
    /// Value sent.
    pub value: String,
    /// Text shown.
    pub label: String,
    /// Help under it.
    pub hint: String,
    /// True where it is chosen.
    pub checked: bool,
    /// True where it cannot be chosen together with another.
    pub alone: bool,
    /// Fields that belong to this option: shown while it is chosen, and always
    /// where there is no JavaScript.
    pub reveals: Vec<FieldView>,
}

/// One field of a form.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the component that shows it"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FieldView {
    /// Name under which it is sent.
    pub name: String,
    /// Id in the page: the name with dots as hyphens.
    pub id: String,
    /// Which control.
    pub control: Control,
    /// Label or legend.
    pub label: String,
    /// Help under the label.
    pub hint: String,
    /// What is typed in it.
    pub value: String,
    /// What is typed in the three boxes of a date.
    pub date: DateTyped,
    /// Options of a choice.
    pub options: Vec<OptionView>,
    /// What is wrong; empty where nothing is.
    pub error: String,
    /// Ids that describe it, for people who listen to the page.
    pub described_by: String,
    /// Width in characters: one of GOV.UK Frontend's, or none for full width.
    pub width: Option<u8>,
    /// Longest text.
    pub max: Option<u32>,
    /// Height of a text box.
    pub rows: u8,
    /// What the browser may fill in.
    pub autocomplete: &'static str,
    /// Which keyboard a telephone offers.
    pub inputmode: &'static str,
    /// True where the label is set strong.
    pub strong: bool,
    /// True where the field never reaches the report.
    pub record_only: bool,
    /// True where the label is only heard, because the page's heading already says it.
    pub label_hidden: bool,
    /// True where options sit side by side.
    pub inline: bool,
    /// True for small radios or checkboxes.
    pub small: bool,
    /// Fields that stand under the choice once it is made, whichever it is.
    pub then: Vec<FieldView>,
}

impl FieldView {
    /// A field of one kind.
    #[must_use]
    pub fn new(control: Control, name: impl Into<String>, label: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            id: name.replace(['.', ' '], "-"),
            name,
            control,
            label: label.into(),
            rows: 8,
            ..Self::default()
        }
        .described()
    }

    /// A value carried along unseen.
    #[must_use]
    pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(Control::Hidden, name, "").value(value)
    }

    /// Help under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self.described()
    }

    /// What is typed, or which option is chosen.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        for option in &mut self.options {
            option.checked = option.value == self.value;
        }
        self
    }

    /// Which options are chosen.
    #[must_use]
    pub fn values(mut self, values: &[String]) -> Self {
        for option in &mut self.options {
            option.checked = values.contains(&option.value);
        }
        self
    }

    /// What is typed in the boxes of a date.
    #[must_use]
    pub fn date(mut self, date: DateTyped) -> Self {
        self.date = date;
        self
    }

    /// Options as value, label and help. The first takes the field's own id, so
    /// that a link in the error summary finds it.
    #[must_use]
    pub fn hinted_options<V: Into<String>, L: Into<String>>(
        mut self,
        options: impl IntoIterator<Item = (V, L, String)>,
    ) -> Self {
        let numbered = options.into_iter().enumerate();
        self.options = numbered
            .map(|(at, (value, label, hint))| OptionView {
                id: match at {
                    0 => self.id.clone(),
                    _ => format!("{}-{}", self.id, at + 1),
                },
                value: value.into(),
                label: label.into(),
                hint,
                checked: false,
                alone: false,
                reveals: Vec::new(),
            })
            .collect();
        let value = self.value.clone();
        self.value(value)
    }

    /// Width in characters.
    #[must_use]
    pub fn width(mut self, width: u8) -> Self {
        self.width = Some(width);
        self
    }

    /// Longest text, counted down beside the field.
    #[must_use]
    pub fn max(mut self, max: Option<u32>) -> Self {
        self.max = max;
        self.described()
    }

    /// Height of a text box.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// What the browser may fill in.
    #[must_use]
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    /// Which keyboard a telephone offers.
    #[must_use]
    pub fn inputmode(mut self, mode: &'static str) -> Self {
        self.inputmode = mode;
        self
    }

    /// Sets the label strong.
    #[must_use]
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    /// Marks it as never reaching the report.
    #[must_use]
    pub fn record_only(mut self) -> Self {
        self.record_only = true;
        self
    }

    /// Gives it a label that is only heard.
    #[must_use]
    pub fn label_hidden(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self.label_hidden = true;
        self
    }

    /// Puts options side by side.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.inline = true;
        self
    }

    /// Makes radios or checkboxes small.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// Puts fields under one option of a choice.
    #[must_use]
    pub fn revealing(mut self, option: &str, fields: Vec<FieldView>) -> Self {
        if let Some(option) = self.options.iter_mut().find(|o| o.value == option) {
            option.reveals = fields;
        }
        self
    }

    /// The fields under it and under its options, in page order.
    fn within(&self) -> impl Iterator<Item = &FieldView> {
        let options = self.options.iter().flat_map(|o| &o.reveals);
        options.chain(&self.then)
    }

    fn within_mut(&mut self) -> impl Iterator<Item = &mut FieldView> {
        let options = self.options.iter_mut().flat_map(|o| &mut o.reveals);
        options.chain(&mut self.then)
    }

    /// Says what is wrong with it.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = error.into();
        self.described()
    }

    /// Fills it, and what it reveals, with what was sent, so that nothing typed is lost.
    #[must_use]
    pub fn typed(self, form: &Form) -> Self {
        let mut field = self.itself_typed(form);
        for within in field.within_mut() {
            *within = std::mem::take(within).typed(form);
        }
        field
    }

    fn itself_typed(self, form: &Form) -> Self {
        match self.control {
            Control::Password | Control::File => self,
            Control::Date => {
                let date = form.date(&self.name);
                self.date(date)
            }
            Control::Checkboxes => {
                let chosen = form.all(&self.name);
                self.values(&chosen)
            }
            _ => {
                let value = form.one(&self.name).to_owned();
                self.value(value)
            }
        }
    }

    fn described(mut self) -> Self {
        let parts = [
            (!self.hint.is_empty(), "hint"),
            (!self.error.is_empty(), "error"),
            (self.max.is_some() && self.control == Control::Text, "info"),
        ];
        let ids = parts.iter().filter(|(given, _)| *given);
        self.described_by = ids
            .map(|(_, part)| format!("{}-{part}", self.id))
            .collect::<Vec<_>>()
            .join(" ");
        self
    }
}

/// One line of the error summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorLine {
    /// Link to the field.
    pub href: String,
    /// What is wrong.
    pub text: String,
}

/// Lays `faults` (field name and what is wrong) on the fields and those under them.
pub fn mark(fields: &mut [FieldView], faults: &[(String, String)]) {
    for field in fields {
        mark_one(field, faults);
    }
}

fn mark_one(field: &mut FieldView, faults: &[(String, String)]) {
    if let Some((_, what)) = faults.iter().find(|(name, _)| *name == field.name) {
        *field = std::mem::take(field).error(what.clone());
    }
    field.within_mut().for_each(|f| mark_one(f, faults));
}

/// The error summary of some fields, in page order.
#[must_use]
pub fn summary<'a>(fields: impl IntoIterator<Item = &'a FieldView>) -> Vec<ErrorLine> {
    let mut lines = Vec::new();
    for field in fields {
        if !field.error.is_empty() {
            lines.push(ErrorLine {
                href: format!("#{}", field.id),
                text: field.error.clone(),
            });
        }
        lines.extend(summary(field.within().collect::<Vec<_>>()));
    }
    lines
}
