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

use std::sync::LazyLock;

use citationberg::json::{DateValue, Item, NameItem, Value, VecDate, VecDateRange};
use citationberg::taxonomy::Locator as CslLocator;
use citationberg::{IndependentStyle, Locale, LocaleCode, Sort, Style as AnyStyle, StyleClass};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren,
    LocatorPayload, SpecificLocator,
};

use super::title::Letters;
use super::{Locator, item, locale, locator, names};
use crate::records::works::Bibliography;

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
            .map(|work| item::fit(&work.item, &work.key.value))
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

    /// How each of some works is cited on a page that cites them all, without brackets. They are given
    /// in the order of the list, which is the order of the letters.
    pub(super) fn cites(&self, members: &[Member]) -> Vec<ElemChildren> {
        self.print_cites(&self.cites, members, &Asked::All)
    }

    /// The same without letters behind years: what is then alike gets letters.
    pub(super) fn cites_without_letters(&self, members: &[Member]) -> Vec<ElemChildren> {
        self.print_cites(&self.cites_without_letters, members, &Asked::All)
    }

    /// How one of some works is cited.
    pub(super) fn cite(
        &self,
        members: &[Member],
        which: usize,
        locator: Option<&Locator>,
        position: Position,
        double: Double,
    ) -> ElemChildren {
        let asked = Asked::One {
            which,
            locator,
            position,
            double,
        };
        let mut cites = self.print_cites(&self.cites, members, &asked);
        cites.pop().unwrap_or_default()
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

    /// The entry of a work in the list: the label before it, if the style sets one apart, and the
    /// entry. `letter` counts the letter behind its year from nought.
    pub(super) fn entry(
        &self,
        index: u32,
        letter: Option<u8>,
    ) -> Option<(Option<ElemChildren>, ElemChildren)> {
        let by_label = BY_LABEL.as_ref()?;
        let item = &self.guarded[index as usize];
        let before = letter.unwrap_or_default();
        let mut same: Vec<Item> = (0..=before).map(|_| item.clone()).collect();
        for (number, item) in same.iter_mut().enumerate() {
            put(item, "annote", "same");
            // The work itself comes last, or first and alone.
            if number < usize::from(before) {
                put(item, "id", &format!("\u{e000}{number}"));
            }
        }
        let mut others = Vec::new();
        if letter == Some(0) {
            let mut other = item.clone();
            put(&mut other, "annote", "same");
            put(&mut other, "id", "\u{e000}after");
            others.push(other);
        }
        if letter.is_some() {
            others.push(dated("available-date"));
        }
        let mut driver = BibliographyDriver::new();
        for item in same.iter().chain(&others) {
            driver.citation(self.request(by_label, CitationItem::with_entry(item), None));
        }
        let request =
            BibliographyRequest::new(&self.entries, Some(self.code.clone()), &self.locales);
        let entries = driver.finish(request).bibliography?.items;
        let entry = entries.into_iter().nth(usize::from(before))?;
        let label = entry.first_field.map(|label| ElemChildren(vec![label]));
        Some((label, entry.content))
    }

    /// The first author of a work with the initials that this style gives them.
    pub(super) fn first_author(&self, index: u32) -> Option<(&NameItem, String)> {
        let name = names::first_author(&self.items[index as usize])?;
        Some((name, names::initials(name, self.initialize_with.as_deref())))
    }

    /// All works in an order that a style asks for.
    pub(super) fn order(&self, sort: &Sort) -> Vec<u32> {
        let mut style = self.entries.clone();
        let Some(bibliography) = &mut style.bibliography else {
            return self.order_without_list(sort);
        };
        bibliography.sort = Some(sort.clone());
        bibliography.layout.elements.clear();
        self.sorted(&style)
    }

    fn order_without_list(&self, sort: &Sort) -> Vec<u32> {
        let mut style = self.entries.clone();
        let layout = citationberg::Layout::with_elements(Vec::new());
        let mut bibliography = citationberg::Bibliography::with_layout(layout);
        bibliography.sort = Some(sort.clone());
        style.bibliography = Some(bibliography);
        self.sorted(&style)
    }

    /// All works in the order of the list of a style.
    fn sorted(&self, style: &IndependentStyle) -> Vec<u32> {
        let Some(by_label) = BY_LABEL.as_ref() else {
            return (0..self.items.len() as u32).collect();
        };
        let mut items = self.items.clone();
        for (index, item) in items.iter_mut().enumerate() {
            put(item, "annote", &index.to_string());
            put(item, "id", &index.to_string());
        }
        let mut driver = BibliographyDriver::new();
        let all = items.iter().map(CitationItem::with_entry).collect();
        driver.citation(CitationRequest::new(
            all,
            by_label,
            Some(self.code.clone()),
            &self.locales,
            None,
        ));
        let request = BibliographyRequest::new(style, Some(self.code.clone()), &self.locales);
        let sorted = driver.finish(request).bibliography;
        sorted
            .into_iter()
            .flat_map(|list| list.items)
            .filter_map(|entry| entry.key.parse().ok())
            .collect()
    }

    fn print_cites(
        &self,
        style: &IndependentStyle,
        members: &[Member],
        asked: &Asked<'_>,
    ) -> Vec<ElemChildren> {
        let items = self.items_of(members);
        let companion = dated("issued");
        let mut double = None;
        let mut cites: Vec<CitationItem<'_, Item>> = Vec::new();
        match asked {
            Asked::All => {
                cites.extend(items.iter().map(CitationItem::with_entry));
                if items.len() > 1 {
                    cites.push(CitationItem::with_entry(&companion));
                }
                let all = self.finish(self.driver(style, cites));
                all.into_iter().take(items.len()).collect()
            }
            Asked::One {
                which,
                locator,
                position,
                double: wanted,
            } => {
                let item = &items[*which];
                if *wanted == Double::Before {
                    let double = double.insert(item.clone());
                    put(double, "id", "\u{e000}double");
                    cites.push(CitationItem::with_entry(double));
                }
                let with_locator = || CitationItem::with_locator(item, specific(*locator, style));
                let mut place = cites.len() + which;
                let others = items.iter().enumerate().map(|(index, other)| {
                    if index == *which && *position == Position::First {
                        with_locator()
                    } else {
                        CitationItem::with_entry(other)
                    }
                });
                cites.extend(others);
                let other = || CitationItem::with_entry(&companion);
                if items.len() > 1 {
                    cites.push(other());
                }
                match position {
                    Position::First => {}
                    Position::Subsequent { is_near: true } => cites.push(other()),
                    Position::Subsequent { is_near: false } => {
                        let far = style.citation.near_note_distance + 1;
                        cites.extend((0..far).map(|_| other()));
                    }
                    Position::IbidWithLocator => cites.push(CitationItem::with_entry(item)),
                    Position::Ibid => cites.push(with_locator()),
                }
                if *position != Position::First {
                    place = cites.len();
                    cites.push(with_locator());
                }
                let all = self.finish(self.driver(style, cites));
                all.into_iter().skip(place).take(1).collect()
            }
        }
    }

    /// A driver for works that are cited one after the other.
    fn driver<'a>(
        &'a self,
        style: &'a IndependentStyle,
        cites: Vec<CitationItem<'a, Item>>,
    ) -> BibliographyDriver<'a, Item> {
        let mut driver = BibliographyDriver::new();
        for (cite, note) in cites.into_iter().zip(1..) {
            driver.citation(self.request(style, cite, Some(note)));
        }
        driver
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

