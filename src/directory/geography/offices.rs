//! The probation offices near a point, or of a region.
//!
//! Lives here: finding them. Not here: whether she reports there; the source does not
//! say which delivery unit an office serves.

use geographiclib_rs::{Geodesic, InverseGeodesic};

use super::{Geography, Office, Point};

impl Geography {
    /// The probation offices.
    #[must_use]
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// The offices of a probation region, in the order of the file.
    pub fn offices_of<'g>(&'g self, region: &'g str) -> impl Iterator<Item = &'g Office> {
        self.offices.iter().filter(move |o| o.region == region)
    }

    /// The nearest offices to a point with about how many kilometres away each is,
    /// measured to the middle of its postcode district. An office whose address prints
    /// no postcode is not among them.
    #[must_use]
    pub fn offices_near(&self, from: Point, most: usize) -> Vec<(&Office, f64)> {
        let earth = Geodesic::wgs84();
        let km = |office: &Office| {
            let to = self.outcode(office.outcode.as_deref()?)?.middle;
            let metres: f64 = earth.inverse(from.lat, from.long, to.lat, to.long);
            Some(metres / 1000.0)
        };
        let mut near: Vec<(&Office, f64)> = self
            .offices
            .iter()
            .filter_map(|office| Some((office, km(office)?)))
            .collect();
        near.sort_by(|a, b| a.1.total_cmp(&b.1));
        near.truncate(most);
        near
    }
}
