//! The fields of a requirement in the order and under the headings of the page.
//!
//! Lives here: which field stands where. Not here: which fields there are. A field that
//! no group names stands in the last one.

use serde::Serialize;

use crate::{interview::Field, web::fields::FieldView};

/// Some fields under one heading.
#[derive(Debug, Serialize)]
pub struct Group {
    title: &'static str,
    lines: Vec<Line>,
}

/// Fields that stand side by side, or one that stands alone.
#[derive(Debug, Serialize)]
struct Line {
    together: bool,
    fields: Vec<FieldView>,
}

const GROUPS: [(&str, &[&str]); 5] = [
    (
        "How much",
        &[
            "amount",
            "months",
            "range_reason",
            "plan",
            "review_every_months",
        ],
    ),
    (
        "What it is, and who delivers it",
        &["detail", "what", "service", "place", "starts"],
    ),
    ("What it is for", &["needs", "purposes"]),
    (
        "What the court must have before it",
        &[
            "willing",
            "availability_checked",
            "availability_with",
            "assessed_on",
            "place_information_on",
            "people_there",
            "no_monitoring_reason",
            "zone_checked",
            "zone_holds",
        ],
    ),
    (
        "Whether she can live it",
        &["setting", "travel_minutes", "adjustments", "slot"],
    ),
];

/// A form has a heading for each group, in this order.
fn place(id: &str) -> (usize, usize) {
    let id = id.split('.').next().unwrap_or(id);
    for (group, (_, ids)) in GROUPS.iter().enumerate() {
        if let Some(at) = ids.iter().position(|known| *known == id) {
            return (group, at);
        }
    }
    (GROUPS.len() - 1, usize::MAX)
}

/// Puts fields in the order of the page; slots keep theirs.
pub(super) fn sort(fields: &mut [Field]) {
    fields.sort_by_key(|field| place(&field.id));
}

/// The sorted fields of the page under their headings. A group with no field is left out.
#[must_use]
pub fn grouped(fields: Vec<FieldView>) -> Vec<Group> {
    let mut groups: Vec<Group> = GROUPS
        .map(|(title, _)| Group {
            title,
            lines: Vec::new(),
        })
        .into();
    for field in fields {
        let (group, _) = place(&field.name);
        let Some(group) = groups.get_mut(group) else {
            continue;
        };
        let (_, part) = field.name.rsplit_once('.').unwrap_or_default();
        match (part, group.lines.last_mut()) {
            ("to", Some(line)) if line.together => line.fields.push(field),
            _ => group.lines.push(Line {
                together: part == "from",
                fields: vec![field],
            }),
        }
    }
    groups.retain(|group| !group.lines.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::fields::Control;

    #[test]
    fn every_field_stands_once_under_its_heading_and_times_stand_side_by_side() {
        let names = [
            "amount",
            "what",
            "willing",
            "setting",
            "slot.0.days",
            "slot.0.from",
            "slot.0.to",
            "unheard-of",
        ];
        let fields = names.map(|name| FieldView::new(Control::Line, name, "Label"));
        let groups = grouped(fields.into());
        let titles: Vec<_> = groups.iter().map(|group| group.title).collect();
        assert_eq!(titles, [GROUPS[0].0, GROUPS[1].0, GROUPS[3].0, GROUPS[4].0]);
        let last: Vec<usize> = groups[3]
            .lines
            .iter()
            .map(|line| line.fields.len())
            .collect();
        assert_eq!(last, [1, 1, 2, 1]);
        let all = groups.iter().flat_map(|g| &g.lines).map(|l| l.fields.len());
        assert_eq!(all.sum::<usize>(), names.len());
    }
}
