//! The CSL engine, asked in small questions.
//!
//! A question is about a few works and nothing else: how one is cited when the others are cited too,
//! how its entry reads, in which order they stand. Brackets, delimiters, what stands before and after
//! a work, and runs such as "2010, 2011" or "1–3" are not the engine's here, but
//! [`page`](super::page)'s.
//!
//! What the engine does not do or does wrong, and what is done about it: it tells works of one author
//! apart by letters in the order of mention, so works are given to it in the order of the list; it
//! gives no letter where no work has a date, so a work with a date goes along; it prints a list with
//! the shortened names of the text, so entries are asked for without them; it does not tell authors
//! of one family name apart, so their initials go before the family name beforehand.

mod cites;
mod list;
mod wishes;

use std::sync::LazyLock;

use citationberg::json::{DateValue, Item, NameItem, Value, VecDate, VecDateRange};
use citationberg::{IndependentStyle, Locale, LocaleCode, Style as AnyStyle, StyleClass};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren,
};

use super::asked::Asked;
use super::title::Letters;
use super::{item, locale, names};
use crate::records::works::Bibliography;
use wishes::{find, letters};

/// Where a citation stands among the earlier ones of the same work: styles with notes print the first
/// in full and shorten the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Position {
    /// The first of the work.
    First,
    /// Cited before, but not right before.
    Subsequent {
        /// The last time was within the few notes that the style calls near.
        is_near: bool,
    },
    /// Right after a citation of the same work with another part of it.
    IbidWithLocator,
    /// Right after the same citation.
    Ibid,
}

/// Whether a work is cited after a double of itself. Of works that a style tells apart by their titles
/// the engine leaves the first without; a double takes that place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Double {
    /// It is as it is.
    None,
    /// It comes after its double.
    Before,
}

/// A work as it is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Member {
    /// Its place among the works of the site.
    pub index: u32,
    /// Its first author carries initials, because another author has the same family name.
    pub has_initials: bool,
}

/// The engine with a style, a language and the works of a site.
#[derive(Debug)]
pub(super) struct Engine {
    cites: IndependentStyle,
    cites_without_letters: IndependentStyle,
    entries: IndependentStyle,
    code: LocaleCode,
    locales: Vec<Locale>,
    /// As they are sorted and named.
    items: Vec<Item>,
    /// As they are printed.
    guarded: Vec<Item>,
    letters: Letters,
    initialize_with: Option<String>,
    looks_at_ambiguity: bool,
    pulls_full_stops: bool,
}

/// A style that cites by a label of ours, so that we say which works look the same.
static BY_LABEL: LazyLock<Option<IndependentStyle>> = LazyLock::new(|| {
    IndependentStyle::from_xml(
        r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <info><title>by label</title><id>by-label</id></info>
        <citation disambiguate-add-year-suffix="true"><layout>
        <text variable="annote"/><date variable="available-date"><date-part name="year"/></date>
        </layout></citation></style>"#,
    )
    .ok()
});

/// A style that names the authors and nothing else, for numbers in running text.
static BY_AUTHOR: LazyLock<Option<IndependentStyle>> = LazyLock::new(|| {
    IndependentStyle::from_xml(
        r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <info><title>by author</title><id>by-author</id></info>
        <citation et-al-min="3" et-al-use-first="1"><layout>
        <names variable="author"><name form="short" and="text" delimiter=", "/>
        <substitute><names variable="editor"/><names variable="translator"/>
        <text variable="title" form="short"/></substitute></names>
        </layout></citation></style>"#,
    )
    .ok()
});

impl Engine {
    /// Prepares a style for the works of a site in the language of a page.
    pub(super) fn new(style: &IndependentStyle, works: &Bibliography, language: &str) -> Self {
        let mut style = style.clone();
        let asked = Asked::changed_in(&mut style);
        let mut cites = style.clone();
        cites.citation.sort = None;
        cites.citation.collapse = None;
        cites.citation.cite_group_delimiter = None;
        cites.citation.layout.prefix = None;
        cites.citation.layout.suffix = None;
        cites.citation.layout.vertical_align = None;
        let mut cites_without_letters = cites.clone();
        cites_without_letters.citation.disambiguate_add_year_suffix = false;
        let mut entries = style.clone();
        if let Some(bibliography) = &mut entries.bibliography {
            bibliography.sort = None;
            bibliography.subsequent_author_substitute = None;
        }
        let code = locale::for_language(language, style.default_locale.as_ref());
        let json = serde_json::to_value(AnyStyle::Independent(style.clone())).unwrap_or_default();
        let locales = locale::unpacked(&code);
        let locale = locales
            .iter()
            .find(|locale| locale.lang.as_ref() == Some(&code));
        let options = locale.and_then(|locale| locale.style_options);
        let letters = letters(&json);
        let works = works.works().iter();
        let items: Vec<_> = works
            .map(|work| {
                let mut item = item::fit(&work.item, &work.key.value);
                asked.answer_in(&mut item);
                item
            })
            .collect();
        Self {
            guarded: guarded(&items, letters),
            items,
            letters,
            pulls_full_stops: options
                .and_then(|options| options.punctuation_in_quote)
                .unwrap_or_default(),
            initialize_with: find(&json, "@initialize-with")
                .and_then(|value| value.as_str())
                .map(str::to_owned),
            looks_at_ambiguity: find(&json, "@disambiguate").is_some(),
            cites,
            cites_without_letters,
            entries,
            locales,
            code,
        }
    }

