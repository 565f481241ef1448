//! Every work of the site: how strong it is, who has compared its details, whether it still stands, and
//! which texts rest on it.

use std::fmt::Write as _;

use super::Visit;
use super::overview::{Row, works};
use super::shell::{Content, count, edit, page_link};
use super::states::{name, words_of};
use crate::diagnostic::line_column;
use crate::preview::problems::escape;
use crate::records::WorkId;
use crate::records::works::evidence::{self, Standing};
use crate::site::LanguageId;

/// The room.
pub fn room(visit: &Visit<'_>) -> Content {
    let site = visit.site();
    let mut cited: Vec<Vec<&Row>> = vec![Vec::new(); site.works.works().len()];
    for row in &visit.overview.rows {
        for work in works(site, &row.document) {
            cited[work.index()].push(row);
        }
    }
    let of = |is: fn(&evidence::Evidence) -> bool| {
        site.works
            .works()
            .iter()
            .filter(|work| is(&work.evidence))
            .count()
    };
    let unused = cited.iter().filter(|rows| rows.is_empty()).count();
    let rows: String = site
        .citer(LanguageId::FIRST)
        .order()
        .into_iter()
        .map(|id| line(visit, id, &cited[id.index()]))
        .collect();
    let table = if rows.is_empty() {
        String::new()
    } else {
        format!(
            "<table role=\"table\"><caption class=\"unseen\">Sources</caption><thead role=\"rowgroup\"><tr role=\"row\">\
             <th scope=\"col\" role=\"columnheader\">Source</th><th scope=\"col\" role=\"columnheader\">Strength</th>\
             <th scope=\"col\" role=\"columnheader\">Details</th><th scope=\"col\" role=\"columnheader\">Standing</th>\
             <th scope=\"col\" role=\"columnheader\">Cited in</th></tr></thead>\
             <tbody role=\"rowgroup\">{rows}</tbody></table>"
        )
    };
    let html = format!(
        "<p>{}: {} that nobody has verified, {} that no longer stands as it was, {unused} that no page cites. \
         Strength goes from A, all studies taken together, to D, which nobody has tested.</p>{table}",
        count(site.works.works().len(), "source"),
        of(|it| it.verified.is_none()),
        of(|it| !it.stands()),
    );
    Content {
        title: "Sources".to_owned(),
        html: format!("<div id=\"sources\" data-live>{html}</div>"),
        address: "/_desk/sources/".to_owned(),
    }
}

fn line(visit: &Visit<'_>, id: WorkId, rows: &[&Row]) -> String {
    let site = visit.site();
    let work = site.works.work(id);
    let place = visit
        .loaded
        .inputs
        .text_of(&work.file)
        .map(|text| line_column(text, work.key.span.start));
    let (at, column) = place.map_or((1, 1), |place| (place.line, place.column));
    let short = site.citer(LanguageId::FIRST).short(id);
    let edit = edit(&work.file, at, column, &short);
    let mut html = format!(
        "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" class=\"page\">{}</th>",
        named(visit, id, &edit),
    );
    let cells = [
        ("Strength", strength(visit, id)),
        ("Details", details(visit, id)),
        ("Standing", standing(visit, id)),
        ("Cited in", citing(visit, rows)),
    ];
    for (label, cell) in cells {
        let _ = write!(html, "<td role=\"cell\" data-label=\"{label}\">{cell}</td>");
    }
    html.push_str("</tr>");
    html
}

/// A work by its title, its short name and its key, with what stands after them.
pub fn named(visit: &Visit<'_>, id: WorkId, after: &str) -> String {
    let site = visit.site();
    let work = site.works.work(id);
    let title = work.text("title");
    let title = if title.is_empty() {
        &work.key.value
    } else {
        &title
    };
    format!(
        "<span class=\"title\">{}</span><span class=\"file\">{}</span>\
         <div class=\"ways\"><code>{}</code> {after}</div>",
        escape(title),
        escape(&site.citer(LanguageId::FIRST).short(id)),
        escape(&work.key.value),
    )
}

/// How strong a work is, with its kind.
pub fn strength(visit: &Visit<'_>, id: WorkId) -> String {
    let evidence = &visit.site().works.work(id).evidence;
    let strength = evidence
        .strength
        .map_or("not said", evidence::Strength::name);
    let kind = evidence.kind.map_or_else(String::new, |kind| {
        format!(
            " <span class=\"small\">{}</span>",
            kind.name().replace('-', " ")
        )
    });
    format!("<b>{strength}</b>{kind}")
}

/// Who has compared the details of a work with the work itself.
pub fn details(visit: &Visit<'_>, id: WorkId) -> String {
    match &visit.site().works.work(id).evidence.verified {
        Some(verified) => format!(
            "<span class=\"mark open\">verified</span> <span class=\"small\">by {} on {}</span>",
            escape(&name(visit.site(), &verified.by.value)),
            words_of(verified.on)
        ),
        None => "<span class=\"mark wait\">not verified</span>".to_owned(),
    }
}

/// Whether a work still stands.
pub fn standing(visit: &Visit<'_>, id: WorkId) -> String {
    let Some(status) = &visit.site().works.work(id).evidence.status else {
        return "<span class=\"none\">nobody has looked</span>".to_owned();
    };
    let (class, words) = match status.is {
        Standing::Current => ("open", "stands"),
        Standing::Corrected => ("open", "corrected"),
        Standing::Concern => ("wait", "in doubt"),
        Standing::Retracted => ("wait", "retracted"),
    };
    format!(
        "<span class=\"mark {class}\">{words}</span> <span class=\"small\">looked up on {}</span>",
        words_of(status.checked)
    )
}

fn citing(visit: &Visit<'_>, rows: &[&Row]) -> String {
    let link = |row: &&Row| {
        page_link(
            &row.document.path,
            &row.title,
            visit.site().language_code(row.language),
        )
    };
    match rows {
        [] => "<span class=\"mark wait\">no page</span>".to_owned(),
        [one] => link(one),
        several => {
            let items: String = several
                .iter()
                .map(|row| format!("<li>{}</li>", link(row)))
                .collect();
            format!(
                "<details><summary>{}</summary><ul>{items}</ul></details>",
                count(several.len(), "page")
            )
        }
    }
}
