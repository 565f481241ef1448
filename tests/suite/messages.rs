//! How messages reach those who mend them: the formats of `check`, and `explain`.

use serde_json::Value;

use crate::cli::{new_site, put, run};

const PAGE: &str = "---\ntitle: Walks\n---\n\nSee [where to walk](nowhere.md), and 𝄞 [when to rest](gone.md).\n\n\
                    <!-- allow unused-footnote: kept, with 100 % of its words -->\n\n\
                    [^a]: Nobody asks for this.\n";

#[test]
fn sarif_tells_what_is_found_and_what_is_excepted() {
    let site = new_site();
    put(site.path(), "content/resting/walks.md", PAGE);
    let checked = run(site.path(), &["check", "--format", "sarif"]);
    assert_eq!((checked.code, checked.err.as_str()), (Some(1), ""));
    let log: Value = serde_json::from_str(&checked.out).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let told: Vec<_> = results
        .iter()
        .map(|result| {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            let at = |key: &str| region[key].as_u64().expect("a number");
            let reason = result["suppressions"][0]["justification"].as_str();
            let rule = result["ruleId"].as_str().expect("a rule");
            (rule, at("startLine"), at("startColumn"), reason)
        })
        .collect();
    let reason = Some("kept, with 100 % of its words");
    assert_eq!(
        told,
        [
            ("broken-link", 5, 21, None),
            ("broken-link", 5, 56, None),
            ("unused-footnote", 9, 1, reason),
        ]
    );
}

#[test]
fn github_shows_each_finding_beside_its_line() {
    let site = new_site();
    put(site.path(), "content/resting/walks.md", PAGE);
    let folder = site.path().parent().expect("a folder");
    let name = site.path().file_name().expect("a name").to_string_lossy();
    let checked = run(folder, &["check", "--format", "github", "--site", &name]);
    assert_eq!(checked.code, Some(1));
    let lines: Vec<_> = checked.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", checked.out);
    assert!(
        lines[0].starts_with(&format!(
            "::error file={name}/content/resting/walks.md,line=5,endLine=5,col=21,endColumn=31,\
             title=broken-link::no page at `nowhere.md`%0AHelp: "
        )),
        "{}",
        lines[0]
    );
    assert_eq!(checked.err, "2 errors\n");
}

#[test]
fn a_message_ends_with_a_way_to_read_more_said_once() {
    let site = new_site();
    put(site.path(), "content/resting/walks.md", PAGE);
    let checked = run(site.path(), &["check"]);
    assert_eq!(checked.err.matches("afterword explain").count(), 1);
    assert!(
        checked
            .err
            .ends_with("2 errors\nTo read more about a message: `afterword explain broken-link`\n"),
        "{}",
        checked.err
    );
}

#[test]
fn explain_prints_a_page_all_pages_or_the_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let explain = |words: &[&str]| {
        let told = run(folder.path(), &[&["explain"], words].concat());
        assert_eq!((told.code, told.err.as_str()), (Some(0), ""));
        told.out
    };
    let page = explain(&["broken-link"]);
    assert!(page.starts_with("# `broken-link`\n\n"), "{page}");
    assert_eq!(explain(&["error[broken-link]"]), page);
    let all = explain(&["--all"]);
    assert!(all.contains("\n## `broken-link`\n") && all.contains("\n## `syntax`\n"));
    let list = explain(&[]);
    assert!(list.contains("\n  broken-link"), "{list}");
    assert!(!list.contains('\u{1b}'));
}

#[test]
fn explain_of_what_is_no_message_says_what_is_near() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = run(folder.path(), &["explain", "brokn-link"]);
    assert_eq!(told.code, Some(2));
    assert!(
        told.err.contains("did you mean `broken-link`?"),
        "{}",
        told.err
    );
}
