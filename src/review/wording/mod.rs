//! Wording to look at: words of a drafted report that blame or label her, doubt what she
//! tells, say less than they seem to, or were left over; each with the reason, the source
//! and other words. Advice, never a block.
//!
//! Lives here: judging sentences. Not here: any word that is looked for, any reason or
//! alternative (`report-templates/wording/`), or what a page does with a finding. To look
//! for more words, add a rule to a file of that folder. To judge in a way that words
//! alone cannot, add a kind to [`rows::Check`] and judge it in `judge`.

mod check;
mod finding;
mod judge;
mod load;
mod names;
mod origin;
mod rows;
mod rules;
mod short_forms;
mod swap;
mod text;

#[cfg(test)]
mod tests;

pub use check::{check, check_text};
pub use finding::{Origin, WordingFinding};
pub use rules::WordingRules;
