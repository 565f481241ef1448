//! One text with all that is known of it.

use std::fmt::Write as _;

use super::overview::{Overview, Row, works};
use super::shell::{Content, address_of, count, edit, grouped, opening};
use super::states::{name, words_of};
use super::{Visit, hardest, pages, paragraphs, problems, sources, ways};
use crate::diagnostic::line_column;
use crate::document::Document;
use crate::path::SourcePath;
use crate::preview::problems::escape;
use crate::records::reviews::shown;
use crate::render::minutes;
use crate::site::reviews::Difference;

/// The room; `None` when the address names no text.
pub fn room(visit: &Visit<'_>) -> Option<Content> {
    let file = SourcePath::new(visit.fields.get("file"))?;
    let row = visit.overview.row(&file)?;
    let parts = [
        ("problems", "Problems", problems_of(visit, row)),
        ("outline", "Outline", outline(row)),
        (
            "hardest",
            "What is hardest to read",
            hardest::list(visit, row),
        ),
        ("sources", "Sources", sources_of(visit, row)),
        ("ways", "Links", ways::lists(visit, row)),
        (
            "translations",
            "Translations",
            paragraphs::lists(visit, row),
        ),
        ("reviews", "Reviews", reviews(visit, row)),
    ];
    let mut html = head(visit, row);
    for (id, title, part) in parts.iter().filter(|(_, _, part)| !part.is_empty()) {
        let _ = write!(
            html,
            "<section id=\"{id}\" aria-labelledby=\"of-{id}\" data-live><h2 id=\"of-{id}\">{title}</h2>{part}</section>"
        );
    }
    Some(Content {
        title: row.title.clone(),
        html,
        address: address_of(&file),
    })
}

/// What is said when no text is there.
pub fn missing(visit: &Visit<'_>) -> Content {
    let file = visit.fields.get("file");
    Content {
        title: "No such page".to_owned(),
        html: format!(
            "<p id=\"missing\" data-live>There is no text <code>{}</code>. It may have been renamed or deleted. \
             <a href=\"/_desk/\">See all pages</a></p>",
            escape(file)
        ),
        address: "/_desk/".to_owned(),
    }
}

fn head(visit: &Visit<'_>, row: &Row) -> String {
    let site = visit.site();
    let file = &row.document.path;
    let see = row.page.map_or_else(
        || "<span class=\"none\">The preview does not show it now.</span> ".to_owned(),
        |page| {
            format!(
                "<a href=\"{}\">See the page</a> ",
                escape(site.page(page).url.as_str())
            )
        },
    );
    let age = row.age(site).map_or_else(
        || "not measured: the text is short, or its language is not known".to_owned(),
        |age| format!("{age:.1} years"),
    );
    let facts = [
        ("State", pages::publication(row)),
        ("Review", pages::review(row)),
        ("Translations", pages::translations(visit, row)),
        ("Reading age", age),
        (
            "Length",
            format!(
                "{}, {} min",
                count(row.words(), "word"),
                minutes(row.words())
            ),
        ),
        ("Language", escape(site.language_code(row.language))),
        (
            "Links",
            format!(
                "{} in, {} out",
                grouped(row.links_in),
                grouped(row.links_out)
            ),
        ),
    ];
    let facts: String = facts
        .iter()
        .map(|(name, value)| format!("<div><dt>{name}</dt><dd>{value}</dd></div>"))
        .collect();
    format!(
        "<div id=\"facts\" data-live><div class=\"ways\"><code>{}</code> {see}{}</div><dl class=\"facts\">{facts}</dl></div>",
        escape(file.as_str()),
        edit(file, 1, 1, &row.title),
    )
}

/// A place in a file: its line, which opens in the editor.
pub fn place(document: &Document, at: usize) -> String {
    let place = line_column(&document.source, at);
    let line = format!("line {}", place.line);
    opening(
        &document.path,
        place.line,
        place.column,
        "plain place",
        &line,
    )
}

