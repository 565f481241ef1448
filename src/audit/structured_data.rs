//! The data about a page for search engines (JSON-LD), held against the page that they stand on.
//!
//! Only the kinds of schema.org that this program or an ordinary theme writes are known, and nothing is
//! said of others. To add one: a line in [`NEEDED`].

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::addresses::{Addresses, Leads};
use super::fault::Fault;
use super::tag::Tag;
use crate::diagnostic::Code;

/// What a thing of a kind needs.
const NEEDED: &[(&str, &[&str])] = &[
    ("Article", &["name|headline"]),
    ("MedicalWebPage", &["name"]),
    ("WebPage", &["name"]),
    ("AboutPage", &["name"]),
    ("FAQPage", &["name|mainEntity"]),
    ("Question", &["name"]),
    ("Answer", &["text"]),
    ("WebSite", &["name", "url"]),
    ("Person", &["name"]),
    ("Organization", &["name"]),
    ("BreadcrumbList", &["itemListElement"]),
    ("ListItem", &["position", "name|item"]),
];

/// Kinds that stand for the page itself.
const PAGES: [&str; 5] = [
    "Article",
    "MedicalWebPage",
    "WebPage",
    "AboutPage",
    "FAQPage",
];

/// Fields that hold a day.
const DAYS: [&str; 4] = [
    "datePublished",
    "dateModified",
    "lastReviewed",
    "dateCreated",
];

/// What a page shows, as far as its data may speak of it.
#[derive(Debug, Default)]
pub struct Shown<'h> {
    language: Cow<'h, str>,
    title: &'h str,
    heading: String,
    is_in_heading: bool,
    canonical: Option<Cow<'h, str>>,
    data: Vec<(&'h str, Range<usize>)>,
    /// The tag before the words that come next.
    tag: Range<usize>,
}

impl<'h> Shown<'h> {
    /// A tag; gives the element whose words are wanted.
    pub fn start(&mut self, tag: &Tag<'_, 'h>) -> Option<&'static str> {
        let attributes = &tag.attributes;
        match tag.name {
            "html" => self.language = attributes.get("lang").unwrap_or_default(),
            "title" => return Some("title"),
            "h1" => self.is_in_heading = true,
            "link" if attributes.get("rel").as_deref() == Some("canonical") => {
                self.canonical = attributes.get("href");
            }
            "script" => {
                let kind = attributes.get("type").unwrap_or_default();
                if kind.trim().eq_ignore_ascii_case("application/ld+json") {
                    self.tag = tag.span.clone();
                    return Some("script");
                }
            }
            _ => {}
        }
        None
    }

    /// An end tag.
    pub fn ended(&mut self, name: &str) {
        if name == "h1" {
            self.is_in_heading = false;
        }
    }

    /// The words of the title.
    pub fn title(&mut self, words: &'h str) {
        if self.title.is_empty() {
            self.title = words;
        }
    }

    /// Any words of the page.
    pub fn text(&mut self, words: &str) {
        if self.is_in_heading {
            self.heading.push_str(words);
        }
    }

    /// Data of the page.
    pub fn data(&mut self, json: &'h str) {
        self.data.push((json, self.tag.clone()));
    }
}

/// Holds the data of a page against it.
pub fn check(shown: &Shown<'_>, file: &str, addresses: &Addresses, faults: &mut Vec<Fault>) {
    for (json, span) in &shown.data {
        let mut wrong = Vec::new();
        match serde_json::from_str::<Value>(json) {
            Ok(whole) => {
                if !has_context(&whole) {
                    wrong.push(
                        "they do not say that they are in the words of schema.org".to_owned(),
                    );
                }
                let against = Against {
                    shown,
                    file,
                    addresses,
                };
                against.thing(&whole, &mut wrong);
            }
            Err(error) => wrong.push(format!("they are no JSON: {error}")),
        }
        for what in wrong {
            let message = format!("data for search engines: {what}");
            faults.push(
                Fault::new(Code::StructuredData, message, span)
                    .help("mend what the template writes into `<script type=\"application/ld+json\">`, or take it away: search engines show it in place of the page"),
            );
        }
    }
}

fn has_context(whole: &Value) -> bool {
    let says = |value: &Value| {
        value
            .get("@context")
            .is_some_and(|context| context.to_string().contains("schema.org"))
    };
    match whole {
        Value::Array(things) => things.iter().all(says),
        _ => says(whole),
    }
}

