//! The author's desk as a browser meets it: every state of a page, what would be published, and the site
//! on another day.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::client::{Answer, Preview};
use crate::cli::{new_site, put, run};

/// How long a change may take to be seen.
const PATIENCE: Duration = Duration::from_secs(60);

/// The day on which the desk is looked at.
const TODAY: &str = "2026-11-22";

/// A page with a title and more keys.
fn page(title: &str, keys: &str) -> String {
    format!("---\ntitle: {title}\nneeds_review: false\n{keys}---\n\n## Rest\n\nRest a while.\n")
}

/// A site with a page in every state.
fn site_with_every_state() -> tempfile::TempDir {
    let site = new_site();
    let folder = site.path();
    let settings = fs::read_to_string(folder.join("site.toml")).expect("there");
    put(
        folder,
        "site.toml",
        &format!("{settings}\n[languages.es]\ntitle = \"Descansar\"\n"),
    );
    let people = fs::read_to_string(folder.join("content/people.yaml")).expect("there");
    put(
        folder,
        "content/people.yaml",
        &format!("{people}\n- id: keeper\n  name: The keeper\n  role: Keeps the house\n"),
    );
    let states = [
        ("plain", "Plain", ""),
        ("sketch", "Sketch", "draft: true\n"),
        ("later", "Later", "publish_from: 2026-12-24\n"),
        ("over", "Over", "expires: 2026-11-01\n"),
        ("leaving", "Leaving", "expires: 2027-02-01\n"),
        ("waiting", "Waiting", ""),
        ("kept", "Kept", ""),
        ("old", "Old", ""),
        ("moved", "Moved", ""),
        ("two", "Two", ""),
    ];
    for (name, title, keys) in states {
        let text = page(title, keys);
        let text = match name {
            "waiting" => text.replace("needs_review: false", "needs_review: true"),
            "plain" => format!("{text}\nSee [Kept](kept.md) and [Old](old.md#rest).\n"),
            _ => text,
        };
        put(folder, &format!("content/{name}.md"), &text);
    }
    fs::create_dir_all(folder.join("content/shut")).expect("made");
    put(
        folder,
        "content/shut/_index.md",
        &page("Shut", "draft: true\n"),
    );
    put(folder, "content/shut/inside.md", &page("Inside", ""));
    for (name, day) in [
        ("kept", "2026-11-01"),
        ("old", "2020-01-01"),
        ("moved", "2026-11-01"),
    ] {
        said(
            folder,
            &[
                "review",
                &format!("{name}.md"),
                "--by",
                "keeper",
                "--on",
                day,
            ],
        );
    }
    put(
        folder,
        "content/moved.md",
        &page("Moved", "").replace("a while", "longer"),
    );
    for name in ["two", "kept"] {
        let text = page("Dos", "");
        put(folder, &format!("content/{name}.es.md"), &text);
        said(
            folder,
            &["translated", &format!("{name}.es.md"), "--on", "2026-11-02"],
        );
    }
    put(
        folder,
        "content/two.md",
        &page("Two", "").replace("a while", "well"),
    );
    site
}

/// Runs a command that has to succeed.
fn said(folder: &Path, words: &[&str]) {
    let ran = run(folder, words);
    assert_eq!(ran.code, Some(0), "{words:?}: {}{}", ran.out, ran.err);
}

/// Sends the form of the switches, from a page of an origin or from nowhere.
fn look(preview: &Preview, form: &str, origin: Option<&str>) -> Answer {
    let origin: Vec<_> = origin.map(|it| ("Origin", it)).into_iter().collect();
    preview.tell("POST", "/_desk/look", &origin, form)
}

fn preview(site: &Path) -> Preview {
    Preview::start(site, &["preview", "--port", "0", "--today", TODAY])
}

/// The row of a file on the first room of the desk, without its elements.
#[track_caller]
fn row(html: &str, file: &str) -> String {
    let mark = format!("<span class=\"file\">{file}</span>");
    let mut rows = html.split("<tr ");
    let row = rows
        .find(|row| row.contains(&mark))
        .unwrap_or_else(|| panic!("no row of {file}: {html}"));
    text(row)
}

/// The words of some HTML.
fn text(html: &str) -> String {
    let mut words = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                words.push(' ');
            }
            _ if !is_tag => words.push(letter),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The files that a list shows, in order.
fn files(html: &str) -> Vec<String> {
    let rows = html.split("<span class=\"file\">").skip(1);
    rows.filter_map(|row| row.split("</span>").next().map(str::to_owned))
        .collect()
}

