//! `url(...)` in stylesheets: each address becomes the published name of the asset, relative to the
//! published stylesheet.

use lightningcss::dependencies::{Dependency, UrlDependency};

use super::stylesheet::offset;
use super::stylesheet_files::{Sheets, is_foreign};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::UrlPath;

/// Puts the published names where the bundler left marks.
pub(super) fn fill(
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
        // These lines, unlike those of errors, are counted from 1.
        let near = offset(text, url.loc.start.line.saturating_sub(1), 1);
        // An address written with escapes is not found; its line has to do.
        let found = text[near..].find(&url.url).map(|at| near + at);
        let span = found.map_or(near..near, |start| start..start + url.url.len());
        finding.at(path, span, "")
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
    let wanted = sheets.beside(file, address);
    match wanted.as_deref().and_then(|wanted| sheets.urls.get(wanted)) {
        Some(target) => Ok(format!("{}{rest}", relative(name, target))),
        None => Err(Box::new(
            finding(
                Code::MissingAsset,
                format!("the theme has no asset `{address}`"),
            )
            .suggest(
                wanted
                    .as_deref()
                    .map_or(address, |wanted| sheets.below_assets(wanted)),
                sheets.others(file),
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
