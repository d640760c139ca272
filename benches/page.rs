//! What a prompt's page costs, as a ratio of one interleaved run.
//!
//! Floor: Tera renders the page's own template with its context ready made. Ours: the
//! page asked of the whole router by a signed-in author with Angela's report, down to
//! the last byte of the answer.
//!
//! Then the preview of a section that is being written: asked of the router as the page's
//! own script does, against the bare rendering of the same Markdown.

use std::{
    fmt::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    http::{Request, header},
};
use chrono::Utc;
use foreword::{
    case::{self, revision},
    content::ContentFiles,
    pack::Pack,
    report::{Draft, document::Document, edited::joined, html},
    store::{
        AccountId, NewAccount, NewPassword, NewReport, ReportId, Role, SessionLimits, Store,
        StoreSettings, Token,
    },
    web::{AppState, bare_prompt, router},
};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// Pages of both contenders in turn.
const ROUNDS: usize = 1500;
const PROMPTS: [&str; 3] = ["offence-account", "abuse-victim", "need-dependency"];

type Fault = Box<dyn std::error::Error + Send + Sync>;

fn main() {
    let done = tokio::runtime::Runtime::new()
        .map_err(Fault::from)
        .and_then(|runtime| runtime.block_on(measure()));
    if let Err(reason) = done {
        eprintln!("page: {reason}");
    }
}

async fn measure() -> Result<(), Fault> {
    let pack = Pack::load(&ContentFiles::embedded()?);
    let pack = Arc::new(pack.map_err(|faults| format!("{} faults of content", faults.len()))?);
    let folder = tempfile::TempDir::new()?;
    let store = Store::open(&StoreSettings::in_folder(folder.path().join("data"))).await?;
    let state = AppState::new(pack, store.clone(), None, false)?;
    let router = router(state.clone());

    let now = Utc::now();
    let (account, token) = (AccountId::new(now), Token::random()?);
    let new = NewAccount {
        id: account,
        email: "ann@example.org".into(),
        display_name: "Ann Author".into(),
        roles: Role::Author.into(),
        password: NewPassword::new("correct horse battery")?,
    };
    store.create_account(new, now).await?;
    let limits = SessionLimits::default();
    store.start_session(account, &token, limits, now).await?;
    let case = case::from_json(include_str!("../tests/cases/angela.json"))?;
    let new = NewReport {
        id: ReportId::new(now),
        pack_version: "bench",
        writes: &revision::unfold(&case)?,
    };
    let author = store.as_author(account);
    let report = author.create_report(new, now).await?;
    let loaded = author.load(report).await?.ok_or("no report")?;

    let ids: Vec<&str> = state
        .interview()
        .prompts()
        .map(|(_, p)| p.id.as_str())
        .collect();
    let prompts = PROMPTS.iter().filter(|id| ids.contains(id));
    for prompt in prompts {
        let address = format!("/reports/{report}/prompts/{prompt}");
        let bare = bare_prompt(&state, &loaded, prompt).ok_or("no such prompt")?;
        let (mut ours, mut floor, mut size) = (Vec::new(), Vec::new(), 0);
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let request = Request::get(&address)
                .header(header::COOKIE, format!("foreword={}", token.text()))
                .body(Body::empty())?;
            let answer = router.clone().oneshot(request).await?;
            let status = answer.status();
            size = answer.into_body().collect().await?.to_bytes().len();
            ours.push(start.elapsed());
            if !status.is_success() {
                return Err(format!("{address} answered {status}").into());
            }
            let start = Instant::now();
            std::hint::black_box(bare()?);
            floor.push(start.elapsed());
        }
        let (ours, floor) = (median(ours), median(floor));
        println!(
            "{prompt:<16} the page takes {:.2} times Tera's bare render  ({ours:.1?}, {floor:.1?}; {size} bytes)",
            ours.as_secs_f64() / floor.as_secs_f64()
        );
    }
    let today = now.date_naive();
    let (draft, _) = state.pack().draft(&loaded.case, today)?;
    preview(&router, &token, report, &draft).await
}

/// The section whose preview is asked for: the longest that authors edit most.
const SECTION: &str = "offence";

async fn preview(
    router: &axum::Router,
    token: &Token,
    report: ReportId,
    draft: &Draft,
) -> Result<(), Fault> {
    let section = draft.sections.iter().find(|s| s.id == SECTION);
    let text = joined(&section.ok_or("no such section")?.passages);
    let cookie = format!("foreword={}", token.text());
    let edit = format!("/reports/{report}/draft/{SECTION}");
    let page = Request::get(&edit)
        .header(header::COOKIE, &cookie)
        .body(Body::empty())?;
    let page = router.clone().oneshot(page).await?;
    let page = page.into_body().collect().await?.to_bytes();
    let page = String::from_utf8_lossy(&page);
    let hidden = |name: &str| {
        let from = page.split_once(&format!("name=\"{name}\" value=\""))?.1;
        from.split_once('"').map(|(value, _)| value.to_owned())
    };
    let form = [
        ("csrf", hidden("csrf").ok_or("no token")?),
        ("report", report.to_string()),
        ("seen", hidden("seen").ok_or("no revision")?),
        ("text", text.clone()),
    ];
    let encoded = form
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)));
    let body = encoded.collect::<Vec<_>>().join("&");
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let request = Request::post(format!("{edit}/preview"))
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("foreword-autosave", "1")
            .body(Body::from(body.clone()))?;
        let answer = router.clone().oneshot(request).await?;
        let status = answer.status();
        std::hint::black_box(answer.into_body().collect().await?.to_bytes().len());
        ours.push(start.elapsed());
        if !status.is_success() {
            return Err(format!("the preview answered {status}").into());
        }
        let start = Instant::now();
        let document = Document::from_markdown(std::hint::black_box(&text));
        std::hint::black_box(html::to_html(&document, 0).len());
        floor.push(start.elapsed());
    }
    let (ours, floor) = (median(ours), median(floor));
    println!(
        "{:<16} the preview takes {:.2} times the bare rendering  ({ours:.1?}, {floor:.1?}; {} characters)",
        SECTION,
        ours.as_secs_f64() / floor.as_secs_f64(),
        text.chars().count()
    );
    Ok(())
}

/// A form's value as browsers send it.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
