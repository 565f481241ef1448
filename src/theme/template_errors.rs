//! What the template engine says, as findings in the files of the theme.
//!
//! The engine gives byte ranges for some errors, finished reports (`--> file:line:column`) for
//! others and no place at all for the rest; here each gets its place. Messages are ours where the
//! engine lists everything there is instead of the one name that was meant.

use std::collections::BTreeSet;
use std::ops::Range;

use tera::{Error, ErrorKind};

use super::functions::{FUNCTIONS, MISSING_ASSET, MISSING_STRING};
use super::manifest::quoted;
use super::templates::{TemplateFile, TemplateFiles};
use crate::diagnostic::{Code, Diagnostic};

/// The filters of the template engine.
pub(super) const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The tests of the template engine.
pub(super) const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// The functions of the template engine.
const ENGINE_FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

/// What is wrong, and the full names of the templates that cannot be used because of it.
#[derive(Debug, Default)]
pub(super) struct Culprits {
    /// Full names.
    pub names: Vec<String>,
    /// What is wrong; empty for a template that only suffers from another one.
    pub findings: Vec<Diagnostic>,
}

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

/// What the engine refuses when it puts the templates together.
pub(super) fn while_adding(
    files: &TemplateFiles,
    broken: &BTreeSet<String>,
    error: &Error,
) -> Culprits {
    match error.kind() {
        ErrorKind::SyntaxError(report) => Culprits {
            names: vec![report.filename().to_owned()],
            findings: files
                .by_name
                .get(report.filename())
                .and_then(|file| syntax(file, error))
                .into_iter()
                .collect(),
        },
        ErrorKind::MissingParent { current, parent } => {
            missing_parent(files, broken, current, parent)
        }
        ErrorKind::CircularExtend {
            tpl,
            inheritance_chain,
        } => circle(files, tpl, inheritance_chain, "extends"),
        ErrorKind::CircularInclude { tpl, include_chain } => {
            circle(files, tpl, include_chain, "include")
        }
        _ => reports(files, broken, &error.to_string()),
    }
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
        let end = start + file.text[start..].find(['\n', '}', '%']).unwrap_or(0);
        finding = finding.at(&file.path, start..end.max(start), words);
    }
    finding
}

fn missing_parent(
    files: &TemplateFiles,
    broken: &BTreeSet<String>,
    current: &str,
    parent: &str,
) -> Culprits {
    let names = vec![current.to_owned()];
    if files
        .resolve(parent)
        .is_some_and(|full| broken.contains(full))
    {
        return Culprits {
            names,
            findings: Vec::new(),
        };
    }
    let Some(file) = files.by_name.get(current) else {
        return Culprits::default();
    };
    let finding = unknown_template(files, parent).at(
        &file.path,
        literal_after(&file.text, "extends", parent),
        "extended here",
    );
    Culprits {
        names,
        findings: vec![finding],
    }
}

/// "There is no template", with the nearest name.
pub(super) fn unknown_template(files: &TemplateFiles, name: &str) -> Diagnostic {
    let mut names: Vec<&str> = files.names().collect();
    names.sort_unstable();
    let help = "a template is named by its path below `templates/`";
    Diagnostic::new(
        Code::MissingTemplate,
        format!("there is no template `{name}`"),
    )
    .suggest(name, names, help)
}

fn circle(files: &TemplateFiles, start: &str, chain: &[String], tag: &str) -> Culprits {
    let mut members: Vec<&str> = vec![start];
    for name in chain {
        if !members.contains(&name.as_str()) {
            members.push(name);
        }
    }
    let message = match (tag, members.as_slice()) {
        ("extends", [one]) => format!("the template `{one}` extends itself"),
        ("extends", all) => format!(
            "{} extend each other in a circle",
            quoted(all.iter().copied())
        ),
        (_, [one]) => format!("the template `{one}` includes itself"),
        (_, all) => format!(
            "{} include each other in a circle",
            quoted(all.iter().copied())
        ),
    };
    let mut finding = Diagnostic::new(Code::TemplateError, message);
    for (index, name) in members.iter().enumerate() {
        let Some(file) = files.by_name.get(*name) else {
            continue;
        };
        let next = members.get(index + 1).copied().unwrap_or(start);
        let short = next.split_once('/').map_or(next, |(_, short)| short);
        let span = [next, short]
            .into_iter()
            .map(|written| literal_after(&file.text, tag, written))
            .find(|span| !span.is_empty())
            .unwrap_or(0..0);
        finding = finding.at(&file.path, span, "");
    }
    let help = own_parent(files, start)
        .filter(|_| tag == "extends" && members.len() == 1)
        .map(|parent| {
            format!("to change the parent theme's, write `{{% extends \"{parent}\" %}}`")
        });
    let finding = finding.help(help.unwrap_or_else(|| format!("take one `{tag}` out")));
    Culprits {
        names: vec![start.to_owned()],
        findings: vec![finding],
    }
}

/// The same file in the next theme up.
fn own_parent(files: &TemplateFiles, full: &str) -> Option<String> {
    let (theme, name) = full.split_once('/')?;
    let above = files
        .themes
        .iter()
        .skip_while(|known| *known != theme)
        .skip(1);
    above
        .map(|theme| format!("{theme}/{name}"))
        .find(|full| files.by_name.contains_key(full))
}

