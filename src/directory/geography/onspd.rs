//! Reading the ONS Postcode Directory (ONSPD) as ONS publishes it: one CSV of 2.7
//! million rows, of which the live postcodes of England and Wales are kept.
//!
//! Lives here: its columns under their old and new names, what becomes of each row, and
//! the report of it. Not here: the table that is made (`postcodes`) or opening the file
//! (the command line). A new name of a column is one more in [`COLUMNS`].
//!
//! Names verified in public code that reads the releases: `pcd,pcd2,pcds,dointr,doterm,
//! oscty,ced,oslaua,…,lat,long` to 2024; `…,cty,ced,laua,…` in the smaller National
//! Statistics Postcode Lookup; `pcd7,pcd8,pcds,…,lad25cd,…,ctry25cd` since 2025.

use std::{
    cell::Cell,
    collections::HashMap,
    io::{self, Cursor, Read},
    rc::Rc,
};

use csv::{ByteRecord, Position, ReaderBuilder};

use super::{
    Geography, Point,
    onspd_report::{BadRow, OnspdError, Report},
    postcodes::{Gathering, Postcodes},
};
use crate::directory::postcode::whole;

/// What each column is for, what ONS has called it, and whether it must be there. `?`
/// stands for the digit of a year.
const COLUMNS: [(&str, &[&str], bool); 6] = [
    (
        "the postcode",
        &["pcds", "pcd7", "pcd8", "pcd", "pcd2"],
        true,
    ),
    ("the date of termination", &["doterm"], true),
    (
        "the local authority",
        &["oslaua", "laua", "lad??cd", "ladcd"],
        true,
    ),
    ("the country", &["ctry", "ctry??cd"], false),
    ("the latitude", &["lat"], false),
    ("the longitude", &["long"], false),
];

/// A row longer than this has lost a quotation mark.
const LONGEST_ROW: u64 = 64 * 1024;

/// Rows between two words of progress.
const WORD_EVERY: u64 = 8192;

/// ONS gives this latitude to a postcode without a grid reference.
const NOWHERE: f64 = 99.0;

impl Geography {
    /// Gathers the live postcodes of England and Wales from a postcode directory.
    /// `progress` is told how many bytes have been read, now and again. Memory grows
    /// with what is kept, six bytes a postcode, and not with the file.
    ///
    /// # Errors
    /// It is another kind of file, lacks a column, breaks off, or holds nothing of
    /// England and Wales. A bad row is no error: it is counted and told.
    pub fn read_postcodes(
        &self,
        name: &str,
        file: impl Read,
        progress: impl FnMut(u64),
    ) -> Result<(Postcodes, Report), OnspdError> {
        let mut file = file;
        let head = start_of(&mut file)?;
        told_apart(&head)?;
        let since = Rc::new(Cell::new(0));
        let bounded = Bounded {
            file: Cursor::new(head).chain(file),
            since: Rc::clone(&since),
        };
        let mut rows = ReaderBuilder::new().from_reader(bounded);
        let header = rows
            .byte_headers()
            .map_err(|e| OnspdError::broken(e, None))?
            .clone();
        let mut reading = Reading {
            geography: self,
            columns: columns(&header)?,
            known: HashMap::new(),
            gathering: Gathering::default(),
            report: Report::default(),
        };
        reading.all(&mut rows, &since, progress)?;
        let Reading {
            gathering,
            mut report,
            ..
        } = reading;
        let (postcodes, twice) = gathering.finish(name);
        report.twice = twice;
        if postcodes.is_empty() {
            return Err(OnspdError::Nothing { rows: report.rows });
        }
        Ok((postcodes, report))
    }
}

/// Where each of [`COLUMNS`] stands in the file.
type Places = [Option<usize>; COLUMNS.len()];

struct Reading<'g> {
    geography: &'g Geography,
    columns: Places,
    /// Code in the file to today's code, where there is one.
    known: HashMap<String, Option<String>>,
    gathering: Gathering,
    report: Report,
}

impl Reading<'_> {
    fn all<R: Read>(
        &mut self,
        rows: &mut csv::Reader<R>,
        since: &Cell<u64>,
        mut progress: impl FnMut(u64),
    ) -> Result<(), OnspdError> {
        let mut row = ByteRecord::new();
        loop {
            since.set(0);
            let line = rows.position().line();
            match rows.read_byte_record(&mut row) {
                Ok(false) => return Ok(()),
                Ok(true) => {
                    let line = row.position().map_or(line, Position::line);
                    if let Err(reason) = self.one(&row) {
                        self.report.bad_row(BadRow { line, reason });
                    }
                }
                Err(e) => self.report.bad_row(unequal(e, line)?),
            }
            self.report.rows += 1;
            if self.report.rows.is_multiple_of(WORD_EVERY) {
                progress(rows.position().byte());
            }
        }
    }

    /// What becomes of a row; the reason, where nothing can.
    fn one(&mut self, row: &ByteRecord) -> Result<(), String> {
        let [postcode, ended, authority, country, north, east] = self.values(row)?;
        let report = &mut self.report;
        let nation = authority.chars().chain(country.chars()).next();
        match nation.or_else(|| self.geography.outside(area(postcode)).and_then(initial)) {
            Some('S') => report.scotland += 1,
            Some('N') => report.northern_ireland += 1,
            Some('L') => report.channel_islands += 1,
            Some('M') => report.isle_of_man += 1,
            _ if is_month(ended) => report.ended += 1,
            _ if !ended.is_empty() => {
                return Err(format!(
                    "“{ended}” is no date of termination; one is written as 202311"
                ));
            }
            _ => return self.live(postcode, authority, point(north, east)),
        }
        Ok(())
    }

    fn live(
        &mut self,
        postcode: &str,
        authority: &str,
        point: Option<Point>,
    ) -> Result<(), String> {
        let Some((outcode, inward)) = whole(postcode) else {
            return Err(format!("“{postcode}” is no postcode"));
        };
        if authority.is_empty() || authority.ends_with("99999999") {
            self.report.unplaced += 1;
            self.gathering.leave_out(&outcode);
            return Ok(());
        }
        if !self.known.contains_key(authority) {
            let today = self.geography.authority_named(authority);
            let today = today.map(|a| a.gss.clone());
            self.known.insert(authority.to_owned(), today);
        }
        let Some(Some(today)) = self.known.get(authority) else {
            self.gathering.leave_out(&outcode);
            return Err(format!(
                "the authority {authority} is not in geography/local_authorities.csv"
            ));
        };
        if !self.gathering.add(&outcode, inward, today, point) {
            return Err("the file names more districts than there are".to_owned());
        }
        self.report.kept += 1;
        self.report.carried += u64::from(today != authority);
        Ok(())
    }

    fn values<'r>(&self, row: &'r ByteRecord) -> Result<[&'r str; COLUMNS.len()], String> {
        let mut values = [""; COLUMNS.len()];
        for (value, place) in values.iter_mut().zip(self.columns) {
            let Some(bytes) = place.and_then(|at| row.get(at)) else {
                continue;
            };
            let text = std::str::from_utf8(bytes).ok().filter(|t| t.is_ascii());
            *value = text
                .ok_or("letters that no postcode directory has: it was saved in another encoding")?
                .trim();
        }
        Ok(values)
    }
}

