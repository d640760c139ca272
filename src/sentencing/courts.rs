//! Women's problem-solving and intensive supervision courts: whether she meets each of
//! a court's published criteria, on what, and what it would mean for reviews.
//!
//! Lives here: the shape of `courts.toml` and that comparison. Not here: any criterion,
//! which is data. What nothing in the case shows is not known; it is never read as met.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    law::CaseDates,
    pack::LawPack,
    rows::{OffenceKind, day, source},
};
use crate::{
    case::{CaseFile, CustodyPosition, Indication, OrderKind},
    directory::Place,
    finding::{Basis, Source},
};

/// One court's published criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialCourt {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Words that a sentencing court's name must hold for it to sit there.
    #[serde(default)]
    pub sits_at: Vec<String>,
    /// True where regulations list it, so that reviews under the Code are open there.
    #[serde(default)]
    pub listed: bool,
    /// Last day on which such an order may be made.
    #[serde(default, with = "day")]
    pub until: Option<NaiveDate>,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
    /// What it changes: reviews, and whether the order can end early.
    pub effects: Vec<String>,
    /// Where they were published.
    pub citation: String,
    /// Address of it.
    #[serde(default)]
    pub url: String,
    /// The day the row was last checked.
    #[serde(default, with = "day")]
    pub checked: Option<NaiveDate>,
    /// True where somebody has read the source.
    pub verified: bool,
    /// What still has to be read.
    #[serde(default)]
    pub to_check: String,
}

impl SpecialCourt {
    /// True where a sentencing court is this one.
    #[must_use]
    pub fn sits_in(&self, court: &str) -> bool {
        let court = court.to_lowercase().replace('’', "'");
        self.sits_at
            .iter()
            .any(|at| court.contains(&at.to_lowercase()))
    }
}

/// One criterion, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// It in words.
    pub says: String,
    /// What in a case shows it.
    pub by: Shows,
    /// Id in `facts.toml`, where a fact shows it.
    #[serde(default)]
    pub fact: Option<String>,
    /// What the fact must be.
    #[serde(default = "yes")]
    pub must_be: bool,
    /// Police areas she must live in.
    #[serde(default)]
    pub areas: Vec<String>,
    /// Indications of the court that meet it.
    #[serde(default)]
    pub indications: Vec<Indication>,
    /// Facts of which at least `least` must be so.
    #[serde(default)]
    pub facts: Vec<String>,
    /// How many of them.
    #[serde(default)]
    pub least: usize,
}

fn yes() -> bool {
    true
}

/// What in a case shows whether a criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shows {
    /// Every report here is on a woman.
    Woman,
    /// Her age when convicted.
    Adult,
    /// The court that sentences her.
    Court,
    /// The kind of order proposed.
    Order,
    /// The offences.
    Offences,
    /// Where she lives.
    Lives,
    /// What the court indicated.
    Indication,
    /// A fact of `facts.toml`.
    Fact,
    /// Several facts.
    Needs,
    /// Nothing that is asked here.
    NotAsked,
}

/// Whether a criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// It is.
    Met,
    /// It is not.
    NotMet,
    /// Nothing recorded says.
    NotKnown,
}

/// One criterion in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionFit {
    /// It in words.
    pub says: String,
    /// Whether it is met.
    pub fit: Fit,
    /// What that rests on.
    pub rests_on: Vec<Basis>,
}

/// One court's criteria in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CourtFit {
    /// The court's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Met where every criterion is, not met where one is not.
    pub fit: Fit,
    /// Each criterion.
    pub criteria: Vec<CriterionFit>,
    /// What it would change for reviews and for the end of the order.
    pub effects: Vec<String>,
    /// Where the criteria were published.
    pub source: Source,
}

/// Every court's criteria in this case.
#[must_use]
pub fn special_courts(
    case: &CaseFile,
    pack: &LawPack,
    lives: Option<&Place>,
    today: NaiveDate,
) -> Vec<CourtFit> {
    let dates = CaseDates::of(case, today);
    let looked = Looked {
        case,
        pack,
        lives,
        dates,
    };
    pack.courts.iter().map(|court| looked.at(court)).collect()
}

impl LawPack {
    /// Every court, in the file's order.
    #[must_use]
    pub fn special_courts(&self) -> &[SpecialCourt] {
        &self.courts
    }
}

struct Looked<'a> {
    case: &'a CaseFile,
    pack: &'a LawPack,
    lives: Option<&'a Place>,
    dates: CaseDates,
}

type Said = (Fit, Vec<Basis>);

