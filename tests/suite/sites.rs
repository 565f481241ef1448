//! The sites of `tests/sites/`: a folder each, named by the sentence that it proves.
//!
//! A folder holds `content/`, perhaps `site.toml` and `themes/`, and `expected/`:
//!
//! - `expected/report.txt`: what a check of the site prints. Without it there must be nothing to print.
//! - `expected/PATH.html`: the `<main>` of that page, or the whole of it where there is none. With
//!   `.head` or `.footer` after it, that element in place of `<main>`; with `.whole`, all of it; with
//!   `.text`, what was written as Markdown, without the furniture of the theme. Fingerprints of assets
//!   are `*`, and drawings that are hidden from screen readers are empty.
//! - `expected/files.txt`: the paths of all files of the output.
//! - `expected/nowhere.txt`: words that occur in no file of the output and in no path, a line each.
//! - `expected/PATH` of any other file: the whole file. A `*` stands for a fingerprint.
//!
//! Every site without errors is built twice, with both forms of links, and held against
//! [`house_rules`]. `AFTERWORD_BLESS=1` writes the expectations that are there anew; an empty file is
//! enough to ask for one. `AFTERWORD_SITE=word` tries only the folders with that word in their name.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::built::{Built, without_fingerprint};
use crate::folder::{Outcome, SiteFolder, repository};
use crate::{house_rules, html};

#[test]
fn every_site_of_the_folder_is_as_expected() {
    let wanted = std::env::var("AFTERWORD_SITE").unwrap_or_default();
    let mut folders: Vec<PathBuf> = fs::read_dir(repository().join("tests/sites"))
        .expect("the folder of sites")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir() && path.to_string_lossy().contains(&wanted))
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "no site is called so");
    let wrong: Vec<String> = folders
        .par_iter()
        .flat_map(|folder| try_site(folder))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} differences\n\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// What is not as expected about a site, a paragraph each.
fn try_site(folder: &Path) -> Vec<String> {
    let expected = Expected {
        folder: folder.join("expected"),
        wrong: Vec::new(),
    };
    let name = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let wrong = expected.compare(folder);
    wrong
        .into_iter()
        .map(|what| format!("tests/sites/{name}\n{what}"))
        .collect()
}

/// The expectations of a site.
struct Expected {
    folder: PathBuf,
    wrong: Vec<String>,
}

impl Expected {
    fn compare(mut self, folder: &Path) -> Vec<String> {
        let site = SiteFolder::copy_of(folder);
        let files = list(&self.folder, "");
        match site.build() {
            Outcome::Refused(report) => {
                self.report(&report);
                if files.iter().any(|file| file != "report.txt") {
                    self.wrong
                        .push(format!("it has errors, so it has no output\n{report}"));
                }
            }
            Outcome::Published(built, report) => {
                self.report(&report);
                for file in files.iter().filter(|file| *file != "report.txt") {
                    self.file(file, &built);
                }
                self.wrong.extend(house_rules::broken(&built));
                self.with_links_to_files(&site);
            }
        }
        self.wrong
    }

    fn with_links_to_files(&mut self, site: &SiteFolder) {
        site.link_to_files();
        match site.build() {
            Outcome::Refused(report) => self.wrong.push(report),
            Outcome::Published(built, _) => {
                self.wrong.extend(house_rules::broken(&built));
                self.wrong.extend(house_rules::links_to_folders(&built));
            }
        }
    }

    fn report(&mut self, report: &str) {
        let path = self.folder.join("report.txt");
        if report.is_empty() && path.exists() && may_bless() {
            fs::remove_file(path).expect("removed");
        } else if !report.is_empty() || path.exists() {
            self.text("report.txt", report);
        }
    }

    fn file(&mut self, file: &str, built: &Built) {
        match file {
            "files.txt" => self.text(file, &built.listing()),
            "nowhere.txt" => self.nowhere(built),
            _ => match output(file, built) {
                Some(text) => self.text(file, &text),
                None => self.wrong.push(format!("the output has no `{file}`")),
            },
        }
    }

