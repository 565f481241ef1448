//! Which names the new output has, and whether every system can have them side by side.
//!
//! Knows nothing of the disk. Windows and macOS take `About` and `about` for one name, Windows has
//! no file called `con`: a site that uses such names breaks when it moves, so it is refused at home.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::manifest;
use crate::error::Error;
use crate::path::OutputPath;

/// Names that Windows keeps for devices, whatever ending they have.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Characters that no name on Windows can hold.
const FORBIDDEN: [char; 7] = ['<', '>', ':', '"', '|', '?', '*'];

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
}

#[derive(Debug)]
struct Taken {
    spelled: Box<str>,
    kind: Kind,
}

/// The names given out so far, each under its lower-case spelling.
#[derive(Debug, Default)]
pub(super) struct Names(Mutex<FxHashMap<Box<str>, Taken>>);

impl Names {
    /// Takes a name and the names of the folders above it.
    pub(super) fn claim(&self, path: &OutputPath, out: &Path) -> Result<(), Error> {
        let spelled = path.as_str();
        refuse_unusable(path, out)?;
        let folded = spelled.to_lowercase();
        let mut taken = self.lock();
        let slash = (spelled.rfind('/'), folded.rfind('/'));
        if let (Some(end), Some(folded_end)) = slash
            && !is_folder(&taken, &folded[..folded_end], &spelled[..end])
        {
            // Rare: once for each folder. Lower case may have another length, hence two positions.
            let ends = spelled.match_indices('/').zip(folded.match_indices('/'));
            for ((end, _), (folded_end, _)) in ends {
                take(
                    &mut taken,
                    &folded[..folded_end],
                    &spelled[..end],
                    Kind::Folder,
                    out,
                )?;
            }
        }
        take(&mut taken, &folded, spelled, Kind::File, out)
    }

    /// What a path stands for, however it is spelled.
    pub(super) fn kind_of(&self, path: &str) -> Option<Kind> {
        self.lock()
            .get(path.to_lowercase().as_str())
            .map(|taken| taken.kind)
    }

    /// Whether there is a file of this very name.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.lock()
            .get(path.to_lowercase().as_str())
            .is_some_and(|taken| taken.kind == Kind::File && &*taken.spelled == path)
    }

    /// All files, sorted.
    pub(super) fn files(&self) -> Vec<Box<str>> {
        let taken = self.lock();
        let files = taken.values().filter(|taken| taken.kind == Kind::File);
        let mut files: Vec<_> = files.map(|taken| taken.spelled.clone()).collect();
        files.sort_unstable();
        files
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<Box<str>, Taken>> {
        // The map is never left half changed, so a panic elsewhere does not spoil it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_folder(taken: &FxHashMap<Box<str>, Taken>, folded: &str, spelled: &str) -> bool {
    taken
        .get(folded)
        .is_some_and(|taken| taken.kind == Kind::Folder && &*taken.spelled == spelled)
}

/// Takes one name, or says who has it.
fn take(
    taken: &mut FxHashMap<Box<str>, Taken>,
    folded: &str,
    spelled: &str,
    kind: Kind,
    out: &Path,
) -> Result<(), Error> {
    if let Some(other) = taken.get(folded) {
        let shared = (kind, other.kind) == (Kind::Folder, Kind::Folder);
        let same = &*other.spelled == spelled;
        return if shared && same {
            Ok(())
        } else {
            Err(clash(out, spelled, kind, other))
        };
    }
    taken.insert(
        folded.into(),
        Taken {
            spelled: spelled.into(),
            kind,
        },
    );
    Ok(())
}

/// Two names that cannot be side by side: the same message whichever came first.
fn clash(out: &Path, one: &str, kind: Kind, other: &Taken) -> Error {
    let (first, second) = (one.min(&other.spelled), one.max(&other.spelled));
    let error = |reason| Error::new("write", &out.join(second), reason);
    if first != second {
        return error(format!(
            "it differs from `{first}` only in upper and lower case"
        ))
        .help("rename one of the two: many systems take them for the same");
    }
    match (kind, other.kind) {
        (Kind::File, Kind::File) => error("two files would be written to it".to_owned()),
        (Kind::File | Kind::Folder, Kind::Folder | Kind::File) => {
            error("it would be a file and a folder at once".to_owned())
        }
    }
}

/// Refuses what some system cannot have, and the name of our manifest.
fn refuse_unusable(path: &OutputPath, out: &Path) -> Result<(), Error> {
    let error = |reason: String| {
        Err(Error::new("write", &path.below(out), reason)
            .help("give the page or file another name"))
    };
    if path.as_str().eq_ignore_ascii_case(manifest::NAME) {
        return error("the list of published files has this name".to_owned());
    }
    for part in path.as_str().split('/') {
        if is_device(part) {
            return error(format!("`{part}` is the name of a device on Windows"));
        }
        if part.ends_with(['.', ' ']) {
            return error(format!(
                "`{part}` ends in a dot or a space, which Windows drops"
            ));
        }
        if part.contains(|c: char| c.is_control() || FORBIDDEN.contains(&c)) {
            return error(format!(
                "`{part}` holds a character that Windows cannot have in a name"
            ));
        }
    }
    Ok(())
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let numbered = |device: &str| {
        stem.get(..3)
            .is_some_and(|name| name.eq_ignore_ascii_case(device))
            && matches!(stem.as_bytes().get(3..), Some([b'1'..=b'9']))
    };
    DEVICES
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
        || numbered("com")
        || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Claims all paths and gives the first refusal.
    fn claim(paths: &[&str]) -> Result<(), String> {
        let names = Names::default();
        paths.iter().try_for_each(|path| {
            let path = OutputPath::new(path).expect("sound");
            names
                .claim(&path, Path::new("out"))
                .map_err(|error| error.to_string())
        })
    }

    #[test]
    fn names_that_differ_only_in_case_are_refused_and_both_are_named() {
        let words = "cannot write `out/about.html`: \
                     it differs from `About.html` only in upper and lower case";
        assert_eq!(claim(&["About.html", "about.html"]), Err(words.to_owned()));
        assert_eq!(claim(&["about.html", "About.html"]), Err(words.to_owned()));
        assert!(claim(&["Care/a.html", "care/b.html"]).is_err());
        assert!(claim(&["É/a.html", "é/b.html"]).is_err());
        assert_eq!(
            claim(&["care/a.html", "care/b.html", "b/care/a.html"]),
            Ok(())
        );
    }

    #[test]
    fn one_name_is_never_two_things() {
        assert_eq!(
            claim(&["a.html", "a.html"]),
            Err("cannot write `out/a.html`: two files would be written to it".to_owned())
        );
        let words = "cannot write `out/a`: it would be a file and a folder at once";
        for paths in [["a", "a/b.html"], ["a/b.html", "a"]] {
            assert_eq!(claim(&paths), Err(words.to_owned()));
        }
    }

    #[test]
    fn names_that_some_system_cannot_have_are_refused() {
        for bad in [
            "con",
            "a/NUL.html",
            "com1/x",
            "lpt9.txt",
            "a./b",
            "b ",
            "a:b",
            "a\tb",
        ] {
            assert!(claim(&[bad]).is_err(), "{bad}");
        }
        for good in [
            "contact",
            "console/x",
            "com/x",
            "com10",
            ".well-known/x",
            "añb/ö.html",
        ] {
            assert_eq!(claim(&[good]), Ok(()), "{good}");
        }
    }

    #[test]
    fn the_name_of_the_manifest_is_taken() {
        assert!(claim(&[manifest::NAME]).is_err());
    }
}
