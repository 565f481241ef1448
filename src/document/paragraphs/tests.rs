//! What counts as a paragraph, and what counts of it.

use std::sync::Arc;

use super::*;
use crate::document::ParseOptions;
use crate::path::SourcePath;

const TEXT: &str = "---\ntitle: A \"cup\"\ndescription: Rest.\nkey_messages: [One, Two]\nchanges: [{on: 2026-01-02, what: More}]\ntags: [x]\n---\nFirst *words*\nwith a [link](b.md).\n\n## Rest {#r}\n\n- Long sleep [@a, p. 3].\n- Short sleep.\n  - In a chair.\n\n:::note {title=\"Box\" kind=tip}\nInside.\n:::\n\n| a | b |\n| - | - |\n| c | d |\n\nCup\n: Something to drink from.\n\n> [!TIP]\n> Said.\n";

fn paragraphs(text: &str, smart_punctuation: bool) -> Vec<Paragraph> {
    let options = ParseOptions {
        language: "en".to_owned(),
        smart_punctuation,
        raw_html: false,
        prose: false,
    };
    let path = SourcePath::new("content/a.md").expect("sound");
    let document = Document::parse(&path, &Arc::from(text), &options);
    document.paragraphs().to_vec()
}

#[test]
fn every_paragraph_is_found_at_its_first_line() {
    let all = paragraphs(TEXT, true);
    let shown: Vec<_> = all
        .iter()
        .map(|it| format!("{}: {}", it.kind.name(), &TEXT[it.span.clone()]))
        .collect();
    assert_eq!(
        shown,
        [
            "title: A \"cup\"",
            "description: Rest.",
            "key-message: One",
            "key-message: Two",
            "change: More",
            "paragraph: First *words*",
            "heading-2: ## Rest {#r}",
            "item: - Long sleep [@a, p. 3].",
            "item: - Short sleep.",
            "item: - In a chair.",
            "directive: :::note {title=\"Box\" kind=tip}",
            "paragraph: Inside.",
            "row: | a | b |",
            "row: | c | d |",
            "term: Cup",
            "meaning: : Something to drink from.",
            "directive: > [!TIP]",
            "paragraph: Said.",
        ]
    );
}

/// The kinds of the paragraphs that differ after replacing some words in the text.
fn changed(old: &str, new: &str) -> Vec<&'static str> {
    assert!(TEXT.contains(old), "{old}");
    let before = paragraphs(TEXT, true);
    let after = paragraphs(&TEXT.replacen(old, new, 1), true);
    let mut before = before.iter();
    let differs = |it: &&Paragraph| {
        before
            .next()
            .is_none_or(|old| (old.kind, old.hash) != (it.kind, it.hash))
    };
    after
        .iter()
        .filter(differs)
        .map(|it| it.kind.name())
        .collect()
}

#[test]
fn words_links_citations_and_arguments_count() {
    assert_eq!(changed("title: A", "title: B"), ["title"]);
    assert_eq!(changed("One", "1"), ["key-message"]);
    assert_eq!(changed("2026-01-02", "2026-01-03"), ["change"]);
    assert_eq!(changed("b.md", "c.md"), ["paragraph"]);
    assert_eq!(changed("*words*", "words"), ["paragraph"]);
    assert_eq!(changed("p. 3", "p. 4"), ["item"]);
    assert_eq!(changed("## Rest", "### Rest"), ["heading-3"]);
    assert_eq!(changed("\"Box\"", "\"Chest\""), ["directive"]);
    assert_eq!(changed("| c |", "| e |"), ["row"]);
    assert_eq!(changed("TIP", "NOTE"), ["directive"]);
}

#[test]
fn what_readers_do_not_see_does_not_count() {
    for (old, new) in [
        ("words*\nwith", "words* with"),
        ("sleep.\n  -", "sleep.\n\n  -"),
        ("- Short", "\n- Short"),
        ("\n\n## Rest", "\n\n\n\n<!-- to do\n\nsoon -->\n\n## Rest"),
        ("with a", "with <!-- no --> a"),
        ("{#r}", "{#rest}"),
        ("title=\"Box\"", "title='Box'"),
        ("A \"cup\"", "A “cup”"),
        ("[x]", "[y]\norder: 3\nupdated: 2026-11-22"),
    ] {
        assert_eq!(changed(old, new), [""; 0], "{old:?} -> {new:?}");
    }
    let windows = TEXT.replace('\n', "\r\n");
    let hashes = |all: Vec<Paragraph>| all.iter().map(|it| it.hash).collect::<Vec<_>>();
    assert_eq!(
        hashes(paragraphs(&windows, true)),
        hashes(paragraphs(TEXT, true))
    );
    assert_eq!(
        hashes(paragraphs(TEXT, false)),
        hashes(paragraphs(TEXT, true))
    );
}

#[test]
fn names_are_those_of_one_kind_each_and_hashes_stay_what_they_are() {
    for (kind, name, words) in ParagraphKind::TABLE {
        assert_eq!(ParagraphKind::of(name), Some(kind));
        assert_eq!((kind.name(), kind.words()), (name, words));
    }
    // Records of sites hold them.
    let hash = ParagraphHash::of("Some words.");
    assert_eq!(ParagraphHash::parse(&hash.to_string()), Some(hash));
    assert_eq!(hash.to_string(), "93ff5a6eef034dd9");
    assert_eq!(ParagraphHash::parse("0123456789ABCDEF"), None);
    assert_eq!(ParagraphHash::parse("+123456789abcdef"), None);
}
