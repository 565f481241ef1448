//! Makes each folder of the new output once, however many threads ask for it.
//!
//! It also remembers which folders the old output has, so that a file in a new folder is not looked
//! for in the old output. A link to a folder does not count: what lies behind it is not ours.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::path::OutputPath;

/// Whether the old output has a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InOld {
    Yes,
    No,
}

/// The folders made so far.
#[derive(Debug)]
pub(super) struct Folders {
    staged: PathBuf,
    old: Option<PathBuf>,
    made: RwLock<FxHashMap<Box<str>, InOld>>,
}

/// Where a file goes.
#[derive(Debug)]
pub(super) struct Place {
    /// Where to write it.
    pub(super) new: PathBuf,
    /// Where it may lie in the old output.
    pub(super) old: Option<PathBuf>,
}

impl Folders {
    /// Below the folder `staged`, with the old output to compare with.
    pub(super) fn new(staged: PathBuf, old: Option<PathBuf>) -> Self {
        Self {
            staged,
            old,
            made: RwLock::default(),
        }
    }

    /// The place of a file, in a folder that is there.
    pub(super) fn place(&self, path: &OutputPath) -> io::Result<Place> {
        let folder = path
            .as_str()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let in_old = self.make(folder)?;
        let old = self.old.as_deref().filter(|_| in_old == InOld::Yes);
        Ok(Place {
            new: path.below(&self.staged),
            old: old.map(|old| path.below(old)),
        })
    }

    fn make(&self, folder: &str) -> io::Result<InOld> {
        if folder.is_empty() {
            return Ok(self.old.as_ref().map_or(InOld::No, |_| InOld::Yes));
        }
        let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(in_old) = made.get(folder) {
            return Ok(*in_old);
        }
        drop(made);
        let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        let parent_in_old = self.make(parent)?;
        match fs::create_dir(self.staged.join(folder)) {
            // Another thread may have made it a moment ago. It is remembered only once it is there,
            // so that nobody writes into a folder that is still to come.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            other => other?,
        }
        let in_old = match (parent_in_old, &self.old) {
            (InOld::Yes, Some(old)) if is_real_folder(&old.join(folder)) => InOld::Yes,
            (InOld::Yes | InOld::No, _) => InOld::No,
        };
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        made.insert(folder.into(), in_old);
        Ok(in_old)
    }
}

fn is_real_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}
