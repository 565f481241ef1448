//! `content/people.yaml`: authors and reviewers.

use super::list_file::{ListFile, check_id, same_id};
use crate::data::{Fields, Node, Reader, Spanned};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::source::Inputs;

/// The file.
pub const FILE: &str = "content/people.yaml";

const LIST: ListFile = ListFile {
    path: FILE,
    called: "`people.yaml`",
    of: "people",
    begin: "begin each person with a line `- id: short-name`",
};

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
    LIST.read(inputs, findings, people)
}

/// Whether a site has the file, and something in it.
pub fn is_there(inputs: &Inputs) -> bool {
    let text = SourcePath::new(FILE).and_then(|path| inputs.text_of(&path));
    text.is_some_and(|text| {
        let mut lines = text.lines().map(str::trim_start);
        lines.any(|line| !line.is_empty() && !line.starts_with('#'))
    })
}

fn people(reader: &Reader<'_>, entries: &[Node]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for entry in entries {
        let Some(person) = person(&Fields::new(reader, entry, "person")) else {
            continue;
        };
        let known = people.iter().find(|it| it.id.value == person.id.value);
        if let Some(first) = known {
            let ids = [&first.id, &person.id];
            same_id(reader, "people", ids, "give each person an id of their own");
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
    check_id(fields.reader(), &id);
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
