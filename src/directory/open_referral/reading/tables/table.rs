//! One table of a package: read in order, or looked up by a column.
//!
//! Lives here: the CSV. Not here: how tables join (`tables`).

use std::{
    cell::Cell,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Read, Seek, SeekFrom},
    rc::Rc,
};

use csv::{ByteRecord, Position};
use serde_json::Value;

use super::{
    super::stream::{LONGEST, Stopped, Unread},
    Anywhere, MOST_FAULTS, Package, PackageNotes, Row, RowFault, StoppedIn,
};

/// As many rows of one table as belong to one service.
const MOST_ROWS: usize = 1_000;

pub(super) struct Table {
    /// The file.
    pub(super) name: String,
    rows: csv::Reader<Bounded>,
    left: Rc<Cell<u64>>,
    header: Vec<String>,
    /// Lines end in two characters: the reader then counts a row's line one short.
    two_ended: u64,
    indexes: Vec<Index>,
}

/// For a column, where in the file each value of it stands, in order of hash.
struct Index {
    column: &'static str,
    at: usize,
    places: Vec<(u64, u64)>,
}

/// A row, or why it is none, with the line it begins on.
type Numbered = (u64, Result<Row, Unread>);

/// The same as it stands in the file, with its line and its byte.
type Placed = (u64, u64, Result<ByteRecord, Unread>);

/// Why a table cannot be read on.
pub(super) struct Broken(io::Error);

impl Broken {
    pub(super) fn widen<E>(self, name: &str) -> StoppedIn<E> {
        (name.to_owned(), Stopped::Source(self.0))
    }
}

