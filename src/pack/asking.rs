//! What a case asks of the directory: her needs with their levels, what she needs of a
//! service, the order in view, the hearing.
//!
//! Lives here: putting the question together, once, for the services page, choosing,
//! and findings. Not here: which answers say so (`needs`, `sentencing`), or the answer
//! (`directory`).

use chrono::NaiveDate;

use super::Pack;
use crate::{
    case::CaseFile,
    directory::{Ask, NeedAsked, OrderInView, Place},
    needs::{self, Need, Wanted},
};

/// What a case asks of the directory, before it is said where.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Every need on her record, the most pressing first.
    pub needs: Vec<Need>,
    /// What is looked for, and which answers say so.
    pub wanted: Wanted,
    /// The order that is proposed, where one is.
    pub order: Option<OrderInView>,
    /// The day of the hearing.
    pub hearing: Option<NaiveDate>,
    /// Her age on the day of the hearing, in years.
    pub age: Option<u8>,
    /// Working days from today to the hearing, where the calendar reaches so far.
    pub working_days: Option<usize>,
    asked: Vec<NeedAsked>,
    today: NaiveDate,
}

impl Question {
    /// The question, asked of one place, with so many answers told in full.
    #[must_use]
    pub fn at<'p>(&self, place: &'p Place, most: Option<usize>) -> Ask<'p> {
        Ask {
            wants: self.wanted.wants.clone(),
            order: self.order.clone(),
            age: self.age,
            hearing: self.hearing,
            working_days: self.working_days,
            most,
            ..Ask::of(place, self.asked.clone(), self.today)
        }
    }
}

impl Pack {
    /// What a case asks of the directory. Where no need is recorded, every theme.
    #[must_use]
    pub fn question(&self, case: &CaseFile, today: NaiveDate) -> Question {
        let needs = needs::pressing_first(needs::needs_on_record(case, &self.interview));
        let of = |theme: &str, level: Option<String>| NeedAsked {
            theme: theme.to_owned(),
            level,
        };
        let level = |need: &Need| Some(need.level.label().to_lowercase());
        let asked = if needs.is_empty() {
            let themes = self.interview.themes.iter();
            themes.map(|theme| of(&theme.id, None)).collect()
        } else {
            needs.iter().map(|n| of(&n.theme, level(n))).collect()
        };
        let on = case.hearing.date.unwrap_or(today);
        let born = case.woman.date_of_birth;
        let age = born.and_then(|born| on.years_since(born));
        let calendar = &self.interview.calendar;
        Question {
            age: age.and_then(|age| u8::try_from(age).ok()),
            working_days: case
                .hearing
                .date
                .and_then(|date| calendar.working_days(today, date)),
            needs,
            wanted: needs::wants(case, &self.interview, &self.wants, today),
            order: self.order_fits.in_view(case, today),
            hearing: case.hearing.date,
            asked,
            today,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{case::from_json, content::ContentFiles, needs::Wish};

    fn pack() -> Pack {
        Pack::load(&ContentFiles::embedded().unwrap()).unwrap()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    #[test]
    fn angelas_case_asks_for_her_needs_with_levels_her_order_and_her_hearing() {
        let pack = pack();
        let angela = from_json(include_str!("../../tests/cases/angela.json")).unwrap();
        let question = pack.question(&angela, today());
        let directory = pack.directory.now();
        let place = directory.place("RG14").unwrap();
        let ask = question.at(&place, Some(8));
        assert_eq!(ask.needs[0].theme, "dependency");
        assert_eq!(ask.needs[0].level.as_deref(), Some("high"));
        assert_eq!(ask.order.unwrap().fits, ["order-fit/rar"]);
        assert_eq!((ask.age, ask.working_days), (Some(38), Some(8)));
        assert_eq!(ask.hearing, NaiveDate::from_ymd_opt(2026, 12, 3));
        assert_eq!(ask.wants.women_only, Wish::Prefers);
        assert_eq!(ask.wants.busy.len(), 1);
    }

    #[test]
    fn with_no_need_recorded_every_theme_is_looked_for() {
        let pack = pack();
        let question = pack.question(&CaseFile::new(), today());
        assert_eq!(question.asked.len(), pack.interview.themes.len());
        assert_eq!(question.order, None);
        assert_eq!(question.wanted, Wanted::default());
    }

    #[test]
    fn a_term_that_the_taxonomies_do_not_have_is_refused_with_its_line_and_the_nearest() {
        let mut files = ContentFiles::embedded().unwrap();
        let file = crate::needs::WANTS_FILE;
        let text = files.text(file).unwrap().to_owned();
        files.set(
            file,
            text.replacen("access/quiet-space", "access/quite-space", 1),
        );
        let faults = Pack::load(&files).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].line.is_some());
        assert!(
            faults[0].reason.contains("“access/quiet-space”"),
            "{}",
            faults[0]
        );
    }
}
