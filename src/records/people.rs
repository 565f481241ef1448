//! `content/people.yaml`: authors and reviewers.

use crate::data::{Fields, Node, Reader, Spanned, Value, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::slug;
use crate::path::SourcePath;
use crate::source::Inputs;

/// The file.
pub const FILE: &str = "content/people.yaml";

/// Somebody who writes or reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The key that `authors` names.
    pub id: Spanned<String>,
    /// Name.
    pub name: String,
    /// What they do; may be empty.
    pub role: String,
    /// Qualifications; may be empty.
    pub credentials: String,
    /// A few sentences; may be empty.
    pub about: String,
    /// Interests a reader may want to know of; may be empty.
    pub interests: String,
    /// True for an invented example.
    pub is_example: bool,
}

/// Reads the file; nobody when there is none.
pub fn read(inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Vec<Person> {
    let Some(path) = SourcePath::new(FILE) else {
        return Vec::new();
    };
    let Some(text) = inputs.text_of(&path) else {
        return Vec::new();
    };
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(error) => {
            findings.push(error.finding(&path, 0));
            return Vec::new();
        }
    };
    let reader = Reader::new(&path, text, "`people.yaml`");
    let people = people(&reader, &node);
    findings.extend(reader.into_findings());
    people
}

fn people(reader: &Reader<'_>, node: &Node) -> Vec<Person> {
    let Value::List(entries) = &node.value else {
        let is_empty = matches!(&node.value, Value::Null)
            || matches!(&node.value, Value::Table(entries) if entries.is_empty());
        if !is_empty {
            reader.report(
                Diagnostic::new(Code::WrongType, "`people.yaml` is not a list of people")
                    .at(reader.path(), node.span.clone(), "")
                    .help("begin each person with a line `- id: short-name`"),
            );
        }
        return Vec::new();
    };
    let mut people: Vec<Person> = Vec::new();
    for entry in entries {
        let Some(person) = person(&Fields::new(reader, entry, "person")) else {
            continue;
        };
        if let Some(first) = people
            .iter()
            .find(|known| known.id.value == person.id.value)
        {
            reader.report(
                Diagnostic::new(
                    Code::Duplicate,
                    format!("two people have the id `{}`", person.id.value),
                )
                .at(reader.path(), person.id.span.clone(), "the second")
                .at(reader.path(), first.id.span.clone(), "the first")
                .help("give each person an id of their own"),
            );
        } else {
            people.push(person);
        }
    }
    people
}

fn person(fields: &Fields<'_>) -> Option<Person> {
    let id = fields.required_text(
        "id",
        "write a short name, such as `id: jo`, that `authors` can use",
    );
    let name = fields.required_text("name", "write the name that readers see");
    let text = |key| fields.text(key).map_or_else(String::new, |text| text.value);
    let person = (
        text("role"),
        text("credentials"),
        text("about"),
        text("interests"),
    );
    let is_example = fields.flag("example").is_some_and(|flag| flag.value);
    fields.check_unknown();
    let (id, name) = (id?, name?);
    if slug(&id.value) != id.value {
        fields.reader().report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{}` cannot be an id", id.value),
            )
            .at(fields.reader().path(), id.span.clone(), "")
            .help(format!(
                "write lower-case letters, digits and hyphens, such as `{}`",
                slug(&id.value)
            )),
        );
    }
    let (role, credentials, about, interests) = person;
    Some(Person {
        id,
        name: name.value,
        role,
        credentials,
        about,
        interests,
        is_example,
    })
}
