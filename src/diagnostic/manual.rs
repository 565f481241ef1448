//! The manual: a page for each code, which says what it means, why, and how to mend it.
//!
//! The pages are Markdown, one file each in `manual/`, inside the program. [`Page::of`] takes one
//! apart; the tests see to it that each has all its parts, in order. What an example claims, a test
//! proves: `tests/suite/manual.rs` lays the files of each over a small site and looks for the code.
//!
//! To write a page: copy a short one. Its first sentence also stands in the table of the README.

use super::Code;

/// A page of the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The whole page as Markdown.
    pub text: &'static str,
    /// What the code means, in one sentence.
    pub sentence: &'static str,
    /// What it would do to readers or to those who answer for the site.
    pub why: &'static str,
    /// Files of a site that has it.
    pub example: &'static str,
    /// What to do; may hold the same files, mended.
    pub mend: &'static str,
    /// How to let one pass, or why none can.
    pub silence: &'static str,
}

/// A file that a page shows: a fenced block whose first line names a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExampleFile<'a> {
    /// Its path within the site folder.
    pub path: &'a str,
    /// What it holds.
    pub text: &'a str,
}

/// The headings of a page, in order.
const HEADINGS: [&str; 4] = ["Why", "Example", "Mend", "Silence"];

impl Page {
    /// The page of a code.
    pub fn of(code: Code) -> Self {
        let text = code.page();
        let (head, rest) = part(text, HEADINGS[0]);
        let (why, rest) = part(rest, HEADINGS[1]);
        let (example, rest) = part(rest, HEADINGS[2]);
        let (mend, silence) = part(rest, HEADINGS[3]);
        let sentence = head.split_once('\n').map_or("", |(_, after)| after.trim());
        Self {
            text,
            sentence,
            why,
            example,
            mend,
            silence: silence.trim(),
        }
    }
}

/// What stands before a heading, and what after it.
fn part<'a>(text: &'a str, heading: &str) -> (&'a str, &'a str) {
    let line = format!("\n## {heading}\n");
    let (before, after) = text.split_once(line.as_str()).unwrap_or((text, ""));
    (before.trim(), after)
}

/// The files that a part of a page shows.
pub fn files(part: &str) -> Vec<ExampleFile<'_>> {
    let mut files = Vec::new();
    let mut rest = part;
    while let Some(at) = find_fence(rest) {
        let inside = &rest[at..];
        let marks = inside.bytes().take_while(|byte| *byte == b'`').count();
        let (first, body) = inside.split_once('\n').unwrap_or((inside, ""));
        let close = format!("\n{}", &inside[..marks]);
        // An empty file is closed by its second line.
        let end = if body.starts_with(&inside[..marks]) {
            0
        } else {
            body.find(&close).map_or(body.len(), |end| end + 1)
        };
        if let Some(path) = first[marks..].split_whitespace().nth(1) {
            files.push(ExampleFile {
                path,
                text: &body[..end],
            });
        }
        rest = body[end..].split_once('\n').map_or("", |(_, rest)| rest);
    }
    files
}

fn find_fence(text: &str) -> Option<usize> {
    if text.starts_with("```") {
        Some(0)
    } else {
        text.find("\n```").map(|at| at + 1)
    }
}

/// The whole manual as one Markdown text, group by group.
pub fn whole() -> String {
    let mut text = "# Every message\n".to_owned();
    for group in Code::groups() {
        text.push_str(&format!("\n# {group}\n"));
        for code in Code::of_group(group) {
            // One level deeper, so that each page stands below its group.
            let mut in_block = false;
            text.push('\n');
            for line in code.page().lines() {
                if line.starts_with("```") {
                    in_block = !in_block;
                }
                if line.starts_with('#') && !in_block {
                    text.push('#');
                }
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_all_its_parts_in_plain_length() {
        for code in Code::ALL {
            let page = Page::of(*code);
            assert!(
                page.text.starts_with(&format!("# `{code}`\n\n")),
                "{code}: its first line names the code"
            );
            let headings: Vec<_> = HEADINGS
                .iter()
                .map(|heading| page.text.find(&format!("\n## {heading}\n\n")))
                .collect();
            assert!(headings.iter().all(Option::is_some), "{code}: {headings:?}");
            assert!(headings.is_sorted(), "{code}: {headings:?}");
            for part in [page.why, page.mend, page.silence] {
                assert!(part.len() > 20, "{code}: a part says nothing");
            }
            let sentence = page.sentence;
            assert!(
                sentence.ends_with('.') && !sentence.contains(['\n', '|']),
                "{code}: {sentence:?} is one sentence of a table"
            );
            assert!(
                page.text.ends_with('\n') && !page.text.ends_with("\n\n"),
                "{code}: its end"
            );
        }
    }

    #[test]
    fn files_are_fenced_blocks_that_name_a_path() {
        let part = "Words.\n\n```markdown content/a.md\n# A\n\ntext\n```\n\n```text\nnot a file\n```\n\n````yaml content/empty.yaml\n````\n";
        let found: Vec<_> = files(part)
            .iter()
            .map(|file| (file.path, file.text))
            .collect();
        assert_eq!(
            found,
            [
                ("content/a.md", "# A\n\ntext\n"),
                ("content/empty.yaml", "")
            ]
        );
    }

    #[test]
    fn the_whole_manual_has_a_page_of_every_code_once() {
        let whole = whole();
        for code in Code::ALL {
            assert_eq!(
                whole.matches(&format!("\n## `{code}`\n")).count(),
                1,
                "{code}"
            );
        }
        assert!(!whole.contains("\n## Why\n"));
    }
}
