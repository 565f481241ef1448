//! `content/coverage.yaml`: what the guide has to cover, and where each point of it is settled.
//!
//! The points are numbered elsewhere, in the material that the guide is made from. The file names each
//! of them with the pages, headings or ideas that carry it, or says why it was left out. Nothing of it
//! is published. Whether all points are there and every place exists is looked at by
//! `checks::coverage`.

use crate::data::{Fields, Node, Reader, Spanned, Value, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

/// The file.
pub const FILE: &str = "content/coverage.yaml";

/// The most points of one row, so that a slip of the pen does not ask for millions.
const MOST: u32 = 10_000;

/// What has to be covered, and where it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The points that have to be settled.
    pub rows: Vec<Row>,
    /// The points that are, in the order in which they are written.
    pub settled: Vec<Settled>,
}

/// Points that are numbered in a row, such as `A001` to `A197`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What stands before the number.
    pub letters: String,
    /// The first number.
    pub first: u32,
    /// The last number, with its place in the file.
    pub last: Spanned<u32>,
    /// With how many digits numbers are written.
    pub digits: usize,
}

impl Row {
    /// The id of each point.
    pub fn ids(&self) -> impl Iterator<Item = String> + '_ {
        let numbers = self.first..=self.last.value;
        numbers.map(|number| format!("{}{number:0digits$}", self.letters, digits = self.digits))
    }
}

/// A point that is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Its id.
    pub id: Spanned<String>,
    /// How.
    pub how: How,
}

/// How a point is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// It is said or done at these places: paths below `content/`, with a heading after `#`.
    At(Vec<Spanned<String>>),
    /// It was left out, and the file says why.
    Declined,
    /// The entry could not be read; it was reported.
    Unknown,
}

/// Reads the file; `None` when there is none.
pub fn read(inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Option<Coverage> {
    let path = SourcePath::new(FILE)?;
    let text = inputs.text_of(&path)?;
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(error) => {
            findings.push(error.finding(&path, 0));
            return None;
        }
    };
    let reader = Reader::new(&path, text, "`coverage.yaml`");
    let coverage = coverage(&Fields::new(&reader, &node, "coverage"));
    findings.extend(reader.into_findings());
    Some(coverage)
}

fn coverage(fields: &Fields<'_>) -> Coverage {
    let rows = fields.list("points").iter();
    let rows = rows
        .filter_map(|node| row(&Fields::new(fields.reader(), node, "points")))
        .collect();
    let settled = fields.free_table("settled").iter();
    let settled = settled
        .map(|(id, node)| Settled {
            id: id.clone(),
            how: how(fields, id, node),
        })
        .collect();
    fields.check_unknown();
    Coverage { rows, settled }
}

fn row(fields: &Fields<'_>) -> Option<Row> {
    let help = "write the first and the last id of the row: `{from: A001, to: A197}`";
    let from = fields.required_text("from", help);
    let to = fields.required_text("to", help);
    // What the points are is for those who edit.
    let _ = fields.text("what");
    fields.check_unknown();
    let (from, to) = (from?, to?);
    let ends = numbered(&from.value).zip(numbered(&to.value));
    let ends = ends.filter(|((letters, first), (other, last))| {
        let length = last.checked_sub(*first);
        other == letters
            && to.value.len() == from.value.len()
            && length.is_some_and(|length| length < MOST)
    });
    let Some(((letters, first), (_, last))) = ends else {
        let message = format!(
            "no row of ids leads from `{}` to `{}`",
            from.value, to.value
        );
        fields.reader().report(
            Diagnostic::new(Code::UnknownValue, message)
                .at(fields.reader().path(), to.span, "")
                .help(help),
        );
        return None;
    };
    Some(Row {
        letters: letters.to_owned(),
        first,
        last: Spanned::new(last, to.span),
        digits: from.value.len() - letters.len(),
    })
}

/// The letters and the number of an id such as `A001`.
fn numbered(id: &str) -> Option<(&str, u32)> {
    let digits = id.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, number) = id.split_at(digits);
    Some((letters, number.parse().ok()?))
}

