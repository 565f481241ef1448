//! Links that lead nowhere, and those that break easily.

use std::ops::Range;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Target};
use crate::path::SourcePath;
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

/// Says why a link of a document leads nowhere.
pub fn finding(
    document: &Document,
    span: &Range<usize>,
    written: &str,
    problem: Problem,
) -> Diagnostic {
    finding_in((&document.path, &document.source), span, written, problem)
}

/// Says why a link of a file with its text leads nowhere.
pub fn finding_in(
    (path, text): (&SourcePath, &str),
    span: &Range<usize>,
    written: &str,
    problem: Problem,
) -> Diagnostic {
    let at = |code, message: String, label: &str| {
        Diagnostic::new(code, message).at(path, span.clone(), label)
    };
    match problem {
        Problem::Missing { nearest } => {
            let (message, help) = missing(written, nearest);
            at(Code::BrokenLink, message, "leads nowhere").help(help)
        }
        Problem::NoHeading {
            page,
            heading,
            nearest,
        } => {
            let (message, help) = no_heading(&page, &heading, nearest);
            Diagnostic::new(Code::BrokenAnchor, message)
                .at(path, heading_span(text, span), "leads to no heading")
                .help(help)
        }
        Problem::Hidden(hidden) => {
            let message = format!("the page `{written}` {}", hidden.reason());
            at(Code::HiddenTarget, message, "leads nowhere")
                .help("publish that page first, or take the link away until then")
        }
        Problem::Outside => {
            let message = format!("`{written}` leads out of the site");
            at(Code::BrokenLink, message, "leads nowhere")
                .help("only files below `content/` can be linked to")
        }
        Problem::Scheme(scheme) => {
            let message = format!("links that begin with `{scheme}:` are not let through");
            at(Code::LinkScheme, message, "").help("use `https:`, `mailto:`, `tel:` or `sms:`")
        }
        Problem::Ambiguous(pages) => {
            let message = format!("more than one page is called `{written}`");
            at(Code::BrokenLink, message, "which one?").help(format!(
                "write the path of one of them: `{}`",
                pages.join("`, `")
            ))
        }
    }
}

fn missing(written: &str, nearest: Option<String>) -> (String, String) {
    let is_page = written.ends_with(".md") || !written.contains('.');
    let what = if is_page { "page" } else { "file" };
    let help = match nearest {
        Some(nearest) => format!("the nearest is `{nearest}`"),
        None if is_page => {
            "write the path of the page's `.md` file, seen from this file".to_owned()
        }
        None => "put the file beside the article, or correct its name".to_owned(),
    };
    (format!("no {what} at `{written}`"), help)
}

fn no_heading(page: &str, heading: &str, nearest: Option<String>) -> (String, String) {
    let place = if page.is_empty() {
        "this page".to_owned()
    } else {
        format!("`{page}`")
    };
    let help = match nearest {
        Some(nearest) => format!("the nearest is `#{nearest}`"),
        None => "the id of a heading is its words in lower case, joined by hyphens".to_owned(),
    };
    (format!("{place} has no heading `#{heading}`"), help)
}

/// The part of a link's address from its `#` on.
fn heading_span(text: &str, span: &Range<usize>) -> Range<usize> {
    let written = text.get(span.clone());
    let hash = written.and_then(|written| written.find('#'));
    hash.map_or(span.clone(), |hash| span.start + hash..span.end)
}
