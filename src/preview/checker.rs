//! Checks the site in the background, so that nobody waits for that to see a change.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::available_parallelism;
use std::time::Duration;

use super::loader::mistake;
use super::snapshot::Snapshot;
use super::{Listener, News};
use crate::error::Error;

/// How long a browser is given to show a change before the checks take the processor.
const REST: Duration = Duration::from_millis(25);

/// The one who checks.
pub struct Checker {
    jobs: Sender<(u64, Arc<Snapshot>)>,
    /// Counts what there was to check; an older job is not wanted any more.
    newest: Arc<AtomicU64>,
}

impl Checker {
    /// Begins to wait for something to check.
    pub fn start(
        snapshots: tokio::sync::watch::Sender<Arc<Snapshot>>,
        listener: Listener,
    ) -> Result<Self, Error> {
        // One processor is left to whoever edits and looks.
        let threads = available_parallelism().map_or(1, |all| all.get().saturating_sub(1).max(1));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| Error::new("start", Path::new("the checks"), error.to_string()))?;
        let (jobs, waiting) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let known = Arc::clone(&newest);
        std::thread::spawn(move || {
            work(&waiting, &known, &pool, &snapshots, &listener);
        });
        Ok(Self { jobs, newest })
    }

    /// Ends what is being checked.
    pub fn stop(&self) {
        self.newest.fetch_add(1, Ordering::Relaxed);
    }

    /// Checks a state of the site, if it is not checked yet.
    pub fn check(&self, snapshot: Arc<Snapshot>) {
        if snapshot.is_checked() {
            return;
        }
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        // Whoever waits for it lives as long as the preview.
        let _ = self.jobs.send((number, snapshot));
    }
}

fn work(
    jobs: &Receiver<(u64, Arc<Snapshot>)>,
    newest: &AtomicU64,
    pool: &rayon::ThreadPool,
    snapshots: &tokio::sync::watch::Sender<Arc<Snapshot>>,
    listener: &Listener,
) {
    while let Ok((number, snapshot)) = jobs.recv() {
        let is_wanted = || newest.load(Ordering::Relaxed) == number;
        std::thread::sleep(REST);
        let Ok(loaded) = snapshot.loaded() else {
            continue;
        };
        let check = || pool.install(|| loaded.clone().checked(&is_wanted));
        let outcome = match catch_unwind(AssertUnwindSafe(check)) {
            Ok(Some(loaded)) => Ok(loaded),
            Ok(None) => continue,
            Err(_) => Err(mistake()),
        };
        if let Ok(loaded) = &outcome {
            listener(News::Checked(loaded));
        }
        let checked = Arc::new(snapshot.checked(outcome));
        snapshots.send_if_modified(|current| {
            let is_current = current.number() == checked.number();
            if is_current {
                *current = checked;
            }
            is_current
        });
    }
}
