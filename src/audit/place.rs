//! Who made a mistake in a finished page: an article, a template, or nobody that can be found.
//!
//! A page does not say which of its bytes came from where. What stands letter by letter in the article
//! is the article's; so are its words, when they stand in `<main>` and in the article. Else the tag is
//! looked for in the templates, where `{{ … }}` and `{% … %}` may stand for anything. What is in
//! neither is told at the title of the page.

use std::ops::Range;

use super::Seen;
use crate::document::Document;
use crate::path::SourcePath;
use crate::site::Site;

/// Words of fewer letters stand in too many places.
const FEWEST_LETTERS: usize = 4;

/// Where a mistake can be mended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the article.
    Article(SourcePath, usize, usize),
    /// In a template, which makes it on many pages.
    Template(SourcePath, usize, usize),
    /// Somewhere, for the page of this article.
    Page(SourcePath, usize, usize),
    /// Somewhere, for a page that nobody wrote.
    Nowhere,
}

/// The tags of all templates.
#[derive(Debug)]
pub struct Places {
    patterns: Vec<Pattern>,
}

/// A tag of a template.
#[derive(Debug)]
struct Pattern {
    path: SourcePath,
    span: Range<usize>,
    /// What stands before and after it, as far as it is near.
    before: String,
    after: String,
    /// What stands in it letter by letter, and whether it always does.
    parts: Vec<(String, bool)>,
}

impl Places {
    /// Reads the templates of a site's theme.
    pub fn new(site: &Site) -> Self {
        let mut patterns = Vec::new();
        for (path, text) in site.theme.template_texts() {
            tags(path, text, &mut patterns);
        }
        Self { patterns }
    }

    /// Where a mistake can be mended that a page has.
    pub fn of(&self, seen: &Seen, document: Option<&Document>) -> Place {
        if let Some(document) = document
            && let Some(span) = in_article(seen, &document.source)
        {
            return Place::Article(document.path.clone(), span.start, span.end);
        }
        let best = self
            .patterns
            .iter()
            .filter_map(|pattern| Some((pattern.matches(seen)?, pattern)))
            // The first of those that say as much: a child's before its parent's.
            .rev()
            .max_by_key(|(letters, _)| *letters);
        if let Some((_, pattern)) = best {
            let span = &pattern.span;
            return Place::Template(pattern.path.clone(), span.start, span.end);
        }
        document.map_or(Place::Nowhere, |document| {
            let span = document.title_span();
            Place::Page(document.path.clone(), span.start, span.end)
        })
    }
}

fn in_article(seen: &Seen, source: &str) -> Option<Range<usize>> {
    let is_tag = seen.piece.starts_with('<') && seen.piece.len() > 3;
    if is_tag && let Some(start) = source.find(&seen.piece) {
        return Some(start..start + seen.piece.len());
    }
    let words = seen.words.trim();
    if seen.is_in_main && words.chars().count() >= FEWEST_LETTERS {
        let start = source.find(words)?;
        return Some(start..start + words.len());
    }
    None
}

impl Pattern {
    /// How many letters of a tag and of what stands around it it gives, when it can give that tag.
    fn matches(&self, seen: &Seen) -> Option<usize> {
        let mut rest = seen.piece.as_str();
        let mut letters = 0;
        for (place, (part, is_always)) in self.parts.iter().enumerate() {
            let found = if place == 0 {
                rest.starts_with(part.as_str()).then_some(0)
            } else {
                rest.find(part.as_str())
            };
            match found {
                Some(start) => {
                    rest = &rest[start + part.len()..];
                    letters += part.len();
                }
                None if *is_always => return None,
                None => {}
            }
        }
        let after = self.after.bytes().zip(seen.after.bytes());
        let before = self.before.bytes().rev().zip(seen.before.bytes().rev());
        letters += after.take_while(|(a, b)| a == b).count();
        letters += before.take_while(|(a, b)| a == b).count();
        rest.is_empty().then_some(letters)
    }
}

/// Gathers the tags of a template.
fn tags(path: &SourcePath, text: &str, patterns: &mut Vec<Pattern>) {
    let mut at = 0;
    while let Some(found) = text[at..].find(['<', '{']) {
        let start = at + found;
        let rest = &text[start..];
        if let Some(length) = hole(rest) {
            at = start + length;
            continue;
        }
        let next = rest[1..].chars().next();
        if rest.starts_with('<') && next.is_some_and(|c| c.is_ascii_alphabetic() || c == '/') {
            let (parts, length) = parts_of_tag(rest);
            let end = start + length;
            patterns.push(Pattern {
                path: path.clone(),
                span: start..end,
                before: text[super::near_before(text, start)..start].to_owned(),
                after: text[end..super::near_after(text, end)].to_owned(),
                parts,
            });
            at = start + length;
        } else {
            at = start + 1;
        }
    }
}

/// The length of what a template fills in or decides, when it begins here.
fn hole(rest: &str) -> Option<usize> {
    let end = match rest.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        "{#" => "#}",
        _ => return None,
    };
    Some(
        rest[2..]
            .find(end)
            .map_or(rest.len(), |found| 2 + found + 2),
    )
}

fn parts_of_tag(tag: &str) -> (Vec<(String, bool)>, usize) {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut conditions = 0usize;
    let mut at = 0;
    while at < tag.len() {
        let rest = &tag[at..];
        if let Some(length) = hole(rest) {
            push(&mut parts, &mut part, conditions);
            let inner = rest[2..].trim_start_matches(['-', ' ']);
            if rest.starts_with("{%") && (inner.starts_with("if ") || inner.starts_with("for ")) {
                conditions += 1;
            } else if rest.starts_with("{%") && inner.starts_with("end") {
                conditions = conditions.saturating_sub(1);
            }
            at += length;
            continue;
        }
        let Some(letter) = rest.chars().next() else {
            break;
        };
        part.push(letter);
        at += letter.len_utf8();
        if letter == '>' && conditions == 0 {
            break;
        }
    }
    push(&mut parts, &mut part, conditions);
    (parts, at)
}

fn push(parts: &mut Vec<(String, bool)>, part: &mut String, conditions: usize) {
    if !part.is_empty() {
        parts.push((std::mem::take(part), conditions == 0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_the_template_that_makes_it() {
        let path = SourcePath::new("themes/mine/templates/a.html").expect("sound");
        let template = "<p>{% if a %}<a href=\"x\">{% endif %}\
            <a class=\"b{% if c %} d{% endif %}\" href=\"{{ root }}e/{{ f }}\"{% if g %} rel=\"h\"{% endif %}>{{ i }}</a>\
            <a href=\"{{ root }}\"></p>";
        let mut patterns = Vec::new();
        tags(&path, template, &mut patterns);
        let places = Places { patterns };
        let found = |tag: &str| {
            let seen = Seen {
                piece: tag.to_owned(),
                ..Seen::default()
            };
            match places.of(&seen, None) {
                Place::Template(_, start, end) => &template[start..end],
                Place::Article(..) | Place::Page(..) | Place::Nowhere => "",
            }
        };
        for (tag, expected) in [
            ("<a href=\"x\">", "<a href=\"x\">"),
            ("<a href=\"../\">", "<a href=\"{{ root }}\">"),
            ("</p>", "</p>"),
            ("<img src=\"x\">", ""),
        ] {
            assert_eq!(found(tag), expected, "{tag}");
        }
        for tag in [
            "<a class=\"b d\" href=\"../e/f\">",
            "<a class=\"b\" href=\"e/\" rel=\"h\">",
        ] {
            assert!(found(tag).starts_with("<a class=\"b{%"), "{tag}");
        }
    }
}
