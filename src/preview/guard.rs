//! Who may ask for what. Every request comes through here before anything is done for it.
//!
//! A website in the author's browser must not reach in: not by a name of its own that it points at this
//! computer (so `Host` has to be one of ours), not by a form or a script (so `Origin` has to be ours for
//! whatever changes anything), and not by taking a page, a picture or a script into itself (so what is no
//! plain navigation has to come from the preview's own pages). Somebody else on the network, where the
//! preview listens there, may read and do nothing else.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, Method, Uri, header};

/// The two ends of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    /// Where it came in.
    pub here: SocketAddr,
    /// Where it came from.
    pub there: SocketAddr,
}

impl Ends {
    /// True for somebody at this computer.
    pub fn are_of_this_computer(&self) -> bool {
        self.there.ip().to_canonical().is_loopback()
    }
}

/// Why a request is refused; the words are the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It names another host.
    Host,
    /// It comes from another site.
    OtherSite,
    /// It wants to change something from another computer, or does not say from where.
    NotHere,
}

impl Refusal {
    /// What is answered.
    pub fn words(self) -> &'static str {
        match self {
            Refusal::Host => {
                "The preview answers to localhost, 127.0.0.1 and [::1] only; with `--host`, to the \
                 address and the name of this computer too.\n"
            }
            Refusal::OtherSite => "The preview answers to its own pages only.\n",
            Refusal::NotHere => "That can be done at the computer where the preview runs only.\n",
        }
    }
}

/// What a request is, as far as it matters here.
pub struct Asked<'a> {
    /// What it wants.
    pub method: &'a Method,
    /// Of what.
    pub uri: &'a Uri,
    /// What it says of itself.
    pub headers: &'a HeaderMap,
    /// The connection it came by.
    pub ends: Ends,
    /// The names that the preview was given with `--host`.
    pub names: &'a [String],
}

