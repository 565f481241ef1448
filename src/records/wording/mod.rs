//! `content/words.yaml`: words that the site does not use, and lines that need a way out beside them.
//!
//! ```yaml
//! words:
//!   - words: [should, "ought to"]
//!     instead: "`can`, `could` or `you may want to`"
//!     language: en
//!     kind: overclaim
//! sensitive:
//!   - words: [assault]
//! safe_lines:
//!   - lines: ["tell your partner"]
//!     link: not-ok.md
//! ```
//!
//! [`Wording::find`] looks for all of them in a text at once; how, [`search`] knows. Where they are looked
//! for, and what is said then: `checks/voice`.

mod search;

use std::ops::Range;

use crate::data::{Fields, Node, Reader, Spanned, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

use search::{Pattern, Patterns};

/// The file.
pub const FILE: &str = "content/words.yaml";

/// What the site says about words.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// Words to avoid.
    pub words: Vec<WordsToAvoid>,
    /// Lines that need a link beside them.
    pub safe_lines: Vec<SafeLines>,
    sensitive: usize,
    patterns: Patterns<Meaning>,
}

/// Words that the site does not use, and what it says in their place.
#[derive(Debug, Clone)]
pub struct WordsToAvoid {
    /// What to write, in words for authors.
    pub instead: String,
    /// Why they are avoided, which gives findings their code.
    pub kind: WordKind,
    /// Fine in a sentence that says how many.
    pub unless_number: bool,
    /// Fine in a paragraph that cites something.
    pub unless_cited: bool,
}

/// Why words are avoided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// They hurt, leave people out, press or blame.
    Tone,
    /// They promise more than anybody knows.
    Overclaim,
    /// They are more explicit than the site means to be.
    Explicit,
}

impl WordKind {
    /// Every kind with its name in the file.
    pub const NAMES: [(&'static str, WordKind); 3] = [
        ("tone", WordKind::Tone),
        ("overclaim", WordKind::Overclaim),
        ("explicit", WordKind::Explicit),
    ];

    /// The code of what is found.
    pub const fn code(self) -> Code {
        match self {
            WordKind::Tone => Code::WordToAvoid,
            WordKind::Overclaim => Code::Overclaim,
            WordKind::Explicit => Code::ExplicitWord,
        }
    }

    /// What the words are, in words for authors.
    pub const fn about(self) -> &'static str {
        match self {
            WordKind::Tone => "words that this site avoids",
            WordKind::Overclaim => "words that promise more than is known",
            WordKind::Explicit => "words that are more explicit than this site",
        }
    }
}

/// Lines by which readers are asked to speak to somebody who may not be safe.
#[derive(Debug, Clone)]
pub struct SafeLines {
    /// The page to which a link stands in the same section.
    pub link: Spanned<String>,
}

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// One of [`Wording::words`].
    Avoid(usize),
    /// A phrase in which they are fine.
    Except(usize),
    /// One of [`Wording::safe_lines`].
    Safe(usize),
    /// A phrase in which these are fine.
    ExceptSafe(usize),
    /// What readers want to know of before they read it.
    Sensitive(usize),
    /// A phrase in which it is fine.
    ExceptSensitive(usize),
}

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Words to avoid: which of [`Wording::words`], and where.
    pub words: Vec<(usize, Range<usize>)>,
    /// Lines that need a link: which of [`Wording::safe_lines`], and where.
    pub lines: Vec<(usize, Range<usize>)>,
    /// What readers want to know of before they read it: which entry, and where.
    pub sensitive: Vec<(usize, Range<usize>)>,
}

impl Wording {
    /// True when nothing is to be looked for.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Everything in a text of a language, in order. Of phrases that begin inside each other, the
    /// first and longest.
    pub fn find(&self, text: &str, language: &str) -> Found {
        let mut found = Found::default();
        let mut excepted = Vec::new();
        let mut lines_excepted = Vec::new();
        let mut sensitive_excepted = Vec::new();
        self.patterns
            .find(text, language, |meaning, place| match meaning {
                Meaning::Avoid(index) => found.words.push((index, place)),
                Meaning::Safe(index) => found.lines.push((index, place)),
                Meaning::Except(index) => excepted.push((index, place)),
                Meaning::ExceptSafe(index) => lines_excepted.push((index, place)),
                Meaning::Sensitive(index) => found.sensitive.push((index, place)),
                Meaning::ExceptSensitive(index) => sensitive_excepted.push((index, place)),
            });
        keep_first(&mut found.words, &excepted);
        keep_first(&mut found.lines, &lines_excepted);
        keep_first(&mut found.sensitive, &sensitive_excepted);
        found
    }
}

