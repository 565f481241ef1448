//! The manual of messages tells the truth: the files of each example have the mistake they are about,
//! and those that mend it do.

use std::collections::BTreeSet;
use std::fs;

use afterword::diagnostic::Code;
use afterword::diagnostic::manual::{Page, files};
use rayon::prelude::*;

use crate::folder::{SiteFolder, all_findings, load, repository};
use crate::sites::{difference, may_bless};

/// Codes whose mistake no text of a file can show, and why. Their pages say it in words.
const NOT_SHOWN: &[(Code, &str)] = &[
    (Code::UnreadableFile, "takes a file that may not be read"),
    (Code::NotUtf8, "takes bytes that are no text"),
    (Code::SymlinkOutside, "takes a link on the disk"),
    (
        Code::BorrowedWords,
        "takes a folder of texts to compare with",
    ),
    (Code::DeadExternalLink, "takes another site"),
    (Code::UnansweredExternalLink, "takes another site"),
    (Code::MovedExternalLink, "takes another site"),
];

#[test]
fn every_example_of_the_manual_shows_its_message_and_every_mend_takes_it_away() {
    let wanted = std::env::var("AFTERWORD_CODE").unwrap_or_default();
    let wrong: Vec<String> = Code::ALL
        .par_iter()
        .filter(|code| code.as_str().contains(&wanted))
        .filter(|code| !NOT_SHOWN.iter().any(|(not_shown, _)| not_shown == *code))
        .flat_map(|code| try_page(*code))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} pages\n\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// What is not so about a page.
fn try_page(code: Code) -> Option<String> {
    let page = Page::of(code);
    let site = SiteFolder::new();
    let example = files(page.example);
    if example.is_empty() {
        return Some(format!("{code}: the example names no file"));
    }
    for file in &example {
        site.write(file.path, file.text);
    }
    let found = codes(&site);
    if !found.contains(&code) {
        return Some(format!("{code}: the example has {found:?}"));
    }
    let mended = files(page.mend);
    if mended.is_empty() {
        return None;
    }
    for file in &mended {
        site.write(file.path, file.text);
    }
    let left = codes(&site);
    // Two things are allowed to be left: another mistake would teach the wrong lesson.
    let is_left = left.contains(&code) || left.difference(&found).next().is_some();
    is_left.then(|| format!("{code}: after mending there are {left:?}"))
}

/// The ways to silence a message that pages name, each as it stands there, the narrowest first.
const WAYS: [(&str, Way); 4] = [
    ("`<!-- allow CODE: why -->`", Way::BeforeBlock),
    ("`# allow CODE: why`", Way::BeforeEntry),
    ("`[[checks.except]]`", Way::Table),
    ("`[checks.severity]`", Way::Off),
];

#[derive(Debug, Clone, Copy)]
enum Way {
    BeforeBlock,
    BeforeEntry,
    Table,
    Off,
}

#[test]
fn what_a_page_says_of_silencing_its_message_holds() {
    let wanted = std::env::var("AFTERWORD_CODE").unwrap_or_default();
    let wrong: Vec<String> = Code::ALL
        .par_iter()
        .filter(|code| code.as_str().contains(&wanted))
        .flat_map(|code| try_silence(*code))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} ways\n\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// What is not so about the narrowest way that a page names.
fn try_silence(code: Code) -> Option<String> {
    let silence = Page::of(code).silence;
    if silence.starts_with("It cannot be silenced: ") != code.is_fixed() {
        return Some(format!("{code}: can it be silenced or not?"));
    }
    let named = |(words, _): &&(&str, Way)| silence.contains(&words.replace("CODE", code.as_str()));
    // Where the first works, so do the others: they need less of the message than it does.
    let (_, way) = WAYS.iter().find(named)?;
    if code.is_fixed() {
        return Some(format!("{code}: {way:?} does not work for it"));
    }
    let is_shown = !files(Page::of(code).example).is_empty();
    (is_shown && !silences(code, *way)).then(|| format!("{code}: {way:?} leaves it there"))
}

