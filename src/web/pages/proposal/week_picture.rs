//! Her week and the order's weeks as pictures: rectangles with their places, which the
//! template writes as SVG.
//!
//! Lives here: arithmetic of the drawing. Not here: what is in a week (`sentencing`), or
//! any colour (`application.css`). Every picture has a table beside it that says the same.

use serde::Serialize;

use crate::{
    case::Day,
    sentencing::{Filling, Outlook, WeekItem, WeeklyLoad},
};

const AXIS: u32 = 52;
const COLUMN: u32 = 100;
const HEAD: u32 = 24;
const HOUR: u32 = 26;
const LETTER: u32 = 7;

/// Seven days side by side, time downwards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WeekPicture {
    /// Width in the picture's own units.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Name of each day and where its column begins.
    pub days: Vec<Mark>,
    /// Full hours and where they lie.
    pub hours: Vec<Mark>,
    /// What fills the week.
    pub boxes: Vec<Drawn>,
}

/// A word at a place along an axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The word.
    pub says: String,
    /// Its place.
    pub at: u32,
}

/// A rectangle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// What fills it: a word of a class name.
    pub kind: &'static str,
    /// What it is, as far as there is room for it.
    pub label: String,
    /// All of it, for whoever points at it.
    pub title: String,
}

/// The class word of a filling.
#[must_use]
pub fn kind(filling: Filling) -> &'static str {
    match filling {
        Filling::Commitment(_) => "hers",
        Filling::Requirement => "order",
        Filling::Service => "service",
        Filling::Travel => "way",
        Filling::AtHome => "home",
    }
}

impl WeekPicture {
    /// Draws a week; from the hour in which it begins to the one in which it ends, and
    /// at least from eight to six.
    #[must_use]
    pub fn of(load: &WeeklyLoad) -> Self {
        let first = load.items.iter().map(|i| i.start / 60).min();
        let last = load.items.iter().map(|i| i.end.div_ceil(60)).max();
        let first = first.unwrap_or(8).min(8);
        let last = last.unwrap_or(18).max(18);
        let days = Day::ALL.into_iter().zip(0..);
        let boxes = days
            .clone()
            .flat_map(|(day, n)| day_of(load, day, AXIS + n * COLUMN, first * 60));
        Self {
            width: AXIS + 7 * COLUMN + 4,
            height: HEAD + (last - first) * HOUR + 4,
            boxes: boxes.collect(),
            days: days
                .map(|(day, n)| Mark {
                    says: day.name().into(),
                    at: AXIS + n * COLUMN,
                })
                .collect(),
            hours: (first..=last)
                .map(|hour| Mark {
                    says: format!("{hour:02}:00"),
                    at: HEAD + (hour - first) * HOUR,
                })
                .collect(),
        }
    }
}

/// One day's boxes; what overlaps stands side by side.
fn day_of(load: &WeeklyLoad, day: Day, left: u32, first: u32) -> Vec<Drawn> {
    let items: Vec<&WeekItem> = load.day(day).collect();
    let mut ends: Vec<u32> = Vec::new();
    let mut lanes = Vec::with_capacity(items.len());
    for item in &items {
        let free = ends.iter().position(|end| *end <= item.start);
        let lane = free.unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = item.end,
            None => ends.push(item.end),
        }
        lanes.push(lane);
    }
    let room = COLUMN - 6;
    let wide = room / u32::try_from(ends.len().max(1)).unwrap_or(1);
    let boxes = items.iter().zip(lanes).map(|(item, lane)| {
        let lane = u32::try_from(lane).unwrap_or(0);
        let height = ((item.end - item.start) * HOUR / 60).max(4);
        Drawn {
            x: left + 3 + lane * wide,
            y: HEAD + (item.start - first) * HOUR / 60,
            width: wide.saturating_sub(2).max(3),
            height,
            kind: kind(item.filling),
            label: if height >= 14 {
                short(&item.what, wide / LETTER)
            } else {
                String::new()
            },
            title: format!(
                "{}, {} to {}",
                item.what,
                item.from().format("%H:%M"),
                item.to().format("%H:%M")
            ),
        }
    });
    boxes.collect()
}

/// As many letters as there is room for, with a mark where more follow.
fn short(text: &str, letters: u32) -> String {
    let letters = letters as usize;
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept = letters.saturating_sub(1);
    let mut out: String = text.chars().take(kept).collect();
    if out.is_empty() {
        return out;
    }
    out.push('…');
    out
}

/// What runs when: a bar for each line along the weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BarsPicture {
    /// Width in the picture's own units.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Weeks, or months, along the top.
    pub marks: Vec<Mark>,
    /// What each line is, and its height in the picture.
    pub names: Vec<Mark>,
    /// The bars.
    pub boxes: Vec<Drawn>,
    /// Lines with nothing drawn: where they stand, and why.
    pub unknown: Vec<Mark>,
}

const NAMES: u32 = 230;
const SPAN: u32 = 520;
const LINE: u32 = 30;

