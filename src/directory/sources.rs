//! Where each file of the folder comes from: `service-directory/sources.toml`.
//!
//! Lives here: the list, and the check that it is whole. Not here: the source of a
//! single record, which the record carries. A new file needs an entry there.

use serde::{Deserialize, Serialize};

use super::FOLDER;
use crate::content::{ContentError, ContentFiles};

const FILE: &str = "service-directory/sources.toml";

/// Where a file comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSource {
    /// The file, from the top of the folder.
    pub file: String,
    /// What it holds.
    pub holds: String,
    /// Who published it.
    pub source: String,
    /// Under what licence, with the attribution it asks for.
    pub licence: String,
    /// What date it shows.
    pub as_at: String,
}

/// The whole list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sources {
    /// The files of the folder.
    #[serde(rename = "source")]
    pub(super) files: Vec<FileSource>,
    /// What is said of the postcode directory where one is loaded; its date is its name.
    loaded_postcodes: FileSource,
}

impl Sources {
    /// The same with the postcode directory that `made_from` names.
    pub(super) fn with_postcodes(&self, made_from: &str) -> Self {
        let mut sources = self.clone();
        sources.files.push(FileSource {
            as_at: made_from.to_owned(),
            ..self.loaded_postcodes.clone()
        });
        sources
    }
}

/// Reads the list and checks it against the folder, both ways.
pub(super) fn load(files: &ContentFiles, faults: &mut Vec<ContentError>) -> Sources {
    let sources = match files.toml::<Sources>(FILE) {
        Ok(sources) => sources,
        Err(fault) => {
            faults.push(fault);
            return Sources::default();
        }
    };
    let listed = &sources.files;
    for source in listed {
        if files.text(&format!("{FOLDER}{}", source.file)).is_err() {
            let reason = format!("“{}” is listed and is not in the folder", source.file);
            faults.push(ContentError::new(FILE, None, reason));
        }
        let parts = [
            &source.holds,
            &source.source,
            &source.licence,
            &source.as_at,
        ];
        if parts.iter().any(|part| part.trim().is_empty()) {
            let reason = format!(
                "“{}” needs all of holds, source, licence and as_at",
                source.file
            );
            faults.push(ContentError::new(FILE, None, reason));
        }
    }
    for (path, _) in files.under(FOLDER) {
        let name = path.strip_prefix(FOLDER).unwrap_or(path);
        let data = has_ending(name, "csv") || has_ending(name, "toml");
        if data && path != FILE && !listed.iter().any(|s| s.file == name) {
            let reason = format!("has no entry in {FILE}; add its source, licence and date there");
            faults.push(ContentError::new(path, None, reason));
        }
    }
    sources
}

fn has_ending(name: &str, ending: &str) -> bool {
    std::path::Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case(ending))
}
