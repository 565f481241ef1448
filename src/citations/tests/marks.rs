//! Marks in the text.

use super::*;

#[test]
fn an_author_may_be_part_of_the_sentence() {
    check(
        "apa",
        &["@two", "@two@3", "@two zest", "-two", "-two@3"],
        &[
            "Sample &amp; Specimen (2012)",
            "Sample &amp; Specimen (2012, p. 3)",
            "Sample &amp; Specimen (2012; Repeat, 2015)",
            "(2012)",
            "(2012, p. 3)",
        ],
    );
    check(
        "mla",
        &["@two", "@two@3"],
        &["Sample and Specimen", "Sample and Specimen (3)"],
    );
    check(
        "vancouver",
        &["@two", "@warm"],
        &["Sample and Specimen (1)", "Third et al. (2)"],
    );
}

#[test]
fn works_by_one_author_in_one_year_carry_letters_in_the_order_of_the_list() {
    check("apa", &["zest"], &["(Repeat, 2015)"]);
    check(
        "apa",
        &["zest", "calm"],
        &["(Repeat, 2015b)", "(Repeat, 2015a)"],
    );
    check(
        "apa",
        &["zest calm late"],
        &["(Repeat, 2015a, 2015b, 2017)"],
    );
    check("apa", &["zest@3 late"], &["(Repeat, 2015, p. 3; 2017)"]);
    check("apa", &["page page2"], &["(Helpline, n.d.-a, n.d.-b)"]);
    let citer = citer("apa", library());
    let page = citer.page(&[cluster(&citer, Form::Bracketed, "zest calm")]);
    assert!(
        page.entries[0]
            .html
            .starts_with("Repeat, R. (2015a). Calm.")
    );
    assert!(
        page.entries[1]
            .html
            .starts_with("Repeat, R. (2015b). Zest.")
    );
}

#[test]
fn a_year_by_itself_keeps_its_brackets_its_letter_and_its_page() {
    check(
        "apa",
        &["zest", "calm", "-zest", "-zest@3", "two -zest"],
        &[
            "(Repeat, 2015b)",
            "(Repeat, 2015a)",
            "(2015b)",
            "(2015b, p. 3)",
            "(2015b; Sample &amp; Specimen, 2012)",
        ],
    );
}

#[test]
fn pages_are_shortened_as_the_style_has_it() {
    check("mla", &["two@212-214"], &["(Sample and Specimen 212–14)"]);
    check(
        "apa",
        &["two@212-214", "two@iv-vii"],
        &[
            "(Sample &amp; Specimen, 2012, pp. 212–214)",
            "(Sample &amp; Specimen, 2012, pp. iv–vii)",
        ],
    );
}

#[test]
fn works_of_the_same_people_in_a_crowd_carry_names_and_letters() {
    check(
        "apa",
        &["warm", "warmer@3", "cold"],
        &[
            "(Third, Fourth, et al., 2009a)",
            "(Third, Fourth, et al., 2009b, p. 3)",
            "(Third, Sixth, et al., 2009)",
        ],
    );
    check(
        "mla",
        &["warm", "warmer", "cold"],
        &[
            "(Third, Fourth, et al., “Warm”)",
            "(Third, Fourth, et al., “Warmer”)",
            "(Third, Sixth, et al.)",
        ],
    );
}

#[test]
fn authors_of_one_family_name_carry_initials() {
    check("apa", &["ada"], &["(Namesake, 2010)"]);
    check(
        "apa",
        &["ada", "bo"],
        &["(A. Namesake, 2010)", "(B. Namesake, 2011)"],
    );
}

#[test]
fn works_that_look_the_same_name_more_authors_and_their_entries_are_as_before() {
    check(
        "apa",
        &["warm", "cold"],
        &[
            "(Third, Fourth, et al., 2009)",
            "(Third, Sixth, et al., 2009)",
        ],
    );
    let citer = citer("apa", library());
    let page = citer.page(&[cluster(&citer, Form::Bracketed, "warm cold")]);
    let start = "Third, T., Fourth, F., &amp; Fifth, G. (2009). Warm.";
    assert!(
        page.entries[0].html.starts_with(start),
        "{}",
        page.entries[0].html
    );
}

#[test]
fn works_that_differ_in_nothing_but_their_title_are_all_told_apart() {
    check(
        "mla",
        &["zest", "calm"],
        &["(Repeat, “Zest”)", "(Repeat, “Calm”)"],
    );
}

#[test]
fn numbers_in_a_row_become_a_range() {
    check(
        "vancouver",
        &["zest calm late ada", "zest late ada", "bo zest"],
        &["(1–4)", "(1,3,4)", "(1,5)"],
    );
}

#[test]
fn words_before_and_after_works_stand_in_their_place() {
    let citer = citer("apa", library());
    let mut see = cluster(&citer, Form::Bracketed, "two zest ada");
    see.items[0].prefix = "see".to_owned();
    see.items[1].suffix = ", and others".to_owned();
    let page = citer.page(&[see]);
    let expected = "(see Sample &amp; Specimen, 2012; Repeat, 2015, and others; Namesake, 2010)";
    assert_eq!(html(&page.marks[0]), expected);
    assert_eq!(page.marks[0].pieces.len(), 7);
}

#[test]
fn notes_shorten_what_was_cited_before() {
    let citer = citer("chicago-notes", library());
    let marks = marks(&citer, &["two", "ada", "two@4", "@two"]);
    assert!(
        marks[0].starts_with("Sam Sample and Sue Specimen, “Two,”"),
        "{}",
        marks[0]
    );
    assert_eq!(marks[2], "Sample and Specimen, “Two,” 4.");
    assert_eq!(marks[3], "Sample and SpecimenSample and Specimen, “Two.”");
}

#[test]
fn words_follow_the_language_of_the_page() {
    let check = |language: &str, expected: &str| {
        let citer = citer_in(language, "apa", library());
        assert_eq!(marks(&citer, &["page@3"]), [expected], "{language}");
    };
    check("en", "(Helpline, n.d., p. 3)");
    check("es", "(Helpline, s.\u{a0}f., p. 3)");
    check("de", "(Helpline, o.\u{a0}J., S. 3)");
}
