//! A translation beside its source, paragraph by paragraph: which are as they were translated, which have
//! changed, come or gone since.

use std::fmt::Write as _;

use super::Visit;
use super::overview::Row;
use super::page::place;
use super::shell::{count, page_link};
use super::states::{Translated, name, words_of};
use crate::document::Document;
use crate::document::paragraphs::{Paragraph, ParagraphKind};
use crate::preview::problems::escape;
use crate::records::reviews::shown;
use crate::site::translations::{Move, TranslationStanding, counterpart};
use crate::site::{LanguageId, Site};

/// Of a translation, the comparison with its source; of a source, its translations.
pub fn lists(visit: &Visit<'_>, row: &Row) -> String {
    let site = visit.site();
    if let Some(standing) = site.translation(&row.document) {
        return comparison(site, row, &standing);
    }
    let items: String = row
        .translations
        .iter()
        .map(|(language, state)| one(visit, row, *language, *state))
        .collect();
    if items.is_empty() {
        return String::new();
    }
    format!("<ul>{items}</ul>")
}

fn one(visit: &Visit<'_>, row: &Row, language: LanguageId, state: Translated) -> String {
    let site = visit.site();
    let code = site.language_code(language);
    let mut topics = site.topics();
    let topic = topics.find(|topic| {
        let source = topic.documents[LanguageId::FIRST.0].as_ref();
        source.is_some_and(|it| it.document.path == row.document.path)
    });
    let written = topic.and_then(|topic| topic.documents[language.0].as_ref());
    let page = written.and_then(|written| visit.overview.row(&written.document.path));
    let title = page.map_or_else(String::new, |page| {
        format!(" {}", page_link(&page.document.path, &page.title, code))
    });
    format!("<li><b>{}</b>{title}: {}</li>", escape(code), state.words())
}

fn comparison(site: &Site, row: &Row, standing: &TranslationStanding<'_>) -> String {
    let source = &standing.source.document;
    let of = page_link(
        &source.path,
        &standing
            .source
            .keys
            .title
            .as_ref()
            .map_or_else(|| shown(&source.path).to_owned(), |it| it.value.clone()),
        site.language_code(LanguageId::FIRST),
    );
    let Some(record) = standing.record else {
        return format!(
            "<p>A translation of {of}. Nobody has noted down which text it was made of: once it says the same, \
             <code>afterword translated {}</code> does.</p>",
            escape(shown(&row.document.path))
        );
    };
    let by = record.by.as_ref().map_or_else(String::new, |by| {
        format!(" by {}", escape(&name(site, &by.value)))
    });
    let mut html = format!(
        "<p>A translation of {of}, made{by} on {}. ",
        words_of(record.on.value)
    );
    let _ = match standing.moved() {
        0 => write!(html, "It says what its source says now.</p>"),
        places => write!(
            html,
            "Its source has changed in {} since.</p>",
            count(places, "place")
        ),
    };
    html.push_str(&table(row, source, standing));
    html
}

fn table(row: &Row, source: &Document, standing: &TranslationStanding<'_>) -> String {
    let theirs = source.paragraphs();
    let kinds: Vec<ParagraphKind> = theirs.iter().map(|it| it.kind).collect();
    let ours = row.document.paragraphs();
    let moved = |at: usize| {
        standing.alignment.moves.iter().find_map(|it| match *it {
            Move::Changed { now, .. } if now == at => Some("changed since"),
            Move::Added { now } if now == at => Some("new"),
            Move::Changed { .. } | Move::Added { .. } | Move::Removed { .. } => None,
        })
    };
    let mut rows = String::new();
    for (at, paragraph) in theirs.iter().enumerate() {
        let state = match moved(at) {
            Some(words) => format!("<span class=\"mark wait\">{words}</span>"),
            None => "<span class=\"mark open\">as it was</span>".to_owned(),
        };
        let our = counterpart(ours, &kinds, at);
        let _ = write!(
            rows,
            "<tr role=\"row\"><td role=\"cell\" data-label=\"State\">{state}</td><td role=\"cell\" data-label=\"Source\">{}</td>\
             <td role=\"cell\" data-label=\"Translation\">{}</td></tr>",
            said(source, paragraph),
            our.map_or_else(
                || "<span class=\"none\">no paragraph at this place</span>".to_owned(),
                |it| said(&row.document, it)
            ),
        );
    }
    let gone = standing
        .alignment
        .moves
        .iter()
        .filter(|it| matches!(it, Move::Removed { .. }))
        .count();
    let gone = if gone == 0 {
        String::new()
    } else {
        format!(
            "<p>{} of the source gone since.</p>",
            match gone {
                1 => "1 paragraph is".to_owned(),
                more => format!("{} are", count(more, "paragraph")),
            }
        )
    };
    format!(
        "{gone}<details id=\"paragraphs\"><summary>Paragraph by paragraph</summary>\
         <table role=\"table\"><caption class=\"unseen\">The source beside its translation</caption><thead role=\"rowgroup\">\
         <tr role=\"row\"><th scope=\"col\" role=\"columnheader\">State</th><th scope=\"col\" role=\"columnheader\">Source</th>\
         <th scope=\"col\" role=\"columnheader\">Translation</th></tr></thead><tbody role=\"rowgroup\">{rows}</tbody></table></details>"
    )
}

/// How much of a paragraph is shown.
const SHOWN: usize = 90;

/// The beginning of a paragraph and its place.
fn said(document: &Document, paragraph: &Paragraph) -> String {
    let text = document
        .source
        .get(paragraph.span.clone())
        .unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    let mut start: String = line.chars().take(SHOWN).collect();
    if start.len() < line.len() {
        start.push('…');
    }
    let language = &document.options.language;
    let lang = if language == "en" {
        String::new()
    } else {
        format!(" lang=\"{}\"", escape(language))
    };
    format!(
        "<span{lang}>{}</span> {}",
        escape(&start),
        place(document, paragraph.span.start)
    )
}
