//! What laying edits over a draft promises: no word lost, nothing that swallows the rest
//! of the report, nothing decided for the author.

use proptest::prelude::*;

use super::*;
use crate::report::document::{Block, Document, text_of};

/// Text made mostly of what Markdown and HTML give a meaning to.
fn hostile() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            4 => proptest::sample::select(vec![
                "```", "~~~", "<!--", "-->", "<script>", "<pre>", "<b>", "<br>", "> ", "- ", "* ",
                "1. ", "2) ", "    ", "\n", "\n\n", "\n\n", "# ", "###### ", "===", "---", "***",
                "[a]: b\n", "[a](b)", "![a](b)", "&amp;", "| a | b |\n| - | - |\n| c | d | e |\n",
                "Table: x", "**", "_", "\\", "`", "<![CDATA[", "<?", "http://a.b", "\u{a0}",
            ]).prop_map(str::to_owned),
            3 => "[a-z]{1,5} ",
        ],
        0..16,
    )
    .prop_map(|parts| crate::interview::paragraphs(&parts.concat()))
}

/// The runs of letters of a text.
fn runs(text: &str) -> Vec<String> {
    let small = text.replace("<br>", " ");
    let runs = small.split(|c: char| !c.is_alphabetic());
    runs.filter(|run| !run.is_empty())
        .map(str::to_owned)
        .collect()
}

fn all_text(document: &Document) -> String {
    crate::report::plain::to_unwrapped(document)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn no_word_of_an_edit_is_lost_and_none_swallows_what_comes_after(text in hostile()) {
        let blocks = blocks::read(&text, 2);
        let markdown = format!("## Before\n\n{}\n\n## After\n\nEnd.", blocks.join("\n\n"));
        let document = Document::from_markdown(&markdown);
        let last: Vec<&Block> = document.blocks.iter().rev().take(2).collect();
        let [Block::Paragraph(end), Block::Heading { level: 2, inlines }] = last.as_slice() else {
            panic!("what came after was swallowed: {markdown:?} {:?}", document.blocks);
        };
        prop_assert_eq!(text_of(end), "End.");
        prop_assert_eq!(text_of(inlines), "After");
        let shown = all_text(&document);
        let mut rest = shown.as_str();
        for run in runs(&text).into_iter().filter(|run| run != "Table") {
            let at = rest.find(&run);
            prop_assert!(at.is_some(), "{run:?} of {text:?} is not in {shown:?}");
            if let Some(at) = at { rest = &rest[at + run.len()..]; }
        }
    }

    #[test]
    fn a_difference_holds_both_texts_whole(
        before in "([a-d]{1,2}[ \n]){0,12}", after in "([a-d]{1,2}[ \n]){0,12}",
    ) {
        let (old, new) = (blocks::plain(&before), blocks::plain(&after));
        let pieces = difference(&before, &after);
        let of = |leave: fn(&Piece) -> bool| -> String {
            pieces.iter().filter(|p| !leave(p)).map(Piece::text).collect()
        };
        if old != new {
            prop_assert_eq!(of(|p| matches!(p, Piece::Added(_))), old);
            prop_assert_eq!(of(|p| matches!(p, Piece::Removed(_))), new);
        }
    }

    #[test]
    fn merging_keeps_the_words_of_both_or_shows_them(
        base in sentences(), mine in sentences(), drafted in sentences(),
    ) {
        let merged = merged(&base, &mine, &drafted);
        let mut all = merged.text.clone();
        for conflict in &merged.conflicts {
            all.push_str(&conflict.mine);
            all.push_str(&conflict.drafted);
        }
        for (one, other) in [(&mine, &drafted), (&drafted, &mine)] {
            for sentence in one.split_inclusive(['.', '\n']).map(str::trim).filter(|s| !s.is_empty()) {
                // What the other took out of the text that both began with may be gone.
                let taken_out = base.contains(sentence) && !other.contains(sentence);
                prop_assert!(taken_out || all.contains(sentence), "{sentence:?} is lost: {merged:?}");
            }
        }
    }

    #[test]
    fn merging_with_no_change_on_one_side_gives_the_other_exactly(
        base in sentences(), mine in sentences(),
    ) {
        let alone = Merged { text: mine.trim_end().to_owned(), conflicts: Vec::new() };
        prop_assert_eq!(&merged(&base, &mine, &base), &alone);
        prop_assert_eq!(&merged(&base, &base, &mine), &alone);
        prop_assert_eq!(&merged(&base, &mine, &mine), &alone);
    }
}

