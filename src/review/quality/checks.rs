//! What the program looks at that no single prompt shows: enquiries, sources, needs,
//! victims, the trace from need to requirement.
//!
//! Lives here: one function a check, each giving how far it is shown and by what. A
//! further one is a variant of [`Check`] and an arm of [`QualityTexts::look`].

use super::{Looked, Piece, QualityTexts, Shown, content::Check};
use crate::{
    case::{InformationKind, OrderKind, ProposedRequirement, Purpose, Visibility},
    english::Pronouns,
    needs::{self, Level, Linked, Need},
    report::words,
    review::enquiries::{Entry, Standing},
    sentencing::{CaseDates, amount_words},
};

type Seen = (Shown, Vec<Piece>);

impl QualityTexts {
    /// Runs a check; none where there is nothing for it to look at.
    pub(super) fn look(&self, check: Check, looked: &Looked<'_>) -> Option<Seen> {
        match check {
            Check::Enquiries => Some(self.enquiries(looked)),
            Check::OtherSources => Some(other_sources(looked)),
            Check::HerWords => Some(her_words(looked)),
            Check::Link => self.each_need(looked, linked, |n| n.how.is_some()),
            Check::Motivation => self.each_need(looked, pressing, |n| n.motivation.is_some()),
            Check::Victims => Some(self.victims(looked)),
            Check::Order => Some(self.order(looked)),
            Check::NeedsAnswered => self.needs_answered(looked),
            Check::ReasonsTraced => self.reasons_traced(looked),
            Check::Complete => Some(self.complete(looked)),
        }
    }

    fn enquiries(&self, looked: &Looked<'_>) -> Seen {
        let register = looked
            .enquiries
            .register(&looked.case.enquiries, looked.today);
        let pieces: Vec<Piece> = register.iter().map(|e| self.enquiry(e)).collect();
        (Shown::of_all(pieces.iter().map(|p| p.shown)), pieces)
    }

    fn enquiry(&self, entry: &Entry) -> Piece {
        let (shown, note) = match entry.standing {
            Standing::Concerns | Standing::NoConcerns | Standing::NoRecord => {
                (Shown::Met, "replied")
            }
            Standing::NotMade | Standing::Refused => (Shown::Partly, "not-made"),
            _ if entry.enquiry.if_outstanding.is_some() => (Shown::Partly, "told"),
            Standing::Awaited | Standing::Late => (Shown::Partly, "untold"),
            Standing::NotAsked => (Shown::Not, "no-enquiry"),
        };
        let at = match entry.number {
            Some(number) => format!("enquiries[{number}]"),
            None => "enquiries".to_owned(),
        };
        self.plain(&entry.name, self.word(note), &at, shown)
    }

    /// Every need of some kind, and whether it says something.
    fn each_need(
        &self,
        looked: &Looked<'_>,
        kind: impl Fn(&Need) -> bool,
        says: impl Fn(&Need) -> bool,
    ) -> Option<Seen> {
        let needs = needs::needs(looked.case, looked.interview);
        let pieces = needs.iter().filter(|n| kind(n)).map(|need| {
            let shown = if says(need) { Shown::Met } else { Shown::Not };
            let at = format!("answers.{}", need.prompt);
            self.plain(&theme(looked, &need.theme), "", &at, shown)
        });
        all_of(pieces.collect())
    }

    fn victims(&self, looked: &Looked<'_>) -> Seen {
        const KNOWN: &str = "victim-known";
        const HARM: &str = "offence-harm";
        let label = |id: &str| {
            let prompt = looked.interview.prompt(id);
            prompt.map_or_else(String::new, |p| p.short.clone())
        };
        let known = looked.case.answer(KNOWN).and_then(|a| a.for_report());
        let harm = looked.case.answer(HARM).and_then(|a| a.for_report());
        let piece = |id: &str, there: bool| {
            let shown = if there { Shown::Met } else { Shown::Not };
            self.plain(&label(id), "", &format!("answers.{id}"), shown)
        };
        let mut pieces = vec![piece(KNOWN, known.is_some())];
        let identifiable = known.and_then(|v| v.as_str()) == Some("identifiable");
        if identifiable || harm.is_some() {
            pieces.push(piece(HARM, harm.is_some()));
        }
        // An oral report asks only for the harm.
        let told = match (known.is_some(), harm.is_some()) {
            (_, true) => Shown::Met,
            (true, false) if !identifiable => Shown::Met,
            (true, false) => Shown::Partly,
            (false, false) => Shown::Not,
        };
        (told, pieces)
    }

