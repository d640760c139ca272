//! Postcode districts as shapes, for want of their boundaries: the ground nearer to a
//! district's middle than to any other's (Voronoi cells).
//!
//! Lives here: making them, once. Not here: choosing and drawing them (`drawing`). They
//! are approximate by nature, and the map says so. Towards the sea a cell has no end, so
//! each also has a reach: the map shows only ground within the reach of some district.

use voronoice::{BoundingBox, Point as Flat, VoronoiBuilder};

use super::Point;
use crate::directory::Geography;

/// Kilometres in a degree of latitude, on a sphere of the earth's mean radius.
pub(super) const KM_PER_DEGREE: f64 = 111.195;
/// Where the country is flattened for working out who is nearest, in degrees north.
const MIDDLE: f64 = 53.0;
/// Reach of the smallest and the largest district, in kilometres.
const LEAST_REACH: f64 = 1.5;
const MOST_REACH: f64 = 16.0;

/// One postcode district's shape.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) outcode: String,
    pub(super) middle: Point,
    /// Corners in order.
    pub(super) corners: Vec<Point>,
    /// Kilometres from its middle that it is taken to reach.
    pub(super) reach: f64,
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    pub(super) all: Vec<Cell>,
}

impl Cells {
    /// The cells of every district. Districts with the very same middle share one.
    #[must_use]
    pub fn of(geography: &Geography) -> Self {
        let mut districts: Vec<_> = geography.outcodes().collect();
        districts.sort_unstable_by(|a, b| a.outcode.cmp(&b.outcode));
        let mut sites: Vec<Flat> = Vec::with_capacity(districts.len());
        districts.retain(|district| {
            let site = flat(district.middle);
            let new = !sites.contains(&site);
            if new {
                sites.push(site);
            }
            new
        });
        let Some(bounds) = bounds(&sites) else {
            return Self::default();
        };
        let voronoi = VoronoiBuilder::default()
            .set_sites(sites.clone())
            .set_bounding_box(bounds)
            .build();
        let Some(voronoi) = voronoi else {
            return Self::default();
        };
        let all = districts.into_iter().zip(voronoi.iter_cells());
        let all = all.map(|(district, cell)| {
            let here = flat(district.middle);
            let neighbours = cell.iter_neighbors().filter_map(|n| sites.get(n));
            Cell {
                outcode: district.outcode.clone(),
                middle: district.middle,
                corners: cell.iter_vertices().map(round_again).collect(),
                reach: reach(&here, neighbours),
            }
        });
        Self { all: all.collect() }
    }
}

/// The middle of its distances to its neighbours.
fn reach<'f>(here: &Flat, neighbours: impl Iterator<Item = &'f Flat>) -> f64 {
    let far = neighbours.map(|n| (n.x - here.x).hypot(n.y - here.y));
    let mut far: Vec<f64> = far.collect();
    far.sort_unstable_by(f64::total_cmp);
    let middle = far.get(far.len() / 2).copied();
    middle.unwrap_or(MOST_REACH).clamp(LEAST_REACH, MOST_REACH)
}

fn flat(point: Point) -> Flat {
    Flat {
        x: point.long * MIDDLE.to_radians().cos() * KM_PER_DEGREE,
        y: point.lat * KM_PER_DEGREE,
    }
}

fn round_again(flat: &Flat) -> Point {
    Point {
        lat: flat.y / KM_PER_DEGREE,
        long: flat.x / KM_PER_DEGREE / MIDDLE.to_radians().cos(),
    }
}

/// A box around all the sites, with room for the reach of the outermost.
fn bounds(sites: &[Flat]) -> Option<BoundingBox> {
    let first = sites.first()?;
    let (mut low, mut high) = ((first.x, first.y), (first.x, first.y));
    for site in sites {
        low = (low.0.min(site.x), low.1.min(site.y));
        high = (high.0.max(site.x), high.1.max(site.y));
    }
    let middle = Flat {
        x: f64::midpoint(low.0, high.0),
        y: f64::midpoint(low.1, high.1),
    };
    let room = 4.0 * MOST_REACH;
    Some(BoundingBox::new(
        middle,
        high.0 - low.0 + room,
        high.1 - low.1 + room,
    ))
}
