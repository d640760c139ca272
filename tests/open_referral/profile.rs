//! The schemas of the Open Referral UK 3.0 profile, as validators that need no network.

use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use serde_json::Value;

/// Where the schemas refer to each other from. Nothing is fetched.
const BASE: &str = "https://profile.example/";

/// A schema of `schemas/`.
pub struct Profile {
    name: String,
    validator: Validator,
}

macro_rules! profiles {
    ($($name:ident = $file:literal),* $(,)?) => {
        $(pub static $name: LazyLock<Profile> =
            LazyLock::new(|| Profile::load($file, include_str!(concat!("schemas/", $file))));)*
    };
}

profiles! {
    SERVICE = "service.json",
    SERVICE_LIST = "service_list.json",
    SERVICE_AT_LOCATION = "service_at_location.json",
    SERVICE_AT_LOCATION_LIST = "service_at_location_list.json",
    ORGANIZATION = "organization.json",
    ORGANIZATION_LIST = "organization_list.json",
    TAXONOMY = "taxonomy.json",
    TAXONOMY_TERM = "taxonomy_term.json",
}

const REFERRED: [(&str, &str); 3] = [
    ("attribute.json", include_str!("schemas/attribute.json")),
    (
        "taxonomy_term.json",
        include_str!("schemas/taxonomy_term.json"),
    ),
    (
        "organization_identifier.json",
        include_str!("schemas/organization_identifier.json"),
    ),
];

impl Profile {
    fn load(name: &'static str, text: &str) -> Self {
        let mut registry = Registry::new();
        for (name, text) in REFERRED {
            let schema: Value = serde_json::from_str(text).unwrap();
            registry = registry.add(format!("{BASE}{name}"), schema).unwrap();
        }
        let registry = registry.prepare().unwrap();
        let mut schema: Value = serde_json::from_str(text).unwrap();
        schema["$id"] = format!("{BASE}{name}").into();
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        let validator = jsonschema::options()
            .with_registry(&registry)
            .should_validate_formats(true)
            .build(&schema)
            .unwrap();
        let name = name.to_owned();
        Self { name, validator }
    }

    /// What an `OpenAPI` document says that `GET path` answers.
    pub fn described(document: &Value, path: &str) -> Self {
        let operation = &document["paths"][path]["get"];
        let mut schema =
            operation["responses"]["200"]["content"]["application/json"]["schema"].clone();
        assert!(schema.is_object(), "{path} is not described");
        // Its references start at the top of the document.
        schema["components"] = document["components"].clone();
        Self {
            name: format!("answer of {path}"),
            validator: jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .unwrap(),
        }
    }

    /// Stops with every fault of the document.
    pub fn check(&self, document: &Value) {
        let faults: Vec<String> = self
            .validator
            .iter_errors(document)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(
            faults.is_empty(),
            "not a {}:\n{}\n{document:#}",
            self.name,
            faults.join("\n")
        );
    }

    /// Whether it refuses a document.
    pub fn refuses(&self, document: &Value) -> bool {
        !self.validator.is_valid(document)
    }
}