impl Table {
    /// Opens the first of these files that is there, and looks through it once where it
    /// is to be looked up.
    pub(super) fn open<E>(
        package: &dyn Package,
        names: &[&str],
        columns: &[&'static str],
        notes: &mut PackageNotes,
    ) -> Result<Option<Self>, StoppedIn<E>> {
        for name in names {
            let failed = |e| ((*name).to_owned(), Stopped::Source(e));
            if let Some(file) = package.open(name).map_err(failed)? {
                return Self::new(name, file, columns, notes).map(Some);
            }
        }
        Ok(None)
    }

    fn new<E>(
        name: &str,
        mut file: Box<dyn Anywhere>,
        columns: &[&'static str],
        notes: &mut PackageNotes,
    ) -> Result<Self, StoppedIn<E>> {
        let stopped = |why| (name.to_owned(), why);
        let start = start_of(&mut file).map_err(|e| stopped(Stopped::Source(e)))?;
        if !is_text(&start) {
            return Err(stopped(Stopped::NotText));
        }
        let left = Rc::new(Cell::new(LONGEST));
        let bounded = Bounded {
            file,
            left: Rc::clone(&left),
        };
        let mut rows = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(bounded);
        let header = rows
            .byte_headers()
            .map_err(|e| stopped(Stopped::Source(e.into())))?;
        let header: Vec<String> = header
            .iter()
            .map(|column| String::from_utf8_lossy(column).trim().to_lowercase())
            .collect();
        let indexes = columns.iter().filter_map(|column| {
            let at = header.iter().position(|c| c == column)?;
            let places = Vec::new();
            Some(Index { column, at, places })
        });
        let mut table = Self {
            name: name.to_owned(),
            rows,
            left,
            two_ended: start.windows(2).any(|two| two == b"\r\n").into(),
            indexes: indexes.collect(),
            header,
        };
        if !columns.is_empty() {
            table.look_through(notes).map_err(|e| e.widen(name))?;
        }
        Ok(table)
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|c| c == column)
    }

    /// The next row with the line it begins on.
    pub(super) fn next_row(&mut self) -> Result<Option<Numbered>, Broken> {
        let Some((line, _, record)) = self.next()? else {
            return Ok(None);
        };
        Ok(Some((line, record.and_then(|record| self.row(&record)))))
    }

    /// Every row whose column has this value.
    pub(super) fn rows(&mut self, column: &str, value: &str) -> io::Result<Vec<Row>> {
        let Some(index) = self.indexes.iter().find(|i| i.column == column) else {
            return Ok(Vec::new());
        };
        let (wanted, at) = (hashed(value.as_bytes()), index.at);
        let first = index.places.partition_point(|(hash, _)| *hash < wanted);
        let places = index.places[first..].iter();
        let places: Vec<u64> = places
            .take_while(|(hash, _)| *hash == wanted)
            .map(|(_, place)| *place)
            .take(MOST_ROWS)
            .collect();
        let mut rows = Vec::new();
        for place in places {
            let mut position = Position::new();
            position.set_byte(place);
            self.left.set(LONGEST);
            self.rows.seek(position)?;
            // It was read once; a file that changes meanwhile may not be read twice.
            if let Ok(Some((_, _, Ok(record)))) = self.next()
                && record
                    .get(at)
                    .is_some_and(|found| found.trim_ascii() == value.as_bytes())
                && let Ok(row) = self.row(&record)
            {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn look_through(&mut self, notes: &mut PackageNotes) -> Result<(), Broken> {
        let of = |header: &[String], name: &str| header.iter().position(|c| c == name);
        let is_terms = self.name.starts_with("taxonomy_term");
        let (parent, id, name) = (
            of(&self.header, "parent_id").filter(|_| is_terms),
            of(&self.header, "id"),
            of(&self.header, "name"),
        );
        while let Some((line, byte, record)) = self.next()? {
            let record = match record.and_then(|r| self.row(&r).map(|_| r)) {
                Ok(record) => record,
                Err(what) => {
                    notes.faults_in_all += 1;
                    if notes.faults.len() < MOST_FAULTS {
                        let table = self.name.clone();
                        notes.faults.push(RowFault { table, line, what });
                    }
                    continue;
                }
            };
            for index in &mut self.indexes {
                let value = record.get(index.at).unwrap_or_default().trim_ascii();
                if !value.is_empty() {
                    index.places.push((hashed(value), byte));
                }
            }
            let text = |at: Option<usize>| {
                let value = at.and_then(|at| record.get(at)).unwrap_or_default();
                String::from_utf8_lossy(value.trim_ascii()).into_owned()
            };
            if parent.is_some() {
                notes.cycles.add(&text(id), &text(parent), &text(name));
            }
        }
        for index in &mut self.indexes {
            index.places.sort_unstable();
            index.places.shrink_to_fit();
        }
        Ok(())
    }

    /// Line, byte, and the row where it is one.
    fn next(&mut self) -> Result<Option<Placed>, Broken> {
        self.left.set(LONGEST);
        let mut record = ByteRecord::new();
        let (line, byte) = (self.rows.position().line(), self.rows.position().byte());
        match self.rows.read_byte_record(&mut record) {
            Ok(false) => Ok(None),
            Ok(true) => {
                let place = record.position().map(|p| (p.line(), p.byte()));
                let (line, byte) = place.unwrap_or((line, byte));
                let line = line + self.two_ended;
                let (has, wants) = (record.len(), self.header.len());
                if has == wants {
                    return Ok(Some((line, byte, Ok(record))));
                }
                let reason = format!(
                    "it has {has} values where the header has {wants}; a value with a comma or a \
                     line break in it needs quotation marks around it"
                );
                Ok(Some((line, byte, Err(Unread::Csv(reason)))))
            }
            Err(e) => match e.into_kind() {
                csv::ErrorKind::Io(e) if self.left.get() == 0 => Err(Broken(io::Error::new(
                    e.kind(),
                    format!(
                        "the row that begins on line {line} is longer than any row should be; a \
                         quotation mark is probably not closed"
                    ),
                ))),
                csv::ErrorKind::Io(e) => Err(Broken(e)),
                other => Ok(Some((line, byte, Err(Unread::Csv(format!("{other:?}")))))),
            },
        }
    }

    fn row(&self, record: &ByteRecord) -> Result<Row, Unread> {
        let mut row = Row::new();
        for (column, value) in self.header.iter().zip(record) {
            let value = std::str::from_utf8(value).map_err(|_| Unread::Encoding)?;
            if !value.trim().is_empty() {
                row.insert(column.clone(), Value::from(value.trim()));
            }
        }
        Ok(row)
    }
}

fn hashed(value: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The start of a file, enough for its header.
fn start_of(file: &mut dyn Anywhere) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    file.take(4096).read_to_end(&mut start)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(start)
}

/// Whether a file may be UTF-8: no mark of UTF-16, no zeros at its start.
fn is_text(start: &[u8]) -> bool {
    let utf_16 = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    !utf_16 && !start.contains(&0)
}

/// A file of which only so much is read before somebody says that it may go on.
struct Bounded {
    file: Box<dyn Anywhere>,
    left: Rc<Cell<u64>>,
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left.get()).unwrap_or(usize::MAX);
        if most == 0 {
            return Err(io::Error::other("too long"));
        }
        let most = most.min(into.len());
        let read = self.file.read(&mut into[..most])?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

impl Seek for Bounded {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
