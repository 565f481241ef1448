//! Diagnostics for a terminal, in the look of the Rust compiler.
//!
//! [`render`] takes the diagnostics in the order they are given (the pipeline has sorted them) and
//! the texts they point into, and gives one string: with colour codes or without, ending with a
//! line that counts. It neither prints nor asks the terminal anything: `main` does.
//!
//! The drawing is done by `annotate-snippets`. This room cuts the lines that matter out of a file
//! first, so that a mistake in a long file costs no more than one in a short file, and so that no
//! span that is a little off can make the library panic.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Label, Severity, Sources};
use crate::path::SourcePath;

/// How many diagnostics are printed before the rest is only counted.
pub const SHOWN: usize = 100;

/// All diagnostics as text, the first [`SHOWN`] in full, then the count of [`summary`]. Nothing for
/// none.
pub fn render(diagnostics: &[Diagnostic], sources: &dyn Sources, colour: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        text.push_str(&render_one(diagnostic, sources, colour));
        text.push_str("\n\n");
    }
    let hidden = diagnostics.len().saturating_sub(SHOWN);
    if hidden > 0 {
        text.push_str(&format!("... and {hidden} more, not shown\n\n"));
    }
    text.push_str(&summary(diagnostics));
    text.push('\n');
    text
}

/// One diagnostic, without a line break at its end.
pub fn render_one(diagnostic: &Diagnostic, sources: &dyn Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .elements(excerpts(diagnostic, sources));
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(diagnostic.help.as_str()));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&[group])
}

/// How many letters of a line an excerpt shows outside of a terminal: authors write a paragraph in one.
const WIDTH: usize = 84;

/// The lines that a diagnostic points at, with marks under them, without colour: what stands
/// between the message and the help. Empty when it points at no text.
pub fn excerpt(diagnostic: &Diagnostic, sources: &dyn Sources) -> String {
    let group = Level::ERROR
        .primary_title("")
        .elements(excerpts(diagnostic, sources));
    let text = Renderer::plain().term_width(WIDTH).render(&[group]);
    text.split_once('\n')
        .map_or(String::new(), |(_, lines)| lines.to_owned())
}

/// `3 errors, 1 warning`; what is not there is not counted.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let words = |severity: Severity| {
        let of = |diagnostic: &&Diagnostic| diagnostic.severity == severity;
        match diagnostics.iter().filter(of).count() {
            0 => None,
            1 => Some(format!("1 {severity}")),
            count => Some(format!("{count} {severity}s")),
        }
    };
    let parts: Vec<_> = Severity::ALL.into_iter().filter_map(words).collect();
    if parts.is_empty() {
        "no errors, no warnings".to_owned()
    } else {
        parts.join(", ")
    }
}

/// One element for each file, the file of the first label first.
fn excerpts<'a>(diagnostic: &'a Diagnostic, sources: &'a dyn Sources) -> Vec<Element<'a>> {
    let mut paths: Vec<&SourcePath> = Vec::new();
    for label in &diagnostic.labels {
        if !paths.contains(&&label.path) {
            paths.push(&label.path);
        }
    }
    paths
        .into_iter()
        .map(|path| match sources.text(path) {
            Some(text) => Element::from(snippet(path, text, &diagnostic.labels)),
            None => Element::from(Origin::path(path.as_str())),
        })
        .collect()
}

/// The lines of one file that its labels touch. The first label of all is marked as the place
/// itself, the others as related places.
fn snippet<'a>(
    path: &'a SourcePath,
    text: &'a str,
    labels: &'a [Label],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let marks: Vec<(AnnotationKind, Range<usize>, &str)> = labels
        .iter()
        .enumerate()
        .filter(|(_, label)| label.path == *path)
        .map(|(index, label)| {
            let kind = if index == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            (kind, on_characters(text, label.span), label.text.as_str())
        })
        .collect();
    let lines = lines_around(text, marks.iter().map(|(_, span, _)| span));
    let first_line = text[..lines.start].matches('\n').count() + 1;
    let annotations = marks.into_iter().map(|(kind, span, words)| {
        let words = (!words.is_empty()).then_some(words);
        kind.span(span.start - lines.start..span.end - lines.start)
            .label(words)
    });
    Snippet::source(&text[lines.clone()])
        .line_start(first_line)
        .path(path.as_str())
        .annotations(annotations)
}

