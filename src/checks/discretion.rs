//! Words that others than the reader would see, and that the site keeps from them.
//!
//! Others see the title of a tab, which is the discreet title and the site's name; the address; and the
//! names of files that a reader opens or keeps. The words are those of `[discretion]` in `site.toml`.
//! Old addresses are left alone: they are there for links that are out already. So are the names of
//! people, and those of sources: a page about a source shows its authors and year in the tab.
//!
//! To look at another place: a method of [`Search`], and its line in [`check`].

use std::ops::Range;

use deunicode::deunicode_char;
use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::slug;
use crate::path::{SourcePath, UrlPath};
use crate::site::{LanguageId, Page, PageKind, Site};

/// Looks for the words in everything that is published.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    let words = &site.config.discretion.words;
    if words.is_empty() {
        return;
    }
    let mut search = Search {
        site,
        words: words
            .iter()
            .map(|word| (folded(&word.value), word.value.as_str()))
            .collect(),
        seen: FxHashSet::default(),
        findings,
    };
    search.names_of_the_site();
    // A page that is not translated repeats the title and the address of the page that it shows.
    for page in site.pages().filter(|page| !page.is_fallback()) {
        search.title(page);
        search.address(page);
    }
    for (path, url) in site.files.iter() {
        search.file(path, url);
    }
}

struct Search<'a> {
    site: &'a Site,
    /// Each word as it is compared, and as it is written.
    words: Vec<(String, &'a str)>,
    /// The beginnings of addresses that were reported: a folder is one mistake, however much is in it.
    seen: FxHashSet<&'a str>,
    findings: &'a mut Vec<Diagnostic>,
}

/// Where something is written that can be changed.
type Place<'a> = (&'a SourcePath, Range<usize>);

impl<'a> Search<'a> {
    fn names_of_the_site(&mut self) {
        let settings = SourcePath::site_toml();
        let languages = &self.site.config.languages;
        for (index, language) in languages.iter().enumerate() {
            let is_first = index == 0 || language.title != languages[0].title;
            if let Some(word) = self.word_in(&language.title).filter(|_| is_first) {
                let message = format!("the site's title says `{word}`");
                self.findings.push(
                    Diagnostic::new(Code::RevealingWord, message)
                        .at(
                            &settings,
                            language.title_span.clone(),
                            "stands in the tab of every page",
                        )
                        .help("choose a name that a reader can leave open on the screen"),
                );
            }
        }
    }

    fn title(&mut self, page: &'a Page) {
        let Some(word) = self.word_in(page.short_title()) else {
            return;
        };
        let message = format!("the title of a tab says `{word}`");
        let finding = Diagnostic::new(Code::RevealingWord, message);
        let seen = "others can see it";
        let finding = if let Some(document) = &page.document {
            match &page.keys.short_title {
                Some(short) => finding
                    .at(&document.path, short.span.clone(), seen)
                    .help("write a `short_title` without it; `title` may keep it"),
                None => finding
                    .at(&document.path, document.title_span(), seen)
                    .help("add a line `short_title:` with a discreet title; `title` may keep the word"),
            }
        } else {
            // Folders and tags without a page of their own are found by their address; sources and
            // people have the names that they have.
            return;
        };
        self.findings.push(finding);
    }

    fn address(&mut self, page: &'a Page) {
        // A source has one key, and a page in each language.
        let is_repeated = page.source.is_some() && page.language != LanguageId::FIRST;
        if page.kind == PageKind::Person || is_repeated {
            return;
        }
        let Some((part, word)) = self.part_of_address(&page.url) else {
            return;
        };
        let finding = Diagnostic::new(
            Code::RevealingWord,
            format!("the address `{}` says `{word}`", page.url),
        );
        let part_label = format!("makes the part `{part}` of the address");
        let finding = if let Some(work) = page.source.map(|id| self.site.works.work(id)) {
            finding
                .at(&work.file, work.key.span.clone(), part_label)
                .help("choose another key, such as authors and year, here and where it is cited")
        } else if let Some((path, span)) = self.place_of_tag(page) {
            finding
                .at(path, span, part_label)
                .help("give the tag another name on every page that carries it")
        } else if let Some(document) = &page.document {
            finding.at(&document.path, 0..0, part_label).help(format!(
                "rename the file or its folder, and keep the old address: `aliases: [{}]`",
                page.url
            ))
        } else {
            finding.help(format!("rename the folder `{part}` below `content/`"))
        };
        self.findings.push(finding);
    }