impl Looked<'_> {
    fn at(&self, court: &SpecialCourt) -> CourtFit {
        let one = |c: &Criterion| {
            let (fit, rests_on) = self.criterion(court, c);
            CriterionFit {
                says: c.says.clone(),
                fit,
                rests_on,
            }
        };
        let criteria: Vec<CriterionFit> = court.criteria.iter().map(one).collect();
        let any = |fit: Fit| criteria.iter().any(|c| c.fit == fit);
        let ended = court.until.is_some_and(|until| self.dates.today > until);
        let fit = if ended || any(Fit::NotMet) {
            Fit::NotMet
        } else if any(Fit::NotKnown) {
            Fit::NotKnown
        } else {
            Fit::Met
        };
        CourtFit {
            id: court.id.clone(),
            name: court.name.clone(),
            fit,
            criteria,
            effects: court.effects.clone(),
            source: source(&court.citation, &court.url, court.checked, court.verified),
        }
    }

    fn criterion(&self, court: &SpecialCourt, c: &Criterion) -> Said {
        match c.by {
            Shows::Woman => (Fit::Met, Vec::new()),
            Shows::Adult => self.adult(),
            Shows::Court => self.court(court),
            Shows::Order => self.order(),
            Shows::Offences => self.offences(),
            Shows::Lives => self.lives(&c.areas),
            Shows::Indication => self.indication(&c.indications),
            Shows::Fact => self.fact(c),
            Shows::Needs => self.needs(c),
            Shows::NotAsked => (Fit::NotKnown, Vec::new()),
        }
    }

    fn adult(&self) -> Said {
        let born = self.case.woman.date_of_birth;
        let age = born.and_then(|born| self.dates.convicted?.years_since(born));
        let least = self
            .pack
            .in_force(&self.dates)
            .figure("co.availability", "min_age");
        match (age, least) {
            (Some(age), Some(least)) => {
                let basis = Basis::new(
                    format!("she was {age} when convicted"),
                    "woman.date_of_birth",
                );
                (fit(age >= least), vec![basis])
            }
            _ => (Fit::NotKnown, Vec::new()),
        }
    }

    fn court(&self, court: &SpecialCourt) -> Said {
        let named = self.case.hearing.court.trim();
        if named.is_empty() {
            return (Fit::NotKnown, Vec::new());
        }
        let basis = Basis::new(
            format!("she is to be sentenced at {named}"),
            "hearing.court",
        );
        (fit(court.sits_in(named)), vec![basis])
    }

    fn order(&self) -> Said {
        let Some(kind) = self.case.proposal.order else {
            return (Fit::NotKnown, Vec::new());
        };
        let words = format!("the sentence proposed is: {}", self.pack.order_words(kind));
        let right = matches!(
            kind,
            OrderKind::CommunityOrder | OrderKind::SuspendedSentenceOrder
        );
        (fit(right), vec![Basis::new(words, "proposal.order")])
    }

    /// Sexual offences and weapons are out; having a weapon for the first time is not,
    /// and whether it is the first time is for the author to say.
    fn offences(&self) -> Said {
        if self.case.offences.is_empty() {
            return (Fit::NotKnown, Vec::new());
        }
        let mut known = Fit::Met;
        let mut basis = Vec::new();
        for (index, offence) in self.case.offences.iter().enumerate() {
            let listed = offence.id.as_deref().and_then(|id| self.pack.offence(id));
            let this = match listed.map(|l| l.kind) {
                Some(None) => Fit::Met,
                Some(Some(OffenceKind::Sexual | OffenceKind::Weapon)) => Fit::NotMet,
                Some(Some(OffenceKind::WeaponPossession)) | None => Fit::NotKnown,
            };
            basis.push(Basis::new(
                offence.title.clone(),
                format!("offences[{index}]"),
            ));
            known = match (known, this) {
                (Fit::NotMet, _) | (_, Fit::NotMet) => Fit::NotMet,
                (Fit::NotKnown, _) | (_, Fit::NotKnown) => Fit::NotKnown,
                _ => Fit::Met,
            };
        }
        (known, basis)
    }

    fn lives(&self, areas: &[String]) -> Said {
        let Some(place) = self.lives else {
            return (Fit::NotKnown, Vec::new());
        };
        let inside = |area: &crate::directory::NamedArea| {
            areas.iter().any(|a| a.eq_ignore_ascii_case(&area.name))
        };
        let basis = vec![Basis::new(
            format!("she lives in {}", place.label),
            "woman.lives_in",
        )];
        let all = place.pcc.iter().all(inside) && !place.pcc.is_empty();
        match (all, place.pcc.iter().any(inside)) {
            (true, _) => (Fit::Met, basis),
            // A postcode district may reach over the border.
            (false, true) => (Fit::NotKnown, basis),
            (false, false) => (Fit::NotMet, basis),
        }
    }

    fn indication(&self, meets: &[Indication]) -> Said {
        let basis = |words: &str, at: &str| vec![Basis::new(words, at)];
        let said = "what the court indicated";
        if self.case.proposal.custody == Some(CustodyPosition::PossibleOrExpected) {
            return (
                Fit::Met,
                basis("custody is possible or expected", "proposal.custody"),
            );
        }
        match self.case.hearing.indication {
            None | Some(Indication::NoneGiven | Indication::Community) => {
                (Fit::NotKnown, Vec::new())
            }
            Some(indication) => (
                fit(meets.contains(&indication)),
                basis(said, "hearing.indication"),
            ),
        }
    }

    fn fact(&self, c: &Criterion) -> Said {
        let id = c.fact.as_deref().unwrap_or_default();
        match self.pack.fact(id, self.case) {
            None => (Fit::NotKnown, Vec::new()),
            Some(so) => (fit(so == c.must_be), self.pack.basis(id, self.case)),
        }
    }

    /// At least so many of these are so; not met only where too many are known not to be.
    fn needs(&self, c: &Criterion) -> Said {
        let so = |id: &&String| self.pack.fact(id, self.case) == Some(true);
        let not = |id: &&String| self.pack.fact(id, self.case) == Some(false);
        let met: Vec<&String> = c.facts.iter().filter(so).collect();
        let against = c.facts.iter().filter(not).count();
        let basis = met.iter().flat_map(|id| self.pack.basis(id, self.case));
        let basis = basis.collect();
        if met.len() >= c.least {
            (Fit::Met, basis)
        } else if c.facts.len() - against < c.least {
            (Fit::NotMet, basis)
        } else {
            (Fit::NotKnown, basis)
        }
    }
}

fn fit(met: bool) -> Fit {
    if met { Fit::Met } else { Fit::NotMet }
}
