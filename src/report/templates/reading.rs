//! Reading the files of report text: a section cut into passages, each compiled and its
//! names looked up.
//!
//! Lives here: that reading, and the filters and helpers a passage may use. Not here: which
//! sections a report has.

use std::collections::BTreeSet;

use tera::{Kwargs, Map, State, Tera};

use super::{Each, FOLDER, Passage, Section};
use crate::{
    content::{ContentError, ContentFiles},
    english::{self, AboutHer, Pronouns},
    report::{
        document,
        named::{Named, Vocabulary},
        opening::{self, SHE_OR_NAME},
        words,
    },
};

/// A filter from words to words.
type Words = fn(&str) -> String;

pub(in crate::report) fn new_tera() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([".md"]);
    tera.set_escape_fn(|text, out| out.write_all(document::escape(text).as_bytes()));
    tera.register_filter(
        "and_list",
        |items: Vec<String>, _: Kwargs, _: &State<'_>| words::and_list(&items),
    );
    let filters: [(&'static str, Words); 5] = [
        ("capital", words::capital),
        ("small", words::small),
        ("full_stop", words::full_stop),
        ("no_stop", words::no_stop),
        ("unquoted", words::unquoted),
    ];
    for (name, filter) in filters {
        tera.register_filter(name, move |text: &str, _: Kwargs, _: &State<'_>| {
            filter(text)
        });
    }
    tera.register_filter("opens", |woman: &Map, kwargs: Kwargs, state: &State<'_>| {
        opening::opens(woman, &kwargs, state)
    });
    tera
}

/// The helpers that every section may use.
pub(super) fn read_helpers(tera: &mut Tera, files: &ContentFiles) -> Result<(), ContentError> {
    let path = format!("{FOLDER}/helpers.md");
    let text = files.text(&path)?;
    tera.add_raw_template("helpers.md", text).map_err(|e| {
        let said = e.to_string();
        ContentError::new(&path, Some(line_in(&said).max(1)), first_line(&said))
    })
}

pub(super) fn read_section(
    tera: &mut Tera,
    id: &str,
    path: &str,
    text: &str,
    vocabulary: &Vocabulary,
) -> Result<Section, Vec<ContentError>> {
    let mut lines = text.lines().enumerate();
    let (level, heading) = lines
        .by_ref()
        .map(|(_, line)| line)
        .find(|line| !line.trim().is_empty())
        .and_then(heading)
        .ok_or_else(|| {
            vec![ContentError::new(
                path,
                Some(1),
                "a section file starts with its heading, such as `## Proposal`",
            )]
        })?;
    let mut faults = Vec::new();
    let mut passages: Vec<(Passage, usize, String)> = Vec::new();
    for (at, line) in lines {
        match passage_mark(line) {
            Some(mark) => match new_passage(id, mark) {
                Ok(passage) => passages.push((passage, at + 1, String::new())),
                Err(reason) => faults.push(ContentError::new(path, Some(at + 1), reason)),
            },
            None => match passages.last_mut() {
                Some((_, _, body)) => {
                    body.push_str(line);
                    body.push('\n');
                }
                None if line.trim().is_empty() => {}
                None => faults.push(ContentError::new(
                    path,
                    Some(at + 1),
                    "text before the first passage; start one with `{# passage: its-id #}`",
                )),
            },
        }
    }
    let mut ready = Vec::new();
    let heading =
        AboutHer::read(heading).map_err(|reason| vec![ContentError::new(path, Some(1), reason)])?;
    for (mut passage, at, body) in passages {
        match compile(tera, &mut passage, &body, vocabulary) {
            Ok(()) => ready.push(passage),
            Err((line, reason)) => {
                faults.push(ContentError::new(path, Some(at + line), reason));
            }
        }
    }
    if faults.is_empty() {
        Ok(Section {
            id: id.to_owned(),
            heading,
            level,
            passages: ready,
        })
    } else {
        Err(faults)
    }
}

fn heading(line: &str) -> Option<(u8, String)> {
    let hashes = line.chars().take_while(|c| *c == '#').count();
    let level = u8::try_from(hashes).ok().filter(|n| (1..=3).contains(n))?;
    Some((level, line[hashes..].trim().to_owned()))
}

fn passage_mark(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("{# passage:")?
        .strip_suffix("#}")
        .map(str::trim)
}

fn new_passage(section: &str, mark: &str) -> Result<Passage, String> {
    let (id, rest) = mark.split_once(' ').unwrap_or((mark, ""));
    let (each, standing) = match rest.trim() {
        "" => (Each::Once, false),
        "standing" => (Each::Once, true),
        "for each need" => (Each::Need, false),
        "for each enquiry" => (Each::Enquiry, false),
        other => {
            return Err(format!(
                "`{other}` after a passage's id is not known; use `standing`, `for each need` or `for each enquiry`"
            ));
        }
    };
    Ok(Passage {
        id: format!("{section}/{id}"),
        template: format!("{section}/{id}.md"),
        each,
        standing,
        body: String::new(),
        variables: BTreeSet::new(),
        named: Named::default(),
        opens: false,
        marked: false,
    })
}

/// Compiles a passage and notes the variables it names. The error is a line within
/// the passage and a reason.
fn compile(
    tera: &mut Tera,
    passage: &mut Passage,
    body: &str,
    vocabulary: &Vocabulary,
) -> Result<(), (usize, String)> {
    passage.marked = Pronouns::They.say(body) != Pronouns::She.say(body);
    if tera.contains_template(&passage.template) {
        return Err((0, format!("there are two passages called `{}`", passage.id)));
    }
    for pronouns in Pronouns::ALL {
        let name = passage.template_in(pronouns);
        tera.add_raw_template(&name, &pronouns.say(body))
            .map_err(|e| (line_in(&e.to_string()), first_line(&e.to_string())))?;
        if !passage.marked {
            break;
        }
    }
    let variables = tera
        .get_template_variables(&passage.template)
        .map_err(|e| (0, e.to_string()))?;
    for variable in variables {
        let known = vocabulary.knows(variable)
            || variable == SHE_OR_NAME
            || (passage.each == Each::Need && variable == "need")
            || (passage.each == Each::Enquiry && variable == "enquiry");
        if !known {
            let line = body
                .lines()
                .position(|l| l.contains(variable))
                .map_or(0, |n| n + 1);
            let meant = english::nearest(variable, vocabulary.names());
            let reason = format!("`{variable}` is no prompt and no known fact{meant}");
            return Err((line, reason));
        }
        passage.variables.insert(variable.to_owned());
    }
    passage.opens = body.contains("woman | opens");
    passage.named = vocabulary.named(&passage.variables);
    body.clone_into(&mut passage.body);
    Ok(())
}

/// Tera's errors show `--> name:line:column`.
fn line_in(error: &str) -> usize {
    error
        .split_once("--> ")
        .and_then(|(_, rest)| rest.lines().next())
        .and_then(|place| place.rsplit(':').nth(1))
        .and_then(|line| line.trim().parse().ok())
        .unwrap_or(0)
}

fn first_line(error: &str) -> String {
    error.lines().next().unwrap_or_default().trim().to_owned()
}
