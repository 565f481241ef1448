//! Links that lead nowhere, and those that break easily.

use std::ops::Range;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Target};
use crate::site::links::Problem;

/// Checks every link of the text and of front matter.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let document = subject.document;
    for link in document.bodies().flat_map(|body| &body.links) {
        match subject
            .site
            .resolve(document, subject.language, &link.target)
        {
            Ok(resolved) => {
                if let Some(better) = resolved.better {
                    findings.push(
                        Diagnostic::new(Code::LinkToAddress, "a link to a page's address")
                            .at(
                                &document.path,
                                link.span.clone(),
                                "breaks when the page moves",
                            )
                            .help(format!("name the page's file: `{better}`")),
                    );
                }
            }
            Err(problem) => {
                let written = as_written(&link.target);
                let is_by_name = matches!(
                    (&link.target, &problem),
                    (Target::Wiki { .. }, Problem::Missing { nearest: None })
                );
                let finding = finding(document, &link.span, &written, problem);
                findings.push(if is_by_name {
                    finding
                        .help("write a page's title, its file's name, or its path below `content/`")
                } else {
                    finding
                });
            }
        }
    }
    for related in subject.keys.related.iter().flatten() {
        if let Err(problem) = subject
            .site
            .related_page(document, subject.language, &related.value)
        {
            findings.push(finding(document, &related.span, &related.value, problem));
        }
    }
}

fn as_written(target: &Target) -> String {
    match target {
        Target::External(url) | Target::Contact(url) => url.clone(),
        Target::File { path, .. } => path.clone(),
        Target::Here(id) => format!("#{id}"),
        Target::Wiki { name, .. } => name.clone(),
        Target::Refused { scheme } => format!("{scheme}:"),
    }
}

/// Says why a link leads nowhere.
pub fn finding(
    document: &Document,
    span: &Range<usize>,
    written: &str,
    problem: Problem,
) -> Diagnostic {
    let at = |code, message: String, label: &str| {
        Diagnostic::new(code, message).at(&document.path, span.clone(), label)
    };
    let at_heading = |code, message: String, label: &str| {
        let heading = document
            .source
            .get(span.clone())
            .and_then(|written| written.find('#'));
        let span = heading.map_or(span.clone(), |hash| span.start + hash..span.end);
        Diagnostic::new(code, message).at(&document.path, span, label)
    };
    match problem {
        Problem::Missing { nearest } => {
            let (what, otherwise) = if written.ends_with(".md") || !written.contains('.') {
                (
                    "page",
                    "write the path of the page's `.md` file, seen from this file",
                )
            } else {
                (
                    "file",
                    "put the file beside the article, or correct its name",
                )
            };
            let help = nearest.map_or_else(
                || otherwise.to_owned(),
                |nearest| format!("the nearest is `{nearest}`"),
            );
            at(
                Code::BrokenLink,
                format!("no {what} at `{written}`"),
                "leads nowhere",
            )
            .help(help)
        }
        Problem::Hidden(hidden) => at(
            Code::HiddenTarget,
            format!("the page `{written}` {}", hidden.reason()),
            "leads nowhere",
        )
        .help("publish that page first, or take the link away until then"),
        Problem::NoHeading {
            page,
            heading,
            nearest,
        } => {
            let place = if page.is_empty() {
                "this page".to_owned()
            } else {
                format!("`{page}`")
            };
            let help = match nearest {
                Some(nearest) => format!("the nearest is `#{nearest}`"),
                None => {
                    "the id of a heading is its words in lower case, joined by hyphens".to_owned()
                }
            };
            at_heading(
                Code::BrokenAnchor,
                format!("{place} has no heading `#{heading}`"),
                "leads to no heading",
            )
            .help(help)
        }
        Problem::Outside => at(
            Code::BrokenLink,
            format!("`{written}` leads out of the site"),
            "leads nowhere",
        )
        .help("only files below `content/` can be linked to"),
        Problem::Scheme(scheme) => at(
            Code::LinkScheme,
            format!("links that begin with `{scheme}:` are not let through"),
            "",
        )
        .help("use `https:`, `mailto:`, `tel:` or `sms:`"),
        Problem::Ambiguous(pages) => at(
            Code::BrokenLink,
            format!("more than one page is called `{written}`"),
            "which one?",
        )
        .help(format!(
            "write the path of one of them: `{}`",
            pages.join("`, `")
        )),
    }
}
