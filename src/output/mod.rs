//! Publishes the output folder. The only room that writes to the disk.
//!
//! 1. [`Staging::begin`] looks whether the output folder may be used (`place`), makes a
//!    `workspace` beside it that only one build can hold, and tidies up after one that was killed.
//! 2. [`Staging::write`] and [`Staging::copy`] put the new files there, from many threads at once. A
//!    file that equals the published one becomes a second name of it, so that it keeps its time.
//! 3. [`Staging::publish`] writes the `manifest`, and the new folder takes the place of the old
//!    one in a single step (`exchange`). What is not ours in the old one moves across, and then
//!    what is ours is removed (`retire`).
//!
//! Until that step the old output is whole and after it the new one is, whether the build fails, the
//! disk is full or the program is killed. A power failure is another matter: files are not synced
//! to the disk, which would cost more than all the rest. The output can be built again from its
//! sources, and what broke is found, because a file is compared byte by byte before it is kept.
//!
//! This room does not know what the files are. To write another one, call [`Staging::write`].

mod exchange;
mod folders;
mod last;
mod manifest;
mod names;
mod old;
mod place;
mod retire;
#[cfg(test)]
mod tests;
mod tree;
mod workspace;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use crate::error::Error;
use crate::path::OutputPath;
use folders::Folders;
pub use last::LastBuild;
use manifest::Manifest;
use names::Names;
use old::OldFile;
use tree::Tree;
use workspace::Workspace;

/// New output that nobody sees yet.
///
/// Dropped without [`publish`](Self::publish), it leaves the old output whole and nothing beside it.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    workspace: Workspace,
    folders: Folders,
    names: Names,
    /// What the published output holds, when there is one.
    old: Option<Manifest>,
    bytes: AtomicU64,
    written: AtomicUsize,
    unchanged: AtomicUsize,
    failed: AtomicBool,
}

/// What was published. The manifest itself is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// How many files the output has.
    pub files: usize,
    /// How large they are together.
    pub bytes: u64,
    /// How many of them are new or changed.
    pub written: usize,
    /// How many of them were there already, byte for byte, and were left untouched.
    pub unchanged: usize,
    /// How many files of the old output are gone.
    pub removed: usize,
}

/// Whether a file had to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Written,
    Unchanged,
}

impl Staging {
    /// Makes ready to write the output folder `out` of the site in `site_root`.
    ///
    /// Refuses a folder with files in it that has no manifest of ours, one that holds sources of
    /// the site, and one that another build is writing to. It finishes or takes back what a build
    /// that was killed has left.
    pub fn begin(out: &Path, site_root: &Path) -> Result<Self, Error> {
        let out = place::locate(out, site_root)?;
        if !workspace::is_left_over(&out) {
            // A folder that is refused is refused before anything is made beside it.
            place::inspect(&out)?;
        }
        let workspace = Workspace::open(&out)?;
        workspace.settle()?;
        let old = place::inspect(&out)?;
        let staged = workspace.staged();
        fs::create_dir(&staged).map_err(|error| Error::io("make", &staged, &error))?;
        Ok(Self {
            folders: Folders::new(staged, old.is_some().then(|| out.clone())),
            out,
            workspace,
            names: Names::default(),
            old,
            bytes: AtomicU64::new(0),
            written: AtomicUsize::new(0),
            unchanged: AtomicUsize::new(0),
            failed: AtomicBool::new(false),
        })
    }

    /// Adds a file.
    ///
    /// Refuses a path that some system cannot have, and one that differs from another only in
    /// upper and lower case, because a site must work on every host.
    pub fn write(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), Error> {
        self.add(path, |staged, old| {
            if let Some(old) = old
                && old.equals(bytes, bytes.len() as u64)
            {
                old.keep_as(staged, bytes)?;
                return Ok((Outcome::Unchanged, bytes.len() as u64));
            }
            fs::write(staged, bytes)?;
            Ok((Outcome::Written, bytes.len() as u64))
        })
    }

