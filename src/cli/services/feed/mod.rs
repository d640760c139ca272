//! Services from a feed on the web, page by page.
//!
//! Lives here: which page is asked next, and whether what a feed says of itself holds.
//! Not here: one request (`client`), what has come (`spool`), or whom we may ask
//! (`hosts`). A feed is never trusted to end: pages, services and bytes have limits,
//! and a page that has come before ends the run.

mod client;
mod spool;

use std::{path::Path, thread::sleep, time::Duration};

use clap::Args;
use indicatif::ProgressBar;
use serde_json::Value;
use url::Url;

use self::{
    client::Client,
    spool::{Spool, State},
};
use super::{
    hosts::Hosts,
    source::{self, Source},
};
use crate::{
    cli::Stop,
    directory::open_referral::reading::{
        Form,
        stream::{self, Claims},
    },
};

const MOST_PAGES: u64 = 20_000;
const MOST_SERVICES: u64 = 500_000;
const MOST_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// Arguments that only the address of a feed needs.
#[derive(Debug, Args)]
pub(super) struct FeedArgs {
    /// Host that this run may also read from, beside those of `foreword services hosts
    /// list`. None is allowed unless named.
    #[arg(
        long,
        value_name = "HOST",
        env = "FOREWORD_FEED_HOSTS",
        value_delimiter = ','
    )]
    allow_host: Vec<String>,

    /// Pause between two pages, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 500)]
    pause: u64,

    /// Services to ask for on a page; as the feed likes when not given.
    #[arg(long, value_name = "N")]
    per_page: Option<u32>,

    /// How long to wait for an answer, in seconds.
    #[arg(long, value_name = "S", default_value_t = 30)]
    timeout: u64,

    /// Begin at the first page, although an earlier run had got further.
    #[arg(long)]
    afresh: bool,

    /// Take what the feed gave, although it said that it has another number.
    #[arg(long)]
    despite_totals: bool,
}

/// The address that an argument is, where it is one.
pub(super) fn address(given: &str) -> Option<Result<Url, Stop>> {
    let lower = given.to_ascii_lowercase();
    if !lower.starts_with("http://") && !lower.starts_with("https://") {
        return None;
    }
    let url = Url::parse(given);
    Some(url.map_err(|e| Stop::fault(format!("`{given}` is not an address: {e}"))))
}

/// A feed that has been read whole.
pub(super) struct Fetched {
    url: String,
    spool: Spool,
}

impl Fetched {
    /// To be read as a file.
    pub(super) fn source(&self) -> Source {
        Source::lines(&self.url, self.spool.services())
    }

    /// Once it is taken over it is not needed any more.
    pub(super) fn remove(self) -> Result<(), Stop> {
        let folder = self.spool.folder();
        std::fs::remove_dir_all(folder)
            .map_err(|e| Stop::fault(format!("cannot remove {}: {e}", folder.display())))
    }
}

/// Reads a whole feed, or what is left of it.
pub(super) fn fetch(mut url: Url, args: &FeedArgs, data_dir: &Path) -> Result<Fetched, Stop> {
    let hosts = Hosts::of(data_dir, &args.allow_host)?;
    hosts.check(&url).map_err(Stop::fault)?;
    url.set_fragment(None);
    let ends = url.path().trim_end_matches('/').to_owned();
    if !ends.ends_with("/services") {
        url.set_path(&format!("{ends}/services"));
    }
    let cannot = |e| Stop::fault(format!("cannot keep what the feed sends: {e}"));
    let spool = Spool::open(data_dir, url.as_str(), args.afresh).map_err(cannot)?;
    let client = Client::new(hosts, Duration::from_secs(args.timeout.max(1)), &url);
    let mut reading = Reading {
        args,
        client,
        bar: source::bar(spool.state.said),
        spool,
        url,
    };
    if reading.spool.state.next_page > 1 && !reading.spool.state.complete {
        eprintln!("Going on at page {}.", reading.spool.state.next_page);
    }
    while !reading.spool.state.complete {
        reading.page()?;
    }
    reading.bar.finish_and_clear();
    reading.check_total()?;
    Ok(Fetched {
        url: reading.url.to_string(),
        spool: reading.spool,
    })
}

