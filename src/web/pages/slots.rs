//! Times of the week in a form: days, from, to, as often as there are.
//!
//! Lives here: the fields of some slots and reading them back. Not here: whether they
//! clash with anything (`sentencing`). A page that asks for times uses all four
//! functions.

use crate::{
    case::{Day, Slot},
    interview::typed,
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

/// More than anybody's week holds; what else is sent is not looked at.
const MOST: usize = 14;

/// Fields for this many slots, and for one where there is none yet.
#[must_use]
pub fn fields(slots: usize) -> Vec<FieldView> {
    let count = slots.clamp(1, MOST);
    let days = Day::ALL.map(|day| (day.name().to_lowercase(), day.name(), String::new()));
    let one = |at: usize| {
        let label = |text: &str| match count {
            1 => text.to_owned(),
            _ => format!("{text} ({} of {count})", at + 1),
        };
        [
            FieldView::new(
                Control::Checkboxes,
                format!("slot.{at}.days"),
                label("When it would be"),
            )
            .hinted_options(days.clone())
            .inline()
            .strong(),
            FieldView::new(Control::Code, format!("slot.{at}.from"), label("From"))
                .hint("For example, 9:30am")
                .width(5),
            FieldView::new(Control::Code, format!("slot.{at}.to"), label("To")).width(5),
        ]
    };
    (0..count).flat_map(one).collect()
}

/// A field of [`fields`] with what is held; any other field as it is.
#[must_use]
pub fn fill(field: FieldView, slots: &[Slot]) -> FieldView {
    let mut parts = field.name.split('.');
    let number = |part: &str| part.parse::<usize>().ok();
    let (Some("slot"), Some(at)) = (parts.next(), parts.next().and_then(number)) else {
        return field;
    };
    let (Some(slot), Some(part)) = (slots.get(at), parts.next().map(str::to_owned)) else {
        return field;
    };
    match part.as_str() {
        "days" => {
            let days = slot.days.iter().map(|d| d.name().to_lowercase());
            field.values(&days.collect::<Vec<_>>())
        }
        "from" => field.value(slot.from.format("%H:%M").to_string()),
        _ => field.value(slot.to.format("%H:%M").to_string()),
    }
}

/// How many slots a form has fields for.
#[must_use]
pub fn sent(form: &Form) -> usize {
    let has = |at: &usize| {
        ["from", "to"]
            .iter()
            .any(|part| form.get(&format!("slot.{at}.{part}")).is_some())
    };
    (0..MOST).take_while(has).count()
}

/// The slots of a form; those left empty are left out. Faults go by field name.
pub fn read(form: &Form, faults: &mut Vec<(String, String)>) -> Vec<Slot> {
    (0..MOST).filter_map(|at| one(form, at, faults)).collect()
}

fn one(form: &Form, at: usize, faults: &mut Vec<(String, String)>) -> Option<Slot> {
    let name = |part: &str| format!("slot.{at}.{part}");
    let chosen = form.all(&name("days"));
    let (from, to) = (form.one(&name("from")), form.one(&name("to")));
    if chosen.is_empty() && from.is_empty() && to.is_empty() {
        return None;
    }
    let before = faults.len();
    let mut fault = |part: &str, what: &str| faults.push((name(part), what.to_owned()));
    let days: Vec<Day> = Day::ALL
        .into_iter()
        .filter(|day| chosen.contains(&day.name().to_lowercase()))
        .collect();
    if days.is_empty() {
        fault("days", "Select at least one day, or clear the times");
    }
    let (start, end) = (typed::time(from), typed::time(to));
    if start.is_none() {
        fault("from", "Enter the time it begins, such as 9:30am");
    }
    match (start, end) {
        (_, None) => fault("to", "Enter the time it ends, such as 1pm"),
        (Some(start), Some(end)) if end <= start => {
            fault(
                "to",
                "The time it ends must be later than the time it begins",
            );
        }
        _ => {}
    }
    if faults.len() > before {
        return None;
    }
    Some(Slot {
        days,
        from: start?,
        to: end?,
    })
}

/// Two slots, for samples of pages.
#[must_use]
pub fn samples() -> Vec<Slot> {
    let slot = |day, from: &str, to: &str| {
        Some(Slot {
            days: vec![day],
            from: typed::kept_time(from)?,
            to: typed::kept_time(to)?,
        })
    };
    [
        slot(Day::Tuesday, "10:00", "13:00"),
        slot(Day::Friday, "09:30", "11:00"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let pairs = pairs.iter();
        Form::new(pairs.map(|(n, v)| ((*n).into(), (*v).into())).collect())
    }

    fn faults_of(pairs: &[(&str, &str)]) -> Vec<String> {
        let mut faults = Vec::new();
        assert_eq!(read(&form(pairs), &mut faults), Vec::new());
        faults.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn several_slots_are_shown_and_read_back_as_they_were() {
        let slots = samples();
        let mut pairs = Vec::new();
        for field in fields(slots.len()).into_iter().map(|f| fill(f, &slots)) {
            if field.options.is_empty() {
                pairs.push((field.name.clone(), field.value.clone()));
            }
            let chosen = field.options.iter().filter(|o| o.checked);
            pairs.extend(chosen.map(|o| (field.name.clone(), o.value.clone())));
        }
        let form = Form::new(pairs);
        assert_eq!(sent(&form), 2);
        let mut faults = Vec::new();
        assert_eq!(read(&form, &mut faults), slots);
        assert_eq!(faults, []);
    }

    #[test]
    fn an_empty_slot_is_no_slot_and_no_fault() {
        let empty = [("slot.0.from", ""), ("slot.0.to", " ")];
        assert_eq!(faults_of(&empty), Vec::<String>::new());
    }

    #[test]
    fn a_slot_without_its_days_or_a_time_is_refused_where_it_is_wrong() {
        let no_day = [("slot.0.from", "9am"), ("slot.0.to", "1pm")];
        assert_eq!(faults_of(&no_day), ["slot.0.days"]);
        let no_times = [("slot.0.days", "monday"), ("slot.0.from", "soon")];
        assert_eq!(faults_of(&no_times), ["slot.0.from", "slot.0.to"]);
    }

    #[test]
    fn a_slot_that_ends_before_it_begins_is_refused() {
        let backwards = [
            ("slot.0.days", "monday"),
            ("slot.0.from", "1pm"),
            ("slot.0.to", "9am"),
        ];
        assert_eq!(faults_of(&backwards), ["slot.0.to"]);
    }
}
