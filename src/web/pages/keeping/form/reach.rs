//! Where it is and works, how a woman is referred, and how it is reached.

use super::{
    Group,
    reading::{Held, LONGEST_TEXT, Reading, of_row, rows},
    terms,
};
use crate::{
    directory::{
        Directory, Record,
        facts::{Location, Phone},
        nearest,
    },
    english::listed,
    web::{
        fields::{Control, FieldView},
        form::Form,
    },
};

const PLACE: &str = "place";
const PHONE: &str = "phone";
const KEEP_PRIVATE: &str = "private";
const NATIONAL: &str = "national";
const NOT_PUBLISHED: &str = "never";
/// Longer than any court waits for an assessment, in working days.
const LONGEST_ASSESSMENT: u16 = 200;
const TAXONOMIES: [&str; 2] = ["referral-route", "order-fit"];

fn place(at: usize, part: &str) -> String {
    format!("{PLACE}.{at}.{part}")
}

fn phone(at: usize, part: &str) -> String {
    format!("{PHONE}.{at}.{part}")
}

// ---- where ----------------------------------------------------------------------

pub fn held_places(record: &Record, directory: &Directory, held: &mut Held) {
    for (at, location) in record.facts.locations.iter().enumerate() {
        held.put(place(at, "name"), &location.name);
        held.put(place(at, "address"), &location.address);
        held.put(place(at, "town"), &location.town);
        held.put(place(at, "postcode"), &location.postcode);
        if location.internal {
            held.put(place(at, "internal"), KEEP_PRIVATE);
        }
    }
    held.put("locality", &record.area.locality);
    if record.facts.internal_only {
        held.put("publish", NOT_PUBLISHED);
    }
    held.put("area", &record.area.text);
    let geography = directory.geography();
    let authorities = record.area.local_authorities.iter();
    let authorities = authorities.map(|gss| {
        let known = geography.authority(gss);
        known.map_or_else(|| gss.clone(), |a| a.name.clone())
    });
    held.lines("authorities", &authorities.collect::<Vec<_>>());
    let police = record.area.police_areas.iter();
    let police = police.map(|slug| {
        let known = geography.police_area(slug);
        known.map_or_else(|| slug.clone(), |p| p.name.clone())
    });
    held.lines("police_areas", &police.collect::<Vec<_>>());
    if record.area.national {
        held.put("national", NATIONAL);
    }
}

pub fn fields_of_places(form: &Form, _: &Directory) -> Vec<FieldView> {
    let one = |at: usize| {
        let label = |text: &str| of_row(text, at);
        [
            FieldView::new(Control::Line, place(at, "name"), label("Name of the place")),
            FieldView::new(Control::Line, place(at, "address"), label("Number and street")),
            FieldView::new(Control::Line, place(at, "town"), label("Town")).width(20),
            FieldView::new(Control::Code, place(at, "postcode"), label("Postcode")).width(10),
            FieldView::new(
                Control::Checkboxes,
                place(at, "internal"),
                label("Must this address be kept private?"),
            )
            .hint("A refuge, or anywhere a woman or worker could be found by somebody who hurt her. It then leaves Foreword by no export, and is sealed in the database.")
            .hinted_options([(
                KEEP_PRIVATE,
                "Keep this address private",
                String::new(),
            )])
            .small(),
        ]
    };
    let mut all: Vec<FieldView> = (0..=rows(form, PLACE)).flat_map(one).collect();
    all.extend([
        FieldView::new(Control::Line, "locality", "Town or street in a word")
            .hint("Never a refuge’s."),
        FieldView::new(Control::Checkboxes, "publish", "May this entry be published?")
            .hint("Other directories may take over what Foreword publishes.")
            .hinted_options([(
                NOT_PUBLISHED,
                "No: the whole entry is for report authors only",
                String::new(),
            )])
            .small(),
        FieldView::new(Control::Line, "area", "Where it works, in your own words").strong(),
        FieldView::new(Control::Text, "authorities", "Local authorities it works in")
            .hint("One a line, such as Reading or West Berkshire. Report authors find it by these.")
            .rows(4)
            .strong(),
        FieldView::new(Control::Text, "police_areas", "Police areas it works in")
            .hint("One a line. Where you name local authorities of a police area, it works only in those.")
            .rows(2),
        FieldView::new(Control::Checkboxes, "national", "Is it for the whole country?")
            .hinted_options([(NATIONAL, "All of England and Wales", String::new())])
            .small(),
    ]);
    all
}

pub fn read_places(reading: &mut Reading<'_>, record: &mut Record) {
    let count = rows(reading.form, PLACE);
    record.facts.locations = (0..count).filter_map(|at| location(reading, at)).collect();
    record.area.locality = reading.line("locality", "Town or street");
    record.facts.internal_only = reading.form.one("publish") == NOT_PUBLISHED;
    record.area.text = reading.line("area", "Where it works");
    if record.area.text.is_empty() {
        reading.fault("area", "Enter where it works");
    }
    record.area.local_authorities = authorities(reading);
    record.area.police_areas = police_areas(reading);
    record.area.national = reading.form.one("national") == NATIONAL;
}

fn location(reading: &mut Reading<'_>, at: usize) -> Option<Location> {
    let mut new = Location {
        name: reading.line(&place(at, "name"), "The name of the place"),
        address: reading.line(&place(at, "address"), "Number and street"),
        town: reading.line(&place(at, "town"), "The town"),
        postcode: reading.line(&place(at, "postcode"), "The postcode"),
        point: None,
        internal: reading.form.one(&place(at, "internal")) == KEEP_PRIVATE,
    };
    let parts = [&new.name, &new.address, &new.town, &new.postcode];
    if parts.iter().all(|part| part.is_empty()) {
        return None;
    }
    // A point belongs to the place it was measured for.
    let before = &reading.before.facts.locations;
    let same = before
        .iter()
        .find(|b| (&b.address, &b.town, &b.postcode) == (&new.address, &new.town, &new.postcode));
    if let Some(before) = same {
        new.point.clone_from(&before.point);
    } else if !new.postcode.is_empty()
        && let Err(why) = reading.directory.place(&new.postcode)
    {
        reading.fault(place(at, "postcode"), why.to_string());
    }
    Some(new)
}