struct Reading<'a> {
    args: &'a FeedArgs,
    client: Client,
    bar: ProgressBar,
    spool: Spool,
    url: Url,
}

impl Reading<'_> {
    fn page(&mut self) -> Result<(), Stop> {
        let page = self.spool.state.next_page;
        if page > 1 {
            sleep(Duration::from_millis(self.args.pause));
        }
        let mut url = self.url.clone();
        url.query_pairs_mut().append_pair("page", &page.to_string());
        if let Some(size) = self.args.per_page {
            url.query_pairs_mut()
                .append_pair("per_page", &size.to_string());
        }
        let body = self.client.get(&url).map_err(nothing)?;
        let mut services = Vec::new();
        let name = format!("page {page} of the feed");
        let read = stream::services(&body[..], Form::Whole, &mut |_, found| {
            services.extend(found.ok());
            Ok::<(), Stop>(())
        });
        let claims = read.map_err(|why| source::stop(&name, why))?;
        self.judge(page, &claims, &services)?;
        let state = State {
            next_page: page + 1,
            first_page: self.spool.state.first_page.or(claims.page_number),
            said: claims.total_items.or(self.spool.state.said),
            complete: is_last(page, &claims, &services),
            ..self.spool.state.clone()
        };
        if let Some(said) = state.said {
            self.bar.set_length(said);
        }
        self.bar.inc(services.len() as u64);
        self.spool
            .keep(&services, state)
            .map_err(|e| Stop::fault(format!("cannot keep what the feed sends: {e}")))
    }

    /// Refuses a page that cannot be the next one, and a feed that does not end.
    fn judge(&self, page: u64, claims: &Claims, services: &[Value]) -> Result<(), Stop> {
        let state = &self.spool.state;
        let first = state
            .first_page
            .unwrap_or(claims.page_number.unwrap_or(1).min(1));
        if let Some(says) = claims.page_number
            && says != page - 1 + first
        {
            return Err(nothing(format!(
                "page {page} was asked for and the feed gave page {says}"
            )));
        }
        if self.spool.has_all(services) {
            return Err(nothing(format!(
                "page {page} of the feed has nothing that earlier pages did not have: it goes \
                 round"
            )));
        }
        let so_far = state.items + services.len() as u64;
        if let Some(said) = claims.total_items.or(state.said)
            && so_far > said
            && !self.args.despite_totals
        {
            return Err(nothing(format!(
                "the feed says that it has {said} services and has given {so_far} by page {page}"
            )));
        }
        if page > MOST_PAGES || so_far > MOST_SERVICES || state.bytes > MOST_BYTES {
            return Err(nothing(format!(
                "the feed goes on after {page} pages and {so_far} services: no feed should be so \
                 long"
            )));
        }
        Ok(())
    }

    fn check_total(&self) -> Result<(), Stop> {
        let state = &self.spool.state;
        match state.said {
            Some(said) if said != state.items && !self.args.despite_totals => Err(Stop {
                code: 1,
                ..nothing(format!(
                    "the feed says that it has {said} services and gave {}. It may have changed \
                     meanwhile: run this again with --afresh, or take what came with \
                     --despite-totals",
                    state.items
                ))
            }),
            _ => Ok(()),
        }
    }
}

/// A list without an envelope is all there is; an empty page comes after the last.
fn is_last(page: u64, claims: &Claims, services: &[Value]) -> bool {
    !claims.is_page
        || services.is_empty()
        || claims.last_page == Some(true)
        || claims.total_pages.is_some_and(|pages| page >= pages)
}

fn nothing(why: impl std::fmt::Display) -> Stop {
    Stop::fault(format!("{why}. Nothing was written."))
}
