//! From TeX to text: `Schr{\"o}dinger's \emph{cat}` becomes `Schrödinger's <i>cat</i>`.
//!
//! What comes out is text as CSL-JSON has it: Unicode, with `<i>`, `<b>`, `<sup>` and `<sub>` and nothing
//! else. Braces that protect capitals leave no trace, since the CSL engine knows no protection. A
//! command that is not known is dropped, and what it encloses stays.
//!
//! To add a command: a line in [`LETTERS`], [`TAGS`] or [`MATHS`] of [`signs`].

mod lists;
mod signs;

use std::iter::Peekable;
use std::str::Chars;

pub use lists::{braced, split, words};

use signs::{ACCENTS, LETTERS, MATHS, SWITCHES, TAGS};

/// A field as text. White space counts as one space.
pub fn text(tex: &str) -> String {
    if !tex.contains(['\\', '{', '}', '$', '~', '-', '`', '\'', '\n', '\t', '\r'])
        && !tex.contains("  ")
    {
        return tex.trim().to_owned();
    }
    let mut decoder = Decoder {
        rest: tex.chars().peekable(),
        out: String::with_capacity(tex.len()),
        is_formula: false,
    };
    decoder.group();
    let trimmed = decoder.out.trim_matches([' ', '\n']);
    trimmed.to_owned()
}

/// An address or an identifier: only what TeX needs to print it is taken away.
pub fn verbatim(tex: &str) -> String {
    let tex = tex.trim();
    let tex = tex
        .strip_prefix("\\url{")
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(tex)
        .replace("{\\textasciitilde}", "~")
        .replace("\\textasciitilde{}", "~")
        .replace("\\textasciitilde", "~")
        .replace("{\\_}", "_");
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex.chars().peekable();
    while let Some(c) = rest.next() {
        let is_escape = c == '\\'
            && rest
                .peek()
                .is_some_and(|next| matches!(next, '_' | '%' | '&' | '#' | '~' | '{' | '}' | '$'));
        if is_escape {
            out.extend(rest.next());
        } else if !c.is_control() {
            out.push(c);
        }
    }
    out
}

struct Decoder<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
    is_formula: bool,
}

