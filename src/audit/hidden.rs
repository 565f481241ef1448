//! Words of pages that are not published, in what is.
//!
//! A draft, a scheduled or an expired page is kept out of every list by one decision
//! (`site/visibility.rs`). Here it is tried from the other side: no run of eight words of such a page,
//! not its title and not the name of its file may stand anywhere in the output, unless something that
//! is published says the same words itself. Words are compared without marks and capitals.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::at_document;
use super::reader::{Piece, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::path::{SourcePath, UrlPath};
use crate::render::Route;
use crate::site::{Hidden as Reason, Site};

/// So many words in a row are nobody's by chance.
const RUN: usize = 8;

/// A name of fewer words is too common to tell anything.
const FEWEST_OF_A_TITLE: usize = 2;
const FEWEST_OF_A_FILE: usize = 3;

/// What a run of words stands for.
#[derive(Debug, Clone)]
struct Phrase {
    /// The page, by its place in [`Hidden::pages`].
    page: usize,
    /// Where it stands in its file; empty for the name of the file.
    span: Range<usize>,
}

/// The runs of words that may not be published.
#[derive(Debug)]
pub struct Hidden {
    pages: Vec<(SourcePath, Reason)>,
    phrases: FxHashMap<u64, Phrase>,
    windows: Windows,
}

impl Hidden {
    /// Those of a site; `None` when all of its pages are published.
    pub fn of(site: &Site) -> Option<Self> {
        let written = || {
            site.topics()
                .flat_map(|topic| topic.documents.iter().flatten())
        };
        let kept_back: Vec<_> = written()
            .filter_map(|written| Some((&written.document, written.hidden?)))
            .collect();
        if kept_back.is_empty() {
            return None;
        }
        let mut phrases = FxHashMap::default();
        let mut lengths = FxHashSet::from_iter([RUN]);
        for (page, (document, _)) in kept_back.iter().enumerate() {
            add_names(page, document, &mut phrases, &mut lengths);
        }
        let windows = Windows::new(lengths);
        for (page, (document, _)) in kept_back.iter().enumerate() {
            runs_of(&document.source, &windows, &mut |length, hash, span| {
                if length == RUN {
                    phrases.entry(hash).or_insert(Phrase { page, span });
                }
            });
        }
        let hidden: FxHashSet<&str> = kept_back
            .iter()
            .map(|(document, _)| document.path.as_str())
            .collect();
        let files: Vec<_> = site
            .inputs
            .files()
            .map(|(path, _)| path)
            .filter(|path| !hidden.contains(path.as_str()))
            .collect();
        let said: Vec<Vec<u64>> = files
            .par_iter()
            .filter_map(|path| site.inputs.text_of(path))
            .map(|text| {
                let mut said = Vec::new();
                runs_of(text, &windows, &mut |_, hash, _| {
                    if phrases.contains_key(&hash) {
                        said.push(hash);
                    }
                });
                said
            })
            .collect();
        for hash in said.into_iter().flatten() {
            phrases.remove(&hash);
        }
        Some(Self {
            pages: kept_back
                .iter()
                .map(|(document, reason)| (document.path.clone(), *reason))
                .collect(),
            phrases,
            windows,
        })
    }

    /// Looks for them in something that is published.
    pub fn look(
        &self,
        site: &Site,
        url: &UrlPath,
        route: &Route,
        text: &str,
        findings: &mut Vec<Diagnostic>,
    ) {
        let mut found: FxHashMap<usize, &Phrase> = FxHashMap::default();
        let mut look = |_: usize, hash: u64, _: Range<usize>| {
            if let Some(phrase) = self.phrases.get(&hash) {
                found.entry(phrase.page).or_insert(phrase);
            }
        };
        match route {
            Route::Page(_)
            | Route::Redirect(_)
            | Route::Feed(_)
            | Route::Sitemap
            | Route::SitemapPart(_) => {
                runs_of_html(text, &self.windows, &mut look);
            }
            Route::Export(..)
            | Route::Cards(_)
            | Route::Filter(_)
            | Route::Headers
            | Route::Robots => {
                runs_of(text, &self.windows, &mut look);
            }
            // Somebody's own files, which say what they say.
            Route::Asset(_) | Route::File(_) => return,
        }
        for phrase in found.into_values() {
            let (path, reason) = &self.pages[phrase.page];
            let words = site
                .inputs
                .text_of(path)
                .map_or("", |text| &text[phrase.span.clone()]);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let message = if words.is_empty() {
                format!("`{url}` holds the name of a page that {}", reason.reason())
            } else {
                format!(
                    "`{url}` holds words of a page that {}: `{words}`",
                    reason.reason()
                )
            };
            let finding = Diagnostic::new(Code::DraftInOutput, message)
                .at(path, phrase.span.clone(), "not published")
                .help("take them out of what shows them, most likely a template or a list; or publish the page");
            let shown_by = match route {
                Route::Page(id) => site.page(*id).document.as_deref(),
                _ => None,
            };
            findings.push(match shown_by {
                Some(document) => at_document(finding, document),
                None => finding,
            });
        }
    }
}

fn add_names(
    page: usize,
    document: &Document,
    phrases: &mut FxHashMap<u64, Phrase>,
    lengths: &mut FxHashSet<usize>,
) {
    let keys = &document.front_matter;
    let titles = keys.title.iter().chain(&keys.short_title);
    let titles = titles.map(|title| (title.value.as_str(), title.span.clone(), FEWEST_OF_A_TITLE));
    let stem = document
        .path
        .file_name()
        .split('.')
        .next()
        .unwrap_or_default();
    for (text, span, fewest) in titles.chain([(stem, 0..0, FEWEST_OF_A_FILE)]) {
        let mut length = 0;
        let mut hash = 0u64;
        each_word(text, 0, &mut |word, _| {
            length += 1;
            hash = hash.wrapping_mul(BASE).wrapping_add(word);
        });
        if (fewest..=RUN).contains(&length) {
            phrases.entry(hash).or_insert(Phrase { page, span });
            lengths.insert(length);
        }
    }
}

const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The numbers of the last words, from which each run gets its own.
#[derive(Debug, Clone)]
struct Windows {
    /// Lengths of runs, each with the power that takes what came before out of its number.
    lengths: Vec<(usize, u64)>,
}

/// A text while its words come in.
struct Run<'w> {
    windows: &'w Windows,
    /// The number of all words before each of the last ones, and where that word begins.
    before: [(u64, usize); RUN + 1],
    all: u64,
    count: usize,
}

