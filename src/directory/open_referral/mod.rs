//! Open Referral UK 3.0: a record as the standard's documents, and back.
//!
//! Lives here: the documents (`types`), writing them (`writing`), whole exports
//! (`export`) and what the read API answers from (`feed`).
//! Reading is in `reading`. Not here: HTTP (`crate::web::api`) and files
//! (`crate::cli::services`). To carry one more fact: a row of
//! `service-directory/taxonomy_terms.csv` in the taxonomy `fact`, its constant in
//! [`fact`], a line in the table below, one in `writing` and one in `reading`.
//!
//! # Where each part of a record stands in the document
//!
//! What the standard has a place for stands there. All else is an *attribute* of the
//! service with a term of our published taxonomies: a term the record states is an
//! attribute with that term and no value; a fact is an attribute with a term of the
//! taxonomy `fact` and its words in `value`. A list is one attribute an item, in order.
//! What is not known is left out, never null. Writing a [`PublicRecord`] and reading
//! the document gives the same record, except `origin`, which each reader sets itself.
//!
//! | Record | Document |
//! | --- | --- |
//! | `id`, `name`, `description` | `id`, `name`, `description` |
//! | `organisation` | `organization.name`; its `id` is made from the name, its `description` is the name again |
//! | `kind` | fact `kind` |
//! | `area.text` | fact `area-text`; also the `name` of a service area where nothing else says where |
//! | `area.local_authorities` | a service area each: `name`, `uri` = [`GSS`] + code |
//! | `area.pdus` | fact `pdu` each (the id); also a service area with the name |
//! | `area.police_areas` | fact `pcc-area` each (the slug); also a service area with name and GSS `uri`, where it works across it |
//! | `area.regions` | fact `probation-region` each (the name); also a service area with the name, where nothing narrower is recorded |
//! | `area.national` | fact `national` = `true`; also a service area of `extent_type` `national` |
//! | `area.locality` | fact `locality` |
//! | `setting_words`, `service_types`, `specialist_for` | facts `setting`, `service-type`, `specialist` |
//! | `contract`, `partner_contracts` | facts `crs-contract`, `partner-contract` |
//! | `delivery_locations` | fact `delivery-locations` |
//! | `referral_routes` | `application_process` |
//! | `status` | fact `status` (the words). The document's `status`: `defunct` where the words are read as historic, `inactive` where not open, `temporarily closed` where it states `referral-state/closed`, else `active` |
//! | `as_at`, `confidence`, `source`, `note` | facts of those names |
//! | `website` | `url` |
//! | `recorded_contract_end` | fact `recorded-contract-end` (YYYY-MM-DD) |
//! | `facts.terms`, stated | an attribute with the term; one not of our taxonomies: fact `other-term` = `taxonomy/code` |
//! | `facts.terms`, denied | fact `denied` = `taxonomy/code`, in the same order among them |
//! | `facts.terms[].source` | fact `term-source` = `taxonomy/code`, a space, the source |
//! | `eligibility`, `minimum_age`, `maximum_age` | `eligibility_description`, `minimum_age`, `maximum_age` |
//! | `cost` | `cost_options[0].amount_description` |
//! | `languages`, `interpreting` | `languages[].name`, `interpretation_services` |
//! | `accessibility` | the `accessibility[].description` of *every* location, in order; with no location, facts `accessibility` |
//! | `openings` | `schedules[]`: `freq`, `byday` (`MO,TU`), `opens_at`, `closes_at` (`09:30`), `description` |
//! | `court_assessment_days`, `waiting_days` | facts `court-assessment-working-days`, `waiting-days` |
//! | `not_before` | fact `not-before` |
//! | `capacity` | `capacities[]`: `unit.name`, `available`, `maximum`, `description`, `updated` (midnight UTC of the day) |
//! | `alert` | `alert` |
//! | `funding` | `funding[]`: `source`; its `attributes` carry facts `funding-end-date`, `funding-note`. `funding-end-date` also stands on the service, for readers that know funding's source alone: not read where `funding` has one |
//! | `owner`, `owner_mailbox` | fact `owner`; `assurer_email` |
//! | `verified` | `assured_date`, facts `last-verified-by`, `last-verified-method` |
//! | `next_check` | fact `next-check` |
//! | `locations` | `service_at_locations[].location`: `name`, `latitude`, `longitude`, and one address (`address_1`, `city`, `postal_code`; what it requires and is not known is empty) where any of the three is known. Internal ones never |
//! | `phones` | `phones[]`: `number`, `description`; the same again in `contacts[0].phones`, with the same ids |
//! | `email` | `email` |
//! | `conflicts` | fact `conflict` each: a JSON object with the five keys |
//! | `modified` | `last_modified`, to the millisecond |
//! | `internal_only` | such a record is never written |
//! | `origin` | not written |
//!
//! `url`, `email` and `assurer_email` must fit a format; words that do not fit stand
//! as fact `as-recorded` = the property's name, a space, the words.
//!
//! An attribute whose `label` is [`DERIVED`] is what *we* read out of the record's
//! words (setting, levels), for readers who know only terms. Reading a
//! document passes over it: the words themselves are there.

pub mod export;
pub mod fact;
mod feed;
mod fits;
pub mod ids;
mod published;
mod reach;
pub mod reading;
pub mod types;
mod writing;

pub use self::{
    feed::{Feed, Near, OpenAt, Query},
    published::Published,
    writing::Writer,
};

/// Start of the `uri` of an area that has an ONS code.
pub const GSS: &str = "http://statistics.data.gov.uk/id/statistical-geography/";

/// Label of an attribute that was read out of a record's words.
pub const DERIVED: &str = "read from the record's words";
