//! The page assets inside the program, served under an address that changes with
//! their content, so that browsers may keep them for good.
//!
//! Lives here: the list of files. Not here: fetching them (`assets/build.rs`). To
//! add a file, put it in `assets/` and name it in [`FILES`].

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::error::Error;

struct File {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

static FILES: [File; 12] = [
    File {
        name: "govuk-frontend.css",
        kind: CSS,
        bytes: include_bytes!(concat!(env!("OUT_DIR"), "/assets/govuk-frontend.css")),
    },
    File {
        name: "govuk-frontend.js",
        kind: JAVASCRIPT,
        bytes: include_bytes!(concat!(env!("OUT_DIR"), "/assets/govuk-frontend.js")),
    },
    File {
        name: "application.css",
        kind: CSS,
        bytes: include_bytes!("assets/application.css"),
    },
    File {
        name: "application.js",
        kind: JAVASCRIPT,
        bytes: include_bytes!("assets/application.js"),
    },
    File {
        name: "autosave.js",
        kind: JAVASCRIPT,
        bytes: include_bytes!("assets/autosave.js"),
    },
    File {
        name: "preview.js",
        kind: JAVASCRIPT,
        bytes: include_bytes!("assets/preview.js"),
    },
    File {
        name: "sending.js",
        kind: JAVASCRIPT,
        bytes: include_bytes!("assets/sending.js"),
    },
    File {
        name: "session.js",
        kind: JAVASCRIPT,
        bytes: include_bytes!("assets/session.js"),
    },
    File {
        name: "directory.css",
        kind: CSS,
        bytes: include_bytes!("assets/directory.css"),
    },
    File {
        name: "directory.js",
        kind: JAVASCRIPT,
        bytes: include_bytes!("assets/directory.js"),
    },
    File {
        name: "early.js",
        kind: JAVASCRIPT,
        bytes: include_bytes!("assets/early.js"),
    },
    File {
        name: "favicon.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("assets/favicon.svg"),
    },
];

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut all = Sha256::new();
    for file in &FILES {
        all.update(file.name);
        all.update(file.bytes);
    }
    URL_SAFE_NO_PAD.encode(&all.finalize()[..9])
});

/// Where pages find their assets.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(transparent)]
pub struct AssetFolder(&'static str);

impl AssetFolder {
    /// The address of this program's assets, without a slash at its end.
    #[must_use]
    pub fn current() -> Self {
        static ADDRESS: LazyLock<String> = LazyLock::new(|| format!("/assets/{}", *VERSION));
        Self(ADDRESS.as_str())
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// `GET /assets/{version}/{file}`: one embedded file.
///
/// # Errors
/// No such file, or another program's version of it.
pub async fn show(Path((version, name)): Path<(String, String)>) -> Result<Response, Error> {
    let file = FILES
        .iter()
        .find(|f| f.name == name && version == *VERSION)
        .ok_or_else(Error::not_found)?;
    let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
    Ok((
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(file.kind)),
            (header::CACHE_CONTROL, keep),
        ],
        file.bytes,
    )
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> &'static str {
        let file = FILES.iter().find(|f| f.name == name).unwrap();
        std::str::from_utf8(file.bytes).unwrap()
    }

    #[test]
    fn no_style_sheet_names_gov_uks_typeface_or_crest() {
        for name in ["govuk-frontend.css", "application.css", "directory.css"] {
            for mark in [
                "GDS Transport",
                "crest",
                "@font-face",
                "url(http",
                "@import",
            ] {
                assert!(!text(name).contains(mark), "{name} holds {mark}");
            }
        }
        assert!(text("govuk-frontend.css").contains(".govuk-button"));
    }

    #[test]
    fn scripts_import_only_files_that_are_served() {
        for file in FILES.iter().filter(|f| f.kind == JAVASCRIPT) {
            for line in text(file.name).lines().filter(|l| l.starts_with("import ")) {
                let from = line.split("'./").nth(1).and_then(|l| l.split('\'').next());
                let name = from.unwrap_or_else(|| panic!("{}: {line}", file.name));
                assert!(
                    FILES.iter().any(|f| f.name == name),
                    "{}: {name}",
                    file.name
                );
            }
        }
        assert!(text("govuk-frontend.js").contains("initAll"));
    }

    #[test]
    fn no_script_of_ours_keeps_anything_in_the_browser() {
        let ours = [
            "application.js",
            "autosave.js",
            "directory.js",
            "preview.js",
            "sending.js",
            "session.js",
            "early.js",
        ];
        for name in ours {
            for kept in [
                "localStorage",
                "sessionStorage",
                "indexedDB",
                "caches.",
                "cookie",
            ] {
                assert!(!text(name).contains(kept), "{name} uses {kept}");
            }
        }
    }
}
