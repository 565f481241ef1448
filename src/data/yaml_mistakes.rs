//! The mistakes that people make in YAML, in plain words and at the place where they were made.
//!
//! The parser says where it lost the thread, which is often a line further on, and says it in its own
//! terms. Here the usual causes are looked for first; what is none of them keeps the parser's words.
//!
//! To add a mistake: a function like [`tab`], and a line in [`in_plain_words`].

use std::ops::Range;

const HELP: &str = "check brackets, quotation marks and the space after each colon; put text that holds `: ` or `#` in quotation marks";

/// What is wrong, where, and what to do. `span` and `said` are the parser's.
pub fn in_plain_words(
    text: &str,
    span: Range<usize>,
    said: &str,
) -> (String, Range<usize>, String) {
    let found = tab(text, span.start)
        .or_else(|| left_open(text, span.end))
        .or_else(|| second_colon(text, span.start, said))
        .or_else(|| reserved_beginning(text, span.start, said));
    match found {
        Some((message, at, help)) => {
            let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
            (message, at..end, help.to_owned())
        }
        None => (without_place(said), span, HELP.to_owned()),
    }
}

type Mistake = (String, usize, &'static str);

/// A tab in front of a key, on the line where the parser stopped or the one after it.
fn tab(text: &str, at: usize) -> Option<Mistake> {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let mut offset = line_start;
    for line in text[line_start..].split_inclusive('\n').take(2) {
        let indent = &line[..line.len() - line.trim_start().len()];
        if let Some(tab) = indent.find('\t') {
            let message = "a tab in front of the words".to_owned();
            return Some((
                message,
                offset + tab,
                "write spaces; YAML takes no tabs there",
            ));
        }
        offset += line.len();
    }
    None
}

/// A bracket or quotation mark that is opened before a place and not closed by then.
fn left_open(text: &str, before: usize) -> Option<Mistake> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut letters = text[..before].char_indices().peekable();
    // Only where a value may begin does a mark open something: `a [b` is plain text.
    let mut value_may_begin = true;
    let mut last = '\n';
    while let Some((at, c)) = letters.next() {
        let in_brackets = !open.is_empty();
        match c {
            '"' | '\'' if value_may_begin => {
                if !skip_quoted(c, &mut letters) {
                    let message = "the quotation mark is not closed".to_owned();
                    return Some((message, at, "write the same mark at the end of the words"));
                }
                value_may_begin = false;
            }
            '[' | '{' if value_may_begin || in_brackets => {
                open.push((c, at));
                value_may_begin = true;
            }
            ']' | '}' if in_brackets => {
                open.pop();
                value_may_begin = false;
            }
            '#' if last.is_whitespace() => {
                while letters.peek().is_some_and(|(_, c)| *c != '\n') {
                    letters.next();
                }
            }
            '\n' => value_may_begin = true,
            ' ' => value_may_begin |= matches!(last, ':' | '-' | ','),
            ',' if in_brackets => value_may_begin = true,
            _ => value_may_begin = false,
        }
        last = c;
    }
    open.pop().map(|(bracket, at)| match bracket {
        '[' => (
            "the list is not closed".to_owned(),
            at,
            "write `]` at its end",
        ),
        _ => (
            "the braces are not closed".to_owned(),
            at,
            "write `}` at their end",
        ),
    })
}

/// Goes past the end of quoted words; false when there is none.
fn skip_quoted(quote: char, letters: &mut std::iter::Peekable<std::str::CharIndices<'_>>) -> bool {
    while let Some((_, c)) = letters.next() {
        if c == '\\' && quote == '"' {
            letters.next();
        } else if c == quote {
            let is_doubled = quote == '\'' && letters.peek().is_some_and(|(_, c)| *c == quote);
            if !is_doubled {
                return true;
            }
            letters.next();
        }
    }
    false
}

/// `title: Care: a guide`.
fn second_colon(text: &str, at: usize, said: &str) -> Option<Mistake> {
    if !said.contains("mapping values are not allowed") {
        return None;
    }
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next()?;
    let mut colons = line
        .match_indices(": ")
        .map(|(offset, _)| line_start + offset);
    let second = colons.nth(1)?;
    let message = "a second colon in one line".to_owned();
    Some((
        message,
        second,
        "put the words after the first colon in quotation marks",
    ))
}

/// `title: @home`: signs that mean something to YAML at the beginning of a value.
fn reserved_beginning(text: &str, at: usize, said: &str) -> Option<Mistake> {
    let sign = text[at..].chars().next()?;
    let is_reserved = matches!(sign, '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>');
    (is_reserved && (said.contains("unexpected") || said.contains("scanning"))).then(|| {
        let message = format!("text cannot begin with `{sign}`");
        (message, at, "put the text in quotation marks")
    })
}

/// A message of the parser without the line and column at its end, which count from the beginning of
/// the front matter and not of the file.
fn without_place(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default();
    let plain = message
        .rfind(" at line ")
        .map_or(message, |end| &message[..end]);
    plain.trim_end_matches([',', ' ', ':']).replace('\'', "`")
}

#[cfg(test)]
mod tests {
    use crate::data::yaml;

    fn check(text: &str, expected: &str) {
        let error = yaml::parse(text).expect_err(text);
        let found = format!("{} @{}", error.message, error.span.start);
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn a_mistake_is_named_where_it_was_made() {
        check("tags: [a, b\ndraft: false\n", "the list is not closed @6");
        check(
            "tags: [a, \"b]\ndraft: false\n",
            "the quotation mark is not closed @10",
        );
        check(
            "title: \"abc\ndraft: x\n",
            "the quotation mark is not closed @7",
        );
        check("extra: {a: b\ntitle: c\n", "the braces are not closed @7");
        check("title: Care: a guide\n", "a second colon in one line @11");
        check(
            "title: x\n\tdraft: true\n",
            "a tab in front of the words @9",
        );
        check("title: @x\n", "text cannot begin with `@` @7");
        check("a: 'it''s'\na: 2\n", "`a` is there twice @11");
    }

    #[test]
    fn brackets_inside_plain_text_open_nothing() {
        check(
            "title: a [b\ntext: c: d\n",
            "a second colon in one line @19",
        );
        check(
            "title: don't # [\ntext: c: d\n",
            "a second colon in one line @24",
        );
    }
}
