//! Whether a service works where somebody is, or is near.
//!
//! Lives here: points of what is public, distances, and coverage by area. A distance
//! is as the crow flies, from the middle of the postcode district.

use geographiclib_rs::{Geodesic, InverseGeodesic};
use uuid::Uuid;

use super::super::{ids, ids::Ids, reach::Reach, writing};
use crate::directory::{
    Area, Geography, Place, Point, PublicRecord, facts::Location, postcode::as_district,
};

/// Metres in a degree of latitude, at the least: a box of this size holds the circle.
const METRES_A_DEGREE: f64 = 110_500.0;

/// Where somebody is.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The place of her postcode.
    pub place: Place,
    /// Within so many metres; without it, within the areas a service works in.
    pub metres: Option<f64>,
}

impl Near {
    /// Whether a service that works in `area` works here. A postcode district that
    /// reaches into several authorities counts as in each.
    pub(super) fn is_covered_by(&self, area: &Area, geography: &Geography) -> bool {
        let reach = Reach::of(area, geography);
        self.place
            .local_authorities
            .iter()
            .filter_map(|here| geography.authority(&here.gss))
            .any(|authority| reach.takes_in(authority))
    }
}

/// All within a distance of a place.
pub(super) struct Circle {
    earth: Geodesic,
    middle: Point,
    metres: f64,
}

impl Circle {
    pub(super) fn around(near: &Near) -> Self {
        Self {
            earth: Geodesic::wgs84(),
            middle: near.place.point,
            metres: near.metres.unwrap_or_default(),
        }
    }

    pub(super) fn holds(&self, point: Point) -> bool {
        let north = (point.lat - self.middle.lat).abs() * METRES_A_DEGREE;
        if north > self.metres {
            return false;
        }
        let (from, to) = (self.middle, point);
        let metres: f64 = self.earth.inverse(from.lat, from.long, to.lat, to.long);
        metres <= self.metres
    }
}

/// Where a public place is: its own point, or the middle of its postcode district.
fn point_of(place: &Location, geography: &Geography) -> Option<Point> {
    let of_postcode = || {
        let (outcode, _) = as_district(&place.postcode)?;
        Some(geography.outcode(&outcode)?.middle)
    };
    place
        .point
        .or_else(of_postcode)
        .or_else(|| Some(geography.town(&place.town)?.1.middle))
}

/// The points of a service: of its places, or else of the towns its locality names.
pub(super) fn points(record: &PublicRecord, geography: &Geography) -> Box<[Point]> {
    let places = record.facts.locations.iter().filter(|l| !l.internal);
    let points: Vec<Point> = places.filter_map(|l| point_of(l, geography)).collect();
    if !points.is_empty() {
        return points.into();
    }
    let named = record.area.locality.split([';', ',', '(']);
    named
        .filter_map(|piece| Some(geography.town(piece)?.1.middle))
        .collect()
}

/// The id and point of a service at each of its places.
pub(super) fn at_locations(
    record: &PublicRecord,
    geography: &Geography,
) -> Vec<(Uuid, Option<Point>)> {
    let places = record.facts.locations.iter().filter(|l| !l.internal);
    let points = places.map(|place| point_of(place, geography));
    let mut ids = Ids::of(ids::recorded(&record.id));
    let written = writing::locations(record, &mut ids);
    written.into_iter().map(|w| w.id).zip(points).collect()
}