impl Decoder<'_> {
    /// Up to the end of the group, or of the text.
    fn group(&mut self) {
        let mut ends = Vec::new();
        while let Some(c) = self.rest.next() {
            match c {
                '}' => break,
                '{' => self.group(),
                '\\' => {
                    if let Some(end) = self.command() {
                        ends.push(end);
                    }
                }
                '$' => self.is_formula = !self.is_formula,
                '^' | '_' if self.is_formula => {
                    let tag = if c == '^' { "sup" } else { "sub" };
                    let argument = self.argument();
                    self.out.push_str(&format!("<{tag}>{argument}</{tag}>"));
                }
                '~' => self.out.push('\u{a0}'),
                '-' => self.dashes(),
                '`' => self.quotes('`', '‘', "“"),
                '\'' => self.quotes('\'', '\'', "”"),
                _ if c.is_whitespace() => {
                    if !self.out.ends_with([' ', '\n']) && !self.out.is_empty() {
                        self.out.push(' ');
                    }
                }
                _ => self.out.push(c),
            }
        }
        for end in ends.into_iter().rev() {
            self.out.push_str(end);
        }
    }

    fn dashes(&mut self) {
        let mut count = 1;
        while count < 3 && self.rest.next_if_eq(&'-').is_some() {
            count += 1;
        }
        self.out.push_str(match count {
            1 => "-",
            2 => "–",
            _ => "—",
        });
    }

    fn quotes(&mut self, mark: char, single: char, double: &str) {
        if self.rest.next_if_eq(&mark).is_some() {
            self.out.push_str(double);
        } else {
            self.out.push(single);
        }
    }

    /// A command, behind its backslash. Gives the tag that ends the group, for those that dress the
    /// rest of it.
    fn command(&mut self) -> Option<&'static str> {
        let Some(first) = self.rest.next() else {
            self.out.push('\\');
            return None;
        };
        if !first.is_ascii_alphabetic() {
            self.sign(first);
            return None;
        }
        let mut name = String::from(first);
        while let Some(c) = self.rest.next_if(char::is_ascii_alphabetic) {
            name.push(c);
        }
        self.rest.next_if_eq(&'*');
        let had_space = self.skip_space();
        let mut accents = ACCENTS.iter();
        if name.len() == 1
            && let Some(accent) = accents.find(|(command, ..)| first == *command)
        {
            let argument = self.argument();
            self.accent(accent, &argument);
        } else if let Some((_, begin, end)) = TAGS.iter().find(|(command, ..)| *command == name) {
            self.out.push_str(begin);
            if SWITCHES.contains(&name.as_str()) && self.rest.peek() != Some(&'{') {
                return Some(end);
            }
            let argument = self.argument();
            self.out.push_str(&argument);
            self.out.push_str(end);
        } else if let Some((_, letters)) = LETTERS.iter().find(|(command, _)| *command == name) {
            self.out.push_str(letters);
            // `\o{}` and `{\o}` end the command; a space does too, and is no space.
            if self.rest.peek() == Some(&'{') {
                let argument = self.argument();
                self.out.push_str(&argument);
            }
        } else if let Some((_, sign)) = MATHS.iter().find(|(command, _)| *command == name) {
            self.out.push_str(sign);
        } else if name == "href" {
            self.argument();
        } else if had_space && self.rest.peek() != Some(&'{') && !self.out.is_empty() {
            self.out.push(' ');
        }
        None
    }

    /// A command that is a sign: an accent, or a sign that means something to TeX.
    fn sign(&mut self, sign: char) {
        let mut accents = ACCENTS.iter();
        if let Some(accent) = accents.find(|(command, ..)| sign == *command) {
            self.skip_space();
            let argument = self.argument();
            self.accent(accent, &argument);
            return;
        }
        match sign {
            '-' | '/' => {}
            '\\' | ' ' | ',' | ';' | '!' => self.out.push(' '),
            _ if sign.is_whitespace() => self.out.push(' '),
            _ => self.out.push(sign),
        }
    }

    fn accent(&mut self, accent: &(char, char, &str), argument: &str) {
        let (sign, combining, letters) = *accent;
        let mut chars = argument.chars();
        let Some(first) = chars.next() else {
            // `\~{}` is the sign itself.
            self.out.push(sign);
            return;
        };
        let letter = match first {
            'ı' => 'i',
            'ȷ' => 'j',
            other => other,
        };
        let mut pairs = letters.chars();
        let mut composed = None;
        while let (Some(plain), Some(accented)) = (pairs.next(), pairs.next()) {
            if plain == letter {
                composed = Some(accented);
                break;
            }
        }
        match composed {
            Some(accented) => self.out.push(accented),
            None => self.out.extend([letter, combining]),
        }
        self.out.push_str(chars.as_str());
    }

    /// The next group, command or character, decoded.
    fn argument(&mut self) -> String {
        let before = std::mem::take(&mut self.out);
        match self.rest.next() {
            Some('{') => self.group(),
            Some('\\') => {
                let end = self.command();
                self.out.extend(end);
            }
            Some(c) => self.out.push(c),
            None => {}
        }
        std::mem::replace(&mut self.out, before)
    }

    fn skip_space(&mut self) -> bool {
        let mut any = false;
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {
            any = true;
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_of_tex_become_letters() {
        for (tex, expected) in [
            (r#"Schr{\"o}dinger"#, "Schrödinger"),
            (r#"Schr{\"{o}}dinger"#, "Schrödinger"),
            (r#"Schr\"odinger"#, "Schrödinger"),
            (r"Erd{\H o}s", "Erdős"),
            (r"Erd\H{o}s", "Erdős"),
            (r"{\'E}tienne Fran\c{c}ois", "Étienne François"),
            (r"{\'\i}slands", "íslands"),
            (r"S{\o}ren {\AA}rhus", "Søren Århus"),
            (r"\O{}rsted, \L ukasz", "Ørsted, Łukasz"),
            (r"Strau{\ss} \& Sons, 5\,\%", "Strauß & Sons, 5 %"),
            (r"\v{S}koda, \k{a}, \d{h}", "Škoda, ą, ḥ"),
            (r"\'q", "q\u{301}"),
            ("pages 3--5 --- ``why?'' ", "pages 3–5 — “why?”"),
            ("a {NASA}\n   study", "a NASA study"),
            (
                r"\emph{In vitro} and {\it more} done",
                "<i>In vitro</i> and <i>more</i> done",
            ),
            (
                r"CO\textsubscript{2}, m$^{2}$, $p \leq .05$",
                "CO<sub>2</sub>, m<sup>2</sup>, p ≤.05",
            ),
            (r"\textsc{Small} \unknown{kept}", "Small kept"),
            (r"{\textasciitilde}50", "~50"),
            ("Jean~Paul", "Jean\u{a0}Paul"),
            (r"a\\b", "a b"),
            ("couples' talk", "couples' talk"),
        ] {
            assert_eq!(text(tex), expected, "{tex}");
        }
    }

    #[test]
    fn addresses_keep_their_hyphens() {
        assert_eq!(
            verbatim(r"https://example.org/a\_b--c\%20d{\textasciitilde}e"),
            "https://example.org/a_b--c%20d~e"
        );
        assert_eq!(
            verbatim(r"\url{https://example.org}"),
            "https://example.org"
        );
    }
}
