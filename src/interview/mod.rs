//! Prompts as data: sections, one thing per page, branching, validation, progress.
//!
//! Lives here: the shape of the interview pack and what follows from it. Not here:
//! any wording; that is `report-templates/interview/`. To add a prompt, write it in
//! the section's TOML file; to add a *kind* of prompt, add it to [`Kind`], teach
//! `validate` its shape and the web its field.

mod asking;
mod branching;
mod calendar;
#[cfg(test)]
mod example_cases;
mod faults;
pub mod form;
mod frameworks;
mod guidance;
mod held;
mod load;
mod messages;
mod normalise;
mod pack;
mod progress;
#[cfg(test)]
mod progress_tests;
mod pruning;
mod sample;
mod shape;
mod still_open;
pub mod typed;
mod validate;

pub use asking::{Asking, Before, Check, OnPage};
pub use branching::Step;
pub use calendar::Calendar;
pub use frameworks::{Serves, Strand, Theme};
pub use held::{Held, value_in};
pub use normalise::{cleaned, normalise, paragraphs};
pub use pack::{Choice, Condition, Field, Interview, Kind, LONE_FIELD, Prompt, Section};
pub use progress::{Progress, SectionProgress, Status};
pub use shape::{check_answers, schema};
pub use still_open::{OnlyIf, ToAsk};
pub use validate::{FieldFault, validate, validate_one};