fn how(fields: &Fields<'_>, id: &Spanned<String>, node: &Node) -> How {
    match &node.value {
        Value::Table(_) => {
            let table = fields.below(node, &id.value);
            let places = table.texts("at");
            // How it was done is for those who edit.
            let _ = table.text("how");
            let help =
                "say in a few words why it was left out, or `at:` which places it is settled";
            let how = match places {
                Some(places) if places.is_empty() => nowhere(fields, id),
                Some(places) => How::At(places),
                None => {
                    let why = table.required_text("declined", help);
                    why.map_or(How::Unknown, |_| How::Declined)
                }
            };
            table.check_unknown();
            how
        }
        Value::List(places) if places.is_empty() => nowhere(fields, id),
        Value::Null => nowhere(fields, id),
        Value::List(_) | Value::Text(_) | Value::Flag(_) | Value::Integer(_) | Value::Number(_) => {
            fields
                .as_texts(node, &id.value)
                .map_or(How::Unknown, How::At)
        }
    }
}

fn nowhere(fields: &Fields<'_>, id: &Spanned<String>) -> How {
    let message = format!("`{}` is settled nowhere", id.value);
    fields.reader().report(
        Diagnostic::new(Code::MissingKey, message)
            .at(fields.reader().path(), id.span.clone(), "")
            .help("write `[page.md#heading]`, or `{declined: why it was left out}`"),
    );
    How::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::shown;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) -> Coverage {
        let path = SourcePath::new(FILE).expect("sound");
        let node = yaml::parse(text).expect("sound YAML");
        let reader = Reader::new(&path, text, "`coverage.yaml`");
        let coverage = coverage(&Fields::new(&reader, &node, "coverage"));
        let findings: Vec<_> = reader.into_findings();
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| shown(finding, text))
            .collect();
        assert_eq!(findings, expected);
        coverage
    }

    #[test]
    fn a_row_names_every_point_with_its_zeros() {
        let coverage = check("points: [{from: A008, to: A011, what: facts}]", &[]);
        let ids: Vec<_> = coverage.rows[0].ids().collect();
        assert_eq!(ids, ["A008", "A009", "A010", "A011"]);
    }

    #[test]
    fn a_row_that_leads_nowhere_is_an_error() {
        for (from, to) in [
            ("A2", "A1"),
            ("A1", "B2"),
            ("A1", "A10"),
            ("A0000001", "A9999999"),
            ("A1", "A"),
        ] {
            let text = format!("points: [{{from: {from}, to: {to}}}]");
            check(&text, &[&format!("unknown-value {to:?}")]);
        }
    }

    #[test]
    fn a_point_is_settled_at_places_or_left_out_for_a_reason() {
        let coverage = check(
            "settled:\n  A1: a.md\n  A2: [a.md#b, c.md]\n  A3: {declined: sells something}\n  A4: {at: a.md, how: as a card}\n",
            &[],
        );
        let places = |how: &How| match how {
            How::At(places) => places.iter().map(|place| place.value.clone()).collect(),
            How::Declined | How::Unknown => Vec::new(),
        };
        let settled = &coverage.settled;
        assert_eq!(places(&settled[0].how), ["a.md"]);
        assert_eq!(places(&settled[1].how), ["a.md#b", "c.md"]);
        assert_eq!(settled[2].how, How::Declined);
        assert_eq!(places(&settled[3].how), ["a.md"]);
    }

    #[test]
    fn a_point_without_a_place_or_a_reason_is_an_error() {
        check("settled:\n  A1: []\n", &["missing-key \"A1\""]);
        check("settled:\n  A1:\n", &["missing-key \"A1\""]);
        check("settled:\n  A1: {at: []}\n", &["missing-key \"A1\""]);
        check("settled:\n  A1: {declined: ''}\n", &["missing-key \"''\""]);
        check(
            "settled:\n  A1: {decline: x}\n",
            &["missing-key \"\"", "unknown-key \"decline\""],
        );
    }
}
