//! What a build would change now: every route is rendered as a build renders it, and compared with what
//! the last build left in the output folder.
//!
//! A large site takes seconds, so this happens in a thread of its own, one at a time, which stops as soon
//! as it is about a site that is no longer the newest. One thread and not all cores: somebody is writing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::civil::Date;

use super::blocks::blocks;
use super::difference::{Hunk, difference};
use super::states::as_readers_see_it;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::output::LastBuild;
use crate::path::UrlPath;
use crate::pipeline::{Loaded, Workspace};
use crate::preview::snapshot::{Snapshot, View};
use crate::render::{Content, Route};

/// Of how many pages it is kept which words change. Of the others it is only told that they do.
const KEPT: usize = 100;

/// The comparisons of a desk: the last one is kept.
#[derive(Debug, Default)]
pub struct Comparisons(Mutex<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    of: Subject,
    comparing: Arc<Comparing>,
}

/// What is compared: a state of the site, the day, and the output as it was written last.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Subject {
    version: String,
    today: Date,
    written: Option<[SystemTime; 2]>,
}

/// A comparison on its way.
#[derive(Debug, Default)]
pub struct Comparing {
    done: AtomicUsize,
    all: AtomicUsize,
    is_stopped: AtomicBool,
    outcome: OnceLock<Outcome>,
    ended: (Mutex<bool>, Condvar),
}

/// How a comparison ended.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing would be published: so many errors.
    Refused(usize),
    /// There is no build to compare with; a build would write so many files.
    NoBuild(usize),
    /// What differs.
    Compared(Comparison),
    /// What the machine denied, and what helps.
    Denied(String, String),
    /// A newer state of the site came in between.
    Stopped,
}

/// What a build would change.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Files that are not there yet, with their sizes.
    pub new: Vec<(String, usize)>,
    /// Files that would be other ones.
    pub changed: Vec<Change>,
    /// Files that would be removed.
    pub gone: Vec<String>,
    /// How many files would stay as they are.
    pub unchanged: usize,
}

/// A file that would be another one.
#[derive(Debug)]
pub struct Change {
    /// Where it is, below the output folder.
    pub path: String,
    /// Its size before and after.
    pub sizes: (usize, usize),
    /// What becomes of its words.
    pub words: Words,
}

/// What becomes of the words of a file.
#[derive(Debug)]
pub enum Words {
    /// They change.
    Changed(Vec<Hunk>),
    /// They change, and it is not kept how.
    ChangedSomehow,
    /// They stay; only what is around them changes.
    Same,
    /// It is no page.
    None,
}

impl Comparisons {
    /// What a build on a day would change. It is begun when it is asked for; the answer is waited for only
    /// a moment.
    pub fn of(&self, snapshot: &Arc<Snapshot>, today: Date, patience: Duration) -> Arc<Comparing> {
        let out = snapshot
            .loaded()
            .map(Loaded::output_folder)
            .unwrap_or_default();
        let of = Subject {
            version: snapshot.version(),
            today,
            written: LastBuild::written(&out),
        };
        let comparing = self.begun(of, snapshot, out);
        comparing.wait(patience);
        comparing
    }

    fn begun(&self, of: Subject, snapshot: &Arc<Snapshot>, out: PathBuf) -> Arc<Comparing> {
        // What is kept is whole even if another thread panicked while it held the lock.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref() {
            if kept.of == of {
                return Arc::clone(&kept.comparing);
            }
            kept.comparing.is_stopped.store(true, Ordering::Relaxed);
        }
        let comparing = Arc::new(Comparing::default());
        let (worker, snapshot, today) = (Arc::clone(&comparing), Arc::clone(snapshot), of.today);
        std::thread::spawn(move || {
            // It is said to have ended even after a panic, so that nobody waits for ever.
            let _end = End(&worker);
            let outcome = compare(&worker, &snapshot, today, &out);
            let outcome =
                outcome.unwrap_or_else(|error| Outcome::Denied(error.to_string(), error.help));
            // Nobody else sets it.
            let _ = worker.outcome.set(outcome);
        });
        *kept = Some(Kept {
            of,
            comparing: Arc::clone(&comparing),
        });
        comparing
    }
}

/// Says that a comparison has ended, however it did.
struct End<'c>(&'c Comparing);

impl Drop for End<'_> {
    fn drop(&mut self) {
        let (ended, bell) = &self.0.ended;
        *ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        bell.notify_all();
    }
}

