//! Files beside the pages: what authors publish as it is, drawings, stylesheets, scripts, feeds.
//!
//! No page tells what its policy keeps out of them, and a file of `content/_static/` or a drawing can be
//! opened by itself. So nothing in them may be loaded from elsewhere either, and no drawing may run a
//! script.

use std::ops::Range;

use super::addresses::{Addresses, Leads};
use crate::contacts::tags::Tags;
use crate::contacts::{Breach, Contacts, Stylesheets};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::{SourcePath, UrlPath};

/// What makes a script load what is named next, in quotation marks.
const LOADS_OF_SCRIPTS: &[&str] = &[
    "import(",
    "importScripts(",
    "fetch(",
    "sendBeacon(",
    "new EventSource(",
    "new WebSocket(",
    "new Worker(",
    "from ",
    ".src=",
    ".src = ",
    "import ",
];

/// A file of the site folder that is published.
pub fn written_by_authors(
    path: &SourcePath,
    text: &str,
    file: &str,
    addresses: &Addresses,
    findings: &mut Vec<Diagnostic>,
) {
    let mut look = Look {
        path,
        text,
        file,
        addresses,
        findings,
    };
    match path.extension().to_ascii_lowercase().as_str() {
        "html" | "htm" => look.html(),
        "css" => look.stylesheet(0..text.len()),
        "svg" => look.drawing(),
        "js" | "mjs" => look.script(),
        _ => {}
    }
}

/// A feed or a list of pages: all that it names is published.
pub fn lists_of_addresses(
    url: &UrlPath,
    text: &str,
    addresses: &Addresses,
    findings: &mut Vec<Diagnostic>,
) {
    let file = url.output();
    for (begin, end) in [
        ("href=\"", "\""),
        ("src=\"", "\""),
        ("<loc>", "</loc>"),
        ("Sitemap: ", "\n"),
    ] {
        for rest in text.split(begin).skip(1) {
            let address = rest
                .split(end)
                .next()
                .unwrap_or_default()
                .replace("&amp;", "&");
            if let Leads::Nowhere(why) = addresses.follow(file.as_str(), &address) {
                let message = format!("`{url}` names `{address}`, which {why}");
                findings.push(Diagnostic::new(Code::DeadLinkInOutput, message));
            }
        }
    }
}

/// A file that is looked at.
struct Look<'a> {
    path: &'a SourcePath,
    text: &'a str,
    file: &'a str,
    addresses: &'a Addresses,
    findings: &'a mut Vec<Diagnostic>,
}

