//! The description of the API for programs: `openapi.json`.
//!
//! Lives here: reading it. A test holds it to the routes and the parameters.

use serde_json::{Value, json};

use super::problem::Problem;

const TEXT: &str = include_str!("openapi.json");

/// The description, of the API that is reached at `base`.
pub(super) fn document(base: &str) -> Result<Value, Problem> {
    let mut document: Value = serde_json::from_str(TEXT).map_err(|_| Problem::broken())?;
    document["servers"] = json!([{ "url": base }]);
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::{
        super::params::{Address, KNOWN},
        *,
    };

    #[test]
    fn it_names_every_parameter_where_it_can_be_asked_and_no_other() {
        let document = document("https://foreword.example").unwrap();
        for (path, address) in [
            ("/services", Address::Services),
            ("/service_at_locations", Address::AtLocations),
            ("/organizations", Address::Organizations),
            ("/taxonomies", Address::Taxonomies),
            ("/taxonomy_terms", Address::Terms),
        ] {
            let named = document["paths"][path]["get"]["parameters"].as_array();
            let mut named: Vec<&str> = named
                .unwrap()
                .iter()
                .filter_map(|p| p["$ref"].as_str()?.rsplit('/').next())
                .collect();
            let mut known: Vec<&str> = KNOWN
                .iter()
                .filter(|(_, at)| at.contains(&address))
                .map(|(name, _)| *name)
                .collect();
            named.sort_unstable();
            known.sort_unstable();
            assert_eq!(named, known, "{path}");
        }
        for (name, _) in KNOWN {
            let said = &document["components"]["parameters"][name];
            assert_eq!(said["name"], name);
            assert!(said["description"].as_str().is_some_and(|d| !d.is_empty()));
        }
    }
}
