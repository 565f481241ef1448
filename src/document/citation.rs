//! How a citation is written: Pandoc's grammar, as far as it concerns text and not Markdown.
//!
//! - `[@key]`, `[see @a, pp. 3-5; -@b]`: [`bracketed`] is given what stands between the brackets.
//! - `@key says`: [`key_at`] is given a place in a text.
//! - `@key [p. 3]`: [`after_in_text`] is given what stands between those brackets.
//!
//! `markdown::citations` finds the places; nothing here knows whether a key exists. To add a word
//! for a part of a work, such as "track": a line in [`LABELS`].

use std::ops::Range;

use crate::citations::Locator;

/// A work in a citation as it is written. All places are offsets into the text that was parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What stands before the key, without the space before it.
    pub prefix: Range<usize>,
    /// The key.
    pub key: Range<usize>,
    /// Which part of the work.
    pub locator: Option<Locator>,
    /// What stands after the key and the locator, with the comma or space that it begins with.
    pub suffix: Range<usize>,
    /// `-@key`.
    pub is_author_suppressed: bool,
}

/// Parses what stands between brackets; `None` when it is no citation.
pub fn bracketed(text: &str) -> Option<Vec<Item>> {
    if !text.contains('@') {
        return None;
    }
    all_items(text, parts(text, 0))
}

/// Parses what stands in the brackets after `@key`: the locator and suffix of that key, and further
/// works behind a semicolon. `None` when those are no citations.
pub fn after_in_text(text: &str) -> Option<(Option<Locator>, Range<usize>, Vec<Item>)> {
    let mut parts = parts(text, 0);
    let own = parts.next()?;
    let (locator, suffix) = locator_and_suffix(text, own);
    Some((locator, suffix, all_items(text, parts)?))
}

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

/// The parts between semicolons that stand in no braces.
fn parts(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = Some(from);
    std::iter::from_fn(move || {
        let begin = start?;
        let mut depth = 0usize;
        for (offset, c) in text[begin..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                ';' if depth == 0 => {
                    start = Some(begin + offset + 1);
                    return Some(begin..begin + offset);
                }
                _ => {}
            }
        }
        start = None;
        Some(begin..text.len())
    })
}

/// The works of all parts; `None` when a part has none.
fn all_items(text: &str, parts: impl Iterator<Item = Range<usize>>) -> Option<Vec<Item>> {
    let mut all = Vec::new();
    for part in parts {
        let items = items(text, part);
        if items.is_empty() {
            return None;
        }
        all.extend(items);
    }
    Some(all)
}

/// The works of a part: mostly one. In `@a, quoted in @b` there are two, and the words between them
/// belong to the second.
fn items(text: &str, part: Range<usize>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut from = part.start;
    while let Some((key, after)) = next_key(text, from..part.end) {
        let before = &text[from..key.start];
        let before = before.trim_end_matches('{').trim_end_matches('@');
        let is_author_suppressed = before.ends_with('-');
        let before = from..from + before.len() - usize::from(is_author_suppressed);
        let prefix = match items.last_mut() {
            None => before,
            Some(last) => {
                let (locator, words) = locator_and_suffix(text, before);
                last.locator = locator;
                last.suffix = words.start..words.start;
                let comma = text[words.clone()].len()
                    - text[words.clone()].trim_start_matches([',', ' ']).len();
                words.start + comma..words.end
            }
        };
        items.push(Item {
            prefix: trimmed(text, prefix),
            key,
            locator: None,
            suffix: after..after,
            is_author_suppressed,
        });
        from = after;
    }
    if let Some(last) = items.last_mut() {
        let (locator, suffix) = locator_and_suffix(text, from..part.end);
        last.locator = locator;
        last.suffix = suffix;
    }
    items
}

/// The first key in a stretch of a text, and where the text goes on behind it.
fn next_key(text: &str, range: Range<usize>) -> Option<(Range<usize>, usize)> {
    let mut signs = text[range.clone()].match_indices('@');
    signs.find_map(|(at, _)| key_at(&text[..range.end], range.start + at))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = text[range.clone()].trim_end();
    let start = range.start + written.len() - written.trim_start().len();
    start..range.start + written.len()
}

