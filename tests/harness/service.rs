//! Foreword started as a person starts it: the built program, a folder of its own, a
//! free port. It is stopped, and its folder removed, when the value is dropped.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Condvar, Mutex},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Long enough for a debug build on a busy machine; a start takes under a second.
const PATIENCE: Duration = Duration::from_mins(1);

const ADDRESS: &str = "Foreword is at ";
const SET_UP: &str = "Create the first account: ";

/// A running Foreword.
pub struct TestService {
    child: Child,
    said: Said,
    address: String,
    folder: PathBuf,
    /// The same, where it is to be removed with it.
    own: Option<TempDir>,
    more: Vec<String>,
}

impl TestService {
    /// Starts `foreword serve` with `more` arguments, such as `--demo`, on an empty
    /// data folder, and waits until it answers.
    pub fn start(more: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        Self::start_in(folder, more)
    }

    /// As [`TestService::start`], on the folder an earlier one left.
    pub fn start_in(folder: TempDir, more: &[&str]) -> Self {
        let mut service = Self::start_beside(folder.path(), more);
        service.own = Some(folder);
        service
    }

    /// As [`TestService::start`], on the data of a folder that outlives it.
    pub fn start_beside(folder: &Path, more: &[&str]) -> Self {
        let more: Vec<String> = more.iter().map(|&m| m.to_owned()).collect();
        let (child, said) = spawn("0", folder, &more);
        let mut service = Self {
            child,
            said,
            address: String::new(),
            folder: folder.to_owned(),
            own: None,
            more,
        };
        service.address = service.wait_for_line(ADDRESS);
        service.wait_until_it_answers();
        service
    }

    /// Kills it outright, as `kill -9` does, and waits until it is gone.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again after [`TestService::kill`]: same port, same data.
    pub fn start_again(&mut self) {
        let port = self.address.rsplit(':').next().unwrap_or_default();
        (self.child, self.said) = spawn(port, &self.folder, &self.more);
        self.wait_until_it_answers();
    }

    /// Where it is, without a slash at the end: `http://127.0.0.1:40123`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The one-time link that makes the first account.
    pub fn set_up_link(&mut self) -> String {
        self.wait_for_line(SET_UP)
    }

    /// The data folder it was given.
    pub fn data_folder(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A folder of its own for a test's downloads, removed with it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Stops it and gives back its folder, to start again on or to look into.
    pub fn stop(mut self) -> TempDir {
        self.own.take().expect("a folder of its own")
    }

    fn wait_for_line(&mut self, start: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(rest) = self.said.line_after(start) {
                return rest.trim_end_matches('/').to_owned();
            }
            if let Some(status) = self.child.try_wait().expect("its state") {
                panic!("foreword serve stopped ({status}) before it said `{start}…`");
            }
            assert!(
                Instant::now() < until,
                "foreword serve did not say `{start}…` within {PATIENCE:?}"
            );
            self.said.wait(Duration::from_millis(50));
        }
    }

    fn wait_until_it_answers(&self) {
        let until = Instant::now() + PATIENCE;
        while !answers(&self.address) {
            assert!(
                Instant::now() < until,
                "{} did not answer within {PATIENCE:?}",
                self.address
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn spawn(port: &str, folder: &Path, more: &[String]) -> (Child, Said) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_foreword"))
        .args(["serve", "--port", port, "--data-dir"])
        .arg(folder.join("data"))
        .args(more)
        .env("FOREWORD_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the foreword program starts");
    let said = Said::listen(&mut child);
    (child, said)
}

impl Drop for TestService {
    fn drop(&mut self) {
        // Killed outright: what it had acknowledged must survive that anyway.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            println!("--- what foreword serve said ---\n{}", self.said.all());
        }
    }
}

/// True when any HTTP answer comes back: a redirect to sign-in is an answer.
fn answers(address: &str) -> bool {
    let host = address.trim_start_matches("http://");
    let Ok(mut stream) = TcpStream::connect(host) else {
        return false;
    };
    let asked = write!(
        stream,
        "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    );
    let mut start = [0; 5];
    asked.is_ok() && stream.read_exact(&mut start).is_ok() && &start == b"HTTP/"
}

/// Every line of a child's output, kept as it comes so that the child never blocks.
#[derive(Clone, Default)]
struct Said(Arc<(Mutex<Vec<String>>, Condvar)>);

impl Said {
    fn listen(child: &mut Child) -> Self {
        let said = Self::default();
        let streams: [Option<Box<dyn Read + Send>>; 2] = [
            child.stdout.take().map(|s| Box::new(s) as _),
            child.stderr.take().map(|s| Box::new(s) as _),
        ];
        for stream in streams.into_iter().flatten() {
            let said = said.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    said.lines().push(line);
                    said.0.1.notify_all();
                }
            });
        }
        said
    }

    fn lines(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.0.lock().expect("no reader has panicked")
    }

    fn line_after(&self, start: &str) -> Option<String> {
        let lines = self.lines();
        lines
            .iter()
            .find_map(|line| line.trim().strip_prefix(start).map(str::to_owned))
    }

    fn wait(&self, at_most: Duration) {
        let lines = self.lines();
        drop(self.0.1.wait_timeout(lines, at_most));
    }

    fn all(&self) -> String {
        self.lines().join("\n")
    }
}