fn authorities(reading: &mut Reading<'_>) -> Vec<String> {
    let typed = reading.lines("authorities", "Local authorities");
    let geography = reading.directory.geography();
    named(
        reading,
        "authorities",
        "local authority",
        &typed,
        |name| geography.authority_named(name).map(|a| a.gss.clone()),
        geography.authorities().map(|a| a.name.as_str()),
    )
}

fn police_areas(reading: &mut Reading<'_>) -> Vec<String> {
    let typed = reading.lines("police_areas", "Police areas");
    let geography = reading.directory.geography();
    named(
        reading,
        "police_areas",
        "police area",
        &typed,
        |name| {
            let mut all = geography.police_areas();
            let found = all.find(|p| p.slug == name || p.name.eq_ignore_ascii_case(name));
            found.map(|p| p.slug.clone())
        },
        geography.police_areas().map(|p| p.name.as_str()),
    )
}

/// The ids of the areas named; the first that is none is a fault with the nearest names.
fn named<'n>(
    reading: &mut Reading<'_>,
    field: &str,
    what: &str,
    typed: &[String],
    find: impl Fn(&str) -> Option<String>,
    all: impl Iterator<Item = &'n str>,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut wrong = None;
    for name in typed {
        match find(name) {
            Some(id) if !found.contains(&id) => found.push(id),
            Some(_) => {}
            None => wrong = wrong.or(Some(name)),
        }
    }
    if let Some(name) = wrong {
        let near = listed(&nearest::names(name, all));
        reading.fault(
            field,
            format!(
                "There is no {what} called “{name}” in England and Wales. The nearest are {near}"
            ),
        );
    }
    found
}

// ---- how ------------------------------------------------------------------------

pub fn held(record: &Record, directory: &Directory, held: &mut Held) {
    held.put("referral_routes", &record.referral_routes);
    held.number("assessment_days", record.facts.court_assessment_days);
    for (at, line) in record.facts.phones.iter().enumerate() {
        held.put(phone(at, "number"), &line.number);
        held.put(phone(at, "what"), &line.what);
    }
    held.put("email", &record.facts.email);
    held.put("website", &record.website);
    terms::held(record, terms::of(directory, &TAXONOMIES), held);
}

pub fn fields(form: &Form, _: &Directory) -> Vec<FieldView> {
    let mut all = vec![
        FieldView::new(Control::Text, "referral_routes", "How to refer")
            .hint("Who may refer, to which number or form, and what you need to know.")
            .rows(3)
            .max(Some(LONGEST_TEXT))
            .strong(),
        FieldView::new(
            Control::Code,
            "assessment_days",
            "Working days you need to assess a woman for the court",
        )
        .hint("Leave it empty where you do not assess for courts, or do not know.")
        .width(3)
        .inputmode("numeric"),
    ];
    for at in 0..=rows(form, PHONE) {
        all.push(
            FieldView::new(
                Control::Code,
                phone(at, "number"),
                of_row("Telephone number", at),
            )
            .width(20)
            .strong(),
        );
        all.push(
            FieldView::new(
                Control::Line,
                phone(at, "what"),
                of_row("What it is for", at),
            )
            .hint("For example: referrals, out of hours"),
        );
    }
    all.push(
        FieldView::new(Control::Email, "email", "Email address for enquiries")
            .hint("A role’s, such as referrals@; never a person’s own.")
            .strong(),
    );
    all.push(FieldView::new(Control::Code, "website", "Website").strong());
    all
}

pub fn choices(directory: &Directory) -> Vec<Group> {
    let routes = terms::of(directory, &["referral-route"]);
    let orders = terms::of(directory, &["order-fit"]);
    vec![
        Group::new("Who may refer", terms::choices(routes, "May refer: ")),
        Group::new("What a place fits", terms::choices(orders, "Fits: ")),
    ]
}

pub fn read(reading: &mut Reading<'_>, record: &mut Record) {
    record.referral_routes = reading.text("referral_routes", "How to refer");
    record.facts.court_assessment_days = reading.number(
        "assessment_days",
        "The days you need for an assessment",
        0..=LONGEST_ASSESSMENT,
    );
    let count = rows(reading.form, PHONE);
    record.facts.phones = (0..count).filter_map(|at| line(reading, at)).collect();
    record.facts.email = reading.email("email", "The email address for enquiries");
    record.website = reading.line("website", "The website");
    let web = ["https://", "http://"];
    let is_web = web.iter().any(|start| record.website.starts_with(start));
    if !record.website.is_empty() && !is_web {
        reading.fault(
            "website",
            "The website must begin with https://, like https://www.example.org",
        );
    }
    terms::read(reading, terms::of(reading.directory, &TAXONOMIES), record);
}

fn line(reading: &mut Reading<'_>, at: usize) -> Option<Phone> {
    let number = reading.line(&phone(at, "number"), "The telephone number");
    let what = reading.line(&phone(at, "what"), "What the number is for");
    if number.is_empty() && what.is_empty() {
        return None;
    }
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if !(3..=20).contains(&digits) {
        reading.fault(
            phone(at, "number"),
            "Enter a telephone number, such as 01632 960001",
        );
    }
    Some(Phone { number, what })
}
