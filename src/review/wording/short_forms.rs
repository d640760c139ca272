//! Short forms that a court is not told the meaning of.
//!
//! Lives here: whether one is explained where it first stands. Not here: which there are
//! (`report-templates/wording/short-forms.toml`).

use std::ops::Range;

use super::{
    judge::{Around, Sentence},
    rules::ShortForms,
};

/// Short forms of this sentence that no sentence has explained; each once in a report.
pub(super) fn unexplained(
    forms: &ShortForms,
    at: Sentence<'_>,
    around: &mut Around<'_>,
) -> Vec<(Range<usize>, Vec<String>)> {
    around.explained.resize(forms.all.len(), false);
    let mut hits = Vec::new();
    for number in forms.set.matches(at.judged) {
        let form = &forms.all[number];
        if std::mem::replace(&mut around.explained[number], true) {
            continue;
        }
        let said = at.raw.to_lowercase();
        if form.full.iter().any(|full| said.contains(full)) {
            continue;
        }
        if let Some(found) = form.short.find(at.judged) {
            hits.push((found.range(), vec![form.put.clone()]));
        }
    }
    hits
}
