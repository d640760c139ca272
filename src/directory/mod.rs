//! Services near her, with the reason for each: what there really is, what is only
//! said, and what is not there.
//!
//! Lives here: the directory as loaded, its geography, and matching. Not here: a
//! needs assessment (`needs`) or a proposal (`sentencing`). The records and every
//! sentence said of them are data in `service-directory/`; a new fact about services
//! starts in `service`.

mod against;
mod as_at;
mod avoid;
mod checking;
mod compact;
mod counted;
pub mod court;
mod distance;
mod duplicates;
mod entry;
pub mod facts;
mod found;
mod from_toml;
mod gaps;
mod geography;
mod index;
mod live;
pub mod map;
mod matching;
pub mod nearest;
pub mod open_referral;
mod parts;
mod place;
mod places;
mod postcode;
pub mod print;
mod questions;
mod reader;
mod readings;
mod reasons;
mod record;
pub mod search;
mod service;
pub mod sheet;
mod sources;
mod tables;
mod telling;
pub mod vocabulary;
mod wanted;
mod weighing;
mod words;

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    io::{self, BufWriter, Write},
    sync::{Arc, OnceLock},
};

use sha2::{Digest, Sha256};

pub use self::{
    as_at::{AsAt, Dated},
    checking::Freshness,
    duplicates::{Known, Like, LikeWhy},
    entry::{EntryChange, EntryState, SinceChosen, kept_of},
    found::{Ask, Candidate, Excluded, Found, Gap, GapKind, Judged, NeedAsked, OrderInView, Why},
    geography::{
        Authority, BadRow, Counted, Coverage, DeliveryUnit, Geography, Office, OnspdError, Outcode,
        Point, PoliceArea, Postcodes, PostcodesError, Report as PostcodesReport,
    },
    index::AreaFit,
    live::LiveDirectory,
    place::{AuthorityHere, NamedArea, Place, PlaceError},
    record::{PublicRecord, Record},
    service::{Area, NamedNeed, Partnership, Service, Setting, State},
    sources::FileSource,
    telling::Told,
    vocabulary::{Term, TermSet, Vocabulary},
};
use crate::content::{ContentError, ContentFiles};

/// The folder all of it comes from.
pub const FOLDER: &str = "service-directory/";

/// Bytes of the content's hash that name a version.
const VERSION_BYTES: usize = 6;

/// The directory: never changed, only replaced, so that it can be shared behind an
/// `Arc` by every request.
#[derive(Debug)]
pub struct Directory {
    services: Vec<Arc<Service>>,
    positions: HashMap<String, usize>,
    index: index::AreaIndex,
    rows: compact::Rows,
    spots: distance::Spots,
    whereabouts: avoid::Whereabouts,
    geography: Arc<Geography>,
    words: Arc<words::Words>,
    court: Arc<court::CourtWords>,
    sheet: Arc<sheet::SheetWords>,
    import_words: Arc<open_referral::reading::ImportWords>,
    checking: Arc<checking::Checking>,
    readings: Arc<readings::Readings>,
    vocabulary: Arc<Vocabulary>,
    sources: Arc<sources::Sources>,
    version: String,
    /// Made at the first search.
    search: OnceLock<search::SearchIndex>,
}

impl Directory {
    /// Reads `service-directory/`.
    ///
    /// # Errors
    /// Every fault of every file, with file, line and what would be right. A
    /// directory with a fault is not loaded: half a directory looks like no services.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let mut faults = Vec::new();
        let geography = Geography::load(files, &mut faults);
        let readings = readings::Readings::load(files, &mut faults);
        let words = words::Words::load(files, &mut faults);
        let court = court::CourtWords::load(files, &mut faults);
        let import_words = open_referral::reading::ImportWords::load(files, &mut faults);
        let checking = checking::Checking::load(files, &geography, &mut faults);
        let sources = sources::load(files, &mut faults);
        let vocabulary = Vocabulary::load(files, &mut faults);
        for term in readings.theme_terms() {
            if vocabulary.place(term).is_none() {
                let reason = format!("there is no term “{term}” in {}", vocabulary::TERMS);
                faults.push(ContentError::new(readings::THEMES, None, reason));
            }
        }
        let sheet = sheet::SheetWords::load(files, &readings, &mut faults);
        let reader = reader::Reader {
            geography: &geography,
            readings: &readings,
            vocabulary: &vocabulary,
        };
        let services = reader.read(files, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut hash = Sha256::new();
        for (path, text) in files.under(FOLDER) {
            hash.update(path.as_bytes());
            hash.update(text.as_bytes());
        }
        let empty = Self {
            services: Vec::new(),
            positions: HashMap::new(),
            index: index::AreaIndex::default(),
            rows: compact::Rows::default(),
            spots: distance::Spots::default(),
            whereabouts: avoid::Whereabouts::default(),
            geography: Arc::new(geography),
            words: Arc::new(words),
            court: Arc::new(court),
            sheet: Arc::new(sheet),
            import_words: Arc::new(import_words),
            checking: Arc::new(checking),
            readings: Arc::new(readings),
            vocabulary: Arc::new(vocabulary),
            sources: Arc::new(sources),
            version: short(hash),
            search: OnceLock::new(),
        };
        let version = empty.version.clone();
        Ok(Self {
            version,
            ..empty.with_services(services)
        })
    }

