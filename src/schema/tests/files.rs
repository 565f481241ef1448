//! The files of this repository, held against their schemas and their readers.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::readers::Readers;
use super::validator;
use crate::data::{Node, Value as Data, toml, yaml};
use crate::schema::{ALL, Language, Schema, editor};

/// The files of this repository that a schema is for.
fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules", ".git", "public"].contains(&name.as_str()) {
            files(&path, all);
        } else if path.is_file() {
            all.push(path);
        }
    }
}

/// The schema of a file by its place.
fn schema_of(path: &Path) -> Option<&'static Schema> {
    let path = path.to_str()?;
    let name = path.rsplit('/').next()?;
    let named = |name| Schema::named(name);
    match name {
        "site.toml" => named("site"),
        "theme.toml" => named("theme"),
        _ if path.contains("/strings/") && name.ends_with(".toml") => named("strings"),
        _ if !path.contains("/content/") || path.contains("/_static/") => None,
        "_defaults.yaml" => named("defaults"),
        _ if name.ends_with(".md") => named("front-matter"),
        _ => named(name.strip_suffix(".yaml")?).or_else(|| named("picker")),
    }
}

/// Data as JSON; `None` when it cannot be read at all.
fn json_of(schema: &Schema, text: &str) -> Option<Value> {
    let node = match schema.language {
        Language::Toml => {
            let (node, errors) = toml::parse(text);
            errors.is_empty().then_some(node)?
        }
        Language::Yaml => yaml::parse(text).ok()?,
        Language::FrontMatter => {
            let rest = text.strip_prefix("---\n")?;
            let end = if rest.starts_with("---") {
                0
            } else {
                rest.find("\n---")? + 1
            };
            yaml::parse(&rest[..end]).ok()?
        }
    };
    Some(plain(&node))
}

fn plain(node: &Node) -> Value {
    match &node.value {
        Data::Null => Value::Null,
        Data::Flag(flag) => json!(flag),
        Data::Integer(number) => json!(number),
        Data::Number(number) => json!(number),
        Data::Text(text) => json!(text),
        Data::List(list) => list.iter().map(plain).collect(),
        Data::Table(entries) => {
            let entries = entries.iter();
            entries
                .map(|(key, node)| (key.value.clone(), plain(node)))
                .collect()
        }
    }
}

#[test]
fn every_file_of_the_repository_is_refused_by_both_or_by_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readers = Readers::new();
    let mut all = Vec::new();
    files(root, &mut all);
    all.sort();
    let validators: Vec<_> = ALL
        .iter()
        .map(|schema| (schema.name, validator(schema)))
        .collect();
    let (mut looked_at, mut differ) = (0, Vec::new());
    for path in all {
        let Some(schema) = schema_of(&path) else {
            continue;
        };
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let Some(value) = json_of(schema, &text) else {
            continue;
        };
        let (_, validator) = validators
            .iter()
            .find(|(name, _)| *name == schema.name)
            .expect("there");
        let refused: Vec<_> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        let said = readers.errors_of_form(schema.name, &text);
        looked_at += 1;
        if refused.is_empty() != said.is_empty() {
            let path = path
                .strip_prefix(root)
                .expect("below")
                .display()
                .to_string();
            differ.push(format!(
                "{path}:\n  the schema says {refused:?}\n  the reader says {said:?}"
            ));
        }
    }
    assert!(looked_at > 500, "{looked_at} files");
    assert!(
        differ.is_empty(),
        "{} of {looked_at} differ:\n{}",
        differ.len(),
        differ.join("\n")
    );
}

/// After a change of a schema: `afterword schema --write` in this repository, or this test with
/// `AFTERWORD_BLESS=1`.
#[test]
fn the_schemas_beside_the_practice_s_own_site_are_the_newest() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("AFTERWORD_BLESS").is_some() && std::env::var_os("CI").is_none() {
        crate::scaffold::editor::write(root).expect("written");
    }
    for (file, text) in editor::own_files() {
        let written = std::fs::read_to_string(root.join(&file)).unwrap_or_default();
        assert!(
            written == text,
            "`{file}` is not as `afterword schema --write` has it"
        );
    }
}
