//! What the CSL engine gives, as HTML.
//!
//! The engine has a writer of HTML of its own, which escapes nothing and writes styles inline. This
//! one escapes everything, knows four elements (`<em>`, `<strong>`, `<sup>`, `<sub>`), and links only
//! where a browser may safely go.

use std::ops::RangeInclusive;

use citationberg::{FontStyle, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use super::title;

/// Stands where the number of a work will be. Letters of this private area are taken out of all
/// works beforehand, so nothing else looks like it.
pub(super) const NUMBER: char = '\u{e001}';

/// Stands for a hyphen that is no sign of a range, see [`item`](super::item).
pub(super) const HYPHEN: char = '\u{e003}';

/// Digits that the engine does not take for such.
const DIGITS: RangeInclusive<char> = '\u{e020}'..='\u{e029}';

/// A digit that the engine does not take for one.
pub(super) fn disguised(digit: u32) -> char {
    char::from_u32(u32::from(*DIGITS.start()) + digit).unwrap_or(HYPHEN)
}

/// What becomes of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// They lead where they say.
    Kept,
    /// Only their words are left: in marks, which are links themselves.
    Dropped,
}

/// A tree as HTML, with [`NUMBER`] in the place of the work's number.
pub(super) fn of_tree(tree: &ElemChildren, links: Links) -> String {
    let mut html = String::new();
    write_children(tree, links, &mut html);
    let html = title::unguarded(&html);
    with_inner_quotes(&without_double_stops(&with_markup(&html)))
}

/// Text as HTML.
pub(super) fn of_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

/// HTML as text: elements dropped, references resolved. Only for what this file wrote.
pub fn to_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = rest[start..].split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

fn write_children(children: &ElemChildren, links: Links, html: &mut String) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => write_formatted(&text.text, text.formatting, html),
            ElemChild::Elem(elem) if elem.meta == Some(ElemMeta::CitationNumber) => {
                write_number(&elem.children, html);
            }
            ElemChild::Elem(elem) => {
                // Parts that stand on a line of their own are words apart here.
                let needs_space = elem.display.is_some()
                    && !html.is_empty()
                    && !html.ends_with(char::is_whitespace);
                if needs_space {
                    html.push(' ');
                }
                write_children(&elem.children, links, html);
            }
            ElemChild::Markup(text) => escape(text, html),
            ElemChild::Link { text, url } => match safe_address(url) {
                Some(url) if links == Links::Kept => {
                    html.push_str("<a href=\"");
                    escape(&url, html);
                    html.push_str("\" rel=\"noreferrer noopener\">");
                    write_formatted(&text.text, text.formatting, html);
                    html.push_str("</a>");
                }
                Some(_) | None => write_formatted(&text.text, text.formatting, html),
            },
            // Only for locators that the caller prints, and ours are plain text.
            ElemChild::Transparent { .. } => {}
        }
    }
}

/// The number with what the style puts around it, such as `[` and `]`, its digits left open.
fn write_number(children: &ElemChildren, html: &mut String) {
    let mut printed = String::new();
    write_children(children, Links::Dropped, &mut printed);
    let digits = printed.find(|letter: char| letter.is_ascii_digit());
    let Some(start) = digits else {
        html.push_str(&printed);
        return;
    };
    let end = printed[start..]
        .find(|letter: char| !letter.is_ascii_digit())
        .map_or(printed.len(), |length| start + length);
    html.push_str(&printed[..start]);
    html.push(NUMBER);
    html.push_str(&printed[end..]);
}

fn write_formatted(text: &str, formatting: Formatting, html: &mut String) {
    if text.is_empty() {
        return;
    }
    let mut elements: Vec<&str> = Vec::new();
    if formatting.font_style == FontStyle::Italic {
        elements.push("em");
    }
    if formatting.font_weight == FontWeight::Bold {
        elements.push("strong");
    }
    match formatting.vertical_align {
        VerticalAlign::Sup => elements.push("sup"),
        VerticalAlign::Sub => elements.push("sub"),
        VerticalAlign::None | VerticalAlign::Baseline => {}
    }
    for element in &elements {
        html.push('<');
        html.push_str(element);
        html.push('>');
    }
    escape(text, html);
    for element in elements.iter().rev() {
        html.push_str("</");
        html.push_str(element);
        html.push('>');
    }
}

