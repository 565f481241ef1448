//! Who a work is by, and who else had a part in it.
//!
//! To add a role: a line in [`ROLES`].

use citationberg::json::{NameValue, Value as Csl};

use super::{Entry, one_or_more};
use crate::data::{Fields, Node, Reader, Spanned, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::records::works::names;

/// Roles of `affiliated`, each with its CSL variable; empty where CSL has none.
const ROLES: &[(&str, &str)] = &[
    ("afterword", ""),
    ("annotator", ""),
    ("cast-member", "performer"),
    ("cinematography", ""),
    ("collaborator", "contributor"),
    ("commentator", ""),
    ("compiler", "compiler"),
    ("composer", "composer"),
    ("director", "director"),
    ("executive-producer", "executive-producer"),
    ("foreword", ""),
    ("founder", ""),
    ("holder", "author"),
    ("illustrator", "illustrator"),
    ("introduction", ""),
    ("narrator", "narrator"),
    ("organizer", "organizer"),
    ("producer", "producer"),
    ("translator", "translator"),
    ("writer", "script-writer"),
];

impl Entry {
    pub(super) fn people(&mut self, fields: &Fields<'_>) {
        for key in ["author", "editor"] {
            if let Some(node) = fields.node(key) {
                let people = people(fields, node, key);
                if !people.is_empty() {
                    self.add(key, Csl::Names(people), node.span.clone());
                }
            }
        }
        let groups = fields.node("affiliated").map_or(&[][..], one_or_more);
        for group in groups {
            let group = fields.below(group, "affiliated");
            let role = group.text("role").and_then(|role| {
                let plain = role.value.to_lowercase();
                let found = ROLES.iter().find(|(name, _)| *name == plain);
                if found.is_none() {
                    report_unknown(
                        fields.reader(),
                        "role",
                        &role,
                        ROLES.iter().map(|(name, _)| *name),
                    );
                }
                found.map(|(_, variable)| *variable)
            });
            if let Some(node) = group.node("names") {
                let people = people(&group, node, "names");
                if let Some(variable) = role
                    && !variable.is_empty()
                    && !people.is_empty()
                {
                    self.add(variable, Csl::Names(people), node.span.clone());
                }
            }
            group.finish();
        }
    }
}

/// One person or a list of them.
fn people(fields: &Fields<'_>, node: &Node, key: &str) -> Vec<NameValue> {
    one_or_more(node)
        .iter()
        .filter_map(|node| person(fields, node, key))
        .collect()
}

fn person(fields: &Fields<'_>, node: &Node, key: &str) -> Option<NameValue> {
    let reader = fields.reader();
    match &node.value {
        Value::Text(text) => {
            let parts = text.split(',').count();
            // Without a comma it is the name of an organisation.
            if parts > 1
                && let Some(mistake) = names::mistake(text, parts)
            {
                reader.report(
                    Diagnostic::new(
                        Code::UnclearName,
                        format!("`{text}` is not the name of a person: {mistake}"),
                    )
                    .at(reader.path(), node.span.clone(), "")
                    .help("write `\"Family, Given\"` for each person, in a list"),
                );
            }
            names::from_text(text)
        }
        Value::Table(_) => {
            let fields = fields.below(node, key);
            let name = fields.required_text("name", "write the family name as `name:`");
            let text = |key| fields.text(key).map_or_else(String::new, |text| text.value);
            let (given, prefix, suffix) = (text("given-name"), text("prefix"), text("suffix"));
            fields.node("alias");
            fields.check_unknown();
            let name = name?.value;
            let is_alone = given.is_empty() && prefix.is_empty() && suffix.is_empty();
            Some(if is_alone {
                names::literal(name.trim())
            } else {
                NameValue::Item(names::with_parts(&name, &given, &prefix, &suffix))
            })
        }
        Value::Null | Value::Flag(_) | Value::Integer(_) | Value::Number(_) | Value::List(_) => {
            reader.wrong_type(
                node,
                key,
                "a name",
                "write `\"Family, Given\"`, or the name of an organisation",
            );
            None
        }
    }
}

fn report_unknown<'a>(
    reader: &Reader<'_>,
    key: &str,
    text: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
) {
    let all: Vec<_> = known.clone().map(|name| format!("`{name}`")).collect();
    reader.report(
        Diagnostic::new(
            Code::UnknownValue,
            format!("`{}` is not a `{key}`", text.value),
        )
        .at(reader.path(), text.span.clone(), "not known")
        .suggest(&text.value, known, format!("one of {}", all.join(", "))),
    );
}
