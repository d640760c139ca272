//! What a map shows: her area in shades, rings of distance, towns, numbered services.
//!
//! Lives here: choosing and placing it, in units of the drawing. Not here: SVG or style
//! (the page's template and style sheet). Shades are told apart by lightness and pattern,
//! and every marker by its number; nothing is told by colour alone.

use serde::Serialize;

use super::{
    Exactness, Point, RecordedPlace,
    cells::Cell,
    frame,
    frame::{Frame, HEIGHT, WIDTH},
    kilometres,
    placing::{Bar, RADII, Spot, Town, bar, direction, towns, whole, wide},
};
use crate::directory::{Geography, Place};

/// Units between markers that stand side by side, and how many do in a row.
const APART: f64 = 27.0;
const IN_A_ROW: usize = 4;
/// Units from an edge within which a marker would be cut off.
const EDGE: f64 = 16.0;
/// Services farther away than this do not widen the map, in kilometres.
const FAR: f64 = 70.0;
/// As many of the widest rings as fit are drawn.
const RINGS: usize = 3;
/// How many towns near her the map reaches to, and how far they may be, in kilometres.
const TOWNS: usize = 3;
const NEAR: f64 = 35.0;

/// A service to be put on the map, by its number in the list.
#[derive(Debug, Clone)]
pub struct Pin<'p> {
    /// Its number in the list.
    pub number: usize,
    /// Its id.
    pub id: &'p str,
    /// Its name.
    pub name: &'p str,
    /// The places its record gives.
    pub places: Vec<RecordedPlace>,
}

