//! Links whose words do not say where they lead: none at all, "click here", a bare address, or the same
//! words for two places.
//!
//! Who listens to a page, or jumps from link to link, hears these words and nothing around them.
//!
//! To add words that say nothing: a line in [`ENGLISH`] or [`SPANISH`], in small letters.

use std::collections::BTreeMap;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Target;
use crate::document::outline::LinkWords;
use crate::site::PageId;
use crate::site::links::Destination;

/// Words that could stand on any link.
const ENGLISH: &[&str] = &[
    "article",
    "click",
    "click here",
    "click this link",
    "click me",
    "continue",
    "details",
    "find out more",
    "follow this link",
    "go here",
    "here",
    "info",
    "learn more",
    "link",
    "look here",
    "more",
    "more details",
    "more here",
    "more info",
    "more information",
    "page",
    "press here",
    "read",
    "read here",
    "read it here",
    "read more",
    "read more here",
    "read on",
    "read this",
    "see",
    "see here",
    "see more",
    "see this",
    "site",
    "source",
    "tap here",
    "that",
    "the link",
    "the page",
    "the site",
    "the website",
    "this",
    "this article",
    "this link",
    "this one",
    "this page",
    "this site",
    "this website",
    "url",
    "view",
    "view more",
    "web page",
    "webpage",
    "website",
    "website link",
];

/// The same in Spanish.
const SPANISH: &[&str] = &[
    "acá",
    "ahí",
    "aquí",
    "artículo",
    "clic",
    "clic aquí",
    "continuar",
    "da clic aquí",
    "detalles",
    "el enlace",
    "enlace",
    "esta página",
    "esta web",
    "este artículo",
    "este enlace",
    "este sitio",
    "esto",
    "haga clic aquí",
    "haz clic",
    "haz clic aquí",
    "información",
    "la página",
    "lee más",
    "lee más aquí",
    "leer más",
    "leer más aquí",
    "link",
    "mira aquí",
    "más",
    "más aquí",
    "más detalles",
    "más info",
    "más información",
    "página",
    "pincha aquí",
    "pulsa aquí",
    "pulse aquí",
    "saber más",
    "sigue leyendo",
    "sitio",
    "sitio web",
    "ver aquí",
    "ver más",
    "web",
];

/// Checks the words of every link of the text and of front matter.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let links = &subject.document.outline().links;
    let written = |link: &&LinkWords| !link.is_by_name;
    for link in links.iter().filter(written) {
        findings.extend(of_one(subject, link));
    }
    same_words(subject, links, findings);
}

/// Addresses that are given by name, `[name]: address`, and that no link uses.
pub fn check_definitions(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for definition in &subject.document.outline().unused_definitions {
        let name = &definition.value;
        findings.push(
            Diagnostic::new(
                Code::UnusedReference,
                format!("no link uses the address `[{name}]`"),
            )
            .at(&subject.document.path, definition.span.clone(), "")
            .help(format!("use it, `[words][{name}]`, or take the line away")),
        );
    }
}

/// What the words of a link fail to say.
fn of_one(subject: &Subject<'_>, link: &LinkWords) -> Option<Diagnostic> {
    let words = link.words.trim();
    let (code, message, help) = if words.is_empty() {
        (
            Code::EmptyLink,
            "a link without words".to_owned(),
            "write between the brackets what a reader finds there: `[Help now](help-now.md)`",
        )
    } else if is_address(link, words) {
        (
            Code::LinkText,
            "a link whose words are its address".to_owned(),
            "name what is there, such as `[Samaritans](https://...)`: read aloud, an address is spelt out sign by sign",
        )
    } else if says_nothing(words, &subject.document.options.language) {
        (
            Code::LinkText,
            format!("a link whose words say nothing: `{words}`"),
            "write what a reader finds there, so that the words make sense alone: `[how to find help](help-now.md)`",
        )
    } else {
        return None;
    };
    let finding = Diagnostic::new(code, message);
    let finding = finding.at(&subject.document.path, link.span.clone(), "");
    Some(finding.help(help))
}

/// An address of the web as words. Addresses of mail are what people write down, and fine.
fn is_address(link: &LinkWords, words: &str) -> bool {
    let looks_like_one = words.starts_with("http://") || words.starts_with("https://");
    let leads_out = matches!(link.target, Target::External(_));
    leads_out && (link.is_bare || looks_like_one)
}

fn says_nothing(words: &str, language: &str) -> bool {
    let plain = plain(words);
    let list = match language.split(['-', '_']).next() {
        Some("es") => SPANISH,
        Some("en") | None => ENGLISH,
        // The web's English words are met in every language.
        Some(_) => &["click here", "here", "link", "read more"],
    };
    list.contains(&plain.as_str())
}

/// Small letters without marks around them: `Read more...` is `read more`.
fn plain(words: &str) -> String {
    let words: Vec<_> = words.split_whitespace().collect();
    let words = words.join(" ").to_lowercase();
    words
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// Where a link leads, so far as readers tell two places apart: two headings of one other page are one
/// place, which they then see whole.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place<'a> {
    Page(PageId),
    Here(&'a str),
    Elsewhere(&'a str),
}

/// Two links of a page with the same words that lead to different places.
fn same_words(subject: &Subject<'_>, links: &[LinkWords], findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, (&LinkWords, Place<'_>)> = BTreeMap::new();
    for link in links {
        let words = plain(&link.words);
        // What says nothing was said to say nothing, and what leads nowhere has no place.
        if words.is_empty() || says_nothing(&words, &subject.document.options.language) {
            continue;
        }
        let Some(place) = place(subject, link) else {
            continue;
        };
        let Some((other, known)) = first.get(&words) else {
            first.insert(words, (link, place));
            continue;
        };
        if *known == place {
            continue;
        }
        let path = &subject.document.path;
        findings.push(
            Diagnostic::new(
                Code::SameLinkText,
                format!(
                    "two links say `{}` and lead to different places",
                    link.words.trim()
                ),
            )
            .at(path, link.span.clone(), "leads to another place")
            .at(path, other.span.clone(), "the first one")
            .help("say on each what a reader finds there"),
        );
    }
}

fn place<'a>(subject: &Subject<'a>, link: &'a LinkWords) -> Option<Place<'a>> {
    let (site, document) = (subject.site, subject.document);
    let resolved = site.resolve(document, subject.language, &link.target);
    Some(match resolved.ok()?.destination {
        Destination::Page(id, _) => Place::Page(id),
        Destination::Here(heading) => Place::Here(heading),
        Destination::Outside(address) => Place::Elsewhere(address),
        // Its path tells: two files of one name lie in two folders.
        Destination::File(_) => match &link.target {
            Target::File { path, .. } => Place::Elsewhere(path),
            Target::External(_)
            | Target::Contact(_)
            | Target::Here(_)
            | Target::Wiki { .. }
            | Target::Refused { .. } => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_could_stand_anywhere_say_nothing() {
        for (words, language) in [
            ("Click here", "en"),
            ("here.", "en-GB"),
            ("Read\nmore …", "en"),
            ("«Aquí»", "es"),
            ("más información", "es-MX"),
            ("Read more", "de"),
        ] {
            assert!(says_nothing(words, language), "{words}");
        }
        for (words, language) in [
            ("Here is how to find someone", "en"),
            ("Help now", "en"),
            ("here", "es"),
            ("Más sobre el sueño", "es"),
        ] {
            assert!(!says_nothing(words, language), "{words}");
        }
    }
}
