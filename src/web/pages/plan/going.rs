//! The forms for the whole of a plan: what it is for, its link worker, its outcomes, and
//! progress.

use super::{
    Faults, boxes, date, fault,
    forms::{Desk, Sheet},
    text,
};
use crate::{
    consultancy::plan::{About, Entry, Holder, How, Origin, Outcome, Plan, Worker},
    english::Pronouns,
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

const LONGEST: u32 = 1000;
const LINE: u32 = 200;
/// Empty rows after those that are filled.
const SPARE: usize = 2;

pub(super) fn about(desk: &Desk<'_>) -> Sheet {
    let plan = desk.plan;
    let purposes = desk.pack.plans.purposes.iter();
    let purposes = purposes.map(|p| (p.id.as_str(), p.name.as_str(), p.about.clone()));
    let first_day = desk.pack.plans.purpose(&plan.purpose);
    let first_day = first_day.map_or("First day", |purpose| purpose.starts.as_str());
    let mut fields = vec![
        FieldView::new(Control::Radios, "purpose", "What the plan goes with")
            .strong()
            .hinted_options(purposes)
            .value(&plan.purpose),
        FieldView::new(Control::Date, "starts", first_day)
            .hint("Leave it empty until it is known")
            .date(boxes(plan.starts)),
        FieldView::new(Control::Date, "ends", "Last day")
            .hint("Leave it empty until it is known")
            .date(boxes(plan.ends)),
        FieldView::new(Control::Text, "wants", "What she wants, in her words")
            .rows(3)
            .max(Some(LONGEST))
            .value(&plan.wants),
    ];
    let names = desk.pack.theme_names(Pronouns::She);
    for (at, aim) in plan.aims.iter().enumerate() {
        let name = names
            .get(&aim.theme)
            .map_or(aim.theme.as_str(), String::as_str);
        fields.push(
            FieldView::new(
                Control::Line,
                format!("aim-{at}"),
                format!("What she would like to come of {name}"),
            )
            .value(&aim.wants),
        );
    }
    for at in 0..plan.holders.len() + SPARE {
        let holder = plan.holders.get(at).cloned().unwrap_or_default();
        let nth = at + 1;
        fields.push(
            FieldView::new(
                Control::Line,
                format!("agency-{at}"),
                format!("Agency {nth} that holds or sees something of hers"),
            )
            .value(&holder.agency),
        );
        fields.push(
            FieldView::new(
                Control::Line,
                format!("holds-{at}"),
                format!("What agency {nth} holds or sees"),
            )
            .hint("Such as: attendance and the plan, not health. Leave it empty where nobody knows yet.")
            .value(&holder.holds),
        );
    }
    Sheet {
        title: "About the plan".into(),
        about: Vec::new(),
        fields,
    }
}

pub(super) fn read_about(form: &Form, desk: &Desk<'_>, plan: &mut Plan) -> Faults {
    let mut faults = Faults::new();
    let purpose = form.one("purpose");
    if desk.pack.plans.purpose(purpose).is_none() {
        fault(&mut faults, "purpose", "Select what the plan goes with");
    }
    purpose.clone_into(&mut plan.purpose);
    plan.starts = date(form, "starts", "The first day", &mut faults);
    plan.ends = date(form, "ends", "The last day", &mut faults);
    if let (Some(starts), Some(ends)) = (plan.starts, plan.ends)
        && ends < starts
    {
        fault(
            &mut faults,
            "ends",
            "The last day must not be before the first",
        );
    }
    let wants = text(form, "wants", LONGEST, &mut faults);
    if wants != plan.wants {
        plan.wants_from = Origin::default();
        plan.wants = wants;
    }
    for (at, aim) in plan.aims.iter_mut().enumerate() {
        let wants = text(form, &format!("aim-{at}"), LINE * 2, &mut faults);
        if wants != aim.wants {
            aim.wants = wants;
        }
    }
    let mut holders = Vec::new();
    for at in 0..plan.holders.len() + SPARE {
        let agency = text(form, &format!("agency-{at}"), LINE, &mut faults);
        let holds = text(form, &format!("holds-{at}"), LINE, &mut faults);
        if agency.is_empty() && !holds.is_empty() {
            fault(
                &mut faults,
                &format!("agency-{at}"),
                "Enter which agency it is",
            );
        }
        if !agency.is_empty() {
            let before = plan.holders.get(at).filter(|h| h.agency == agency);
            holders.push(Holder {
                origin: before.map(|h| h.origin.clone()).unwrap_or_default(),
                agency,
                holds,
            });
        }
    }
    plan.holders = holders;
    faults
}

pub(super) fn worker(desk: &Desk<'_>) -> Sheet {
    let now = desk.plan.worker().cloned().unwrap_or_default();
    let named = !now.name.is_empty();
    let mut about =
        vec!["One worker, named to her, who stays with her from court into support.".to_owned()];
    if named {
        about.push("Where the name changes, it is kept as a change of worker, with your reason, and the plan shows it as a break in continuity.".to_owned());
    }
    let mut fields = vec![
        FieldView::new(Control::Line, "name", "Name").value(&now.name),
        FieldView::new(Control::Line, "role", "What she or he is").value(&now.role),
        FieldView::new(Control::Line, "agency", "For whom").value(&now.agency),
        FieldView::new(
            Control::Line,
            "contact",
            "Number to ring or text, one that is answered",
        )
        .value(&now.contact),
        FieldView::new(Control::Date, "from", "From which day").date(boxes(now.from)),
    ];
    if named {
        fields.push(
            FieldView::new(Control::Line, "why", "If it is another worker: why")
                .hint("Such as: Priya is on leave until May. It is printed in the worker’s form and in a note to the court."),
        );
    }
    Sheet {
        title: "Link worker".into(),
        about,
        fields,
    }
}

pub(super) fn read_worker(form: &Form, plan: &mut Plan) -> Faults {
    let mut faults = Faults::new();
    let worker = Worker {
        name: text(form, "name", LINE, &mut faults),
        role: text(form, "role", LINE, &mut faults),
        agency: text(form, "agency", LINE, &mut faults),
        contact: text(form, "contact", LINE, &mut faults),
        from: date(form, "from", "The day", &mut faults),
        why: text(form, "why", LINE * 2, &mut faults),
    };
    if worker.name.is_empty() {
        fault(&mut faults, "name", "Enter the name of her worker");
    }
    let another = plan.worker().is_some_and(|now| now.name != worker.name);
    if another && worker.from.is_none() && form.one("from-day").is_empty() {
        fault(
            &mut faults,
            "from",
            "Enter from which day another worker takes over",
        );
    }
    if another && worker.why.is_empty() {
        fault(&mut faults, "why", "Enter why another worker takes over");
    }
    if faults.is_empty() {
        plan.name_worker(worker);
    }
    faults
}

/// Themes whose outcomes are offered: the plan's own, or all where it has none yet.
fn themes<'a>(desk: &Desk<'a>) -> Vec<&'a str> {
    let mine = desk.plan.themes();
    if !mine.is_empty() {
        return mine;
    }
    let all = desk.pack.interview.themes.iter();
    all.map(|theme| theme.id.as_str()).collect()
}

