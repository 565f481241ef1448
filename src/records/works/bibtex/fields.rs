//! From the fields of an entry to a work.
//!
//! Both dialects are understood: `journal` and `journaltitle`, `year` with `month` and `date`, `school`
//! and `institution`. Fields that say nothing about the work itself (`file`, `groups`) are passed over.
//!
//! To add a kind of entry: a line in [`KINDS`]. To add a field that is text: a line in [`TEXTS`].

use std::ops::Range;

use citationberg::json::{NameValue, Value};
use rustc_hash::FxHashMap;

use super::{Entry, Field, tex};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::records::works::names::{self, Word};
use crate::records::works::{Work, dates, doi, variables};

/// Kinds of entries, each with the CSL type of such a work.
const KINDS: &[(&str, &str)] = &[
    ("article", "article-journal"),
    ("artwork", "graphic"),
    ("audio", "song"),
    ("book", "book"),
    ("bookinbook", "chapter"),
    ("booklet", "pamphlet"),
    ("collection", "book"),
    ("commentary", "book"),
    ("conference", "paper-conference"),
    ("dataset", "dataset"),
    ("data", "dataset"),
    ("electronic", "webpage"),
    ("image", "graphic"),
    ("inbook", "chapter"),
    ("incollection", "chapter"),
    ("inproceedings", "paper-conference"),
    ("inreference", "entry-encyclopedia"),
    ("jurisdiction", "legal_case"),
    ("legal", "legislation"),
    ("legislation", "legislation"),
    ("letter", "personal_communication"),
    ("manual", "book"),
    ("mastersthesis", "thesis"),
    ("misc", "document"),
    ("movie", "motion_picture"),
    ("music", "song"),
    ("mvbook", "book"),
    ("mvcollection", "book"),
    ("mvproceedings", "book"),
    ("mvreference", "book"),
    ("online", "webpage"),
    ("patent", "patent"),
    ("performance", "performance"),
    ("periodical", "periodical"),
    ("phdthesis", "thesis"),
    ("proceedings", "book"),
    ("reference", "book"),
    ("report", "report"),
    ("review", "review"),
    ("software", "software"),
    ("standard", "standard"),
    ("suppbook", "chapter"),
    ("suppcollection", "chapter"),
    ("suppperiodical", "article-journal"),
    ("techreport", "report"),
    ("thesis", "thesis"),
    ("unpublished", "manuscript"),
    ("video", "motion_picture"),
    ("www", "webpage"),
];

/// Entries that hold no work of their own.
const NO_WORKS: [&str; 2] = ["xdata", "set"];