#[test]
fn the_desk_tells_how_every_page_stands() {
    let site = site_with_every_state();
    let preview = preview(site.path());
    let desk = preview.get("/_desk/");
    assert_eq!(desk.status(), "200");
    let expected = [
        ("plain.md", "published needs none es missing"),
        ("sketch.md", "draft"),
        ("later.md", "scheduled for 24 December 2026"),
        ("over.md", "expired on 1 November 2026"),
        ("leaving.md", "published"),
        ("shut/inside.md", "hidden with its section"),
        ("waiting.md", "awaits review"),
        (
            "kept.md",
            "reviewed by The keeper on 1 November 2026 next 1 November 2028 es up to date",
        ),
        (
            "old.md",
            "overdue since 1 January 2022 by The keeper on 1 January 2020",
        ),
        ("moved.md", "changed since review"),
        ("two.md", "es behind in 1 place"),
        ("two.es.md", "es behind in 1 place"),
        ("kept.es.md", "es up to date"),
    ];
    for (file, words) in expected {
        let row = row(&desk.body, file);
        assert!(row.contains(words), "{file}: {row}");
    }
    assert!(
        row(&desk.body, "plain.md").contains("none 2 none"),
        "{}",
        row(&desk.body, "plain.md")
    );
    // What is hidden from readers is told as hidden, whatever the preview shows.
    let drafts = Preview::start(
        site.path(),
        &["preview", "--port", "0", "--drafts", "--today", TODAY],
    );
    let desk = drafts.get("/_desk/").body;
    assert!(row(&desk, "sketch.md").contains("draft"));
    assert!(row(&desk, "shut/inside.md").contains("hidden with its section"));
}

#[test]
fn pages_are_filtered_and_sorted_by_an_address_alone() {
    let site = site_with_every_state();
    let preview = preview(site.path());
    let listed = |query: &str| files(&preview.get(&format!("/_desk/?{query}")).body);
    assert_eq!(listed("state=draft"), ["shut/_index.md", "sketch.md"]);
    assert_eq!(listed("state=scheduled"), ["later.md"]);
    assert_eq!(listed("state=expired"), ["over.md"]);
    assert_eq!(listed("state=hidden"), ["shut/inside.md"]);
    assert_eq!(listed("state=overdue"), ["old.md"]);
    assert_eq!(listed("state=changed"), ["moved.md"]);
    assert_eq!(listed("state=stale"), ["two.es.md", "two.md"]);
    assert_eq!(listed("section=shut"), ["shut/inside.md", "shut/_index.md"]);
    assert_eq!(
        listed("language=es&sort=words"),
        ["kept.es.md", "two.es.md"]
    );
    assert_eq!(listed("q=SKET"), ["sketch.md"]);
    assert_eq!(listed("q=nothing+like+it"), [] as [&str; 0]);
    let order = |query: &str| {
        let files = listed(query);
        let place = |name: &str| files.iter().position(|file| file == name).expect(query);
        (place("plain.md"), place("sketch.md"), place("kept.md"))
    };
    let (plain, sketch, kept) = order("");
    assert!(kept < plain && plain < sketch);
    let (plain, sketch, kept) = order("turned=yes");
    assert!(sketch < plain && plain < kept);
    let (plain, sketch, kept) = order("sort=in");
    assert!(kept < plain && kept < sketch);
    let (plain, sketch, kept) = order("sort=out");
    assert!(plain < kept && plain < sketch);
    assert_eq!(listed("sort=age").len(), listed("").len());
}

#[test]
fn a_page_of_the_desk_tells_all_of_a_text() {
    let site = site_with_every_state();
    let preview = preview(site.path());
    let shown = |file: &str| {
        text(
            &preview
                .get(&format!("/_desk/page/?file=content/{file}"))
                .body,
        )
    };
    let kept = shown("kept.md");
    assert!(kept.contains("To this page Plain line"), "{kept}");
    assert!(kept.contains("Outline Rest line 6"), "{kept}");
    assert!(kept.contains("1 November 2026 by The keeper"), "{kept}");
    let plain = shown("plain.md");
    assert!(
        plain.contains("From this page Kept line 10 Old#rest line 10"),
        "{plain}"
    );
    let moved = shown("moved.md");
    assert!(
        moved.contains("Since its last review: the section rest has changed"),
        "{moved}"
    );
    let two = shown("two.es.md");
    assert!(
        two.contains("Its source has changed in 1 place since."),
        "{two}"
    );
    assert!(
        two.contains("changed since Rest well. line 8 Rest a while. line 8"),
        "{two}"
    );
    let nowhere = preview.get("/_desk/page/?file=content/%3Cscript%3E.md");
    assert_eq!(nowhere.status(), "404");
    assert!(
        nowhere.body.contains("&lt;script&gt;.md"),
        "{}",
        nowhere.body
    );
    assert_eq!(preview.get("/_desk/nothing/").status(), "404");
    assert!(
        preview
            .get("/_desk")
            .head
            .contains("\r\nlocation: /_desk/\r\n")
    );
}