/// The first bytes, which show what kind of file it is.
fn start_of(file: &mut impl Read) -> Result<Vec<u8>, OnspdError> {
    let mut head = Vec::new();
    file.take(512).read_to_end(&mut head)?;
    Ok(head)
}

/// Refuses what is plainly not a CSV file, by how it begins.
fn told_apart(head: &[u8]) -> Result<(), OnspdError> {
    let kinds: [(&[u8], &str); 6] = [
        (
            b"PK\x03\x04",
            "a ZIP or Excel file; unpack it and give the CSV file of its Data folder, such as ONSPD_MAY_2025_UK.csv",
        ),
        (
            b"\x1f\x8b",
            "a gzip file; unpack it and give the CSV file in it",
        ),
        (b"\xff\xfe", "text in UTF-16; save it as UTF-8"),
        (b"\xfe\xff", "text in UTF-16; save it as UTF-8"),
        (
            b"\xd0\xcf\x11\xe0",
            "an Excel file; give the CSV file that ONS publishes",
        ),
        (b"%PDF", "a PDF; give the CSV file that ONS publishes"),
    ];
    if head.is_empty() {
        return Err(OnspdError::Empty);
    }
    let kind = kinds.iter().find(|(start, _)| head.starts_with(start));
    match kind {
        Some((_, what)) => Err(OnspdError::Kind(what)),
        None if head.contains(&0) => Err(OnspdError::Kind("no text")),
        None => Ok(()),
    }
}

fn columns(header: &ByteRecord) -> Result<Places, OnspdError> {
    let names: Vec<String> = header
        .iter()
        .map(|n| {
            String::from_utf8_lossy(n)
                .trim_start_matches('\u{feff}')
                .trim()
                .to_lowercase()
        })
        .collect();
    let mut places: Places = [None; COLUMNS.len()];
    let mut missing = Vec::new();
    for (place, (what, called, needed)) in places.iter_mut().zip(COLUMNS) {
        *place = called
            .iter()
            .find_map(|pattern| names.iter().position(|name| fits(name, pattern)));
        if place.is_none() && needed {
            missing.push(format!("{what} ({})", called.join(", ")));
        }
    }
    if missing.is_empty() {
        return Ok(places);
    }
    Err(OnspdError::Columns {
        missing,
        has: names,
    })
}

fn fits(name: &str, pattern: &str) -> bool {
    name.len() == pattern.len()
        && name
            .bytes()
            .zip(pattern.bytes())
            .all(|(n, p)| n == p || (p == b'?' && n.is_ascii_digit()))
}

/// A row with too many or too few values is a bad row; any other fault ends the file.
fn unequal(e: csv::Error, reached: u64) -> Result<BadRow, OnspdError> {
    match e.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => Ok(BadRow {
            line: pos.as_ref().map_or(0, Position::line),
            reason: format!("{len} values where the header has {expected_len}"),
        }),
        _ => Err(OnspdError::broken(e, Some(reached))),
    }
}

fn area(postcode: &str) -> &str {
    let letters = postcode.bytes().take_while(u8::is_ascii_alphabetic).count();
    &postcode[..letters]
}

/// The letter that ONS's codes of a nation or island begin with.
fn initial(nation: &str) -> Option<char> {
    match nation {
        "Scotland" => Some('S'),
        "Northern Ireland" => Some('N'),
        "the Isle of Man" => Some('M'),
        "Guernsey" | "Jersey" => Some('L'),
        _ => None, // an address of the forces, which is nowhere
    }
}

fn is_month(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())
}

fn point(north: &str, east: &str) -> Option<Point> {
    let lat = north.parse::<f64>().ok().filter(|l| l.abs() < NOWHERE)?;
    let long = east.parse::<f64>().ok().filter(|l| l.is_finite())?;
    Some(Point { lat, long })
}

/// Stops a row that never ends, which a lost quotation mark makes of the rest of the
/// file, before it is held in memory whole.
struct Bounded<R> {
    file: R,
    /// Bytes read since the last whole row.
    since: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > LONGEST_ROW {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row has no end; a quotation mark is missing",
            ));
        }
        let read = self.file.read(into)?;
        self.since
            .set(self.since.get() + u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}