/// Drops what lies in a phrase that its entry excepts, and what begins inside of another.
fn keep_first(found: &mut Vec<(usize, Range<usize>)>, excepted: &[(usize, Range<usize>)]) {
    found.retain(|(index, place)| {
        !excepted.iter().any(|(entry, phrase)| {
            entry == index && phrase.start <= place.start && place.end <= phrase.end
        })
    });
    found.sort_by_key(|(_, place)| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    found.retain(|(_, place)| {
        let is_free = place.start >= end;
        if is_free {
            end = place.end;
        }
        is_free
    });
}

/// Reads the file; nothing is avoided when there is none.
pub fn read(inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Wording {
    let path = SourcePath::new(FILE);
    match path.and_then(|path| Some((inputs.text_of(&path)?, path))) {
        Some((text, path)) => parse(&path, text, findings),
        None => Wording::default(),
    }
}

/// Whether a site has the file.
pub fn is_there(inputs: &Inputs) -> bool {
    SourcePath::new(FILE).is_some_and(|path| inputs.text_of(&path).is_some())
}

fn parse(path: &SourcePath, text: &str, findings: &mut Vec<Diagnostic>) -> Wording {
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(error) => {
            findings.push(error.finding(path, 0));
            return Wording::default();
        }
    };
    let reader = Reader::new(path, text, "`words.yaml`");
    let mut wording = Wording::default();
    let fields = Fields::new(&reader, &node, "words.yaml");
    for entry in fields.list("words") {
        wording.add_words(&reader, entry);
    }
    for entry in fields.list("safe_lines") {
        wording.add_lines(&reader, entry);
    }
    for entry in fields.list("sensitive") {
        wording.add_sensitive(&reader, entry);
    }
    fields.finish();
    findings.extend(reader.into_findings());
    wording
}

impl Wording {
    fn add_words(&mut self, reader: &Reader<'_>, entry: &Node) {
        let fields = Fields::new(reader, entry, "words").called("an entry of `words`".to_owned());
        let phrases = Phrases::read(&fields, "words", "a word or a phrase to avoid");
        let instead = fields.required_text(
            "instead",
            "say what to write in their place, in words for authors",
        );
        let unless = fields.texts("unless").unwrap_or_default();
        let kind = fields.choice("kind", &WordKind::NAMES);
        fields.check_unknown();
        let (mut unless_number, mut unless_cited) = (false, false);
        for word in &unless {
            match word.value.as_str() {
                "number" => unless_number = true,
                "cited" => unless_cited = true,
                _ => reader.report(
                    Diagnostic::new(
                        Code::UnknownValue,
                        format!("`{}` is no reason to let words pass", word.value),
                    )
                    .at(reader.path(), word.span.clone(), "not known")
                    .suggest(
                        &word.value,
                        ["number", "cited"],
                        "write `number` or `cited`",
                    ),
                ),
            }
        }
        let (Some(phrases), Some(instead)) = (phrases, instead) else {
            return;
        };
        let index = self.words.len();
        self.words.push(WordsToAvoid {
            instead: instead.value,
            kind: kind.unwrap_or(WordKind::Tone),
            unless_number,
            unless_cited,
        });
        self.add(
            reader,
            &phrases,
            Meaning::Avoid(index),
            Meaning::Except(index),
        );
    }

    fn add_lines(&mut self, reader: &Reader<'_>, entry: &Node) {
        let fields =
            Fields::new(reader, entry, "safe_lines").called("an entry of `safe_lines`".to_owned());
        let phrases = Phrases::read(&fields, "lines", "a phrase such as `tell your partner`");
        let link = fields.required_text(
            "link",
            "name the page for people who are not safe, such as `link: not-ok.md`",
        );
        fields.check_unknown();
        let (Some(phrases), Some(link)) = (phrases, link) else {
            return;
        };
        let index = self.safe_lines.len();
        self.safe_lines.push(SafeLines { link });
        self.add(
            reader,
            &phrases,
            Meaning::Safe(index),
            Meaning::ExceptSafe(index),
        );
    }

    fn add_sensitive(&mut self, reader: &Reader<'_>, entry: &Node) {
        let fields =
            Fields::new(reader, entry, "sensitive").called("an entry of `sensitive`".to_owned());
        let phrases = Phrases::read(&fields, "words", "a word such as `assault`");
        fields.check_unknown();
        let Some(phrases) = phrases else { return };
        let index = self.sensitive;
        self.sensitive += 1;
        let (found, except) = (Meaning::Sensitive(index), Meaning::ExceptSensitive(index));
        self.add(reader, &phrases, found, except);
    }

    fn add(&mut self, reader: &Reader<'_>, phrases: &Phrases, found: Meaning, except: Meaning) {
        let sets = [(&phrases.found, found), (&phrases.except, except)];
        for (set, meaning) in sets {
            for phrase in set {
                match Pattern::new(&phrase.value) {
                    Some(pattern) => {
                        let language = phrases.language.clone();
                        self.patterns.add(pattern, language, meaning);
                    }
                    None => reader.report(
                        Diagnostic::new(
                            Code::UnknownValue,
                            format!("`{}` is not a phrase to look for", phrase.value),
                        )
                        .at(reader.path(), phrase.span.clone(), "")
                        .help("write words; `*` may stand at the end of a word of two letters or more"),
                    ),
                }
            }
        }
    }
}

/// The phrases of an entry.
struct Phrases {
    found: Vec<Spanned<String>>,
    except: Vec<Spanned<String>>,
    /// Only in texts of this language.
    language: Option<String>,
}

impl Phrases {
    fn read(fields: &Fields<'_>, key: &'static str, what: &str) -> Option<Self> {
        let found = fields.texts(key);
        let except = fields.texts("except").unwrap_or_default();
        let language = fields.text("language").map(|code| code.value);
        if found.as_ref().is_none_or(Vec::is_empty) {
            let start = fields.span().start;
            fields.reader().report(
                Diagnostic::new(
                    Code::MissingKey,
                    format!("{} has no `{key}`", fields.name()),
                )
                .at(fields.reader().path(), start..start, "")
                .help(format!("write a list of them: `{key}: [{what}]`")),
            );
        }
        Some(Self {
            found: found.filter(|found| !found.is_empty())?,
            except,
            language,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic;

    const TEXT: &str = "\
words:
  - words: [should, must]
    instead: could
    except: [must be over 18]
    language: en
  - words: [most people]
    instead: how many
    unless: number
safe_lines:
  - lines: [tell your partner]
    link: not-ok.md
";

    fn read_from(text: &str) -> (Wording, Vec<String>) {
        let path = SourcePath::new(FILE).expect("sound");
        let mut findings = Vec::new();
        let wording = parse(&path, text, &mut findings);
        let shown = findings
            .iter()
            .map(|finding| format!("{}: {}", diagnostic::shown(finding, text), finding.message));
        (wording, shown.collect())
    }

    #[test]
    fn words_and_lines_are_found_and_exceptions_are_not() {
        let (wording, findings) = read_from(TEXT);
        assert_eq!(findings, [""; 0]);
        let text = "You must be over 18. You should, or must, tell your partner. Most people do.";
        let words = |language| {
            let found = wording.find(text, language).words;
            let found = found.into_iter().map(|(_, place)| &text[place]);
            found.collect::<Vec<_>>()
        };
        assert_eq!(words("en"), ["should", "must", "Most people"]);
        assert_eq!(words("es"), ["Most people"]);
        assert_eq!(wording.find(text, "en").lines.len(), 1);
        assert!(wording.words[1].unless_number && !wording.words[0].unless_number);
    }

    #[test]
    fn every_mistake_is_found_at_its_place() {
        let text = "words:\n  - words: []\n    instead: a\n  - words: ['*']\n    instead: b\n    \
                    unless: cites\n  - words: [c]\nsafe_lines:\n  - lines: [d]\nword: [e]\n";
        let (_, findings) = read_from(text);
        assert_eq!(
            findings,
            [
                "missing-key \"\": an entry of `words` has no `words`",
                "unknown-value \"cites\": `cites` is no reason to let words pass",
                "unknown-value \"'*'\": `*` is not a phrase to look for",
                "missing-key \"\": an entry of `words` has no `instead`",
                "missing-key \"\": an entry of `safe_lines` has no `link`",
                "unknown-key \"word\": unknown key `word` in `words.yaml`",
            ]
        );
    }
}
