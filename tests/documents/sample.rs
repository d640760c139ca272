//! A document of six pages in the shape of a report, with invented words.

use chrono::{TimeZone, Utc};
use foreword::report::{
    document::Document,
    docx::{About, Status},
};

const FIRST_PAGE: &str = include_str!("sample.md");

/// The Markdown: a first page as a report has, then sections until it is long.
pub fn markdown() -> String {
    let mut text = FIRST_PAGE.to_owned();
    for number in 1..=5 {
        text.push_str(&format!("\n## Section {number} of the analysis\n"));
        for part in ["What happened", "What helps", "What gets in the way"] {
            text.push_str(&format!(
                "\n### {part}\n\nThe woman in this invented case spoke about what was going on at \
                 the time, who was with her and what she would do differently. She said that the \
                 weeks before had been the hardest, and that **nobody had asked** until then. Two \
                 of the enquiries confirm this; the third is *still awaited*.\n\n\
                 - She has kept each appointment since May.\n\
                 - Her link worker sees her on Tuesdays:\n  - at the centre\n  - or by telephone\n\
                 - She asks for the times in writing.\n"
            ));
        }
    }
    text
}

/// The document.
pub fn document() -> Document {
    Document::from_markdown(&markdown())
}

/// What it says about itself.
pub fn about() -> About {
    About {
        title: "Pre-sentence report: Example Woman".to_owned(),
        author: "A. Author & Co".to_owned(),
        subject: "Short-format report for Example Magistrates' Court".to_owned(),
        header: "Example Woman · case 01XX1234567".to_owned(),
        status: Status::Draft,
        fictional: true,
        created: Utc.with_ymd_and_hms(2026, 11, 22, 9, 30, 0).unwrap(),
    }
}