/// A map, in units of its drawing from the upper left corner.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Map {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Shapes of districts by how near they are to her: `here`, `unit`, `police`, `land`.
    pub(super) shapes: Vec<Shape>,
    /// Circles within which there is ground.
    pub(super) ground: Vec<Circle>,
    pub(super) rings: Vec<Ring>,
    pub(super) here: Option<Label>,
    pub(super) towns: Vec<Town>,
    pub(super) markers: Vec<Marker>,
    pub(super) scale: Option<Bar>,
    /// Her areas, the nearest first, for the key.
    pub(super) areas: Vec<Shaded>,
    /// Services outside its edges.
    pub(super) beyond: Vec<Beyond>,
    /// Services whose record gives no place.
    pub(super) unplaced: Vec<Numbered>,
    /// Kilometres from top to bottom.
    pub(super) tall: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Shape {
    pub(super) shade: &'static str,
    pub(super) d: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Shaded {
    pub(super) shade: &'static str,
    pub(super) name: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Circle {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) r: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Ring {
    pub(super) r: String,
    pub(super) x: String,
    pub(super) y: String,
    pub(super) label_y: String,
    pub(super) km: u32,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Label {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) text: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Marker {
    pub(super) x: String,
    pub(super) y: String,
    #[serde(skip)]
    pub(super) left: f64,
    #[serde(skip)]
    pub(super) top: f64,
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) place: String,
    /// False where only the town or postcode district is known.
    pub(super) exact: bool,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Beyond {
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) km: String,
    pub(super) direction: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Numbered {
    pub(super) number: usize,
    pub(super) id: String,
    pub(super) name: String,
}

impl Map {
    /// A map of some services around a place, or around themselves without one; `None`
    /// where there is nothing to draw it around.
    #[must_use]
    pub fn draw(geography: &Geography, place: Option<&Place>, pins: &[Pin<'_>]) -> Option<Self> {
        let points = || pins.iter().flat_map(|p| p.places.iter().map(|p| p.point));
        let frame = if let Some(place) = place {
            let near = move |p: &Point| kilometres(place.point, *p) <= FAR;
            let hers = middles(geography, place).chain(near_towns(geography, place.point));
            Frame::around(place.point, hers.chain(points()).filter(near))
        } else {
            let middle = frame::midway(points())?;
            Frame::around(middle, points().chain(near_towns(geography, middle)))
        };
        let mut map = Self {
            width: WIDTH,
            height: HEIGHT,
            tall: format!("{:.0}", 2.0 * frame.half_height()),
            ..Self::default()
        };
        map.shade(geography, place, &frame);
        map.pin(pins, &frame, place);
        if let Some(place) = place {
            map.measure(place, &frame);
        }
        map.scale = bar(&frame);
        map.towns = towns(geography, &frame, map.taken(&frame, place));
        Some(map)
    }

    fn shade(&mut self, geography: &Geography, place: Option<&Place>, frame: &Frame) {
        let mut shapes = SHADES.map(|shade| Shape {
            shade,
            d: String::new(),
        });
        for cell in &geography.cells().all {
            let (x, y) = frame.at(cell.middle);
            let reach = cell.reach * frame.scale;
            let seen =
                (-reach..=WIDTH + reach).contains(&x) && (-reach..=HEIGHT + reach).contains(&y);
            if !seen {
                continue;
            }
            self.ground.push(Circle {
                x: unit(x),
                y: unit(y),
                r: unit(reach),
            });
            let shade = place.map_or(LAND, |place| shade_of(cell, geography, place));
            if let Some(shape) = shapes.iter_mut().find(|s| s.shade == shade) {
                trace(&mut shape.d, cell, frame);
            }
        }
        self.shapes = shapes.into_iter().filter(|s| !s.d.is_empty()).collect();
        let Some(place) = place else { return };
        let likely = place.local_authorities.iter().filter(|a| a.likely);
        let names = |names: Vec<&str>| crate::english::listed(&names);
        let hers = names(likely.map(|a| a.name.as_str()).collect());
        let units = names(place.pdus.iter().map(|a| a.name.as_str()).collect());
        let police = names(place.pcc.iter().map(|a| a.name.as_str()).collect());
        let shown = self.shapes.iter().rev().map(|s| s.shade);
        self.areas = shown
            .map(|shade| Shaded {
                shade,
                name: match shade {
                    HERE => hers.clone(),
                    UNIT => units.clone(),
                    POLICE => police.clone(),
                    _ => String::new(),
                },
            })
            .collect();
    }

    fn pin(&mut self, pins: &[Pin<'_>], frame: &Frame, place: Option<&Place>) {
        let mut spots: Vec<((f64, f64), Vec<Marker>)> = Vec::new();
        for pin in pins {
            let numbered = || Numbered {
                number: pin.number,
                id: pin.id.to_owned(),
                name: pin.name.to_owned(),
            };
            let inside = |p: &&RecordedPlace| Frame::holds(frame.at(p.point), EDGE);
            let seen: Vec<_> = pin.places.iter().filter(inside).collect();
            for spot in &seen {
                let at = frame.at(spot.point);
                let marker = Marker {
                    x: String::new(),
                    y: String::new(),
                    left: 0.0,
                    top: 0.0,
                    number: pin.number,
                    id: pin.id.to_owned(),
                    name: pin.name.to_owned(),
                    place: spot.name.clone(),
                    exact: spot.exactness == Exactness::Point,
                };
                let near = |(there, _): &&mut ((f64, f64), _)| {
                    (there.0 - at.0).hypot(there.1 - at.1) < APART
                };
                match spots.iter_mut().find(near) {
                    Some((_, markers)) => {
                        if !markers.iter().any(|m| m.number == pin.number) {
                            markers.push(marker);
                        }
                    }
                    None => spots.push((at, vec![marker])),
                }
            }
            match (seen.is_empty(), pin.places.first()) {
                (false, _) => {}
                (true, None) => self.unplaced.push(numbered()),
                (true, Some(_)) => self.beyond.extend(beyond(pin, frame, place)),
            }
        }
        for ((x, y), markers) in spots {
            let rows = markers.len().div_ceil(IN_A_ROW);
            for (at, mut marker) in markers.into_iter().enumerate() {
                let (row, column) = (at / IN_A_ROW, at % IN_A_ROW);
                let x = x + whole(column) * APART;
                let y = y + (whole(row) - (whole(rows) - 1.0) / 2.0) * APART;
                (marker.left, marker.top) =
                    (x.clamp(EDGE, WIDTH - EDGE), y.clamp(EDGE, HEIGHT - EDGE));
                (marker.x, marker.y) = (unit(marker.left), unit(marker.top));
                self.markers.push(marker);
            }
        }
        self.markers.sort_by_key(|m| m.number);
    }

    /// What names of towns must stand clear of.
    fn taken(&self, frame: &Frame, place: Option<&Place>) -> Vec<Spot> {
        let mut taken: Vec<Spot> = Vec::new();
        let marks = self.markers.iter();
        taken.extend(marks.map(|m| (m.left - APART / 2.0, m.top - APART / 2.0, APART, APART)));
        if let Some(place) = place {
            let (x, y) = frame.at(place.point);
            taken.push((x - 10.0, y - 10.0, 28.0 + wide(&place.label), 34.0));
        }
        // The scale bar and the arrow to the north.
        taken.push((0.0, HEIGHT - 44.0, WIDTH / 3.0, 44.0));
        taken.push((WIDTH - 44.0, 0.0, 44.0, 56.0));
        taken
    }

    fn measure(&mut self, place: &Place, frame: &Frame) {
        let (x, y) = frame.at(place.point);
        let fits = RADII
            .iter()
            .filter(|km| f64::from(**km) <= frame.half_height());
        let all: Vec<u32> = fits.copied().collect();
        for km in all.iter().rev().take(RINGS) {
            let r = f64::from(*km) * frame.scale;
            self.rings.push(Ring {
                r: unit(r),
                x: unit(x),
                y: unit(y),
                label_y: unit(y - r - 4.0),
                km: *km,
            });
        }
        self.here = Some(Label {
            x: unit(x),
            y: unit(y),
            text: place.label.clone(),
        });
    }
}

const HERE: &str = "here";
const UNIT: &str = "unit";
const POLICE: &str = "police";
const LAND: &str = "land";
/// In the order they are painted.
const SHADES: [&str; 4] = [LAND, POLICE, UNIT, HERE];

/// Middles of the districts of her authorities.
fn middles<'g>(geography: &'g Geography, place: &'g Place) -> impl Iterator<Item = Point> + 'g {
    let main = |authorities: &[String]| authorities.first().cloned();
    geography
        .outcodes()
        .filter(move |o| {
            let first = main(&o.authorities);
            let mut hers = place.local_authorities.iter().filter(|a| a.likely);
            hers.any(|a| Some(&a.gss) == first.as_ref())
        })
        .map(|o| o.middle)
}

/// The towns nearest to her, so that the map shows where she is.
fn near_towns(geography: &Geography, from: Point) -> impl Iterator<Item = Point> + use<> {
    let far = geography.towns().map(|(_, outcode)| outcode.middle);
    let far = far.map(|point| (kilometres(from, point), point));
    let mut near: Vec<(f64, Point)> = far.filter(|(km, _)| *km <= NEAR).collect();
    near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    near.into_iter().take(TOWNS).map(|(_, point)| point)
}

fn shade_of(cell: &Cell, geography: &Geography, place: &Place) -> &'static str {
    let outcode = geography.outcode(&cell.outcode);
    let gss = outcode.and_then(|o| o.authorities.first());
    let Some(authority) = gss.and_then(|gss| geography.authority(gss)) else {
        return LAND;
    };
    let mut hers = place.local_authorities.iter().filter(|a| a.likely);
    if hers.any(|a| a.gss == authority.gss) {
        HERE
    } else if place.pdus.iter().any(|u| authority.pdus.contains(&u.id)) {
        UNIT
    } else if place.pcc.iter().any(|p| p.id == authority.police_area) {
        POLICE
    } else {
        LAND
    }
}

fn trace(d: &mut String, cell: &Cell, frame: &Frame) {
    for (at, corner) in cell.corners.iter().enumerate() {
        let (x, y) = frame.at(*corner);
        d.push_str(if at == 0 { "M" } else { "L" });
        d.push_str(&unit(x));
        d.push(' ');
        d.push_str(&unit(y));
    }
    d.push('Z');
}

fn beyond(pin: &Pin<'_>, frame: &Frame, place: Option<&Place>) -> Option<Beyond> {
    let from = place?.point;
    let far = |p: &RecordedPlace| kilometres(from, p.point);
    let nearest = pin.places.iter().min_by(|a, b| far(a).total_cmp(&far(b)))?;
    let (east, north) = frame.offset(nearest.point);
    Some(Beyond {
        number: pin.number,
        id: pin.id.to_owned(),
        name: pin.name.to_owned(),
        place: nearest.name.clone(),
        km: format!("{:.0}", far(nearest)),
        direction: direction(east, north),
    })
}

pub(super) fn unit(value: f64) -> String {
    format!("{value:.1}")
}
