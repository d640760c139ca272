//! The properties of a foreign object, whatever they turn out to be.
//!
//! Lives here: text, numbers, lists and objects out of JSON, and the word for what was
//! there instead. Not here: what a property means (`document`). Nulls and empty texts
//! are as good as absent; a number where a text is wanted is taken as its digits.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// A property that is not what the standard says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Its name, with what it stands in: `schedules.opens_at`.
    pub(super) property: String,
    /// What it is: `a list`.
    pub(super) what: &'static str,
    /// What it should be.
    pub(super) wanted: &'static str,
}

/// One object and what it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'v> {
    of: &'v Map<String, Value>,
    within: &'static str,
}

type Read<T> = Result<T, Wrong>;

impl<'v> Fields<'v> {
    pub(super) fn new(of: &'v Map<String, Value>) -> Self {
        Self { of, within: "" }
    }

    fn get(&self, key: &str) -> Option<&'v Value> {
        self.of.get(key).filter(|value| !value.is_null())
    }

    fn wrong(&self, key: &str, value: &Value, wanted: &'static str) -> Wrong {
        let property = match self.within {
            "" => key.to_owned(),
            within => format!("{within}.{key}"),
        };
        Wrong {
            property,
            what: what(value),
            wanted,
        }
    }

    /// A text; empty where it is absent.
    pub(super) fn text(&self, key: &str) -> Read<Cow<'v, str>> {
        match self.get(key) {
            None => Ok(Cow::Borrowed("")),
            Some(Value::String(text)) => Ok(Cow::Borrowed(text.trim())),
            Some(Value::Number(number)) => Ok(Cow::Owned(number.to_string())),
            Some(Value::Bool(yes)) => Ok(Cow::Borrowed(if *yes { "true" } else { "false" })),
            Some(other) => Err(self.wrong(key, other, "text")),
        }
    }

    /// The first of these that is not empty.
    pub(super) fn first_text(&self, keys: &[&str]) -> Read<Cow<'v, str>> {
        for key in keys {
            let text = self.text(key)?;
            if !text.is_empty() {
                return Ok(text);
            }
        }
        Ok(Cow::Borrowed(""))
    }

    /// The objects of the first of these lists that is there; one object alone is a
    /// list of one.
    pub(super) fn list(&self, keys: &[&'static str]) -> Read<Vec<Fields<'v>>> {
        let found = keys.iter().find_map(|key| Some((*key, self.get(key)?)));
        let Some((key, value)) = found else {
            return Ok(Vec::new());
        };
        let one = |value: &'v Value| match value {
            Value::Object(of) => Ok(Self { of, within: key }),
            other => Err(self.wrong(key, other, "a list of objects")),
        };
        match value {
            Value::Array(all) => all.iter().filter(|v| !v.is_null()).map(one).collect(),
            Value::String(text) if text.trim().is_empty() => Ok(Vec::new()),
            other => one(other).map(|one| vec![one]),
        }
    }

    /// An object.
    pub(super) fn object(&self, key: &'static str) -> Read<Option<Fields<'v>>> {
        match self.get(key) {
            Some(Value::Object(of)) => Ok(Some(Self { of, within: key })),
            // ORUK 1.0 names a taxonomy where 3.0 has it whole.
            None | Some(Value::String(_)) => Ok(None),
            Some(other) => Err(self.wrong(key, other, "an object")),
        }
    }
}

/// What a value is, in words.
pub(super) fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
