//! The keys at the top of an article.
//!
//! To add a key: a documented field of [`FrontMatter`], a line in [`FrontMatter::read`], a line in
//! [`FrontMatter::or`], and a row in the README's guide for authors.

use std::ops::Range;

use jiff::civil::Date;

use crate::data::{Fields, Node, Reader, Spanned, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::markdown::typography;
use crate::path::SourcePath;

/// The kinds of page that an author can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The front page of a language: `content/_index.md`.
    Home,
    /// The page of a folder: `_index.md`.
    Section,
    /// An article with all its furniture. The usual kind.
    Article,
    /// A plain page, such as "Privacy".
    Page,
    /// Questions and answers: each level-two heading is a question.
    Faq,
    /// The page of an activity picker.
    Picker,
    /// Terms and what they mean.
    Glossary,
    /// Whom to call, place by place: `content/services.yaml`.
    Help,
    /// What the site promises, and every other host that its pages name.
    Promises,
    /// The page that lists the people of `content/people.yaml`.
    People,
    /// The library of all sources.
    Sources,
    /// The introduction of a tag: `content/tags/NAME.md`.
    Tag,
}

impl Kind {
    /// Every kind with its name in front matter.
    pub const NAMES: [(&'static str, Kind); 12] = [
        ("home", Kind::Home),
        ("section", Kind::Section),
        ("article", Kind::Article),
        ("page", Kind::Page),
        ("faq", Kind::Faq),
        ("picker", Kind::Picker),
        ("glossary", Kind::Glossary),
        ("help", Kind::Help),
        ("promises", Kind::Promises),
        ("people", Kind::People),
        ("sources", Kind::Sources),
        ("tag", Kind::Tag),
    ];
}

/// A change that matters to readers.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When.
    pub on: Spanned<Date>,
    /// What has changed; inline Markdown.
    pub what: Spanned<String>,
}

/// The keys of an article. A key that is not written is `None`, so that the folder's
/// `_defaults.yaml` can fill it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// The title; the page's only level-one heading. Needed.
    pub title: Option<Spanned<String>>,
    /// A discreet title for the tab, the history and previews.
    pub short_title: Option<Spanned<String>>,
    /// One or two sentences for lists, search engines and feeds.
    pub description: Option<Spanned<String>>,
    /// What kind of page it is.
    pub kind: Option<Kind>,
    /// Place among its neighbours; smaller comes first, pages without one come last, by title.
    pub order: Option<i64>,
    /// What it is about.
    pub tags: Option<Vec<Spanned<String>>>,
    /// Who wrote it: keys of `content/people.yaml`.
    pub authors: Option<Vec<Spanned<String>>>,
    /// First publication.
    pub published: Option<Spanned<Date>>,
    /// Last change that matters to readers.
    pub updated: Option<Spanned<Date>>,
    /// Not to be published yet.
    pub draft: Option<Spanned<bool>>,
    /// Not to be published before this day.
    pub publish_from: Option<Spanned<Date>>,
    /// Not to be published from this day on.
    pub expires: Option<Spanned<Date>>,
    /// Old addresses that lead here.
    pub aliases: Option<Vec<Spanned<String>>>,
    /// Pages that go well with it, as relative `.md` paths.
    pub related: Option<Vec<Spanned<String>>>,
    /// What a reader takes away; inline Markdown.
    pub key_messages: Option<Vec<Spanned<String>>>,
    /// What the page mentions that a reader may want to know first; inline Markdown.
    pub content_note: Option<Spanned<String>>,
    /// On a page of kind `picker`: the file of what readers choose from, as a path from this file.
    pub picker: Option<Spanned<String>>,
    /// Words of the glossary that are not marked: here, or, on a glossary, anywhere.
    pub unmarked: Option<Vec<Spanned<String>>>,
    /// Whether it says that it awaits review until somebody has reviewed it; the kind tells when it is
    /// not written.
    pub needs_review: Option<bool>,
    /// What has changed since it was published.
    pub changes: Option<Vec<Change>>,
    /// The theme's template, when it is not the one of the kind.
    pub template: Option<Spanned<String>>,
    /// Anything else a theme may use.
    pub extra: Option<Node>,
    /// True when the keys could not be read at all; more findings about them would be noise.
    pub is_broken: bool,
}