impl Comparing {
    /// How it ended; `None` while it goes on.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.get()
    }

    /// How many files of how many have been looked at.
    pub fn progress(&self) -> (usize, usize) {
        (
            self.done.load(Ordering::Relaxed),
            self.all.load(Ordering::Relaxed),
        )
    }

    fn wait(&self, patience: Duration) {
        let (ended, bell) = &self.ended;
        let ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
        // Whether it has ended or the patience has, the outcome tells.
        let _ = bell.wait_timeout_while(ended, patience, |ended| !*ended);
    }

    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

/// Compares the site as readers would see it on a day, whatever the preview shows.
fn compare(
    comparing: &Comparing,
    snapshot: &Snapshot,
    today: Date,
    out: &Path,
) -> Result<Outcome, Error> {
    let Ok(shown) = snapshot.loaded() else {
        return Ok(Outcome::Stopped);
    };
    let usual = View {
        drafts: false,
        day: None,
    };
    if snapshot.view() == usual {
        return routes(comparing, shown, snapshot.diagnostics(), out);
    }
    let mut workspace = Workspace::new(shown.inputs.root(), as_readers_see_it(today));
    let loaded = workspace.load()?;
    routes(comparing, &loaded, &loaded.diagnostics, out)
}

fn routes(
    comparing: &Comparing,
    loaded: &Loaded,
    problems: &[Diagnostic],
    out: &Path,
) -> Result<Outcome, Error> {
    let errors = problems
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .count();
    if errors > 0 {
        return Ok(Outcome::Refused(errors));
    }
    let renderer = &loaded.renderer;
    let routes = renderer.routes();
    let Some(last) = LastBuild::read(out)? else {
        return Ok(Outcome::NoBuild(routes.len()));
    };
    comparing.all.store(routes.len(), Ordering::Relaxed);
    let mut comparison = Comparison::default();
    let mut gone: BTreeSet<&str> = last.files().collect();
    let mut contacts = Vec::new();
    let (late, early): (Vec<_>, Vec<_>) = routes
        .iter()
        .partition(|(_, route)| renderer.is_last(route));
    let is_first_late = early.len();
    for (at, (url, route)) in early.into_iter().chain(late).enumerate() {
        if comparing.is_stopped() {
            return Ok(Outcome::Stopped);
        }
        if at == is_first_late {
            renderer.gather(&contacts);
        }
        let artifact = match renderer.render(route) {
            Ok(artifact) => artifact,
            Err(findings) => return Ok(Outcome::Refused(findings.len())),
        };
        contacts.extend(artifact.contacts);
        gone.remove(url.output().as_str());
        comparison.add(&last, url, route, artifact.content)?;
        comparing.done.store(at + 1, Ordering::Relaxed);
    }
    comparison.gone = gone.into_iter().map(str::to_owned).collect();
    comparison.new.sort();
    comparison.changed.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Outcome::Compared(comparison))
}

impl Comparison {
    fn add(
        &mut self,
        last: &LastBuild,
        url: &UrlPath,
        route: &Route,
        content: Content,
    ) -> Result<(), Error> {
        let output = url.output();
        let path = output.as_str().to_owned();
        let now = match content {
            Content::Bytes(bytes) => bytes,
            Content::File(file) => {
                fs::read(&file).map_err(|error| Error::io("read", &file, &error))?
            }
        };
        let then = last.file(&output);
        let then = then.map_err(|error| Error::io("read", Path::new(&path), &error))?;
        match then {
            None => self.new.push((path, now.len())),
            Some(then) if then == now => self.unchanged += 1,
            Some(then) => {
                let words = self.words(route, &then, &now);
                let sizes = (then.len(), now.len());
                self.changed.push(Change { path, sizes, words });
            }
        }
        Ok(())
    }

    fn words(&self, route: &Route, then: &[u8], now: &[u8]) -> Words {
        if !matches!(route, Route::Page(_)) {
            return Words::None;
        }
        let read = |bytes: &[u8]| blocks(&String::from_utf8_lossy(bytes));
        let (then, now) = (read(then), read(now));
        if then == now {
            return Words::Same;
        }
        let kept = self
            .changed
            .iter()
            .filter(|it| matches!(it.words, Words::Changed(_)))
            .count();
        if kept >= KEPT {
            return Words::ChangedSomehow;
        }
        Words::Changed(difference(&then, &now))
    }
}
