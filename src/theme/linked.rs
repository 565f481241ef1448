//! The files of articles that templates link to by name.
//!
//! [`linked`] reads the templates as text, before any page is there, so that a page need not be given
//! the addresses of all others. When it meets anything that is not as plain as `link(to="help-now.md")`
//! it says that any file may be meant.

use std::collections::BTreeSet;

/// The files that templates name; `None` when they may name any.
pub fn linked<'a>(templates: impl IntoIterator<Item = &'a str>) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for text in templates {
        if [".files", "\"files\"", "'files'", "`files`"]
            .iter()
            .any(|written| text.contains(written))
        {
            return None;
        }
        for (at, _) in text.match_indices("link") {
            let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@');
            let rest = text[at + "link".len()..].trim_start();
            if text[..at].ends_with(goes_on) || !rest.starts_with('(') {
                continue;
            }
            names.insert(only_name(rest)?.to_owned());
        }
    }
    Some(names)
}

/// The words of `(to="words")`.
fn only_name(call: &str) -> Option<&str> {
    let inside = call.strip_prefix('(')?.trim_start().strip_prefix("to")?;
    let value = inside.trim_start().strip_prefix('=')?.trim_start();
    let (name, rest) = value.strip_prefix('"')?.split_once('"')?;
    let is_plain = !name.contains('\\') && rest.trim_start().starts_with(')');
    is_plain.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_in_plain_words_or_may_be_any() {
        let check = |text: &str, expected: Option<&[&str]>| {
            let names = linked([text]);
            let names: Option<Vec<_>> = names
                .as_ref()
                .map(|it| it.iter().map(String::as_str).collect());
            assert_eq!(names.as_deref(), expected, "{text}");
        };
        check("<link rel=icon> page.link (x) nothing", Some(&[]));
        check(
            "{{ link(to=\"a.md\") }}{% if link( to = \"b/c.md\" ) %}",
            Some(&["a.md", "b/c.md"]),
        );
        check("{{ link(to=page.extra.file) }}", None);
        check("{{ link(to=\"a\" ~ b) }}", None);
        check("{{ link(to='a.md') }}", None);
        check("{{ site.files[\"a.md\"] }}", None);
        check("{{ site[\"files\"] }}", None);
    }
}
