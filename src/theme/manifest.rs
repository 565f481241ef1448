//! `theme.toml`: what a theme says of itself, typed, with the place of everything that can be wrong.
//!
//! One file at a time; [`super::chain`] puts a theme and its parents together. Unknown keys are
//! refused. To add a key: ask for it in [`read`]; the name asked for is the name known.

use crate::data::{self, Fields, Node, Reader, Spanned, toml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

use super::budget::Budgets;
use super::directive::{self, DirectiveSpec};

/// The folder of all themes.
pub(super) const THEMES: &str = "themes";

/// A `theme.toml`.
#[derive(Debug)]
pub(super) struct Manifest {
    /// The folder below `themes/`, which is the theme's name.
    pub name: String,
    /// The file.
    pub path: SourcePath,
    /// Whether it is the one inside the program, and not in the site folder.
    pub is_built_in: bool,
    /// What the theme says of itself, in a sentence; may be empty.
    pub about: String,
    /// The parent.
    pub extends: Option<Spanned<String>>,
    /// The design tokens, in the order written.
    pub tokens: Vec<TokenEntry>,
    /// The pairs of colours that have to be readable.
    pub contrast: Vec<ContrastRule>,
    /// The directives, in the order written.
    pub directives: Vec<DirectiveSpec>,
    /// The keys of `extra` that may hold only certain words, in the order written.
    pub extra: Vec<ExtraKey>,
    /// What pages may weigh.
    pub budgets: Budgets,
}

/// `[extra.NAME]`: a key that pages may write in `extra`.
#[derive(Debug)]
pub(super) struct ExtraKey {
    /// The key.
    pub name: String,
    /// The words that it may hold; any when there are none.
    pub choices: Option<Vec<String>>,
    /// What it is for, in a sentence; may be empty.
    pub about: String,
}

/// What a design token holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A colour, which may differ in the dark scheme.
    Color,
    /// A length such as `38rem`.
    Length,
    /// A number such as `1.6`.
    Number,
    /// A list of typefaces.
    Font,
}

/// The words for the kinds.
pub(super) const TOKEN_KINDS: [(&str, TokenKind); 4] = [
    ("color", TokenKind::Color),
    ("length", TokenKind::Length),
    ("number", TokenKind::Number),
    ("font", TokenKind::Font),
];

/// A value of a token and the file it is written in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    /// The value as it is written, without quotes.
    pub text: String,
    /// The file.
    pub path: SourcePath,
    /// Where in the file.
    pub span: std::ops::Range<usize>,
}

/// `[tokens.NAME]` as written. What is missing comes from the parent theme.
#[derive(Debug)]
pub(super) struct TokenEntry {
    /// Its name; `--NAME` in stylesheets.
    pub name: Spanned<String>,
    /// What it holds.
    pub kind: Option<TokenKind>,
    /// `value`, or `light` of a colour.
    pub light: Option<Written>,
    /// `dark` of a colour.
    pub dark: Option<Written>,
    /// What it is for, in a sentence.
    pub about: Option<String>,
}

/// `[[contrast]]`.
#[derive(Debug, Clone)]
pub(super) struct ContrastRule {
    /// The token of the words.
    pub text: Spanned<String>,
    /// The tokens of the grounds.
    pub on: Vec<Spanned<String>>,
    /// The ratio that has to be reached.
    pub at_least: f64,
    /// The `theme.toml` it is written in.
    pub path: SourcePath,
}

/// Words for a sentence: `` `a`, `b` and `c` ``.
pub(super) fn quoted<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Where the manifest of a theme is, if its name can be a folder.
pub(super) fn path_of(name: &str) -> Option<SourcePath> {
    SourcePath::new(&format!("{THEMES}/{name}/theme.toml"))
}

/// The names of all themes that are there: the folders below `themes/`.
pub(super) fn theme_names(inputs: &Inputs) -> Vec<String> {
    let mut names: Vec<String> = inputs
        .below(THEMES)
        // A file that lies in `themes/` itself is no theme.
        .filter_map(|(path, _)| path.folder().split('/').nth(1).map(str::to_owned))
        .collect();
    names.dedup();
    names
}

/// Reads the manifest of a theme that is there.
pub(super) fn read(inputs: &Inputs, name: &str, findings: &mut Vec<Diagnostic>) -> Manifest {
    let path = path_of(name).unwrap_or_else(|| unreachable!("themes that are there have a path"));
    let mut manifest = Manifest {
        name: name.to_owned(),
        path: path.clone(),
        is_built_in: inputs.is_built_in(name),
        about: String::new(),
        extends: None,
        tokens: Vec::new(),
        contrast: Vec::new(),
        directives: Vec::new(),
        extra: Vec::new(),
        budgets: Budgets::default(),
    };
    let Some(text) = inputs.text_of(&path) else {
        findings.push(
            Diagnostic::new(
                Code::MissingFile,
                format!("the theme `{name}` has no `theme.toml`"),
            )
            .help(format!("write `{path}` with `name = \"{name}\"`")),
        );
        return manifest;
    };
    let (node, errors) = toml::parse(text);
    for error in errors {
        findings.push(
            Diagnostic::new(Code::Syntax, error.message)
                .at(&path, error.span, "")
                .help("`theme.toml` is written in TOML"),
        );
    }
    let reader = Reader::new(&path, text, "`theme.toml`");
    take_apart(&reader, &node, &mut manifest);
    findings.extend(reader.into_findings());
    manifest
}

