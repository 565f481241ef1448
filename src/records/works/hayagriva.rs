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
//! To add a type: a line in [`TYPES`], and one in [`csl_type`] when its CSL type depends on the parent.

use std::ops::Range;

use citationberg::json::{NameValue, Value as Csl};

use super::{Work, dates, doi, names};
use crate::data::{Fields, Node, Reader, Spanned, Value, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// Types of entries, each with the type of its parent when that names none, and its CSL type when it
/// stands alone.
const TYPES: &[(&str, &str, &str)] = &[
    ("anthology", "anthology", "book"),
    ("anthos", "anthology", "chapter"),
    ("article", "periodical", "article"),
    ("artwork", "exhibition", "graphic"),
    ("audio", "audio", "song"),
    ("blog", "misc", "webpage"),
    ("book", "misc", "book"),
    ("case", "misc", "legal_case"),
    ("chapter", "book", "chapter"),
    ("conference", "misc", "event"),
    ("entry", "reference", "entry"),
    ("exhibition", "misc", "event"),
    ("legislation", "anthology", "legislation"),
    ("manuscript", "misc", "manuscript"),
    ("misc", "misc", "document"),
    ("newspaper", "misc", "periodical"),
    ("original", "misc", "book"),
    ("patent", "misc", "patent"),
    ("performance", "misc", "performance"),
    ("periodical", "misc", "periodical"),
    ("post", "post", "post"),
    ("proceedings", "misc", "book"),
    ("reference", "misc", "book"),
    ("report", "misc", "report"),
    ("repository", "misc", "software"),
    ("scene", "video", "motion_picture"),
    ("thesis", "misc", "thesis"),
    ("thread", "thread", "post"),
    ("video", "video", "motion_picture"),
    ("web", "web", "webpage"),
];

/// Roles of `affiliated`, each with its CSL variable; empty where CSL has none.
const ROLES: &[(&str, &str)] = &[
    ("afterword", ""),
    ("annotator", ""),
    ("cast-member", "performer"),
    ("cinematography", ""),
    ("collaborator", "contributor"),
    ("commentator", ""),
    ("compiler", "compiler"),
    ("composer", "composer"),
    ("director", "director"),
    ("executive-producer", "executive-producer"),
    ("foreword", ""),
    ("founder", ""),
    ("holder", "author"),
    ("illustrator", "illustrator"),
    ("introduction", ""),
    ("narrator", "narrator"),
    ("organizer", "organizer"),
    ("producer", "producer"),
    ("translator", "translator"),
    ("writer", "script-writer"),
];

/// Keys that are text or numbers, each with its CSL variable.
const TEXTS: &[(&str, &str)] = &[
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
const SERIALS: &[(&str, &str)] = &[
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
            let entry = Entry::read(&reader, node, "misc", GENERATIONS);
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
    fn read(reader: &Reader<'_>, node: &Node, default: &'static str, generations: usize) -> Self {
        let fields = Fields::new(reader, node, "entry");
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
        if let Some(node) = fields.node("parent") {
            let nodes = match &node.value {
                Value::List(list) => list.as_slice(),
                Value::Null
                | Value::Flag(_)
                | Value::Integer(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::Table(_) => std::slice::from_ref(node),
            };
            if generations > 0 {
                let parents = nodes
                    .iter()
                    .map(|node| Self::read(reader, node, parent_kind, generations - 1));
                entry.parents.extend(parents);
            }
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

    fn people(&mut self, fields: &Fields<'_>) {
        for key in ["author", "editor"] {
            if let Some(node) = fields.node(key) {
                let people = people(fields.reader(), node, key);
                if !people.is_empty() {
                    self.add(key, Csl::Names(people), node.span.clone());
                }
            }
        }
        let groups: Vec<&Node> = match fields.node("affiliated") {
            Some(node) => match &node.value {
                Value::List(list) => list.iter().collect(),
                Value::Null
                | Value::Flag(_)
                | Value::Integer(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::Table(_) => vec![node],
            },
            None => Vec::new(),
        };
        for group in groups {
            let group = Fields::new(fields.reader(), group, "affiliated");
            let role = group.text("role").and_then(|role| {
                let plain = role.value.to_lowercase();
                let found = ROLES.iter().find(|(name, _)| *name == plain);
                if found.is_none() {
                    report_unknown(
                        fields.reader(),
                        "role",
                        &role,
                        ROLES.iter().map(|(name, _)| *name),
                    );
                }
                found.map(|(_, variable)| *variable)
            });
            if let Some(node) = group.node("names") {
                let people = people(fields.reader(), node, "names");
                if let Some(variable) = role
                    && !variable.is_empty()
                    && !people.is_empty()
                {
                    self.add(variable, Csl::Names(people), node.span.clone());
                }
            }
            group.finish();
        }
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
        let table = Fields::new(fields.reader(), node, "url");
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
            let table = Fields::new(fields.reader(), node, "publisher");
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
        let table = Fields::new(fields.reader(), node, "serial-number");
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

    fn into_work(self, key: &Spanned<String>, path: &SourcePath) -> Work {
        let mut work = Work::new(key.clone(), path);
        work.set_text("type", csl_type(&self), self.kind.span.clone());
        for (variable, value, span) in &self.values {
            add(&mut work, variable, value, span);
        }
        if let Some(serial) = &self.serial {
            let csl = Csl::String(serial.value.clone());
            add(&mut work, "number", &csl, &serial.span);
        }
        let is_event = matches!(self.kind.value, "conference" | "exhibition" | "performance");
        let place = if is_event {
            "event-place"
        } else {
            "publisher-place"
        };
        add_spanned(&mut work, "publisher", self.organization.as_ref());
        add_spanned(&mut work, place, self.location.as_ref());
        for parent in &self.parents {
            parent.hand_down(&mut work, self.kind.value, 0);
        }
        work
    }

    /// Gives a work what it has from its parent, and from the parent of that.
    fn hand_down(&self, work: &mut Work, child: &str, generation: usize) {
        let kind = self.kind.value;
        let is_series = generation > 0
            || matches!(
                child,
                "book" | "anthology" | "report" | "proceedings" | "thesis" | "reference"
            );
        for (variable, value, span) in &self.values {
            let renamed = match (*variable, kind) {
                ("title", "conference" | "exhibition") => "event-title",
                ("issued", "conference" | "exhibition") => "event-date",
                ("title", "original") => "original-title",
                ("issued", "original") => "original-date",
                ("author", "original") => "original-author",
                ("title", "repository") if child == "article" => "publisher",
                ("title", _) if is_series => "collection-title",
                ("title", _) => "container-title",
                ("title-short", _) if !is_series => "container-title-short",
                ("volume" | "issue", _) if is_series => "collection-number",
                ("author", _) if is_series => continue,
                ("author", _) => "container-author",
                ("editor", _) if is_series => "collection-editor",
                ("title-short" | "genre" | "abstract" | "note" | "dimensions" | "DOI", _) => {
                    continue;
                }
                (other, _) => other,
            };
            add(work, renamed, value, span);
        }
        let is_event = matches!(kind, "conference" | "exhibition");
        let place = if is_event {
            "event-place"
        } else {
            "publisher-place"
        };
        if generation == 0 {
            if !is_event {
                add_spanned(work, "publisher", self.organization.as_ref());
            }
            add_spanned(work, place, self.location.as_ref());
        }
        for parent in &self.parents {
            parent.hand_down(work, kind, generation + 1);
        }
    }
}

/// The CSL type of an entry, which may depend on what contains it.
fn csl_type(entry: &Entry) -> &'static str {
    let has_parent = |kind: &str| entry.parents.iter().any(|parent| parent.kind.value == kind);
    let alone = TYPES
        .iter()
        .find(|(name, ..)| *name == entry.kind.value)
        .map_or("document", |(.., csl)| *csl);
    match entry.kind.value {
        "article" if has_parent("periodical") => "article-journal",
        "article" if has_parent("newspaper") => "article-newspaper",
        "article" if has_parent("proceedings") => "paper-conference",
        "article" if has_parent("conference") => "speech",
        "article" if has_parent("blog") => "post-weblog",
        "article" if has_parent("web") => "webpage",
        "article" if has_parent("book") || has_parent("anthology") => "chapter",
        "article" | "entry" if has_parent("reference") => "entry-encyclopedia",
        "misc" if entry.values.iter().any(|(name, ..)| *name == "URL") => "webpage",
        _ => alone,
    }
}

/// Sets what is not set yet: a work's own value stands before that of its parent.
fn add(work: &mut Work, variable: &str, value: &Csl, span: &Range<usize>) {
    if !work.has(variable) {
        work.set(variable, value.clone(), span.clone());
    }
}

fn add_spanned(work: &mut Work, variable: &str, text: Option<&Spanned<String>>) {
    if let Some(text) = text {
        add(work, variable, &Csl::String(text.value.clone()), &text.span);
    }
}

/// The type of an entry, and that of its parent when the parent names none.
fn kind(fields: &Fields<'_>, default: &'static str) -> (Spanned<&'static str>, &'static str) {
    let written = fields.text("type");
    let span = written
        .as_ref()
        .map_or_else(|| fields.span(), |text| text.span.clone());
    let wanted = written.as_ref().map_or_else(
        || default.to_owned(),
        |text| text.value.trim().to_lowercase(),
    );
    let found = TYPES.iter().find(|(name, ..)| *name == wanted);
    if let (None, Some(text)) = (found, &written) {
        fields.reader().report(
            Diagnostic::new(
                Code::UnknownEntryType,
                format!("no type of work is called `{}`", text.value),
            )
            .at(fields.reader().path(), text.span.clone(), "taken for `misc`")
            .suggest(
                &text.value,
                TYPES.iter().map(|(name, ..)| *name),
                "usual types are `article`, `book`, `chapter`, `report`, `thesis`, `web` and `video`",
            ),
        );
    }
    let (name, parent) = found.map_or(("misc", "misc"), |(name, parent, _)| (*name, *parent));
    (Spanned::new(name, span), parent)
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
    let table = Fields::new(fields.reader(), node, key);
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

/// One person or a list of them.
fn people(reader: &Reader<'_>, node: &Node, key: &str) -> Vec<NameValue> {
    let nodes = match &node.value {
        Value::List(list) => list.as_slice(),
        Value::Null
        | Value::Flag(_)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Table(_) => std::slice::from_ref(node),
    };
    nodes
        .iter()
        .filter_map(|node| person(reader, node, key))
        .collect()
}

fn person(reader: &Reader<'_>, node: &Node, key: &str) -> Option<NameValue> {
    match &node.value {
        Value::Text(text) => names::from_text(text),
        Value::Table(_) => {
            let fields = Fields::new(reader, node, key);
            let name = fields.required_text("name", "write the family name as `name:`");
            let text = |key| fields.text(key).map_or_else(String::new, |text| text.value);
            let (given, prefix, suffix) = (text("given-name"), text("prefix"), text("suffix"));
            fields.node("alias");
            fields.check_unknown();
            let name = name?.value;
            let is_alone = given.is_empty() && prefix.is_empty() && suffix.is_empty();
            Some(if is_alone {
                names::literal(name.trim())
            } else {
                NameValue::Item(names::with_parts(&name, &given, &prefix, &suffix))
            })
        }
        Value::Null | Value::Flag(_) | Value::Integer(_) | Value::Number(_) | Value::List(_) => {
            reader.wrong_type(
                node,
                key,
                "a name",
                "write `\"Family, Given\"`, or the name of an organisation",
            );
            None
        }
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

fn report_unknown<'a>(
    reader: &Reader<'_>,
    key: &str,
    text: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
) {
    let all: Vec<_> = known.clone().map(|name| format!("`{name}`")).collect();
    reader.report(
        Diagnostic::new(
            Code::UnknownValue,
            format!("`{}` is not a `{key}`", text.value),
        )
        .at(reader.path(), text.span.clone(), "not known")
        .suggest(&text.value, known, format!("one of {}", all.join(", "))),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn mistakes_are_found_at_their_places() {
        let text = "a:\n  type: artcle\n  titel: T\n  date: 2014-13\n  author: [1]\n  parent: {titel: J}\n  url: {date: 2014}\n\
            \x20 affiliated: {role: directr, names: A}\n";
        let (works, findings) = read_all(text);
        assert_eq!(works.len(), 1);
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| {
                let (start, end) = finding.labels[0].span;
                format!("{} {:?}: {}", finding.code, &text[start..end], finding.help)
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