    /// The same geography and wording with other services: for records that live
    /// outside the folder, and for measuring at scale.
    #[must_use]
    pub fn with_services(&self, services: Vec<Service>) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.version.as_bytes());
        let mut writing = BufWriter::new(Writing(&mut hash));
        for service in &services {
            // Writing to a hash cannot fail, and every field of a service can be written.
            let _ = serde_json::to_writer(&mut writing, service);
        }
        drop(writing);
        let services: Vec<Arc<Service>> = services.into_iter().map(Arc::new).collect();
        let positions: HashMap<String, usize> = services
            .iter()
            .enumerate()
            .map(|(at, s)| (s.record.id.clone(), at))
            .collect();
        let (geography, readings) = (&self.geography, &self.readings);
        Self {
            index: index::AreaIndex::build(&services, geography),
            rows: compact::Rows::build(&services, &positions, readings, &self.vocabulary),
            spots: distance::Spots::of(&services, geography),
            whereabouts: avoid::Whereabouts::build(&services, geography),
            positions,
            services,
            geography: Arc::clone(&self.geography),
            words: Arc::clone(&self.words),
            court: Arc::clone(&self.court),
            sheet: Arc::clone(&self.sheet),
            import_words: Arc::clone(&self.import_words),
            checking: Arc::clone(&self.checking),
            readings: Arc::clone(&self.readings),
            vocabulary: Arc::clone(&self.vocabulary),
            sources: Arc::clone(&self.sources),
            version: short(hash),
            search: OnceLock::new(),
        }
    }

    /// The same with records kept outside the folder laid over it: a record with an id
    /// of the folder takes that one's place, the others follow it.
    #[must_use]
    pub fn with_records(&self, records: Vec<Record>) -> Self {
        let mut all: Vec<Record> = self.services.iter().map(|s| s.record.clone()).collect();
        for record in records {
            match self.position(&record.id) {
                Some(at) => all[at] = record,
                None => all.push(record),
            }
        }
        self.with_services(self.read(all))
    }

    /// Records as services, read as the folder's are.
    #[must_use]
    pub fn read(&self, records: Vec<Record>) -> Vec<Service> {
        let reader = reader::Reader {
            geography: &self.geography,
            readings: &self.readings,
            vocabulary: &self.vocabulary,
        };
        reader.services(records)
    }

    /// One record as a service. Contracts of other records are not at hand.
    fn read_one(&self, record: Record) -> Service {
        let reader = reader::Reader {
            geography: &self.geography,
            readings: &self.readings,
            vocabulary: &self.vocabulary,
        };
        reader.one(record)
    }

    /// Where she lives, from a postcode district or postcode, a local authority's
    /// name or code, a county, a police area or a town.
    ///
    /// # Errors
    /// What was typed is not a place in England and Wales, or could be several.
    pub fn place(&self, given: &str) -> Result<Place, PlaceError> {
        places::resolve(&self.geography, &self.words, given)
    }

    /// The services that may help, with reasons; those kept out, with reasons; and
    /// the needs that nothing mentions.
    #[must_use]
    pub fn find(&self, ask: &Ask<'_>) -> Found {
        matching::find(self, ask)
    }

    /// What is said of one service, as [`Directory::find`] would, without telling the
    /// others.
    #[must_use]
    pub fn judge(&self, ask: &Ask<'_>, id: &str) -> Judged {
        matching::judge(self, ask, id)
    }

    /// A service by its id.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Arc<Service>> {
        self.services.get(self.position(id)?)
    }

    /// Every service, in the order of the file.
    #[must_use]
    pub fn services(&self) -> &[Arc<Service>] {
        &self.services
    }

    /// The geography.
    #[must_use]
    pub fn geography(&self) -> &Geography {
        &self.geography
    }

    /// The published taxonomies.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Theme ids that can be asked for, each with its words for the middle of a
    /// sentence.
    pub fn themes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.readings.theme_names()
    }

    /// A theme's words for the middle of a sentence, or its id where it is not known.
    #[must_use]
    pub fn theme_words<'t>(&'t self, theme: &'t str) -> &'t str {
        self.readings.prints(theme)
    }

    /// Whether a theme can be asked for.
    #[must_use]
    pub fn knows_theme(&self, theme: &str) -> bool {
        self.readings.knows(theme)
    }

    /// Names exactly this content: changes with any file of the folder.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where each file comes from, under what licence, and when.
    #[must_use]
    pub fn sources(&self) -> &[FileSource] {
        &self.sources.files
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }
}

/// Lets a hash be written to, so that what is hashed is never held as one text.
struct Writing<'h>(&'h mut Sha256);

impl Write for Writing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn short(hash: Sha256) -> String {
    hex::encode(&hash.finalize()[..VERSION_BYTES])
}
