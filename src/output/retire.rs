//! Takes apart an output folder that is published no more: what is not ours moves across to the
//! one that is, what is ours is removed.
//!
//! Killed half-way, it can be begun again: the manifest goes last, so what is ours stays known.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::manifest::{self, Found, Manifest};
use super::tree::Tree;
use crate::error::Error;

/// Takes apart the folder `old`, which lies in the workspace, in favour of `out`.
pub(super) fn retire(old: &Path, out: &Path) -> Result<(), Error> {
    let manifest = match Manifest::read(old)? {
        Found::Manifest(manifest) => Some(manifest),
        // Nothing we could be sure of: then all of it moves across.
        Found::Nothing | Found::Foreign(_) => None,
    };
    let tree = Tree::walk(old, manifest.as_ref())?;
    for path in &tree.foreign {
        let to = out.join(path);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(|error| Error::io("make", parent, &error))?;
        }
        carry(&old.join(path), &to)?;
    }
    tree.files
        .par_iter()
        .try_for_each(|file| remove_file(&old.join(file)))?;
    tree.folders
        .iter()
        .rev()
        .try_for_each(|folder| remove_folder(&old.join(folder)))?;
    if manifest.is_some() {
        remove_file(&old.join(manifest::NAME))?;
    }
    remove_folder(old)
}

/// Moves a file or folder to a place where nothing is, or a folder to one that is there.
fn carry(from: &Path, to: &Path) -> Result<(), Error> {
    let fail = |error| Error::io("move", from, &error);
    let there = match fs::symlink_metadata(to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return fs::rename(from, to).map_err(fail);
        }
        other => other.map_err(fail)?,
    };
    if !there.is_dir() || !fs::symlink_metadata(from).map_err(fail)?.is_dir() {
        let reason = format!("`{}` is there already", to.display());
        return Err(Error::new("move", from, reason)
            .help("it was in the old output; compare the two and remove one"));
    }
    for entry in fs::read_dir(from).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        carry(&from.join(&name), &to.join(&name))?;
    }
    fs::remove_dir(from).map_err(fail)
}

fn remove_file(path: &Path) -> Result<(), Error> {
    gone(path, fs::remove_file(path))
}

/// Removes an empty folder, and no other.
fn remove_folder(path: &Path) -> Result<(), Error> {
    gone(path, fs::remove_dir(path))
}

/// What was to be removed may be gone already.
fn gone(path: &Path, result: io::Result<()>) -> Result<(), Error> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(|error| Error::io("remove", path, &error)),
    }
}
