//! What taking in a hundred thousand services costs: memory, and time as a ratio to
//! bare inserts of the same bytes in the same run.
//!
//! The built program imports a generated file into SQLite, as an administrator would:
//! reading, cleaning, judging, looking for duplicates, history. Its memory is the
//! kernel's own high-water mark. Floor: the records it kept, inserted again as they are
//! into a bare table, in transactions of as many rows, durable like the store's.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use foreword::{
    content::ContentFiles,
    directory::{Directory, Geography},
};
use serde_json::{Value, json};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tempfile::TempDir;

const SERVICES: usize = 100_000;
/// As many as the store puts aside in one step.
const STEP: usize = 250;
/// Attributes of each, about.
const ATTRIBUTES: usize = 15;
/// What the program must stay below, in MiB.
const AIM: u64 = 200;

type Fault = Box<dyn std::error::Error>;

fn main() {
    if let Err(reason) = run() {
        eprintln!("importing: {reason}");
    }
}

fn run() -> Result<(), Fault> {
    let directory = Directory::load(&ContentFiles::embedded()?)
        .map_err(|faults| format!("{} faults of content", faults.len()))?;
    println!("{SERVICES} services of about {ATTRIBUTES} attributes, into SQLite.");
    for lines in [true, false] {
        let folder = TempDir::new()?;
        let file = folder.path().join(if lines {
            "services.ndjson"
        } else {
            "services.json"
        });
        let bytes = generate(&directory, &file, lines)?;
        let data = folder.path().join("data");
        let (first, peak) = import(&file, &data)?;
        std::fs::remove_file(&file)?;
        let floor = bare(&data.join("foreword.db"), &folder.path().join("bare.db"))?;
        #[expect(clippy::cast_precision_loss, reason = "a hundred thousand")]
        let rate = |time: Duration| SERVICES as f64 / time.as_secs_f64();
        println!(
            "  {}, {} MiB: peak {peak} MiB (aim: under {AIM}); {:.0} services a second, bare \
             inserts {:.0}: {:.2} of their rate",
            if lines {
                "a service a line"
            } else {
                "one JSON page"
            },
            bytes / (1024 * 1024),
            rate(first),
            rate(floor),
            floor.as_secs_f64() / first.as_secs_f64(),
        );
    }
    Ok(())
}

/// Runs the program until it ends. Its time, and its peak in MiB.
fn import(file: &Path, data: &Path) -> Result<(Duration, u64), Fault> {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_foreword"))
        .args(["services", "import", "--json"])
        .arg(file)
        .env("FOREWORD_DATA", data)
        .stdout(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let said = std::fs::read_to_string(&status).unwrap_or_default();
        let mark = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = mark.and_then(|mark| mark.split_whitespace().next()?.parse::<u64>().ok());
        peak = peak.max(kib.unwrap_or(0) / 1024);
        match child.try_wait()? {
            Some(done) if done.success() => return Ok((began.elapsed(), peak)),
            Some(done) => return Err(format!("the import ended with {done}").into()),
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// The records that were kept, inserted as they are.
fn bare(from: &Path, to: &Path) -> Result<Duration, Fault> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let from = SqlitePool::connect(&format!("sqlite://{}", from.display())).await?;
        let options = SqliteConnectOptions::new()
            .filename(to)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let one = SqlitePoolOptions::new().max_connections(1);
        let to = one.connect_with(options).await?;
        sqlx::query("CREATE TABLE bare (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT")
            .execute(&to)
            .await?;
        let (mut last, mut spent, mut count) = (String::new(), Duration::ZERO, 0);
        loop {
            let rows: Vec<(String, String)> = sqlx::query_as(
                "SELECT id, record FROM directory_record WHERE id > $1 ORDER BY id LIMIT $2",
            )
            .bind(&last)
            .bind(i64::try_from(STEP)?)
            .fetch_all(&from)
            .await?;
            let Some((end, _)) = rows.last() else { break };
            last.clone_from(end);
            count += rows.len();
            let began = Instant::now();
            let mut tx = to.begin_with("BEGIN IMMEDIATE").await?;
            for (id, record) in &rows {
                sqlx::query("INSERT INTO bare (id, record) VALUES ($1, $2)")
                    .bind(id)
                    .bind(record)
                    .execute(&mut *tx)
                    .await?;
            }
            tx.commit().await?;
            spent += began.elapsed();
        }
        if count != SERVICES {
            return Err(format!("{count} services were kept of {SERVICES}").into());
        }
        Ok(spent)
    })
}

/// Writes the file and gives its size in bytes.
fn generate(directory: &Directory, file: &Path, lines: bool) -> Result<u64, Fault> {
    let mut out = BufWriter::new(File::create(file)?);
    if !lines {
        write!(out, "{{\"total_items\": {SERVICES}, \"contents\": [")?;
    }
    for number in 0..SERVICES {
        if !lines && number > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut out, &service(directory, number))?;
        if lines {
            out.write_all(b"\n")?;
        }
    }
    if !lines {
        out.write_all(b"]}")?;
    }
    out.flush()?;
    Ok(file.metadata()?.len())
}

/// Fictional, in a real place.
fn service(directory: &Directory, number: usize) -> Value {
    let geography: &Geography = directory.geography();
    let authority = geography.authorities().nth(number % 318);
    let (gss, area) = authority.map_or(("", ""), |a| (a.gss.as_str(), a.name.as_str()));
    let terms = directory.vocabulary().terms();
    let attributes: Vec<Value> = (0..ATTRIBUTES)
        .filter_map(|n| terms.get((number * 7 + n * 5) % terms.len()))
        .filter(|term| term.taxonomy != "fact")
        .map(|term| {
            json!({
                "id": term.id, "link_entity": "service", "taxonomy_term_id": term.id,
                "taxonomy_term": {"id": term.id, "code": term.code, "name": term.name,
                    "description": term.description, "taxonomy": term.taxonomy}
            })
        })
        .collect();
    json!({
        "id": format!("{:08x}-0000-4000-8000-{number:012x}", number * 2_654_435_761 % 0xffff_ffff),
        "name": format!("Fictional service {number} in {area}"),
        "description": "A fictional service for measuring. It helps with many things, and \
            says so in a few sentences as services do, so that what is measured is as long \
            as what a council's feed would hold about a service of its own.",
        "status": "active",
        "url": format!("https://service{number}.example/"),
        "email": format!("office{number}@service.example"),
        "assured_date": "2026-11-01",
        "last_modified": "2026-11-01T09:00:00Z",
        "organization": {"id": "o", "name": format!("Fictional organisation {}", number / 20)},
        "service_areas": [{"name": area,
            "uri": format!("http://statistics.data.gov.uk/id/statistical-geography/{gss}")}],
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TU,TH", "opens_at": "09:30",
            "closes_at": "15:00", "description": "drop-in"}],
        "phones": [{"number": format!("01632 {number:06}")}],
        "service_at_locations": [{"location": {"name": "The Hall", "latitude": 51.45,
            "longitude": -0.97, "addresses": [{"address_1": format!("{} High Street", number % 300),
            "city": area, "postal_code": format!("RG{} {}AA", number % 40 + 1, number % 10)}]}}],
        "attributes": attributes
    })
}