/// Fields that are text, each with its CSL variable. Of several for one variable the first that is
/// there counts.
const TEXTS: &[(&str, &str)] = &[
    ("abstract", "abstract"),
    ("annotation", "annote"),
    ("annote", "annote"),
    ("chapter", "chapter-number"),
    ("eventtitle", "event-title"),
    ("venue", "event-place"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("keywords", "keyword"),
    ("library", "source"),
    ("medium", "medium"),
    ("origlocation", "original-publisher-place"),
    ("origpublisher", "original-publisher"),
    ("origtitle", "original-title"),
    ("pagetotal", "number-of-pages"),
    ("numpages", "number-of-pages"),
    ("part", "part-number"),
    ("pmcid", "PMCID"),
    ("pmid", "PMID"),
    ("series", "collection-title"),
    ("shorttitle", "title-short"),
    ("shortjournal", "container-title-short"),
    ("journalabbr", "container-title-short"),
    ("version", "version"),
    ("volume", "volume"),
    ("volumes", "number-of-volumes"),
];

/// Fields that are names, each with its CSL variable.
const NAMES: &[(&str, &str)] = &[
    ("author", "author"),
    ("bookauthor", "container-author"),
    ("director", "director"),
    ("origauthor", "original-author"),
    ("translator", "translator"),
];

/// Fields with addresses of e-prints by their id, each by the name of the archive.
const ARCHIVES: &[(&str, &str, &str)] = &[
    ("arxiv", "arXiv", "https://arxiv.org/abs/"),
    ("hdl", "", "https://hdl.handle.net/"),
    ("jstor", "", "https://www.jstor.org/stable/"),
    ("osf", "OSF", "https://osf.io/"),
    ("psyarxiv", "PsyArXiv", "https://osf.io/preprints/psyarxiv/"),
    ("socarxiv", "SocArXiv", "https://osf.io/preprints/socarxiv/"),
    ("medrxiv", "medRxiv", ""),
    ("biorxiv", "bioRxiv", ""),
];

/// What `crossref` does not hand down.
const NOT_INHERITED: &[&str] = &[
    "crossref",
    "xref",
    "xdata",
    "ids",
    "entryset",
    "keywords",
    "label",
    "options",
    "related",
    "shorthand",
    "shorttitle",
    "sortkey",
    "abstract",
    "doi",
    "note",
];

/// The works of all entries.
pub fn works(
    mut entries: Vec<Entry>,
    path: &SourcePath,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Work> {
    inherit(&mut entries, path, findings);
    entries
        .iter()
        .filter(|entry| !NO_WORKS.contains(&entry.kind.value.as_str()))
        .map(|entry| {
            if !entry.is_sound {
                return Work::new(entry.key.clone(), path);
            }
            let mut mapping = Mapping {
                entry,
                work: Work::new(entry.key.clone(), path),
            };
            mapping.kind(path, findings);
            mapping.titles();
            mapping.names();
            mapping.dates(path, findings);
            mapping.numbers();
            mapping.publisher();
            mapping.addresses();
            mapping.texts();
            mapping.work
        })
        .collect()
}

/// Puts the fields of the entry that `crossref` or `xdata` names into those that name it.
fn inherit(entries: &mut [Entry], path: &SourcePath, findings: &mut Vec<Diagnostic>) {
    let refers = |entry: &Entry| {
        let mut fields = entry.fields.iter();
        fields.any(|field| matches!(field.name.value.as_str(), "crossref" | "xdata"))
    };
    if !entries.iter().any(refers) {
        return;
    }
    let by_key: FxHashMap<String, usize> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| (entry.key.value.to_lowercase(), index))
        .collect();
    // A chapter, its book, and the series of the book: chains are short, and may be circles.
    for round in 0..3 {
        for index in 0..entries.len() {
            let mut handed_down: Vec<Field> = Vec::new();
            let entry = &entries[index];
            for field in &entry.fields {
                let is_plain = field.name.value == "xdata";
                if !is_plain && field.name.value != "crossref" {
                    continue;
                }
                for key in field.tex.split(',').map(str::trim) {
                    match by_key.get(&key.to_lowercase()) {
                        Some(&parent) if parent != index => {
                            handed_down.extend(inherited(&entries[parent], entry, is_plain));
                        }
                        Some(_) => {}
                        None if round == 0 => findings.push(unknown(key, field, entries, path)),
                        None => {}
                    }
                }
            }
            entries[index].fields.extend(handed_down);
        }
    }
}

fn unknown(key: &str, field: &Field, entries: &[Entry], path: &SourcePath) -> Diagnostic {
    let keys = entries.iter().map(|entry| entry.key.value.as_str());
    Diagnostic::new(
        Code::UnknownWork,
        format!(
            "no entry has the key `{key}`, which `{}` names",
            field.name.value
        ),
    )
    .at(path, field.span.clone(), "")
    .suggest(key, keys, "write the key of an entry of this file")
}

/// What an entry has from another one. The title of a book is the book title of its chapters.
fn inherited(parent: &Entry, child: &Entry, is_plain: bool) -> Vec<Field> {
    let has = |name: &str| child.fields.iter().any(|field| field.name.value == name);
    let is_part = matches!(
        child.kind.value.as_str(),
        "inbook"
            | "incollection"
            | "inproceedings"
            | "conference"
            | "inreference"
            | "suppbook"
            | "suppcollection"
            | "bookinbook"
    );
    let is_dated = has("date") || has("year");
    let mut fields = Vec::new();
    for field in &parent.fields {
        let name = field.name.value.as_str();
        let renamed = match name {
            _ if is_plain => name,
            "title" if is_part => "booktitle",
            "subtitle" if is_part => "booksubtitle",
            "author" if is_part && parent.kind.value.contains("book") => "bookauthor",
            "title" if child.kind.value == "article" => "journaltitle",
            _ => name,
        };
        let is_date = matches!(renamed, "date" | "year" | "month" | "day");
        let is_kept_back = !is_plain && NOT_INHERITED.contains(&name);
        if !(has(renamed) || is_kept_back || is_date && is_dated) {
            let mut field = field.clone();
            field.name.value = renamed.to_owned();
            fields.push(field);
        }
    }
    fields
}

struct Mapping<'a> {
    entry: &'a Entry,
    work: Work,
}