    /// Compares a text, or keeps it as the expectation.
    fn text(&mut self, file: &str, actual: &str) {
        let path = self.folder.join(file);
        let actual = actual.trim_end().to_owned() + "\n";
        if may_bless() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, actual).expect("written");
            return;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != actual {
            self.wrong.push(format!(
                "expected/{file} differs\n{}",
                difference(&expected, &actual)
            ));
        }
    }

    fn nowhere(&mut self, built: &Built) {
        let words = fs::read_to_string(self.folder.join("nowhere.txt")).expect("text");
        assert!(
            words.lines().next().is_some(),
            "`nowhere.txt` is empty, so it asks for nothing"
        );
        for word in words.lines() {
            for (path, bytes) in &built.files {
                if path.contains(word) || holds(bytes, word.as_bytes()) {
                    self.wrong.push(format!("`{word}` occurs in `{path}`"));
                }
            }
        }
    }
}

/// The part of the output that an expectation is about.
fn output(file: &str, built: &Built) -> Option<String> {
    let (page, part) = match file.rsplit_once(".html.") {
        Some((page, part)) => (format!("{page}.html"), part),
        None => (file.to_owned(), "main"),
    };
    let text = built.text(&page)?;
    match part {
        _ if !page.ends_with(".html") => Some(without_fingerprints(text)),
        "text" => html::balanced(text, "<div class=\"text\">").map(plain),
        "whole" => Some(plain(text)),
        "head" | "footer" => html::part(text, part).map(plain),
        "main" => html::part(text, part).or(Some(text)).map(plain),
        _ => panic!("`{part}` is none of `text`, `head`, `footer` and `whole`"),
    }
}

/// A part of a page without what changes whenever somebody draws or styles something.
fn plain(text: &str) -> String {
    without_drawings(&without_fingerprints(text))
}

/// A page with drawings that say nothing reduced to their tags.
fn without_drawings(text: &str) -> String {
    let mut parts = text.split("<svg ");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (drawing, rest) = part.split_once("</svg>").unwrap_or((part, ""));
        let tag = drawing.split('>').next().unwrap_or_default();
        if tag.contains("aria-hidden=\"true\"") {
            plain.push_str(&format!("<svg aria-hidden=\"true\"></svg>{rest}"));
        } else {
            plain.push_str(&format!("<svg {part}"));
        }
    }
    plain
}

/// A page with `*` for the fingerprints of assets, which say nothing but that a file has changed.
fn without_fingerprints(text: &str) -> String {
    let mut parts = text.split("assets/");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['"', ')', '>', '\n']).unwrap_or(part.len());
        plain.push_str(&without_fingerprint(&format!("assets/{}", &part[..end])));
        plain.push_str(&part[end..]);
    }
    plain
}

/// Whether expectations are written anew. Never where tests run by themselves.
pub fn may_bless() -> bool {
    let asked = std::env::var_os("AFTERWORD_BLESS").is_some_and(|value| value == "1");
    assert!(
        !(asked && std::env::var_os("CI").is_some()),
        "expectations are not written in CI"
    );
    asked
}

/// The lines that differ, with two before them.
pub fn difference(expected: &str, actual: &str) -> String {
    let (expected, actual): (Vec<_>, Vec<_>) =
        (expected.lines().collect(), actual.lines().collect());
    let same = expected
        .iter()
        .zip(&actual)
        .take_while(|(a, b)| a == b)
        .count();
    let rest = |lines: &[&str]| {
        lines[same..]
            .iter()
            .rev()
            .map(|line| (*line).to_owned())
            .collect()
    };
    let (old, new): (Vec<String>, Vec<String>) = (rest(&expected), rest(&actual));
    let tail = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let mut text = format!("line {}:\n", same + 1);
    for line in &expected[same.saturating_sub(2)..same] {
        text.push_str(&format!("   {line}\n"));
    }
    for line in expected[same..expected.len() - tail].iter().take(20) {
        text.push_str(&format!(" - {line}\n"));
    }
    for line in actual[same..actual.len() - tail].iter().take(20) {
        text.push_str(&format!(" + {line}\n"));
    }
    text
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn list(folder: &Path, prefix: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.expect("an entry");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files.extend(list(&entry.path(), &format!("{path}/")));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
