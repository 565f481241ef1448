//! Marks the words of the glossary in a finished text, each where the page first uses it.
//!
//! One pass over the HTML that knows tags: it passes over what must not hold another link, what is no
//! running text, and whatever a theme says to leave alone with `data-unmarked`. A link that an author
//! has set to a term counts as a use, and becomes a mark too.

use std::ops::Range;

use super::body::BodyRenderer;
use super::views::Views;
use crate::site::glossary::Glossary;
use crate::site::{LanguageId, Page, PageId, PageKind, Site};
use crate::theme::contract;
use crate::theme::shape::Html;

/// A theme writes it on an element in which nothing is to be marked.
const UNMARKED: &str = "data-unmarked";

/// The terms that a page uses, as far as its texts have been marked.
pub struct Marker<'a> {
    site: &'a Site,
    glossary: &'a Glossary,
    /// How links of this page to a glossary begin, up to the `#`.
    addresses: Vec<String>,
    /// By term: whether it may be marked where it is not linked.
    is_open: Vec<bool>,
    /// The terms that are marked, in order.
    marked: Vec<usize>,
}

impl<'a> Marker<'a> {
    /// For a page; `None` when nothing is marked there.
    pub fn new(site: &'a Site, id: PageId, root: &str) -> Option<Self> {
        let page = site.page(id);
        let glossary = site.glossary(page.text_language);
        if glossary.is_empty() || page.kind == PageKind::Glossary {
            return None;
        }
        let mut is_open: Vec<_> = glossary.terms.iter().map(|term| term.is_found).collect();
        for name in page.keys.unmarked.iter().flatten() {
            if let Some(term) = glossary.named(&name.value) {
                is_open[term] = false;
            }
        }
        let mut addresses = Vec::new();
        for term in &glossary.terms {
            let here = site.counterpart(term.page, page.language);
            for id in here.into_iter().chain([term.page]) {
                let address = format!("{root}{}#", site.page_address(id));
                if !addresses.contains(&address) {
                    addresses.push(address);
                }
            }
        }
        Some(Self {
            site,
            glossary,
            addresses,
            is_open,
            marked: Vec::new(),
        })
    }

    /// Marks what a text uses first.
    pub fn mark(&mut self, html: &mut Html) {
        let mut writer = Writer {
            from: &html.0,
            html: String::new(),
            copied: 0,
        };
        self.walk(&mut writer);
        if writer.copied > 0 {
            writer.copy(html.0.len());
            let marked = writer.html;
            html.0 = marked;
        }
    }

    /// The terms for the template, in the order in which the page uses them.
    pub fn terms(self, views: &Views, page: &Page, root: &str) -> Vec<contract::Term> {
        let meanings = views.meanings(self.site, page.text_language);
        let known = self.marked.iter().map(|place| {
            let term = &self.glossary.terms[*place];
            contract::Term {
                id: element_id(&term.id),
                title: term.names.first().cloned().unwrap_or_default(),
                meaning: meanings[*place].on_page(root),
                url: format!("{}#{}", self.site.page_address(term.page), term.id),
            }
        });
        known.collect()
    }

    fn walk(&mut self, writer: &mut Writer<'_>) {
        let html = writer.from;
        let mut at = 0;
        while at < html.len() {
            let text_end = html[at..].find('<').map_or(html.len(), |place| at + place);
            self.text(at..text_end, writer);
            at = text_end;
            let Some(tag) = Tag::read(html, at) else {
                break;
            };
            if tag.name == "a" && !tag.is_end {
                self.link(&tag, writer);
            }
            let is_opaque = is_opaque(tag.name) || tag.text.contains(UNMARKED);
            at = if is_opaque && !tag.is_end {
                tag.element_end(html)
            } else {
                tag.place.end
            };
        }
    }

    fn text(&mut self, place: Range<usize>, writer: &mut Writer<'_>) {
        let html = writer.from;
        let text = &html[place.clone()];
        let mut rest = text.char_indices();
        // Whether the sign before is part of a word, or joins one to what comes.
        let mut is_inside = html[..place.start].ends_with(char::is_alphanumeric);
        while let Some((start, c)) = rest.next() {
            let begins = c.is_alphanumeric() && !is_inside;
            is_inside = c.is_alphanumeric() || matches!(c, '-' | '\u{2011}' | '&');
            if !begins {
                continue;
            }
            let Some((term, length)) = self.glossary.find(&text[start..]) else {
                continue;
            };
            let end = start + length;
            // A longer name holds shorter ones, which are not used by it.
            while rest.clone().next().is_some_and(|(place, _)| place < end) {
                rest.next();
            }
            is_inside = true;
            if self.is_open[term] && !self.marked.contains(&term) {
                writer.copy(place.start + start);
                writer.push_link(&self.glossary.terms[term].id);
                writer.copy(place.start + end);
                writer.html.push_str("</a>");
                self.marked.push(term);
            }
        }
    }

