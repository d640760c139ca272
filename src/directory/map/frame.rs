//! The part of the country that a map shows, and how it is made flat.
//!
//! Lives here: the projection, equirectangular with the scale of its middle latitude. At
//! a hundred kilometres from the middle it is off by less than one in a hundred, less
//! than the districts' own inexactness; distances in words are worked out on the
//! ellipsoid instead. Not here: what is drawn (`drawing`).

use super::{Point, cells::KM_PER_DEGREE};

/// Width and height of the drawing, in its own units.
pub(super) const WIDTH: f64 = 720.0;
pub(super) const HEIGHT: f64 = 540.0;
/// Least and most kilometres from the middle to the upper edge.
const LEAST: f64 = 9.0;
const MOST: f64 = 320.0;
/// Room at the edges, as a part of what must be seen.
const MARGIN: f64 = 1.18;

/// The part that is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    middle: Point,
    /// Units of the drawing in a kilometre.
    pub(super) scale: f64,
}

impl Frame {
    /// As much around a point as is needed to see the others.
    pub(super) fn around(middle: Point, others: impl Iterator<Item = Point>) -> Self {
        let mut frame = Self { middle, scale: 1.0 };
        let mut half: f64 = LEAST;
        for point in others {
            let (x, y) = frame.offset(point);
            half = half.max(y.abs()).max(x.abs() * HEIGHT / WIDTH);
        }
        frame.scale = HEIGHT / 2.0 / (half * MARGIN).min(MOST);
        frame
    }

    /// Kilometres east and north of the middle.
    pub(super) fn offset(&self, point: Point) -> (f64, f64) {
        let across = self.middle.lat.to_radians().cos();
        (
            (point.long - self.middle.long) * across * KM_PER_DEGREE,
            (point.lat - self.middle.lat) * KM_PER_DEGREE,
        )
    }

    /// Where a point stands in the drawing, from its upper left corner.
    pub(super) fn at(&self, point: Point) -> (f64, f64) {
        let (east, north) = self.offset(point);
        (
            WIDTH / 2.0 + east * self.scale,
            HEIGHT / 2.0 - north * self.scale,
        )
    }

    /// Whether a place in the drawing is within it, by a margin in units.
    pub(super) fn holds((x, y): (f64, f64), margin: f64) -> bool {
        (margin..=WIDTH - margin).contains(&x) && (margin..=HEIGHT - margin).contains(&y)
    }

    /// Kilometres from the middle to the upper edge.
    pub(super) fn half_height(&self) -> f64 {
        HEIGHT / 2.0 / self.scale
    }
}

/// The point midway between the outermost of some points.
pub(super) fn midway(points: impl Iterator<Item = Point>) -> Option<Point> {
    let mut all = points.peekable();
    let first = *all.peek()?;
    let (mut low, mut high) = (first, first);
    for point in all {
        low.lat = low.lat.min(point.lat);
        low.long = low.long.min(point.long);
        high.lat = high.lat.max(point.lat);
        high.long = high.long.max(point.long);
    }
    Some(Point {
        lat: f64::midpoint(low.lat, high.lat),
        long: f64::midpoint(low.long, high.long),
    })
}
