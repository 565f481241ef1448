//! The themes that are inside the program, laid under those of the site.
//!
//! `build.rs` puts them there; this is the one file that takes them out.

use std::collections::BTreeSet;

use super::{Contents, Files, SourceFile, TEXT, dimensions, text_file};
use crate::path::SourcePath;

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

/// What the files of a site leave of the default theme.
pub(super) fn left_of_built_in_theme(paths: &[SourcePath]) -> BuiltInTheme {
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
pub(super) fn add_built_in_themes(files: &mut Files, default: BuiltInTheme) -> Vec<String> {
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
                        stamp: None,
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
