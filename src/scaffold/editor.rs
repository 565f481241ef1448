//! Puts the JSON Schemas beside a site, and the settings by which VS Code finds them.
//!
//! Files that are ours alone are written anew. In a file in which an author may have written, what is
//! there stays as it is, byte for byte: what is missing is put into it, and where that cannot be done
//! safely (a comment in the file, a value of another kind) the author is told what to add.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::data::{Node, Value, json};
use crate::error::Error;
use crate::schema::editor::{self, Entries, Setting};

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was written, or written anew.
    Written,
    /// It is as it was: everything is there.
    Kept,
    /// Settings were put into what an author has written.
    Added,
    /// It cannot be added to; the author may put this there.
    ToAdd(String),
}

/// Writes the schemas and the settings, and tells what became of each file.
pub fn write(site: &Path) -> Result<Vec<(String, Outcome)>, Error> {
    let mut outcomes = Vec::new();
    for (name, text) in editor::own_files() {
        let outcome = match read(&site.join(&name))? {
            Some(known) if known == text => Outcome::Kept,
            Some(_) | None => {
                put(&site.join(&name), &text)?;
                Outcome::Written
            }
        };
        outcomes.push((name, outcome));
    }
    for (name, settings) in editor::shared_files() {
        let path = site.join(name);
        let outcome = match read(&path)? {
            None => {
                put(&path, &editor::fresh(&settings))?;
                Outcome::Written
            }
            Some(text) => match added(&text, &settings) {
                Some(more) if more == text => Outcome::Kept,
                Some(more) => {
                    put(&path, &more)?;
                    Outcome::Added
                }
                None => Outcome::ToAdd(editor::fresh(&settings)),
            },
        };
        outcomes.push((name.to_owned(), outcome));
    }
    let (name, text) = editor::rules_for_toml();
    let path = site.join(name);
    let outcome = match read(&path)? {
        None => {
            put(&path, &text)?;
            Outcome::Written
        }
        Some(known) if known.contains(&text) => Outcome::Kept,
        Some(_) => Outcome::ToAdd(text),
    };
    outcomes.push((name.to_owned(), outcome));
    Ok(outcomes)
}

/// The text with what of our settings it lacks; `None` where nobody can tell how.
fn added(text: &str, settings: &[Setting]) -> Option<String> {
    let root = json::parse(text).ok()?;
    let written = root.value.as_table()?;
    let mut insertions: Vec<(usize, String)> = Vec::new();
    let mut whole = Vec::new();
    for setting in settings {
        match written.iter().find(|(key, _)| key.value == setting.name) {
            Some((_, node)) => insertions.extend(missing(node, setting)?),
            None => {
                let value = format!("{:#}", setting.value()).replace('\n', "\n  ");
                whole.push(format!("{}: {value}", quoted(setting.name)));
            }
        }
    }
    insertions.extend(at_the_beginning(&root, &whole, written.is_empty(), "  "));
    // From the end, so that places further up stay where they are.
    insertions.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut more = text.to_owned();
    for (at, words) in insertions {
        more.insert_str(at, &words);
    }
    Some(more)
}

/// What a setting lacks of ours, and where it goes; `None` when it is of another kind.
fn missing(node: &Node, setting: &Setting) -> Option<Option<(usize, String)>> {
    let (lacking, is_empty): (Vec<String>, bool) = match (&setting.entries, &node.value) {
        (Entries::Table(entries), Value::Table(written)) => {
            let lacks = |name: &str| !written.iter().any(|(key, _)| key.value == name);
            let entries = entries.iter().filter(|(name, _)| lacks(name));
            let lines = entries.map(|(name, value)| format!("{}: {value}", quoted(name)));
            (lines.collect(), written.is_empty())
        }
        (Entries::List(values), Value::List(written)) => {
            let is_there = |wanted: &serde_json::Value| {
                let mut texts = written.iter().filter_map(|node| node.value.as_text());
                texts.any(|text| wanted == text)
            };
            let values = values.iter().filter(|value| !is_there(value));
            (
                values.map(ToString::to_string).collect(),
                written.is_empty(),
            )
        }
        (Entries::Table(_) | Entries::List(_), _) => return None,
    };
    Some(at_the_beginning(node, &lacking, is_empty, "    "))
}

