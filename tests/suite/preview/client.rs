//! A preview that runs, and a browser made of one socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::cli::afterword;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running preview; it ends when this is dropped.
pub struct Preview {
    pub child: Child,
    pub address: SocketAddr,
}

impl Preview {
    /// Of a site, at any port that is free.
    pub fn of(site: &Path) -> Self {
        Self::start(site, &["preview", "--port", "0"])
    }

    /// By these words.
    pub fn start(site: &Path, words: &[&str]) -> Self {
        let mut child = afterword(site, words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("piped");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address
            .and_then(|address| address.parse().ok())
            .expect(&line);
        Self { child, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("possible");
        stream
    }

    /// Sends a request as it stands and gives the whole answer.
    fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        Answer {
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    pub fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        self.send(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ))
    }

    /// With headers of its own beside the host, and a body.
    pub fn tell(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.send(&format!(
            "{request}Content-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &self.address.to_string())
    }

    pub fn versions(&self) -> Versions {
        let mut stream = self.connect();
        let host = self.address;
        let request = format!("GET /_afterword/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut versions = Versions {
            lines: BufReader::new(stream),
        };
        // The version that is shown now.
        versions.next();
        versions
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back.
pub struct Answer {
    /// The first line and the headers, in small letters.
    pub head: String,
    /// What follows them.
    pub body: String,
}

impl Answer {
    pub fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }
}

/// The stream of events, as a browser reads it.
pub struct Versions {
    lines: BufReader<TcpStream>,
}

impl Versions {
    /// Waits for the next version of the site.
    pub fn next(&mut self) -> String {
        // The stream says "still here" now and then, so that one read never takes for ever.
        let start = Instant::now();
        let mut line = String::new();
        while start.elapsed() < PATIENCE {
            line.clear();
            assert!(
                self.lines.read_line(&mut line).expect("in time") > 0,
                "the stream ended"
            );
            if let Some(version) = line.strip_prefix("data: ") {
                return version.trim().to_owned();
            }
        }
        panic!("no new version in time");
    }

    /// Waits until a condition holds that a change brings about. A change may come in several
    /// versions, such as a file that is seen when it is made and again when it is complete.
    pub fn until(&mut self, holds: impl Fn() -> bool) {
        while !holds() {
            self.next();
        }
    }
}
