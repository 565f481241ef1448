//! The command line as a person at a shell meets it: what it prints where, and how it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What a run printed and how it ended.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The program with its words, in a folder, with nothing in its surroundings that asks for colours.
pub fn afterword(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
    command.current_dir(folder).args(words);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

pub fn run(folder: &Path, words: &[&str]) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = afterword(folder, words)
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run {
        code: status.code(),
        out: text(stdout),
        err: text(stderr),
    }
}

/// A folder that holds the site of `afterword new site`.
pub fn new_site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let made = run(folder.path(), &["new", "site", "."]);
    assert_eq!(
        (made.code, made.err.as_str()),
        (Some(0), ""),
        "{}",
        made.out
    );
    folder
}

/// Adds a page to a site.
pub fn put(folder: &Path, file: &str, text: &str) {
    fs::write(folder.join(file), text).expect("written");
}

#[test]
fn schemas_are_listed_printed_and_put_beside_a_site() {
    let site = new_site();
    let listed = run(site.path(), &["schema"]);
    assert_eq!(listed.code, Some(0));
    assert!(
        listed
            .out
            .contains("front-matter   the keys at the top of an article")
    );
    let printed = run(site.path(), &["schema", "people"]);
    assert!(printed.out.contains("draft-07"), "{}", printed.out);
    let unknown = run(site.path(), &["schema", "peeple"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.err.contains("there is no schema `peeple`"),
        "{}",
        unknown.err
    );
    // A new site has them; a second time nothing is left to do.
    let written = run(site.path(), &["schema", "--write"]);
    assert_eq!(written.code, Some(0), "{}", written.err);
    assert!(
        written
            .out
            .lines()
            .all(|line| line.starts_with("as it was ")),
        "{}",
        written.out
    );
    // What an author has written in a file stays, and it is said what to add.
    let settings = site.path().join(".vscode/settings.json");
    fs::write(&settings, "{ // ours\n}\n").expect("written");
    let written = run(site.path(), &["schema", "--write"]);
    assert!(
        written.out.contains("left alone  .vscode/settings.json"),
        "{}",
        written.out
    );
    assert!(written.out.contains("Put this into it:"), "{}", written.out);
    assert_eq!(
        fs::read_to_string(settings).expect("there"),
        "{ // ours\n}\n"
    );
}

const BROKEN_PAGE: &str = "---\ntitle: Broken\n---\n\nSee [there](nowhere.md).\n";
const DOUBTFUL_PAGE: &str = "---\ntitle: Doubtful\n---\n\nWords.\n\n[^a]: Nobody asks for this.\n";

#[test]
fn every_command_explains_itself_with_examples() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in [
        &[][..],
        &["build"],
        &["check"],
        &["preview"],
        &["new"],
        &["new", "site"],
        &["new", "page"],
        &["review"],
        &["reviews"],
        &["reading"],
        &["completions"],
    ] {
        let help = run(folder.path(), &[command, &["--help"]].concat());
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""), "{command:?}");
        assert!(
            help.out.contains("EXAMPLES\n  afterword "),
            "{command:?}: {}",
            help.out
        );
    }
}

#[test]
fn a_folder_without_a_site_is_met_with_the_way_to_make_one() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in [
        &["build"][..],
        &["check"],
        &["preview"],
        &["new", "page", "a/b"],
        &["review", "a", "--by", "jo"],
        &["reviews"],
        &["reading"],
    ] {
        let refused = run(folder.path(), words);
        assert_eq!(
            (refused.code, refused.out.as_str()),
            (Some(2), ""),
            "{words:?}"
        );
        assert!(
            refused.err.starts_with("error: there is no site here"),
            "{}",
            refused.err
        );
        assert!(
            refused.err.contains("`afterword new site DIR`"),
            "{}",
            refused.err
        );
    }
    let refused = run(folder.path(), &["build", "--site", "nope"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.err.starts_with("error: there is no folder `nope`"),
        "{}",
        refused.err
    );
}

#[test]
fn a_new_site_builds_at_once_without_a_warning() {
    let site = new_site();
    let built = run(site.path(), &["build"]);
    assert_eq!(
        (built.code, built.err.as_str()),
        (Some(0), ""),
        "{}",
        built.out
    );
    assert!(
        built.out.starts_with("Built ") && built.out.ends_with(", no warnings\n"),
        "{}",
        built.out
    );
    assert!(site.path().join("public/index.html").exists());
    let again = run(site.path(), &["build"]);
    assert!(again.out.contains(" unchanged)"), "{}", again.out);
    let checked = run(site.path(), &["check", "--strict"]);
    assert_eq!(
        (checked.code, checked.err.as_str()),
        (Some(0), ""),
        "{}",
        checked.out
    );
    assert!(checked.out.starts_with("Checked "), "{}", checked.out);
}

