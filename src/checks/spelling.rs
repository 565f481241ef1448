//! Words that no dictionary has, on sites that ask for it with `[spelling]`.
//!
//! Titles, descriptions, headings, paragraphs, items, cells and descriptions of pictures are looked at;
//! code, addresses, citations and comments are not. Right are the words of the dictionary of the page's
//! language and of `content/dictionary.yaml`, and names: those of people, authors, works, tags and terms of the
//! glossary, and words with a capital letter that do not begin a sentence.
//!
//! To know more words by themselves: a line in `site::names_in_texts`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Subject;
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::reading::{passages, sentences};
use crate::spelling::Speller;

/// How often one word is reported on one page.
const MOST_OF_A_WORD: usize = 5;

/// Looks at every word of a document.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    let site = subject.site;
    let text_language = site.language_of(document);
    let speller = site.spelling.spellers.get(text_language.0);
    let Some(speller) = speller.and_then(Option::as_ref) else {
        return;
    };
    let mut search = Search {
        subject,
        speller,
        language: site.language_code(text_language),
        names: site.names_in_texts(),
        judged: BTreeMap::new(),
        findings,
    };
    for passage in passages(document) {
        search.text(&passage.prose.text, true, |place| passage.span(place));
    }
    let source = &*document.source;
    let headings = document.body.headings.iter();
    let headings = headings.map(|heading| heading.span.clone());
    let keys = &document.front_matter;
    let values = [&keys.title, &keys.short_title, &keys.description];
    let values = values.into_iter().flatten().map(|value| value.span.clone());
    let pictures = document.outline().pictures.iter();
    let pictures = pictures.filter(|picture| !picture.alt.trim().is_empty());
    let pictures = pictures.map(|picture| picture.span.clone());
    for span in headings.chain(values).chain(pictures) {
        let Some(written) = source.get(span.clone()) else {
            continue;
        };
        let plain = without_marks(written);
        search.text(&plain, false, |place| {
            place.start + span.start..place.end + span.start
        });
    }
}

