//! Whatever stands in a file, the generator goes on: no text makes it panic, and every finding
//! points into the file.

use std::sync::Arc;

use afterword::diagnostic::Diagnostic;
use afterword::document::{Document, ParseOptions};
use afterword::path::SourcePath;
use afterword::reading::{passages, sentences};
use proptest::prelude::*;

/// Pieces that mean something to one of the parsers, and pieces that upset them.
const PIECES: &[&str] = &[
    "---\n",
    "title: A\n",
    "draft: flase\n",
    "tags: [a",
    "]\n",
    "extra: {a: b}\n",
    "\t",
    "  ",
    "\n",
    "\r\n",
    "\u{feff}",
    "# ",
    "## ",
    "### a {#b}\n",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "> [!",
    ":::",
    ":::note\n",
    ":::care {urgency=now title=\"a",
    "\"}\n",
    ":::\n",
    "```\n",
    "~~~",
    "`",
    "*",
    "**",
    "_",
    "[a](b.md)",
    "[a][b]",
    "[b]: c.md\n",
    "[[a|b]]",
    "[[",
    "[^a]",
    "[^a]: b\n",
    "![](c.png)",
    "![a](",
    "<b>",
    "<!-- a -->",
    "<?x?>",
    "<?>",
    "| a | b |\n| - | :-: |\n",
    "| c |\n",
    "a\n: b\n",
    "- [x] a\n",
    "\\",
    "&amp;",
    "&",
    "\"a\"",
    "'",
    "é",
    "字",
    "𝒳",
    "\u{0}",
    "\u{200f}",
    "a",
    " b ",
    "www.example.org",
    "<https://a.org>",
    "%20",
    "#",
    "~~a~~",
];

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn points_into(source: &str, finding: &Diagnostic) -> bool {
    finding.labels.iter().all(|label| {
        let (start, end) = label.span;
        start <= end && source.get(start..end).is_some()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_finding_points_into_it(
        front in any_text(),
        text in any_text(),
        has_front_matter: bool,
        raw_html: bool,
    ) {
        let source: Arc<str> = if has_front_matter {
            format!("---\ntitle: A\n{front}\n---\n{text}").into()
        } else {
            format!("{front}{text}").into()
        };
        let path = SourcePath::new("content/a.md").expect("a sound path");
        let options = ParseOptions {
            language: "de".to_owned(),
            smart_punctuation: true,
            raw_html,
            prose: true,
        };
        let document = Document::parse(&path, &source, &options);
        for finding in &document.findings {
            prop_assert!(points_into(&source, finding), "{finding:?}");
        }
        let links = document.bodies().flat_map(|body| &body.links).map(|link| &link.span);
        for span in links {
            prop_assert!(source.get(span.clone()).is_some(), "{span:?}");
        }
        for passage in passages(&document) {
            for sentence in sentences(&passage.prose.text) {
                let span = passage.span(sentence);
                prop_assert!(source.get(span.clone()).is_some(), "{span:?}");
            }
        }
    }
}
