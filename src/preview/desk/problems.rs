//! What is wrong, worst first: one group for each kind of problem, and in it the files one by one.
//!
//! A kind that occurs often is one line until it is opened. What a single problem looks like, with its
//! place, its words and its help, `preview/problems.rs` knows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Visit;
use super::overview::Tally;
use super::shell::{Content, address_of, count, edit, grouped, tally, weight};
use crate::diagnostic::{Code, Diagnostic, Severity, Sources, line_column};
use crate::path::SourcePath;
use crate::preview::problems::{escape, item};

/// How many problems of one kind are shown in full.
const SHOWN: usize = 50;

/// A group with no more than so many is open from the beginning.
const FEW: usize = 3;

/// The room.
pub fn room(visit: &Visit<'_>) -> Content {
    let problems = visit.problems();
    let all = Tally::new(problems);
    let mut html = if problems.is_empty() {
        "<p>Nothing that checks can find.</p>".to_owned()
    } else {
        format!("<p>{}.</p>", tally(&all))
    };
    if all.of(Severity::Error) > 0 {
        html.push_str("<p>While there is an error, nothing is published.</p>");
    }
    html.push_str(&groups(visit, problems.iter(), "h2"));
    Content {
        title: "Problems".to_owned(),
        html: format!("<div id=\"problems\" data-live>{html}</div>"),
        address: "/_desk/problems/".to_owned(),
    }
}

/// Some problems, worst first, those of a kind together, below headings of a level.
pub fn groups<'a>(
    visit: &Visit<'_>,
    problems: impl Iterator<Item = &'a Diagnostic>,
    level: &str,
) -> String {
    let mut kinds: BTreeMap<(Severity, Code), Vec<&Diagnostic>> = BTreeMap::new();
    for problem in problems {
        let kind = (problem.severity, problem.code);
        kinds.entry(kind).or_default().push(problem);
    }
    let mut html = String::new();
    let mut last = None;
    for ((severity, code), problems) in kinds {
        if last != Some(severity) {
            let _ = write!(html, "<{level}>{}</{level}>", heading(severity));
            last = Some(severity);
        }
        html.push_str(&group(visit, severity, code, &problems));
    }
    html
}

fn heading(severity: Severity) -> &'static str {
    match weight(severity).0 {
        "error" => "Errors",
        "warning" => "Warnings",
        _ => "Notes",
    }
}

fn group(visit: &Visit<'_>, severity: Severity, code: Code, problems: &[&Diagnostic]) -> String {
    let open = if problems.len() <= FEW { " open" } else { "" };
    let files = problems
        .iter()
        .filter_map(|it| it.labels.first().map(|place| &place.path));
    let files: std::collections::BTreeSet<_> = files.collect();
    let whose = match files.len() {
        0 => String::new(),
        number => format!(" in {}", count(number, "file")),
    };
    format!(
        "<details class=\"kind\" id=\"{}-{code}\"{open}><summary><code>{code}</code> \
         <span>{}{whose}</span></summary>{}</details>",
        weight(severity).0,
        if problems.len() == 1 {
            "once".to_owned()
        } else {
            format!("{} times", grouped(problems.len()))
        },
        list(visit, problems),
    )
}

/// Some problems in full.
fn list(visit: &Visit<'_>, problems: &[&Diagnostic]) -> String {
    let sources: &dyn Sources = &*visit.loaded.inputs;
    let mut html = String::new();
    for problem in problems.iter().take(SHOWN) {
        let item = item(problem, sources);
        let ways = problem.labels.first().map_or_else(String::new, |place| {
            let text = sources.text(&place.path);
            ways(visit, &place.path, text, place.span.0)
        });
        let inner = item.strip_suffix("</li>").unwrap_or(&item);
        let _ = write!(html, "{inner}{ways}</li>");
    }
    let more = problems.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = write!(
            html,
            "<li>... and {} more, which <code>afterword check</code> lists.</li>",
            grouped(more)
        );
    }
    format!("<ol class=\"problems\">{html}</ol>")
}

/// To the page of the desk about a text, and into the editor.
fn ways(visit: &Visit<'_>, file: &SourcePath, text: Option<&str>, at: usize) -> String {
    let place = text.map(|text| line_column(text, at));
    let (line, column) = place.map_or((1, 1), |place| (place.line, place.column));
    let page = visit.overview.row(file).map_or_else(String::new, |row| {
        format!(
            "<a href=\"{}\">All about this page<span class=\"unseen\">: {}</span></a> ",
            address_of(file),
            escape(&row.title),
        )
    });
    format!(
        "<div class=\"ways\">{page}{}</div>",
        edit(file, line, column, &format!("{file} at line {line}")),
    )
}
