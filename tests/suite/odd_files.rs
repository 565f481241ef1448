//! Sites that no folder of a repository can hold: files that are not text, links that lead away.

#[cfg(unix)]
use std::os::unix::fs::symlink;

use crate::folder::{Outcome, SiteFolder, options};

/// A page that is right.
const PAGE: &str = "---\ntitle: Page\n---\n\nText.\n";

#[track_caller]
fn check(site: &SiteFolder, expected: &str) {
    assert_eq!(site.report().trim_end(), expected.trim());
}

#[test]
fn a_file_that_is_not_utf_8_is_an_error_at_its_first_wrong_byte() {
    let site = SiteFolder::new();
    site.write("content/latin.md", b"---\ntitle: Caf\xe9\n---\n");
    site.write("content/right.md", PAGE);
    check(
        &site,
        "
error[not-utf-8]: `content/latin.md` is not UTF-8 text (byte 15)
--> content/latin.md
 = help: save the file again with the encoding UTF-8

1 error",
    );
}

#[test]
fn a_mark_of_byte_order_and_line_ends_of_windows_change_nothing() {
    let site = SiteFolder::new();
    let text = "---\ntitle: Page\ntags: [a]\n---\n\n## One\n\nText[^n].\n\n:::note\nIn it.\n:::\n\n[^n]: Note.\n";
    site.write("content/plain.md", text);
    let other = text.replace("title: Page", "title: Another page");
    let dressed = format!("\u{feff}{}", other.replace('\n', "\r\n"));
    site.write("content/plain2.md", dressed);
    let Outcome::Published(built, report) = site.build() else {
        panic!("{}", site.report())
    };
    assert_eq!(report, "");
    let text = |path| {
        let text = built.text(path).expect("a page");
        let text = crate::html::balanced(text, "<div class=\"text\">").expect("a text");
        text.replace('\r', "")
    };
    assert_eq!(text("plain/index.html"), text("plain2/index.html"));
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_nowhere_is_an_error() {
    let site = SiteFolder::new();
    symlink("nowhere.md", site.root().join("content/gone.md")).expect("a link");
    check(
        &site,
        "
error[unreadable-file]: cannot read `content/gone.md`: no such file or folder
--> content/gone.md
 = help: check that the file is there and that you may read it

1 error",
    );
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_site_is_not_followed() {
    let site = SiteFolder::new();
    std::fs::write(site.path().join("secret.md"), PAGE).expect("written");
    std::fs::create_dir(site.path().join("secrets")).expect("made");
    std::fs::write(site.path().join("secrets/deep.md"), PAGE).expect("written");
    symlink("../../secret.md", site.root().join("content/file.md")).expect("a link");
    symlink("../../secrets", site.root().join("content/folder")).expect("a link");
    check(
        &site,
        "
error[symlink-outside]: `content/file.md` is a link that leads out of the site folder
--> content/file.md
 = help: copy the file or folder into the site folder in place of the link

error[symlink-outside]: `content/folder` is a link that leads out of the site folder
--> content/folder
 = help: copy the file or folder into the site folder in place of the link

2 errors",
    );
}

#[test]
#[cfg(unix)]
fn a_link_inside_the_site_is_followed() {
    let site = SiteFolder::new();
    site.write("content/one.md", PAGE);
    symlink("one.md", site.root().join("content/two.md")).expect("a link");
    let Outcome::Published(built, _) = site.build() else {
        panic!("{}", site.report())
    };
    assert!(built.text("two/index.html").is_some());
}

#[test]
#[cfg(unix)]
fn a_link_in_a_circle_is_an_error() {
    let site = SiteFolder::new();
    symlink(".", site.root().join("content/again")).expect("a link");
    check(
        &site,
        "
error[symlink-outside]: cannot read `content/again`: it is a link to a folder that it lies in
--> content/again
 = help: check that the file is there and that you may read it

1 error",
    );
}

#[test]
fn a_folder_that_is_called_like_an_article_is_a_folder() {
    let site = SiteFolder::new();
    site.write("content/folder.md/_index.md", PAGE);
    site.write(
        "content/folder.md/page.md",
        PAGE.replace("title: ", "title: Another "),
    );
    let Outcome::Published(built, report) = site.build() else {
        panic!("{}", site.report())
    };
    assert_eq!(report, "");
    assert!(
        built
            .files
            .keys()
            .any(|path| path.ends_with("/page/index.html"))
    );
}

#[test]
fn files_that_editors_leave_lying_about_are_passed_over() {
    let site = SiteFolder::new();
    for name in [
        ".page.md.swp",
        "page.md~",
        "#page.md#",
        ".DS_Store",
        ".git/config",
        "x.tmp",
    ] {
        site.write(&format!("content/{name}"), b"\xff zinnia");
    }
    let Outcome::Published(built, report) = site.build() else {
        panic!("{}", site.report())
    };
    assert_eq!(report, "");
    let has = |bytes: &[u8]| bytes.windows(6).any(|window| window == b"zinnia");
    assert!(!built.files.values().any(|bytes| has(bytes)));
}

#[test]
fn drafts_are_there_when_they_are_asked_for() {
    let site = SiteFolder::new();
    site.write(
        "content/draft.md",
        "---\ntitle: Draft\ndraft: true\n---\n\n![Cup](cup.png)\n",
    );
    site.write("content/cup.png", b"\x89PNG");
    let options = afterword::pipeline::Options {
        drafts: true,
        ..options()
    };
    let Outcome::Published(with, _) = site.build_with(options, "with") else {
        panic!()
    };
    let Outcome::Published(without, _) = site.build() else {
        panic!()
    };
    let names = |built: &crate::built::Built| {
        let names = built
            .files
            .keys()
            .filter(|path| path.contains("draft") || path.contains("cup"));
        names.cloned().collect::<Vec<_>>()
    };
    assert_eq!(names(&with), ["cup.png", "draft/index.html"]);
    assert_eq!(names(&without), [] as [&str; 0]);
}

#[test]
fn another_base_url_may_be_named_for_one_build() {
    let site = SiteFolder::new();
    let base_url = Some("https://other.example/place".to_owned());
    let options = afterword::pipeline::Options {
        base_url,
        ..options()
    };
    let Outcome::Published(built, _) = site.build_with(options, "public") else {
        panic!()
    };
    assert_eq!(built.base_url, "https://other.example/place/");
    let files: Vec<_> = built
        .files
        .iter()
        .filter(|(path, _)| path.ends_with("l"))
        .collect();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("small.example"), "{path}");
    }
    assert_eq!(crate::house_rules::broken(&built), [] as [&str; 0]);
}
