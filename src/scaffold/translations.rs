//! Writes records into `content/translations.yaml`: a new one after what is there, or in the place of
//! the page's old one.
//!
//! What stands around the record that is replaced stays as it is, and so do comments on lines of their
//! own inside of it.

use std::fs;
use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;

use super::records::{always_quoted, entries, indent_of, quoted, replace};
use crate::data::{Node, Value, yaml};
use crate::document::paragraphs::{ParagraphHash, ParagraphKind};
use crate::error::Error;
use crate::path::SourcePath;
use crate::records::reviews::shown;
use crate::records::translations;

/// What a translation was made of, to be written down.
#[derive(Debug, Clone)]
pub struct NewTranslation {
    /// The translation's file.
    pub page: SourcePath,
    /// The day.
    pub on: Date,
    /// The key of the person.
    pub by: Option<String>,
    /// That it is not built like its source is meant.
    pub is_uneven: bool,
    /// Every paragraph of the source.
    pub paragraphs: Vec<(ParagraphKind, ParagraphHash)>,
    /// The words of the source's picker, by what they are of.
    pub words: Vec<(String, ParagraphHash)>,
}

const HEADING: &str = "\
# Which text each translation was made of. `afterword translated PAGE` writes a record: what each
# paragraph of the source is, and a hash of it. A check then says which paragraphs have moved on.
";

/// Writes records into the site's `content/translations.yaml`, which is made when it is not there.
pub fn write_translations(root: &Path, new: &[NewTranslation]) -> Result<(), Error> {
    let path = root.join(translations::FILE);
    let old = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Error::io("read", &path, &error)),
    };
    let mut text = old;
    for translation in new {
        text = with_record(&text, translation).ok_or_else(|| {
            Error::new(
                "write a translation into",
                &path,
                "it is not written as a list of lines that begin with `- `",
            )
            .help("write its records one below the other, each with a line `- page: ...`; nothing was changed")
        })?;
    }
    replace(&path, text.as_bytes())
}

/// The text of the file with a record; `None` when it is written in a way that none can be put into it.
fn with_record(old: &str, new: &NewTranslation) -> Option<String> {
    let before = entries(old)?;
    let line_end = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let indent = indent_of(old);
    let lines = |record: &str| -> String {
        let lines = record.lines();
        lines
            .map(|line| format!("{indent}{line}{line_end}"))
            .collect()
    };
    let (text, after) = match place_of(old, &new.page) {
        Some(place) => {
            let kept = comments(&old[place.clone()]);
            let record = lines(&record(new, &kept));
            let text = format!("{}{record}{}", &old[..place.start], &old[place.end..]);
            (text, before)
        }
        None => {
            let mut text = if old.trim().is_empty() {
                HEADING.to_owned()
            } else {
                old.to_owned()
            };
            if !text.ends_with('\n') {
                text.push_str(line_end);
            }
            text.push_str(&lines(&record(new, &[])));
            (text, before + 1)
        }
    };
    // Whatever the file looks like: what is written has to be read again as one record of this page.
    (entries(&text)? == after && place_of(&text, &new.page).is_some()).then_some(text)
}

/// The lines of the record of a page.
fn place_of(text: &str, page: &SourcePath) -> Option<Range<usize>> {
    let Value::List(list) = yaml::parse(text).ok()?.value else {
        return None;
    };
    let entry = list.iter().find(|entry| names(entry, shown(page)))?;
    let start = text[..entry.span.start].rfind('\n').map_or(0, |at| at + 1);
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let dash = depth(&text[start..]);
    let (mut at, mut end) = (start, start);
    for line in text[start..].split_inclusive('\n') {
        let is_first = at == start;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        if !is_first && depth(line) <= dash {
            break;
        }
        end = at;
    }
    Some(start..end)
}

fn names(entry: &Node, page: &str) -> bool {
    let Value::Table(keys) = &entry.value else {
        return false;
    };
    let mut keys = keys.iter();
    keys.any(|(key, node)| {
        key.value == "page" && matches!(&node.value, Value::Text(text) if text == page)
    })
}

/// The comments of a record that stand on lines of their own.
fn comments(record: &str) -> Vec<&str> {
    let lines = record.lines().map(str::trim);
    lines.filter(|line| line.starts_with('#')).collect()
}

