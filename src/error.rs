//! What the machine denies: a disk, a port, a permission. What an author can fix is a
//! [`Diagnostic`](crate::diagnostic::Diagnostic) instead.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Something the machine said no to.
#[derive(Debug)]
pub struct Error {
    /// What was being done, such as `write`; it completes "cannot ...".
    pub doing: String,
    /// The file, folder or address it was done to.
    pub path: PathBuf,
    /// Why not.
    pub reason: String,
    /// What to do about it; may be empty.
    pub help: String,
}

impl Error {
    /// From what the system says.
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            _ => error.to_string(),
        };
        Self {
            doing: doing.to_owned(),
            path: path.to_owned(),
            reason,
            help: String::new(),
        }
    }

    /// With words of our own.
    pub fn new(doing: &str, path: &Path, reason: impl Into<String>) -> Self {
        Self {
            doing: doing.to_owned(),
            path: path.to_owned(),
            reason: reason.into(),
            help: String::new(),
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot {} `{}`: {}",
            self.doing,
            self.path.display(),
            self.reason
        )
    }
}

impl std::error::Error for Error {}
