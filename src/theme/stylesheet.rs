//! Stylesheets: `@import`s bundled, nesting lowered, the whole minified, and every `url(...)` turned
//! into the fingerprinted name of the asset.
//!
//! A part is looked for among the files that count, so that a child theme replaces one `_part.css`
//! of its parent. `tokens.css` is the one made of the design tokens. A stylesheet fetches nothing
//! from other sites, which would tell them who reads the page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use lightningcss::bundler::{BundleErrorKind, Bundler, ResolveResult, SourceProvider};
use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::error::ErrorLocation;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use super::chain::ThemeFile;
use super::{properties, stylesheet_urls};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::{SourcePath, UrlPath};
use crate::source::Contents;

/// The stylesheet made of the design tokens.
const TOKENS: &str = "tokens.css";

/// What a stylesheet may refer to.
pub(super) struct Sheets<'a> {
    /// The files of `assets/` that count, by their path below it.
    pub files: &'a BTreeMap<String, ThemeFile<'a>>,
    /// The text of `tokens.css`.
    pub tokens_css: &'a str,
    /// The published names of everything that is not a stylesheet.
    pub urls: &'a BTreeMap<String, UrlPath>,
}

/// Why an `@import` cannot be followed.
#[derive(Debug)]
pub(super) enum Refused {
    Missing(String),
    Foreign(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "there is no stylesheet `{name}`"),
            Self::Foreign(url) => write!(f, "`{url}` is on another site"),
        }
    }
}

impl std::error::Error for Refused {}

impl Sheets<'_> {
    /// The text of a stylesheet.
    pub fn text(&self, name: &str) -> Option<&str> {
        if name == TOKENS {
            return Some(self.tokens_css);
        }
        match &self.files.get(name)?.file.contents {
            Contents::Text(text) => Some(text),
            Contents::Bytes(_) | Contents::OnDisk(_) => None,
        }
    }

    /// The file of a stylesheet; none for `tokens.css`.
    pub fn path(&self, name: &str) -> Option<&SourcePath> {
        self.files.get(name).map(|file| file.path)
    }

    /// The names a stylesheet may import.
    fn importable(&self) -> impl Iterator<Item = &str> {
        let parts = self.files.keys().filter(|name| name.ends_with(".css"));
        parts.map(String::as_str).chain([TOKENS])
    }
}

impl SourceProvider for Sheets<'_> {
    type Error = Refused;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, Refused> {
        let name = file.to_string_lossy();
        self.text(&name)
            .ok_or_else(|| Refused::Missing(name.into_owned()))
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, Refused> {
        if is_foreign(specifier) {
            return Err(Refused::Foreign(specifier.to_owned()));
        }
        let name = below(&from.to_string_lossy(), specifier);
        match name.filter(|name| self.text(name).is_some()) {
            Some(name) => Ok(ResolveResult::File(PathBuf::from(name))),
            None => Err(Refused::Missing(specifier.to_owned())),
        }
    }
}

/// Bundles one stylesheet. What is wrong is reported; `None` when nothing can be made of it.
pub(super) fn bundle(
    sheets: &Sheets<'_>,
    name: &str,
    findings: &mut Vec<Diagnostic>,
) -> Option<String> {
    let warnings = Arc::new(RwLock::new(Vec::new()));
    let options = ParserOptions {
        // Each bad rule becomes a warning, so that all are found in one run.
        error_recovery: true,
        warnings: Some(Arc::clone(&warnings)),
        ..ParserOptions::default()
    };
    let bundled = Bundler::new(sheets, None, options).bundle(Path::new(name));
    let mut sheet = match bundled {
        Ok(sheet) => sheet,
        Err(error) => {
            findings.push(refusal(sheets, name, &error.kind, error.loc.as_ref()));
            return None;
        }
    };
    if let Ok(warnings) = warnings.read() {
        for warning in warnings.iter() {
            let place = warning.loc.as_ref();
            findings.push(at_place(
                sheets,
                name,
                place,
                plain(&warning.kind.to_string()),
            ));
        }
    }
    let lookup = |source: u32| {
        let file = sheet.sources.get(source as usize)?;
        Some((sheets.path(file)?, sheets.text(file)?))
    };
    properties::check(&sheet.rules, &lookup, findings);
    // Parts are read in parallel, and these come in the order in which that happened to end.
    sheet.license_comments.sort();
    match print(&mut sheet) {
        Ok((code, urls)) => Some(stylesheet_urls::fill(sheets, name, code, &urls, findings)),
        Err(error) => {
            let message = format!("`{name}` cannot be written: {error}");
            findings.push(Diagnostic::new(Code::Stylesheet, message));
            None
        }
    }
}

