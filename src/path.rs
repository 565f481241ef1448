//! The three kinds of path, each checked once and never a bare `String` again.
//!
//! [`SourcePath`] names a file of the site folder, [`UrlPath`] a place where something is served,
//! [`OutputPath`] a file below the output folder. All three use `/` on every system.

use std::borrow::Borrow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of the site folder, relative to it: `content/caring/low-mood.md`.
///
/// Parts are separated by `/`; none is empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

/// Paths compare as their texts do.
impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl SourcePath {
    /// Makes a path of `/`-separated parts, or `None` when a part is empty, `.` or `..`.
    pub fn new(path: &str) -> Option<Self> {
        let sound = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        sound.then(|| Self(path.into()))
    }

    /// `site.toml`, the one file that every site has.
    pub fn site_toml() -> Self {
        Self("site.toml".into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the file lies on disk, given the site folder.
    pub fn below(&self, root: &Path) -> PathBuf {
        let mut path = root.to_path_buf();
        path.extend(self.0.split('/'));
        path
    }

    /// The last part: `low-mood.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// What stands after the last dot of the file name, or nothing.
    pub fn extension(&self) -> &str {
        self.file_name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// The folder the file lies in, without a final slash; empty for the site folder itself.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Follows a relative path such as `../basics/what.md` from the folder of this file, or a path
    /// from `root` when it begins with `/`. `None` when it leaves the site folder.
    pub fn join_relative(&self, relative: &str, root: &str) -> Option<Self> {
        let (base, relative) = match relative.strip_prefix('/') {
            Some(rest) => (root, rest),
            None => (self.folder(), relative),
        };
        let parts = follow(base, relative)?;
        Self::new(&parts.join("/"))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where something is served, such as `/caring/low-mood/` or `/feed.xml`.
///
/// Begins with `/`, holds no `..`, no empty part and no character that a URL would need to escape
/// beyond what [`UrlPath::new`] lets through. Pages end with `/`, other files do not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// The front page of the site.
    pub fn root() -> Self {
        Self("/".into())
    }

    /// Checks a path; a missing slash at its start is added. `None` when a part is empty, `.` or
    /// `..`, or when it holds white space, a control character or one of ``?#%\"<>`{}|^``.
    pub fn new(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/').unwrap_or(path);
        if path.is_empty() {
            return Some(Self::root());
        }
        let inner = path.strip_suffix('/').unwrap_or(path);
        let sound = inner.split('/').all(|part| {
            !matches!(part, "" | "." | "..")
                && !part
                    .chars()
                    .any(|c| c.is_whitespace() || c.is_control() || "?#%\\\"<>`{}|^".contains(c))
        });
        sound.then(|| Self(format!("/{path}").into()))
    }

    /// The path as text, with its leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without its leading slash, as the template contract gives it.
    pub fn relative(&self) -> &str {
        &self.0[1..]
    }

    /// True for pages, which end with a slash.
    pub fn is_page(&self) -> bool {
        self.0.ends_with('/')
    }

    /// The way from a page here to the site's root: `../../` from `/caring/low-mood/`, `./` from `/`.
    pub fn to_root(&self) -> String {
        let depth = self.relative().matches('/').count();
        if depth == 0 {
            "./".to_owned()
        } else {
            "../".repeat(depth)
        }
    }

    /// The file that is served here.
    pub fn output(&self) -> OutputPath {
        let file = if self.is_page() {
            format!("{}index.html", self.relative())
        } else {
            self.relative().to_owned()
        };
        OutputPath(file.into())
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file below the output folder, relative to it: `caring/low-mood/index.html`.
///
/// Parts are separated by `/`; none is empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Makes a path of `/`-separated parts, or `None` when a part is empty, `.` or `..`, or holds a
    /// backslash or a NUL, which some systems read as something else.
    pub fn new(path: &str) -> Option<Self> {
        let sound = path
            .split('/')
            .all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']));
        sound.then(|| Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the file lies on disk, given the output folder.
    pub fn below(&self, root: &Path) -> PathBuf {
        let mut path = root.to_path_buf();
        path.extend(self.0.split('/'));
        path
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The parts of a path that is reached from `base` by `relative`; `None` when it climbs above the
/// top. Empty parts count for nothing.
pub(crate) fn follow<'a>(base: &'a str, relative: &'a str) -> Option<Vec<&'a str>> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_path_never_leaves_the_site_folder() {
        for bad in ["", "/etc/passwd", "a//b", "../x", "a/../../x", "a/./b"] {
            assert_eq!(SourcePath::new(bad), None, "{bad}");
        }
        let page = SourcePath::new("content/caring/low.md").expect("sound");
        let join = |relative| {
            page.join_relative(relative, "content")
                .map(|p| p.to_string())
        };
        assert_eq!(
            join("../basics/a.md").as_deref(),
            Some("content/basics/a.md")
        );
        assert_eq!(join("/basics/a.md").as_deref(), Some("content/basics/a.md"));
        assert_eq!(join("./b.md").as_deref(), Some("content/caring/b.md"));
        assert_eq!(join("../../../x.md"), None);
    }

    #[test]
    fn a_url_knows_its_file_and_its_way_to_the_root() {
        let case = |url: &str| {
            let url = UrlPath::new(url).expect("sound");
            (url.output().to_string(), url.to_root())
        };
        assert_eq!(case("/"), ("index.html".into(), "./".into()));
        assert_eq!(
            case("caring/low/"),
            ("caring/low/index.html".into(), "../../".into())
        );
        assert_eq!(case("/feed.xml"), ("feed.xml".into(), "./".into()));
        assert_eq!(case("/es/feed.xml"), ("es/feed.xml".into(), "../".into()));
    }

    #[test]
    fn a_url_holds_nothing_that_would_need_escaping() {
        for bad in ["a b/", "/a?b", "/a#b", "//", "/a//b/", "/../", "/a%20b/"] {
            assert_eq!(UrlPath::new(bad), None, "{bad}");
        }
    }
}
