//! Ages, hours, money and room.
//!
//! Lives here: what has an order that can be wrong, and is refused where it is. Not
//! here: days that stand alone (`document`).

use chrono::{NaiveDate, NaiveTime};

use super::{
    super::fact, Reason, attributes::Attributes, dates::day, document::Reading, fields::Fields,
    reason,
};
use crate::{
    case::Day,
    directory::facts::{Capacity, Funding, Often, Opening},
};

/// Nobody is older.
const OLDEST: f64 = 130.0;

impl Reading<'_, '_> {
    /// Youngest and oldest.
    pub(super) fn ages(&mut self, service: Fields<'_>) -> Result<(Option<u8>, Option<u8>), Reason> {
        let mut from = self.age(service, "minimum_age")?;
        let mut to = self.age(service, "maximum_age")?;
        // Open Referral UK 1.0.
        for who in self.list(service, &["eligibilitys", "eligibilities"])? {
            from = from.or(self.age(who, "minimum_age")?);
            to = to.or(self.age(who, "maximum_age")?);
        }
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let refused = &self.reader.words.refused;
            return Err(reason!(refused, ages, "from" => from, "to" => to));
        }
        Ok((from, to))
    }

    fn age(&mut self, of: Fields<'_>, key: &'static str) -> Result<Option<u8>, Reason> {
        let text = self.text(of, key)?;
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<f64>() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is between 0 and the oldest"
            )]
            Ok(age) if (0.0..=OLDEST).contains(&age) => Ok(Some(age.floor() as u8)),
            Ok(age) if age < 0.0 => {
                let refused = &self.reader.words.refused;
                Err(reason!(refused, age, "property" => key, "age" => text))
            }
            _ => {
                let remark = &self.reader.words.remark;
                let told = reason!(remark, not_a_number, "property" => key, "text" => text);
                self.remarks.push(told);
                Ok(None)
            }
        }
    }

    /// Who may use it, in words.
    pub(super) fn eligibility(&mut self, service: Fields<'_>) -> Result<String, Reason> {
        let said = self.paragraphs(service, "eligibility_description")?;
        if !said.is_empty() {
            return Ok(said);
        }
        let mut all = Vec::new();
        for who in self.list(service, &["eligibilitys", "eligibilities"])? {
            all.push(self.line(who, "eligibility")?);
        }
        all.retain(|who| !who.is_empty());
        Ok(all.join("; "))
    }

    /// Days and hours that hold now or later.
    pub(super) fn openings(&mut self, service: Fields<'_>) -> Result<Vec<Opening>, Reason> {
        let mut all = self.list(service, &["schedules", "regular_schedules"])?;
        for link in self.list(service, &["service_at_locations"])? {
            all.extend(self.list(link, &["schedules", "regular_schedules"])?);
        }
        let mut openings = Vec::new();
        for schedule in all {
            let ends = self.in_order(schedule, "schedules", "valid_from", "valid_to")?;
            self.in_order(schedule, "schedules", "dtstart", "until")?;
            let over = ends.is_some_and(|end| end < self.reader.today);
            let opening = self.opening(schedule)?;
            if !over && opening != Opening::default() && !openings.contains(&opening) {
                openings.push(opening);
            }
        }
        Ok(openings)
    }

    fn opening(&mut self, schedule: Fields<'_>) -> Result<Opening, Reason> {
        let from = self.time(schedule, "opens_at")?;
        let to = self
            .time(schedule, "closes_at")?
            .filter(|to| *to != NaiveTime::MIN);
        let mut what = self.line(schedule, "description")?;
        if what.is_empty() {
            what = self.line(schedule, "notes")?;
        }
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let refused = &self.reader.words.refused;
            let clock = |time: NaiveTime| time.format("%H:%M").to_string();
            let days = self.text(schedule, "byday")?;
            let what = if what.is_empty() {
                days.into_owned()
            } else {
                what
            };
            return Err(
                reason!(refused, hours, "from" => clock(from), "to" => clock(to), "what" => what),
            );
        }
        let monthly = self.text(schedule, "freq")?.eq_ignore_ascii_case("monthly");
        let every = self.text(schedule, "interval")?;
        Ok(Opening {
            days: days(&self.wrong(schedule.first_text(&["byday", "weekday"]))?),
            from,
            to,
            often: if monthly || !matches!(&*every, "" | "1") {
                Often::Monthly
            } else {
                Often::Weekly
            },
            what,
        })
    }

    fn time(&mut self, of: Fields<'_>, key: &str) -> Result<Option<NaiveTime>, Reason> {
        let text = self.text(of, key)?;
        if text.is_empty() {
            return Ok(None);
        }
        let bare = text.trim_end_matches(['Z', 'z']);
        let bare = bare.split(['+', '.']).next().unwrap_or(bare);
        let forms = ["%H:%M:%S", "%H:%M"];
        let time = forms
            .iter()
            .find_map(|form| NaiveTime::parse_from_str(bare, form).ok());
        if time.is_none() {
            let remark = &self.reader.words.remark;
            self.remarks
                .push(reason!(remark, not_a_time, "text" => text));
        }
        Ok(time)
    }

    /// The later of two days, which must not come before the other.
    fn in_order(
        &mut self,
        of: Fields<'_>,
        within: &str,
        from: &str,
        to: &str,
    ) -> Result<Option<NaiveDate>, Reason> {
        let (begins, ends) = (day(&self.text(of, from)?), day(&self.text(of, to)?));
        if let (Some(begins), Some(ends)) = (begins, ends)
            && ends < begins
        {
            let refused = &self.reader.words.refused;
            return Err(reason!(
                refused, dates, "property" => within, "from" => begins, "to" => ends
            ));
        }
        Ok(ends)
    }

    /// What it costs her.
    pub(super) fn cost(&mut self, service: Fields<'_>) -> Result<String, Reason> {
        let mut all = Vec::new();
        for cost in self.list(service, &["cost_options"])? {
            self.in_order(cost, "cost_options", "valid_from", "valid_to")?;
            let option = self.line(cost, "option")?;
            let amount = self.line(cost, "amount")?;
            let currency = self.line(cost, "currency")?;
            let amount = match (amount.as_str(), currency.to_lowercase().as_str()) {
                ("" | "0" | "0.0" | "0.00", _) if !option.is_empty() => String::new(),
                ("", _) => String::new(),
                (amount, "gbp" | "") => format!("£{amount}"),
                (amount, _) => format!("{currency} {amount}"),
            };
            let parts = [option, amount, self.line(cost, "amount_description")?];
            let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            if !said.is_empty() {
                all.push(said.join(": "));
            }
        }
        if all.is_empty() {
            for key in ["fees_description", "fees"] {
                let said = self.paragraphs(service, key)?;
                if !said.is_empty() {
                    return Ok(said);
                }
            }
        }
        Ok(all.join("; "))
    }

    /// Who pays, and until when.
    pub(super) fn funding(
        &mut self,
        service: Fields<'_>,
        found: &Attributes,
    ) -> Result<Vec<Funding>, Reason> {
        let mut all = Vec::new();
        for funding in self.list(service, &["funding", "fundings"])? {
            let of = self.attributes(funding)?;
            all.push(Funding {
                funder: self.line(funding, "source")?,
                ends: day(&of.one(fact::FUNDING_END_DATE)),
                note: of.one(fact::FUNDING_NOTE),
            });
        }
        all.retain(|funding| *funding != Funding::default());
        // A feed that knows funding's source alone has the end on the service.
        if all.iter().all(|funding| funding.ends.is_none())
            && let Some(ends) = day(&found.one(fact::FUNDING_END_DATE))
        {
            match all.as_mut_slice() {
                [one] => one.ends = Some(ends),
                _ => all.push(Funding {
                    ends: Some(ends),
                    ..Funding::default()
                }),
            }
        }
        Ok(all)
    }

    /// How much room there is.
    pub(super) fn capacity(&mut self, service: Fields<'_>) -> Result<Vec<Capacity>, Reason> {
        let mut all = Vec::new();
        for room in self.list(service, &["capacities", "service_capacities"])? {
            let unit = match self.wrong(room.object("unit"))? {
                Some(unit) => self.line(unit, "name")?,
                None => self.line(room, "unit")?,
            };
            all.push(Capacity {
                unit,
                available: self.count(room, "available")?,
                maximum: self.count(room, "maximum")?,
                updated: self.text(room, "updated").map(|text| day(&text))?,
                note: self.line(room, "description")?,
            });
        }
        Ok(all)
    }

    fn count(&mut self, of: Fields<'_>, key: &'static str) -> Result<Option<u32>, Reason> {
        let text = self.text(of, key)?;
        if text.is_empty() {
            return Ok(None);
        }
        let count = text.trim_end_matches(".0").parse().ok();
        if count.is_none() {
            let remark = &self.reader.words.remark;
            let told = reason!(remark, not_a_number, "property" => key, "text" => text);
            self.remarks.push(told);
        }
        Ok(count)
    }
}

/// `MO,TU`, `1MO`, `Monday`, or a list of those.
fn days(text: &str) -> Vec<Day> {
    let mut days = Vec::new();
    for part in text.split([',', ';', ' ']) {
        let letters = part.trim_start_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
        let lower = letters.to_lowercase();
        let day = Day::ALL.into_iter().find(|day| {
            let name = day.name().to_lowercase();
            lower.len() >= 2 && name.starts_with(&lower)
        });
        if let Some(day) = day
            && !days.contains(&day)
        {
            days.push(day);
        }
    }
    days
}