/// Lowers and minifies; gives the text with marks for addresses, and the addresses.
fn print(sheet: &mut StyleSheet<'_>) -> Result<(String, Vec<Dependency>), String> {
    let targets = Targets::from(BROWSERS);
    let options = MinifyOptions {
        targets,
        ..MinifyOptions::default()
    };
    sheet
        .minify(options)
        .map_err(|error| error.kind.to_string())?;
    let options = PrinterOptions {
        minify: true,
        targets,
        analyze_dependencies: Some(DependencyOptions {
            remove_imports: false,
        }),
        ..PrinterOptions::default()
    };
    let printed = sheet
        .to_css(options)
        .map_err(|error| error.kind.to_string())?;
    Ok((printed.code, printed.dependencies.unwrap_or_default()))
}

const fn version(major: u32, minor: u32) -> Option<u32> {
    Some(major << 16 | minor << 8)
}

/// The oldest browsers that stylesheets are lowered for: those of four years ago.
const BROWSERS: Browsers = Browsers {
    android: version(107, 0),
    chrome: version(107, 0),
    edge: version(107, 0),
    firefox: version(106, 0),
    ie: None,
    ios_saf: version(16, 0),
    opera: version(93, 0),
    safari: version(16, 0),
    samsung: version(19, 0),
};

