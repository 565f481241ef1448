//! What prints citations: works, a style and a language, and what is remembered of them.

use std::sync::{Arc, OnceLock};

use citationberg::{DisambiguationRule, IndependentStyle, Sort};

use super::engine::{Engine, Member};
use super::memory::Memory;
use super::page::{self, Grouping};
use super::printed::{PrintedCite, PrintedEntry};
use super::sets::{Set, Special};
use super::{Cited, Cluster, Mark, Piece, Style, html, others};
use crate::records::works::{Bibliography, WorkId};

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
    pub(super) cites: Memory<Arc<[Member]>, Set>,
    pub(super) special: Memory<Special, PrintedCite>,
    pub(super) entries: Memory<(WorkId, Option<u8>), PrintedEntry>,
    pub(super) names: Memory<Member, str>,
}

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

    pub(super) fn csl(&self) -> &IndependentStyle {
        self.style.csl()
    }

    pub(super) fn engine(&self) -> &Engine {
        let engine = || Engine::new(self.csl(), &self.works, &self.language);
        self.engine.get_or_init(engine)
    }

    /// True when something was cited.
    #[cfg(test)]
    pub(super) fn has_engine(&self) -> bool {
        self.engine.get().is_some()
    }

    /// The rank of each work in the list, unless works are listed as they are cited.
    pub(super) fn ranks(&self) -> Option<&[u32]> {
        let ranks = || {
            let list = self.csl().bibliography.as_ref();
            self.ranks_by(list.and_then(|list| list.sort.as_ref()))
        };
        self.ranks.get_or_init(ranks).as_deref()
    }

    /// The rank of each work among others in a citation, unless the style leaves their order alone.
    pub(super) fn ranks_in_text(&self) -> Option<&[u32]> {
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
    pub(super) fn tells_apart(&self) -> bool {
        let citation = &self.csl().citation;
        citation.disambiguate_add_names
            || citation.disambiguate_add_givenname
            || citation.disambiguate_add_year_suffix
            || self.engine().looks_at_ambiguity()
    }

    /// True when first authors of one family name carry initials wherever they are cited.
    pub(super) fn wants_initials(&self) -> bool {
        let citation = &self.csl().citation;
        let rule = citation.givenname_disambiguation_rule;
        citation.disambiguate_add_givenname && rule != DisambiguationRule::ByCite
    }

    /// The names of a work, for styles that cite without names.
    pub(super) fn names(&self, member: Member) -> Arc<str> {
        self.names.get_or(&member, || {
            let tree = self.engine().names(member);
            Arc::from(PrintedCite::new(&tree).html)
        })
    }

    /// The entry of a work in the list.
    pub(super) fn entry(&self, work: WorkId, letter: Option<u8>) -> Arc<PrintedEntry> {
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
