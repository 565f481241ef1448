//! Dictionaries for the spelling of texts: pairs of files, `en_GB.aff` and `en_GB.dic`, as Hunspell has
//! made them usual.
//!
//! They are looked for in a folder of the site first, then where packages put them: `node_modules` of the
//! site, and the folders of the system. To look somewhere else: a line in [`SYSTEM`].

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::Error;

/// Where systems keep them.
const SYSTEM: [&str; 7] = [
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
    "/run/current-system/sw/share/hunspell",
];

/// The files of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DictionaryFiles {
    /// What may be added to words, and how.
    pub aff: PathBuf,
    /// The words.
    pub dic: PathBuf,
    /// When they were changed last, so that they are read again after that and not before.
    changed: [Option<SystemTime>; 2],
}

/// What the files of a dictionary hold.
#[derive(Debug, Clone)]
pub struct DictionaryTexts {
    /// What may be added to words, and how.
    pub aff: String,
    /// The words.
    pub dic: String,
}

/// The files of the first of these names that are there. A name that ends in `*` stands for the first
/// that begins so.
pub fn find(root: &Path, folder: &str, names: &[String]) -> Option<DictionaryFiles> {
    let own = root.join(folder);
    let system = SYSTEM.iter().map(PathBuf::from);
    let folders: Vec<_> = std::iter::once(own).chain(system).collect();
    // What stands first among the names counts more than what lies in the first folder.
    names.iter().find_map(|name| {
        let package = name.replace('_', "-").to_lowercase();
        let package = root.join(format!("node_modules/dictionary-{package}/index"));
        let in_folders = folders
            .iter()
            .filter_map(|folder| match name.strip_suffix('*') {
                Some(beginning) => first_beginning_with(folder, beginning),
                None => Some(folder.join(name)),
            });
        std::iter::once(package)
            .chain(in_folders)
            .find_map(|stem| files(&stem))
    })
}

fn files(stem: &Path) -> Option<DictionaryFiles> {
    let name = stem.file_name()?.to_str()?;
    let aff = stem.with_file_name(format!("{name}.aff"));
    let dic = stem.with_file_name(format!("{name}.dic"));
    let changed = |path: &Path| fs::metadata(path).ok().map(|it| it.modified().ok());
    Some(DictionaryFiles {
        changed: [changed(&aff)?, changed(&dic)?],
        aff,
        dic,
    })
}

/// The first dictionary of a folder whose name begins so, in the order of names.
fn first_beginning_with(folder: &Path, beginning: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let stems = paths.filter(|path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with(beginning) && name.ends_with(".dic"))
    });
    stems.min().map(|path| path.with_extension(""))
}

impl DictionaryFiles {
    /// Reads both files.
    pub fn read(&self) -> Result<DictionaryTexts, Error> {
        let read = |path: &Path| fs::read(path).map_err(|error| Error::io("read", path, &error));
        let (aff, dic) = (read(&self.aff)?, read(&self.dic)?);
        // Its first lines name the letters that both are written in: `SET ISO8859-1`.
        let lines = aff.split(|byte| *byte == b'\n');
        let set = lines.filter_map(|line| std::str::from_utf8(line).ok()?.strip_prefix("SET "));
        let set = set.map(|set| set.trim().to_uppercase()).next();
        let is_utf8 = set.is_none_or(|set| set == "UTF-8");
        let text = |bytes: Vec<u8>| match (is_utf8, String::from_utf8(bytes)) {
            (true, Ok(text)) => text,
            // The older sets of western Europe have their letters at the same places.
            (false, Ok(text)) => text.chars().collect(),
            (_, Err(error)) => error.into_bytes().into_iter().map(char::from).collect(),
        };
        Ok(DictionaryTexts {
            aff: text(aff),
            dic: text(dic),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_that_is_there_is_found_and_letters_are_read_as_they_are_written() {
        let site = tempfile::tempdir().expect("a folder");
        let folder = site.path().join("words");
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join("xx_B.aff"), "SET ISO8859-1\n").expect("written");
        fs::write(folder.join("xx_B.dic"), b"1\nma\xf1ana\n").expect("written");
        let find = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            find(site.path(), "words", &names)
        };
        assert_eq!(find(&["xx_C", "xx"]), None);
        let found = find(&["xx_A", "xx_*"]).expect("there");
        assert_eq!(
            found.dic.file_name().and_then(|name| name.to_str()),
            Some("xx_B.dic")
        );
        assert_eq!(found.read().expect("read").dic, "1\nmañana\n");
    }
}
