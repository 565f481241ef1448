//! JSON, with the place of every key and value.
//!
//! YAML would read JSON too, but slowly: a large bibliography is thousands of objects.

use std::ops::Range;

use super::{Node, Spanned, SyntaxError, Value};
use crate::diagnostic::Code;

/// How deep lists and tables may lie in each other.
const DEPTH: usize = 64;

/// Parses one JSON document; spans are offsets into `text`. Text with nothing in it is an empty list.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let mut parser = Parser {
        text,
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        depth: 0,
    };
    parser.skip_space();
    if parser.at == text.len() {
        return Ok(Node {
            value: Value::List(Vec::new()),
            span: 0..text.len(),
        });
    }
    let node = parser.value()?;
    parser.skip_space();
    if parser.at < text.len() {
        return Err(parser.error(
            "the data has ended here already",
            "put all works into one list: `[` at the beginning, `]` at the end",
        ));
    }
    Ok(node)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Node, SyntaxError> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => Value::Text(self.words()?),
            Some(b'[') => self.nested(Parser::list)?,
            Some(b'{') => self.nested(Parser::table)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') if self.eat("true") => Value::Flag(true),
            Some(b'f') if self.eat("false") => Value::Flag(false),
            Some(b'n') if self.eat("null") => Value::Null,
            Some(_) => {
                return Err(self.error(
                    "this is not JSON",
                    "put words in double quotation marks, and write `true`, `false` and `null` in small letters",
                ));
            }
            None => {
                return Err(self.error(
                    "the file ends too early",
                    "write what is missing at its end",
                ));
            }
        };
        // Lists and tables are named by their first mark, as in YAML.
        let end = match value {
            Value::List(_) | Value::Table(_) => start + 1,
            Value::Null
            | Value::Flag(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Text(_) => self.at,
        };
        Ok(Node {
            value,
            span: start..end,
        })
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Value, SyntaxError>,
    ) -> Result<Value, SyntaxError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error("too many lists in each other", "take out some brackets"));
        }
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Result<Value, SyntaxError> {
        let open = self.at;
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.skip_space();
            if self.eat("]") {
                return Ok(Value::List(list));
            }
            if self.peek().is_none() {
                return Err(open_error(
                    open,
                    "the list is not closed",
                    "write `]` at its end",
                ));
            }
            list.push(self.value()?);
            self.comma(b']')?;
        }
    }

    fn table(&mut self) -> Result<Value, SyntaxError> {
        let open = self.at;
        self.at += 1;
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        loop {
            self.skip_space();
            if self.eat("}") {
                return Ok(Value::Table(entries));
            }
            match self.peek() {
                Some(b'"') => {}
                Some(_) => {
                    return Err(self.error(
                        "this is not a key",
                        "put each key in double quotation marks",
                    ));
                }
                None => {
                    return Err(open_error(
                        open,
                        "the braces are not closed",
                        "write `}` at their end",
                    ));
                }
            }
            let start = self.at;
            let key = Spanned::new(self.words()?, start..self.at);
            if entries.iter().any(|(known, _)| known.value == key.value) {
                return Err(SyntaxError {
                    code: Code::Duplicate,
                    message: format!("`{}` is there twice", key.value),
                    span: key.span,
                    help: "keep one of the two lines".to_owned(),
                });
            }
            self.skip_space();
            if !self.eat(":") {
                return Err(self.missing("a colon is missing", "write `:` behind the key"));
            }
            self.skip_space();
            entries.push((key, self.value()?));
            self.comma(b'}')?;
        }
    }

    /// A comma with something behind it, or nothing before the closing mark.
    fn comma(&mut self, close: u8) -> Result<(), SyntaxError> {
        self.skip_space();
        let comma = self.at;
        if self.eat(",") {
            self.skip_space();
            if self.peek() == Some(close) {
                self.at = comma;
                return Err(self.error("a comma too many", "take the last comma away"));
            }
            return Ok(());
        }
        match self.peek() {
            Some(byte) if byte == close => Ok(()),
            None => Ok(()),
            Some(_) => Err(self.missing("a comma is missing", "write `,` between the two")),
        }
    }

    fn number(&mut self) -> Result<Value, SyntaxError> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let digits = &rest[..length];
        let value = match (digits.parse::<i64>(), digits.parse::<f64>()) {
            (Ok(integer), _) => Value::Integer(integer),
            (Err(_), Ok(number)) => Value::Number(number),
            (Err(_), Err(_)) => {
                return Err(self.error("this is not a number", "put it in double quotation marks"));
            }
        };
        self.at += length;
        Ok(value)
    }

    /// Words in quotation marks.
    fn words(&mut self) -> Result<String, SyntaxError> {
        let open = self.at;
        self.at += 1;
        let mut words = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find(['"', '\\', '\n']) else {
                return Err(not_closed(open));
            };
            words.push_str(&rest[..length]);
            self.at += length + 1;
            match rest.as_bytes()[length] {
                b'"' => return Ok(words),
                b'\\' => words.push(self.escape()?),
                _ => return Err(not_closed(open)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxError> {
        let byte = self.peek();
        self.at += 1;
        Ok(match byte {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'u') => {
                let first = self.hexadecimal()?;
                // Letters beyond the first 65,536 are written as two halves.
                let code = if (0xd800..0xdc00).contains(&first) && self.eat("\\u") {
                    let second = self.hexadecimal()?;
                    0x10000 + ((first - 0xd800) << 10) + (second.wrapping_sub(0xdc00) & 0x3ff)
                } else {
                    first
                };
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            Some(_) | None => {
                self.at -= 2;
                return Err(self.error(
                    "a backslash that escapes nothing",
                    "write two backslashes for one",
                ));
            }
        })
    }

    fn hexadecimal(&mut self) -> Result<u32, SyntaxError> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
        match u32::from_str_radix(digits, 16) {
            Ok(code) => {
                self.at += 4;
                Ok(code)
            }
            Err(_) => Err(self.error("`\\u` needs four digits", "write `\\u00e9` for `é`")),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, words: &str) -> bool {
        let is_there = self.text.as_bytes()[self.at..].starts_with(words.as_bytes());
        if is_there {
            self.at += words.len();
        }
        is_there
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// At the next character.
    fn error(&self, message: &str, help: &str) -> SyntaxError {
        let mut at = self.at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        syntax(at..at + length, message, help)
    }

    /// Behind what was read last.
    fn missing(&self, message: &str, help: &str) -> SyntaxError {
        let end = self.text[..self.at].trim_end().len();
        syntax(end..end, message, help)
    }
}

fn open_error(open: usize, message: &str, help: &str) -> SyntaxError {
    syntax(open..open + 1, message, help)
}

fn not_closed(open: usize) -> SyntaxError {
    open_error(
        open,
        "the quotation mark is not closed",
        "write the same mark at the end of the words",
    )
}

fn syntax(span: Range<usize>, message: &str, help: &str) -> SyntaxError {
    SyntaxError {
        code: Code::Syntax,
        message: message.to_owned(),
        span,
        help: help.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_read_with_the_place_of_everything() {
        let text = "\u{feff}[\n\t{\"id\": \"a\", \"title\": \"caf\\u00e9 \\\"x\\\" \\/ \\ud83d\\ude00\", \"volume\": 43, \
            \"x\": [true, null, -1.5]}\n]\n";
        let node = parse(text).expect("sound JSON");
        let Value::List(list) = &node.value else {
            panic!("a list")
        };
        let Value::Table(entries) = &list[0].value else {
            panic!("a table")
        };
        assert_eq!(
            entries[1].1.value,
            Value::Text("café \"x\" / 😀".to_owned())
        );
        assert_eq!(&text[entries[0].0.span.clone()], "\"id\"");
        assert_eq!(&text[entries[2].1.span.clone()], "43");
        let Value::List(values) = &entries[3].1.value else {
            panic!("a list")
        };
        assert_eq!(values[2].value, Value::Number(-1.5));
        assert_eq!(parse(" \n").expect("empty").value, Value::List(Vec::new()));
    }

    #[test]
    fn a_mistake_is_named_where_it_was_made() {
        for (text, expected) in [
            ("[1, 2", "the list is not closed @0"),
            ("[1 2]", "a comma is missing @2"),
            ("[1, 2,]", "a comma too many @5"),
            ("{\"a\" 1}", "a colon is missing @4"),
            ("{a: 1}", "this is not a key @1"),
            ("{\"a\": 1, \"a\": 2}", "`a` is there twice @9"),
            ("[\"a\n\"]", "the quotation mark is not closed @1"),
            ("[\"a", "the quotation mark is not closed @1"),
            ("[\"\\x\"]", "a backslash that escapes nothing @2"),
            ("[\"\\u12\"]", "`\\u` needs four digits @4"),
            ("[True]", "this is not JSON @1"),
            ("[1] x", "the data has ended here already @4"),
            ("{", "the braces are not closed @0"),
            ("[é", "this is not JSON @1"),
        ] {
            let error = parse(text).expect_err(text);
            let found = format!("{} @{}", error.message, error.span.start);
            assert_eq!(found, expected, "{text:?}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}
