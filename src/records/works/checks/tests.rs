//! Entries with mistakes, and what is said of them.

use super::*;
use crate::diagnostic;
use crate::path::SourcePath;
use crate::records::works::bibtex;

fn findings(text: &str) -> Vec<String> {
    let path = SourcePath::new("content/references.bib").expect("sound");
    let mut findings = Vec::new();
    let works = bibtex::read(&path, text, &mut findings);
    let works = without_duplicates(works, &mut findings);
    check(&works, false, &mut findings);
    findings
        .iter()
        .map(|finding| {
            let shown = diagnostic::shown(finding, text);
            format!("{shown}: {}", finding.message)
        })
        .collect()
}

#[track_caller]
fn check_text(text: &str, expected: &[&str]) {
    assert_eq!(findings(text), expected, "{text}");
}

const WHOLE: &str = "author={Doe, J.}, title={A long enough title}, journal={J}, year=2014";

#[test]
fn a_whole_work_is_fine() {
    check_text(
        &format!(
            "@article{{a, {WHOLE}, doi={{doi:10.1000/182.}}, url={{https://doi.org/10.1000/182}}, pages={{1391-402}}, urldate={{2014}}}}"
        ),
        &[],
    );
    check_text("@report{a, title={T}, institution={Inst}, year=2014}", &[]);
    check_text("@book{a, title={T}, author={D}, year={in press}}", &[]);
}

#[test]
fn one_key_or_one_work_twice_is_found() {
    check_text(
        &format!("@article{{a, {WHOLE}}}\n@article{{a, {WHOLE}}}"),
        &["duplicate \"a\": two works have the key `a`"],
    );
    check_text(
        &format!(
            "@article{{a, {WHOLE}}}\n@book{{b, title={{A LONG, enough {{Title}}}}, author={{Doe, Jane}}, year=2014}}"
        ),
        &["duplicate-work \"A LONG, enough {Title}\": `a` and `b` have the same title and year"],
    );
    check_text(
        &format!(
            "@article{{a, {WHOLE}, doi={{10.1000/A}}}}\n@article{{b, {WHOLE}, doi={{10.1000/a}}}}"
        ),
        &["duplicate-work \"10.1000/a\": `a` and `b` have the same DOI"],
    );
    check_text(
        &format!(
            "@article{{a, {WHOLE}, doi={{10.1000/1}}}}\n@article{{b, {WHOLE}, doi={{10.1000/2}}}}"
        ),
        &[],
    );
}

#[test]
fn short_titles_are_alike_when_author_year_and_numbers_are() {
    let entry = |key: &str, more: &str| {
        format!("@article{{{key}, author={{Doe, J.}}, journal={{J}}, year=2014, {more}}}\n")
    };
    for (first, second, is_alike) in [
        ("title={Rest by day}", "title={Rest by day.}", true),
        (
            "title={Editorial}, volume=1",
            "title={Editorial}, volume=2",
            false,
        ),
        (
            "title={Editorial}, volume=1",
            "title={Editorial}, volume=1",
            true,
        ),
        ("title={…}", "title={?}", false),
    ] {
        let found = findings(&(entry("a", first) + &entry("b", second)));
        assert_eq!(!found.is_empty(), is_alike, "{first} / {second}: {found:?}");
    }
    check_text(
        "@book{a, title={Rest by day}, publisher={P}, year=2014}\n\
         @book{b, title={Rest by day}, publisher={P}, year=2014}",
        &[],
    );
}

#[test]
fn of_two_entries_the_first_is_the_one_that_stands_above() {
    let text = format!(
        "@article{{b, {WHOLE}, doi={{10.1000/1}}}}\n@article{{a, {WHOLE}, doi={{10.1000/1}}}}"
    );
    let path = SourcePath::new("content/references.bib").expect("sound");
    let mut works = bibtex::read(&path, &text, &mut Vec::new());
    works.sort_by(|a, b| a.key.value.cmp(&b.key.value));
    let mut findings = Vec::new();
    check(&works, false, &mut findings);
    let labels: Vec<_> = findings[0]
        .labels
        .iter()
        .map(|label| label.text.as_str())
        .collect();
    assert_eq!(labels, ["the second", "the first"]);
    assert!(findings[0].labels[0].span > findings[0].labels[1].span);
}

#[test]
fn a_title_that_says_withdrawn_needs_a_status() {
    for (title, is_found) in [
        ("RETRACTED: A long enough title", true),
        ("Retracted article: A long enough title", true),
        ("[Withdrawn] A long enough title", true),
        ("Retracted papers: how they live on", false),
        ("Withdrawn children", false),
    ] {
        let found = findings(&format!(
            "@article{{a, author={{Doe, J.}}, title={{{title}}}, journal={{J}}, year=2014}}"
        ));
        assert_eq!(found.len(), usize::from(is_found), "{title}: {found:?}");
    }
}

#[test]
fn what_is_missing_is_named_in_one_finding() {
    check_text(
        "@article{a, doi={10.1000/1}}",
        &["incomplete-work \"a\": `a` has no title, no author, no year and no journal"],
    );
    check_text(
        "@article{a, author={D}, journal={J}, year={20l0}}",
        &["incomplete-work \"a\": `a` has no title and no year but `20l0`"],
    );
    check_text(
        "@incollection{a, title={T}, author={D}, year=2014}",
        &["incomplete-work \"a\": `a` has no book that it is a part of"],
    );
}

#[test]
fn details_that_contradict_each_other_are_found() {
    for (field, expected) in [
        (
            "pages={20--10}",
            "\"20--10\": `a` ends on page 10 and begins on page 20",
        ),
        (
            "urldate={2013-05-01}",
            "\"2013-05-01\": `a` was looked at before it appeared",
        ),
        (
            "doi={10.1000/1}, url={https://doi.org/10.1000/2}",
            "\"https://doi.org/10.1000/2\": `a` has one DOI and the address of another",
        ),
    ] {
        check_text(
            &format!("@article{{a, {WHOLE}, {field}}}"),
            &[&format!("contradictory-work {expected}")],
        );
    }
    check_text(
        "@book{a, title={T}, author={D}, year=1014}",
        &["contradictory-work \"1014\": `a` is of the year 1014"],
    );
}

#[test]
fn what_is_no_address_and_no_isbn_is_found() {
    for url in [
        "not a url",
        "htp://example.org",
        "javascript:alert(1)",
        "www.example.org",
    ] {
        check_text(
            &format!("@article{{a, {WHOLE}, url={{{url}}}}}"),
            &[&format!(
                "malformed-address {url:?}: `{url}` is not a whole address, which `url` needs"
            )],
        );
    }
    check_text(
        "@book{a, title={T}, author={D}, year=2014, isbn={978-0-262-13472-8}}",
        &[
            "malformed-isbn \"978-0-262-13472-8\": `978-0-262-13472-8` is not an ISBN: its last digit \
             does not fit the others",
        ],
    );
}

#[test]
fn what_is_no_doi_is_an_error() {
    for (doi, mistake) in [
        ("10.1000", "nothing follows the number of the publisher"),
        ("10.1000/a b", "it holds a space"),
        ("doi:10..", "it does not begin with `10.`"),
        (
            "doi:10..1000/1",
            "the number of the publisher is not a number of at least four digits",
        ),
        ("example.org/1", "it does not begin with `10.`"),
    ] {
        let found = findings(&format!("@article{{a, {WHOLE}, doi={{{doi}}}}}"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("malformed-doi") && found[0].ends_with(mistake),
            "{found:?}"
        );
    }
}
