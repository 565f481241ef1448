//! The page that says what the practice's own site promises: every test that it names is there, and
//! the addresses that it lists are those that the pages name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use afterword::contacts::tags::Tags;
use afterword::pipeline::{Options, Workspace};
use afterword::render::Content;

use crate::built::Built;
use crate::folder::{SiteFolder, options, repository};
use crate::html::Html;
use crate::shipped::{LATER, built_without_a_word};

const PAGE: &str = "about/promises/index.html";

fn own_site() -> Built {
    let site = SiteFolder::copy_of(repository());
    built_without_a_word(&site.root(), &site.path().join("public"))
}

/// The words in backticks, by the element they stand in: promises are told in paragraphs, and
/// addresses in a list.
fn in_code(built: &Built, parent: &str) -> Vec<String> {
    let html = Html::read(built.text(PAGE).expect("there is such a page"));
    let code = html.elements.into_iter();
    code.filter(|element| element.name == "code" && element.parent == parent)
        .map(|element| element.words)
        .collect()
}

/// The hosts of links and forms that lead out of the site, each with the pages that name it.
fn hosts(built: &Built) -> BTreeMap<String, BTreeSet<String>> {
    let mut hosts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in built.html() {
        let mut tags = Tags::new(text);
        while let Some(tag) = tags.next() {
            if !matches!(tag.name(), "a" | "area" | "form" | "button") {
                continue;
            }
            for address in ["href", "action", "formaction"].map(|name| tag.get(name)) {
                let Some(address) = address.filter(|it| !it.starts_with(&built.base_url)) else {
                    continue;
                };
                let Some((_, rest)) = address.split_once("//") else {
                    continue;
                };
                let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
                hosts
                    .entry(host.to_ascii_lowercase())
                    .or_default()
                    .insert(path.to_owned());
            }
        }
    }
    hosts
}

#[test]
fn every_promise_names_a_file_and_tests_that_stand_in_it() {
    let mut file: Option<(String, String)> = None;
    let mut tests = 0;
    for words in in_code(&own_site(), "p") {
        if words.starts_with("tests/") || words.starts_with("src/") {
            let text = fs::read_to_string(repository().join(&words))
                .unwrap_or_else(|error| panic!("`{words}`: {error}"));
            file = Some((words, text));
            continue;
        }
        let (name, text) = file.as_ref().expect("a file is named before its tests");
        assert!(text.contains(&words), "no `{words}` in {name}");
        tests += 1;
    }
    assert!(tests >= 15, "{tests} tests");
}

#[test]
fn the_addresses_that_are_listed_are_those_that_the_pages_name() {
    let built = own_site();
    let hosts = hosts(&built);
    let listed = in_code(&built, "li");
    assert!(listed.len() > 5, "{listed:?}");
    assert_eq!(listed, hosts.keys().cloned().collect::<Vec<_>>());
    let page = Html::read(built.text(PAGE).expect("there is such a page"));
    for (host, pages) in hosts {
        let count = match pages.len() {
            1 => "1 page".to_owned(),
            many => format!("{many} pages"),
        };
        let told = format!("{host}: {count}");
        let is_told = |words: &str| words == told || words.starts_with(&format!("{told},"));
        assert!(
            page.all("li").any(|item| is_told(&item.words)),
            "`{told}` is not told, but {pages:?} name it"
        );
    }
}

#[test]
fn a_page_that_is_asked_for_alone_lists_what_a_build_lists() {
    let site = SiteFolder::copy_of(repository());
    let built = built_without_a_word(&site.root(), &site.path().join("public"));
    let later = Options {
        today: LATER.parse().expect("a day"),
        ..options()
    };
    let loaded = Workspace::new(&site.root(), later)
        .load()
        .expect("the folder can be read");
    for (address, file) in [("/about/promises/", PAGE), ("/_headers", "_headers")] {
        let route = loaded.renderer.route(address).expect("published");
        let artifact = loaded.renderer.render(&route).expect("rendered");
        let bytes = built.files[file].clone();
        assert!(artifact.content == Content::Bytes(bytes), "{file}");
    }
}
