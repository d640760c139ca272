//! `foreword services hosts`: the hosts that feeds may be read from.
//!
//! Lives here: the list in the data folder, and whether an address is on it. Not here:
//! fetching (`feed`). None is allowed until the administrator names one: an import
//! from an address that somebody pasted would otherwise read whatever this machine
//! can reach.

use std::{
    io,
    net::IpAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};
use url::{Host, Url};

use crate::cli::{Stop, print};

const FILE: &str = "feed-hosts.txt";

/// Arguments of `foreword services hosts`.
#[derive(Debug, Args)]
pub(super) struct HostsArgs {
    #[command(subcommand)]
    action: Action,

    /// Folder for the database, in which the list is kept.
    #[arg(
        long,
        env = "FOREWORD_DATA",
        value_name = "FOLDER",
        default_value = "data",
        global = true
    )]
    data_dir: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Allow feeds to be read from a host, such as feeds.example.org.
    Add {
        /// The host's name, without https:// or a path.
        host: String,
    },
    /// Allow it no longer.
    Remove {
        /// The host's name.
        host: String,
    },
    /// Print the hosts that are allowed, one a line.
    List,
}

pub(super) fn run(args: &HostsArgs) -> Result<ExitCode, Stop> {
    let mut hosts = read(&args.data_dir)?;
    match &args.action {
        Action::List => {
            print(&lines(&hosts))?;
            return Ok(ExitCode::SUCCESS);
        }
        Action::Add { host } => {
            let host = named(host)?;
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
        Action::Remove { host } => {
            let host = named(host)?;
            hosts.retain(|known| *known != host);
        }
    }
    hosts.sort();
    write(&args.data_dir, &hosts)?;
    Ok(ExitCode::SUCCESS)
}

/// The hosts that feeds may be read from.
#[derive(Debug, Clone)]
pub(super) struct Hosts(Vec<String>);

impl Hosts {
    /// Those on the list of a data folder, and those of the command line.
    pub(super) fn of(data_dir: &Path, given: &[String]) -> Result<Self, Stop> {
        let mut hosts = read(data_dir)?;
        for host in given.iter().filter(|host| !host.trim().is_empty()) {
            hosts.push(named(host)?);
        }
        Ok(Self(hosts))
    }

    /// Whether an address may be asked.
    pub(super) fn check(&self, url: &Url) -> Result<(), String> {
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
            None => return Err(format!("{url} names no host")),
        };
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(format!("{url} is not encrypted: feeds are read over https")),
            other => return Err(format!("{url}: feeds are read over https, not {other}")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("an address with a name or password in it is not asked".to_owned());
        }
        let host = url.host_str().unwrap_or_default();
        if self.0.iter().any(|allowed| allowed == host) {
            return Ok(());
        }
        Err(format!(
            "feeds may not be read from {host}: allow it with `foreword services hosts add \
             {host}`, or --allow-host for this run"
        ))
    }
}

/// A host as the list has it.
fn named(given: &str) -> Result<String, Stop> {
    let host = Host::parse(given.trim().trim_end_matches('.'));
    host.map(|host| host.to_string().to_lowercase())
        .map_err(|_| {
            Stop::fault(format!(
                "`{given}` is not the name of a host; write it as feeds.example.org"
            ))
        })
}

fn read(data_dir: &Path) -> Result<Vec<String>, Stop> {
    let file = data_dir.join(FILE);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(ToOwned::to_owned)
            .collect()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(Stop::fault(format!("cannot read {}: {e}", file.display()))),
    }
}

fn lines(hosts: &[String]) -> String {
    let mut lines = hosts.join("\n");
    if !hosts.is_empty() {
        lines.push('\n');
    }
    lines
}

fn write(data_dir: &Path, hosts: &[String]) -> Result<(), Stop> {
    let file = data_dir.join(FILE);
    std::fs::create_dir_all(data_dir)
        .and_then(|()| std::fs::write(&file, lines(hosts)))
        .map_err(|e| Stop::fault(format!("cannot write {}: {e}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_hosts_are_asked_and_only_encrypted() {
        let hosts = Hosts(vec!["feeds.example.org".into(), "127.0.0.1".into()]);
        let check = |url: &str| hosts.check(&url.parse().unwrap());
        assert_eq!(check("https://feeds.example.org/o/services"), Ok(()));
        assert_eq!(check("http://127.0.0.1:8080/services"), Ok(()));
        for refused in [
            "http://feeds.example.org/",
            "https://feeds.example.org.attacker.test/",
            "https://attacker.test/?feeds.example.org",
            "https://feeds.example.org@attacker.test/",
            "https://user:pass@feeds.example.org/",
            "http://169.254.169.254/latest/meta-data",
            "http://localhost/",
            "http://[::1]/",
            "ftp://feeds.example.org/",
            "file:///etc/passwd",
        ] {
            assert!(check(refused).is_err(), "{refused}");
        }
    }
}
