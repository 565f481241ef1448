//! Adds a record to `content/reviews.yaml`, and writes files that people ask for.
//!
//! What is in the file stays as it is, comments and all: the record is put after it, indented as the
//! others are. A file is written beside the old one and then takes its place, so that nobody ever
//! meets half of it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::data::{Value, yaml};
use crate::error::Error;
use crate::path::SourcePath;
use crate::records::reviews::{self, shown};
use crate::site::reviews::Fingerprint;

/// A review that somebody has made, to be written down.
#[derive(Debug, Clone)]
pub struct NewReview {
    /// The article's file.
    pub page: SourcePath,
    /// The key of the person.
    pub by: String,
    /// The day.
    pub on: Date,
    /// What was checked, in words; may be empty.
    pub checked: String,
    /// The day of the next review, when it is not the usual one.
    pub due: Option<Date>,
    /// The text as it was reviewed.
    pub fingerprint: Fingerprint,
}

const HEADING: &str = "\
# Who has reviewed which text, and which text it was. `afterword review PAGE --by PERSON` adds a
# record; a page says that it is reviewed only while its text is the one told here by fingerprint.
";

/// Adds a record to the site's `content/reviews.yaml`, which is made when it is not there.
pub fn add_review(root: &Path, review: &NewReview) -> Result<(), Error> {
    let path = root.join(reviews::FILE);
    let old = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Error::io("read", &path, &error)),
    };
    let new = with_record(&old, review).ok_or_else(|| {
        Error::new(
            "add a review to",
            &path,
            "it is not written as a list of lines that begin with `- `",
        )
        .help("write its records one below the other, each with a line `- page: ...`; nothing was changed")
    })?;
    replace(&path, new.as_bytes())
}

/// The text of the file with a record more; `None` when it is written in a way that nothing can be
/// put after it.
fn with_record(old: &str, review: &NewReview) -> Option<String> {
    let before = entries(old)?;
    let line_end = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = if old.trim().is_empty() {
        HEADING.to_owned()
    } else {
        old.to_owned()
    };
    if !new.ends_with('\n') {
        new.push_str(line_end);
    }
    let indent = indent_of(old);
    for line in record(review).lines() {
        new.push_str(indent);
        new.push_str(line);
        new.push_str(line_end);
    }
    // Whatever the file looks like: what is written has to be read again as one record more.
    (entries(&new)? == before + 1).then_some(new)
}

/// How many records a text holds; `None` when it cannot be read or is no list.
pub(super) fn entries(text: &str) -> Option<usize> {
    match yaml::parse(text).ok()?.value {
        Value::List(list) => Some(list.len()),
        Value::Null => Some(0),
        Value::Table(entries) if entries.is_empty() => Some(0),
        Value::Table(_)
        | Value::Flag(_)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Text(_) => None,
    }
}

/// The white space before the records that are there.
pub(super) fn indent_of(text: &str) -> &str {
    let mut lines = text.lines();
    let first = lines.find(|line| line.trim_start_matches(' ').starts_with("- "));
    first.map_or("", |line| {
        &line[..line.len() - line.trim_start_matches(' ').len()]
    })
}

fn record(review: &NewReview) -> String {
    let mut text = format!(
        "- page: {}\n  by: {}\n  on: {}\n",
        quoted(shown(&review.page)),
        quoted(&review.by),
        review.on
    );
    if !review.checked.is_empty() {
        text.push_str(&format!("  checked: {}\n", always_quoted(&review.checked)));
    }
    if let Some(due) = review.due {
        text.push_str(&format!("  due: {due}\n"));
    }
    let Fingerprint { text: whole, parts } = &review.fingerprint;
    text.push_str(&format!("  text: \"{whole}\"\n  parts:\n"));
    for (part, digits) in parts {
        text.push_str(&format!("    {}: \"{digits}\"\n", quoted(&part.name())));
    }
    text
}

/// Text as YAML takes it, in quotation marks only where it needs them.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
        && !matches!(text, "true" | "false" | "null" | "yes" | "no");
    if is_plain {
        text.to_owned()
    } else {
        always_quoted(text)
    }
}

/// A text in JSON's quotation marks is one in YAML's too.
pub(super) fn always_quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes a file that a person named, in one step.
pub fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    replace(path, text.as_bytes())
}

/// Puts a new file in the place of an old one in one step. A link stays a link.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = beside(&target);
    let write = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        if let Ok(old) = fs::metadata(&target) {
            fs::set_permissions(&beside, old.permissions())?;
        }
        fs::rename(&beside, &target)
    };
    write().map_err(|error| {
        // It may not be there at all, or not be ours to remove; the first error is the one to tell.
        let _ = fs::remove_file(&beside);
        Error::io("write", path, &error)
    })
}

/// A hidden file beside another, which a preview passes over.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::reviews::Part;

    fn review() -> NewReview {
        NewReview {
            page: SourcePath::new("content/a/b.md").expect("sound"),
            by: "jo".to_owned(),
            on: jiff::civil::date(2026, 11, 22),
            checked: "Facts: \"all\"".to_owned(),
            due: None,
            fingerprint: Fingerprint {
                text: "0123456789abcdef0123456789abcdef".to_owned(),
                parts: vec![
                    (Part::Title, "0123456789012345".to_owned()),
                    (
                        Part::Section("rest".to_owned()),
                        "0e12345678901234".to_owned(),
                    ),
                ],
            },
        }
    }

    const RECORD: &str = "- page: a/b.md\n  by: jo\n  on: 2026-11-22\n  checked: \"Facts: \\\"all\\\"\"\n  text: \"0123456789abcdef0123456789abcdef\"\n  parts:\n    title: \"0123456789012345\"\n    \"#rest\": \"0e12345678901234\"\n";

    #[test]
    fn a_record_is_put_after_what_is_there() {
        let new = |old: &str| with_record(old, &review());
        assert_eq!(new(""), Some(format!("{HEADING}{RECORD}")));
        let old = "# Ours.\n- {page: x.md}  # kept\n\n# The end.";
        assert_eq!(new(old), Some(format!("{old}\n{RECORD}")));
        assert_eq!(
            new("# Only a comment.\n"),
            Some(format!("# Only a comment.\n{RECORD}"))
        );
        let indented = new("  - page: x.md\n").expect("added");
        assert!(
            indented.contains("\n  - page: a/b.md\n    by: jo\n"),
            "{indented}"
        );
        let windows = new("- page: x.md\r\n").expect("added");
        assert_eq!(
            windows.matches('\n').count(),
            windows.matches("\r\n").count()
        );
    }

    #[test]
    fn a_file_that_cannot_be_continued_is_left_alone() {
        for old in ["[{page: x.md}]\n", "page: x.md\n", "- page: [\n", "words\n"] {
            assert_eq!(with_record(old, &review()), None, "{old}");
        }
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("made");
        add_review(folder.path(), &review()).expect("written");
        let text = fs::read_to_string(folder.path().join(reviews::FILE)).expect("there");
        let mut findings = Vec::new();
        let path = reviews::file().expect("sound");
        let read = reviews::parse(&path, &text, &mut findings);
        assert_eq!(findings, []);
        assert_eq!(read[0].checked, "Facts: \"all\"");
        assert_eq!(
            read[0].parts[1],
            ("#rest".to_owned(), "0e12345678901234".to_owned())
        );
        let files = fs::read_dir(folder.path().join("content")).expect("there");
        assert_eq!(files.count(), 1, "nothing is left beside it");
    }
}
