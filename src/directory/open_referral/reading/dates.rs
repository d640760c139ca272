//! Days that stand alone: when a record was checked, changed, is to be checked.
//!
//! Lives here: reading them. Not here: two days of which one must come first (`times`).
//! A day that cannot be read, or has not come yet, is told and taken as not known.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Reason, attributes::Attributes, document::Reading, fields::Fields, reason};
use crate::directory::{
    AsAt,
    facts::{Facts, Verified},
};

impl Reading<'_, '_> {
    pub(super) fn as_at(
        &mut self,
        service: Fields<'_>,
        found: &Attributes,
        facts: &Facts,
    ) -> Result<AsAt, Reason> {
        let own = found.one("as-at");
        if !own.is_empty() {
            return Ok(AsAt::read(&own));
        }
        let day = match &facts.verified {
            Some(verified) => Some(verified.on),
            None => facts.modified.map(|at| at.date_naive()),
        };
        // An old file says when it was checked and nothing else.
        let old = self.date(service, "last_updated")?;
        Ok(match day.or(old) {
            Some(day) => AsAt::read(&day.to_string()),
            None => AsAt::read(&self.reader.words.taken.as_at),
        })
    }

    pub(super) fn verified(
        &mut self,
        service: Fields<'_>,
        found: &Attributes,
    ) -> Result<Option<Verified>, Reason> {
        let taken = &self.reader.words.taken;
        Ok(self.date(service, "assured_date")?.map(|on| Verified {
            on,
            by: found.or("last-verified-by", &taken.verified_by),
            how: found.or("last-verified-method", &taken.verified_how),
        }))
    }

    pub(super) fn modified(
        &mut self,
        service: Fields<'_>,
    ) -> Result<Option<DateTime<Utc>>, Reason> {
        let text = self.text(service, "last_modified")?;
        if text.is_empty() {
            return Ok(None);
        }
        let at = DateTime::parse_from_rfc3339(&text).map(|at| at.to_utc());
        let at = at.ok().or_else(|| {
            let midnight = text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0)?;
            Some(midnight.and_utc())
        });
        let remark = &self.reader.words.remark;
        let Some(at) = at else {
            let told = reason!(remark, not_a_date, "property" => "last_modified", "text" => text);
            self.remarks.push(told);
            return Ok(None);
        };
        if at.date_naive() > self.reader.today {
            let told =
                reason!(remark, future, "property" => "last_modified", "date" => at.date_naive());
            self.remarks.push(told);
            return Ok(None);
        }
        Ok(Some(at))
    }

    /// A day that has come; told and taken as not known where it is none.
    pub(super) fn date(
        &mut self,
        of: Fields<'_>,
        key: &'static str,
    ) -> Result<Option<NaiveDate>, Reason> {
        let text = self.text(of, key)?;
        if text.is_empty() {
            return Ok(None);
        }
        let remark = &self.reader.words.remark;
        let told = match day(&text) {
            Some(day) if day <= self.reader.today => return Ok(Some(day)),
            Some(day) => reason!(remark, future, "property" => key, "date" => day),
            None => reason!(remark, not_a_date, "property" => key, "text" => text),
        };
        self.remarks.push(told);
        Ok(None)
    }

    /// The day of a fact; told where it is none.
    pub(super) fn day_of(&mut self, text: &str) -> Option<NaiveDate> {
        let found = day(text);
        if found.is_none() && !text.is_empty() {
            let remark = &self.reader.words.remark;
            let told = reason!(remark, not_a_date, "property" => "attributes", "text" => text);
            self.remarks.push(told);
        }
        found
    }
}

/// The day that a date or a moment names.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let day = text.get(..10)?;
    let rest = &text[10..];
    let whole = rest.is_empty() || rest.starts_with(['T', ' ']);
    day.parse().ok().filter(|_| whole)
}
