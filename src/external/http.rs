//! The one file that speaks to the network: one question, one answer.

use std::time::Duration;

use ureq::{Agent, Error};

/// What a host said to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It answered.
    Said {
        /// The number of the answer, such as 404.
        status: u16,
        /// Where it sends on to.
        location: Option<String>,
        /// How long it asks to be left in peace.
        patience: Option<Duration>,
    },
    /// Nobody answered, or nothing that could be understood.
    Silence {
        /// Why, in a few words.
        why: String,
        /// Whether it did not even come to a conversation, as for a computer that is offline.
        is_unreached: bool,
    },
}

/// How something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Whether it is there.
    Head,
    /// For all of it, of which nothing is read.
    Get,
}

/// Who can ask.
pub trait Ask: Sync {
    /// Asks for an address, and follows nothing.
    fn ask(&self, method: Method, address: &str) -> Answer;
}

/// Asks over the network.
#[derive(Debug)]
pub struct Network(Agent);

impl Network {
    /// Says who asks: the program, and the address of the site whose links these are.
    pub fn new(site: &str, patience: Duration) -> Self {
        let name = format!(
            "afterword/{} (checks the links of {site})",
            env!("CARGO_PKG_VERSION")
        );
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(patience))
            .user_agent(name)
            .accept("text/html, */*;q=0.8")
            .build();
        Self(config.new_agent())
    }
}

impl Ask for Network {
    fn ask(&self, method: Method, address: &str) -> Answer {
        let request = match method {
            Method::Head => self.0.head(address),
            Method::Get => self.0.get(address),
        };
        match request.call() {
            Ok(response) => {
                let header = |name: &str| response.headers().get(name)?.to_str().ok();
                Answer::Said {
                    status: response.status().as_u16(),
                    location: header("location").map(str::to_owned),
                    // A host may also name a day. That is long enough not to wait for it.
                    patience: header("retry-after")
                        .map(|text| Duration::from_secs(text.trim().parse().unwrap_or(3600))),
                }
            }
            Err(error) => silence(&error),
        }
    }
}

fn silence(error: &Error) -> Answer {
    let (why, is_unreached) = match error {
        Error::HostNotFound => ("there is no such host".to_owned(), true),
        Error::ConnectionFailed => ("it cannot be reached".to_owned(), true),
        Error::Timeout(_) => ("it takes too long to answer".to_owned(), true),
        Error::Tls(_) | Error::Rustls(_) => ("its certificate does not hold".to_owned(), false),
        Error::Io(error) => match error.kind() {
            std::io::ErrorKind::ConnectionRefused => ("it lets nobody in".to_owned(), true),
            std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => {
                ("it takes too long to answer".to_owned(), true)
            }
            std::io::ErrorKind::ConnectionReset
            | std::io::ErrorKind::ConnectionAborted
            | std::io::ErrorKind::UnexpectedEof
            | std::io::ErrorKind::BrokenPipe => ("it broke off".to_owned(), false),
            // A certificate that does not hold comes through here too.
            std::io::ErrorKind::InvalidData => ("its certificate does not hold".to_owned(), false),
            _ => ("it cannot be reached".to_owned(), true),
        },
        _ => ("what it answers cannot be understood".to_owned(), false),
    };
    Answer::Silence { why, is_unreached }
}
