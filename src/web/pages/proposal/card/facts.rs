//! What is known of one proposed requirement, line by line: who delivers it, where and
//! when, what it is for, how it stands against the guideline.
//!
//! Lives here: those lines. Not here: any figure or date; those come from the proposal,
//! the law pack, the directory and the answers.

use super::{Cards, Fact};
use crate::{
    case::{GroupSetting, ProposedRequirement, Purpose},
    interview::Field,
    sentencing::{ForWomen, Stands},
    web::{findings::sourced, words},
};

/// Id of the lowest band, as the prompts spell it.
const LOWEST: &str = "low";

impl Cards<'_> {
    /// What is known of a requirement; what is not known has no line.
    pub(super) fn facts(&self, proposed: &ProposedRequirement) -> Vec<Fact> {
        let needs = proposed.needs.iter().map(|id| {
            let theme = self.state.interview().theme(id);
            theme.map_or_else(|| id.clone(), |t| t.prints.to_string())
        });
        let purposes = proposed.purposes.iter().copied().map(purpose);
        let typed = |text: &Option<String>| text.clone().unwrap_or_default();
        let facts = [
            ("Which", typed(&proposed.detail)),
            ("Guideline range", self.range(proposed)),
            ("What she will do", typed(&proposed.what)),
            ("Planned", planned(proposed)),
            ("Court reviews", reviewed(proposed)),
            ("Delivered by", self.provider(proposed)),
            ("Where", typed(&proposed.place)),
            (
                "With whom",
                proposed.setting.map(setting).unwrap_or_default().into(),
            ),
            ("Journey", journey(proposed)),
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

    /// The range at the level the court indicated, and where this stands against it.
    fn range(&self, proposed: &ProposedRequirement) -> String {
        let indicated = self.case.hearing.indication;
        let Some(range) = self.pack.range_indicated(&proposed.id, indicated) else {
            return String::new();
        };
        let stands = match range.stands(proposed.amount, proposed.months) {
            Some(Stands::Above) => "; this is above it",
            Some(Stands::Below) => "; this is below it",
            Some(Stands::Within) => "; this is within it",
            None => "",
        };
        format!(
            "{} at the level the court indicated{stands}. {}",
            range.words,
            sourced(&range.source())
        )
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
}

/// The parts of a plan and their days.
fn planned(proposed: &ProposedRequirement) -> String {
    let parts = proposed.plan.iter().map(|part| {
        let days = words::count(part.days as usize, "day");
        format!("{days}: {}", part.what.trim())
    });
    parts.collect::<Vec<_>>().join("; ")
}

fn reviewed(proposed: &ProposedRequirement) -> String {
    let every = proposed.review_every_months.map(|months| match months {
        1 => "every month".to_owned(),
        months => format!("every {months} months"),
    });
    every.unwrap_or_default()
}

fn setting(setting: GroupSetting) -> &'static str {
    match setting {
        GroupSetting::WomenOnly => "women only",
        GroupSetting::Mixed => "women and men together",
        GroupSetting::OneToOne => "one to one, or on her own",
    }
}

fn journey(proposed: &ProposedRequirement) -> String {
    let minutes = proposed
        .travel_minutes
        .map(|minutes| format!("{} each way", words::count(minutes as usize, "minute")));
    minutes.unwrap_or_default()
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Punishment => "punishment",
        Purpose::Rehabilitation => "reform and rehabilitation",
        Purpose::Protection => "protection of the public, victims included",
        Purpose::Reparation => "making amends",
    }
}
