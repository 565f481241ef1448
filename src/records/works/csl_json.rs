//! `content/references.json`: CSL-JSON, as Zotero, Pandoc and others export it.
//!
//! A list of items, or a table with the list as `items`. An item is taken as it is, once its values are
//! known to be of the right type: names are tables of their parts, dates lists of numbers.

use citationberg::json::{DateValue, NameValue, Value as Csl, VecDate, VecDateRange};

use super::variables::{self, Holds};
use super::{Work, dates, doi, names};
use crate::data::{Fields, Node, Reader, Spanned, Value, json};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// Keys that other programs add for themselves.
const PASSED_OVER: [&str; 6] = [
    "id",
    "type",
    "custom",
    "categories",
    "citation-key",
    "system_id",
];

/// Reads the file.
pub fn read(path: &SourcePath, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<Work> {
    let node = match json::parse(text) {
        Ok(node) => node,
        Err(error) => {
            findings.push(error.finding(path, 0));
            return Vec::new();
        }
    };
    let reader = Reader::new(path, text, "an item of `references.json`");
    let works = items(&reader, &node)
        .iter()
        .filter_map(|node| work(&reader, node, path))
        .collect();
    findings.extend(reader.into_findings());
    works
}

fn items<'a>(reader: &Reader<'_>, node: &'a Node) -> &'a [Node] {
    match &node.value {
        Value::List(list) => return list,
        Value::Table(entries) => {
            let found = entries.iter().find(|(key, _)| key.value == "items");
            if let Some((
                _,
                Node {
                    value: Value::List(list),
                    ..
                },
            )) = found
            {
                return list;
            }
        }
        Value::Null | Value::Flag(_) | Value::Integer(_) | Value::Number(_) | Value::Text(_) => {}
    }
    reader.report(
        Diagnostic::new(Code::WrongType, "`references.json` is not a list of works")
            .at(reader.path(), node.span.clone(), "")
            .help("export the works again as CSL-JSON, which is a list in `[` and `]`"),
    );
    &[]
}

fn work(reader: &Reader<'_>, node: &Node, path: &SourcePath) -> Option<Work> {
    let fields = Fields::new(reader, node, "item");
    let key = fields.required_text(
        "id",
        "write the key that articles cite it by, such as `\"id\": \"muise2014\"`",
    )?;
    let mut work = Work::new(without_marks(reader, key), path);
    let kind = fields.required_text(
        "type",
        "write what it is, such as `\"type\": \"article-journal\"`",
    );
    if let Some(kind) = kind {
        add_kind(reader, &mut work, &kind);
    }
    for (key, node) in fields.entries() {
        if !PASSED_OVER.contains(&key.value.as_str()) && node.value != Value::Null {
            add_variable(&fields, &mut work, key, node);
        }
    }
    Some(work)
}

/// The place of a key without its quotation marks.
fn without_marks(reader: &Reader<'_>, key: Spanned<String>) -> Spanned<String> {
    let is_quoted = reader.written(&key.span).starts_with('"');
    let span = if is_quoted && key.span.len() >= 2 {
        key.span.start + 1..key.span.end - 1
    } else {
        key.span
    };
    Spanned::new(key.value, span)
}

fn add_kind(reader: &Reader<'_>, work: &mut Work, kind: &Spanned<String>) {
    let is_known = variables::KINDS.contains(&kind.value.as_str());
    if !is_known {
        reader.report(
            Diagnostic::new(
                Code::UnknownEntryType,
                format!("no type of work is called `{}`", kind.value),
            )
            .at(reader.path(), kind.span.clone(), "taken for `document`")
            .suggest(
                &kind.value,
                variables::KINDS.iter().copied(),
                "usual types are `article-journal`, `book`, `chapter`, `report`, `thesis` and `webpage`",
            ),
        );
    }
    let name = if is_known {
        kind.value.as_str()
    } else {
        "document"
    };
    work.set_text("type", name, kind.span.clone());
}

fn add_variable(fields: &Fields<'_>, work: &mut Work, key: &Spanned<String>, node: &Node) {
    let reader = fields.reader();
    let known = match key.value.as_str() {
        "shortTitle" | "journalAbbreviation" => variables::plain(&key.value),
        other => other,
    };
    let Some(holds) = variables::holds(known) else {
        let plain = variables::plain(known);
        let finding = Diagnostic::new(
            Code::UnknownKey,
            format!("`{}` is not a variable of CSL-JSON", key.value),
        )
        .at(reader.path(), key.span.clone(), "not used");
        reader.report(as_warning(if plain == known {
            finding.suggest(
                known,
                variables::all(),
                "delete the line, or look up the name in the list of CSL variables",
            )
        } else {
            finding.help(format!("did you mean `{plain}`?"))
        }));
        return;
    };
    let value = match holds {
        Holds::Text => text(fields, known, node),
        Holds::Names => people(fields, known, node),
        Holds::Date => date(fields, known, node),
    };
    if let Some(value) = value {
        work.set(known, value, node.span.clone());
    }
}

/// A variable that nothing reads does no harm, and other programs write their own.
fn as_warning(mut finding: Diagnostic) -> Diagnostic {
    finding.severity = crate::diagnostic::Severity::Warning;
    finding
}

fn text(fields: &Fields<'_>, key: &str, node: &Node) -> Option<Csl> {
    let text = fields.as_text(node, key)?.value;
    let text = if key == "DOI" {
        doi::normal(&text)
    } else {
        text.trim()
    };
    (!text.is_empty()).then(|| Csl::String(text.to_owned()))
}

fn people(fields: &Fields<'_>, key: &str, node: &Node) -> Option<Csl> {
    let reader = fields.reader();
    let Value::List(list) = &node.value else {
        reader.wrong_type(
            node,
            key,
            "a list of names",
            "write `[{\"family\": \"Doe\", \"given\": \"Jane\"}]`",
        );
        return None;
    };
    let people: Vec<_> = list
        .iter()
        .filter_map(|node| person(reader, key, node))
        .collect();
    (!people.is_empty()).then_some(Csl::Names(people))
}

fn person(reader: &Reader<'_>, key: &str, node: &Node) -> Option<NameValue> {
    let Value::Table(_) = &node.value else {
        reader.wrong_type(
            node,
            key,
            "a name in its parts",
            "write `{\"family\": \"Doe\", \"given\": \"Jane\"}`, or `{\"literal\": \"Example Health\"}`",
        );
        return None;
    };
    let fields = Fields::new(reader, node, key);
    let text = |part| {
        fields
            .text(part)
            .map_or_else(String::new, |text| text.value)
    };
    let (family, given, literal) = (text("family"), text("given"), text("literal"));
    let (dropping, kept) = (text("dropping-particle"), text("non-dropping-particle"));
    let suffix = text("suffix");
    let comma_suffix = fields.node("comma-suffix").map(is_true);
    // Known to other programs, and without a meaning here.
    for part in [
        "static-ordering",
        "parse-names",
        "multi",
        "isInstitution",
        "orcid",
        "ORCID",
    ] {
        fields.node(part);
    }
    fields.check_unknown();
    if !literal.trim().is_empty() {
        return Some(names::literal(literal.trim()));
    }
    if family.trim().is_empty() && given.trim().is_empty() {
        reader.report(
            Diagnostic::new(Code::MissingKey, "a name has neither `family` nor `literal`")
                .at(reader.path(), node.span.clone(), "")
                .help("write the family name as `\"family\"`, or the name of an organisation as `\"literal\"`"),
        );
        return None;
    }
    if family.trim().is_empty() {
        return Some(names::literal(given.trim()));
    }
    let mut name = names::with_parts(&family, &given, &kept, &suffix);
    name.dropping_particle = Some(dropping.trim().to_owned()).filter(|text| !text.is_empty());
    name.comma_suffix = comma_suffix;
    Some(NameValue::Item(name))
}

/// `true`, `"true"` and `1`.
fn is_true(node: &Node) -> bool {
    match &node.value {
        Value::Flag(flag) => *flag,
        Value::Integer(number) => *number == 1,
        Value::Text(text) => matches!(text.as_str(), "true" | "1"),
        Value::Null | Value::Number(_) | Value::List(_) | Value::Table(_) => false,
    }
}

fn date(fields: &Fields<'_>, key: &str, node: &Node) -> Option<Csl> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> (Vec<Work>, Vec<String>) {
        let path = SourcePath::new("content/references.json").expect("sound");
        let mut findings = Vec::new();
        let works = read(&path, text, &mut findings);
        let findings = findings
            .iter()
            .map(|finding| {
                let (start, end) = finding.labels[0].span;
                format!("{} {:?}: {}", finding.code, &text[start..end], finding.help)
            })
            .collect();
        (works, findings)
    }

    fn issued(date: &str) -> String {
        let text = format!("[{{\"id\": \"a\", \"type\": \"book\", \"issued\": {date}}}]");
        let (works, findings) = read_all(&text);
        assert!(findings.is_empty(), "{findings:?}");
        match works[0].item.0.get("issued") {
            Some(Csl::Date(date)) => format!(
                "{} {:?}",
                dates::iso(date).unwrap_or_default(),
                match date {
                    DateValue::DateParts { literal, .. } | DateValue::Raw { literal, .. } =>
                        literal.clone(),
                }
            ),
            _ => "none".to_owned(),
        }
    }

    #[test]
    fn a_list_and_an_object_with_items_are_read_alike() {
        let item = "{\"id\": \"doe2014\", \"type\": \"article-journal\", \"title\": \"A <i>title</i>\", \
            \"volume\": 43, \"DOI\": \"https://doi.org/10.1000/182\", \"shortTitle\": \"A\", \
            \"author\": [{\"family\": \"Doe\", \"given\": \"J.\", \"non-dropping-particle\": \"van\"}, {\"literal\": \"Org\"}]}";
        for text in [format!("[{item}]"), format!("{{\"items\": [{item}]}}")] {
            let (works, findings) = read_all(&text);
            assert!(findings.is_empty(), "{findings:?}");
            let work = &works[0];
            assert_eq!(work.key.value, "doe2014");
            assert_eq!(&text[work.key.span.clone()], "doe2014");
            assert_eq!(work.text("volume"), "43");
            assert_eq!(work.text("DOI"), "10.1000/182");
            assert_eq!(work.text("title-short"), "A");
            assert_eq!(work.text("title"), "A title");
            assert_eq!(&text[work.span_of("volume")], "43");
        }
        assert_eq!(read_all("").0, []);
    }

    #[test]
    fn dates_may_be_written_in_many_ways() {
        for (date, expected) in [
            ("{\"date-parts\": [[2014, 5, 3]]}", "2014-05-03 None"),
            ("{\"date-parts\": [[\"2014\", \"05\"]]}", "2014-05 None"),
            ("{\"date-parts\": [[2014, 0, 0]]}", "2014 None"),
            ("{\"date-parts\": [[2013], [2014]]}", "2013/2014 None"),
            ("{\"date-parts\": [[2014]], \"season\": 1}", "2014-21 None"),
            ("{\"date-parts\": [[2014]], \"circa\": true}", "2014~ None"),
            ("{\"raw\": \"2014-05\"}", "2014-05 None"),
            ("{\"raw\": \"Spring 2014\"}", "2014 None"),
            ("{\"literal\": \"in press\"}", " Some(\"in press\")"),
            ("\"2014-05\"", "2014-05 None"),
            ("2014", "2014 None"),
            ("{\"date-parts\": [[]]}", "none"),
        ] {
            assert_eq!(issued(date), expected, "{date}");
        }
    }

    #[test]
    fn wrong_values_and_unknown_names_are_found_at_their_places() {
        let text = "[{\"type\": \"book\"}, {\"id\": \"a\", \"type\": \"artcle\", \"titel\": \"T\", \"year\": 2014, \
            \"author\": \"Doe\", \"editor\": [{\"name\": \"x\"}], \"issued\": {\"date-parts\": [[2014, 13]]}, \
            \"volume\": [1]}]";
        let (works, findings) = read_all(text);
        assert_eq!(works.len(), 1);
        assert_eq!(
            findings,
            [
                "missing-key \"\": write the key that articles cite it by, such as `\"id\": \"muise2014\"`",
                "unknown-entry-type \"\\\"artcle\\\"\": did you mean `article`?",
                "unknown-key \"\\\"titel\\\"\": did you mean `title`?",
                "unknown-key \"\\\"year\\\"\": did you mean `issued`?",
                "wrong-type \"\\\"Doe\\\"\": write `[{\"family\": \"Doe\", \"given\": \"Jane\"}]`",
                "unknown-key \"\\\"name\\\"\": known keys are `ORCID`, `comma-suffix`, `dropping-particle`, `family`, `given`, `isInstitution`, `literal`, `multi`, `non-dropping-particle`, `orcid`, `parse-names`, `static-ordering` and `suffix`",
                "missing-key \"{\": write the family name as `\"family\"`, or the name of an organisation as `\"literal\"`",
                "wrong-date \"[\": write `{\"date-parts\": [[2014, 5, 3]]}`; month and day may be left out",
                "wrong-type \"[\": put the words in quotes",
            ]
        );
    }
}
