//! `content/references.json`: CSL-JSON, as Zotero, Pandoc and others export it.
//!
//! A list of items, or a table with the list as `items`. An item is taken as it is, once its values are
//! known to be of the right type: names are tables of their parts, dates lists of numbers.

mod date;
mod people;

use citationberg::json::Value as Csl;

use super::variables::{self, Holds};
use super::{Work, doi};
use crate::data::{Fields, Node, Reader, Spanned, Value, json};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

use date::date;
use people::people;

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

/// `true`, `"true"` and `1`.
fn is_true(node: &Node) -> bool {
    match &node.value {
        Value::Flag(flag) => *flag,
        Value::Integer(number) => *number == 1,
        Value::Text(text) => matches!(text.as_str(), "true" | "1"),
        Value::Null | Value::Number(_) | Value::List(_) | Value::Table(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use citationberg::json::DateValue;

    use super::*;
    use crate::diagnostic;
    use crate::records::works::dates;

    fn read_all(text: &str) -> (Vec<Work>, Vec<String>) {
        let path = SourcePath::new("content/references.json").expect("sound");
        let mut findings = Vec::new();
        let works = read(&path, text, &mut findings);
        let findings = findings
            .iter()
            .map(|finding| {
                let shown = diagnostic::shown(finding, text);
                format!("{shown}: {}", finding.help)
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
