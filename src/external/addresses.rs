//! The addresses of other sites that finished pages link to, and how one leads to another.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::contacts::tags::Tags;
use crate::pipeline::Loaded;
use crate::render::{Content, Route};

/// Names that are set apart for examples: nobody is there, and nobody should be.
const NOBODY: [&str; 5] = [".example", ".invalid", ".test", ".localhost", ".onion"];

/// All of them, without what stands after `#`. Pages whose templates fail have none.
pub fn of_output(loaded: &Loaded) -> BTreeSet<String> {
    let own = loaded.site.config.base_url.absolute("");
    let routes = loaded.renderer.routes();
    let found: Vec<BTreeSet<String>> = routes
        .par_iter()
        .filter(|(_, route)| matches!(route, Route::Page(_)))
        .filter_map(
            |(_, route)| match loaded.renderer.render(route).ok()?.content {
                Content::Bytes(bytes) => Some(of_page(std::str::from_utf8(&bytes).ok()?, &own)),
                Content::File(_) => None,
            },
        )
        .collect();
    found.into_iter().flatten().collect()
}

fn of_page(html: &str, own: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut tags = Tags::new(html);
    while let Some(tag) = tags.next() {
        if !matches!(tag.name(), "a" | "area") {
            continue;
        }
        let Some(href) = tag.get("href") else {
            continue;
        };
        let address = href.trim().split('#').next().unwrap_or_default();
        if !address.starts_with(own) && host(address).is_some_and(|host| !is_nobody(host)) {
            found.insert(address.to_owned());
        }
    }
    found
}

/// The host of an address of the web, with its port.
pub fn host(address: &str) -> Option<&str> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    (!host.is_empty()).then_some(host)
}

fn is_nobody(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    NOBODY.iter().any(|ending| name.ends_with(ending)) || name == "localhost"
}

/// Where an answer sends on to, seen from the address that gave it; `None` when that is no address of
/// the web.
pub fn follow(from: &str, location: &str) -> Option<String> {
    let location = location.trim().split('#').next().unwrap_or_default();
    let scheme = from.split("//").next()?;
    let whole = if host(location).is_some() {
        location.to_owned()
    } else if let Some(rest) = location.strip_prefix("//") {
        format!("{scheme}//{rest}")
    } else if location.split(['/', '?']).next()?.contains(':') {
        return None;
    } else {
        let origin = &from[..scheme.len()
            + 2
            + from[scheme.len() + 2..]
                .find(['/', '?'])
                .unwrap_or(from.len() - scheme.len() - 2)];
        let path = from[origin.len()..].split('?').next().unwrap_or_default();
        let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
        match location.chars().next() {
            None => from.to_owned(),
            Some('/') => format!("{origin}{}", without_dots(location)),
            Some('?') => format!("{origin}{path}{location}"),
            Some(_) => format!("{origin}{}", without_dots(&format!("{folder}{location}"))),
        }
    };
    host(&whole).map(|_| whole.clone())
}

/// A path without `.` and `..`; what stands after `?` stays.
fn without_dots(path: &str) -> String {
    let (path, query) = match path.find('?') {
        Some(at) => path.split_at(at),
        None => (path, ""),
    };
    let mut parts: Vec<&str> = Vec::new();
    let all: Vec<&str> = path.split('/').collect();
    for (place, part) in all.iter().enumerate() {
        let is_last = place + 1 == all.len();
        match *part {
            "." if is_last => parts.push(""),
            "." => {}
            ".." => {
                if parts.len() > 1 {
                    parts.pop();
                }
                if is_last {
                    parts.push("");
                }
            }
            part => parts.push(part),
        }
    }
    format!("{}{query}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_links_out_of_the_site_and_to_somebody() {
        let html = "<a href=' https://a.org/x?b&amp;c#d '>x</a><a href='https://own.org/y/'>x</a>\
            <a href='../z/'>x</a><a href=mailto:a@b.org>x</a><a href='http://b.example/'>x</a>\
            <link href='https://c.org/'><a href='https://a.org/x?b&c'>x</a>";
        let found: Vec<_> = of_page(html, "https://own.org/").into_iter().collect();
        assert_eq!(found, ["https://a.org/x?b&c"]);
    }

    #[test]
    fn an_answer_sends_on_as_for_a_browser() {
        for (from, location, expected) in [
            ("https://a.org/x/y?z", "w", Some("https://a.org/x/w")),
            ("https://a.org/x/y", "../w/?q", Some("https://a.org/w/?q")),
            ("https://a.org/x/y", "/../w/./v", Some("https://a.org/w/v")),
            ("https://a.org", "/w", Some("https://a.org/w")),
            ("https://a.org?q", "w", Some("https://a.org/w")),
            ("https://a.org/x", "?q", Some("https://a.org/x?q")),
            ("http://a.org/x", "//b.org/y", Some("http://b.org/y")),
            (
                "http://a.org/x",
                "https://b.org/y#z",
                Some("https://b.org/y"),
            ),
            ("http://a.org/x", "", Some("http://a.org/x")),
            ("http://a.org/x", "ftp://b.org/", None),
            ("http://a.org/x", "mailto:a@b.org", None),
        ] {
            assert_eq!(
                follow(from, location).as_deref(),
                expected,
                "{from} {location}"
            );
        }
    }
}
