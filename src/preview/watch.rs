//! Waits for the site folder to change.
//!
//! A change is told as soon as a file is complete: closed after writing, renamed into place,
//! removed. Then the events that belong to the same save are let pass for a moment, and the batch is
//! told at once. Where the system says no more than "modified", or while a file has only been
//! created, the moment is longer, so that half a file is rarely read; the end of the writing would
//! tell again anyway.
//!
//! Left alone: our own reading, what editors leave beside the files they save, and everything but
//! `site.toml`, `content` and `themes`, which includes the output folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::error::Error;

/// The folders whose whole contents are watched. Of the site folder itself only `site.toml` and the
/// coming and going of these folders is.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How long it stays quiet after a file is complete.
const QUIET: Duration = Duration::from_millis(2);
/// How long it stays quiet after a file may be incomplete.
const LONG_QUIET: Duration = Duration::from_millis(50);
/// After so long a batch is told even though events keep coming.
const ENOUGH: Duration = Duration::from_millis(200);
/// How often folders that are gone are looked for.
const TICK: Duration = Duration::from_millis(500);

/// Watches one site folder, for as long as it lives.
pub struct Watcher {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// What is being watched, of the site folder (as an empty name) and [`FOLDERS`].
    attached: BTreeSet<&'static str>,
    batch: Batch,
}

/// The changes that will be told together.
#[derive(Default)]
struct Batch {
    names: BTreeSet<String>,
    began: Option<Instant>,
    due: Option<Instant>,
    /// A second look, for what happened in a new folder before it was being watched.
    again: Option<Instant>,
}

/// What an event asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Urgency {
    /// Nothing: it is not a change.
    None,
    /// A file may be incomplete.
    Later,
    /// A file is complete, or gone.
    Now,
    /// A folder has come: what is in it may have come before it was watched.
    NowAndAgain,
}

impl Watcher {
    /// Begins to watch.
    pub fn new(root: &Path) -> Result<Self, Error> {
        let root = root
            .canonicalize()
            .map_err(|error| Error::io("open", root, &error))?;
        let (sender, events) = channel();
        let denied = |error: notify::Error| {
            Error::new("watch", &root, error.to_string())
                .help("the system may have run out of watches; close other programs that watch")
        };
        let watcher = notify::recommended_watcher(sender).map_err(denied)?;
        let mut this = Self {
            root: root.clone(),
            watcher,
            events,
            attached: BTreeSet::new(),
            batch: Batch::default(),
        };
        this.attach();
        if !this.attached.contains("") {
            return Err(denied(notify::Error::generic(
                "the folder cannot be watched",
            )));
        }
        Ok(this)
    }

    /// Waits for a change and gives the names of what has changed, relative to the site folder.
    pub fn wait(&mut self) -> Vec<String> {
        loop {
            let now = Instant::now();
            if let Some(names) = self.batch.take_due(now) {
                return names;
            }
            let until = self.batch.due.into_iter().chain(self.batch.again).min();
            let timeout = until.map_or(TICK, |due| due.saturating_duration_since(now).min(TICK));
            match self.events.recv_timeout(timeout) {
                Ok(Ok(event)) => self.note(&event),
                // Events were lost. What they were can only be found by reading everything.
                Ok(Err(_)) => self.batch.add(Urgency::Now, None),
                Err(RecvTimeoutError::Timeout) => {
                    for folder in self.attach() {
                        self.batch
                            .add(Urgency::NowAndAgain, Some(folder.to_owned()));
                    }
                }
                // The watcher is ours, so its end of the channel lives as long as we do.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(TICK),
            }
        }
    }

    fn note(&mut self, event: &Event) {
        if event.need_rescan() {
            self.batch.add(Urgency::Now, None);
        }
        let urgency = urgency(event.kind);
        if urgency == Urgency::None {
            return;
        }
        for path in &event.paths {
            let Some(name) = self.name(path) else {
                continue;
            };
            if let Some(folder) = FOLDERS
                .iter()
                .copied()
                .chain([""])
                .find(|folder| **folder == *name)
            {
                self.detach(folder);
                self.attach();
            }
            if is_of_the_site(&name) {
                let is_file = urgency == Urgency::NowAndAgain && !path.is_dir();
                self.batch
                    .add(if is_file { Urgency::Now } else { urgency }, Some(name));
            }
        }
    }

    /// The path within the site folder, with `/`.
    fn name(&self, path: &Path) -> Option<String> {
        let relative = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<_> = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        Some(parts.join("/"))
    }