/// Lines for the beginning of a table or a list, after its bracket; `None` when there are none.
fn at_the_beginning(
    node: &Node,
    lines: &[String],
    is_empty: bool,
    indent: &str,
) -> Option<(usize, String)> {
    let inner = lines.join(&format!(",\n{indent}"));
    let end = if is_empty {
        format!("\n{}", &indent[2..])
    } else {
        ",".to_owned()
    };
    let words = format!("\n{indent}{inner}{end}");
    (!lines.is_empty()).then(|| (node.span.start + 1, words))
}

fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

fn read(path: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", path, &error)),
    }
}

fn put(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::io("make", folder, &error))?;
    }
    fs::write(path, text).map_err(|error| Error::io("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Vec<Setting> {
        let [(_, settings), _] = editor::shared_files();
        settings
    }

    /// What an author has written is there still, in its order, and so is everything of ours.
    #[track_caller]
    fn check(written: &str) {
        let more = added(written, &settings()).expect("it can be added to");
        let read: serde_json::Value = serde_json::from_str(&more).expect(&more);
        for setting in settings() {
            let serde_json::Value::Object(ours) = setting.value() else {
                panic!("a table")
            };
            for (name, value) in ours {
                assert_eq!(read[setting.name][&name], value, "{more}");
            }
        }
        let before: serde_json::Value = serde_json::from_str(written).expect("sound");
        for (name, value) in before.as_object().expect("a table") {
            if let Some(table) = value.as_object() {
                for (key, value) in table {
                    assert_eq!(&read[name][key], value, "{more}");
                }
            } else {
                assert_eq!(&read[name], value, "{more}");
            }
        }
        // A second time, nothing is left to add.
        assert_eq!(added(&more, &settings()).as_deref(), Some(more.as_str()));
    }

    #[test]
    fn settings_are_put_beside_what_an_author_has_written() {
        check("{}");
        check("{\n  \"editor.wordWrap\": \"on\"\n}\n");
        check("{\"yaml.schemas\": {\"./mine.json\": \"a.yaml\"}, \"b\": 1}");
        check("{\"yaml.schemas\": {}, \"[markdown]\": {\"editor.wordWrap\": \"on\"}}");
        let own = editor::fresh(&settings());
        assert_eq!(added(&own, &settings()).as_deref(), Some(own.as_str()));
        let list = [Setting {
            name: "recommendations",
            entries: Entries::List(vec!["a".into(), "b".into()]),
        }];
        assert_eq!(
            added("{\"recommendations\": [\"b\", \"c\"]}", &list).as_deref(),
            Some("{\"recommendations\": [\n    \"a\",\"b\", \"c\"]}")
        );
    }

    #[test]
    fn what_nobody_can_add_to_safely_is_left_alone() {
        for written in [
            "// my settings\n{}",
            "{\"yaml.schemas\": \"x\"}",
            "[]",
            "{\"a\": 1,}",
        ] {
            assert_eq!(added(written, &settings()), None, "{written}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(".vscode")).expect("made");
        let path = folder.path().join(".vscode/settings.json");
        fs::write(&path, "{ // mine\n}").expect("written");
        let outcomes = write(folder.path()).expect("written");
        let of = |name: &str| {
            let mut outcomes = outcomes.iter();
            outcomes
                .find(|(file, _)| file == name)
                .map(|(_, outcome)| outcome)
        };
        assert!(matches!(
            of(".vscode/settings.json"),
            Some(Outcome::ToAdd(_))
        ));
        assert_eq!(of(".vscode/extensions.json"), Some(&Outcome::Written));
        assert_eq!(fs::read_to_string(path).expect("there"), "{ // mine\n}");
    }
}
