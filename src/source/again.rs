//! Reads again what has changed in a site folder, and keeps the rest.
//!
//! What comes out is what [`Inputs::read`] would give: where the names of what has changed do not tell
//! enough, all is read. Contents that are as they were stay the very same value in memory, so that
//! whoever remembers what was made of them need not compare texts.

use std::path::Path;
use std::sync::Arc;

use super::{
    Contents, Files, Inputs, Listing, SourceFile, add_built_in_themes, is_passed_over,
    left_of_built_in_theme, list, read_file,
};
use crate::error::Error;
use crate::path::SourcePath;

/// A site folder that was read again.
#[derive(Debug)]
pub struct Again {
    /// Its files.
    pub inputs: Inputs,
    /// The files that are new, gone or otherwise than they were, by path.
    pub changed: Vec<SourcePath>,
}

impl SourceFile {
    /// True for the same value in memory, or the same file on disk.
    fn is_same(&self, other: &Self) -> bool {
        match (&self.contents, &other.contents) {
            (Contents::Text(a), Contents::Text(b)) => Arc::ptr_eq(a, b),
            (Contents::Bytes(a), Contents::Bytes(b)) => Arc::ptr_eq(a, b),
            (Contents::OnDisk(_), Contents::OnDisk(_)) => self == other,
            (Contents::Text(_) | Contents::Bytes(_) | Contents::OnDisk(_), _) => false,
        }
    }
}

impl Inputs {
    /// Reads again the files and folders of these names, relative to the site folder; everything when
    /// there are none.
    pub fn again(&self, names: &[String]) -> Result<Again, Error> {
        match self.some_again(names) {
            Some(again) => Ok(again),
            None => Ok(Self::read(&self.root)?.since(self)),
        }
    }

    /// `None` where all has to be read: what could not be read before may be readable now, and a file
    /// that a link leads to has another name than the one that has changed.
    fn some_again(&self, names: &[String]) -> Option<Again> {
        if names.is_empty() || self.has_links || !self.findings.is_empty() {
            return None;
        }
        let mut new = self.clone();
        let mut paths = Vec::new();
        let mut are_themes_meant = false;
        for name in names {
            match name.split_once('/').unwrap_or((name, "")) {
                ("site.toml", "") | ("content", _) => {
                    let path = SourcePath::new(name).filter(|path| path.as_str() != "content")?;
                    paths.extend(new.look_at(path)?);
                }
                ("themes", _) => are_themes_meant = true,
                _ => return None,
            }
        }
        if are_themes_meant {
            paths.extend(new.themes_again(self)?);
        }
        paths.sort();
        paths.dedup();
        paths.retain(|path| match (self.files.get(path), new.files.get(path)) {
            (Some(old), Some(file)) => !old.is_same(file),
            (None, None) => false,
            (Some(_), None) | (None, Some(_)) => true,
        });
        Some(Again {
            inputs: new,
            changed: paths,
        })
    }

    /// Reads a file or a folder of articles. Gives the files that may have changed.
    fn look_at(&mut self, path: SourcePath) -> Option<Vec<SourcePath>> {
        if has_part_passed_over(&path) {
            return Some(Vec::new());
        }
        let below = format!("{path}/");
        let mut touched: Vec<SourcePath> = self
            .files
            .range(path.clone()..)
            .map(|(known, _)| known)
            // A file and a folder that took its place, or the other way round.
            .take_while(|known| known.as_str().starts_with(path.as_str()))
            .filter(|known| **known == path || known.as_str().starts_with(&below))
            .cloned()
            .collect();
        let old: Files = touched
            .iter()
            .filter_map(|known| self.files.remove_with_key(known))
            .collect();
        let mut listing = Listing::default();
        match std::fs::symlink_metadata(path.below(&self.root)) {
            Ok(found) if found.is_dir() => list(&self.root, path.as_str(), &mut listing),
            Ok(found) if found.is_file() => listing.paths.push(path),
            Ok(_) => return None,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(_) => return None,
        }
        if listing.has_links || !listing.findings.is_empty() {
            return None;
        }
        touched.extend(listing.paths.iter().cloned());
        self.add(listing.paths, &old)?;
        Some(touched)
    }

    /// Reads all themes: a new file may hide one that is built in, or bring it back.
    fn themes_again(&mut self, old: &Self) -> Option<Vec<SourcePath>> {
        let theirs: Vec<SourcePath> = self.below("themes").map(|(path, _)| path.clone()).collect();
        for path in &theirs {
            self.files.remove(path);
        }
        let mut listing = Listing::default();
        list(&self.root, "themes", &mut listing);
        if listing.has_links || !listing.findings.is_empty() {
            return None;
        }
        self.built_in_theme = left_of_built_in_theme(&listing.paths);
        self.add(listing.paths, &old.files)?;
        self.other_built_in_themes = add_built_in_themes(&mut self.files, self.built_in_theme);
        let now: Vec<SourcePath> = self.below("themes").map(|(path, _)| path.clone()).collect();
        for path in &now {
            self.keep(path, &old.files);
        }
        Some(theirs.into_iter().chain(now).collect())
    }

