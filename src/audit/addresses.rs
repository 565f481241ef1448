//! Where the addresses in a finished file lead: to something that is published, out of the site, or
//! nowhere.
//!
//! What is published is known from the routes before the first page is made, so that each address is
//! answered at once; only an anchor on another page has to wait for that page.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::diagnostic::nearest;
use crate::path::UrlPath;
use crate::render::Route;
use crate::site::Site;

/// Everything that is published.
#[derive(Debug, Default)]
pub struct Addresses {
    /// The whole address of the front page.
    own: String,
    /// The path of it, with both slashes.
    base_path: String,
    /// By the path of the file below the output folder.
    places: FxHashMap<String, u32>,
    /// Which of them are pages, whose anchors are looked at.
    pages: Vec<bool>,
    urls: Vec<UrlPath>,
}

/// Where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads<'a> {
    /// Out of the site, or to something that is no place, such as a mail program.
    Out,
    /// To the page itself, perhaps to an id of it.
    Here(Cow<'a, str>),
    /// To something published, perhaps to an id of it.
    To(u32, Cow<'a, str>),
    /// To nothing, and why.
    Nowhere(&'static str),
}

impl Addresses {
    /// Those of a site.
    pub fn new(site: &Site, routes: &[(UrlPath, Route)]) -> Self {
        let own = site.config.base_url.absolute("");
        let after_host = own.splitn(4, '/').nth(3).unwrap_or_default();
        Self {
            base_path: format!("/{after_host}"),
            places: routes
                .iter()
                .enumerate()
                .map(|(index, (url, _))| (url.output().as_str().to_owned(), index as u32))
                .collect(),
            pages: routes
                .iter()
                .map(|(_, route)| matches!(route, Route::Page(_)))
                .collect(),
            urls: routes.iter().map(|(url, _)| url.clone()).collect(),
            own,
        }
    }

    /// The place of something published.
    pub fn place(&self, url: &UrlPath) -> Option<u32> {
        self.places.get(url.output().as_str()).copied()
    }

    /// Whether there is a page.
    pub fn is_page(&self, place: u32) -> bool {
        self.pages.get(place as usize).copied().unwrap_or_default()
    }

    /// The address of something published.
    pub fn url(&self, place: u32) -> &UrlPath {
        &self.urls[place as usize]
    }

    /// Whether a whole address is the site's own.
    pub fn is_own(&self, address: &str) -> bool {
        !self.own.is_empty() && address.starts_with(&self.own)
    }

    /// The whole address of the front page.
    pub fn own(&self) -> &str {
        &self.own
    }

    /// Where an address leads that stands in a file. `from` is the path of the file below the output
    /// folder.
    pub fn follow<'a>(&self, from: &str, address: &'a str) -> Leads<'a> {
        let address = address.trim();
        let (whole, id) = address.split_once('#').unwrap_or((address, ""));
        let id = unescaped(id);
        let path = whole.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return Leads::Here(id);
        }
        let (start, rest) = if let Some(rest) = strip_origin(path, &self.own) {
            ("", rest)
        } else if is_whole(path) {
            return Leads::Out;
        } else if let Some(from_top) = path.strip_prefix('/') {
            match path.strip_prefix(self.base_path.as_str()) {
                Some(rest) => ("", rest),
                // Something else of the same host; unless it is ours, and its author forgot the way.
                None if self.find("", from_top).is_some() => {
                    return Leads::Nowhere("leaves out the path below which the site is served");
                }
                None => return Leads::Out,
            }
        } else {
            (from.rsplit_once('/').map_or("", |(folder, _)| folder), path)
        };
        match self.find(start, &unescaped(rest)) {
            Some(place) => Leads::To(place, id),
            None if climbs_out(start, rest) => Leads::Nowhere("leads out of the site's folder"),
            None => Leads::Nowhere("leads to nothing that is published"),
        }
    }

    fn find(&self, start: &str, rest: &str) -> Option<u32> {
        let mut file = String::with_capacity(start.len() + rest.len() + 12);
        file.push_str(start);
        let mut is_folder = rest.is_empty();
        for part in rest.split('/') {
            is_folder = matches!(part, "" | "." | "..");
            match part {
                "" | "." => {}
                ".." if file.is_empty() => return None,
                ".." => file.truncate(file.rfind('/').unwrap_or(0)),
                _ => {
                    if !file.is_empty() {
                        file.push('/');
                    }
                    file.push_str(part);
                }
            }
        }
        if !is_folder && let Some(place) = self.places.get(&file) {
            return Some(*place);
        }
        // Hosts send whoever forgets the slash on to the folder.
        if !file.is_empty() {
            file.push('/');
        }
        file.push_str("index.html");
        self.places.get(&file).copied()
    }

    /// What is published whose address is near to one that leads nowhere.
    pub fn near(&self, address: &str) -> Option<&str> {
        // On a large site, looking through all of them for each mistake would take longer than all else.
        if self.urls.len() > 1000 {
            return None;
        }
        let wanted = address.split(['#', '?']).next().unwrap_or_default();
        let wanted = wanted.trim_start_matches("../").trim_matches('/');
        nearest(
            wanted,
            self.urls.iter().map(|url| url.as_str().trim_matches('/')),
        )
    }
}

