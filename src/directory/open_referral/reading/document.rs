//! One service of a document as a record.
//!
//! Lives here: its own properties, and the order in which the rest is read. Not here:
//! places and areas (`places`), attributes (`attributes`), hours, money and room
//! (`times`). Which property stands where is the table in `open_referral`.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    Reader, Reason, Taken,
    attributes::Attributes,
    fields::{Fields, Wrong},
    reason,
    text::{LeftOut, line, paragraphs},
};
use crate::directory::{
    Record,
    facts::{Facts, Origin, Stated},
    vocabulary::term,
};

/// Characters of a name or another single line.
pub(super) const LINE: usize = 300;
/// Characters of a description or another text of several paragraphs.
const PARAGRAPHS: usize = 6_000;
/// Entries of one list.
pub(super) const MOST_ENTRIES: usize = 300;

/// A service being read, with what is found on the way.
pub(super) struct Reading<'r, 'd> {
    pub(super) reader: &'r Reader<'d>,
    pub(super) remarks: Vec<Reason>,
    left_out: LeftOut,
}

pub(super) fn read(reader: &Reader<'_>, object: &Map<String, Value>) -> Result<Taken, Reason> {
    let mut reading = Reading {
        reader,
        remarks: Vec::new(),
        left_out: LeftOut::default(),
    };
    let record = reading.record(Fields::new(object))?;
    Ok(Taken {
        record,
        remarks: reading.remarks,
    })
}

impl Reading<'_, '_> {
    fn record(&mut self, service: Fields<'_>) -> Result<Record, Reason> {
        let words = self.reader.words;
        let feed_id = self.line(service, "id")?;
        if feed_id.is_empty() {
            return Err(reason!(words.refused, no_id));
        }
        let name = self.line(service, "name")?;
        if name.is_empty() {
            return Err(reason!(words.refused, no_name));
        }
        let found = self.attributes(service)?;
        let organisation = match self.wrong(service.object("organization"))? {
            Some(organisation) => self.line(organisation, "name")?,
            None => String::new(),
        };
        let status = self.line(service, "status")?;
        let mut facts = self.facts(service, &found)?;
        facts.origin = Some(Origin {
            feed: self.reader.feed.clone(),
            id: feed_id.clone(),
        });
        let mut area = self.area(service, &found)?;
        self.places(service, &mut area, &mut facts)?;
        facts.accessibility.extend(found.all("accessibility"));
        let (description, left_out) = paragraphs(&self.text(service, "description")?, PARAGRAPHS);
        self.note("description", left_out);
        let as_at = self.as_at(service, &found, &facts)?;
        let record = Record {
            id: self.id(&feed_id),
            name,
            organisation,
            kind: found.one("kind"),
            description,
            area,
            setting_words: found.all("setting"),
            service_types: [found.all("service-type"), found.words.clone()].concat(),
            specialist_for: found.all("specialist"),
            contract: Some(found.one("crs-contract")).filter(|c| !c.is_empty()),
            delivery_locations: found.one("delivery-locations"),
            partner_contracts: found.all("partner-contract"),
            referral_routes: self.paragraphs(service, "application_process")?,
            status: self.status(&status, &found, &mut facts),
            as_at,
            confidence: found.or("confidence", &words.taken.confidence),
            website: self.website(service, &found)?,
            source: found.or(
                "source",
                &reason!(words.taken, source, "feed" => self.reader.feed).says,
            ),
            note: found.one("note"),
            recorded_contract_end: self.day_of(&found.one("recorded-contract-end")),
            facts,
        };
        self.tell_terms(&found);
        self.tell_missing(&record);
        self.tell_left_out();
        Ok(record)
    }

    fn facts(&mut self, service: Fields<'_>, found: &Attributes) -> Result<Facts, Reason> {
        let (minimum_age, maximum_age) = self.ages(service)?;
        let funding = self.funding(service, found)?;
        let not_before = self.day_of(&found.one("not-before"));
        if let (Some(from), Some(to)) = (not_before, funding.iter().filter_map(|f| f.ends).max())
            && to < from
        {
            let refused = &self.reader.words.refused;
            return Err(reason!(refused, funding, "from" => from, "to" => to));
        }
        let owner_mailbox = self.mailbox(service, "assurer_email", found)?;
        Ok(Facts {
            terms: found.terms.clone(),
            eligibility: self.eligibility(service)?,
            minimum_age,
            maximum_age,
            cost: self.cost(service)?,
            languages: self.languages(service)?,
            interpreting: self.paragraphs(service, "interpretation_services")?,
            openings: self.openings(service)?,
            court_assessment_days: found.number("court-assessment-working-days"),
            waiting_days: found.number("waiting-days"),
            not_before,
            capacity: self.capacity(service)?,
            alert: self.paragraphs(service, "alert")?,
            funding,
            owner: found.one("owner"),
            owner_mailbox,
            verified: self.verified(service, found)?,
            next_check: self.day_of(&found.one("next-check")),
            phones: self.phones(service)?,
            email: self.mailbox(service, "email", found)?,
            conflicts: found.conflicts.clone(),
            modified: self.modified(service)?,
            ..Facts::default()
        })
    }