impl BarsPicture {
    /// The lines over so many weeks, with a mark each `step` weeks.
    #[must_use]
    pub fn of(outlook: &Outlook, weeks: u32, step: u32, mark: impl Fn(u32) -> String) -> Self {
        let weeks = weeks.max(1);
        // In wider numbers: an order may be mistyped as a million months long.
        let along = |week: u32| u64::from(week.min(weeks)) * u64::from(SPAN) / u64::from(weeks);
        let at = |week: u32| NAMES + u32::try_from(along(week)).unwrap_or(SPAN);
        let mut picture = Self {
            width: NAMES + SPAN + 6,
            height: HEAD,
            ..Self::default()
        };
        picture.marks = (0..weeks)
            .step_by(step.max(1) as usize)
            .map(|week| Mark {
                says: mark(week),
                at: at(week),
            })
            .collect();
        for line in &outlook.lines {
            let y = picture.height;
            picture.height += LINE;
            picture.names.push(Mark {
                says: short(&line.what, NAMES / LETTER),
                at: y + 19,
            });
            let Some(start) = line.starts else {
                picture.unknown.push(Mark {
                    says: "start not yet known".into(),
                    at: y + 19,
                });
                continue;
            };
            if start > weeks {
                picture.unknown.push(Mark {
                    says: format!("starts in week {start}"),
                    at: y + 19,
                });
                continue;
            }
            let (from, to) = (at(start - 1), at(line.ends.unwrap_or(weeks)));
            picture.boxes.push(Drawn {
                x: from,
                y: y + 5,
                width: to.saturating_sub(from).max(3),
                height: LINE - 10,
                kind: match (line.ends, line.at_home) {
                    (None, _) => "open",
                    (Some(_), true) => "home",
                    (Some(_), false) => "order",
                },
                label: String::new(),
                title: match line.ends {
                    Some(end) => format!("{}, to week {end}", line.what),
                    None => format!("{}: goes on, or its end is not known", line.what),
                },
            });
        }
        picture.height += 6;
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentencing::Running;

    fn item(day: Day, start: u32, end: u32, filling: Filling) -> WeekItem {
        WeekItem {
            day,
            start,
            end,
            what: "One-to-one work".into(),
            filling,
            at: format!("{start}"),
        }
    }

    #[test]
    fn every_box_stays_within_its_day_and_its_frame_however_much_overlaps() {
        let items = (0..12).map(|n| item(Day::Sunday, n * 30, 1440 - n * 10, Filling::Requirement));
        let load = WeeklyLoad {
            items: items.collect(),
        };
        let picture = WeekPicture::of(&load);
        assert_eq!(picture.boxes.len(), 12);
        for b in &picture.boxes {
            assert!(b.x >= AXIS + 6 * COLUMN, "{b:?}");
            assert!(b.x + b.width <= AXIS + 7 * COLUMN, "{b:?}");
            assert!(b.y + b.height <= picture.height, "{b:?}");
        }
    }

    #[test]
    fn what_overlaps_stands_side_by_side_and_what_follows_stands_below() {
        let load = WeeklyLoad {
            items: vec![
                item(Day::Monday, 540, 660, Filling::Requirement),
                item(Day::Monday, 600, 720, Filling::Service),
                item(Day::Monday, 660, 700, Filling::Travel),
            ],
        };
        let boxes = WeekPicture::of(&load).boxes;
        assert_ne!(boxes[0].x, boxes[1].x);
        assert_eq!(boxes[0].x, boxes[2].x);
        assert!(boxes[2].y >= boxes[0].y + boxes[0].height);
    }

    #[test]
    fn a_long_name_is_shortened_and_keeps_its_whole_title() {
        assert_eq!(short("Rehabilitation", 8), "Rehabil…");
        assert_eq!(short("RAR", 8), "RAR");
        assert_eq!(short("RAR", 1), "");
    }

    proptest::proptest! {
        #[test]
        fn no_bar_leaves_its_frame_whatever_the_weeks(
            weeks in 0u32..=u32::MAX,
            start in 1u32..=u32::MAX,
            end in proptest::option::of(1u32..=u32::MAX),
        ) {
            let line = Running {
                what: "Unpaid work".into(),
                starts: Some(start),
                starts_in_words: String::new(),
                ends: end.map(|end| end.max(start)),
                minutes: None,
                travel: 0,
                contacts: 0,
                at_home: false,
                at: String::new(),
            };
            let outlook = Outlook { lines: vec![line], ..Outlook::default() };
            let picture = BarsPicture::of(&outlook, weeks, weeks / 12, |week| week.to_string());
            proptest::prop_assert_eq!(picture.boxes.len() + picture.unknown.len(), 1);
            for b in &picture.boxes {
                proptest::prop_assert!(b.x >= NAMES && b.x + b.width <= picture.width, "{:?}", b);
            }
        }

        #[test]
        fn the_picture_holds_each_item_once_and_nothing_leaves_the_frame(
            spans in proptest::collection::vec((0usize..7, 0u32..1440, 1u32..600), 0..40),
        ) {
            let items = spans.into_iter().map(|(day, start, long)| {
                let end = (start + long).min(1440);
                item(Day::ALL[day], start, end, Filling::Requirement)
            });
            let mut items: Vec<WeekItem> = items.collect();
            items.sort_by_key(|i| (i.day, i.start));
            let count = items.len();
            let picture = WeekPicture::of(&WeeklyLoad { items });
            proptest::prop_assert_eq!(picture.boxes.len(), count);
            for b in &picture.boxes {
                proptest::prop_assert!(b.x >= AXIS && b.x + b.width <= picture.width, "{:?}", b);
                proptest::prop_assert!(b.y >= HEAD && b.y + b.height <= picture.height, "{:?}", b);
            }
        }
    }
}
