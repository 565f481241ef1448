//! What we print for the works and forms in `tests/citations/`, held against what was read and
//! compared with Pandoc before. `tests/citations/README.md` tells about the comparison.

use std::fmt::Write as _;
use std::fs;

use afterword::citations::Style;
use serde_json::Value;

use crate::folder::repository;
use crate::sites::{difference, may_bless};

// The program of the comparison; its `main` is not ours.
#[allow(dead_code)]
#[path = "../citations/print.rs"]
mod print;

#[test]
fn citations_are_printed_as_they_were_when_they_were_compared() {
    let folder = repository().join("tests/citations");
    let forms = fs::read_to_string(folder.join("forms.md")).expect("text");
    let forms: Vec<_> = forms
        .trim()
        .split("\n\n")
        .filter(|block| !block.starts_with('#'))
        .collect();
    for style in Style::USUAL {
        let path = folder.join(format!("expected-{style}.txt"));
        let text = as_text(&forms, &print::printed(&folder, style));
        if may_bless() {
            fs::write(&path, text).expect("written");
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            expected == text,
            "{} is not what we print; read what follows, then write it anew with \
             AFTERWORD_BLESS=1\n{}",
            path.display(),
            difference(&expected, &text)
        );
    }
}

/// Paragraphs below what is written for them, then the entries, a line each.
fn as_text(forms: &[&str], printed: &Value) -> String {
    let string = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut text = String::new();
    let lines = |text: &str| text.replace('\n', " ");
    let paragraphs = printed["paragraphs"].as_array().map_or(&[][..], |all| all);
    assert_eq!(forms.len(), paragraphs.len(), "forms and paragraphs");
    for (form, paragraph) in forms.iter().zip(paragraphs) {
        let paragraph = lines(&string(paragraph));
        let _ = writeln!(text, "{}\n    {paragraph}", lines(form));
    }
    for entry in printed["entries"].as_array().into_iter().flatten() {
        let label = string(&entry["label"]);
        let label = if label.is_empty() { label } else { label + " " };
        let _ = writeln!(
            text,
            "{}\n    {label}{}",
            string(&entry["work"]),
            string(&entry["html"])
        );
    }
    text
}