impl Mapping<'_> {
    fn field(&self, name: &str) -> Option<&Field> {
        let mut fields = self.entry.fields.iter();
        fields.find(|field| field.name.value == name && !field.tex.trim().is_empty())
    }

    /// The first of some fields that is there.
    fn first_of(&self, names: &[&str]) -> Option<&Field> {
        names.iter().find_map(|name| self.field(name))
    }

    fn text_of(&self, name: &str) -> String {
        self.field(name)
            .map_or_else(String::new, |field| tex::text(&field.tex))
    }

    fn is(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.entry.kind.value.as_str())
    }

    fn set(&mut self, variable: &str, text: String, span: Range<usize>) {
        if !self.work.has(variable) {
            self.work.set_text(variable, text, span);
        }
    }

    fn kind(&mut self, path: &SourcePath, findings: &mut Vec<Diagnostic>) {
        let kind = &self.entry.kind;
        let known = KINDS.iter().find(|(name, _)| *name == kind.value);
        if known.is_none() {
            let names = KINDS.iter().map(|(name, _)| *name);
            findings.push(
                Diagnostic::new(
                    Code::UnknownEntryType,
                    format!("no kind of entry is called `{}`", kind.value),
                )
                .at(path, kind.span.clone(), "taken for `misc`")
                .suggest(
                    &kind.value,
                    names,
                    "usual kinds are `article`, `book`, `incollection`, `online`, `report`, `thesis` and `misc`",
                ),
            );
        }
        let named = self.text_of("entrysubtype").to_lowercase();
        let is_preprint = self.first_of(&["eprint"]).is_some()
            && self.first_of(&["journal", "journaltitle"]).is_none();
        let has_address = self.field("url").is_some()
            || self
                .field("howpublished")
                .is_some_and(|field| address_in(&field.tex).is_some());
        let mut csl = known.map_or("document", |(_, csl)| *csl);
        if let Some(name) = variables::KINDS.iter().find(|name| **name == named) {
            csl = name;
        } else if csl == "article-journal" && named.contains("magazine") {
            csl = "article-magazine";
        } else if csl == "article-journal" && named.contains("newspaper") {
            csl = "article-newspaper";
        } else if is_preprint && matches!(csl, "article-journal" | "document" | "webpage") {
            csl = "article";
        } else if csl == "document" && has_address {
            csl = "webpage";
        } else if csl == "manuscript" && self.field("eventtitle").is_some() {
            csl = "speech";
        }
        let span = self.entry.kind.span.clone();
        self.work.set_text("type", csl, span.clone());
        let written = self
            .field("type")
            .map(|field| (tex::text(&field.tex), field.span.clone()));
        let (genre, span) = match (written, kind.value.as_str()) {
            (Some(written), _) => written,
            (None, "phdthesis") => ("phdthesis".to_owned(), span),
            (None, "mastersthesis") => ("mathesis".to_owned(), span),
            (None, "techreport") => ("techreport".to_owned(), span),
            (None, _) => return,
        };
        let genre = match genre.as_str() {
            "phdthesis" => "PhD thesis",
            "mathesis" => "Master’s thesis",
            "bathesis" => "Bachelor’s thesis",
            "candthesis" => "Candidate thesis",
            "techreport" => "Technical report",
            "resreport" => "Research report",
            _ => &genre,
        };
        self.work.set_text("genre", genre, span);
    }

    fn titles(&mut self) {
        let title = self.title(&["title"], &["subtitle"], &["titleaddon"]);
        let journal = self.title(&["journaltitle", "journal"], &["journalsubtitle"], &[]);
        let book = self.title(&["booktitle"], &["booksubtitle"], &["booktitleaddon"]);
        let main = self.title(&["maintitle"], &["mainsubtitle"], &["maintitleaddon"]);
        let of_title = self.first_of(&["title"]).map(|field| field.span.clone());
        let of_book = self
            .first_of(&["booktitle"])
            .map(|field| field.span.clone());
        if let Some(((text, span), place)) = title.zip(of_title) {
            self.work
                .set_text("title", text, place.start..span.end.max(place.end));
        }
        if let Some((text, span)) = main {
            // `booktitle` is then one volume of what `maintitle` names.
            if self.is(&["book", "mvbook", "collection", "proceedings", "reference"]) {
                self.set("collection-title", text, span);
            } else {
                self.set("container-title", text, span);
                if let Some(((text, _), place)) = book.clone().zip(of_book) {
                    self.set("volume-title", text, place);
                }
            }
        }
        if let Some((text, span)) = journal.or(book) {
            self.set("container-title", text, span);
        }
    }

    /// `Title: Subtitle. Addition`, and the place of the title.
    fn title(
        &self,
        titles: &[&str],
        subtitles: &[&str],
        additions: &[&str],
    ) -> Option<(String, Range<usize>)> {
        let field = self.first_of(titles)?;
        let mut title = tex::text(&field.tex);
        if let Some(subtitle) = self.first_of(subtitles) {
            let mark = if title.ends_with(['?', '!', ':', '.']) {
                " "
            } else {
                ": "
            };
            title.push_str(mark);
            title.push_str(&tex::text(&subtitle.tex));
        }
        if let Some(addition) = self.first_of(additions) {
            let mark = if title.ends_with(['?', '!', '.']) {
                " "
            } else {
                ". "
            };
            title.push_str(mark);
            title.push_str(&tex::text(&addition.tex));
        }
        Some((title, field.span.clone()))
    }

    fn names(&mut self) {
        for (name, variable) in NAMES {
            self.people(name, variable);
        }
        for (field, kind) in [
            ("editor", "editortype"),
            ("editora", "editoratype"),
            ("editorb", "editorbtype"),
            ("editorc", "editorctype"),
        ] {
            let variable = match self.text_of(kind).as_str() {
                "compiler" => "compiler",
                "director" => "director",
                "producer" => "producer",
                "organizer" => "organizer",
                "illustrator" => "illustrator",
                "" if field != "editor" => continue,
                "" | "editor" => "editor",
                // Redactors, collaborators and the like, for whom CSL has no word of their own.
                _ if field != "editor" => "contributor",
                _ => "editor",
            };
            self.people(field, variable);
        }
    }

    fn people(&mut self, name: &str, variable: &str) {
        let Some(field) = self.field(name) else {
            return;
        };
        let people: Vec<_> = tex::split(&field.tex, "and")
            .into_iter()
            .filter_map(person)
            .collect();
        let span = field.span.clone();
        if !people.is_empty() && !self.work.has(variable) {
            self.work.set(variable, Value::Names(people), span);
        }
    }

    fn dates(&mut self, path: &SourcePath, findings: &mut Vec<Diagnostic>) {
        for (name, variable) in [
            ("date", "issued"),
            ("urldate", "accessed"),
            ("lastchecked", "accessed"),
            ("eventdate", "event-date"),
            ("origdate", "original-date"),
        ] {
            let Some(field) = self.field(name) else {
                continue;
            };
            // `~` is no space here: it says that the date is not exact.
            let text = tex::verbatim(&field.tex);
            let span = field.span.clone();
            let date = dates::parse(&text).or_else(|| {
                let loose = dates::parse_year(&tex::text(&field.tex));
                if !dates::is_in_digits(&text) || dates::moments(&loose).len() == 2 {
                    return Some(loose);
                }
                findings.push(
                    Diagnostic::new(
                        Code::WrongDate,
                        format!("`{text}` is not a date, which `{name}` needs"),
                    )
                    .at(path, span.clone(), "not a date")
                    .help("write `2014`, `2014-05` or `2014-05-03`; a range as `2013/2014`"),
                );
                None
            });
            if let Some(date) = date
                && !self.work.has(variable)
            {
                self.work.set(variable, Value::Date(date), span);
            }
        }
        self.year();
    }

    /// `year`, `month` and `day`, for entries without `date`.
    fn year(&mut self) {
        let Some(field) = self.field("year") else {
            return;
        };
        if self.work.has("issued") || self.field("date").is_some() {
            return;
        }
        let (year, span) = (tex::text(&field.tex), field.span.clone());
        let mut date = dates::parse_year(&year);
        let moments = dates::moments(&date);
        if moments.is_empty() {
            // "in press" and "forthcoming" say how far it is, and not when it was.
            let is_status = year.to_lowercase();
            if ["in press", "forthcoming", "submitted", "in preparation"].contains(&&*is_status) {
                self.set("status", year, span);
                return;
            }
        }
        if let [moment] = moments.as_slice()
            && moment.len() == 1
            && !date.is_approx()
            && let Some((month, day)) = self.month()
        {
            let mut parts = vec![moment[0], month];
            parts.extend(day);
            date = dates::of_parts(parts);
        }
        self.work.set("issued", Value::Date(date), span);
    }

    /// The month and the day: `may`, `5`, `may # "~3"`, and `day` beside it.
    fn month(&self) -> Option<(i16, Option<i16>)> {
        let text = self.text_of("month").replace('\u{a0}', " ");
        let written = text.trim();
        // `may # "~3"` is `may~3` here, `"3~" # may` is `3~may`.
        let (digits, words): (Vec<_>, Vec<_>) = written
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '–' | '-'))
            .filter(|word| !word.is_empty())
            .partition(|word| {
                word.bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
            });
        let (month, day) = match (words.first(), digits.first()) {
            (Some(word), day) => (dates::month(word)?, day.copied()),
            (None, Some(number)) => (dates::month(number)?, digits.get(1).copied()),
            (None, None) => return None,
        };
        let day = day
            .map(str::to_owned)
            .or_else(|| self.field("day").map(|field| tex::text(&field.tex)));
        let day = day.and_then(|day| day.trim_end_matches('.').parse::<i16>().ok());
        Some((month, day.filter(|day| (1..=31).contains(day))))
    }

    fn numbers(&mut self) {
        if let Some(field) = self.field("pages") {
            let (text, span) = (pages(&tex::text(&field.tex)), field.span.clone());
            self.set("page", text, span);
        }
        if let Some(field) = self.field("edition") {
            let (text, span) = (edition(&tex::text(&field.tex)), field.span.clone());
            self.set("edition", text, span);
        }
        if let Some(field) = self.field("eid").or_else(|| self.field("articleno")) {
            let (text, span) = (tex::text(&field.tex), field.span.clone());
            self.set("number", text, span);
        }
        let csl = self.work.text("type");
        let is_issue =
            csl.starts_with("article-") || matches!(csl.as_str(), "periodical" | "review");
        let is_part_of_series = matches!(
            csl.as_str(),
            "book" | "chapter" | "entry-encyclopedia" | "paper-conference" | "pamphlet"
        );
        let variable = match (is_issue, is_part_of_series) {
            (true, _) => "issue",
            (false, true) => "collection-number",
            (false, false) => "number",
        };
        let number = self
            .field("number")
            .map(|field| (tex::text(&field.tex), field.span.clone()));
        let issue = self
            .field("issue")
            .map(|field| (tex::text(&field.tex), field.span.clone()));
        match (number, issue) {
            (Some((number, span)), Some((issue, _))) if is_issue => {
                self.set("issue", format!("{number}, {issue}"), span);
            }
            (number, issue) => {
                if let Some((number, span)) = number {
                    self.set(variable, number, span);
                }
                if let Some((issue, span)) = issue {
                    self.set("issue", issue, span);
                }
            }
        }
    }

    fn publisher(&mut self) {
        let lists = |field: &Field| {
            let parts = tex::split(&field.tex, "and");
            let parts: Vec<_> = parts.into_iter().map(tex::text).collect();
            (parts.join("; "), field.span.clone())
        };
        let publisher = self
            .first_of(&["publisher", "institution", "school", "organization"])
            .map(lists);
        let place = self.first_of(&["location", "address"]).map(lists);
        if let Some((text, span)) = publisher {
            self.set("publisher", text, span);
        }
        if let Some((text, span)) = place {
            self.set("publisher-place", text, span);
        }
        if let Some(field) = self.field("howpublished")
            && address_in(&field.tex).is_none()
        {
            let (text, span) = (tex::text(&field.tex), field.span.clone());
            self.set("publisher", text, span);
        }
    }

    fn addresses(&mut self) {
        if let Some(field) = self.field("doi") {
            let written = tex::verbatim(&field.tex);
            let (text, span) = (doi::normal(&written).to_owned(), field.span.clone());
            self.set("DOI", text, span);
        }
        if let Some(field) = self.field("url") {
            let (text, span) = (tex::verbatim(&field.tex), field.span.clone());
            self.set("URL", text, span);
        }
        if let Some(field) = self.field("howpublished")
            && let Some(text) = address_in(&field.tex)
        {
            let span = field.span.clone();
            self.set("URL", text, span);
        }
        if let Some(field) = self.field("eprint") {
            let (id, span) = (tex::verbatim(&field.tex), field.span.clone());
            self.eprint(&id, span);
        }
    }

    fn eprint(&mut self, id: &str, span: Range<usize>) {
        let archive = self
            .first_of(&["eprinttype", "archiveprefix"])
            .map_or_else(String::new, |field| tex::text(&field.tex));
        let lower = archive.to_lowercase();
        let is_preprint = self.work.text("type") == "article";
        match lower.as_str() {
            "pubmed" | "pmid" => self.set("PMID", id.to_owned(), span.clone()),
            "pmc" | "pmcid" => self.set("PMCID", id.to_owned(), span.clone()),
            _ => {}
        }
        if id.starts_with("10.") {
            self.set("DOI", doi::normal(id).to_owned(), span.clone());
        } else if id.starts_with("https://") || id.starts_with("http://") {
            self.set("URL", id.to_owned(), span.clone());
        }
        let known = ARCHIVES.iter().find(|(name, ..)| *name == lower);
        if let Some((_, _, address)) = known
            && !address.is_empty()
            && !id.starts_with("10.")
        {
            let id = id.strip_prefix("arXiv:").unwrap_or(id);
            self.set("URL", format!("{address}{id}"), span.clone());
        }
        if is_preprint {
            let name = known.map_or(archive.as_str(), |(_, name, _)| *name);
            self.set("publisher", name.to_owned(), span);
        }
    }

    fn texts(&mut self) {
        for (name, variable) in TEXTS {
            if let Some(field) = self.field(name) {
                let (text, span) = (tex::text(&field.tex), field.span.clone());
                self.set(variable, text, span);
            }
        }
        let notes: Vec<_> = ["note", "addendum"]
            .iter()
            .filter_map(|name| self.field(name))
            .collect();
        if let Some(first) = notes.first() {
            let span = first.span.clone();
            let texts: Vec<_> = notes.iter().map(|field| tex::text(&field.tex)).collect();
            self.set("note", texts.join(". "), span);
        }
        if let Some(field) = self.field("pubstate") {
            let (state, span) = (tex::text(&field.tex), field.span.clone());
            let status = match state.as_str() {
                "inpress" => "in press",
                "inpreparation" => "in preparation",
                "prepublished" => "prepublished",
                _ => &state,
            };
            self.set("status", status.to_owned(), span);
        }
        if let Some(field) = self.field("langid").or_else(|| self.field("language")) {
            let (name, span) = (tex::text(&field.tex), field.span.clone());
            self.set("language", language(&name), span);
        }
    }
}

