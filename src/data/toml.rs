//! TOML, with the place of every key and value, and all its syntax errors in one run.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{Node, Spanned, SyntaxError, Value};
use crate::diagnostic::Code;

/// Parses a TOML document as far as it can be read; spans are offsets into `text`.
pub fn parse(text: &str) -> (Node, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let node = Node {
        value: Value::Table(entries(table.get_ref())),
        span: 0..text.len(),
    };
    let errors = errors
        .into_iter()
        .map(|error| SyntaxError {
            code: Code::Syntax,
            help: "check quotation marks, brackets and the `=` of each line".to_owned(),
            message: error.message().trim().to_owned(),
            span: error.span().unwrap_or(text.len()..text.len()),
        })
        .collect();
    (node, errors)
}

fn entries(table: &DeTable<'_>) -> Vec<(Spanned<String>, Node)> {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let name = Spanned::new(key.get_ref().to_string(), key.span());
            (name, node(value.get_ref(), value.span()))
        })
        .collect();
    // The library keeps tables sorted by name; authors mean the order in which they wrote them.
    entries.sort_by_key(|(key, _)| key.span.start);
    entries
}

fn node(value: &DeValue<'_>, span: Range<usize>) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Number(f64::INFINITY), Value::Integer),
        DeValue::Float(number) => Value::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(list) => Value::List(
            list.iter()
                .map(|item| node(item.get_ref(), item.span()))
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(entries(table)),
    };
    Node { value, span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_value_knows_its_place() {
        let text = "title = \"A\"\n[practice]\nname = 'B'\n";
        let (node, errors) = parse(text);
        assert_eq!(errors, []);
        let Value::Table(entries) = node.value else {
            panic!("a table")
        };
        assert_eq!(&text[entries[0].0.span.clone()], "title");
        assert_eq!(&text[entries[0].1.span.clone()], "\"A\"");
        let Value::Table(practice) = &entries[1].1.value else {
            panic!("a table")
        };
        assert_eq!(&text[practice[0].1.span.clone()], "'B'");
    }

    #[test]
    fn two_syntax_errors_are_two_findings() {
        let (_, errors) = parse("a = \nb = 1\nc = [1\n");
        assert!(errors.len() >= 2, "{errors:?}");
    }
}
