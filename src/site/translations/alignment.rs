//! Which paragraphs of a text are those of an earlier one, which have changed, come or gone.

use crate::document::paragraphs::{ParagraphHash, ParagraphKind};

type Told = (ParagraphKind, ParagraphHash);

/// A text then and now.
#[derive(Debug, Default)]
pub struct Alignment {
    /// What became of the paragraphs that are not as they were, in the order of the text of now.
    pub moves: Vec<Move>,
    /// Paragraphs of then with those of now, unchanged or changed, in order.
    pub pairs: Vec<(usize, usize)>,
}

/// What became of a paragraph, by its place then and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// It reads otherwise.
    Changed {
        /// Its place then.
        then: usize,
        /// Its place now.
        now: usize,
    },
    /// It was not there.
    Added {
        /// Its place now.
        now: usize,
    },
    /// It is gone.
    Removed {
        /// Its place then.
        then: usize,
    },
}

impl Alignment {
    /// Compares a text of then with one of now.
    pub fn new(then: &[Told], now: &[Told]) -> Self {
        let mut alignment = Self::default();
        let mut from = (0, 0);
        let ends = common(then, now).into_iter();
        for (at_then, at_now) in ends.chain([(then.len(), now.len())]) {
            alignment.gap(then, now, from, (at_then, at_now));
            if at_then < then.len() {
                alignment.pairs.push((at_then, at_now));
            }
            from = (at_then + 1, at_now + 1);
        }
        alignment
    }

    /// Between two paragraphs that stayed: those of one kind are taken for the same one, changed.
    fn gap(&mut self, then: &[Told], now: &[Told], from: (usize, usize), to: (usize, usize)) {
        let kinds = |told: &[Told]| told.iter().map(|it| it.0).collect::<Vec<_>>();
        let (old, new) = (&then[from.0..to.0], &now[from.1..to.1]);
        let (mut at_then, mut at_now) = from;
        let changed = common(&kinds(old), &kinds(new)).into_iter();
        let changed = changed.map(|(then, now)| (from.0 + then, from.1 + now));
        for (then, now) in changed.chain([to]) {
            self.moves
                .extend((at_then..then).map(|then| Move::Removed { then }));
            self.moves
                .extend((at_now..now).map(|now| Move::Added { now }));
            if then < to.0 {
                self.moves.push(Move::Changed { then, now });
                self.pairs.push((then, now));
            }
            (at_then, at_now) = (then + 1, now + 1);
        }
    }
}

/// How many pairs of entries are compared at most. Beyond it only the beginning and the end of two lists
/// are, so that a text written anew from end to end keeps nobody waiting.
const AT_MOST: usize = 1_000_000;

/// The longest list of entries that two lists have in common, by their places in both.
pub fn common<T: PartialEq>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let both = one.iter().zip(other);
    let start = both.take_while(|(a, b)| a == b).count();
    let both = one[start..].iter().rev().zip(other[start..].iter().rev());
    let end = both.take_while(|(a, b)| a == b).count();
    let (inner, against) = (
        &one[start..one.len() - end],
        &other[start..other.len() - end],
    );
    let mut pairs: Vec<_> = (0..start).map(|at| (at, at)).collect();
    if inner.len().saturating_mul(against.len()) <= AT_MOST {
        let found = longest(inner, against).into_iter();
        pairs.extend(found.map(|(a, b)| (start + a, start + b)));
    }
    pairs.extend((0..end).map(|at| (one.len() - end + at, other.len() - end + at)));
    pairs
}

/// The same by the table of all lengths.
fn longest<T: PartialEq>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let width = other.len() + 1;
    // How many entries are common from both places on.
    let mut lengths = vec![0_u32; (one.len() + 1) * width];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            lengths[a * width + b] = if one[a] == other[b] {
                lengths[(a + 1) * width + b + 1] + 1
            } else {
                lengths[(a + 1) * width + b].max(lengths[a * width + b + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut a, mut b) = (0, 0);
    while a < one.len() && b < other.len() {
        if one[a] == other[b] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if lengths[(a + 1) * width + b] >= lengths[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs by letters; capitals are headings.
    fn told(letters: &str) -> Vec<Told> {
        let one = |letter: char| {
            let kind = if letter.is_uppercase() {
                ParagraphKind::Heading(2)
            } else {
                ParagraphKind::Text
            };
            (kind, ParagraphHash::of(&letter.to_string()))
        };
        letters.chars().map(one).collect()
    }

    /// What became of a text: `b>x` changed, `+x` came, `-b` went.
    #[track_caller]
    fn check(then: &str, now: &str, expected: &[&str]) {
        let alignment = Alignment::new(&told(then), &told(now));
        let letter = |text: &str, at: usize| text.chars().nth(at).expect("there");
        let moves = alignment.moves.iter().map(|it| match *it {
            Move::Changed { then: a, now: b } => format!("{}>{}", letter(then, a), letter(now, b)),
            Move::Added { now: b } => format!("+{}", letter(now, b)),
            Move::Removed { then: a } => format!("-{}", letter(then, a)),
        });
        assert_eq!(moves.collect::<Vec<_>>(), expected, "{then} {now}");
        let ordered = alignment.pairs.windows(2);
        assert!(
            ordered
                .clone()
                .all(|it| it[0].0 < it[1].0 && it[0].1 < it[1].1)
        );
    }

    #[test]
    fn paragraphs_change_come_and_go() {
        check("Tabc", "Tabc", &[]);
        check("Tabc", "Taxc", &["b>x"]);
        check("Tabc", "Tabxc", &["+x"]);
        check("Tabc", "Tac", &["-b"]);
        check("Tabc", "Txabc", &["+x"]);
        check("abc", "", &["-a", "-b", "-c"]);
        check("", "ab", &["+a", "+b"]);
        check("aBc", "axYzc", &["+x", "B>Y", "+z"]);
        check("aBc", "axc", &["-B", "+x"]);
        check("Tabab", "Tab", &["-a", "-b"]);
    }

    #[test]
    fn what_has_moved_to_another_place_is_gone_there_and_new_here() {
        check("abcd", "bcda", &["-a", "+a"]);
    }

    #[test]
    fn a_very_long_text_that_was_written_anew_is_compared_by_place() {
        let (then, now): (Vec<_>, Vec<_>) = (0..1500)
            .map(|at| {
                let told = |word: &str| {
                    (
                        ParagraphKind::Text,
                        ParagraphHash::of(&format!("{word} {at}")),
                    )
                };
                (told("then"), told("now"))
            })
            .unzip();
        let alignment = Alignment::new(&then, &now);
        assert_eq!(alignment.moves.len(), 1500);
        assert_eq!(alignment.moves[7], Move::Changed { then: 7, now: 7 });
    }
}
