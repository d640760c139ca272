//! Services out of a JSON document of any size, one at a time.
//!
//! Lives here: finding them in a list, in a page's envelope, alone, or one a line, and
//! saying where. Not here: what a service says (`document`). However large the whole
//! is, only one service is held, and none longer than [`LONGEST`] is begun to be read.
//! Another name for the list of an envelope is one more of [`LISTS`].

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// The longest that one service may be, in bytes.
pub const LONGEST: u64 = 2 * 1024 * 1024;

/// What an envelope calls its list: Open Referral UK 3.0, 1.0, and others seen.
const LISTS: [&str; 3] = ["contents", "content", "services"];

/// Bytes looked at to tell a service a line from one document.
const AHEAD: usize = 64 * 1024;

/// Where a service stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Which service it is, from 1.
    pub item: u64,
    /// The line that it ends on, from 1.
    pub line: u64,
}

/// How the services are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A list, a page or one service; told by looking.
    Whole,
    /// One service a line.
    Lines,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// How many services there are on all pages.
    pub total_items: Option<u64>,
    /// How many pages there are.
    pub total_pages: Option<u64>,
    /// Which page this is.
    pub page_number: Option<u64>,
    /// Whether it is the last.
    pub last_page: Option<bool>,
    /// It was a page: an envelope with a list.
    pub is_page: bool,
}

/// Why reading stopped before the end.
#[derive(Debug)]
pub enum Stopped<E> {
    /// The source failed.
    Source(io::Error),
    /// It is UTF-16, or something else that is not text.
    NotText,
    /// Not JSON: line and column, from 1, and what the reader said.
    Syntax {
        /// Line.
        line: u64,
        /// Column.
        column: u64,
        /// What is wrong.
        reason: String,
    },
    /// One service is longer than [`LONGEST`].
    TooLong(At),
    /// It is JSON and holds no service and no list.
    NoList,
    /// Whoever was given the services wants no more.
    Taker(E),
}

/// What a line or an entry of the list held.
pub type Found = Result<Value, Unread>;

/// Why one entry could not be read, where the next can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// Not JSON, and what the reader said.
    Json(String),
    /// Not a row of the table, and what the reader said.
    Csv(String),
    /// Bytes that are no UTF-8.
    Encoding,
    /// Longer than [`LONGEST`].
    TooLong,
}

/// Gives every service to `take`, in order. Returns what a page said of itself.
///
/// # Errors
/// Why it stopped; everything given until then has been given.
pub fn services<E>(
    source: impl Read,
    form: Form,
    take: &mut dyn FnMut(At, Found) -> Result<(), E>,
) -> Result<Claims, Stopped<E>> {
    let mut source = source;
    let mut ahead = Vec::with_capacity(AHEAD);
    let most = AHEAD as u64;
    (&mut source)
        .take(most)
        .read_to_end(&mut ahead)
        .map_err(Stopped::Source)?;
    if ahead.starts_with(&[0xff, 0xfe]) || ahead.starts_with(&[0xfe, 0xff]) || ahead.contains(&0) {
        return Err(Stopped::NotText);
    }
    let mark = [0xef, 0xbb, 0xbf];
    let start = if ahead.starts_with(&mark) {
        mark.len()
    } else {
        0
    };
    let form = match form {
        Form::Whole if a_service_a_line(&ahead[start..]) => Form::Lines,
        form => form,
    };
    let source = BufReader::with_capacity(AHEAD, ahead[start..].chain(source));
    match form {
        Form::Lines => lines(source, take).map(|()| Claims::default()),
        Form::Whole => whole(source, take),
    }
}

