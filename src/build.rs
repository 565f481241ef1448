//! Puts our themes into the binary: writes a table of their files that `source/built_in.rs` includes.
//!
//! Run by cargo before the crate is compiled, and again when a file of a theme changes. To ship another
//! theme, name its folder in [`THEMES`].

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The folders below `themes/` that are in the program.
const THEMES: [&str; 2] = ["default", "daylight"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let themes = root.join("themes");
    println!("cargo::rerun-if-env-changed=CARGO_MANIFEST_DIR");
    println!("cargo::rerun-if-changed=src/build.rs");
    let mut files = Vec::new();
    for name in THEMES {
        let theme = themes.join(name);
        println!("cargo::rerun-if-changed=themes/{name}");
        files.push(theme.join("theme.toml"));
        for folder in ["archetypes", "assets", "strings", "templates"] {
            list(&theme.join(folder), &mut files)?;
        }
    }
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let name = file
            .strip_prefix(&root)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        // Not the whole path: a target folder that two clones share must not mix their themes.
        let place = format!("/{name}");
        let _ = writeln!(
            table,
            "    ({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {place:?}))),"
        );
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("built_in_themes.rs"), table)
}

/// The files below a folder; none when there is no such folder.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
