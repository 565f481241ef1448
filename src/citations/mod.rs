//! How citations and reference lists are printed, by any CSL style.
//!
//! [`Citer::page`] is given the citations of a page in reading order, and gives their marks and the
//! reference list. It knows works, styles and languages, and nothing of pages, files or templates.
//!
//! The CSL engine is hayagriva's. It is right, but takes milliseconds for a page, it does not escape
//! HTML, and it has traps. So it is asked for one work at a time, what it answers is remembered, and a
//! page is put together from that; it is asked for several works at once only where they need each
//! other, such as two works of one author in one year.
//!
//! | What | Where |
//! | --- | --- |
//! | which styles there are | [`style`] |
//! | what is mended in styles and in bibliographic data, and why | [`mend`], [`item`], [`title`], [`locator`] |
//! | the questions to the engine | [`engine`] |
//! | its answers, taken apart | [`printed`] |
//! | brackets, delimiters, order, numbers, letters | [`page`], [`join`], [`notes`] |
//! | escaping and links | [`html`] |
//!
//! Nothing here may depend on which page is printed first: what is remembered is remembered by all
//! that it depends on. `tests/citations/` compares the whole with Pandoc.

mod engine;
mod html;
mod item;
mod join;
mod locale;
mod locator;
mod memory;
mod mend;
mod names;
mod notes;
mod others;
mod page;
mod printed;
mod style;
#[cfg(test)]
mod tests;
mod title;

use std::sync::{Arc, OnceLock};

use citationberg::{DisambiguationRule, IndependentStyle, Sort};

use crate::records::works::{Bibliography, WorkId};
use engine::{Double, Engine, Member, Position};
use memory::Memory;
use page::Grouping;
use printed::{PrintedCite, PrintedEntry};

pub use html::to_text;
pub use others::OTHERS;
pub use style::Style;

/// One place where works are cited.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cluster {
    /// How it stands in the sentence.
    pub form: Form,
    /// The works, in the order in which they are written.
    pub items: Vec<ClusterItem>,
}

/// How a citation stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// In brackets of its own, or as a number: `[@key]`.
    Bracketed,
    /// The author is part of the sentence: `@key says`. Such a cluster has its own work first; more
    /// works follow when it is written `@key [p. 3; @other]`.
    InText,
}

/// A work in a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClusterItem {
    /// The work.
    pub work: WorkId,
    /// Which part of it.
    pub locator: Option<Locator>,
    /// What stands before it, as HTML without links; may be empty.
    pub prefix: String,
    /// What stands after it, as HTML without links; may be empty. Begins with its own space or comma.
    pub suffix: String,
    /// The author is not named again: `[-@key]`.
    pub is_author_suppressed: bool,
}

/// A part of a work: `p. 3`, `chap. 2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator {
    /// The CSL name of the kind of part: `page`, `chapter`, `section` ...
    pub label: &'static str,
    /// Which one: `3-5`, `iv`.
    pub value: String,
}

/// The citations of a page and its reference list, printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// The mark of each cluster, in the order in which they were given.
    pub marks: Vec<Mark>,
    /// The reference list in the order of the style, each work once.
    pub entries: Vec<Entry>,
}

/// The mark of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Who is named in the sentence before the mark, as HTML. Only for raised marks and notes whose
    /// author is part of the sentence; otherwise the names are a piece of the mark.
    pub named: String,
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// True when the style raises it above the line.
    pub is_raised: bool,
    /// True when the style prints citations as notes at the foot: the mark is then the text of the
    /// note.
    pub is_note: bool,
}

/// A piece of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Brackets, commas, prefixes and suffixes: HTML.
    Between(String),
    /// What stands for a work, and will be a link.
    Work {
        /// The work.
        work: WorkId,
        /// The HTML.
        html: String,
    },
}

/// An entry of a reference list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The work.
    pub work: WorkId,
    /// Its number or label as the style prints it before the entry, such as `1.`; empty when the style
    /// has none.
    pub label: String,
    /// The entry without the label: HTML with links to DOIs and addresses.
    pub html: String,
}

