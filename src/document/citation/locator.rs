//! Parts of works, as they stand behind a key: `, pp. 3-5`, `{chap. A to C}`.
//!
//! To add a word for a part of a work, such as "track": a line in [`LABELS`].

use std::ops::Range;

use crate::citations::Locator;

/// The CSL names for parts of a work, each with the words for it: English and Spanish. What is short
/// for a word ends with a full stop. In each row the longer of two words stands first when it begins with the
/// other.
const LABELS: [(&str, &[&str]); 16] = [
    (
        "page",
        &[
            "páginas", "página", "págs.", "pág.", "pages", "page", "pp.", "p.",
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
pub(super) fn locator_and_suffix(
    text: &str,
    range: Range<usize>,
) -> (Option<Locator>, Range<usize>) {
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

/// How far the numbers of a locator go: `3`, `3-5`, `3, 7`, `iv`, `34(1)(a)`. It ends before any word,
/// also before "and". Without a label it has to begin with a digit, or with a letter before one as the
/// pages of newspapers do: `A4`.
fn value_length(text: &str, has_label: bool) -> usize {
    let mut length = 0;
    let mut rest = text;
    loop {
        // Between two numbers stand a comma, a space or both; before the first stands nothing.
        let word = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        let is_behind_gap = word.len() < rest.len();
        if is_behind_gap != (length > 0) {
            return length;
        }
        let number = word[..word_length(word)].trim_end_matches(['.', ':', '/', '-', '–']);
        let is_number = if has_label {
            number.contains(|c: char| c.is_ascii_digit()) || is_roman(number)
        } else {
            let one_in = number.strip_prefix(|c: char| c.is_ascii_alphabetic());
            let is_digit = |c: char| c.is_ascii_digit();
            one_in.unwrap_or(number).starts_with(is_digit)
        };
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
