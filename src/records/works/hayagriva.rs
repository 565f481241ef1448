//! `content/references.yaml`: Hayagriva YAML, the easiest of the three forms to write by hand.
//!
//! ```yaml
//! doe2014:
//!   type: article
//!   title: "A title: with a subtitle"
//!   author: ["Doe, Jane", "van der Berg, Jan", Example Health Service]
//!   date: 2014-05
//!   page-range: 10-19
//!   serial-number: {doi: 10.1000/182}
//!   parent: {type: periodical, title: Journal of Examples, volume: 7, issue: 2}
//! ```
//!
//! What contains a work is its `parent`, which has keys of its own. CSL has no parents: the title of a
//! periodical becomes the container title of the article, its volume the volume of the article.
//!
//! To add a type of work: a line in [`kind`]. To add a key that is text: a line in [`TEXTS`].

mod kind;
mod parents;
mod people;

use std::ops::Range;

use citationberg::json::Value as Csl;

use super::{Work, dates, doi};
use crate::data::{Fields, Node, Reader, Spanned, Value, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

use kind::kind;

/// Keys that are text or numbers, each with its CSL variable.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("abstract", "abstract"),
    ("archive", "archive"),
    ("archive-location", "archive_location"),
    ("call-number", "call-number"),
    ("chapter", "chapter-number"),
    ("edition", "edition"),
    ("genre", "genre"),
    ("issue", "issue"),
    ("language", "language"),
    ("note", "note"),
    ("page-range", "page"),
    ("page-total", "number-of-pages"),
    ("runtime", "dimensions"),
    ("volume", "volume"),
    ("volume-total", "number-of-volumes"),
];