    fn order(&self, looked: &Looked<'_>) -> Seen {
        let proposal = &looked.case.proposal;
        let shown = |there| if there { Shown::Met } else { Shown::Not };
        let label = |id: &str, or: &str| {
            let prompt = looked.interview.prompt(id);
            prompt.map_or_else(|| or.to_owned(), |p| p.short.clone())
        };
        let order = proposal.order.map(|kind| looked.law.order_words(kind));
        let named = words::capital(order.unwrap_or_default());
        let mut pieces = Vec::new();
        if order.is_some() {
            pieces.push(self.plain(&named, "", "proposal.order", Shown::Met));
        }
        let reasons = [
            (
                "rationale",
                proposal.rationale.is_some(),
                "proposal.rationale",
            ),
            (
                "rationale-points",
                looked.case.value("rationale-points").is_some(),
                "answers.rationale-points",
            ),
        ];
        for (id, _, at) in reasons.into_iter().filter(|(_, there, _)| *there) {
            pieces.push(self.plain(&label(id, id), "", at, Shown::Met));
        }
        let why = reasons.iter().any(|(_, there, _)| *there);
        let both = [shown(order.is_some()), shown(why)];
        (Shown::of_all(both), pieces)
    }

    fn needs_answered(&self, looked: &Looked<'_>) -> Option<Seen> {
        if looked.case.proposal.order == Some(OrderKind::CustodyUnavoidable) {
            return None;
        }
        let needs = needs::needs(looked.case, looked.interview);
        let pieces = needs.iter().filter(|n| pressing(n)).map(|need| {
            let (shown, note) = match answer_to(need, looked) {
                Some(note) => (Shown::Met, note),
                None => (Shown::Not, String::new()),
            };
            let note = if note.is_empty() && shown == Shown::Met {
                self.word("no-service").to_owned()
            } else {
                note
            };
            let at = format!("answers.{}", need.prompt);
            self.plain(&theme(looked, &need.theme), &note, &at, shown)
        });
        all_of(pieces.collect())
    }

    fn reasons_traced(&self, looked: &Looked<'_>) -> Option<Seen> {
        let requirements = looked.case.proposal.requirements.iter().enumerate();
        let pieces = requirements.map(|(number, requirement)| {
            let shown = if traced(requirement) {
                Shown::Met
            } else {
                Shown::Not
            };
            let at = format!("proposal.requirements[{number}]");
            let needs: Vec<String> = requirement
                .needs
                .iter()
                .filter(|id| may_be_named(looked, id))
                .map(|id| theme(looked, id))
                .collect();
            self.plain(&name_of(requirement, looked), &needs.join("; "), &at, shown)
        });
        all_of(pieces.collect())
    }

    fn complete(&self, looked: &Looked<'_>) -> Seen {
        let progress = looked.interview.progress(looked.case);
        let pieces = progress.needed.iter().map(|(_, prompt)| {
            self.plain(
                &prompt.short,
                self.word("nothing"),
                &prompt.path(),
                Shown::Not,
            )
        });
        let shown = if progress.is_complete() {
            Shown::Met
        } else if !looked.case.answers.is_empty() {
            Shown::Partly
        } else {
            Shown::Not
        };
        (shown, pieces.collect())
    }

    /// A piece that anybody may be told of.
    fn plain(&self, label: &str, note: &str, at: &str, shown: Shown) -> Piece {
        let note = if shown == Shown::Not && note.is_empty() {
            self.word("nothing")
        } else {
            note
        };
        Piece {
            label: label.to_owned(),
            note: note.to_owned(),
            at: at.to_owned(),
            shown,
            on_record: false,
        }
    }
}

/// None where there is nothing to look at; else what all amount to.
fn all_of(pieces: Vec<Piece>) -> Option<Seen> {
    if pieces.is_empty() {
        return None;
    }
    Some((Shown::of_all(pieces.iter().map(|p| p.shown)), pieces))
}