impl Windows {
    fn new(lengths: impl IntoIterator<Item = usize>) -> Self {
        let mut lengths: Vec<_> = lengths
            .into_iter()
            .map(|length| (length, BASE.wrapping_pow(length as u32)))
            .collect();
        lengths.sort_unstable();
        Self { lengths }
    }
}

impl<'w> Run<'w> {
    const fn new(windows: &'w Windows) -> Self {
        Self {
            windows,
            before: [(0, 0); RUN + 1],
            all: 0,
            count: 0,
        }
    }

    fn word(
        &mut self,
        word: u64,
        span: Range<usize>,
        take: &mut dyn FnMut(usize, u64, Range<usize>),
    ) {
        self.before[self.count % (RUN + 1)] = (self.all, span.start);
        self.count += 1;
        self.all = self.all.wrapping_mul(BASE).wrapping_add(word);
        for &(length, power) in &self.windows.lengths {
            if self.count >= length {
                let (before, start) = self.before[(self.count - length) % (RUN + 1)];
                let hash = self.all.wrapping_sub(before.wrapping_mul(power));
                take(length, hash, start..span.end);
            }
        }
    }
}

/// Calls `take` with the number of every run of words of a plain text or of Markdown.
fn runs_of(text: &str, windows: &Windows, take: &mut dyn FnMut(usize, u64, Range<usize>)) {
    let mut run = Run::new(windows);
    let mut at = 0;
    // Where a link leads is not said to readers.
    while let Some(found) = text[at..].find("](") {
        let start = at + found;
        each_word(&text[at..start], at, &mut |word, span| {
            run.word(word, span, take)
        });
        at = text[start..]
            .find([')', '\n'])
            .map_or(text.len(), |end| start + end);
    }
    each_word(&text[at..], at, &mut |word, span| {
        run.word(word, span, take)
    });
}

