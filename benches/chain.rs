//! What a DOCX costs, as ratios of one interleaved run.
//!
//! The material is Angela's report. Floor: docx-rs packs the same words, bare. Ours:
//! first Markdown to a finished DOCX, then the whole chain from her case file through
//! findings and draft. Peer: python docxtpl fills an equivalent template (`peer/`).

use std::{
    hint::black_box,
    io::{Cursor, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use docx_rs::{
    AbstractNumbering, Docx, Footer, Header, IndentLevel, Numbering, NumberingId, Paragraph, Run,
    Table, TableCell, TableRow,
};
use foreword::{
    case::{self, CaseFile},
    content::{ContentError, ContentFiles},
    pack::{self, Pack},
    report::document::{Block, Document, Inline, List, text_of},
};
use serde_json::{Value, json};

/// Rounds of all contenders in turn. The machine's speed drifts, so only what is
/// measured side by side can be compared.
const ROUNDS: usize = 300;

/// Renders of the peer; it is slow and runs by itself.
const PEER_ROUNDS: usize = 40;

const HEADER: &str = "Angela Hart | Case 43EX0013826";

/// The content pack, Angela's case, and the moment her report is written.
fn material() -> Result<(Pack, CaseFile, DateTime<Utc>), String> {
    let files = ContentFiles::embedded().map_err(|e| e.to_string())?;
    let said =
        |faults: Vec<ContentError>| faults.iter().map(ToString::to_string).collect::<String>();
    let pack = Pack::load(&files).map_err(said)?;
    let case = case::from_json(include_str!("../tests/cases/angela.json"));
    let now = DateTime::from_timestamp(1_795_600_000, 0).unwrap_or_default();
    Ok((pack, case.map_err(|e| e.to_string())?, now))
}

struct Contender<'a> {
    name: &'static str,
    make: Box<dyn FnMut() -> usize + 'a>,
    times: Vec<Duration>,
    size: usize,
}

impl<'a> Contender<'a> {
    fn new(name: &'static str, make: impl FnMut() -> usize + 'a) -> Self {
        Self {
            name,
            make: Box::new(make),
            times: Vec::with_capacity(ROUNDS),
            size: 0,
        }
    }

    fn run(&mut self) {
        let start = Instant::now();
        self.size = black_box((self.make)());
        self.times.push(start.elapsed());
    }

    fn median(&mut self) -> f64 {
        self.times.sort_unstable();
        let middle = self.times.get(self.times.len() / 2);
        middle.map_or(f64::NAN, Duration::as_secs_f64) * 1000.0
    }
}

fn main() {
    let (pack, case, now) = match material() {
        Ok(found) => found,
        Err(reason) => return eprintln!("chain: {reason}"),
    };
    let Ok((draft, _)) = pack.draft(&case, now.date_naive()) else {
        return eprintln!("chain: Angela's report cannot be drafted");
    };
    let markdown = draft.markdown();
    let document = Document::from_markdown(&markdown);
    let directory = pack.directory.now();
    let mut contenders = [
        Contender::new("floor: docx-rs packs the words bare", || {
            floor(&document, HEADER)
        }),
        Contender::new("ours: Markdown to finished DOCX", || {
            pack::document(&case, black_box(&draft), now).map_or(0, |file| file.len())
        }),
        Contender::new("ours: wording of the draft", || {
            pack.wording_of(black_box(&draft), &case).open.len()
        }),
        Contender::new("ours: last look at the draft", || {
            let guard = pack.guard(black_box(&case), &directory);
            guard.in_draft(&draft, &case).len()
        }),
        Contender::new("ours: what must not leave, gathered", || {
            std::hint::black_box(pack.guard(black_box(&case), &directory));
            0
        }),
        Contender::new("ours: findings and draft", || {
            let judged = pack.judge(black_box(&case), &directory, now.date_naive());
            judged.map_or(0, |judged| judged.findings.len())
        }),
        Contender::new("ours: case file, findings, draft, DOCX", || {
            pack.docx(black_box(&case), now)
                .map_or(0, |file| file.len())
        }),
    ];
    for _ in 0..ROUNDS {
        contenders.iter_mut().for_each(Contender::run);
    }

    let floor = contenders[0].median();
    println!("{:<42} {:>9} {:>9} {:>9}", "", "ms", "bytes", "x floor");
    for contender in &mut contenders {
        let (name, size, median) = (contender.name, contender.size, contender.median());
        println!("{name:<42} {median:>9.3} {size:>9} {:>9.2}", median / floor);
    }
    let ours = contenders[contenders.len() - 1].median();
    match peer(&document, HEADER) {
        Ok((median, size)) => {
            let name = "peer: docxtpl fills a template";
            println!("{name:<42} {median:>9.3} {size:>9} {:>9.2}", median / floor);
            println!("ours is {:.1} times as fast as the peer", median / ours);
        }
        Err(reason) => println!("peer: not measured. {reason}"),
    }
    match office(&markdown) {
        Ok(median) => {
            let name = "peer: LibreOffice makes a DOCX of a web page";
            println!("{name:<42} {median:>9.0} {:>9} {:>9.0}", "", median / floor);
            println!("ours is {:.0} times as fast as LibreOffice", median / ours);
        }
        Err(reason) => println!("LibreOffice: not measured. {reason}"),
    }
}

/// Documents that LibreOffice makes; each takes seconds.
const OFFICE_ROUNDS: usize = 5;

/// Median milliseconds of what an assembly by LibreOffice does for each report: start it,
/// read a filled page, write a DOCX.
fn office(markdown: &str) -> Result<f64, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let page = folder.path().join("report.html");
    let text = foreword::report::page("Report", &Document::from_markdown(markdown));
    std::fs::write(&page, text).map_err(|e| e.to_string())?;
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let mut times = Vec::new();
    for round in 0..=OFFICE_ROUNDS {
        let start = Instant::now();
        let done = Command::new("soffice")
            .args([
                &profile,
                "--headless",
                "--convert-to",
                "docx:MS Word 2007 XML",
            ])
            .args(["--infilter=HTML (StarWriter)", "--outdir"])
            .arg(folder.path())
            .arg(&page)
            .output()
            .map_err(|e| format!("soffice did not start ({e})"))?;
        if !done.status.success() || !folder.path().join("report.docx").exists() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned());
        }
        // The first start makes its profile.
        if round > 0 {
            times.push(start.elapsed());
        }
    }
    times.sort_unstable();
    let middle = times.get(times.len() / 2).map(Duration::as_secs_f64);
    middle
        .map(|s| s * 1000.0)
        .ok_or_else(|| "no run".to_owned())
}

