//! What is sought in a file before it leaves: every term that is taken out before
//! drafting, in all the ways it might be typed, and what only a last look can see.
//!
//! Lives here: names, numbers and texts out of a case and the directory. Not here: how
//! an address or a day may be written (`ways`), or the search (`patterns`).

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    Guard, Thing, own,
    patterns::{Pattern, Patterns, Written},
    texts::OutboundTexts,
    tokens::{Token, squashed, strings, tokens, words_of},
    ways,
};
use crate::{
    case::{Answer, CaseFile, Visibility},
    directory::Directory,
    interview::{Field, Interview, Kind, Prompt},
    report::withhold::{self, Guarded, Term},
};

/// Fewest figures of a telephone number.
const TELEPHONE: usize = 10;

/// Puts a guard together.
pub(super) struct Gathering<'a> {
    case: &'a CaseFile,
    texts: &'a OutboundTexts,
    things: Vec<Thing>,
    /// Where each thing stands among them: a name in fifty enquiries is one thing.
    known: HashMap<(Guarded, String, String), usize>,
    patterns: Patterns,
    /// Words of agencies' names, which are no person's.
    agencies: HashSet<String>,
}

/// Everything that must not leave this case.
pub(super) fn gather(
    case: &CaseFile,
    interview: &Interview,
    directory: &Directory,
    texts: &OutboundTexts,
) -> Guard {
    let mut gathering = Gathering {
        case,
        texts,
        things: Vec::new(),
        known: HashMap::new(),
        patterns: Patterns::default(),
        agencies: words_of(&own::agencies(case)),
    };
    gathering.patterns.ordinary = texts.ordinary.clone();
    gathering.patterns.own = words_of(&own::own(case));
    for term in withhold::terms(case, interview) {
        gathering.term(&term);
    }
    gathering.undisclosed(directory);
    gathering.enquiries();
    gathering.kept_off(interview);
    gathering.told_by_centres();
    let notes = case.notes.iter();
    for (section, note) in notes {
        let why = "the author’s own notes";
        gathering.text(&format!("notes.{section}"), note, why);
    }
    Guard {
        things: gathering.things,
        patterns: gathering.patterns,
        leaving: case.leaving.clone(),
    }
}

