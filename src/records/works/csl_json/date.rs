//! Dates in CSL-JSON: lists of numbers, and what programs write in their place.

use citationberg::json::{DateValue, Value as Csl, VecDate, VecDateRange};

use super::is_true;
use crate::data::{Fields, Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::records::works::dates;

pub fn date(fields: &Fields<'_>, key: &str, node: &Node) -> Option<Csl> {
    let reader = fields.reader();
    let wrong = |node: &Node| {
        let message = match &node.value {
            Value::List(_) | Value::Table(_) => format!("`{key}` is not a date"),
            Value::Null
            | Value::Flag(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Text(_) => format!(
                "`{}` is not a date, which `{key}` needs",
                reader.written(&node.span)
            ),
        };
        reader.report(
            Diagnostic::new(Code::WrongDate, message)
                .at(reader.path(), node.span.clone(), "not a date")
                .help("write `{\"date-parts\": [[2014, 5, 3]]}`; month and day may be left out"),
        );
    };
    match &node.value {
        // Not CSL-JSON, and yet clear.
        Value::Text(text) => return in_words(text, node, &wrong).map(Csl::Date),
        Value::Integer(_) => {
            let date = dates::parse(reader.written(&node.span));
            if date.is_none() {
                wrong(node);
            }
            return date.map(Csl::Date);
        }
        Value::Table(_) => {}
        Value::Null | Value::Flag(_) | Value::Number(_) | Value::List(_) => {
            wrong(node);
            return None;
        }
    }
    let table = Fields::new(reader, node, key);
    let parts = table.node("date-parts");
    let raw = table.node("raw").or_else(|| table.node("edtf"));
    table.node("edtf");
    let words = table
        .text("literal")
        .map(|text| text.value.trim().to_owned());
    let season = table.text("season").and_then(|text| season(&text.value));
    let is_about = table.node("circa").is_some_and(|node| match &node.value {
        // Some write how many years it may be off.
        Value::Integer(number) => *number != 0,
        Value::Null
        | Value::Flag(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::List(_)
        | Value::Table(_) => is_true(node),
    });
    table.check_unknown();
    let mut moments = Vec::new();
    if let Some(parts) = parts {
        let Value::List(list) = &parts.value else {
            wrong(parts);
            return None;
        };
        for node in list {
            match moment(node) {
                Some(parts) if parts.is_empty() => {}
                Some(parts) => moments.push(parts),
                None => {
                    wrong(node);
                    return None;
                }
            }
        }
        if moments.len() > 2 {
            wrong(parts);
            return None;
        }
    }
    let mut date = if moments.is_empty() {
        match (raw.map(|node| (&node.value, node)), &words) {
            (Some((Value::Text(text), node)), _) => in_words(text, node, &wrong)?,
            (Some((_, node)), _) => {
                wrong(node);
                return None;
            }
            (None, Some(words)) => dates::parse_year(words),
            (None, None) => return None,
        }
    } else {
        DateValue::DateParts {
            date_parts: VecDateRange(moments.into_iter().map(VecDate).collect()),
            literal: None,
            season: None,
            circa: false,
        }
    };
    if let DateValue::DateParts {
        literal,
        season: kept,
        circa,
        ..
    } = &mut date
    {
        *literal = words.or_else(|| literal.take());
        *kept = season.or_else(|| kept.take());
        *circa |= is_about;
    }
    Some(Csl::Date(date))
}

/// A date that somebody wrote as text.
fn in_words(text: &str, node: &Node, wrong: &dyn Fn(&Node)) -> Option<DateValue> {
    if text.trim().is_empty() {
        return None;
    }
    let date = dates::parse(text);
    if date.is_none() && dates::is_in_digits(text) {
        wrong(node);
        return None;
    }
    Some(date.unwrap_or_else(|| dates::parse_year(text)))
}

/// `[2014, 5, 3]`, `["2014", "05"]`; `None` when it is no date, empty when it holds nothing.
fn moment(node: &Node) -> Option<Vec<i16>> {
    let Value::List(list) = &node.value else {
        return None;
    };
    let mut parts = Vec::new();
    for node in list {
        let part = match &node.value {
            Value::Integer(number) => i16::try_from(*number).ok()?,
            Value::Text(text) if text.trim().is_empty() => break,
            Value::Text(text) => text.trim().parse().ok()?,
            Value::Null => break,
            Value::Flag(_) | Value::Number(_) | Value::List(_) | Value::Table(_) => return None,
        };
        // Some programs write 0 for what they do not know.
        if part == 0 && !parts.is_empty() {
            break;
        }
        parts.push(part);
    }
    let text: Vec<_> = parts.iter().map(|part| format!("{part:04}")).collect();
    match parts.as_slice() {
        [] => Some(parts),
        // The rules for months and days are those of dates in text.
        [_, rest @ ..] => {
            let mut iso = text[0].clone();
            for part in rest {
                iso.push_str(&format!("-{part:02}"));
            }
            let is_sound =
                dates::parse(&iso).is_some() && rest.first().is_none_or(|month| *month <= 12);
            is_sound.then_some(parts)
        }
    }
}

/// The number of a season, by its number or name.
fn season(text: &str) -> Option<String> {
    let number = match text.trim().to_lowercase().as_str() {
        "1" | "13" | "21" | "spring" => "1",
        "2" | "14" | "22" | "summer" => "2",
        "3" | "15" | "23" | "autumn" | "fall" => "3",
        "4" | "16" | "24" | "winter" => "4",
        _ => return None,
    };
    Some(number.to_owned())
}