/// A name of a list: `{Organisation}`, `von Family, Given`, or `family=Family, given=Given`.
fn person(name: &str) -> Option<NameValue> {
    if name.is_empty() {
        return None;
    }
    if let Some(inner) = tex::braced(name) {
        return Some(names::literal(tex::text(inner)));
    }
    if name.eq_ignore_ascii_case("others") {
        return Some(names::literal("others"));
    }
    let parts = tex::split(name, ",");
    if parts.iter().all(|part| part.contains('=')) {
        return Some(named_parts(&parts));
    }
    let words = |part: &&str| tex::words(part).into_iter().map(word).collect();
    names::from_words(parts.iter().map(words).collect())
}

/// A word in braces counts as one with a capital, whatever it begins with.
fn word(written: &str) -> Word {
    let mut word = Word::plain(&tex::text(written));
    let is_braced = written.starts_with('{') && !written.starts_with("{\\");
    word.is_small &= !is_braced;
    word
}

fn named_parts(parts: &[&str]) -> NameValue {
    let value = |wanted: &str| {
        let mut values = parts.iter().filter_map(|part| part.split_once('='));
        values
            .find(|(name, _)| name.trim() == wanted)
            .map_or_else(String::new, |(_, value)| {
                tex::text(value.trim().trim_matches('"'))
            })
    };
    let (prefix, drops) = (value("prefix"), value("useprefix") == "false");
    let particle = if drops { "" } else { prefix.as_str() };
    let mut name = names::with_parts(
        &value("family"),
        &value("given"),
        particle,
        &value("suffix"),
    );
    if drops && !prefix.is_empty() {
        name.dropping_particle = Some(prefix);
    }
    NameValue::Item(name)
}