/// Whether the example of a page has its message no more, once it is silenced in a way.
fn silences(code: Code, way: Way) -> bool {
    let site = SiteFolder::new();
    for file in files(Page::of(code).example) {
        site.write(file.path, file.text);
    }
    // An example may have the message at several places.
    for _ in 0..8 {
        let findings = all_findings(&load(&site.root()));
        let Some(finding) = findings.iter().find(|finding| finding.code == code) else {
            return findings.iter().all(|it| it.code != Code::UnusedException);
        };
        let place = finding.labels.first();
        let (file, at) = place.map_or(("", 0), |label| (label.path.as_str(), label.span.0));
        assert!(
            place.is_some() || matches!(way, Way::Off),
            "{code}: an exception cannot name a place that is not told"
        );
        match way {
            Way::BeforeBlock => {
                let text = site.read(file);
                let block = text[..at].rfind("\n\n").map_or(0, |end| end + 2);
                let comment = format!("<!-- allow {code}: why -->\n\n");
                site.write(
                    file,
                    format!("{}{comment}{}", &text[..block], &text[block..]),
                );
            }
            Way::BeforeEntry => {
                let text = site.read(file);
                let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
                let comment = format!("# allow {code}: why\n");
                site.write(file, format!("{}{comment}{}", &text[..line], &text[line..]));
            }
            Way::Table => append(
                &site,
                &format!(
                    "[[checks.except]]\ncode = \"{code}\"\npath = \"{file}\"\nreason = \"why\"\n"
                ),
            ),
            Way::Off => append(&site, &format!("[checks.severity]\n{code} = \"off\"\n")),
        }
    }
    false
}

fn append(site: &SiteFolder, settings: &str) {
    let before = site.read("site.toml");
    site.write("site.toml", format!("{before}\n{settings}"));
}

fn codes(site: &SiteFolder) -> BTreeSet<Code> {
    all_findings(&load(&site.root()))
        .iter()
        .map(|finding| finding.code)
        .collect()
}

#[test]
fn pages_whose_mistake_cannot_be_shown_have_no_example_of_files() {
    for (code, _) in NOT_SHOWN {
        let page = Page::of(*code);
        assert!(
            files(page.example).is_empty(),
            "{code}: is it shown after all?"
        );
        assert!(
            !page.example.is_empty(),
            "{code}: it says in words what happens"
        );
    }
}

#[test]
fn every_file_of_the_manual_is_the_page_of_a_code() {
    let folder = repository().join("src/diagnostic/manual");
    for entry in fs::read_dir(folder).expect("the manual") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy().into_owned();
        let code = name.strip_suffix(".md").and_then(Code::named);
        assert!(code.is_some(), "no message is called `{name}`");
    }
}

#[test]
fn the_table_of_the_readme_is_made_of_the_manual() {
    let path = repository().join("README.md");
    let readme = fs::read_to_string(&path).expect("the README is there");
    let start = readme.find("\n## Every message\n").expect("the heading");
    let start = readme[start..]
        .find("\n| Code |")
        .map(|at| start + at + 1)
        .expect("the table");
    let end = readme[start..]
        .find("\n\n")
        .map_or(readme.len(), |at| start + at + 1);
    let mut table = "| Code | Weighs | What it is about |\n| --- | --- | --- |\n".to_owned();
    for group in Code::groups() {
        for code in Code::of_group(group) {
            let weight = code.severity();
            let fixed = if code.is_fixed() { ", fixed" } else { "" };
            table.push_str(&format!(
                "| `{code}` | {weight}{fixed} | {} |\n",
                code.about()
            ));
        }
    }
    if may_bless() {
        let written = format!("{}{table}{}", &readme[..start], &readme[end..]);
        fs::write(path, written).expect("written");
        return;
    }
    assert!(
        readme[start..end] == table,
        "run it with AFTERWORD_BLESS=1\n{}",
        difference(&readme[start..end], &table)
    );
}
