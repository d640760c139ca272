//! Reading the rules and refusing those that cannot be right: with file, line and reason.
//!
//! Lives here: what a rule must be. A rule's own sentences are its proof: every `example`
//! is found by it, no `fine` sentence is found by any rule, and no word it offers is
//! itself one to look at. Not here: judging (`judge`).

use regex::{Regex, RegexSet, RegexSetBuilder};

use super::{
    judge,
    rows::{
        Asks, Check, FOLDER, File, LEFT_ALONE, LeftAlone, People, Row, SOURCES, ShortRow, Sources,
    },
    rules::{
        Bank, Find, PeopleRules, Rule, ShortForm, ShortForms, WordingRules, any_place, whole_words,
    },
};
use crate::{
    content::{ContentError, ContentFiles, SourceRow, line_of},
    finding::Severity,
    sentencing::LawPack,
};

/// A rule as it is written, and where.
struct Placed<'f> {
    file: &'f str,
    line: usize,
    about: String,
    row: Row,
}

impl Placed<'_> {
    fn fault(&self, reason: impl AsRef<str>) -> ContentError {
        let reason = format!("{}: {}", self.row.id, reason.as_ref());
        ContentError::new(self.file, Some(self.line), reason)
    }
}

/// All files, read.
struct Read<'f> {
    rules: Vec<Placed<'f>>,
    people: Vec<People>,
    short_forms: Vec<(&'f str, usize, ShortRow)>,
    sources: Sources,
    left_alone: LeftAlone,
}

impl WordingRules {
    /// Reads and checks the rules. Names of offences, requirements and programmes, which
    /// are never judged, are those of the law.
    ///
    /// # Errors
    /// Every fault found, each with file, line and reason. Sentences are only judged once
    /// every rule reads.
    pub fn load(files: &ContentFiles, law: &LawPack) -> Result<Self, Vec<ContentError>> {
        let read = read(files)?;
        let mut faults = shape(&read);
        let rules = compiled(&read, law, files, &mut faults);
        let Some(rules) = rules.filter(|_| faults.is_empty()) else {
            return Err(faults);
        };
        let proof = read.rules.iter().enumerate();
        let faults: Vec<ContentError> = proof
            .flat_map(|(number, placed)| {
                let reasons = judge::disproved(&rules, number, &placed.row);
                reasons.into_iter().map(|reason| placed.fault(reason))
            })
            .collect();
        if faults.is_empty() {
            Ok(rules)
        } else {
            Err(faults)
        }
    }
}

fn read(files: &ContentFiles) -> Result<Read<'_>, Vec<ContentError>> {
    let mut faults = Vec::new();
    let mut rules = Vec::new();
    let mut people = Vec::new();
    let mut short_forms = Vec::new();
    for (path, text) in files.under(FOLDER) {
        let is_rules = path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ending == "toml");
        if !is_rules || path == SOURCES || path == LEFT_ALONE {
            continue;
        }
        let file: File = match files.toml(path) {
            Ok(file) => file,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        people.extend(file.people);
        for short in file.short_form {
            let line = line_of(text, short.span().start);
            short_forms.push((path, line, short.into_inner()));
        }
        for row in file.rule {
            rules.push(Placed {
                file: path,
                line: line_of(text, row.span().start),
                about: file.title.clone(),
                row: row.into_inner(),
            });
        }
    }
    let sources = files.toml::<Sources>(SOURCES);
    let left_alone = files.toml::<LeftAlone>(LEFT_ALONE);
    match (sources, left_alone) {
        (Ok(sources), Ok(left_alone)) if faults.is_empty() => Ok(Read {
            rules,
            people,
            short_forms,
            sources,
            left_alone,
        }),
        (sources, left_alone) => {
            faults.extend(sources.err());
            faults.extend(left_alone.err());
            Err(faults)
        }
    }
}