/// What the data are held against.
struct Against<'a, 'h> {
    shown: &'a Shown<'h>,
    file: &'a str,
    addresses: &'a Addresses,
}

impl Against<'_, '_> {
    fn thing(&self, value: &Value, wrong: &mut Vec<String>) {
        match value {
            Value::Array(things) => things.iter().for_each(|thing| self.thing(thing, wrong)),
            Value::Object(fields) => {
                for kind in kinds(value) {
                    self.kind(kind, value, wrong);
                }
                for (name, field) in fields {
                    self.field(name, field, wrong);
                    self.thing(field, wrong);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn kind(&self, kind: &str, thing: &Value, wrong: &mut Vec<String>) {
        let needed = NEEDED.iter().find(|(known, _)| *known == kind);
        for names in needed.iter().flat_map(|(_, names)| names.iter()) {
            let has = |name: &str| match thing.get(name) {
                None | Some(Value::Null) => false,
                Some(Value::String(text)) => !text.trim().is_empty(),
                Some(Value::Array(list)) => !list.is_empty(),
                Some(_) => true,
            };
            if !names.split('|').any(has) {
                wrong.push(format!(
                    "a `{kind}` has no `{}`",
                    names.replace('|', "` and no `")
                ));
            }
        }
        if PAGES.contains(&kind) && self.is_of_this_page(thing) {
            self.page(thing, wrong);
        }
    }

    /// Whether a thing stands for the page that it stands on.
    fn is_of_this_page(&self, thing: &Value) -> bool {
        let url = thing.get("url").and_then(Value::as_str);
        match (url, &self.shown.canonical) {
            (Some(url), Some(canonical)) => url == canonical,
            (_, _) => false,
        }
    }

    fn page(&self, thing: &Value, wrong: &mut Vec<String>) {
        let text = |name: &str| thing.get(name).and_then(Value::as_str);
        if let Some(name) = text("name").or_else(|| text("headline")) {
            let name = letters(name);
            let is_shown = [self.shown.title, self.shown.heading.as_str()]
                .iter()
                .map(|shown| letters(shown))
                // A theme may add the name of the site to either.
                .any(|shown| shown.contains(&name) || (shown.len() > 3 && name.contains(&shown)));
            if !is_shown {
                let written = text("name")
                    .or_else(|| text("headline"))
                    .unwrap_or_default();
                wrong.push(format!(
                    "they call the page `{written}`, and neither its `<title>` nor its `<h1>` does"
                ));
            }
        }
        if let Some(language) = text("inLanguage")
            && !self.shown.language.is_empty()
            && !language.eq_ignore_ascii_case(&self.shown.language)
        {
            wrong.push(format!(
                "they say that the page is in `{language}`, and it is in `{}`",
                self.shown.language
            ));
        }
        if thing.get("reviewedBy").is_some() != thing.get("lastReviewed").is_some()
            && thing.get("lastReviewed").is_none()
        {
            wrong.push("they name a reviewer and no day of the review".to_owned());
        }
    }

    fn field(&self, name: &str, value: &Value, wrong: &mut Vec<String>) {
        let Some(text) = value.as_str() else {
            return;
        };
        if DAYS.contains(&name) && day(text).is_none() {
            wrong.push(format!(
                "`{name}` is `{text}`, and no day such as `2026-11-22`"
            ));
        }
        if matches!(name, "url" | "item" | "image" | "logo" | "mainEntityOfPage")
            && let Leads::Nowhere(why) = self.addresses.follow(self.file, text)
        {
            wrong.push(format!("`{text}` {why}"));
        }
    }
}

fn kinds(thing: &Value) -> Vec<&str> {
    match thing.get("@type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(_) | None => Vec::new(),
    }
}

fn day(text: &str) -> Option<jiff::civil::Date> {
    text.get(..10)?.parse().ok()
}

/// The letters and digits of a text, its entities left out: enough to tell whether two are the same.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        letters.push_str(&rest[..start]);
        let length = rest[start..].find(';').filter(|length| *length < 10);
        rest = &rest[start + length.unwrap_or(0) + 1..];
    }
    letters.push_str(rest);
    letters.retain(char::is_alphanumeric);
    letters.to_lowercase()
}
