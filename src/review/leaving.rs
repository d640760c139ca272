//! What must not leave: protected words that somebody typed into the report.

use crate::{
    finding::{Finding, Severity},
    report::{Draft, withhold::Withheld},
};

/// A finding for every place where a protected word was taken out. The word itself is never
/// repeated: the finding may be read over a shoulder.
#[must_use]
pub fn leaving(draft: &Draft) -> Vec<Finding> {
    leaving_of(&draft.withheld)
}

/// The same for places found elsewhere.
#[must_use]
pub fn leaving_of(withheld: &[Withheld]) -> Vec<Finding> {
    // What was only reported stands in the report, where the last look finds it.
    let taken_out = withheld.iter().filter(|w| w.replaced);
    taken_out
        .map(|w| {
            let what = format!("Words that must not leave were taken out here ({}).", w.why);
            Finding::new(Severity::Block, "safety.must-not-leave", what)
                .because(
                    "The report goes to the defence and the prosecution, and may be read by \
                     somebody who has harmed her.",
                )
                .way_out("Say it without the name, place or date.")
                .at(w.at.clone())
        })
        .collect()
}
