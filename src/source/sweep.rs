//! Notices what has changed in a site folder without being told: by size and time of every file.
//!
//! Systems that tell of changes forget some: on network drives, in containers and virtual machines, when
//! too much happens at once. So a preview sweeps the folder now and then.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{FOLDERS, Stamp};

/// The files of a site folder as they were seen last.
#[derive(Debug)]
pub struct Sweep {
    root: PathBuf,
    seen: BTreeMap<String, Stamp>,
}

impl Sweep {
    /// Looks at the folder for the first time.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            seen: look(root),
        }
    }

    /// Looks again. Gives the names of the files that are new, gone or otherwise, relative to the folder.
    pub fn again(&mut self) -> Vec<String> {
        let now = look(&self.root);
        let mut names: Vec<_> = now
            .iter()
            .filter(|(name, stamp)| self.seen.get(*name) != Some(*stamp))
            .map(|(name, _)| name.clone())
            .collect();
        let gone = self.seen.keys().filter(|name| !now.contains_key(*name));
        names.extend(gone.cloned());
        self.seen = now;
        names
    }
}

fn look(root: &Path) -> BTreeMap<String, Stamp> {
    let tops = FOLDERS.iter().map(|folder| root.join(folder));
    let tops = tops.chain([root.join("site.toml")]);
    tops.flat_map(|top| WalkDir::new(top).follow_links(true))
        // What cannot be looked at is reported when it is read.
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let found = entry.metadata().ok()?;
            let stamp = Stamp::of(&found);
            let name = entry.path().strip_prefix(root).ok()?;
            let parts: Option<Vec<_>> = name
                .components()
                .map(|it| it.as_os_str().to_str())
                .collect();
            Some((parts?.join("/"), stamp))
        })
        .collect()
}

/// Whether a folder lies on a drive of which the system does not tell every change: one in a network, or
/// one that is lent to a virtual machine.
#[cfg(target_os = "linux")]
pub fn is_far_away(folder: &Path) -> bool {
    /// NFS, SMB in its three forms, FUSE (sshfs and others), 9p, VirtualBox, Ceph, AFS: `statfs(2)`.
    const KINDS: [u32; 10] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x6573_5546,
        0x0102_1997,
        0x786f_4256,
        0x00c3_6400,
        0x5346_414f,
        0x6b41_4653,
    ];
    rustix::fs::statfs(folder).is_ok_and(|about| KINDS.contains(&(about.f_type as u32)))
}

/// Whether a folder lies on a drive of which the system does not tell every change. Only Linux says so.
#[cfg(not(target_os = "linux"))]
pub fn is_far_away(_folder: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sweep_names_what_is_new_gone_or_otherwise() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        };
        write("site.toml", "");
        write("content/a.md", "a");
        write("content/b.md", "b");
        write("public/index.html", "x");
        let mut sweep = Sweep::new(folder.path());
        assert_eq!(sweep.again(), Vec::<String>::new());
        write("content/a.md", "longer");
        write("themes/x/theme.toml", "");
        write("public/index.html", "longer");
        std::fs::remove_file(folder.path().join("content/b.md")).expect("removed");
        assert_eq!(
            sweep.again(),
            ["content/a.md", "themes/x/theme.toml", "content/b.md"]
        );
        assert_eq!(sweep.again(), Vec::<String>::new());
    }
}
