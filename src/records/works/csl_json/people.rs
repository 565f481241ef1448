//! Names in CSL-JSON: a list of tables of their parts.

use citationberg::json::{NameValue, Value as Csl};

use super::is_true;
use crate::data::{Fields, Node, Reader, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::records::works::names;

pub fn people(fields: &Fields<'_>, key: &str, node: &Node) -> Option<Csl> {
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