fn problems_of(visit: &Visit<'_>, row: &Row) -> String {
    let is_here = |path: &SourcePath| *path == row.document.path;
    let here: Vec<_> = visit
        .problems()
        .iter()
        .filter(|problem| {
            problem
                .labels
                .first()
                .is_some_and(|place| is_here(&place.path))
        })
        .collect();
    if here.is_empty() {
        return "<p>None that checks can find.</p>".to_owned();
    }
    problems::groups(visit, here.into_iter(), "h3")
}

fn outline(row: &Row) -> String {
    let headings = row.document.body.headings.iter();
    let items: String = headings
        .map(|heading| {
            format!(
                "<li class=\"l{}\">{} {}</li>",
                heading.level,
                escape(&heading.text),
                place(&row.document, heading.span.start)
            )
        })
        .collect();
    if items.is_empty() {
        return "<p>The text has no headings.</p>".to_owned();
    }
    format!("<ol class=\"outline\">{items}</ol>")
}

fn sources_of(visit: &Visit<'_>, row: &Row) -> String {
    let site = visit.site();
    let rows: String = works(site, &row.document)
        .into_iter()
        .map(|id| {
            format!(
                "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" class=\"page\">{}</th><td role=\"cell\" data-label=\"Strength\">{}</td>\
                 <td role=\"cell\" data-label=\"Details\">{}</td><td role=\"cell\" data-label=\"Standing\">{}</td></tr>",
                sources::named(visit, id, ""),
                sources::strength(visit, id),
                sources::details(visit, id),
                sources::standing(visit, id),
            )
        })
        .collect();
    if rows.is_empty() {
        return "<p>It cites none.</p>".to_owned();
    }
    format!(
        "<table role=\"table\"><caption class=\"unseen\">Sources of this page</caption><thead role=\"rowgroup\">\
         <tr role=\"row\"><th scope=\"col\" role=\"columnheader\">Source</th><th scope=\"col\" role=\"columnheader\">Strength</th>\
         <th scope=\"col\" role=\"columnheader\">Details</th><th scope=\"col\" role=\"columnheader\">Standing</th></tr></thead>\
         <tbody role=\"rowgroup\">{rows}</tbody></table>"
    )
}

fn reviews(visit: &Visit<'_>, row: &Row) -> String {
    let site = visit.site();
    let mut records: Vec<_> = site
        .reviews
        .iter()
        .filter(|it| it.page.value == row.document.path)
        .collect();
    records.sort_by_key(|record| std::cmp::Reverse(record.on.value));
    let mut html = match (records.is_empty(), &row.review) {
        (true, None) => "<p>A page of this kind needs none.</p>".to_owned(),
        (true, Some(_)) => format!(
            "<p>Nobody has reviewed it. Who has writes it down with <code>afterword review {} --by NAME</code>.</p>",
            escape(shown(&row.document.path))
        ),
        (false, _) => String::new(),
    };
    html.push_str(&differences(visit.overview, row));
    if records.is_empty() {
        return html;
    }
    html.push_str("<ol class=\"outline\">");
    for record in records {
        let checked = if record.checked.is_empty() {
            String::new()
        } else {
            format!(": {}", escape(&record.checked))
        };
        let _ = write!(
            html,
            "<li>{} by {}{checked} <span class=\"small\">next {}</span></li>",
            words_of(record.on.value),
            escape(&name(site, &record.by.value)),
            words_of(site.due(record)),
        );
    }
    html.push_str("</ol>");
    html
}

/// Which parts differ from the text that was reviewed.
fn differences(overview: &Overview, row: &Row) -> String {
    let standing = overview.site.standing_of_text(&row.document, &row.keys);
    let differences = standing.map(|it| it.differences).unwrap_or_default();
    if differences.is_empty() {
        return String::new();
    }
    let items: String = differences
        .iter()
        .map(|it| match it {
            Difference::Changed(part) => {
                format!("<li>{} has changed</li>", part_name(&part.name()))
            }
            Difference::Removed(name) => format!("<li>{} is gone</li>", part_name(name)),
        })
        .collect();
    format!("<p>Since its last review:</p><ul>{items}</ul>")
}

/// A part of a text by its name in records, as people call it.
fn part_name(name: &str) -> String {
    match name.strip_prefix('#') {
        Some(section) => format!("the section <code>{}</code>", escape(section)),
        None => format!("the {}", escape(&name.replace('-', " "))),
    }
}
