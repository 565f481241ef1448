//! The files that a theme publishes: everything in `assets/` of the theme and its parents.
//!
//! Each gets a name with a fingerprint of its bytes, so that browsers may keep it for ever.
//! Stylesheets are bundled in [`super::stylesheet`], scripts lose their comments in [`super::script`],
//! and other files go out as they are. A file whose
//! name begins with `_` is a part of a stylesheet and is not published itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chain::{Chain, ThemeFile};
use super::stylesheet_files::{self, Sheets, View, is_published};
use super::{script, stylesheet};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::UrlPath;
use crate::source::{Contents, Inputs};

/// The folder in the output that assets are written to.
const FOLDER: &str = "assets";

/// A published file of the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it is served, such as `/assets/main.1a2b3c4d.css`.
    pub url: UrlPath,
    /// What is served there.
    pub bytes: Arc<[u8]>,
}

/// Makes everything that the theme publishes, by the name that templates call it.
pub(super) fn load(
    inputs: &Inputs,
    chain: &Chain,
    tokens_css: &str,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Asset> {
    let views = stylesheet_files::views(inputs, chain);
    let Some((own, parents)) = views.split_first() else {
        return BTreeMap::new();
    };
    let mut assets = BTreeMap::new();
    for (name, file) in published(own).filter(|(name, _)| !name.ends_with(".css")) {
        assets.extend(as_it_is(name, file, findings).map(|asset| (name.clone(), asset)));
    }
    let mut urls: BTreeMap<String, UrlPath> = assets
        .iter()
        .map(|(name, asset)| (name.clone(), asset.url.clone()))
        .collect();
    // What a child has put another file in place of: published when a stylesheet that is imported
    // from the parent shows it.
    let mut beneath: BTreeMap<String, Asset> = BTreeMap::new();
    for view in parents {
        for (name, file) in published(view).filter(|(name, _)| !name.ends_with(".css")) {
            let is_own = own.files.get(name).is_some_and(|own| own.path == file.path);
            let asset = if is_own {
                assets.get(name).cloned()
            } else {
                as_it_is(name, file, findings)
            };
            let Some(asset) = asset else { continue };
            urls.insert(view.called(name), asset.url.clone());
            if !is_own {
                beneath.insert(view.called(name), asset);
            }
        }
    }
    let tokens = chain.manifests.iter().flat_map(|theme| &theme.tokens);
    let token_names = tokens
        .map(|token| format!("--{}", token.name.value))
        .collect();
    let sheets = Sheets {
        views: &views,
        tokens_css,
        token_names: &token_names,
        urls: &urls,
    };
    for (name, file) in published(own).filter(|(name, _)| name.ends_with(".css")) {
        // A stylesheet that fails is there all the same, so that templates which ask for it are no
        // further findings.
        let css = stylesheet::bundle(&sheets, name, findings).unwrap_or_default();
        let shown =
            |asset: &Asset| css.contains(asset.url.as_str().rsplit('/').next().unwrap_or_default());
        let more = beneath.iter().filter(|(_, asset)| shown(asset));
        assets.extend(more.map(|(name, asset)| (name.clone(), asset.clone())));
        let asset = fingerprinted(name, file, css.into_bytes().into(), findings);
        assets.extend(asset.map(|asset| (name.clone(), asset)));
    }
    assets
}

/// The files of a theme and its parents that are published.
fn published<'v>(view: &'v View<'_>) -> impl Iterator<Item = (&'v String, &'v ThemeFile<'v>)> {
    view.files.iter().filter(|(name, _)| is_published(name))
}

/// A file that goes out as it is, but for comments in scripts.
fn as_it_is(name: &str, file: &ThemeFile<'_>, findings: &mut Vec<Diagnostic>) -> Option<Asset> {
    let bytes = match &file.file.contents {
        Contents::Text(text) if name.ends_with(".js") => script::compact(text).into_bytes().into(),
        Contents::Text(text) => text.as_bytes().into(),
        Contents::Bytes(bytes) => Arc::clone(bytes),
        Contents::OnDisk(_) => return None,
    };
    fingerprinted(name, file, bytes, findings)
}

/// An asset under its published name.
fn fingerprinted(
    name: &str,
    file: &ThemeFile<'_>,
    bytes: Arc<[u8]>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Asset> {
    let url = UrlPath::new(&published_name(name, &bytes));
    if url.is_none() {
        findings.push(
            Diagnostic::new(
                Code::FileName,
                format!("no address can carry the name `{name}`"),
            )
            .at(file.path, 0..0, "")
            .help("use letters, digits, `-`, `_` and `.`"),
        );
    }
    url.map(|url| Asset { url, bytes })
}

/// `assets/art/stones.svg` as `assets/art/stones.1a2b3c4d.svg`.
fn published_name(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let short = &hash.as_str()[..8];
    let (folder, file) = name
        .rsplit_once('/')
        .map_or(("", name), |(folder, file)| (folder, file));
    let folder = if folder.is_empty() {
        FOLDER.to_owned()
    } else {
        format!("{FOLDER}/{folder}")
    };
    match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{folder}/{stem}.{short}.{extension}"),
        None => format!("{folder}/{file}.{short}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::theme::testing::{Folder, lines};

    #[test]
    fn files_are_published_under_a_fingerprint_and_parts_are_not() {
        let folder = Folder::new(&[
            ("site.toml", "[theme]\nname = \"plain\"\n"),
            (
                "themes/plain/theme.toml",
                "name = \"plain\"\nextends = \"base\"\n",
            ),
            ("themes/plain/assets/art/dot.svg", "<svg/>"),
            ("themes/plain/assets/_part.css", "a{color:red}"),
            ("themes/base/theme.toml", "name = \"base\"\n"),
            ("themes/base/assets/art/dot.svg", "<svg></svg>"),
            ("themes/base/assets/main.css", "@import \"_part.css\";"),
            ("themes/base/assets/_part.css", "a{color:blue}"),
        ]);
        let (theme, findings, inputs) = folder.load(&["en"]);
        assert_eq!(lines(&inputs, &findings), Vec::<String>::new());
        let published: Vec<_> = theme
            .assets()
            .iter()
            .map(|(name, asset)| (name.as_str(), String::from_utf8_lossy(&asset.bytes)))
            .collect();
        assert_eq!(
            published,
            [
                ("art/dot.svg", "<svg/>".into()),
                ("main.css", "a{color:red}".into())
            ]
        );
        let hash = blake3::hash(b"<svg/>").to_hex();
        let url = format!("/assets/art/dot.{}.svg", &hash[..8]);
        assert_eq!(theme.assets()["art/dot.svg"].url.as_str(), url);
    }
}
