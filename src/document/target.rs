//! Where a link goes, as far as its own text tells.

/// The target of a link or picture as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A whole address: `https://...`.
    External(String),
    /// `mailto:`, `tel:` or `sms:`.
    Contact(String),
    /// A file of the site: `../caring/body.md#help`; the path with `%20` and the like decoded.
    File {
        /// The path.
        path: String,
        /// The heading after `#`; empty when there is none.
        fragment: String,
    },
    /// A heading of the page itself: `#help`.
    Here(String),
    /// A wikilink: a page named by its file, its path or its title.
    Wiki {
        /// The name.
        name: String,
        /// The heading after `#`; empty when there is none.
        fragment: String,
    },
    /// A scheme that is not let through, such as `javascript:`.
    Refused {
        /// The scheme, without its colon.
        scheme: String,
    },
}

impl Target {
    /// Reads the target of an ordinary link or picture.
    pub fn new(written: &str) -> Self {
        if let Some(fragment) = written.strip_prefix('#') {
            return Self::Here(decoded(fragment));
        }
        if written.starts_with("//") {
            return Self::External(format!("https:{written}"));
        }
        if let Some(scheme) = scheme(written) {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" => Self::External(written.to_owned()),
                "mailto" | "tel" | "sms" => Self::Contact(written.to_owned()),
                _ => Self::Refused {
                    scheme: scheme.to_owned(),
                },
            };
        }
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        Self::File {
            path: decoded(path),
            fragment: decoded(fragment),
        }
    }

    /// Reads the target of a wikilink.
    pub fn wiki(written: &str) -> Self {
        if let Some(fragment) = written.strip_prefix('#') {
            return Self::Here(fragment.to_owned());
        }
        let (name, fragment) = written.split_once('#').unwrap_or((written, ""));
        Self::Wiki {
            name: name.trim().to_owned(),
            fragment: fragment.to_owned(),
        }
    }
}

fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let mut letters = scheme.chars();
    let sound = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    sound.then_some(scheme)
}

/// `%20` and the like as the characters they stand for; what is no such code stays as it is.
fn decoded(written: &str) -> String {
    if !written.contains('%') {
        return written.to_owned();
    }
    let bytes = written.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| written.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(plain).unwrap_or_else(|_| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_tells_what_it_is() {
        let file = |path: &str, fragment: &str| Target::File {
            path: path.to_owned(),
            fragment: fragment.to_owned(),
        };
        for (written, expected) in [
            ("a.md", file("a.md", "")),
            ("../a%20b.md#x", file("../a b.md", "x")),
            ("100%.md", file("100%.md", "")),
            ("#x", Target::Here("x".into())),
            (
                "https://a.org/#x",
                Target::External("https://a.org/#x".into()),
            ),
            ("//a.org/", Target::External("https://a.org/".into())),
            ("tel:+123", Target::Contact("tel:+123".into())),
            (
                "JavaScript:alert(1)",
                Target::Refused {
                    scheme: "JavaScript".into(),
                },
            ),
        ] {
            assert_eq!(Target::new(written), expected, "{written}");
        }
        assert_eq!(
            Target::wiki("a b"),
            Target::Wiki {
                name: "a b".into(),
                fragment: String::new()
            }
        );
    }
}
