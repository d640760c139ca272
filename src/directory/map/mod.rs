//! A map drawn from our own geography: her area, services, distances. No tiles, no other
//! host.
//!
//! Lives here: where a record says a service is (`recorded`), postcode districts as
//! shapes (`cells`), the part of the country that is shown and how it is flattened
//! (`frame`), and what is drawn (`drawing`). Not here: SVG; a page's template turns a
//! [`Map`] into it. One more thing on the map is a field of [`Map`].

mod cells;
mod drawing;
mod frame;
mod placing;
mod recorded;
mod sample;

#[cfg(test)]
mod tests;

use geographiclib_rs::{Geodesic, InverseGeodesic};

pub use self::{
    cells::Cells,
    drawing::{Map, Pin},
    recorded::{Exactness, RecordedPlace, recorded_places},
};
use super::Point;

/// Kilometres between two points, on the ellipsoid.
#[must_use]
pub fn kilometres(from: Point, to: Point) -> f64 {
    let metres: f64 = Geodesic::wgs84().inverse(from.lat, from.long, to.lat, to.long);
    metres / 1000.0
}
