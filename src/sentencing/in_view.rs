//! The order in view, as the directory is asked about it: what a service must fit, and
//! the order's last day.
//!
//! Lives here: reading both out of a proposal. Not here: which requirement asks for
//! which fit, which is `report-templates/sentencing/services.toml`, or what is made of it
//! (`directory`).

use chrono::{Months, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::LawPack;
use crate::{
    case::CaseFile,
    content::{ContentError, ContentFiles, line_of},
    directory::{OrderInView, Vocabulary},
    english::nearest,
};

const FILE: &str = "report-templates/sentencing/services.toml";

/// Which requirement asks for which fit.
#[derive(Debug, Clone, Default)]
pub struct OrderFits(Vec<Fit>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fits: Vec<Spanned<Fit>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fit {
    requirement: String,
    terms: Vec<String>,
}

impl OrderFits {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// A requirement or a term that there is not, with its line and the nearest name.
    pub fn load(
        files: &ContentFiles,
        law: &LawPack,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Vec<ContentError>> {
        let file: File = files.toml(FILE).map_err(|e| vec![e])?;
        let text = files.text(FILE).map_err(|e| vec![e])?;
        let mut faults = Vec::new();
        for row in &file.fits {
            let fit = row.get_ref();
            let line = line_of(text, row.span().start);
            let known = || law.all_requirements().iter().map(|r| r.id.as_str());
            if !known().any(|id| id == fit.requirement) {
                let near = nearest(&fit.requirement, known());
                let reason = format!("there is no requirement `{}`{near}", fit.requirement);
                faults.push(ContentError::new(FILE, Some(line), reason));
            }
            let strange = fit.terms.iter().filter(|t| vocabulary.term(t).is_none());
            faults.extend(strange.map(|term| {
                let reason = vocabulary.no_such(term);
                ContentError::new(FILE, Some(line), reason)
            }));
        }
        if faults.is_empty() {
            Ok(Self(
                file.fits.into_iter().map(Spanned::into_inner).collect(),
            ))
        } else {
            Err(faults)
        }
    }

    /// The order that the author proposes; `None` while none is.
    #[must_use]
    pub fn in_view(&self, case: &CaseFile, today: NaiveDate) -> Option<OrderInView> {
        let proposal = &case.proposal;
        proposal.order?;
        let mut fits = Vec::new();
        for requirement in &proposal.requirements {
            let rows = self.0.iter().filter(|f| f.requirement == requirement.id);
            for term in rows.flat_map(|fit| &fit.terms) {
                if !fits.contains(term) {
                    fits.push(term.clone());
                }
            }
        }
        let starts = case.hearing.date.unwrap_or(today);
        Some(OrderInView {
            fits,
            ends: proposal
                .lasts()
                .and_then(|m| starts.checked_add_months(Months::new(m))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        case::{from_json, from_value},
        directory::Directory,
    };

    fn fits(files: &ContentFiles) -> Result<OrderFits, Vec<ContentError>> {
        let law = LawPack::load(files).unwrap();
        let directory = Directory::load(files).unwrap();
        OrderFits::load(files, &law, directory.vocabulary())
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    #[test]
    fn an_order_ends_its_months_after_the_hearing_and_asks_for_what_its_requirements_need() {
        let fits = fits(&ContentFiles::embedded().unwrap()).unwrap();
        let angela = from_json(include_str!("../../tests/cases/angela.json")).unwrap();
        let order = fits.in_view(&angela, today()).unwrap();
        assert_eq!(order.fits, ["order-fit/rar"]);
        assert_eq!(order.ends, NaiveDate::from_ymd_opt(2028, 6, 3));
    }

    #[test]
    fn a_suspended_sentence_is_supervised_for_its_supervision_period() {
        let fits = fits(&ContentFiles::embedded().unwrap()).unwrap();
        let case = serde_json::json!({"foreword_case": 1, "proposal": {
            "order": "suspended-sentence-order",
            "suspended": {"operational_months": 18, "supervision_months": 12},
            "requirements": [{"id": "unpaid_work"}, {"id": "curfew"}]}});
        let order = fits.in_view(&from_value(case).unwrap(), today()).unwrap();
        assert_eq!(order.fits, ["order-fit/upw"]);
        assert_eq!(order.ends, NaiveDate::from_ymd_opt(2027, 11, 22));
    }

    #[test]
    fn nothing_is_in_view_before_an_order_is_proposed() {
        let fits = fits(&ContentFiles::embedded().unwrap()).unwrap();
        assert_eq!(fits.in_view(&CaseFile::new(), today()), None);
    }

    #[test]
    fn a_fit_for_a_requirement_that_there_is_not_is_refused_with_the_nearest() {
        let mut files = ContentFiles::embedded().unwrap();
        let text = "[[fits]]\nrequirement = \"unpaid_wrok\"\nterms = [\"order-fit/up\"]\n";
        files.set(FILE, text);
        let faults: Vec<String> = fits(&files)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].contains("services.toml, line 1"), "{}", faults[0]);
        assert!(faults[0].contains("“unpaid_work”"), "{}", faults[0]);
        assert!(faults[1].contains("“order-fit/upw”"), "{}", faults[1]);
    }
}
