//! A published site as a test reads it: all its files, by their paths.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use afterword::config::BaseUrl;

/// All files of a published site.
pub struct Built {
    /// Where the site would be served, with a final slash.
    pub base_url: String,
    /// Contents by path, with `/` on every system. The manifest is left out.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Built {
    /// Reads an output folder.
    pub fn read(out: &Path, base_url: &BaseUrl) -> Self {
        let mut files = BTreeMap::new();
        list(out, "", &mut files);
        files.retain(|path, _| !path.starts_with(".afterword"));
        Self {
            base_url: base_url.absolute(""),
            files,
        }
    }

    /// The text of a file. A `*` in the path stands for what differs from build to build; the path
    /// must then fit one file only.
    pub fn text(&self, path: &str) -> Option<&str> {
        let mut fitting = self.files.iter().filter(|(file, _)| fits(file, path));
        let (_, bytes) = fitting.next()?;
        assert!(
            fitting.next().is_none(),
            "more than one file is called `{path}`"
        );
        std::str::from_utf8(bytes).ok()
    }

    /// The pages and other HTML files.
    pub fn html(&self) -> impl Iterator<Item = (&str, &str)> {
        let html = self
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".html"));
        html.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).expect("UTF-8")))
    }

    /// The paths of all files, a line each, with `*` for the fingerprints of assets.
    pub fn listing(&self) -> String {
        let mut paths: Vec<_> = self
            .files
            .keys()
            .map(|path| without_fingerprint(path) + "\n")
            .collect();
        // Two files that differ in nothing but their ending would stand in the order of their fingerprints.
        paths.sort();
        paths.concat()
    }
}

fn list(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry
            .file_name()
            .into_string()
            .expect("a name of plain letters");
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).expect("read"));
        }
    }
}

fn fits(file: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            file.len() >= start.len() + end.len() && file.starts_with(start) && file.ends_with(end)
        }
        None => file == pattern,
    }
}

/// `assets/main.1a2b3c.css` becomes `assets/main.*.css`.
pub fn without_fingerprint(path: &str) -> String {
    let Some(name) = path.strip_prefix("assets/") else {
        return path.to_owned();
    };
    let is_fingerprint =
        |part: &str| part.len() >= 8 && part.chars().all(|c| c.is_ascii_hexdigit());
    let parts: Vec<_> = name
        .split('.')
        .map(|part| if is_fingerprint(part) { "*" } else { part })
        .collect();
    format!("assets/{}", parts.join("."))
}
