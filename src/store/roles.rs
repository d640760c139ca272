//! What people are here to do: the seven roles, and the set of them that one account
//! holds.
//!
//! Not here: what each may do in the store (`AuthorStore`, `CheckerStore`,
//! `KeeperStore` …) or which page each may reach (`web::guard`). A new role is a
//! variant of [`Role`], its word, and a column of `tests/http/role-matrix.md`.

use std::{fmt, str::FromStr};

use super::StoreError;

/// What somebody is here to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Writes reports, and sees her own.
    Author,
    /// May be asked to check a colleague's report, and sees it while she is asked.
    Countersigner,
    /// Answers for a women's centre: sees what is referred to her centre, and no report.
    Assessor,
    /// Keeps her organisations' entries of the directory true, and sees no report.
    DirectoryEditor,
    /// Answers for an area: sees its people and counts, and no report.
    AreaLead,
    /// Looks after accounts, teams and areas, and sees no report.
    Administrator,
    /// Reads who did what, and sees no report.
    Auditor,
}

impl Role {
    /// Every role, in the order in which somebody's work is looked for: who holds
    /// several begins at the first.
    pub const ALL: [Self; 7] = [
        Self::Author,
        Self::Countersigner,
        Self::Assessor,
        Self::DirectoryEditor,
        Self::AreaLead,
        Self::Administrator,
        Self::Auditor,
    ];

    /// The role as people speak of it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Author => "report author",
            Self::Countersigner => "countersigner",
            Self::Assessor => "women’s centre assessor",
            Self::DirectoryEditor => "directory editor",
            Self::AreaLead => "area lead",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Author => "author",
            Self::Countersigner => "countersigner",
            Self::Assessor => "assessor",
            Self::DirectoryEditor => "directory-editor",
            Self::AreaLead => "area-lead",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        })
    }
}

impl FromStr for Role {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.to_string() == text)
            .ok_or_else(|| StoreError::unreadable("an account's role"))
    }
}

/// The roles of one account. One person may write reports and check her colleagues';
/// each page asks for the one role it needs.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Roles(u8);

impl Roles {
    /// Whether a role is among them.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | role.bit())
    }

    /// These without one.
    #[must_use]
    pub fn without(self, role: Role) -> Self {
        Self(self.0 & !role.bit())
    }

    /// Each of them, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    /// The role whose work somebody begins with; none where she holds none any more.
    #[must_use]
    pub fn first(self) -> Option<Role> {
        self.iter().next()
    }

    /// True where there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// As a row holds them: words with a space between, in any order.
    pub(super) fn read(words: &str) -> Result<Self, StoreError> {
        words.split_whitespace().map(Role::from_str).collect()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        roles.into_iter().fold(Self::default(), Self::with)
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Self::default().with(role)
    }
}

impl<const N: usize> From<[Role; N]> for Roles {
    fn from(roles: [Role; N]) -> Self {
        roles.into_iter().collect()
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_into_it_in_one_order() {
        let roles = Roles::from([Role::Auditor, Role::Author]);
        assert!(roles.has(Role::Author) && !roles.has(Role::Administrator));
        assert_eq!(roles.first(), Some(Role::Author));
        assert_eq!(roles.iter().last(), Some(Role::Auditor));
        assert_eq!(roles.without(Role::Author), Role::Auditor.into());
        assert!(
            roles
                .without(Role::Author)
                .without(Role::Auditor)
                .is_empty()
        );
        assert_eq!(Roles::read("auditor author").ok(), Some(roles));
        assert!(Roles::read("author chief").is_err());
    }
}