/// The same for HTML and XML: the words of each block are a text, and so is each value.
fn runs_of_html(html: &str, windows: &Windows, take: &mut dyn FnMut(usize, u64, Range<usize>)) {
    const WITHIN: [&str; 16] = [
        "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "q", "small",
        "span", "strong", "sup",
    ];
    let mut run = Run::new(windows);
    let mut reader = Reader::new(html);
    while let Some(piece) = reader.next() {
        match piece {
            Piece::Start { name, .. } => {
                if !WITHIN.contains(&&html[name]) {
                    run = Run::new(windows);
                }
                for (_, value) in reader.attributes().all() {
                    if value.len() > 6 {
                        let mut run = Run::new(windows);
                        each_word(value, 0, &mut |word, span| run.word(word, span, take));
                    }
                }
            }
            Piece::End { name, .. } => {
                if !WITHIN.contains(&&html[name]) {
                    run = Run::new(windows);
                }
            }
            Piece::Words(span) => {
                each_word(&html[span.clone()], span.start, &mut |word, span| {
                    run.word(word, span, take)
                });
            }
            Piece::Doctype => {}
        }
    }
}

/// Calls `take` with a number and the place of each word; `offset` is where the text begins.
fn each_word(text: &str, offset: usize, take: &mut dyn FnMut(u64, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'&' {
            // An entity stands for a mark, or for a letter that no generator of ours writes so.
            let end = bytes[at..].iter().take(10).position(|byte| *byte == b';');
            at += end.map_or(1, |end| end + 1);
        } else if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            let start = at;
            let mut word = 0xcbf2_9ce4_8422_2325u64;
            let mut letters = 0;
            while let Some(letter) = text[at..].chars().next().filter(|c| c.is_alphanumeric()) {
                for small in letter.to_lowercase() {
                    word = (word ^ u64::from(u32::from(small))).wrapping_mul(0x0100_0000_01b3);
                }
                letters += 1;
                at += letter.len_utf8();
            }
            if letters == 0 {
                // A dash or a quotation mark of more than one byte.
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            } else {
                take(word ^ (word >> 29), offset + start..offset + at);
            }
        } else {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(markdown: &str, html: &str) -> Vec<String> {
        let windows = Windows::new([RUN]);
        let mut known = FxHashMap::default();
        runs_of(markdown, &windows, &mut |_, hash, span| {
            known.insert(hash, span);
        });
        let mut found = Vec::new();
        runs_of_html(html, &windows, &mut |_, hash, _| {
            if let Some(span) = known.get(&hash) {
                found.push(markdown[span.clone()].to_owned());
            }
        });
        found
    }

    #[test]
    fn eight_words_are_found_whatever_their_marks() {
        let written = "It's *one* two [three](four.md) — \"five\" six, SEVEN eight\nnine.";
        let published = "<p>X</p><p>It&#39;s <em>one</em> two <a href=\"../four/\">three</a> – “five” six, seven</p>";
        assert_eq!(shared(written, published).len(), 1);
        assert_eq!(
            shared(written, &published.replace("two", "too")),
            Vec::<String>::new()
        );
        let value = "<meta content=\"two three five six seven eight nine\"><meta content=\"one two three five six seven eight nine\">";
        assert_eq!(
            shared(written, value),
            ["one* two [three](four.md) — \"five\" six, SEVEN eight\nnine"]
        );
    }

    #[test]
    fn words_of_two_blocks_are_no_run() {
        let written = "one two three four five six seven eight";
        let published = "<p>one two three four</p><p>five six seven eight</p>";
        assert_eq!(shared(written, published), Vec::<String>::new());
    }
}