pub(super) fn outcomes(desk: &Desk<'_>) -> Sheet {
    let texts = &desk.pack.plans;
    let fields = themes(desk).into_iter().filter_map(|theme| {
        let offered = texts.offered(theme);
        let options: Vec<_> = offered
            .map(|o| (o.id.as_str(), &*o.says, o.note.clone()))
            .collect();
        let named = desk.pack.interview.theme(theme)?;
        let chosen = desk.plan.outcomes.iter().filter(|o| o.theme == theme);
        let chosen: Vec<String> = chosen.map(|o| o.id.clone()).collect();
        (!options.is_empty()).then(|| {
            FieldView::new(
                Control::Checkboxes,
                format!("outcome-{theme}"),
                &*named.name,
            )
            .strong()
            .hinted_options(options)
            .values(&chosen)
        })
    });
    let source = &texts.outcomes_source;
    let checked = source.on().map(crate::english::day).unwrap_or_default();
    Sheet {
        title: "Outcomes".into(),
        about: vec![
            "Progress is recorded against these as achieved, achieved in part, or not achieved. A contract may list fewer of them.".into(),
            format!("Source: {}, restated; seen {checked}.", source.citation),
        ],
        fields: fields.collect(),
    }
}

pub(super) fn read_outcomes(form: &Form, desk: &Desk<'_>, plan: &mut Plan) -> Faults {
    let texts = &desk.pack.plans;
    let mut chosen = Vec::new();
    for theme in themes(desk) {
        let sent = form.all(&format!("outcome-{theme}"));
        let offered = texts.offered(theme).filter(|o| sent.contains(&o.id));
        chosen.extend(offered.map(|o| Outcome {
            theme: theme.to_owned(),
            id: o.id.clone(),
        }));
    }
    // One that is no longer offered stays, and so does what was recorded of it.
    let kept = plan.outcomes.iter().filter(|outcome| {
        let mut offered = texts.offered(&outcome.theme);
        !offered.any(|o| o.id == outcome.id)
    });
    chosen.extend(kept.cloned());
    plan.outcomes = chosen;
    Faults::new()
}

