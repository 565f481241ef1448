//! Lists in a field, taken apart outside of braces: names between `and`, the words of a name.

/// Parts of a field between separators outside of braces. The separator is a word with white space on
/// both sides (`and`), or a single character (`,`).
pub fn split<'a>(tex: &'a str, separator: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    let bytes = tex.as_bytes();
    let is_word = separator.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                let found = bytes
                    .get(at..at + separator.len())
                    .is_some_and(|word| word.eq_ignore_ascii_case(separator.as_bytes()))
                    && (!is_word || (at > 0 && is_space(at - 1) && is_space(at + separator.len())));
                if found {
                    parts.push(tex[start..at].trim());
                    at += separator.len();
                    start = at;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(tex[start..].trim());
    parts
}

/// Words of a name: split at white space outside of braces, still TeX.
pub fn words(tex: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    let mut is_escaped = false;
    for (at, c) in tex.char_indices() {
        let is_break = depth == 0 && !is_escaped && (c.is_whitespace() || c == '~');
        if is_break {
            words.push(&tex[start..at]);
            start = at + c.len_utf8();
        }
        match c {
            '{' if !is_escaped => depth += 1,
            '}' if !is_escaped => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    words.push(&tex[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// What braces hold when they hold all of it: `{World Health Organization}`.
pub fn braced(tex: &str) -> Option<&str> {
    let inner = tex.trim().strip_prefix('{')?.strip_suffix('}')?;
    if inner.starts_with('\\') {
        // `{\"O}` is a letter.
        return None;
    }
    let mut depth = 0_i32;
    for c in inner.chars() {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth < 0 {
            return None;
        }
    }
    Some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_split_outside_of_braces() {
        assert_eq!(
            split("Doe, J. and {Health and Care} AND\n Roe, R.", "and"),
            ["Doe, J.", "{Health and Care}", "Roe, R."]
        );
        assert_eq!(split("Anders and", "and"), ["Anders and"]);
        assert_eq!(split("{a, b}, c", ","), ["{a, b}", "c"]);
        assert_eq!(
            words(r"van~der {Vaart Berg} \'E."),
            ["van", "der", "{Vaart Berg}", r"\'E."]
        );
    }
}
