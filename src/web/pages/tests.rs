//! Renders every page with every sample, signed in and not, and holds each to the
//! rules of accessible HTML that need no browser.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

use crate::web::templates::Templates;

fn all(page: &Html, css: &str) -> Vec<String> {
    let selector = Selector::parse(css).unwrap();
    page.select(&selector).map(|e| e.html()).collect()
}

fn elements<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(css).unwrap()).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn check(name: &str, html: &str) {
    let page = Html::parse_document(html);
    let ids: Vec<_> = elements(&page, "[id]")
        .iter()
        .map(|e| e.attr("id").unwrap().to_owned())
        .collect();
    let unique: HashSet<_> = ids.iter().collect();
    assert_eq!(
        unique.len(),
        ids.len(),
        "{name}: an id stands twice: {ids:?}"
    );
    assert_eq!(elements(&page, "h1").len(), 1, "{name}: not exactly one h1");
    assert_eq!(
        elements(&page, "html[lang=en-GB]").len(),
        1,
        "{name}: no language"
    );
    assert_eq!(
        elements(&page, "main#main-content").len(),
        1,
        "{name}: no main landmark"
    );
    let title = words(elements(&page, "title")[0]);
    assert!(title.ends_with("– Foreword"), "{name}: title {title}");
    let faults = !elements(&page, ".govuk-error-summary").is_empty();
    assert_eq!(
        title.starts_with("Error: "),
        faults,
        "{name}: title {title}"
    );
    for link in elements(&page, "a[href^='#']") {
        let to = link.attr("href").unwrap();
        assert!(
            unique.contains(&to[1..].to_owned()),
            "{name}: {to} leads nowhere"
        );
    }
    for (described, attribute) in ["aria-describedby", "aria-labelledby", "for"]
        .into_iter()
        .flat_map(|a| {
            elements(&page, &format!("[{a}]"))
                .into_iter()
                .map(move |e| (e, a))
        })
    {
        for id in described.attr(attribute).unwrap().split_whitespace() {
            assert!(
                unique.contains(&id.to_owned()),
                "{name}: {attribute} {id} leads nowhere"
            );
        }
    }
    let labelled: HashSet<_> = elements(&page, "label[for]")
        .iter()
        .map(|l| l.attr("for").unwrap().to_owned())
        .collect();
    for field in elements(&page, "input:not([type=hidden]), textarea, select") {
        let id = field.attr("id").unwrap_or_default();
        assert!(
            labelled.contains(id),
            "{name}: field {} has no label",
            field.html()
        );
    }
    for form in elements(&page, "form[method=post]") {
        let token = Selector::parse("input[name=csrf]").unwrap();
        assert_eq!(
            form.select(&token).count(),
            1,
            "{name}: a form without its token"
        );
    }
    for legend in elements(&page, "fieldset") {
        let inside = Selector::parse("legend").unwrap();
        assert!(
            legend.select(&inside).next().is_some(),
            "{name}: a fieldset without a legend"
        );
    }
    let mut level = 1;
    for heading in elements(&page, "main h1, main h2, main h3, main h4") {
        let this = heading.value().name()[1..].parse::<u8>().unwrap();
        let first_in_summary = heading
            .attr("class")
            .is_some_and(|c| c.contains("error-summary") || c.contains("notification-banner"));
        if !first_in_summary {
            assert!(
                this <= level + 1,
                "{name}: heading jumps to {}",
                heading.html()
            );
            level = this;
        }
        assert!(!words(heading).is_empty(), "{name}: an empty heading");
    }
    for inline in ["[style]", "[onclick]", "style", "script:not([src])"] {
        assert_eq!(
            all(&page, inline),
            Vec::<String>::new(),
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