impl Gathering<'_> {
    fn thing(&mut self, kind: Guarded, words: &str, why: &str) -> usize {
        let next = self.things.len();
        let name = (kind, words.to_lowercase(), why.to_owned());
        let at = *self.known.entry(name.clone()).or_insert(next);
        if at == next {
            let (kind, words, why) = name;
            self.things.push(Thing { kind, words, why });
        }
        at
    }

    fn seek(&mut self, thing: usize, text: &str, written: Written) {
        let words = tokens(text);
        let joined: String = words.iter().map(|t| t.word.as_str()).collect();
        self.seek_joined(thing, joined, words.len(), written);
    }

    fn seek_joined(&mut self, thing: usize, joined: String, words: usize, written: Written) {
        let pattern = Pattern {
            joined,
            words,
            written,
            thing,
        };
        self.patterns.add(pattern, self.texts.near_letters);
    }

    /// A term, as it is and in the other ways it might be typed.
    fn term(&mut self, term: &Term) {
        let thing = self.thing(term.kind, &term.text, &term.why);
        let written = match (term.report_only, term.as_a_name) {
            (true, _) => Written::AlsoAWord,
            (false, true) => Written::Name,
            (false, false) => Written::AnyCase,
        };
        self.seek(thing, &term.text, written);
        if term.as_a_name {
            // Half of a double name.
            for half in term.text.split('-').filter(|half| half.len() > 3) {
                self.seek(thing, half, written);
            }
        }
        match term.kind {
            Guarded::Address => self.address(thing, &term.text, &term.why),
            Guarded::Place | Guarded::Other => self.school(thing, &term.text),
            Guarded::Birthday => self.birthday(thing, &term.text, true),
            _ => {}
        }
        self.numbers(&term.text, &term.why);
    }

    fn address(&mut self, thing: usize, address: &str, why: &str) {
        for line in address.split([',', '\n']) {
            let parts = ways::of_address(line, &self.texts.streets, &self.texts.buildings);
            for whole in parts.whole {
                self.seek_joined(thing, whole, 2, Written::AnyCase);
            }
            if let Some((name, ways)) = parts.place {
                let place = self.thing(Guarded::Place, &name, why);
                for way in ways {
                    self.seek_joined(place, way, 2, Written::AnyCase);
                }
            }
        }
    }

    /// What is left of the name of a school or another place without the words that many
    /// have, and each of those.
    fn school(&mut self, thing: usize, name: &str) {
        let before = name.split(',').next().unwrap_or(name);
        let words = tokens(before);
        let common = |token: &Token| self.texts.schools.contains(&token.word) || token.is_number();
        let (Some(first), Some(last)) = (
            words.iter().position(|t| !common(t)),
            words.iter().rposition(|t| !common(t)),
        ) else {
            return;
        };
        if first == 0 && last + 1 == words.len() && words.len() == 1 {
            return;
        }
        let rest: String = words[first..=last]
            .iter()
            .map(|t| t.word.as_str())
            .collect();
        if last > first {
            self.seek_joined(thing, rest, last + 1 - first, Written::AnyCase);
        }
        let telling = words[first..=last]
            .iter()
            .filter(|token| !common(token) && token.capital && token.word.len() > 4);
        let telling: Vec<String> = telling
            .map(|token| token.word.clone())
            .filter(|w| !self.patterns.ordinary.contains(w) && !self.patterns.own.contains(w))
            .collect();
        for word in telling {
            self.seek_joined(thing, word, 1, Written::Name);
        }
    }

    /// `alone` is whether the day and month without the year are sought too: a child's
    /// birthday tells who she is without it.
    fn birthday(&mut self, thing: usize, text: &str, alone: bool) {
        let Ok(day) = text.parse() else { return };
        for way in ways::of_day(day) {
            self.seek_joined(thing, way, 3, Written::AnyCase);
        }
        for way in ways::of_day_and_month(day).into_iter().filter(|_| alone) {
            self.seek_joined(thing, way, 2, Written::DayAndMonth);
        }
    }

    /// Telephone numbers and e-mail addresses in a text that is kept off.
    fn numbers(&mut self, text: &str, why: &str) {
        for number in ways::telephones(text, TELEPHONE) {
            let thing = self.thing(Guarded::Number, &number, why);
            for before in ["", "0", "44", "0044"] {
                let joined = format!("{before}{number}");
                self.seek_joined(thing, joined, 1, Written::AnyCase);
            }
        }
        for address in text.split_whitespace().filter(|w| w.contains('@')) {
            let thing = self.thing(Guarded::Number, address, why);
            self.seek(thing, address, Written::AnyCase);
        }
    }

    /// Addresses that the directory knows and nobody else may.
    fn undisclosed(&mut self, directory: &Directory) {
        for service in directory.services() {
            let facts = &service.record.facts;
            if !facts.has_internal() {
                continue;
            }
            let hidden = facts.locations.iter();
            let hidden = hidden.filter(|l| l.internal || facts.internal_only);
            for place in hidden {
                let whole = format!("{}, {}", place.address, place.postcode);
                let why = "the address of a refuge or another place that must not be known";
                let thing = self.thing(Guarded::Refuge, &whole, why);
                self.seek(thing, &place.postcode, Written::AnyCase);
                self.seek(thing, &place.address, Written::AnyCase);
                self.address(thing, &place.address, why);
            }
        }
    }

    /// Who replied to an enquiry, and when those searched were born.
    fn enquiries(&mut self) {
        let case = self.case;
        for enquiry in &case.enquiries {
            if let Some(line) = &enquiry.replied_by {
                self.person(line, "who replied to an enquiry");
            }
            for person in &enquiry.persons {
                for day in ways::days_in(person) {
                    if Some(day) == case.woman.date_of_birth {
                        continue;
                    }
                    let why = "the birthday of a person searched in an enquiry";
                    let thing = self.thing(Guarded::Birthday, &day.to_string(), why);
                    self.birthday(thing, &day.to_string(), false);
                }
            }
            for text in [&enquiry.record_only, &enquiry.reason]
                .into_iter()
                .flatten()
            {
                let why = "what an enquiry brought, for the record only";
                self.text("enquiries", text, why);
            }
        }
    }

    fn kept_off(&mut self, interview: &Interview) {
        let case = self.case;
        for (_, prompt) in interview.prompts() {
            let Some(answer) = case.answer(&prompt.id) else {
                continue;
            };
            if answer.visibility == Visibility::InReport {
                self.fields_kept_off(prompt, answer);
                continue;
            }
            let why = format!("“{}”, kept on the record only", prompt.short);
            let place = format!("answers.{}", prompt.id);
            let mut texts = Vec::new();
            answer
                .value
                .iter()
                .for_each(|value| strings(value, &mut texts));
            // Who told it may be in danger for having done so.
            let told = answer.sources.iter().filter_map(|s| s.detail.as_deref());
            for line in told {
                self.person(line, "who told what is kept off");
            }
            for text in texts {
                self.text(&place, text, &why);
                // Records name agencies; those that name people say so, field by field.
                if prompt.kind != Kind::Records {
                    self.names(text, &why);
                }
            }
        }
    }

    /// What women's centres told the author and not the court.
    fn told_by_centres(&mut self) {
        for (at, one) in self.case.assessments.iter().enumerate() {
            let reply = &one.reply;
            let why = "what a women’s centre told the author and not the court";
            for (field, text) in [
                ("not_for_court", &reply.not_for_court),
                ("safe_contact", &reply.safe_contact),
                ("safety", &reply.safety),
            ] {
                let place = format!("assessments[{at}].reply.{field}");
                self.text(&place, text, why);
                self.names(text, why);
            }
        }
    }

    /// Fields that are kept off although the rest of their answer may be printed.
    fn fields_kept_off(&mut self, prompt: &Prompt, answer: &Answer) {
        let rows: Vec<&Value> = match (&prompt.kind, &answer.value) {
            (Kind::Records, Some(Value::Array(rows))) => rows.iter().collect(),
            (Kind::Group, Some(group)) => vec![group],
            _ => return,
        };
        for row in rows {
            for field in prompt.fields.iter().filter(|f| f.record_only) {
                let why = format!("“{}”, kept on the record only", field.label);
                let mut texts = Vec::new();
                row.get(&field.id)
                    .iter()
                    .for_each(|v| strings(v, &mut texts));
                for text in texts {
                    self.text(&format!("answers.{}", prompt.id), text, &why);
                    self.line(field, text, &why);
                }
            }
        }
    }

    /// A short line that is kept off: a name, or what few would type by chance.
    fn line(&mut self, field: &Field, text: &str, why: &str) {
        if !matches!(field.kind, Kind::Line | Kind::Lines) {
            return;
        }
        self.person(text, why);
        for piece in text.split([',', ';', '/', '\n']) {
            let words = tokens(piece);
            let telling = words.iter().any(|token| {
                token.word.len() > 4
                    && !token.is_number()
                    && !self.patterns.ordinary.contains(&token.word)
                    && !self.patterns.own.contains(&token.word)
            });
            if telling && words.len() <= 4 {
                let thing = self.thing(Guarded::Words, piece.trim(), why);
                self.seek(thing, piece, Written::AnyCase);
            }
        }
    }

    /// Somebody named on a line, where it names no team or agency.
    fn person(&mut self, line: &str, why: &str) {
        let Some(name) = withhold::plain_name(line, self.case) else {
            return;
        };
        let patterns = &self.patterns;
        let known = |t: &Token| {
            [&*patterns.ordinary, &patterns.own, &self.agencies]
                .iter()
                .any(|words| words.contains(&t.word))
        };
        if !tokens(name).iter().any(known) {
            let thing = self.thing(Guarded::Name, name, why);
            self.seek(thing, name, Written::AnyCase);
            for word in name.split_whitespace().filter(|word| word.len() > 3) {
                self.seek(thing, word, Written::Name);
            }
        }
    }

    /// A text that is kept off: so many of its words in a row, and the numbers in it.
    fn text(&mut self, place: &str, text: &str, why: &str) {
        let thing = self.thing(Guarded::Words, place, why);
        self.patterns
            .add_runs(text, self.texts.words_in_a_row, thing);
        self.numbers(text, why);
    }

    /// Two or more names in a row in a text that is kept off: somebody, or somewhere.
    fn names(&mut self, text: &str, why: &str) {
        let words = tokens(text);
        let is_name = |token: &Token| {
            token.capital
                && token.word.len() > 1
                && !self.patterns.ordinary.contains(&token.word)
                && !self.patterns.own.contains(&token.word)
                && !self.agencies.contains(&token.word)
        };
        let mut found: Vec<String> = Vec::new();
        for pair in words.windows(2) {
            let together = &text[pair[0].at.end..pair[1].at.start] == " ";
            if together && is_name(&pair[0]) && is_name(&pair[1]) {
                found.push(text[pair[0].at.start..pair[1].at.end].to_owned());
            }
        }
        for name in found {
            let known = squashed(&name);
            let is_known = self.things.iter().any(|t| squashed(&t.words) == known);
            if !is_known {
                let thing = self.thing(Guarded::Name, &name, why);
                self.seek(thing, &name, Written::AnyCase);
            }
        }
    }
}
