//! Abbreviations that a page does not write out where they first stand.
//!
//! A page writes one out with the words before it, "a general practitioner (GP)", or after it, "GP
//! (general practitioner)". The glossary of the site may do so too. What everybody knows is in [`KNOWN`];
//! what the readers of one site know, in `abbreviations` of `[voice]`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::texts::Texts;
use crate::diagnostic::Code;
use crate::document::body::ProseKind;
use crate::document::front_matter::Kind;

/// What everybody knows, or what is written out nowhere.
const KNOWN: &[&str] = &[
    "AA", "AAA", "AC", "ADN", "AIDS", "AM", "BBC", "CD", "CEO", "CET", "CSS", "DIY", "DNA", "DNI",
    "DOI", "DVD", "EE", "EPUB", "EU", "FAQ", "FM", "GIF", "GMT", "GPS", "GP", "GPs", "HIV", "HTML",
    "HTTP", "HTTPS", "ID", "IP", "ISBN", "ISSN", "IT", "ITS", "IVA", "JPEG", "JSON", "LGBT",
    "LGBTI", "LGBTIQ", "LGBTQ", "LGBTQI", "MP", "NASA", "NATO", "NGO", "NHS", "OK", "OMS", "ONG",
    "ONU", "OTAN", "PC", "PDF", "PIN", "PM", "PNG", "PS", "QR", "RAM", "RIP", "RSS", "SIDA", "SIM",
    "SMS", "SOS", "STI", "STIs", "SVG", "TV", "UE", "UK", "UN", "URL", "US", "USA", "USB", "UTC",
    "UU", "VIH", "VIP", "VPN", "WC", "WHO", "XML",
];

/// Letters that an abbreviation has at most.
const MOST_LETTERS: usize = 6;

impl Texts<'_, '_> {
    /// Looks at every abbreviation, and reports each once.
    pub(super) fn abbreviations(&mut self) {
        if matches!(
            self.subject.keys.kind,
            Some(Kind::Glossary | Kind::Sources | Kind::People)
        ) {
            return;
        }
        let mut met = BTreeSet::new();
        let passages = self.passages;
        for (index, passage) in passages.iter().enumerate() {
            let text = &passage.prose.text;
            if passage.prose.kind == ProseKind::Term || is_shouted(text) {
                continue;
            }
            for place in capitals(text) {
                let word = plain(&text[place.clone()]);
                if !met.insert(word.clone()) || self.is_known(&word) {
                    continue;
                }
                let before = passages[..index].iter().map(|it| it.prose.text.as_str());
                if before
                    .chain([text.as_str()])
                    .any(|text| is_written_out(text, &word))
                {
                    continue;
                }
                let message = format!("the abbreviation `{word}` is not written out");
                let help = format!(
                    "write it out here, such as `the whole words ({word})`, or add it to `abbreviations` of `[voice]` when every reader knows it"
                );
                self.report(Code::UndefinedAbbreviation, passage, place, message, &help);
            }
        }
    }

    fn is_known(&self, word: &str) -> bool {
        let single = word.strip_suffix('s').unwrap_or(word);
        let site = self.subject.site;
        let is_it = |known: &str| known == word || known == single;
        let mut of_site = self.voice.abbreviations.iter();
        let glossary = site.glossary(self.subject.language);
        let mut terms = glossary.terms.iter().flat_map(|term| &term.names);
        // A helpline, a work or a person may be called so, and the site calls itself what it likes.
        let mut titles = [&site.config.title, &site.config.practice.name].into_iter();
        KNOWN.iter().any(|known| is_it(known))
            || of_site.any(|known| is_it(known))
            || terms.any(|name| name.split(|c: char| !c.is_alphanumeric()).any(is_it))
            || titles.any(|title| title.split(|c: char| !c.is_alphanumeric()).any(is_it))
            || is_roman(single)
    }
}

/// Where words of capitals stand: `PCD`, `STIs`, `P.C.D.`.
fn capitals(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_part = |c: char| {
        c.is_alphanumeric() || matches!(c, '.' | '-' | '’' | '\'' | '@' | '/' | ':' | '_' | '#')
    };
    let mut start = 0;
    for (index, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_part(c) {
            continue;
        }
        let run = &text[start..index];
        let lead = run.len()
            - run
                .trim_start_matches(['\'', '’', '.', '-', '/', ':'])
                .len();
        let run = run[lead..].trim_end_matches(['\'', '’', '-', '/', ':']);
        let bare = run.trim_end_matches('.');
        // "P.C.D." keeps its last full stop, which ends no sentence.
        let word = if bare.contains('.') { run } else { bare };
        let possessive = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
        let word = possessive.unwrap_or(word);
        if is_abbreviation(word) {
            found.push(start + lead..start + lead + word.len());
        }
        start = index + c.len_utf8();
    }
    found
}

fn is_abbreviation(word: &str) -> bool {
    let dotted = word.contains('.');
    let letters: Vec<_> = word.strip_suffix('s').unwrap_or(word).split('.').collect();
    let count: usize = letters.iter().map(|it| it.chars().count()).sum();
    let are_capitals = letters
        .iter()
        .all(|part| part.chars().all(char::is_uppercase));
    let are_single = letters.iter().all(|part| part.chars().count() <= 1);
    are_capitals && (2..=MOST_LETTERS).contains(&count) && (!dotted || are_single)
}

/// `P.C.D.` and `PCD` are one.
fn plain(word: &str) -> String {
    word.replace('.', "")
}

/// A text without a small letter is no place to look for capitals.
fn is_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

/// Whether a text writes an abbreviation out: with it in brackets behind words, or words in brackets or
/// after a dash, a comma or "is" behind it.
fn is_written_out(text: &str, word: &str) -> bool {
    let dotted: String = word.chars().map(|c| format!("{c}.")).collect();
    [word, dotted.as_str()].iter().any(|written| {
        text.match_indices(*written).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + written.len()..]);
            let is_whole = !before.ends_with(char::is_alphanumeric);
            let in_brackets = before
                .trim_end_matches(['"', '“', '«', '‘'])
                .ends_with(['(', '['])
                && before
                    .trim_end_matches(['(', '[', '"', '“'])
                    .ends_with([' ', '\u{a0}']);
            let after = after
                .trim_start_matches(['s', '"', '”', '»', '’'])
                .trim_start();
            let explains = [
                "(",
                "[",
                "stands for",
                "is short for",
                "means",
                "significa",
                "quiere decir",
                "son las siglas",
            ];
            is_whole && (in_brackets || explains.iter().any(|sign| after.starts_with(sign)))
        })
    })
}

/// Numbers of chapters and centuries.
fn is_roman(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_words_of_capitals() {
        let text =
            "The PCD's, two STIs, P.C.D. at 9 a.m., I, A-level, COVID-19, see ABC.org, an XYZ.";
        let found: Vec<_> = capitals(text)
            .into_iter()
            .map(|place| &text[place])
            .collect();
        assert_eq!(found, ["PCD", "STIs", "P.C.D.", "XYZ"]);
    }

    #[test]
    fn one_is_written_out_before_or_behind_it() {
        assert!(is_written_out("Postcoital dysphoria (PCD) is", "PCD"));
        assert!(is_written_out("PCD (postcoital dysphoria) is", "PCD"));
        assert!(is_written_out("PCD stands for it", "PCD"));
        assert!(!is_written_out("(PCD)", "PCD"));
        assert!(!is_written_out("PCD comes (late)", "PCD"));
    }
}
