//! Pages of a feed as they arrive, on the disk, so that a run that is stopped goes on
//! where it was.
//!
//! Lives here: the file of services, a line each, and the small file beside it that
//! says how far it goes. Not here: asking (`client`). What stands after the length that
//! the small file gives was being written when the run stopped, and is cut off.

use std::{
    collections::HashSet,
    fs::{self, File, OpenOptions},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// How far a feed has been read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct State {
    /// Its address.
    pub(super) url: String,
    /// The page that comes next, from 1.
    pub(super) next_page: u64,
    /// What it calls its first page: 1 by the standard, 0 by some.
    pub(super) first_page: Option<u64>,
    /// Services so far.
    pub(super) items: u64,
    /// Bytes of them.
    pub(super) bytes: u64,
    /// How many the feed said at first that it has.
    pub(super) said: Option<u64>,
    /// All pages are there.
    pub(super) complete: bool,
}

/// The two files.
pub(super) struct Spool {
    folder: PathBuf,
    file: File,
    pub(super) state: State,
    /// What tells the services apart that have come.
    seen: HashSet<u64>,
}

impl Spool {
    /// Goes on with what is there of this feed, or begins.
    pub(super) fn open(data_dir: &Path, url: &str, afresh: bool) -> io::Result<Self> {
        let hash = Sha256::digest(url.as_bytes());
        let name = URL_SAFE_NO_PAD.encode(&hash[..12]);
        let folder = data_dir.join("feeds").join(name);
        if afresh && folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let state = fs::read(folder.join("state.json")).ok();
        let state = state
            .and_then(|text| serde_json::from_slice::<State>(&text).ok())
            .filter(|state| state.url == url)
            .unwrap_or_else(|| State {
                url: url.to_owned(),
                next_page: 1,
                ..State::default()
            });
        let mut open = OpenOptions::new();
        let file = open
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("services.ndjson"))?;
        file.set_len(state.bytes)?;
        let mut spool = Self {
            folder,
            file,
            state,
            seen: HashSet::new(),
        };
        spool.know_again()?;
        Ok(spool)
    }

    fn know_again(&mut self) -> io::Result<()> {
        for line in BufReader::new(File::open(self.services())?).lines() {
            if let Ok(service) = serde_json::from_str::<Value>(&line?) {
                self.seen.insert(mark(&service));
            }
        }
        Ok(())
    }

    /// The services, a line each.
    pub(super) fn services(&self) -> PathBuf {
        self.folder.join("services.ndjson")
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether every one of these has come before.
    pub(super) fn has_all(&self, services: &[Value]) -> bool {
        !services.is_empty() && services.iter().all(|s| self.seen.contains(&mark(s)))
    }

    /// Keeps a page: first its services, then how far they go.
    pub(super) fn keep(&mut self, services: &[Value], state: State) -> io::Result<()> {
        let mut lines = Vec::new();
        for service in services {
            self.seen.insert(mark(service));
            serde_json::to_writer(&mut lines, service)?;
            lines.push(b'\n');
        }
        io::Seek::seek(&mut self.file, io::SeekFrom::Start(self.state.bytes))?;
        self.file.write_all(&lines)?;
        self.file.sync_data()?;
        self.state = State {
            bytes: self.state.bytes + lines.len() as u64,
            items: self.state.items + services.len() as u64,
            ..state
        };
        let text = serde_json::to_vec(&self.state)?;
        let (new, old) = (
            self.folder.join("state.new"),
            self.folder.join("state.json"),
        );
        fs::write(&new, text)?;
        fs::rename(new, old)
    }
}

/// Tells one service from another: by its id, or by all of it where it has none.
fn mark(service: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    match service.get("id") {
        Some(id) => id.to_string().hash(&mut hasher),
        None => service.to_string().hash(&mut hasher),
    }
    hasher.finish()
}
