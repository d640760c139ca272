//! Ids of the parts of a document, made from what they say, so that the same record
//! gives the same ids in every process, export and release.
//!
//! Lives here: making them. Not here: ids of services and terms, which are recorded.

use std::collections::HashMap;

use uuid::Uuid;

/// What every id made here descends from. It never changes: readers keep our ids.
const NAMESPACE: Uuid = Uuid::from_u128(0x8c1f_5d2e_7a3b_5e64_9b0d_2f6a_4c81_7e35);

/// The id of the organisation of a name; capitals and spaces around it do not matter.
#[must_use]
pub fn organization(name: &str) -> Uuid {
    of("organization", &name.trim().to_lowercase())
}

/// The id of what is counted: `place`.
#[must_use]
pub fn unit(name: &str) -> Uuid {
    of("unit", &name.trim().to_lowercase())
}

/// A recorded id, or one made from it where it is no UUID.
#[must_use]
pub fn recorded(id: &str) -> Uuid {
    Uuid::try_parse(id).unwrap_or_else(|_| of("recorded", id))
}

fn of(kind: &str, what: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind}/{what}").as_bytes())
}

/// Ids of the parts of one service.
pub(super) struct Ids {
    service: Uuid,
    seen: HashMap<Uuid, usize>,
}

impl Ids {
    pub(super) fn of(service: Uuid) -> Self {
        Self {
            service,
            seen: HashMap::new(),
        }
    }

    /// The id of a part that says `what`; of the second that says the same, another.
    /// Made from the words and not the place in the list, so that taking one part out
    /// leaves the ids of the others.
    pub(super) fn next(&mut self, kind: &str, what: &str) -> Uuid {
        let id = Uuid::new_v5(&self.service, format!("{kind}/{what}").as_bytes());
        let times = self.seen.entry(id).or_default();
        *times += 1;
        match *times {
            1 => id,
            nth => Uuid::new_v5(&id, nth.to_string().as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_depends_on_what_a_part_says_and_not_on_where_it_stands() {
        let service = Uuid::from_u128(7);
        let mut one = Ids::of(service);
        let (a, b) = (one.next("phone", "01"), one.next("phone", "02"));
        let mut other = Ids::of(service);
        assert_eq!(other.next("phone", "02"), b);
        assert_eq!(other.next("phone", "01"), a);
        let again = other.next("phone", "01");
        assert!(again != a && again != b);
        assert_ne!(Ids::of(Uuid::from_u128(8)).next("phone", "01"), a);
    }

    #[test]
    fn an_organisation_is_one_whatever_its_capitals() {
        assert_eq!(organization("Women's Work "), organization("women's work"));
        assert_ne!(organization("Women's Work"), organization("Women in Work"));
    }
}
