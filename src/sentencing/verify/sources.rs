//! Every row says where it comes from, when somebody looked, and what nobody has read.

use crate::{
    content::ContentError,
    sentencing::load::{At, Read},
};

/// What a row says about its source.
struct Provenance<'a> {
    what: &'a str,
    citation: &'a str,
    /// Absent where a row of its kind has no address.
    url: Option<&'a str>,
    checked: bool,
    verified: bool,
    to_check: &'a str,
}

/// Faults of every row's source.
pub(super) fn faults(read: &Read) -> Vec<ContentError> {
    let mut faults = Vec::new();
    faults.extend(each(&read.requirements, |r| {
        provenance(
            &r.id,
            &r.statute,
            Some(&r.url),
            r.checked.is_some(),
            r.verified,
            &r.to_check,
        )
    }));
    faults.extend(each(&read.rules, |r| {
        provenance(
            &r.code,
            &r.citation,
            Some(&r.url),
            r.checked.is_some(),
            r.verified,
            &r.to_check,
        )
    }));
    faults.extend(each(&read.offences, |o| {
        provenance(
            &o.id,
            &o.source_words,
            Some(&o.url),
            o.checked.is_some(),
            o.verified,
            &o.to_check,
        )
    }));
    faults.extend(each(&read.ranges, |r| {
        provenance(
            &r.requirement,
            &r.citation,
            Some(&r.url),
            r.checked.is_some(),
            r.verified,
            &r.to_check,
        )
    }));
    faults.extend(each(&read.changes, |c| {
        provenance(
            &c.id,
            &c.citation,
            Some(&c.url),
            c.checked.is_some(),
            c.verified,
            &c.to_check,
        )
    }));
    for at in &read.messages {
        if let Some(s) = &at.row.source {
            let said = provenance(
                &at.row.code,
                &s.citation,
                None,
                s.checked.is_some(),
                s.verified,
                &s.to_check,
            );
            faults.extend(said.faults().into_iter().map(|why| at.fault(why)));
        }
    }
    faults
}

fn each<T>(rows: &[At<T>], of: impl Fn(&T) -> Provenance<'_>) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for at in rows {
        let said = of(&at.row).faults();
        faults.extend(said.into_iter().map(|why| at.fault(why)));
    }
    faults
}

fn provenance<'a>(
    what: &'a str,
    citation: &'a str,
    url: Option<&'a str>,
    checked: bool,
    verified: bool,
    to_check: &'a str,
) -> Provenance<'a> {
    Provenance {
        what,
        citation,
        url,
        checked,
        verified,
        to_check,
    }
}

impl Provenance<'_> {
    fn faults(&self) -> Vec<String> {
        let what = self.what;
        let mut faults = Vec::new();
        if self.citation.trim().is_empty() {
            faults.push(format!("`{what}` has no source; say where it comes from"));
        }
        if self.verified && self.url.is_some_and(|u| !u.starts_with("https://")) {
            faults.push(format!(
                "`{what}` is marked verified but has no `url` that begins with https://"
            ));
        }
        if !self.checked {
            faults.push(format!(
                "`{what}` has no `checked`; give the day somebody last looked"
            ));
        }
        if !self.verified && self.to_check.trim().is_empty() {
            faults.push(format!(
                "`{what}` is not verified; say in `to_check` what has to be read"
            ));
        }
        faults
    }
}
