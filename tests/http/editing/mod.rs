//! Editing sections of the draft: what is typed stands and is never lost, later answers
//! never overwrite it, every version can be had back, and a signed report takes nothing.

mod settling;

use axum::http::StatusCode;

use super::{
    saving::{SCRIPT, told, typed},
    visitor::{Page, Service, Visitor},
};

const MINE: &str = "Ms Hart punched the victim twice.\n\nIt was over within a minute.";

struct Desk {
    service: Service,
    author: Visitor,
    report: String,
    /// The page where the section is edited.
    path: String,
}

impl Desk {
    async fn open() -> Self {
        let service = Service::start().await;
        let (author, report) = service.with_angela().await;
        Self {
            service,
            author,
            path: format!("{report}/draft/offence"),
            report,
        }
    }

    async fn edit(&mut self, text: &str) -> Page {
        self.author
            .submit(&self.path.clone(), &[("text", text)])
            .await
    }

    async fn at(&mut self, page: &str) -> Page {
        let path = format!("{}{page}", self.path);
        self.author.get(&path).await
    }

    /// The section as the draft shows it.
    async fn section(&mut self) -> String {
        let draft = self.author.get(&format!("{}/draft", self.report)).await;
        draft.texts("#section-offence").concat()
    }

    /// Changes an answer that the section rests on.
    async fn change_the_answer(&mut self, to: &str) {
        let path = format!("{}/prompts/offence-account", self.report);
        let page = self.author.get(&path).await;
        let mut form = page.filled_in();
        form.retain(|(name, _)| name != "value");
        let mut fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (&**n, &**v)).collect();
        fields.push(("value", to));
        self.author
            .send_form_of(&page, &path, &fields)
            .await
            .location();
    }

    async fn choose(&mut self, choice: &str) -> Page {
        let path = format!("{}/changes", self.path);
        self.author.submit(&path, &[("choice", choice)]).await
    }

    async fn restore(&mut self, version: &str) -> Page {
        let path = format!("{}/versions", self.path);
        let page = self.author.get(&path).await;
        self.author
            .send_form_of(&page, &path, &[("version", version)])
            .await
    }

    /// The ids of the section's versions, the latest first.
    async fn versions(&mut self) -> Vec<String> {
        let page = self.at("/versions").await;
        page.attributes("select[name=from] option", "value")
    }
}

#[tokio::test]
async fn the_page_opens_with_what_the_answers_give_and_saves_what_the_author_makes_of_it() {
    let mut desk = Desk::open().await;
    let page = desk.at("").await;
    assert!(
        page.value("text")
            .contains("On the evening of 18 September 2026")
    );
    assert!(
        page.texts("#preview")
            .concat()
            .contains("On the evening of 18 September 2026")
    );
    assert!(
        page.text().contains("Prosecution case summary"),
        "what it rests on"
    );
    let next = desk.edit(MINE).await.location();
    assert_eq!(next, format!("{}/draft#section-offence", desk.report));
    let section = desk.section().await;
    assert!(
        section.contains("It was over within a minute."),
        "{section}"
    );
    assert!(section.contains("Edited by you"), "{section}");
    assert!(!section.contains("On the evening"), "{section}");
    for file in ["report.html", "report.txt"] {
        let file = desk
            .author
            .get(&format!("{}/{file}", desk.report))
            .await
            .body;
        assert!(file.contains("punched the victim twice."), "{file}");
        assert!(!file.contains("Edited by you"), "{file}");
    }
    assert_eq!(desk.at("").await.value("text"), MINE);
}

#[tokio::test]
async fn saving_it_unchanged_is_no_edit() {
    let mut desk = Desk::open().await;
    let drafted = desk.at("").await.value("text");
    desk.edit(&drafted).await.location();
    assert!(!desk.section().await.contains("Edited by you"));
    assert_eq!(desk.versions().await, ["draft"]);
}

