//! Centres that may be asked to assess her for the court, as the directory records it.
//!
//! Lives here: which are known to, which are known not to, and of which it is not known.
//! Nothing is inferred from a name or a kind: the record states the term, denies it, or
//! says nothing. Not here: the records (`directory`).

use chrono::NaiveDate;

use crate::directory::{Directory, Place, Service, vocabulary::term};

/// Whether a centre assesses for a court, as its record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offers {
    /// Its record states that court report authors may ask it for an assessment.
    Yes {
        /// Who says so.
        source: String,
        /// As at when.
        as_at: String,
    },
    /// Nothing is recorded.
    NotKnown,
}

/// A centre that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Centre {
    /// Id of its entry.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its organisation.
    pub organisation: String,
    /// Where it works, in its record's words.
    pub area: String,
    /// Whether it assesses.
    pub offers: Offers,
    /// Working days it takes, where that is recorded.
    pub days: Option<u16>,
    /// True where it works where she lives; none where either is not known.
    pub near: bool,
    /// The day before which it takes no referral, and whatever else stops it.
    pub not_before: Option<NaiveDate>,
}

/// What is asked of the directory.
#[derive(Debug, Clone, Copy)]
pub struct AsksCentre<'a> {
    /// Where she lives.
    pub place: Option<&'a Place>,
}

/// Centres that may be asked: those known to assess, and women's centres near her of which
/// it is not known. Those known to come first, the nearer first; a record that denies it is
/// left out, and so is one that may not be offered or must not leave.
#[must_use]
pub fn centres(directory: &Directory, asks: AsksCentre<'_>) -> Vec<Centre> {
    let near = |service: &Service| {
        asks.place.is_some_and(|place| {
            place
                .local_authorities
                .iter()
                .any(|a| service.area.local_authorities.contains(&a.gss))
        })
    };
    let mut found: Vec<Centre> = directory
        .services()
        .iter()
        .filter(|s| s.state.may_be_offered() && !s.facts.internal_only)
        .filter_map(|s| {
            let offers = offers(s)?;
            let near = near(s);
            let worth_asking = near && s.kind.contains("women");
            (offers != Offers::NotKnown || worth_asking).then(|| Centre {
                id: s.id.clone(),
                name: s.name.clone(),
                organisation: s.organisation.clone(),
                area: s.area.text.clone(),
                offers,
                days: s.facts.court_assessment_days,
                near,
                not_before: s.facts.not_before,
            })
        })
        .collect();
    found.sort_by_key(|c| (c.offers == Offers::NotKnown, !c.near, c.name.clone()));
    found
}

/// Whether a record says that it assesses; none where it denies it.
fn offers(service: &Service) -> Option<Offers> {
    let mut stated = service.facts.terms.iter();
    let stated = stated.rfind(|t| t.term == term::BY_AUTHOR);
    match stated {
        Some(stated) if stated.no => None,
        Some(stated) => Some(Offers::Yes {
            source: if stated.source.is_empty() {
                service.source.clone()
            } else {
                stated.source.clone()
            },
            as_at: service.as_at.text.clone(),
        }),
        None => Some(Offers::NotKnown),
    }
}
