//! How to reach a service, and in which languages.
//!
//! Lives here: numbers, addresses on the net, languages. Not here: where it is
//! (`places`).

use super::{
    Reason,
    attributes::Attributes,
    document::{MOST_ENTRIES, Reading},
    fields::Fields,
    reason,
};
use crate::directory::facts::Phone;

impl Reading<'_, '_> {
    pub(super) fn phones(&mut self, service: Fields<'_>) -> Result<Vec<Phone>, Reason> {
        let mut all = self.list(service, &["phones"])?;
        for contact in self.list(service, &["contacts"])? {
            // Whom one asks for stays out: a directory outlives the people in it.
            all.extend(self.list(contact, &["phones"])?);
        }
        let mut phones: Vec<Phone> = Vec::new();
        for phone in all {
            let number = self.line(phone, "number")?;
            let what = self.line(phone, "description")?;
            if !number.is_empty() && !phones.iter().any(|p| p.number == number) {
                phones.push(Phone { number, what });
            }
        }
        phones.truncate(MOST_ENTRIES);
        Ok(phones)
    }

    pub(super) fn languages(&mut self, service: Fields<'_>) -> Result<Vec<String>, Reason> {
        let mut names = Vec::new();
        for language in self.list(service, &["languages"])? {
            let mut name = self.line(language, "name")?;
            if name.is_empty() {
                // Open Referral UK 1.0 has the name here; others have only a code.
                name = self.line(language, "language")?;
            }
            if name.is_empty() {
                name = self.line(language, "code")?;
            }
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }

    pub(super) fn website(
        &mut self,
        service: Fields<'_>,
        found: &Attributes,
    ) -> Result<String, Reason> {
        let url = self.line(service, "url")?;
        if url.is_empty() {
            return Ok(found.as_recorded("url"));
        }
        let lower = url.to_ascii_lowercase();
        let web = ["https://", "http://"]
            .iter()
            .any(|start| lower.starts_with(start));
        if web && !url.contains(char::is_whitespace) {
            return Ok(url);
        }
        if lower.starts_with("www.") && !url.contains(char::is_whitespace) {
            return Ok(format!("https://{url}"));
        }
        self.no_address("url", &url);
        Ok(String::new())
    }

    pub(super) fn mailbox(
        &mut self,
        service: Fields<'_>,
        key: &'static str,
        found: &Attributes,
    ) -> Result<String, Reason> {
        let email = self.line(service, key)?;
        if email.is_empty() {
            return Ok(found.as_recorded(key));
        }
        let fits = email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if fits && !email.contains(char::is_whitespace) {
            return Ok(email);
        }
        self.no_address(key, &email);
        Ok(String::new())
    }

    fn no_address(&mut self, property: &str, text: &str) {
        let remark = &self.reader.words.remark;
        let told = reason!(remark, not_an_address, "property" => property, "text" => text);
        self.remarks.push(told);
    }
}