fn strip_origin<'a>(path: &'a str, own: &str) -> Option<&'a str> {
    if own.is_empty() {
        return None;
    }
    path.strip_prefix(own)
        .or_else(|| (path == own.trim_end_matches('/')).then_some(""))
}

/// True for an address with a scheme or a host.
fn is_whole(path: &str) -> bool {
    path.starts_with("//")
        || path
            .split('/')
            .next()
            .is_some_and(|start| start.contains(':'))
}

fn climbs_out(start: &str, rest: &str) -> bool {
    crate::path::follow(start, rest).is_none()
}

/// `%C3%A9` as `é`.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(plain).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(own: &str) -> Addresses {
        let urls = ["/", "/a/", "/a/b/", "/feed.xml", "/a/é.png", "/404.html"];
        let urls: Vec<_> = urls.iter().filter_map(|url| UrlPath::new(url)).collect();
        let after_host = own.splitn(4, '/').nth(3).unwrap_or_default();
        Addresses {
            own: own.to_owned(),
            base_path: format!("/{after_host}"),
            places: urls
                .iter()
                .enumerate()
                .map(|(index, url)| (url.output().as_str().to_owned(), index as u32))
                .collect(),
            pages: vec![true; urls.len()],
            urls,
        }
    }

    #[test]
    fn addresses_lead_where_a_browser_goes() {
        let site = addresses("https://own.example/care/");
        let led = |address| match site.follow("a/b/index.html", address) {
            Leads::Out => "out".to_owned(),
            Leads::Here(id) => format!("here #{id}"),
            Leads::To(place, id) => format!("{} #{id}", site.url(place)),
            Leads::Nowhere(why) => why.to_owned(),
        };
        let nothing = "leads to nothing that is published";
        for (address, expected) in [
            ("../", "/a/ #"),
            ("..", "/a/ #"),
            ("../../#x", "/ #x"),
            ("../../../", "leads out of the site's folder"),
            ("../b/index.html", "/a/b/ #"),
            ("../b", "/a/b/ #"),
            ("../../feed.xml?a#b", "/feed.xml #b"),
            ("../../feed.xml/", nothing),
            ("../%C3%A9.png", "/a/é.png #"),
            ("c/", nothing),
            ("#x%20y", "here #x y"),
            ("https://own.example/care/a/", "/a/ #"),
            ("https://own.example/care", "/ #"),
            ("https://own.example/care/c/", nothing),
            ("https://own.example/", "out"),
            ("/care/a/", "/a/ #"),
            ("/a/", "leaves out the path below which the site is served"),
            ("/shop/", "out"),
            ("//x.example/", "out"),
            ("mailto:a@b.example", "out"),
        ] {
            assert_eq!(led(address), expected, "{address}");
        }
    }
}
