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
use lightningcss::dependencies::{Dependency, DependencyOptions, UrlDependency};
use lightningcss::error::ErrorLocation;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use super::chain::ThemeFile;
use super::properties;
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
    fn text(&self, name: &str) -> Option<&str> {
        if name == TOKENS {
            return Some(self.tokens_css);
        }
        match &self.files.get(name)?.file.contents {
            Contents::Text(text) => Some(text),
            Contents::Bytes(_) | Contents::OnDisk(_) => None,
        }
    }

    fn path(&self, name: &str) -> Option<&SourcePath> {
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
    let targets = Targets::from(BROWSERS);
    let unusable = |error: String| {
        Diagnostic::new(
            Code::Stylesheet,
            format!("`{name}` cannot be written: {error}"),
        )
    };
    if let Err(error) = sheet.minify(MinifyOptions {
        targets,
        ..MinifyOptions::default()
    }) {
        findings.push(unusable(error.kind.to_string()));
        return None;
    }
    let printed = sheet.to_css(PrinterOptions {
        minify: true,
        targets,
        analyze_dependencies: Some(DependencyOptions {
            remove_imports: false,
        }),
        ..PrinterOptions::default()
    });
    match printed {
        Ok(printed) => {
            let urls = printed.dependencies.unwrap_or_default();
            Some(fill_urls(sheets, name, printed.code, &urls, findings))
        }
        Err(error) => {
            findings.push(unusable(error.kind.to_string()));
            None
        }
    }
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

fn is_foreign(url: &str) -> bool {
    url.starts_with("//")
        || url.split_once(':').is_some_and(|(scheme, _)| {
            scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

/// Follows a relative address from the folder of a file, both below `assets/`.
fn below(from: &str, relative: &str) -> Option<String> {
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
    let end = start + text[start..].find(['\n', ';', '}', '{']).unwrap_or(0);
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

/// Puts the published names where the bundler left marks.
fn fill_urls(
    sheets: &Sheets<'_>,
    name: &str,
    mut code: String,
    dependencies: &[Dependency],
    findings: &mut Vec<Diagnostic>,
) -> String {
    for dependency in dependencies {
        let Dependency::Url(url) = dependency else {
            continue;
        };
        let mark = format!("url(\"{}\")", url.placeholder);
        if code.contains(&mark) {
            let target = match published(sheets, name, url) {
                Ok(target) => target,
                Err(finding) => {
                    findings.push(*finding);
                    String::new()
                }
            };
            code = code.replace(&mark, &css_url(&target));
        }
    }
    code
}

fn published(
    sheets: &Sheets<'_>,
    name: &str,
    url: &UrlDependency,
) -> Result<String, Box<Diagnostic>> {
    if url.url.starts_with("data:") || url.url.starts_with('#') {
        return Ok(url.url.clone());
    }
    let file = if sheets.text(&url.loc.file_path).is_some() {
        &url.loc.file_path
    } else {
        name
    };
    let (address, rest) = match url.url.find(['#', '?']) {
        Some(at) => url.url.split_at(at),
        None => (url.url.as_str(), ""),
    };
    let finding = |code, message: String| {
        let finding = Diagnostic::new(code, message);
        let (Some(path), Some(text)) = (sheets.path(file), sheets.text(file)) else {
            return finding;
        };
        let near = offset(text, url.loc.start.line, 0);
        let start = text[near..].find(&url.url).map_or(near, |at| near + at);
        let end = (start + url.url.len()).min(text.len());
        finding.at(path, start..end.max(start), "")
    };
    if is_foreign(address) {
        return Err(Box::new(
            finding(
                Code::Stylesheet,
                format!("`{}` is on another site", url.url),
            )
            .help("put a copy into `assets/`, so that no other site learns who reads the page"),
        ));
    }
    let wanted = below(file, address);
    match wanted.as_deref().and_then(|wanted| sheets.urls.get(wanted)) {
        Some(target) => Ok(format!("{}{rest}", relative(name, target))),
        None => Err(Box::new(
            finding(
                Code::MissingAsset,
                format!("the theme has no asset `{address}`"),
            )
            .suggest(
                wanted.as_deref().unwrap_or(address),
                sheets.urls.keys().map(String::as_str),
                "an asset is named relative to the stylesheet",
            ),
        )),
    }
}

/// The way from a published stylesheet to a published file.
fn relative(from: &str, target: &UrlPath) -> String {
    let target = target
        .relative()
        .strip_prefix("assets/")
        .unwrap_or(target.relative());
    let mut here: Vec<&str> = from.split('/').collect();
    here.pop();
    let there: Vec<&str> = target.split('/').collect();
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    format!(
        "{}{}",
        "../".repeat(here.len() - shared),
        there[shared..].join("/")
    )
}

fn css_url(target: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"\"'()\\".contains(c);
    if !target.is_empty() && target.chars().all(plain) {
        return format!("url({target})");
    }
    let escaped = target
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\a ");
    format!("url(\"{escaped}\")")
}

/// The bundler's words as our phrase.
fn plain(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
