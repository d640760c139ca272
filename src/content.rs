//! Content packs as text: the files of `report-templates/` and
//! `service-directory/`, and the errors that say which file and line is wrong.
//!
//! Lives here: reading and naming. Not here: what any file means; each room has
//! its own `load` that takes [`ContentFiles`]. Nothing here knows a database or a
//! clock, and after [`ContentFiles::embedded`] or [`ContentFiles::from_folder`]
//! nothing reads the disk again.

pub mod items;
mod source;
mod speaking;

use std::{collections::BTreeMap, fmt, path::Path};

use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

pub use self::{
    source::{SourceRow, day},
    speaking::unmarked_words,
};

#[derive(RustEmbed)]
#[folder = "report-templates/"]
#[prefix = "report-templates/"]
struct ReportTemplates;

#[derive(RustEmbed)]
#[folder = "service-directory/"]
#[prefix = "service-directory/"]
struct ServiceDirectory;

/// The two folders a content pack is made of.
pub const FOLDERS: [&str; 2] = ["report-templates", "service-directory"];

/// One fault in a content file, told so that the person who wrote it can mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ContentError {
    /// Path from the top of the content folder, such as
    /// `report-templates/interview/children.toml`.
    pub file: String,
    /// Line in that file, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl ContentError {
    /// A fault in `file`.
    #[must_use]
    pub fn new(file: &str, line: Option<usize>, reason: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            reason: reason.into(),
        }
    }
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

/// The text of every content file by its path.
#[derive(Debug, Clone, Default)]
pub struct ContentFiles {
    files: BTreeMap<String, String>,
}

impl ContentFiles {
    /// The content compiled into the program (read from the source tree in a
    /// development build, so that a changed prompt needs no rebuild).
    ///
    /// # Errors
    /// A file that is not UTF-8.
    pub fn embedded() -> Result<Self, ContentError> {
        let mut files = BTreeMap::new();
        let all = ReportTemplates::iter()
            .map(|p| (ReportTemplates::get(&p), p))
            .chain(ServiceDirectory::iter().map(|p| (ServiceDirectory::get(&p), p)));
        for (file, path) in all {
            if let Some(file) = file {
                files.insert(path.to_string(), utf8(&path, &file.data)?);
            }
        }
        Ok(Self { files })
    }

    /// The content of a folder that holds `report-templates/` and
    /// `service-directory/`.
    ///
    /// # Errors
    /// A folder that is missing or cannot be read, or a file that is not UTF-8.
    pub fn from_folder(root: &Path) -> Result<Self, ContentError> {
        let mut files = BTreeMap::new();
        for folder in FOLDERS {
            read_folder(root, folder, &mut files)?;
        }
        Ok(Self { files })
    }

    /// Content given as path and text: for tests and previews.
    pub fn from_pairs<P: Into<String>, T: Into<String>>(
        pairs: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        Self {
            files: pairs
                .into_iter()
                .map(|(p, t)| (p.into(), t.into()))
                .collect(),
        }
    }

    /// Replaces or adds one file.
    pub fn set(&mut self, path: &str, text: impl Into<String>) {
        self.files.insert(path.to_owned(), text.into());
    }

    /// The text of one file.
    ///
    /// # Errors
    /// The file is not there.
    pub fn text(&self, path: &str) -> Result<&str, ContentError> {
        self.files
            .get(path)
            .map(String::as_str)
            .ok_or_else(|| ContentError::new(path, None, "this file is missing from the content"))
    }

    /// Paths and texts under a folder, such as `report-templates/interview/`, in
    /// order of path.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// One TOML file as a typed value.
    ///
    /// # Errors
    /// The file is missing, is not TOML, or does not fit `T`: with the line.
    pub fn toml<T: DeserializeOwned>(&self, path: &str) -> Result<T, ContentError> {
        let text = self.text(path)?;
        toml::from_str(text).map_err(|e| {
            let line = e.span().map(|span| line_of(text, span.start));
            ContentError::new(path, line, e.message().trim().to_owned())
        })
    }
}

/// The line, counted from 1, that holds byte `at` of `text`.
#[must_use]
pub fn line_of(text: &str, at: usize) -> usize {
    let end = at.min(text.len());
    text.as_bytes()[..end].split(|b| *b == b'\n').count()
}

fn utf8(path: &str, bytes: &[u8]) -> Result<String, ContentError> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let line = bytes[..e.valid_up_to()].split(|b| *b == b'\n').count();
        ContentError::new(path, Some(line), "this file is not UTF-8; save it as UTF-8")
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn read_folder(
    root: &Path,
    folder: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<(), ContentError> {
    let cannot =
        |e: std::io::Error| ContentError::new(folder, None, format!("cannot be read: {e}"));
    for entry in std::fs::read_dir(root.join(folder)).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_folder(root, &path, files)?;
        } else {
            let bytes = std::fs::read(entry.path())
                .map_err(|e| ContentError::new(&path, None, format!("cannot be read: {e}")))?;
            files.insert(path.clone(), utf8(&path, &bytes)?);
        }
    }
    Ok(())
}
