//! Every link of a text, and every link to it from other texts. Menus and lists are left out: they lead
//! everywhere.

use super::Visit;
use super::overview::Row;
use super::page::place;
use super::shell::page_link;
use crate::document::{Document, Target};
use crate::preview::problems::escape;
use crate::site::links::{Destination, Problem};
use crate::site::{LanguageId, Site};

/// Both lists.
pub fn lists(visit: &Visit<'_>, row: &Row) -> String {
    format!(
        "<h3>From this page</h3>{}<h3>To this page</h3>{}",
        list(&out(visit, row), "No link leads from it."),
        list(&to(visit, row), "No other text links to it."),
    )
}

fn list(items: &[String], none: &str) -> String {
    if items.is_empty() {
        return format!("<p>{none}</p>");
    }
    let items: String = items
        .iter()
        .map(|item| format!("<li>{item}</li>"))
        .collect();
    format!("<ul class=\"links\">{items}</ul>")
}

/// The links of a document, each with where it is written and where it leads.
fn links<'a>(
    site: &'a Site,
    document: &'a Document,
    language: LanguageId,
) -> impl Iterator<Item = (usize, &'a Target, Result<Destination<'a>, Problem>)> {
    let links = document.bodies().flat_map(|body| &body.links);
    links.map(move |link| {
        let resolved = site.resolve(document, language, &link.target);
        (
            link.span.start,
            &link.target,
            resolved.map(|it| it.destination),
        )
    })
}

fn out(visit: &Visit<'_>, row: &Row) -> Vec<String> {
    let site = visit.site();
    let mut links: Vec<_> = links(site, &row.document, row.language).collect();
    links.sort_by_key(|link| link.0);
    links
        .into_iter()
        .map(|(at, target, destination)| {
            let place = place(&row.document, at);
            let where_to = match destination {
                Ok(Destination::Page(id, heading)) => {
                    let page = site.page(id);
                    let heading = if heading.is_empty() {
                        String::new()
                    } else {
                        format!("#{heading}")
                    };
                    let title = format!("{}{heading}", page.title);
                    match &page.document {
                        Some(document) => page_link(
                            &document.path,
                            &title,
                            site.language_code(page.text_language),
                        ),
                        None => format!(
                            "<a href=\"{}\">{}</a>",
                            escape(page.url.as_str()),
                            escape(&title)
                        ),
                    }
                }
                Ok(Destination::Here(heading)) => format!("#{} on this page", escape(heading)),
                Ok(Destination::File(url)) => {
                    format!("<a href=\"{0}\">{0}</a>", escape(url.as_str()))
                }
                Ok(Destination::Outside(address)) => format!("<code>{}</code>", escape(address)),
                Err(problem) => format!(
                    "<code>{}</code> <span class=\"error\">{}</span>",
                    escape(&written(target)),
                    why(&problem)
                ),
            };
            format!("{where_to} {place}")
        })
        .collect()
}

fn to(visit: &Visit<'_>, row: &Row) -> Vec<String> {
    let site = visit.site();
    let mut found = Vec::new();
    for other in &visit.overview.rows {
        if other.document.path == row.document.path || other.links_out == 0 {
            continue;
        }
        for (at, _, destination) in links(site, &other.document, other.language) {
            let Ok(Destination::Page(id, _)) = destination else {
                continue;
            };
            let leads_here = site.page(id).document.as_ref();
            if leads_here.is_some_and(|it| it.path == row.document.path) {
                let title = page_link(
                    &other.document.path,
                    &other.title,
                    site.language_code(other.language),
                );
                found.push(format!("{title} {}", place(&other.document, at)));
            }
        }
    }
    found
}

fn written(target: &Target) -> String {
    let with = |path: &str, fragment: &str| {
        if fragment.is_empty() {
            path.to_owned()
        } else {
            format!("{path}#{fragment}")
        }
    };
    match target {
        Target::External(url) | Target::Contact(url) => url.clone(),
        Target::File { path, fragment } => with(path, fragment),
        Target::Here(id) => format!("#{id}"),
        Target::Wiki { name, fragment } => format!("[[{}]]", with(name, fragment)),
        Target::Refused { scheme } => format!("{scheme}:"),
    }
}

fn why(problem: &Problem) -> String {
    match problem {
        Problem::Missing { .. } => "leads nowhere".to_owned(),
        Problem::Hidden(hidden) => format!("leads to a page that {}", hidden.reason()),
        Problem::NoHeading { .. } => "leads to a heading that is not there".to_owned(),
        Problem::Outside => "leads out of the content folder".to_owned(),
        Problem::Scheme(_) => "is not let through".to_owned(),
        Problem::Ambiguous(_) => "could be more than one page".to_owned(),
    }
}
