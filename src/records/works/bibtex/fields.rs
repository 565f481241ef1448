//! From the fields of an entry to a work.
//!
//! Both dialects are understood: `journal` and `journaltitle`, `year` with `month` and `date`, `school`
//! and `institution`. Fields that say nothing about the work itself (`file`, `groups`) are passed over.
//!
//! To add a kind of entry: a line in [`kind`]. To add a field that is text: a line in [`TEXTS`]. What
//! takes more than a line stands in a file of its own, such as [`dates`].

mod addresses;
mod dates;
mod inherit;
mod kind;
mod numbers;
mod people;

use std::ops::Range;

use super::{Entry, Field, tex};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::records::works::Work;

use addresses::address_in;
use inherit::inherit;

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
            mapping.names(path, findings);
            mapping.dates(path, findings);
            mapping.numbers();
            mapping.publisher();
            mapping.addresses();
            mapping.texts();
            mapping.work
        })
        .collect()
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

    fn titles(&mut self) {
        let title = self.title(&["title"], &["subtitle"], &["titleaddon"]);
        let journal = self.title(&["journaltitle", "journal"], &["journalsubtitle"], &[]);
        let book = self.title(&["booktitle"], &["booksubtitle"], &["booktitleaddon"]);
        let main = self.title(&["maintitle"], &["mainsubtitle"], &["maintitleaddon"]);
        // A whole book names itself once more, for those who cite its chapters.
        let book = book.filter(|(book, _)| {
            let mut titles = title.iter();
            !titles.any(|(title, _)| title.eq_ignore_ascii_case(book))
        });
        if let Some((text, span)) = title {
            self.work.set_text("title", text, span);
        }
        if let Some((text, span)) = main {
            // `booktitle` is then one volume of what `maintitle` names.
            if self.is(&["book", "mvbook", "collection", "proceedings", "reference"]) {
                self.set("collection-title", text, span);
            } else {
                self.set("container-title", text, span);
                if let Some((text, span)) = book.clone() {
                    self.set("volume-title", text, span);
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
