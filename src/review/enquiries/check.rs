//! What to settle about the enquiries of a case.

use chrono::NaiveDate;

use super::content::EnquiryTexts;
use crate::{
    case::{CaseFile, Enquiry, EnquiryOutcome},
    finding::Finding,
};

impl EnquiryTexts {
    /// Every finding on the enquiries of a case, in the order of the case file.
    #[must_use]
    pub fn check(&self, case: &CaseFile, today: NaiveDate) -> Vec<Finding> {
        let mut findings = Vec::new();
        for entry in self.register(&case.enquiries, today) {
            let Some(number) = entry.number else {
                let said = self.say("enquiry.not-recorded", &[("name", &entry.name)]);
                findings.extend(said.map(|f| f.at("enquiries")));
                continue;
            };
            let found = self.of_one(&entry.enquiry, &entry.name, today);
            let place = format!("enquiries[{number}]");
            findings.extend(found.into_iter().map(|f| f.at(&place)));
        }
        findings
    }

    fn of_one(&self, enquiry: &Enquiry, name: &str, today: NaiveDate) -> Vec<Finding> {
        let mut found = Vec::new();
        let plain = |code: &str| self.say(code, &[("name", name)]);
        if enquiry.is_outstanding() && enquiry.if_outstanding.is_none() {
            let open = match enquiry.outcome {
                EnquiryOutcome::Pending => "open.awaited",
                _ => "open.not-sent",
            };
            let with = [("name", name), ("open", self.word(open))];
            found.extend(self.say("enquiry.no-choice", &with));
        }
        let summarised = is_written(enquiry.summary.as_ref());
        match enquiry.outcome {
            EnquiryOutcome::Concerns => {
                if !summarised {
                    found.extend(plain("enquiry.concerns-no-summary"));
                }
                if !is_written(enquiry.effect.as_ref()) {
                    found.extend(plain("enquiry.no-effect"));
                }
            }
            EnquiryOutcome::NoConcerns if !summarised => found.extend(plain("enquiry.no-summary")),
            EnquiryOutcome::NotSent | EnquiryOutcome::Pending if summarised => {
                found.extend(plain("enquiry.summary-without-reply"));
            }
            _ => {}
        }
        if let Some(words) = self.claims_absence(enquiry) {
            let with = [("name", name), ("words", words)];
            found.extend(self.say("enquiry.absence-claimed", &with));
        }
        let days: Vec<&str> = wrong_days(enquiry, today)
            .into_iter()
            .map(|id| self.word(id))
            .collect();
        if !days.is_empty() {
            let with = [("name", name), ("days", &days.join("; "))];
            found.extend(self.say("enquiry.days", &with));
        }
        found
    }

    /// The words with which silence is turned into an answer, where that happens.
    fn claims_absence(&self, enquiry: &Enquiry) -> Option<&str> {
        // What the agency itself reports after looking is its own to say.
        if matches!(
            enquiry.outcome,
            EnquiryOutcome::NoConcerns | EnquiryOutcome::Concerns
        ) {
            return None;
        }
        let typed = [&enquiry.summary, &enquiry.effect, &enquiry.not_made];
        let text: Vec<&str> = typed.into_iter().flatten().map(String::as_str).collect();
        let text = words_only(&text.join(" . "));
        let mut phrases = self.absence.iter();
        phrases
            .find(|phrase| text.contains(&words_only(phrase)))
            .map(String::as_str)
    }
}

fn is_written(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// Small letters, with one blank before and after each word, so that a phrase is found
/// as whole words however it is typed.
fn words_only(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.fold(" ".to_owned(), |out, word| out + word + " ")
}

fn wrong_days(enquiry: &Enquiry, today: NaiveDate) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    let (sent, replied) = (enquiry.sent, enquiry.replied);
    let past = [sent, replied].into_iter().flatten();
    if past
        .chain(enquiry.chased.iter().copied())
        .any(|day| day > today)
    {
        wrong.push("days.future");
    }
    if sent
        .zip(replied)
        .is_some_and(|(sent, replied)| replied < sent)
    {
        wrong.push("days.reply-first");
    }
    if sent.is_some_and(|sent| enquiry.chased.iter().any(|day| *day < sent)) {
        wrong.push("days.chased-first");
    }
    match enquiry.outcome {
        EnquiryOutcome::NotSent if sent.is_some() => wrong.push("days.sent-not-sent"),
        EnquiryOutcome::Pending if replied.is_some() => wrong.push("days.reply-not-marked"),
        _ => {}
    }
    wrong
}
