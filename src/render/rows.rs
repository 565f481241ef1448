//! The rows of a directive whose body is a list of `Label: 3, 5, 2`.
//!
//! Reading them is also checking them: `checks::directives` calls [`read`] for its findings, the
//! renderer for its rows. Numbers are whole: "7 in 100" is understood where "6.8" is not.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::document::body::{Body, Directive, ListItem, Node};

/// A row as it is written.
#[derive(Debug, PartialEq)]
pub struct WrittenRow {
    /// The words before the last colon, ready to be rendered.
    pub label: Vec<Node>,
    /// The numbers behind it.
    pub values: Vec<usize>,
}

/// How a row is written, for the help of a message.
const FORM: &str = "write each item as words, a colon and whole numbers with commas between them, \
                    such as `- Straight after: 3, 5, 2`";

/// Reads the rows that an author wrote. With `columns`, each has to have so many numbers; in any case
/// they have equally many. A row that cannot be read is a finding and left out.
pub fn read(
    document: &Document,
    body: &Body,
    directive: &Directive,
    columns: Option<usize>,
) -> (Vec<WrittenRow>, Vec<Diagnostic>) {
    let mut rows: Vec<WrittenRow> = Vec::new();
    let mut findings = Vec::new();
    let name = &directive.name;
    let mut report = |message: String, span: Range<usize>, label: &str, help: String| {
        findings.push(
            Diagnostic::new(Code::DirectiveArgument, message)
                .at(&document.path, span, label)
                .help(help),
        );
    };
    if let Some(span) = &directive.beside_lists {
        report(
            format!("the directive `{}` shows only a list", name.value),
            span.clone(),
            "not shown",
            "move the text out of it".to_owned(),
        );
    }
    if directive.items.is_empty() {
        report(
            format!("the directive `{}` needs a list", name.value),
            name.span.clone(),
            "",
            FORM.to_owned(),
        );
    }
    for item in &directive.items {
        let values = match values(&document.source, item) {
            Ok(values) => values,
            Err((message, span)) => {
                report(message, span, "", FORM.to_owned());
                continue;
            }
        };
        let first = rows.first().map(|row| row.values.len());
        let (expected, why) = match (columns, first) {
            (Some(columns), _) => (columns, "the theme draws that many"),
            (None, Some(first)) => (first, "the first row has that many"),
            (None, None) => (values.len(), ""),
        };
        if values.len() != expected {
            report(
                format!(
                    "this row has {} where {expected} {} needed",
                    count(values.len()),
                    if expected == 1 { "is" } else { "are" },
                ),
                item.span.clone(),
                "",
                format!("give each row {}: {why}", count(expected)),
            );
        }
        let label = label(body, item);
        rows.push(WrittenRow { label, values });
    }
    (rows, findings)
}

fn count(numbers: usize) -> String {
    match numbers {
        1 => "1 number".to_owned(),
        _ => format!("{numbers} numbers"),
    }
}

/// The numbers behind the last colon of an item, or what is wrong with it, and where.
fn values(source: &str, item: &ListItem) -> Result<Vec<usize>, (String, Range<usize>)> {
    let Range { start, end } = item.span;
    let written = &source[start..end];
    let whole = |message: &str| (message.to_owned(), item.span.clone());
    if written.contains('\n') {
        return Err(whole("a row takes one line"));
    }
    let Some(colon) = written.rfind(':') else {
        return Err(whole("a row without a colon"));
    };
    let label = written[..colon].trim_start_matches(|c: char| !c.is_alphanumeric());
    if label.trim().is_empty() {
        return Err(whole("a row without words before its numbers"));
    }
    let mut values = Vec::new();
    let mut at = start + colon + 1;
    for word in written[colon + 1..].split(',') {
        let lead = word.len() - word.trim_start().len();
        let number = word.trim();
        let span = at + lead..at + lead + number.len();
        at += word.len() + 1;
        match number.parse() {
            Ok(value) => values.push(value),
            Err(_) if number.is_empty() => {
                return Err(("a number is missing".to_owned(), span));
            }
            Err(_) => return Err((format!("`{number}` is not a whole number"), span)),
        }
    }
    Ok(values)
}

/// The nodes of an item without the colon and the numbers at its end.
fn label(body: &Body, item: &ListItem) -> Vec<Node> {
    let mut nodes = item.nodes.clone();
    if let Some(Node::Html(last)) = nodes.last_mut() {
        let html = &body.html[last.start as usize..last.end as usize];
        if let Some(colon) = html.rfind(':') {
            last.end = last.start + colon as u32;
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(written: &str) -> ListItem {
        ListItem {
            nodes: Vec::new(),
            span: 0..written.len(),
        }
    }

    fn check(written: &str, expected: Result<&[usize], &str>) {
        let found = values(written, &item(written));
        let found = found.map_err(|(message, span)| format!("{message} | {}", &written[span]));
        match expected {
            Ok(expected) => assert_eq!(found.as_deref(), Ok(expected), "{written}"),
            Err(expected) => assert_eq!(found, Err(expected.to_owned()), "{written}"),
        }
    }

    #[test]
    fn numbers_stand_behind_the_last_colon() {
        check("- Calm: 3", Ok(&[3]));
        check("- Calm: 3, 5,2", Ok(&[3, 5, 2]));
        check("1. At 10:30: 0, 12", Ok(&[0, 12]));
    }

    #[test]
    fn a_row_that_cannot_be_read_is_told_at_its_place() {
        check("- Calm 3", Err("a row without a colon | - Calm 3"));
        check(
            "- Calm: three",
            Err("`three` is not a whole number | three"),
        );
        check("- Calm: 3, 2.5", Err("`2.5` is not a whole number | 2.5"));
        check("- Calm: 3, , 5", Err("a number is missing | "));
        check("- Calm: -1", Err("`-1` is not a whole number | -1"));
        check("- Calm:", Err("a number is missing | "));
        check(
            "- : 3",
            Err("a row without words before its numbers | - : 3"),
        );
        check(
            "- Calm\n  later: 3",
            Err("a row takes one line | - Calm\n  later: 3"),
        );
    }
}