/// The span moved to the nearest places between characters, inside the text and after its
/// byte-order mark, and without the line breaks at its end: a mark under a line break says nothing.
fn on_characters(text: &str, span: (usize, usize)) -> Range<usize> {
    let first = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut start = span.0.clamp(first, text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.1.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let inner = text[start..end].trim_end_matches(['\r', '\n']);
    start..start + inner.len()
}

/// From the start of the first line to the end of the last line that a span touches.
fn lines_around<'a>(text: &str, spans: impl Iterator<Item = &'a Range<usize>>) -> Range<usize> {
    let (first, last) = spans.fold((text.len(), 0), |(first, last), span| {
        (first.min(span.start), last.max(span.end))
    });
    let bom = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let start = text[..first].rfind('\n').map_or(bom, |newline| newline + 1);
    let last = last.max(start);
    let end = text[last..]
        .find('\n')
        .map_or(text.len(), |newline| last + newline + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    const PAGE: &str = "one\ntwo [x](y.md) three\n\tafter a tab\n日本語 broken\n";

    struct Texts;

    impl Sources for Texts {
        fn text(&self, path: &SourcePath) -> Option<&str> {
            match path.as_str() {
                "page.md" => Some(PAGE),
                "windows.md" => Some("\u{feff}titel: x\r\nzwei: y\r\n"),
                "short.md" => Some("abc\n"),
                "empty.md" => Some(""),
                _ => None,
            }
        }
    }

    fn path(path: &str) -> SourcePath {
        SourcePath::new(path).expect("sound")
    }

    fn link(file: &str, span: Range<usize>, label: &str) -> Diagnostic {
        Diagnostic::new(Code::BrokenLink, "no page at `y.md`").at(&path(file), span, label)
    }

    fn check(diagnostic: &Diagnostic, expected: &[&str]) {
        let text = render_one(diagnostic, &Texts, false);
        assert_eq!(text.lines().collect::<Vec<_>>(), expected, "\n{text}");
    }

    #[test]
    fn a_diagnostic_shows_place_excerpt_marks_and_help() {
        check(
            &link("page.md", 12..16, "linked here").help("did you mean `x.md`?"),
            &[
                "error[broken-link]: no page at `y.md`",
                " --> page.md:2:9",
                "  |",
                "2 | two [x](y.md) three",
                "  |         ^^^^ linked here",
                "  |",
                "  = help: did you mean `x.md`?",
            ],
        );
    }

    #[test]
    fn marks_stand_under_their_words_after_tabs_and_wide_letters() {
        let tab = ["  |", "3 |     after a tab", "  |     ^^^^^"];
        check(
            &link("page.md", 25..30, ""),
            &[
                "error[broken-link]: no page at `y.md`",
                " --> page.md:3:2",
                tab[0],
                tab[1],
                tab[2],
            ],
        );
        let at = PAGE.find("broken").expect("there");
        check(
            &link("page.md", at..at + 6, ""),
            &[
                "error[broken-link]: no page at `y.md`",
                " --> page.md:4:5",
                "  |",
                "4 | 日本語 broken",
                "  |        ^^^^^^",
            ],
        );
    }

    #[test]
    fn byte_order_mark_and_windows_line_ends_shift_nothing() {
        check(
            &link("windows.md", 3..8, "key").at(&path("windows.md"), 13..17, "other"),
            &[
                "error[broken-link]: no page at `y.md`",
                " --> windows.md:1:1",
                "  |",
                "1 | titel: x",
                "  | ^^^^^ key",
                "2 | zwei: y",
                "  | ---- other",
            ],
        );
    }

    #[test]
    fn several_files_follow_each_other_and_a_file_without_text_is_only_named() {
        check(
            &Diagnostic::new(Code::DuplicateUrl, "two pages would be written to `a`")
                .at(&path("page.md"), 0..3, "one")
                .at(&path("short.md"), 0..3, "the other"),
            &[
                "error[duplicate-url]: two pages would be written to `a`",
                " --> page.md:1:1",
                "  |",
                "1 | one",
                "  | ^^^ one",
                "  |",
                " ::: short.md:1:1",
                "  |",
                "1 | abc",
                "  | --- the other",
            ],
        );
        check(
            &Diagnostic::new(Code::NotUtf8, "`a.md` is not UTF-8 text")
                .at(&path("a.md"), 7..7, "")
                .help("save it again"),
            &[
                "error[not-utf-8]: `a.md` is not UTF-8 text",
                "--> a.md",
                " = help: save it again",
            ],
        );
    }

    #[test]
    fn a_span_that_is_empty_outside_or_inside_a_letter_still_has_its_mark() {
        let marks = |file, span: Range<usize>| {
            let text = render_one(&link(file, span, "here"), &Texts, false);
            text.lines()
                .skip(1)
                .filter(|line| *line != "  |")
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(
            marks("short.md", 4..4),
            " --> short.md:2:1\n2 |\n  | ^ here"
        );
        assert_eq!(
            marks("short.md", 3..4),
            " --> short.md:1:4\n1 | abc\n  |    ^ here"
        );
        assert_eq!(
            marks("short.md", 90..99),
            " --> short.md:2:1\n2 |\n  | ^ here"
        );
        assert_eq!(
            marks("empty.md", 0..0),
            " --> empty.md:1:1\n1 |\n  | ^ here"
        );
        let wide = PAGE.find('日').expect("there");
        let expected = " --> page.md:4:1\n4 | 日本語 broken\n  | ^^ here";
        assert_eq!(marks("page.md", wide + 1..wide + 2), expected);
    }

    #[test]
    fn a_very_long_line_is_trimmed_around_its_mark() {
        struct Long(String);
        impl Sources for Long {
            fn text(&self, _: &SourcePath) -> Option<&str> {
                Some(&self.0)
            }
        }
        let text = format!(
            "{}[x](y.md){}\n",
            "word ".repeat(20_000),
            " more".repeat(20_000)
        );
        let text = render_one(&link("a.md", 100_004..100_008, "here"), &Long(text), false);
        assert!(text.contains("[x](y.md) more"), "{text}");
        assert!(text.contains("a.md:1:100005"), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() < 160),
            "{text}"
        );
    }

    #[test]
    fn a_hundred_are_shown_and_the_rest_is_counted() {
        let mut many = vec![link("short.md", 0..1, ""); 101];
        many.push(Diagnostic {
            severity: Severity::Warning,
            ..many[0].clone()
        });
        let text = render(&many, &Texts, false);
        assert_eq!(text.matches("error[").count(), 100);
        assert!(text.ends_with("\n\n... and 2 more, not shown\n\n101 errors, 1 warning\n"));
        let note = Diagnostic::new(Code::ReviewDue, "due");
        assert_eq!(
            render(&[note], &Texts, false),
            "note[review-due]: due\n\n1 note\n"
        );
        assert_eq!(render(&[], &Texts, false), "");
    }

    #[test]
    fn colour_codes_are_there_only_when_asked_for_and_never_from_an_article() {
        let sly = Diagnostic::new(Code::BrokenLink, "no page at `\u{1b}[31m`");
        assert!(render_one(&sly, &Texts, true).contains("\u{1b}["));
        assert!(!render_one(&sly, &Texts, false).contains('\u{1b}'));
    }
}
