//! Fetches the pinned GOV.UK Frontend with npm, takes out what a service off
//! gov.uk may not use (its typeface and its crest), and leaves the files in
//! `OUT_DIR/assets` for `assets.rs` to embed. Nothing third-party is committed.
//!
//! To move to a newer release: change `package.json`, run
//! `npm install --package-lock-only` beside it, and look at the pages.
//!
//! Packaging without a network: set `GOVUK_ASSETS_DIR` to a folder that holds
//! `govuk-frontend.min.css` and `govuk-frontend.min.js`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

const HERE: &str = "src/web/assets";
const CSS: &str = "govuk-frontend.min.css";
const JS: &str = "govuk-frontend.min.js";

fn main() -> ExitCode {
    for file in ["build.rs", "package.json", "package-lock.json"] {
        println!("cargo::rerun-if-changed={HERE}/{file}");
    }
    println!("cargo::rerun-if-env-changed=GOVUK_ASSETS_DIR");
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(said) => {
            eprintln!("\nForeword's page assets could not be built.\n{said}\n");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo did not name OUT_DIR")?);
    let from = match env::var_os("GOVUK_ASSETS_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => installed_by_npm(&out.join("npm"))?,
    };
    let to = out.join("assets");
    fs::create_dir_all(&to).map_err(|e| told(&to, &e))?;
    write(
        &to.join("govuk-frontend.css"),
        &unbranded(&read(&from.join(CSS))?)?,
    )?;
    write(
        &to.join("govuk-frontend.js"),
        without_source_map(&read(&from.join(JS))?),
    )
}

/// Installs the lockfile's packages in the build folder; never in the source tree.
fn installed_by_npm(folder: &Path) -> Result<PathBuf, String> {
    fs::create_dir_all(folder).map_err(|e| told(folder, &e))?;
    for file in ["package.json", "package-lock.json"] {
        let from = Path::new(HERE).join(file);
        fs::copy(&from, folder.join(file)).map_err(|e| told(&from, &e))?;
    }
    let flags = "ci --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund";
    let run = Command::new("npm")
        .args(flags.split(' '))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|e| {
            format!(
                "npm is needed to fetch GOV.UK Frontend and could not be started ({e}).\n\
                 Install Node.js and npm (on Debian or Ubuntu: sudo apt-get install nodejs npm),\n\
                 or set GOVUK_ASSETS_DIR to a folder that holds {CSS} and {JS}."
            )
        })?;
    if !run.status.success() {
        return Err(format!(
            "`npm {flags}` failed. It needs to reach the npm registry once; without a network,\n\
             set GOVUK_ASSETS_DIR to a folder that holds {CSS} and {JS}. npm said:\n{}",
            String::from_utf8_lossy(&run.stderr)
        ));
    }
    Ok(folder.join("node_modules/govuk-frontend/dist/govuk"))
}

/// The style sheet without the typeface and the crest, which belong to gov.uk.
fn unbranded(css: &str) -> Result<String, String> {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("@font-face{") {
        let end = rest[start..]
            .find('}')
            .ok_or("an @font-face rule in GOV.UK Frontend's style sheet has no end")?;
        out.push_str(&rest[..start]);
        rest = &rest[start + end + 1..];
    }
    out.push_str(rest);
    let out = out
        .replace("\"GDS Transport\",", "")
        .replace("GDS Transport,", "")
        .replace("url(/assets/images/govuk-crest.svg)", "none")
        .replace("/*# sourceMappingURL=govuk-frontend.min.css.map */", "");
    for left in ["GDS Transport", "/assets/"] {
        if out.contains(left) {
            return Err(format!(
                "`{left}` is still in GOV.UK Frontend's style sheet after it was taken out.\n\
                 The pinned release spells it in a new way: teach build.rs to find it."
            ));
        }
    }
    Ok(out)
}

fn without_source_map(js: &str) -> &str {
    js.rfind("//# sourceMappingURL=").map_or(js, |at| &js[..at])
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| told(path, &e))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| told(path, &e))
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