    /// True when the style asks anywhere whether works read the same.
    pub(super) fn looks_at_ambiguity(&self) -> bool {
        self.looks_at_ambiguity
    }

    /// True when a full stop goes before the quotation mark that it follows, as in American English.
    pub(super) fn pulls_full_stops(&self) -> bool {
        self.pulls_full_stops
    }

    /// Shortens long titles of works without authors, which stand for the names.
    pub(super) fn with_short_titles(mut self) -> Self {
        for item in &mut self.items {
            if !item.0.contains_key("author") && !item.0.contains_key("title-short") {
                let title = item.0.get("title").and_then(|title| title.to_str());
                let short = title.map(|title| Value::String(names::shortened(&title)));
                if let Some(short) = short {
                    item.0.insert("title".to_owned(), short);
                }
            }
        }
        self.guarded = guarded(&self.items, self.letters);
        self
    }

    /// The names of a work, for the middle of a sentence.
    pub(super) fn names(&self, member: Member) -> ElemChildren {
        BY_AUTHOR
            .as_ref()
            .map_or_else(ElemChildren::default, |style| {
                let items = self.items_of(&[member]);
                let mut driver = BibliographyDriver::new();
                driver.citation(self.request(style, CitationItem::with_entry(&items[0]), None));
                let mut cites = self.finish(driver);
                cites.pop().unwrap_or_default()
            })
    }

    /// The first author of a work with the initials that this style gives them.
    pub(super) fn first_author(&self, index: u32) -> Option<(&NameItem, String)> {
        let name = names::first_author(&self.items[index as usize])?;
        Some((name, names::initials(name, self.initialize_with.as_deref())))
    }

    fn request<'a>(
        &'a self,
        style: &'a IndependentStyle,
        item: CitationItem<'a, Item>,
        note: Option<usize>,
    ) -> CitationRequest<'a, Item> {
        let note = note.filter(|_| style.settings.class == StyleClass::Note);
        let code = Some(self.code.clone());
        CitationRequest::new(vec![item], style, code, &self.locales, note)
    }

    /// The citations of a driver, without a list.
    fn finish(&self, driver: BibliographyDriver<'_, Item>) -> Vec<ElemChildren> {
        let Some(without_list) = BY_LABEL.as_ref() else {
            return Vec::new();
        };
        let code = Some(self.code.clone());
        let request = BibliographyRequest::new(without_list, code, &self.locales);
        let cites = driver.finish(request).citations;
        cites.into_iter().map(|cite| cite.citation).collect()
    }

    fn items_of(&self, members: &[Member]) -> Vec<Item> {
        members
            .iter()
            .map(|member| {
                let mut item = self.guarded[member.index as usize].clone();
                if member.has_initials {
                    names::put_initials(&mut item, self.initialize_with.as_deref());
                }
                item
            })
            .collect()
    }
}

/// A work that nobody has written, with a date.
fn dated(field: &str) -> Item {
    let mut item = Item(Default::default());
    put(&mut item, "id", "\u{e000}dated");
    put(&mut item, "type", "document");
    put(&mut item, "title", "\u{e000}");
    put(&mut item, "annote", "\u{e000}");
    let date = DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(vec![1000])]),
        literal: None,
        season: None,
        circa: false,
    };
    item.0.insert(field.to_owned(), Value::Date(date));
    item
}

fn put(item: &mut Item, field: &str, text: &str) {
    let text = Value::String(text.to_owned());
    item.0.insert(field.to_owned(), text);
}

fn guarded(items: &[Item], letters: Letters) -> Vec<Item> {
    let guarded = items.iter().map(|item| item::guarded(item, letters));
    guarded.collect()
}
