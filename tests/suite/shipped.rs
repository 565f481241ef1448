//! What we ship: the practice's own site, the site that `new site` makes, and what holds for both.

use std::path::Path;

use afterword::pipeline::Options;
use afterword::scaffold;

use crate::built::Built;
use crate::folder::{Outcome, SiteFolder, build, options, repository};
use crate::house_rules;
use crate::html::Html;

/// A day after every date that the shipped texts name.
pub const LATER: &str = "2027-12-31";

/// What the practice's own site may be told: its sources and telephone numbers wait for a person who
/// checks them. Nobody has done that yet, and the site may not say otherwise.
const AWAITED: [&str; 2] = ["warning[unverified-source]", "warning[unchecked-service]"];

/// Builds a site that we ship, of which nothing is to be told but what is awaited.
#[track_caller]
pub fn built_without_a_word(root: &Path, out: &Path) -> Built {
    let later = Options {
        today: LATER.parse().expect("a day"),
        ..options()
    };
    match build(root, later, out) {
        Outcome::Published(built, report) => {
            let unexpected: Vec<_> = report
                .lines()
                .filter(|line| line.starts_with("warning"))
                .filter(|line| !AWAITED.iter().any(|awaited| line.starts_with(awaited)))
                .collect();
            assert!(unexpected.is_empty(), "{report}");
            built
        }
        Outcome::Refused(report) => panic!("{report}"),
    }
}

/// Holds a site that is built without a word against every rule, with both forms of links.
#[track_caller]
fn check(site: &SiteFolder) {
    let folders = built_without_a_word(&site.root(), &site.path().join("folders"));
    site.link_to_files();
    let files = built_without_a_word(&site.root(), &site.path().join("files"));
    let mut broken = house_rules::broken(&folders);
    broken.extend(house_rules::broken(&files));
    broken.extend(house_rules::links_to_folders(&files));
    broken.extend(with_gaps(&folders));
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Words of the interface with a `{name}` that nobody filled.
fn with_gaps(built: &Built) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in built.html() {
        for element in Html::read(text)
            .elements
            .iter()
            .filter(|element| element.name == "body")
        {
            let gaps = element
                .words
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'));
            found.extend(gaps.map(|(name, _)| format!("{path}: `{{{name}}}` stands in the text")));
        }
    }
    found
}

#[test]
fn the_practices_own_site_builds_without_a_word_and_keeps_every_rule() {
    check(&SiteFolder::copy_of(repository()));
}

#[test]
fn a_new_site_builds_without_a_word_and_keeps_every_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    scaffold::new_site(folder.path(), scaffold::SitePattern::Site).expect("made");
    check(&SiteFolder::copy_of(folder.path()));
}

#[test]
fn the_practices_own_site_is_large_enough_to_prove_something() {
    let site = SiteFolder::copy_of(repository());
    let built = built_without_a_word(&site.root(), &site.path().join("public"));
    let pages = built.html().count();
    assert!(pages >= 15, "{pages} pages");
    let links: usize = built
        .html()
        .map(|(_, text)| Html::read(text).all("a").count())
        .sum();
    assert!(links > 300, "{links} links");
}

#[test]
fn the_settings_for_nginx_in_the_readme_say_what_the_headers_file_says() {
    let site = SiteFolder::copy_of(repository());
    let out = site.path().join("public");
    let later = Options {
        today: LATER.parse().expect("a day"),
        ..options()
    };
    let Outcome::Published(built, _) = build(&site.root(), later, &out) else {
        panic!("the site has errors");
    };
    let file = std::str::from_utf8(&built.files["_headers"]).expect("UTF-8");
    let for_all = file.split("\n\n").next().expect("a first part");
    // The stylesheets have other names after each change, and no settings can follow that.
    let mut published: Vec<_> = for_all
        .lines()
        .skip(1)
        .filter_map(|line| line.trim().split_once(": "))
        .filter(|(name, _)| *name != "Link")
        .collect();
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("there");
    let mut told: Vec<_> = readme
        .lines()
        .filter_map(|line| line.trim().strip_prefix("add_header "))
        .filter_map(|line| line.strip_suffix("\" always;")?.split_once(" \""))
        .collect();
    published.sort_unstable();
    told.sort_unstable();
    assert!(published.len() >= 6, "{file}");
    assert_eq!(told, published);
    assert!(file.contains("rel=preload; as=style"), "{file}");
    assert!(file.contains("\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"));
}
