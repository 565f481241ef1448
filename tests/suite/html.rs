//! HTML files taken apart, as far as tests need it: elements with their attributes and words, and
//! what is wrong with how they are nested.

use std::collections::BTreeMap;

use html5gum::{Token, Tokenizer};

/// An element that has begun.
pub struct Element {
    /// Its name, in lower case.
    pub name: String,
    /// Its attributes.
    pub attributes: BTreeMap<String, String>,
    /// The words inside it, in one line.
    pub words: String,
    /// The name of the element around it; empty for the outermost.
    pub parent: String,
}

/// A file taken apart.
pub struct Html {
    /// Its elements, in the order of their first tags.
    pub elements: Vec<Element>,
    /// What no browser should have to repair.
    pub mistakes: Vec<String>,
}

/// Elements that have no end.
const VOID: [&str; 12] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
];

/// Elements that end the paragraph they stand in, so that its own end tag is a stray one.
const BLOCKS: [&str; 22] = [
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "ul",
];

impl Html {
    /// Takes a file apart.
    pub fn read(text: &str) -> Self {
        let mut html = Self {
            elements: Vec::new(),
            mistakes: Vec::new(),
        };
        let mut open: Vec<usize> = Vec::new();
        for token in Tokenizer::new(text) {
            match token.expect("text has no read errors") {
                Token::StartTag(tag) => html.start(&mut open, tag),
                Token::EndTag(tag) => html.end(&mut open, &string(&tag.name)),
                Token::String(words) => html.words(&open, &string(&words.value)),
                Token::Error(error) => html.mistakes.push(format!("{}", error.value)),
                Token::Comment(_) => html.mistakes.push("a comment".to_owned()),
                Token::Doctype(_) => {}
            }
        }
        for index in open {
            html.mistakes
                .push(format!("<{}> has no end", html.elements[index].name));
        }
        html
    }

    fn start(&mut self, open: &mut Vec<usize>, tag: html5gum::StartTag<()>) {
        let name = string(&tag.name);
        let parent = open
            .last()
            .map_or("", |index| self.elements[*index].name.as_str());
        if parent == "p" && BLOCKS.contains(&name.as_str()) {
            self.mistakes.push(format!("<{name}> inside a paragraph"));
        }
        let is_void = tag.self_closing || VOID.contains(&name.as_str());
        let attributes = tag.attributes.iter();
        let element = Element {
            attributes: attributes
                .map(|(key, value)| (string(key), string(&value.value)))
                .collect(),
            words: String::new(),
            parent: parent.to_owned(),
            name,
        };
        if !is_void {
            open.push(self.elements.len());
        }
        self.elements.push(element);
    }

    fn end(&mut self, open: &mut Vec<usize>, name: &str) {
        match open.last().map(|index| self.elements[*index].name.clone()) {
            Some(innermost) if innermost == name => {
                open.pop();
            }
            Some(innermost) => self
                .mistakes
                .push(format!("</{name}> inside <{innermost}>")),
            None => self
                .mistakes
                .push(format!("</{name}> outside of everything")),
        }
    }

    fn words(&mut self, open: &[usize], words: &str) {
        for index in open {
            self.elements[*index].words.push_str(words);
        }
    }

    /// All elements of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements
            .iter()
            .filter(move |element| element.name == name)
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(|element| element.get("id"))
    }

    /// All addresses that the file names, each with its attribute.
    pub fn addresses(&self) -> Vec<(&Element, &str)> {
        let mut addresses = Vec::new();
        for element in &self.elements {
            for key in ["href", "src", "poster", "data", "action", "srcset"] {
                addresses.extend(element.get(key).map(|address| (element, address)));
            }
            if element.get("http-equiv") == Some("refresh") {
                let target = element
                    .get("content")
                    .and_then(|content| content.split_once("url="));
                addresses.extend(target.map(|(_, address)| (element, address)));
            }
        }
        addresses
    }
}

impl Element {
    /// An attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes.get(key).map(String::as_str)
    }
}

/// What stands between the first tag of an element and its end, tags included; `None` when the file
/// has no such element. For elements that never hold one of their own kind.
pub fn part<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let start = [format!("<{name} "), format!("<{name}>")]
        .iter()
        .filter_map(|tag| text.find(tag.as_str()))
        .min()?;
    let end = format!("</{name}>");
    let length = text[start..].rfind(&end)? + end.len();
    Some(&text[start..start + length])
}

/// The first element with a start tag that is written so, with everything in it. Others of its name
/// may stand inside.
pub fn balanced<'a>(text: &'a str, start_tag: &str) -> Option<&'a str> {
    let start = text.find(start_tag)?;
    let name = start_tag.trim_start_matches('<').split([' ', '>']).next()?;
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 0;
    let mut place = start;
    loop {
        let next_close = place + text[place..].find(&close)?;
        match text[place..next_close].find(&open) {
            Some(offset) => {
                depth += 1;
                place += offset + open.len();
            }
            None => {
                depth -= 1;
                place = next_close + close.len();
            }
        }
        if depth == 0 {
            return Some(&text[start..place]);
        }
    }
}

fn string(text: &html5gum::HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}