/// The first line is an object that closes, is no envelope, and is followed by another.
fn a_service_a_line(ahead: &[u8]) -> bool {
    let mut lines = ahead
        .split(|b| *b == b'\n')
        .filter(|l| !l.trim_ascii().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    let first = serde_json::from_slice::<Map<String, Value>>(first);
    second.trim_ascii_start().starts_with(b"{")
        && first.is_ok_and(|object| !LISTS.iter().any(|list| object.contains_key(*list)))
}

fn lines<E>(
    mut source: impl BufRead,
    take: &mut dyn FnMut(At, Found) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    let mut at = At::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let mut bounded = (&mut source).take(LONGEST + 1);
        if bounded
            .read_until(b'\n', &mut line)
            .map_err(Stopped::Source)?
            == 0
        {
            return Ok(());
        }
        at.line += 1;
        let too_long = line.len() as u64 > LONGEST;
        if too_long {
            pass_to_line_end(&mut source).map_err(Stopped::Source)?;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        at.item += 1;
        let found = if too_long {
            Err(Unread::TooLong)
        } else if std::str::from_utf8(&line).is_err() {
            Err(Unread::Encoding)
        } else {
            serde_json::from_slice(&line).map_err(|e| Unread::Json(reason_of(&e)))
        };
        take(at, found).map_err(Stopped::Taker)?;
    }
}

fn pass_to_line_end(source: &mut impl BufRead) -> io::Result<()> {
    loop {
        let ahead = source.fill_buf()?;
        if ahead.is_empty() {
            return Ok(());
        }
        let end = ahead.iter().position(|b| *b == b'\n');
        let passed = end.map_or(ahead.len(), |at| at + 1);
        source.consume(passed);
        if end.is_some() {
            return Ok(());
        }
    }
}

fn whole<E>(
    source: impl Read,
    take: &mut dyn FnMut(At, Found) -> Result<(), E>,
) -> Result<Claims, Stopped<E>> {
    let place = Place::default();
    let counted = Counted {
        source,
        place: place.clone(),
    };
    let mut run = Run {
        place: place.clone(),
        take,
        items: 0,
        stopped: None,
        claims: Claims::default(),
        found: false,
    };
    let mut reader = serde_json::Deserializer::from_reader(counted);
    let read = (&mut run)
        .deserialize(&mut reader)
        .and_then(|()| reader.end());
    if let Some(stopped) = run.stopped {
        return Err(Stopped::Taker(stopped));
    }
    match read {
        Ok(()) if run.found => Ok(run.claims),
        Ok(()) => Err(Stopped::NoList),
        Err(_) if place.is_too_far() => Err(Stopped::TooLong(At {
            item: run.items + 1,
            line: place.line(),
        })),
        Err(e) if e.is_io() => Err(Stopped::Source(e.into())),
        Err(e) => Err(Stopped::Syntax {
            line: e.line() as u64,
            column: e.column() as u64,
            reason: reason_of(&e),
        }),
    }
}

/// What the reader said, without the place it adds at the end.
fn reason_of(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let end = said.rfind(" at line ").unwrap_or(said.len());
    said[..end].to_owned()
}

/// How far a source has been read, known to whoever takes from it.
#[derive(Debug, Clone, Default)]
struct Place(Rc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    bytes: Cell<u64>,
    lines: Cell<u64>,
    /// Where the service in hand began.
    began: Cell<u64>,
}

impl Place {
    fn line(&self) -> u64 {
        self.0.lines.get() + 1
    }

    fn begin(&self) {
        self.0.began.set(self.0.bytes.get());
    }

    fn is_too_far(&self) -> bool {
        self.0.bytes.get() - self.0.began.get() > LONGEST
    }
}

struct Counted<R> {
    source: R,
    place: Place,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.place.is_too_far() {
            return Err(io::Error::other("one service is too long"));
        }
        let read = self.source.read(into)?;
        let counts = &self.place.0;
        counts.bytes.set(counts.bytes.get() + read as u64);
        let lines: u64 = into[..read].iter().map(|b| u64::from(*b == b'\n')).sum();
        counts.lines.set(counts.lines.get() + lines);
        Ok(read)
    }
}

/// Reads one document, giving its services away as they come.
struct Run<'t, E> {
    place: Place,
    take: &'t mut dyn FnMut(At, Found) -> Result<(), E>,
    items: u64,
    stopped: Option<E>,
    claims: Claims,
    found: bool,
}

impl<E> Run<'_, E> {
    fn give<F: de::Error>(&mut self, value: Value) -> Result<(), F> {
        self.items += 1;
        let at = At {
            item: self.items,
            line: self.place.line(),
        };
        let given = (self.take)(at, Ok(value));
        self.place.begin();
        given.map_err(|stopped| {
            self.stopped = Some(stopped);
            F::custom("stopped")
        })
    }

    fn claim(&mut self, key: &str, value: &Value) {
        let claims = &mut self.claims;
        match key {
            "total_items" | "totalElements" => claims.total_items = value.as_u64(),
            "total_pages" | "totalPages" => claims.total_pages = value.as_u64(),
            "page_number" | "number" => claims.page_number = value.as_u64(),
            "last_page" | "last" => claims.last_page = value.as_bool(),
            _ => {}
        }
    }
}

/// Whether a property is one that [`Run::claim`] keeps.
fn is_claim(key: &str) -> bool {
    let names = ["total", "page_number", "number", "last"];
    names.iter().any(|name| key.starts_with(name))
}

impl<'de, E> DeserializeSeed<'de> for &mut Run<'_, E> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de, E> Visitor<'de> for &mut Run<'_, E> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of services, a page of them, or one service")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.found = true;
        self.place.begin();
        while let Some(value) = list.next_element::<Value>()? {
            self.give(value)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut rest = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            if self.claims.is_page {
                // After the list only the page's own numbers are wanted.
                if is_claim(&key) {
                    let value = object.next_value()?;
                    self.claim(&key, &value);
                } else {
                    object.next_value::<IgnoredAny>()?;
                }
            } else if LISTS.contains(&key.as_str()) {
                self.claims.is_page = true;
                for (key, value) in std::mem::take(&mut rest) {
                    self.claim(&key, &value);
                }
                object.next_value_seed(&mut *self)?;
            } else {
                rest.insert(key, object.next_value()?);
            }
        }
        if self.claims.is_page || !rest.contains_key("name") && !rest.contains_key("id") {
            return Ok(());
        }
        self.found = true;
        self.give(Value::Object(rest))
    }
}

#[cfg(test)]
mod tests;