    /// Watches what is there and not watched yet. Gives what is new.
    fn attach(&mut self) -> Vec<&'static str> {
        let mut new = Vec::new();
        for folder in ["", FOLDERS[0], FOLDERS[1]] {
            let path = self.root.join(folder);
            if self.attached.contains(folder) || !path.is_dir() {
                continue;
            }
            let mode = match folder {
                "" => RecursiveMode::NonRecursive,
                _ => RecursiveMode::Recursive,
            };
            if self.watcher.watch(&path, mode).is_ok() {
                self.attached.insert(folder);
                new.push(folder);
            }
        }
        new
    }

    /// Forgets a folder that is gone, or another one than it was.
    fn detach(&mut self, folder: &'static str) {
        if self.attached.remove(folder) {
            // It is gone, or about to be watched anew; either way there is nothing to tell.
            let _ = self.watcher.unwatch(&self.root.join(folder));
        }
    }
}

impl Batch {
    fn add(&mut self, urgency: Urgency, name: Option<String>) {
        let now = Instant::now();
        let quiet = match urgency {
            Urgency::None => return,
            Urgency::Later => LONG_QUIET,
            Urgency::Now => QUIET,
            Urgency::NowAndAgain => {
                self.again = Some(now + LONG_QUIET * 2);
                QUIET
            }
        };
        self.names.extend(name);
        let began = *self.began.get_or_insert(now);
        let quiet_until = match (urgency, self.due) {
            // A file that is complete need not wait for one that is not.
            (Urgency::Later, Some(due)) => due,
            _ => now + quiet,
        };
        self.due = Some(quiet_until.min(began + ENOUGH));
    }

    fn take_due(&mut self, now: Instant) -> Option<Vec<String>> {
        if self.again.is_some_and(|again| again <= now) {
            self.again = None;
            self.due = Some(now);
        }
        if self.due.is_none_or(|due| due > now) {
            return None;
        }
        self.due = None;
        self.began = None;
        Some(std::mem::take(&mut self.names).into_iter().collect())
    }
}

fn urgency(kind: EventKind) -> Urgency {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Urgency::Now,
        // Our own reading, and that of others.
        EventKind::Access(_) => Urgency::None,
        EventKind::Create(CreateKind::Folder) => Urgency::NowAndAgain,
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => {
            Urgency::Now
        }
        // What was renamed into place may be a folder.
        EventKind::Modify(ModifyKind::Name(_)) => Urgency::NowAndAgain,
        // Rights and times: editors set them after a save, and they change no page.
        EventKind::Modify(ModifyKind::Metadata(_)) => Urgency::None,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Any | EventKind::Other => {
            Urgency::Later
        }
    }
}

/// Whether a name within the site folder is one that the site is made of.
fn is_of_the_site(name: &str) -> bool {
    let inside = FOLDERS.iter().any(|folder| {
        name.strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    // The empty name is the site folder itself: it has come back, or gone.
    if !inside {
        return matches!(name, "site.toml" | "");
    }
    let is_verbatim = name.starts_with("content/_static/");
    !name.split('/').any(|part| {
        (part.starts_with('.') && !is_verbatim)
            || part == "4913"
            || part.ends_with('~')
            || part.ends_with(".tmp")
            || part.ends_with(".swp")
            || part.starts_with("~$")
            || (part.starts_with('#') && part.ends_with('#'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_leavings_and_the_output_are_left_alone() {
        for name in [
            "site.toml",
            "content/a.md",
            "themes/x/theme.toml",
            "content",
            "content/_static/.well-known/x",
        ] {
            assert!(is_of_the_site(name), "{name}");
        }
        for name in [
            "public/index.html",
            "content/.a.md.swp",
            "content/4913",
            "content/a.md~",
            "content/#a.md#",
            "content/.git/index",
            "contents/a.md",
            "site.toml~",
            "themes/.#x",
        ] {
            assert!(!is_of_the_site(name), "{name}");
        }
    }

    #[test]
    fn a_change_is_told_once_with_all_that_belongs_to_the_same_save() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("content")).expect("made");
        let mut watcher = Watcher::new(folder.path()).expect("watched");
        let file = folder.path().join("content/a.md");
        std::fs::write(folder.path().join("content/.a.md.tmp"), "x").expect("written");
        std::fs::rename(folder.path().join("content/.a.md.tmp"), &file).expect("renamed");
        assert_eq!(watcher.wait(), ["content/a.md"]);
        std::fs::remove_dir_all(folder.path().join("content")).expect("removed");
        assert!(
            watcher
                .wait()
                .iter()
                .any(|name| name.starts_with("content"))
        );
        std::fs::create_dir(folder.path().join("content")).expect("made");
        std::fs::write(&file, "x").expect("written");
        while !watcher
            .wait()
            .iter()
            .any(|name| name == "content/a.md" || name == "content")
        {}
    }
}
