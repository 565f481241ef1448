//! The list of files that we made, kept in the output folder. What is not on it is not ours.
//!
//! It holds no date and no version of the program, so that two builds of one site are equal. It
//! lies in the folder and not beside it, so that a folder that is moved, or checked out from a
//! repository of the host's, still knows what is ours.

use std::fs;
use std::io;
use std::path::Path;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::path::OutputPath;

/// Its name in the output folder.
pub(super) const NAME: &str = ".afterword-manifest.json";

/// Raised when the meaning of the file changes.
const FORMAT: u32 = 1;

const ABOUT: &str = "Files that Afterword made here. A build removes those, and never any other.";

/// The files and folders of an output that are ours.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    files: FxHashSet<Box<str>>,
    folders: FxHashSet<Box<str>>,
}

/// What stands in the place of the manifest.
#[derive(Debug)]
pub(super) enum Found {
    Manifest(Manifest),
    /// Nothing.
    Nothing,
    /// Something that we did not write, and why we think so.
    Foreign(String),
}

/// The file as written.
#[derive(Serialize, Deserialize)]
struct AsWritten<File> {
    about: String,
    format: u32,
    files: Vec<File>,
}

impl Manifest {
    /// Reads the manifest of an output folder.
    pub(super) fn read(folder: &Path) -> Result<Found, Error> {
        let path = folder.join(NAME);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Ok(Found::Foreign(format!("its `{NAME}` is not a file"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(Error::io("read", &path, &error)),
        }
        let bytes = fs::read(&path).map_err(|error| Error::io("read", &path, &error))?;
        Ok(Self::parse(&bytes).map_or_else(Found::Foreign, Found::Manifest))
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let written: AsWritten<Box<str>> =
            serde_json::from_slice(bytes).map_err(|_| format!("its `{NAME}` is damaged"))?;
        if written.format != FORMAT {
            return Err(format!(
                "its `{NAME}` is of another version of this program"
            ));
        }
        let mut manifest = Self::default();
        for file in written.files {
            // We never write such a path, so whoever wrote this one is not to be believed.
            if OutputPath::new(&file).is_none() {
                return Err(format!(
                    "its `{NAME}` names `{file}`, which is not a file of the folder"
                ));
            }
            for (end, _) in file.rmatch_indices('/') {
                if !manifest.folders.insert(file[..end].into()) {
                    break;
                }
            }
            manifest.files.insert(file);
        }
        Ok(manifest)
    }

    /// Writes the manifest of `files`, which are sorted, into the folder that will be `out`.
    pub(super) fn write(staged: &Path, out: &Path, files: &[Box<str>]) -> Result<(), Error> {
        let written = AsWritten {
            about: ABOUT.to_owned(),
            format: FORMAT,
            files: files.to_vec(),
        };
        let fail = |error: &io::Error| Error::io("write", &out.join(NAME), error);
        let mut bytes = serde_json::to_vec_pretty(&written).map_err(|error| fail(&error.into()))?;
        bytes.push(b'\n');
        fs::write(staged.join(NAME), bytes).map_err(|error| fail(&error))
    }

    /// The files that we made, in no particular order.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| &**file)
    }

    /// Whether we made a file.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Whether a folder holds a file that we made, at any depth.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// Whether it names these files and no others.
    pub(super) fn holds_exactly(&self, files: &[Box<str>]) -> bool {
        self.files.len() == files.len() && files.iter().all(|file| self.has_file(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_that_leads_out_of_the_folder_is_not_believed() {
        for path in ["../secret", "/etc/passwd", "a/../../b", "a\\\\b", ""] {
            let text =
                format!(r#"{{"about": "", "format": 1, "files": ["index.html", "{path}"]}}"#);
            assert!(Manifest::parse(text.as_bytes()).is_err(), "{path}");
        }
    }

    #[test]
    fn a_manifest_of_another_format_is_not_believed() {
        assert!(Manifest::parse(br#"{"about": "", "format": 2, "files": []}"#).is_err());
        assert!(Manifest::parse(b"").is_err());
    }

    #[test]
    fn a_manifest_knows_every_folder_above_its_files() {
        let text = br#"{"about": "", "format": 1, "files": ["a/b/c.html", "a/d/e.html"]}"#;
        let manifest = Manifest::parse(text).expect("sound");
        for folder in ["a", "a/b", "a/d"] {
            assert!(manifest.has_folder(folder), "{folder}");
        }
        assert!(!manifest.has_folder("a/b/c.html") && !manifest.has_file("a/b"));
    }
}
