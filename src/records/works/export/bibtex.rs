//! Works as biblatex.

use std::fmt::Write as _;

use citationberg::json::{NameValue, Value};

use crate::records::works::{Work, dates};

/// CSL types, each with the entry that stands for it. The others are `misc`. Where an entry stands for
/// several types, `entrysubtype` tells which.
const KINDS: &[(&str, &str)] = &[
    ("article-journal", "article"),
    ("article-magazine", "article"),
    ("article-newspaper", "article"),
    ("article", "online"),
    ("book", "book"),
    ("chapter", "incollection"),
    ("dataset", "dataset"),
    ("entry", "inreference"),
    ("entry-dictionary", "inreference"),
    ("entry-encyclopedia", "inreference"),
    ("graphic", "artwork"),
    ("legal_case", "jurisdiction"),
    ("legislation", "legislation"),
    ("manuscript", "unpublished"),
    ("motion_picture", "video"),
    ("pamphlet", "booklet"),
    ("paper-conference", "inproceedings"),
    ("patent", "patent"),
    ("performance", "performance"),
    ("periodical", "periodical"),
    ("personal_communication", "letter"),
    ("post", "online"),
    ("post-weblog", "online"),
    ("report", "report"),
    ("review", "review"),
    ("software", "software"),
    ("song", "audio"),
    ("speech", "unpublished"),
    ("standard", "standard"),
    ("thesis", "thesis"),
    ("webpage", "online"),
];

/// Variables and fields in the order in which they are written. `$` is a field that depends on the
/// kind of the entry.
const FIELDS: &[(&str, &str)] = &[
    ("author", "author"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("container-author", "bookauthor"),
    ("original-author", "origauthor"),
    ("director", "director"),
    ("title", "title"),
    ("title-short", "shorttitle"),
    ("container-title", "$"),
    ("container-title-short", "shortjournal"),
    ("original-title", "origtitle"),
    ("collection-title", "series"),
    ("genre", "type"),
    ("event-title", "eventtitle"),
    ("event-date", "eventdate"),
    ("event-place", "venue"),
    ("publisher", "$"),
    ("publisher-place", "location"),
    ("original-publisher", "origpublisher"),
    ("original-publisher-place", "origlocation"),
    ("issued", "date"),
    ("original-date", "origdate"),
    ("status", "pubstate"),
    ("edition", "edition"),
    ("version", "version"),
    ("volume", "volume"),
    ("number-of-volumes", "volumes"),
    ("issue", "$"),
    ("number", "$"),
    ("collection-number", "$"),
    ("part-number", "part"),
    ("chapter-number", "chapter"),
    ("page", "pages"),
    ("number-of-pages", "pagetotal"),
    ("medium", "medium"),
    ("DOI", "doi"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
    ("PMID", "pmid"),
    ("PMCID", "pmcid"),
    ("URL", "url"),
    ("accessed", "urldate"),
    ("language", "langid"),
    ("source", "library"),
];

/// Works as a BibTeX file in the dialect of biblatex.
pub fn bibtex(works: &[&Work]) -> String {
    let mut text = String::new();
    for (index, work) in works.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        entry(&mut text, work);
    }
    text
}

fn entry(text: &mut String, work: &Work) {
    let csl = work.text("type");
    let known = KINDS.iter().find(|(name, _)| *name == csl);
    let kind = known.map_or("misc", |(_, kind)| *kind);
    field_lines(text, work, &csl, kind);
}

fn field_lines(text: &mut String, work: &Work, csl: &str, kind: &str) {
    // Writing into a `String` cannot fail.
    let _ = writeln!(text, "@{kind}{{{},", key(&work.key.value));
    for (variable, field) in FIELDS {
        let Some(value) = work.item.0.get(*variable) else {
            continue;
        };
        let field = match *field {
            "$" => field_of(variable, kind),
            field => Some(field),
        };
        let Some(field) = field else {
            continue;
        };
        let (field, value) = match value {
            Value::String(_) | Value::Number(_) if matches!(*variable, "URL" | "DOI") => {
                (field, address(&raw(value)))
            }
            Value::String(_) | Value::Number(_) if *variable == "publisher" => {
                // A list: what it holds is one publisher, and no `and` takes it apart.
                (field, protected(&escaped(&raw(value)), " and "))
            }
            Value::String(_) | Value::Number(_) if *variable == "page" => {
                (field, escaped(&raw(value)).replace('–', "--"))
            }
            Value::String(_) | Value::Number(_) => (field, escaped(&raw(value))),
            Value::Names(people) => {
                let people: Vec<_> = people.iter().map(name).collect();
                (field, people.join(" and "))
            }
            Value::Date(date) => match dates::iso(date) {
                Some(iso) => (field, iso),
                None if *variable == "issued" => {
                    ("year", escaped(dates::words(date).unwrap_or_default()))
                }
                None => continue,
            },
        };
        let _ = writeln!(text, "  {field} = {{{value}}},");
    }
    let is_plain = matches!(
        csl,
        "article-journal" | "webpage" | "entry-encyclopedia" | "manuscript" | "document"
    ) || !KINDS
        .iter()
        .any(|(name, other)| *other == kind && *name != csl);
    if !is_plain || kind == "misc" {
        let _ = writeln!(text, "  entrysubtype = {{{csl}}},");
    }
    text.push_str("}\n");
}

/// The field of a variable that depends on the kind of the entry.
fn field_of(variable: &str, kind: &str) -> Option<&'static str> {
    let is_article = matches!(kind, "article" | "periodical" | "review");
    let is_in_series = matches!(
        kind,
        "book" | "incollection" | "inreference" | "inproceedings" | "booklet"
    );
    let is_part = matches!(kind, "incollection" | "inreference" | "inproceedings");
    match variable {
        "container-title" if is_part => Some("booktitle"),
        "container-title" => Some("journaltitle"),
        "publisher" if matches!(kind, "report" | "thesis") => Some("institution"),
        "publisher" if kind == "online" => Some("organization"),
        "publisher" => Some("publisher"),
        "issue" if is_article => Some("number"),
        "issue" => Some("issue"),
        "number" if is_article || is_in_series => Some("eid"),
        "number" => Some("number"),
        "collection-number" if is_in_series => Some("number"),
        _ => None,
    }
}

