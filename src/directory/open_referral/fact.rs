//! The facts of a record that the standard has no place for: terms of the published
//! taxonomy `fact`, whose words stand in an attribute's `value`.
//!
//! Lives here: their codes, each checked against `taxonomy_terms.csv` at start. Not
//! here: which part of a record each carries (the table in `open_referral`).

/// The taxonomy.
pub const TAXONOMY: &str = "fact";

/// Taxonomy and code of a fact: `fact/owner`.
#[must_use]
pub fn key(code: &str) -> String {
    format!("{TAXONOMY}/{code}")
}

macro_rules! facts {
    ($($name:ident = $code:literal),* $(,)?) => {
        $(#[doc = concat!("Code of the term `fact/", $code, "`.")]
        pub const $name: &str = $code;)*

        /// Every one of them.
        pub(in crate::directory) const ALL: &[&str] = &[$($code),*];
    };
}

facts! {
    FUNDING_END_DATE = "funding-end-date",
    COURT_ASSESSMENT = "court-assessment-working-days",
    VERIFIED_BY = "last-verified-by",
    VERIFIED_HOW = "last-verified-method",
    WAITING_DAYS = "waiting-days",
    PDU = "pdu",
    PCC_AREA = "pcc-area",
    CRS_CONTRACT = "crs-contract",
    NOT_BEFORE = "not-before",
    REGION = "probation-region",
    NATIONAL = "national",
    LOCALITY = "locality",
    AREA_TEXT = "area-text",
    KIND = "kind",
    SETTING = "setting",
    SERVICE_TYPE = "service-type",
    SPECIALIST = "specialist",
    DELIVERY_LOCATIONS = "delivery-locations",
    PARTNER_CONTRACT = "partner-contract",
    STATUS = "status",
    AS_AT = "as-at",
    CONFIDENCE = "confidence",
    SOURCE = "source",
    NOTE = "note",
    RECORDED_CONTRACT_END = "recorded-contract-end",
    DENIED = "denied",
    TERM_SOURCE = "term-source",
    OTHER_TERM = "other-term",
    ACCESSIBILITY = "accessibility",
    OWNER = "owner",
    NEXT_CHECK = "next-check",
    CONFLICT = "conflict",
    FUNDING_NOTE = "funding-note",
    AS_RECORDED = "as-recorded",
}
