//! Angela's whole case, as her report's author would go through it: from the set-up
//! link to the downloaded document, in a real Chromium, with JavaScript and without.

use std::{
    fmt::Write,
    io::{Cursor, Read},
    path::PathBuf,
};

use serde_json::Value;

use super::plan;
use crate::harness::{browser::Script, service::TestService};

const CASE: &str = include_str!("../cases/angela.json");

/// What a journey left: the folder of its downloads, and the service it used.
struct Journey {
    plan: Value,
    folder: PathBuf,
    _service: TestService,
}

impl Journey {
    fn go(javascript: bool) -> Self {
        let mut service = TestService::start(&[]);
        let folder = service.folder().to_owned();
        let plan = plan::of(CASE);
        let plan_file = folder.join("plan.json");
        std::fs::write(&plan_file, plan.to_string()).expect("the plan is written");
        let script = Script::new("angela")
            .with("base", service.address())
            .with("set-up", service.set_up_link())
            .with("plan", &plan_file)
            .with("downloads", &folder);
        if javascript {
            script.run();
        } else {
            script.without_javascript().run();
        }
        Self {
            plan,
            folder,
            _service: service,
        }
    }

    fn download(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Everything she answered came back as it was typed.
    fn kept_every_answer(&self) {
        let kept: Value = serde_json::from_slice(&self.download("case.json")).expect("JSON");
        let mut lost = String::new();
        for page in self.plan["pages"].as_array().expect("pages") {
            let place = page["place"].as_str().expect("a place");
            let typed = plan::typed_at(&self.plan["case"], page);
            let held = plan::typed_at(&kept, page);
            if typed != held {
                let _ = writeln!(lost, "{place}\n  typed: {typed}\n  kept:  {held}");
            }
        }
        for part in ["order", "months", "punished", "requirements"] {
            let typed = offered(&self.plan["case"]["proposal"][part]);
            let held = offered(&kept["proposal"][part]);
            if typed != held {
                let _ = writeln!(lost, "proposal.{part}\n  typed: {typed}\n  kept:  {held}");
            }
        }
        let (typed, held) = (&self.plan["case"]["services"], &kept["services"]);
        if offered(typed) != offered(held) {
            let _ = writeln!(lost, "services\n  typed: {typed}\n  kept:  {held}");
        }
        assert!(lost.is_empty(), "not kept as it was typed:\n{lost}");
    }

    /// The document opens as a Word document, names her, and names nobody who must
    /// not be named.
    fn gave_a_report_that_is_safe_to_hand_over(&self) {
        let bytes = self.download("angela.docx");
        let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("a Word document");
        let mut text = String::new();
        for at in 0..parts.len() {
            let mut part = parts.by_index(at).expect("a part");
            part.read_to_string(&mut text).expect("XML");
        }
        assert!(text.contains("Angela Hart"), "the report does not name her");
        let protected = self.plan["case"]["protected"].as_array().expect("terms");
        for term in protected {
            let term = term["text"].as_str().expect("words");
            assert!(!text.contains(term), "“{term}” reached the document");
        }
    }
}

/// Without what `asOffered` of `angela.mjs` leaves out, and with ticked boxes in one
/// order: a page gives them back in its own.
fn offered(part: &Value) -> Value {
    let mut part = part.clone();
    for requirement in part.as_array_mut().into_iter().flatten() {
        let is_rar = requirement["id"] == "rar";
        let Some(fields) = requirement.as_object_mut() else {
            continue;
        };
        for ticked in ["needs", "purposes"] {
            if let Some(Value::Array(all)) = fields.get_mut(ticked) {
                all.sort_by_key(ToString::to_string);
            }
        }
        // What the page copies of an entry is nobody's typing.
        fields.remove("entry");
        fields.remove("checked_on");
        if is_rar {
            fields.remove("availability_checked");
            fields.remove("availability_with");
        }
    }
    part
}

#[test]
fn angelas_case_goes_from_the_set_up_link_to_a_downloaded_report() {
    let journey = Journey::go(true);
    journey.kept_every_answer();
    journey.gave_a_report_that_is_safe_to_hand_over();
}

#[test]
fn angelas_case_goes_the_same_way_without_javascript() {
    let journey = Journey::go(false);
    journey.kept_every_answer();
    journey.gave_a_report_that_is_safe_to_hand_over();
}