#[tokio::test]
async fn an_edit_in_two_windows_shows_both_texts_and_loses_neither() {
    let mut desk = Desk::open().await;
    let (here, there) = (desk.at("").await, desk.at("").await);
    let path = desk.path.clone();
    let author = &mut desk.author;
    author
        .send_form_of(&there, &path, &[("text", "From there.")])
        .await
        .location();
    let clash = author
        .send_form_of(&here, &path, &[("text", "From here.")])
        .await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    for side in ["From there.", "From here."] {
        assert!(clash.text().contains(side), "{}", clash.text());
    }
    // Until it is settled it waits at its page, and on the task list.
    let page = author.get(&path).await;
    assert_eq!(page.value("text"), "From here.");
    let home = author.get(&desk.report).await;
    assert!(home.attributes("main a", "href").contains(&path));
    let together = author
        .send_form_of(&clash, &path, &[("again", "edit")])
        .await;
    assert_eq!(together.value("text"), "From here.");
    assert!(together.text().contains("From there."));
    author.send_form_of(&clash, &path, &[]).await.location();
    assert!(desk.section().await.contains("From here."));
    assert_eq!(desk.versions().await.len(), 3);
}

#[tokio::test]
async fn what_is_typed_is_kept_while_it_is_typed_and_only_save_makes_a_version() {
    let mut desk = Desk::open().await;
    let page = desk.at("").await;
    let path = desk.path.clone();
    for text in ["She", "She acted", "She acted alone."] {
        let form = typed(&page, &[("text", text)]);
        let kept = desk.author.post(&path, &form, &[SCRIPT]).await;
        assert_eq!(told(&kept)["state"], "kept");
    }
    assert_eq!(desk.versions().await, ["draft"]);
    assert!(!desk.section().await.contains("Edited by you"));
    let page = desk.at("").await;
    assert_eq!(page.value("text"), "She acted alone.");
    assert!(page.text().contains("not yet part of the report"));
    // Twice, as a double click sends it.
    for _ in 0..2 {
        desk.author
            .send_form_of(&page, &path, &[("text", "She acted alone.")])
            .await
            .location();
    }
    assert_eq!(desk.versions().await.len(), 2);
}

#[tokio::test]
async fn a_text_that_is_too_long_or_says_nothing_is_kept_and_shown_with_a_kind_reason() {
    let mut desk = Desk::open().await;
    let long = "é".repeat(20_001);
    let page = desk.edit(&long).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.value("text"), long);
    let told = page.texts(".govuk-error-message").concat();
    assert!(
        told.contains("20000 characters or fewer; it has 20001"),
        "{told}"
    );
    assert_eq!(desk.at("").await.value("text"), long);
    let page = desk.edit(" \n ").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text().contains("Enter the text of this section"),
        "{}",
        page.text()
    );
    assert!(!desk.section().await.contains("Edited by you"));
    desk.edit(&"é".repeat(20_000)).await.location();
    assert!(desk.section().await.contains("Edited by you"));
}

#[tokio::test]
async fn control_characters_raw_html_and_markup_do_no_harm() {
    let mut desk = Desk::open().await;
    let text = "She\u{b}ran\u{0}.\n\n<script>alert(1)</script>\n\n```\nUnclosed\n\n[x]: y";
    desk.edit(text).await.location();
    let draft = desk.author.get(&format!("{}/draft", desk.report)).await;
    assert!(!draft.body.contains("<script>alert"));
    let section = draft.texts("#section-offence").concat();
    for said in [
        "She ran.",
        "<script>alert(1)</script>",
        "Unclosed",
        "[x]: y",
    ] {
        assert!(section.contains(said), "{said}: {section}");
    }
    assert!(
        !draft.texts("#section-risk").is_empty(),
        "what comes after is still there"
    );
    let docx = desk
        .author
        .get(&format!("{}/report.docx", desk.report))
        .await;
    assert_eq!(docx.status, StatusCode::OK);
}

