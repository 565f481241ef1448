//! The same site gives the same bytes: from any folder, on one core or many, built anew or again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::ThreadPoolBuilder;

use crate::folder::{Outcome, SiteFolder, build, options, repository};

/// Every file below a folder, the manifest with them.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, top: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, top, files);
            } else {
                let name = path
                    .strip_prefix(top)
                    .expect("below")
                    .to_string_lossy()
                    .into_owned();
                files.insert(name, fs::read(path).expect("read"));
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(folder, folder, &mut files);
    files
}

#[track_caller]
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let differs = |(path, bytes): &(&String, &Vec<u8>)| other.get(*path) != Some(*bytes);
    let different: Vec<_> = one.iter().filter(differs).map(|(path, _)| path).collect();
    assert_eq!(different, [] as [&String; 0]);
    assert_eq!(one.len(), other.len());
}

fn build_with_threads(threads: usize, root: &Path, out: &Path) -> BTreeMap<String, Vec<u8>> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads");
    pool.install(|| match build(root, options(), out) {
        Outcome::Published(..) => {}
        Outcome::Refused(report) => panic!("{report}"),
    });
    tree(out)
}

/// Enough pages that threads overtake each other.
fn large_site() -> SiteFolder {
    let languages = "three-languages-one-of-them-from-right-to-left";
    let site = SiteFolder::copy_of(&repository().join("tests/sites").join(languages));
    for number in 0..200 {
        let tags = number % 7;
        let next = (number + 1) % 200;
        let text = format!(
            "---\ntitle: Page {number}\ntags: [t{tags}, all]\npublished: 2026-01-02\n\
             aliases: [/was/{number}/]\n---\n\n## One\n\nSee [next](n{next}.md#one)[^n].\n\n\
             :::note\nIn it.\n:::\n\n[^n]: A note.\n"
        );
        site.write(&format!("content/rest/n{number}.md"), text);
    }
    site
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let site = large_site();
    let one = build_with_threads(1, &site.root(), &site.path().join("one"));
    let many = build_with_threads(8, &site.root(), &site.path().join("many"));
    assert!(one.len() > 600, "{} files", one.len());
    assert!(
        one.keys().any(|path| path.contains("manifest")),
        "the manifest is compared too"
    );
    assert_same(&one, &many);
}

#[test]
fn another_folder_gives_the_same_bytes() {
    let (here, there) = (large_site(), large_site());
    let one = build_with_threads(4, &here.root(), &here.path().join("public"));
    let deep = there.path().join("a/deeper/folder");
    fs::create_dir_all(&deep).expect("made");
    let other = build_with_threads(4, &there.root(), &deep.join("out"));
    assert_same(&one, &other);
}

#[test]
fn building_again_over_another_output_gives_the_bytes_of_a_fresh_build() {
    let site = large_site();
    let out = site.path().join("public");
    build_with_threads(4, &site.root(), &out);
    site.write(
        "content/rest/n3.md",
        "---\ntitle: Another\n---\n\n## One\n\nNew.\n",
    );
    fs::remove_file(site.root().join("content/rest/n199.md")).expect("removed");
    site.write(
        "content/rest/n198.md",
        "---\ntitle: Last\n---\n\n## One\n\nNew.\n",
    );
    let again = build_with_threads(4, &site.root(), &out);
    let fresh = build_with_threads(4, &site.root(), &site.path().join("fresh"));
    assert_same(&again, &fresh);
    assert!(!again.keys().any(|path| path.contains("n199")));
}
