//! One polite request of a feed.
//!
//! Lives here: time limits, size limits, waiting when asked to, and redirects. Not here:
//! which address is asked next (`feed`).

use std::{
    io::{self, Read as _},
    thread::sleep,
    time::Duration,
};

use chrono::{DateTime, Utc};
use ureq::{
    Agent,
    http::{Response, StatusCode, header},
};
use url::{Host, Url};

use super::super::hosts::Hosts;

/// The most that one page may be, in bytes.
pub(super) const LARGEST_PAGE: u64 = 32 * 1024 * 1024;

/// Redirects followed for one page.
const MOST_REDIRECTS: usize = 5;

/// How often one page is asked for.
const TRIES: u32 = 4;

/// How often, where the feed did not answer at all.
const SILENT_TRIES: u32 = 2;

/// The longest a feed may ask us to wait.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// Before the second try, where the feed does not say; then twice as long each time.
const FIRST_WAIT: Duration = Duration::from_millis(500);

const ACCEPT: &str = "application/json";

/// Asks a feed.
pub(super) struct Client {
    agent: Agent,
    hosts: Hosts,
}

/// What one try came to.
enum Tried {
    Body(Vec<u8>),
    Redirect(Url),
    /// Not now: again after this long, where it says how long.
    Later(Option<Duration>, String),
    /// Nothing came in time.
    Silent(&'static str),
}

impl Client {
    pub(super) fn new(hosts: Hosts, timeout: Duration, first: &Url) -> Self {
        let mut config = Agent::config_builder()
            .user_agent(format!(
                "Foreword/{} (directory import)",
                env!("CARGO_PKG_VERSION")
            ))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(timeout.min(Duration::from_secs(10))))
            .timeout_recv_response(Some(timeout))
            .timeout_recv_body(Some(timeout))
            .timeout_global(Some(timeout * 2));
        let near = match first.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        if near {
            config = config.proxy(None);
        }
        Self {
            agent: config.build().into(),
            hosts,
        }
    }

    /// What an address holds.
    pub(super) fn get(&self, url: &Url) -> Result<Vec<u8>, String> {
        let (mut at, mut redirects) = (url.clone(), 0);
        let (mut tries, mut silent) = (0, 0);
        loop {
            self.hosts.check(&at)?;
            match self.once(&at)? {
                Tried::Body(body) => return Ok(body),
                Tried::Redirect(to) => {
                    redirects += 1;
                    if redirects > MOST_REDIRECTS {
                        return Err(format!("{url} redirects more than {MOST_REDIRECTS} times"));
                    }
                    self.hosts
                        .check(&to)
                        .map_err(|why| format!("{at} redirects elsewhere: {why}"))?;
                    at = to;
                }
                Tried::Silent(why) => {
                    silent += 1;
                    if silent == SILENT_TRIES {
                        return Err(format!("{at} was asked {silent} times: {why}"));
                    }
                    sleep(FIRST_WAIT);
                }
                Tried::Later(wait, why) => {
                    tries += 1;
                    if tries == TRIES {
                        return Err(format!("{at} was asked {TRIES} times: {why}"));
                    }
                    let wait = wait.unwrap_or(FIRST_WAIT * 2_u32.pow(tries - 1));
                    if wait > LONGEST_WAIT {
                        return Err(format!(
                            "{at} asks to be left alone for {} seconds: run this again later, and \
                             it goes on where it stopped",
                            wait.as_secs()
                        ));
                    }
                    sleep(wait);
                }
            }
        }
    }

    fn once(&self, url: &Url) -> Result<Tried, String> {
        let asked = self
            .agent
            .get(url.as_str())
            .header(header::ACCEPT, ACCEPT)
            .call();
        let answer = match asked {
            Ok(answer) => answer,
            Err(ureq::Error::Timeout(_)) => {
                return Ok(Tried::Silent("it did not answer in time"));
            }
            Err(e) => return Ok(Tried::Later(None, e.to_string())),
        };
        let status = answer.status();
        if status.is_redirection()
            && let Some(to) = header_of(&answer, header::LOCATION)
        {
            let to = url
                .join(to)
                .map_err(|_| format!("{url} redirects to no address: {to}"))?;
            return Ok(Tried::Redirect(to));
        }
        let later = [
            StatusCode::TOO_MANY_REQUESTS,
            StatusCode::SERVICE_UNAVAILABLE,
            StatusCode::BAD_GATEWAY,
            StatusCode::GATEWAY_TIMEOUT,
        ];
        if later.contains(&status) {
            let wait = header_of(&answer, header::RETRY_AFTER).and_then(wait_of);
            return Ok(Tried::Later(wait, format!("it answers {status}")));
        }
        if status != StatusCode::OK {
            return Err(format!("{url} answers {status}"));
        }
        let mut body = Vec::new();
        let mut reader = answer.into_body().into_reader().take(LARGEST_PAGE + 1);
        match reader.read_to_end(&mut body) {
            Ok(_) if body.len() as u64 > LARGEST_PAGE => Err(format!(
                "{url} sends more than {} MiB for one page: it was cut off",
                LARGEST_PAGE / (1024 * 1024)
            )),
            Ok(_) => Ok(Tried::Body(body)),
            Err(e) if is_timeout(&e) => Ok(Tried::Silent("it did not finish its answer in time")),
            Err(e) => Ok(Tried::Later(None, format!("its answer broke off: {e}"))),
        }
    }
}

fn is_timeout(error: &io::Error) -> bool {
    let inner = error
        .get_ref()
        .and_then(|e| e.downcast_ref::<ureq::Error>());
    error.kind() == io::ErrorKind::TimedOut || matches!(inner, Some(ureq::Error::Timeout(_)))
}

fn header_of<B>(answer: &Response<B>, name: header::HeaderName) -> Option<&str> {
    answer.headers().get(name)?.to_str().ok()
}

/// `Retry-After`: seconds, or a moment.
fn wait_of(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = DateTime::parse_from_rfc2822(text.trim()).ok()?;
    (at.to_utc() - Utc::now()).to_std().ok()
}
