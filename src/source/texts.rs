//! Texts from outside the site folder, for those who ask for them by name.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::Error;

/// A text from outside the site folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherText {
    /// Its path below the folder that was named.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// Reads every `.txt` and `.md` file of a folder and below, in the order of their paths. What is not
/// UTF-8 is read as far as it is: these texts are compared, never shown.
pub fn below(folder: &Path) -> Result<Vec<OtherText>, Error> {
    let mut texts = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            match error.io_error() {
                Some(error) => Error::io("read", &path, error),
                None => Error::new("read", &path, "the folder leads back into itself"),
            }
        })?;
        let path = entry.path();
        let is_text = path
            .extension()
            .is_some_and(|extension| extension == "txt" || extension == "md");
        if !(entry.file_type().is_file() && is_text) {
            continue;
        }
        let bytes = fs::read(path).map_err(|error| Error::io("read", path, &error))?;
        let name = path.strip_prefix(folder).unwrap_or(path);
        texts.push(OtherText {
            name: name.to_string_lossy().into_owned(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
        });
    }
    if texts.is_empty() {
        let error = Error::new("compare with", folder, "it holds no `.txt` or `.md` file");
        return Err(error.help("save each text that you have drawn on there, as a file `.txt`"));
    }
    Ok(texts)
}
