//! Links to other sites, asked for at small servers of our own that behave as hosts do: well, badly,
//! slowly, not at all.
//!
//! To add a way to behave: an arm in [`answer`] and a line in a table below.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use afterword::external::http::Network;
use afterword::external::memory::Memory;
use afterword::external::walk::{Manners, Walked, ask_all};
use afterword::external::{self, Outcome, addresses};

use crate::folder::{SiteFolder, load};

const SITE: &str = "https://small.example/";

/// A server on this computer, until the test is over.
struct Server {
    port: u16,
    /// What it was asked: the first line, who asked, and when.
    asked: Arc<Mutex<Vec<(String, String, Instant)>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                thread::spawn(move || serve(stream, &log));
            }
        });
        Self { port, asked }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn lines(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("sound");
        asked.iter().map(|(line, _, _)| line.clone()).collect()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<(String, String, Instant)>>) {
    let start = Instant::now();
    let mut text = Vec::new();
    let mut bytes = [0; 1024];
    while !text.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(length) => text.extend(&bytes[..length]),
        }
        // Whoever begins with this byte speaks of certificates, and we have none.
        if text.first() == Some(&0x16) {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            return;
        }
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    let line = text.lines().next().unwrap_or_default();
    let line = line.trim_end_matches(" HTTP/1.1").to_owned();
    let agent = text.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("user-agent").then_some(value)
    });
    let before = {
        let mut log = log.lock().expect("sound");
        let before = log.iter().filter(|(known, _, _)| *known == line).count();
        log.push((line.clone(), agent.unwrap_or_default().to_owned(), start));
        before
    };
    if let Some(answer) = answer(&line, before) {
        let whole = format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let _ = stream.write_all(whole.as_bytes());
    }
}

/// What is answered to a line that was asked so often before; nothing for a host that breaks off.
fn answer(line: &str, before: usize) -> Option<&'static str> {
    let (method, path) = line.split_once(' ').expect("a method and a path");
    Some(match (path, method) {
        ("/there", _) | ("/get-only", "GET") => "200 OK",
        ("/get-only", _) => "405 Method Not Allowed",
        ("/gone", _) => "404 Not Found",
        ("/ill", _) => "500 Internal Server Error",
        ("/closed", _) => "403 Forbidden",
        ("/moved", _) => "301 Moved Permanently\r\nLocation: there",
        ("/moved-and-gone", _) => "308 Permanent Redirect\r\nLocation: /gone",
        ("/elsewhere-today", _) => "302 Found\r\nLocation: /moved",
        ("/round", _) => "302 Found\r\nLocation: /round",
        ("/lost", _) => "302 Found\r\nLocation: mailto:a@b.example",
        ("/patience", _) if before == 0 => "429 Too Many Requests\r\nRetry-After: 0",
        ("/patience", _) => "200 OK",
        ("/much-patience", _) => "429 Too Many Requests\r\nRetry-After: 7200",
        ("/nonsense", _) => "it is fine",
        ("/breaks-off", _) => return None,
        ("/silent", _) => {
            thread::sleep(Duration::from_secs(5));
            return None;
        }
        _ => "200 OK",
    })
}

const QUICK: Manners = Manners {
    pause: Duration::from_millis(1),
    patience: Duration::from_secs(1),
    at_once: 4,
    most_redirects: 5,
    hosts_to_be_offline: 4,
};

fn ask(addresses: &[String], manners: Manners) -> Walked {
    let network = Network::new(SITE, Duration::from_millis(400));
    ask_all(addresses, &network, manners, &|_| ())
}

fn outcomes(addresses: &[String]) -> BTreeMap<String, Outcome> {
    match ask(addresses, QUICK) {
        Walked::Asked(outcomes) => outcomes,
        Walked::Offline => panic!("a server is there"),
    }
}

fn there(moved: Option<String>) -> Outcome {
    Outcome::There { moved }
}

fn failed(why: &str) -> Outcome {
    Outcome::Failed(why.to_owned())
}

#[test]
fn each_way_to_answer_is_understood() {
    let server = Server::start();
    let expected = [
        ("/there", there(None)),
        ("/get-only", there(None)),
        ("/gone", failed("it is not there (404)")),
        ("/ill", failed("it answers 500")),
        ("/closed", Outcome::Closed),
        ("/moved", there(Some(server.address("/there")))),
        ("/moved-and-gone", failed("it is not there (404)")),
        ("/elsewhere-today", there(None)),
        ("/round", failed("it sends on and on")),
        ("/lost", failed("it sends on to nowhere")),
        ("/patience", there(None)),
        ("/nonsense", failed("what it answers cannot be understood")),
    ];
    let all: Vec<_> = expected
        .iter()
        .map(|(path, _)| server.address(path))
        .collect();
    let outcomes = outcomes(&all);
    for (path, expected) in &expected {
        assert_eq!(&outcomes[&server.address(path)], expected, "{path}");
    }
}

