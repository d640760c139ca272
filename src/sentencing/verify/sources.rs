//! Every row says where it comes from, when somebody looked, and what nobody has read.

use crate::{
    content::ContentError,
    sentencing::{
        Provenance, Sourced,
        load::{At, Read},
    },
};

/// Faults of every row's source.
pub(super) fn faults(read: &Read) -> Vec<ContentError> {
    let mut faults = Vec::new();
    faults.extend(each(&read.requirements));
    faults.extend(each(&read.rules));
    faults.extend(each(&read.offences));
    faults.extend(each(&read.ranges));
    faults.extend(each(&read.changes));
    faults.extend(each(&read.programmes));
    faults.extend(each(&read.courts));
    for at in &read.messages {
        if let Some(source) = &at.row.source {
            let said = Provenance {
                what: &at.row.code,
                ..source.provenance()
            };
            // A message may rest on a source that has no address.
            let found = of_any(&said).into_iter();
            faults.extend(found.map(|why| at.fault(why)));
        }
    }
    faults
}

fn each<T: Sourced>(rows: &[At<T>]) -> impl Iterator<Item = ContentError> {
    rows.iter().flat_map(|at| {
        let said = at.row.provenance();
        let found = of_any(&said).into_iter().chain(of_address(&said));
        found.map(|why| at.fault(why)).collect::<Vec<_>>()
    })
}

fn of_any(said: &Provenance<'_>) -> Vec<String> {
    let what = said.what;
    let mut faults = Vec::new();
    if said.citation.trim().is_empty() {
        faults.push(format!("`{what}` has no source; say where it comes from"));
    }
    if said.checked.is_none() {
        faults.push(format!(
            "`{what}` has no `checked`; give the day somebody last looked"
        ));
    }
    if !said.verified && said.to_check.trim().is_empty() {
        faults.push(format!(
            "`{what}` is not verified; say in `to_check` what has to be read"
        ));
    }
    faults
}

fn of_address(said: &Provenance<'_>) -> Option<String> {
    let what = said.what;
    (said.verified && !said.url.starts_with("https://"))
        .then(|| format!("`{what}` is marked verified but has no `url` that begins with https://"))
}
