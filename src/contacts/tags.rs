//! The start tags of a page, as browsers find them: no comments, and nothing of what stands inside
//! scripts, styles and titles.
//!
//! Every byte of every page comes through here, so it reads once, from front to back, and copies
//! nothing but values that hold entities.

use std::borrow::Cow;
use std::ops::Range;

/// Elements whose contents are words, whatever they look like.
pub(crate) const WORDS_ONLY: [&str; 8] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];

/// Where an attribute's name and its value stand.
pub type Attribute = (Range<usize>, Range<usize>);

/// The start tags of a page, one after the other.
#[derive(Debug)]
pub struct Tags<'a> {
    html: &'a str,
    at: usize,
    attributes: Vec<Attribute>,
}

/// A start tag.
#[derive(Debug)]
pub struct Tag<'t> {
    html: &'t str,
    name: Range<usize>,
    end: usize,
    attributes: &'t [Attribute],
}

impl<'a> Tags<'a> {
    /// Those of a page.
    pub const fn new(html: &'a str) -> Self {
        Self {
            html,
            at: 0,
            attributes: Vec::new(),
        }
    }

    /// The next tag. It borrows from the whole, which keeps the room for its attributes.
    #[allow(clippy::should_implement_trait)] // An iterator could not lend.
    pub fn next(&mut self) -> Option<Tag<'_>> {
        let bytes = self.html.as_bytes();
        let name = loop {
            let start = self.at + self.html.get(self.at..)?.find('<')? + 1;
            match bytes.get(start)? {
                letter if letter.is_ascii_alphabetic() => break start..end_of_name(bytes, start),
                b'!' if self.html[start..].starts_with("!--") => {
                    let rest = &self.html[start..];
                    self.at = start + rest.find("-->").unwrap_or(rest.len());
                }
                _ => self.at = start,
            }
        };
        self.attributes.clear();
        let end = read_attributes(bytes, name.end, &mut self.attributes);
        self.at = end;
        let called = &self.html[name.clone()];
        if let Some(called) = WORDS_ONLY
            .iter()
            .find(|known| called.eq_ignore_ascii_case(known))
        {
            self.at = end_of_words(self.html, end, called);
        }
        Some(Tag {
            html: self.html,
            name,
            end,
            attributes: &self.attributes,
        })
    }
}

impl Tag<'_> {
    /// The name of the element, as it is written.
    pub fn name(&self) -> &str {
        &self.html[self.name.clone()]
    }

    /// Where the tag stands, with its `<` and `>`.
    pub fn span(&self) -> Range<usize> {
        self.name.start - 1..(self.end + 1).min(self.html.len())
    }

    /// The names of its attributes as they are written, and where they stand.
    pub fn names(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let names = self.attributes.iter().map(|(name, _)| name.clone());
        names.map(|name| (&self.html[name.clone()], name))
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.place(name).map(|(value, _)| value)
    }

    /// The value of an attribute, and where it stands.
    pub fn place(&self, name: &str) -> Option<(Cow<'_, str>, Range<usize>)> {
        let (_, value) = self
            .attributes
            .iter()
            .find(|(known, _)| self.html[known.clone()].eq_ignore_ascii_case(name))?;
        Some((unescaped(&self.html[value.clone()]), value.clone()))
    }
}

/// Where the name ends that begins here.
pub(crate) fn end_of_name(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    start + rest.iter().position(is_end).unwrap_or(rest.len())
}

/// Gathers the attributes of a tag whose name ends here; gives the place of its `>`, or the end.
pub(crate) fn read_attributes(
    bytes: &[u8],
    mut at: usize,
    attributes: &mut Vec<Attribute>,
) -> usize {
    let run = |mut at: usize, inside: fn(u8) -> bool| {
        while at < bytes.len() && inside(bytes[at]) {
            at += 1;
        }
        at
    };
    loop {
        at = run(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        if at >= bytes.len() || bytes[at] == b'>' {
            return at;
        }
        let name_end = run(at, |byte| {
            !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/')
        });
        // A stray `=` is the first letter of a name; without this step it would never end.
        let name = at..name_end.max(at + 1);
        at = run(name.end, |byte| byte.is_ascii_whitespace());
        if bytes.get(at) != Some(&b'=') {
            attributes.push((name, at..at));
            continue;
        }
        at = run(at + 1, |byte| byte.is_ascii_whitespace());
        let value = match bytes.get(at) {
            Some(b'"') => at + 1..run(at + 1, |byte| byte != b'"'),
            Some(b'\'') => at + 1..run(at + 1, |byte| byte != b'\''),
            Some(_) | None => at..run(at, |byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        let is_quoted = value.start > at;
        at = (value.end + usize::from(is_quoted)).min(bytes.len());
        attributes.push((name, value));
    }
}

/// Where the end tag of an element that holds words only begins.
pub(crate) fn end_of_words(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found + 2;
        let end = start + name.len();
        if html
            .as_bytes()
            .get(start..end)
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        {
            return end;
        }
        at = start;
    }
    html.len()
}

/// A value with the entities that templates and browsers write for `&`, quotation marks and slashes.
pub(crate) fn unescaped(value: &str) -> Cow<'_, str> {
    const ENTITIES: [(&str, &str); 9] = [
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&quot;", "\""),
        ("&#58;", ":"),
        ("&#x3a;", ":"),
        ("&#47;", "/"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ];
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let plain = ENTITIES
        .iter()
        .fold(value.to_owned(), |text, (entity, letter)| {
            let text = text.replace(entity, letter);
            text.replace(&entity.to_uppercase(), letter)
        });
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(html: &str) -> String {
        let mut tags = Tags::new(html);
        let mut found = Vec::new();
        while let Some(tag) = tags.next() {
            let attributes = tag.names().map(|(name, _)| {
                let value = tag.get(name).unwrap_or_default();
                format!(" {name}=[{value}]")
            });
            found.push(format!("{}{}", tag.name(), attributes.collect::<String>()));
        }
        found.join("|")
    }

    #[test]
    fn tags_are_found_as_browsers_find_them() {
        for (html, expected) in [
            ("", ""),
            ("<", ""),
            ("a < b <1> </p> <!doctype html>", ""),
            ("<p>é<b/>", "p|b"),
            (
                "<a b c=d e = 'f>' g=\"h i\">",
                "a b=[] c=[d] e=[f>] g=[h i]",
            ),
            ("<a href=x/y>", "a href=[x/y]"),
            ("<a b=\"&quot;&amp;&#39;\">", "a b=[\"&']"),
            ("<!-- <a> --><b>", "b"),
            ("<!-- <a>", ""),
            ("<script><a></SCRIPT><b>", "script|b"),
            ("<title><a></titled></title><b>", "title|b"),
            ("<style><a>", "style"),
            ("<a = b", "a ==[] b=[]"),
            ("<a b='", "a b=[]"),
            ("<a b", "a b=[]"),
        ] {
            assert_eq!(all(html), expected, "{html}");
        }
    }
}
