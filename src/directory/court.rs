//! What a sentencer reads of a service: three sentences from its record's facts.
//!
//! Lives here: which facts go into which sentence, and what is said to be unknown. Not
//! here: the sentences (`service-directory/court.toml`) or any page. Nothing here says
//! that a service is open; a record says what its source said on its date. A further
//! fact is a part of one of the three and a line of the file.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    Directory, PublicRecord, Service, Setting, State,
    vocabulary::term,
    words::{check_blanks, declare, say},
};
use crate::{
    content::{ContentError, ContentFiles},
    english::{capital, day, listed},
};

const FILE: &str = "service-directory/court.toml";

declare! {
    /// What it is and for whom.
    What "what" {
        sentence ["who", "kind", "facts"]
        run_by ["name", "organisation"]
        named ["name"]
        kind ["kind"]
        women_only []
        womens_session []
        mixed []
        setting_unknown []
        specialist ["text"]
        eligibility ["text"]
        area ["area"]
        national []
        area_unknown []
    }
    /// What it delivers.
    Delivers "delivers" {
        sentence ["facts"]
        sentence_missing ["facts", "missing"]
        nothing ["missing"]
        needs ["needs"]
        offers ["text"]
        facilities ["text"]
        levels ["levels"]
        openings ["text"]
        no_needs []
        no_levels []
        no_openings []
        partner ["prime"]
    }
    /// How and when a woman starts.
    Starts "starts" {
        sentence ["way", "known", "dated"]
        sentence_missing ["way", "known", "missing", "dated"]
        ended ["status", "as_at"]
        way ["text"]
        way_terms ["routes"]
        way_unknown []
        assessment ["days"]
        waiting ["days"]
        not_before ["date"]
        state ["state"]
        conflict ["about"]
        no_assessment []
        no_room []
        no_state []
        checked ["date", "by"]
        unchecked ["as_at"]
        unchecked_undated []
    }
}

/// All the sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CourtWords {
    what: What,
    delivers: Delivers,
    starts: Starts,
    kinds: BTreeMap<String, String>,
}

impl CourtWords {
    /// Reads and checks the file; faults are told in `faults`.
    pub(super) fn load(files: &ContentFiles, faults: &mut Vec<ContentError>) -> Self {
        let words = files.toml::<Self>(FILE).unwrap_or_else(|fault| {
            faults.push(fault);
            Self::default()
        });
        check_blanks(files, FILE, BLANKS, faults);
        words
    }

    /// What a kind is called; the record's word in quotation marks where the file has no
    /// name for it.
    fn kind(&self, kind: &str) -> String {
        let quoted = || say(&self.what.kind, &[("kind", &flat(kind))]);
        self.kinds.get(kind).cloned().unwrap_or_else(quoted)
    }
}

/// What it is and for whom; what it delivers; how and when a woman starts, and what is
/// not known. Each is one sentence that says what the record says and no more: print its
/// source and date beside them.
#[must_use]
pub fn three_sentences(directory: &Directory, record: &PublicRecord) -> [String; 3] {
    let read = directory.read(vec![(**record).clone()]);
    let Some(service) = read.into_iter().next() else {
        return Default::default();
    };
    let teller = Teller {
        directory,
        words: &directory.court,
        service: &service,
    };
    [teller.what(), teller.delivers(), teller.starts()]
}

/// What a kind of service is called on pages: a plain name where there is one, else the
/// record's own word.
#[must_use]
pub fn kind_in_plain_words(directory: &Directory, kind: &str) -> String {
    let plain = directory.court.kinds.get(kind);
    capital(plain.map_or(kind, String::as_str))
}

struct Teller<'t> {
    directory: &'t Directory,
    words: &'t CourtWords,
    service: &'t Service,
}

