//! The marks and the reference list of a page, put together from what was printed for each work.
//!
//! The rules here are those of CSL for a whole citation: the order of its works, its brackets and
//! delimiters, names that are not said twice, runs of numbers. Where CSL is silent, as about a
//! citation whose author is part of the sentence, it is done as Pandoc does it.

use std::sync::Arc;

use citationberg::taxonomy::{NumberVariable, Variable};
use citationberg::{SortKey, StyleClass, VerticalAlign};
use rustc_hash::FxHashMap;

use super::engine::{Member, Position};
use super::html::{self, NUMBER};
use super::join::{Joined, Slot, join, joined_with};
use super::notes::Notes;
use super::{Cited, Citer, Cluster, ClusterItem, Entry, Form, Mark, Piece};
use crate::records::works::WorkId;

/// The works of a page and what they make of each other.
struct Cast {
    /// In the order of first mention.
    mentioned: Vec<WorkId>,
    /// Each with those that it has to be told apart from, in the order of the list.
    sets: FxHashMap<WorkId, (Arc<[Member]>, usize)>,
    /// Each with its number in the list, from 1.
    numbers: FxHashMap<WorkId, usize>,
    /// In the order of the list.
    listed: Vec<WorkId>,
}

/// Where works that may need each other are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    /// Among those that read the same.
    Alike,
    /// All works of the page: slow, and the measure of the other.
    #[cfg(test)]
    Whole,
}

/// Prints a page.
pub(super) fn print(citer: &Citer, clusters: &[Cluster], grouping: Grouping) -> Cited {
    let cast = Cast::of(citer, clusters, grouping);
    let mut notes = Notes::default();
    let marks = clusters
        .iter()
        .map(|cluster| mark(citer, &cast, cluster, &mut notes))
        .collect();
    Cited {
        marks,
        entries: entries(citer, &cast),
    }
}

impl Cast {
    fn of(citer: &Citer, clusters: &[Cluster], grouping: Grouping) -> Self {
        let mut mentioned: Vec<WorkId> = Vec::new();
        for item in clusters.iter().flat_map(|cluster| &cluster.items) {
            if !mentioned.contains(&item.work) {
                mentioned.push(item.work);
            }
        }
        let mut listed = mentioned.clone();
        if let Some(ranks) = citer.ranks() {
            listed.sort_by_key(|work| ranks[work.index()]);
        }
        let numbers = listed.iter().zip(1..).map(|(work, number)| (*work, number));
        Self {
            sets: sets(citer, &listed, grouping),
            numbers: numbers.collect(),
            mentioned,
            listed,
        }
    }
}

/// Puts works that read the same into one set each; every other work is a set of its own.
fn sets(
    citer: &Citer,
    listed: &[WorkId],
    grouping: Grouping,
) -> FxHashMap<WorkId, (Arc<[Member]>, usize)> {
    let members = with_initials(citer, listed);
    let mut alike: Vec<(String, Vec<Member>)> = Vec::new();
    for member in members {
        let words = match grouping {
            Grouping::Alike if citer.tells_apart() => {
                citer.cites(&Arc::from([member])).cites[0].html.clone()
            }
            Grouping::Alike => member.index.to_string(),
            #[cfg(test)]
            Grouping::Whole => String::new(),
        };
        match alike.iter_mut().find(|(other, _)| *other == words) {
            Some((_, set)) => set.push(member),
            None => alike.push((words, vec![member])),
        }
    }
    let mut sets = FxHashMap::default();
    for (_, set) in alike {
        let set: Arc<[Member]> = set.into();
        for (index, member) in set.iter().enumerate() {
            sets.insert(WorkId(member.index), (Arc::clone(&set), index));
        }
    }
    sets
}

