//! What happens to the files while somebody writes: editors that save each in their own way, tools that
//! change everything at once, disks that are full. The preview shows what is there in the end.

use std::fs;
use std::path::Path;

use super::PAGE;
use super::client::Preview;
use crate::cli::{new_site, put};

/// How many files a tool changes at once.
const MANY: usize = 1_000;

#[test]
fn each_way_in_which_editors_save_is_seen() {
    let site = new_site();
    put(site.path(), "content/lanterns.md", PAGE);
    let content = site.path().join("content");
    let article = content.join("lanterns.md");
    let preview = Preview::of(site.path());
    let mut versions = preview.versions();
    type Save = fn(&Path, &Path, &str);
    let ways: [(&str, Save); 6] = [
        ("in place", |_, article, text| {
            fs::write(article, text).expect("written");
        }),
        ("emptied first, and written later", |_, article, text| {
            fs::write(article, "").expect("written");
            std::thread::sleep(std::time::Duration::from_millis(120));
            fs::write(article, text).expect("written");
        }),
        (
            "another file, renamed into place",
            |content, article, text| {
                fs::write(content.join(".lanterns.md.tmp"), text).expect("written");
                fs::rename(content.join(".lanterns.md.tmp"), article).expect("renamed");
            },
        ),
        (
            "the old file put aside, as Vim does",
            |content, article, text| {
                fs::write(content.join("4913"), "").expect("written");
                fs::remove_file(content.join("4913")).expect("removed");
                fs::rename(article, content.join("lanterns.md~")).expect("renamed");
                fs::write(article, text).expect("written");
                fs::remove_file(content.join("lanterns.md~")).expect("removed");
            },
        ),
        (
            "both files renamed, as word processors do",
            |content, article, text| {
                fs::write(content.join("~wrd0000.tmp"), text).expect("written");
                fs::rename(article, content.join("~wrl0001.tmp")).expect("renamed");
                fs::rename(content.join("~wrd0000.tmp"), article).expect("renamed");
                fs::remove_file(content.join("~wrl0001.tmp")).expect("removed");
            },
        ),
        ("removed, and made anew", |_, article, text| {
            fs::remove_file(article).expect("removed");
            fs::write(article, text).expect("written");
        }),
    ];
    for (number, (way, save)) in ways.into_iter().enumerate() {
        let words = format!("number {number}");
        save(&content, &article, &PAGE.replace("one", &words));
        let shown = format!("Light {words}.");
        versions.until(|| preview.get("/lanterns/").body.contains(&shown));
        let page = preview.get("/lanterns/").body;
        assert!(!page.contains("afterword-problems"), "{way}: {page}");
    }
}

#[test]
fn after_a_thousand_changes_at_once_it_shows_what_is_there() {
    let site = new_site();
    let file = |number: usize| format!("content/many/page-{number}.md");
    let text = |number: usize, words: &str| {
        format!("---\ntitle: Page {number}\ntags: [many]\n---\n\n{words} {number}.\n")
    };
    fs::create_dir(site.path().join("content/many")).expect("made");
    put(
        site.path(),
        "content/many/_index.md",
        "---\ntitle: Many\n---\n",
    );
    let preview = Preview::of(site.path());
    let mut versions = preview.versions();
    for number in 0..MANY {
        put(site.path(), &file(number), &text(number, "First"));
    }
    let shows = |number: usize, words: &str| {
        let page = preview.get(&format!("/many/page-{number}/"));
        page.body.contains(&format!("{words} {number}."))
    };
    versions.until(|| (0..MANY).step_by(111).all(|number| shows(number, "First")));
    // Some change, some go, some take the place of others, all in one breath.
    for number in 0..MANY {
        let path = site.path().join(file(number));
        match number % 4 {
            0 => fs::write(path, text(number, "Second")).expect("written"),
            1 => fs::remove_file(path).expect("removed"),
            2 => fs::rename(path, site.path().join(file(number + MANY))).expect("renamed"),
            _ => {}
        }
    }
    versions.until(|| {
        shows(996, "Second")
            && shows(999, "First")
            && preview.get("/many/page-997/").status() == "404"
    });
    for number in (0..MANY).step_by(37) {
        match number % 4 {
            0 => assert!(shows(number, "Second"), "{number}"),
            3 => assert!(shows(number, "First"), "{number}"),
            1 => assert_eq!(
                preview.get(&format!("/many/page-{number}/")).status(),
                "404"
            ),
            _ => {
                let moved = preview.get(&format!("/many/page-{}/", number + MANY)).body;
                assert!(moved.contains(&format!("First {number}.")), "{number}");
                assert_eq!(
                    preview.get(&format!("/many/page-{number}/")).status(),
                    "404"
                );
            }
        }
    }
    let list = preview.get("/tags/many/").body;
    let listed = (0..2 * MANY).filter(|number| list.contains(&format!(">Page {number}<")));
    assert_eq!(listed.count(), MANY - MANY / 4);
}
