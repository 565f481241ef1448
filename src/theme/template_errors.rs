//! What the template engine says, as findings in the files of the theme.
//!
//! A message lists everything there is where one name was meant; here it becomes one phrase, the
//! place, the nearest name, and a label for each step on the way ("called from").
//! [`super::template_conflicts`] is about templates that do not fit together.

use std::ops::Range;

use tera::{Error, ErrorKind};

use super::functions::{MISSING_ASSET, MISSING_STRING};
use super::manifest::quoted;
use super::templates::{TemplateFile, TemplateFiles};
use crate::diagnostic::{Code, Diagnostic};

/// A syntax error, if it is one.
pub(super) fn syntax(file: &TemplateFile, error: &Error) -> Option<Diagnostic> {
    let ErrorKind::SyntaxError(report) = error.kind() else {
        return None;
    };
    let span = inside(&file.text, &report.span().range);
    let finding =
        Diagnostic::new(Code::TemplateError, plain(report.message())).at(&file.path, span, "here");
    Some(called_from(finding, None, &error.to_string(), file))
}

/// What went wrong while a page was rendered.
pub(super) fn while_rendering(files: &TemplateFiles, full: &str, error: &Error) -> Diagnostic {
    let ErrorKind::RenderingError(report) = error.kind() else {
        let finding = Diagnostic::new(Code::TemplateError, plain(&error.to_string()));
        return match files.by_name.get(full) {
            Some(file) => finding.at(&file.path, 0..0, "in this template"),
            None => finding,
        };
    };
    let Some(file) = files.by_name.get(report.filename()) else {
        return Diagnostic::new(Code::TemplateError, plain(report.message()));
    };
    let span = inside(&file.text, &report.span().range);
    let (message, names) = split_list(report.message());
    let code = if message.starts_with(MISSING_ASSET) {
        Code::MissingAsset
    } else if message.starts_with(MISSING_STRING) {
        Code::MissingString
    } else if names.is_some() || message.ends_with("is not defined") {
        Code::UnknownVariable
    } else {
        Code::TemplateError
    };
    let (message, hint) = match message.split_once("; ") {
        Some((message, hint)) => (message, hint),
        None if code == Code::UnknownVariable => (
            message,
            "a value that may be missing is written with `or`: `{{ this or \"\" }}`",
        ),
        None => (message, ""),
    };
    let mut finding = Diagnostic::new(code, plain(message))
        .at(&file.path, span, "")
        .help(hint);
    if let Some(names) = names {
        let written = message.split('`').nth(1).unwrap_or_default();
        let candidates = || names.split(", ");
        let all = format!("known here are {}", quoted(candidates()));
        finding = finding.suggest(written, candidates(), all);
    }
    called_from(finding, Some(files), &error.to_string(), file)
}

/// "Field `x` is not defined. Available fields: a, b" without its list, and the list.
fn split_list(message: &str) -> (&str, Option<&str>) {
    let list = message.split_once(" Available fields: ");
    match list.or_else(|| message.split_once(" Available variables: ")) {
        Some((message, names)) => (message.trim_end_matches('.'), Some(names)),
        None => (message.trim_end_matches('.'), None),
    }
}

/// The engine's notes (`note: called from file:line:column`) as further labels.
fn called_from(
    mut finding: Diagnostic,
    files: Option<&TemplateFiles>,
    report: &str,
    own: &TemplateFile,
) -> Diagnostic {
    for line in report
        .lines()
        .filter_map(|line| line.strip_prefix("note: "))
    {
        let Some((words, place)) = line.rsplit_once(' ') else {
            continue;
        };
        let Some((name, line, column)) = split_place(place) else {
            continue;
        };
        let file = files
            .and_then(|files| files.by_name.get(name))
            .unwrap_or(own);
        let start = offset(&file.text, line, column);
        let rest = &file.text[start..];
        let length = rest[..rest.find(['\n', '}', '%']).unwrap_or(0)]
            .trim_end()
            .len();
        finding = finding.at(&file.path, start..start + length, words);
    }
    finding
}

/// `name:line:column`, counted from 1.
pub(super) fn split_place(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

/// The byte offset of a line and column, both counted from 1.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = &text[start..];
    start
        + rest
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(rest.len(), |(at, _)| at)
}

/// A range cut off at the end of the text.
pub(super) fn inside(text: &str, span: &Range<usize>) -> Range<usize> {
    let end = span.end.min(text.len());
    span.start.min(end)..end
}

/// The engine's words as our phrase: lower case, no full stop, one line.
pub(super) fn plain(message: &str) -> String {
    let line = message
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) if !letters.as_str().starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        Some(_) | None => line.to_owned(),
    }
}