/// The CSL names for parts of a work, each with the words for it: English and Spanish, with and
/// without the full stop. In each row the longer of two words stands first when it begins with the
/// other.
const LABELS: [(&str, &[&str]); 16] = [
    (
        "page",
        &[
            "páginas", "página", "págs.", "pág.", "pages", "page", "pp.", "pp", "p.", "p",
        ],
    ),
    (
        "chapter",
        &[
            "capítulos",
            "capítulo",
            "caps.",
            "cap.",
            "chapters",
            "chapter",
            "chaps.",
            "chap.",
        ],
    ),
    (
        "section",
        &[
            "secciones",
            "sección",
            "sections",
            "section",
            "secs.",
            "sec.",
            "§§",
            "§",
        ],
    ),
    (
        "paragraph",
        &[
            "párrafos",
            "párrafo",
            "párrs.",
            "párr.",
            "paragraphs",
            "paragraph",
            "paras.",
            "para.",
            "¶¶",
            "¶",
        ],
    ),
    (
        "figure",
        &["figuras", "figura", "figures", "figure", "figs.", "fig."],
    ),
    (
        "volume",
        &["volúmenes", "volumen", "volumes", "volume", "vols.", "vol."],
    ),
    (
        "column",
        &["columnas", "columna", "columns", "column", "cols.", "col."],
    ),
    ("folio", &["folios", "folio", "fols.", "fol."]),
    (
        "issue",
        &[
            "números", "número", "núms.", "núm.", "issues", "issue", "nos.", "no.",
        ],
    ),
    ("line", &["líneas", "línea", "lines", "line", "ll.", "l."]),
    ("note", &["notas", "nota", "notes", "note", "nn.", "n."]),
    ("book", &["libros", "libro", "books", "book", "bks.", "bk."]),
    ("opus", &["opus", "opp.", "op."]),
    ("part", &["partes", "parte", "parts", "part", "pts.", "pt."]),
    (
        "verse",
        &["versos", "verso", "verses", "verse", "vv.", "v."],
    ),
    ("sub-verbo", &["s.vv.", "s.v."]),
];

/// What stands behind a key: `, pp. 3-5 and elsewhere` is the locator `page 3-5` and the suffix
/// ` and elsewhere`. Braces say where a locator ends: `{chap. A to C}`; empty ones that there is none.
fn locator_and_suffix(text: &str, range: Range<usize>) -> (Option<Locator>, Range<usize>) {
    let end = range.start + text[range.clone()].trim_end().len();
    let whole = range.start..end.max(range.start);
    let written = &text[whole.clone()];
    let trimmed = written.trim_start();
    let inside = trimmed
        .strip_prefix(',')
        .map_or(trimmed, |rest| rest.trim_start());
    let start = written.len() - inside.len();
    if let Some(braced) = inside.strip_prefix('{')
        && let Some(close) = braced.find('}')
    {
        let suffix = whole.start + start + close + 2..whole.end;
        let said = braced[..close].trim();
        let locator = (!said.is_empty()).then(|| {
            let (label, value) = label_of(said);
            Locator {
                label: label.unwrap_or("page"),
                value: value.trim().to_owned(),
            }
        });
        return (locator, suffix);
    }
    let (label, after_label) = label_of(inside);
    let value_start = inside.len() - after_label.len();
    let length = value_length(after_label, label.is_some());
    if length == 0 {
        return (None, whole);
    }
    let locator = Locator {
        label: label.unwrap_or("page"),
        value: after_label[..length].trim().to_owned(),
    };
    let suffix = whole.start + start + value_start + length..whole.end;
    (Some(locator), suffix)
}

/// The label that a locator begins with, in small letters or capital ones, and the text behind it.
fn label_of(text: &str) -> (Option<&'static str>, &str) {
    for (label, words) in LABELS {
        for word in words {
            let Some((start, rest)) = text.split_at_checked(word.len()) else {
                continue;
            };
            let is_sign = !word.ends_with(char::is_alphabetic);
            let ends = rest.starts_with(|c: char| c.is_whitespace()) || rest.is_empty();
            let ends = ends || is_sign && rest.starts_with(|c: char| c.is_alphanumeric());
            if ends && start.eq_ignore_ascii_case(word) {
                return (Some(label), rest.trim_start());
            }
        }
    }
    (None, text)
}

/// How far the numbers of a locator go: `3`, `3-5`, `3, 7 and 9`, `iv`, `34(1)(a)`. Without a label it
/// has to begin with a digit, or with a letter before one as the pages of newspapers do: `A4`.
fn value_length(text: &str, has_label: bool) -> usize {
    const BETWEEN: [&str; 9] = ["and ", "to ", "y ", "a ", "& ", ", ", "-", "–", "—"];
    let mut length = 0;
    let mut rest = text;
    loop {
        // What may stand between two numbers.
        let between = if length == 0 {
            0
        } else {
            let trimmed = rest.trim_start();
            let space = rest.len() - trimmed.len();
            let mark = BETWEEN.iter().find(|mark| trimmed.starts_with(**mark));
            space + mark.map_or(0, |mark| mark.len())
        };
        if length > 0 && between == 0 {
            return length;
        }
        let gap = rest[between..].len() - rest[between..].trim_start().len();
        let word = &rest[between + gap..];
        let number = word[..word_length(word)].trim_end_matches(['.', ':', '/', '-', '–']);
        let is_number = if has_label {
            number.contains(|c: char| c.is_ascii_digit()) || is_roman(number)
        } else {
            let one_in = number.strip_prefix(|c: char| c.is_ascii_alphabetic());
            let is_digit = |c: char| c.is_ascii_digit();
            one_in.unwrap_or(number).starts_with(is_digit)
        };
        // Behind a mere space only a number goes on, as in `3 5`; not the next word of a sentence.
        if number.is_empty() || !is_number {
            return length;
        }
        length = text.len() - word.len() + number.len();
        rest = &text[length..];
    }
}

