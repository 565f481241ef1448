//! What publishing promises, one test for each promise.

mod killed;
mod refused;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use super::*;

/// A site folder for one test, with the output folder `public`.
struct Site(TempDir);

impl Site {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    fn begin(&self) -> Result<Staging, Error> {
        Staging::begin(&self.out(), self.root())
    }

    /// Publishes files of these names and contents.
    fn build(&self, files: &[(&str, &str)]) -> Result<Published, Error> {
        let staging = self.begin()?;
        write_all(&staging, files)?;
        staging.publish()
    }

    /// Puts a file into the output folder that a build did not make.
    fn put(&self, path: &str, text: &str) {
        let path = self.out().join(path);
        fs::create_dir_all(path.parent().expect("below the output folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Every file of the output with its contents, without the manifest; empty folders end in `/`.
    fn published(&self) -> Vec<(String, String)> {
        contents(&self.out())
    }

    /// Whether nothing lies in the site folder but what a build leaves there for good.
    fn is_tidy(&self) -> bool {
        !workspace::is_left_over(&self.out())
    }
}

fn output(path: &str) -> OutputPath {
    OutputPath::new(path).expect("a sound path")
}

fn write_all(staging: &Staging, files: &[(&str, &str)]) -> Result<(), Error> {
    files
        .iter()
        .try_for_each(|(path, text)| staging.write(&output(path), text.as_bytes()))
}

fn contents(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name() {
        let entry = entry.expect("readable");
        let path = entry
            .path()
            .strip_prefix(root)
            .expect("below")
            .to_string_lossy()
            .into_owned();
        if path == manifest::NAME {
            continue;
        }
        if entry.file_type().is_file() {
            found.push((path, fs::read_to_string(entry.path()).expect("text")));
        } else if entry.file_type().is_dir() {
            if fs::read_dir(entry.path())
                .expect("readable")
                .next()
                .is_none()
            {
                found.push((format!("{path}/"), String::new()));
            }
        } else {
            found.push((path, "a link".to_owned()));
        }
    }
    found.sort();
    found
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// What changes when a file is written again: its time and, where files have numbers, its number.
fn identity(path: &Path) -> (SystemTime, u64) {
    let found = fs::symlink_metadata(path).expect("there");
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&found);
    #[cfg(not(unix))]
    let number = 0;
    (found.modified().expect("a time"), number)
}

#[test]
fn the_first_build_makes_the_folder() -> Result<(), Error> {
    let site = Site::new();
    let published = site.build(&[("index.html", "home"), ("a/b/index.html", "page")])?;
    assert_eq!(
        published,
        Published {
            files: 2,
            bytes: 8,
            written: 2,
            unchanged: 0,
            removed: 0
        }
    );
    assert_eq!(
        site.published(),
        owned(&[("a/b/index.html", "page"), ("index.html", "home")])
    );
    assert!(site.is_tidy());
    Ok(())
}

#[test]
fn an_empty_folder_may_be_built_into() -> Result<(), Error> {
    let site = Site::new();
    fs::create_dir(site.out()).expect("made");
    site.build(&[("index.html", "home")])?;
    assert_eq!(site.published(), owned(&[("index.html", "home")]));
    assert!(site.is_tidy());
    Ok(())
}

#[test]
fn equal_files_are_left_untouched() -> Result<(), Error> {
    let site = Site::new();
    site.build(&[
        ("a/index.html", "same"),
        ("b/index.html", "old"),
        ("c.txt", "123"),
    ])?;
    let before = identity(&site.out().join("a/index.html"));
    let changed = identity(&site.out().join("b/index.html"));
    let published = site.build(&[
        ("a/index.html", "same"),
        ("b/index.html", "new"),
        ("c.txt", "12"),
    ])?;
    assert_eq!(
        published,
        Published {
            files: 3,
            bytes: 9,
            written: 2,
            unchanged: 1,
            removed: 0
        }
    );
    assert_eq!(identity(&site.out().join("a/index.html")), before);
    assert_ne!(identity(&site.out().join("b/index.html")), changed);
    assert_eq!(
        site.published(),
        owned(&[
            ("a/index.html", "same"),
            ("b/index.html", "new"),
            ("c.txt", "12")
        ])
    );
    Ok(())
}

#[test]
fn a_build_that_changes_nothing_leaves_even_the_folder_alone() -> Result<(), Error> {
    let site = Site::new();
    let files = [("a/index.html", "a"), ("index.html", "home")];
    site.build(&files)?;
    let before = identity(&site.out());
    let published = site.build(&files)?;
    assert_eq!(
        (published.written, published.unchanged, published.removed),
        (0, 2, 0)
    );
    assert_eq!(identity(&site.out()), before);
    assert_eq!(site.published(), owned(&files));
    assert!(site.is_tidy());
    Ok(())
}

#[test]
fn two_builds_of_one_site_give_the_same_bytes() -> Result<(), Error> {
    let manifest = |files: &[(&str, &str)]| -> Result<Vec<u8>, Error> {
        let site = Site::new();
        site.build(files)?;
        Ok(fs::read(site.out().join(manifest::NAME)).expect("there"))
    };
    let one = manifest(&[("b.html", "b"), ("a/c.html", "c")])?;
    assert_eq!(one, manifest(&[("a/c.html", "c"), ("b.html", "b")])?);
    Ok(())
}

#[test]
fn files_of_pages_that_are_gone_vanish_with_their_folders() -> Result<(), Error> {
    let site = Site::new();
    site.build(&[
        ("a/b/c/index.html", "x"),
        ("a/d.html", "x"),
        ("index.html", "x"),
    ])?;
    let published = site.build(&[("a/d.html", "x"), ("index.html", "x")])?;
    assert_eq!(
        (published.written, published.unchanged, published.removed),
        (0, 2, 1)
    );
    assert_eq!(
        site.published(),
        owned(&[("a/d.html", "x"), ("index.html", "x")])
    );
    Ok(())
}

#[test]
fn files_that_are_not_ours_survive() -> Result<(), Error> {
    let site = Site::new();
    site.build(&[("old/index.html", "x"), ("kept/index.html", "x")])?;
    site.put("CNAME", "example.org");
    site.put(".git/objects/ab/cd", "object");
    site.put("old/notes.txt", "of the host");
    site.put("kept/deep/er.txt", "of the host");
    fs::create_dir(site.out().join("uploads")).expect("made");
    let repository = identity(&site.out().join(".git/objects/ab/cd"));
    site.build(&[("kept/index.html", "y"), ("kept/deep/index.html", "new")])?;
    let expected = [
        (".git/objects/ab/cd", "object"),
        ("CNAME", "example.org"),
        ("kept/deep/er.txt", "of the host"),
        ("kept/deep/index.html", "new"),
        ("kept/index.html", "y"),
        ("old/notes.txt", "of the host"),
        ("uploads/", ""),
    ];
    assert_eq!(site.published(), owned(&expected));
    assert_eq!(identity(&site.out().join(".git/objects/ab/cd")), repository);
    assert!(site.is_tidy());
    Ok(())
}

#[test]
fn a_file_on_disk_is_copied_and_compared_like_any_other() -> Result<(), Error> {
    let site = Site::new();
    let picture = site.root().join("content").join("picture.png");
    fs::create_dir(site.root().join("content")).expect("made");
    let build = |bytes: &str| {
        fs::write(&picture, bytes).expect("written");
        let staging = site.begin()?;
        staging.copy(&output("picture.png"), &picture)?;
        staging.publish()
    };
    assert_eq!(build("one")?.written, 1);
    let before = identity(&site.out().join("picture.png"));
    assert_eq!(build("one")?.unchanged, 1);
    assert_eq!(identity(&site.out().join("picture.png")), before);
    let published = build("two")?;
    assert_eq!((published.written, published.bytes), (1, 3));
    assert_eq!(site.published(), owned(&[("picture.png", "two")]));
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_copy_is_another_file_and_can_be_read_by_the_host() -> Result<(), Error> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let site = Site::new();
    let private = site.root().join("private.png");
    fs::write(&private, "x").expect("written");
    fs::set_permissions(&private, fs::Permissions::from_mode(0o700)).expect("set");
    let staging = site.begin()?;
    staging.copy(&output("a.png"), &private)?;
    staging.write(&output("b.png"), b"x")?;
    staging.publish()?;
    let found = |name: &str| fs::metadata(site.out().join(name)).expect("there");
    assert_eq!(found("a.png").mode(), found("b.png").mode());
    assert_eq!(found("a.png").nlink(), 1);
    Ok(())
}

#[test]
fn many_threads_write_at_once() -> Result<(), Error> {
    use rayon::prelude::*;

    let site = Site::new();
    for round in ["one", "two"] {
        let staging = site.begin()?;
        (0..500).into_par_iter().try_for_each(|n| {
            let path = output(&format!("{}/{}/{n}/index.html", n % 3, n % 7));
            staging.write(&path, round.as_bytes())
        })?;
        assert_eq!(staging.publish()?.written, 500);
        assert!(site.published().iter().all(|(_, text)| text == round));
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn the_output_folder_may_be_a_link_and_keeps_its_permissions() -> Result<(), Error> {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let site = Site::new();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let real = elsewhere.path().join("www");
    fs::create_dir(&real).expect("made");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o750)).expect("set");
    symlink(&real, site.out()).expect("linked");
    site.build(&[("index.html", "one")])?;
    site.build(&[("index.html", "two")])?;
    assert!(
        fs::symlink_metadata(site.out())
            .expect("there")
            .is_symlink()
    );
    assert_eq!(contents(&real), owned(&[("index.html", "two")]));
    assert_eq!(
        fs::metadata(&real).expect("there").permissions().mode() & 0o777,
        0o750
    );
    assert!(!workspace::is_left_over(&real));
    Ok(())
}

#[cfg(unix)]
#[test]
fn links_in_the_old_output_are_not_followed() -> Result<(), Error> {
    use std::os::unix::fs::symlink;

    let site = Site::new();
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("index.html"), "x").expect("written");
    site.build(&[("a/index.html", "x"), ("b/index.html", "x")])?;
    // Somebody puts a link in the place of a folder of ours, so that our file seems to be there.
    fs::remove_dir_all(site.out().join("a")).expect("removed");
    symlink(elsewhere.path(), site.out().join("a")).expect("linked");
    // The page is gone: the link stays, and what it leads to.
    site.build(&[("b/index.html", "y")])?;
    assert_eq!(contents(elsewhere.path()), owned(&[("index.html", "x")]));
    assert_eq!(
        site.published(),
        owned(&[("a", "a link"), ("b/index.html", "y")])
    );
    // The page is back: its place is taken.
    let refusal = site
        .build(&[("a/index.html", "x")])
        .expect_err("a link in its place");
    assert!(
        refusal.to_string().contains("public/a`: it is not ours"),
        "{refusal}"
    );
    assert_eq!(contents(elsewhere.path()), owned(&[("index.html", "x")]));
    Ok(())
}
