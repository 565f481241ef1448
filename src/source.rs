//! Reads the site folder into plain data. The only room that reads the disk.
//!
//! [`Inputs`] holds `site.toml` and everything below `content/` and `themes/`, with the themes that
//! are built into the program laid under them: a `themes/default/theme.toml` of the site's own hides
//! the default theme as a whole, and a folder of another built-in theme's name hides that. What cannot be read is a finding, and the rest is read all the same.
//!
//! This room does not know what the files mean. To read another top-level folder, name it in
//! [`FOLDERS`].

mod dimensions;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, Sources};
use crate::error::Error;
use crate::path::SourcePath;

pub use texts::{OtherText, below as texts_below};

/// The folders of a site that are read.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Below it, names that begin with a dot are read too: `content/_static/.well-known/`.
const VERBATIM: &str = "content/_static/";

/// Endings of the files that hold text. Others are pictures, documents, fonts.
const TEXT: [&str; 13] = [
    "md", "yaml", "yml", "toml", "html", "xml", "css", "js", "svg", "txt", "json", "bib", "csl",
];

/// The files of the built-in themes, each with its path as in a site. Made by `build.rs`.
static BUILT_IN_THEMES: &[(&str, &[u8])] =
    include!(concat!(env!("OUT_DIR"), "/built_in_themes.rs"));

/// Where the default theme, which is built in, appears among the inputs.
pub const BUILT_IN_THEME_FOLDER: &str = "themes/default";

/// What the site's own `themes/default/` leaves of the built-in theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltInTheme {
    /// There is no such folder: all of it.
    Whole,
    /// The folder has no `theme.toml`, and so is no theme: the files that it does not hold.
    Beneath,
    /// The folder is a theme: nothing.
    Hidden,
}

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
}

/// The site folder as plain data.
#[derive(Debug, Clone)]
pub struct Inputs {
    root: PathBuf,
    files: BTreeMap<SourcePath, SourceFile>,
    findings: Vec<Diagnostic>,
    built_in_theme: BuiltInTheme,
    other_built_in_themes: Vec<String>,
}

impl Inputs {
    /// Reads the site folder. Fails only when there is no such folder.
    pub fn read(root: &Path) -> Result<Self, Error> {
        let real_root = root
            .canonicalize()
            .map_err(|error| Error::io("open", root, &error))?;
        let mut findings = Vec::new();
        let mut paths = Vec::new();
        if real_root.join("site.toml").exists() {
            paths.extend(SourcePath::new("site.toml"));
        }
        for folder in FOLDERS {
            list(&real_root, folder, &mut paths, &mut findings);
        }
        let built_in_theme = left_of_built_in_theme(&paths);
        let read: Vec<_> = paths
            .into_par_iter()
            .map(|path| read_file(&real_root, path))
            .collect();
        let mut files = BTreeMap::new();
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
        self.files
            .iter()
            .filter(move |(path, _)| path.as_str().starts_with(&prefix))
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

impl Sources for Inputs {
    fn text(&self, path: &SourcePath) -> Option<&str> {
        self.text_of(path).map(|text| &**text)
    }
}

fn list(root: &Path, folder: &str, paths: &mut Vec<SourcePath>, findings: &mut Vec<Diagnostic>) {
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
            paths.push(path);
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
        fs::File::open(&on_disk).map_err(|error| denied(&error))?;
        let dimensions = imagesize::size(&on_disk).ok().map(dimensions::of_pixels);
        return Ok((
            path,
            SourceFile {
                contents: Contents::OnDisk(on_disk),
                dimensions,
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

fn left_of_built_in_theme(paths: &[SourcePath]) -> BuiltInTheme {
    let prefix = format!("{BUILT_IN_THEME_FOLDER}/");
    let mut own = paths
        .iter()
        .filter_map(|path| path.as_str().strip_prefix(&prefix))
        .peekable();
    if own.peek().is_none() {
        BuiltInTheme::Whole
    } else if own.any(|name| name == "theme.toml") {
        BuiltInTheme::Hidden
    } else {
        BuiltInTheme::Beneath
    }
}

/// Lays the files of the built-in themes under those of the site. Gives the names of the themes other
/// than the default one that were laid there.
fn add_built_in_themes(
    files: &mut BTreeMap<SourcePath, SourceFile>,
    default: BuiltInTheme,
) -> Vec<String> {
    // A site's own theme of the same name stands alone. Of the default one, `default` says it.
    let hidden: BTreeSet<String> = files
        .keys()
        .filter_map(|path| theme_folder(path.as_str()))
        .filter(|folder| *folder != BUILT_IN_THEME_FOLDER)
        .chain((default == BuiltInTheme::Hidden).then_some(BUILT_IN_THEME_FOLDER))
        .map(str::to_owned)
        .collect();
    let mut others = BTreeSet::new();
    for (name, bytes) in BUILT_IN_THEMES {
        let folder = theme_folder(name).filter(|folder| !hidden.contains(*folder));
        let (Some(folder), Some(path)) = (folder, SourcePath::new(name)) else {
            continue;
        };
        if folder != BUILT_IN_THEME_FOLDER {
            others.extend(folder.strip_prefix("themes/").map(str::to_owned));
        }
        let file = match std::str::from_utf8(bytes) {
            Ok(text) if TEXT.contains(&path.extension()) => text_file(path, text.to_owned()),
            Ok(_) | Err(_) => {
                let dimensions = imagesize::blob_size(bytes).ok().map(dimensions::of_pixels);
                (
                    path,
                    SourceFile {
                        contents: Contents::Bytes((*bytes).into()),
                        dimensions,
                    },
                )
            }
        };
        files.entry(file.0).or_insert(file.1);
    }
    others.into_iter().collect()
}

/// The folder of the theme that a file belongs to, such as `themes/ours`.
fn theme_folder(path: &str) -> Option<&str> {
    let name = path.strip_prefix("themes/")?.find('/')?;
    path.get(.."themes/".len() + name)
}
