//! Works that are cited on one page and have to be told apart.
//!
//! A set is printed once and remembered, whatever page asks for it first.

use std::sync::Arc;

use super::engine::{Double, Member, Position};
use super::printed::PrintedCite;
use super::{Citer, Locator};

/// Works that are cited on one page and have to be told apart, printed.
#[derive(Debug)]
pub(super) struct Set {
    pub cites: Vec<Arc<PrintedCite>>,
    /// The letters behind their years, from nought.
    pub letters: Vec<Option<u8>>,
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
pub(super) type Special = (Arc<[Member]>, usize, Option<Locator>, Position);

impl Citer {
    /// Works that have to be told apart, in the order of the list.
    pub(super) fn cites(&self, set: &Arc<[Member]>) -> Arc<Set> {
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
    pub(super) fn cite(
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
}