fn record(new: &NewTranslation, comments: &[&str]) -> String {
    let mut text = format!("- page: {}\n", quoted(shown(&new.page)));
    for comment in comments {
        text.push_str(&format!("  {comment}\n"));
    }
    text.push_str(&format!("  on: {}\n", new.on));
    if let Some(by) = &new.by {
        text.push_str(&format!("  by: {}\n", quoted(by)));
    }
    if new.is_uneven {
        text.push_str("  uneven: true\n");
    }
    text.push_str("  paragraphs:\n");
    for (kind, hash) in &new.paragraphs {
        text.push_str(&format!("    - {} {hash}\n", kind.name()));
    }
    if !new.words.is_empty() {
        text.push_str("  words:\n");
    }
    for (name, hash) in &new.words {
        text.push_str(&format!("    {}: \"{hash}\"\n", always_quoted(name)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(page: &str, words: &str) -> NewTranslation {
        NewTranslation {
            page: SourcePath::new(&format!("content/{page}")).expect("sound"),
            on: jiff::civil::date(2026, 11, 22),
            by: None,
            is_uneven: false,
            paragraphs: vec![(ParagraphKind::Title, ParagraphHash::of(words))],
            words: Vec::new(),
        }
    }

    fn written(page: &str, words: &str) -> String {
        let hash = ParagraphHash::of(words);
        format!("- page: {page}\n  on: 2026-11-22\n  paragraphs:\n    - title {hash}\n")
    }

    #[test]
    fn a_record_is_put_after_what_is_there() {
        let added = |old: &str| with_record(old, &new("a.es.md", "A"));
        let record = written("a.es.md", "A");
        assert_eq!(added(""), Some(format!("{HEADING}{record}")));
        let old = format!("# Ours.\n{}\n# The end.", written("b.es.md", "B"));
        assert_eq!(added(&old), Some(format!("{old}\n{record}")));
        let windows = added("- page: x.es.md\r\n").expect("added");
        assert_eq!(
            windows.matches('\n').count(),
            windows.matches("\r\n").count()
        );
    }

    #[test]
    fn a_record_takes_the_place_of_the_old_one_and_comments_stay() {
        let (first, last) = (written("a.es.md", "A"), written("c.es.md", "C"));
        let between = "- page: b.es.md\n  # By two people.\n  by: jo\n  on: 2020-01-01\n  paragraphs: []\n\n# About c.\n";
        let old = format!("# Ours.\n{first}{between}{last}");
        let hash = ParagraphHash::of("B");
        let record = format!(
            "- page: b.es.md\n  # By two people.\n  on: 2026-11-22\n  paragraphs:\n    - title {hash}\n"
        );
        let expected = format!("# Ours.\n{first}{record}\n# About c.\n{last}");
        assert_eq!(with_record(&old, &new("b.es.md", "B")), Some(expected));
        let indented = "  - page: b.es.md\n    on: 2020-01-01\n  - page: c.es.md\n";
        let replaced = with_record(indented, &new("b.es.md", "B")).expect("replaced");
        assert!(
            replaced.starts_with("  - page: b.es.md\n    on: 2026-11-22\n"),
            "{replaced}"
        );
        assert!(replaced.ends_with("\n  - page: c.es.md\n"), "{replaced}");
    }

    #[test]
    fn a_file_that_cannot_be_continued_is_left_alone() {
        for old in ["[{page: x.md}]\n", "page: x.md\n", "- page: [\n", "words\n"] {
            assert_eq!(with_record(old, &new("a.es.md", "A")), None, "{old}");
        }
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("made");
        let mut one = new("a.es.md", "A");
        one.by = Some("jo".to_owned());
        one.is_uneven = true;
        one.words = vec![("idea no".to_owned(), ParagraphHash::of("No"))];
        write_translations(folder.path(), &[one.clone(), new("b.es.md", "B")]).expect("written");
        let text = fs::read_to_string(folder.path().join(translations::FILE)).expect("there");
        let mut findings = Vec::new();
        let path = translations::file().expect("sound");
        let read = translations::parse(&path, &text, &mut findings);
        assert_eq!(findings, []);
        assert_eq!((read.len(), read[0].is_uneven), (2, true));
        assert_eq!(read[0].by.as_ref().map(|by| by.value.as_str()), Some("jo"));
        assert_eq!(
            (&read[0].paragraphs, &read[0].words),
            (&one.paragraphs, &one.words)
        );
    }
}
