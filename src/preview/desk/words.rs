//! The words of the glossary, and the texts that use them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Visit;
use super::overview::{Row, with_prose};
use super::shell::{Content, count, page_link};
use crate::preview::problems::escape;
use crate::reading::passages;
use crate::site::{LanguageId, PageKind, Site};

/// The room.
pub fn room(visit: &Visit<'_>) -> Content {
    let site = visit.site();
    let mut html = String::new();
    for language in site.languages() {
        if site.glossary(language).is_empty() {
            continue;
        }
        if site.languages().count() > 1 {
            html.push_str(&format!(
                "<h2>{}</h2>",
                escape(&site.config.languages[language.0].code)
            ));
        }
        html.push_str(&table(visit, language));
    }
    if html.is_empty() {
        html.push_str("<p>The site has no glossary: a page of the kind <code>glossary</code> would make one.</p>");
    }
    Content {
        title: "Words".to_owned(),
        html: format!("<div id=\"words\" data-live>{html}</div>"),
        address: "/_desk/words/".to_owned(),
    }
}

fn table(visit: &Visit<'_>, language: LanguageId) -> String {
    let site = visit.site();
    let users = users(visit, language);
    let code = site.language_code(language);
    let lang = if code == "en" {
        String::new()
    } else {
        format!(" lang=\"{}\"", escape(code))
    };
    let mut rows = String::new();
    for (at, term) in site.glossary(language).terms.iter().enumerate() {
        let (first, others) = term
            .names
            .split_first()
            .map_or(("", &[][..]), |(a, b)| (a.as_str(), b));
        let others = if others.is_empty() {
            String::new()
        } else {
            format!("<span class=\"file\">{}</span>", escape(&others.join(", ")))
        };
        let pages = users.get(&at).map_or(&[][..], Vec::as_slice);
        let items: String = pages
            .iter()
            .map(|row| {
                format!(
                    "<li>{}</li>",
                    page_link(&row.document.path, &row.title, code)
                )
            })
            .collect();
        let cell = match (pages, term.is_found) {
            ([], true) => "<span class=\"mark wait\">no page</span>".to_owned(),
            ([], false) => "<span class=\"none\">marked by links only</span>".to_owned(),
            (pages, _) => format!(
                "<details><summary>{}</summary><ul>{items}</ul></details>",
                count(pages.len(), "page")
            ),
        };
        rows.push_str(&format!(
            "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" class=\"page\"><a class=\"title\"{lang} href=\"{}#{}\">{}</a>{others}</th>\
             <td role=\"cell\" data-label=\"Used in\">{cell}</td></tr>",
            escape(site.page(term.page).url.as_str()),
            escape(&term.id),
            escape(first),
        ));
    }
    format!(
        "<table role=\"table\"><caption class=\"unseen\">Words of the glossary</caption><thead role=\"rowgroup\"><tr role=\"row\">\
         <th scope=\"col\" role=\"columnheader\">Word</th><th scope=\"col\" role=\"columnheader\">Used in</th></tr></thead>\
         <tbody role=\"rowgroup\">{rows}</tbody></table>"
    )
}

/// The texts of a language that use each term.
fn users<'v>(visit: &'v Visit<'_>, language: LanguageId) -> BTreeMap<usize, Vec<&'v Row>> {
    let site = visit.site();
    let rows = visit.overview.rows.par_iter().filter(|row| {
        row.language == language && row.keys.kind.map(PageKind::from) != Some(PageKind::Glossary)
    });
    let used: Vec<(&Row, Vec<usize>)> = rows.map(|row| (row, terms_of(site, row))).collect();
    let mut users: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    for (row, terms) in used {
        for term in terms {
            users.entry(term).or_default().push(row);
        }
    }
    users
}

/// The terms that the words of a text name.
fn terms_of(site: &Site, row: &Row) -> Vec<usize> {
    let glossary = site.glossary(row.language);
    let document = with_prose(&row.document);
    let mut found = Vec::new();
    for passage in passages(&document) {
        let text = &passage.prose.text;
        let mut at_start = true;
        for (at, letter) in text.char_indices() {
            if at_start
                && letter.is_alphanumeric()
                && let Some((term, _)) = glossary.find(&text[at..])
                && !found.contains(&term)
            {
                found.push(term);
            }
            at_start = !letter.is_alphanumeric();
        }
    }
    found
}