/// Prints citations in one style and one language. Shared between threads, and kept from one edit to
/// the next as long as works, style and language are the same.
#[derive(Debug)]
pub struct Citer {
    works: Arc<Bibliography>,
    style: Arc<Style>,
    language: String,
    /// Made when something is cited, for it takes a while.
    engine: OnceLock<Engine>,
    engine_of_short: OnceLock<Engine>,
    ranks: OnceLock<Option<Vec<u32>>>,
    ranks_in_text: OnceLock<Option<Vec<u32>>>,
    cites: Memory<Arc<[Member]>, Set>,
    special: Memory<Special, PrintedCite>,
    entries: Memory<(WorkId, Option<u8>), PrintedEntry>,
    names: Memory<Member, str>,
}

/// Works that are cited on one page and have to be told apart, printed.
#[derive(Debug)]
struct Set {
    cites: Vec<Arc<PrintedCite>>,
    /// The letters behind their years, from nought.
    letters: Vec<Option<u8>>,
    /// Works that names tell from some of the set, with the others.
    within: Vec<Option<Within>>,
    doubles: Vec<Double>,
}

/// Works that have the same people, out of a larger set.
#[derive(Debug, Clone)]
struct Within {
    set: Arc<[Member]>,
    index: usize,
    /// The names that tell them from the others of the larger set, as HTML.
    names: String,
}

/// A citation that is not the first or that points to a part of a work.
type Special = (Arc<[Member]>, usize, Option<Locator>, Position);

impl Citer {
    /// For the works of a site.
    pub fn new(works: Arc<Bibliography>, style: Arc<Style>, language: &str) -> Self {
        Self {
            works,
            style,
            language: language.to_owned(),
            engine: OnceLock::new(),
            engine_of_short: OnceLock::new(),
            ranks: OnceLock::new(),
            ranks_in_text: OnceLock::new(),
            cites: Memory::default(),
            special: Memory::default(),
            entries: Memory::default(),
            names: Memory::default(),
        }
    }

    /// True when this prints exactly what a new one for these would print.
    pub fn is_for(&self, works: &Bibliography, style: &Style, language: &str) -> bool {
        self.language == language && *self.style == *style && *self.works == *works
    }

    /// The works.
    pub fn works(&self) -> &Arc<Bibliography> {
        &self.works
    }

    /// The citations of a page, given in reading order, and its reference list.
    pub fn page(&self, clusters: &[Cluster]) -> Cited {
        if clusters.iter().all(|cluster| cluster.items.is_empty()) {
            return Cited {
                marks: clusters.iter().map(|_| Mark::default()).collect(),
                entries: Vec::new(),
            };
        }
        let mut cited = page::print(self, clusters, Grouping::Alike);
        for piece in cited.marks.iter_mut().flat_map(|mark| &mut mark.pieces) {
            if let Piece::Work { work, html } = piece
                && self.has_others(*work)
            {
                *html = others::mended(html);
            }
        }
        for entry in &mut cited.entries {
            if self.has_others(entry.work) {
                entry.html = others::mended(&entry.html);
            }
        }
        cited
    }

    fn has_others(&self, work: WorkId) -> bool {
        others::has_others(&self.works.work(work).item)
    }

    /// A work as it is named in running text, such as "Muise et al., 2014", without brackets: for the
    /// names of links and lists, whatever the style. Plain text, not HTML.
    pub fn short(&self, work: WorkId) -> String {
        let engine = self.engine_of_short.get_or_init(|| {
            let style = Style::bundled("apa");
            let csl = style.as_ref().map_or_else(|| self.csl(), |apa| apa.csl());
            Engine::new(csl, &self.works, &self.language).with_short_titles()
        });
        let cites = engine.cites(&[alone(work)]);
        let html = cites.first().map(|cite| PrintedCite::new(cite).html);
        let short = html::to_text(&html.unwrap_or_default());
        if self.has_others(work) {
            return others::mended(&short);
        }
        short
    }

    /// The same as part of a sentence: "Muise et al. (2014)".
    pub fn short_in_text(&self, work: WorkId) -> String {
        let short = self.short(work);
        match short.rsplit_once(", ") {
            Some((names, year)) => format!("{names} ({year})"),
            None => short,
        }
    }

