//! What the templates and the prompts themselves put into a report is never spoken of.

use super::*;

const TODAY: &str = "2026-11-25";

#[test]
fn no_sentence_of_an_example_is_spoken_of_but_for_words_of_an_answer() {
    let pack = Pack::load(&files()).unwrap();
    let cases = [
        include_str!("../../../../tests/cases/angela.json"),
        include_str!("../../../../tests/cases/miriam.json"),
    ];
    let mut by_template = Vec::new();
    for text in cases {
        for format in Format::ALL {
            let mut case = case::from_json(text).unwrap();
            case.format = format;
            let (draft, _) = pack.draft(&case, TODAY.parse().unwrap()).unwrap();
            for finding in check(&draft, &case, &pack.wording) {
                println!(
                    "{format:?} {}: “{}” in {}",
                    finding.rule,
                    finding.found(),
                    finding.sentence
                );
                if finding.comes_from.is_empty() {
                    by_template.push((finding.rule, finding.sentence));
                }
            }
        }
    }
    assert_eq!(by_template, []);
}

/// A template's text, with what is filled in as a word.
fn without_tags(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let (end, word) = match rest.as_bytes().get(at + 1) {
            Some(b'{') => ("}}", "it"),
            Some(b'%') => ("%}", " "),
            _ => ("#}", " "),
        };
        out.push_str(word);
        rest = rest[at..].split_once(end).map_or("", |(_, after)| after);
    }
    out + rest
}

#[test]
fn no_template_holds_words_that_a_rule_speaks_of() {
    let (rules, files) = (rules(), files());
    let mut spoken_of = Vec::new();
    for (path, text) in files.under("report-templates/report/sections/") {
        for paragraph in without_tags(text).split("\n\n") {
            for finding in found(&rules, paragraph) {
                spoken_of.push(format!("{path}: {}: {}", finding.rule, finding.sentence));
            }
        }
    }
    assert_eq!(spoken_of, Vec::<String>::new());
}

#[test]
fn no_option_prints_words_that_a_rule_speaks_of() {
    let rules = rules();
    let pack = Pack::load(&files()).unwrap();
    let mut spoken_of = Vec::new();
    for (_, prompt) in pack.interview.prompts() {
        let fields = prompt.page_fields();
        let options = fields
            .iter()
            .flat_map(|f| &f.options)
            .chain(&prompt.options);
        for option in options.filter(|_| prompt.prints) {
            let prints = if option.prints.is_empty() {
                option.label.as_str()
            } else {
                &*option.prints
            };
            for finding in found(&rules, &format!("She {prints}.")) {
                spoken_of.push(format!("{}: {}: {prints}", prompt.id, finding.rule));
            }
        }
    }
    assert_eq!(spoken_of, Vec::<String>::new());
}

#[test]
fn titles_of_offences_and_requirements_are_left_alone() {
    let rules = rules();
    let law = LawPack::load(&files()).unwrap();
    let titles = law.offences().iter().map(|o| o.title.clone());
    let requirements = law.all_requirements().iter().map(|r| r.name.clone());
    for name in titles.chain(requirements) {
        let spoken = found(&rules, &format!("She was convicted of {name} in 2021."));
        assert_eq!(spoken, [], "{name}");
    }
}

#[test]
fn services_of_the_report_are_left_alone() {
    let rules = rules();
    let left = rules.left_alone_in(
        "At Addicts and Alcoholics Together.",
        &["Addicts and Alcoholics Together"],
    );
    let block = text::block("Addicts and Alcoholics Together".into(), &|_| left.clone());
    assert_eq!(left.last().cloned(), Some(3..34));
    assert_eq!(block.sentences.len(), 1);
}
