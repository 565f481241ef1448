//! Keys of works, as they stand in a text: `@doe2014`, `@{https://example.org/?a=1}`.

use std::ops::Range;

/// The key that begins at an `@`: its place and where the text goes on behind it. `None` when that
/// `@` begins no key, such as in an e-mail address.
pub fn key_at(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let rest = text.get(at..)?.strip_prefix('@')?;
    if !may_precede(text[..at].trim_end_matches('-'), text[..at].len()) {
        return None;
    }
    let start = at + 1;
    if let Some(inside) = rest.strip_prefix('{') {
        let end = inside.find('}')?;
        let key = start + 1..start + 1 + end;
        return (!key.is_empty() && !text[key.clone()].contains(char::is_whitespace))
            .then(|| (key.clone(), key.end + 1));
    }
    let end = start + key_length(rest);
    (end > start).then_some((start..end, end))
}

/// True when a key may stand behind this text: at the beginning, or behind space or an opening mark.
/// One hyphen between, for `-@key`, was taken off; `length` is that of the text with it.
fn may_precede(before: &str, length: usize) -> bool {
    if length - before.len() > 1 {
        return false;
    }
    before.chars().next_back().is_none_or(|last| {
        last.is_whitespace() || "([{\"'“‘„«—–*_~;,:".contains(last) || last == '\u{a0}'
    })
}

/// How long a key is: letters, digits and `_`, with single marks inside.
fn key_length(text: &str) -> usize {
    const INSIDE: &str = ":.#$%&-+?<>~/";
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let is_word = c.is_alphanumeric() || c == '_';
        let goes_on = chars
            .peek()
            .is_some_and(|(_, next)| next.is_alphanumeric() || *next == '_');
        if is_word {
            length = offset + c.len_utf8();
        } else if offset == 0 || !INSIDE.contains(c) || !goes_on {
            break;
        }
    }
    // `_@key_` is a key in italics.
    text[..length].trim_end_matches('_').len()
}

/// The first key in a stretch of a text, and where the text goes on behind it.
pub(super) fn next_key(text: &str, range: Range<usize>) -> Option<(Range<usize>, usize)> {
    let mut signs = text[range.clone()].match_indices('@');
    signs.find_map(|(at, _)| key_at(&text[..range.end], range.start + at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_begin_behind_space_or_an_opening_mark() {
        for (text, expected) in [
            ("@a says", Some("a")),
            ("(@a)", Some("a")),
            ("“@a”", Some("a")),
            ("as @doe2010a: yes", Some("doe2010a")),
            ("@doe_2010_", Some("doe_2010")),
            ("@doe2010's", Some("doe2010")),
            ("jo@example.org", None),
            ("https://social.example/@jo", None),
            ("a.@b", None),
        ] {
            let at = text.find('@').unwrap_or_default();
            let key = key_at(text, at).map(|(key, _)| &text[key]);
            assert_eq!(key, expected, "{text}");
        }
    }
}
