//! Every live postcode of England and Wales with the one authority it is in, small
//! enough to hold in memory: four bytes each.
//!
//! Lives here: the table, what it says of a district or a postcode, and its form as a
//! file. Not here: where it is gathered from (`onspd`) or where the file lies (the
//! command line). Another fact of each postcode is another list beside `within`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Point;

/// How the file begins: what it is, and in which form.
const MAGIC: &[u8] = b"Foreword postcodes 1\n";

/// Bytes of the hash that follows.
const HASH: usize = 32;

/// The live postcodes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Postcodes {
    /// Name of the file it was made from, which says of when it is.
    pub made_from: String,
    authorities: Vec<String>,
    districts: Vec<District>,
    /// The half after the district of every postcode, packed; district by district.
    inward: Vec<u16>,
    /// The place of its authority in `authorities`.
    within: Vec<u16>,
}

/// One postcode district.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct District {
    outcode: String,
    middle: Option<Point>,
    start: u32,
    end: u32,
    left_out: u32,
}

/// What the postcodes of a district say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage<'p> {
    /// Every authority with its number of live postcodes, the most first.
    pub authorities: Vec<(&'p str, u32)>,
    /// The middle of its live postcodes, where they have points.
    pub middle: Option<Point>,
    /// Live postcodes that could not be placed, and are not counted above.
    pub left_out: u32,
}

/// Why a file of postcodes cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostcodesError {
    /// It begins as another kind of file does.
    #[error("it is not a file that `foreword geography load` wrote, or one of another version")]
    Kind,
    /// It is cut short or changed.
    #[error("it is damaged")]
    Damaged,
}

impl Postcodes {
    /// Code of the authority that a live postcode is in.
    pub(in crate::directory) fn authority(&self, outcode: &str, inward: u16) -> Option<&str> {
        let district = self.district(outcode)?;
        let range = district.range();
        let at = self
            .inward
            .get(range.clone())?
            .binary_search(&inward)
            .ok()?;
        let within = *self.within.get(range.start + at)?;
        self.authorities
            .get(usize::from(within))
            .map(String::as_str)
    }

    /// What the live postcodes of a district say of it.
    #[must_use]
    pub fn coverage(&self, outcode: &str) -> Option<Coverage<'_>> {
        self.district(outcode).map(|d| self.covered(d))
    }

    /// Every district with what its postcodes say of it.
    pub fn districts(&self) -> impl Iterator<Item = (&str, Coverage<'_>)> {
        let each = self.districts.iter();
        each.map(|d| (d.outcode.as_str(), self.covered(d)))
    }

    /// How many postcodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inward.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inward.is_empty()
    }

    /// Names exactly this content.
    #[must_use]
    pub fn digest(&self) -> [u8; HASH] {
        let body = postcard::to_allocvec(self).unwrap_or_default();
        Sha256::digest(body).into()
    }

    /// As a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Writing plain values into memory has nothing to fail at; what would be
        // written if it did is refused by `from_bytes`.
        let body = postcard::to_allocvec(self).unwrap_or_default();
        [MAGIC, Sha256::digest(&body).as_slice(), &body].concat()
    }

    /// Out of a file.
    ///
    /// # Errors
    /// It is another kind of file, or not whole.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PostcodesError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(PostcodesError::Kind)?;
        let (hash, body) = rest.split_at_checked(HASH).ok_or(PostcodesError::Damaged)?;
        if Sha256::digest(body).as_slice() != hash {
            return Err(PostcodesError::Damaged);
        }
        let read: Self = postcard::from_bytes(body).map_err(|_| PostcodesError::Damaged)?;
        read.sound().then_some(read).ok_or(PostcodesError::Damaged)
    }

    /// Whether every part points where there is something.
    fn sound(&self) -> bool {
        let mut last = 0;
        let in_order = self.districts.iter().all(|d| {
            let follows = d.start == last && d.end >= d.start;
            last = d.end;
            follows
        });
        in_order
            && usize::try_from(last) == Ok(self.inward.len())
            && self.inward.len() == self.within.len()
            && self
                .within
                .iter()
                .all(|w| usize::from(*w) < self.authorities.len())
    }

    fn district(&self, outcode: &str) -> Option<&District> {
        let at = self
            .districts
            .binary_search_by(|d| d.outcode.as_str().cmp(outcode));
        self.districts.get(at.ok()?)
    }

    fn covered(&self, district: &District) -> Coverage<'_> {
        let mut counts: HashMap<u16, u32> = HashMap::new();
        for within in self.within.get(district.range()).unwrap_or_default() {
            *counts.entry(*within).or_default() += 1;
        }
        let mut authorities: Vec<(&str, u32)> = counts
            .into_iter()
            .filter_map(|(at, n)| Some((self.authorities.get(usize::from(at))?.as_str(), n)))
            .collect();
        authorities.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        Coverage {
            authorities,
            middle: district.middle,
            left_out: district.left_out,
        }
    }
}

