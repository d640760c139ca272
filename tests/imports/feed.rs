//! A feed on this machine that answers as it is told to, one request at a time.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};

/// One answer.
pub enum Answer {
    /// A page of JSON.
    Json(Value),
    /// Status, headers and body.
    Raw(u16, Vec<(&'static str, String)>, String),
    /// Takes the request and says nothing.
    Hang,
    /// A body that never ends, as fast as it is taken.
    Endless,
    /// A body that never ends, a byte now and then.
    Drip,
}

/// The running feed.
pub struct Feed {
    pub address: String,
    /// The requests: each its first line and headers.
    pub asked: Arc<Mutex<Vec<String>>>,
    /// Bytes sent of endless bodies.
    pub sent: Arc<AtomicU64>,
}

impl Feed {
    /// Answers each request by its path and by how many came before.
    pub fn start(mut answer: impl FnMut(&str, usize) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::new(AtomicU64::new(0));
        let (log, bytes) = (Arc::clone(&asked), Arc::clone(&sent));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let Some((path, request)) = read(&stream) else {
                    continue;
                };
                let number = {
                    let mut log = log.lock().unwrap();
                    log.push(request);
                    log.len() - 1
                };
                let answer = answer(&path, number);
                let bytes = Arc::clone(&bytes);
                // Whoever hangs must not keep the next from being answered.
                std::thread::spawn(move || send(stream, answer, &bytes));
            }
        });
        Self {
            address,
            asked,
            sent,
        }
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Option<(String, String)> {
    let mut request = String::new();
    let mut lines = BufReader::new(stream);
    loop {
        let before = request.len();
        if lines.read_line(&mut request).ok()? == 0 || request[before..].trim().is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1)?.to_owned();
    Some((path, request))
}

fn send(mut stream: TcpStream, answer: Answer, sent: &AtomicU64) {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
    let _ = match answer {
        Answer::Json(page) => write!(stream, "{head}{page}"),
        Answer::Raw(status, headers, body) => {
            let headers: Vec<String> = headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}\r\n"))
                .collect();
            let headers = headers.concat();
            write!(
                stream,
                "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
                body.len()
            )
        }
        Answer::Hang => {
            std::thread::sleep(Duration::from_mins(2));
            Ok(())
        }
        Answer::Endless => {
            let _ = write!(stream, "{head}[\"");
            let chunk = vec![b'x'; 64 * 1024];
            while stream.write_all(&chunk).is_ok() {
                sent.fetch_add(chunk.len() as u64, Ordering::Relaxed);
            }
            Ok(())
        }
        Answer::Drip => {
            let _ = write!(stream, "{head}[");
            while stream.write_all(b" ").is_ok() {
                std::thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        }
    };
}

/// Which page a path asks for.
pub fn page_of(path: &str) -> u64 {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("page="))
        .and_then(|page| page.parse().ok())
        .unwrap_or(1)
}

/// A page of so many services, as the standard has it; each page has two.
pub fn page(number: u64, pages: u64) -> Value {
    let services: Vec<Value> = (0..2)
        .map(|n| json!({"id": format!("{number}-{n}"), "name": format!("Service {number}-{n}")}))
        .collect();
    json!({
        "total_items": pages * 2, "total_pages": pages, "page_number": number, "size": 2,
        "first_page": number == 1, "last_page": number == pages, "empty": false,
        "contents": services
    })
}
