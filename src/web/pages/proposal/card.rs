//! One proposed requirement as a card: its numbers beside the law's, what the court must
//! have before it and whether it has, who delivers it and where, what it is for, and what
//! the checks say of it.
//!
//! Lives here: the card. Not here: any limit, condition or date; those come from the law
//! pack, the directory and the answers.

use serde::Serialize;

use super::choose::limits;
use crate::{
    case::{CaseFile, ProposedRequirement, Purpose},
    directory::Directory,
    finding::Finding,
    interview::Field,
    sentencing::{ForWomen, Law, LawPack, Met, Needed, RequirementNeeds, amount_words},
    store::ReportId,
    web::{
        findings::{BasisView, FindingView, cited, sourced},
        state::AppState,
        words,
    },
};

/// One proposed requirement.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    name: String,
    amount: String,
    /// What the law allows, a line each.
    limits: Vec<String>,
    /// What is known of it, label and words.
    facts: Vec<Fact>,
    needed: Vec<NeededView>,
    findings: Vec<FindingView>,
    source: String,
    change: String,
    remove: String,
}

#[derive(Debug, Clone, Serialize)]
struct Fact {
    label: &'static str,
    words: String,
}

#[derive(Debug, Clone, Serialize)]
struct NeededView {
    what: String,
    tag: (&'static str, &'static str),
    by: Vec<BasisView>,
    how: String,
    source: String,
}

/// Id of the lowest band, as the prompts spell it.
const LOWEST: &str = "low";

/// What every card of one proposal is made from.
pub(super) struct Cards<'a> {
    pub(super) id: ReportId,
    pub(super) home: &'a str,
    pub(super) case: &'a CaseFile,
    pub(super) pack: &'a LawPack,
    pub(super) law: &'a Law<'a>,
    pub(super) state: &'a AppState,
    pub(super) directory: &'a Directory,
    pub(super) needs: &'a [RequirementNeeds],
    pub(super) findings: &'a [Finding],
}

impl Cards<'_> {
    /// The card of the requirement with this number.
    pub(super) fn card(&self, number: usize, proposed: &ProposedRequirement) -> Card {
        let row = self.law.any_requirement(&proposed.id);
        let needed = self.needs.iter().find(|n| n.index == number);
        let own = place_of(number);
        let mine = |f: &&Finding| f.at.as_deref().is_some_and(|at| is_within(at, &own));
        let address = format!("{}/proposal/requirements/{number}", self.home);
        Card {
            name: row.map_or_else(|| proposed.id.clone(), |r| words::sentence_case(&r.name)),
            amount: row.map(|r| amount_words(r, proposed)).unwrap_or_default(),
            limits: row.map(limits).unwrap_or_default(),
            facts: self.facts(proposed),
            needed: needed
                .map(|n| n.needed.iter().map(|one| self.needed(one)).collect())
                .unwrap_or_default(),
            findings: self
                .findings
                .iter()
                .filter(mine)
                .map(|f| FindingView::new(f, self.id, self.state.interview()))
                .collect(),
            source: row
                .map(|r| cited(&r.statute, r.checked, r.verified))
                .unwrap_or_default(),
            remove: format!("{address}/remove"),
            change: address,
        }
    }

    fn facts(&self, proposed: &ProposedRequirement) -> Vec<Fact> {
        let needs = proposed.needs.iter().map(|id| {
            let theme = self.state.interview().theme(id);
            theme.map_or_else(|| id.clone(), |t| t.prints.clone())
        });
        let purposes = proposed.purposes.iter().copied().map(purpose);
        let typed = |text: &Option<String>| text.clone().unwrap_or_default();
        let facts = [
            ("Which", typed(&proposed.detail)),
            ("What she will do", typed(&proposed.what)),
            ("Delivered by", self.provider(proposed)),
            ("Where", typed(&proposed.place)),
            ("Starts", typed(&proposed.starts)),
            ("Available here, for women", self.available(proposed)),
            ("Answers the needs", needs.collect::<Vec<_>>().join("; ")),
            ("Serves", purposes.collect::<Vec<_>>().join("; ")),
            ("Risk it bears on", self.risks(proposed)),
            ("Adjustments", typed(&proposed.adjustments)),
        ];
        let facts = facts.into_iter().map(|(label, words)| Fact {
            label,
            words: words.trim().to_owned(),
        });
        facts.filter(|fact| !fact.words.is_empty()).collect()
    }

    /// The chosen service, with the day somebody there confirmed it.
    fn provider(&self, proposed: &ProposedRequirement) -> String {
        let Some(id) = &proposed.service else {
            return String::new();
        };
        let Some(service) = self.case.services.iter().find(|s| s.id == *id) else {
            return "a service that is no longer among those chosen".into();
        };
        let confirmed = service.confirmed_on.map_or_else(
            || "nobody there has confirmed it to you".to_owned(),
            |day| format!("confirmed on {}", words::day(day)),
        );
        format!("{}, {}; {confirmed}", service.name, service.organisation)
    }

    /// Where a programme was listed for women, and what was checked since.
    fn available(&self, proposed: &ProposedRequirement) -> String {
        let checked = proposed.availability_checked.map(|day| {
            let with = proposed.availability_with.as_deref().unwrap_or_default();
            let with = with.trim();
            let with = if with.is_empty() {
                String::new()
            } else {
                format!(" with {with}")
            };
            format!("You checked on {}{with}", words::day(day))
        });
        let named = proposed.detail.as_deref().unwrap_or_default();
        let programme = self.pack.programme_named(named).map(|programme| {
            let women = match programme.for_women {
                ForWomen::Yes => "open to women",
                ForWomen::Only => "for women only",
                ForWomen::No => "for men only",
            };
            let as_at = programme
                .as_at
                .map(|day| format!(" on {}", words::day(day)))
                .unwrap_or_default();
            let lives = self.case.woman.lives_in.as_deref().unwrap_or_default();
            let here = self.directory.place(lives).ok().map(|place| {
                if programme.listed_in(&place).is_some() {
                    "listed here"
                } else {
                    "not listed here, which does not mean that it does not run"
                }
            });
            let here = here.unwrap_or("whether it was listed here is not known");
            format!("{women}; {here}{as_at}")
        });
        [programme, checked]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(". ")
    }

    /// The risks recorded that its purposes speak to: of serious harm where it protects,
    /// of reoffending where it reforms. A low risk to a group is left out.
    fn risks(&self, proposed: &ProposedRequirement) -> String {
        let serves = |purpose| proposed.purposes.contains(&purpose);
        let mut risks = Vec::new();
        if serves(Purpose::Protection) {
            risks.extend(self.levels("rosh", |_, level| level != LOWEST));
        }
        if serves(Purpose::Rehabilitation) {
            risks.extend(self.levels("reoffending", |field, _| field == "band"));
        }
        risks.join("; ")
    }

    /// The choices of a prompt on risk as it was answered: what, and how high.
    fn levels(&self, prompt: &str, wanted: impl Fn(&str, &str) -> bool) -> Vec<String> {
        let interview = self.state.interview();
        let (Some(prompt), Some(value)) = (interview.prompt(prompt), self.case.value(prompt))
        else {
            return Vec::new();
        };
        let level = |field: &Field| {
            let chosen = value.get(&field.id)?.as_str()?;
            let option = field.options.iter().find(|o| o.id == chosen)?;
            let label = option.label.to_lowercase();
            wanted(&field.id, chosen).then(|| match field.id.as_str() {
                "band" => format!("{}: {label}", prompt.short.to_lowercase()),
                _ => format!(
                    "{}, {}: {label}",
                    prompt.short.to_lowercase(),
                    field.label.to_lowercase()
                ),
            })
        };
        prompt.fields.iter().filter_map(level).collect()
    }

    fn needed(&self, one: &Needed) -> NeededView {
        NeededView {
            what: words::sentence_case(&one.what),
            tag: match one.met {
                Met::Yes => ("Has it", "green"),
                Met::No => ("Against it", "red"),
                Met::NotKnown => ("Not yet", "yellow"),
            },
            by: BasisView::all(&one.by, self.id, self.state.interview()),
            how: one.how.clone(),
            source: sourced(&one.source),
        }
    }
}

