//! What the last build left, for those who want to know what another one would change.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::manifest::{Found, Manifest, NAME};
use crate::error::Error;
use crate::path::OutputPath;

/// The output of the last build. Nothing is locked: a build may replace it while it is read.
#[derive(Debug)]
pub struct LastBuild {
    folder: PathBuf,
    files: Manifest,
}

impl LastBuild {
    /// In an output folder; `None` when no build has written there, or none that can be understood.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        Ok(match Manifest::read(folder)? {
            Found::Manifest(files) => Some(Self {
                folder: folder.to_owned(),
                files,
            }),
            Found::Nothing | Found::Foreign(_) => None,
        })
    }

    /// When the last build wrote in a folder, to see that there was another one since.
    pub fn written(folder: &Path) -> Option<[SystemTime; 2]> {
        let modified = |path: &Path| fs::metadata(path).and_then(|it| it.modified()).ok();
        Some([modified(folder)?, modified(&folder.join(NAME))?])
    }

    /// The files that it made, in no particular order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.files()
    }

    /// A file that it made; `None` for one that it did not, or that is gone since.
    pub fn file(&self, path: &OutputPath) -> io::Result<Option<Vec<u8>>> {
        if !self.files.has_file(path.as_str()) {
            return Ok(None);
        }
        match fs::read(path.below(&self.folder)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