    /// All works in the order in which this style lists them, or in the order of their keys where it
    /// lists them as they are cited.
    pub fn order(&self) -> Vec<WorkId> {
        let mut works: Vec<_> = self.works.ids().collect();
        if let Some(ranks) = self.ranks() {
            works.sort_by_key(|work| ranks[work.index()]);
        }
        works
    }

    fn csl(&self) -> &IndependentStyle {
        self.style.csl()
    }

    fn engine(&self) -> &Engine {
        let engine = || Engine::new(self.csl(), &self.works, &self.language);
        self.engine.get_or_init(engine)
    }

    /// The rank of each work in the list, unless works are listed as they are cited.
    fn ranks(&self) -> Option<&[u32]> {
        let ranks = || {
            let list = self.csl().bibliography.as_ref();
            self.ranks_by(list.and_then(|list| list.sort.as_ref()))
        };
        self.ranks.get_or_init(ranks).as_deref()
    }

    /// The rank of each work among others in a citation, unless the style leaves their order alone.
    fn ranks_in_text(&self) -> Option<&[u32]> {
        let sort = self.csl().citation.sort.as_ref();
        let list = self.csl().bibliography.as_ref();
        if sort.is_some() && sort == list.and_then(|list| list.sort.as_ref()) {
            return self.ranks();
        }
        self.ranks_in_text
            .get_or_init(|| self.ranks_by(sort))
            .as_deref()
    }

    fn ranks_by(&self, sort: Option<&Sort>) -> Option<Vec<u32>> {
        let sort = sort.filter(|sort| !sort.keys.iter().any(page::is_by_number))?;
        let mut ranks = vec![0; self.works.works().len()];
        for (rank, index) in self.engine().order(sort).into_iter().zip(0..) {
            ranks[rank as usize] = index;
        }
        Some(ranks)
    }

    /// True when the style does something about works that read the same.
    fn tells_apart(&self) -> bool {
        let citation = &self.csl().citation;
        citation.disambiguate_add_names
            || citation.disambiguate_add_givenname
            || citation.disambiguate_add_year_suffix
            || self.engine().looks_at_ambiguity()
    }

    /// True when first authors of one family name carry initials wherever they are cited.
    fn wants_initials(&self) -> bool {
        let citation = &self.csl().citation;
        let rule = citation.givenname_disambiguation_rule;
        citation.disambiguate_add_givenname && rule != DisambiguationRule::ByCite
    }

    /// Works that have to be told apart, in the order of the list.
    fn cites(&self, set: &Arc<[Member]>) -> Arc<Set> {
        self.cites.get_or(set, || Arc::new(self.print_set(set)))
    }

    /// The engine adds names where these alone tell works apart. Works of the same people need a letter
    /// or a title as well, and then it leaves the names out. So these are printed by themselves, and
    /// get their names from a set in which each stands alone.
    fn print_set(&self, set: &[Member]) -> Set {
        let mut printed = self.print_at_once(set);
        let who: Vec<_> = printed.cites.iter().map(|cite| cite.who.clone()).collect();
        for index in 0..set.len() {
            let Some(within) = self.within(set, &who, index) else {
                continue;
            };
            let same = self.cites(&within.set);
            if same.cites[within.index].names == within.names {
                continue;
            }
            let mut cite = PrintedCite::clone(&same.cites[within.index]);
            cite.put_names(&within.names);
            printed.cites[index] = Arc::new(cite);
            printed.letters[index] = same.letters[within.index];
            printed.within[index] = Some(within);
        }
        printed
    }

    /// The works of a set that have the same people as one of them, when names tell these from the
    /// others.
    fn within(&self, set: &[Member], who: &[String], index: usize) -> Option<Within> {
        let is_same = |place: &usize| who[*place] == who[index];
        let same: Vec<_> = (0..set.len()).filter(is_same).collect();
        if who[index].is_empty() || same.len() == 1 || same.len() == set.len() {
            return None;
        }
        let alone = (0..set.len()).filter(|place| *place == index || !is_same(place));
        let alone: Vec<_> = alone.collect();
        let members: Vec<_> = alone.iter().map(|place| set[*place]).collect();
        let mut others: Vec<_> = self
            .engine()
            .cites(&members)
            .iter()
            .map(|cite| PrintedCite::new(cite).names)
            .collect();
        let own = alone.iter().position(|place| *place == index)?;
        let names = others.swap_remove(own);
        (!others.contains(&names)).then(|| Within {
            set: same.iter().map(|place| set[*place]).collect(),
            index: same.iter().take_while(|place| **place < index).count(),
            names,
        })
    }