    /// Reads files that are there. `None` when one of them cannot be read.
    fn add(&mut self, paths: Vec<SourcePath>, old: &Files) -> Option<()> {
        for path in paths {
            let (path, file) = read_file(&self.root, path).ok()?;
            self.files.insert(path.clone(), file);
            self.keep(&path, old);
        }
        Some(())
    }

    /// Takes the old value of a file that holds what it held.
    fn keep(&mut self, path: &SourcePath, old: &Files) {
        if let Some(old) = old.get(path)
            && let Some(file) = self.files.get_mut(path)
            && *file == *old
        {
            *file = old.clone();
        }
    }

    /// Takes over from an older reading what is as it was.
    fn since(mut self, old: &Self) -> Again {
        let mut changed = Vec::new();
        let mut same = Vec::new();
        for (path, file) in &self.files {
            match old.files.get_key_value(path) {
                Some((path, old)) if *old == *file => same.push((path.clone(), old.clone())),
                Some(_) | None => changed.push(path.clone()),
            }
        }
        self.files.extend(same);
        let gone = old
            .files
            .keys()
            .filter(|path| !self.files.contains_key(*path));
        changed.extend(gone.cloned());
        changed.sort();
        Again {
            inputs: self,
            changed,
        }
    }
}

/// Whether a file or a folder that it lies in is one of those that are not read.
fn has_part_passed_over(path: &SourcePath) -> bool {
    let mut above = Some(path.as_str());
    std::iter::from_fn(|| {
        let this = above?;
        above = Path::new(this).parent().and_then(Path::to_str);
        SourcePath::new(this)
    })
    .any(|path| is_passed_over(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn files(inputs: &Inputs) -> Vec<(&SourcePath, &SourceFile)> {
        inputs.files().collect()
    }

    /// Reads the folder again by names, and holds it against a reading from nothing.
    fn check(root: &Path, old: &Inputs, changed: &[&str], expected: &[&str]) -> Inputs {
        let again = old.again(&names(changed)).expect("read");
        let fresh = Inputs::read(root).expect("read");
        assert_eq!(files(&again.inputs), files(&fresh));
        assert_eq!(again.inputs.findings, fresh.findings);
        assert_eq!(again.inputs.built_in_theme, fresh.built_in_theme);
        assert_eq!(
            again.inputs.other_built_in_themes,
            fresh.other_built_in_themes
        );
        let told: Vec<_> = again.changed.iter().map(SourcePath::as_str).collect();
        assert_eq!(told, expected);
        again.inputs
    }

    #[test]
    fn what_is_read_again_is_what_is_read_from_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        };
        write("site.toml", "title = 1");
        write("content/a.md", "a");
        write("content/b/c.md", "c");
        let inputs = Inputs::read(root).expect("read");
        write("content/a.md", "b");
        write("content/b/d.md", "d");
        let inputs = check(
            root,
            &inputs,
            &["content/a.md", "content/b/d.md"],
            &["content/a.md", "content/b/d.md"],
        );
        // The same text again is no change, and neither is what editors leave lying.
        write("content/a.md", "b");
        write("content/.a.md.swp", "b");
        write("content/.trash/x.md", "b");
        let same = ["content/a.md", "content/.a.md.swp", "content/.trash/x.md"];
        let inputs = check(root, &inputs, &same, &[]);
        // A folder goes away, and a file takes its place.
        std::fs::remove_dir_all(root.join("content/b")).expect("removed");
        write("content/b", "no folder");
        let gone = ["content/b", "content/b/c.md", "content/b/d.md"];
        let inputs = check(root, &inputs, &["content/b"], &gone);
        // A theme of the site's own hides the one that is built in, and gives it back.
        write("themes/daylight/theme.toml", "name = \"daylight\"");
        let again = inputs.again(&names(&["themes/daylight"])).expect("read");
        assert!(again.changed.len() > 2);
        let inputs = check(
            root,
            &inputs,
            &["themes"],
            &again
                .changed
                .iter()
                .map(SourcePath::as_str)
                .collect::<Vec<_>>(),
        );
        std::fs::remove_dir_all(root.join("themes")).expect("removed");
        let inputs = inputs.again(&names(&["themes"])).expect("read").inputs;
        // What is not UTF-8 is a finding, which goes away when it is mended.
        std::fs::write(root.join("content/a.md"), [0xff]).expect("written");
        let inputs = check(root, &inputs, &["content/a.md"], &["content/a.md"]);
        write("content/a.md", "mended");
        check(root, &inputs, &["site.toml"], &["content/a.md"]);
    }
}
