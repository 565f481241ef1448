//! The keys at the top of an article, and those that a folder shares in `_defaults.yaml`.

use serde_json::json;

use super::shape::{FILLED, Key, Shape, key, list, one_or_more, table};
use crate::document::front_matter::{Kind, OWN_KEYS};

/// Front matter.
pub(super) fn article() -> Shape {
    table(keys()).shape()
}

/// `_defaults.yaml`: the same, without what each page has for itself.
pub(super) fn defaults() -> Shape {
    let keys = keys().into_iter();
    let shared = keys.filter(|key| !OWN_KEYS.contains(&key.name));
    table(shared.collect()).shape()
}

fn keys() -> Vec<Key> {
    let mut keys = about_the_page();
    keys.extend(when_and_where());
    keys.extend(what_readers_see());
    keys
}

fn about_the_page() -> Vec<Key> {
    let kinds = Kind::NAMES.map(|(name, kind)| (name, about(kind)));
    vec![
        key("title", "The title, and the page's only level-one heading.", FILLED)
            .needed()
            .example("Feeling low afterwards"),
        key(
            "short_title",
            "A discreet title for the tab, the history, menus and lists of links; the title when there is none.",
            Shape::Text,
        )
        .example("Feeling low"),
        key(
            "description",
            "One or two sentences for the top of the page, lists, search engines and the feed.",
            Shape::Text,
        )
        .example("What may ease it."),
        key("kind", "What kind of page it is.", Shape::OneOf(kinds.to_vec())).usual("article"),
        key(
            "order",
            "Place among its neighbours; smaller comes first, pages without one come last, by title.",
            Shape::Integer(None, None),
        )
        .example(2),
        key("tags", "What the page is about.", one_or_more(Shape::Text))
            .example(json!(["low mood", "talking"])),
        key("authors", "Who wrote it: ids of `content/people.yaml`.", one_or_more(Shape::Text))
            .example(json!(["example-team"])),
    ]
}

fn when_and_where() -> Vec<Key> {
    vec![
        key("published", "Day of first publication.", Shape::Date).example("2026-11-21"),
        key("updated", "Day of the last change that matters to readers.", Shape::Date)
            .example("2027-02-03"),
        key("draft", "`true` keeps the page out of the site.", Shape::Flag).usual(false),
        key("publish_from", "The first day on which the page is published.", Shape::Date)
            .example("2027-01-01"),
        key("expires", "The first day on which it no longer is.", Shape::Date)
            .example("2027-06-30"),
        key(
            "aliases",
            "Old addresses that lead here, counted from the top of the site.",
            one_or_more(Shape::Text),
        )
        .example(json!(["/old/place/"])),
        key(
            "related",
            "Pages that go well with it, as paths from this file; pages with shared tags are added.",
            one_or_more(Shape::Text),
        )
        .example(json!(["../questions.md"])),
    ]
}

fn what_readers_see() -> Vec<Key> {
    let change = table(vec![
        key("on", "The day of the change.", Shape::Date).needed(),
        key(
            "what",
            "What has changed; Markdown within the line.",
            FILLED,
        )
        .needed(),
    ]);
    vec![
        key(
            "key_messages",
            "What a reader takes away, a line each; Markdown within the line.",
            one_or_more(Shape::Text),
        )
        .example(json!(["Rest *counts*."])),
        key(
            "changes",
            "What has changed since publication and matters to readers.",
            list(change.shape()),
        )
        .example(json!([{"on": "2027-02-03", "what": "New advice on rest"}])),
        key(
            "content_note",
            "What the page mentions that a reader may want to know first; Markdown within the line.",
            Shape::Text,
        )
        .example("Mentions past abuse."),
        key(
            "picker",
            "On a page of kind `picker`: the file of what readers choose from, as a path from this file.",
            Shape::Text,
        )
        .example("activities.yaml"),
        key(
            "unmarked",
            "Words of the glossary that are not marked on this page; in a glossary, on any page.",
            one_or_more(Shape::Text),
        )
        .example(json!(["drop"])),
        key(
            "needs_review",
            "Whether the page says that it awaits review until somebody has reviewed it. When it is not written, articles and pages of kind `faq`, `help` and `picker` do.",
            Shape::Flag,
        ),
        key(
            "template",
            "Another template of the theme than that of the kind.",
            Shape::Text,
        )
        .example("page.html"),
        key(
            "extra",
            "A free table for the theme. The default theme reads `accent` (the colour of the topic) and `art` (its picture).",
            Shape::Any,
        )
        .example(json!({"accent": "dusk", "art": "lamp"})),
    ]
}

/// What a kind of page is, in a few words.
const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Home => "The front page of a language; `content/_index.md` is one by its place",
        Kind::Section => "The page of a folder; `_index.md` is one by its place",
        Kind::Article => "An article with all its furniture: the usual kind",
        Kind::Page => "A plain page, such as Privacy",
        Kind::Faq => "Questions and answers: each second-level heading is a question",
        Kind::Picker => "A page on which readers choose from ideas",
        Kind::Glossary => "Terms and what they mean",
        Kind::Help => "Whom to call, place by place",
        Kind::Promises => "What the site promises, and every other host that its pages name",
        Kind::People => "The people of content/people.yaml",
        Kind::Sources => "The library of all sources",
        Kind::Tag => "The introduction of a tag: content/tags/NAME.md",
    }
}
