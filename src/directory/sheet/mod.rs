//! The sheet about a service that a woman takes home: plain words, and nothing that shows
//! why she has it.
//!
//! Lives here: which facts of a record may stand on it, and which are to be asked. Not
//! here: the sentences and the revealing words (`service-directory/sheet.toml`), or the
//! page. Text of a record is printed only where no word of it reveals anything; its kind,
//! source, status, routes and what it is a specialist for are never printed at all.
//! Another fact is a part of [`Writer::sections`] and a line of the file.

mod words;

use serde::Serialize;

pub(super) use self::words::SheetWords;
use super::{Directory, PublicRecord, Service, Setting, vocabulary::term, words::say};
use crate::english::{day, listed};

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Title of the document, the same for every service.
    pub title: String,
    /// What the sheet is headed with.
    pub heading: String,
    /// What stands under the heading.
    pub under: Vec<String>,
    /// Its parts.
    pub sections: Vec<Section>,
    /// How old it is.
    pub checked: String,
}

/// One part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What is known.
    pub lines: Vec<String>,
    /// What to ask.
    pub asks: Vec<String>,
}

/// The sheet of a service; `None` where it has ended or not opened.
#[must_use]
pub fn sheet(directory: &Directory, record: &PublicRecord) -> Option<Sheet> {
    let service = directory
        .read(vec![(**record).clone()])
        .into_iter()
        .next()?;
    if !service.state.may_be_offered() {
        return None;
    }
    let writer = Writer {
        directory,
        words: &directory.sheet,
        service: &service,
    };
    Some(writer.write())
}

struct Writer<'w> {
    directory: &'w Directory,
    words: &'w SheetWords,
    service: &'w Service,
}

