//! Words to docx-rs runs.
//!
//! Lives here: weight, line breaks, and the last guard against characters that
//! would make the file unreadable. Not here: paragraphs (`word.rs`).

use std::borrow::Cow;

use docx_rs::{Bold, BoldCs, Break, BreakType, Italic, ItalicCs, Run, RunChild, Text};

use crate::report::document::{Inline, escape::cleaned};

/// One run for each inline, or several where text holds new lines.
pub fn runs(words: &[Inline]) -> impl Iterator<Item = Box<Run>> + '_ {
    words.iter().map(run)
}

/// In a box from the start, and changed where it is: a run is large, and docx-rs’s
/// own `bold` and `italic` move it there and back.
fn run(inline: &Inline) -> Box<Run> {
    let mut run = Box::new(Run::new());
    let property = &mut run.run_property;
    if matches!(inline, Inline::Strong(_) | Inline::StrongEmphasis(_)) {
        property.bold = Some(Bold::new());
        property.bold_cs = Some(BoldCs::new());
    }
    if matches!(inline, Inline::Emphasis(_) | Inline::StrongEmphasis(_)) {
        property.italic = Some(Italic::new());
        property.italic_cs = Some(ItalicCs::new());
    }
    if *inline == Inline::Break {
        run.children.push(line_break());
    } else {
        add_lines(inline.text(), &mut run);
    }
    run
}

/// A document read from Markdown is clean; one built in code might not be, and
/// docx-rs would write the characters as they are.
fn add_lines(text: &str, run: &mut Run) {
    let text = cleaned(text);
    if !text.contains(['\n', '\t']) {
        run.children.push(words(text));
        return;
    }
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            run.children.push(line_break());
        }
        run.children.push(words(line.replace('\t', " ").into()));
    }
}

fn words(text: Cow<'_, str>) -> RunChild {
    RunChild::Text(Text::new(text))
}

fn line_break() -> RunChild {
    RunChild::Break(Break::new(BreakType::TextWrapping))
}