impl Asked<'_> {
    /// Whether it may be answered.
    pub fn may(&self) -> Result<(), Refusal> {
        let hosts = self.hosts();
        if hosts.is_empty() || !hosts.iter().all(|host| self.is_ours(host)) {
            return Err(Refusal::Host);
        }
        let origin = self.says(header::ORIGIN.as_str());
        // The preview's pages tell nobody where they are, so that of their forms a browser says `null`;
        // what it says of the site it says by itself.
        let is_own = |origin: &str| {
            hosts.iter().all(|host| origin == format!("http://{host}"))
                || origin == "null" && self.says("sec-fetch-site") == Some("same-origin")
        };
        if origin.is_some_and(|origin| !is_own(origin)) {
            return Err(Refusal::OtherSite);
        }
        if !matches!(*self.method, Method::GET | Method::HEAD) {
            // Browsers always say where a form or a script is that sends something.
            return if origin.is_some() && self.ends.are_of_this_computer() {
                Ok(())
            } else {
                Err(Refusal::NotHere)
            };
        }
        match self.says("sec-fetch-site") {
            None | Some("none" | "same-origin") => Ok(()),
            Some(_) if self.is_navigation() => Ok(()),
            Some(_) => Err(Refusal::OtherSite),
        }
    }

    /// Somebody follows a link, in a tab of their own.
    fn is_navigation(&self) -> bool {
        self.says("sec-fetch-mode") == Some("navigate")
            && self.says("sec-fetch-dest") == Some("document")
            && !self.uri.path().starts_with(super::dress::OUR_FOLDER)
    }

    fn says(&self, name: &str) -> Option<&str> {
        // What is no text is nothing that a browser of ours would say.
        Some(self.headers.get(name)?.to_str().unwrap_or("?"))
    }

    fn hosts(&self) -> Vec<&str> {
        let named = self.headers.get_all(header::HOST).iter();
        let mut hosts: Vec<&str> = named
            .map(|host| host.to_str().unwrap_or_default())
            .collect();
        hosts.extend(self.uri.authority().map(|authority| authority.as_str()));
        hosts
    }

    /// True for the names of this computer itself, for the address at which the connection came in, and
    /// for the names that were given.
    fn is_ours(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.chars().all(|digit| digit.is_ascii_digit()) => name,
            Some(_) | None => host,
        };
        if self.ends.are_of_this_computer()
            && (name.eq_ignore_ascii_case("localhost") || matches!(name, "127.0.0.1" | "[::1]"))
        {
            return true;
        }
        let bare = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'));
        let address: Option<IpAddr> = bare.unwrap_or(name).parse().ok();
        address.is_some_and(|it| it.to_canonical() == self.ends.here.ip().to_canonical())
            || self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(
        method: &Method,
        path: &str,
        from: &str,
        headers: &[(&str, &str)],
    ) -> Result<(), Refusal> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                let name = header::HeaderName::from_bytes(name.as_bytes()).expect("a name");
                (name, value.parse().expect("a value"))
            })
            .collect();
        let here = if from.starts_with("127") {
            "127.0.0.1:4000"
        } else {
            "192.168.1.5:4000"
        };
        Asked {
            method,
            uri: &path.parse().expect("a path"),
            headers: &headers,
            ends: Ends {
                here: here.parse().expect("an address"),
                there: format!("{from}:50000").parse().expect("an address"),
            },
            names: &["studio.local".to_owned()],
        }
        .may()
    }

    #[test]
    fn only_this_computers_own_names_are_answered() {
        let check = |from: &str, host: &str| ask(&Method::GET, "/", from, &[("host", host)]);
        for host in [
            "localhost",
            "LOCALHOST:4000",
            "127.0.0.1:1",
            "[::1]:4000",
            "[::1]",
        ] {
            assert_eq!(check("127.0.0.1", host), Ok(()), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:4000",
            "::2",
            "192.168.1.6",
        ] {
            assert_eq!(check("127.0.0.1", host), Err(Refusal::Host), "{host}");
        }
        for host in ["192.168.1.5:4000", "studio.local:4000", "STUDIO.local"] {
            assert_eq!(check("192.168.1.9", host), Ok(()), "{host}");
        }
        for host in ["localhost:4000", "192.168.1.6", "evil.example"] {
            assert_eq!(check("192.168.1.9", host), Err(Refusal::Host), "{host}");
        }
    }

    #[test]
    fn other_sites_may_link_here_and_nothing_else() {
        let get = |path: &str, headers: &[(&str, &str)]| {
            let host = [("host", "localhost:4000")];
            ask(&Method::GET, path, "127.0.0.1", &[&host, headers].concat())
        };
        let link = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert_eq!(get("/", &link), Ok(()));
        assert_eq!(get("/_afterword/open", &link), Err(Refusal::OtherSite));
        assert_eq!(get("/", &[("sec-fetch-site", "none")]), Ok(()));
        assert_eq!(get("/", &[("sec-fetch-site", "same-origin")]), Ok(()));
        for site in ["cross-site", "same-site"] {
            for (mode, dest) in [
                ("no-cors", "image"),
                ("no-cors", "script"),
                ("cors", "empty"),
                ("navigate", "iframe"),
            ] {
                let asked = [
                    ("sec-fetch-site", site),
                    ("sec-fetch-mode", mode),
                    ("sec-fetch-dest", dest),
                ];
                assert_eq!(get("/", &asked), Err(Refusal::OtherSite), "{mode} {dest}");
            }
        }
        assert_eq!(get("/", &[("origin", "http://localhost:4000")]), Ok(()));
        for origin in ["null", "http://localhost:5000", "https://localhost:4000"] {
            assert_eq!(
                get("/", &[("origin", origin)]),
                Err(Refusal::OtherSite),
                "{origin}"
            );
        }
    }

    #[test]
    fn only_own_pages_at_this_computer_may_change_anything() {
        let post = |from: &str, host: &str, origin: Option<&str>| {
            let mut headers = vec![("host", host)];
            headers.extend(origin.map(|origin| ("origin", origin)));
            ask(&Method::POST, "/_afterword/open", from, &headers)
        };
        let (local, own) = ("localhost:4000", "http://localhost:4000");
        assert_eq!(post("127.0.0.1", local, Some(own)), Ok(()));
        assert_eq!(post("127.0.0.1", local, None), Err(Refusal::NotHere));
        assert_eq!(
            post("127.0.0.1", local, Some("https://evil.example")),
            Err(Refusal::OtherSite)
        );
        let form = |site: &str| {
            let headers = [
                ("host", local),
                ("origin", "null"),
                ("sec-fetch-site", site),
            ];
            ask(&Method::POST, "/_afterword/open", "127.0.0.1", &headers)
        };
        assert_eq!(form("same-origin"), Ok(()));
        assert_eq!(form("cross-site"), Err(Refusal::OtherSite));
        let network = "192.168.1.5:4000";
        assert_eq!(
            post("192.168.1.9", network, Some("http://192.168.1.5:4000")),
            Err(Refusal::NotHere)
        );
    }
}