/// Some of these sentences, each at most once, in any order.
fn sentences() -> impl Strategy<Value = String> {
    let all = vec![
        "She acted alone. ",
        "It rained. ",
        "She has two sisters. ",
        "He left.\n\n",
        "- One.\n",
        "The bus was late. ",
        "<<<<<<<\n\n",
        "=======\n\n",
    ];
    let some = proptest::sample::subsequence(all, 0..=8).prop_shuffle();
    some.prop_map(|all| all.concat())
}

#[test]
fn two_sentences_of_one_paragraph_may_be_changed_by_different_hands() {
    let base = "She acted alone. It was late. She ran.";
    let mine = "She acted on her own. It was late. She ran.";
    let drafted = "She acted alone. It was late. She walked away.";
    let merged = merged(base, mine, drafted);
    assert_eq!(
        merged.text,
        "She acted on her own. It was late. She walked away."
    );
    assert_eq!(merged.conflicts, []);
}

#[test]
fn where_both_changed_one_sentence_hers_stays_and_both_are_shown() {
    let merged = merged("She drinks.", "She drank then.", "She drinks daily.");
    assert_eq!(merged.text, "She drank then.");
    let both = Conflict {
        mine: "She drank then.".into(),
        drafted: "She drinks daily.".into(),
    };
    assert_eq!(merged.conflicts, [both]);
}

#[test]
fn markup_that_a_report_does_not_use_is_shown_as_it_was_typed() {
    let shown = |text: &str| {
        let blocks = blocks::read(text, 2);
        all_text(&Document::from_markdown(&blocks.join("\n\n")))
            .trim()
            .to_owned()
    };
    assert_eq!(shown("```\nShe ran"), "```\nShe ran");
    assert_eq!(
        shown("<script>alert(1)</script>"),
        "<script>alert(1)</script>"
    );
    assert_eq!(shown("[Note]: important"), "[Note]: important");
    assert_eq!(shown("> She said so."), "She said so.");
    assert_eq!(shown("a & b &amp; c"), "a & b &amp; c");
}

#[test]
fn a_heading_in_a_section_is_never_as_high_as_the_sections_own() {
    assert_eq!(blocks::read("# Mine\n\nText", 2), ["### Mine", "Text"]);
    assert_eq!(blocks::read("# Mine", 3), ["**Mine**"]);
    assert_eq!(
        blocks::read("### Deep\n\nMine\n===\n\n### Deep", 1),
        ["## Deep", "## Mine", "### Deep"]
    );
}

#[test]
fn a_table_stays_with_its_caption() {
    let table = "Table: Week\n\n| a | b |\n| - | - |\n| c | d |";
    assert_eq!(
        blocks::read(&format!("One.\n\n{table}\n\nTwo."), 2),
        ["One.", table, "Two."]
    );
}

#[test]
fn a_difference_reads_in_phrases_and_names_markup_that_alone_has_changed() {
    let pieces = difference("She was late to the bus.", "She came early to a bus.");
    let expected = [
        Piece::Kept("She ".into()),
        Piece::Removed("was late to the".into()),
        Piece::Added("came early to a".into()),
        Piece::Kept(" bus.\n".into()),
    ];
    assert_eq!(pieces, expected);
    let bold = difference("She ran.", "She **ran.**");
    assert!(bold.iter().any(|p| p.text().contains("**")), "{bold:?}");
}

#[test]
fn a_difference_of_two_long_unlike_texts_is_found_in_good_time() {
    let long = |seed: usize| -> String {
        let words = (0..4000).map(|n| format!("w{}", n * seed % 7919));
        words.collect::<Vec<_>>().join(" ")
    };
    let (before, after) = (long(7), long(13));
    assert!(difference(&before, &after).len() > 1);
}

#[test]
fn days_of_a_month_are_one_word_and_endings_do_not_matter() {
    let stems = |text: &str| -> Vec<String> { known::tokens(text).map(|t| t.stem()).collect() };
    assert!(known::LITTLE.is_sorted(), "it is searched by halves");
    assert_eq!(stems("drinking"), stems("drinks"));
    for month in 1..=12 {
        let day = chrono::NaiveDate::from_ymd_opt(2026, month, 3).unwrap();
        let said = stems(&crate::report::words::date(day));
        assert_eq!(said.len(), 2, "{said:?}");
    }
    assert_eq!(stems("12th June, three, 1,000"), ["12 june", "3", "1000"]);
}
