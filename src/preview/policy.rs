//! Lets our own script into pages whose content security policy would keep it out.
//!
//! A page may carry its policy in a `<meta http-equiv="Content-Security-Policy">`, and the preview
//! sends the one that was computed for it as a header, as a host does that reads `_headers`. In the
//! answer of the preview, and only there, `'self'` is added to exactly those directives that need it.
//! Nothing else of the policy changes: what a page may not do when published it may not do here.

use std::ops::Range;

use crate::contacts::tags::Tags;

/// A kind of thing that we add to pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The script that reloads.
    Script,
    /// Its stream of events.
    Connect,
    /// The stylesheet of the problems.
    Style,
}

impl Need {
    /// The directives that govern it, the one that counts first.
    fn directives(self) -> &'static [&'static str] {
        match self {
            Need::Script => &["script-src-elem", "script-src"],
            Need::Connect => &["connect-src"],
            Need::Style => &["style-src-elem", "style-src"],
        }
    }
}

/// The page with its own policies loosened as far as needed.
pub fn loosen(html: &str, needs: &[Need]) -> String {
    let mut text = String::with_capacity(html.len() + 128);
    let mut copied = 0;
    for value in policies(html) {
        text.push_str(&html[copied..value.start]);
        text.push_str(&escape(&loosen_policy(
            &unescape(&html[value.clone()]),
            needs,
        )));
        copied = value.end;
    }
    text.push_str(&html[copied..]);
    text
}

/// The policy with `'self'` where it is needed.
pub fn loosen_policy(policy: &str, needs: &[Need]) -> String {
    let mut directives: Vec<(String, Vec<&str>)> = Vec::new();
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace();
        let Some(name) = words.next() else { continue };
        directives.push((name.to_ascii_lowercase(), words.collect()));
    }
    for need in needs {
        let find = |name: &str| directives.iter().position(|(known, _)| known == name);
        if let Some(index) = need.directives().iter().find_map(|name| find(name)) {
            allow_self(&mut directives[index].1);
        } else if let Some(index) = find("default-src") {
            let mut sources = directives[index].1.clone();
            allow_self(&mut sources);
            if sources != directives[index].1
                && let Some(name) = need.directives().last()
            {
                directives.push(((*name).to_owned(), sources));
            }
        }
    }
    let directives: Vec<_> = directives
        .into_iter()
        .map(|(name, sources)| [vec![name.as_str()], sources].concat().join(" "))
        .collect();
    directives.join("; ")
}

fn allow_self(sources: &mut Vec<&str>) {
    sources.retain(|source| !source.eq_ignore_ascii_case("'none'"));
    if !sources
        .iter()
        .any(|source| source.eq_ignore_ascii_case("'self'") || *source == "*")
    {
        sources.push("'self'");
    }
}

/// Where the policies stand: the values of the `content` attributes.
fn policies(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut tags = Tags::new(html);
    while let Some(tag) = tags.next() {
        let is_policy = tag.name().eq_ignore_ascii_case("meta")
            && tag
                .get("http-equiv")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("content-security-policy"));
        if is_policy {
            found.extend(tag.place("content").map(|(_, place)| place));
        }
    }
    found
}

fn unescape(value: &str) -> String {
    const ENTITIES: [(&str, &str); 5] = [
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    ENTITIES
        .iter()
        .fold(value.to_owned(), |text, (entity, letter)| {
            text.replace(entity, letter)
        })
}

/// For either kind of quote, and for none: a value without quotes cannot hold the spaces that a
/// policy has, so there is no such value.
fn escape(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELOAD: [Need; 2] = [Need::Script, Need::Connect];

    #[test]
    fn only_what_is_needed_is_loosened() {
        let check = |policy: &str, expected: &str| {
            assert_eq!(loosen_policy(policy, &RELOAD), expected, "{policy}");
        };
        check(
            "default-src 'none'; style-src 'self'",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'",
        );
        check(
            "default-src 'self'; img-src data:",
            "default-src 'self'; img-src data:",
        );
        check(
            "script-src 'none'; connect-src https://a",
            "script-src 'self'; connect-src https://a 'self'",
        );
        check("img-src 'none'", "img-src 'none'");
        check(
            "script-src 'self'; script-src-elem 'sha256-x'; default-src *",
            "script-src 'self'; script-src-elem 'sha256-x' 'self'; default-src *",
        );
        assert_eq!(
            loosen_policy("default-src 'none'", &[Need::Style]),
            "default-src 'none'; style-src 'self'"
        );
    }

    #[test]
    fn a_policy_is_found_however_its_tag_is_written() {
        for (tag, expected) in [
            (
                r#"<meta charset=utf-8><META content="script-src 'none'" http-equiv=Content-Security-Policy>"#,
                r#"<meta charset=utf-8><META content="script-src &#39;self&#39;" http-equiv=Content-Security-Policy>"#,
            ),
            (
                r#"<meta http-equiv='content-security-policy' content='script-src &#x27;none&#x27;'/>é"#,
                r#"<meta http-equiv='content-security-policy' content='script-src &#39;self&#39;'/>é"#,
            ),
            (
                r#"<meta name="description" content="script-src 'none'">"#,
                "",
            ),
            ("<meta", ""),
            ("<meta = content", ""),
            ("<meta http-equiv=\"content-security-policy", ""),
        ] {
            let expected = if expected.is_empty() { tag } else { expected };
            assert_eq!(loosen(tag, &[Need::Script]), expected);
        }
    }
}