#[test]
fn a_new_site_is_never_made_among_other_files() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "notes.txt", "mine");
    let refused = run(folder.path(), &["new", "site", "."]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(3), ""));
    assert!(
        refused.err.contains("it holds `notes.txt`"),
        "{}",
        refused.err
    );
    assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1);
}

#[test]
fn a_new_page_of_each_kind_is_sound_and_never_replaces_another() {
    let site = new_site();
    for kind in ["article", "page", "faq"] {
        let name = format!("try-{kind}");
        let made = run(site.path(), &["new", "page", &name, "--kind", kind]);
        assert_eq!(
            (made.code, made.err.as_str()),
            (Some(0), ""),
            "{}",
            made.out
        );
        assert!(
            made.out.contains(&format!("`content/{name}.md`")),
            "{}",
            made.out
        );
        let file = site.path().join(format!("content/{name}.md"));
        let text = fs::read_to_string(&file).expect("there");
        assert!(text.contains(&format!("Try {kind}")), "{text}");
        let again = run(site.path(), &["new", "page", &name, "--kind", kind]);
        assert_eq!(again.code, Some(3), "{}", again.err);
        assert_eq!(fs::read_to_string(&file).expect("there"), text);
    }
    let checked = run(site.path(), &["check", "--drafts"]);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
}

