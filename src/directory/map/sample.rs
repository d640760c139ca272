//! A map with everything on it, for samples of pages. It shows no real place.

use super::{
    drawing::{Beyond, Circle, Label, Map, Marker, Numbered, Ring, Shaded, Shape},
    placing::{Bar, Town},
};

impl Map {
    /// A map whose services are `sample-1` and `sample-2`, with hostile words on it.
    #[must_use]
    pub fn sample() -> Self {
        let text = |text: &str| text.to_owned();
        Self {
            width: 720.0,
            height: 540.0,
            shapes: vec![Shape {
                shade: "here",
                d: text("M10 10L90 10L50 90Z"),
            }],
            ground: vec![Circle {
                x: text("50"),
                y: text("50"),
                r: text("60"),
            }],
            rings: vec![Ring {
                r: text("80"),
                x: text("360"),
                y: text("270"),
                label_y: text("186"),
                km: 10,
            }],
            here: Some(Label {
                x: text("360"),
                y: text("270"),
                text: text("RG14 <b>here</b>"),
            }),
            towns: vec![Town {
                x: text("100"),
                y: text("100"),
                text_x: text("107"),
                text_y: text("104"),
                text: text("A <b>town</b>"),
            }],
            markers: vec![Marker {
                x: text("200"),
                y: text("200"),
                left: 200.0,
                top: 200.0,
                number: 1,
                id: text("sample-1"),
                name: text("The \"<b>Centre</b>\""),
                place: text("A <b>town</b>"),
                exact: false,
            }],
            scale: Some(Bar {
                length: text("120"),
                km: 10,
            }),
            areas: vec![Shaded {
                shade: "here",
                name: text("West <b>Berkshire</b>"),
            }],
            beyond: vec![Beyond {
                number: 2,
                id: text("sample-2"),
                name: text("Far & <b>away</b>"),
                place: text("Carlisle"),
                km: text("300"),
                direction: "north",
            }],
            unplaced: vec![Numbered {
                number: 2,
                id: text("sample-2"),
                name: text("<b>Nowhere</b>"),
            }],
            tall: text("40"),
        }
    }
}