    fn file(&mut self, path: &'a SourcePath, url: &'a UrlPath) {
        if let Some((_, word)) = self.part_of_address(url) {
            self.findings.push(
                Diagnostic::new(
                    Code::RevealingWord,
                    format!("the file `{url}` says `{word}`"),
                )
                .at(path, 0..0, "others can see its name")
                .help("rename it, or its folder, and write the new name where pages use it"),
            );
        }
    }

    /// Where the name of a page's tag is written first.
    fn place_of_tag(&self, page: &Page) -> Option<Place<'a>> {
        let name = page.tag.as_deref()?;
        let carrier = self.site.page(*page.children.first()?);
        let mut written = carrier.keys.tags.iter().flatten();
        let written = written.find(|tag| slug(&tag.value) == name)?;
        Some((&carrier.document.as_ref()?.path, written.span.clone()))
    }

    /// The first part of an address that says one of the words, if it was not found before.
    fn part_of_address(&mut self, url: &'a UrlPath) -> Option<(&'a str, &'a str)> {
        let address = url.relative();
        let mut end = 0;
        for part in address.split('/') {
            end += part.len();
            if let Some(word) = self.word_in(part) {
                return self.seen.insert(&address[..end]).then_some((part, word));
            }
            end += 1;
        }
        None
    }

    /// The first of the words that a text says.
    fn word_in(&self, text: &str) -> Option<&'a str> {
        let text = folded(text);
        let mut words = self.words.iter();
        words
            .find(|(folded, _)| text.contains(folded.as_str()))
            .map(|(_, written)| *written)
    }
}

/// A text as it is compared: words in small letters without accents, a space before each. So a word is
/// found where another begins with it (`sex` in `sexual`) and not inside of one (`Essex`).
///
/// Digits are words of their own, so that keys such as `doe2014grief` and `photo1` come apart.
fn folded(text: &str) -> String {
    #[derive(PartialEq)]
    enum Run {
        Nothing,
        Letters,
        Digits,
    }
    let mut folded = String::with_capacity(text.len() + 1);
    let mut last = Run::Nothing;
    for c in text.chars() {
        // An accent that is written as a sign of its own, and the apostrophe of "don't".
        if matches!(c, '\u{300}'..='\u{36f}' | '\'' | '\u{2019}') {
            continue;
        }
        let run = if c.is_numeric() {
            Run::Digits
        } else if c.is_alphabetic() {
            Run::Letters
        } else {
            Run::Nothing
        };
        // Signs that are words by themselves, as Chinese has them, are named with a space behind them.
        // Each stays what it is, because many of them sound alike.
        let plain = deunicode_char(c).unwrap_or("");
        let is_whole_word = plain.ends_with(' ');
        if run != Run::Nothing && (run != last || is_whole_word) {
            folded.push(' ');
        }
        if is_whole_word || plain.is_empty() && run != Run::Nothing {
            folded.push(c);
        } else if run != Run::Nothing {
            folded.extend(plain.chars().map(|c| c.to_ascii_lowercase()));
        }
        last = run;
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, text: &str, is_found: bool) {
        let found = folded(text).contains(&folded(word));
        assert_eq!(
            found,
            is_found,
            "{word} in {text}: {:?}, {:?}",
            folded(word),
            folded(text)
        );
    }

    #[test]
    fn a_word_is_found_where_a_word_begins_with_it() {
        check("sex", "Sex and rest", true);
        check("sex", "After sexual touch", true);
        check("sex", "same-sex_couples", true);
        check("sex", "Essex and Sussex", false);
        check("sex", "unisex", false);
        check("after sex", "Sleep after sex", true);
        check("after sex", "After Sussex", false);
    }

    #[test]
    fn neither_case_nor_accents_matter() {
        check("depresion", "La Depresión", true);
        check("depresión", "DEPRESION", true);
        check("depresión", "Depresio\u{301}n", true);
        check("dont", "Don\u{2019}t", true);
    }

    #[test]
    fn a_word_begins_after_a_digit_too() {
        check("grief", "doe2014grief", true);
        check("grief", "1grief.jpg", true);
        check("k2", "the k2", true);
        check("k2", "the k 3", false);
    }

    #[test]
    fn signs_that_are_words_are_found_anywhere_and_not_by_their_sound() {
        check("\u{6027}", "\u{9752}\u{6625}\u{6027}", true);
        check("\u{6027}", "\u{661f}", false);
    }
}
