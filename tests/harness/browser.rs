//! A real Chromium, driven by the scripts of `tests/browser/`. A script that fails
//! fails its test with what it printed; a picture and the HTML of the page it stood
//! on are left in `target/browser/`.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use super::tools;

/// No journey needs longer, even on two busy cores.
const PATIENCE: Duration = Duration::from_mins(10);

/// Does what a script asks for.
type Hands = Box<dyn FnMut(&str)>;

/// One run of one script.
pub struct Script {
    hands: Option<Hands>,
    name: &'static str,
    arguments: Vec<OsString>,
    javascript: bool,
}

impl Script {
    /// The script `tests/browser/<name>.mjs`.
    pub fn new(name: &'static str) -> Self {
        Self {
            hands: None,
            name,
            arguments: Vec::new(),
            javascript: true,
        }
    }

    /// Passes `--name value`.
    pub fn with(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.arguments.push(format!("--{name}").into());
        self.arguments.push(value.as_ref().to_owned());
        self
    }

    /// Does what the script asks for by printing `please: <what>`: things that a person
    /// at the browser cannot do, such as killing the service.
    pub fn handing(mut self, hands: impl FnMut(&str) + 'static) -> Self {
        self.hands = Some(Box::new(hands));
        self
    }

    /// Switches JavaScript off in the browser.
    pub fn without_javascript(mut self) -> Self {
        self.javascript = false;
        self
    }

    /// Runs it to its end.
    ///
    /// # Panics
    /// The script failed: with all it said.
    pub fn run(self) {
        let name = self.name;
        let (passed, said) = self.outcome();
        assert!(passed, "tests/browser/{name}.mjs failed:\n{said}");
    }

    /// Runs a script that has to fail, and gives what it said.
    ///
    /// # Panics
    /// The script passed.
    pub fn run_and_fail(self) -> String {
        let name = self.name;
        let (passed, said) = self.outcome();
        assert!(
            !passed,
            "tests/browser/{name}.mjs passed, and should have failed:\n{said}"
        );
        said
    }

    fn outcome(mut self) -> (bool, String) {
        tools::npm_file("playwright-core/index.mjs");
        tools::npm_file("axe-core/axe.min.js");
        let artefacts = tools::repository().join("target/browser");
        std::fs::create_dir_all(&artefacts).expect("target/browser can be made");
        let script = Path::new("tests/browser").join(format!("{}.mjs", self.name));
        let mut child = Command::new(tools::program("node"))
            .current_dir(tools::repository())
            .arg(script)
            .args(&self.arguments)
            .arg("--artefacts")
            .arg(&artefacts)
            .args(["--javascript", if self.javascript { "on" } else { "off" }])
            .env("FOREWORD_CHROMIUM", tools::chromium())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("node starts");

        let (send, lines) = mpsc::channel();
        let streams: [Option<Box<dyn std::io::Read + Send>>; 2] = [
            child.stdout.take().map(|s| Box::new(s) as _),
            child.stderr.take().map(|s| Box::new(s) as _),
        ];
        for stream in streams.into_iter().flatten() {
            let send = send.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = send.send(line);
                }
            });
        }
        drop(send);

        let until = Instant::now() + PATIENCE;
        let mut said = String::new();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match lines.recv_timeout(left) {
                Ok(line) => {
                    println!("{line}");
                    if let (Some(what), Some(hands)) =
                        (line.strip_prefix("please: "), self.hands.as_mut())
                    {
                        hands(what);
                    }
                    said.push_str(&line);
                    said.push('\n');
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    let _ = child.kill();
                    said.push_str("(stopped: it ran longer than ten minutes)\n");
                    break;
                }
            }
        }
        let status = child.wait().expect("node ends");
        (status.success(), said)
    }
}