/// The engine's finished reports, one after another.
fn reports(files: &TemplateFiles, broken: &BTreeSet<String>, text: &str) -> Culprits {
    let mut culprits = Culprits::default();
    for report in text.split("\n\n") {
        let mut lines = report.lines();
        let message = lines.next().unwrap_or_default();
        let message = message.strip_prefix("error: ").unwrap_or(message);
        let place = lines.next().and_then(|line| line.split_once("--> "));
        match place.and_then(|(_, place)| split_place(place)) {
            Some((name, line, column)) => {
                let Some(file) = files.by_name.get(name) else {
                    continue;
                };
                culprits.names.push(name.to_owned());
                let start = offset(&file.text, line, column);
                culprits
                    .findings
                    .extend(unknown_name(files, broken, file, message, start));
            }
            None => twice(files, message, &mut culprits),
        }
    }
    culprits.names.sort();
    culprits.names.dedup();
    culprits
}

/// "Unknown filter `x`" and its like.
fn unknown_name(
    files: &TemplateFiles,
    broken: &BTreeSet<String>,
    file: &TemplateFile,
    message: &str,
    start: usize,
) -> Option<Diagnostic> {
    let name = message.split('`').nth(1).unwrap_or_default();
    let at = start + file.text[start..].find(name).unwrap_or(0);
    let span = inside(&file.text, &(at..at + name.len()));
    let what = message
        .strip_prefix("Unknown ")
        .and_then(|rest| rest.split(' ').next());
    let known: Vec<&str> = match what {
        Some("filter") => FILTERS.to_vec(),
        Some("test") => TESTS.to_vec(),
        Some("function") => FUNCTIONS
            .iter()
            .map(|function| function.name)
            .chain(ENGINE_FUNCTIONS)
            .collect(),
        Some("component") => {
            let hidden = |full: &String| {
                files
                    .by_name
                    .get(full)
                    .is_some_and(|file| components(&file.text).any(|n| n == name))
            };
            if broken.iter().any(hidden) {
                return None;
            }
            files
                .by_name
                .values()
                .flat_map(|file| components(&file.text))
                .collect()
        }
        Some("template") => {
            if files
                .resolve(name)
                .is_some_and(|full| broken.contains(full))
            {
                return None;
            }
            return Some(unknown_template(files, name).at(&file.path, span, "included here"));
        }
        Some(_) | None => {
            return Some(
                Diagnostic::new(Code::TemplateError, plain(message)).at(&file.path, span, ""),
            );
        }
    };
    let what = what.unwrap_or_default();
    let mut names: Vec<&str> = known;
    names.sort_unstable();
    names.dedup();
    let all = match names.as_slice() {
        [] => format!("no template has a {what}"),
        names => format!("known are {}", quoted(names.iter().copied())),
    };
    Some(
        Diagnostic::new(Code::TemplateError, format!("there is no {what} `{name}`"))
            .at(&file.path, span, "not known")
            .suggest(name, names, all),
    )
}

/// "Component `x` is defined in both `a` and `b`".
fn twice(files: &TemplateFiles, message: &str, culprits: &mut Culprits) {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let mut finding = Diagnostic::new(Code::TemplateError, plain(message));
    if let [component, templates @ ..] = names.as_slice() {
        for full in templates {
            let Some(file) = files.by_name.get(*full) else {
                continue;
            };
            let span = word_after(&file.text, "component", component);
            finding = finding.at(&file.path, span, "defined here");
            culprits.names = vec![(*full).to_owned()];
        }
        finding = finding.help("give one of them another name");
    }
    culprits.findings.push(finding);
}

/// The names of the components that a template defines, as far as a glance tells.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component ").filter_map(|(at, word)| {
        let before = text[..at].trim_end().trim_end_matches('-');
        let rest = text[at + word.len()..].trim_start();
        let end = rest.find('(')?;
        (before.ends_with("{%") && !rest[..end].contains(char::is_whitespace)).then(|| &rest[..end])
    })
}

/// Where a literal stands after a tag's name; empty when it is not found.
fn literal_after(text: &str, tag: &str, literal: &str) -> Range<usize> {
    ['"', '\'', '`']
        .into_iter()
        .find_map(|quote| {
            let written = format!("{quote}{literal}{quote}");
            text.match_indices(&written)
                .find(|(at, _)| text[..*at].trim_end().ends_with(tag))
                .map(|(at, written)| at + 1..at + written.len() - 1)
        })
        .unwrap_or(0..0)
}

fn word_after(text: &str, tag: &str, word: &str) -> Range<usize> {
    text.match_indices(word)
        .find(|(at, _)| text[..*at].trim_end().ends_with(tag))
        .map_or(0..0, |(at, word)| at..at + word.len())
}

/// `name:line:column`, counted from 1.
fn split_place(place: &str) -> Option<(&str, usize, usize)> {
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

fn inside(text: &str, span: &Range<usize>) -> Range<usize> {
    let end = span.end.min(text.len());
    span.start.min(end)..end
}

/// The engine's words as our phrase: lower case, no full stop, one line.
fn plain(message: &str) -> String {
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