    /// The feed's own id where it is a UUID, and one made of it where it is not.
    fn id(&mut self, given: &str) -> String {
        if let Ok(id) = Uuid::try_parse(given) {
            return id.hyphenated().to_string();
        }
        let remark = &self.reader.words.remark;
        self.remarks.push(reason!(remark, id_made, "id" => given));
        let whole = format!("{}#{given}", self.reader.feed);
        Uuid::new_v5(&Uuid::NAMESPACE_URL, whole.as_bytes()).to_string()
    }

    /// The words of our own export where they stand; else the standard's, as a word
    /// that `readings.toml` reads.
    fn status(&mut self, given: &str, found: &Attributes, facts: &mut Facts) -> String {
        let own = found.one("status");
        if !own.is_empty() {
            return own;
        }
        let taken = &self.reader.words.taken;
        let word = match given.to_lowercase().as_str() {
            "active" => &taken.active,
            "inactive" => &taken.inactive,
            "defunct" => &taken.defunct,
            "temporarily closed" => {
                let closed = Stated::yes(term::CLOSED);
                if !facts.terms.iter().any(|t| t.term == closed.term) {
                    facts.terms.push(closed);
                }
                &taken.closed
            }
            "" => &taken.no_status,
            _ => {
                let remark = &self.reader.words.remark;
                self.remarks
                    .push(reason!(remark, status, "status" => given));
                return given.to_owned();
            }
        };
        word.clone()
    }

    fn tell_missing(&mut self, record: &Record) {
        let say = &self.reader.words.missing;
        let facts = &record.facts;
        let reachable =
            !facts.phones.is_empty() || !facts.email.is_empty() || !record.website.is_empty();
        let routes = facts
            .terms
            .iter()
            .any(|t| t.term.starts_with("referral-route/"));
        let area = &record.area;
        let nowhere = area.local_authorities.is_empty()
            && area.pdus.is_empty()
            && area.police_areas.is_empty()
            && area.regions.is_empty()
            && !area.national;
        let missing: Vec<&str> = [
            (record.organisation.is_empty(), &say.organisation),
            (record.description.is_empty(), &say.description),
            (nowhere, &say.area),
            (!reachable, &say.contact),
            (record.referral_routes.is_empty() && !routes, &say.referral),
            (record.as_at.date.is_none(), &say.date),
        ]
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, what)| what.as_str())
        .collect();
        if !missing.is_empty() {
            let remark = &self.reader.words.remark;
            let told = reason!(remark, missing, "what" => missing.join("; "));
            self.remarks.push(told);
        }
    }

    fn tell_left_out(&mut self) {
        let remark = &self.reader.words.remark;
        if self.left_out.script {
            self.remarks.push(reason!(remark, script));
        } else if self.left_out.markup {
            self.remarks.push(reason!(remark, markup));
        }
    }

    pub(super) fn note(&mut self, property: &str, left_out: LeftOut) {
        self.left_out.markup |= left_out.markup;
        self.left_out.script |= left_out.script;
        if left_out.end {
            let remark = &self.reader.words.remark;
            self.remarks
                .push(reason!(remark, cut, "property" => property));
        }
    }

    /// A property of one line, cleaned.
    pub(super) fn line(&mut self, of: Fields<'_>, key: &'static str) -> Result<String, Reason> {
        let (text, left_out) = line(&self.text(of, key)?, LINE);
        self.note(key, left_out);
        Ok(text)
    }

    /// A property of several paragraphs, cleaned.
    pub(super) fn paragraphs(
        &mut self,
        of: Fields<'_>,
        key: &'static str,
    ) -> Result<String, Reason> {
        let (text, left_out) = paragraphs(&self.text(of, key)?, PARAGRAPHS);
        self.note(key, left_out);
        Ok(text)
    }

    pub(super) fn text<'v>(
        &self,
        of: Fields<'v>,
        key: &str,
    ) -> Result<std::borrow::Cow<'v, str>, Reason> {
        self.wrong(of.text(key))
    }

    /// The objects of a list, no more than are wanted.
    pub(super) fn list<'v>(
        &mut self,
        of: Fields<'v>,
        keys: &[&'static str],
    ) -> Result<Vec<Fields<'v>>, Reason> {
        let mut all = self.wrong(of.list(keys))?;
        if all.len() > MOST_ENTRIES {
            let remark = &self.reader.words.remark;
            let property = keys.first().copied().unwrap_or_default();
            let told = reason!(
                remark, left_out,
                "property" => property, "count" => all.len(), "most" => MOST_ENTRIES
            );
            self.remarks.push(told);
            all.truncate(MOST_ENTRIES);
        }
        Ok(all)
    }

    pub(super) fn wrong<T>(&self, read: Result<T, Wrong>) -> Result<T, Reason> {
        let refused = &self.reader.words.refused;
        read.map_err(|wrong| {
            reason!(
                refused, wrong_type,
                "property" => wrong.property, "what" => wrong.what, "wanted" => wrong.wanted
            )
        })
    }
}
