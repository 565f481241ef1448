//! Titles and descriptions, by which readers choose a page from a list: twice the same, missing, or cut
//! off where they are shown.
//!
//! How long they may be says `[voice]`; without it, only what is cut off everywhere is found.

use std::collections::BTreeMap;

use super::Subject;
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::front_matter::Kind;
use crate::path::SourcePath;

/// What lists and search engines show of a title.
const TITLE_MOST: usize = 60;

/// What they show of a description.
const DESCRIPTION_MOST: usize = 160;

/// Checks how long the title and the description of a document are.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let voice = subject.site.config.voice.as_ref();
    let keys = &subject.document.front_matter;
    let path = &subject.document.path;
    let mut report = |code, text: &Spanned<String>, message: String, help: &str| {
        let finding = Diagnostic::new(code, message).at(path, text.span.clone(), "");
        findings.push(finding.help(help));
    };
    if let Some(title) = &keys.title {
        let most = voice.and_then(|voice| voice.title_characters);
        let most = most.unwrap_or(TITLE_MOST);
        let characters = title.value.chars().count();
        if characters > most {
            report(
                Code::LongTitle,
                title,
                format!("a title of {characters} characters; the limit is {most}"),
                "put what readers look for first, and leave out the rest: lists and search engines cut it off",
            );
        }
    }
    let most = voice.and_then(|voice| voice.description_most);
    let most = most.unwrap_or(DESCRIPTION_MOST);
    let least = voice.map_or(0, |voice| voice.description_least);
    match &keys.description {
        Some(description) => {
            // What it cites is not shown in lists.
            let site = subject.site;
            let page = site.page_of_document(subject.document, subject.language);
            let plain = page.map_or(description.value.as_str(), |page| page.description());
            let characters = plain.chars().count();
            let (limit, help) = if characters > most {
                (
                    most,
                    "say in one or two sentences what a reader finds here: lists and search engines cut off the rest",
                )
            } else if characters < least {
                (
                    least,
                    "say in one or two sentences what a reader finds here, and for whom it is",
                )
            } else {
                return;
            };
            report(
                Code::DescriptionLength,
                description,
                format!("a description of {characters} characters; the limit is {limit}"),
                help,
            );
        }
        // Of keys that could not be read, nobody knows whether it is there.
        None if least > 0 && !keys.is_broken && needs_description(subject) => {
            findings.push(
                Diagnostic::new(Code::MissingDescription, "a page without a description")
                    .at(path, subject.document.title_span(), "")
                    .help("write a line `description:` with one or two sentences on what a reader finds here"),
            );
        }
        None => {}
    }
}

/// Pages that lists and search engines show with a description. Front pages have the tagline of the
/// site, tags what they gather.
fn needs_description(subject: &Subject<'_>) -> bool {
    subject.keys.description.is_none()
        && match subject.keys.kind {
            None
            | Some(
                Kind::Article
                | Kind::Section
                | Kind::Page
                | Kind::Faq
                | Kind::Picker
                | Kind::Glossary
                | Kind::Help,
            ) => !subject.document.path.as_str().contains("/_index."),
            Some(Kind::Home | Kind::Promises | Kind::People | Kind::Sources | Kind::Tag) => false,
        }
}

/// Titles and descriptions that two documents of one language share.
pub fn check_all(subjects: &[Subject<'_>], findings: &mut Vec<Diagnostic>) {
    type First<'a> = BTreeMap<(usize, String), (&'a SourcePath, &'a Spanned<String>)>;
    let (mut titles, mut descriptions): (First<'_>, First<'_>) = Default::default();
    for subject in subjects {
        let keys = &subject.document.front_matter;
        let texts = [
            (&keys.title, &mut titles, Code::DuplicateTitle, "title"),
            (
                &keys.description,
                &mut descriptions,
                Code::DuplicateDescription,
                "description",
            ),
        ];
        for (text, known, code, name) in texts {
            let Some(text) = text else { continue };
            let words: Vec<_> = text.value.split_whitespace().collect();
            let words = words.join(" ").to_lowercase();
            if words.is_empty() {
                continue;
            }
            let path = &subject.document.path;
            let Some((other, first)) = known.get(&(subject.language.0, words.clone())) else {
                known.insert((subject.language.0, words), (path, text));
                continue;
            };
            findings.push(
                Diagnostic::new(code, format!("two pages have one {name}"))
                    .at(path, text.span.clone(), "the second")
                    .at(other, first.span.clone(), "the first")
                    .help("say in each what the other does not hold: in a list nobody can tell them apart"),
            );
        }
    }
}