    /// Adds a file that lies on disk, such as a picture of an article.
    ///
    /// It gets the permissions of a new file, not those of `from`: a private source is published
    /// all the same, and a host must be able to read it.
    pub fn copy(&self, path: &OutputPath, from: &Path) -> Result<(), Error> {
        let fail = |error: &io::Error| {
            self.failed.store(true, Ordering::Relaxed);
            Error::io("read", from, error)
        };
        let mut source = File::open(from).map_err(|error| fail(&error))?;
        let length = source.metadata().map_err(|error| fail(&error))?.len();
        self.add(path, |staged, old| {
            if let Some(old) = old {
                if old.equals(&source, length) {
                    io::Seek::rewind(&mut source)?;
                    old.keep_as(staged, &source)?;
                    return Ok((Outcome::Unchanged, length));
                }
                io::Seek::rewind(&mut source)?;
            }
            let copied = io::copy(&mut source, &mut File::create(staged)?)?;
            Ok((Outcome::Written, copied))
        })
    }

    /// Makes the new output appear in the place of the old one.
    ///
    /// Refuses when a file could not be written before, and when a file that is not ours stands
    /// where one of ours would; the old output then stays.
    pub fn publish(self) -> Result<Published, Error> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(Error::new(
                "publish",
                &self.out,
                "a file of it could not be written",
            ));
        }
        let staged = self.workspace.staged();
        // Looked at again, because somebody may have used the folder in the meantime.
        let old = place::inspect(&self.out)?;
        let names = self.names.files();
        let mut removed = 0;
        let mut same = false;
        if let Some(old) = &old {
            let tree = Tree::walk(&self.out, Some(old))?;
            tree.refuse_clashes(&self.out, &self.names)?;
            removed = tree
                .files
                .iter()
                .filter(|file| !self.names.has_file(file))
                .count();
            same = self.written() == 0 && old.holds_exactly(&names);
        }
        Manifest::write(&staged, &self.out, &names)?;
        if same {
            // Nothing to exchange. The second names of the old files go, the old output stays.
            self.workspace.set_aside()?;
        } else {
            exchange::take_place(&self.workspace, &self.out)?;
        }
        // What is left to do now is what `begin` would do had we been killed here.
        self.workspace.settle().map_err(|error| {
            error.help("the new output is in its place; the next build tries again to tidy up")
        })?;
        Ok(Published {
            files: names.len(),
            bytes: self.bytes.load(Ordering::Relaxed),
            written: self.written(),
            unchanged: self.unchanged.load(Ordering::Relaxed),
            removed,
        })
    }

    /// Finds a place for a file, has it filled, and counts.
    fn add(
        &self,
        path: &OutputPath,
        fill: impl FnOnce(&Path, Option<OldFile>) -> io::Result<(Outcome, u64)>,
    ) -> Result<(), Error> {
        let result = self.try_add(path, fill);
        if result.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }

    fn try_add(
        &self,
        path: &OutputPath,
        fill: impl FnOnce(&Path, Option<OldFile>) -> io::Result<(Outcome, u64)>,
    ) -> Result<(), Error> {
        // Messages name the file where it will be, not where it waits.
        let fail = |error: &io::Error| Error::io("write", &path.below(&self.out), error);
        self.names.claim(path, &self.out)?;
        let place = self.folders.place(path).map_err(|error| fail(&error))?;
        let ours = self
            .old
            .as_ref()
            .is_some_and(|old| old.has_file(path.as_str()));
        let old = place
            .old
            .filter(|_| ours)
            .and_then(|old| OldFile::open(&old));
        let (outcome, bytes) = fill(&place.new, old).map_err(|error| fail(&error))?;
        match outcome {
            Outcome::Written => self.written.fetch_add(1, Ordering::Relaxed),
            Outcome::Unchanged => self.unchanged.fetch_add(1, Ordering::Relaxed),
        };
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }

    fn written(&self) -> usize {
        self.written.load(Ordering::Relaxed)
    }
}
