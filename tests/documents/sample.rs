//! A document of six pages in the shape of a report, with invented words.

use std::fmt::Write as _;

use chrono::DateTime;
use foreword::report::{
    document::Document,
    docx::{About, Status},
};

const FIRST_PAGE: &str = include_str!("sample.md");

/// What the sections are made of. Sentences come in a different order each time,
/// so that the text does not compress better than a real report would.
const SENTENCES: [&str; 13] = [
    "She spoke about what was going on at the time, who was with her and what she would do differently.",
    "The weeks before had been the hardest, and **nobody had asked** until then.",
    "Two of the enquiries confirm this; the third is *still awaited*.",
    "Her tenancy is secure for as long as the arrears plan agreed in March is kept.",
    "She drinks less on the days when her grandson is with her, and says so herself.",
    "A neighbour has offered to keep a spare key, which matters more than it sounds.",
    "Earlier orders ended well where appointments were near her home and in the morning.",
    "The telephone calls stopped after the order was served, and have not begun again.",
    "Her general practitioner changed the prescription in August; sleep has been better since.",
    "She reads slowly and asks for letters to be short, with the date and place first.",
    "What she did frightened somebody, and she does not say otherwise.",
    "Work of any kind would help with money, company and the length of the day.",
    "The centre is two bus rides away, so the morning group is the one she can reach.",
];

/// The Markdown: a first page as a report has, then sections until it is long.
pub fn markdown() -> String {
    let mut text = FIRST_PAGE.to_owned();
    let parts = ["What happened", "What helps", "What gets in the way"];
    for number in 1..=5 {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\n## Section {number} of the analysis");
        for (at, part) in parts.iter().enumerate() {
            let sentence = |step: usize| SENTENCES[(number * 3 + at * 5 + step * 4) % 13];
            let _ = writeln!(
                text,
                "\n### {part}\n\n{} {} {} {}\n\n- {}\n- {}\n  - at the centre\n  - or by telephone\n- {}",
                sentence(0),
                sentence(1),
                sentence(2),
                sentence(3),
                sentence(4),
                sentence(5),
                sentence(6),
            );
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
        created: DateTime::from_timestamp(1_795_339_800, 0).unwrap_or_default(),
    }
}