struct Search<'a, 'd> {
    subject: &'a Subject<'d>,
    speller: &'a Speller,
    language: &'a str,
    /// Names, in small letters.
    names: &'a BTreeSet<String>,
    /// Every word that was looked at: how often it was wrong, and what may have been meant.
    judged: BTreeMap<String, Option<(usize, String)>>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Search<'_, '_> {
    fn text(
        &mut self,
        text: &str,
        is_prose: bool,
        place_of: impl Fn(Range<usize>) -> Range<usize>,
    ) {
        for sentence in sentences(text) {
            let mut is_first = true;
            for place in words(&text[sentence.clone()]) {
                let place = place.start + sentence.start..place.end + sentence.start;
                let word = &text[place.clone()];
                // Inside a sentence a capital letter makes a name. Titles may capitalise every word.
                let is_name = word.starts_with(char::is_uppercase) && !(is_first && is_prose);
                is_first = false;
                if !is_name {
                    self.word(word, place_of(place));
                }
            }
        }
    }

    fn word(&mut self, word: &str, place: Range<usize>) {
        if !self.judged.contains_key(word) {
            let verdict = (!self.is_right(word)).then(|| {
                let suggested = self.speller.suggest(word);
                (0, suggested.join("`, `"))
            });
            self.judged.insert(word.to_owned(), verdict);
        }
        let Some(Some((count, suggested))) = self.judged.get_mut(word) else {
            return;
        };
        *count += 1;
        if *count > MOST_OF_A_WORD {
            return;
        }
        let otherwise = "if it is right, add it to `content/dictionary.yaml`";
        let help = if suggested.is_empty() {
            otherwise.to_owned()
        } else {
            format!("did you mean `{suggested}`? {otherwise}")
        };
        self.findings.push(
            Diagnostic::new(
                Code::Misspelling,
                format!("the dictionary does not have `{word}`"),
            )
            .at(&self.subject.document.path, place, "")
            .help(help),
        );
    }

    fn is_right(&self, word: &str) -> bool {
        let is_abbreviation =
            !word.chars().any(char::is_lowercase) || word.chars().skip(1).any(char::is_uppercase);
        let plain = word.to_lowercase().replace('’', "'");
        let own = plain.strip_suffix("'s").unwrap_or(&plain);
        let own_words = &self.subject.site.own_words;
        let is_own = |word: &str| own_words.know(word, self.language) || self.names.contains(word);
        is_abbreviation
            || [plain.as_str(), own].into_iter().any(is_own)
            || self.speller.knows(word)
            // Parts of a word with hyphens may be right for different reasons.
            || (plain.contains('-')
                && plain.split('-').all(|part| {
                    part.is_empty() || is_own(part) || self.speller.knows(part)
                }))
    }
}

/// The places of words in a sentence: runs of letters with apostrophes and hyphens inside, of two letters
/// and more. What has digits, and addresses, are none.
fn words(sentence: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for run in sentence.split_inclusive(char::is_whitespace) {
        let start = from;
        from += run.len();
        let is_address = run.contains("://") || run.contains('@') || run.contains("www.");
        let is_file = run
            .trim_end_matches(|c: char| !c.is_alphanumeric())
            .contains('.');
        if is_address || is_file {
            continue;
        }
        let mut begin = None;
        for (index, c) in run.char_indices().chain([(run.len(), ' ')]) {
            let is_joint = matches!(c, '\'' | '’' | '-') && begin.is_some();
            let is_part = c.is_alphanumeric() || is_joint;
            match (begin, is_part) {
                (None, true) => begin = Some(index),
                (Some(first), false) => {
                    let word = run[first..index].trim_end_matches(['\'', '’', '-']);
                    let has_digit = word.chars().any(char::is_numeric);
                    if !has_digit && word.chars().count() > 1 {
                        found.push(start + first..start + first + word.len());
                    }
                    begin = None;
                }
                (None, false) | (Some(_), true) => {}
            }
        }
    }
    found
}

/// A stretch of Markdown with what readers do not read as words made blank, sign for sign: code, the
/// addresses of links, comments, ids, and citations.
fn without_marks(written: &str) -> String {
    let pairs = [
        ("](", ")"),
        ("`", "`"),
        ("<!--", "-->"),
        ("{#", "}"),
        ("[@", "]"),
        ("<", ">"),
    ];
    let mut plain = written.to_owned();
    for (open, close) in pairs {
        let mut from = 0;
        while let Some(start) = plain[from..].find(open).map(|at| at + from) {
            let inside = start + open.len();
            let Some(end) = plain[inside..]
                .find(close)
                .map(|at| at + inside + close.len())
            else {
                break;
            };
            plain.replace_range(start..end, &" ".repeat(end - start));
            from = end;
        }
    }
    plain
}

/// Says once which languages have no dictionary, and how to get them.
pub fn missing(
    settings: &config::Spelling,
    languages: &[(&str, Vec<String>)],
) -> Option<Diagnostic> {
    let (first, names) = languages.first()?;
    let codes: Vec<_> = languages.iter().map(|(code, _)| *code).collect();
    let name = names.first().map_or(*first, String::as_str);
    let package = name.replace('_', "-").to_lowercase();
    let of_debian = match package.split_once('-') {
        Some((code, country)) if code == country => code,
        Some(_) | None => package.as_str(),
    };
    let of_npm = of_debian;
    let message = format!("no dictionary for `{}`", codes.join("`, `"));
    Some(
        Diagnostic::new(Code::MissingDictionary, message)
            .at(&SourcePath::site_toml(), settings.span.clone(), "")
            .help(format!(
                "put `{name}.aff` and `{name}.dic` into `{}/` of the site, or install them: \
                 `apt install hunspell-{of_debian}` on Debian and Ubuntu, `npm install dictionary-{of_npm}` anywhere else",
                settings.folder
            )),
    )
}

/// Says that a dictionary is none.
pub fn unreadable(settings: &config::Spelling, name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MissingDictionary,
        format!("the dictionary `{name}` cannot be read"),
    )
    .at(&SourcePath::site_toml(), settings.span.clone(), why)
    .help("put a whole dictionary in its place, both the `.aff` and the `.dic` file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_addresses_are_none() {
        let text = "It’s well-known: see www.a.org, b@c.org, file.md or “1,208 men” (a 2nd).";
        let found: Vec<_> = words(text).into_iter().map(|place| &text[place]).collect();
        assert_eq!(found, ["It’s", "well-known", "see", "or", "men"]);
    }

    #[test]
    fn what_is_no_word_of_a_heading_is_blank() {
        let written = "## See [the page](wrng.md) `cod` {#idd}";
        let plain = without_marks(written);
        assert_eq!(plain.len(), written.len());
        assert_eq!(
            plain.split_whitespace().collect::<Vec<_>>(),
            ["##", "See", "[the", "page"]
        );
    }
}