#[test]
fn hosts_that_do_not_answer_hold_nobody_up() {
    let server = Server::start();
    let silent = Server::start();
    let refused = TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = format!("http://{}/", refused.local_addr().expect("an address"));
    drop(refused);
    let not_secure = server.address("/there").replace("http:", "https:");
    let all = [
        server.address("/there"),
        silent.address("/silent"),
        silent.address("/there"),
        nobody.clone(),
        not_secure.clone(),
    ];
    let start = Instant::now();
    let outcomes = outcomes(&all);
    assert!(start.elapsed() < Duration::from_secs(4));
    assert_eq!(outcomes[&all[0]], there(None));
    let slow = failed("it takes too long to answer");
    assert_eq!(outcomes[&all[1]], slow);
    // The second address of the host was not waited for.
    assert_eq!(outcomes[&all[2]], slow);
    assert_eq!(silent.lines(), ["HEAD /silent"]);
    assert_eq!(outcomes[&nobody], failed("it lets nobody in"));
    assert_eq!(
        outcomes[&not_secure],
        failed("its certificate does not hold")
    );
}

#[test]
fn a_host_is_asked_politely() {
    let server = Server::start();
    let paths = ["/a", "/b", "/moved", "/get-only"];
    let all: Vec<_> = paths.iter().map(|path| server.address(path)).collect();
    let pause = Duration::from_millis(60);
    ask(&all, Manners { pause, ..QUICK });
    assert_eq!(
        server.lines(),
        [
            "HEAD /a",
            "HEAD /b",
            "HEAD /moved",
            "HEAD /there",
            "HEAD /get-only",
            "GET /get-only"
        ]
    );
    let asked = server.asked.lock().expect("sound");
    for pair in asked.windows(2) {
        let between = pair[1].2.duration_since(pair[0].2);
        assert!(between >= pause, "{} after {between:?}", pair[1].0);
    }
    let name = format!(
        "afterword/{} (checks the links of {SITE})",
        env!("CARGO_PKG_VERSION")
    );
    assert!(
        asked.iter().all(|(_, agent, _)| *agent == name),
        "{asked:?}"
    );
}

#[test]
fn a_host_that_asks_to_be_left_in_peace_is() {
    let server = Server::start();
    let all = ["/much-patience", "/there"].map(|path| server.address(path));
    let outcomes = outcomes(&all);
    assert!(
        outcomes.values().all(|outcome| *outcome == Outcome::Closed),
        "{outcomes:?}"
    );
    assert_eq!(server.lines(), ["HEAD /much-patience"]);
}

#[test]
fn offline_nothing_is_learnt() {
    let nobody = || {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}/", listener.local_addr().expect("an address"))
    };
    let all: Vec<_> = (0..9).map(|_| nobody()).collect();
    assert_eq!(ask(&all, QUICK), Walked::Offline);
}

#[test]
fn an_address_is_dead_after_failures_on_three_days_and_not_before() {
    let site = SiteFolder::new();
    let server = Server::start();
    let gone = server.address("/gone");
    let moved = server.address("/moved");
    site.write(
        "content/a.md",
        format!("---\ntitle: A\n---\n\nSee [there]({gone}#x) and [here]({moved}).\n"),
    );
    let loaded = load(&site.root());
    let linked = addresses::of_output(&loaded);
    assert_eq!(linked.iter().collect::<Vec<_>>(), [&gone, &moved]);
    let mut memory = Memory::default();
    let mut said = Vec::new();
    for day in ["2026-06-01", "2026-06-02", "2026-06-05"] {
        let today = day.parse().expect("a day");
        let due: Vec<_> = linked
            .iter()
            .filter(|address| memory.is_due(address, today))
            .cloned()
            .collect();
        for (address, outcome) in outcomes(&due) {
            memory.learn(&address, outcome, today);
        }
        let findings = external::findings(&loaded, &linked, &memory, today);
        said.push(
            findings
                .iter()
                .map(|finding| {
                    let label = &finding.labels[0];
                    let text = loaded.inputs.text_of(&label.path).expect("text");
                    assert!(
                        [&gone, &moved].contains(&&text[label.span.0..label.span.1].to_owned())
                    );
                    format!("{}: {} / {}", finding.code, finding.message, finding.help)
                })
                .collect::<Vec<_>>(),
        );
    }
    let moved = format!(
        "moved-external-link: `{moved}` has moved for good / write `{}`, when it is still what you mean",
        server.address("/there")
    );
    assert_eq!(said[0].len(), 2);
    assert!(
        said[0][0].starts_with(&format!(
            "unanswered-external-link: `{gone}` did not answer on 2026-06-01: it is not there (404)"
        )),
        "{said:?}"
    );
    assert_eq!(said[1][1], moved);
    assert!(said[1][0].starts_with("unanswered-external-link"));
    assert!(said[2][0].starts_with(&format!("dead-external-link: `{gone}` is dead: it is not there (404), on 2026-06-01, 2026-06-02 and 2026-06-05 / ")), "{said:?}");
    // What answered in the week before was left in peace.
    let asked = server.lines();
    assert_eq!(
        asked.iter().filter(|line| line.contains("/moved")).count(),
        1,
        "{asked:?}"
    );
}
