//! Prompts as data: sections, one thing per page, branching, validation, progress.
//!
//! Lives here: the shape of the interview pack and what follows from it. Not here:
//! any wording; that is `report-templates/interview/`. To add a prompt, write it in
//! the section's TOML file; to add a *kind* of prompt, add it to [`Kind`], teach
//! `validate` its shape and the web its field.

#[cfg(test)]
mod example_cases;
mod faults;
mod load;
mod pack;
mod sample;

pub use pack::{
    Choice, Condition, Field, Interview, Kind, LONE_FIELD, Prompt, Section, Serves, Strand, Theme,
};