/// What is asked about some works.
enum Asked<'a> {
    /// How each is cited the first time.
    All,
    /// How one is cited.
    One {
        which: usize,
        locator: Option<&'a Locator>,
        position: Position,
        double: Double,
    },
}

fn specific<'a>(
    locator: Option<&'a Locator>,
    style: &IndependentStyle,
) -> Option<SpecificLocator<'a>> {
    let locator = locator?;
    let label = locator.label.parse().unwrap_or(CslLocator::Page);
    Some(SpecificLocator(
        label,
        LocatorPayload::Str(locator::stand_in(locator, style)),
    ))
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

/// The first value of an attribute, anywhere in a style.
fn find<'a>(json: &'a serde_json::Value, key: &str) -> Option<&'a serde_json::Value> {
    use serde_json::Value::{Array, Bool, Null, Number, Object, String};
    match json {
        Object(table) => {
            let here = table.get(key).filter(|value| !value.is_null());
            here.or_else(|| table.values().find_map(|value| find(value, key)))
        }
        Array(list) => list.iter().find_map(|value| find(value, key)),
        Null | Bool(_) | Number(_) | String(_) => None,
    }
}

/// Titles are guarded where the style wants title case, unless it also wants sentence case, for which
/// the engine has rules of its own.
fn letters(json: &serde_json::Value) -> Letters {
    if has_text_case(json, "title") && !has_text_case(json, "sentence") {
        Letters::Guarded
    } else {
        Letters::Free
    }
}

fn has_text_case(json: &serde_json::Value, case: &str) -> bool {
    use serde_json::Value::{Array, Bool, Null, Number, Object, String};
    match json {
        Object(table) => {
            table
                .get("@text-case")
                .is_some_and(|value| value.as_str() == Some(case))
                || table.values().any(|value| has_text_case(value, case))
        }
        Array(list) => list.iter().any(|value| has_text_case(value, case)),
        Null | Bool(_) | Number(_) | String(_) => false,
    }
}
