//! Which folders may be the output folder. Looks, and changes nothing but missing parents.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::manifest::{Found, Manifest};
use crate::error::Error;

/// What is being done, for every refusal here.
const DOING: &str = "build into";

/// The folders of a site that hold sources only.
const SOURCES: [&str; 2] = ["content", "themes"];

/// The real place of the output folder, links followed, its parent folder made.
///
/// Refuses by where the folder lies; [`inspect`] refuses by what it holds.
pub(super) fn locate(out: &Path, site_root: &Path) -> Result<PathBuf, Error> {
    let real = resolve(out)?;
    let root = site_root
        .canonicalize()
        .map_err(|error| Error::io("open", site_root, &error))?;
    if root.starts_with(&real) {
        let reason = if root == real {
            "it is the site folder"
        } else {
            "the site lies in it"
        };
        return Err(refusal(out, reason));
    }
    for sources in SOURCES {
        let folder = root.join(sources);
        // A folder of sources may itself be a link.
        let folder = folder.canonicalize().unwrap_or(folder);
        if real.starts_with(&folder) {
            return Err(refusal(
                out,
                format!("it lies in `{sources}`, among what is read"),
            ));
        }
        if folder.starts_with(&real) {
            return Err(refusal(
                out,
                format!("the sources in `{sources}` lie in it"),
            ));
        }
    }
    let Some(parent) = real.parent().filter(|_| real.file_name().is_some()) else {
        return Err(refusal(out, "it is the root of the file system"));
    };
    match fs::metadata(&real) {
        Ok(found) if !found.is_dir() => return Err(refusal(out, "it is a file")),
        Ok(found) if is_mounted(&found, parent) => return Err(mount_point(out)),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent).map_err(|error| Error::io("make", parent, &error))?;
        }
        Err(error) => return Err(Error::io(DOING, out, &error)),
    }
    Ok(real)
}

/// Reads the manifest of the output folder and refuses a folder that is not ours.
///
/// `None` when there is no folder, or an empty one.
pub(super) fn inspect(out: &Path) -> Result<Option<Manifest>, Error> {
    let reason = match Manifest::read(out)? {
        Found::Manifest(manifest) => return Ok(Some(manifest)),
        Found::Nothing if is_empty(out)? => return Ok(None),
        Found::Nothing => "it holds files that this program did not put there".to_owned(),
        Found::Foreign(reason) => reason,
    };
    let help = "choose another folder with --out, or empty this one yourself if you can spare what is in it";
    Err(refusal(out, reason).help(help))
}

/// The refusal of a folder that a file system begins at, which cannot be exchanged for another.
pub(super) fn mount_point(out: &Path) -> Error {
    let reason = "a disk is mounted there, or something holds the folder in its place";
    Error::new(DOING, out, reason)
        .help("choose a folder inside it with --out, so that old and new output can be exchanged")
}

fn refusal(out: &Path, reason: impl Into<String>) -> Error {
    Error::new(DOING, out, reason).help("choose another folder with --out")
}

fn is_empty(folder: &Path) -> Result<bool, Error> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Error::io("read", folder, &error)),
    }
}

/// Follows the links of as much of the path as is there.
fn resolve(out: &Path) -> Result<PathBuf, Error> {
    let mut there = out;
    loop {
        match there.canonicalize() {
            Ok(real) => return append(out, there, real),
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Error::io(DOING, out, &error));
            }
            // Something is there and yet is not found.
            Err(_) if fs::symlink_metadata(there).is_ok() => {
                return Err(refusal(out, "it is a link that leads nowhere"));
            }
            Err(error) => {
                there = there
                    .parent()
                    .ok_or_else(|| Error::io(DOING, out, &error))?;
                if there.as_os_str().is_empty() {
                    there = Path::new(".");
                    let real = there.canonicalize();
                    let real = real.map_err(|error| Error::io(DOING, out, &error))?;
                    return append(out, Path::new(""), real);
                }
            }
        }
    }
}

/// Adds to the `real` place of `there` what `out` has after it.
fn append(out: &Path, there: &Path, mut real: PathBuf) -> Result<PathBuf, Error> {
    for part in out
        .strip_prefix(there)
        .unwrap_or(Path::new(""))
        .components()
    {
        match part {
            Component::Normal(name) => real.push(name),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                return Err(refusal(out, "it goes up from a folder that is not there"));
            }
        }
    }
    Ok(real)
}

#[cfg(unix)]
fn is_mounted(found: &fs::Metadata, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    fs::metadata(parent).is_ok_and(|parent| parent.dev() != found.dev())
}

/// Found out when the folders are exchanged.
#[cfg(not(unix))]
fn is_mounted(_: &fs::Metadata, _: &Path) -> bool {
    false
}
