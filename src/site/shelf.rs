//! Things that keep their ids while others come and go, in an order of their own.
//!
//! A site keeps its pages and its texts like this. To make a site of the one before it, a page is added in
//! its place or taken away, and nothing that points to another page has to be told: ids say nothing about
//! the order. A copy shares everything with its original until one of them changes.

use std::fmt::{Debug, Formatter, Result};
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

/// What a thing on a shelf is called.
pub trait Id: Copy {
    /// For the place that a thing has in memory.
    fn new(index: usize) -> Self;
    /// The place that it has in memory: below [`Shelf::capacity`], and with gaps.
    fn index(self) -> usize;
}

/// Things with ids, in an order.
pub struct Shelf<I, T> {
    /// By id. What was taken away stays until its id is given to another.
    things: imbl::Vector<Arc<T>>,
    /// The ids of what is there.
    order: Arc<Vec<u32>>,
    /// By id the place in `order`.
    ranks: Arc<Vec<u32>>,
    /// Ids that can be given again.
    spare: Vec<u32>,
    of: PhantomData<I>,
}

impl<I: Id, T: Clone> Shelf<I, T> {
    /// How many things there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Every id is below it.
    pub fn capacity(&self) -> usize {
        self.things.len()
    }

    /// The thing of an id.
    pub fn get(&self, id: I) -> &Arc<T> {
        &self.things[id.index()]
    }

    /// The thing of an id, to change it.
    pub fn get_mut(&mut self, id: I) -> &mut T {
        Arc::make_mut(&mut self.things[id.index()])
    }

    /// Puts another thing in the place of one.
    pub fn set(&mut self, id: I, thing: Arc<T>) {
        self.things.set(id.index(), thing);
    }

    /// Adds a thing at the end.
    pub fn push(&mut self, thing: Arc<T>) -> I {
        self.insert(self.len(), thing)
    }

    /// Adds a thing before that of a place.
    pub fn insert(&mut self, place: usize, thing: Arc<T>) -> I {
        let index = match self.spare.pop() {
            Some(index) => {
                self.things.set(index as usize, thing);
                index
            }
            None => {
                self.things.push_back(thing);
                Arc::make_mut(&mut self.ranks).push(0);
                (self.things.len() - 1) as u32
            }
        };
        Arc::make_mut(&mut self.order).insert(place, index);
        self.rank_from(place);
        I::new(index as usize)
    }

    /// Takes a thing away. Nothing may ask for it any more.
    pub fn remove(&mut self, id: I) {
        let place = self.rank(id);
        let index = Arc::make_mut(&mut self.order).remove(place);
        self.spare.push(index);
        self.rank_from(place);
    }

    fn rank_from(&mut self, place: usize) {
        let ranks = Arc::make_mut(&mut self.ranks);
        for (rank, index) in self.order.iter().enumerate().skip(place) {
            ranks[*index as usize] = rank as u32;
        }
    }

    /// The place of a thing in the order.
    pub fn rank(&self, id: I) -> usize {
        self.ranks[id.index()] as usize
    }

    /// The id of the thing in a place.
    pub fn id_at(&self, place: usize) -> I {
        I::new(self.order[place] as usize)
    }

    /// The ids in order. They may be walked while the shelf changes, which they do not see.
    pub fn ids(&self) -> Ids<I> {
        Ids {
            order: Arc::clone(&self.order),
            places: 0..self.len(),
            of: PhantomData,
        }
    }

    /// The things in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> + Clone {
        self.order.iter().map(|index| &self.things[*index as usize])
    }

    /// The place of the first thing for which something no longer holds, which it does for all before it and
    /// for none after.
    pub fn place_after(&self, is_before: impl Fn(I) -> bool) -> usize {
        self.order
            .partition_point(|index| is_before(I::new(*index as usize)))
    }
}

