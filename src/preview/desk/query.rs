//! What a request asks the list of pages for: filters, the column it is sorted by, which part of it.
//!
//! An address says it all, so that a list can be kept, and works without a script.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::overview::{Overview, Row, Tallies};
use super::states::Choice;
use crate::records::reviews::shown;

/// How many pages are listed at a time.
pub const AT_A_TIME: usize = 200;

/// The fields of an address or a form, decoded, in order.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=b&c=d`.
    pub fn read(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        });
        Self(pairs.collect())
    }

    /// The first value of a field; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        let mut pairs = self.0.iter();
        pairs
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }
}

/// What can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The title.
    Page,
    /// Whether it is published.
    State,
    /// When its review is due.
    Review,
    /// How its translations stand.
    Translation,
    /// How hard it is to read.
    Age,
    /// Its words.
    Words,
    /// The works that it cites.
    Sources,
    /// Links to it.
    In,
    /// Links from it.
    Out,
    /// Its problems.
    Problems,
}

impl Column {
    /// Each with its name in addresses, and what stands above it.
    pub const ALL: [(Column, &'static str, &'static str); 10] = [
        (Column::Page, "page", "Page"),
        (Column::State, "state", "State"),
        (Column::Review, "review", "Review"),
        (Column::Translation, "translation", "Translations"),
        (Column::Age, "age", "Reading age"),
        (Column::Words, "words", "Words"),
        (Column::Sources, "sources", "Sources"),
        (Column::In, "in", "Links in"),
        (Column::Out, "out", "Links out"),
        (Column::Problems, "problems", "Problems"),
    ];

    /// Columns of numbers begin with the largest: that is what one looks for.
    const fn begins_with_largest(self) -> bool {
        match self {
            Column::Page | Column::State | Column::Review => false,
            Column::Translation
            | Column::Age
            | Column::Words
            | Column::Sources
            | Column::In
            | Column::Out
            | Column::Problems => true,
        }
    }
}

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Words of the title or the file.
    pub words: String,
    /// How it stands.
    pub choice: Option<Choice>,
    /// The folder that it lies in, or below.
    pub section: String,
    /// The code of a language.
    pub language: String,
    /// What it is sorted by.
    pub column: Column,
    /// The other way round than is usual for the column.
    pub is_turned: bool,
    /// Which part of the list, from 1.
    pub part: usize,
}

impl Query {
    /// Reads the fields of an address; what it does not know does not count.
    pub fn read(fields: &Fields) -> Self {
        let mut columns = Column::ALL.iter();
        let column = columns.find(|row| row.1 == fields.get("sort"));
        Self {
            words: fields.get("q").trim().to_owned(),
            choice: Choice::of(fields.get("state")),
            section: fields.get("section").to_owned(),
            language: fields.get("language").to_owned(),
            column: column.map_or(Column::Page, |row| row.0),
            is_turned: fields.get("turned") == "yes",
            part: fields.get("part").parse().unwrap_or(1).max(1),
        }
    }

