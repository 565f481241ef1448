//! The folder beside the output folder in which one build at a time works: `.public.afterword` for
//! `public`. It lies there because only folders of one file system can be exchanged.
//!
//! It holds [`MARKER`], the lock by which we know it as ours, and at most three folders, each of
//! which says by its name alone what is left to do with it:
//!
//! - [`STAGED`], output that is not complete: it is deleted.
//! - [`READY`], output that is complete and stands ready for the exchange or, after it, the old
//!   output. Both are treated alike: what is not ours goes to the output folder, and what is ours is
//!   removed. The new output holds nothing that is not ours.
//! - [`OLD`], the old output where folders cannot be exchanged in one step. It goes back if there is
//!   no output folder; else it is treated like the one above.
//!
//! That is why a build that was killed at any moment needs no journal, and why the end of every
//! build is the same code as the recovery of the next: [`Workspace::settle`].

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::retire::retire;
use crate::error::Error;

/// Marks the folder as ours; locked while a build uses it.
const MARKER: &str = "afterword.lock";
const STAGED: &str = "new";
const READY: &str = "ready";
const OLD: &str = "old";

/// How often to begin again when another build ends at the same moment.
const ATTEMPTS: usize = 100;

/// The workspace of an output folder, held by this build.
#[derive(Debug)]
pub(super) struct Workspace {
    folder: PathBuf,
    out: PathBuf,
    /// Unlocked when it is closed, by us or by the end of the process, however it ends.
    _lock: File,
}

/// Whether there is a workspace already: of a build that runs, or of one that was killed.
pub(super) fn is_left_over(out: &Path) -> bool {
    is_there(&folder_beside(out))
}

impl Workspace {
    /// Makes the workspace of an output folder, or takes over one that nobody holds.
    pub(super) fn open(out: &Path) -> Result<Self, Error> {
        let folder = folder_beside(out);
        for _ in 0..ATTEMPTS {
            if let Some(lock) = try_open(&folder, out)? {
                return Ok(Self {
                    folder,
                    out: out.to_owned(),
                    _lock: lock,
                });
            }
        }
        Err(in_use(out))
    }

    /// Where new output is put together.
    pub(super) fn staged(&self) -> PathBuf {
        self.folder.join(STAGED)
    }

    /// Where complete output waits for the exchange.
    pub(super) fn ready(&self) -> PathBuf {
        self.folder.join(READY)
    }

    /// Where the old output waits, if there is no exchange in one step.
    pub(super) fn old(&self) -> PathBuf {
        self.folder.join(OLD)
    }

    /// Says that the new output is complete.
    pub(super) fn set_aside(&self) -> Result<(), Error> {
        rename(&self.staged(), &self.ready())
    }

    /// Says that it shall not be published after all.
    pub(super) fn take_back(&self) -> Result<(), Error> {
        rename(&self.ready(), &self.staged())
    }

    /// Brings everything but the output folder to an end; see the head of this file.
    pub(super) fn settle(&self) -> Result<(), Error> {
        let old = self.old();
        if is_there(&old) && !is_there(&self.out) {
            rename(&old, &self.out)?;
        }
        for folder in [old, self.ready()] {
            if is_there(&folder) {
                retire(&folder, &self.out)?;
            }
        }
        let staged = self.staged();
        if is_there(&staged) {
            // Links in it are removed, not followed.
            fs::remove_dir_all(&staged).map_err(|error| Error::io("remove", &staged, &error))?;
        }
        Ok(())
    }

    /// Lets go of the workspace as a process does that is killed.
    #[cfg(test)]
    pub(super) fn abandon(self) {
        self._lock.unlock().expect("it was locked");
        std::mem::forget(self);
    }
}

impl Drop for Workspace {
    /// Removes the workspace, unless something is left in it for the next build to settle.
    fn drop(&mut self) {
        // What cannot be removed now, the next build removes, or says why not.
        let _ = fs::remove_dir_all(self.staged());
        let only_marker = fs::read_dir(&self.folder).is_ok_and(|mut entries| {
            entries.all(|entry| entry.is_ok_and(|e| e.file_name() == MARKER))
        });
        if only_marker {
            // Before it is unlocked: whoever opens the marker now sees that it is gone.
            let _ = fs::remove_file(self.folder.join(MARKER));
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Renames a folder of the workspace.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(|error| Error::io("rename", from, &error))
}

/// Whether something has this name, be it a link that leads nowhere.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn folder_beside(out: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(".afterword");
    out.with_file_name(name)
}

/// Makes and locks the workspace. `None` when another build removed it in the same moment.
fn try_open(folder: &Path, out: &Path) -> Result<Option<File>, Error> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        other => other.map_err(|error| Error::io("make", folder, &error))?,
    }
    let marker = folder.join(MARKER);
    let opened = is_ours(folder).and_then(|ours| match ours {
        true => File::options()
            .create(true)
            .append(true)
            .open(&marker)
            .map(Some),
        false => Ok(None),
    });
    let lock = match opened {
        Ok(Some(lock)) => lock,
        Ok(None) => {
            return Err(
                Error::new("build beside", folder, "this program did not make it")
                    .help("a build needs a folder of this name; move yours away"),
            );
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("open", &marker, &error)),
    };
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(in_use(out)),
        Err(TryLockError::Error(error)) => return Err(Error::io("lock", &marker, &error)),
    }
    Ok(is_same(&lock, &marker).then_some(lock))
}

fn in_use(out: &Path) -> Error {
    Error::new("build into", out, "another build is writing to it")
        .help("wait until it has ended, or choose another folder with --out")
}

/// Whether a folder is a workspace: a real folder that is empty or holds our marker.
fn is_ours(folder: &Path) -> io::Result<bool> {
    if !fs::symlink_metadata(folder)?.is_dir() {
        return Ok(false);
    }
    let mut empty = true;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == MARKER && entry.file_type()?.is_file() {
            return Ok(true);
        }
        empty = false;
    }
    Ok(empty)
}

/// Whether the marker still is the file that we locked, and not one made after ours was removed.
#[cfg(unix)]
fn is_same(lock: &File, marker: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let (Ok(ours), Ok(there)) = (lock.metadata(), fs::symlink_metadata(marker)) else {
        return false;
    };
    (ours.dev(), ours.ino()) == (there.dev(), there.ino())
}

/// Where files have no number, a marker that is there is taken for ours.
#[cfg(not(unix))]
fn is_same(_: &File, marker: &Path) -> bool {
    is_there(marker)
}