/// What is missing or named twice.
fn shape(read: &Read<'_>) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for (number, placed) in read.rules.iter().enumerate() {
        let row = &placed.row;
        let mut needs = |is_missing: bool, reason: &str| {
            if is_missing {
                faults.push(placed.fault(reason));
            }
        };
        let blank = |texts: &[String]| texts.iter().any(|t| t.trim().is_empty());
        let earlier = &read.rules[..number];
        let plain = row.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        needs(
            row.id.is_empty() || !plain,
            "an id is small letters and hyphens",
        );
        needs(
            earlier.iter().any(|other| other.row.id == row.id),
            "another rule has this id",
        );
        needs(row.why.trim().is_empty(), "`why` says nothing");
        needs(
            row.example.is_empty() || blank(&row.example),
            "it needs an `example`: a sentence that it speaks of",
        );
        needs(
            row.fine.is_empty() || blank(&row.fine),
            "it needs a `fine` sentence: one that it leaves alone",
        );
        let offers = row.words.iter().any(|w| !w.put.is_empty());
        needs(
            row.advice.is_empty() && !offers && row.check == Check::Words,
            "it offers nothing: give words to `put` in place, or `advice`",
        );
        needs(
            (row.check == Check::Words) == row.words.is_empty(),
            "`words` are for rules without a `check`, and those need them",
        );
        needs(
            (row.check == Check::Length) != row.most_words.is_some(),
            "`most_words` is for `check = \"length\"`, which needs it",
        );
        if !read.sources.contains_key(&row.source) {
            let known = read.sources.keys().map(String::as_str);
            let like = crate::english::nearest(&row.source, known);
            let reason = format!("{SOURCES} has no source “{}”{like}", row.source);
            faults.push(placed.fault(reason));
        }
    }
    if read.people.len() != 1 {
        let reason = "there must be one [people] among the files of wording";
        faults.push(ContentError::new(FOLDER, None, reason));
    }
    faults
}

fn compiled(
    read: &Read<'_>,
    law: &LawPack,
    files: &ContentFiles,
    faults: &mut Vec<ContentError>,
) -> Option<WordingRules> {
    let people = people(read.people.first(), faults)?;
    let mut rules = Vec::new();
    let (mut judged, mut anywhere) = (Vec::new(), Vec::new());
    for (number, placed) in read.rules.iter().enumerate() {
        let row = &placed.row;
        let mut compile = |pattern: &str| {
            let regex = Regex::new(pattern);
            let fault = |e: &regex::Error| placed.fault(format!("this pattern is not one: {e}"));
            regex.map_err(|e| faults.push(fault(&e))).ok()
        };
        for words in &row.words {
            let edges = if row.anywhere { any_place } else { whole_words };
            let bank = if row.anywhere {
                &mut anywhere
            } else {
                &mut judged
            };
            if let Some(regex) = compile(&edges(&words.find)) {
                bank.push(Find {
                    rule: number,
                    regex,
                    put: words.put.clone(),
                });
            }
        }
        let mut clause = |clause: &Option<String>| {
            let pattern = clause.as_ref()?;
            compile(&any_place(pattern))
        };
        let source = read.sources.get(&row.source);
        rules.push(Rule {
            id: row.id.clone(),
            about: placed.about.clone(),
            check: row.check,
            severity: match row.severity {
                Asks::Advise => Severity::Advise,
                Asks::Warn => Severity::Warn,
            },
            scope: row.scope,
            with: clause(&row.with),
            unless: clause(&row.unless),
            most_words: row.most_words.unwrap_or(usize::MAX),
            why: row.why.clone(),
            advice: row.advice.clone(),
            source: source.map_or_else(nowhere, SourceRow::source),
        });
    }
    Some(WordingRules {
        rules,
        judged: bank(judged),
        anywhere: bank(anywhere),
        left_alone: left_alone(&read.left_alone, law, files, faults),
        people,
        short_forms: short_forms(&read.short_forms, faults),
    })
}

/// Stands where a source is missing, which has been said.
fn nowhere() -> crate::finding::Source {
    crate::finding::Source {
        citation: String::new(),
        url: None,
        checked: None,
        verified: false,
    }
}

/// Every pattern compiled by itself, so they do together; an empty set finds nothing.
fn bank(finds: Vec<Find>) -> Bank {
    Bank {
        set: set(finds.iter().map(|f| f.regex.as_str())),
        finds,
    }
}

/// Room for what many patterns together may be in the middle of. With the usual two
/// megabytes it is thrown away and made again in every sentence, which takes a thousand
/// times as long.
const ROOM: usize = 32 << 20;

fn set<'p>(patterns: impl Iterator<Item = &'p str>) -> RegexSet {
    let set = RegexSetBuilder::new(patterns).dfa_size_limit(ROOM).build();
    set.unwrap_or_else(|_| RegexSet::empty())
}

