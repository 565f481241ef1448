//! Reads the site folder into plain data. The only room that reads the disk.
//!
//! [`Inputs`] holds `site.toml` and everything below `content/` and `themes/`, with the themes that
//! are built into the program laid under them: a `themes/default/theme.toml` of the site's own hides
//! the default theme as a whole, and a folder of another built-in theme's name hides that. What cannot be read is a finding, and the rest is read all the same.
//!
//! This room does not know what the files mean. To read another top-level folder, name it in
//! [`FOLDERS`].

mod again;
mod built_in;
pub mod dictionaries;
mod dimensions;
mod newest;
mod sweep;
mod texts;

use std::fs;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, Sources};
use crate::error::Error;
use crate::path::SourcePath;

pub use again::Again;
pub use built_in::{BUILT_IN_THEME_FOLDER, BuiltInTheme};
use built_in::{add_built_in_themes, left_of_built_in_theme};
pub use newest::articles as newest_articles;
pub use sweep::{Sweep, is_far_away};
pub use texts::{OtherText, below as texts_below};

/// The folders of a site that are read.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Below it, names that begin with a dot are read too: `content/_static/.well-known/`.
const VERBATIM: &str = "content/_static/";

/// Endings of the files that hold text. Others are pictures, documents, fonts.
const TEXT: [&str; 13] = [
    "md", "yaml", "yml", "toml", "html", "xml", "css", "js", "svg", "txt", "json", "bib", "csl",
];

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// Text, read whole.
    Text(Arc<str>),
    /// Other bytes, read whole: the files of themes.
    Bytes(Arc<[u8]>),
    /// Other bytes, left on disk until they are published: the files of articles.
    OnDisk(PathBuf),
}

/// A file of the site folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// What it holds.
    pub contents: Contents,
    /// Width and height in pixels, for pictures whose kind is known.
    pub dimensions: Option<(u32, u32)>,
    /// For what is left on disk: by which it is seen that it is another file than it was.
    pub stamp: Option<Stamp>,
}

/// Size and time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    changed: Option<SystemTime>,
}

impl Stamp {
    fn of(found: &fs::Metadata) -> Self {
        Self {
            length: found.len(),
            changed: found.modified().ok(),
        }
    }
}

impl SourceFile {
    /// How many bytes it has. Those of a file that was left on disk are counted there; one that is gone
    /// since has none.
    pub fn size(&self) -> usize {
        match &self.contents {
            Contents::Text(text) => text.len(),
            Contents::Bytes(bytes) => bytes.len(),
            Contents::OnDisk(path) => fs::metadata(path)
                .ok()
                .and_then(|file| usize::try_from(file.len()).ok())
                .unwrap_or_default(),
        }
    }
}

/// Files by path. A copy shares what is the same.
type Files = imbl::OrdMap<SourcePath, SourceFile>;

/// The site folder as plain data.
#[derive(Debug, Clone)]
pub struct Inputs {
    root: PathBuf,
    files: Files,
    findings: Vec<Diagnostic>,
    built_in_theme: BuiltInTheme,
    other_built_in_themes: Vec<String>,
    /// Whether a link was followed: then the name of a file does not tell where it lies.
    has_links: bool,
}

/// What of the site folder there is to read, and what cannot be.
#[derive(Default)]
struct Listing {
    paths: Vec<SourcePath>,
    findings: Vec<Diagnostic>,
    has_links: bool,
}

impl Inputs {
    /// Reads the site folder. Fails only when there is no such folder.
    pub fn read(root: &Path) -> Result<Self, Error> {
        let real_root = root
            .canonicalize()
            .map_err(|error| Error::io("open", root, &error))?;
        let mut listing = Listing::default();
        if real_root.join("site.toml").exists() {
            listing.paths.push(SourcePath::site_toml());
        }
        for folder in FOLDERS {
            list(&real_root, folder, &mut listing);
        }
        let Listing {
            paths,
            mut findings,
            has_links,
        } = listing;
        let built_in_theme = left_of_built_in_theme(&paths);
        let read: Vec<_> = paths
            .into_par_iter()
            .map(|path| read_file(&real_root, path))
            .collect();
        let mut files = Files::new();
        for file in read {
            match file {
                Ok((path, file)) => {
                    files.insert(path, file);
                }
                Err(finding) => findings.push(finding),
            }
        }
        let other_built_in_themes = add_built_in_themes(&mut files, built_in_theme);
        Ok(Self {
            root: real_root,
            files,
            findings,
            built_in_theme,
            other_built_in_themes,
            has_links,
        })
    }

    /// The folder that was read.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What could not be read.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Whether a theme is inside the program, and not in the site folder.
    pub fn is_built_in(&self, theme: &str) -> bool {
        if BUILT_IN_THEME_FOLDER.strip_prefix("themes/") == Some(theme) {
            return match self.built_in_theme {
                BuiltInTheme::Whole | BuiltInTheme::Beneath => true,
                BuiltInTheme::Hidden => false,
            };
        }
        self.other_built_in_themes.iter().any(|name| name == theme)
    }

    /// What the site leaves of the default theme.
    pub fn built_in_theme(&self) -> BuiltInTheme {
        self.built_in_theme
    }

    /// All files, by path.
    pub fn files(&self) -> impl Iterator<Item = (&SourcePath, &SourceFile)> {
        self.files.iter()
    }

