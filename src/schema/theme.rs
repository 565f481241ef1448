//! `theme.toml` and the words of the interface.

use serde_json::json;

use super::shape::{FILLED, Key, Shape, Table, key, list, map, one_or_more, table};
use super::site;

/// `themes/NAME/theme.toml`.
pub(super) fn manifest() -> Shape {
    let contrast = table(vec![
        key("text", "The token of the words.", FILLED).needed(),
        key("on", "The tokens of the grounds.", one_or_more(Shape::Text)),
        key(
            "at_least",
            "The ratio that has to be reached: 7.0 for text, 4.5 for large text, 3.0 for lines that carry meaning.",
            Shape::Number,
        )
        .usual(7.0),
    ]);
    let extra = table(vec![
        key(
            "choices",
            "The words that it may hold; any when there are none.",
            one_or_more(Shape::Text),
        ),
        key("about", "What it is for, in a sentence.", Shape::Text),
    ]);
    table(vec![
        key("name", "The name of the theme's folder.", FILLED).needed(),
        key(
            "description",
            "What the theme is, in a sentence.",
            Shape::Text,
        ),
        key("license", "Its license.", Shape::Text),
        key("authors", "Who made it.", one_or_more(Shape::Text)),
        key(
            "extends",
            "The theme whose files and words count where this one has none.",
            Shape::Text,
        )
        .example("default"),
        key(
            "tokens",
            "Design tokens; `ink` is `--ink` in stylesheets.",
            map("ink", token().shape()),
        ),
        key(
            "contrast",
            "Pairs of colours that have to be readable.",
            list(contrast.shape()),
        ),
        key(
            "directives",
            "What authors can write as `:::name`.",
            map("note", directive().shape()),
        ),
        site::budget(),
        key(
            "extra",
            "Keys that pages may write in `extra`.",
            map("accent", extra.shape()),
        ),
    ])
    .shape()
}

fn token() -> Table {
    table(vec![
        key(
            "kind",
            "What it holds.",
            Shape::OneOf(vec![
                ("color", "A colour, which may differ in the dark scheme"),
                ("length", "A length such as `38rem`"),
                ("number", "A number such as `1.6`"),
                ("font", "A list of typefaces"),
            ]),
        ),
        key("light", "The colour of the light scheme.", Shape::Text),
        key("dark", "The colour of the dark scheme.", Shape::Text),
        key("value", "The value, for both schemes.", Shape::Text),
        key("about", "What it is for, in a sentence.", Shape::Text),
    ])
    .rule(
        "if",
        json!({"properties": {"kind": {"enum": ["length", "number", "font"]}}, "required": ["kind"]}),
    )
    .rule("then", json!({"properties": {"light": false, "dark": false}}))
    .sample(json!({"kind": "color", "light": "#123", "dark": "#fff", "about": "words"}))
    .sample(json!({"kind": "length", "value": "2rem"}))
}

fn directive() -> Table {
    let count = || Shape::Integer(Some(1), None);
    table(vec![
        key("about", "What it is for.", Shape::Text),
        key(
            "body",
            "Whether it holds Markdown.",
            Shape::OneOf(vec![
                ("required", "It has to"),
                ("optional", "It may"),
                ("none", "It has none"),
                ("rows", "A list whose items read `Label: 3, 5, 2`"),
            ]),
        )
        .usual("optional"),
        key("ideas", "Whether it shows ideas of a picker.", Shape::Flag).usual(false),
        key("columns", "How many numbers each row has.", count()),
        key(
            "items_at_least",
            "How many items a list in the body has at least.",
            count(),
        ),
        key("items_reason", "Why.", Shape::Text),
        key(
            "arguments",
            "What authors can say after its name.",
            map("title", argument().shape()),
        ),
        key(
            "one_of",
            "Groups of arguments of which exactly one is written.",
            list(list(Shape::Text)),
        ),
    ])
    .rule("dependencies", json!({"items_reason": ["items_at_least"]}))
    .sample(json!({
        "about": "words", "body": "required", "ideas": true, "columns": 1, "items_at_least": 2,
        "items_reason": "words", "one_of": [["title"]],
        "arguments": {"title": {
            "kind": "text", "required": true, "default": "words", "about": "words", "min": 1,
            "max": 2, "max_from": "title", "choices": ["words"],
        }},
    }))
}

fn argument() -> Table {
    let mut keys: Vec<Key> = vec![
        key(
            "kind",
            "What it may be.",
            Shape::OneOf(vec![
                ("text", "Any words"),
                ("choice", "One of `choices`"),
                ("integer", "A whole number"),
                ("flag", "Given or not given"),
                ("image", "A picture of the site, relative to the article"),
                ("link", "A link, as in Markdown"),
            ]),
        )
        .needed(),
        key("required", "Whether it has to be written.", Shape::Flag).usual(false),
        key(
            "default",
            "What counts when it is not written.",
            Shape::Text,
        ),
    ];
    keys.extend([
        key("about", "What it is for.", Shape::Text),
        key(
            "min",
            "The smallest number allowed.",
            Shape::Integer(None, None),
        ),
        key(
            "max",
            "The largest number allowed.",
            Shape::Integer(None, None),
        ),
        key(
            "max_from",
            "The argument whose number this one may not exceed.",
            Shape::Text,
        ),
        key("choices", "The words allowed.", one_or_more(Shape::Text)),
    ]);
    table(keys)
        .rule(
            "if",
            json!({"properties": {"kind": {"const": "choice"}}, "required": ["kind"]}),
        )
        .rule("then", json!({"required": ["choices"]}))
}

/// `themes/NAME/strings/LANGUAGE.toml`.
pub(super) fn strings() -> Shape {
    let forms = ["zero", "one", "two", "few", "many"];
    let form = |name| key(name, "The words for a number of this class.", Shape::Text);
    let mut keys: Vec<_> = forms.into_iter().map(form).collect();
    keys.push(
        key(
            "other",
            "The words for every number without its own.",
            Shape::Text,
        )
        .needed(),
    );
    let plural = table(keys)
        .sample(json!({"other": "{count} words", "one": "{count} word", "zero": "a", "two": "b", "few": "c", "many": "d"}));
    let language = table(vec![
        key("name", "The language's own name for itself.", Shape::Text),
        key(
            "direction",
            "How it is written.",
            Shape::OneOf(vec![
                ("ltr", "From left to right"),
                ("rtl", "From right to left"),
            ]),
        ),
    ]);
    Shape::Table(
        table(vec![key("_language", "The language itself.", language.shape())])
            .rule("additionalProperties", Shape::Either(vec![Shape::Text, plural.clone().shape()]).json())
            .open()
            .sample(json!({"_language": {"name": "words", "direction": "ltr"}, "home": "words", "minutes": {"other": "words"}})),
    )
}