    fn print_at_once(&self, set: &[Member]) -> Set {
        let engine = self.engine();
        let print = |trees: Vec<_>| trees.iter().map(PrintedCite::new).collect::<Vec<_>>();
        let mut cites = print(engine.cites(set));
        let mut doubles = vec![Double::None; set.len()];
        if set.len() > 1 && engine.looks_at_ambiguity() {
            let alone = set
                .iter()
                .flat_map(|member| print(engine.cites(&[*member])));
            let alone: Vec<_> = alone.map(|cite| cite.html).collect();
            for index in 0..set.len() {
                let is_as_before = alone[index] == cites[index].html;
                let has_like = alone.iter().filter(|other| **other == alone[index]).count() > 1;
                if is_as_before && has_like {
                    doubles[index] = Double::Before;
                    let tree = engine.cite(set, index, None, Position::First, Double::Before);
                    cites[index] = PrintedCite::new(&tree);
                }
            }
        }
        let mut letters = vec![None; set.len()];
        if set.len() > 1 && self.csl().citation.disambiguate_add_year_suffix {
            let without = print(engine.cites_without_letters(set));
            for (index, cite) in without.iter().enumerate() {
                let same = |other: &&PrintedCite| other.html == cite.html;
                let before = without[..index].iter().filter(same).count();
                if without.iter().filter(same).count() > 1 {
                    letters[index] = u8::try_from(before).ok();
                }
            }
        }
        Set {
            within: vec![None; set.len()],
            cites: cites.into_iter().map(Arc::new).collect(),
            letters,
            doubles,
        }
    }

    /// How a work is cited in its set.
    fn cite(
        &self,
        set: &Arc<[Member]>,
        index: usize,
        locator: Option<&Locator>,
        position: Position,
    ) -> Arc<PrintedCite> {
        if locator.is_none() && position == Position::First {
            return Arc::clone(&self.cites(set).cites[index]);
        }
        let printed = self.cites(set);
        if let Some(Within { set, index, names }) = &printed.within[index] {
            let mut cite = PrintedCite::clone(&self.cite(set, *index, locator, position));
            // Later notes have short names of their own.
            if position == Position::First {
                cite.put_names(names);
            }
            return Arc::new(cite);
        }
        let key = (Arc::clone(set), index, locator.cloned(), position);
        self.special.get_or(&key, || {
            let double = printed.doubles[index];
            let tree = self.engine().cite(set, index, locator, position, double);
            let cite = PrintedCite::new(&tree);
            Arc::new(cite.with_locator(locator, self.csl()))
        })
    }

    /// The names of a work, for styles that cite without names.
    fn names(&self, member: Member) -> Arc<str> {
        self.names.get_or(&member, || {
            let tree = self.engine().names(member);
            Arc::from(PrintedCite::new(&tree).html)
        })
    }

    /// The entry of a work in the list.
    fn entry(&self, work: WorkId, letter: Option<u8>) -> Arc<PrintedEntry> {
        self.entries.get_or(&(work, letter), || {
            let list = self.csl().bibliography.as_ref();
            let substitute = list.and_then(|list| list.subsequent_author_substitute.as_deref());
            let rule = list.map(|list| list.subsequent_author_substitute_rule);
            let (label, entry) = self.engine().entry(work.0, letter).unwrap_or_default();
            Arc::new(PrintedEntry::new(
                label.as_ref(),
                &entry,
                substitute,
                rule.unwrap_or_default(),
            ))
        })
    }
}

/// A work that need not be told apart from others.
fn alone(work: WorkId) -> Member {
    Member {
        index: work.0,
        has_initials: false,
    }
}