#[test]
fn the_switches_show_drafts_and_other_days_to_this_computer_alone() {
    let site = site_with_every_state();
    let preview = preview(site.path());
    let here = format!("http://{}", preview.address);
    let look = |form: &str, origin: Option<&str>| look(&preview, form, origin);
    for origin in [None, Some("http://evil.example"), Some("null")] {
        assert_eq!(look("drafts=on", origin).status(), "403", "{origin:?}");
    }
    assert_eq!(
        preview.ask("POST", "/_desk/look", "evil.example").status(),
        "403"
    );
    let origin = [("Origin", here.as_str())];
    let posted = preview.tell("POST", "/_desk/", &origin, "");
    assert_eq!(posted.status(), "405");
    assert_eq!(preview.get("/sketch/").status(), "404");
    assert!(!preview.get("/plain/").body.contains("desk-note"));

    let answer = look("drafts=on&back=/_desk/%3Fstate%3Ddraft", Some(&here));
    assert_eq!(answer.status(), "303");
    assert!(
        answer
            .head
            .contains("\r\nlocation: /_desk/?state=draft\r\n"),
        "{}",
        answer.head
    );
    let sketch = preview.get("/sketch/");
    assert_eq!(sketch.status(), "200");
    let note = "Shown with drafts, scheduled and expired pages too. Change this";
    assert!(text(&sketch.body).contains(note), "{}", sketch.body);
    assert!(sketch.head.contains("style-src 'self'"), "{}", sketch.head);

    assert_eq!(
        look("day=2026-12-24&back=//evil.example", Some(&here)).status(),
        "303"
    );
    assert_eq!(preview.get("/sketch/").status(), "404");
    let later = preview.get("/later/");
    assert_eq!(later.status(), "200");
    assert!(
        text(&later.body).contains("Shown as it will be on 24 December 2026."),
        "{}",
        later.body
    );
    let desk = preview.get("/_desk/").body;
    assert!(text(&desk).contains(
        "Shown as it will be on 24 December 2026. Readers do not see it like this today."
    ));
    assert_eq!(
        files(&preview.get("/_desk/?state=scheduled").body),
        [] as [&str; 0]
    );

    let no_day = look("day=2026-02-30", Some(&here));
    assert_eq!(no_day.status(), "400");
    assert!(no_day.body.contains("That is not a day"));
    assert_eq!(look("", Some(&here)).status(), "303");
    assert_eq!(preview.get("/later/").status(), "404");
}

#[test]
fn the_calendar_tells_what_changes_by_itself() {
    let site = site_with_every_state();
    let preview = preview(site.path());
    let calendar = text(&preview.get("/_desk/calendar/").body);
    for line in [
        "24 December 2026 Later is published See that day",
        "1 February 2027 Leaving expires and is published no longer See that day",
        "1 review is overdue already.",
    ] {
        assert!(calendar.contains(line), "{line}: {calendar}");
    }
    assert!(!calendar.contains("Sketch"), "{calendar}");
}

#[test]
fn what_a_build_would_change_is_told_word_by_word() {
    let site = site_with_every_state();
    let preview = preview(site.path());
    let publish = || text(&preview.get("/_desk/publish/").body);
    let wait = |words: &str| {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if publish().contains(words) {
                return;
            }
        }
        panic!("no {words:?} in {}", publish());
    };
    wait("There is no build there to compare with.");
    said(site.path(), &["build", "--today", TODAY]);
    wait("Nothing would change:");
    put(
        site.path(),
        "content/plain.md",
        &page("Plain", "").replace("a while.", "a while with tea."),
    );
    put(site.path(), "content/fresh.md", &page("Fresh", ""));
    fs::remove_file(site.path().join("content/leaving.md")).expect("removed");
    wait("Changed: Rest a while. while with tea.");
    wait("New pages 2 /es/fresh/ /fresh/");
    wait("Pages that will be gone 2 /es/leaving/ /leaving/");
    // Whatever the preview shows, it is today's site without drafts that would be published.
    let here = format!("http://{}", preview.address);
    look(&preview, "drafts=on&day=2027-01-01", Some(&here));
    wait("New pages 2 /es/fresh/ /fresh/");
    // With an error, nothing would be.
    put(
        site.path(),
        "content/fresh.md",
        "---\ntitle: Fresh\n---\n\n[x](nowhere.md)\n",
    );
    wait("Nothing would be published: the site has 1 error");
    let problems = text(&preview.get("/_desk/problems/").body);
    assert!(
        problems.contains("broken-link once in 1 file"),
        "{problems}"
    );
    assert!(problems.contains("content/fresh.md:5:5"), "{problems}");
}

#[test]
fn nothing_of_the_desk_is_published() {
    let site = site_with_every_state();
    let preview = preview(site.path());
    assert_eq!(preview.get("/_desk/desk.css").status(), "200");
    said(site.path(), &["build", "--today", TODAY]);
    let manifest =
        fs::read_to_string(site.path().join("public/.afterword-manifest.json")).expect("there");
    assert!(!manifest.contains("_desk"), "{manifest}");
    let page = fs::read_to_string(site.path().join("public/plain/index.html")).expect("there");
    assert!(
        !page.contains("_desk") && !page.contains("desk-note"),
        "{page}"
    );
}
