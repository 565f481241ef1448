//! Diagnostics as commands of GitHub's workflows, which show them beside the changed lines.
//!
//! [`render`] gives one command a line, such as
//!
//! ```text
//! ::error file=content/a.md,line=3,endLine=3,col=7,endColumn=12,title=broken-link::no page at `b.md`
//! ```
//!
//! A command is one line, so what would end it or a part of it is written as `%0A` and the like. Columns
//! are only told where a place stands on one line, since GitHub leaves out a place with others.

use std::fmt::Write as _;
use std::path::Path;

use super::{Diagnostic, Severity, Sources, line_column};

/// One command a line. Files are named as they are seen from the folder in which `afterword` runs, so
/// `folder` is the path of the site from there.
pub fn render(diagnostics: &[Diagnostic], sources: &dyn Sources, folder: &Path) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut message = diagnostic.message.clone();
        if !diagnostic.help.is_empty() {
            message.push_str("\nHelp: ");
            message.push_str(&diagnostic.help);
        }
        let _ = writeln!(
            text,
            "::{command} {}title={}::{}",
            place(diagnostic, sources, folder),
            property(diagnostic.code.as_str()),
            escaped(&message)
        );
    }
    text
}

/// The properties that say where; nothing where there is no file to point at.
fn place(diagnostic: &Diagnostic, sources: &dyn Sources, folder: &Path) -> String {
    let Some(label) = diagnostic.labels.first() else {
        return String::new();
    };
    let path = super::seen_from(folder, &label.path);
    let mut place = format!("file={},", property(&path));
    if let Some(text) = sources.text(&label.path) {
        let start = line_column(text, label.span.0);
        let end = line_column(text, label.span.1);
        let _ = write!(place, "line={},endLine={},", start.line, end.line);
        if start.line == end.line {
            let _ = write!(place, "col={},endColumn={},", start.column, end.column);
        }
    }
    place
}

/// Text after the `::`.
fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value between `=` and `,`.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::path::SourcePath;

    struct Texts;

    impl Sources for Texts {
        fn text(&self, path: &SourcePath) -> Option<&str> {
            (path.as_str() == "content/a,b.md").then_some("one\n[x](y.md)\nthree\n")
        }
    }

    #[track_caller]
    fn check(finding: Diagnostic, folder: &str, expected: &str) {
        let text = render(&[finding], &Texts, Path::new(folder));
        assert_eq!(text, format!("{expected}\n"));
    }

    fn at(span: std::ops::Range<usize>) -> Diagnostic {
        let path = SourcePath::new("content/a,b.md").expect("sound");
        Diagnostic::new(Code::BrokenLink, "100% gone:\nnothing").at(&path, span, "here")
    }

    #[test]
    fn a_finding_is_one_line_whatever_it_says() {
        check(
            at(8..12).help("write, or not"),
            ".",
            "::error file=content/a%2Cb.md,line=2,endLine=2,col=5,endColumn=9,title=broken-link\
             ::100%25 gone:%0Anothing%0AHelp: write, or not",
        );
        check(
            at(4..17),
            "docs/site",
            "::error file=docs/site/content/a%2Cb.md,line=2,endLine=3,title=broken-link\
             ::100%25 gone:%0Anothing",
        );
    }

    #[test]
    fn a_note_is_a_notice_and_may_have_no_place() {
        let note = Diagnostic::new(Code::ReviewDue, "due");
        check(note, ".", "::notice title=review-due::due");
        let gone = SourcePath::new("content/gone.png").expect("sound");
        let unread = Diagnostic::new(Code::UnusedFile, "no").at(&gone, 0..0, "");
        check(
            unread,
            ".",
            "::warning file=content/gone.png,title=unused-file::no",
        );
    }
}