impl FrontMatter {
    /// Takes the keys of a table.
    fn read(fields: Fields<'_>) -> Self {
        let front_matter = Self {
            title: fields
                .text("title")
                .filter(|title| !title.value.trim().is_empty()),
            short_title: fields.text("short_title"),
            description: fields.text("description"),
            kind: fields.choice("kind", &Kind::NAMES),
            order: fields.integer("order").map(|order| order.value),
            tags: fields.texts("tags"),
            authors: fields.texts("authors"),
            published: fields.date("published"),
            updated: fields.date("updated"),
            draft: fields.flag("draft"),
            publish_from: fields.date("publish_from"),
            expires: fields.date("expires"),
            aliases: fields.texts("aliases"),
            related: fields.texts("related"),
            key_messages: fields.texts("key_messages"),
            content_note: fields.text("content_note"),
            picker: fields.text("picker"),
            unmarked: fields.texts("unmarked"),
            needs_review: fields.flag("needs_review").map(|flag| flag.value),
            changes: changes(&fields),
            template: fields.text("template"),
            extra: fields.node("extra").cloned(),
            is_broken: false,
        };
        fields.finish();
        front_matter
    }

    /// Sets the plain texts among the keys as the language has it, like the text of the article.
    pub fn set_text(&mut self, language: &str) {
        let texts = [
            &mut self.title,
            &mut self.short_title,
            &mut self.description,
        ];
        for text in texts.into_iter().flatten() {
            text.value = typography::set(&text.value, language);
        }
    }

    /// The keys of a folder's `_defaults.yaml`.
    pub fn read_defaults(path: &SourcePath, text: &str, findings: &mut Vec<Diagnostic>) -> Self {
        match yaml::parse(text) {
            Ok(node) => {
                let reader = Reader::new(path, text, "`_defaults.yaml`");
                let fields = Fields::new(&reader, &node, "`_defaults.yaml`");
                report_own_keys(&fields);
                let read = Self::read(fields);
                findings.extend(reader.into_findings());
                read
            }
            Err(error) => {
                findings.push(error.finding(path, 0));
                Self::default()
            }
        }
    }

    /// These keys, and those of `defaults` where these are silent. The values of `_defaults.yaml`
    /// lie in another file, so their places are dropped: nothing points at them.
    #[must_use]
    pub fn or(&self, defaults: &Self) -> Self {
        let keys = self.clone();
        Self {
            title: keys.title.or_else(|| unplaced(&defaults.title)),
            short_title: keys.short_title.or_else(|| unplaced(&defaults.short_title)),
            description: keys.description.or_else(|| unplaced(&defaults.description)),
            kind: keys.kind.or(defaults.kind),
            order: keys.order.or(defaults.order),
            tags: keys.tags.or_else(|| unplaced_list(&defaults.tags)),
            authors: keys.authors.or_else(|| unplaced_list(&defaults.authors)),
            published: keys.published.or_else(|| unplaced(&defaults.published)),
            updated: keys.updated.or_else(|| unplaced(&defaults.updated)),
            draft: keys.draft.or_else(|| unplaced(&defaults.draft)),
            publish_from: keys
                .publish_from
                .or_else(|| unplaced(&defaults.publish_from)),
            expires: keys.expires.or_else(|| unplaced(&defaults.expires)),
            aliases: keys.aliases,
            related: keys.related.or_else(|| unplaced_list(&defaults.related)),
            key_messages: keys.key_messages,
            content_note: keys.content_note,
            picker: keys.picker,
            unmarked: keys.unmarked.or_else(|| unplaced_list(&defaults.unmarked)),
            needs_review: keys.needs_review.or(defaults.needs_review),
            changes: keys.changes,
            template: keys.template.or_else(|| unplaced(&defaults.template)),
            extra: keys.extra.or_else(|| defaults.extra.clone()),
            is_broken: keys.is_broken,
        }
    }
}

/// Keys that each page has for itself, which a whole folder cannot share.
pub(crate) const OWN_KEYS: [&str; 6] = [
    "title",
    "picker",
    "aliases",
    "key_messages",
    "content_note",
    "changes",
];

/// The list `changes`: each a day and what changed on it.
fn changes(fields: &Fields<'_>) -> Option<Vec<Change>> {
    fields.node("changes")?;
    let entries = fields.list("changes").iter().filter_map(|node| {
        let table = Fields::new(fields.reader(), node, "changes");
        let on = table.date("on");
        let what = table.required_text(
            "what",
            "write what has changed, such as `what: New advice on rest`",
        );
        if table.node("on").is_none() {
            let start = table.span().start;
            fields.reader().report(
                Diagnostic::new(Code::MissingKey, "a change has no `on`")
                    .at(fields.reader().path(), start..start, "`on` belongs here")
                    .help("write the day of the change, such as `on: 2026-11-22`"),
            );
        }
        table.finish();
        Some(Change {
            on: on?,
            what: what?,
        })
    });
    Some(entries.collect())
}

