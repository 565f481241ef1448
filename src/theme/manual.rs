//! The manual page of the template contract, made from the same descriptions as the checks.
//!
//! A test outside this room keeps `themes/CONTRACT.md` equal to [`text`]. The words of each value
//! are the doc comments of [`super::contract`]; to change the page, change those.

use std::fmt::Write as _;

use super::contract::{DirectiveRoot, Root};
use super::functions::FUNCTIONS;
use super::shape::{Field, Fields, Shape, View};

const INTRODUCTION: &str = "\
# What a theme can rely on

This page is made from the program itself (`src/theme/contract/`). A test keeps the two equal, so \
it is always true. A template sees these values and nothing else; when the theme loads, every template \
is checked against them, and a misspelt name is reported at its place before any page is rendered.

Templates are written for [Tera 2](https://keats.github.io/tera/). Every `url` is relative to the \
site's root and has no leading slash: write `{{ root }}{{ link.url }}`, which is right under any base \
path and in a copied folder. Text is escaped when it is written; values of the type *HTML* are ready. \
A value that may be absent is `none`, which counts as no: `{% if page.previous %}`. Empty text and \
empty lists count as no, too.
";

const FILES: &str = "
## Files of a theme

| File | What it is |
| --- | --- |
| `theme.toml` | the theme's name, its parent (`extends`), design tokens, contrast rules, directives, budgets and keys of `extra` |
| `templates/*.html` | a template for each kind of page: `article.html`, `section.html` ... |
| `templates/directives/NAME.html` | the template of the directive `:::NAME` |
| `assets/**` | what is published; a name that begins with `_` is a part of a stylesheet and is not |
| `strings/LANGUAGE.toml` | the words of the interface; `[_language]` gives `name` and `direction` |

A theme with `extends = \"parent\"` overrides its parent file by file, and its tokens, words, \
directives and keys of `extra` one by one. `{% extends \"base.html\" %}` means the child's `base.html` when it has one; \
`{% extends \"parent/base.html\" %}` means the parent's, so that an override can call `super()`.

Stylesheets may nest, `@import` their parts and `tokens.css`, which is made of the design tokens \
(`[tokens.ink]` is `var(--ink)`), and name other assets in `url(...)`. `@import \"parent/main.css\"` \
bundles the stylesheet of a parent as the parent has it, with the parent's parts and pictures, even \
where the child has files of these names; only the tokens are always the site's.
";

const DIRECTIVES: &str = "
## Declaring a directive

`[directives.NAME]` in `theme.toml` says what authors may write between `:::NAME {...}` and `:::`.

| Key | What it is |
| --- | --- |
| `about` | what the directive is for, in a sentence |
| `body` | `required`, `optional` (as when it is not written), `none`, or `rows`: a list whose items \
read `Label: 3, 5, 2` |
| `columns` | how many numbers each of the `rows` has; when not written, any number, alike in all of them |
| `items_at_least` | how many items a list in the body has at least |
| `items_reason` | why that many, in a sentence for authors who wrote fewer |
| `one_of` | groups of arguments of which exactly one is written: `[[\"alt\", \"decorative\"]]` |

`[directives.NAME.arguments.ARGUMENT]` declares an argument:

| Key | What it is |
| --- | --- |
| `kind` | `text`, `choice`, `integer`, `flag`, `image` or `link` |
| `about` | what the argument is for, in a sentence |
| `required` | `true` when it has to be written |
| `default` | what counts when it is not written |
| `choices` | the words that a `choice` may be |
| `min`, `max` | the smallest and the largest `integer` |
| `max_from` | the argument whose number this one may not exceed |

In the template, text and choices are text, an `integer` is a number, a `flag` is yes or no, and \
`image` and `link` are addresses relative to the site's root. An `image` called `src` also gives \
`args.src_width` and `args.src_height`, which are 0 when they are not known.
";

const BUDGETS: &str = "
## Declaring budgets

`[budget.KIND]` in `theme.toml` says what pages of a kind may weigh, and `[budget.default]` what \
those of every other kind may. `site.toml` has the same tables, which go before the theme's. \
`afterword check` compresses each page, and warns of those that weigh more.

| Key | What it is |
| --- | --- |
| `first_view` | the bytes of the page and of all stylesheets it links but those with `media=\"print\"`, \
each compressed |
| `scripts` | the bytes of all scripts it names, each compressed |
";

const EXTRA: &str = "
## Declaring a key of `extra`

`[extra.NAME]` in `theme.toml` declares a key that the theme reads in `extra` of front matter.

| Key | What it is |
| --- | --- |
| `about` | what the key is for, in a sentence |
| `choices` | the words that a page may write; another one is an error at its place. Any when not written |

Keys that no theme declares may be written all the same, and may hold anything.
";

/// The whole page, as Markdown.
pub fn text() -> String {
    let mut page = String::from(INTRODUCTION);
    let mut queue: Vec<&'static Fields> = Vec::new();
    page.push_str("\n## At the top level\n");
    section(&mut page, "In a page template", Root::shape(), &mut queue);
    section(
        &mut page,
        "In a directive template",
        DirectiveRoot::shape(),
        &mut queue,
    );
    page.push_str("\n## Values\n");
    let mut at = 0;
    while let Some(fields) = queue.get(at).copied() {
        at += 1;
        let _ = write!(
            page,
            "\n### {}\n\n{}\n",
            fields.name,
            paragraph(fields.about)
        );
        table(&mut page, fields.fields, &mut queue);
    }
    page.push_str("\n## Functions\n\nBesides those of Tera:\n");
    for function in &FUNCTIONS {
        let more = if function.takes_more { ", ..." } else { "" };
        let _ = write!(
            page,
            "\n### `{}({}=...{more})`\n\n{}\n\n```jinja\n{}\n```\n",
            function.name, function.argument, function.about, function.example
        );
    }
    page.push_str(FILES);
    page.push_str(DIRECTIVES);
    page.push_str(BUDGETS);
    page.push_str(EXTRA);
    page
}

fn section(page: &mut String, title: &str, shape: Shape, queue: &mut Vec<&'static Fields>) {
    if let Shape::Struct(fields) = shape {
        let _ = write!(page, "\n### {title}\n");
        table(page, fields.fields, queue);
    }
}

fn table(page: &mut String, fields: &[Field], queue: &mut Vec<&'static Fields>) {
    page.push_str("\n| Name | Type | What it is |\n| --- | --- | --- |\n");
    for field in fields {
        let shape = (field.shape)();
        let about = paragraph(field.about).replace('|', "\\|");
        let _ = writeln!(page, "| `{}` | {} | {about} |", field.name, words(shape));
        enqueue(shape, queue);
    }
}

/// A shape in words.
fn words(shape: Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Html => "HTML".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Flag => "yes or no".to_owned(),
        Shape::Optional(inner) => format!("{} or none", words(inner())),
        Shape::List(inner) => format!("list of {}", words(inner())),
        Shape::Struct(fields) => {
            format!("[{}](#{})", fields.name, fields.name.to_ascii_lowercase())
        }
        Shape::Words => "words of the interface".to_owned(),
        Shape::Any => "free data".to_owned(),
    }
}

