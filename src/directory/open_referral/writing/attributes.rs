//! The attributes of a document: terms, facts, and what is read out of words.
//!
//! Lives here: making them in order. A new fact is a line in [`facts_of`].

use uuid::Uuid;

use super::super::{DERIVED, fact, fits, ids::Ids, published::Published, types::Attribute};
use crate::directory::{PublicRecord, facts::Stated, service::Service};

/// The attributes of one thing, as they are made.
pub(super) struct Attributes<'w> {
    published: &'w Published,
    link: Uuid,
    entity: &'static str,
    ids: &'w mut Ids,
    made: Vec<Attribute>,
}

impl<'w> Attributes<'w> {
    pub(super) fn new(
        published: &'w Published,
        link: Uuid,
        entity: &'static str,
        ids: &'w mut Ids,
    ) -> Self {
        Self {
            published,
            link,
            entity,
            ids,
            made: Vec::new(),
        }
    }

    pub(super) fn done(self) -> Vec<Attribute> {
        self.made
    }

    /// A fact, where it says anything.
    pub(super) fn fact(&mut self, code: &str, value: &str) {
        if !value.is_empty() {
            self.add(&fact::key(code), Some(value), "");
        }
    }

    fn add(&mut self, key: &str, value: Option<&str>, label: &str) {
        let Some(term) = self.published.term(key) else {
            return;
        };
        let says = value.unwrap_or(label);
        self.made.push(Attribute {
            id: self
                .ids
                .next("attribute", &format!("{}/{key}/{says}", self.link)),
            link_id: Some(self.link),
            link_type: term.taxonomy.clone(),
            link_entity: self.entity.to_owned(),
            taxonomy_term_id: Some(term.id),
            taxonomy_term: Some(term.clone()),
            value: value.map(str::to_owned),
            label: label.to_owned(),
        });
    }

    /// The terms a record states and denies, in its order.
    pub(super) fn terms(&mut self, terms: &[Stated]) {
        for stated in terms {
            if stated.no {
                self.fact(fact::DENIED, &stated.term);
            } else if self.published.term(&stated.term).is_some() {
                self.add(&stated.term, None, "");
            } else {
                self.fact(fact::OTHER_TERM, &stated.term);
            }
            if !stated.source.is_empty() {
                let says = format!("{} {}", stated.term, stated.source);
                self.fact(fact::TERM_SOURCE, &says);
            }
        }
    }

    /// Everything else that only our records have.
    pub(super) fn record(&mut self, record: &PublicRecord) {
        facts_of(record, &mut |code, value| self.fact(code, value));
    }

    /// Terms that the record's words are read as, where it states none itself.
    pub(super) fn derived(&mut self, service: &Service, published: &Published) {
        let stated = |key: &str| {
            let terms = &service.facts.terms;
            terms.iter().any(|t| t.term == key)
        };
        for key in published.read_from(service) {
            if !stated(&key) {
                self.add(&key, None, DERIVED);
            }
        }
    }
}

/// The facts of a record in order: each code with its words, never empty.
pub(in crate::directory::open_referral) fn facts_of(
    record: &PublicRecord,
    say: &mut impl FnMut(&str, &str),
) {
    let mut facts = Facts(say);
    let of = &record.facts;
    facts.one(fact::KIND, &record.kind);
    facts.one(fact::AREA_TEXT, &record.area.text);
    facts.each(fact::PDU, &record.area.pdus);
    facts.each(fact::PCC_AREA, &record.area.police_areas);
    facts.each(fact::REGION, &record.area.regions);
    facts.shown(fact::NATIONAL, record.area.national.then_some(true));
    facts.one(fact::LOCALITY, &record.area.locality);
    facts.each(fact::SETTING, &record.setting_words);
    facts.each(fact::SERVICE_TYPE, &record.service_types);
    facts.each(fact::SPECIALIST, &record.specialist_for);
    facts.each(fact::CRS_CONTRACT, &record.contract);
    facts.one(fact::DELIVERY_LOCATIONS, &record.delivery_locations);
    facts.each(fact::PARTNER_CONTRACT, &record.partner_contracts);
    facts.one(fact::STATUS, &record.status);
    facts.one(fact::AS_AT, &record.as_at.text);
    facts.one(fact::CONFIDENCE, &record.confidence);
    facts.one(fact::SOURCE, &record.source);
    facts.one(fact::NOTE, &record.note);
    facts.shown(fact::RECORDED_CONTRACT_END, record.recorded_contract_end);
    facts.shown(fact::COURT_ASSESSMENT, of.court_assessment_days);
    facts.shown(fact::WAITING_DAYS, of.waiting_days);
    facts.shown(fact::NOT_BEFORE, of.not_before);
    if of.locations.iter().all(|l| l.internal) {
        facts.each(fact::ACCESSIBILITY, &of.accessibility);
    }
    for funding in &of.funding {
        facts.shown(fact::FUNDING_END_DATE, funding.ends);
    }
    facts.one(fact::OWNER, &of.owner);
    if let Some(verified) = &of.verified {
        facts.one(fact::VERIFIED_BY, &verified.by);
        facts.one(fact::VERIFIED_HOW, &verified.how);
    }
    facts.shown(fact::NEXT_CHECK, of.next_check);
    for conflict in &of.conflicts {
        facts.shown(fact::CONFLICT, serde_json::to_string(conflict).ok());
    }
    facts.unfit("url", &record.website, fits::web_address);
    facts.unfit("email", &of.email, fits::email);
    facts.unfit("assurer_email", &of.owner_mailbox, fits::email);
}

struct Facts<'s, S: FnMut(&str, &str)>(&'s mut S);

impl<S: FnMut(&str, &str)> Facts<'_, S> {
    fn one(&mut self, code: &str, value: &str) {
        if !value.is_empty() {
            (self.0)(code, value);
        }
    }

    fn each<'t>(&mut self, code: &str, values: impl IntoIterator<Item = &'t String>) {
        for value in values {
            self.one(code, value);
        }
    }

    fn shown(&mut self, code: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.one(code, &value.to_string());
        }
    }

    /// Words that the property they belong to could not hold.
    fn unfit(&mut self, property: &str, words: &str, fits: fn(&str) -> bool) {
        if !words.is_empty() && !fits(words) {
            self.one(fact::AS_RECORDED, &format!("{property} {words}"));
        }
    }
}