fn escape(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            HYPHEN => html.push('-'),
            digit if DIGITS.contains(&digit) => {
                let digit = u32::from(digit) - u32::from(*DIGITS.start());
                html.extend(char::from_digit(digit, 10));
            }
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            letter => html.push(letter),
        }
    }
}

/// The few elements that titles may hold, as programs for references write them, with what becomes of
/// them.
const MARKUP: [(&str, &str, &str); 5] = [
    ("&lt;i&gt;", "&lt;/i&gt;", "em"),
    ("&lt;b&gt;", "&lt;/b&gt;", "strong"),
    ("&lt;sup&gt;", "&lt;/sup&gt;", "sup"),
    ("&lt;sub&gt;", "&lt;/sub&gt;", "sub"),
    ("&lt;span class=&quot;nocase&quot;&gt;", "&lt;/span&gt;", ""),
];

/// Lets the markup of titles through where it opens and closes within one stretch of text.
fn with_markup(html: &str) -> String {
    let mut html = html.to_owned();
    for (open, close, element) in MARKUP {
        let mut from = 0;
        while let Some(start) = html[from..].find(open).map(|start| from + start) {
            let inner = start + open.len();
            let Some(length) = html[inner..].find(close) else {
                break;
            };
            let (begin, end) = if element.is_empty() {
                (String::new(), String::new())
            } else {
                (format!("<{element}>"), format!("</{element}>"))
            };
            let within = &html[inner..inner + length];
            // An element of the style that ends inside would be closed in the wrong order.
            if within.contains('<') {
                from = inner;
                continue;
            }
            let new = format!("{begin}{within}{end}");
            html.replace_range(start..inner + length + close.len(), &new);
            from = start + new.len();
        }
    }
    html
}

/// Drops marks that a style puts where there is nothing for them to part, or beside a stronger one:
/// "Is it?.", "(2014,)", "12 : 3".
fn without_double_stops(html: &str) -> String {
    let mut clean = String::with_capacity(html.len());
    let mut last = ' ';
    let mut is_tag = false;
    let mut rest = html.chars().peekable();
    while let Some(letter) = rest.next() {
        if is_tag || letter == '<' {
            is_tag = letter != '>';
            clean.push(letter);
            continue;
        }
        let is_asking = matches!(last, '?' | '!');
        match letter {
            '.' if is_asking => continue,
            ',' if is_asking && matches!(rest.peek(), Some('”' | '’' | '"')) => continue,
            ')' | '.' if clean.ends_with(',') => {
                clean.pop();
            }
            ':' if ends_with_number_and_space(&clean) => {
                clean.pop();
            }
            _ => {}
        }
        last = letter;
        clean.push(letter);
    }
    clean
}

fn ends_with_number_and_space(text: &str) -> bool {
    text.strip_suffix(' ')
        .is_some_and(|text| text.ends_with(|letter: char| letter.is_ascii_digit()))
}

/// Quotation marks within quotation marks are single ones.
fn with_inner_quotes(html: &str) -> String {
    if html.contains('„') || html.matches('“').count() < 2 {
        return html.to_owned();
    }
    let mut depth = 0_u32;
    html.chars()
        .map(|letter| match letter {
            '“' => {
                depth += 1;
                if depth > 1 { '‘' } else { '“' }
            }
            '”' => {
                let is_inner = depth > 1;
                depth = depth.saturating_sub(1);
                if is_inner { '’' } else { '”' }
            }
            letter => letter,
        })
        .collect()
}

/// An address a browser may be sent to, or `None`.
fn safe_address(url: &str) -> Option<String> {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    let is_clean = !url
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control());
    (is_web && is_clean).then(|| url.to_owned())
}