impl<I: Id, T: Clone> FromIterator<Arc<T>> for Shelf<I, T> {
    fn from_iter<A: IntoIterator<Item = Arc<T>>>(things: A) -> Self {
        let things: imbl::Vector<_> = things.into_iter().collect();
        let order: Arc<Vec<u32>> = Arc::new((0..things.len() as u32).collect());
        Self {
            things,
            ranks: Arc::clone(&order),
            order,
            spare: Vec::new(),
            of: PhantomData,
        }
    }
}

impl<I, T> Default for Shelf<I, T> {
    fn default() -> Self {
        Self {
            things: imbl::Vector::new(),
            order: Arc::default(),
            ranks: Arc::default(),
            spare: Vec::new(),
            of: PhantomData,
        }
    }
}

impl<I, T> Clone for Shelf<I, T> {
    fn clone(&self) -> Self {
        Self {
            things: self.things.clone(),
            order: Arc::clone(&self.order),
            ranks: Arc::clone(&self.ranks),
            spare: self.spare.clone(),
            of: PhantomData,
        }
    }
}

impl<I: Id, T: Clone + Debug> Debug for Shelf<I, T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

/// The ids of a shelf, in order.
#[derive(Debug, Clone)]
pub struct Ids<I> {
    order: Arc<Vec<u32>>,
    places: Range<usize>,
    of: PhantomData<I>,
}

impl<I: Id> Iterator for Ids<I> {
    type Item = I;

    fn next(&mut self) -> Option<I> {
        let place = self.places.next()?;
        Some(I::new(self.order[place] as usize))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl<I: Id> ExactSizeIterator for Ids<I> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    struct Book(usize);

    impl Id for Book {
        fn new(index: usize) -> Self {
            Self(index)
        }
        fn index(self) -> usize {
            self.0
        }
    }

    proptest! {
        /// Held against a plain list of ids and words, and against the copies that were made on the way.
        #[test]
        fn what_comes_and_goes_leaves_the_rest_in_order(steps in prop::collection::vec((0_usize..3, any::<prop::sample::Index>(), 0_u32..100), 1..200)) {
            let mut shelf: Shelf<Book, u32> = Shelf::default();
            let mut plain: Vec<(Book, u32)> = Vec::new();
            let mut copies = Vec::new();
            for (kind, at, word) in steps {
                match kind {
                    0 => {
                        let place = at.index(plain.len() + 1);
                        let id = shelf.insert(place, Arc::new(word));
                        prop_assert!(!plain.iter().any(|(known, _)| *known == id));
                        plain.insert(place, (id, word));
                    }
                    1 if !plain.is_empty() => {
                        let (id, _) = plain.remove(at.index(plain.len()));
                        shelf.remove(id);
                    }
                    2 if word % 2 == 0 && !plain.is_empty() => {
                        let place = at.index(plain.len());
                        plain[place].1 = word;
                        shelf.set(plain[place].0, Arc::new(word));
                    }
                    2 if !plain.is_empty() => {
                        let place = at.index(plain.len());
                        plain[place].1 = word;
                        *shelf.get_mut(plain[place].0) = word;
                    }
                    _ => copies.push((shelf.clone(), plain.clone())),
                }
            }
            copies.push((shelf, plain));
            for (shelf, plain) in copies {
                let told: Vec<_> = shelf.ids().map(|id| (id, **shelf.get(id))).collect();
                prop_assert_eq!(&told, &plain);
                let things: Vec<u32> = shelf.iter().map(|thing| **thing).collect();
                prop_assert_eq!(things, plain.iter().map(|(_, word)| *word).collect::<Vec<_>>());
                prop_assert_eq!(shelf.len(), plain.len());
                for (place, (id, _)) in plain.iter().enumerate() {
                    prop_assert_eq!(shelf.rank(*id), place);
                    prop_assert_eq!(shelf.id_at(place), *id);
                    prop_assert!(id.index() < shelf.capacity());
                    prop_assert_eq!(shelf.place_after(|other| shelf.rank(other) < place), place);
                }
            }
        }
    }
}