fn take_apart(reader: &Reader<'_>, node: &Node, manifest: &mut Manifest) {
    let fields = Fields::new(reader, node, "theme.toml");
    let help = "the name of the theme's folder";
    if let Some(name) = fields.required_text("name", help)
        && name.value != manifest.name
    {
        let message = format!(
            "the theme in `{}` calls itself `{}`",
            manifest.name, name.value
        );
        reader.report(
            Diagnostic::new(Code::UnknownValue, message)
                .at(reader.path(), name.span, "not the name of the folder")
                .help(format!(
                    "write `name = \"{}\"`, or rename the folder",
                    manifest.name
                )),
        );
    }
    let _ = (fields.text("license"), fields.texts("authors"));
    manifest.about = fields
        .text("description")
        .map_or_else(String::new, |about| about.value);
    manifest.extends = fields.text("extends");
    for (name, node) in fields.free_table("tokens") {
        manifest.tokens.extend(token(reader, name, node));
    }
    for node in fields.list("contrast") {
        manifest.contrast.extend(contrast_rule(reader, node));
    }
    for (name, node) in fields.free_table("directives") {
        let spec = directive::read(reader, &name.value, name.span.clone(), node);
        manifest.directives.push(spec);
    }
    manifest.budgets = Budgets::read(&fields);
    for (name, node) in fields.free_table("extra") {
        manifest.extra.push(extra_key(reader, name, node));
    }
    fields.finish();
}

/// `None` when its kind is not one of the kinds, which is reported.
fn token(reader: &Reader<'_>, name: &Spanned<String>, node: &Node) -> Option<TokenEntry> {
    let fields = Fields::new(reader, node, &name.value);
    let written = |key| {
        fields.text(key).map(|text| Written {
            text: text.value,
            path: reader.path().clone(),
            span: text.span,
        })
    };
    let kind = fields.choice("kind", &TOKEN_KINDS);
    let (light, dark, value) = (written("light"), written("dark"), written("value"));
    let about = fields.text("about").map(|about| about.value);
    let is_wrong = kind.is_none() && fields.node("kind").is_some();
    fields.finish();
    if is_wrong {
        return None;
    }
    let is_color = kind.is_none_or(|kind| kind == TokenKind::Color);
    if let Some(misplaced) = light.as_ref().or(dark.as_ref()).filter(|_| !is_color) {
        let message = format!(
            "only a colour has `light` and `dark`, and `{}` is none",
            name.value
        );
        reader.report(
            Diagnostic::new(Code::Token, message)
                .at(reader.path(), misplaced.span.clone(), "")
                .help("write `value`"),
        );
    }
    Some(TokenEntry {
        name: name.clone(),
        kind,
        light: light.or_else(|| value.clone()),
        dark: dark.or(value),
        about,
    })
}

fn extra_key(reader: &Reader<'_>, name: &Spanned<String>, node: &Node) -> ExtraKey {
    let fields = Fields::new(reader, node, &name.value);
    let choices = fields.texts("choices");
    let about = fields.text("about");
    fields.finish();
    ExtraKey {
        name: name.value.clone(),
        choices: choices.map(|words| words.into_iter().map(|word| word.value).collect()),
        about: about.map_or_else(String::new, |about| about.value),
    }
}

fn contrast_rule(reader: &Reader<'_>, node: &Node) -> Option<ContrastRule> {
    let fields = Fields::new(reader, node, "contrast");
    let text = fields.required_text("text", "the token of the words");
    let on = fields.texts("on").unwrap_or_default();
    let at_least = match fields.node("at_least").map(|node| (&node.value, node)) {
        Some((data::Value::Number(number), _)) => Some(*number),
        #[allow(clippy::cast_precision_loss)]
        Some((data::Value::Integer(number), _)) => Some(*number as f64),
        Some((_, node)) => {
            reader.report(
                Diagnostic::new(Code::WrongType, "`at_least` is a number")
                    .at(reader.path(), node.span.clone(), "expected a number")
                    .help("7.0 for text, 4.5 for large text, 3.0 for lines that carry meaning"),
            );
            None
        }
        None => Some(7.0),
    };
    fields.finish();
    Some(ContrastRule {
        text: text?,
        on,
        at_least: at_least?,
        path: reader.path().clone(),
    })
}
