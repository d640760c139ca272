//! What is left to do on one report, and how long there is: the hearing in plain
//! words, what this kind of report still needs, enquiries without a reply, words that
//! could not be saved.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::Link;
use crate::{
    case::{CaseFile, Enquiry, EnquiryKind, EnquiryOutcome},
    interview::{Calendar, Interview},
    store::Unsent,
    web::words,
};

/// How long there is until the hearing, or where to say when it is.
#[derive(Debug, Clone, Serialize)]
pub struct HearingView {
    /// In words.
    pub text: String,
    /// Where the day is set, while it is not.
    pub href: Option<String>,
}

pub fn until_hearing(
    home: &str,
    hearing: Option<NaiveDate>,
    today: NaiveDate,
    calendar: &Calendar,
) -> HearingView {
    let Some(day) = hearing else {
        return HearingView {
            text: "No hearing date yet.".into(),
            href: Some(format!("{home}/prompts/hearing")),
        };
    };
    HearingView {
        text: in_words(day, today, calendar),
        href: None,
    }
}

fn in_words(day: NaiveDate, today: NaiveDate, calendar: &Calendar) -> String {
    let named = words::named_day(day);
    let days = (day - today).num_days();
    if days < 0 {
        let ago = words::count(usize::try_from(-days).unwrap_or_default(), "day");
        return format!("The hearing was on {named}, {ago} ago.");
    }
    if days == 0 {
        return format!("The hearing is today, {named}.");
    }
    let tomorrow = today.checked_add_days(Days::new(1)) == Some(day);
    let when = if tomorrow {
        format!("The hearing is tomorrow, {named}")
    } else {
        format!("The hearing is on {named}, in {days} days")
    };
    let Some(working) = calendar.working_days(today, day) else {
        return format!("{when}.");
    };
    let with_today = if calendar.is_working(today) {
        ", counting today"
    } else {
        ""
    };
    match working {
        0 => format!("{when}: no working day before it."),
        n => format!(
            "{when}: {} before it{with_today}.",
            words::count(n, "working day")
        ),
    }
}

pub fn how_much(needed: usize) -> String {
    match needed {
        0 => "Fit to finish".into(),
        n => format!("{} still needed", words::count(n, "prompt")),
    }
}

pub fn outstanding(home: &str, case: &CaseFile) -> Vec<Link> {
    let open = case.enquiries.iter().filter(|e| e.is_outstanding());
    open.map(|enquiry| Link {
        text: format!("{}: {}", who(enquiry), how(enquiry)),
        href: format!("{home}/enquiries"),
    })
    .collect()
}

fn who(enquiry: &Enquiry) -> String {
    match (enquiry.agency.trim(), enquiry.kind) {
        ("", EnquiryKind::PoliceDomesticAbuse) => "Police".into(),
        ("", EnquiryKind::ChildrensServices) => "Children's services".into(),
        ("", EnquiryKind::Other) => "Another agency".into(),
        (agency, _) => agency.to_owned(),
    }
}

fn how(enquiry: &Enquiry) -> String {
    if enquiry.outcome == EnquiryOutcome::NotSent {
        return "not sent yet".into();
    }
    match (enquiry.chased.iter().max(), enquiry.sent) {
        (Some(chased), _) => format!("chased on {}", words::day(*chased)),
        (None, Some(sent)) => format!("sent on {}", words::day(sent)),
        (None, None) => "waiting for a reply".into(),
    }
}

pub fn unsent(home: &str, unsent: &[Unsent], interview: &Interview) -> Vec<Link> {
    let link = |unsent: &Unsent| {
        let mut parts = unsent.page.split('/');
        let title = match (parts.next(), parts.next()) {
            (Some("prompts"), Some(id)) => interview.prompt(id).map(|p| p.short.clone()),
            (Some("notes"), Some(id)) => {
                let section = interview.section(id);
                section.map(|s| format!("Your notes: {}", s.title))
            }
            (Some("draft"), _) => Some("Your own text of a section of the draft".into()),
            (Some("proposal"), _) => Some("Proposal".into()),
            (Some("services"), _) => Some("Local services".into()),
            (Some("wording"), _) => Some("Wording to look at".into()),
            _ => None,
        };
        let title = title.unwrap_or_else(|| "A page of this report".into());
        Link {
            text: format!("{title} ({})", words::moment(unsent.at)),
            href: format!("{home}/{}", unsent.page),
        }
    };
    unsent.iter().map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentFiles;

    #[test]
    fn the_time_to_a_hearing_is_told_in_plain_words() {
        let pack = Interview::load(&ContentFiles::embedded().unwrap()).unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (today, hearing, says) in [
            (
                "2026-11-22",
                "2026-12-03",
                "The hearing is on Thursday 3 December 2026, in 11 days: 8 working days before it.",
            ),
            (
                "2026-11-23",
                "2026-12-03",
                "The hearing is on Thursday 3 December 2026, in 10 days: 8 working days before it, counting today.",
            ),
            (
                "2026-12-02",
                "2026-12-03",
                "The hearing is tomorrow, Thursday 3 December 2026: 1 working day before it, counting today.",
            ),
            (
                "2026-11-29",
                "2026-11-30",
                "The hearing is tomorrow, Monday 30 November 2026: no working day before it.",
            ),
            (
                "2026-12-03",
                "2026-12-03",
                "The hearing is today, Thursday 3 December 2026.",
            ),
            (
                "2026-12-04",
                "2026-12-03",
                "The hearing was on Thursday 3 December 2026, 1 day ago.",
            ),
            (
                "2026-12-04",
                "2030-12-05",
                "The hearing is on Thursday 5 December 2030, in 1462 days.",
            ),
        ] {
            let said = until_hearing("", Some(day(hearing)), day(today), &pack.calendar);
            assert_eq!(said.text, says);
        }
        let unset = until_hearing("/r", None, day("2026-12-04"), &pack.calendar);
        assert_eq!(unset.href.as_deref(), Some("/r/prompts/hearing"));
    }
}
