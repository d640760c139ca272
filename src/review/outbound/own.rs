//! The names that belong in a report: hers, her author's, those of services. None is a
//! slip of a name that must not leave. What somebody types freely is not among them, or a
//! name typed there would vouch for itself.

use crate::case::CaseFile;

/// Names that belong in the report, and so are no slip of another's.
pub(super) fn own(case: &CaseFile) -> Vec<&str> {
    let name = &case.woman.name;
    let mut own = vec![name.first.as_str(), &name.last, &case.author.name];
    for service in &case.services {
        own.extend([service.name.as_str(), &service.organisation]);
    }
    own
}

/// Names of agencies and places that texts kept off the report may well hold: no names of
/// people.
pub(super) fn agencies(case: &CaseFile) -> Vec<&str> {
    let mut names = vec![case.author.office.as_str(), &case.hearing.court];
    names.extend(case.woman.lives_in.as_deref());
    names.extend(case.enquiries.iter().map(|e| e.agency.as_str()));
    names
}
