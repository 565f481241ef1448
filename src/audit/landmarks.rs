//! What those who do not see a page find their way by: its language and title, `main`, headings,
//! labelled menus, the link that leads past them.

use std::ops::Range;

use super::fault::Fault;
use super::ids::Ids;
use super::tag::Tag;
use crate::diagnostic::Code;

/// What a page has of it.
#[derive(Debug, Default)]
pub struct Landmarks {
    html: Option<Range<usize>>,
    has_language: bool,
    titles: Vec<(Range<usize>, bool)>,
    has_charset: bool,
    has_viewport: bool,
    /// True for a page that only sends its reader on.
    is_redirect: bool,
    mains: Vec<(Range<usize>, String)>,
    ones: Vec<Range<usize>>,
    level: u8,
    /// Menus with their labels; none for those without one.
    menus: Vec<(Range<usize>, Option<String>)>,
    /// The first link of the page.
    first_link: Option<(Range<usize>, String)>,
    has_doctype: bool,
}

impl Landmarks {
    /// `<!doctype html>`.
    pub fn doctype(&mut self) {
        self.has_doctype = true;
    }

    /// A tag outside of drawings and templates.
    pub fn start(&mut self, tag: &Tag<'_, '_>, faults: &mut Vec<Fault>) {
        let attributes = &tag.attributes;
        match tag.name {
            "html" => {
                self.html = Some(tag.span.clone());
                self.has_language = attributes.says("lang");
            }
            "title" => self.titles.push((tag.span.clone(), false)),
            "meta" => self.meta(tag),
            "main" if !attributes.has("hidden") => {
                let id = attributes.get("id").unwrap_or_default().into_owned();
                self.mains.push((tag.span.clone(), id));
            }
            "nav" => {
                let label = ["aria-label", "aria-labelledby"]
                    .iter()
                    .find_map(|name| attributes.get(name))
                    .map(|label| label.trim().to_owned())
                    .filter(|label| !label.is_empty());
                self.menus.push((tag.span.clone(), label));
            }
            // Where the text comes first, there is nothing to skip.
            "a" if self.first_link.is_none() && self.mains.is_empty() => {
                self.first_link = attributes
                    .get("href")
                    .map(|href| (tag.span.clone(), href.into_owned()));
            }
            _ => self.heading(tag, faults),
        }
    }

    fn meta(&mut self, tag: &Tag<'_, '_>) {
        let attributes = &tag.attributes;
        let is = |name: &str, word: &str| {
            attributes
                .get(name)
                .is_some_and(|value| value.trim().eq_ignore_ascii_case(word))
        };
        self.has_charset |= is("charset", "utf-8") || is("http-equiv", "content-type");
        self.has_viewport |= is("name", "viewport");
        self.is_redirect |= is("http-equiv", "refresh");
    }