/// Serial numbers with a scheme of their own.
pub(crate) const SERIALS: &[(&str, &str)] = &[
    ("doi", "DOI"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("pmid", "PMID"),
    ("pmcid", "PMCID"),
];

/// How many parents may lie in each other.
const GENERATIONS: usize = 6;

/// Reads the file.
pub fn read(path: &SourcePath, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<Work> {
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(error) => {
            findings.push(error.finding(path, 0));
            return Vec::new();
        }
    };
    let reader = Reader::new(path, text, "`references.yaml`");
    let Value::Table(entries) = &node.value else {
        reader.report(
            Diagnostic::new(Code::WrongType, "`references.yaml` is not a table of works")
                .at(path, node.span.clone(), "")
                .help(
                    "begin each work with a line that is its key and a colon, such as `muise2014:`",
                ),
        );
        findings.extend(reader.into_findings());
        return Vec::new();
    };
    let works = entries
        .iter()
        .map(|(key, node)| {
            let name = key.value.as_str();
            let fields = Fields::new(&reader, node, name).called(format!("`{name}`"));
            let entry = Entry::read(fields, "misc", GENERATIONS);
            entry.into_work(key, path)
        })
        .collect();
    findings.extend(reader.into_findings());
    works
}

/// An entry or a parent, with the values of its own keys by their CSL names.
struct Entry {
    kind: Spanned<&'static str>,
    values: Vec<(&'static str, Csl, Range<usize>)>,
    organization: Option<Spanned<String>>,
    location: Option<Spanned<String>>,
    /// A serial number of no known scheme.
    serial: Option<Spanned<String>>,
    parents: Vec<Entry>,
}

impl Entry {
    fn read(fields: Fields<'_>, default: &'static str, generations: usize) -> Self {
        let (kind, parent_kind) = kind(&fields, default);
        let mut entry = Self {
            kind,
            values: Vec::new(),
            organization: plain(&fields, "organization"),
            location: plain(&fields, "location"),
            serial: None,
            parents: Vec::new(),
        };
        entry.title(&fields);
        for (key, variable) in TEXTS {
            entry.add_text(variable, plain(&fields, key));
        }
        entry.people(&fields);
        entry.dates(&fields);
        entry.publisher(&fields);
        entry.serials(&fields);
        fields.node("time-range");
        if let Some(node) = fields.node("parent")
            && generations > 0
        {
            let parents = one_or_more(node)
                .iter()
                .map(|node| Self::read(fields.below(node, "parent"), parent_kind, generations - 1));
            entry.parents.extend(parents);
        }
        fields.finish();
        entry
    }

    fn add(&mut self, variable: &'static str, value: Csl, span: Range<usize>) {
        self.values.push((variable, value, span));
    }

    fn add_text(&mut self, variable: &'static str, text: Option<Spanned<String>>) {
        if let Some(text) = text {
            self.add(variable, Csl::String(text.value), text.span);
        }
    }

    fn title(&mut self, fields: &Fields<'_>) {
        let (title, short) = formattable(fields, "title");
        self.add_text("title", title);
        self.add_text("title-short", short);
    }

    fn dates(&mut self, fields: &Fields<'_>) {
        if let Some(text) = fields.text("date")
            && let Some(date) = date(fields.reader(), "date", &text)
        {
            self.add("issued", date, text.span);
        }
        let Some(node) = fields.node("url") else {
            return;
        };
        let Value::Table(_) = &node.value else {
            let url = fields.as_text(node, "url");
            self.add_text("URL", url);
            return;
        };
        let table = fields.below(node, "url");
        let url = table.required_text("value", "write the address as `value: https://example.org`");
        self.add_text("URL", url);
        if let Some(text) = table.text("date")
            && let Some(date) = date(fields.reader(), "date", &text)
        {
            self.add("accessed", date, text.span);
        }
        table.finish();
    }

    fn publisher(&mut self, fields: &Fields<'_>) {
        let Some(node) = fields.node("publisher") else {
            return;
        };
        if let Value::Table(entries) = &node.value
            && entries
                .iter()
                .any(|(key, _)| matches!(key.value.as_str(), "name" | "location"))
        {
            let table = fields.below(node, "publisher");
            self.add_text("publisher", plain(&table, "name"));
            self.add_text("publisher-place", plain(&table, "location"));
            table.finish();
            return;
        }
        self.add_text("publisher", plain(fields, "publisher"));
    }

    fn serials(&mut self, fields: &Fields<'_>) {
        let Some(node) = fields.node("serial-number") else {
            return;
        };
        let Value::Table(_) = &node.value else {
            self.serial = fields.as_text(node, "serial-number");
            return;
        };
        let table = fields.below(node, "serial-number");
        for (key, variable) in SERIALS {
            let text = table.text(key).map(|mut text| {
                if *key == "doi" {
                    text.value = doi::normal(&text.value).to_owned();
                }
                text
            });
            self.add_text(variable, text);
        }
        if let Some(id) = table.text("arxiv") {
            let number = id.value.trim_start_matches("arXiv:");
            let url = format!("https://arxiv.org/abs/{number}");
            self.add("URL", Csl::String(url), id.span);
        }
        self.serial = table.text("serial");
        table.finish();
    }
}

/// Text that may have a short form beside it, and braces around words whose capitals are kept.
fn formattable(
    fields: &Fields<'_>,
    key: &'static str,
) -> (Option<Spanned<String>>, Option<Spanned<String>>) {
    let Some(node) = fields.node(key) else {
        return (None, None);
    };
    let without_braces = |mut text: Spanned<String>| {
        text.value = text.value.replace(['{', '}'], "").trim().to_owned();
        (!text.value.is_empty()).then_some(text)
    };
    let Value::Table(_) = &node.value else {
        let text = fields.as_text(node, key);
        return (text.and_then(without_braces), None);
    };
    let table = fields.below(node, key);
    let value = table.required_text("value", "write the words as `value: \"...\"`");
    let short = table.text("short");
    for known in ["verbatim", "sentence-case", "title-case", "translation"] {
        table.node(known);
    }
    table.finish();
    (
        value.and_then(without_braces),
        short.and_then(without_braces),
    )
}

fn plain(fields: &Fields<'_>, key: &'static str) -> Option<Spanned<String>> {
    formattable(fields, key).0
}

/// The nodes of a list; one that stands alone counts as a list of one.
fn one_or_more(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(list) => list,
        Value::Null
        | Value::Flag(_)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Table(_) => std::slice::from_ref(node),
    }
}

fn date(reader: &Reader<'_>, key: &str, text: &Spanned<String>) -> Option<Csl> {
    let date = dates::parse(&text.value);
    if date.is_none() {
        reader.report(
            Diagnostic::new(
                Code::WrongDate,
                format!("`{}` is not a date, which `{key}` needs", text.value),
            )
            .at(reader.path(), text.span.clone(), "not a date")
            .help("write `2014`, `2014-05` or `2014-05-03`"),
        );
    }
    date.map(Csl::Date)
}

#[cfg(test)]
mod tests {
    use citationberg::json::NameValue;

    use super::*;
    use crate::diagnostic;

    fn read_all(text: &str) -> (Vec<Work>, Vec<Diagnostic>) {
        let path = SourcePath::new("content/references.yaml").expect("sound");
        let mut findings = Vec::new();
        let works = read(&path, text, &mut findings);
        (works, findings)
    }

    /// `field=value` of all works, one a line, without `id`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (works, findings) = read_all(text);
        assert_eq!(findings, []);
        let shown: Vec<_> = works
            .iter()
            .map(|work| {
                let values = work.item.0.iter().filter(|(name, _)| *name != "id");
                let shown = values.map(|(name, value)| format!("{name}={}", shown(value)));
                shown.collect::<Vec<_>>().join("; ")
            })
            .collect();
        assert_eq!(shown, expected);
    }

    fn shown(value: &Csl) -> String {
        match value {
            Csl::String(text) => text.clone(),
            Csl::Number(number) => number.to_string(),
            Csl::Date(date) => dates::iso(date).unwrap_or_default(),
            Csl::Names(people) => people
                .iter()
                .map(|name| match name {
                    NameValue::Literal(name) => format!("{{{}}}", name.literal),
                    NameValue::Item(name) => format!(
                        "{}|{}|{}",
                        name.non_dropping_particle.as_deref().unwrap_or_default(),
                        name.family,
                        name.given.as_deref().unwrap_or_default()
                    ),
                })
                .collect::<Vec<_>>()
                .join(" & "),
        }
    }

    #[test]
    fn an_article_has_what_its_journal_has() {
        check(
            "a:\n  type: article\n  title: \"A title: {NASA}\"\n  author: [\"Doe, Jane\", \"van der Berg, Jan\", Example Health]\n\
             \x20 date: 2014-05\n  page-range: 10-19\n  serial-number: {doi: \"https://doi.org/10.1000/182\", pmid: 12}\n\
             \x20 parent: {type: periodical, title: {value: Journal of Examples, short: J. Ex.}, volume: 7, issue: 2}\n",
            &[
                "DOI=10.1000/182; PMID=12; author=|Doe|Jane & van der|Berg|Jan & {Example Health}; \
               container-title=Journal of Examples; container-title-short=J. Ex.; issue=2; issued=2014-05; page=10-19; \
               title=A title: NASA; type=article-journal; volume=7",
            ],
        );
    }

    #[test]
    fn parents_make_chapters_papers_posts_and_series() {
        check(
            "a: {type: chapter, title: T, author: 'Doe, J.', parent: {title: Whole, editor: 'Roe, R.', date: 2001, \
             publisher: {name: Press, location: Town}, serial-number: {isbn: 978-1}, parent: {type: anthology, title: Series, volume: 3}}}\n\
             b: {type: article, title: T, parent: [{type: proceedings, title: Proc}, {type: conference, title: Conf, location: Town, date: 2001-02-03}]}\n\
             c: {type: article, title: T, parent: {type: conference, title: Conf}}\n\
             d: {type: article, title: T, url: {value: 'https://example.org', date: 2026-11-21}, parent: {type: blog, title: Blog}}\n\
             e: {type: Article, title: T, serial-number: {arxiv: '2003.13722'}, parent: {type: repository, title: arXiv}}\n\
             f: {type: book, title: T, edition: 2, parent: {type: book, title: Series, volume: 4}}\n\
             g: {type: article, title: T, parent: {type: newspaper, title: The Example}}\n\
             h: {type: entry, title: T, parent: {title: Dictionary}}\n",
            &[
                "ISBN=978-1; author=|Doe|J.; collection-number=3; collection-title=Series; container-title=Whole; \
                 editor=|Roe|R.; issued=2001; publisher=Press; publisher-place=Town; title=T; type=chapter",
                "container-title=Proc; event-date=2001-02-03; event-place=Town; event-title=Conf; title=T; type=paper-conference",
                "event-title=Conf; title=T; type=speech",
                "URL=https://example.org; accessed=2026-11-21; container-title=Blog; title=T; type=post-weblog",
                "URL=https://arxiv.org/abs/2003.13722; publisher=arXiv; title=T; type=article",
                "collection-number=4; collection-title=Series; edition=2; title=T; type=book",
                "container-title=The Example; title=T; type=article-newspaper",
                "container-title=Dictionary; title=T; type=entry-encyclopedia",
            ],
        );
    }

    #[test]
    fn other_types_have_their_own_keys() {
        check(
            "a: {type: thesis, title: T, author: {name: Watkins, given-name: Gloria, alias: hooks}, organization: University, \
             genre: Doctoral dissertation, date: 2001}\n\
             b: {type: report, title: T, author: Example Group, serial-number: Nr. 12, publisher: Inst, location: Town}\n\
             c: {type: video, title: T, affiliated: [{role: director, names: 'Doe, J.'}, {role: Cast-Member, names: ['Roe, R.']}], runtime: '137:00'}\n\
             d: {type: web, title: T, author: Service, url: https://example.org, language: en, note: N}\n\
             e: {type: misc, title: T, url: https://example.org, date: ~2001}\n",
            &[
                "author=|Watkins|Gloria; genre=Doctoral dissertation; issued=2001; publisher=University; title=T; type=thesis",
                "author={Example Group}; number=Nr. 12; publisher=Inst; publisher-place=Town; title=T; type=report",
                "dimensions=137:00; director=|Doe|J.; performer=|Roe|R.; title=T; type=motion_picture",
                "URL=https://example.org; author={Service}; language=en; note=N; title=T; type=webpage",
                "URL=https://example.org; issued=2001~; title=T; type=webpage",
            ],
        );
    }

    #[test]
    fn messages_name_the_work_and_the_key() {
        let text = "a: [x]\nb:\n  url: {date: 2014}\n  parent: {titel: J}\n  author: ['A, B, C, D', {given-name: E}]\n  serial-number: {dio: 1}\n";
        let messages: Vec<_> = read_all(text)
            .1
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            messages,
            [
                "`a` is a list, where a table of keys is expected",
                "`A, B, C, D` is not the name of a person: it has more than two commas",
                "`author` of `b` has no `name`",
                "`url` of `b` has no `value`",
                "unknown key `dio` in `serial-number` of `b`",
                "unknown key `titel` in `parent` of `b`",
            ]
        );
    }

    #[test]
    fn mistakes_are_found_at_their_places() {
        let text = "a:\n  type: artcle\n  titel: T\n  date: 2014-13\n  author: [1]\n  parent: {titel: J}\n  url: {date: 2014}\n\
            \x20 affiliated: {role: directr, names: A}\n";
        let (works, findings) = read_all(text);
        assert_eq!(works.len(), 1);
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| {
                let shown = diagnostic::shown(finding, text);
                format!("{shown}: {}", finding.help)
            })
            .collect();
        assert_eq!(
            findings,
            [
                "unknown-entry-type \"artcle\": did you mean `article`?",
                "wrong-type \"1\": write `\"Family, Given\"`, or the name of an organisation",
                "unknown-value \"directr\": did you mean `director`?",
                "wrong-date \"2014-13\": write `2014`, `2014-05` or `2014-05-03`",
                "missing-key \"\": write the address as `value: https://example.org`",
                "unknown-key \"titel\": did you mean `title`?",
                "unknown-key \"titel\": did you mean `title`?",
            ]
        );
    }
}