    /// A link to a term becomes a mark.
    fn link(&mut self, tag: &Tag<'_>, writer: &mut Writer<'_>) {
        let Some(target) = tag.attribute("href") else {
            return;
        };
        let mut addresses = self.addresses.iter();
        let Some(id) = addresses.find_map(|address| target.strip_prefix(address.as_str())) else {
            return;
        };
        let Some(term) = self.glossary.terms.iter().position(|term| term.id == id) else {
            return;
        };
        writer.copy(tag.place.start);
        writer.push_link(id);
        writer.copied = tag.place.end;
        if !self.marked.contains(&term) {
            self.marked.push(term);
        }
    }
}

/// What a term means, ready for any page.
#[derive(Debug)]
pub struct Meaning(String);

/// Stands for the way to the site's root. No text holds it: XML and HTML have no such sign.
const ROOT: &str = "\u{1}";

impl Meaning {
    fn on_page(&self, root: &str) -> Html {
        Html(self.0.replace(ROOT, root))
    }
}

/// What the terms of a language mean, in their order.
pub fn meanings(site: &Site, views: &Views, language: LanguageId) -> Vec<Meaning> {
    let mut renderer: Option<(PageId, BodyRenderer<'_>)> = None;
    let mut meanings = Vec::new();
    for term in &site.glossary(language).terms {
        let Some(document) = &site.page(term.page).document else {
            continue; // A glossary is gathered from documents alone.
        };
        let known = renderer.take().filter(|(page, _)| *page == term.page);
        let (_, texts) = renderer.insert(known.unwrap_or_else(|| {
            let texts = BodyRenderer::new(site, views, document, term.page, ROOT);
            (term.page, texts)
        }));
        meanings.push(Meaning(texts.meaning(&document.body, term.place).0));
    }
    meanings
}

/// True for elements in which nothing is marked.
fn is_opaque(name: &str) -> bool {
    matches!(
        name,
        "a" | "button"
            | "code"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "label"
            | "math"
            | "pre"
            | "script"
            | "select"
            | "style"
            | "summary"
            | "svg"
            | "template"
    )
}

/// The id of a term's element on a page that uses it.
fn element_id(id: &str) -> String {
    format!("term-{id}")
}

/// What is written, and how much of what there was it holds already.
struct Writer<'a> {
    from: &'a str,
    html: String,
    copied: usize,
}

impl Writer<'_> {
    fn copy(&mut self, end: usize) {
        self.html.push_str(&self.from[self.copied..end]);
        self.copied = end;
    }

    fn push_link(&mut self, id: &str) {
        self.html.push_str("<a class=\"term\" href=\"#");
        self.html.push_str(&element_id(id));
        self.html.push_str("\">");
    }
}

/// A tag of the HTML that templates made.
struct Tag<'a> {
    name: &'a str,
    /// All of it.
    text: &'a str,
    place: Range<usize>,
    is_end: bool,
}

impl<'a> Tag<'a> {
    /// The tag or comment at a `<`; `None` at the end of the text, or when it is not closed.
    fn read(html: &'a str, start: usize) -> Option<Self> {
        let rest = html.get(start..).filter(|rest| rest.starts_with('<'))?;
        if let Some(comment) = rest.strip_prefix("<!--") {
            let length = comment.find("-->")? + 7;
            return Some(Self {
                name: "",
                text: &rest[..length],
                place: start..start + length,
                is_end: false,
            });
        }
        // A `>` inside a value stands behind an odd number of quotation marks.
        let mut end = 0;
        let mut marks = 0;
        loop {
            let next = end + rest[end..].find('>')? + 1;
            let more = rest.as_bytes()[end..next].iter();
            marks += more.filter(|byte| **byte == b'"').count();
            end = next;
            if marks % 2 == 0 {
                break;
            }
        }
        let text = &rest[..end];
        let is_end = text.starts_with("</");
        let name = &text[1 + usize::from(is_end)..];
        let name_end = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        Some(Self {
            name: &name[..name_end],
            text,
            place: start..start + end,
            is_end,
        })
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let start = self.text.find(&format!(" {name}=\""))? + name.len() + 3;
        self.text[start..].split('"').next()
    }

    /// Where its element ends.
    fn element_end(&self, html: &str) -> usize {
        let mut depth = 1;
        let mut at = self.place.end;
        while let Some(next) = html[at..].find('<') {
            let Some(tag) = Tag::read(html, at + next) else {
                break;
            };
            at = tag.place.end;
            if tag.name == self.name {
                if tag.is_end {
                    depth -= 1;
                } else if !tag.text.ends_with("/>") {
                    depth += 1;
                }
            }
            if depth == 0 {
                return at;
            }
        }
        html.len()
    }
}
