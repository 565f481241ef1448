//! Quotation marks as each language writes them.
//!
//! The parser turns straight marks into English curly ones; here they become those of the article's
//! language. To add a language: one line in [`MARKS`].

/// Opening and closing marks, outer and inner, by language. Languages that are not here write them
/// as English does.
const MARKS: [(&str, [&str; 4]); 22] = [
    ("bg", ["„", "“", "‚", "‘"]),
    ("cs", ["„", "“", "‚", "‘"]),
    ("da", ["„", "“", "‚", "‘"]),
    ("de", ["„", "“", "‚", "‘"]),
    ("el", ["«", "»", "“", "”"]),
    ("es", ["«", "»", "“", "”"]),
    ("et", ["„", "“", "‚", "‘"]),
    ("fa", ["«", "»", "‹", "›"]),
    ("fi", ["”", "”", "’", "’"]),
    ("fr", ["«\u{202f}", "\u{202f}»", "“", "”"]),
    ("hr", ["„", "“", "‚", "‘"]),
    ("hu", ["„", "”", "»", "«"]),
    ("it", ["«", "»", "“", "”"]),
    ("ja", ["「", "」", "『", "』"]),
    ("no", ["«", "»", "‘", "’"]),
    ("pl", ["„", "”", "‚", "’"]),
    ("ro", ["„", "”", "«", "»"]),
    ("ru", ["«", "»", "„", "“"]),
    ("sk", ["„", "“", "‚", "‘"]),
    ("sl", ["„", "“", "‚", "‘"]),
    ("sv", ["”", "”", "’", "’"]),
    ("uk", ["«", "»", "„", "“"]),
];

/// Replaces the curly marks of English by those of one language.
#[derive(Debug)]
pub struct Quotes {
    marks: Option<&'static [&'static str; 4]>,
    /// Inner marks that are open: without one, a closing inner mark is an apostrophe.
    open_inner: usize,
}

impl Quotes {
    /// For a language code such as `de` or `de-AT`.
    pub fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        let marks = MARKS
            .iter()
            .find(|(code, _)| *code == primary)
            .map(|(_, marks)| marks);
        Self {
            marks,
            open_inner: 0,
        }
    }

    /// The mark to write for a curly mark of English, or `None` when it stays as it is.
    pub fn replace(&mut self, mark: char) -> Option<&'static str> {
        let marks = self.marks?;
        match mark {
            '“' => Some(marks[0]),
            '”' => Some(marks[1]),
            '‘' => {
                self.open_inner += 1;
                Some(marks[2])
            }
            '’' if self.open_inner > 0 => {
                self.open_inner -= 1;
                Some(marks[3])
            }
            _ => None,
        }
    }
}

/// Sets plain text, such as a title, as the parser sets articles: round quotation marks of the
/// language, dashes for `--` and `---`, an ellipsis for `...`.
pub fn set(text: &str, language: &str) -> String {
    let mut quotes = Quotes::new(language);
    let mut set = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        let opens = before.is_whitespace() || "([{-–—/\"'“‘„«".contains(before);
        let curly = match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => {
                set.push(c);
                before = c;
                continue;
            }
        };
        match quotes.replace(curly) {
            Some(mark) => set.push_str(mark),
            None => set.push(curly),
        }
        before = c;
    }
    set.replace("---", "—")
        .replace("--", "–")
        .replace("...", "…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_set_as_the_language_has_it() {
        for (language, text, expected) in [
            ("en", "It's \"fine\" -- don't", "It’s “fine” – don’t"),
            ("en", "'so' and (\"so\")...", "‘so’ and (“so”)…"),
            ("de", "\"Gut\" und 'gut', geht's", "„Gut“ und ‚gut‘, geht’s"),
            ("es", "Un \"buen\" día", "Un «buen» día"),
        ] {
            assert_eq!(set(text, language), expected);
        }
    }
}
