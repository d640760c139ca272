//! Which people of a provider get which role here.
//!
//! Here: reading a claim's values and the roles they stand for. Not here: how an
//! installation says it (`cli::serve`).

use std::str::FromStr;

use serde_json::{Map, Value};

use crate::store::{Role, Roles};

/// The claim that names what somebody is at the provider, and what each value is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleMapping {
    /// The claim: `roles`, `groups`, or a path such as `realm_access.roles`.
    pub claim: String,
    /// Each value with its role.
    pub pairs: Vec<(String, Role)>,
}

/// A pair that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` does not say which value of the claim is which role; write it as court-reports=author. Roles: {roles}", roles = listed())]
pub struct BadMapping(String);

impl RoleMapping {
    /// Reads one pair, written `value=role`. The value may hold `=` itself.
    ///
    /// # Errors
    /// No `=`, no value, or no such role.
    pub fn pair(text: &str) -> Result<(String, Role), BadMapping> {
        let bad = || BadMapping(text.to_owned());
        let (value, role) = text.rsplit_once('=').ok_or_else(bad)?;
        let (value, role) = (value.trim(), role.trim());
        if value.is_empty() {
            return Err(bad());
        }
        let role = Role::from_str(role).map_err(|_| bad())?;
        Ok((value.to_owned(), role))
    }

    /// The roles that these claims stand for; none where the installation leaves roles
    /// to its administrators.
    #[must_use]
    pub fn of(&self, claims: &Map<String, Value>) -> Option<Roles> {
        if self.pairs.is_empty() {
            return None;
        }
        let values = self.values(claims);
        let stands = |(value, _): &&(String, Role)| values.contains(&value.as_str());
        let roles = self.pairs.iter().filter(stands).map(|(_, role)| *role);
        Some(roles.collect())
    }

    /// Whether the claims hold the one that names roles, or none is looked for.
    #[must_use]
    pub fn found_in(&self, claims: &Map<String, Value>) -> bool {
        self.pairs.is_empty() || at(claims, &self.claim).is_some()
    }

    fn values<'a>(&self, claims: &'a Map<String, Value>) -> Vec<&'a str> {
        match at(claims, &self.claim) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// Every role, as a sentence lists them.
fn listed() -> String {
    Role::ALL.map(|role| role.to_string()).join(", ")
}

/// A claim by its name; where there is none of that name, by a path of names.
fn at<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(value) = claims.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    at(claims.get(first)?.as_object()?, rest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mapping(claim: &str) -> RoleMapping {
        RoleMapping {
            claim: claim.into(),
            pairs: ["court-reports=author", "CN=Seniors,DC=x=countersigner"]
                .map(|text| RoleMapping::pair(text).unwrap())
                .into(),
        }
    }

    fn roles(claim: &str, claims: &Value) -> Vec<Role> {
        let claims = claims.as_object().unwrap();
        let found = mapping(claim).of(claims);
        found.unwrap().iter().collect()
    }

    #[test]
    fn without_a_mapping_the_claims_say_nothing_of_roles() {
        let none = RoleMapping {
            claim: "roles".into(),
            pairs: Vec::new(),
        };
        assert_eq!(none.of(&Map::new()), None);
    }

    #[test]
    fn values_stand_for_roles_and_others_for_none() {
        let both = json!({"roles": ["court-reports", "CN=Seniors,DC=x", "cooks"]});
        assert_eq!(roles("roles", &both), [Role::Author, Role::Countersigner]);
        assert_eq!(
            roles("roles", &json!({"roles": "court-reports"})),
            [Role::Author]
        );
        assert_eq!(roles("roles", &json!({"roles": ["cooks"]})), []);
        assert_eq!(roles("roles", &json!({"roles": 7})), []);
        assert_eq!(roles("groups", &both), []);
    }

    #[test]
    fn a_claim_may_lie_within_another_and_a_dotted_name_is_found_as_it_is() {
        let within = json!({"realm_access": {"roles": ["court-reports"]}});
        assert_eq!(roles("realm_access.roles", &within), [Role::Author]);
        let dotted = json!({"https://x.example/roles": ["court-reports"]});
        assert_eq!(roles("https://x.example/roles", &dotted), [Role::Author]);
    }

    #[test]
    fn a_pair_that_is_none_is_refused_with_the_roles_there_are() {
        for text in [
            "",
            "author",
            "=author",
            "court-reports=",
            "court-reports=judge",
        ] {
            let said = RoleMapping::pair(text).unwrap_err().to_string();
            assert!(said.contains("countersigner"), "{said}");
        }
    }
}