/// How long the word is that a text begins with, with what it has in brackets: `34(1)(a)`.
fn word_length(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &text[length..];
        let inside = rest.strip_prefix('(').unwrap_or_default();
        let closed = inside.find(|c: char| !c.is_alphanumeric());
        let bracket = closed.filter(|end| *end > 0 && inside[*end..].starts_with(')'));
        if let Some(end) = bracket {
            length += end + 2;
            continue;
        }
        match rest.chars().next() {
            Some(c) if c.is_alphanumeric() || "-–.:/".contains(c) => length += c.len_utf8(),
            Some(_) | None => return length,
        }
    }
}

fn is_roman(word: &str) -> bool {
    !word.is_empty()
        && word
            .split(['-', '–'])
            .all(|part| !part.is_empty() && part.chars().all(|c| "ivxlcdmIVXLCDM".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows items as `prefix|-key|label value|suffix`.
    fn shown(text: &str, items: &[Item]) -> String {
        let items: Vec<_> = items
            .iter()
            .map(|item| {
                format!(
                    "{}|{}{}|{}|{}",
                    &text[item.prefix.clone()],
                    if item.is_author_suppressed { "-" } else { "" },
                    &text[item.key.clone()],
                    item.locator.as_ref().map_or_else(String::new, |locator| {
                        format!("{} {}", locator.label, locator.value)
                    }),
                    &text[item.suffix.clone()]
                )
            })
            .collect();
        items.join("; ")
    }

    #[test]
    fn brackets_hold_works_with_prefixes_locators_and_suffixes() {
        for (text, expected) in [
            ("@a", "|a||"),
            ("-@a", "|-a||"),
            ("see @a", "see|a||"),
            ("see @a, pp. 3-5; -@b", "see|a|page 3-5|; |-b||"),
            ("@a, p. 3 and elsewhere", "|a|page 3| and elsewhere"),
            (
                "@a 33-35, 38-39 and passim",
                "|a|page 33-35, 38-39| and passim",
            ),
            ("@a, chap. 2, for instance", "|a|chapter 2|, for instance"),
            ("@a, iv", "|a||, iv"),
            ("@a, A4", "|a|page A4|"),
            ("@a, COVID-19 only", "|a||, COVID-19 only"),
            ("@a, 34(1)(a)", "|a|page 34(1)(a)|"),
            ("@a, sec. 34(1)(a) (b c)", "|a|section 34(1)(a)| (b c)"),
            ("@a, Pages 3 to 5", "|a|page 3 to 5|"),
            ("@a, Fig. 2", "|a|figure 2|"),
            ("@a, ll. 7-9", "|a|line 7-9|"),
            ("@a, no. of people", "|a||, no. of people"),
            ("@a, number 7", "|a||, number 7"),
            ("@a, quoted in @b", "|a||; quoted in|b||"),
            (
                "see @a, p. 3, quoted in -@b, p. 4",
                "see|a|page 3|; quoted in|-b|page 4|",
            ),
            ("@{a}, as in @{b c} and @{d}", "|a||; as in @{b c} and|d||"),
            ("@a, p. iv", "|a|page iv|"),
            (
                "@a, {ii, A, D-Z}, with more",
                "|a|page ii, A, D-Z|, with more",
            ),
            ("@a, {}99 years later", "|a||99 years later"),
            ("@a, §3", "|a|section 3|"),
            ("@a, and nothing else", "|a||, and nothing else"),
            ("@a, pág. 4", "|a|page 4|"),
            ("e.g., @a; cf. @b", "e.g.,|a||; cf.|b||"),
            (
                "@{https://example.org/?a=1}, p. 2",
                "|https://example.org/?a=1|page 2|",
            ),
            ("@doi:10.1000/182", "|doi:10.1000/182||"),
            ("@smith_2010.", "|smith_2010||."),
            ("(as @a says)", "(as|a|| says)"),
        ] {
            let items = bracketed(text).unwrap_or_default();
            assert_eq!(shown(text, &items), expected, "{text}");
        }
    }

    #[test]
    fn brackets_without_a_key_in_every_part_are_no_citation() {
        for text in [
            "",
            "words",
            "jo@example.org",
            "write to jo@example.org",
            "@",
            "@ home",
            "@a; and more",
            "a--@b",
            "@{not a key}",
        ] {
            assert_eq!(bracketed(text), None, "{text}");
        }
    }

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

    #[test]
    fn brackets_behind_a_key_hold_its_locator_and_more_works() {
        for (text, expected) in [
            ("p. 3", "page 3||"),
            ("33", "page 33||"),
            ("p. 3, with a note", "page 3|, with a note|"),
            ("p. 3; see @b", "page 3||see|b||"),
            ("a remark", "|a remark|"),
        ] {
            let shown = after_in_text(text).map(|(locator, suffix, items)| {
                let locator = locator
                    .map(|locator| format!("{} {}", locator.label, locator.value))
                    .unwrap_or_default();
                format!("{locator}|{}|{}", &text[suffix], shown(text, &items))
            });
            assert_eq!(shown.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(after_in_text("p. 3; more"), None);
    }
}
