//! Stylesheets: `@import`s bundled, nesting lowered, the whole minified, and every `url(...)` turned
//! into the fingerprinted name of the asset.
//!
//! Which file is meant by a name is decided in [`super::stylesheet_files`]. A stylesheet fetches
//! nothing from other sites, which would tell them who reads the page.

use std::path::Path;
use std::sync::{Arc, RwLock};

use lightningcss::bundler::{BundleErrorKind, Bundler};
use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::error::{ErrorLocation, ParserError, SelectorError};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use super::palette::{self, Palette};
use super::stylesheet_files::Sheets;
use super::stylesheet_refused::Refused;
use super::{custom_properties, properties, stylesheet_urls};
use crate::diagnostic::{Code, Diagnostic};

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
        for warning in warnings.iter().filter(|warning| !is_newer(&warning.kind)) {
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
    // A page may have several stylesheets, so a name that any of them declares is known to all.
    let written = || {
        let views = sheets.views.iter();
        views.flat_map(|view| view.stylesheets().filter_map(|name| view.text(name)))
    };
    // What themes link for paper alone changes nothing on a screen.
    let for_screens = sheets.views.iter().flat_map(|view| {
        let names = view.stylesheets();
        let names = names.filter(|other| *other == name || !other.ends_with("print.css"));
        names.filter_map(|name| view.text(name))
    });
    let palette = Palette::new(sheets.tokens_css, for_screens);
    palette::check(&sheet.rules, &palette, &lookup, findings);
    let files = (0..sheet.sources.len()).filter_map(|source| lookup(source as u32));
    custom_properties::check(written(), sheets.token_names, files, findings);
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

/// Pseudo-classes that browsers know and the parser does not yet, which takes them for slips. It prints
/// them as they are.
const NEWER: &[&str] = &["target-after", "target-before", "target-current"];

fn is_newer(warning: &ParserError<'_>) -> bool {
    matches!(
        warning,
        ParserError::SelectorError(SelectorError::UnsupportedPseudoClass(name))
            if NEWER.contains(&name.as_ref())
    )
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

fn refusal(
    sheets: &Sheets<'_>,
    called: &str,
    kind: &BundleErrorKind<'_, Refused>,
    place: Option<&ErrorLocation>,
) -> Diagnostic {
    let mut finding = at_place(sheets, called, place, plain(&kind.to_string()));
    match kind {
        BundleErrorKind::ResolverError(refused) => {
            finding.code = refused.code();
            let from = place.map_or(called, |place| place.filename.as_str());
            refused.advise(sheets, from, finding)
        }
        _ => finding,
    }
}

/// A finding in a stylesheet; its lines are counted from 0 and its columns from 1.
fn at_place(
    sheets: &Sheets<'_>,
    called: &str,
    place: Option<&ErrorLocation>,
    message: String,
) -> Diagnostic {
    let file = place.map_or(called, |place| place.filename.as_str());
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
    fn a_pseudo_class_newer_than_the_parser_stays_as_it_is() {
        let css = check(&[("main.css", "a:target-current { color: red }")], &[]);
        assert_eq!(css, "a:target-current{color:red}");
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
                "missing-asset two.css:\"@import \\\"_pat.css\\\"\": there is no stylesheet `_pat.css` / did you mean `_part.css`?",
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
