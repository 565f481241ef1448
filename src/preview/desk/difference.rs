//! What differs between the words of a page then and now, block by block, and within a block word by word.

use crate::site::translations::common;

/// What became of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hunk {
    /// It was not there.
    New(String),
    /// It is gone.
    Gone(String),
    /// It reads otherwise.
    Changed(Vec<Piece>),
}

/// A stretch of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It stands as it stood.
    Same(String),
    /// It was not there.
    New(String),
    /// It is gone.
    Gone(String),
}

/// How many words of a block that stay are shown before and after those that change.
const AROUND: usize = 8;

/// What differs, in the order of the text of now.
pub fn difference(then: &[String], now: &[String]) -> Vec<Hunk> {
    let mut hunks = Vec::new();
    let mut from = (0, 0);
    for (at_then, at_now) in common(then, now)
        .into_iter()
        .chain([(then.len(), now.len())])
    {
        gap(&then[from.0..at_then], &now[from.1..at_now], &mut hunks);
        from = (at_then + 1, at_now + 1);
    }
    hunks
}

/// Between two blocks that stayed: a block that has most of the words of another is that one, changed.
fn gap(then: &[String], now: &[String], hunks: &mut Vec<Hunk>) {
    let mut from = 0;
    for block in now {
        let left = then[from..].iter();
        let changed = left
            .enumerate()
            .find_map(|(at, old)| Some((at, pieces(old, block)?)));
        let Some((at, pieces)) = changed else {
            hunks.push(Hunk::New(block.clone()));
            continue;
        };
        hunks.extend(then[from..from + at].iter().cloned().map(Hunk::Gone));
        hunks.push(Hunk::Changed(pieces));
        from += at + 1;
    }
    hunks.extend(then[from..].iter().cloned().map(Hunk::Gone));
}

/// Two blocks word by word; `None` when they have too little in common to be one.
fn pieces(then: &str, now: &str) -> Option<Vec<Piece>> {
    let (old, new): (Vec<_>, Vec<_>) = (then.split(' ').collect(), now.split(' ').collect());
    let same = common(&old, &new);
    if same.len() * 5 < old.len().max(new.len()) * 2 {
        return None;
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let mut from = (0, 0);
    for (at_then, at_now) in same.into_iter().chain([(old.len(), new.len())]) {
        let (gone, come) = (&old[from.0..at_then], &new[from.1..at_now]);
        if !gone.is_empty() || !come.is_empty() {
            add_same(&mut pieces, &mut run, false);
            if !gone.is_empty() {
                pieces.push(Piece::Gone(gone.join(" ")));
            }
            if !come.is_empty() {
                pieces.push(Piece::New(come.join(" ")));
            }
        }
        run.extend(new.get(at_now));
        from = (at_then + 1, at_now + 1);
    }
    add_same(&mut pieces, &mut run, true);
    Some(pieces)
}

/// Words that stay, cut short where they are far from any that change.
fn add_same(pieces: &mut Vec<Piece>, run: &mut Vec<&str>, is_last: bool) {
    let words = std::mem::take(run);
    if words.is_empty() {
        return;
    }
    let before = if pieces.is_empty() { 0 } else { AROUND };
    let after = if is_last { 0 } else { AROUND };
    let text = if words.len() > before + after + 2 {
        let start = words[..before].join(" ");
        let end = words[words.len() - after..].join(" ");
        format!("{start} … {end}").trim().to_owned()
    } else {
        words.join(" ")
    };
    pieces.push(Piece::Same(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What differs: `+` came, `-` went, `[gone|new]` within a block.
    fn told(then: &[&str], now: &[&str]) -> Vec<String> {
        let own = |blocks: &[&str]| blocks.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let piece = |piece: &Piece| match piece {
            Piece::Same(words) => words.clone(),
            Piece::New(words) => format!("+[{words}]"),
            Piece::Gone(words) => format!("-[{words}]"),
        };
        let hunks = difference(&own(then), &own(now)).into_iter();
        hunks
            .map(|hunk| match hunk {
                Hunk::New(words) => format!("+ {words}"),
                Hunk::Gone(words) => format!("- {words}"),
                Hunk::Changed(pieces) => pieces.iter().map(piece).collect::<Vec<_>>().join(" "),
            })
            .collect()
    }

    #[test]
    fn blocks_come_go_and_change() {
        assert_eq!(told(&["a", "b"], &["a", "b"]), [] as [&str; 0]);
        assert_eq!(told(&["a b c d"], &["a b x d"]), ["a b -[c] +[x] d"]);
        assert_eq!(told(&["a"], &["a", "new one"]), ["+ new one"]);
        assert_eq!(told(&["a", "old one"], &["a"]), ["- old one"]);
        assert_eq!(
            told(&["one two three"], &["four five six"]),
            ["+ four five six", "- one two three"]
        );
        assert_eq!(
            told(&["gone by", "a b c"], &["a b d"]),
            ["- gone by", "a b -[c] +[d]"]
        );
        assert_eq!(told(&["a b c"], &["a b"]), ["a b -[c]"]);
    }

    #[test]
    fn words_far_from_a_change_are_left_out() {
        let long: Vec<_> = (0..40).map(|it| it.to_string()).collect();
        let then = format!("{} end", long.join(" "));
        let now = format!("{} END", long.join(" "));
        assert_eq!(
            told(&[&then], &[&now]),
            ["… 32 33 34 35 36 37 38 39 -[end] +[END]"]
        );
    }
}
