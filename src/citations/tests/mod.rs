//! Whole pages, and the traps of the CSL engine. Works and styles for all of them are here; what is
//! seen of them stands with the room that it is about.

mod entries;
mod marks;
mod pages;

use std::sync::Arc;

use citationberg::json::Item;
use serde_json::json;

use super::{Citer, Cluster, ClusterItem, Form, Locator, Mark, Piece, Style};
use crate::data::Spanned;
use crate::path::SourcePath;
use crate::records::works::{Bibliography, Evidence, Work};

fn work(item: serde_json::Value) -> Work {
    let item: Item = serde_json::from_value(item).unwrap();
    let key = item.id().unwrap().into_owned();
    Work {
        slug: key.clone(),
        key: Spanned::new(key, 0..0),
        file: SourcePath::new("content/references.json").unwrap(),
        item,
        fields: Vec::new(),
        evidence: Evidence::default(),
    }
}

fn citer(style: &str, items: serde_json::Value) -> Citer {
    citer_in("en", style, items)
}

fn citer_in(language: &str, style: &str, items: serde_json::Value) -> Citer {
    let works = items.as_array().unwrap().iter().cloned().map(work);
    let works = Arc::new(Bibliography::new(works.collect()));
    let style = Arc::new(Style::bundled(style).unwrap());
    Citer::new(works, style, language)
}

/// A cluster from words such as `a`, `a@12` (page 12) or `-a` (no author).
fn cluster(citer: &Citer, form: Form, words: &str) -> Cluster {
    let items = words.split(' ').map(|word| {
        let (key, page) = word.split_once('@').unwrap_or((word, ""));
        ClusterItem {
            work: citer.works().find(key.trim_start_matches('-')).unwrap(),
            locator: (!page.is_empty()).then(|| Locator {
                label: "page",
                value: page.to_owned(),
            }),
            prefix: String::new(),
            suffix: String::new(),
            is_author_suppressed: key.starts_with('-'),
        }
    });
    Cluster {
        form,
        items: items.collect(),
    }
}

fn html(mark: &Mark) -> String {
    let pieces = mark.pieces.iter().map(|piece| match piece {
        Piece::Between(html) | Piece::Work { html, .. } => html.as_str(),
    });
    let pieces: String = pieces.collect();
    format!("{}{pieces}", mark.named)
}

/// The marks of a page, each written as words; `@` before the words makes the author part of the
/// sentence.
fn marks(citer: &Citer, page: &[&str]) -> Vec<String> {
    let clusters: Vec<_> = page
        .iter()
        .map(|words| match words.strip_prefix('@') {
            Some(words) => cluster(citer, Form::InText, words),
            None => cluster(citer, Form::Bracketed, words),
        })
        .collect();
    citer.page(&clusters).marks.iter().map(html).collect()
}

/// The entry of the first work.
fn entry(style: &str, item: serde_json::Value) -> String {
    let citer = citer(style, json!([item]));
    let key = citer.works().works()[0].key.value.clone();
    let page = [cluster(&citer, Form::Bracketed, &key)];
    citer.page(&page).entries.remove(0).html
}

fn article() -> serde_json::Value {
    json!({
        "id": "a", "type": "article-journal", "title": "On rest",
        "author": [{"family": "Exemplar", "given": "Ada"}],
        "issued": {"date-parts": [[2014]]},
        "container-title": "Journal of Examples", "volume": "40", "issue": "3", "page": "210-225",
    })
}

fn with(mut item: serde_json::Value, field: &str, value: serde_json::Value) -> serde_json::Value {
    item[field] = value;
    item
}

fn library() -> serde_json::Value {
    let article = |id: &str, title: &str, year: i32, names: serde_json::Value| {
        json!({
            "id": id, "type": "article-journal", "title": title, "author": names,
            "issued": {"date-parts": [[year]]},
            "container-title": "Journal of Examples", "volume": "1", "page": "1-9",
        })
    };
    let one = json!([{"family": "Repeat", "given": "Rhea"}]);
    json!([
        article("zest", "Zest", 2015, one.clone()),
        article("calm", "Calm", 2015, one.clone()),
        article("late", "Late", 2017, one),
        article("ada", "Ada", 2010, json!([{"family": "Namesake", "given": "Ada"}])),
        article("bo", "Bo", 2011, json!([{"family": "Namesake", "given": "Bo"}])),
        article("two", "Two", 2012, json!([
            {"family": "Sample", "given": "Sam"}, {"family": "Specimen", "given": "Sue"}])),
        article("warm", "Warm", 2009, json!([
            {"family": "Third", "given": "T."}, {"family": "Fourth", "given": "F."},
            {"family": "Fifth", "given": "G."}])),
        article("cold", "Cold", 2009, json!([
            {"family": "Third", "given": "T."}, {"family": "Sixth", "given": "S."},
            {"family": "Seventh", "given": "V."}])),
        article("warmer", "Warmer", 2009, json!([
            {"family": "Third", "given": "T."}, {"family": "Fourth", "given": "F."},
            {"family": "Fifth", "given": "G."}])),
        {"id": "page", "type": "webpage", "title": "Advice", "URL": "https://example.org/advice",
         "author": [{"literal": "Helpline"}]},
        {"id": "page2", "type": "webpage", "title": "More advice",
         "URL": "https://example.org/more", "author": [{"literal": "Helpline"}]},
        {"id": "nobody", "type": "webpage", "title": "Nobody wrote this",
         "issued": {"date-parts": [[2020]]}, "URL": "https://example.org/nobody"},
    ])
}

fn check(style: &str, page: &[&str], expected: &[&str]) {
    let citer = citer(style, library());
    assert_eq!(marks(&citer, page), expected, "{style}");
}
