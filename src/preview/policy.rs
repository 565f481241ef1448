//! Lets our own script into pages whose content security policy would keep it out.
//!
//! A page may carry its policy in a `<meta http-equiv="Content-Security-Policy">`. In the answer of
//! the preview, and only there, `'self'` is added to exactly those directives that need it. Nothing
//! else of the policy changes: what a page may not do when published it may not do here.

use std::ops::Range;

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

/// The page with its policies loosened as far as needed.
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
fn loosen_policy(policy: &str, needs: &[Need]) -> String {
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
    let mut from = 0;
    while let Some(start) = find_ignoring_case(html, "<meta", from) {
        let (attributes, end) = attributes(html, start + "<meta".len());
        let value = |name: &str| {
            attributes
                .iter()
                .find(|(known, _)| html[known.clone()].eq_ignore_ascii_case(name))
                .map(|(_, value)| value.clone())
        };
        let is_policy = value("http-equiv").is_some_and(|kind| {
            html[kind]
                .trim()
                .eq_ignore_ascii_case("content-security-policy")
        });
        if is_policy {
            found.extend(value("content"));
        }
        from = end;
    }
    found
}

type Attribute = (Range<usize>, Range<usize>);

/// The names and values of a tag's attributes, and where the tag ends.
fn attributes(html: &str, mut at: usize) -> (Vec<Attribute>, usize) {
    let bytes = html.as_bytes();
    let run = |mut at: usize, inside: &dyn Fn(u8) -> bool| {
        while at < bytes.len() && inside(bytes[at]) {
            at += 1;
        }
        at
    };
    let mut attributes = Vec::new();
    loop {
        at = run(at, &|byte| byte.is_ascii_whitespace() || byte == b'/');
        if at >= bytes.len() || bytes[at] == b'>' {
            return (attributes, at);
        }
        let name_end = run(at, &|byte| {
            !byte.is_ascii_whitespace() && !b"=>/".contains(&byte)
        });
        // A stray `=` is a name of no length; step over it, or this would never end.
        let name = at..name_end.max(at + 1);
        at = run(name.end, &|byte| byte.is_ascii_whitespace());
        if bytes.get(at) != Some(&b'=') {
            attributes.push((name, at..at));
            continue;
        }
        at = run(at + 1, &|byte| byte.is_ascii_whitespace());
        let value = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => at + 1..run(at + 1, &|byte| byte != quote),
            Some(_) | None => at..run(at, &|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        let is_quoted = value.start > at;
        at = (value.end + usize::from(is_quoted)).min(bytes.len());
        attributes.push((name, value));
    }
}

/// Where a piece of ASCII stands, in large letters or small.
pub fn find_ignoring_case(text: &str, wanted: &str, from: usize) -> Option<usize> {
    let windows = text.as_bytes().get(from..)?.windows(wanted.len());
    windows
        .into_iter()
        .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
        .map(|at| from + at)
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