/// The place of a requirement in the case file.
fn place_of(number: usize) -> String {
    format!("proposal.requirements[{number}]")
}

fn is_within(at: &str, place: &str) -> bool {
    at.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// True for a finding that is shown on some card.
pub(super) fn is_on_a_card(finding: &Finding, cards: usize) -> bool {
    let at = finding.at.as_deref().unwrap_or_default();
    (0..cards).any(|number| is_within(at, &place_of(number)))
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Punishment => "punishment",
        Purpose::Rehabilitation => "reform and rehabilitation",
        Purpose::Protection => "protection of the public, victims included",
        Purpose::Reparation => "making amends",
    }
}

impl Card {
    /// Cards for samples: one of which much is known, one of which nothing is.
    pub(super) fn samples() -> Vec<Self> {
        let needed = |tag, known: bool| NeededView {
            what: "That she is <willing>".into(),
            tag,
            by: known.then(BasisView::sample).into_iter().collect(),
            how: if known {
                String::new()
            } else {
                "Ask her.".into()
            },
            source: "Sch.9 para 16 (not verified)".into(),
        };
        let full = Self {
            name: "Unpaid work requirement".into(),
            amount: "60 hours".into(),
            limits: vec!["From 40 to 300 hours".into()],
            facts: vec![Fact {
                label: "Where",
                words: "<b>Newbury</b>".into(),
            }],
            needed: vec![
                needed(("Has it", "green"), true),
                needed(("Not yet", "yellow"), false),
            ],
            findings: FindingView::samples(),
            source: "Sentencing Code Sch.9 Pt 1 (not verified)".into(),
            change: "/reports/1/proposal/requirements/0".into(),
            remove: "/reports/1/proposal/requirements/0/remove".into(),
        };
        let bare = Self {
            amount: String::new(),
            limits: Vec::new(),
            facts: Vec::new(),
            needed: Vec::new(),
            findings: Vec::new(),
            source: String::new(),
            ..full.clone()
        };
        vec![full, bare]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_belongs_to_the_card_of_its_requirement_and_to_no_other() {
        assert!(is_within("proposal.requirements[1].amount", &place_of(1)));
        assert!(is_within("proposal.requirements[1]", &place_of(1)));
        assert!(!is_within("proposal.requirements[11].amount", &place_of(1)));
        assert!(!is_within("proposal.requirements", &place_of(1)));
    }
}
