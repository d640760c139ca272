//! Renders every page with every sample, signed in and not, and holds each to the
//! rules of accessible HTML that need no browser.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

use crate::web::templates::Templates;

fn elements<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(css).unwrap()).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn check(name: &str, html: &str) {
    let page = Html::parse_document(html);
    frame(name, &page);
    references(name, &page);
    forms(name, &page);
    headings(name, &page);
    for inline in ["[style]", "[onclick]", "style", "script:not([src])"] {
        assert!(
            elements(&page, inline).is_empty(),
            "{name}: inline {inline}"
        );
    }
    for script in elements(&page, "script") {
        assert_eq!(
            script.attr("nonce"),
            Some("n0nce"),
            "{name}: a script without nonce"
        );
    }
    for text in ["__tera", "{{", "{%", "&amp;lt;", "&amp;amp;"] {
        assert!(!html.contains(text), "{name}: {text} in the page");
    }
}

/// Language, title, landmarks.
fn frame(name: &str, page: &Html) {
    for (css, what) in [
        ("h1", "heading"),
        ("html[lang=en-GB]", "language"),
        ("main#main-content", "main landmark"),
        ("a.govuk-skip-link", "skip link"),
    ] {
        assert_eq!(
            elements(page, css).len(),
            1,
            "{name}: not exactly one {what}"
        );
    }
    let title = words(elements(page, "title")[0]);
    let handed_on = !elements(page, "html[data-handed-on]").is_empty();
    assert_eq!(
        title.ends_with("– Foreword"),
        !handed_on,
        "{name}: title {title}"
    );
    let faults = !elements(page, ".govuk-error-summary").is_empty();
    assert_eq!(
        title.starts_with("Error: "),
        faults,
        "{name}: title {title}"
    );
}

/// Ids stand once, and whatever names one finds it.
fn references(name: &str, page: &Html) {
    let ids = elements(page, "[id]");
    let ids: Vec<_> = ids.iter().filter_map(|e| e.attr("id")).collect();
    let unique: HashSet<_> = ids.iter().copied().collect();
    assert_eq!(
        unique.len(),
        ids.len(),
        "{name}: an id stands twice: {ids:?}"
    );
    for link in elements(page, "a[href^='#']") {
        let to = link.attr("href").unwrap();
        assert!(unique.contains(&to[1..]), "{name}: {to} leads nowhere");
    }
    for attribute in ["aria-describedby", "aria-labelledby", "for"] {
        for element in elements(page, &format!("[{attribute}]")) {
            for id in element.attr(attribute).unwrap().split_whitespace() {
                assert!(
                    unique.contains(id),
                    "{name}: {attribute} {id} leads nowhere"
                );
            }
        }
    }
}

/// Every field has its label, every group its legend, every form its token.
fn forms(name: &str, page: &Html) {
    let labels = elements(page, "label[for]");
    let labelled: HashSet<_> = labels.iter().filter_map(|l| l.attr("for")).collect();
    for field in elements(page, "input:not([type=hidden]), textarea, select") {
        let id = field.attr("id").unwrap_or_default();
        assert!(
            labelled.contains(id),
            "{name}: no label for {}",
            field.html()
        );
    }
    let token = Selector::parse("input[name=csrf]").unwrap();
    for form in elements(page, "form[method=post]") {
        assert_eq!(form.select(&token).count(), 1, "{name}: {}", form.html());
    }
    // A group may stand within a group; each has a legend of its own.
    for group in elements(page, "fieldset") {
        let own = group.child_elements();
        let own = own.filter(|e| e.value().name() == "legend").count();
        assert_eq!(own, 1, "{name}: {}", group.html());
    }
}

/// Headings say something and go down a level at a time.
fn headings(name: &str, page: &Html) {
    let mut level = 1;
    for heading in elements(page, "main h1, main h2, main h3, main h4") {
        assert!(!words(heading).is_empty(), "{name}: an empty heading");
        let class = heading.attr("class").unwrap_or_default();
        if class.contains("error-summary") || class.contains("notification-banner") {
            continue;
        }
        let this = heading.value().name()[1..].parse::<u8>().unwrap();
        assert!(
            this <= level + 1,
            "{name}: heading jumps to {}",
            heading.html()
        );
        level = this;
    }
}

#[test]
fn every_page_renders_with_every_sample_and_is_accessible() {
    let templates = Templates::load().unwrap_or_else(|e| panic!("{e}"));
    for page in super::all() {
        for who in [None, Some("Sam <Author>")] {
            let rendered = (page.render_samples)(&templates, who);
            let rendered = rendered.unwrap_or_else(|e| panic!("{}: {e}", page.name));
            assert!(!rendered.is_empty(), "{} has no sample", page.name);
            for html in rendered {
                check(page.name, &html);
            }
        }
    }
}

#[test]
fn what_people_type_never_becomes_markup() {
    let templates = Templates::load().unwrap_or_else(|e| panic!("{e}"));
    for page in super::all() {
        for html in (page.render_samples)(&templates, Some("<script>alert(1)</script>")).unwrap() {
            let parsed = Html::parse_document(&html);
            assert_eq!(
                elements(&parsed, "b, i, em script, main script, header script").len(),
                0,
                "{}",
                page.name
            );
        }
    }
}

#[test]
fn every_page_has_a_template_of_its_own_name() {
    let pages = super::all();
    let names: HashSet<_> = pages.iter().map(|p| p.name).collect();
    assert_eq!(names.len(), pages.len());
}
