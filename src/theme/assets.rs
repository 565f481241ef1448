//! The files that a theme publishes: everything in `assets/` of the theme and its parents.
//!
//! Each gets a name with a fingerprint of its bytes, so that browsers may keep it for ever.
//! Stylesheets are bundled in [`super::stylesheet`]; other files go out as they are. A file whose
//! name begins with `_` is a part of a stylesheet and is not published itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chain::{Chain, ThemeFile};
use super::stylesheet::{self, Sheets};
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
    let files = chain.files(inputs, FOLDER);
    let mut assets = BTreeMap::new();
    let published = |name: &&String| !name.rsplit('/').next().unwrap_or_default().starts_with('_');
    for (name, file) in files.iter().filter(|(name, _)| published(name)) {
        if name.ends_with(".css") {
            continue;
        }
        if let Some(bytes) = bytes_of(file) {
            add(&mut assets, name, file, bytes, findings);
        }
    }
    let urls: BTreeMap<String, UrlPath> = assets
        .iter()
        .map(|(name, asset)| (name.clone(), asset.url.clone()))
        .collect();
    let sheets = Sheets {
        files: &files,
        tokens_css,
        urls: &urls,
    };
    for (name, file) in files.iter().filter(|(name, _)| published(name)) {
        if !name.ends_with(".css") {
            continue;
        }
        // A stylesheet that fails is there all the same, so that templates which ask for it are no
        // further findings.
        let css = stylesheet::bundle(&sheets, name, findings).unwrap_or_default();
        add(&mut assets, name, file, css.into_bytes().into(), findings);
    }
    assets
}

fn bytes_of(file: &ThemeFile<'_>) -> Option<Arc<[u8]>> {
    match &file.file.contents {
        Contents::Text(text) => Some(text.as_bytes().into()),
        Contents::Bytes(bytes) => Some(Arc::clone(bytes)),
        Contents::OnDisk(_) => None,
    }
}

fn add(
    assets: &mut BTreeMap<String, Asset>,
    name: &str,
    file: &ThemeFile<'_>,
    bytes: Arc<[u8]>,
    findings: &mut Vec<Diagnostic>,
) {
    match UrlPath::new(&fingerprinted(name, &bytes)) {
        Some(url) => {
            assets.insert(name.to_owned(), Asset { url, bytes });
        }
        None => findings.push(
            Diagnostic::new(
                Code::FileName,
                format!("no address can carry the name `{name}`"),
            )
            .at(file.path, 0..0, "")
            .help("use letters, digits, `-`, `_` and `.`"),
        ),
    }
}

/// `assets/art/stones.svg` as `assets/art/stones.1a2b3c4d.svg`.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
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