#[tokio::test]
async fn a_preview_shows_what_the_court_would_read_and_saves_nothing() {
    let mut desk = Desk::open().await;
    let page = desk.at("").await;
    let text = "It was **Darren** Pike.\n\n<b>not bold</b>";
    let form = typed(&page, &[("text", text)]);
    let path = format!("{}/preview", desk.path);
    let shown = desk.author.post(&path, &form, &[SCRIPT]).await;
    let html = told(&shown)["html"].as_str().unwrap().to_owned();
    assert!(
        html.contains("[withheld]") && !html.contains("Pike"),
        "{html}"
    );
    assert!(html.contains("&lt;b&gt;not bold"), "{html}");
    // The same without JavaScript, by a button.
    let path = desk.path.clone();
    let fields = [("text", text), ("again", "preview")];
    let page = desk.author.send_form_of(&page, &path, &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.texts("#preview").concat().contains("[withheld]"));
    assert_eq!(page.value("text"), text);
    assert_eq!(desk.versions().await, ["draft"]);
    let nowhere = format!("{}/draft/unsettled/preview", desk.report);
    let nowhere = desk.author.post(&nowhere, &form, &[SCRIPT]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_signed_report_takes_no_edit_and_shows_what_was_typed() {
    let mut desk = Desk::open().await;
    desk.edit(MINE).await.location();
    let page = desk.at("").await;
    let changes = desk.at("/changes").await;
    let versions = desk.at("/versions").await;
    let id = desk.report.rsplit('/').next().unwrap().parse().unwrap();
    desk.service.sign(id).await;
    let path = desk.path.clone();
    let late = desk
        .author
        .send_form_of(&page, &path, &[("text", "Too late.")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("Too late."), "{}", late.text());
    for (page, at, field) in [
        (&changes, "changes", ("choice", "take")),
        (&versions, "versions", ("version", "draft")),
    ] {
        let path = format!("{path}/{at}");
        let late = desk.author.send_form_of(page, &path, &[field]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
    }
    let draft = desk.author.get(&format!("{}/draft", desk.report)).await;
    assert!(
        draft.attributes("a[href*='/draft/']", "href").is_empty(),
        "nothing to edit"
    );
    assert_eq!(desk.at("/changes").await.texts("main form"), [""; 0]);
}

#[tokio::test]
async fn nobody_else_reads_or_writes_it_and_there_is_no_page_for_what_cannot_be_edited() {
    let mut desk = Desk::open().await;
    desk.edit(MINE).await.location();
    let mut other = desk.service.author("kim@example.org").await;
    for page in ["", "/changes", "/merge", "/versions"] {
        let address = format!("{}{page}", desk.path);
        assert_eq!(
            other.get(&address).await.status,
            StatusCode::NOT_FOUND,
            "{page}"
        );
        for section in ["unsettled", "about", "elsewhere"] {
            let address = format!("{}/draft/{section}{page}", desk.report);
            assert_eq!(
                desk.author.get(&address).await.status,
                StatusCode::NOT_FOUND,
                "{address}"
            );
        }
    }
    for page in ["facts", "facts.docx"] {
        let address = format!("{}/{page}", desk.report);
        assert_eq!(
            other.get(&address).await.status,
            StatusCode::NOT_FOUND,
            "{page}"
        );
    }
}

#[tokio::test]
async fn edits_leave_and_come_back_with_the_case_file() {
    let mut desk = Desk::open().await;
    desk.edit(MINE).await.location();
    let file = desk.author.get(&format!("{}/case.json", desk.report)).await;
    let import = desk
        .author
        .upload("/reports/import", file.body.as_bytes())
        .await;
    let report = import.location();
    let page = desk.author.get(&format!("{report}/draft/offence")).await;
    assert_eq!(page.value("text"), MINE);
    let long = file
        .body
        .replace("Ms Hart punched the victim twice.", &"x".repeat(20_001));
    assert_ne!(long, file.body);
    let refused = desk.author.upload("/reports/import", long.as_bytes()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text().contains("edits.offence.text"),
        "{}",
        refused.text()
    );
    assert!(
        refused.text().contains("20000 characters or fewer"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn the_facts_used_are_for_the_checker_and_in_no_file_for_the_court() {
    let mut desk = Desk::open().await;
    desk.edit("She met the victim outside a shop. She has nine cats.")
        .await
        .location();
    let page = desk.author.get(&format!("{}/facts", desk.report)).await;
    let text = page.text();
    for said in [
        "Not for the court",
        "Prosecution case summary",
        "“She has nine cats.”",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        !text.contains("Darren") && !text.contains("Thatcham"),
        "{text}"
    );
    let file = desk
        .author
        .get(&format!("{}/facts.docx", desk.report))
        .await;
    let name = file.headers["content-disposition"].to_str().unwrap();
    assert!(name.contains("not-for-the-court"), "{name}");
    let report = desk
        .author
        .get(&format!("{}/report.txt", desk.report))
        .await
        .body;
    assert!(!report.contains("No answer bears out") && !report.contains("Facts used"));
}
