//! Where words stand on a map, and how far and in which direction something is.
//!
//! Lives here: names of towns clear of one another and of the markers, the scale bar,
//! the eight directions. Not here: services and areas (`drawing`).

use serde::Serialize;

use super::{
    drawing::unit,
    frame::{Frame, WIDTH},
};
use crate::directory::Geography;

/// Radii that rings and the scale bar may have, in kilometres.
pub(super) const RADII: [u32; 8] = [2, 5, 10, 20, 30, 50, 100, 200];
/// Width and height of a letter, in units.
const LETTER: (f64, f64) = (6.8, 15.0);
/// Units from a town's dot to its name.
const BESIDE: f64 = 7.0;
/// Units from an edge within which a name would be cut off.
const EDGE: f64 = 6.0;

/// A rectangle: left, top, width, height.
pub(super) type Spot = (f64, f64, f64, f64);

/// A town.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Town {
    /// Its dot.
    pub(super) x: String,
    pub(super) y: String,
    /// Its name.
    pub(super) text_x: String,
    pub(super) text_y: String,
    pub(super) text: String,
}

/// A bar of a round length.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Bar {
    pub(super) length: String,
    pub(super) km: u32,
}

/// Towns whose names find room beside what is `taken` already.
pub(super) fn towns(geography: &Geography, frame: &Frame, mut taken: Vec<Spot>) -> Vec<Town> {
    let mut towns = Vec::new();
    for (name, outcode) in geography.towns() {
        let (x, y) = frame.at(outcode.middle);
        let (long, (_, tall)) = (wide(name), LETTER);
        // To the right of its dot, to the left, below a marker, above one.
        let spots = [
            (x + BESIDE, y - tall / 2.0),
            (x - BESIDE - long, y - tall / 2.0),
            (x - long / 2.0, y + 2.0 * BESIDE),
            (x - long / 2.0, y - 2.0 * BESIDE - tall),
        ];
        let free = spots.into_iter().find(|(left, top)| {
            let spot = (*left, *top, long, tall);
            Frame::holds((*left, *top), EDGE)
                && Frame::holds((left + long, top + tall), EDGE)
                && !taken.iter().any(|other| overlap(*other, spot))
        });
        let Some((left, top)) = free else { continue };
        taken.push((left, top, long, tall));
        towns.push(Town {
            x: unit(x),
            y: unit(y),
            text_x: unit(left),
            text_y: unit(top + tall * 0.8),
            text: name.to_owned(),
        });
    }
    towns
}

/// One of eight directions.
pub(super) fn direction(east: f64, north: f64) -> &'static str {
    // The tangent of 22.5 degrees: the edge between two of eight directions.
    const EDGE: f64 = 0.414_213_562;
    let (across, along) = (east.abs(), north.abs());
    let straight = (along < across * EDGE, across < along * EDGE);
    match (straight, north >= 0.0, east >= 0.0) {
        ((_, true), true, _) => "north",
        ((_, true), false, _) => "south",
        ((true, _), _, true) => "east",
        ((true, _), _, false) => "west",
        (_, true, true) => "north-east",
        (_, true, false) => "north-west",
        (_, false, true) => "south-east",
        (_, false, false) => "south-west",
    }
}

/// A scale bar of a round length, at most a quarter of the width.
pub(super) fn bar(frame: &Frame) -> Option<Bar> {
    let mut fits = RADII.iter().rev().copied();
    let km = fits.find(|km| f64::from(*km) * frame.scale <= WIDTH / 4.0)?;
    Some(Bar {
        length: unit(f64::from(km) * frame.scale),
        km,
    })
}

/// About how wide a text is.
pub(super) fn wide(text: &str) -> f64 {
    whole(text.chars().count()) * LETTER.0
}

pub(super) fn whole(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

fn overlap(a: Spot, b: Spot) -> bool {
    a.0 < b.0 + b.2 && b.0 < a.0 + a.2 && a.1 < b.1 + b.3 && b.1 < a.1 + a.3
}
