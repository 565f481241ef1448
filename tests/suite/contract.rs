//! What themes rely on: the manual of the template contract, and the words of the default theme.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use afterword::theme::manual;

use crate::folder::repository;
use crate::sites::{difference, may_bless};

const MANUAL: &str = "themes/CONTRACT.md";
const THEME: &str = "themes/default";

#[test]
fn the_manual_of_the_contract_tells_what_templates_get() {
    let path = repository().join(MANUAL);
    let text = manual::text();
    if may_bless() {
        fs::write(&path, text).expect("written");
        return;
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "{MANUAL} is not what the contract says; write it anew with AFTERWORD_BLESS=1\n{}",
        difference(&written, &text)
    );
}

/// The words of a strings file, each with the names in its braces; a plural form is a word of its own
/// kind. Forms differ from language to language, so only their names in braces count.
fn words(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = repository()
        .join(THEME)
        .join(format!("strings/{language}.toml"));
    let table: toml::Table = fs::read_to_string(path)
        .expect("text")
        .parse()
        .expect("TOML");
    let names = |value: &toml::Value| {
        let text = value.to_string();
        let names = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'));
        names
            .map(|(name, _)| name.trim().to_owned())
            .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            .collect()
    };
    let written = table.iter().filter(|(key, _)| *key != "_language");
    written
        .map(|(key, value)| (key.clone(), names(value)))
        .collect()
}

#[test]
fn every_language_of_the_default_theme_has_the_same_words() {
    let folder = repository().join(THEME).join("strings");
    let english = words("en");
    assert!(english.len() > 50, "the words are read");
    let mut others = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a name");
        let language = name.strip_suffix(".toml").expect("a strings file");
        let words = words(language);
        let keys = |words: &BTreeMap<String, _>| words.keys().cloned().collect::<BTreeSet<_>>();
        let lacking: Vec<_> = keys(&english).difference(&keys(&words)).cloned().collect();
        let beside: Vec<_> = keys(&words).difference(&keys(&english)).cloned().collect();
        assert_eq!((lacking, beside), (vec![], vec![]), "{name}");
        assert_eq!(words, english, "{name} has other names in braces");
        others += usize::from(language != "en");
    }
    assert!(others > 0, "there is another language");
}

#[test]
fn every_word_of_the_default_theme_is_used() {
    let mut text = String::new();
    read_all(&repository().join(THEME).join("templates"), &mut text);
    read_all(&repository().join("src"), &mut text);
    let is_used = |key: &String| {
        let follows = |place: usize| {
            let after = text[place + key.len()..].chars().next().unwrap_or(' ');
            !(after.is_ascii_alphanumeric() || after == '_')
        };
        let dotted = format!("t.{key}");
        // Names of languages are asked for by their codes.
        let is_language = key.starts_with("language_") && text.contains("\"language_{code}\"");
        is_language
            || text.contains(&format!("\"{key}\""))
            || text
                .match_indices(&dotted)
                .any(|(place, _)| follows(place + "t.".len()))
    };
    let words = words("en");
    let unused: Vec<_> = words.keys().filter(|key| !is_used(key)).collect();
    assert_eq!(unused, [] as [&String; 0]);
}

fn read_all(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_all(&path, text);
        } else if let Ok(file) = fs::read_to_string(&path) {
            text.push_str(&file);
        }
    }
}