/// What is never judged: the names of the law, those of the file, and its patterns.
fn left_alone(
    rows: &LeftAlone,
    law: &LawPack,
    files: &ContentFiles,
    faults: &mut Vec<ContentError>,
) -> Vec<Regex> {
    let offences = law.offences().iter().flat_map(|o| [&o.title, &o.prints]);
    let requirements = law.all_requirements().iter().map(|r| &r.name);
    let programmes = law.programmes().iter().map(|p| &p.name);
    let mut names: Vec<&String> = offences
        .chain(requirements)
        .chain(programmes)
        .chain(&rows.names)
        .filter(|name| name.len() > 3)
        .collect();
    // The longest first: a pattern takes the first that fits.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    let escaped: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
    let text = files.text(LEFT_ALONE).unwrap_or_default();
    let mut all = Vec::new();
    let mut compile = |pattern: &str, line: Option<usize>| match Regex::new(pattern) {
        Ok(regex) => all.push(regex),
        Err(e) => {
            let reason = format!("this pattern is not one: {e}");
            faults.push(ContentError::new(LEFT_ALONE, line, reason));
        }
    };
    if !escaped.is_empty() {
        compile(&whole_words(&escaped.join("|")), None);
    }
    for pattern in &rows.patterns {
        let line = line_of(text, pattern.span().start);
        compile(pattern.get_ref(), Some(line));
    }
    all
}

fn people(rows: Option<&People>, faults: &mut Vec<ContentError>) -> Option<PeopleRules> {
    let rows = rows?.clone();
    let mut compile = |pattern: &str| {
        let fault = |e: &regex::Error| {
            let reason = format!("[people] holds a pattern that is not one: {e}");
            ContentError::new(FOLDER, None, reason)
        };
        Regex::new(pattern).map_err(|e| faults.push(fault(&e))).ok()
    };
    for pattern in &rows.introduced {
        compile(&introduced(pattern, "Ms Hart"))?;
    }
    let titles = rows.titles.join("|");
    Some(PeopleRules {
        titled: compile(&format!(r"(?-u:\b)(?:{titles})\.? \p{{Lu}}[\w'’-]*\w"))?,
        two_names: compile(r"\p{Lu}[\w'’-]*\w \p{Lu}[\w'’-]*\w")?,
        he: compile(&whole_words("he|him|his|himself"))?,
        may_be_he: compile(&whole_words(&rows.may_be_he.join("|")))?,
        may_be_she: compile(&whole_words(&rows.may_be_she.join("|")))?,
        pronouns: compile(&whole_words(
            r"(she|he) (\w+s)|(she|herself|hers|her|himself|him|his|he)",
        ))?,
        capital: compile(r"\p{Lu}\w+")?,
        hers: rows.hers,
        titles: rows.titles,
        introduced: rows.introduced,
        not_names: rows.not_names,
    })
}

/// A pattern that introduces `name`.
pub(super) fn introduced(pattern: &str, name: &str) -> String {
    pattern.replace("{name}", &regex::escape(name))
}

fn short_forms(rows: &[(&str, usize, ShortRow)], faults: &mut Vec<ContentError>) -> ShortForms {
    let mut all = Vec::new();
    for (file, line, row) in rows {
        let pattern = format!(r"(?-u:\b){}(?-u:\b)", regex::escape(&row.short));
        let long = std::iter::once(&row.long).chain(&row.also);
        let mut full = long.clone().map(|long| long.to_lowercase());
        if row.short.trim().is_empty() || long.clone().any(|l| l.trim().is_empty()) {
            let reason = "a short form needs `short` and `long`, neither of them empty";
            faults.push(ContentError::new(file, Some(*line), reason));
        } else if full.any(|long| long.contains(&row.short.to_lowercase())) {
            let reason = format!("{} is explained by itself", row.short);
            faults.push(ContentError::new(file, Some(*line), reason));
        } else if let Ok(short) = Regex::new(&pattern) {
            all.push(ShortForm {
                short,
                full: long.map(|long| long.to_lowercase()).collect(),
                put: format!("{} ({})", row.long, row.short),
            });
        }
    }
    ShortForms {
        set: set(all.iter().map(|s| s.short.as_str())),
        all,
    }
}
