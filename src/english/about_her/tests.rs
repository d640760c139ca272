use super::*;

fn all(marked: &str) -> [String; 3] {
    Pronouns::ALL.map(|p| p.say(marked).into_owned())
}

#[test]
fn a_mark_follows_the_pronouns_she_asks_for() {
    for (marked, said) in [
        (
            "{She wants} it.",
            ["She wants it.", "They want it.", "He wants it."],
        ),
        (
            "where {she could} go",
            [
                "where she could go",
                "where they could go",
                "where he could go",
            ],
        ),
        ("{she} may", ["she may", "they may", "he may"]),
        ("with {her}", ["with her", "with them", "with him"]),
        (
            "{Her home} is {her own}",
            [
                "Her home is her own",
                "Their home is their own",
                "His home is his own",
            ],
        ),
        (
            "a friend of {hers}",
            ["a friend of hers", "a friend of theirs", "a friend of his"],
        ),
        (
            "harm to {herself}",
            ["harm to herself", "harm to themselves", "harm to himself"],
        ),
        (
            "{she asks} and {(she) waits}",
            [
                "she asks and waits",
                "they ask and wait",
                "he asks and waits",
            ],
        ),
        (
            "a woman who has it {other: herself}",
            ["a woman who has it herself"; 3],
        ),
    ] {
        assert_eq!(all(marked), said, "{marked}");
    }
}

#[test]
fn verbs_agree_with_they() {
    for (one, many) in [
        ("is", "are"),
        ("was", "were"),
        ("has", "have"),
        ("does", "do"),
        ("goes", "go"),
        ("tries", "try"),
        ("lies", "lie"),
        ("misses", "miss"),
        ("uses", "use"),
        ("reaches", "reach"),
        ("wishes", "wish"),
        ("sees", "see"),
        ("pleaded", "pleaded"),
        ("could", "could"),
        ("still lives", "still live"),
        ("would be", "would be"),
    ] {
        let marked = format!("{{she {one}}}");
        assert_eq!(Pronouns::They.say(&marked), format!("they {many}"));
        assert_eq!(Pronouns::He.say(&marked), format!("he {one}"));
        assert_eq!(Pronouns::She.say(&marked), format!("she {one}"));
    }
}

#[test]
fn what_is_no_mark_is_left_as_it_stands() {
    for text in [
        "She said {amount} days.",
        "{{ her }} and {% if she %}{# she #}",
        "{{her}}",
        "an open { she and no end",
        "{ she}",
        "{}",
        "{she\nwants}",
    ] {
        assert_eq!(all(text), [text; 3], "{text}");
    }
}

#[test]
fn a_text_about_her_is_read_with_its_marks_and_no_others() {
    let text = AboutHer::read("pays {her rent}").unwrap();
    assert_eq!(&*text, "pays her rent");
    assert_eq!(text.of(Pronouns::They), "pays their rent");
    assert_eq!(text.marked(), "pays {her rent}");
    let refused = AboutHer::read("pays {hre rent}").unwrap_err();
    assert!(refused.starts_with("`{hre rent}` is no mark"), "{refused}");
    assert!(AboutHer::read("{she pays} {amount}").is_err());
}

#[test]
fn a_word_for_her_outside_a_mark_is_found_with_what_to_write() {
    let words =
        |text: &str| -> Vec<String> { unmarked(text).into_iter().map(|u| u.words).collect() };
    assert_eq!(
        words("She wants {her home}; it is hers."),
        ["She wants", "hers"]
    );
    assert_eq!(words("{she wants} to {other: her} and {her}"), [""; 0]);
    assert_eq!(
        words("{she} wants, {she} always wants, {she} could"),
        ["{she} wants"]
    );
    assert_eq!(
        words("here, there, Cher, ashes, her-own, her_words, x.her"),
        [""; 0]
    );
    let found = unmarked("She wants it");
    assert!(
        found[0].write.starts_with("{She wants}"),
        "{}",
        found[0].write
    );
}

#[test]
fn of_a_template_only_what_is_printed_is_looked_at() {
    let template = "{# she #}{% if a.her.id == \"her-own\" %}Where {{ her.x }} \
                    {% set g = [[x, \"how she sees it\"]] %}her{% endif %}";
    let prose = prose_of_template(template);
    assert_eq!(prose.len(), template.len());
    let found: Vec<String> = unmarked(&prose).into_iter().map(|u| u.words).collect();
    assert_eq!(found, ["she sees", "her"]);
}
