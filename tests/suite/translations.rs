//! `afterword translated`, from the first record to a check that finds what has moved on.

use std::fs;

use crate::cli::{Run, new_site, put, run};

const SOURCE: &str = "---\ntitle: A nap\n---\n\nLie down.\n\nGet up.\n";
const TRANSLATION: &str = "---\ntitle: Una siesta\n---\n\nÉchate.\n\nLevántate.\n";

/// A site with a translation.
fn site() -> tempfile::TempDir {
    let site = new_site();
    let settings = fs::read_to_string(site.path().join("site.toml")).expect("there");
    let settings = settings + "\n[languages.es]\ntitle = \"Descansar\"\n";
    put(site.path(), "site.toml", &settings);
    put(site.path(), "content/nap.md", SOURCE);
    put(site.path(), "content/nap.es.md", TRANSLATION);
    site
}

fn records(site: &tempfile::TempDir) -> String {
    fs::read_to_string(site.path().join("content/translations.yaml")).unwrap_or_default()
}

/// What a check finds, a line each: the code, the line in the translation and the message.
fn found(site: &tempfile::TempDir) -> Vec<String> {
    let checked = run(site.path(), &["check", "--format", "json"]);
    let lines = checked.out.lines().filter_map(|line| {
        let finding: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let code = finding["code"].as_str()?.to_owned();
        code.contains("translat")
            .then(|| format!("{code} {}", finding["start"]["line"]))
    });
    lines.collect()
}

#[track_caller]
fn done(made: &Run) {
    assert_eq!(
        (made.code, made.err.as_str()),
        (Some(0), ""),
        "{}",
        made.out
    );
}

#[test]
fn a_translation_is_written_down_and_then_followed() {
    let site = site();
    assert_eq!(found(&site), ["unrecorded-translation 2"]);
    done(&run(
        site.path(),
        &["translated", "nap.es", "--on", "2026-01-02"],
    ));
    assert!(records(&site).contains("- page: nap.es.md\n  on: 2026-01-02\n"));
    assert_eq!(found(&site), [""; 0]);

    put(
        site.path(),
        "content/nap.md",
        &SOURCE.replace("Get up.", "Get up slowly."),
    );
    assert_eq!(found(&site), ["stale-translation 7"]);
    let listed = run(site.path(), &["reviews"]);
    let mut lines = listed.out.lines();
    let line = lines
        .find(|line| line.contains("nap.es.md"))
        .expect("listed");
    assert!(
        line.ends_with("awaits review; its source has changed in 1 place"),
        "{line}"
    );

    let mine = format!("# Mine.\n{}# The end.\n", records(&site));
    put(site.path(), "content/translations.yaml", &mine);
    done(&run(
        site.path(),
        &["translated", "--all", "--on", "2026-03-04"],
    ));
    assert_eq!(found(&site), [""; 0]);
    let after = records(&site);
    assert!(
        after.starts_with("# Mine.\n") && after.ends_with("# The end.\n"),
        "{after}"
    );
    assert!(
        after.contains("on: 2026-03-04") && !after.contains("2026-01-02"),
        "{after}"
    );
}

#[test]
fn a_draft_is_not_meant_by_all_and_may_be_named() {
    let site = site();
    let draft = TRANSLATION.replace("title:", "draft: true\ntitle:");
    put(site.path(), "content/nap.es.md", &draft);
    let refused = run(site.path(), &["translated", "--all"]);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    done(&run(site.path(), &["translated", "nap.es.md"]));
    assert!(records(&site).contains("nap.es.md"));
}

#[test]
fn what_cannot_be_written_down_is_refused_and_nothing_is_written() {
    let site = site();
    put(site.path(), "content/short.md", SOURCE);
    put(
        site.path(),
        "content/short.es.md",
        "---\ntitle: Breve\n---\n\nÉchate.\n",
    );
    for (words, code, message) in [
        (&["nap.md"][..], 2, "`nap.md` is no translation"),
        (&["nap.fr.md"], 2, "did you mean `nap.es.md`?"),
        (&["nap.es.md", "--by", "nobody"], 2, "nobody has the id"),
        (
            &["nap.es.md", "--by", "example-team"],
            2,
            "an invented example",
        ),
        (&["nap.es.md", "--on", "9000-01-01"], 2, "still to come"),
        (
            &["nap.es.md", "short.es.md"],
            1,
            "is not built like `short.md`",
        ),
        (&[], 2, "<PAGE>"),
    ] {
        let refused = run(site.path(), &[&["translated"], words].concat());
        assert_eq!(refused.code, Some(code), "{words:?} {}", refused.err);
        assert!(refused.err.contains(message), "{words:?} {}", refused.err);
    }
    assert_eq!(records(&site), "");
    done(&run(
        site.path(),
        &["translated", "short.es.md", "--uneven"],
    ));
    assert!(records(&site).contains("  uneven: true\n"));
    assert_eq!(found(&site), ["unrecorded-translation 2"], "the other one");
}
