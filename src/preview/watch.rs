//! Waits for the site folder to change.
//!
//! A change is told as soon as a file is complete: closed after writing, renamed into place,
//! removed. Then the events that belong to the same save are let pass for a moment, and the batch is
//! told at once. Where the system says no more than "modified", or while a file has only been
//! created, the moment is longer, so that half a file is rarely read; the end of the writing would
//! tell again anyway.
//!
//! Some systems forget to tell. So the folder is swept now and then, and more often where nothing is
//! told at all: on drives in a network, or when the system has run out of watches.
//!
//! Left alone: our own reading, what editors leave beside the files they save, and everything but
//! `site.toml`, `content` and `themes`, which includes the output folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::snapshot::View;
use crate::error::Error;
use crate::source::{Sweep, is_far_away};

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
/// How often the folder is swept at most where changes are told, and where they are not.
const SWEEP: Duration = Duration::from_secs(5);
const SWEEP_UNTOLD: Duration = Duration::from_millis(500);
/// Of the time, this part at most goes into sweeping.
const SWEEP_PART: u32 = 20;

/// Watches one site folder, for as long as it lives.
pub struct Watcher {
    root: PathBuf,
    /// `None` where the system has none to give.
    watcher: Option<RecommendedWatcher>,
    signals: Receiver<Signal>,
    wishes: Wishes,
    /// What is being watched, of the site folder (as an empty name) and [`FOLDERS`].
    attached: BTreeSet<&'static str>,
    batch: Batch,
}

/// What ends the waiting.
enum Signal {
    /// Something has happened on the disk.
    Disk(notify::Result<Event>),
    /// Somebody wants to see the site in another way.
    View(View),
    /// These files have changed and nobody said so, or they said so already.
    Swept(Vec<String>),
}

/// Tells the watcher what the person at the keyboard wants.
#[derive(Clone)]
pub struct Wishes(Sender<Signal>);

impl Wishes {
    /// The site is to be shown like this.
    pub fn view(&self, view: View) {
        // When nobody waits for it any more, the preview is ending.
        let _ = self.0.send(Signal::View(view));
    }
}

/// What has happened since the last time.
#[derive(Debug, Default)]
pub struct Change {
    /// The files that have changed, relative to the site folder, as far as they are known.
    pub files: Vec<String>,
    /// Another way to see the site, when somebody has asked for one.
    pub view: Option<View>,
    /// When the first of it was told.
    pub began: Option<Instant>,
}

/// The changes that will be told together.
#[derive(Default)]
struct Batch {
    names: BTreeSet<String>,
    view: Option<View>,
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
        let (sender, signals) = channel();
        let wishes = Wishes(sender.clone());
        let told = sender.clone();
        let watcher = notify::recommended_watcher(move |event| {
            // When nobody waits for it any more, the preview is ending.
            let _ = told.send(Signal::Disk(event));
        });
        let mut this = Self {
            root,
            watcher: watcher.ok(),
            signals,
            wishes,
            attached: BTreeSet::new(),
            batch: Batch::default(),
        };
        this.attach();
        let is_told = this.attached.contains("") && !is_far_away(&this.root);
        let sweep = Sweep::new(&this.root);
        std::thread::spawn(move || keep_sweeping(sweep, is_told, &sender));
        Ok(this)
    }

    /// By which others tell what they want.
    pub fn wishes(&self) -> Wishes {
        self.wishes.clone()
    }

    /// Waits for a change.
    pub fn wait(&mut self) -> Change {
        loop {
            let now = Instant::now();
            if let Some(change) = self.batch.take_due(now) {
                return change;
            }
            let until = self.batch.due.into_iter().chain(self.batch.again).min();
            let timeout = until.map_or(TICK, |due| due.saturating_duration_since(now).min(TICK));
            match self.signals.recv_timeout(timeout) {
                Ok(Signal::Disk(Ok(event))) => self.note(&event),
                Ok(Signal::View(view)) => {
                    self.batch.view = Some(view);
                    self.batch.add(Urgency::Now, None);
                }
                Ok(Signal::Swept(names)) => {
                    let names = names.into_iter().filter(|name| is_of_the_site(name));
                    names.for_each(|name| self.batch.add(Urgency::Now, Some(name)));
                }
                // Events were lost. What they were can only be found by reading everything.
                Ok(Signal::Disk(Err(_))) => self.batch.add(Urgency::Now, None),
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
            let watcher = self.watcher.as_mut();
            if watcher.is_some_and(|watcher| watcher.watch(&path, mode).is_ok()) {
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
            let path = self.root.join(folder);
            let _ = self.watcher.as_mut().map(|watcher| watcher.unwatch(&path));
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

    fn take_due(&mut self, now: Instant) -> Option<Change> {
        if self.again.is_some_and(|again| again <= now) {
            self.again = None;
            self.due = Some(now);
        }
        if self.due.is_none_or(|due| due > now) {
            return None;
        }
        self.due = None;
        Some(Change {
            began: self.began.take(),
            files: std::mem::take(&mut self.names).into_iter().collect(),
            view: self.view.take(),
        })
    }
}

fn keep_sweeping(mut sweep: Sweep, is_told: bool, sender: &Sender<Signal>) {
    let pause = if is_told { SWEEP } else { SWEEP_UNTOLD };
    let mut took = Duration::ZERO;
    loop {
        std::thread::sleep(pause.max(took * SWEEP_PART));
        let start = Instant::now();
        let names = sweep.again();
        took = start.elapsed();
        if !names.is_empty() && sender.send(Signal::Swept(names)).is_err() {
            return;
        }
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
        assert_eq!(watcher.wait().files, ["content/a.md"]);
        std::fs::remove_dir_all(folder.path().join("content")).expect("removed");
        assert!(
            watcher
                .wait()
                .files
                .iter()
                .any(|name| name.starts_with("content"))
        );
        std::fs::create_dir(folder.path().join("content")).expect("made");
        std::fs::write(&file, "x").expect("written");
        while !watcher
            .wait()
            .files
            .iter()
            .any(|name| name == "content/a.md" || name == "content")
        {}
    }
}