/// `10-19` and `10--19` as `10–19`; other hyphens stay.
fn pages(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut pages = String::with_capacity(text.len() + 2);
    for (index, c) in chars.iter().enumerate() {
        let near = |at: Option<usize>| at.and_then(|at| chars.get(at));
        let is_between = near(index.checked_sub(1)).is_some_and(|c| c.is_alphanumeric())
            && near(Some(index + 1)).is_some_and(|c| c.is_alphanumeric());
        pages.push(if *c == '-' && is_between { '–' } else { *c });
    }
    pages
}

/// `2nd`, `Second` and `2nd ed.` as `2`, which styles write as they like.
fn edition(text: &str) -> String {
    const WORDS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let lower = text.to_lowercase();
    let plain = lower
        .trim_end_matches("edition")
        .trim_end_matches("ed.")
        .trim();
    if let Some(index) = WORDS.iter().position(|word| *word == plain) {
        return (index + 1).to_string();
    }
    let digits = ["st", "nd", "rd", "th", "."]
        .iter()
        .find_map(|ending| plain.strip_suffix(ending))
        .unwrap_or(plain);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        digits.to_owned()
    } else {
        text.to_owned()
    }
}

/// The address in `howpublished = {\url{https://example.org}}`.
fn address_in(tex: &str) -> Option<String> {
    let start = tex.find("https://").or_else(|| tex.find("http://"))?;
    let address = tex[start..]
        .split(|c: char| c.is_whitespace() || c == '}')
        .next()?;
    Some(
        tex::verbatim(address)
            .trim_end_matches(['.', ','])
            .to_owned(),
    )
}

/// The code of a language that babel has a name for; codes stay.
fn language(name: &str) -> String {
    let code = match name.to_lowercase().as_str() {
        "english" => "en",
        "american" | "usenglish" => "en-US",
        "british" | "ukenglish" => "en-GB",
        "australian" => "en-AU",
        "canadian" => "en-CA",
        "german" | "ngerman" => "de-DE",
        "austrian" | "naustrian" => "de-AT",
        "french" => "fr-FR",
        "spanish" => "es-ES",
        "mexican" => "es-MX",
        "portuguese" => "pt-PT",
        "brazilian" | "brazil" => "pt-BR",
        "italian" => "it-IT",
        "dutch" => "nl-NL",
        "swedish" => "sv-SE",
        "danish" => "da-DK",
        "norsk" | "norwegian" => "nb-NO",
        "finnish" => "fi-FI",
        "polish" => "pl-PL",
        "czech" => "cs-CZ",
        "russian" => "ru-RU",
        "turkish" => "tr-TR",
        "greek" => "el-GR",
        "hebrew" => "he-IL",
        "arabic" => "ar",
        "chinese" => "zh-CN",
        "japanese" => "ja-JP",
        _ => return name.to_owned(),
    };
    code.to_owned()
}
