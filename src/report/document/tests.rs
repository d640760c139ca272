//! That Markdown is read as meant, and that nothing typed can harm the reading.

use proptest::prelude::*;

use super::{Block, Document, Inline, List, text_of};

fn blocks(markdown: &str) -> Vec<Block> {
    Document::from_markdown(markdown).blocks
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_owned())])
}

#[test]
fn strong_and_emphasis_are_runs_in_one_flat_paragraph() {
    let read = blocks("She **did _not_** want *that*.");
    let expected = [Block::Paragraph(vec![
        Inline::Text("She ".into()),
        Inline::Strong("did ".into()),
        Inline::StrongEmphasis("not".into()),
        Inline::Text(" want ".into()),
        Inline::Emphasis("that".into()),
        Inline::Text(".".into()),
    ])];
    assert_eq!(read, expected);
}

#[test]
fn a_skipped_heading_level_is_closed_up() {
    let levels: Vec<u8> = blocks(
        "# a

### b

##### c

## d

# e

## f",
    )
    .iter()
    .map(|block| match block {
        Block::Heading { level, .. } => *level,
        other => panic!("not a heading: {other:?}"),
    })
    .collect();
    assert_eq!(levels, [1, 2, 3, 2, 1, 2]);
}

#[test]
fn raw_html_is_shown_as_typed_and_only_a_line_break_works() {
    assert_eq!(
        blocks("a <b>b</b><script>x()</script>"),
        [paragraph("a <b>b</b><script>x()</script>")]
    );
    let [Block::Paragraph(words)] = &blocks("a<br>b<BR />c")[..] else {
        panic!("not one paragraph");
    };
    assert_eq!(text_of(words), "a\nb\nc");
}

#[test]
fn a_link_becomes_its_words_and_its_address() {
    assert_eq!(
        blocks(
            "See [the centre](https://example.org) or <https://example.com> or [b@example.org](mailto:b@example.org)."
        ),
        [paragraph(
            "See the centre (https://example.org) or https://example.com or b@example.org."
        )]
    );
}

#[test]
fn the_paragraph_above_a_table_captions_it() {
    let read = blocks("Table: What is proposed\n\n| a | b |\n| - | - |\n| c | d |");
    let [Block::Table(table)] = read.as_slice() else {
        panic!("not one table: {read:?}");
    };
    assert_eq!(table.caption.as_deref(), Some("What is proposed"));
    assert_eq!(table.columns(), 2);
    assert_eq!(text_of(&table.header[1]), "b");
    assert_eq!(text_of(&table.rows[0][1]), "d");
}

#[test]
fn lists_nest_three_deep_and_no_deeper() {
    let read = blocks("1. a\n   - b\n     - c\n       - d\n         - e\n2. f");
    let [Block::List(first)] = read.as_slice() else {
        panic!("not one list: {read:?}");
    };
    assert!(first.ordered);
    assert_eq!(first.items.len(), 2);
    let Block::List(second) = &first.items[0][1] else {
        panic!("no second level");
    };
    let Block::List(third) = &second.items[0][1] else {
        panic!("no third level");
    };
    let words: Vec<_> = third.items.iter().flatten().cloned().collect();
    assert_eq!(words, [paragraph("c"), paragraph("d"), paragraph("e")]);
}

#[test]
fn a_character_reference_cannot_smuggle_in_a_control_character() {
    assert_eq!(blocks("a&#1;b&#xFFFE;c"), [paragraph("abc")]);
}

#[test]
fn very_deep_nesting_is_read_without_harm() {
    let quotes = "> ".repeat(20_000) + "deep";
    assert_eq!(blocks(&quotes).len(), 1);
    let lists = (0..3_000).fold(String::new(), |text, n| text + &"  ".repeat(n) + "- x\n");
    assert!(!blocks(&lists).is_empty());
    assert!(!blocks(&"*a **b ".repeat(20_000)).is_empty());
}

fn assert_no_block_is_empty(blocks: &[Block], depth: usize) {
    assert!(depth <= List::DEEPEST);
    for block in blocks {
        match block {
            Block::Heading { inlines, level } => {
                assert!(!text_of(inlines).trim().is_empty());
                assert!((1..=3).contains(level));
            }
            Block::Paragraph(inlines) => assert!(!text_of(inlines).trim().is_empty()),
            Block::List(list) => {
                assert!(!list.items.is_empty());
                for item in &list.items {
                    assert!(!item.is_empty());
                    assert_no_block_is_empty(item, depth + 1);
                }
            }
            Block::Table(table) => {
                for row in &table.rows {
                    assert_eq!(row.len(), table.columns());
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_read_no_block_is_empty(text in "([-*#>|`<~_1.)\\[\\] \n\t&\\\\ab]|[0-9]\\. |\n\n|    |\\| - \\||&#10;|<br>){0,60}") {
        assert_no_block_is_empty(&blocks(&text), 0);
    }
}
