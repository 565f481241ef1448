//! Headings that do not do their work: bold lines in their place, too many words, a full stop at the
//! end, or the same words twice in a row.
//!
//! Levels, empty headings and ids are looked at when a document is parsed (`document::markdown`).

use super::Subject;
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::Heading;

/// The words that a heading has at most, where `[voice]` does not say.
const MOST_WORDS: usize = 15;

/// A bold line of more words than this is a sentence that somebody wanted to stand out.
const MOST_WORDS_OF_A_FAKE: usize = 10;

/// Checks the headings of a document, and what looks like one.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    for bold in &document.outline().bold {
        if looks_like_a_heading(bold) {
            findings.push(
                Diagnostic::new(
                    Code::FakeHeading,
                    format!("bold words in place of a heading: `{}`", bold.value.trim()),
                )
                .at(&document.path, bold.span.clone(), "")
                .help("write it as a heading, `## ` or `### ` and the words: it is then listed and can be jumped to"),
            );
        }
    }
    let voice = subject.site.config.voice.as_ref();
    let most = voice.and_then(|voice| voice.heading_words);
    for heading in &document.body.headings {
        findings.extend(of_one(subject, heading, most.unwrap_or(MOST_WORDS)));
    }
    repeated(subject, findings);
}

fn looks_like_a_heading(bold: &Spanned<String>) -> bool {
    let words = bold.value.trim();
    let is_sentence = words.ends_with(['.', '!', '…', ',', ';']);
    !is_sentence && words.split_whitespace().count() <= MOST_WORDS_OF_A_FAKE
}

fn of_one(subject: &Subject<'_>, heading: &Heading, most: usize) -> Option<Diagnostic> {
    let place = words_of(subject, heading);
    let words = heading.text.split_whitespace().count();
    let path = &subject.document.path;
    if words > most {
        return Some(
            Diagnostic::new(
                Code::LongHeading,
                format!("a heading of {words} words; the limit is {most}"),
            )
            .at(path, place, "")
            .help("keep what readers look for, and say the rest below it"),
        );
    }
    let written = subject.document.source.get(place.clone())?;
    let ends = written.ends_with('.') && !written.ends_with("..");
    // "Dr.", "etc." and "9 a.m." end in a full stop that is theirs.
    let last = written.split_whitespace().next_back().unwrap_or_default();
    let is_short = last.trim_end_matches('.').contains('.') || last.chars().count() <= 4;
    // In "Sit. Breathe. Drink." the last full stop is one of three.
    let is_sentences = written.trim_end_matches('.').contains(". ");
    (ends && !is_short && !is_sentences).then(|| {
        Diagnostic::new(
            Code::HeadingFullStop,
            "a heading that ends with a full stop",
        )
        .at(path, place.end - 1..place.end, "")
        .help("take it away: a heading is a name")
    })
}

/// Where the words of a heading are, without its marks and its id.
fn words_of(subject: &Subject<'_>, heading: &Heading) -> std::ops::Range<usize> {
    let span = heading.span.clone();
    let written = subject.document.source.get(span.clone());
    let written = written
        .unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default();
    let lead = written.len() - written.trim_start_matches(['#', ' ', '\t']).len();
    let end = [written.find("{#"), written.find("<!--")];
    let end = end.into_iter().flatten().min().unwrap_or(written.len());
    let words = written[..end].trim_end_matches([' ', '\t', '#']);
    span.start + lead..(span.start + words.len()).max(span.start + lead)
}

/// Two headings with the same words in a row below one parent: a list of contents then has two lines
/// that nobody can tell apart.
fn repeated(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let headings: Vec<_> = subject.document.body.headings.iter().collect();
    for (index, heading) in headings.iter().enumerate() {
        let before = headings[..index].iter().rev();
        // What is deeper stands below the neighbour; what is higher ends the row.
        let mut row = before.skip_while(|other| other.level > heading.level);
        let Some(neighbour) = row.next().filter(|other| other.level == heading.level) else {
            continue;
        };
        let same = plain(&neighbour.text) == plain(&heading.text);
        if !same || heading.text.trim().is_empty() {
            continue;
        }
        let path = &subject.document.path;
        findings.push(
            Diagnostic::new(
                Code::RepeatedHeading,
                format!("two headings in a row say `{}`", heading.text.trim()),
            )
            .at(path, words_of(subject, heading), "the second")
            .at(path, words_of(subject, neighbour), "the first")
            .help("say what is different below each, or make one section of them"),
        );
    }
}

fn plain(words: &str) -> String {
    let words: Vec<_> = words.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