impl District {
    fn range(&self) -> std::ops::Range<usize> {
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        at(self.start)..at(self.end)
    }
}

/// Postcodes on the way to a table, in whatever order they come.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    authorities: Vec<String>,
    authority_at: HashMap<String, u16>,
    districts: Vec<Seen>,
    district_at: HashMap<String, u16>,
    rows: Vec<(u16, u16, u16)>,
}

#[derive(Debug)]
struct Seen {
    outcode: String,
    north: f64,
    east: f64,
    placed: u32,
    left_out: u32,
}

impl Gathering {
    /// One live postcode. Gives false where there are more districts or authorities
    /// than there can be: that file is no list of postcodes.
    pub(super) fn add(
        &mut self,
        outcode: &str,
        inward: u16,
        authority: &str,
        point: Option<Point>,
    ) -> bool {
        let Some(within) = place_of(&mut self.authority_at, &mut self.authorities, authority)
        else {
            return false;
        };
        let Some(district) = self.district(outcode) else {
            return false;
        };
        if let (Some(point), Some(seen)) = (point, self.districts.get_mut(usize::from(district))) {
            seen.north += point.lat;
            seen.east += point.long;
            seen.placed += 1;
        }
        self.rows.push((district, inward, within));
        true
    }

    /// A live postcode that cannot be placed: what is said of its district is then not
    /// all there is.
    pub(super) fn leave_out(&mut self, outcode: &str) {
        if let Some(at) = self.district(outcode)
            && let Some(seen) = self.districts.get_mut(usize::from(at))
        {
            seen.left_out += 1;
        }
    }

    /// The table, and how many postcodes stood there more than once.
    pub(super) fn finish(mut self, made_from: &str) -> (Postcodes, u64) {
        let mut order: Vec<u16> = self.district_at.values().copied().collect();
        order.sort_by(|a, b| self.name(*a).cmp(self.name(*b)));
        let mut rank = vec![0_u16; order.len()];
        for (to, from) in (0_u16..).zip(&order) {
            rank[usize::from(*from)] = to;
        }
        for row in &mut self.rows {
            row.0 = rank[usize::from(row.0)];
        }
        // Stable, so that of two rows for one postcode the first in the file is kept.
        self.rows.sort_by_key(|row| (row.0, row.1));
        let all = self.rows.len();
        self.rows.dedup_by_key(|row| (row.0, row.1));
        let twice = all - self.rows.len();
        let mut districts: Vec<District> = Vec::with_capacity(order.len());
        let mut start = 0;
        for (at, from) in (0_u16..).zip(&order) {
            let seen = &self.districts[usize::from(*from)];
            let end = self.rows.partition_point(|row| row.0 <= at);
            let end = u32::try_from(end).unwrap_or(u32::MAX);
            let middle = (seen.placed > 0).then(|| Point {
                lat: seen.north / f64::from(seen.placed),
                long: seen.east / f64::from(seen.placed),
            });
            districts.push(District {
                outcode: seen.outcode.clone(),
                middle,
                start,
                end,
                left_out: seen.left_out,
            });
            start = end;
        }
        let table = Postcodes {
            made_from: made_from.to_owned(),
            authorities: self.authorities,
            districts,
            inward: self.rows.iter().map(|row| row.1).collect(),
            within: self.rows.iter().map(|row| row.2).collect(),
        };
        (table, u64::try_from(twice).unwrap_or(u64::MAX))
    }

    fn name(&self, district: u16) -> &str {
        &self.districts[usize::from(district)].outcode
    }

    fn district(&mut self, outcode: &str) -> Option<u16> {
        if let Some(at) = self.district_at.get(outcode) {
            return Some(*at);
        }
        let at = u16::try_from(self.districts.len()).ok()?;
        self.districts.push(Seen {
            outcode: outcode.to_owned(),
            north: 0.0,
            east: 0.0,
            placed: 0,
            left_out: 0,
        });
        self.district_at.insert(outcode.to_owned(), at);
        Some(at)
    }
}

fn place_of(at: &mut HashMap<String, u16>, all: &mut Vec<String>, code: &str) -> Option<u16> {
    if let Some(at) = at.get(code) {
        return Some(*at);
    }
    let place = u16::try_from(all.len()).ok()?;
    all.push(code.to_owned());
    at.insert(code.to_owned(), place);
    Some(place)
}