impl Writer<'_> {
    fn write(&self) -> Sheet {
        let (s, says) = (self.service, &self.words.says);
        let organisation = self.safe(&s.organisation);
        let mut under = Vec::new();
        let heading = match (self.safe(&s.name), organisation) {
            (Some(name), Some(organisation)) if !name.contains(&organisation) => {
                under.push(say(&says.run_by, &[("organisation", &organisation)]));
                name
            }
            (Some(name), _) => name,
            (None, Some(organisation)) => organisation,
            (None, None) => {
                under.push(says.hidden_name_note.clone());
                says.hidden_name.clone()
            }
        };
        let checked = s.facts.verified.as_ref().map(|v| v.on);
        let dated = s.as_at.date.map(super::Dated::printed);
        let checked = checked.map(day).or(dated);
        Sheet {
            title: says.title.clone(),
            heading,
            under,
            sections: self.sections(),
            checked: match checked {
                Some(date) => say(&says.checked, &[("date", &date)]),
                None => says.unchecked.clone(),
            },
        }
    }

    fn sections(&self) -> Vec<Section> {
        let (ask, headings) = (&self.words.ask, &self.words.headings);
        let parts: [(&str, Vec<String>, &str); 10] = [
            (&headings.help, self.help(), &ask.help),
            (&headings.who, self.who(), &ask.setting),
            (&headings.when, self.openings(), &ask.when),
            (&headings.place, self.places(), &ask.place),
            (&headings.travel, self.travel(), &ask.travel),
            (&headings.cost, self.cost(), &ask.cost),
            (&headings.children, self.children(), &ask.children),
            (&headings.languages, self.languages(), &ask.languages),
            (&headings.access, self.access(), &ask.access),
            (&headings.phone, self.contact(), &ask.phone),
        ];
        parts
            .into_iter()
            .map(|(heading, lines, ask)| Section {
                heading: heading.to_owned(),
                asks: if lines.is_empty() {
                    vec![ask.to_owned()]
                } else {
                    Vec::new()
                },
                lines,
            })
            .collect()
    }

    fn help(&self) -> Vec<String> {
        let themes = self.service.theme_ids();
        let help = themes.iter().filter_map(|id| self.words.help.get(*id));
        let help: Vec<&String> = help.collect();
        if help.is_empty() {
            return Vec::new();
        }
        vec![say(&self.words.says.help, &[("help", &listed(&help))])]
    }

    fn who(&self) -> Vec<String> {
        let says = &self.words.says;
        let setting = match self.service.setting {
            Setting::WomenOnly => Some(&says.women_only),
            Setting::MixedWithWomensSession => Some(&says.womens_session),
            Setting::Mixed => Some(&says.mixed),
            Setting::Unknown => None,
        };
        let worker = self
            .states(term::FEMALE_WORKER)
            .then_some(&says.female_worker);
        setting.into_iter().chain(worker).cloned().collect()
    }

    /// Days and hours as every page tells them, what happens then left out where it
    /// reveals something.
    fn openings(&self) -> Vec<String> {
        let mut record = self.service.record.clone();
        for opening in &mut record.facts.openings {
            if self.words.reveals(&opening.what) {
                opening.what.clear();
            }
        }
        let each = std::mem::take(&mut record.facts.openings);
        let told = each.into_iter().filter_map(|opening| {
            record.facts.openings = vec![opening];
            let told = self.directory.tell(&record);
            let line = told.into_iter().find(|l| l.key == "openings" && l.known)?;
            self.safe(&line.says)
        });
        told.map(|text| say(&self.words.says.opening, &[("text", &text)]))
            .collect()
    }

    fn places(&self) -> Vec<String> {
        let says = &self.words.says;
        let addresses = self.service.facts.locations.iter().filter(|l| !l.internal);
        let mut lines: Vec<String> = addresses
            .filter_map(|l| {
                let parts = [&l.name, &l.address, &l.town, &l.postcode];
                let parts: Vec<String> = parts.iter().filter_map(|p| self.safe(p)).collect();
                // A town without an address is not yet a place to go to.
                self.safe(&l.address)?;
                Some(say(&says.address, &[("text", &parts.join(", "))]))
            })
            .collect();
        if self.states(term::RESIDENTIAL_CHILDREN) {
            lines.push(says.stay_children.clone());
        } else if self.states(term::RESIDENTIAL) {
            lines.push(says.stay.clone());
        }
        if self.states(term::REMOTE) {
            lines.push(says.remote.clone());
        }
        if self.states(term::OUTREACH) {
            lines.push(says.outreach.clone());
        }
        lines
    }

    fn travel(&self) -> Vec<String> {
        let says = &self.words.says;
        self.either(term::TRAVEL_PAID, &says.travel, &says.no_travel)
    }

    fn cost(&self) -> Vec<String> {
        let cost = self.safe(&self.service.facts.cost);
        let said = cost.map(|text| say(&self.words.says.cost, &[("text", &text)]));
        said.into_iter().collect()
    }

    fn children(&self) -> Vec<String> {
        let says = &self.words.says;
        let mut lines = Vec::new();
        if self.states(term::CRECHE) {
            lines.push(says.creche.clone());
        }
        if self.states(term::CHILDCARE) {
            lines.push(says.childcare.clone());
        }
        if lines.is_empty() && self.denies(term::CRECHE) && self.denies(term::CHILDCARE) {
            lines.push(says.no_childcare.clone());
        }
        lines
    }

    fn languages(&self) -> Vec<String> {
        let (facts, says) = (&self.service.facts, &self.words.says);
        let mut lines = Vec::new();
        if !facts.languages.is_empty() {
            let languages = listed(&facts.languages);
            lines.extend(
                self.safe(&languages)
                    .map(|languages| say(&says.languages, &[("languages", &languages)])),
            );
        }
        let interpreting = self.safe(&facts.interpreting);
        lines.extend(interpreting.map(|text| say(&says.interpreting, &[("text", &text)])));
        lines
    }

    fn access(&self) -> Vec<String> {
        let access = self.words.access.iter();
        access
            .filter(|(code, _)| self.states(&format!("access/{code}")))
            .map(|(_, line)| line.clone())
            .collect()
    }

    fn contact(&self) -> Vec<String> {
        let (s, says) = (self.service, &self.words.says);
        let phones = s
            .facts
            .phones
            .iter()
            .filter(|p| !p.number.trim().is_empty());
        let mut lines: Vec<String> = phones
            .filter_map(|phone| {
                let number = self.safe(&phone.number)?;
                Some(match self.safe(&phone.what) {
                    Some(what) => say(&says.phone_for, &[("what", &what), ("number", &number)]),
                    None => say(&says.phone, &[("number", &number)]),
                })
            })
            .collect();
        let open = |address: &str| {
            let address = address.trim();
            let shown = !address.is_empty() && !self.words.address_reveals(address);
            shown.then(|| address.to_owned())
        };
        lines.extend(open(&s.facts.email).map(|email| say(&says.email, &[("email", &email)])));
        let website = open(&s.website);
        lines.extend(website.map(|website| say(&says.website, &[("website", &website)])));
        lines
    }

    fn either(&self, key: &str, yes: &str, no: &str) -> Vec<String> {
        match (self.states(key), self.denies(key)) {
            (true, _) => vec![yes.to_owned()],
            (_, true) => vec![no.to_owned()],
            _ => Vec::new(),
        }
    }

    fn states(&self, key: &str) -> bool {
        let place = self.directory.vocabulary().place(key);
        place.is_some_and(|place| self.service.stated.has(place))
    }

    fn denies(&self, key: &str) -> bool {
        let place = self.directory.vocabulary().place(key);
        place.is_some_and(|place| self.service.denied.has(place))
    }

    /// A text of the record on one line, where it says something and reveals nothing.
    fn safe(&self, text: &str) -> Option<String> {
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let one_line = one_line.trim_end_matches(['.', ' ']);
        let shown = !one_line.is_empty() && !self.words.reveals(one_line);
        shown.then(|| one_line.to_owned())
    }
}

impl Directory {
    /// Whether a text holds a word that would show why a woman has a sheet.
    #[must_use]
    pub fn reveals(&self, text: &str) -> bool {
        self.sheet.reveals(text)
    }
}
