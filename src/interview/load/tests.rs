//! Ways to break the pack, and the file, line and reason each is refused with.

use super::*;

mod guidance;

fn shipped() -> ContentFiles {
    ContentFiles::embedded().unwrap()
}

fn told(faults: &[ContentError]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

/// The shipped pack with `from` replaced by `to` in one of its files.
fn with(name: &str, from: &str, to: &str) -> ContentFiles {
    let mut files = shipped();
    let path = format!("{FOLDER}{name}");
    let text = files.text(&path).unwrap().to_owned();
    assert!(text.contains(from), "{name} has no {from}");
    files.set(&path, text.replacen(from, to, 1));
    files
}

/// The faults of such a pack, and the line on which `to` now stands.
fn broken(name: &str, from: &str, to: &str) -> (Vec<String>, usize) {
    let files = with(name, from, to);
    let text = files.text(&format!("{FOLDER}{name}")).unwrap();
    let line = crate::content::line_of(text, text.find(to).unwrap());
    (told(&Interview::load(&files).unwrap_err()), line)
}

/// The one fault of such a pack, with its place.
fn fault(name: &str, from: &str, to: &str) -> String {
    let (faults, line) = broken(name, from, to);
    assert_eq!(faults.len(), 1, "{faults:?}");
    let place = format!("{FOLDER}{name}, line {line}: ");
    let reason = faults[0].strip_prefix(&place);
    reason
        .unwrap_or_else(|| panic!("{} should begin with {place}", faults[0]))
        .to_owned()
}

#[test]
fn the_pack_that_ships_loads_without_a_fault() {
    if let Err(faults) = Interview::load(&shipped()) {
        panic!("{}", told(&faults).join("\n"));
    }
}

#[test]
fn shared_fields_limits_and_level_descriptions_are_filled_in() {
    let pack = Interview::load(&shipped()).unwrap();
    let need = pack.prompt("need-finance").unwrap();
    let level = need.field("level").unwrap();
    assert_eq!(level.options[1].hint, pack.theme("finance").unwrap().low);
    assert_eq!(need.field("circumstances").unwrap().max, Some(20_000));
    assert_eq!(need.field("her_words").unwrap().max, Some(1000));
    let yes_no = &pack
        .prompt("offences")
        .unwrap()
        .field("imprisonable")
        .unwrap()
        .options;
    assert_eq!(yes_no[0].id, "yes");
}

#[test]
fn offences_are_filled_from_elsewhere_after_loading() {
    let mut pack = Interview::load(&shipped()).unwrap();
    let theft = Choice {
        id: "theft".into(),
        label: "Theft".into(),
        ..Choice::default()
    };
    pack.fill_options("offences", &[theft]);
    let offences = pack.prompt("offences").unwrap();
    assert_eq!(offences.field("id").unwrap().options.len(), 1);
}

#[test]
fn a_field_nobody_knows_is_refused_with_its_line() {
    let reason = fault("sections/risk.toml", "hint = ", "hinnt = ");
    assert!(reason.contains("unknown field `hinnt`"), "{reason}");
}

#[test]
fn a_kind_nobody_knows_is_refused_with_its_line() {
    let reason = fault(
        "sections/health.toml",
        "kind = \"text\"",
        "kind = \"essay\"",
    );
    assert!(reason.contains("unknown variant `essay`"), "{reason}");
}

#[test]
fn an_id_used_twice_is_refused_and_the_first_place_named() {
    let reason = fault(
        "sections/health.toml",
        "id = \"health\"\nshort",
        "id = \"hopes\"\nshort",
    );
    assert!(
        reason.contains("already in") && reason.contains("strengths.toml"),
        "{reason}"
    );
}

#[test]
fn waiting_for_a_prompt_that_does_not_exist_is_refused() {
    let reason = fault(
        "sections/pattern.toml",
        "prompt = \"existing-orders\"",
        "prompt = \"old-orders\"",
    );
    assert!(
        reason.contains("a prompt `old-orders` that does not exist"),
        "{reason}"
    );
}

#[test]
fn waiting_for_an_option_that_does_not_exist_is_refused() {
    let reason = fault(
        "sections/pattern.toml",
        "is = [\"some\"]",
        "is = [\"many\"]",
    );
    assert!(
        reason.contains("an option `many` that `previous` does not have"),
        "{reason}"
    );
}

#[test]
fn prompts_that_wait_for_each_other_are_refused() {
    let (faults, _) = broken(
        "sections/health.toml",
        "short = \"Brain injury\"",
        "short = \"Brain injury\"\nwhen = [{ prompt = \"brain-injury-effect\", answered = true }]",
    );
    assert!(
        faults[0].contains("brain-injury → brain-injury-effect → brain-injury"),
        "{faults:?}"
    );
}

#[test]
fn a_theme_nobody_knows_is_refused() {
    let reason = fault(
        "sections/themes.toml",
        "theme = \"family\"",
        "theme = \"kin\"",
    );
    assert!(reason.contains("no theme `kin`"), "{reason}");
}

#[test]
fn a_pathway_nobody_knows_is_refused() {
    let reason = fault(
        "sections/health.toml",
        "pathways = [\"health\"]",
        "pathways = [\"healing\"]",
    );
    assert!(reason.contains("a pathway `healing`"), "{reason}");
}

#[test]
fn an_answer_without_a_reason_for_asking_is_refused() {
    let (faults, _) = broken(
        "sections/diversity.toml",
        "why = \"Days and",
        "say = \"Days and",
    );
    assert!(faults[0].contains("duplicate key") || faults[0].contains("`why` is missing"));
    let mut files = shipped();
    let path = format!("{SECTIONS}diversity.toml");
    let text = files.text(&path).unwrap().to_owned();
    let kept: Vec<&str> = text.lines().filter(|l| !l.starts_with("why = ")).collect();
    files.set(&path, kept.join("\n"));
    let faults = told(&Interview::load(&files).unwrap_err());
    let answers = text.lines().count() - kept.len();
    assert_eq!(
        faults.len(),
        answers,
        "all of a file's faults are told together"
    );
    assert!(
        faults.iter().all(|f| f.contains("`why` is missing")),
        "{faults:?}"
    );
}

#[test]
fn a_prompt_without_a_source_is_refused() {
    let mut files = shipped();
    let path = format!("{SECTIONS}her-week.toml");
    let text = files.text(&path).unwrap().to_owned();
    let kept: Vec<&str> = text
        .lines()
        .filter(|l| !l.starts_with("source = "))
        .collect();
    files.set(&path, kept.join("\n"));
    let faults = told(&Interview::load(&files).unwrap_err());
    assert!(
        faults[0].contains("`week`: `source` is missing"),
        "{faults:?}"
    );
}

#[test]
fn a_choice_without_options_is_refused() {
    let reason = fault(
        "sections/meeting-her.toml",
        "kind = \"choice\"\noptions_from = \"yes-no\"",
        "kind = \"choice\" # and no options",
    );
    assert!(reason.contains("a choice needs `options`"), "{reason}");
}

#[test]
fn a_shared_list_nobody_wrote_is_refused() {
    let reason = fault(
        "sections/risk.toml",
        "options_from = \"band\"",
        "options_from = \"bands\"",
    );
    assert!(reason.contains("no list of options `bands`"), "{reason}");
}

#[test]
fn a_place_that_no_case_file_has_is_refused() {
    let reason = fault(
        "sections/case-and-court.toml",
        "place = \"woman.crn\"",
        "place = \"woman.number\"",
    );
    assert!(
        reason.contains("cannot hold this at `woman.number`"),
        "{reason}"
    );
}

#[test]
fn an_option_that_the_case_file_does_not_know_is_refused() {
    let (faults, _) = broken(
        "sections/case-and-court.toml",
        "id = \"custody-threshold\"",
        "id = \"custody-likely\"",
    );
    assert!(
        faults[0].contains("`custody-likely` is not one of the choices"),
        "{faults:?}"
    );
}

#[test]
fn a_section_that_is_listed_and_missing_or_there_and_unlisted_is_refused() {
    let files = with("interview.toml", "\"health\",", "\"healing\",");
    let faults = told(&Interview::load(&files).unwrap_err());
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("sections/health.toml") && faults[0].contains("interview.toml"));
    assert!(faults[1].contains("sections/healing.toml") && faults[1].contains("missing"));
}

#[test]
fn every_theme_has_a_prompt_that_asks_for_its_level() {
    let pack = Interview::load(&shipped()).unwrap();
    for theme in &pack.themes {
        let prompt = pack.prompt(&format!("need-{}", theme.id)).unwrap();
        assert_eq!(prompt.theme, theme.id);
        assert!(prompt.field("level").is_some_and(|f| f.required));
    }
}
