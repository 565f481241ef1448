//! Where in the site folder an address of another site is written.
//!
//! Articles, data files and templates are looked through as text, so that whatever led to the link is
//! pointed at. A DOI is often written without the address that is made of it, and found so too.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::pipeline::Loaded;

const DOI: &str = "https://doi.org/";

/// How many places of one address are shown.
const MOST: usize = 3;

/// The places of addresses.
#[derive(Debug, Default)]
pub struct Places(FxHashMap<String, Vec<(SourcePath, Range<usize>)>>);

impl Places {
    /// Looks for these addresses.
    pub fn new(loaded: &Loaded, addresses: &BTreeSet<String>) -> Self {
        let site = &loaded.site;
        let written = site
            .topics()
            .flat_map(|topic| topic.documents.iter().flatten());
        let hidden: BTreeSet<&SourcePath> = written
            .filter(|written| written.hidden.is_some())
            .map(|written| &written.document.path)
            .collect();
        let mut places = Self::default();
        for (path, _) in loaded
            .inputs
            .files()
            .filter(|(path, _)| !hidden.contains(path))
        {
            if let Some(text) = loaded.inputs.text_of(path) {
                places.look(path, text, addresses);
            }
        }
        places
    }

    fn look(&mut self, path: &SourcePath, text: &str, addresses: &BTreeSet<String>) {
        for (at, _) in text.match_indices("://") {
            let before = &text[..at];
            let scheme = ["https", "http"]
                .into_iter()
                .find(|scheme| before.ends_with(scheme));
            if let Some(scheme) = scheme {
                self.known(path, text, at - scheme.len(), "", addresses);
            }
        }
        for (at, _) in text.match_indices("10.") {
            let is_whole = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
            if is_whole && !text[..at].ends_with("doi.org/") {
                self.known(path, text, at, DOI, addresses);
            }
        }
    }

    /// The longest of the addresses that is written at a place.
    fn known(
        &mut self,
        path: &SourcePath,
        text: &str,
        at: usize,
        begin: &str,
        addresses: &BTreeSet<String>,
    ) {
        const ENDS: &[char] = &['"', '\'', '<', '>', '#', '`', '|', '\\'];
        let rest = &text[at..];
        let mut end = rest
            .find(|c: char| c.is_whitespace() || ENDS.contains(&c))
            .unwrap_or(rest.len());
        while end > 0 {
            let address = format!("{begin}{}", &rest[..end]);
            if addresses.contains(&address) {
                let places = self.0.entry(address).or_default();
                places.push((path.clone(), at..at + end));
                return;
            }
            // What may end an address, and may also stand after one.
            end = rest[..end]
                .rfind([')', ']', '}', ',', '.', ';', ':', '*', '_', '!', '?'])
                .unwrap_or(0);
        }
    }

    /// Points a finding at where an address is written.
    pub fn point(&self, address: &str, mut finding: Diagnostic) -> Diagnostic {
        let places = self.0.get(address).map_or(&[][..], Vec::as_slice);
        for (path, span) in places.iter().take(MOST) {
            finding = finding.at(path, span.clone(), "");
        }
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_however_it_is_written() {
        let addresses: BTreeSet<String> = [
            "https://a.org/x",
            "https://a.org/x_(y)",
            "https://doi.org/10.1000/a.b",
        ]
        .map(str::to_owned)
        .into();
        let path = SourcePath::new("content/a.md").expect("sound");
        let text = "[a](https://a.org/x), <https://a.org/x_(y)>, (https://a.org/x_(y)). doi: 10.1000/a.b, v10.1000/a.b";
        let mut places = Places::default();
        places.look(&path, text, &addresses);
        let found = |address: &str| {
            let places = places.0.get(address).into_iter().flatten();
            places
                .map(|(_, span)| &text[span.clone()])
                .collect::<Vec<_>>()
        };
        assert_eq!(found("https://a.org/x"), ["https://a.org/x"]);
        assert_eq!(found("https://a.org/x_(y)").len(), 2);
        assert_eq!(found("https://doi.org/10.1000/a.b"), ["10.1000/a.b"]);
    }
}
