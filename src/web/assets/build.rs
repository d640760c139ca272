//! Placeholder: fetches and embeds the page assets.

fn main() {}