/// Whether an address leads to another site.
pub(super) fn is_foreign(url: &str) -> bool {
    url.starts_with("//")
        || url.split_once(':').is_some_and(|(scheme, _)| {
            scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

/// Follows a relative address from the folder of a file, both below `assets/`.
pub(super) fn below(from: &str, relative: &str) -> Option<String> {
    let path = SourcePath::new(from)?;
    path.join_relative(relative, "")
        .map(|path| path.to_string())
}

fn refusal(
    sheets: &Sheets<'_>,
    name: &str,
    kind: &BundleErrorKind<'_, Refused>,
    place: Option<&ErrorLocation>,
) -> Diagnostic {
    let finding = at_place(sheets, name, place, plain(&kind.to_string()));
    match kind {
        BundleErrorKind::ResolverError(Refused::Missing(wanted)) => finding.suggest(
            wanted,
            sheets.importable(),
            "a part is named relative to the stylesheet that imports it",
        ),
        BundleErrorKind::ResolverError(Refused::Foreign(_)) => finding
            .help("put a copy into `assets/`, so that no other site learns who reads the page"),
        _ => finding,
    }
}

/// A finding in a stylesheet; its lines are counted from 0 and its columns from 1.
fn at_place(
    sheets: &Sheets<'_>,
    name: &str,
    place: Option<&ErrorLocation>,
    message: String,
) -> Diagnostic {
    let file = place.map_or(name, |place| place.filename.as_str());
    let finding = Diagnostic::new(Code::Stylesheet, message);
    let (Some(path), Some(text)) = (sheets.path(file), sheets.text(file)) else {
        return finding;
    };
    let start = place.map_or(0, |place| offset(text, place.line, place.column));
    let rest = &text[start..];
    let length = rest.find(['\n', ';', '}', '{']).unwrap_or(rest.len());
    let one = rest.chars().next().map_or(0, char::len_utf8);
    let end = start + rest[..length].trim_end().len().max(one);
    finding.at(path, start..end, "")
}

/// The byte offset of a line counted from 0 and a column counted from 1 in UTF-16 units.
pub(super) fn offset(text: &str, line: u32, column: u32) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line as usize)
        .map(str::len)
        .sum();
    let mut left = column.saturating_sub(1) as usize;
    let rest = &text[start..];
    for (at, letter) in rest.char_indices() {
        if left == 0 {
            return start + at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}

/// The bundler's words as our phrase: one sentence, lower case, names in backticks.
fn plain(message: &str) -> String {
    let sentence = message
        .split(". ")
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first
            .to_lowercase()
            .chain(letters)
            .collect::<String>()
            .replace('\'', "`"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::theme::testing::{Folder, lines};

    fn check(files: &[(&str, &str)], expected: &[&str]) -> String {
        let paths: Vec<String> = files
            .iter()
            .map(|(name, _)| format!("themes/plain/assets/{name}"))
            .collect();
        let mut all = vec![
            ("site.toml", "[theme]\nname = \"plain\"\n"),
            ("themes/plain/theme.toml", "name = \"plain\"\n"),
            ("themes/plain/assets/art/dot.svg", "<svg/>"),
        ];
        all.extend(
            paths
                .iter()
                .map(String::as_str)
                .zip(files.iter().map(|(_, text)| *text)),
        );
        let (theme, findings, inputs) = Folder::new(&all).load(&["en"]);
        let found: Vec<String> = lines(&inputs, &findings)
            .iter()
            .map(|line| line.replace("themes/plain/assets/", ""))
            .collect();
        assert_eq!(found, expected);
        let main = theme.assets().get("main.css");
        main.map_or_else(String::new, |asset| {
            String::from_utf8_lossy(&asset.bytes).into_owned()
        })
    }

    #[test]
    fn nesting_is_lowered_and_logical_properties_and_media_queries_stay_right() {
        let css = check(
            &[(
                "main.css",
                ".a { margin-inline-start: 1rem; & b { color: red } }\n\
                 @media (width >= 40rem) { .a { padding-block: 0 } }",
            )],
            &[],
        );
        assert_eq!(
            css,
            ".a{margin-inline-start:1rem}.a b{color:red}@media (min-width:40rem){.a{padding-block:0}}"
        );
    }

    #[test]
    fn addresses_become_published_names_relative_to_the_stylesheet() {
        let css = check(
            &[
                (
                    "main.css",
                    "@import \"parts/_b.css\";a{background:url(art/dot.svg#x)}",
                ),
                (
                    "parts/_b.css",
                    "b{background:url(\"../art/dot.svg\")}c{mask:url(\"data:image/svg+xml,<svg/>\")}",
                ),
            ],
            &[],
        );
        let hash = &blake3::hash(b"<svg/>").to_hex()[..8];
        assert_eq!(
            css.matches(&format!("url(art/dot.{hash}.svg")).count(),
            2,
            "{css}"
        );
        assert!(css.contains(&format!("dot.{hash}.svg#x)")), "{css}");
        assert!(css.contains("data:image/svg+xml,<svg/>"), "{css}");
    }

    #[test]
    fn every_mistake_is_found_at_its_place() {
        check(
            &[(
                "main.css",
                "a { colr: red }\n/* ü */ b { background: url(art/dto.svg) }\n\n\
                 @media (prefers-colour: dark) { d { widht: 1px !important; --x: 1; -moz-y: 2; brand-new: 3 } }\n\
                 e:hovr { background: url(https://example.org/x.png) }\n.c { color: red; }}\n",
            )],
            &[
                "stylesheet main.css:\"colr\": there is no property `colr` / did you mean `color`?",
                "missing-asset main.css:\"art/dto.svg\": the theme has no asset `art/dto.svg` / did you mean `art/dot.svg`?",
                "stylesheet main.css:\"widht\": there is no property `widht` / did you mean `width`?",
                "stylesheet main.css:\"hovr\": `hovr` is not recognized as a valid pseudo-class / ",
                "stylesheet main.css:\"https://example.org/x.png\": `https://example.org/x.png` is on another site / put a copy into `assets/`, so that no other site learns who reads the page",
                "stylesheet main.css:\"\": unexpected end of input / ",
            ],
        );
    }

    #[test]
    fn an_import_that_cannot_be_followed_is_found_at_its_place() {
        check(
            &[
                ("main.css", "a{}\n"),
                ("two.css", "\n@import \"_pat.css\";"),
                ("_part.css", "b{}"),
            ],
            &[
                "stylesheet two.css:\"@import \\\"_pat.css\\\"\": there is no stylesheet `_pat.css` / did you mean `_part.css`?",
            ],
        );
        check(
            &[("main.css", "@import \"https://example.org/a.css\";")],
            &[
                "stylesheet main.css:\"@import \\\"https://example.org/a.css\\\"\": `https://example.org/a.css` is on another site / put a copy into `assets/`, so that no other site learns who reads the page",
            ],
        );
    }
}