/// The same paragraphs, lists, tables, header and footer as docx-rs alone would
/// make them: its own styles, no compression, nothing put right.
fn floor(document: &Document, header: &str) -> usize {
    let line = |words: &str| Paragraph::new().add_run(Run::new().add_text(words));
    let mut docx = Docx::new()
        .add_abstract_numbering(AbstractNumbering::new(1))
        .add_numbering(Numbering::new(1, 1))
        .header(Header::new().add_paragraph(line(header)))
        .footer(Footer::new().add_paragraph(line("Page 1 of 1")));
    for block in &document.blocks {
        docx = match block {
            Block::Heading { level, inlines } => {
                docx.add_paragraph(runs(inlines).style(&format!("Heading{level}")))
            }
            Block::Paragraph(inlines) => docx.add_paragraph(runs(inlines)),
            Block::List(list) => floor_list(docx, list, 0),
            Block::Table(table) => docx.add_table(floor_table(table)),
        };
    }
    let mut packed = Cursor::new(Vec::new());
    match docx.pack(&mut packed) {
        Ok(()) => packed.into_inner().len(),
        Err(_) => 0,
    }
}

fn floor_list(mut docx: Docx, list: &List, level: usize) -> Docx {
    for block in list.items.iter().flatten() {
        docx = match block {
            Block::List(inside) => floor_list(docx, inside, level + 1),
            Block::Paragraph(inlines) => docx.add_paragraph(
                runs(inlines).numbering(NumberingId::new(1), IndentLevel::new(level)),
            ),
            _ => docx,
        };
    }
    docx
}

fn floor_table(table: &foreword::report::document::Table) -> Table {
    let rows = std::iter::once(&table.header).chain(&table.rows);
    Table::new(
        rows.map(|row| {
            let cells = row
                .iter()
                .map(|cell| TableCell::new().add_paragraph(runs(cell)));
            TableRow::new(cells.collect())
        })
        .collect(),
    )
}

fn runs(inlines: &[Inline]) -> Paragraph {
    inlines.iter().fold(Paragraph::new(), |paragraph, inline| {
        let run = Run::new().add_text(inline.text());
        paragraph.add_run(match inline {
            Inline::Strong(_) => run.bold(),
            Inline::Emphasis(_) => run.italic(),
            _ => run,
        })
    })
}

/// Median milliseconds and size, or why there are none.
fn peer(document: &Document, header: &str) -> Result<(f64, usize), String> {
    let python = std::env::var("PEER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let install = "To measure it: python3 -m venv peer && peer/bin/pip install docxtpl, \
                   then PEER_PYTHON=$PWD/peer/bin/python cargo bench --bench chain";
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer/docxtpl_peer.py");
    let mut child = Command::new(&python)
        .args([script, &PEER_ROUNDS.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{python} did not start ({e}). {install}"))?;
    let mut blocks = Vec::new();
    flatten(&document.blocks, 1, &mut blocks);
    let context = json!({ "blocks": blocks, "header": header, "footer": "Page 1 of 1" });
    if let Some(mut stdin) = child.stdin.take() {
        // A script that has already failed says why on its standard error.
        let _ = stdin.write_all(context.to_string().as_bytes());
    }
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut words = said.split_whitespace();
    let median = words.next().and_then(|word| word.parse().ok());
    let size = words.next().and_then(|word| word.parse().ok());
    median.zip(size).ok_or_else(|| {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let last = complaint.lines().last().unwrap_or_default().to_owned();
        format!("{python} said: {last}. {install}")
    })
}

fn flatten(blocks: &[Block], depth: usize, out: &mut Vec<Value>) {
    for block in blocks {
        match block {
            Block::Heading { level, inlines } => {
                out.push(json!({ "kind": format!("h{level}"), "text": text_of(inlines) }));
            }
            Block::Paragraph(inlines) => {
                out.push(json!({ "kind": "p", "text": text_of(inlines) }));
            }
            Block::List(list) => flatten_list(list, depth, out),
            Block::Table(table) => {
                let rows: Vec<Vec<String>> = std::iter::once(&table.header)
                    .chain(&table.rows)
                    .map(|row| row.iter().map(|cell| text_of(cell)).collect())
                    .collect();
                out.push(json!({ "kind": "table", "rows": rows }));
            }
        }
    }
}

fn flatten_list(list: &List, depth: usize, out: &mut Vec<Value>) {
    let kind = match (list.ordered, depth) {
        (true, _) => "number",
        (false, 1) => "bullet",
        (false, _) => "bullet2",
    };
    for block in list.items.iter().flatten() {
        match block {
            Block::Paragraph(inlines) => {
                out.push(json!({ "kind": kind, "text": text_of(inlines) }));
            }
            other => flatten(std::slice::from_ref(other), depth + 1, out),
        }
    }
}
