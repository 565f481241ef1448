//! Diagnostics for other programs: editors, scripts, continuous integration.
//!
//! [`render`] gives one JSON object a line, in the order of the diagnostics, so that a reader may
//! begin before the end and `grep` works. Nothing is printed for none. An object reads
//!
//! ```json
//! {"severity":"error","code":"broken-link","message":"...","help":"...",
//!  "file":"content/a.md","start":{"line":3,"column":7,"byte":41},"end":{"line":3,"column":12,"byte":46},
//!  "labels":[{"file":"content/a.md","start":{...},"end":{...},"text":"..."}]}
//! ```
//!
//! Lines and columns count from 1, columns in characters; bytes count from 0 as the file lies on
//! disk; `end` is the place after the last character. `file`, `start` and `end` repeat the first
//! label. `file` is null when there is no file to point at; `line` and `column` are null when the
//! file is gone or is not text.

use serde::Serialize;

use super::{Diagnostic, Label, Sources, line_column};

/// One JSON object a line, each line ended by a line break.
pub fn render(diagnostics: &[Diagnostic], sources: &dyn Sources) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        // Plain data with text for keys always has a JSON form.
        if let Ok(line) = serde_json::to_string(&Finding::new(diagnostic, sources)) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

#[derive(Serialize)]
struct Finding<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    help: &'a str,
    file: Option<&'a str>,
    start: Option<Place>,
    end: Option<Place>,
    labels: Vec<Mark<'a>>,
}

#[derive(Serialize)]
struct Mark<'a> {
    file: &'a str,
    start: Place,
    end: Place,
    text: &'a str,
}

#[derive(Serialize, Clone, Copy)]
struct Place {
    line: Option<usize>,
    column: Option<usize>,
    byte: usize,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &dyn Sources) -> Self {
        let labels: Vec<_> = diagnostic
            .labels
            .iter()
            .map(|label| Mark::new(label, sources))
            .collect();
        let first = labels.first();
        Self {
            severity: diagnostic.severity.as_str(),
            code: diagnostic.code.as_str(),
            message: &diagnostic.message,
            help: &diagnostic.help,
            file: first.map(|mark| mark.file),
            start: first.map(|mark| mark.start),
            end: first.map(|mark| mark.end),
            labels,
        }
    }
}

impl<'a> Mark<'a> {
    fn new(label: &'a Label, sources: &dyn Sources) -> Self {
        let text = sources.text(&label.path);
        let place = |byte| {
            let at = text.map(|text| line_column(text, byte));
            Place {
                line: at.map(|at| at.line),
                column: at.map(|at| at.column),
                byte,
            }
        };
        Self {
            file: label.path.as_str(),
            start: place(label.span.0),
            end: place(label.span.1),
            text: &label.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::path::SourcePath;

    struct Texts;

    impl Sources for Texts {
        fn text(&self, path: &SourcePath) -> Option<&str> {
            (path.as_str() == "content/a.md").then_some("\u{feff}é [x](y.md)\r\n")
        }
    }

    fn path(path: &str) -> SourcePath {
        SourcePath::new(path).expect("sound")
    }

    #[test]
    fn a_finding_is_one_line_with_places_in_characters_and_bytes() {
        let finding = Diagnostic::new(Code::BrokenLink, "no page at `y.md`")
            .at(&path("content/a.md"), 10..14, "linked \"here\"")
            .help("did you mean `x.md`?");
        assert_eq!(
            render(&[finding], &Texts),
            concat!(
                r#"{"severity":"error","code":"broken-link","message":"no page at `y.md`","#,
                r#""help":"did you mean `x.md`?","file":"content/a.md","#,
                r#""start":{"line":1,"column":7,"byte":10},"end":{"line":1,"column":11,"byte":14},"#,
                r#""labels":[{"file":"content/a.md","start":{"line":1,"column":7,"byte":10},"#,
                r#""end":{"line":1,"column":11,"byte":14},"text":"linked \"here\""}]}"#,
                "\n"
            )
        );
    }

    #[test]
    fn a_file_without_text_has_bytes_only_and_a_finding_without_a_file_has_none() {
        let gone = Diagnostic::new(Code::NotUtf8, "no").at(&path("content/b.md"), 3..3, "");
        let nowhere = Diagnostic::new(Code::MissingFile, "no `site.toml`");
        let text = render(&[gone, nowhere], &Texts);
        let lines: Vec<_> = text.lines().collect();
        assert!(
            lines[0].contains(r#""start":{"line":null,"column":null,"byte":3}"#),
            "{text}"
        );
        assert!(
            lines[1].contains(r#""file":null,"start":null,"end":null,"labels":[]"#),
            "{text}"
        );
    }
}
