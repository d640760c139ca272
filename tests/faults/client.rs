//! Somebody who opens a page, types, saves, and does so again until the program is
//! gone; or who stays on the page, whose script saves what she types. Every text
//! carries a number, so that it can be found again.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use foreword::{interview::LONE_FIELD, store::ReportId};

use super::office::{Chance, Saved};

const PATIENCE: Duration = Duration::from_secs(20);

/// One window of one author, on one prompt of one report.
pub struct Client {
    /// Her session, as the cookie carries it.
    pub cookie: String,
    /// The token of her forms.
    pub csrf: String,
    pub report: ReportId,
    /// The prompt she writes in, and how far its answer may travel.
    pub prompt: String,
    pub visibility: String,
    /// True where the page's script saves; false where she presses *Save* each time.
    pub stays: bool,
    /// The number of the last text sent.
    pub sent: u64,
    /// The numbers of texts that were answered as saved.
    pub acknowledged: Vec<u64>,
    /// Saves that were sent and not answered as saved.
    pub broken: u32,
}

/// How a request ended.
enum Answer {
    Whole { status: u16, text: String },
    Broken,
}

/// How opening or saving ended.
enum Ending {
    /// With the revision to go on from, where a page is open.
    Fine {
        seen: Option<String>,
    },
    Failed,
    /// Nobody answers any more.
    Gone,
}

/// What the script is told to go on from.
fn revision_in(answer: &str) -> String {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let told: serde_json::Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(told["state"], "saved", "{told}");
    told["revision"].to_string()
}

/// What is typed: numbered, and of some length.
fn text(number: u64, chance: &mut Chance) -> String {
    let words = usize::try_from(chance.below(80)).expect("a small number");
    format!("This is text {number}.{}", " She said more.".repeat(words))
}

/// The number of a text, wherever it stands.
pub fn number_in(text: &str) -> Option<u64> {
    let rest = text.split_once("This is text ")?.1;
    rest.split_once('.')?.0.parse().ok()
}

impl Client {
    /// Opens and saves until the program stops answering.
    pub fn work(
        &mut self,
        address: &str,
        chance: &mut Chance,
        saved: &Saved,
        over: impl Fn() -> bool,
    ) {
        let mut seen: Option<String> = None;
        while !over() {
            let ending = match seen.take() {
                Some(seen) => self.save(address, chance, &seen, saved),
                None => self.open(address),
            };
            seen = match ending {
                Ending::Fine { seen } => seen,
                Ending::Failed => None,
                Ending::Gone => return,
            };
        }
    }

    fn path(&self) -> String {
        format!("/reports/{}/prompts/{}", self.report, self.prompt)
    }

    /// Opens the page, which says on which revision to save.
    fn open(&self, address: &str) -> Ending {
        let path = self.path();
        let page = match self.ask(address, &format!("GET {path}"), "") {
            Answer::Whole { status: 200, text } => text,
            Answer::Whole { status, .. } if status >= 500 => return Ending::Failed,
            Answer::Whole { status, .. } => panic!("{path} answered {status}"),
            Answer::Broken => return Ending::Gone,
        };
        let last = self.acknowledged.last().copied();
        let shown = number_in(&page);
        assert!(
            shown >= last,
            "{path} shows {shown:?}, and {last:?} was saved"
        );
        let seen = page
            .split_once("name=\"seen\" value=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .expect("the page says which revision it shows")
            .0;
        Ending::Fine {
            seen: Some(seen.to_owned()),
        }
    }

    fn save(&mut self, address: &str, chance: &mut Chance, seen: &str, saved: &Saved) -> Ending {
        self.sent += 1;
        let (value, report) = (text(self.sent, chance), self.report.to_string());
        let fields = [
            ("csrf", self.csrf.as_str()),
            ("report", report.as_str()),
            ("seen", seen),
            (LONE_FIELD, value.as_str()),
            ("state", "answered"),
            ("visibility", self.visibility.as_str()),
        ];
        let form: Vec<_> = fields.map(|(n, v)| format!("{n}={}", encoded(v))).into();
        let path = self.path();
        match self.ask(address, &format!("POST {path}"), &form.join("&")) {
            Answer::Whole { status, text } if self.took_it(status) => {
                self.acknowledged.push(self.sent);
                saved.count();
                Ending::Fine {
                    seen: self.stays.then(|| revision_in(&text)),
                }
            }
            Answer::Whole { status, .. } if status >= 500 => {
                self.broken += 1;
                Ending::Failed
            }
            Answer::Whole { status, text } => {
                let main = text.split_once("<main").map_or("", |(_, main)| main);
                let start: String = main.chars().take(1500).collect();
                panic!("saving {path} answered {status}: {start}")
            }
            Answer::Broken => {
                self.broken += 1;
                Ending::Gone
            }
        }
    }

    /// A form leads on to another page; the page's script is told.
    fn took_it(&self, status: u16) -> bool {
        status == if self.stays { 200 } else { 303 }
    }

    fn ask(&self, address: &str, what: &str, form: &str) -> Answer {
        let host = address.trim_start_matches("http://");
        let Ok(mut stream) = TcpStream::connect(host) else {
            return Answer::Broken;
        };
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let script = if self.stays && !form.is_empty() {
            "Foreword-Autosave: 1\r\n"
        } else {
            ""
        };
        let request = format!(
            "{what} HTTP/1.1\r\nHost: {host}\r\n{script}Cookie: foreword={}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.cookie,
            form.len()
        );
        let mut answer = Vec::new();
        let done = stream
            .write_all(request.as_bytes())
            .and_then(|()| stream.read_to_end(&mut answer));
        let text = String::from_utf8_lossy(&answer).into_owned();
        // An answer counts once its head is whole: that is when a browser acts on it.
        let whole = text.split_once("\r\n\r\n").filter(|_| done.is_ok());
        let status = text.split(' ').nth(1).and_then(|s| s.parse().ok());
        match (whole, status) {
            (Some(_), Some(status)) => Answer::Whole { status, text },
            _ => Answer::Broken,
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(byte as char);
        } else {
            write!(out, "%{byte:02X}").expect("memory");
        }
        out
    })
}