impl Teller<'_> {
    fn what(&self) -> String {
        let (s, words) = (self.service, &self.words.what);
        let (name, organisation) = (flat(&s.name), flat(&s.organisation));
        let who = if organisation.is_empty() || name.contains(&organisation) {
            say(&words.named, &[("name", &name)])
        } else {
            let values = [("name", name.as_str()), ("organisation", &organisation)];
            say(&words.run_by, &values)
        };
        let setting = match s.setting {
            Setting::WomenOnly => &words.women_only,
            Setting::MixedWithWomensSession => &words.womens_session,
            Setting::Mixed => &words.mixed,
            Setting::Unknown => &words.setting_unknown,
        };
        let mut facts = vec![setting.clone()];
        let mut add = |sentence: &str, key: &str, text: &str| {
            let text = clause(text);
            if !text.is_empty() {
                facts.push(say(sentence, &[(key, &text)]));
            }
        };
        let specialist = s.specialist_for.iter().map(|t| flat(t));
        let groups = self.terms(&["specialist-for"]);
        let specialist: Vec<String> = specialist.chain(groups.into_iter().map(lower)).collect();
        add(&words.specialist, "text", &listed(&specialist));
        add(&words.eligibility, "text", &s.facts.eligibility);
        add(&words.area, "area", &s.area.text);
        if flat(&s.area.text).is_empty() {
            facts.push(if s.area.national {
                words.national.clone()
            } else {
                words.area_unknown.clone()
            });
        }
        let values = [
            ("who", who.as_str()),
            ("kind", &self.words.kind(&s.kind)),
            ("facts", &facts.join("; ")),
        ];
        capital(&say(&words.sentence, &values))
    }

    fn delivers(&self) -> String {
        let (s, words) = (self.service, &self.words.delivers);
        let (mut facts, mut missing) = (Vec::new(), Vec::new());
        let themes = s.theme_ids();
        let themes: Vec<&str> = themes
            .iter()
            .map(|id| self.directory.theme_words(id))
            .collect();
        let offers: Vec<String> = s.service_types.iter().map(|t| flat(t)).collect();
        if !themes.is_empty() {
            facts.push(say(&words.needs, &[("needs", &themes.join("; "))]));
        } else if !offers.is_empty() {
            facts.push(say(&words.offers, &[("text", &listed(&offers))]));
        } else if let Some(part) = s.partner_in.first() {
            let prime = flat(&part.prime_organisation);
            missing.push(say(&words.partner, &[("prime", &prime)]));
        } else {
            missing.push(words.no_needs.clone());
        }
        let facilities: Vec<String> = self.terms(&["facility"]).into_iter().map(lower).collect();
        if !facilities.is_empty() {
            let text = facilities.join(", ");
            facts.push(say(&words.facilities, &[("text", &text)]));
        }
        if s.levels.is_empty() {
            missing.push(words.no_levels.clone());
        } else {
            facts.push(say(&words.levels, &[("levels", &listed(&s.levels))]));
        }
        let openings = self.told("openings");
        match openings {
            Some(text) => facts.push(say(&words.openings, &[("text", &text)])),
            None => missing.push(words.no_openings.clone()),
        }
        let (facts, missing) = (facts.join("; "), listed(&missing));
        match (facts.is_empty(), missing.is_empty()) {
            (true, _) => say(&words.nothing, &[("missing", &missing)]),
            (_, true) => say(&words.sentence, &[("facts", &facts)]),
            _ => {
                let values = [("facts", facts.as_str()), ("missing", &missing)];
                say(&words.sentence_missing, &values)
            }
        }
    }

    fn starts(&self) -> String {
        let (s, words) = (self.service, &self.words.starts);
        let as_at = flat(&s.as_at.text);
        if matches!(s.state, State::Historic | State::NotOpen) {
            let values = [("status", s.status.as_str()), ("as_at", &as_at)];
            return say(&words.ended, &values);
        }
        let routes = self.terms(&["referral-route"]);
        let way = match (clause(&s.referral_routes), routes.is_empty()) {
            (text, _) if !text.is_empty() => say(&words.way, &[("text", &text)]),
            (_, false) => {
                let routes: Vec<String> = routes.into_iter().map(lower).collect();
                say(&words.way_terms, &[("routes", &listed(&routes))])
            }
            _ => words.way_unknown.clone(),
        };
        let (mut known, mut missing) = (Vec::new(), Vec::new());
        let count = |days: u16| days.to_string();
        match s.facts.court_assessment_days {
            Some(days) => known.push(say(&words.assessment, &[("days", &count(days))])),
            None => missing.push(words.no_assessment.clone()),
        }
        if let Some(days) = s.facts.waiting_days {
            known.push(say(&words.waiting, &[("days", &count(days))]));
        }
        if let Some(date) = s.facts.not_before {
            known.push(say(&words.not_before, &[("date", &day(date))]));
        }
        let state = self.terms(&["referral-state"]);
        if state.is_empty() {
            missing.push(words.no_state.clone());
        } else {
            known.push(say(&words.state, &[("state", &listed(&state))]));
        }
        if s.facts.capacity.is_empty() {
            missing.push(words.no_room.clone());
        }
        let conflicts = s.facts.conflicts.iter().map(|c| flat(&c.about));
        known.extend(conflicts.map(|about| say(&words.conflict, &[("about", &about)])));
        let dated = match &s.facts.verified {
            Some(v) => {
                let by = flat(&v.by);
                say(&words.checked, &[("date", &day(v.on)), ("by", &by)])
            }
            None if as_at.is_empty() => words.unchecked_undated.clone(),
            None => say(&words.unchecked, &[("as_at", &as_at)]),
        };
        let known = known
            .into_iter()
            .fold(String::new(), |all, fact| all + "; " + &fact);
        let missing = listed(&missing);
        let values = [
            ("way", way.as_str()),
            ("known", &known),
            ("missing", &missing),
            ("dated", &dated),
        ];
        let sentence = if missing.is_empty() {
            &words.sentence
        } else {
            &words.sentence_missing
        };
        say(sentence, &values)
    }

    /// Names of the terms it states of some taxonomies.
    fn terms(&self, taxonomies: &[&str]) -> Vec<String> {
        let stated = self.service.stated.places();
        let terms = stated.filter_map(|place| self.directory.vocabulary().at(place));
        terms
            .filter(|t| taxonomies.contains(&t.taxonomy.as_str()) && t.key() != term::RURAL)
            .map(|t| t.name.clone())
            .collect()
    }

    /// One fact as every page tells it; nothing where it is not known.
    fn told(&self, key: &str) -> Option<String> {
        let told = self.directory.tell(&self.service.record);
        let line = told.into_iter().find(|line| line.key == key)?;
        line.known.then(|| clause(&line.says))
    }
}

/// A name of a record as part of a sentence: on one line, without a full stop of its own.
fn flat(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line
        .trim_end_matches(['.', ';', ',', ':', ' '])
        .to_owned()
}

/// Sentences of a record as part of one sentence.
fn clause(text: &str) -> String {
    flat(text).replace(". ", "; ")
}

/// A name within a sentence: small first letter, unless it is an abbreviation.
fn lower(name: String) -> String {
    let mut letters = name.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else {
        return name;
    };
    if second.is_some_and(char::is_uppercase) {
        return name;
    }
    first.to_lowercase().chain(name.chars().skip(1)).collect()
}
