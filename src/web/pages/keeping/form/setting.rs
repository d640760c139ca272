//! Who comes through the door: women-only, mixed with a session for women, or mixed.

use super::{
    Group,
    reading::{Held, Reading},
    terms,
};
use crate::{
    directory::{Directory, Record, Setting, vocabulary::term},
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

const SETTINGS: [(&str, Setting, &str, &str); 3] = [
    (
        "women-only",
        Setting::WomenOnly,
        term::WOMEN_ONLY,
        "Women only",
    ),
    (
        "session",
        Setting::MixedWithWomensSession,
        term::WOMENS_SESSION,
        "Mixed, with a session for women only",
    ),
    ("mixed", Setting::Mixed, term::MIXED, "Mixed"),
];

fn setting(record: &Record, directory: &Directory) -> &'static str {
    let read = directory.read(vec![record.clone()]);
    let setting = read.first().map(|s| s.setting);
    let known = SETTINGS.iter().find(|(_, s, ..)| Some(*s) == setting);
    known.map_or("", |(value, ..)| value)
}

pub fn held(record: &Record, directory: &Directory, held: &mut Held) {
    held.put("setting", setting(record, directory));
    held.lines("setting_words", &record.setting_words);
    terms::held(record, worker(directory), held);
}

pub fn fields(_: &Form, _: &Directory) -> Vec<FieldView> {
    let known = SETTINGS.iter();
    let known = known.map(|(value, _, _, label)| (*value, *label, String::new()));
    vec![
        FieldView::new(Control::Radios, "setting", "Women-only or mixed")
            .hinted_options(known.chain([("", "Not known", String::new())]))
            .strong(),
        FieldView::new(
            Control::Text,
            "setting_words",
            "The setting in your own words",
        )
        .hint("One thing a line, such as: community, women-only, outreach on the ward")
        .rows(3)
        .strong(),
    ]
}

fn worker(directory: &Directory) -> impl Iterator<Item = &crate::directory::Term> {
    directory.vocabulary().term(term::FEMALE_WORKER).into_iter()
}

pub fn choices(directory: &Directory) -> Vec<Group> {
    let worker = terms::choices(worker(directory), "");
    vec![Group::new("A woman worker", worker)]
}

pub fn read(reading: &mut Reading<'_>, record: &mut Record) {
    record.setting_words = reading.lines("setting_words", "The setting in your own words");
    terms::read(reading, worker(reading.directory), record);
    let chosen = reading.form.one("setting");
    if setting(record, reading.directory) == chosen {
        return;
    }
    let keys = SETTINGS.map(|(_, _, key, _)| key);
    let key = SETTINGS.iter().find(|(value, ..)| *value == chosen);
    terms::choose(record, &keys, key.map(|(_, _, key, _)| *key), reading);
    // Only "not known" can be left standing against words that say otherwise.
    if setting(record, reading.directory) != chosen {
        reading.fault(
            "setting_words",
            "Your own words still say who comes through the door. Change them too, or select what they say above",
        );
    }
}
