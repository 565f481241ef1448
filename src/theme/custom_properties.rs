//! `var(--name)` of a name that no stylesheet of the theme declares, such as a misspelt token. A
//! browser passes over it in silence, and the text is black where it was to be plum.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// Reports names that are used without a fallback and declared nowhere.
///
/// `texts` are all stylesheets in which a name may be declared, `tokens` the names of the design
/// tokens, `files` the stylesheets that are looked at.
pub(super) fn check<'a>(
    texts: impl Iterator<Item = &'a str>,
    tokens: &'a BTreeSet<String>,
    files: impl Iterator<Item = (&'a SourcePath, &'a str)>,
    findings: &mut Vec<Diagnostic>,
) {
    let tokens = tokens.iter().map(String::as_str);
    let declared: BTreeSet<&str> = texts.flat_map(declared).chain(tokens).collect();
    for (path, text) in files {
        for span in used(text) {
            let name = &text[span.clone()];
            if !declared.contains(name) {
                let names = declared.iter().copied();
                findings.push(
                    Diagnostic::new(Code::Token, format!("nothing declares `{name}`"))
                        .at(path, span, "not known")
                        .suggest(
                            name,
                            names,
                            "declare it in a stylesheet, or as a token in `theme.toml`",
                        ),
                );
            }
        }
    }
}

/// The names that stand before a colon.
pub(super) fn declared(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("--").filter_map(|(start, _)| {
        let name = &text[start..start + name_length(&text[start..])];
        let after = text[start + name.len()..].trim_start();
        (name.len() > 2 && after.starts_with(':')).then_some(name)
    })
}

/// The places of the names in `var(--name)`, comments left out; those with a fallback may be absent.
fn used(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find("var(") {
        let inner = from + found + "var(".len();
        let start = inner + text[inner..].len() - text[inner..].trim_start().len();
        let end = start + name_length(&text[start..]);
        from = end.max(inner);
        let is_whole = text[end..].trim_start().starts_with(')');
        if text[start..].starts_with("--") && is_whole && !in_comment(text, start) {
            places.push(start..end);
        }
    }
    places
}

fn in_comment(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before
        .rfind("/*")
        .is_some_and(|start| !before[start..].contains("*/"))
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_token_is_found_and_a_fallback_is_respected() {
        let path = SourcePath::new("themes/mine/assets/main.css").expect("sound");
        let text =
            "a{--own:1;color:var(--papper);margin:var( --own );top:var(--x, 1px)}/* var(--no) */";
        let mut findings = Vec::new();
        let tokens = BTreeSet::from(["--paper".to_owned()]);
        check(
            [text].into_iter(),
            &tokens,
            [(&path, text)].into_iter(),
            &mut findings,
        );
        let [finding] = findings.as_slice() else {
            panic!("one finding: {findings:?}")
        };
        let (start, end) = finding.labels[0].span;
        assert_eq!(&text[start..end], "--papper");
        assert_eq!(finding.help, "did you mean `--paper`?");
    }
}