fn report_own_keys(fields: &Fields<'_>) {
    for (key, _) in fields.entries() {
        if OWN_KEYS.contains(&key.value.as_str()) {
            let message = format!("`{}` cannot be shared by the pages of a folder", key.value);
            fields.reader().report(
                Diagnostic::new(Code::UnknownKey, message)
                    .at(
                        fields.reader().path(),
                        key.span.clone(),
                        "not for `_defaults.yaml`",
                    )
                    .help("write it in each page that needs it"),
            );
        }
    }
}

fn unplaced<T: Clone>(value: &Option<Spanned<T>>) -> Option<Spanned<T>> {
    value
        .as_ref()
        .map(|value| Spanned::new(value.value.clone(), 0..0))
}

fn unplaced_list(values: &Option<Vec<Spanned<String>>>) -> Option<Vec<Spanned<String>>> {
    let values = values.as_ref()?;
    Some(
        values
            .iter()
            .map(|value| Spanned::new(value.value.clone(), 0..0))
            .collect(),
    )
}

/// What stands at the top of a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Front {
    /// Between two lines of `---`: where the YAML is.
    Found(Range<usize>),
    /// The first line opens it and no line closes it.
    Unclosed(Range<usize>),
    /// There is none.
    Absent,
}

/// Finds the front matter of a file and where its body begins.
pub fn split(source: &str) -> (Front, usize) {
    let start = if source.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut lines = source[start..].split_inclusive('\n');
    let opening = lines.next().unwrap_or_default();
    if opening.trim_end() != "---" {
        return (Front::Absent, start);
    }
    let yaml_start = start + opening.len();
    let mut offset = yaml_start;
    for line in lines {
        if line.trim_end() == "---" {
            return (Front::Found(yaml_start..offset), offset + line.len());
        }
        offset += line.len();
    }
    (
        Front::Unclosed(start..start + opening.trim_end().len()),
        source.len(),
    )
}

/// Reads the front matter of an article.
pub fn parse(
    path: &SourcePath,
    source: &str,
    front: Front,
    findings: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let broken = FrontMatter {
        is_broken: true,
        ..FrontMatter::default()
    };
    let range = match front {
        Front::Found(range) => range,
        Front::Unclosed(span) => {
            findings.push(
                Diagnostic::new(Code::Syntax, "the front matter is not closed")
                    .at(path, span, "opened here")
                    .help("write a line of three hyphens, `---`, after the last key"),
            );
            return broken;
        }
        Front::Absent => {
            findings.push(
                Diagnostic::new(Code::MissingKey, "the file has no front matter")
                    .at(path, 0..0, "it belongs here")
                    .help("begin the file with a line `---`, a line `title: Your title` and a line `---`"),
            );
            return broken;
        }
    };
    let yaml_start = range.start;
    match yaml::parse(&source[range.clone()]) {
        Ok(mut node) => {
            node.shift(yaml_start);
            let reader = Reader::new(path, source, "front matter");
            let fields = Fields::new(&reader, &node, "front matter");
            let mut front_matter = FrontMatter::read(fields);
            findings.extend(reader.into_findings());
            if front_matter.title.is_none() {
                findings.push(
                    Diagnostic::new(Code::MissingKey, "the page has no title")
                        .at(path, yaml_start..yaml_start, "`title` belongs here")
                        .help("write a line `title: Your title`"),
                );
                front_matter.is_broken = true;
            }
            front_matter
        }
        Err(error) => {
            findings.push(error.finding(path, yaml_start));
            broken
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_stands_between_two_lines_of_hyphens() {
        assert_eq!(split("---\na: b\n---\nText"), (Front::Found(4..9), 13));
        assert_eq!(
            split("\u{feff}---\r\na: b\r\n---\r\nText"),
            (Front::Found(8..14), 19)
        );
        assert_eq!(split("---\n---\n"), (Front::Found(4..4), 8));
        assert_eq!(split("---\na: b\n"), (Front::Unclosed(0..3), 9));
        assert_eq!(split("Text"), (Front::Absent, 0));
    }

    #[test]
    fn defaults_fill_what_the_article_does_not_say() {
        let path = SourcePath::new("content/a.md").expect("sound");
        let mut findings = Vec::new();
        let source = "---\ntitle: A\ntags: []\n---\n";
        let (front, _) = split(source);
        let own = parse(&path, source, front, &mut findings);
        let defaults =
            FrontMatter::read_defaults(&path, "authors: [team]\ntags: [x]\n", &mut findings);
        assert_eq!(findings, []);
        let merged = own.or(&defaults);
        assert_eq!(merged.tags, Some(vec![]), "an empty list is an answer");
        assert_eq!(merged.authors.map(|authors| authors.len()), Some(1));
    }
}
