//! The two example cases, which describe nobody: for trying the program out, and for
//! seeing what a change of content does.

/// Each by its name, as a case file.
pub const EXAMPLES: [(&str, &str); 2] = [
    ("angela", include_str!("../../tests/cases/angela.json")),
    ("miriam", include_str!("../../tests/cases/miriam.json")),
];
