//! What wires the schemas into VS Code: its settings, the extensions it offers to install, and
//! snippets.
//!
//! The extensions for YAML and TOML take a schema for files by their paths. The one for TOML resolves a
//! path in a setting against the wrong folder, so that it has a file of its own, `.taplo.toml`, which
//! editors other than VS Code read too. No extension that is widely used
//! looks into the front matter of Markdown with a schema of our own, so that its keys are snippets,
//! which VS Code itself knows: each key completes with its explanation, and asks for one of the words
//! it may hold. Nothing here reads or writes the disk; `scaffold::editor` does.

use serde_json::{Map, Value, json};

use super::shape::{Key, Shape};
use super::{ALL, Language, Schema};

/// The folder of the schemas, below the site folder.
pub const FOLDER: &str = ".afterword/schemas";

/// Where a schema lies.
pub fn file_of(schema: &Schema) -> String {
    format!("{FOLDER}/{}.json", schema.name)
}

/// The files that are ours alone, and that are written anew each time.
pub fn own_files() -> Vec<(String, String)> {
    let schemas = ALL.iter().map(|schema| (file_of(schema), schema.text()));
    let snippets = (
        ".vscode/afterword.code-snippets".to_owned(),
        text(&snippets()),
    );
    schemas.chain([snippets]).collect()
}

/// A setting of VS Code that authors may have written too: a table or a list, with what of it is ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What we put there.
    pub entries: Entries,
}

/// What we put into a setting.
#[derive(Debug, Clone, PartialEq)]
pub enum Entries {
    /// Keys and values.
    Table(Vec<(String, Value)>),
    /// Values.
    List(Vec<Value>),
}

/// The files that authors may have written in, each with our settings.
pub fn shared_files() -> [(&'static str, Vec<Setting>); 2] {
    let recommended = ["redhat.vscode-yaml", "tamasfe.even-better-toml"];
    [
        (".vscode/settings.json", settings()),
        (
            ".vscode/extensions.json",
            vec![Setting {
                name: "recommendations",
                entries: Entries::List(recommended.map(Value::from).to_vec()),
            }],
        ),
    ]
}

/// What the extension for TOML goes by: its settings in VS Code take no path below the site folder.
pub fn rules_for_toml() -> (&'static str, String) {
    let mut text = String::from(
        "# Which files of the site have which schema. Made by `afterword schema --write`.\n",
    );
    for schema in ALL
        .iter()
        .filter(|schema| schema.language == Language::Toml)
    {
        let (files, file) = (schema.files, file_of(schema));
        text.push_str(&format!(
            "\n[[rule]]\ninclude = [\"**/{files}\"]\nschema = {{ path = \"./{file}\" }}\n"
        ));
    }
    (".taplo.toml", text)
}

/// A file that nobody has written in, with our settings.
pub fn fresh(settings: &[Setting]) -> String {
    let settings: Map<_, _> = settings
        .iter()
        .map(|setting| (setting.name.to_owned(), setting.value()))
        .collect();
    text(&Value::Object(settings))
}

impl Setting {
    /// The whole setting.
    pub fn value(&self) -> Value {
        match &self.entries {
            Entries::Table(entries) => Value::Object(entries.iter().cloned().collect()),
            Entries::List(values) => json!(values),
        }
    }
}

fn settings() -> Vec<Setting> {
    let yaml = ALL
        .iter()
        .filter(|schema| schema.language == Language::Yaml && !schema.files.is_empty())
        .map(|schema| (format!("./{}", file_of(schema)), json!(schema.files)));
    let completion = json!({"other": "on", "comments": "off", "strings": "off"});
    vec![
        Setting {
            name: "yaml.schemas",
            entries: Entries::Table(yaml.collect()),
        },
        // Snippets show while one types; in Markdown they otherwise wait for a key.
        Setting {
            name: "[markdown]",
            entries: Entries::Table(vec![("editor.quickSuggestions".to_owned(), completion)]),
        },
    ]
}

fn text(value: &Value) -> String {
    format!("{value:#}\n")
}

/// A snippet for each key of front matter, and one for all that a new article needs.
fn snippets() -> Value {
    let mut snippets = Map::new();
    let whole = [
        "---",
        "title: ${1:Title}",
        "description: ${2:One or two sentences.}",
        "---",
        "",
        "$0",
    ];
    snippets.insert(
        "Front matter".to_owned(),
        snippet(
            "front matter",
            "The keys that a new page mostly begins with.",
            &whole,
        ),
    );
    let article = Schema::named("front-matter").map(|schema| (schema.shape)());
    if let Some(Shape::Table(table)) = article {
        for key in &table.keys {
            let name = format!("Front matter: {}", key.name);
            snippets.insert(name, snippet(key.name, key.about, &[&line(key)]));
        }
    }
    Value::Object(snippets)
}

fn snippet(prefix: &str, about: &str, body: &[&str]) -> Value {
    json!({"scope": "markdown", "prefix": prefix, "description": about, "body": body})
}

/// A key with a place for its value.
fn line(key: &Key) -> String {
    let value = match (&key.shape, &key.example) {
        (Shape::OneOf(words), _) => {
            let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            format!("${{1|{}|}}", words.join(","))
        }
        (Shape::Flag, _) => "${1|true,false|}".to_owned(),
        (_, Some(example)) => format!("${{1:{}}}", escaped(&in_yaml(example))),
        (_, None) => "$1".to_owned(),
    };
    format!("{}: {value}", key.name)
}

/// An example as it stands in front matter. JSON is YAML too.
fn in_yaml(example: &Value) -> String {
    match example {
        Value::String(text) if !text.contains(": ") && !text.contains('#') => text.clone(),
        other => other.to_string(),
    }
}

/// Signs that mean something in a snippet.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('$', "\\$")
        .replace('}', "\\}")
}
