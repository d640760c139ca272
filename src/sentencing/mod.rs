//! The law as dated data, and whether a proposal will stand up: lawful on this case's
//! dates, and workable for this woman.
//!
//! Lives here: the law pack of `report-templates/sentencing/`, the legal check,
//! practicability, her week. Not here: any figure or sentence of law, which are data;
//! what the proposal *is* (`case`); how it prints (`report`). To add a check, write its
//! message in the pack, name it in `used`, and return it from the module that owns the
//! subject.
//!
//! | Module | What it judges |
//! | --- | --- |
//! | `dates` | the dates of the case, and her age |
//! | `availability` | whether the offences allow the order; an earlier order |
//! | `terms` | the length of the order and its periods |
//! | `punishment` | the rule that a community order punishes |
//! | `amounts` | each requirement's figures, curfew hours included |
//! | `conditions` | what the law asks before a requirement may be imposed |
//! | `combination` | requirements against each other |
//! | `presumption` | the duty to suspend short terms |
//! | `ranges` | the guideline's range at the level indicated |
//! | `reviews` | reviews by the court, and what they change |
//! | `clashes` | the proposal against her week |
//! | `in_view` | the order as the directory is asked about it |
//! | `practicability` | whether she can live it, safely |

mod amounts;
mod availability;
mod check;
mod clashes;
mod combination;
mod commencement;
mod conditions;
mod courts;
mod dates;
mod facts;
mod in_view;
mod law;
mod live;
mod load;
mod messages;
mod needed;
mod outlook;
mod pack;
mod practicability;
mod presumption;
mod programmes;
mod proposal_words;
mod provenance;
mod punishment;
mod ranges;
mod requirement;
mod reviews;
mod rows;
mod terms;
#[cfg(test)]
mod tests;
mod text;
mod used;
mod verify;
mod week;

pub use check::{check, check_at};
pub use commencement::{Commencement, Recorded, commencements, commencements_text};
pub use courts::{CourtFit, Criterion, CriterionFit, Fit, SpecialCourt, special_courts};
pub use facts::Fact;
pub use in_view::OrderFits;
pub use law::{Absent, CaseDates, Law};
pub use live::LiveLaw;
pub use needed::{Met, Needed, RequirementNeeds, needed};
pub use outlook::{FIRST_WEEKS, Outlook, Running, WeekAhead};
pub use pack::{About, LawPack, OrderWords};
pub use practicability::waiting_for_enquiries;
pub use presumption::{Presumption, PresumptionOutcome, presumption};
pub use programmes::{ForWomen, Programme, ProgrammeKind};
pub use proposal_words::{ProposalWords, RequirementWords, proposal_in_words};
pub use provenance::{Provenance, Sourced};
pub use ranges::Stands;
pub use requirement::{
    Availability, Condition, Evidence, OneOrMany, OrderWithRequirements, Precondition, Punitive,
    Requirement, Unit, amount_words,
};
pub use rows::{Change, DateTest, GuidelineRange, Level, ListedOffence, OffenceKind, Rule, Status};
pub use week::{Clash, Filling, WeekItem, WeeklyLoad};