/// Marks the works whose first author shares the family name with another first author, where the
/// style then wants initials, and where initials differ.
fn with_initials(citer: &Citer, works: &[WorkId]) -> Vec<Member> {
    let plain = |work: &WorkId| Member {
        index: work.0,
        has_initials: false,
    };
    if !citer.wants_initials() {
        return works.iter().map(plain).collect();
    }
    let engine = citer.engine();
    let authors: Vec<_> = works
        .iter()
        .map(|work| {
            let (name, initials) = engine.first_author(work.0)?;
            let family = (name.non_dropping_particle.as_deref(), name.family.as_str());
            Some((family, initials))
        })
        .collect();
    let has_other = |author: &Option<((Option<&str>, &str), String)>| {
        let Some((family, initials)) = author else {
            return false;
        };
        let mut others = authors.iter().flatten();
        !initials.is_empty()
            && others.any(|(other, other_initials)| {
                other == family && other_initials != initials && !other_initials.is_empty()
            })
    };
    works
        .iter()
        .zip(&authors)
        .map(|(work, author)| Member {
            index: work.0,
            has_initials: has_other(author),
        })
        .collect()
}

fn mark<'a>(citer: &Citer, cast: &Cast, cluster: &'a Cluster, notes: &mut Notes<'a>) -> Mark {
    let style = citer.csl();
    let is_note = style.settings.class == StyleClass::Note;
    let positions = notes.positions(cluster, style);
    let mut slots: Vec<Slot<'_>> = cluster
        .items
        .iter()
        .zip(positions)
        .map(|(item, position)| slot(citer, cast, item, position))
        .collect();
    let layout = &style.citation.layout;
    let mut mark = Mark {
        is_raised: layout.vertical_align == Some(VerticalAlign::Sup),
        is_note,
        ..Mark::default()
    };
    match cluster.form {
        Form::Bracketed => {
            sort(citer, &mut slots);
            let joined = join(style, slots, "");
            put_in_brackets(citer, joined, &mut mark.pieces);
        }
        Form::InText => in_text(citer, cast, slots, &mut mark),
    }
    mark.pieces = merged(mark.pieces);
    mark
}

fn slot<'a>(citer: &Citer, cast: &Cast, item: &'a ClusterItem, position: Position) -> Slot<'a> {
    let (set, index) = &cast.sets[&item.work];
    Slot {
        item,
        cite: citer.cite(set, *index, item.locator.as_ref(), position),
        number: cast.numbers[&item.work],
    }
}

