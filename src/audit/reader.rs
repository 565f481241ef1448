//! A finished page, piece by piece: tags with their attributes, end tags, words, comments.
//!
//! It reads as [`crate::contacts::tags`] does, from front to back and without a copy, but tells end
//! tags and words too. It knows no element but those whose contents are words only; what may stand
//! where is in [`super::elements`].

use std::borrow::Cow;
use std::ops::Range;

use crate::contacts::tags::{
    Attribute, WORDS_ONLY, end_of_name, end_of_words, read_attributes, unescaped,
};

/// A piece of a page.
#[derive(Debug)]
pub enum Piece {
    /// A start tag; its attributes are in [`Reader::attributes`].
    Start {
        /// Where its name stands.
        name: Range<usize>,
        /// The whole tag.
        span: Range<usize>,
        /// Whether it ends with `/>`.
        closes_itself: bool,
    },
    /// An end tag.
    End {
        /// Where its name stands.
        name: Range<usize>,
        /// The whole tag.
        span: Range<usize>,
    },
    /// Words between tags, or all of what stands in an element such as `title`.
    Words(Range<usize>),
    /// `<!doctype html>`.
    Doctype,
}

/// Reads a page.
#[derive(Debug)]
pub struct Reader<'h> {
    html: &'h str,
    at: usize,
    attributes: Vec<Attribute>,
    /// The element that was begun last, while what follows is only words.
    words_of: Option<Range<usize>>,
}

impl<'h> Reader<'h> {
    /// For a page.
    pub const fn new(html: &'h str) -> Self {
        Self {
            html,
            at: 0,
            attributes: Vec::new(),
            words_of: None,
        }
    }

    /// The attributes of the tag that was read last.
    pub fn attributes(&self) -> Attributes<'_, 'h> {
        Attributes {
            html: self.html,
            places: &self.attributes,
        }
    }

    /// The next piece.
    pub fn next(&mut self) -> Option<Piece> {
        if let Some(name) = self.words_of.take() {
            let end = end_of_words(self.html, self.at, &self.html[name.clone()]);
            // That is the end of the name in the end tag, or of the page.
            let end = end.saturating_sub(name.len() + 2).max(self.at);
            let end = if self.html[end..].starts_with("</") {
                end
            } else {
                self.html.len()
            };
            return Some(self.words_until(end));
        }
        loop {
            let bytes = self.html.as_bytes();
            let start = self.at;
            let &first = bytes.get(start)?;
            if first != b'<' {
                let end = self.html[start..].find('<');
                return Some(self.words_until(end.map_or(bytes.len(), |end| start + end)));
            }
            match bytes.get(start + 1) {
                Some(letter) if letter.is_ascii_alphabetic() => return Some(self.start_tag()),
                Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    return Some(self.end_tag());
                }
                Some(b'!') if self.html[start..].starts_with("<!--") => {
                    let end = self.html[start + 2..].find("-->");
                    self.at = end.map_or(bytes.len(), |end| start + 2 + end + 3);
                }
                Some(b'!' | b'?') => {
                    let end = self.html[start..].find('>');
                    self.at = end.map_or(bytes.len(), |end| start + end + 1);
                    if bytes[start + 1] == b'!' {
                        return Some(Piece::Doctype);
                    }
                }
                Some(_) | None => {
                    let end = self.html[start + 1..].find('<');
                    return Some(self.words_until(end.map_or(bytes.len(), |end| start + 1 + end)));
                }
            }
        }
    }

    fn words_until(&mut self, end: usize) -> Piece {
        let words = self.at..end;
        self.at = end;
        Piece::Words(words)
    }

    fn start_tag(&mut self) -> Piece {
        let bytes = self.html.as_bytes();
        let start = self.at;
        let name = start + 1..end_of_name(bytes, start + 1);
        self.attributes.clear();
        let end = read_attributes(bytes, name.end, &mut self.attributes);
        self.at = (end + 1).min(bytes.len());
        // `<a href=x/>` has a value that ends with a slash.
        let after_values = self
            .attributes
            .last()
            .map_or(name.end, |(_, value)| value.end);
        let closes_itself = end > after_values && bytes.get(end - 1) == Some(&b'/');
        let written = &self.html[name.clone()];
        let is_words = WORDS_ONLY
            .iter()
            .any(|known| written.eq_ignore_ascii_case(known));
        if is_words && !closes_itself {
            self.words_of = Some(name.clone());
        }
        Piece::Start {
            name,
            span: start..self.at,
            closes_itself,
        }
    }

    fn end_tag(&mut self) -> Piece {
        let bytes = self.html.as_bytes();
        let start = self.at;
        let name = start + 2..end_of_name(bytes, start + 2);
        let end = self.html[name.end..].find('>');
        self.at = end.map_or(bytes.len(), |end| name.end + end + 1);
        Piece::End {
            name,
            span: start..self.at,
        }
    }
}

/// The attributes of a tag.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'r, 'h> {
    html: &'h str,
    places: &'r [Attribute],
}

impl<'h> Attributes<'_, 'h> {
    /// Each with its name and its value as they are written.
    pub fn all(&self) -> impl Iterator<Item = (&'h str, &'h str)> {
        let html = self.html;
        let places = self.places.iter();
        places.map(move |(name, value)| (&html[name.clone()], &html[value.clone()]))
    }

    /// The value of one, its entities resolved.
    pub fn get(&self, name: &str) -> Option<Cow<'h, str>> {
        let mut all = self.all();
        let (_, value) = all.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(unescaped(value))
    }

    /// Whether it is there.
    pub fn has(&self, name: &str) -> bool {
        self.all()
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    /// Whether it is there and says something.
    pub fn says(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| !value.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(html: &str) -> String {
        let mut reader = Reader::new(html);
        let mut found = Vec::new();
        while let Some(piece) = reader.next() {
            found.push(match piece {
                Piece::Start {
                    span,
                    closes_itself,
                    ..
                } => format!("{}{}", &html[span], if closes_itself { "." } else { "" }),
                Piece::End { name, .. } => format!("/{}", &html[name]),
                Piece::Words(words) => format!("{:?}", &html[words]),
                Piece::Doctype => "doctype".to_owned(),
            });
        }
        found.join(" ")
    }

    #[test]
    fn pieces_are_found_as_browsers_find_them() {
        for (html, expected) in [
            ("", ""),
            ("<!doctype html><p>a</p>", "doctype <p> \"a\" /p"),
            ("a < b", "\"a \" \"< b\""),
            ("<br/>é<a b='>'>", "<br/>. \"é\" <a b='>'>"),
            ("<a b=c/><a b='c'/>", "<a b=c/> <a b='c'/>."),
            ("<!-- <p> -->x<!-->y", "\"x\" \"y\""),
            (
                "<script>if (a<b) '</p>'</script>",
                "<script> \"if (a<b) '</p>'\" /script",
            ),
            ("<title></title>", "<title> \"\" /title"),
            ("<style>a", "<style> \"a\""),
            ("<p", "<p"),
            ("</p", "/p"),
        ] {
            assert_eq!(all(html), expected, "{html}");
        }
    }
}
