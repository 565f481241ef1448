//! From TeX to text: `Schr{\"o}dinger's \emph{cat}` becomes `Schrödinger's <i>cat</i>`.
//!
//! What comes out is text as CSL-JSON has it: Unicode, with `<i>`, `<b>`, `<sup>` and `<sub>` and nothing
//! else. Braces that protect capitals leave no trace, since the CSL engine knows no protection. A
//! command that is not known is dropped, and what it encloses stays.
//!
//! To add a command: a line in [`LETTERS`], [`TAGS`] or [`MATHS`].

use std::iter::Peekable;
use std::str::Chars;

/// Commands that stand for letters and signs.
const LETTERS: &[(&str, &str)] = &[
    ("aa", "å"),
    ("AA", "Å"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("copyright", "©"),
    ("dag", "†"),
    ("ddag", "‡"),
    ("dh", "ð"),
    ("DH", "Ð"),
    ("dj", "đ"),
    ("DJ", "Đ"),
    ("dots", "…"),
    ("euro", "€"),
    ("EUR", "€"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("l", "ł"),
    ("L", "Ł"),
    ("LaTeX", "LaTeX"),
    ("ldots", "…"),
    ("ng", "ŋ"),
    ("NG", "Ŋ"),
    ("o", "ø"),
    ("O", "Ø"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("P", "¶"),
    ("par", " "),
    ("pounds", "£"),
    ("quad", " "),
    ("qquad", " "),
    ("quotedblbase", "„"),
    ("quotesinglbase", "‚"),
    ("S", "§"),
    ("slash", "/"),
    ("space", " "),
    ("ss", "ß"),
    ("SS", "ẞ"),
    ("TeX", "TeX"),
    ("textasciicircum", "^"),
    ("textasciigrave", "`"),
    ("textasciitilde", "~"),
    ("textbackslash", "\\"),
    ("textbar", "|"),
    ("textbraceleft", "{"),
    ("textbraceright", "}"),
    ("textbullet", "•"),
    ("textdegree", "°"),
    ("textdollar", "$"),
    ("textellipsis", "…"),
    ("textemdash", "—"),
    ("textendash", "–"),
    ("texteuro", "€"),
    ("textexclamdown", "¡"),
    ("textgreater", ">"),
    ("textless", "<"),
    ("textmu", "µ"),
    ("textordfeminine", "ª"),
    ("textordmasculine", "º"),
    ("textperiodcentered", "·"),
    ("textquestiondown", "¿"),
    ("textquotedbl", "\""),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotesingle", "'"),
    ("textregistered", "®"),
    ("textsection", "§"),
    ("texttrademark", "™"),
    ("textunderscore", "_"),
    ("th", "þ"),
    ("TH", "Þ"),
];

/// Commands that dress their argument, each with the tags for it. `\em` and the like dress the rest of
/// the group that they stand in.
const TAGS: &[(&str, &str, &str)] = &[
    ("em", "<i>", "</i>"),
    ("emph", "<i>", "</i>"),
    ("it", "<i>", "</i>"),
    ("itshape", "<i>", "</i>"),
    ("mkbibemph", "<i>", "</i>"),
    ("mkbibitalic", "<i>", "</i>"),
    ("textit", "<i>", "</i>"),
    ("textsl", "<i>", "</i>"),
    ("bf", "<b>", "</b>"),
    ("bfseries", "<b>", "</b>"),
    ("mkbibbold", "<b>", "</b>"),
    ("textbf", "<b>", "</b>"),
    ("mkbibsuperscript", "<sup>", "</sup>"),
    ("textsuperscript", "<sup>", "</sup>"),
    ("mkbibsubscript", "<sub>", "</sub>"),
    ("textsubscript", "<sub>", "</sub>"),
    ("enquote", "“", "”"),
    ("mkbibquote", "“", "”"),
    ("mkbibparens", "(", ")"),
];

/// The commands of [`TAGS`] that dress the rest of their group.
const SWITCHES: &[&str] = &["em", "it", "itshape", "bf", "bfseries"];

/// Commands of formulas.
const MATHS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("approx", "≈"),
    ("beta", "β"),
    ("cdot", "·"),
    ("chi", "χ"),
    ("circ", "°"),
    ("delta", "δ"),
    ("Delta", "Δ"),
    ("epsilon", "ε"),
    ("eta", "η"),
    ("gamma", "γ"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("infty", "∞"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("le", "≤"),
    ("leq", "≤"),
    ("mu", "μ"),
    ("neq", "≠"),
    ("nu", "ν"),
    ("omega", "ω"),
    ("Omega", "Ω"),
    ("phi", "φ"),
    ("pi", "π"),
    ("pm", "±"),
    ("psi", "ψ"),
    ("rho", "ρ"),
    ("rightarrow", "→"),
    ("sigma", "σ"),
    ("sim", "∼"),
    ("tau", "τ"),
    ("theta", "θ"),
    ("times", "×"),
    ("to", "→"),
    ("zeta", "ζ"),
];

/// Accents: the command, the combining sign, and the letters that have it as one character, each
/// letter before its accented form.
const ACCENTS: &[(char, char, &str)] = &[
    ('`', '\u{300}', "aàeèiìoòuùnǹwẁyỳAÀEÈIÌOÒUÙNǸWẀYỲ"),
    (
        '\'',
        '\u{301}',
        "aáeéiíoóuúyýcćnńsśzźlĺrŕgǵkḱmḿpṕwẃAÁEÉIÍOÓUÚYÝCĆNŃSŚZŹLĹRŔGǴKḰMḾPṔWẂæǽøǿÆǼØǾ",
    ),
    (
        '^',
        '\u{302}',
        "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷzẑAÂEÊIÎOÔUÛCĈGĜHĤJĴSŜWŴYŶZẐ",
    ),
    ('~', '\u{303}', "aãeẽiĩnñoõuũvṽyỹAÃEẼIĨNÑOÕUŨVṼYỸ"),
    ('"', '\u{308}', "aäeëhḧiïoötẗuüwẅxẍyÿAÄEËHḦIÏOÖUÜWẄXẌYŸ"),
    ('=', '\u{304}', "aāeēgḡiīoōuūyȳAĀEĒGḠIĪOŌUŪYȲ"),
    (
        '.',
        '\u{307}',
        "bḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzżBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻ",
    ),
    ('u', '\u{306}', "aăeĕgğiĭoŏuŭAĂEĔGĞIĬOŎUŬ"),
    (
        'v',
        '\u{30c}',
        "aǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzžAǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽ",
    ),
    ('H', '\u{30b}', "oőuűOŐUŰ"),
    ('r', '\u{30a}', "aåuůwẘyẙAÅUŮ"),
    (
        'c',
        '\u{327}',
        "cçdḑeȩgģhḩkķlļnņrŗsştţCÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢ",
    ),
    ('k', '\u{328}', "aąeęiįoǫuųAĄEĘIĮOǪUŲ"),
    (
        'd',
        '\u{323}',
        "aạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓAẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒ",
    ),
    ('b', '\u{331}', "bḇdḏkḵlḻnṉrṟtṯzẕBḆDḎKḴLḺNṈRṞTṮZẔ"),
];

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