/// True for a need that a proposal should answer: linked to the offending, or high. A
/// lesser one apart from it may well be left to other help.
pub(super) fn pressing(need: &Need) -> bool {
    need.linked == Linked::Yes || need.level == Level::High
}

fn linked(need: &Need) -> bool {
    need.linked == Linked::Yes
}

/// What of the proposal answers a need; empty words for a gap that is recorded.
pub(super) fn answer_to(need: &Need, looked: &Looked<'_>) -> Option<String> {
    let case = looked.case;
    let mut requirements = case.proposal.requirements.iter();
    if let Some(requirement) = requirements.find(|r| r.needs.contains(&need.theme)) {
        return Some(name_of(requirement, looked));
    }
    if let Some(service) = case.services.iter().find(|s| s.needs.contains(&need.theme)) {
        return Some(service.name.trim().to_owned());
    }
    let gap = case.gaps.iter().any(|g| g.theme == need.theme);
    gap.then(String::new)
}

/// True for a requirement that is there for a need, or to punish or protect.
pub(super) fn traced(requirement: &ProposedRequirement) -> bool {
    let own = [
        Purpose::Punishment,
        Purpose::Protection,
        Purpose::Reparation,
    ];
    !requirement.needs.is_empty() || requirement.purposes.iter().any(|p| own.contains(p))
}

/// What a requirement is called.
pub(super) fn name_of(requirement: &ProposedRequirement, looked: &Looked<'_>) -> String {
    let law = looked
        .law
        .in_force(&CaseDates::of(looked.case, looked.today));
    let row = law.any_requirement(&requirement.id);
    words::capital(row.map_or(requirement.id.as_str(), |row| row.name.as_str()))
}

/// How much of it is proposed, in words.
pub(super) fn amount_of(requirement: &ProposedRequirement, looked: &Looked<'_>) -> String {
    let law = looked
        .law
        .in_force(&CaseDates::of(looked.case, looked.today));
    let row = law.any_requirement(&requirement.id);
    row.map(|row| amount_words(row, requirement))
        .unwrap_or_default()
}

/// The name of a theme.
pub(super) fn theme(looked: &Looked<'_>, id: &str) -> String {
    let theme = looked.interview.theme(id);
    theme.map_or_else(|| id.to_owned(), |theme| theme.name.to_string())
}

/// True where a need may be spoken of outside the record.
pub(super) fn may_be_named(looked: &Looked<'_>, theme: &str) -> bool {
    let answer = looked.case.answer(&format!("need-{theme}"));
    answer.is_none_or(|a| a.visibility == Visibility::InReport)
}

/// The kinds of source, beside her and the author, that answers in the report rest on.
fn other_sources(looked: &Looked<'_>) -> Seen {
    let mut found: Vec<(InformationKind, Piece)> = Vec::new();
    for (id, answer) in &looked.case.answers {
        if answer.for_report().is_none() {
            continue;
        }
        for source in &answer.sources {
            let own = [
                InformationKind::HerAccount,
                InformationKind::AuthorsAssessment,
            ];
            if own.contains(&source.kind) || found.iter().any(|(kind, _)| *kind == source.kind) {
                continue;
            }
            let piece = Piece {
                label: words::capital(&Pronouns::She.say(words::information(source.kind))),
                note: String::new(),
                at: format!("answers.{id}"),
                shown: Shown::Met,
                on_record: false,
            };
            found.push((source.kind, piece));
        }
    }
    let shown = match found.len() {
        0 => Shown::Not,
        1 => Shown::Partly,
        _ => Shown::Met,
    };
    (shown, found.into_iter().map(|(_, piece)| piece).collect())
}

/// Needs that have a phrase of hers.
fn her_words(looked: &Looked<'_>) -> Seen {
    let needs = needs::needs(looked.case, looked.interview);
    let said = needs.iter().filter(|n| n.her_words.is_some());
    let pieces: Vec<Piece> = said
        .map(|need| Piece {
            label: theme(looked, &need.theme),
            note: String::new(),
            at: format!("answers.{}", need.prompt),
            shown: Shown::Met,
            on_record: false,
        })
        .collect();
    let shown = if pieces.is_empty() {
        Shown::Not
    } else {
        Shown::Met
    };
    (shown, pieces)
}
