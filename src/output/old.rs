//! A published file, and how it is kept when the new one is the same.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How much is compared at a time.
const CHUNK: u64 = 64 * 1024;

/// A regular file of the old output, opened.
#[derive(Debug)]
pub(super) struct OldFile {
    path: PathBuf,
    file: File,
    length: u64,
}

impl OldFile {
    /// Opens it. `None` when it is not there or cannot be read, and for a link or anything else
    /// that is not a plain file: then it counts as changed.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let file = open_no_link(path).ok()?;
        let found = file.metadata().ok()?;
        let path = path.to_owned();
        found.is_file().then(|| Self {
            path,
            file,
            length: found.len(),
        })
    }

    /// Whether it holds these bytes and no others.
    pub(super) fn equals(&self, bytes: impl Read, length: u64) -> bool {
        // A file that cannot be read to its end counts as changed.
        self.length == length && same(&self.file, bytes, length).unwrap_or(false)
    }

    /// Makes it part of the new output, with its time: as a second name of the same file or, where
    /// the file system has no such thing, as a copy made of `bytes`.
    pub(super) fn keep_as(&self, new: &Path, bytes: impl Read) -> io::Result<()> {
        fs::hard_link(&self.path, new).or_else(|_| self.copy_to(new, bytes))
    }

    fn copy_to(&self, new: &Path, mut bytes: impl Read) -> io::Result<()> {
        let mut file = File::create(new)?;
        io::copy(&mut bytes, &mut file)?;
        file.set_modified(self.file.metadata()?.modified()?)
    }
}

#[cfg(unix)]
fn open_no_link(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;

    // Without NONBLOCK, opening a pipe that somebody put there would wait for ever.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    fs::OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

#[cfg(not(unix))]
fn open_no_link(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

/// Compares two streams of which the first `length` bytes matter.
fn same(mut one: impl Read, mut other: impl Read, length: u64) -> io::Result<bool> {
    let size = usize::try_from(length.min(CHUNK)).unwrap_or(0);
    let (mut left, mut right) = (vec![0; size], vec![0; size]);
    let mut rest = length;
    while rest > 0 {
        let step = usize::try_from(rest.min(CHUNK)).unwrap_or(size);
        one.read_exact(&mut left[..step])?;
        other.read_exact(&mut right[..step])?;
        if left[..step] != right[..step] {
            return Ok(false);
        }
        rest -= step as u64;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_no_second_name_is_possible_a_copy_keeps_the_time() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::write(&old, "same")?;
        let past = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
        File::options().write(true).open(&old)?.set_modified(past)?;
        OldFile::open(&old)
            .expect("a file")
            .copy_to(&new, &b"same"[..])?;
        assert_eq!(fs::read_to_string(&new)?, "same");
        assert_eq!(fs::metadata(&new)?.modified()?, past);
        Ok(())
    }

    #[test]
    fn files_longer_than_a_chunk_are_compared_to_their_end() {
        let long = vec![7_u8; 200_000];
        let mut other = long.clone();
        let length = long.len() as u64;
        assert!(matches!(same(&long[..], &other[..], length), Ok(true)));
        other[199_999] = 8;
        assert!(matches!(same(&long[..], &other[..], length), Ok(false)));
    }
}
