//! Design tokens: the colours, lengths, numbers and typefaces of a theme, with the site's own values
//! laid over them, and the `tokens.css` made of them.
//!
//! Every value is parsed before it is used, so that a slip in `site.toml` is found at its place and
//! nothing but a value can get into the stylesheet. [`super::contrast`] checks pairs of colours.

use lightningcss::properties::{Property, PropertyId};
use lightningcss::stylesheet::ParserOptions;
use lightningcss::traits::Parse;
use lightningcss::values::color::{CssColor, RGBA};
use lightningcss::values::length::LengthPercentage;
use lightningcss::values::number::CSSNumber;

use super::ThemeSettings;
use super::chain::Chain;
use super::manifest::{TOKEN_KINDS, TokenEntry, TokenKind, Written, quoted};
use crate::data::{Fields, Node, Reader, Spanned, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

/// A token with the values that count.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Its name; `--NAME` in stylesheets.
    pub name: String,
    /// What it holds.
    pub kind: TokenKind,
    /// The value, or the colour of the light scheme.
    pub light: Written,
    /// The colour of the dark scheme; the same as `light` for other kinds.
    pub dark: Written,
    /// What it is for, in a sentence; may be empty.
    pub about: String,
}

/// The tokens of a theme, its parents below it and the site above it.
pub(super) fn load(
    inputs: &Inputs,
    chain: &Chain,
    settings: &ThemeSettings,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Token> {
    let mut drafts: Vec<Draft> = Vec::new();
    for manifest in chain.manifests.iter().rev() {
        for entry in &manifest.tokens {
            match drafts
                .iter_mut()
                .find(|draft| draft.name.value == entry.name.value)
            {
                Some(draft) => draft.lay_over(entry, &manifest.path),
                None => drafts.push(Draft::new(entry, &manifest.path)),
            }
        }
    }
    let mut tokens: Vec<Token> = drafts
        .into_iter()
        .filter_map(|draft| draft.finish(findings))
        .collect();
    lay_site_over(inputs, settings, &mut tokens, findings);
    for token in &tokens {
        check_value(token, &token.light, findings);
        if token.dark != token.light {
            check_value(token, &token.dark, findings);
        }
    }
    tokens
}

/// The text of `tokens.css`. Values that cannot be parsed are left out.
pub(super) fn css(tokens: &[Token]) -> String {
    let mut light = String::new();
    let mut dark = String::new();
    for token in tokens {
        if problem(token.kind, &token.light.text).is_none() {
            light.push_str(&format!("--{}:{};", token.name, token.light.text));
        }
        let differs = token.dark.text != token.light.text;
        if differs && problem(token.kind, &token.dark.text).is_none() {
            dark.push_str(&format!("--{}:{};", token.name, token.dark.text));
        }
    }
    let mut css = format!(":root{{{light}}}\n");
    if !dark.is_empty() {
        css.push_str(&format!(
            "@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        ));
    }
    css
}

/// A colour as the screen shows it; `None` for what is no colour of its own, such as `currentColor`.
pub(super) fn color(text: &str) -> Option<RGBA> {
    let color = CssColor::parse_string(text).ok()?;
    match color {
        CssColor::CurrentColor | CssColor::LightDark(..) | CssColor::System(_) => None,
        CssColor::RGBA(color) => Some(color),
        CssColor::LAB(_) | CssColor::Predefined(_) | CssColor::Float(_) => {
            RGBA::try_from(&color).ok()
        }
    }
}

struct Draft {
    name: Spanned<String>,
    path: SourcePath,
    kind: Option<TokenKind>,
    light: Option<Written>,
    dark: Option<Written>,
    about: Option<String>,
}

impl Draft {
    fn new(entry: &TokenEntry, path: &SourcePath) -> Self {
        Self {
            name: entry.name.clone(),
            path: path.clone(),
            kind: entry.kind,
            light: entry.light.clone(),
            dark: entry.dark.clone(),
            about: entry.about.clone(),
        }
    }

    fn lay_over(&mut self, entry: &TokenEntry, path: &SourcePath) {
        self.name = entry.name.clone();
        self.path = path.clone();
        self.kind = entry.kind.or(self.kind);
        self.light = entry.light.clone().or(self.light.take());
        self.dark = entry.dark.clone().or(self.dark.take());
        self.about = entry.about.clone().or(self.about.take());
    }

    fn finish(self, findings: &mut Vec<Diagnostic>) -> Option<Token> {
        let name = &self.name.value;
        let mut report = |message: String, help: String| {
            findings.push(
                Diagnostic::new(Code::Token, message)
                    .at(&self.path, self.name.span.clone(), "")
                    .help(help),
            );
        };
        let sound = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !sound {
            let help = "letters, digits and `-`: a stylesheet says `var(--name)`".to_owned();
            report(format!("`{name}` cannot be the name of a token"), help);
            return None;
        }
        let Some(kind) = self.kind else {
            let kinds = quoted(TOKEN_KINDS.iter().map(|(word, _)| *word));
            report(
                format!("the token `{name}` has no `kind`"),
                format!("one of {kinds}"),
            );
            return None;
        };
        let Some(light) = self.light.clone().or(self.dark.clone()) else {
            let help = match kind {
                TokenKind::Color => "write `light = \"#...\"` and `dark = \"#...\"`",
                TokenKind::Length | TokenKind::Number | TokenKind::Font => {
                    "write `value = \"...\"`"
                }
            };
            report(format!("the token `{name}` has no value"), help.to_owned());
            return None;
        };
        let dark = self.dark.unwrap_or_else(|| light.clone());
        Some(Token {
            name: self.name.value,
            kind,
            light,
            dark,
            about: self.about.unwrap_or_default(),
        })
    }
}

fn lay_site_over(
    inputs: &Inputs,
    settings: &ThemeSettings,
    tokens: &mut [Token],
    findings: &mut Vec<Diagnostic>,
) {
    let Some(path) = SourcePath::new("site.toml") else {
        return;
    };
    let text = inputs
        .text_of(&path)
        .map(|text| &**text)
        .unwrap_or_default();
    let reader = Reader::new(&path, text, "`site.toml`");
    for (name, node) in &settings.tokens {
        let names: Vec<String> = tokens.iter().map(|token| token.name.clone()).collect();
        match tokens.iter_mut().find(|token| token.name == name.value) {
            Some(token) => override_token(&reader, token, node),
            None => {
                let names = || names.iter().map(String::as_str);
                reader.report(
                    Diagnostic::new(
                        Code::Token,
                        format!("the theme has no token `{}`", name.value),
                    )
                    .at(&path, name.span.clone(), "not known")
                    .suggest(
                        &name.value,
                        names(),
                        format!("its tokens are {}", quoted(names())),
                    ),
                );
            }
        }
    }
    findings.extend(reader.into_findings());
}

fn override_token(reader: &Reader<'_>, token: &mut Token, node: &Node) {
    let written = |text: Spanned<String>| Written {
        text: text.value,
        path: reader.path().clone(),
        span: text.span,
    };
    let wrong = |message: String, help: &str| {
        reader.report(
            Diagnostic::new(Code::Token, message)
                .at(reader.path(), node.span.clone(), "")
                .help(help),
        );
    };
    match &node.value {
        Value::Table(_) if token.kind == TokenKind::Color => {
            let fields = Fields::new(reader, node, &token.name);
            if let Some(light) = fields.text("light") {
                token.light = written(light);
            }
            if let Some(dark) = fields.text("dark") {
                token.dark = written(dark);
            }
            fields.finish();
        }
        Value::Text(_) | Value::Integer(_) | Value::Number(_) => {
            // `as_text` belongs to tables; an empty one lends it.
            let empty = Node {
                value: Value::Table(Vec::new()),
                span: node.span.clone(),
            };
            if let Some(text) = Fields::new(reader, &empty, "").as_text(node, &token.name) {
                token.light = written(text);
                token.dark = token.light.clone();
            }
        }
        Value::Table(_) => wrong(
            format!("`{}` has one value for both schemes", token.name),
            "only colours have `light` and `dark`",
        ),
        Value::Null | Value::Flag(_) | Value::List(_) => wrong(
            format!(
                "`{}` is {}, where {} is expected",
                token.name,
                node.value.kind(),
                kind_words(token.kind)
            ),
            "write the value in quotes",
        ),
    }
}

fn kind_words(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Color => "a colour",
        TokenKind::Length => "a length",
        TokenKind::Number => "a number",
        TokenKind::Font => "a list of typefaces",
    }
}

fn check_value(token: &Token, written: &Written, findings: &mut Vec<Diagnostic>) {
    if let Some(help) = problem(token.kind, &written.text) {
        let message = format!(
            "`{}` is not {}, which the token `{}` needs",
            written.text,
            kind_words(token.kind),
            token.name
        );
        findings.push(
            Diagnostic::new(Code::Token, message)
                .at(
                    &written.path,
                    written.span.clone(),
                    format!("expected {}", kind_words(token.kind)),
                )
                .help(help),
        );
    }
}

/// What to do about a value that is not of its kind.
fn problem(kind: TokenKind, text: &str) -> Option<&'static str> {
    let (sound, help) = match kind {
        TokenKind::Color => (
            color(text).is_some(),
            "write `#2A2130`, `rgb(...)`, `hsl(...)` or `oklch(...)`",
        ),
        TokenKind::Length => {
            let sound = LengthPercentage::parse_string(text).is_ok();
            (sound, "write a number and a unit, such as `38rem`")
        }
        TokenKind::Number => (
            CSSNumber::parse_string(text).is_ok(),
            "write digits, such as `1.6`",
        ),
        TokenKind::Font => {
            let property =
                Property::parse_string(PropertyId::FontFamily, text, ParserOptions::default());
            let sound = matches!(property, Ok(Property::FontFamily(_)))
                && !text.contains([';', '{', '}', '\n']);
            (
                sound,
                "write names with commas between them, such as `Georgia, serif`",
            )
        }
    };
    (!sound).then_some(help)
}

#[cfg(test)]
mod tests {
    use crate::theme::testing::{Folder, lines};

    const THEME: &str = "name = \"plain\"\n\
        [tokens.ink]\nkind = \"color\"\nlight = \"#000\"\ndark = \"#fff\"\n\
        [tokens.paper]\nkind = \"color\"\nlight = \"#fff\"\ndark = \"#000\"\n\
        [tokens.measure]\nkind = \"length\"\nvalue = \"38rem\"\n\
        [tokens.leading]\nkind = \"number\"\nvalue = 1.6\n\
        [tokens.serif]\nkind = \"font\"\nvalue = '\"Iowan Old Style\", serif'\n\
        [[contrast]]\ntext = \"ink\"\non = [\"paper\"]\nat_least = 7.0\n";

    fn check(site: &str, expected: &[&str]) -> String {
        let site = format!("[theme]\nname = \"plain\"\n{site}");
        let folder = Folder::new(&[
            ("site.toml", &site),
            ("themes/plain/theme.toml", THEME),
            ("themes/plain/assets/main.css", "@import \"tokens.css\";"),
        ]);
        let (theme, findings, inputs) = folder.load(&["en"]);
        assert_eq!(lines(&inputs, &findings), expected);
        String::from_utf8_lossy(&theme.assets()["main.css"].bytes).into_owned()
    }

    #[test]
    fn tokens_become_custom_properties_of_both_schemes() {
        let css = check(
            "[theme.tokens]\nink = { light = \"#111\" }\nmeasure = \"calc(30rem + 2vw)\"\n",
            &[],
        );
        assert!(
            css.starts_with(":root{--ink:#111;--paper:#fff;--measure:calc("),
            "{css}"
        );
        assert!(css.contains("--serif:\"Iowan Old Style\", serif"), "{css}");
        assert!(
            css.ends_with("@media (prefers-color-scheme:dark){:root{--ink:#fff;--paper:#000}}"),
            "{css}"
        );
    }

    #[test]
    fn a_token_of_the_site_is_known_and_of_its_kind() {
        check(
            "[theme.tokens]\nikn = \"#111\"\nmeasure = \"wide\"\nleading = [1]\nserif = \"a; b\"\npaper = \"currentColor\"\n",
            &[
                "design-token site.toml:\"ikn\": the theme has no token `ikn` / did you mean `ink`?",
                "design-token site.toml:\"\\\"wide\\\"\": `wide` is not a length, which the token `measure` needs / write a number and a unit, such as `38rem`",
                "design-token site.toml:\"[1]\": `leading` is a list, where a number is expected / write the value in quotes",
                "design-token site.toml:\"\\\"a; b\\\"\": `a; b` is not a list of typefaces, which the token `serif` needs / write names with commas between them, such as `Georgia, serif`",
                "design-token site.toml:\"\\\"currentColor\\\"\": `currentColor` is not a colour, which the token `paper` needs / write `#2A2130`, `rgb(...)`, `hsl(...)` or `oklch(...)`",
            ],
        );
    }

    #[test]
    fn colours_that_are_too_close_are_found_in_each_scheme() {
        check(
            "[theme.tokens]\nink = { light = \"#767676\", dark = \"oklch(60% 0 0)\" }\n",
            &[
                "contrast site.toml:\"\\\"#767676\\\"\" + themes/plain/theme.toml:\"\\\"ink\\\"\": `ink` on `paper` reaches a contrast of 4.54 in the light scheme and needs 7.00 / make `ink` darker or choose another ground",
                "contrast site.toml:\"\\\"oklch(60% 0 0)\\\"\" + themes/plain/theme.toml:\"\\\"ink\\\"\": `ink` on `paper` reaches a contrast of 5.31 in the dark scheme and needs 7.00 / make `ink` lighter or choose another ground",
            ],
        );
    }
}