fn raw(value: &Value) -> String {
    value
        .to_str()
        .map_or_else(String::new, |text| text.into_owned())
}

/// A key without the characters that would end it.
fn key(key: &str) -> String {
    key.chars()
        .map(|c| match c {
            ',' | '{' | '}' | '=' | '%' | '#' | '\\' | '"' | '~' => '-',
            _ if c.is_whitespace() || c.is_control() => '-',
            _ => c,
        })
        .collect()
}

fn name(name: &NameValue) -> String {
    let name = match name {
        NameValue::Literal(name) if name.literal == "others" => return "others".to_owned(),
        NameValue::Literal(name) => return format!("{{{}}}", escaped(&name.literal)),
        NameValue::Item(name) => name,
    };
    let given = name.given.as_deref().unwrap_or_default();
    let is_small = |text: &str| {
        text.split_whitespace()
            .all(|word| word.chars().next().is_some_and(char::is_lowercase))
    };
    let particle = name.non_dropping_particle.as_deref().unwrap_or_default();
    let is_plain = name.dropping_particle.is_none()
        && is_small(particle)
        && !given.is_empty()
        && name
            .family
            .split_whitespace()
            .next()
            .is_some_and(|word| !is_small(word));
    if !is_plain {
        let mut parts = vec![format!("family={{{}}}", escaped(&name.family))];
        let (prefix, drops) = match &name.dropping_particle {
            Some(prefix) => (prefix.as_str(), true),
            None => (particle, false),
        };
        for (part, text) in [
            ("given", given),
            ("prefix", prefix),
            ("suffix", name.suffix.as_deref().unwrap_or_default()),
        ] {
            if !text.is_empty() {
                parts.push(format!("{part}={{{}}}", escaped(text)));
            }
        }
        if !prefix.is_empty() {
            parts.push(format!("useprefix={}", !drops));
        }
        return parts.join(", ");
    }
    let mut text = String::new();
    if !particle.is_empty() {
        text.push_str(&escaped(particle));
        text.push(' ');
    }
    let part = |text: &str| protected(&protected(&escaped(text), " and "), ",");
    text.push_str(&part(&name.family));
    if let Some(suffix) = &name.suffix {
        text.push_str(", ");
        text.push_str(&part(suffix));
    }
    text.push_str(", ");
    text.push_str(&part(given));
    text
}

/// Text in braces when it holds what would take it apart.
fn protected(text: &str, separator: &str) -> String {
    if text.to_lowercase().contains(separator) {
        format!("{{{text}}}")
    } else {
        text.to_owned()
    }
}

/// An address or a DOI: braces in it have to come in pairs, or they would end the field.
fn address(text: &str) -> String {
    text.replace('\\', "%5C")
        .replace('{', "%7B")
        .replace('}', "%7D")
}

/// Text as TeX: its signs escaped, its markup as commands.
fn escaped(text: &str) -> String {
    let mut tex = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let markup = [
            ("<i>", "\\emph{"),
            ("<b>", "\\textbf{"),
            ("<sup>", "\\textsuperscript{"),
            ("<sub>", "\\textsubscript{"),
            ("</i>", "}"),
            ("</b>", "}"),
            ("</sup>", "}"),
            ("</sub>", "}"),
        ];
        if c == '<'
            && is_balanced(text)
            && let Some((tag, command)) = markup.iter().find(|(tag, _)| rest.starts_with(tag))
        {
            tex.push_str(command);
            rest = &rest[tag.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                tex.push('\\');
                tex.push(c);
            }
            '{' => tex.push_str("\\textbraceleft{}"),
            '}' => tex.push_str("\\textbraceright{}"),
            '~' => tex.push_str("\\textasciitilde{}"),
            '^' => tex.push_str("\\textasciicircum{}"),
            '\\' => tex.push_str("\\textbackslash{}"),
            '`' => tex.push_str("\\textasciigrave{}"),
            '\u{a0}' => tex.push('~'),
            // Two hyphens would be a dash, two apostrophes a quotation mark.
            '-' if rest.starts_with('-') => tex.push_str("-{}"),
            '\'' if rest.starts_with('\'') => tex.push_str("'{}"),
            _ => tex.push(c),
        }
    }
    tex
}

/// True when each tag that is opened is closed, so that the braces of its command come in pairs.
fn is_balanced(text: &str) -> bool {
    ["i", "b", "sup", "sub"].iter().all(|tag| {
        let count = |mark: String| text.matches(&mark).count();
        count(format!("<{tag}>")) == count(format!("</{tag}>"))
    })
}
