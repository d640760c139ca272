//! One step of a plan: its fields, and reading them.

use super::{
    Faults, boxes, date, fault,
    forms::{Desk, Sheet},
    text,
};
use crate::{
    consultancy::plan::{Plan, Step, StepWords},
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

const LONGEST: u32 = 600;
const LINE: u32 = 200;

pub(super) fn sheet(desk: &Desk<'_>, number: u32) -> Option<Sheet> {
    let step = match number {
        0 => Step::default(),
        number => desk.plan.step(number)?.clone(),
    };
    let made = desk.pack.plans.origin(step.origin.kind);
    let mut about = Vec::new();
    if number > 0 {
        about.push(format!("Made from: {made}."));
    }
    if !step.made.what.is_empty() && step.made != step.words {
        about.push(format!("There it says: {}", step.made.what));
    }
    let themes = desk.pack.interview.themes.iter();
    let themes = themes.map(|theme| (theme.id.as_str(), &*theme.name, String::new()));
    let words = &step.words;
    let mut fields = vec![
        FieldView::new(Control::Text, "what", "What is done")
            .rows(3)
            .max(Some(LONGEST))
            .value(&words.what),
        FieldView::new(Control::Text, "for_her", "The same in plain words, for her")
            .hint("As she would say it: I see Priya each Tuesday. Short words, one thing in a sentence.")
            .rows(2)
            .max(Some(LONGEST))
            .value(&step.for_her),
        FieldView::new(Control::Line, "who", "Who does it with her").value(&words.who),
        FieldView::new(Control::Line, "place", "Where").value(&words.place),
        FieldView::new(Control::Line, "when", "When").value(&words.when),
        FieldView::new(Control::Date, "by", "By which day, if there is one").date(boxes(step.by)),
        FieldView::new(Control::Checkboxes, "themes", "Which needs it serves")
            .hint("The first of them is the one it is printed under")
            .hinted_options(themes)
            .small()
            .values(&step.themes),
    ];
    if number > 0 {
        fields.push(
            FieldView::new(
                Control::Line,
                "ended",
                "Why it is taken off the plan, if it is",
            )
            .hint("Left empty, it stays. What was recorded of it is kept either way.")
            .value(&step.ended),
        );
    }
    Some(Sheet {
        title: if number == 0 {
            "Add a step".into()
        } else {
            format!("Step {number}")
        },
        about,
        fields,
    })
}

pub(super) fn read(form: &Form, desk: &Desk<'_>, number: u32, plan: &mut Plan) -> Faults {
    let mut faults = Faults::new();
    let words = StepWords {
        what: text(form, "what", LONGEST, &mut faults),
        who: text(form, "who", LINE, &mut faults),
        place: text(form, "place", LINE, &mut faults),
        when: text(form, "when", LINE, &mut faults),
    };
    if words.what.is_empty() {
        fault(&mut faults, "what", "Enter what is done");
    }
    let for_her = text(form, "for_her", LONGEST, &mut faults);
    let by = date(form, "by", "The day it is done by", &mut faults);
    let ended = text(form, "ended", LINE, &mut faults);
    let known = |id: &String| desk.pack.interview.theme(id).is_some();
    let themes: Vec<String> = form.all("themes").into_iter().filter(known).collect();
    if number == 0 {
        let number = plan.next_number();
        plan.steps.push(Step {
            number,
            ..Step::default()
        });
    }
    let at = if number == 0 {
        plan.steps.len().checked_sub(1)
    } else {
        plan.steps.iter().position(|step| step.number == number)
    };
    if let Some(step) = at.and_then(|at| plan.steps.get_mut(at)) {
        step.words = words;
        step.for_her = for_her;
        step.by = by;
        step.ended = ended;
        // The order in which they were made stays: the first is where it is printed.
        let mut kept: Vec<String> = step.themes.clone();
        kept.retain(|theme| themes.contains(theme));
        kept.extend(
            themes
                .into_iter()
                .filter(|theme| !step.themes.contains(theme)),
        );
        step.themes = kept;
    }
    faults
}
