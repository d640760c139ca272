//! Feeds, well and badly behaved.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;

use super::{
    bed::{Bed, Said},
    feed::{Answer, Feed, page, page_of},
};

/// However a feed behaves, a run has ended by then.
const LONG: Duration = Duration::from_mins(1);

fn import(bed: &Bed, feed: &Feed, more: &[&str]) -> Said {
    let usual = ["--allow-host", "127.0.0.1", "--pause", "0"];
    let timeout: &[&str] = if more.contains(&"--timeout") {
        &[]
    } else {
        &["--timeout", "2"]
    };
    let began = Instant::now();
    let said = bed.import(&feed.address, &[&usual, timeout, more].concat());
    assert!(began.elapsed() < LONG, "it hung");
    said
}

#[test]
fn a_feed_is_read_page_by_page_by_a_program_that_says_who_it_is() {
    let bed = Bed::new();
    let feed = Feed::start(|path, _| Answer::Json(page(page_of(path), 3)));
    let said = import(&bed, &feed, &["--per-page", "2"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.report()["counts"]["new"], 6);
    bed.has(6);
    let asked = feed.asked();
    assert_eq!(asked.len(), 3);
    assert!(
        asked[2].starts_with("GET /services?page=3&per_page=2 "),
        "{}",
        asked[2]
    );
    assert!(
        asked[0].to_lowercase().contains("user-agent: foreword/"),
        "{}",
        asked[0]
    );
    // What had come was kept until it was taken over, and no longer.
    assert_eq!(
        std::fs::read_dir(bed.data().join("feeds")).unwrap().count(),
        0
    );
    let again = import(&bed, &feed, &[]);
    assert_eq!(again.report()["counts"]["same"], 6);
}

#[test]
fn a_feed_of_open_referral_uk_1_and_a_bare_list_are_read_too() {
    for old in [true, false] {
        let bed = Bed::new();
        let feed = Feed::start(move |path, _| {
            let services = json!([{"id": page_of(path), "name": "A"}]);
            Answer::Json(if old {
                json!({"totalElements": 2, "totalPages": 2, "number": page_of(path) - 1,
                    "content": services})
            } else {
                services
            })
        });
        let said = import(&bed, &feed, &[]);
        assert_eq!(said.code, 0, "{}", said.err);
        bed.has(if old { 2 } else { 1 });
    }
}

#[test]
fn a_feed_that_asks_for_patience_is_given_it() {
    let bed = Bed::new();
    let feed = Feed::start(|path, number| match number {
        0 => Answer::Raw(429, vec![("Retry-After", "1".into())], String::new()),
        1 => Answer::Raw(503, vec![], String::new()),
        _ => Answer::Json(page(page_of(path), 1)),
    });
    let began = Instant::now();
    let said = import(&bed, &feed, &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(began.elapsed() > Duration::from_secs(1));
    assert_eq!(feed.asked().len(), 3);
    let feed =
        Feed::start(|_, _| Answer::Raw(503, vec![("Retry-After", "86400".into())], String::new()));
    import(&bed, &feed, &[]).stopped(2, &["86400 seconds", "goes on where it stopped"]);
}

#[test]
fn a_feed_that_fails_half_way_is_gone_on_with_where_it_stopped() {
    let bed = Bed::new();
    let well = Arc::new(AtomicBool::new(false));
    let is_well = Arc::clone(&well);
    let feed = Feed::start(move |path, _| {
        if page_of(path) == 3 && !is_well.load(Ordering::Relaxed) {
            return Answer::Raw(500, vec![], "down".into());
        }
        Answer::Json(page(page_of(path), 4))
    });
    import(&bed, &feed, &[]).stopped(2, &["500", "Nothing was written"]);
    bed.has(0);
    well.store(true, Ordering::Relaxed);
    let before = feed.asked().len();
    let said = import(&bed, &feed, &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("Going on at page 3"), "{}", said.err);
    assert_eq!(feed.asked().len() - before, 2);
    assert_eq!(said.report()["counts"]["new"], 8);
    bed.has(8);
}

#[test]
fn a_feed_that_hangs_is_given_up() {
    for answer in [|| Answer::Hang, || Answer::Drip] {
        let bed = Bed::new();
        let feed = Feed::start(move |path, _| match page_of(path) {
            1 => Answer::Json(page(1, 2)),
            _ => answer(),
        });
        import(&bed, &feed, &["--timeout", "1"]).stopped(2, &["in time", "Nothing was written"]);
        bed.has(0);
    }
}

#[test]
fn a_feed_that_never_ends_is_cut_off() {
    let bed = Bed::new();
    let feed = Feed::start(|_, _| Answer::Endless);
    import(&bed, &feed, &["--timeout", "50"]).stopped(2, &["more than 32 MiB", "cut off"]);
    bed.has(0);
    let sent = feed.sent.load(Ordering::Relaxed);
    assert!(sent < 128 * 1024 * 1024, "{sent} bytes were taken");
}

#[test]
fn a_redirect_is_followed_only_to_hosts_that_are_allowed_and_not_for_ever() {
    let bed = Bed::new();
    let to = |to: String| Answer::Raw(302, vec![("Location", to)], String::new());
    let feed = Feed::start(move |path, _| match path {
        path if path.starts_with("/services") => to(format!("/moved?page={}", page_of(path))),
        _ => Answer::Json(page(page_of(path), 1)),
    });
    assert_eq!(import(&bed, &feed, &[]).code, 0);
    bed.has(2);

    let bed = Bed::new();
    for elsewhere in [
        "http://localhost:1/services",
        "https://attacker.test/services",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
    ] {
        let feed = Feed::start(move |_, _| to(elsewhere.to_owned()));
        import(&bed, &feed, &[]).stopped(2, &["redirects elsewhere", "Nothing was written"]);
    }
    let feed = Feed::start(move |_, _| to("/services".to_owned()));
    import(&bed, &feed, &[]).stopped(2, &["more than 5 times"]);
    assert_eq!(feed.asked().len(), 6);
    bed.has(0);
}

#[test]
fn a_feed_that_goes_round_is_left() {
    let bed = Bed::new();
    let mut same = page(1, 1_000_000);
    same["page_number"] = json!(null);
    let feed = Feed::start(move |_, _| Answer::Json(same.clone()));
    import(&bed, &feed, &[]).stopped(2, &["page 2", "goes round"]);
    assert_eq!(feed.asked().len(), 2);
    let feed = Feed::start(|_, _| Answer::Json(page(1, 9)));
    import(&bed, &feed, &[]).stopped(2, &["page 2 was asked for", "gave page 1"]);
    bed.has(0);
}

#[test]
fn a_feed_whose_totals_do_not_hold_is_not_taken_unless_it_is_wanted_all_the_same() {
    let lying = |said: u64| {
        Feed::start(move |path, _| {
            let mut page = page(page_of(path), 3);
            page["total_items"] = json!(said);
            Answer::Json(page)
        })
    };
    for (said, code) in [(10_000_000, 1), (3, 2), (0, 2)] {
        let bed = Bed::new();
        let feed = lying(said);
        let refused = import(&bed, &feed, &[]);
        refused.stopped(code, &["says that it has", "Nothing was written"]);
        bed.has(0);
        let wanted = import(&bed, &feed, &["--despite-totals"]);
        assert_eq!(wanted.code, 0, "{}", wanted.err);
        bed.has(6);
    }
}

#[test]
fn an_answer_that_is_no_page_of_services_is_told() {
    let bed = Bed::new();
    for (body, words) in [
        ("<html>Sign in</html>", &["page 1", "line 1, column 1"][..]),
        ("{\"message\": \"no\"}", &["page 1", "no service"]),
        ("{\"contents\": 7}", &["page 1", "list of services"]),
        ("", &["page 1"]),
    ] {
        let feed = Feed::start(|_, _| Answer::Raw(200, vec![], body.to_owned()));
        import(&bed, &feed, &[]).stopped(2, words);
    }
    let feed = Feed::start(|_, _| Answer::Raw(404, vec![], String::new()));
    import(&bed, &feed, &[]).stopped(2, &["404"]);
    bed.has(0);
}

#[test]
fn no_host_is_asked_unless_the_administrator_allowed_it() {
    let bed = Bed::new();
    let feed = Feed::start(|path, _| Answer::Json(page(page_of(path), 1)));
    bed.import(&feed.address, &[])
        .stopped(2, &["hosts add 127.0.0.1"]);
    assert_eq!(feed.asked().len(), 0);
    assert_eq!(bed.run(&["hosts", "add", "127.0.0.1"]).code, 0);
    assert_eq!(bed.run(&["hosts", "list"]).out, "127.0.0.1\n");
    assert_eq!(bed.import(&feed.address, &["--pause", "0"]).code, 0);
    assert_eq!(bed.run(&["hosts", "remove", "127.0.0.1"]).code, 0);
    bed.import(&feed.address, &[])
        .stopped(2, &["may not be read"]);
    bed.import(
        "http://feeds.example.org/",
        &["--allow-host", "feeds.example.org"],
    )
    .stopped(2, &["not encrypted"]);
}
