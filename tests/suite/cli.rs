//! The command line as a person at a shell meets it: what it prints where, and how it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What a run printed and how it ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
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

fn run(folder: &Path, words: &[&str]) -> Run {
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