    /// The address that asks for it.
    pub fn address(&self) -> String {
        let name =
            |row: &(Column, &'static str, &'static str)| (row.0 == self.column).then_some(row.1);
        let sort = Column::ALL.iter().find_map(name).unwrap_or_default();
        let state = Choice::ALL.iter().find(|row| Some(row.0) == self.choice);
        let part = self.part.to_string();
        let fields = [
            ("q", self.words.as_str()),
            ("state", state.map_or("", |row| row.1)),
            ("section", &self.section),
            ("language", &self.language),
            (
                "sort",
                if self.column == Column::Page {
                    ""
                } else {
                    sort
                },
            ),
            ("turned", if self.is_turned { "yes" } else { "" }),
            ("part", if self.part == 1 { "" } else { &part }),
        ];
        let mut address = "/_desk/".to_owned();
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            let mark = if address.contains('?') { '&' } else { '?' };
            let _ = write!(address, "{mark}{name}={}", encoded(value));
        }
        address
    }

    /// The same list from its beginning, sorted by a column: the other way round, when it is already.
    pub fn sorted_by(&self, column: Column) -> Self {
        Self {
            column,
            is_turned: self.column == column && !self.is_turned,
            part: 1,
            ..self.clone()
        }
    }

    /// True when large things come first.
    pub fn is_down(&self) -> bool {
        self.column.begins_with_largest() != self.is_turned
    }

    /// The texts that it asks for, all of them, in order.
    pub fn rows<'o>(&self, overview: &'o Overview, tallies: &Tallies<'_>) -> Vec<&'o Row> {
        let wanted = self.words.to_lowercase();
        let code = |row: &Row| overview.site.language_code(row.language);
        let is_there = |row: &&Row| {
            (self.language.is_empty() || code(row) == self.language)
                && is_below(&row.section, &self.section)
                && has(row, &wanted)
                && self
                    .choice
                    .is_none_or(|choice| row.is(choice, &tallies.of(&row.document.path)))
        };
        let mut rows: Vec<_> = overview.rows.iter().filter(is_there).collect();
        rows.sort_by(|a, b| {
            let order = self.order(tallies, a, b);
            let order = if self.is_down() {
                order.reverse()
            } else {
                order
            };
            order.then_with(|| a.document.path.cmp(&b.document.path))
        });
        rows
    }

    fn order(&self, tallies: &Tallies<'_>, a: &Row, b: &Row) -> Ordering {
        let worst = |row: &Row| row.translations.iter().map(|(_, it)| *it).max();
        let counts = |row: &Row| {
            let tally = tallies.of(&row.document.path);
            let weights: Vec<_> = tally
                .0
                .iter()
                .map(|(weight, all)| (std::cmp::Reverse(*weight), *all))
                .collect();
            weights
        };
        match self.column {
            Column::Page => a.title.to_lowercase().cmp(&b.title.to_lowercase()),
            Column::State => super::states::publication(a.publication)
                .cmp(&super::states::publication(b.publication)),
            Column::Review => due(a).cmp(&due(b)),
            Column::Translation => worst(a).cmp(&worst(b)),
            Column::Age => {
                let age = |row: &Row| row.known_age().unwrap_or_default();
                age(a).total_cmp(&age(b))
            }
            Column::Words => a.words().cmp(&b.words()),
            Column::Sources => a.sources.cmp(&b.sources),
            Column::In => a.links_in.cmp(&b.links_in),
            Column::Out => a.links_out.cmp(&b.links_out),
            Column::Problems => counts(a).cmp(&counts(b)),
        }
    }
}

/// Those that are due first, then those that nobody has reviewed, then those that need no review.
fn due(row: &Row) -> (bool, jiff::civil::Date) {
    let due = row.review.as_ref().map(|review| review.due);
    (
        row.review.is_none(),
        due.flatten().unwrap_or(jiff::civil::Date::MAX),
    )
}

/// Every word that is looked for stands in the title or in the name of the file.
fn has(row: &Row, wanted: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let text = format!("{} {}", row.title, shown(&row.document.path)).to_lowercase();
    wanted.split_whitespace().all(|word| text.contains(word))
}

fn is_below(folder: &str, section: &str) -> bool {
    section.is_empty()
        || folder
            .strip_prefix(section)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A value as an address writes it.
pub fn encoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                text.push(char::from(byte));
            }
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let number = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        match (byte, number) {
            (b'%', Some(number)) => {
                bytes.push(number);
                rest = &after[2..];
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            (_, _) => bytes.push(byte),
        }
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_was_made_of() {
        let written = "q=tea+%26+caf%C3%A9&state=draft&section=caring&language=es&sort=age&turned=yes&part=3&x=1";
        let query = Query::read(&Fields::read(written));
        assert_eq!(query.words, "tea & café");
        assert_eq!(query.choice, Some(Choice::Draft));
        assert_eq!(
            (query.column, query.is_turned, query.part),
            (Column::Age, true, 3)
        );
        let address = query.address();
        let again = Query::read(&Fields::read(address.split_once('?').expect("fields").1));
        assert_eq!(again, query);
        assert_eq!(Query::read(&Fields::default()).address(), "/_desk/");
    }

    #[test]
    fn broken_signs_stay_what_they_are() {
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%4"), "%zz%4");
        assert_eq!(decoded("%41+b"), "A b");
        assert_eq!(encoded("a b&c/é"), "a%20b%26c/%C3%A9");
    }

    #[test]
    fn a_column_that_is_chosen_again_turns_round() {
        let query = Query::read(&Fields::read("part=4"));
        let by_age = query.sorted_by(Column::Age);
        assert_eq!((by_age.is_down(), by_age.part), (true, 1));
        let turned = by_age.sorted_by(Column::Age);
        assert!(!turned.is_down());
        assert!(turned.sorted_by(Column::Age).is_down());
        assert!(!turned.sorted_by(Column::Page).is_turned);
    }

    #[test]
    fn a_section_holds_what_lies_below_it() {
        assert!(is_below("caring/low", "caring") && is_below("caring", "caring"));
        assert!(is_below("", "") && is_below("caring", ""));
        assert!(!is_below("caringly", "caring") && !is_below("", "caring"));
    }
}
