//! Scripts without what only their authors read.
//!
//! Comments that fill whole lines, comments that begin with `/** @`, indentation and empty lines are
//! left out: about a quarter of what travels. Line breaks and everything else stay, so that no script
//! has to be understood for it, and none can come to mean something else. Inside a template literal
//! that goes over several lines nothing is touched, nor in a script whose backticks do not pair up line
//! by line. Comments that begin with `/*!` stay: they hold licences.
//!
//! Minifiers do more, and were looked at: the small one joins `a + +b` to `a++b`, the sound ones take
//! longer to compile than all else here.

/// The script as it is published.
pub(super) fn compact(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut place = Place::Code;
    for line in script.lines() {
        let turns = line.matches('`').count() % 2 == 1;
        let text = line.trim();
        match place {
            Place::Literal => {
                kept.push_str(line);
                kept.push('\n');
                if turns {
                    place = Place::Code;
                }
            }
            Place::Comment => {
                if text.ends_with("*/") {
                    place = Place::Code;
                }
            }
            Place::Code if text.starts_with("//") => {}
            Place::Code if is_comment(text) => {
                if !text.contains("*/") {
                    place = Place::Comment;
                }
            }
            Place::Code => {
                // What follows a literal's opening on the same line is part of it.
                let line = if turns { line.trim_start() } else { text };
                push_code(line, &mut kept);
                if turns {
                    place = Place::Literal;
                }
            }
        }
    }
    match place {
        Place::Code => kept,
        // It was understood wrongly somewhere.
        Place::Literal | Place::Comment => script.to_owned(),
    }
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Code,
    /// Inside a comment of several lines.
    Comment,
    /// Inside a template literal of several lines.
    Literal,
}

/// Whether a line is a comment, or the beginning of one, and nothing else.
fn is_comment(line: &str) -> bool {
    let Some(inside) = line.strip_prefix("/*") else {
        return false;
    };
    !inside.starts_with('!')
        && (!inside.contains("*/") || inside.find("*/") == Some(inside.len() - 2))
}

/// A line of code without its types.
fn push_code(line: &str, kept: &mut String) {
    let mut rest = line;
    while let Some(start) = rest.find("/** @") {
        let Some(length) = rest[start..].find("*/") else {
            break;
        };
        kept.push_str(&rest[..start]);
        rest = rest[start + length + 2..].trim_start();
    }
    kept.push_str(rest);
    if !line.is_empty() {
        kept.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_authors_read_is_left_out_and_nothing_else() {
        for (script, expected) in [
            ("// a\n  b();\n\n", "b();\n"),
            ("a(); // stays\n", "a(); // stays\n"),
            ("/* a\n   b */\nc();\n", "c();\n"),
            ("/** a */\nc();\n", "c();\n"),
            ("/* a */ b();\n", "/* a */ b();\n"),
            ("/*! by somebody */\nc();\n", "/*! by somebody */\nc();\n"),
            ("let a = /** @type {any} */ (b);\n", "let a = (b);\n"),
            (
                "f((/** @type {a} */ b, /** @type {c} */ d) => 1)\n",
                "f((b, d) => 1)\n",
            ),
            ("a\n  + b\n", "a\n+ b\n"),
        ] {
            assert_eq!(compact(script), expected, "{script}");
        }
    }

    #[test]
    fn literals_of_several_lines_keep_their_space() {
        let script = "  let a = `x\n    // no comment\n\n  y`;\n  b();\n";
        assert_eq!(
            compact(script),
            "let a = `x\n    // no comment\n\n  y`;\nb();\n"
        );
    }

    #[test]
    fn a_script_that_cannot_be_told_apart_stays_as_it_is() {
        for script in ["  a(\"`\");\n  b();\n", "  b();\n/* never closed\n"] {
            assert_eq!(compact(script), script);
        }
    }
}