impl Look<'_> {
    fn html(&mut self) {
        let read = Contacts::of(self.text, self.addresses.own(), &Stylesheets::default());
        for (breach, span) in read.breaches {
            // Such a page has no policy, so scripts of its own may run.
            if matches!(breach, Breach::Foreign { .. }) {
                self.findings.push(breach.finding().at(self.path, span, ""));
            }
        }
        let mut tags = Tags::new(self.text);
        let mut named = Vec::new();
        while let Some(tag) = tags.next() {
            named.extend(["href", "src"].iter().filter_map(|name| {
                tag.place(name)
                    .map(|(value, span)| (value.into_owned(), span))
            }));
        }
        for (address, span) in named {
            self.address(&address, span);
        }
    }

    fn address(&mut self, address: &str, span: Range<usize>) {
        if let Leads::Nowhere(why) = self.addresses.follow(self.file, address) {
            let message = format!("`{address}` {why}");
            self.findings.push(
                Diagnostic::new(Code::DeadLinkInOutput, message)
                    .at(self.path, span, "")
                    .help("lead to a page or a file of the site, by its address from where this file is published"),
            );
        }
    }

    fn foreign(&mut self, what: &str, address: &str, span: Range<usize>) {
        let message = format!("{what} would load `{address}` from another site");
        self.findings.push(
            Diagnostic::new(Code::ForeignResource, message)
                .at(self.path, span, "")
                .help("put a copy into the site, so that no other site learns who reads it"),
        );
    }

    fn drawing(&mut self) {
        let mut tags = Tags::new(self.text);
        let mut active = Vec::new();
        let mut foreign = Vec::new();
        let mut sheets = Vec::new();
        while let Some(tag) = tags.next() {
            let name = tag.name().to_ascii_lowercase();
            let local = name.rsplit(':').next().unwrap_or_default();
            if local == "script" {
                active.push(("a script stands in a drawing".to_owned(), tag.span()));
            }
            for (attribute, span) in tag.names() {
                if attribute.len() > 2 && attribute.as_bytes()[..2].eq_ignore_ascii_case(b"on") {
                    active.push((format!("`{attribute}` runs a script in a drawing"), span));
                }
            }
            for attribute in ["href", "xlink:href", "src", "data"] {
                let Some((address, span)) = tag.place(attribute) else {
                    continue;
                };
                let address = address.trim().to_owned();
                if address
                    .get(..11)
                    .is_some_and(|start| start.eq_ignore_ascii_case("javascript:"))
                {
                    active.push((format!("`{attribute}` runs a script in a drawing"), span));
                } else if local != "a" && self.is_foreign(&address) {
                    foreign.push((format!("`<{name}>`"), address, span));
                }
            }
            if local == "style" {
                let start = tag.span().end;
                let length = self.text[start..].find("</").unwrap_or(0);
                sheets.push(start..start + length);
            }
            for attribute in ["style", "fill", "stroke", "filter", "mask", "clip-path"] {
                sheets.extend(tag.place(attribute).map(|(_, span)| span));
            }
        }
        for (message, span) in active {
            self.findings.push(
                Diagnostic::new(Code::ActiveDrawing, message)
                    .at(self.path, span, "")
                    .help("take it out, or save the drawing anew as \"plain SVG\": it could do whatever a page can"),
            );
        }
        for (what, address, span) in foreign {
            self.foreign(&what, &address, span);
        }
        for span in sheets {
            self.stylesheet(span);
        }
        self.linked_stylesheets();
    }

    /// The stylesheets that a drawing names before it begins.
    fn linked_stylesheets(&mut self) {
        for (start, instruction) in self.text.match_indices("<?xml-stylesheet") {
            let end = self.text[start..]
                .find("?>")
                .map_or(self.text.len(), |end| start + end);
            let inside = &self.text[start + instruction.len()..end];
            if let Some((_, rest)) = inside.split_once("href=") {
                let address = rest
                    .trim_start_matches(['"', '\''])
                    .split(['"', '\''])
                    .next()
                    .unwrap_or_default();
                if self.is_foreign(address) {
                    self.foreign("the drawing", address, start..end);
                }
            }
        }
    }

    /// The addresses of a stylesheet, or of a value of one.
    fn stylesheet(&mut self, within: Range<usize>) {
        let Some(css) = self.text.get(within.clone()) else {
            return;
        };
        for begin in ["url(", "@import "] {
            for (start, _) in css.match_indices(begin) {
                let from = start + begin.len();
                let rest = &css[from..];
                let inner = rest.trim_start().trim_start_matches(['"', '\'']);
                let start = from + rest.len() - inner.len();
                if inner.starts_with("url(") {
                    continue;
                }
                let length = inner.find(['"', '\'', ')', ';']).unwrap_or(inner.len());
                let address = inner[..length].trim();
                if is_in_comment(css, start) || address.is_empty() || address.starts_with('#') {
                    continue;
                }
                let span = within.start + start..within.start + start + address.len();
                if self.is_foreign(address) {
                    self.foreign("the stylesheet", address, span);
                } else if !address.starts_with("data:") {
                    self.address(address, span);
                }
            }
        }
    }

    /// What a script loads from elsewhere, as far as its words tell.
    fn script(&mut self) {
        for (start, _) in self.text.match_indices("//") {
            let scheme = ["https:", "http:", "wss:", "ws:", ""]
                .iter()
                .find(|scheme| self.text[..start].ends_with(**scheme));
            let begin = start - scheme.map_or(0, |scheme| scheme.len());
            let Some(quote) = self.text[..begin]
                .chars()
                .next_back()
                .filter(|c| matches!(c, '"' | '\'' | '`'))
            else {
                continue;
            };
            let before = self.text[..begin - 1].trim_end_matches(' ');
            let is_load = LOADS_OF_SCRIPTS
                .iter()
                .any(|load| before.ends_with(load.trim_end()));
            let length = self.text[begin..].find([quote, '\n']).unwrap_or(0);
            let address = self.text[begin..begin + length].to_owned();
            if is_load && self.is_foreign(&address) && address.len() > 2 {
                self.foreign("the script", &address, begin..begin + length);
            }
        }
    }

    fn is_foreign(&self, address: &str) -> bool {
        let is_web = ["https:", "http:", "//", "ws:", "wss:", "ftp:"]
            .iter()
            .any(|start| {
                address
                    .get(..start.len())
                    .is_some_and(|begin| begin.eq_ignore_ascii_case(start))
            });
        is_web && !address.starts_with(self.addresses.own())
    }
}

fn is_in_comment(css: &str, at: usize) -> bool {
    let before = &css[..at];
    before
        .rfind("/*")
        .is_some_and(|start| !before[start..].contains("*/"))
}
