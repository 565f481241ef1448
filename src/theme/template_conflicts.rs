//! What the template engine refuses when it puts the templates together: circles, parents that are
//! not there, names that nothing has.
//!
//! The engine gives finished reports for some of these and no place at all for others; here each
//! gets its place and the nearest name. A template that only suffers from another one is not
//! reported again.

use std::collections::BTreeSet;
use std::ops::Range;

use tera::{Error, ErrorKind};

use super::functions::FUNCTIONS;
use super::manifest::quoted;
use super::template_errors::{inside, offset, plain, split_place, syntax};
use super::templates::{TemplateFile, TemplateFiles};
use crate::diagnostic::{Code, Diagnostic};

/// The filters of the template engine.
const FILTERS: [&str; 37] = [
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
const TESTS: [&str; 17] = [
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
fn unknown_template(files: &TemplateFiles, name: &str) -> Diagnostic {
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
    if what == Some("template") {
        let is_broken = files
            .resolve(name)
            .is_some_and(|full| broken.contains(full));
        let finding = unknown_template(files, name).at(&file.path, span, "included here");
        return (!is_broken).then_some(finding);
    }
    let hides = |full: &String| {
        let file = files.by_name.get(full);
        file.is_some_and(|file| components(&file.text).any(|component| component == name))
    };
    if what == Some("component") && broken.iter().any(hides) {
        return None;
    }
    let Some(mut names) = what.and_then(|what| known_names(files, what)) else {
        return Some(Diagnostic::new(Code::TemplateError, plain(message)).at(&file.path, span, ""));
    };
    let what = what.unwrap_or_default();
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

/// The names that there are of a kind.
fn known_names<'a>(files: &'a TemplateFiles, what: &str) -> Option<Vec<&'a str>> {
    Some(match what {
        "filter" => FILTERS.to_vec(),
        "test" => TESTS.to_vec(),
        "function" => {
            let ours = FUNCTIONS.iter().map(|function| function.name);
            ours.chain(ENGINE_FUNCTIONS).collect()
        }
        "component" => {
            let files = files.by_name.values();
            files.flat_map(|file| components(&file.text)).collect()
        }
        _ => return None,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_the_tables_is_known_to_the_engine() {
        let accepted = |template: String| {
            let mut engine = tera::Tera::default();
            engine.add_raw_template("x", &template).is_ok()
        };
        for filter in FILTERS {
            assert!(accepted(format!("{{{{ 1 | {filter} }}}}")), "{filter}");
        }
        for test in TESTS {
            assert!(accepted(format!("{{{{ 1 is {test} }}}}")), "{test}");
        }
        for function in ENGINE_FUNCTIONS {
            assert!(accepted(format!("{{{{ {function}() }}}}")), "{function}");
        }
    }
}