fn subject(desk: &Desk<'_>, about: &About) -> String {
    match about {
        About::Step(number) => {
            let step = desk.plan.step(*number);
            let what = step.map_or("", |step| step.words.what.as_str());
            format!("Step {number}: {what}")
        }
        About::Outcome(outcome) => {
            let said = desk.pack.plans.outcome(outcome);
            format!("Outcome: {}", said.map_or("", |o| &*o.says))
        }
    }
}

pub(super) fn progress(desk: &Desk<'_>) -> Sheet {
    let subjects = desk.plan.subjects();
    let none = [(String::new(), "Choose one".to_owned(), String::new())];
    let options = subjects
        .iter()
        .map(|about| (about.to_string(), subject(desk, about), String::new()));
    let hows = How::ALL.map(|how| (how.id(), desk.pack.plans.how(Some(how)), String::new()));
    Sheet {
        title: "Record progress".into(),
        about: vec![
            "An entry is added and never changed: put a mistake right with another entry.".into(),
        ],
        fields: vec![
            FieldView::new(Control::Select, "about", "What it is about")
                .hinted_options(none.into_iter().chain(options))
                .value(""),
            FieldView::new(Control::Radios, "how", "How far it has come").hinted_options(hows),
            FieldView::new(Control::Date, "on", "On which day"),
            FieldView::new(Control::Text, "note", "What was done or seen")
                .hint("Facts. It may be read out in court.")
                .rows(3)
                .max(Some(LONGEST)),
            FieldView::new(Control::Text, "her_view", "How she sees it, in her words")
                .rows(2)
                .max(Some(LONGEST)),
            FieldView::new(Control::Checkboxes, "record_only", "For the record only")
                .hinted_options([("yes", "Never print this entry", String::new())]),
        ],
    }
}

pub(super) fn read_progress(form: &Form, desk: &Desk<'_>, plan: &mut Plan) -> Faults {
    let mut faults = Faults::new();
    let sent = form.one("about");
    let about = plan.subjects().into_iter().find(|a| a.to_string() == sent);
    let how = How::from_id(form.one("how"));
    let on = date(form, "on", "The day", &mut faults);
    if about.is_none() {
        fault(&mut faults, "about", "Choose what it is about");
    }
    if how.is_none() {
        fault(&mut faults, "how", "Select how far it has come");
    }
    if on.is_none() && faults.iter().all(|(name, _)| name != "on") {
        fault(&mut faults, "on", "Enter on which day");
    }
    let note = text(form, "note", LONGEST, &mut faults);
    let her_view = text(form, "her_view", LONGEST, &mut faults);
    if let (Some(about), Some(how), Some(on)) = (about, how, on) {
        plan.progress.push(Entry {
            about,
            how,
            on,
            by: desk.by.to_owned(),
            note,
            her_view,
            record_only: !form.all("record_only").is_empty(),
        });
    }
    faults
}
