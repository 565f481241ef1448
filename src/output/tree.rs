//! What lies in an output folder, sorted into what we made and what we did not.
//!
//! Links are never followed: a link is not ours, even where the manifest names a file or folder of
//! ours, because we make none.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{self, Manifest};
use super::names::{Kind, Names};
use crate::error::Error;

/// The contents of a folder, as paths relative to it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Plain files that the manifest names. The manifest is not among them.
    pub(super) files: Vec<String>,
    /// The folders they lie in, each after the one it lies in.
    pub(super) folders: Vec<String>,
    /// All else: files, links, and folders without a file of ours, which are not looked into.
    pub(super) foreign: Vec<PathBuf>,
}

impl Tree {
    /// Looks through a folder. Without a manifest, nothing in it is ours.
    pub(super) fn walk(root: &Path, manifest: Option<&Manifest>) -> Result<Self, Error> {
        let mut tree = Self::default();
        let mut level = vec![String::new()];
        while !level.is_empty() {
            // All folders of one depth at once: reading them takes longer than all else here.
            let found: Vec<Self> = level
                .par_iter()
                .map(|folder| Self::look_into(root, folder, manifest))
                .collect::<Result<_, _>>()?;
            level.clear();
            for below in found {
                tree.files.extend(below.files);
                tree.foreign.extend(below.foreign);
                level.extend(below.folders);
            }
            tree.folders.extend_from_slice(&level);
        }
        tree.foreign.sort_unstable();
        Ok(tree)
    }

    fn look_into(root: &Path, folder: &str, manifest: Option<&Manifest>) -> Result<Self, Error> {
        let mut tree = Self::default();
        let place = root.join(folder);
        let fail = |error| Error::io("read", &place, &error);
        for entry in fs::read_dir(&place).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let kind = entry.file_type().map_err(fail)?;
            let name = entry.file_name();
            // Joined with `/` on every system, as the manifest has it.
            let ours = name.to_str().map(|name| match folder {
                "" => name.to_owned(),
                folder => format!("{folder}/{name}"),
            });
            match (ours, manifest) {
                (Some(ours), Some(manifest)) if kind.is_file() && manifest.has_file(&ours) => {
                    tree.files.push(ours);
                }
                (Some(ours), Some(_)) if kind.is_file() && ours == manifest::NAME => {}
                (Some(ours), Some(manifest)) if kind.is_dir() && manifest.has_folder(&ours) => {
                    tree.folders.push(ours);
                }
                _ => tree.foreign.push(Path::new(folder).join(name)),
            }
        }
        Ok(tree)
    }

    /// Refuses a file that is not ours and stands where the new output has one, or its folder.
    pub(super) fn refuse_clashes(&self, out: &Path, new: &Names) -> Result<(), Error> {
        for path in &self.foreign {
            for above in path.ancestors().skip(1) {
                if kind_of(new, above) == Some(Kind::File) {
                    return Err(clash(out, path));
                }
            }
            refuse_clash(out, path, new)?;
        }
        Ok(())
    }
}

fn refuse_clash(out: &Path, path: &Path, new: &Names) -> Result<(), Error> {
    let Some(kind) = kind_of(new, path) else {
        return Ok(());
    };
    let place = out.join(path);
    let fail = |error| Error::io("read", &place, &error);
    let is_folder = fs::symlink_metadata(&place).map_err(fail)?.is_dir();
    if kind == Kind::File || !is_folder {
        return Err(clash(out, path));
    }
    for entry in fs::read_dir(&place).map_err(fail)? {
        refuse_clash(out, &path.join(entry.map_err(fail)?.file_name()), new)?;
    }
    Ok(())
}

fn kind_of(new: &Names, path: &Path) -> Option<Kind> {
    let path = path.to_str()?;
    if std::path::MAIN_SEPARATOR == '/' {
        new.kind_of(path)
    } else {
        new.kind_of(&path.replace(std::path::MAIN_SEPARATOR, "/"))
    }
}

fn clash(out: &Path, path: &Path) -> Error {
    let reason = "it is not ours, and the site has a page or file of this name";
    Error::new("replace", &out.join(path), reason)
        .help("move it away, or give the page or file another name")
}
