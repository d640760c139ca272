//! The names that belong in a report: hers, her author's, the court's, those of services
//! and agencies. None is a slip of a name that must not leave.

use crate::case::CaseFile;

/// Names that belong in the report, and so are no slip of another's.
pub(super) fn own(case: &CaseFile) -> Vec<&str> {
    let name = &case.woman.name;
    let author = &case.author;
    let mut own = vec![
        name.title.as_str(),
        &name.first,
        &name.last,
        &author.name,
        &author.role,
        &author.office,
        &case.hearing.court,
    ];
    own.extend(case.woman.lives_in.as_deref());
    for service in &case.services {
        own.extend([service.name.as_str(), &service.organisation]);
    }
    own.extend(case.offences.iter().map(|o| o.title.as_str()));
    own.extend(case.enquiries.iter().map(|e| e.agency.as_str()));
    own
}