    /// All files below a folder such as `content`, by path.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&SourcePath, &SourceFile)> {
        let prefix = format!("{folder}/");
        let from: (Bound<&str>, Bound<&str>) = (Bound::Included(&prefix), Bound::Unbounded);
        self.files
            .range::<_, str>(from)
            .take_while(move |(path, _)| path.as_str().starts_with(&prefix))
    }

    /// One file.
    pub fn file(&self, path: &SourcePath) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// The text of a file that holds text.
    pub fn text_of(&self, path: &SourcePath) -> Option<&Arc<str>> {
        match &self.files.get(path)?.contents {
            Contents::Text(text) => Some(text),
            Contents::Bytes(_) | Contents::OnDisk(_) => None,
        }
    }
}

#[cfg(test)]
impl Inputs {
    /// The same folder with one more file, or with another text in one.
    pub(crate) fn with(&self, path: &SourcePath, text: &str) -> Self {
        let mut inputs = self.clone();
        let (path, file) = text_file(path.clone(), text.to_owned());
        inputs.files.insert(path, file);
        inputs
    }
}

impl Sources for Inputs {
    fn text(&self, path: &SourcePath) -> Option<&str> {
        self.text_of(path).map(|text| &**text)
    }
}

fn list(root: &Path, folder: &str, listing: &mut Listing) {
    let findings = &mut listing.findings;
    let top = root.join(folder);
    if !top.exists() {
        return;
    }
    let mut walk = WalkDir::new(&top)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let (code, reason) = match error.io_error() {
                    Some(error) => (Code::UnreadableFile, Error::io("read", &top, error).reason),
                    None => (
                        Code::SymlinkOutside,
                        "it is a link to a folder that it lies in".to_owned(),
                    ),
                };
                let path = error.path().unwrap_or(&top);
                findings.push(unreadable(code, root, path, &reason));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let Some(path) = site_path(root, entry.path()) else {
            findings.push(unreadable(
                Code::FileName,
                root,
                entry.path(),
                "the name has characters that are not Unicode",
            ));
            continue;
        };
        if is_passed_over(&path) {
            if is_folder {
                walk.skip_current_dir();
            }
            continue;
        }
        listing.has_links |= entry.path_is_symlink();
        if entry.path_is_symlink() && leads_outside(root, entry.path()) {
            findings.push(
                Diagnostic::new(
                    Code::SymlinkOutside,
                    format!("`{path}` is a link that leads out of the site folder"),
                )
                .at(&path, 0..0, "not followed")
                .help("copy the file or folder into the site folder in place of the link"),
            );
            if is_folder {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_file() {
            listing.paths.push(path);
        }
    }
}

fn site_path(root: &Path, path: &Path) -> Option<SourcePath> {
    let relative = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<_>> = relative
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    SourcePath::new(&parts?.join("/"))
}

/// Files that editors and systems leave lying about, and hidden ones.
fn is_passed_over(path: &SourcePath) -> bool {
    let name = path.file_name();
    let hidden = name.starts_with('.') && !path.as_str().starts_with(VERBATIM);
    hidden
        || matches!(
            name,
            ".DS_Store" | "Thumbs.db" | "desktop.ini" | "4913" | ".git"
        )
        || name.ends_with('~')
        || name.ends_with(".tmp")
        || (name.starts_with('.') && name.ends_with(".swp"))
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with("~$")
}

fn leads_outside(root: &Path, path: &Path) -> bool {
    path.canonicalize()
        .map_or(true, |target| !target.starts_with(root))
}

fn read_file(root: &Path, path: SourcePath) -> Result<(SourcePath, SourceFile), Diagnostic> {
    let on_disk = path.below(root);
    let denied = |error: &std::io::Error| {
        unreadable(
            Code::UnreadableFile,
            root,
            &on_disk,
            &Error::io("read", &on_disk, error).reason,
        )
    };
    let is_text = TEXT.contains(&path.extension().to_ascii_lowercase().as_str());
    if !is_text && path.as_str().starts_with("content/") {
        let file = fs::File::open(&on_disk).map_err(|error| denied(&error))?;
        let stamp = file.metadata().ok().as_ref().map(Stamp::of);
        let dimensions = imagesize::size(&on_disk).ok().map(dimensions::of_pixels);
        return Ok((
            path,
            SourceFile {
                contents: Contents::OnDisk(on_disk),
                dimensions,
                stamp,
            },
        ));
    }
    let bytes = fs::read(&on_disk).map_err(|error| denied(&error))?;
    if !is_text {
        let dimensions = imagesize::blob_size(&bytes).ok().map(dimensions::of_pixels);
        return Ok((
            path,
            SourceFile {
                contents: Contents::Bytes(bytes.into()),
                dimensions,
                stamp: None,
            },
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text_file(path, text)),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            Err(Diagnostic::new(
                Code::NotUtf8,
                format!("`{path}` is not UTF-8 text (byte {})", place + 1),
            )
            .at(&path, place..place, "")
            .help("save the file again with the encoding UTF-8"))
        }
    }
}

fn text_file(path: SourcePath, text: String) -> (SourcePath, SourceFile) {
    let dimensions = if path.extension() == "svg" {
        dimensions::of_drawing(&text)
    } else {
        None
    };
    (
        path,
        SourceFile {
            contents: Contents::Text(text.into()),
            dimensions,
            stamp: None,
        },
    )
}

fn unreadable(code: Code, root: &Path, path: &Path, reason: &str) -> Diagnostic {
    let name = path
        .strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string();
    let finding = Diagnostic::new(code, format!("cannot read `{name}`: {reason}"))
        .help("check that the file is there and that you may read it");
    match site_path(root, path) {
        Some(path) => finding.at(&path, 0..0, ""),
        None => finding,
    }
}