#[test]
fn a_new_page_in_another_language_needs_a_site_that_has_it() {
    let site = new_site();
    let refused = run(site.path(), &["new", "page", "resting/a-walk.es"]);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(refused.err.contains("no language `es`"), "{}", refused.err);
    assert!(!site.path().join("content/resting/a-walk.es.md").exists());
    let settings = site.path().join("site.toml");
    let text = fs::read_to_string(&settings).expect("there");
    fs::write(&settings, format!("{text}\n[languages.es]\n")).expect("written");
    let made = run(site.path(), &["new", "page", "resting/a-walk.es"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert!(made.out.contains("`/es/resting/a-walk/`"), "{}", made.out);
}

#[test]
fn a_site_with_errors_is_not_published_and_ends_with_one() {
    let site = new_site();
    put(site.path(), "content/broken.md", BROKEN_PAGE);
    let refused = run(site.path(), &["build"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(1), ""));
    assert!(
        refused.err.contains("error[broken-link]: "),
        "{}",
        refused.err
    );
    assert!(
        refused.err.contains(" --> content/broken.md:5:"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("\n1 error\n"), "{}", refused.err);
    assert!(!site.path().join("public").exists());
}

#[test]
fn warnings_fail_only_a_strict_check() {
    let site = new_site();
    put(site.path(), "content/doubtful.md", DOUBTFUL_PAGE);
    let checked = run(site.path(), &["check"]);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    assert!(checked.out.ends_with(", 1 warning\n"), "{}", checked.out);
    assert!(
        checked.err.contains("warning[unused-footnote]: "),
        "{}",
        checked.err
    );
    assert_eq!(run(site.path(), &["check", "--strict"]).code, Some(1));
    assert_eq!(run(site.path(), &["build"]).code, Some(0));
}

#[test]
fn a_check_for_other_programs_is_one_object_a_line_and_nothing_else() {
    let site = new_site();
    assert_eq!(run(site.path(), &["check", "--format", "json"]).out, "");
    put(site.path(), "content/broken.md", BROKEN_PAGE);
    put(site.path(), "content/doubtful.md", DOUBTFUL_PAGE);
    let checked = run(site.path(), &["check", "--format", "json"]);
    assert_eq!((checked.code, checked.err.as_str()), (Some(1), ""));
    let found: Vec<serde_json::Value> = checked
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(found.len(), 2, "{}", checked.out);
    assert_eq!(found[0]["code"], "broken-link");
    assert_eq!(found[0]["file"], "content/broken.md");
    assert_eq!(found[0]["start"]["line"], 5);
    assert_eq!(found[1]["severity"], "warning");
}

#[test]
fn words_of_others_are_found_whatever_the_marks_around_them() {
    let site = new_site();
    let theirs = tempfile::tempdir().expect("a folder");
    put(
        theirs.path(),
        "article.txt",
        "They say: a short walk after supper can end a long day well.",
    );
    let own = "---\ntitle: A walk\n---\n\nA *short* [walk](../_index.md) after supper,\ncan END a long day.\n\nA short walk after supper can end.\n";
    put(site.path(), "content/resting/walks.md", own);
    let folder = theirs.path().to_str().expect("UTF-8");
    let found = run(site.path(), &["check", "--against", folder]).err;
    assert!(
        found.contains("warning[borrowed-words]: 10 words in a row are those of `article.txt`\n --> content/resting/walks.md:5:1\n"),
        "{found}"
    );
    assert_eq!(found.matches("[borrowed-words]").count(), 1, "{found}");
    assert_eq!(run(site.path(), &["check"]).err, "");
    let nowhere = run(site.path(), &["check", "--against", "nowhere"]);
    assert_eq!(nowhere.code, Some(3));
    assert!(
        nowhere.err.contains("no such file or folder"),
        "{}",
        nowhere.err
    );
}

#[test]
fn words_that_make_no_sense_end_with_two() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in [
        &["build", "--today", "2026-13-01"][..],
        &["build", "--threads", "0"],
        &["check", "--format", "xml"],
        &["preview", "--port", "70000"],
        &["new", "page", "Caring/Low Mood"],
        &["new", "page", "a/b", "--kind", "poem"],
        &["biuld"],
        &[],
    ] {
        assert_eq!(run(folder.path(), words).code, Some(2), "{words:?}");
    }
}

#[test]
fn what_the_machine_denies_ends_with_three() {
    let site = new_site();
    put(site.path(), "taken", "a file");
    let denied = run(site.path(), &["build", "--out", "taken"]);
    assert_eq!((denied.code, denied.out.as_str()), (Some(3), ""));
    assert!(denied.err.starts_with("error: cannot "), "{}", denied.err);
    assert_eq!(
        fs::read_to_string(site.path().join("taken")).expect("there"),
        "a file"
    );
}

#[test]
fn colours_go_to_terminals_and_to_those_who_insist() {
    let site = new_site();
    put(site.path(), "content/broken.md", BROKEN_PAGE);
    assert!(!run(site.path(), &["build"]).err.contains('\u{1b}'));
    let insisted = afterword(site.path(), &["build"])
        .env("CLICOLOR_FORCE", "1")
        .output()
        .expect("the program starts");
    assert!(insisted.stderr.contains(&0x1b));
}

#[test]
fn a_reader_that_goes_away_is_no_reason_to_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = afterword(folder.path(), &["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn one_thread_or_many_give_the_same_files() {
    let site = new_site();
    for (out, threads) in [("one", "1"), ("many", "7")] {
        let built = run(site.path(), &["build", "--out", out, "--threads", threads]);
        assert_eq!(built.code, Some(0), "{}", built.err);
    }
    let read = |out: &str| fs::read(site.path().join(out).join("index.html")).expect("there");
    assert_eq!(read("one"), read("many"));
}

const REVIEWER: &str = "- {id: jo, name: Jo Example, credentials: MSc}\n";

/// A new site with somebody who may review.
fn site_with_reviewer() -> tempfile::TempDir {
    let site = new_site();
    let people = site.path().join("content/people.yaml");
    let text = fs::read_to_string(&people).expect("there");
    fs::write(&people, text + REVIEWER).expect("written");
    site
}

fn reviews_file(site: &tempfile::TempDir) -> String {
    fs::read_to_string(site.path().join("content/reviews.yaml")).unwrap_or_default()
}

#[test]
fn a_review_is_put_after_those_that_are_there() {
    let site = site_with_reviewer();
    let page = "resting/a-short-rest-by-day";
    let by = ["--by", "jo", "--on", "2026-05-01"];
    let made = run(site.path(), &[&["review", page], &by[..]].concat());
    assert_eq!(
        (made.code, made.err.as_str()),
        (Some(0), ""),
        "{}",
        made.out
    );
    assert!(made.out.contains("due on 2028-05-01"), "{}", made.out);
    let first = reviews_file(&site);
    assert!(first.starts_with("# "), "{first}");
    let mine = format!("{first}# My own words.\n");
    put(site.path(), "content/reviews.yaml", &mine);
    for (named, due) in [
        ("content/questions.md", "2027-01-01"),
        ("/questions/", "2027-01-02"),
        ("https://example.org/questions/#one", "2027-01-03"),
    ] {
        let other_day = [
            "--by",
            "jo",
            "--on",
            &due.replace("2027", "2025"),
            "--due",
            due,
        ];
        let made = run(site.path(), &[&["review", named], &other_day[..]].concat());
        assert_eq!(made.code, Some(0), "{}", made.err);
    }
    let all = reviews_file(&site);
    assert!(all.starts_with(&mine), "{all}");
    assert_eq!(all.matches("- page: questions.md\n").count(), 3, "{all}");
    let again = run(site.path(), &[&["review", page], &by[..]].concat());
    assert_eq!(again.code, Some(2), "{}", again.err);
    assert_eq!(reviews_file(&site), all);
}

#[test]
fn a_review_that_cannot_be_is_refused_and_nothing_is_written() {
    let site = site_with_reviewer();
    put(site.path(), "content/broken.md", BROKEN_PAGE);
    for (words, code, message) in [
        (
            &["review", "question", "--by", "jo"][..],
            2,
            "did you mean `questions.md`?",
        ),
        (
            &["review", "questions", "--by", "jp"],
            2,
            "did you mean `jo`?",
        ),
        (
            &["review", "questions", "--by", "example-team"],
            2,
            "an invented example",
        ),
        (
            &["review", "questions", "--by", "jo", "--on", "9000-01-01"],
            2,
            "still to come",
        ),
        (
            &[
                "review",
                "questions",
                "--by",
                "jo",
                "--on",
                "2026-01-02",
                "--due",
                "2026-01-02",
            ],
            2,
            "not after this one",
        ),
        (
            &["review", "broken", "--by", "jo"],
            1,
            "error[broken-link]: ",
        ),
    ] {
        let refused = run(site.path(), words);
        assert_eq!(
            (refused.code, refused.out.as_str()),
            (Some(code), ""),
            "{words:?}"
        );
        assert!(refused.err.contains(message), "{}", refused.err);
    }
    assert_eq!(reviews_file(&site), "");
}

#[test]
fn the_pages_that_need_review_are_listed_soonest_first() {
    let site = site_with_reviewer();
    for (page, on) in [
        ("questions", "2026-05-01"),
        ("resting/a-short-rest-by-day", "2026-03-01"),
    ] {
        let made = run(site.path(), &["review", page, "--by", "jo", "--on", on]);
        assert_eq!(made.code, Some(0), "{}", made.err);
    }
    let on = |day: &str, more: &[&str]| {
        let listed = run(site.path(), &[&["reviews", "--today", day], more].concat());
        assert_eq!(
            (listed.code, listed.err.as_str()),
            (Some(0), ""),
            "{more:?}"
        );
        listed.out
    };
    let all = on("2026-06-15", &[]);
    let lines: Vec<_> = all.lines().collect();
    assert!(
        lines[0].starts_with("2028-03-01  resting/a-short-rest-by-day.md"),
        "{all}"
    );
    assert!(lines[1].starts_with("2028-05-01  questions.md"), "{all}");
    assert!(lines[2].ends_with("awaits review"), "{all}");
    let soon = on("2028-03-20", &["--due-within", "30", "--format", "json"]);
    let found: Vec<serde_json::Value> = soon
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(found.len(), 1, "{soon}");
    assert_eq!(found[0]["state"], "overdue");
    assert_eq!(found[0]["due"], "2028-03-01");
    on("2026-06-15", &["--calendar", "days.ics"]);
    let calendar = fs::read_to_string(site.path().join("days.ics")).expect("there");
    assert_eq!(
        calendar.matches("BEGIN:VEVENT\r\n").count(),
        2,
        "{calendar}"
    );
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20280301\r\nSUMMARY:Review due: A short rest\r\n"),
        "{calendar}"
    );
    assert_eq!(
        calendar.matches('\n').count(),
        calendar.matches("\r\n").count()
    );
}

#[test]
fn pages_are_listed_by_how_hard_they_are_to_read() {
    let site = new_site();
    let page = |text: &str, times| format!("---\ntitle: A\n---\n\n{}", text.repeat(times));
    put(
        site.path(),
        "content/easy.md",
        &page("The cat sat on a mat. ", 20),
    );
    let hard = "Considerable rehabilitation necessitates responsibility. ";
    put(site.path(), "content/hard.md", &page(hard, 30));
    put(site.path(), "content/short.md", &page(hard, 2));
    let listed = |more: &[&str]| {
        let listed = run(site.path(), &[&["reading"], more].concat());
        assert_eq!(
            (listed.code, listed.err.as_str()),
            (Some(0), ""),
            "{more:?}"
        );
        listed.out
    };
    let table = listed(&[]);
    let row = |page: &str| {
        let mut rows = table
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>());
        rows.find(|row| row[0] == page).expect("the page is listed")
    };
    assert!(
        table
            .lines()
            .nth(1)
            .is_some_and(|line| line.starts_with("hard.md")),
        "{table}"
    );
    // 0.39 · 6 + 11.8 - 15.59 is below the first grade; 0.0588 · 266.7 - 0.296 · 16.7 - 15.8 too.
    assert_eq!(
        row("easy.md"),
        [
            "easy.md", "120", "20", "6.0", "0", "6", "5.0", "5.0", "line", "5", "(5.0)"
        ]
    );
    assert_eq!(row("short.md")[6], "-", "too short to have an age");
    assert!(table.contains("; median ages "), "{table}");
    let json = listed(&["--format", "json"]);
    let easy = json.lines().find(|line| line.contains("\"easy.md\""));
    let easy: serde_json::Value = serde_json::from_str(easy.expect("it is listed")).expect("JSON");
    assert_eq!(easy["words"], 120);
    assert_eq!(easy["ages"]["Coleman-Liau"], 5.0);
    assert_eq!(easy["hardest"]["line"], 5);
}