    fn heading(&mut self, tag: &Tag<'_, '_>, faults: &mut Vec<Fault>) {
        let level = match tag.name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => digit - b'0',
            _ => return,
        };
        if level == 1 {
            self.ones.push(tag.span.clone());
        }
        if self.level > 0 && level > self.level + 1 {
            let message = format!("`<h{level}>` follows `<h{}>`", self.level);
            faults.push(landmark(message, &tag.span).help(format!(
                "write `<h{}>`: a heading may be one step below the one before it",
                self.level + 1
            )));
        }
        self.level = level;
    }

    /// Words inside the element that was begun last.
    pub fn words_of_title(&mut self) {
        if let Some((_, has_words)) = self.titles.last_mut() {
            *has_words = true;
        }
    }

    /// The page is over.
    pub fn finish(&self, ids: &Ids<'_>, faults: &mut Vec<Fault>) {
        let start = self.html.clone().unwrap_or(0..0);
        self.finish_head(&start, faults);
        if self.is_redirect {
            return;
        }
        match self.mains.as_slice() {
            [] => faults.push(
                landmark("the page has no `<main>`".to_owned(), &start)
                    .help("put the page's own text into `<main>`: screen readers jump to it"),
            ),
            [_] => {}
            [_, second, ..] => faults.push(
                landmark("the page has two `<main>`".to_owned(), &second.0)
                    .help("keep the one that holds the page's own text"),
            ),
        }
        match self.ones.as_slice() {
            [] => faults.push(
                landmark("the page has no `<h1>`".to_owned(), &start)
                    .help("write the page's title as `<h1>`"),
            ),
            [_] => {}
            [_, second, ..] => faults.push(
                landmark("the page has two `<h1>`".to_owned(), second)
                    .help("write `<h1>` for the title of the page alone"),
            ),
        }
        self.finish_menus(faults);
        self.finish_skip_link(ids, &start, faults);
    }

    fn finish_head(&self, start: &Range<usize>, faults: &mut Vec<Fault>) {
        let title = self.titles.last().map_or(start, |(span, _)| span);
        let mut lacking = |message: &str, help: &str| {
            let place = if message.contains("`<title>`") {
                title
            } else {
                start
            };
            faults.push(Fault::new(Code::PageHead, message, place).help(help));
        };
        if !self.has_doctype {
            lacking(
                "the page does not begin with `<!doctype html>`",
                "write it as the first line: without it, browsers lay pages out as they did in 1998",
            );
        }
        if !self.has_language {
            lacking(
                "`<html>` has no `lang`",
                "write `<html lang=\"{{ page.language }}\">`: screen readers choose their voice by it",
            );
        }
        match self.titles.as_slice() {
            [(_, true)] => {}
            [(_, false)] => lacking(
                "the `<title>` is empty",
                "write the page's title into it: it is what a tab and the history show",
            ),
            [] => lacking(
                "the page has no `<title>`",
                "write one into the `<head>`: it is what a tab and the history show",
            ),
            [_, _, ..] => lacking("the page has two `<title>`", "keep one"),
        }
        if !self.has_charset {
            lacking(
                "the page does not say that it is UTF-8",
                "write `<meta charset=\"utf-8\">` first into the `<head>`",
            );
        }
        if !self.has_viewport && !self.is_redirect {
            lacking(
                "the page has no `viewport`",
                "write `<meta name=\"viewport\" content=\"width=device-width\">` into the `<head>`: without it, phones show it in tiny letters",
            );
        }
    }

    fn finish_menus(&self, faults: &mut Vec<Fault>) {
        if self.menus.len() < 2 {
            return;
        }
        for (place, (span, label)) in self.menus.iter().enumerate() {
            let before = self.menus[..place].iter().map(|(_, label)| label);
            if label.is_none() {
                faults.push(
                    landmark("one of several `<nav>` has no label".to_owned(), span)
                        .help("say with `aria-label` which it is: screen readers list them by it"),
                );
            } else if before.into_iter().any(|known| known == label) {
                let message = format!(
                    "two `<nav>` have the label `{}`",
                    label.as_deref().unwrap_or_default()
                );
                faults.push(
                    landmark(message, span)
                        .help("give each a label of its own: screen readers list them by it"),
                );
            }
        }
    }

    fn finish_skip_link(&self, ids: &Ids<'_>, start: &Range<usize>, faults: &mut Vec<Fault>) {
        let Some((_, main)) = self.mains.first() else {
            return;
        };
        let help = "write `<a href=\"#main\">` as the first link of the page and `id=\"main\"` on `<main>`: it spares those who use a keyboard the whole menu";
        match &self.first_link {
            None => {}
            Some((span, href)) => match href.strip_prefix('#') {
                None => faults.push(
                    landmark("no link leads past the menu to the text".to_owned(), start)
                        .help(help),
                ),
                // One that leads nowhere is told as a link.
                Some(target) if !ids.has(target) || target == main => {}
                Some(target) => {
                    let message = format!(
                        "the first link leads to `{target}`, and `<main>` is not called so"
                    );
                    faults.push(landmark(message, span).help(help));
                }
            },
        }
    }
}

fn landmark(message: String, span: &Range<usize>) -> Fault {
    Fault::new(Code::Landmark, message, span)
}