/// Puts works in the order that the style wants. Those with words before or after them stay where the
/// author has put them, and the others on their side of them.
fn sort(citer: &Citer, slots: &mut [Slot<'_>]) {
    let Some(sort) = &citer.csl().citation.sort else {
        return;
    };
    let by_number = sort.keys.iter().any(is_by_number);
    let ranks = if by_number {
        None
    } else {
        citer.ranks_in_text()
    };
    for run in slots.chunk_by_mut(|a, b| !a.has_words() && !b.has_words()) {
        match ranks {
            Some(ranks) => run.sort_by_key(|slot| ranks[slot.item.work.index()]),
            None if by_number => run.sort_by_key(|slot| slot.number),
            None => {}
        }
    }
}

/// True for the sort key of the number in the list.
pub(super) fn is_by_number(key: &SortKey) -> bool {
    match key {
        SortKey::Variable { variable, .. } => {
            *variable == Variable::Number(NumberVariable::CitationNumber)
        }
        SortKey::MacroName { .. } => false,
    }
}

fn put_in_brackets(citer: &Citer, mut joined: Vec<Joined>, pieces: &mut Vec<Piece>) {
    let layout = &citer.csl().citation.layout;
    let affix = |text: &Option<String>| html::of_text(text.as_deref().unwrap_or_default());
    let mut suffix = affix(&layout.suffix);
    // The full stop at the end of a note.
    let last = joined.last_mut().filter(|last| last.after.is_empty());
    if let (Some(last), Some(rest)) = (last, suffix.strip_prefix('.')) {
        let has_stop = ["?”", "!”", ".”", "?", "!", "."];
        if has_stop.iter().any(|stop| last.html.ends_with(stop)) {
            suffix = rest.to_owned();
        } else if citer.engine().pulls_full_stops() && last.html.ends_with('”') {
            last.html.pop();
            last.html.push_str(".”");
            suffix = rest.to_owned();
        }
    }
    pieces.push(Piece::Between(affix(&layout.prefix)));
    put(joined, pieces);
    pieces.push(Piece::Between(suffix));
}

fn put(joined: Vec<Joined>, pieces: &mut Vec<Piece>) {
    for one in joined {
        pieces.push(Piece::Between(one.before));
        pieces.push(Piece::Work {
            work: one.work,
            html: one.html,
        });
        pieces.push(Piece::Between(one.after));
    }
}

/// "Doe (2010, p. 3; Roe, 2011)", or "Doe et al. (1)".
fn in_text(citer: &Citer, cast: &Cast, slots: Vec<Slot<'_>>, mark: &mut Mark) {
    let style = citer.csl();
    let mut slots = slots.into_iter();
    let Some(own) = slots.next() else {
        return;
    };
    let mut others: Vec<_> = slots.collect();
    sort(citer, &mut others);
    let (set, index) = &cast.sets[&own.item.work];
    let is_separate = mark.is_note || mark.is_raised;
    let has_names = !own.cite.names.is_empty() && !is_separate;
    let (names, rest) = if has_names {
        (own.cite.names.clone(), own.rest())
    } else {
        (citer.names(set[*index]).to_string(), own.html())
    };
    let layout = &style.citation.layout;
    let delimiter = layout.delimiter.as_deref().unwrap_or_default();
    let mut joined = Vec::new();
    if !rest.is_empty() || !own.item.suffix.is_empty() {
        let mut own = joined_with(&own, "", rest);
        own.before.clear();
        joined.push(own);
    }
    let first = if joined.is_empty() { "" } else { delimiter };
    joined.extend(join(style, others, first));
    if is_separate {
        mark.named = names;
        put_in_brackets(citer, joined, &mut mark.pieces);
        return;
    }
    let bracket = |affix: &Option<String>, usual: &str| {
        let affix = affix
            .as_deref()
            .map(str::trim)
            .filter(|affix| !affix.is_empty());
        html::of_text(affix.unwrap_or(usual))
    };
    let open = bracket(&layout.prefix, "(");
    let close = bracket(&layout.suffix, ")");
    let work = own.item.work;
    match joined.as_slice() {
        [] => mark.pieces.push(Piece::Work { work, html: names }),
        // One link, with the name in it, says more than a year by itself.
        [one] if one.after.is_empty() && one.work == work => mark.pieces.push(Piece::Work {
            work,
            html: format!("{names} {open}{}{close}", one.html),
        }),
        _ => {
            mark.pieces.push(Piece::Between(format!("{names} {open}")));
            put(joined, &mut mark.pieces);
            mark.pieces.push(Piece::Between(close));
        }
    }
}

/// Joins what stands between works, and drops what is empty.
fn merged(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut merged: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (piece, merged.last_mut()) {
            (Piece::Between(html), _) if html.is_empty() => {}
            (Piece::Between(html), Some(Piece::Between(before))) => before.push_str(&html),
            (piece, _) => merged.push(piece),
        }
    }
    merged
}

fn entries(citer: &Citer, cast: &Cast) -> Vec<Entry> {
    if citer.csl().bibliography.is_none() {
        return Vec::new();
    }
    let mut before = String::new();
    let mut entries = Vec::with_capacity(cast.listed.len());
    for work in &cast.listed {
        let (set, index) = &cast.sets[work];
        let printed = citer.entry(*work, citer.cites(set).letters[*index]);
        let is_same = !printed.who.is_empty() && printed.who == before;
        let html = printed.below_same.as_ref().filter(|_| is_same);
        let number = cast.numbers[work].to_string();
        entries.push(Entry {
            work: *work,
            label: printed.label.replace(NUMBER, &number),
            html: html.unwrap_or(&printed.html).replace(NUMBER, &number),
        });
        before.clone_from(&printed.who);
    }
    debug_assert_eq!(entries.len(), cast.mentioned.len());
    entries
}
