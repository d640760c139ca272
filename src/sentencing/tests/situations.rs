//! The table of legal situations in `tests/law/`, each a row that a lawyer can read.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;
use crate::{
    case::from_value,
    directory::{Directory, Place},
    sentencing::check_at,
};

const FILES: [(&str, &str); 8] = [
    ("orders", include_str!("../../../tests/law/orders.toml")),
    ("offences", include_str!("../../../tests/law/offences.toml")),
    (
        "requirements",
        include_str!("../../../tests/law/requirements.toml"),
    ),
    (
        "combinations",
        include_str!("../../../tests/law/combinations.toml"),
    ),
    (
        "presumption",
        include_str!("../../../tests/law/presumption.toml"),
    ),
    ("dates", include_str!("../../../tests/law/dates.toml")),
    (
        "guideline",
        include_str!("../../../tests/law/guideline.toml"),
    ),
    ("practice", include_str!("../../../tests/law/practice.toml")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    situation: Vec<Situation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Situation {
    says: String,
    source: String,
    #[serde(default)]
    on: Option<toml::value::Datetime>,
    #[serde(default)]
    commenced: Vec<Commenced>,
    #[serde(default)]
    facts: toml::Table,
    #[serde(default)]
    proposal: toml::Table,
    #[serde(default)]
    requirements: Vec<toml::Value>,
    #[serde(default)]
    expect: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    cites: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Commenced {
    code: String,
    on: toml::value::Datetime,
}

fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => json!(day.to_string()),
        toml::Value::Array(items) => items.iter().map(plain).collect(),
        toml::Value::Table(fields) => {
            let fields = fields.iter().map(|(k, v)| (k.clone(), plain(v)));
            Value::Object(fields.collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

fn written(day: &toml::value::Datetime) -> NaiveDate {
    day.to_string().parse().unwrap()
}

impl Situation {
    fn case(&self) -> CaseFile {
        let mut facts: Map<String, Value> = self
            .facts
            .iter()
            .map(|(key, value)| (key.clone(), plain(value)))
            .collect();
        let mut take = |key: &str| facts.remove(key);
        let offences = take("offences").unwrap_or_else(|| offences(&mut take));
        let mut case = json!({ "foreword_case": 1, "fictional": true, "offences": offences });
        for (short, path) in [
            ("hearing", "/hearing/date"),
            ("court", "/hearing/court"),
            ("indication", "/hearing/indication"),
            ("born", "/woman/date_of_birth"),
            ("lives_in", "/woman/lives_in"),
        ] {
            if let Some(value) = take(short) {
                let (_, name) = path.rsplit_once('/').unwrap();
                let group = path.split('/').nth(1).unwrap();
                case[group][name] = value;
            }
        }
        let custody = take("custody");
        if let Some(Value::Object(answers)) = take("answers") {
            for (prompt, value) in answers {
                case["answers"][prompt.as_str()] = json!({ "value": value });
            }
        }
        if let Some(Value::Array(declined)) = take("declined") {
            for prompt in declined {
                let state = json!({ "state": "prefers-not-to-say" });
                case["answers"][prompt.as_str().unwrap()] = state;
            }
        }
        for (key, value) in facts {
            case[key.as_str()] = value;
        }
        let mut proposal = plain(&toml::Value::Table(self.proposal.clone()));
        if let Some(custody) = custody {
            proposal["custody"] = custody;
        }
        if !self.requirements.is_empty() {
            let rows: Vec<Value> = self.requirements.iter().map(plain).collect();
            proposal["requirements"] = json!(rows);
        }
        case["proposal"] = proposal;
        from_value(case).unwrap_or_else(|e| panic!("{}: {e}", self.says))
    }

    fn law(&self) -> LawPack {
        let mut records = String::new();
        for Commenced { code, on } in &self.commenced {
            let row = format!(
                "[[commencement]]\ncode = \"{code}\"\non = {on}\nsource = \"SI 2026/1\"\n\
                 recorded_by = \"A. Admin\"\nrecorded_on = 2026-09-01\n"
            );
            records.push_str(&row);
        }
        pack()
            .with_commencements("commencements.toml", &records)
            .unwrap()
    }

    /// What is wrong with what Foreword says; empty where nothing is.
    fn faults(&self, directory: &Directory) -> Vec<String> {
        let case = self.case();
        let on = self.on.as_ref().map_or_else(today, written);
        let lives: Option<Place> = case
            .woman
            .lives_in
            .as_deref()
            .map(|area| directory.place(area).expect("a place that is known"));
        let all = check_at(&case, &self.law(), lives.as_ref(), on);
        let mut faults = Vec::new();
        for expected in &self.expect {
            let (severity, code) = expected.split_once(' ').expect("severity, then code");
            match all.iter().find(|f| f.code == code) {
                None => faults.push(format!("{code} is not found")),
                Some(f) => {
                    let found = format!("{:?}", f.severity).to_lowercase();
                    if found != severity {
                        faults.push(format!("{code} is {found}, not {severity}"));
                    }
                    if f.source
                        .as_ref()
                        .is_none_or(|s| s.citation.trim().is_empty())
                    {
                        faults.push(format!("{code} names no source"));
                    }
                }
            }
        }
        if let (Some(cites), Some(first)) = (&self.cites, self.expect.first()) {
            let code = first.split_once(' ').map_or("", |(_, code)| code);
            let cited = find(&all, code).map(citation).unwrap_or_default();
            if !cited.contains(cites.as_str()) {
                faults.push(format!("{code} cites {cited:?}, not {cites:?}"));
            }
        }
        for never in &self.never {
            let there = |f: &&Finding| match never.as_str() {
                "block" => f.severity == Severity::Block,
                code => f.code == code,
            };
            if let Some(f) = all.iter().find(there) {
                faults.push(format!("{} is there: {}", f.code, f.what));
            }
        }
        if !faults.is_empty() {
            let codes: Vec<&str> = all.iter().map(|f| f.code.as_str()).collect();
            faults.push(format!("found: {codes:?}"));
        }
        faults
    }
}

fn offences(take: &mut impl FnMut(&str) -> Option<Value>) -> Value {
    let id = take("offence").unwrap_or_else(|| json!("theft"));
    let convicted = take("convicted").unwrap_or_else(|| json!("2026-10-01"));
    let day: NaiveDate = convicted.as_str().unwrap().parse().unwrap();
    let before = day - chrono::Days::new(30);
    let committed = take("committed").unwrap_or_else(|| json!(before.to_string()));
    if id == "none" {
        return json!([]);
    }
    let mut offence = json!({
        "id": id, "title": "The offence", "committed_on": committed, "convicted_on": convicted,
    });
    if let Some(until) = take("until") {
        offence["committed_until"] = until;
    }
    json!([offence])
}

fn situations() -> Vec<(&'static str, Situation)> {
    let mut all = Vec::new();
    for (file, text) in FILES {
        let read: File = toml::from_str(text).unwrap_or_else(|e| panic!("{file}.toml: {e}"));
        all.extend(read.situation.into_iter().map(|s| (file, s)));
    }
    all
}

#[test]
fn every_situation_is_found_as_the_law_has_it() {
    let directory = Directory::load(&files()).unwrap();
    let mut faults = Vec::new();
    let all = situations();
    for (file, situation) in &all {
        for fault in situation.faults(&directory) {
            faults.push(format!("{file}.toml: {}: {fault}", situation.says));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(all.len() >= 150, "{} situations", all.len());
}

#[test]
fn every_situation_names_its_source_and_demands_something() {
    let mut seen = std::collections::BTreeSet::new();
    for (file, s) in situations() {
        assert!(!s.source.trim().is_empty(), "{file}: {}", s.says);
        assert!(s.expect.len() + s.never.len() > 0, "{file}: {}", s.says);
        assert!(
            seen.insert((file, s.says.clone())),
            "{file}: {} twice",
            s.says
        );
    }
}

#[test]
fn every_message_of_law_is_demanded_by_some_situation() {
    let all = situations();
    let demanded = |code: &str| {
        let mut rows = all.iter().flat_map(|(_, s)| &s.expect);
        rows.any(|e| e.split_once(' ').is_some_and(|(_, c)| c == code))
    };
    let used = crate::sentencing::used::USED.iter().map(|(code, _)| *code);
    // Two that need no facts of law, and are shown elsewhere in this folder's tests.
    let elsewhere = [
        "law.requirement.amount-unused",
        "practice.slot.empty",
        "practice.arrangements.say",
        "practice.availability.say-who",
        "practice.clash.other",
        "practice.enquiry.avoid-but-proposed",
        "practice.enquiry.unanswered",
        "practice.programme.not-named",
    ];
    let missing: Vec<&str> = used
        .filter(|code| !demanded(code) && !elsewhere.contains(code))
        .collect();
    assert!(missing.is_empty(), "no situation demands {missing:?}");
}