/// Puts a struct on the list of those to describe, once.
fn enqueue(shape: Shape, queue: &mut Vec<&'static Fields>) {
    match shape {
        Shape::Struct(fields) => {
            if !queue.iter().any(|known| known.name == fields.name) {
                queue.push(fields);
            }
        }
        Shape::Optional(inner) | Shape::List(inner) => enqueue(inner(), queue),
        Shape::Text | Shape::Html | Shape::Number | Shape::Flag | Shape::Words | Shape::Any => {}
    }
}

/// A doc comment as one paragraph.
fn paragraph(about: &str) -> String {
    about.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_described_once_and_every_link_leads_somewhere() {
        let page = text();
        for name in ["Page", "Site", "Card", "Translation", "Practice"] {
            assert_eq!(
                page.matches(&format!("\n### {name}\n")).count(),
                1,
                "{name}"
            );
        }
        for link in page
            .split("](#")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let heading = page.lines().filter_map(|line| line.strip_prefix("### "));
            assert!(
                heading.map(str::to_lowercase).any(|title| title == link),
                "{link}"
            );
        }
        let row = "| `key_messages` | list of HTML | What a reader takes away";
        assert!(page.contains(row), "{page}");
        assert!(page.contains("### `asset(path=...)`"), "{page}");
    }
}
